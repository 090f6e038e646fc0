# SPDX-License-Identifier: Apache-2.0
"""CSV for spreadsheets: a file per kind of record, every field of each, and the labels of ids.

UTF-8 with a byte order mark, by which spreadsheets know the encoding; RFC 4180, every cell between
quotes, so that none falls apart where a semicolon separates. A cell that a spreadsheet would take
for a formula gets an apostrophe in front (owasp.org/www-community/attacks/CSV_Injection), and so
that ``unguarded`` finds the text again, one that begins with an apostrophe gets another.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from exograph.exchange.content import Content
from exograph.exchange.formats import Files
from exograph.exchange.tables_cells import cells, step_cells, written
from exograph.model import Source, stored
from exograph.tables import COLUMNS

Labels = dict[str, list[str]]
"""English and Chinese label of entities by id, guarded."""

COMPUTED: dict[str, tuple[str, ...]] = {
    "statements": ("source", "id", "claim", "retracted"),
    "references": ("source",),
    "attributes": ("source", "id"),
    "mechanisms": ("source",),
    "mechanism_steps": ("claim",),
    "verification": ("source", "id", "claim"),
    "conflicts": ("source", "id"),
    "remarks": ("source",),
}
"""What stands behind the columns of the curated table."""

LABELLED: dict[str, tuple[str, ...]] = {
    "statements": ("subject", "object"),
    "attributes": ("entity",),
    "mechanisms": ("start", "end"),
    "mechanism_steps": ("subject", "object"),
    "verification": ("subject", "object"),
    "conflicts": ("first_subject", "first_object", "second_subject", "second_object"),
    "remarks": ("entity",),
}
"""Columns of entities whose labels stand at the end, in both languages."""

_ACTIVE = re.compile(r"[=+\-@＝＋－＠\t\r\n']")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?\Z")
_GATHERED = 1000


def files(content: Content) -> Files:
    """A file for each kind of record, also if there is none of it."""
    kb = content.kb
    labels: Labels = {e.id: [guarded(e.label_en), guarded(e.label_zh)] for e in content.entities}
    statements = (s for claim in content.claims for s in claim.statements)
    steps = ([*step_cells(m.id, s), s.claim] for m in kb.mechanisms for s in m.steps)
    for table, rows in (
        ("entities", _rows("entities", content.entities)),
        ("statements", _rows("statements", statements)),
        ("references", _rows("references", content.references)),
        ("attributes", _rows("attributes", kb.attributes)),
        ("mechanisms", _rows("mechanisms", kb.mechanisms)),
        ("mechanism_steps", steps),
        ("verification", _rows("verification", kb.verifications)),
        ("conflicts", _rows("conflicts", kb.conflicts)),
        ("remarks", _rows("remarks", kb.remarks)),
    ):
        yield f"{table}.csv", _bytes(_header(table), _labelled(table, rows, labels))
    names = stored(Source)
    sources = ([guarded(cell) for cell in _values(names, s)] for s in kb.sources)
    yield "sources.csv", _bytes(names, sources)


def guarded(text: str) -> str:
    """A text that no spreadsheet computes; numbers stay.

    >>> guarded("=1+1"), guarded("-0.5"), guarded("'n"), guarded("miR-126")
    ("'=1+1", '-0.5', "''n", 'miR-126')
    """
    if not _ACTIVE.match(text) or _NUMBER.match(text):
        return text
    return f"'{text}"


def unguarded(text: str) -> str:
    """What ``guarded`` was given.

    >>> unguarded("'=1+1"), unguarded("''n")
    ('=1+1', "'n")
    """
    return text.removeprefix("'")


def _header(table: str) -> list[str]:
    names = (f"{column}_{lang}" for column in LABELLED.get(table, ()) for lang in ("en", "zh"))
    return [*COLUMNS[table], *COMPUTED.get(table, ()), *names]


def _rows(table: str, records: Iterable[Any]) -> Iterator[list[str]]:
    computed = COMPUTED.get(table, ())
    return (cells(table, r) + _values(computed, r) for r in records)


def _values(names: Iterable[str], record: Any) -> list[str]:
    return written(getattr(record, name) for name in names)


def _labelled(table: str, rows: Iterable[list[str]], labels: Labels) -> Iterator[list[str]]:
    """The rows, guarded, with the labels of what they name."""
    at = [COLUMNS[table].index(column) for column in LABELLED.get(table, ())]
    none = ["", ""]
    for row in rows:
        found = [label for i in at for label in labels.get(row[i], none)]
        yield [guarded(cell) for cell in row] + found


def _bytes(header: Iterable[str], rows: Iterator[list[str]]) -> Iterator[bytes]:
    yield BOM_UTF8 + _line(header)
    for gathered in iter(lambda: list(islice(rows, _GATHERED)), []):
        yield b"".join(map(_line, gathered))


def _line(cells: Iterable[str]) -> bytes:
    inner = '","'.join([cell.replace('"', '""') for cell in cells])
    return f'"{inner}"\r\n'.encode()
