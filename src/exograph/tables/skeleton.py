# SPDX-License-Identifier: Apache-2.0
"""The first lines of a source: headers, one reference, and settings for a curator to fill in."""

from __future__ import annotations

import json
from collections.abc import Mapping

from exograph.tables.columns import COLUMNS, REQUIRED_TABLES, file_of

TABLES = (*REQUIRED_TABLES, "mechanisms", "mechanism_steps")
"""Those that a paper begins with."""


def skeleton(
    reference: Mapping[str, str], *, evidence: str, date: str, text_sha256: str = ""
) -> dict[str, str]:
    """Files of a source that begins with one reference, by name.

    ``evidence`` is ``quotes`` or ``paraphrases``; the text of quotes is expected under the id of
    the reference. What only a curator can know is left empty, and the checks ask for it.

    >>> files = skeleton({"id": "li2026"}, evidence="paraphrases", date="2026-11-28")
    >>> list(files)[:3], files["mechanism_steps.tsv"]
    (['source.toml', 'entities.tsv', 'statements.tsv'],
     'mechanism\\tlayer\\tsubject\\tpredicate\\tobject\\n')
    """
    files = {"source.toml": _settings(reference, evidence, date, text_sha256)}
    for table in TABLES:
        files[file_of(table)] = "\t".join(COLUMNS[table]) + "\n"
    name = file_of("references")
    files[name] = with_row(files[name], reference)
    return files


def with_row(text: str, cells: Mapping[str, str]) -> str:
    """The text of a table, whatever the order of its columns, with one row more at its end.

    >>> with_row("pmid\\tid\\n", {"id": "li2026", "pmid": "1"})
    'pmid\\tid\\n1\\tli2026\\n'
    """
    header = text.partition("\n")[0].split("\t")
    row = "\t".join(cells.get(column.strip(), "") for column in header)
    return text.removesuffix("\n") + f"\n{row}\n"


def _settings(reference: Mapping[str, str], evidence: str, date: str, text_sha256: str) -> str:
    """``source.toml``: TOML's basic strings escape as JSON's do."""

    def line(key: str, value: object, note: str = "") -> str:
        told = f"{key} = {json.dumps(value, ensure_ascii=False)}".replace("\x7f", "\\u007f")
        return f"{told}  # {note}\n" if note else f"{told}\n"

    text = ""
    if evidence == "quotes":
        name = f"{reference['id']}.txt"
        how = "" if text_sha256 else f"as `sha256sum {name}` prints it"
        text = line("text", name, "in the folder that --texts names; not shipped")
        text += line("text_sha256", text_sha256, how)
    return (
        line("title_en", reference.get("title", ""))
        + line("title_zh", "")
        + line("licence", "CC-BY-4.0", "of these tables")
        + line("date", date, "of these tables")
        + line("evidence", evidence)
        + line("sections", ["abstract"], "those that you read: results, table1 …")
        + text
    )
