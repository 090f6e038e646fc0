# SPDX-License-Identifier: Apache-2.0
"""Cells of numbers that hold more than a number, or a number in another spelling."""

from __future__ import annotations

import re
import unicodedata

from exograph.checks import words
from exograph.checks.facts import at, shown
from exograph.checks.terms import nothing
from exograph.errors import Problem
from exograph.tables import Row

_N = r"-?[0-9]+(?:\.[0-9]+)?"
NUMBER = re.compile(rf"{_N}(?:[eE][+-]?[0-9]{{1,3}})?\Z")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?\Z")
_COMMA = re.compile(r"[0-9]+,[0-9]+\Z")
_RANGE = re.compile(rf"({_N})\s*(?:[-–—~～〜至到]|to)\s*({_N})\Z")
_ERROR = re.compile(rf"[(（]?\s*({_N})\s*(?:±|\+/-|\+-)\s*({_N})\s*[)）]?\Z")
_ABOUT = re.compile(rf"([~≈<>≤≥]|约|大约|about|approx\.?|ca\.?|小于|大于)\s*({_N})\Z", re.I)
_POWER = re.compile(rf"(?:({_N})\s*[×xX*·]\s*)?10\s*\^?\s*(-?[0-9]{{1,2}})\Z")
_UNIT = re.compile(rf"({_N})\s*((?![eE][-+\d])[^\d\s.,].*)\Z")
LONGEST = 40
"""Characters of a number that a source may well give."""
_YEAR = re.compile(r"((?:19|20)[0-9]{2})\s*(?:[-/.年].*)\Z")
_BRACKETS = re.compile(r"[\[(【]\s*([0-9]+)\s*[\])】]\Z")


def spelled(row: Row, column: str, cell: str) -> Problem | None:
    """What is wrong with a cell of a number, if it is one of the usual things."""
    if len(cell) > LONGEST:
        return None
    text = unicodedata.normalize("NFKC", cell).replace("−", "-")
    if text != cell and NUMBER.match(text):
        message = f"{shown(cell)} in {column!r} has characters of full width, or a long minus."
        return at(row, "E712", message, f"Write {text}.", column)
    if _THOUSANDS.match(text):
        message = f"{shown(cell)} in {column!r} has commas between the thousands."
        return at(row, "E711", message, f"Write {text.replace(',', '')}.", column)
    if _COMMA.match(text):
        message = f"{shown(cell)} in {column!r} has a decimal comma."
        return at(row, "E720", message, f"Write {text.replace(',', '.')}.", column)
    return _parts(row, column, cell, text) or (
        nothing(row, column, cell) if words.is_nothing(cell) else None
    )


def _parts(row: Row, column: str, cell: str, text: str) -> Problem | None:
    """A cell that holds what belongs in several columns."""
    told = f"{shown(cell)} in {column!r}"
    if m := _RANGE.match(text):
        code, what = "E713", "is a range"
        cure = f"Write {m[1]} in 'low' and {m[2]} in 'high'."
    elif m := _ERROR.match(text):
        code, what = "E716", "is a value with its error"
        cure = f"Write {m[1]} in 'value' and {m[2]} in 'error'."
    elif m := _ABOUT.match(text):
        which = words.value(m[1].strip("."), ("approx", "lt", "gt")) or "approx"
        code, what = "E715", "has a sign of approximation"
        cure = f"Write {m[2]}, and {which!r} in 'qualifier'."
    elif m := _POWER.match(text):
        code, what, cure = "E719", "is a power of ten", f"Write {m[1] or 1}E{m[2]}."
    elif m := _UNIT.match(text):
        code, what = "E714", "has its unit with it"
        cure = f"Write {m[1]}, and {words.unit(m[2]) or m[2]!r} in 'unit'."
    else:
        return None
    return at(row, code, f"{told} {what}.", cure, column)


def counted(row: Row, column: str, cell: str) -> Problem | None:
    """The same for a cell of a whole number: a year, the number of a reference, a layer."""
    if len(cell) > LONGEST:
        return None
    text = unicodedata.normalize("NFKC", cell)
    if text != cell and text.isascii() and text.isdigit():
        message = f"{shown(cell)} in {column!r} has characters of full width."
        return at(row, "E712", message, f"Write {text}.", column)
    if m := _BRACKETS.match(text):
        message = f"{shown(cell)} in {column!r} stands in brackets."
        return at(row, "E721", message, f"Write {m[1]}.", column)
    if column == "year" and (m := _YEAR.match(text)):
        message = f"{shown(cell)} in 'year' is a date."
        return at(row, "E722", message, f"Write {m[1]}.", column)
    return nothing(row, column, cell) if words.is_nothing(cell) else None
