# SPDX-License-Identifier: Apache-2.0
"""The README shows five commands, which test_docs runs; links of documents lead somewhere."""

import re
from pathlib import Path

import pytest
from shown_commands import blocks

ROOT = Path(__file__).parents[1]
DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "graphs/README.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
MADE = {
    f"docs/reference/{name}.md" for name in ("commands", "vocabulary", "tables", "formats", "json")
}
MADE |= {"docs/explanation/architecture.svg"}
"""What the build of the site makes; test_docs_site holds that it is there."""


def test_five_commands_are_shown():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    consoles = [block for block in blocks(readme) if block.lang == "console"]
    shown = {command.split()[1] for block in consoles for command, _ in block.commands}
    assert shown >= {"paths", "show", "query", "search"}
    assert sum(len(block.commands) for block in consoles) >= 5


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: d.relative_to(ROOT).as_posix())
def test_the_links_of_the_documents_lead_somewhere(document):
    for target in re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8")):
        if "://" not in target:
            file = (document.parent / target).resolve()
            made = file.relative_to(ROOT).as_posix() in MADE
            assert made or file.exists(), target
