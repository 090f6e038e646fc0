# SPDX-License-Identifier: Apache-2.0
"""What MkDocs is told beyond ``mkdocs.yml``: pages made from the code, files from beside ``docs``.

A link to a file of the project outside ``docs`` works in the project as it stands; on the site the
file is taken along under ``project/`` if it is one of ``TAKEN``, and the link leads there.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from generate import architecture, commands, formats, jsons, tables, vocabulary
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parent.parent

MADE = {
    "reference/commands.md": commands.made,
    "reference/vocabulary.md": vocabulary.made,
    "reference/tables.md": tables.made,
    "reference/formats.md": formats.made,
    "reference/json.md": jsons.made,
    "explanation/architecture.svg": architecture.svg,
}
"""Pages, and a picture, by what makes them."""

TAKEN = (
    "graphs/README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "DECISIONS.md",
    "LICENSE",
    "CITATION.cff",
    "graphs/LICENSE",
    "ontology/evidence.tsv",
    "ontology/eco-extract.obo",
    "notebooks/README.md",
    "notebooks/data/SOURCE.md",
    *(f"notebooks/{notebook.name}" for notebook in sorted((ROOT / "notebooks").glob("*.ipynb"))),
)
"""Files beside ``docs`` that pages of the site link to."""

_LINK = re.compile(r"(\]\()([^)\s#:]+)(#[^)\s]*)?(\))")
"""A link to a file, not to another site."""
_CODE = re.compile(r"^```.*?^```$|`[^`\n]+`", re.MULTILINE | re.DOTALL)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the pages that are made and the files that are taken along."""
    for name, make in MADE.items():
        files.append(File.generated(config, name, content=make()))
    for name in TAKEN:
        files.append(File.generated(config, f"project/{name}", abs_src_path=str(ROOT / name)))
    for schema in jsons.files():
        name = f"reference/schemas/{schema.name}"
        files.append(File.generated(config, name, abs_src_path=str(schema)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Turns links that hold in the project into links that hold on the site."""
    return relinked(markdown, page.file.src_uri)


def relinked(markdown: str, uri: str) -> str:
    """The page with its links to files of the project as they are on the site.

    >>> relinked("[rows](../graphs/README.md#rows)", "coverage.md")
    '[rows](project/graphs/README.md#rows)'
    >>> relinked("[codes](../docs/codes.md)", "project/graphs/README.md")
    '[codes](../../codes.md)'
    """
    kept = uri.removeprefix("project/") if uri.startswith("project/") else f"docs/{uri}"

    def link(match: re.Match[str]) -> str:
        opening, target, anchor, closing = match.groups()
        file = posixpath.normpath(posixpath.join(posixpath.dirname(kept), target))
        there = file.removeprefix("docs/") if file.startswith("docs/") else f"project/{file}"
        way = posixpath.relpath(there, posixpath.dirname(uri) or ".")
        return f"{opening}{way}{anchor or ''}{closing}"

    parts = re.split(f"({_CODE.pattern})", markdown, flags=_CODE.flags)
    return "".join(part if at % 2 else _LINK.sub(link, part) for at, part in enumerate(parts))
