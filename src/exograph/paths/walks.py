# SPDX-License-Identifier: Apache-2.0
"""What can be reached at all, without listing paths, and without the words of one study.

A shortest walk meets no entity twice, so within a number of steps there is a path exactly if there
is a walk, and counting steps backward from the end answers it (breadth first). Signs are not asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from exograph import vocab
from exograph.model import Claim, KnowledgeBase
from exograph.paths.filters import keepers, left
from exograph.paths.kinship import kinship
from exograph.paths.query import PathQuery
from exograph.paths.result import Path
from exograph.paths.support import is_review, papers


@dataclass(frozen=True, slots=True)
class Arc:
    """A claim that paths may walk, with the studies that support it.

    ``reviewed`` tells whether a review says so, too, by its own word.
    """

    claim: Claim
    tail: str
    head: str
    studies: frozenset[str]
    reviewed: bool

    @property
    def is_effect(self) -> bool:
        return self.claim.sign is not None

    @property
    def only_study(self) -> str | None:
        """The study without which nobody says so; None if there are two, or a review."""
        alone = len(self.studies) == 1 and not self.reviewed
        return next(iter(self.studies)) if alone else None


@dataclass(frozen=True, slots=True)
class Leaving:
    """A study to be left out: all that it says, or only of effects."""

    study: str
    effects_only: bool = False

    def takes(self, arc: Arc) -> bool:
        """Whether the arc falls with the study."""
        return arc.only_study == self.study and (arc.is_effect or not self.effects_only)


@dataclass(frozen=True)
class Walks:
    """The arcs within the filters of a query, by tail and by head. Answers are kept."""

    most: int
    leaving: dict[str, tuple[Arc, ...]]
    arriving: dict[str, tuple[Arc, ...]]
    _far: dict[tuple[str, Leaving | None], dict[str, int]] = field(default_factory=dict, repr=False)

    def of(self, predicate: str) -> Iterator[Arc]:
        """All arcs of a predicate."""
        for arcs in self.leaving.values():
            yield from (arc for arc in arcs if arc.claim.predicate == predicate)

    def reaches(self, start: str, end: str, without: Leaving | None = None) -> bool:
        """Whether a path of at most ``most`` steps leads from one entity to another one."""
        return start != end and start in self._distances(end, without)

    def shortest(self, start: str, end: str) -> Iterator[Arc]:
        """The arcs of a shortest path, if there is one; by claim id where several are as short."""
        far, here = self._distances(end, None), start
        while here != end and here in far:  # never from an entity to itself
            nearer = (a for a in self.leaving[here] if far.get(a.head, self.most) < far[here])
            arc = min(nearer, key=lambda a: (far[a.head], a.claim.id))
            yield arc
            here = arc.head

    def along(self, path: Path) -> tuple[Arc, ...]:
        """The arcs of a path that was found within the same filters."""
        return tuple(
            next(arc for arc in self.leaving[step.tail] if arc.claim.id == step.claim.id)
            for step in path.steps
        )

    def _distances(self, end: str, without: Leaving | None) -> dict[str, int]:
        """Steps to an entity from all that are near enough."""
        key = (end, without)
        if key not in self._far:
            far, edge = {end: 0}, [end]
            for steps in range(1, self.most + 1):
                tails = (
                    arc.tail
                    for id in edge
                    for arc in self.arriving.get(id, ())
                    if without is None or not without.takes(arc)
                )
                edge = [tail for tail in dict.fromkeys(tails) if tail not in far]
                far |= dict.fromkeys(edge, steps)
            self._far[key] = far
        return self._far[key]


def walks(kb: KnowledgeBase, query: PathQuery) -> Walks:
    """The walks within a query's filters on statements and its ``max_steps``; one pass."""
    keeps = keepers(kb, query, kinship(kb))
    leaving: dict[str, list[Arc]] = {}
    arriving: dict[str, list[Arc]] = {}
    for claim in left(kb.claims, keeps, with_retracted=query.with_retracted):
        walk = "never" if claim is None else vocab.PREDICATES[claim.predicate].walk
        if claim is None or walk == "never" or claim.subject == claim.object:
            continue
        tail, head = claim.subject, claim.object
        if walk == "backward":
            tail, head = head, tail
        said = any(s.supports and is_review(kb, s.reference) for s in claim.statements)
        arc = Arc(claim, tail, head, papers(kb, claim), said)
        leaving.setdefault(tail, []).append(arc)
        arriving.setdefault(head, []).append(arc)
    return Walks(
        query.max_steps,
        {id: tuple(arcs) for id, arcs in leaving.items()},
        {id: tuple(arcs) for id, arcs in arriving.items()},
    )
