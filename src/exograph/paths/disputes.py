# SPDX-License-Identifier: Apache-2.0
"""What the whole knowledge base says against a claim, or beside it, whatever a query filters."""

from __future__ import annotations

from collections.abc import Sequence

from exograph.model import Claim, Conflict, KnowledgeBase, Statement
from exograph.paths.citing import cited
from exograph.paths.phrases import FIELDS, clause, labels, listed, supporting
from exograph.paths.trust import elsewhere
from exograph.paths.wording import LANGS, bracketed, filled


def objections(kb: KnowledgeBase, claim: Claim, lang: str = "en") -> tuple[str, ...]:
    """Who denies an effect, found none, or found the opposite; empty for structural claims."""
    if claim.sign is None:
        return ()
    whole = kb.claim_of(claim.subject, claim.predicate, claim.object) or claim
    found = []
    against = [s for s in whole.statements if s.denies]
    if against:
        found.append(filled("denied", lang, by=_said_by(kb, against, lang)))
    for other in opposing(kb, whole):
        if other.predicate == "no_effect_on":
            by = _said_by(kb, supporting(other), lang)
            found.append(filled("no_effect", lang, by=by))
        else:
            found.append(opposite(kb, _conflict(kb, whole, other), other, lang))
    return tuple(found)


def _said_by(kb: KnowledgeBase, statements: Sequence[Statement], lang: str) -> str:
    """Who says it; and where, if all of it was seen in other tissues than the skin."""
    by = cited(kb, sorted({s.reference for s in statements}), lang)
    if not all(elsewhere(kb, s) for s in statements):
        return by
    where = labels(kb, sorted({t for s in statements for t in s.context.tissue}), lang)
    return by + bracketed(filled("seen_in", lang, tissues=where), lang)


def opposing(kb: KnowledgeBase, claim: Claim) -> tuple[Claim, ...]:
    """Supported claims on the same two entities that say the opposite, or that there is nothing."""
    return tuple(
        other
        for other in _between(kb, claim)
        if other.predicate == "no_effect_on"
        or (other.sign is not None and claim.sign is not None and other.sign * claim.sign < 0)
    )


def unsigned(kb: KnowledgeBase, claim: Claim, lang: str) -> str:
    """Why a sign is not known: the source gives an effect and no direction.

    If another claim on the same two entities gives one, that is said too.
    """
    others = ""
    for other in _between(kb, claim):
        if other.sign:
            by = cited(kb, sorted({s.reference for s in supporting(other)}), lang)
            told = filled("sign_elsewhere", lang, claim=clause(kb, other, lang), by=by)
            others += bracketed(told, lang)
    return filled("unsigned_step", lang, claim=clause(kb, claim, lang), others=others)


def _between(kb: KnowledgeBase, claim: Claim) -> list[Claim]:
    """Supported claims with the same subject and object and another predicate."""
    return [
        other
        for other in kb.claims_between(claim.subject, claim.object)
        if other.predicate != claim.predicate and other.supported
    ]


def opposite(kb: KnowledgeBase, conflict: Conflict | None, other: Claim, lang: str) -> str:
    """The other side of a conflict, with who says it and what explains the two, if curated."""
    by, why = _said_by(kb, supporting(other), lang), _explanation(conflict, lang)
    return filled("opposite", lang, by=by, claim=clause(kb, other, lang), why=why)


def _conflict(kb: KnowledgeBase, one: Claim, other: Claim) -> Conflict | None:
    return next((c for c in kb.conflicts if set(c.claims) == {one.id, other.id}), None)


def _explanation(conflict: Conflict | None, lang: str) -> str:
    """The context fields that a curator says explain a conflict, as an addition in brackets."""
    named = [
        names[LANGS.index(lang)]
        for field, names in FIELDS.items()
        if conflict and field in conflict.explained_by
    ]
    if not named:
        return ""
    return bracketed(filled("explained_by", lang, fields=listed(named, lang)), lang)
