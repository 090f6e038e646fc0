# SPDX-License-Identifier: Apache-2.0
"""SSSOM: a table of matches, https://mapping-commons.github.io/sssom/, with its head in comments.

An exact match says that two identifiers stand for one thing; any other predicate is an edge if it
has an equal in Biolink, and is refused by its name if not. The head is passed over: identifiers are
CURIEs, and the prefixes that a file declares for itself are not believed.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from exograph.errors import InputError
from exograph.exchange.incoming import Edge, Place, Record, Reject
from exograph.exchange.iris import relation_of
from exograph.exchange.opening import LONGEST, Lines, text_of

_EXACT = ("skos:exactMatch", "owl:sameAs", "owl:equivalentClass")
_ENDS = ("subject_id", "predicate_id", "object_id")
_NOT = "predicate_modifier"
_MOST_COLUMNS = 1000


def read(path: Path) -> Iterator[Record | Reject]:
    """The matches of a table as edges. Raises InputError for what makes it unreadable."""
    shown = str(path)
    with text_of(path) as text:
        yield from _rows(text, shown, "," if ".csv" in path.name.lower() else "\t")


def _rows(text: IO[str], shown: str, delimiter: str) -> Iterator[Record | Reject]:
    csv.field_size_limit(LONGEST)
    head = 0
    header: list[str] | None = None
    rows = iter(Lines(text, shown))
    for line in rows:
        head += 1
        if not line.startswith("#"):
            header = next(csv.reader([line], delimiter=delimiter))
            break
    names = _header(header, shown)
    table = csv.reader(rows, delimiter=delimiter, strict=True)
    for row in table:
        place = Place(shown, head + table.line_num)
        if not row or row == [""]:
            continue
        told = {name: cell for name, cell in zip(names, row, strict=False) if cell}
        if len(row) > len(names):
            reason = f"the row has {len(row)} cells, the header {len(names)}."
            yield Reject("I201", "cells", reason, place, dict(told))
            continue
        yield _edge(told, place)


def _header(header: list[str] | None, shown: str) -> list[str]:
    names = [name.strip() for name in header or ()]
    twice = sorted({name for name in names if names.count(name) > 1}) if len(names) < 1000 else []
    missing = [end for end in _ENDS if end not in names]
    if missing or twice or len(names) > _MOST_COLUMNS:
        what = f"the column {twice[0]!r} twice" if twice else f"no column {', '.join(missing)}"
        if len(names) > _MOST_COLUMNS:
            what = f"{len(names)} columns"
        cure = f"A table of matches needs {', '.join(_ENDS)}."
        raise InputError("I108", f"{shown} has {what}.", cure)
    return names


def _edge(told: dict[str, str], place: Place) -> Record | Reject:
    for end in _ENDS:
        if end not in told:
            reason = f"the match has no {end}."
            return Reject("I203", f"{end} missing", reason, place, dict(told))
    subject, predicate, object_ = (told.pop(end) for end in _ENDS)
    said = "biolink:same_as" if predicate in _EXACT else relation_of(predicate)
    turned = told.get(_NOT, "").lower() == "not"
    if turned or not said.startswith("biolink:"):
        kind = f"predicate {'not ' if turned else ''}{predicate[:60]}"
        raw = {"subject": subject, "predicate": predicate, "object": object_, **told}
        return Reject("I222", kind, f"it cannot be said here: {kind}.", place, raw)
    fields = {name: tuple(cell.split("|")) for name, cell in told.items()}
    if said != predicate:
        fields["relation"] = (predicate,)
    return Edge(subject, said, object_, fields, place)
