# SPDX-License-Identifier: Apache-2.0
"""Which entity is a kind of which, by the supported ``is_a`` claims, over any number of steps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from exograph.model import KnowledgeBase


@dataclass(frozen=True)
class Kinship:
    """Asks of ``parents``, the direct kinds of each entity; answers are kept."""

    parents: dict[str, tuple[str, ...]]
    _above: dict[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    def above(self, id: str) -> frozenset[str]:
        """The entity itself and everything that it is a kind of."""
        if id not in self._above:
            found, waiting = {id}, [id]
            while waiting:
                for parent in self.parents.get(waiting.pop(), ()):
                    if parent not in found:
                        found.add(parent)
                        waiting.append(parent)
            self._above[id] = frozenset(found)
        return self._above[id]

    def within(self, id: str, wider: str) -> bool:
        """True if the first is the second, or narrower."""
        return wider in self.above(id)

    def related(self, some: Iterable[str], others: Iterable[str]) -> bool:
        """True if one of the first is one of the others, or narrower, or wider."""
        rest = tuple(others)
        return any(self.within(a, b) or self.within(b, a) for a in some for b in rest)


def kinship(kb: KnowledgeBase) -> Kinship:
    """The kinship of a knowledge base; one pass over its claims."""
    parents: dict[str, list[str]] = defaultdict(list)
    for claim in kb.claims:
        if claim.predicate == "is_a" and claim.supported:
            parents[claim.subject].append(claim.object)
    return Kinship({id: tuple(above) for id, above in parents.items()})
