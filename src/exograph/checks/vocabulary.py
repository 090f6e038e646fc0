# SPDX-License-Identifier: Apache-2.0
"""Cells that must be filled, and the one whose value has a form of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exograph import vocab
from exograph.checks.facts import Facts, at
from exograph.errors import Problem

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
    "identifiers": (
        *("subject_id", "subject_label", "predicate_id", "object_id"),
        *("mapping_justification", "comment"),
    ),
    "coverage": ("section", "quote", "reason"),
}
"""Cells that may not be empty; stance, certainty and effect are supports, asserted, plain then."""

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


def desired_directions(facts: Facts) -> Iterator[Problem]:
    """E209: a cell of ``desired`` that is not a direction with its reference."""
    for row in facts.rows("entities"):
        cell = row.cells["desired"]
        if cell and not _DESIRED.match(cell):
            message = f"The cell 'desired' does not read direction@reference: {cell!r}."
            yield at(row, "E209", message, "Write up@review, say, or down@review-12.", "desired")


CHECKS = (required_cells, desired_directions)
