# SPDX-License-Identifier: Apache-2.0
"""Who tells a path: one mechanism, one paper, or several papers that hand the story over.

Structural steps are neutral; on a path without an effect they are all there is, and count. What
only the review says is told by no paper, so it makes nothing coherent.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from exograph.model import Claim, KnowledgeBase, Mechanism
from exograph.paths.filters import studies
from exograph.paths.result import Handover, PathStep, Story

Rank = tuple[bool, tuple[tuple[int, str], ...]]


@dataclass(frozen=True)
class Tellers:
    """Answers who tells a claim; built once for a search, answers are kept."""

    kb: KnowledgeBase
    mechanisms: dict[str, frozenset[str]]
    reviews: frozenset[str]
    by_id: dict[str, Mechanism]
    _studies: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)
    _ranks: dict[str, Rank] = field(default_factory=dict, repr=False)

    def studies(self, claim: Claim) -> frozenset[str]:
        """Studies that support a claim of this search, the review among them."""
        if claim.id not in self._studies:
            self._studies[claim.id] = studies(self.kb, claim)
        return self._studies[claim.id]

    def telling(self, claim: Claim) -> frozenset[str]:
        """Mechanisms that hold a claim of this search, and whose paper supports it here."""
        held = self.mechanisms.get(claim.id, frozenset[str]())
        known = self.studies(claim) if held else frozenset[str]()
        return frozenset(m for m in held if self.kb.study_of(self.by_id[m].reference) in known)

    def rank(self, study: str) -> Rank:
        """Order of studies where nothing else decides: reviews last, then numbers as numbers."""
        if study not in self._ranks:
            self._ranks[study] = (study in self.reviews, natural(study))
        return self._ranks[study]

    def ordered(self, studies: frozenset[str]) -> list[str]:
        return sorted(studies, key=self.rank)


def tellers(kb: KnowledgeBase, *, with_retracted: bool = False) -> Tellers:
    """The tellers of a knowledge base; one pass over its mechanisms and references.

    A retracted paper tells no mechanism, unless it is to count.
    """
    mechanisms: dict[str, set[str]] = defaultdict(set)
    for mechanism in kb.mechanisms:
        if kb.notices.get(mechanism.reference) == "retracted" and not with_retracted:
            continue
        for step in mechanism.steps:
            mechanisms[step.claim].add(mechanism.id)
    return Tellers(
        kb,
        {claim: frozenset(ids) for claim, ids in mechanisms.items()},
        frozenset(r.counted_as for r in kb.references_of("review")),
        {m.id: m for m in kb.mechanisms},
    )


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """A sort key under which ``review-9`` comes before ``review-38``.

    >>> natural("review-9") < natural("review-38")
    True
    """
    parts = re.split(r"(\d+)", text)
    return tuple((int(p), "") if p.isdecimal() and p.isascii() else (-1, p) for p in parts)


def basis_of_telling(claims: Sequence[Claim]) -> list[int]:
    """Positions of the steps that decide who tells: the effects, or all if there is none."""
    effects = [i for i, claim in enumerate(claims) if claim.sign is not None]
    return effects or list(range(len(claims)))


def coherent_studies(claims: Sequence[Claim], who: Tellers) -> frozenset[str]:
    """Studies that support each deciding step alone; reviews never."""
    sets = [who.studies(claims[i]) for i in basis_of_telling(claims)]
    return frozenset.intersection(*sets) - who.reviews


def told_by(claims: Sequence[Claim], who: Tellers) -> frozenset[str]:
    """Mechanisms that hold every deciding step, each supported by the mechanism's own paper."""
    return frozenset.intersection(*(who.telling(claims[i]) for i in basis_of_telling(claims)))


def story_studies(claims: Sequence[Claim], who: Tellers) -> frozenset[str]:
    """The studies of a path's references: what two paths must share to be one story."""
    return coherent_studies(claims, who) or frozenset(
        assign([who.studies(claims[i]) for i in basis_of_telling(claims)], who)
    )


def assign(steps: Sequence[frozenset[str]], who: Tellers) -> tuple[str, ...]:
    """One study for each step, so that neighbours differ as seldom as can be.

    Of several such assignments the first in the order of ``Tellers.rank``, step by step. Costs
    steps times studies.
    """
    changes: list[dict[str, int]] = [dict.fromkeys(steps[-1], 0)]
    for held in reversed(steps[:-1]):
        after = changes[-1]
        leave = min(after.values()) + 1
        changes.append({study: min(after.get(study, leave), leave) for study in held})
    changes.reverse()
    chosen: list[str] = []
    for here in changes:
        due = {s: n + bool(chosen and s != chosen[-1]) for s, n in here.items()}
        least = min(due.values())
        chosen.append(min((s for s, n in due.items() if n == least), key=who.rank))
    return tuple(chosen)


def changes(claims: Sequence[Claim], who: Tellers) -> int:
    """How often the story of a path changes hands, at least; structural steps hand nothing over.

    The same number that ``assign`` gives: to go on with all who can, as long as anyone can, is
    best.
    """
    held, number = frozenset[str](), -1
    for claim in claims:
        if claim.sign is not None:
            going_on = held & who.studies(claim)
            number += not going_on
            held = going_on or who.studies(claim)
    return max(number, 0)


def tell(claims: Sequence[Claim], who: Tellers) -> Story:
    """The story of a path, given its claims in order."""
    deciding = basis_of_telling(claims)
    together = coherent_studies(claims, who)
    mechanism = _best_mechanism(claims, told_by(claims, who), who)
    telling = "told" if mechanism else "coherent" if together else "stitched"
    if together:
        named = [
            _reference(claims[i], study, who) for study in who.ordered(together) for i in deciding
        ]
        return Story(telling, mechanism, True, tuple(dict.fromkeys(named)), together)
    chosen = assign([who.studies(claims[i]) for i in deciding], who)
    named = [_reference(claims[i], study, who) for i, study in zip(deciding, chosen, strict=True)]
    handovers = tuple(
        Handover(deciding[n] + 1, PathStep(claims[deciding[n]]).tail, named[n - 1], named[n])
        for n in range(1, len(deciding))
        if chosen[n] != chosen[n - 1]
    )
    references = tuple(dict.fromkeys(named))
    return Story(telling, mechanism, False, references, frozenset(chosen), handovers)


def _reference(claim: Claim, study: str, who: Tellers) -> str:
    """The first reference of a study that supports a claim."""
    held = {
        s.reference
        for s in claim.statements
        if s.supports and who.kb.study_of(s.reference) == study
    }
    return min(held, key=natural)


def _best_mechanism(claims: Sequence[Claim], ids: frozenset[str], who: Tellers) -> str | None:
    """Of several mechanisms the one that ends and starts where the path does, then the shortest."""
    first, last = PathStep(claims[0]).tail, PathStep(claims[-1]).head

    def fit(id: str) -> tuple[bool, bool, int, str]:
        mechanism = who.by_id[id]
        return mechanism.end != last, mechanism.start != first, len(mechanism.steps), id

    return min(ids, key=fit, default=None)
