# SPDX-License-Identifier: Apache-2.0
"""Which studies a claim rests on, and how good the evidence of a whole path is."""

from __future__ import annotations

from exograph import vocab
from exograph.kb import best_grade
from exograph.model import Claim, KnowledgeBase
from exograph.paths.result import Path


def papers(kb: KnowledgeBase, claim: Claim) -> frozenset[str]:
    """The studies that support a claim; a review is not a study, whatever it says."""
    return frozenset(
        kb.study_of(s.reference)
        for s in claim.statements
        if s.supports and not is_review(kb, s.reference)
    )


def route_grade(kb: KnowledgeBase, path: Path) -> str | None:
    """The grade of a path's weakest effect, of the statements within the filters; None without."""
    grades = [best_grade(kb, step.claim) for step in path.steps if step.is_effect]
    return max((g for g in grades if g), key=vocab.GRADES.index, default=None)


def is_review(kb: KnowledgeBase, reference: str) -> bool:
    """Whether a reference is a review; False for one that is not known."""
    known = kb.reference.get(reference)
    return known is not None and known.kind == "review"
