# SPDX-License-Identifier: Apache-2.0
"""Which entity is a kind of which, by the supported ``is_a`` claims, over any number of steps.

And which is within which: a kind of it, or, by ``has_component``, a part of it or of its kinds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from exograph.kb.reach import reached
from exograph.model import KnowledgeBase


@dataclass(frozen=True)
class Kinship:
    """Asks of ``parents``, the direct kinds of each entity, and of ``parts``, its direct parts.

    Answers are kept.
    """

    parents: dict[str, tuple[str, ...]]
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _above: dict[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)
    _inside: dict[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    def above(self, id: str) -> frozenset[str]:
        """The entity itself and everything that it is a kind of."""
        if id not in self._above:
            self._above[id] = reached([id], self.parents)
        return self._above[id]

    def within(self, id: str, wider: str) -> bool:
        """True if the first is the second, or narrower."""
        return wider in self.above(id)

    def inside(self, id: str) -> frozenset[str]:
        """The entity, its kinds, and the parts of these.

        Not the kinds of a part: matrix is a part of the skin, and the matrix of bone is matrix.
        """
        if id not in self._inside:
            kinds = [one for one in self.parents if self.within(one, id)]
            self._inside[id] = reached([id, *kinds], self.parts)
        return self._inside[id]

    def related(self, some: Iterable[str], others: Iterable[str]) -> bool:
        """True if one of the first is one of the others, or narrower, or wider."""
        rest = tuple(others)
        return any(self.within(a, b) or self.within(b, a) for a in some for b in rest)

    def meet(self, some: Iterable[str], others: Iterable[str]) -> bool:
        """True if one of the first is inside one of the others, or the other way round."""
        rest = tuple(others)
        return any(a in self.inside(b) or b in self.inside(a) for a in some for b in rest)


def kinship(kb: KnowledgeBase) -> Kinship:
    """The kinship of a knowledge base; one pass over its claims."""
    parents: dict[str, list[str]] = defaultdict(list)
    parts: dict[str, list[str]] = defaultdict(list)
    for claim in kb.claims_of("is_a"):
        if claim.supported:
            parents[claim.subject].append(claim.object)
    for claim in kb.claims_of("has_component"):
        if claim.supported:
            parts[claim.subject].append(claim.object)
    return Kinship(
        {id: tuple(above) for id, above in parents.items()},
        {id: tuple(held) for id, held in parts.items()},
    )
