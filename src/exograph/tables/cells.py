# SPDX-License-Identifier: Apache-2.0
"""One cell: what may not stand in it, whatever its column means."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache

from exograph.errors import Problem
from exograph.tables.columns import MULTIPLE


def items(cell: str) -> tuple[str, ...]:
    """The values of a cell that may hold several.

    >>> items("human|mouse"), items("")
    (('human', 'mouse'), ())
    """
    return tuple(cell.split("|")) if cell else ()


SPREADSHEET_ERRORS = frozenset(
    ("#N/A", "#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!")
)
_SIMPLE = re.compile(r"[!-{}~]+(?: [!-{}~]+)*\Z")
"""A cell with nothing to complain of: printable ASCII, single blanks inside, one value."""


_USUAL = r"[!-{}~°-ÿΑ-ω–—‘’“”…≤≥、-」一-鿿！-～]+"
"""Letters and marks that are common here, all visible and in normal form C."""


def is_plain(cell: str) -> bool:
    return not cell or _SIMPLE.match(cell) is not None


def is_usual(line: str) -> bool:
    """Whether no cell of a row can have a fault, told by one quick look. Most rows are so.

    >>> is_usual("adsc-exo\\t3.2\\t脂肪干细胞"), is_usual("human|mouse\\t3"), is_usual("a\\t b")
    (True, False, False)
    """
    return _usual_line().fullmatch(line) is not None


@cache
def _usual_line() -> re.Pattern[str]:
    """Cells with single blanks inside, none that begins as the errors of spreadsheets do.

    Made when first needed: it takes some milliseconds.
    """
    cell = rf"(?!\#)(?:{_USUAL}(?: {_USUAL})*)?"
    return re.compile(rf"{cell}(?:\t{cell})*")


def mend(cell: str) -> str:
    return unicodedata.normalize("NFC", cell.strip())


def control_characters(text: str) -> list[str]:
    """Characters that cannot be seen: controls, format marks, line separators, non-characters."""
    return [
        c
        for c in text
        if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        or ord(c) & 0xFFFE == 0xFFFE
        or "\ufdd0" <= c <= "\ufdef"
    ]


def cell_faults(file: str, number: int, column: str, cell: str, table: str) -> Iterator[Problem]:
    """What is wrong with a cell that is not plain."""
    if hidden := control_characters(cell):
        names = ", ".join(dict.fromkeys(f"U+{ord(c):04X}" for c in hidden))
        message = f"The cell {column!r} holds invisible characters: {names}."
        cure = "Delete them; they often come along when text is pasted from a page or a PDF."
        yield Problem(file, number, "E113", message, cure, column=column)
    if cell != cell.strip():
        message = f"The cell {column!r} begins or ends with white space: {cell[:40]!r}."
        yield Problem(file, number, "E114", message, "Remove it.", column=column)
    if not unicodedata.is_normalized("NFC", cell):
        message = f"The cell {column!r} is not in Unicode normal form C: {cell[:40]!r}."
        cure = "Write letters with accents as single characters (NFC)."
        yield Problem(file, number, "E115", message, cure, column=column)
    if column in MULTIPLE.get(table, ()):
        yield from _item_faults(file, number, column, cell)


def _item_faults(file: str, number: int, column: str, cell: str) -> Iterator[Problem]:
    values = items(cell)
    if any(v != v.strip() or not v for v in values) and cell.strip():
        message = f"The list in {column!r} has an empty value or blanks at a bar: {cell[:60]!r}."
        cure = "Write a single | between values, and none before the first or after the last."
        yield Problem(file, number, "E116", message, cure, column=column)
    for value, times in Counter(values).items():
        if times > 1 and value:
            message = f"The list in {column!r} names {value!r} {times} times."
            yield Problem(file, number, "E117", message, "Name it once.", column=column)
