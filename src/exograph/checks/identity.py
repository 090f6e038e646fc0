# SPDX-License-Identifier: Apache-2.0
"""Ids and identifiers: their form, and that each stands for one thing only."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from exograph import ids
from exograph.checks.facts import Facts, at, did_you_mean, shown
from exograph.checks.lookalikes import named, plain
from exograph.errors import Problem
from exograph.kb.assembling import triple
from exograph.tables import MULTIPLE, Row, items

_DUPLICATE_CODES = {
    "entities": "E303",
    "references": "E304",
    "mechanisms": "E305",
    "remarks": "E307",
}


def slugs(facts: Facts) -> Iterator[Problem]:
    """E301 and E302: an id that is no slug; look-alike characters are named one by one."""
    for table in _DUPLICATE_CODES:
        for row in facts.rows(table):
            id = row.cells["id"]
            if not id or ids.SLUG.match(id):
                continue
            if strange := named(id):
                message = f"The id {shown(id)} has characters outside ASCII: {strange}."
                right = plain(id)
                what = f"as {right!r}" if ids.SLUG.match(right) else "with plain letters a to z"
                yield at(row, "E302", message, f"Type it {what}.", "id")
            else:
                proposal = re.sub(r"[^a-z0-9]+", "-", id.lower()).strip("-")
                cure = f"Write {proposal!r}." if proposal else "Use letters a to z."
                message = (
                    f"The id {shown(id)} is not lower-case letters, digits and single hyphens."
                )
                yield at(row, "E301", message, cure, "id")


def duplicates(facts: Facts) -> Iterator[Problem]:
    """E303 to E305 and E307: one id in two rows of a table, in whichever sources."""
    for table, code in _DUPLICATE_CODES.items():
        first: dict[str, Row] = {}
        for row in facts.rows(table):
            id = row.cells["id"]
            if id and id in first:
                message = f"The id {id!r} is taken: {first[id].file}:{first[id].line}."
                cure = "Give another id, or delete one of the two rows."
                yield at(row, code, message, cure, "id")
            first.setdefault(id, row)


def number_of_id(source: str, id: str) -> str:
    """The number that the id of a reference ends in; empty if it is made in another way.

    >>> number_of_id("review", "review-38"), number_of_id("review", "review-wang")
    ('38', '')
    """
    end = id.removeprefix(f"{source}-")
    return end if end != id and end.isdigit() else ""


def reference_numbers(facts: Facts) -> Iterator[Problem]:
    """E312: one number on two references of a source, which could not be told apart as [38]."""
    for tables in facts.tables:
        first: dict[str, Row] = {}
        for row in tables.rows["references"]:
            number = row.cells["number"]
            mine = number_of_id(tables.source.id, row.cells["id"])
            if mine and mine != number:
                continue  # E336 tells
            other = first.setdefault(number, row)
            if number and other.cells["id"] != row.cells["id"]:
                message = f"{other.cells['id']!r} has the number {shown(number)} already"
                cure = "Give each reference the number under which its source lists it."
                yield at(row, "E312", f"{message} (line {other.line}).", cure, "number")


_REPEATED = (
    *("statements", "attributes", "mechanism_steps"),
    *("verification", "conflicts", "identifiers"),
)


def repeated_rows(facts: Facts) -> Iterator[Problem]:
    """E306: a row that says again what another row of its source says."""
    for tables in facts.tables:
        for table in _REPEATED:
            first: dict[tuple[object, ...], Row] = {}
            for row in _likely(table, tables.rows[table]):
                key = _content(table, row)
                if key in first:
                    message = f"The row repeats line {first[key].line}."
                    yield at(row, "E306", message, "Delete one of the two.")
                first.setdefault(key, row)


def _likely(table: str, rows: Iterable[Row]) -> Iterator[Row]:
    """Rows that share the cells which no list and no turned predicate can change."""
    if table != "statements":
        yield from rows
        return
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        c = row.cells
        groups[c["reference"], c["section"], c["quote"], c["paraphrase"], c["note"]].append(row)
    for group in groups.values():
        ends = Counter(frozenset((r.cells["subject"], r.cells["object"])) for r in group)
        for row in group:
            if ends[frozenset((row.cells["subject"], row.cells["object"]))] > 1:
                yield row


def _content(table: str, row: Row) -> tuple[object, ...]:
    """What a row says, however its lists are ordered and its predicate is turned."""
    cells = row.cells
    if table == "mechanism_steps":
        return (cells["mechanism"], *triple(cells))
    if table == "statements":
        cells = cells | dict(zip(("subject", "predicate", "object"), triple(cells), strict=True))
    multiple = MULTIPLE.get(table, ())
    return tuple(
        tuple(sorted(items(cells[name]))) if name in multiple else cells[name]
        for name in sorted(cells)
    )


def curies(facts: Facts) -> Iterator[Problem]:
    """E308 and E309: an outside identifier that is no CURIE, or whose prefix is not known."""
    for row in facts.rows("entities"):
        for column in ("exact_match", "close_match"):
            for curie in items(row.cells[column]):
                prefix = curie.partition(":")[0]
                if not curie:
                    continue
                if not ids.CURIE.match(curie):
                    message = f"{curie!r} does not read prefix:identifier."
                    yield at(row, "E308", message, "Write HGNC:9588, say.", column)
                elif facts.prefixes is not None and prefix not in facts.prefixes:
                    cure = did_you_mean(
                        prefix, facts.prefixes, "Or add it to ontology/prefixes.tsv."
                    )
                    yield at(row, "E309", f"The prefix {prefix!r} is unknown.", cure, column)


def exact_matches(facts: Facts) -> Iterator[Problem]:
    """E310: one outside identifier as the exact match of two entities."""
    first: dict[str, Row] = {}
    for row in facts.rows("entities"):
        for curie in items(row.cells["exact_match"]):
            other = first.setdefault(curie, row)
            if curie and other.cells["id"] != row.cells["id"]:
                message = (
                    f"{curie} is the exact match of {other.cells['id']!r} already "
                    f"({other.file}:{other.line})."
                )
                cure = "Keep it with one; make it close_match of the other, or merge the two."
                yield at(row, "E310", message, cure, "exact_match")


CHECKS = (
    *(slugs, duplicates, reference_numbers, repeated_rows),
    *(curies, exact_matches),
)
