# SPDX-License-Identifier: Apache-2.0
"""Cells that must be filled, and cells whose values come from a closed list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exograph import vocab
from exograph.checks.facts import Facts, at, did_you_mean
from exograph.errors import Problem
from exograph.tables import items

REQUIRED: dict[str, tuple[str, ...]] = {
    "statements": ("subject", "predicate", "object", "reference", "section", "basis"),
    "entities": ("id", "type", "label_en", "label_zh"),
    "attributes": ("entity", "attribute", "verbatim", "reference", "section"),
    "references": ("id", "kind"),
    "mechanisms": ("id", "title_en", "title_zh", "reference", "start", "end", "sign"),
    "mechanism_steps": ("mechanism", "layer", "subject", "predicate", "object"),
    "verification": (
        *("reference", "section", "subject", "predicate", "object"),
        *("says", "primary_says", "verdict", "read", "where"),
    ),
    "conflicts": (
        *("first_subject", "first_predicate", "first_object"),
        *("second_subject", "second_predicate", "second_object"),
    ),
    "remarks": ("id", "section", "text", "handling"),
    "coverage": ("section", "quote", "reason"),
}
"""Cells that may not be empty; stance, certainty and effect are supports, asserted, plain then."""

LISTS: dict[str, dict[str, tuple[str, ...]]] = {
    "statements": {
        "basis": vocab.BASES,
        "stance": vocab.STANCES,
        "certainty": vocab.CERTAINTIES,
        "effect": vocab.EFFECTS,
        "aspect": vocab.ASPECTS,
        "evidence_kind": vocab.EVIDENCE_KINDS,
        "directness": vocab.DIRECTNESSES,
    },
    "attributes": {"qualifier": vocab.QUALIFIERS},
    "references": {
        "kind": vocab.REFERENCE_KINDS,
        "status": vocab.REFERENCE_STATUSES,
        "retraction": vocab.RETRACTIONS,
    },
    "mechanisms": {"sign": vocab.MECHANISM_SIGNS},
    "verification": {"verdict": vocab.VERDICTS, "read": vocab.READS},
    "conflicts": {"explained_by": vocab.CONTEXT_FIELDS},
    "coverage": {"reason": tuple(vocab.COVERAGE_REASONS)},
}

_PREDICATES = {
    "statements": ("predicate",),
    "mechanism_steps": ("predicate",),
    "verification": ("predicate",),
    "conflicts": ("first_predicate", "second_predicate"),
}
_KNOWN_PREDICATES = frozenset(vocab.PREDICATES) | frozenset(vocab.INPUT_INVERSES)
_DESIRED = re.compile(rf"(?:{'|'.join(vocab.DESIRED_DIRECTIONS)})@\S+\Z")


def required_cells(facts: Facts) -> Iterator[Problem]:
    """E118: a cell that may not be empty."""
    for table, columns in REQUIRED.items():
        for row in facts.rows(table):
            for column in columns:
                if not row.cells[column]:
                    message = f"The cell {column!r} is empty."
                    cure = f"Every row of {table} needs a value there."
                    yield at(row, "E118", message, cure, column)


def types(facts: Facts) -> Iterator[Problem]:
    """E201: a type that is no kind of the vocabulary."""
    for row in facts.rows("entities"):
        name = row.cells["type"]
        if name and name not in vocab.TYPES:
            message = f"The type {name!r} is unknown."
            if name in vocab.ROLES or name in vocab.ROLE_ALIASES:
                cure = "A role is computed, not written; give the kind, such as GeneProduct."
            else:
                cure = did_you_mean(name, vocab.TYPES, f"Known are {', '.join(vocab.TYPES)}.")
            yield at(row, "E201", message, cure, "type")


def predicates(facts: Facts) -> Iterator[Problem]:
    """E202: a predicate that the vocabulary does not have."""
    for table, columns in _PREDICATES.items():
        for row in facts.rows(table):
            for column in columns:
                name = row.cells[column]
                if name and name not in _KNOWN_PREDICATES:
                    cure = did_you_mean(
                        name, _KNOWN_PREDICATES, "The predicates stand in ontology/exograph.ttl."
                    )
                    yield at(row, "E202", f"The predicate {name!r} is unknown.", cure, column)


def listed_values(facts: Facts) -> Iterator[Problem]:
    """E206: a value outside the closed list of its column."""
    for table, columns in LISTS.items():
        for row in facts.rows(table):
            for column, known in columns.items():
                cell = row.cells[column]
                if not cell or cell in known:
                    continue
                for name in items(cell) if column == "explained_by" else (cell,):
                    if name not in known:
                        message = f"{name!r} is no value of {column!r}."
                        yield at(row, "E206", message, f"Use {' or '.join(known)}.", column)


def attributes(facts: Facts) -> Iterator[Problem]:
    """E207 and E208: an attribute or a unit that the vocabulary does not have."""
    for row in facts.rows("attributes"):
        name, unit = row.cells["attribute"], row.cells["unit"]
        if name and name not in vocab.ATTRIBUTES:
            known = f"Known are {', '.join(vocab.ATTRIBUTES)}."
            cure = did_you_mean(name, vocab.ATTRIBUTES, known)
            yield at(row, "E207", f"The attribute {name!r} is unknown.", cure, "attribute")
        if unit and unit not in vocab.UNITS:
            cure = f"Use a UCUM code: {', '.join(vocab.UNITS)}."
            yield at(row, "E208", f"The unit {unit!r} is unknown.", cure, "unit")


def desired_directions(facts: Facts) -> Iterator[Problem]:
    """E209: a cell of ``desired`` that is not a direction with its reference."""
    for row in facts.rows("entities"):
        cell = row.cells["desired"]
        if cell and not _DESIRED.match(cell):
            message = f"The cell 'desired' does not read direction@reference: {cell!r}."
            yield at(row, "E209", message, "Write up@review, say, or down@review-12.", "desired")


CHECKS = (required_cells, types, predicates, listed_values, attributes, desired_directions)
