# SPDX-License-Identifier: Apache-2.0
"""How good the evidence of a statement is: an ECO code and a grade, computed and never stored.

The grade is one letter for what was studied (people, animals, cells; else only stated, or
inferred) and a plus for what makes it firmer. ``docs/evidence.md`` has the table and examples.
"""

from __future__ import annotations

from dataclasses import dataclass

from exograph import vocab
from exograph.kb.eco import DIRECT_METHODS, RULES, Rule
from exograph.model import Claim, KnowledgeBase, Statement

_BY_KIND = {"clinical": "A", "in_vivo": "B", "ex_vivo": "C", "in_vitro": "C"}
_BY_CODE = {"ECO:0007120": "B", "ECO:0007668": "D", "ECO:0000302": "D"}
"""Where no evidence kind is given, what the code of the method tells; other methods give C."""

_SECOND_HAND = ("cited", "review", "registry", "dataset")
"""Kinds of reference of which only what somebody says of a study is known."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The ECO term of a statement, with its name, and the grade, one of ``vocab.GRADES``."""

    eco: str
    label_en: str
    label_zh: str
    grade: str


def evidence(kb: KnowledgeBase, statement: Statement) -> Evidence:
    """Code and grade of a statement of this knowledge base.

    Costs a look through some 40 rules; what is needed of the whole knowledge base is looked up
    once and kept with it.
    """
    rule = _rule(kb, statement)
    return Evidence(rule.eco, rule.label_en, rule.label_zh, _grade(kb, statement, rule.eco))


def best_grade(kb: KnowledgeBase, claim: Claim) -> str | None:
    """The best grade among the supporting statements of a claim; None if none supports it."""
    grades = [evidence(kb, s).grade for s in claim.statements if s.supports]
    return min(grades, key=vocab.GRADES.index, default=None)


def _rule(kb: KnowledgeBase, s: Statement) -> Rule:
    kind = _reference_kind(kb, s)
    return next(
        rule
        for rule in RULES
        if rule.basis in ("", s.basis)
        and rule.reference_kind in ("", kind)
        and rule.evidence_kind in ("", s.evidence_kind)
        and (not rule.method or rule.method in s.method)
        and rule.directness in ("", s.directness)
    )


def _reference_kind(kb: KnowledgeBase, s: Statement) -> str | None:
    known = kb.reference.get(s.reference)
    return known.kind if known else None


def _grade(kb: KnowledgeBase, s: Statement, eco: str) -> str:
    reference = kb.reference.get(s.reference)
    if kb.notices.get(s.reference) == "retracted":  # a correction takes nothing back
        return "none"
    borne_out = _borne_out(kb, s)
    if s.basis == "inferred" or borne_out is False:
        return "E"
    if reference is None or reference.kind in _SECOND_HAND:
        letter = "D"
    elif s.evidence_kind:
        letter = _BY_KIND.get(s.evidence_kind, "D")
    else:
        letter = _BY_CODE.get(eco, "C")
    if letter == "D":
        return "D+" if borne_out else "D"
    direct = s.directness == "direct" or (
        s.directness is None and any(method in DIRECT_METHODS for method in s.method)
    )
    known = (s.subject, kb.study_of(s.reference)) in _characterised(kb)
    return f"{letter}+" if direct or known else letter


def _borne_out(kb: KnowledgeBase, s: Statement) -> bool | None:
    """Whether the paper says so, too; False if any comparison says that it does not.

    None if no comparison tells: what an abstract does not mention may stand in the paper, and
    agreement counts only if the paper is surely the one that is cited.
    """
    compared = kb.comparisons(s)
    if any(
        v.verdict == "contradicted" or (v.verdict == "not_found" and v.read == "full")
        for v in compared
    ):
        return False
    reference = kb.reference.get(s.reference)
    if reference is not None and reference.is_uncertain:
        return None
    return True if any(v.verdict == "supported" for v in compared) else None


def _characterised(kb: KnowledgeBase) -> frozenset[tuple[str, str]]:
    """Vesicles that one study both isolated and characterised, each with that study."""
    kept: frozenset[tuple[str, str]] | None = kb.__dict__.get("_characterised")
    if kept is None:
        given: dict[str, set[tuple[str, str]]] = {"isolated_by": set(), "has_marker": set()}
        for s in (s for name in given for c in kb.claims_of(name) for s in c.statements):
            if not s.supports or s.basis == "inferred":
                continue
            entity = kb.entity.get(s.subject)
            if entity is not None and entity.type == "Vesicle":
                given[s.predicate].add((s.subject, kb.study_of(s.reference)))
        kept = frozenset(given["isolated_by"] & given["has_marker"])
        kb.__dict__["_characterised"] = kept
    return kept
