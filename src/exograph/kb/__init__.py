# SPDX-License-Identifier: Apache-2.0
"""The knowledge base: assembled from the tables of its sources, and asked for its entities."""

from typing import TYPE_CHECKING

from exograph.kb.finding import Hit, find_entities, resolve
from exograph.kb.grading import Evidence, best_grade, evidence
from exograph.kb.summaries import FillRate, fill_rates, head, identified, roles, roles_of, untaken

if TYPE_CHECKING:
    from exograph.kb.assembling import assemble, group_claims


def __getattr__(name: str) -> object:
    """What only a build needs, and the tables with it, is imported when it is asked for."""
    if name in ("assemble", "group_claims"):
        from exograph.kb import assembling

        return getattr(assembling, name)
    raise AttributeError(f"module 'exograph.kb' has no attribute {name!r}")


__all__ = [
    "Evidence",
    "FillRate",
    "Hit",
    "assemble",
    "best_grade",
    "evidence",
    "fill_rates",
    "find_entities",
    "group_claims",
    "head",
    "identified",
    "resolve",
    "roles",
    "roles_of",
    "untaken",
]
