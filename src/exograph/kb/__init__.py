# SPDX-License-Identifier: Apache-2.0
"""The knowledge base: assembled from the tables of its sources, and asked for its entities."""

from exograph.kb.assembling import assemble, group_claims
from exograph.kb.finding import Hit, find_entities, resolve
from exograph.kb.grading import Evidence, best_grade, evidence
from exograph.kb.summaries import FillRate, fill_rates, identified, roles, untaken

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
    "identified",
    "resolve",
    "roles",
    "untaken",
]
