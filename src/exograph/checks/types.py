# SPDX-License-Identifier: Apache-2.0
"""Kinds in their places: subjects and objects of predicates, entities in the columns of context."""

from __future__ import annotations

from collections.abc import Iterator

from exograph import vocab
from exograph.checks import words
from exograph.checks.facts import Facts, a_kind, at, nearest
from exograph.errors import Problem
from exograph.kb.assembling import Triple
from exograph.tables import Row, items

_COLUMN_KINDS = vocab.CONTEXT_TYPES | {"method": frozenset({"Method"})}
_HOMES = {
    "CellType": "cell",
    "Tissue": "tissue",
    "Organism": "organism",
    "DiseaseModel": "model",
    "Method": "method",
    "Condition": "condition",
    "Preconditioning": "condition",
    "Intervention": "condition",
}
"""The column of context that is meant for a kind."""


def _listed(kinds: frozenset[str]) -> str:
    return ", ".join(sorted(kinds))


def domains_and_ranges(facts: Facts) -> Iterator[Problem]:
    """E401, E402, E411 to E413: a subject or an object that the predicate does not take."""
    kinds = facts.kind
    for row, claim in facts.said:
        subject, name, object_ = claim
        predicate = vocab.PREDICATES.get(name)
        tail, head = kinds.get(subject), kinds.get(object_)
        if predicate is None or (
            (tail is None or tail in predicate.domain or tail not in vocab.TYPES)
            and (head is None or head in predicate.range or head not in vocab.TYPES)
        ):
            continue
        known = tail in vocab.TYPES and head in vocab.TYPES
        if known and (problem := _meant(facts, row, claim, predicate, str(tail), str(head))):
            yield problem
            continue
        turned = name != row.cells["predicate"]
        for code, id, kind, fit, role in (
            ("E401", subject, tail, predicate.domain, "subject"),
            ("E402", object_, head, predicate.range, "object"),
        ):
            if kind is None or kind not in vocab.TYPES or kind in fit:
                continue
            column = {"subject": "object", "object": "subject"}[role] if turned else role
            message = f"{id!r} is {a_kind(kind)}, which {name!r} does not take as its {role}."
            cure = f"It takes {_listed(fit)}; choose another predicate or entity."
            yield at(row, code, message, cure, column)


def _meant(
    facts: Facts, row: Row, claim: Triple, predicate: vocab.Predicate, tail: str, head: str
) -> Problem | None:
    """What the row would say if it were turned, or had the predicate for its object's kind."""
    subject, name, object_ = claim
    fits_turned = head in predicate.domain and tail in predicate.range
    if name == "part_of_phase" and not fits_turned:
        return _phase(facts, row, claim, tail, head)
    right = words.effect(predicate.sign, head) if predicate.sign else None
    if right and tail in predicate.domain:
        message = f"{object_!r} is {a_kind(head)}, and {name!r} is not said of one."
        cure = f"Write {right!r}, which has the same sign."
        if fits_turned and tail in vocab.HAPPENING:
            cure = f"Write {right!r}; or exchange subject and object, if {subject} is acted on."
        return at(row, "E412", message, cure, "predicate")
    if fits_turned:
        stored = row.cells["predicate"]
        message = (
            f"Subject and object of {stored!r} look exchanged: {subject!r} is {a_kind(tail)}, "
        )
        cure = f"Turn the row: {object_} {name} {subject}."
        return at(row, "E411", f"{message}{object_!r} {a_kind(head)}.", cure, "subject")
    return None


def _phase(facts: Facts, row: Row, claim: Triple, tail: str, head: str) -> Problem | None:
    subject, _, object_ = claim
    if tail == head == "HealingPhase":
        message = f"{subject!r} and {object_!r} are phases both."
        return at(row, "E413", message, "Write precedes, if one follows the other.", "subject")
    if head in ("BiologicalProcess", "Outcome"):
        phases = [id for id, kind in facts.kind.items() if kind == "HealingPhase"]
        near = nearest(object_, phases) or tuple(phases[:4])
        message = f"{object_!r} is {a_kind(head)}, and no phase."
        cure = f"Did you mean {' or '.join(near)}?" if near else "Name a HealingPhase."
        return at(row, "E413", message, cure, "object")
    return None


def columns(facts: Facts) -> Iterator[Problem]:
    """E403 and E414: an entity in a column of context, method or species for other kinds."""
    kinds = facts.kind
    for row in facts.rows("statements"):
        cells = row.cells
        for column, fit in _COLUMN_KINDS.items():
            cell = cells[column]
            if not cell or kinds.get(cell) in fit:
                continue
            for id in items(cell):
                kind = kinds.get(id)
                if kind not in vocab.TYPES or kind in fit:
                    continue
                message = f"{id!r} is {a_kind(kind)} and cannot stand in {column!r}."
                if home := _HOMES.get(str(kind)):
                    yield at(row, "E414", message, f"Move it to {home!r}.", column)
                else:
                    yield at(row, "E403", message, f"There stands {_listed(fit)}.", column)
    for row in facts.rows("entities"):
        id = row.cells["species"]
        kind = facts.kind.get(id)
        if kind in vocab.TYPES and kind != "Organism":
            message = f"{id!r} is {a_kind(kind)} and cannot stand in 'species'."
            yield at(row, "E403", message, "There stands an Organism.", "species")


def self_loops(facts: Facts) -> Iterator[Problem]:
    """E404: an entity related to itself."""
    for row in facts.rows("statements"):
        if row.cells["subject"] and row.cells["subject"] == row.cells["object"]:
            message = f"{row.cells['subject']!r} is subject and object at once."
            cure = "Name the form or the process that is meant as an entity of its own."
            yield at(row, "E404", message, cure, "object")


CHECKS = (domains_and_ranges, columns, self_loops)
