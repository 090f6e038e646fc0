# SPDX-License-Identifier: Apache-2.0
"""Curated tables as they stand on disk: bytes to raw rows, with every fault of form named.

A table is UTF-8 without BOM, lines end in LF, the first line names the columns, and a tab is the
only separator. There is no quoting: a label such as ``"5 \\ 6"`` stands for itself, so lines are
split plainly; the csv module would also end a line at a lone CR. What a cell *means* is not asked
here; that is the work of the checks.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from exograph.errors import Problem
from exograph.model import Source
from exograph.tables.cells import SPREADSHEET_ERRORS, cell_faults, is_plain, is_usual, mend
from exograph.tables.columns import COLUMNS, COMMENTED, OPTIONAL, REQUIRED_TABLES, file_of
from exograph.tables.encoding import decode
from exograph.tables.folders import strangers, unread_tables
from exograph.tables.headers import header_faults, is_readable
from exograph.tables.settings import read_settings

_IDS = {"id", "mechanism", "subject", "predicate", "object"}
"""Columns without which a table's words do not tell what it holds."""

_UNCHECKED = "Neither the rows of the file nor what leans on them could be checked."


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: raw cells by column, and where it stands, as shown to the user."""

    file: str
    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Gap:
    """Lines of a table that could not be read: the words in them, None if no line could."""

    words: frozenset[str] | None = None

    def may_hold(self, *ids: str) -> bool:
        """Whether all these ids may stand in what could not be read."""
        return self.words is None or self.words.issuperset(ids)


@dataclass(frozen=True)
class Tables:
    """One source as read: every table is a key of ``rows``, those without a file are empty.

    ``gaps`` has the tables of which some or all rows are missing from ``rows``.
    """

    folder: Path
    source: Source
    rows: dict[str, tuple[Row, ...]]
    gaps: dict[str, Gap] = field(default_factory=dict)


def read_source(folder: Path) -> tuple[Tables | None, tuple[Problem, ...]]:
    """Reads a folder of tables; returns them with every problem of form, by file and line.

    The tables are None if a file cannot be used as it stands (missing, not UTF-8, a wrong header,
    a ragged row, a broken ``source.toml``). Faults that can be read past (line ends, BOM, white
    space around a cell) are problems too, but the tables come along, so that the checks can go on.
    An error among the problems refuses a build either way. No input makes this raise.
    """
    tables, whole, problems = read_what_can_be(folder)
    return (tables if whole else None), problems


def read_what_can_be(folder: Path) -> tuple[Tables, bool, tuple[Problem, ...]]:
    """What can be read of a folder, whether that is all of it, and every problem of form.

    Settings that cannot be read are empty in the source.
    """
    source, whole, problems = read_settings(folder)
    rows: dict[str, tuple[Row, ...]] = {}
    gaps: dict[str, Gap] = {}
    taken = set(strangers(folder).values())
    for table in COLUMNS:
        path = folder / file_of(table)
        if table not in REQUIRED_TABLES and not os.path.lexists(path):
            rows[table] = ()
            if table in taken:  # it is there, under a wrong name
                gaps[table] = Gap()
            continue
        rows[table], gap, found = read_table(path, table)
        problems.extend(found)
        if gap:
            gaps[table] = gap
    problems.extend(unread_tables(folder))
    ordered = tuple(sorted(problems, key=lambda p: (p.file, p.line or 0, p.code, p.message)))
    return Tables(folder, source, rows, gaps), whole and not gaps, ordered


def read_table(path: Path, table: str) -> tuple[tuple[Row, ...], Gap | None, list[Problem]]:
    """Sound rows of one file, what could not be read of it, and its problems of form."""
    file = str(path)
    text, problems = decode(path)
    if text is None:
        return (), Gap(), [*problems[:-1], _unchecked(problems[-1])]
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    top = _comments(lines) if table in COMMENTED else 0
    if not any(line.strip() for line in lines[top:]):
        cure = f"Write the header line: {' '.join(COLUMNS[table])} (tabs between)."
        empty = _unchecked(Problem(file, top + 1, "E105", "The file is empty.", cure))
        return (), Gap(), [*problems, empty]
    header = [name.strip() for name in lines[top].split("\t")]
    readable = is_readable(header, table)
    faults = list(header_faults(file, header, table, top + 1))
    problems += faults if readable else [*faults[:-1], _unchecked(faults[-1])]
    absent = dict.fromkeys(OPTIONAL.get(table, ()), "")
    rows: list[Row] = []
    lost: list[str] = []
    for number, line in enumerate(lines[top + 1 :], start=top + 2):
        if not line.strip():
            problems.append(Problem(file, number, "E112", "The line is blank.", "Delete the line."))
            continue
        cells = line.split("\t")
        if len(cells) != len(header):
            lost.append(line)
            problems.append(_ragged(file, number, cells, header))
            continue
        named = dict(zip(header, cells, strict=True))
        if not is_usual(line):
            problems += _cell_faults(file, number, named, table)
            named = {c: v if is_plain(v) else mend(v) for c, v in named.items()}
        if readable:
            rows.append(Row(file, number, absent | named))
        else:
            lost.append(line)
    gap = Gap(_words(lost)) if lost or not readable else None
    if {p.column for p in faults if p.code == "E106"} & _IDS or any(
        p.code == "E119" for p in faults
    ):
        gap = Gap()
    return tuple(rows), gap, problems


def _cell_faults(file: str, number: int, named: Mapping[str, str], table: str) -> Iterator[Problem]:
    for column, cell in named.items():
        if cell in SPREADSHEET_ERRORS:
            yield _broken_formula(file, number, column, cell)
        if not is_plain(cell):
            yield from cell_faults(file, number, column, cell, table)


def _broken_formula(file: str, number: int, column: str, cell: str) -> Problem:
    message = f"The cell {column!r} holds {cell}, by which a spreadsheet says that it failed."
    cure = "Write what was meant, with a text editor."
    return Problem(file, number, "E128", message, cure, column=column)


def _comments(lines: list[str]) -> int:
    """How many lines at the top begin with #."""
    return next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))


def _words(lines: Iterable[str]) -> frozenset[str]:
    """All that may be an id in lines whose cells are not to be told apart."""
    return frozenset(word for line in lines for word in mend(line).replace("|", " ").split())


def _unchecked(problem: Problem) -> Problem:
    return replace(problem, message=f"{problem.message} {_UNCHECKED}")


def _ragged(file: str, number: int, cells: list[str], header: list[str]) -> Problem:
    count, wanted = len(cells), len(header)
    begin = f"The row has {count} cells, the header {wanted}"
    end = "Neither it nor what leans on it could be checked."
    spaced = [part for cell in cells for part in re.split(r" {2,}", cell)]
    if count < wanted and 2 * len(spaced) > count + wanted:
        message = f"{begin}: runs of spaces stand where tabs were. {end}"
        cure = "An editor has turned tabs into spaces: put the tabs back."
        return Problem(file, number, "E127", message, cure)
    if count < wanted:
        message = f"{begin}: {wanted - count} too few. {end}"
        cure = f"The last cell stands under {header[count - 1]!r}; add the missing tabs."
        return Problem(file, number, "E110", message, cure)
    message = f"{begin}: {count - wanted} too many. {end}"
    cure = f"Beyond {header[-1]!r} stands {cells[wanted][:40]!r}; remove the tabs too many."
    return Problem(file, number, "E111", message, cure)
