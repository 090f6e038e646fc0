# SPDX-License-Identifier: Apache-2.0
"""What the whole knowledge base says against a claim, or beside it, whatever a query filters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exograph.model import Claim, Conflict, KnowledgeBase, Statement
from exograph.paths.citing import cited
from exograph.paths.phrases import FIELDS, clause, labels, listed, supporting
from exograph.paths.trust import elsewhere


@dataclass(frozen=True, slots=True)
class Words:
    """A clause in both languages."""

    en: str
    zh: str


def objections(kb: KnowledgeBase, claim: Claim) -> tuple[Words, ...]:
    """Who denies an effect, found none, or found the opposite; empty for structural claims."""
    if claim.sign is None:
        return ()
    whole = kb.claim_of(claim.subject, claim.predicate, claim.object) or claim
    found = []
    against = [s for s in whole.statements if s.denies]
    if against:
        en, zh = (_said_by(kb, against, lang) for lang in ("en", "zh"))
        found.append(Words(f"{en} did not find it or denies it", f"{zh}未观察到或否认这一点"))
    for other in opposing(kb, whole):
        en, zh = (_said_by(kb, supporting(other), lang) for lang in ("en", "zh"))
        if other.predicate == "no_effect_on":
            found.append(Words(f"{en} found no effect", f"{zh}认为没有影响"))
            continue
        why = _explanation(_conflict(kb, whole, other))
        said_en, said_zh = (clause(kb, other, lang) for lang in ("en", "zh"))
        found.append(Words(f"{en}: {said_en}{why.en}", f"据{zh}，{said_zh}{why.zh}"))
    return tuple(found)


def _said_by(kb: KnowledgeBase, statements: Sequence[Statement], lang: str) -> str:
    """Who says it; and where, if all of it was seen in other tissues than the skin."""
    by = cited(kb, sorted({s.reference for s in statements}), lang)
    if not all(elsewhere(kb, s) for s in statements):
        return by
    where = labels(kb, sorted({t for s in statements for t in s.context.tissue}), lang)
    return f"{by}（见于{where}）" if lang == "zh" else f"{by} (in {where})"


def opposing(kb: KnowledgeBase, claim: Claim) -> tuple[Claim, ...]:
    """Supported claims on the same two entities that say the opposite, or that there is nothing."""
    return tuple(
        other
        for other in _between(kb, claim)
        if other.predicate == "no_effect_on"
        or (other.sign is not None and claim.sign is not None and other.sign * claim.sign < 0)
    )


def unsigned(kb: KnowledgeBase, claim: Claim) -> Words:
    """Why a sign is not known: the source gives an effect and no direction.

    If another claim on the same two entities gives one, that is said too.
    """
    en = f"the source says that {clause(kb, claim, 'en')} but not in which direction"
    zh = f"原文只说{clause(kb, claim, 'zh')}，没有说明方向"
    for other in _between(kb, claim):
        if other.sign:
            refs = sorted({s.reference for s in supporting(other)})
            en += f" (another step gives one: {clause(kb, other, 'en')}, {cited(kb, refs, 'en')})"
            zh += f"（另有步骤给出方向：{clause(kb, other, 'zh')}，{cited(kb, refs, 'zh')}）"
    return Words(en, zh)


def _between(kb: KnowledgeBase, claim: Claim) -> list[Claim]:
    """Supported claims with the same subject and object and another predicate."""
    return [
        other
        for other in kb.claims_from(claim.subject)
        if other.object == claim.object and other.predicate != claim.predicate and other.supported
    ]


def opposite(kb: KnowledgeBase, conflict: Conflict, other: Claim) -> Words:
    """The other side of a curated conflict, with who says it and what explains the two."""
    why, said = _explanation(conflict), supporting(other)
    return Words(
        f"{_said_by(kb, said, 'en')}: {clause(kb, other, 'en')}{why.en}",
        f"据{_said_by(kb, said, 'zh')}，{clause(kb, other, 'zh')}{why.zh}",
    )


def _conflict(kb: KnowledgeBase, one: Claim, other: Claim) -> Conflict | None:
    return next((c for c in kb.conflicts if set(c.claims) == {one.id, other.id}), None)


def _explanation(conflict: Conflict | None) -> Words:
    """The context fields that a curator says explain a conflict, as an addition in brackets."""
    known = [names for f, names in FIELDS.items() if conflict and f in conflict.explained_by]
    if not known:
        return Words("", "")
    en, zh = listed([n[0] for n in known], "en"), listed([n[1] for n in known], "zh")
    return Words(f" (they differ in {en})", f"（两者的{zh}不同）")
