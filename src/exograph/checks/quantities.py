# SPDX-License-Identifier: Apache-2.0
"""Numbers that cannot be what they are said to be: of another dimension, too large, too late."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from exograph import vocab
from exograph.checks.facts import Facts, at, shown
from exograph.checks.values import LONGEST, NUMBER
from exograph.errors import Problem
from exograph.tables import Row

_DIMENSIONS = {
    **dict.fromkeys(("nm", "um", "mm", "cm", "m"), "length"),
    **dict.fromkeys(("d", "wk", "mo", "a", "h", "min", "s"), "time"),
    **dict.fromkeys(("Cel", "K"), "temperature"),
    "%": "share",
    "1": "number",
}
_FIT = {
    "size": {"length", "other"},
    "follow_up": {"time"},
    "duration": {"time"},
    "start": {"time"},
    "temperature": {"temperature"},
    "burn_area": {"share", "other"},
    "enrolment": {"number"},
}
_EXAMPLE = {"length": "nm", "time": "wk", "temperature": "Cel", "share": "%", "number": "1"}
_WRITTEN = (
    ("nm", re.compile(r"nm\b|纳米", re.I)),
    ("um", re.compile(r"[µμu]m\b|微米", re.I)),
    ("mm", re.compile(r"mm\b|毫米", re.I)),
    ("wk", re.compile(r"周|星期|\bweeks?\b|\bwks?\b", re.I)),
    ("d", re.compile(r"[天日]|(?<=\d)\s*d\b|\bdays?\b", re.I)),
    ("mo", re.compile(r"月|\bmonths?\b|\bmo\b", re.I)),
    ("a", re.compile(r"年|\byears?\b|\byrs?\b", re.I)),
    ("h", re.compile(r"小时|(?<=\d)\s*h\b|\bhours?\b|\bhrs?\b", re.I)),
    ("min", re.compile(r"分钟|\bmin(?:ute)?s?\b", re.I)),
)
_ABOUT = re.compile(r"约|左右|\babout\b|\bapprox|\A\s*[~≈]", re.I)
_BELOW = re.compile(r"小于|不足|少于|低于|[<≤]|less than|\bunder\b|\bbelow\b", re.I)
_ABOVE = re.compile(r"大于|超过|多于|高于|[>≥]|more than|\bover\b|\babove\b", re.I)
EARLIEST = 1900
"""No paper and no trial of the field is older."""


def _number(cell: str) -> Decimal | None:
    return Decimal(cell) if len(cell) <= LONGEST and NUMBER.match(cell) else None


def dimensions(facts: Facts) -> Iterator[Problem]:
    """E723 and E724: a unit that measures something else, or is not the one of the verbatim."""
    for row in facts.rows("attributes"):
        name, unit, verbatim = (row.cells[c] for c in ("attribute", "unit", "verbatim"))
        dimension = _DIMENSIONS.get(unit, "other") if unit in vocab.UNITS else ""
        fit = _FIT.get(name)
        if dimension and fit and dimension not in fit:
            right = next(_EXAMPLE[d] for d in sorted(fit) if d in _EXAMPLE)
            message = f"The unit {unit!r} does not measure {name!r}."
            yield at(row, "E723", message, f"Write {right!r}, or what else measures it.", "unit")
        elif dimension in ("length", "time") and name != "start":
            found = [u for u, form in _WRITTEN if form.search(verbatim)]
            found = [u for u in found if _DIMENSIONS[u] == dimension]
            if found and unit not in found:
                message = f"The unit is {unit!r}, but the verbatim is {shown(verbatim)}."
                yield at(row, "E724", message, f"Write {found[0]!r}.", "unit")


def sizes(facts: Facts) -> Iterator[Problem]:
    """E718, E725, E726, W711: shares above 100, values outside their range, parts of people."""
    for row in facts.rows("attributes"):
        cells = row.cells
        held = {c: n for c in ("value", "error", "low", "high") if (n := _number(cells[c]))}
        value = held.get("value")
        for column, number in held.items():
            if cells["unit"] == "%" and number > 100:
                message = f"{cells[column]} % in {column!r} is more than all."
                yield at(row, "E718", message, "Copy the number from the source.", column)
            if (
                cells["attribute"] == "enrolment"
                and column != "error"
                and (number != number.to_integral_value() or number < 0)
            ):
                message = f"{cells[column]} in {column!r} is no number of people."
                yield at(row, "E726", message, "Write a whole number.", column)
        if value is None:
            continue
        low, high = held.get("low", value), held.get("high", value)
        if not low <= value <= high and low <= high:
            message = f"The value {value} lies outside of {cells['low']} to {cells['high']}."
            yield at(row, "E725", message, "Copy the three from the source.", "value")
        if held.get("error", Decimal(0)) > abs(value):
            message = f"The error {cells['error']} is greater than the value {cells['value']}."
            yield at(row, "W711", message, "Exchange them, if they were exchanged.", "error")


def marks(facts: Facts) -> Iterator[Problem]:
    """W712 and W713: a sign of approximation, or an error, that the verbatim has and the row not.

    A range has low and high; of it no qualifier is asked.
    """
    for row in facts.rows("attributes"):
        cells = row.cells
        verbatim = cells["verbatim"]
        if not cells["value"]:
            continue
        if "±" in verbatim and not cells["error"]:
            message = f"The verbatim {shown(verbatim)} has an error, the row none."
            yield at(row, "W713", message, "Write what stands after ± in 'error'.", "error")
        for right, form in (("approx", _ABOUT), ("lt", _BELOW), ("gt", _ABOVE)):
            if not cells["qualifier"] and form.search(verbatim):
                message = f"The verbatim {shown(verbatim)} does not give the number as exact."
                yield at(row, "W712", message, f"Write {right!r} in 'qualifier'.", "qualifier")
                break


def years(facts: Facts) -> Iterator[Problem]:
    """E717: a year before the field, or after the tables were written."""
    held = [(row, "year", source) for row, source in facts.sourced("references")]
    for row, source in facts.sourced("attributes"):
        if row.cells["attribute"] == "start" and row.cells["unit"] in ("", "a"):
            held.append((row, "value", source))
    for row, column, source in held:
        if problem := _year(row, column, row.cells[column], source.date):
            yield problem


def _year(row: Row, column: str, cell: str, date: str) -> Problem | None:
    if not (cell.isascii() and cell.isdigit() and len(cell) < 6 and date[:4].isdigit()):
        return None
    latest = int(date[:4]) + 1
    if EARLIEST <= int(cell) <= latest:
        return None
    message = f"The year {cell} is not between {EARLIEST} and {latest}."
    return at(row, "E717", message, "Copy it from the source.", column)


CHECKS = (dimensions, sizes, marks, years)
