# SPDX-License-Identifier: Apache-2.0
"""Numbers: that they are some, and the ones that the source itself gives."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from exograph import vocab
from exograph.checks.facts import Facts, at, shown
from exograph.checks.values import LONGEST, NUMBER, counted, spelled
from exograph.errors import Problem
from exograph.tables import Row

WHOLE = re.compile(r"[1-9][0-9]{0,8}\Z")
"""A whole number from 1 on, of a size that is a number, year or layer."""
_WHOLE_COLUMNS = {"references": ("number", "year"), "mechanism_steps": ("layer",)}
_VALUES = ("value", "error", "low", "high")
_UNITLESS = ("start",)
"""Numeric attributes that need no unit: a year is a year."""

_FOUND = re.compile(
    r"(?P<number>-?\d+(?:\.\d+)?)"
    r"(?:\s*[×xX*·]\s*10\s*\^?\s*(?P<power>-?\d{1,2}))?"
    r"(?P<myriad>\s*[万亿])?"
)
_MYRIADS = {"万": Decimal(10**4), "亿": Decimal(10**8)}


def numbers_in(verbatim: str) -> frozenset[Decimal]:
    """Every number that a text gives, with powers of ten also where a superscript is lost.

    >>> sorted(str(n) for n in numbers_in("（108.97 ± 13.15）nm"))
    ['108.97', '13.15']
    >>> Decimal("1E7") in numbers_in("1 × 107 EVs/cm2")
    True
    """
    text = unicodedata.normalize("NFKC", verbatim).replace("−", "-")
    text = re.sub(r"(?<![0-9])–(?=[0-9])", "-", text)  # an en dash that stands for a minus
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    found: set[Decimal] = set()
    for match in _FOUND.finditer(text):
        number = Decimal(match["number"])
        found |= {number, abs(number)}
        if match["power"]:
            found |= {number.scaleb(int(match["power"])), abs(number).scaleb(int(match["power"]))}
            found.add(Decimal(f"10{match['power'].lstrip('-')}"))
        if match["myriad"]:
            found.add(number * _MYRIADS[match["myriad"].strip()])
    return frozenset(found)


def whole_numbers(facts: Facts) -> Iterator[Problem]:
    """E701: a number, year or layer that is no whole number from 1 on."""
    for table, columns in _WHOLE_COLUMNS.items():
        for row in facts.rows(table):
            for column in columns:
                cell = row.cells[column]
                if cell and not WHOLE.match(cell):
                    message = f"{shown(cell)} in {column!r} is no whole number from 1 on."
                    usual = counted(row, column, cell)
                    cure = "Write digits only, such as 38."
                    yield usual or at(row, "E701", message, cure, column)


def values(facts: Facts) -> Iterator[Problem]:
    """E701 to E705: each attribute has a value, in order, with a unit, as its source gives it."""
    for row in facts.rows("attributes"):
        given: dict[str, Decimal] = {}
        wrong = False
        for column in _VALUES:
            cell = row.cells[column]
            if cell and len(cell) <= LONGEST and NUMBER.match(cell):
                given[column] = Decimal(cell)
            elif cell:
                wrong = True
                message = f"{shown(cell)} in {column!r} is no number, or a very long one."
                cure = "Write 165.4 or 1E7; unit, sign of approximation and range have columns."
                yield spelled(row, column, cell) or at(row, "E701", message, cure, column)
        yield from _as_the_source_gives(row, given)
        yield from _in_order(row, given)
        if row.cells["attribute"] in vocab.ATTRIBUTES and not wrong:
            yield from _complete(row, given)


def _as_the_source_gives(row: Row, given: dict[str, Decimal]) -> Iterator[Problem]:
    verbatim = row.cells["verbatim"]
    known = numbers_in(verbatim) if given and verbatim else frozenset()
    for column, number in given.items():
        if verbatim and number not in known:
            message = f"{row.cells[column]} in {column!r} is not in the verbatim {shown(verbatim)}."
            yield at(row, "E702", message, "Copy number and verbatim from the source.", column)


def _in_order(row: Row, given: dict[str, Decimal]) -> Iterator[Problem]:
    if "low" in given and "high" in given and given["low"] > given["high"]:
        message = f"'low' {row.cells['low']} is above 'high' {row.cells['high']}."
        yield at(row, "E703", message, "Exchange them.", "low")
    if given.get("error", Decimal(0)) < 0:
        message = f"'error' {row.cells['error']} is below zero."
        yield at(row, "E703", message, "It is a standard deviation; drop the sign.", "error")


def _complete(row: Row, given: dict[str, Decimal]) -> Iterator[Problem]:
    name, text, unit = (row.cells[c] for c in ("attribute", "text_value", "unit"))
    if name in vocab.NUMERIC_ATTRIBUTES:
        if given and not unit and name not in _UNITLESS:
            cure = f"Write a UCUM code: {', '.join(vocab.UNITS)}."
            yield at(
                row, "E704", f"The attribute {name!r} has a number without unit.", cure, "unit"
            )
        if not given.keys() - {"error"} and not text:
            message = f"The attribute {name!r} has no value."
            cure = "Fill value, or low and high, or text_value where the source gives no number."
            yield at(row, "E705", message, cure, "value")
    elif not text:
        message = f"The attribute {name!r} has no text."
        yield at(row, "E705", message, "Fill text_value.", "text_value")


CHECKS = (whole_numbers, values)
