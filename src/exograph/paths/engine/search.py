# SPDX-License-Identifier: Apache-2.0
"""The best simple paths of a question, one after the other, each as soon as it is certain.

A best-first search (A*, Hart, Nilsson and Raphael 1968) over partial paths. Its heuristic is the
exact cost of the cheapest remaining *walk*; a path that may not meet itself costs at least that.
The queue is ordered by (cost, steps, ranks of the arcs), each a lower bound for all completions of
an entry, so that paths leave it in exactly that order. Of the ways on from a partial path only the
best that is left stands in the queue; the next one follows when that is taken out, as in lazy
enumerations of k shortest paths (Jiménez and Marzal 2003). Worst case exponential, since simple
paths are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

from exograph.paths.engine.arcs import Arcs
from exograph.paths.engine.budget import Budget
from exograph.paths.engine.fans import Fan, fans
from exograph.paths.engine.question import Automaton, Question
from exograph.paths.engine.sweep import PER_COST

EVERY = -1
"""All bits, however many there are."""


class Route(NamedTuple):
    """A path as numbers: the nodes passed, the arcs between them, and the whole cost."""

    nodes: tuple[int, ...]
    arcs: tuple[int, ...]
    cost: int


def best_first(
    arcs: Arcs, question: Question, budget: Budget, telling: Telling | None = None
) -> Iterator[Route]:
    """All simple paths of the question, by cost, then steps, then ranks of their arcs.

    Raises Stopped when the budget is used up.
    """
    automaton = Automaton(question, arcs)
    fan = fans(automaton, budget)
    told = telling or Telling()
    change = told.change * PER_COST
    queue: list[tuple[int, tuple[int, ...], bool, int, _Partial, int, bool]] = []
    number = count()

    def enqueue(partial: _Partial, at: int) -> None:
        """The best way on from position ``at``, of those that do not meet the path.

        One that changes hands costs more than its place among the others tells: it goes into the
        queue on its own, and the next best one, too.
        """
        nodes, onward = partial.nodes, partial.fan
        while (way := onward.at(at)) is not None:
            if way[4] not in nodes and (told.common is None or partial.bits & told.common[way[3]]):
                changes = told.holders is not None and not partial.held & told.holders[way[3]]
                key = partial.paid + way[0] + (change if changes else 0)
                ranks = (*partial.ranks, way[1])
                heappush(queue, (key, ranks, way[2], next(number), partial, at, changes))
                if not changes:
                    return
            budget.spend()
            at += 1

    for start in automaton.starts.tolist():
        budget.spend()
        onward = fan(start, 0, automaton.first_state(start))
        enqueue(_Partial((start,), (), (), 0, EVERY, EVERY, onward), 0)
    while queue:
        budget.spend()
        key, ranks, complete, _, before, at, changes = heappop(queue)
        if not changes:
            enqueue(before, at + 1)
        way = before.fan.taken[at]
        nodes, walked = (*before.nodes, way[4]), (*before.arcs, way[3])
        if complete:
            yield Route(nodes, walked, key // PER_COST)
            continue
        paid = before.paid + way[6] + (change if changes else 0)
        bits = before.bits if told.common is None else before.bits & told.common[way[3]]
        held = before.held
        if told.holders is not None:
            held = told.holders[way[3]] & (EVERY if changes else held)
        onward = fan(way[4], len(walked), way[5])
        enqueue(_Partial(nodes, walked, ranks, paid, bits, held, onward), 0)


@dataclass(frozen=True, eq=False, slots=True)
class Telling:
    """Who may tell each arc, as sets in bits; all bits for an arc that does not matter.

    Of ``common`` one is to be the same for the whole path. Each time that no one of ``holders``
    can go on, the story changes hands, which costs ``change``, in millionths.
    """

    common: Sequence[int] | None = None
    holders: Sequence[int] | None = None
    change: int = 0


@dataclass(eq=False, slots=True)
class _Partial:
    """A path from a start, not yet at its end. ``paid`` is its key, with the hub it stands on."""

    nodes: tuple[int, ...]
    arcs: tuple[int, ...]
    ranks: tuple[int, ...]
    paid: int
    bits: int
    held: int
    fan: Fan
