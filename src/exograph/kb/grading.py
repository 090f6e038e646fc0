# SPDX-License-Identifier: Apache-2.0
"""How good the evidence of a statement is: an ECO code and a grade, computed and never stored.

The grade is one letter for what was studied (people, animals, cells; else only stated, or
inferred) and a plus for what makes it firmer. ``docs/evidence.md`` has the table and examples.
"""

from __future__ import annotations

from dataclasses import dataclass

from exograph import vocab
from exograph.ids import claim_id
from exograph.kb.eco import DIRECT_METHODS, RULES, Rule
from exograph.model import Claim, KnowledgeBase, Statement

_BY_KIND = {"clinical": "A", "in_vivo": "B", "ex_vivo": "C", "in_vitro": "C"}
_BY_CODE = {"ECO:0007120": "B", "ECO:0007668": "D", "ECO:0000302": "D"}
"""Where no evidence kind is given, what the code of the method tells; other methods give C."""

_SECOND_HAND = ("cited", "review", "registry")
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
    verdicts, characterised = _known(kb)
    found = verdicts.get((s.reference, s.claim), frozenset())
    if s.basis == "inferred" or "against" in found:
        return "E"
    if reference is None or reference.kind in _SECOND_HAND:
        letter = "D"
    elif s.evidence_kind:
        letter = _BY_KIND.get(s.evidence_kind, "D")
    else:
        letter = _BY_CODE.get(eco, "C")
    if letter == "D":
        return "D+" if "for" in found else "D"
    direct = s.directness == "direct" or (
        s.directness is None and any(method in DIRECT_METHODS for method in s.method)
    )
    known = (s.subject, _study(kb, s.reference)) in characterised
    return f"{letter}+" if direct or known else letter


Known = tuple[dict[tuple[str, str], frozenset[str]], frozenset[tuple[str, str]]]


def _known(kb: KnowledgeBase) -> Known:
    """Verdicts by reference and claim, and vesicles characterised, with the study that did so.

    A verdict is ``for`` or ``against``. What an abstract does not mention may stand in the paper,
    so that is neither.
    """
    kept: Known | None = kb.__dict__.get("_evidence")
    if kept is None:
        verdicts: dict[tuple[str, str], frozenset[str]] = {}
        for v in kb.verifications:
            key = v.reference, claim_id(v.subject, v.predicate, v.object)
            missed = v.verdict == "not_found" and v.read == "full"
            if v.verdict == "contradicted" or missed:
                verdicts[key] = verdicts.get(key, frozenset()) | {"against"}
            elif v.verdict == "supported" and not _uncertain(kb, v.reference):
                verdicts[key] = verdicts.get(key, frozenset()) | {"for"}
        given: dict[str, set[tuple[str, str]]] = {"isolated_by": set(), "has_marker": set()}
        for s in kb.statements:
            if s.predicate not in given or not s.supports or s.basis == "inferred":
                continue
            entity = kb.entity.get(s.subject)
            if entity is not None and entity.type == "Vesicle":
                given[s.predicate].add((s.subject, _study(kb, s.reference)))
        kept = verdicts, frozenset(given["isolated_by"] & given["has_marker"])
        kb.__dict__["_evidence"] = kept
    return kept


def _uncertain(kb: KnowledgeBase, reference: str) -> bool:
    """Whether the paper that was read may not be the one that is cited."""
    known = kb.reference.get(reference)
    return known is not None and known.is_uncertain


def _study(kb: KnowledgeBase, reference: str) -> str:
    """Citations of one study are one study."""
    known = kb.reference.get(reference)
    return (known.study or reference) if known else reference
