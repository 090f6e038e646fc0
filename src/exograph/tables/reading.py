# SPDX-License-Identifier: Apache-2.0
"""Curated tables as they stand on disk: bytes to raw rows, with every fault of form named.

A table is UTF-8 without BOM, lines end in LF, the first line names the columns, and a tab is the
only separator. There is no quoting: a label such as ``"5 \\ 6"`` stands for itself, so lines are
split plainly; the csv module would also end a line at a lone CR. What a cell *means* is not asked
here; that is the work of the checks.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from exograph.errors import Problem
from exograph.model import Source
from exograph.tables.columns import COLUMNS, MULTIPLE, REQUIRED_TABLES
from exograph.tables.encoding import decode
from exograph.tables.settings import read_settings


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: raw cells by column, and where it stands, as shown to the user."""

    file: str
    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Tables:
    """One source as read: every table is a key of ``rows``, those without a file are empty."""

    folder: Path
    source: Source
    rows: dict[str, tuple[Row, ...]]


def items(cell: str) -> tuple[str, ...]:
    """The values of a cell that may hold several.

    >>> items("human|mouse"), items("")
    (('human', 'mouse'), ())
    """
    return tuple(cell.split("|")) if cell else ()


def find_sources(graphs: Path) -> tuple[Path, ...]:
    """Folders under ``graphs`` that hold a ``source.toml`` or a table, by name."""
    if not graphs.is_dir():
        return ()
    folders = (f for f in graphs.iterdir() if f.is_dir() and not f.name.startswith("."))
    return tuple(sorted(f for f in folders if (f / "source.toml").exists() or any(f.glob("*.tsv"))))


def read_source(folder: Path) -> tuple[Tables | None, tuple[Problem, ...]]:
    """Reads a folder of tables; returns them with every problem of form, by file and line.

    The tables are None if a file cannot be used as it stands (missing, not UTF-8, a wrong header,
    a ragged row, a broken ``source.toml``). Faults that can be read past (line ends, BOM, white
    space around a cell) are problems too, but the tables come along, so that the checks can go on.
    An error among the problems refuses a build either way. No input makes this raise.
    """
    source, problems = read_settings(folder)
    usable = source is not None
    rows: dict[str, tuple[Row, ...]] = {}
    for table in COLUMNS:
        path = folder / f"{table}.tsv"
        if table not in REQUIRED_TABLES and not path.exists():
            rows[table] = ()
            continue
        read, found = read_table(path, table)
        problems.extend(found)
        usable = usable and read is not None
        rows[table] = read or ()
    problems.extend(_strangers(folder))
    ordered = tuple(sorted(problems, key=lambda p: (p.file, p.line or 0, p.code, p.message)))
    return (Tables(folder, source, rows) if usable and source else None), ordered


def _strangers(folder: Path) -> Iterator[Problem]:
    """Tables that nothing would read, such as a misspelt ``statement.tsv``."""
    for path in sorted(folder.glob("*.tsv")):
        if path.stem not in COLUMNS:
            yield Problem(
                str(path),
                None,
                "E109",
                f"No table is called {path.name!r}.",
                _did_you_mean(path.stem, tuple(COLUMNS), "Rename it", "delete it"),
            )


def _did_you_mean(name: str, known: Sequence[str], verb: str, otherwise: str) -> str:
    import difflib

    near = difflib.get_close_matches(name.lower(), known, 1, 0.6)
    return f"{verb} to {near[0]!r}, or {otherwise}." if near else f"{otherwise.capitalize()}."


def read_table(path: Path, table: str) -> tuple[tuple[Row, ...] | None, list[Problem]]:
    """Rows of one file and its problems of form; None instead of rows if it cannot be used."""
    file = str(path)
    text, problems = decode(path)
    if text is None:
        return None, problems
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    if not lines or not any(line.strip() for line in lines):
        cure = f"Write the header line: {' '.join(COLUMNS[table])} (tabs between)."
        return None, [*problems, Problem(file, 1, "E105", "The file is empty.", cure)]
    header = [name.strip() for name in lines[0].split("\t")]
    faults = list(_header_faults(file, header, table))
    problems += faults
    usable = not faults
    rows: list[Row] = []
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            problems.append(Problem(file, number, "E112", "The line is blank.", "Delete the line."))
            continue
        cells = line.split("\t")
        if len(cells) != len(header):
            usable = False
            problems.append(_ragged(file, number, cells, header))
            continue
        named = dict(zip(header, cells, strict=True))
        for column, cell in named.items():
            if cell:
                problems += _cell_faults(file, number, column, cell, table)
        rows.append(Row(file, number, {c: v if _plain(v) else _mend(v) for c, v in named.items()}))
    return (tuple(rows) if usable else None), problems


def _header_faults(file: str, header: list[str], table: str) -> Iterator[Problem]:
    columns = COLUMNS[table]
    for name, times in Counter(header).items():
        if times > 1:
            message = f"The header names the column {name!r} {times} times."
            yield Problem(file, 1, "E108", message, "Keep one of them.", column=name)
        if name not in columns:
            missing = tuple(c for c in columns if c not in header)
            cure = _did_you_mean(name, missing, "Rename it", "remove the column")
            message = f"The table {table} has no column {name!r}."
            yield Problem(file, 1, "E107", message, cure, column=name)
    for name in columns:
        if name not in header:
            message = f"The column {name!r} is missing."
            cure = "Add it to the header and to each row; its cells may be empty unless required."
            yield Problem(file, 1, "E106", message, cure, column=name)


def _ragged(file: str, number: int, cells: list[str], header: list[str]) -> Problem:
    count, wanted = len(cells), len(header)
    if count < wanted:
        message = f"The row has {count} cells, the header {wanted}: {wanted - count} too few."
        cure = f"The last cell stands under {header[count - 1]!r}; add the missing tabs."
        return Problem(file, number, "E110", message, cure)
    message = f"The row has {count} cells, the header {wanted}: {count - wanted} too many."
    cure = f"Beyond {header[-1]!r} stands {cells[wanted][:40]!r}; remove the tabs too many."
    return Problem(file, number, "E111", message, cure)


_SIMPLE = re.compile(r"[!-{}~]+(?: [!-{}~]+)*\Z")
"""A cell with nothing to complain of: printable ASCII, single blanks inside, one value."""


def _plain(cell: str) -> bool:
    return not cell or _SIMPLE.match(cell) is not None


def _mend(cell: str) -> str:
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


def _cell_faults(file: str, number: int, column: str, cell: str, table: str) -> Iterator[Problem]:
    if _plain(cell):
        return
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
