# SPDX-License-Identifier: Apache-2.0
"""What bears on how far a statement can be trusted: notices, comparisons, tissues, paraphrases."""

from __future__ import annotations

from typing import Any

from exograph import vocab
from exograph.model import KnowledgeBase, Statement
from exograph.paths.kinship import kinship

SKIN = "skin"
"""Id of the tissue that the knowledge base is about."""

_COMPARED = ("verdict", "primary_says", "read", "where", "primary", "note")


def skin(kb: KnowledgeBase) -> frozenset[str] | None:
    """The skin and what is within it; None if the knowledge base has no skin.

    The answer is kept with the instance.
    """
    if "_skin" not in kb.__dict__:
        kb.__dict__["_skin"] = kinship(kb).inside(SKIN) if SKIN in kb.entity else None
    kept: frozenset[str] | None = kb.__dict__["_skin"]
    return kept


def elsewhere(kb: KnowledgeBase, statement: Statement) -> bool:
    """Whether it tells of an effect, or of none, in other tissues than the skin.

    A statement that names no tissue counts, and so does one that names the skin among others.
    """
    about = statement.context.tissue
    if not about or not (_is_effect(statement) or statement.predicate == "no_effect_on"):
        return False
    within = skin(kb)
    return within is not None and within.isdisjoint(about)


def as_json(kb: KnowledgeBase, statement: Statement) -> dict[str, Any]:
    """The same as values of a document: what every interface tells beside a statement."""
    notice = kb.notices.get(statement.reference)
    return {
        "retracted": notice == "retracted",
        "retraction": notice,
        "other_tissue": elsewhere(kb, statement),
        "verification": [
            {name: getattr(v, name) for name in _COMPARED} for v in kb.comparisons(statement)
        ],
    }


def _is_effect(statement: Statement) -> bool:
    return vocab.PREDICATES[statement.predicate].is_effect
