# SPDX-License-Identifier: Apache-2.0
"""The first line of a table: that it names each column of the table once, and no other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from exograph.errors import Problem
from exograph.tables.columns import COLUMNS, OPTIONAL, file_of

_ENOUGH = 0.8
"""The share of another table's columns that makes a file look like that table."""


def header_faults(file: str, header: list[str], table: str, number: int = 1) -> Iterator[Problem]:
    """E106 to E108; or E119, E126, E127 alone: another table, another mark between the cells.

    ``number`` is the line of the header.
    """
    columns = COLUMNS[table]
    if len(header) == 1 and (dividers := _dividers(header[0], columns)):
        code, what, cure = dividers
        yield Problem(file, number, code, f"The columns are divided by {what}, not by tabs.", cure)
        return
    if other := _other_table(header, table):
        message = (
            f"This looks like {file_of(other)}: it has the columns of that table, not of {table}."
        )
        cure = f"Were two files exchanged? Put the rows of {table} here."
        yield Problem(file, number, "E119", message, cure)
        return
    for name, times in Counter(header).items():
        if times > 1:
            message = f"The header names the column {name!r} {times} times."
            yield Problem(file, number, "E108", message, "Keep one of them.", column=name)
        if name not in columns:
            missing = tuple(c for c in columns if c not in header)
            cure = did_you_mean(name, missing, "Rename it", "remove the column")
            message = f"The table {table} has no column {name!r}."
            yield Problem(file, number, "E107", message, cure, column=name)
    for name in columns:
        if name not in header and name not in OPTIONAL.get(table, ()):
            message = f"The column {name!r} is missing."
            cure = "Add it to the header and to each row; its cells may be empty unless required."
            yield Problem(file, number, "E106", message, cure, column=name)


def _dividers(line: str, columns: Sequence[str]) -> tuple[str, str, str] | None:
    """Code, name and cure of what divides the columns of a header, if it is no tab."""
    save = "Save the table with tabs between the cells, and no quotation marks around them."
    for mark, code, what, cure in (
        (",", "E126", "commas", save),
        (";", "E126", "semicolons", save),
        (" ", "E127", "spaces", "An editor has turned tabs into spaces: put the tabs back."),
        ("|", "E126", "bars", save),
    ):
        names = {name.strip().strip("\"'") for name in line.split(mark)}
        if len(names & {*columns}) >= _ENOUGH * len(columns):
            return code, what, cure
    return None


def is_readable(header: list[str], table: str) -> bool:
    """Whether each column of the table stands in the header once; others may stand there, too.

    An optional one may be missing.
    """
    count, optional = Counter(header), OPTIONAL.get(table, ())
    return all(
        count[name] == 1 or (not count[name] and name in optional) for name in COLUMNS[table]
    )


def _other_table(header: list[str], table: str) -> str | None:
    """The table whose columns these are, if it is another one.

    >>> _other_table(["mechanism", "layer", "subject", "predicate", "object"], "entities")
    'mechanism_steps'
    """
    names = set(header)

    def share(name: str) -> float:
        return len(names & {*COLUMNS[name]}) / len(names | {*COLUMNS[name]})

    best = max(COLUMNS, key=share)
    return best if best != table and share(best) >= _ENOUGH > 2 * share(table) else None


def did_you_mean(name: str, known: Sequence[str], verb: str, otherwise: str) -> str:
    """The cure for a name that nothing has, with the likely one."""
    import difflib

    near = difflib.get_close_matches(name.lower(), known, 1, 0.6)
    return f"{verb} to {near[0]!r}, or {otherwise}." if near else f"{otherwise.capitalize()}."
