# SPDX-License-Identifier: Apache-2.0
"""Shortcuts: a path that leaves out entities of a finer one, or the direction, by the same studies.

Both have the same two ends, and the finer one passes all entities of the shortcut in their order.
It has the same sign and more entities; or it has a direction, where the shortcut has none. A path
that is told as one mechanism is a shortcut only of another one that is told, too.

The relation is a strict order, so each path is either listed or folded under a listed one, and
both questions can be answered for a path on its own, without the other paths found: is there a
finer one within the filters (a search for detours, however much they cost), and which shortcuts
has it (all jumps between its own entities).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import prod
from typing import NamedTuple

from exograph.paths.engine import Budget, Route
from exograph.paths.story import changes, story_studies, told_by
from exograph.paths.walkable import Walkable


class Walk(NamedTuple):
    """The nodes passed and the arcs between them, without a price."""

    nodes: tuple[int, ...]
    arcs: tuple[int, ...]


Accept = Callable[[Walk | Route], bool]


class _About(NamedTuple):
    """What two paths are compared by. ``sign`` is 0 for a path without a direction."""

    steps: int
    sign: int
    studies: frozenset[str]
    told: bool


def _is_shortcut(one: _About, other: _About) -> bool:
    """Whether the first is a shortcut of the second, which passes the same entities in order."""
    longer = other.steps > one.steps and one.sign == other.sign
    clearer = other.sign != 0 and one.sign == 0
    return (longer or clearer) and one.studies == other.studies and (other.told or not one.told)


@dataclass(frozen=True, eq=False)
class Folding:
    """What the two questions need: the arcs, the filters, the most steps, and a budget."""

    ground: Walkable
    accept: Accept
    max_steps: int
    budget: Budget
    _near: dict[tuple[int, int, frozenset[str]], dict[int, int]] = field(
        default_factory=dict, repr=False
    )

    def has_finer(self, route: Route) -> bool:
        """True if the path is a shortcut of one within the filters.

        Looks only at arcs that the path's own studies support, with the steps that are left, and
        never further from the next entity than they allow. Raises Stopped.
        """
        spare, about = self.max_steps - len(route.arcs), self._about(route)
        if spare < 1 and about.sign:
            return False
        ahead = [self._distances(node, spare + 1, about.studies) for node in route.nodes]
        return any(
            _is_shortcut(about, self._about(found)) and self.accept(found)
            for found in self._detours(route, about.studies, ahead)
        )

    def shortcuts(self, route: Route) -> tuple[Route, ...]:
        """All paths within the filters that are folded under a path, in the order of the ranking.

        Raises Stopped.
        """
        about = self._about(route)
        found = [
            self._priced(jump)
            for jump in self._jumps(route, about.studies)
            if _is_shortcut(self._about(jump), about) and self.accept(jump)
        ]
        ranks = self.ground.arcs.ranks
        return tuple(
            sorted(found, key=lambda r: (r.cost, len(r.arcs), ranks[list(r.arcs)].tolist()))
        )

    def _about(self, route: Walk | Route) -> _About:
        ground = self.ground
        claims = [ground.walked[arc] for arc in route.arcs]
        return _About(
            len(route.arcs),
            prod(ground.arcs.signs[list(route.arcs)].tolist()),
            story_studies(claims, ground.who),
            bool(told_by(claims, ground.who)),
        )

    def _fits(self, arc: int, studies: frozenset[str]) -> bool:
        """True if the step is structural, or one of the studies supports it."""
        claim = self.ground.walked[arc]
        return claim.sign is None or not studies.isdisjoint(self.ground.who.studies(claim))

    def _distances(self, node: int, most: int, studies: frozenset[str]) -> dict[int, int]:
        """Steps to a node over fitting arcs, from wherever that is at most ``most``."""
        asked = (node, most, studies)
        if asked in self._near:
            return self._near[asked]
        found, edge = {node: 0}, [node]
        for distance in range(1, most + 1):
            nearer = (
                tail
                for head in edge
                for arc, tail in self.ground.reaching(head)
                if self._fits(arc, studies)
            )
            edge = [tail for tail in dict.fromkeys(nearer) if tail not in found]
            found |= dict.fromkeys(edge, distance)
        self._near[asked] = found
        return found

    def _detours(
        self, route: Route, studies: frozenset[str], ahead: list[dict[int, int]]
    ) -> Iterator[Walk]:
        """Simple paths that pass the entities of a path in order, and perhaps others."""
        own, last, most = set(route.nodes), len(route.nodes) - 1, self.max_steps

        def walk(nodes: tuple[int, ...], arcs: tuple[int, ...], due: int) -> Iterator[Walk]:
            self.budget.spend()
            if due > last:
                yield Walk(nodes, arcs)
                return
            for arc, head in self.ground.leaving(nodes[-1]):
                arrived = head == route.nodes[due]
                if head in nodes or (head in own and not arrived):
                    continue
                steps = ahead[due].get(head)
                if steps is None or len(arcs) + 1 + steps + (last - due) > most:
                    continue
                if self._fits(arc, studies):
                    yield from walk((*nodes, head), (*arcs, arc), due + arrived)

        return walk(route.nodes[:1], (), 1)

    def _jumps(self, route: Route, studies: frozenset[str]) -> Iterator[Walk]:
        """Paths over a path's entities, in order, whether or not they leave one out."""
        place = {node: n for n, node in enumerate(route.nodes)}

        def walk(nodes: tuple[int, ...], arcs: tuple[int, ...]) -> Iterator[Walk]:
            self.budget.spend()
            here = place[nodes[-1]]
            if here == len(place) - 1:
                yield Walk(nodes, arcs)
                return
            for arc, head in self.ground.leaving(nodes[-1]):
                if place.get(head, -1) > here and self._fits(arc, studies):
                    yield from walk((*nodes, head), (*arcs, arc))

        return walk(route.nodes[:1], ())

    def _priced(self, walk: Walk) -> Route:
        graph, (nodes, arcs) = self.ground.arcs, walk
        cost = int(graph.costs[list(arcs)].sum()) + self.ground.step * len(arcs)
        cost += int(graph.hubs[list(nodes[1:-1])].sum())
        hands = changes([self.ground.walked[arc] for arc in arcs], self.ground.who)
        return Route(nodes, arcs, cost + self.ground.handover * hands)
