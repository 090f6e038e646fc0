# SPDX-License-Identifier: Apache-2.0
"""Kinds in their places: subjects and objects of predicates, entities in the columns of context."""

from __future__ import annotations

from collections.abc import Iterator

from exograph import vocab
from exograph.checks.facts import Facts, at
from exograph.errors import Problem
from exograph.kb.assembling import triple
from exograph.tables import items

_COLUMN_KINDS = vocab.CONTEXT_TYPES | {"method": frozenset({"Method"})}


def _listed(kinds: frozenset[str]) -> str:
    return ", ".join(sorted(kinds))


def domains_and_ranges(facts: Facts) -> Iterator[Problem]:
    """E401 and E402: a subject or an object of a kind that the predicate does not take."""
    for row in facts.rows("statements"):
        subject, name, object_ = triple(row.cells)
        predicate = vocab.PREDICATES.get(name)
        if predicate is None:
            continue
        turned = name != row.cells["predicate"]
        for code, id, kinds, role in (
            ("E401", subject, predicate.domain, "subject"),
            ("E402", object_, predicate.range, "object"),
        ):
            kind = facts.kind.get(id)
            if kind is None or kind not in vocab.TYPES or kind in kinds:
                continue
            column = {"subject": "object", "object": "subject"}[role] if turned else role
            message = f"{id!r} is a {kind}, which {name!r} does not take as its {role}."
            cure = f"It takes {_listed(kinds)}; choose another predicate or entity."
            yield at(row, code, message, cure, column)


def columns(facts: Facts) -> Iterator[Problem]:
    """E403: an entity in a column of context, method or species that is for other kinds."""
    for row in facts.rows("statements"):
        for column, kinds in _COLUMN_KINDS.items():
            cell = row.cells[column]
            for id in items(cell) if cell else ():
                kind = facts.kind.get(id)
                if kind in vocab.TYPES and kind not in kinds:
                    message = f"{id!r} is a {kind} and cannot stand in {column!r}."
                    yield at(row, "E403", message, f"There stands {_listed(kinds)}.", column)
    for row in facts.rows("entities"):
        id = row.cells["species"]
        kind = facts.kind.get(id)
        if kind in vocab.TYPES and kind != "Organism":
            message = f"{id!r} is a {kind} and cannot stand in 'species'."
            yield at(row, "E403", message, "There stands an Organism.", "species")


def self_loops(facts: Facts) -> Iterator[Problem]:
    """E404: an entity related to itself."""
    for row in facts.rows("statements"):
        if row.cells["subject"] and row.cells["subject"] == row.cells["object"]:
            message = f"{row.cells['subject']!r} is subject and object at once."
            cure = "Name the form or the process that is meant as an entity of its own."
            yield at(row, "E404", message, cure, "object")


CHECKS = (domains_and_ranges, columns, self_loops)
