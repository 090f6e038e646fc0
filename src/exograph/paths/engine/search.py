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
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from typing import TypeAlias

import numpy as np

from exograph.paths.engine.arcs import Arcs
from exograph.paths.engine.budget import Budget
from exograph.paths.engine.question import Automaton, Question
from exograph.paths.engine.sweep import PER_COST, Keys, Remaining, remaining

EVERY = -1
"""All bits, however many there are."""

Way: TypeAlias = tuple[int, int, bool, int, int, int, int]
"""A way on: least key to an end, rank, whether that is the end, arc, head, state, key paid."""

_FIRST = 48
"""Ways on that are sorted at first; four times as many later, each time they run out."""


@dataclass(frozen=True, slots=True)
class Route:
    """A path as numbers: the nodes passed, the arcs between them, and the whole cost."""

    nodes: tuple[int, ...]
    arcs: tuple[int, ...]
    cost: int


def best_first(
    arcs: Arcs, question: Question, budget: Budget, tellers: Sequence[int] | None = None
) -> Iterator[Route]:
    """All simple paths of the question, by cost, then steps, then ranks of their arcs.

    ``tellers`` holds for each arc a set, as bits, of which one is to be common to the whole path
    (all bits for an arc that does not matter). Raises Stopped when the budget is used up.
    """
    automaton = Automaton(question, arcs)
    left = remaining(automaton, budget)
    fans: dict[tuple[int, int, int], _Fan] = {}
    queue: list[tuple[int, tuple[int, ...], bool, int, _Partial, int]] = []
    number = count()

    def enqueue(partial: _Partial, at: int) -> None:
        """The best way on from position ``at`` that is none of those that meet the path."""
        nodes, fan = partial.nodes, partial.fan
        while (way := fan.at(at)) is not None:
            if way[4] not in nodes and (tellers is None or partial.bits & tellers[way[3]]):
                key = partial.paid + way[0]
                ranks = (*partial.ranks, way[1])
                heappush(queue, (key, ranks, way[2], next(number), partial, at))
                return
            budget.spend()
            at += 1

    def ways_on(node: int, depth: int, state: int) -> _Fan:
        key = node, depth, state
        if key not in fans:
            fans[key] = _fan(automaton, left, node, depth, state)
        return fans[key]

    for start in automaton.starts.tolist():
        state = automaton.first_state(start)
        if left.levels[question.steps][state, start] < left.far:
            budget.spend()
            enqueue(_Partial((start,), (), (), 0, EVERY, ways_on(start, 0, state)), 0)
    while queue:
        budget.spend()
        key, ranks, complete, _, before, at = heappop(queue)
        enqueue(before, at + 1)
        way = before.fan.taken[at]
        nodes, walked = (*before.nodes, way[4]), (*before.arcs, way[3])
        if complete:
            yield Route(nodes, walked, key // PER_COST)
            continue
        bits = before.bits if tellers is None else before.bits & tellers[way[3]]
        fan = ways_on(way[4], len(walked), way[5])
        enqueue(_Partial(nodes, walked, ranks, before.paid + way[6], bits, fan), 0)


@dataclass(eq=False, slots=True)
class _Fan:
    """The ways on from a node, best first, sorted only as far as they are asked for."""

    keys: Keys
    columns: tuple[Keys, ...]
    taken: list[Way] = field(default_factory=list)

    def at(self, position: int) -> Way | None:
        """The way at a position, from 0; None beyond the last."""
        while position >= len(self.taken):
            if not len(self.keys):
                return None
            self._sort_more()
        return self.taken[position]

    def _sort_more(self) -> None:
        """Sorts the best of those that are left, with all that tie with the last of them."""
        most = max(_FIRST, 3 * len(self.taken))
        if len(self.keys) <= 2 * most:
            chosen, later = np.arange(len(self.keys)), None
        else:
            limit = np.partition(self.keys, most)[most]
            chosen, later = np.flatnonzero(self.keys <= limit), np.flatnonzero(self.keys > limit)
        keys, columns = self.keys[chosen], [column[chosen] for column in self.columns]
        order = np.lexsort((columns[1], columns[0], keys))
        rows = (keys[order].tolist(), *(column[order].tolist() for column in columns))
        self.taken.extend(zip(*rows, strict=True))
        self.keys = self.keys[later] if later is not None else self.keys[:0]
        if later is not None:
            self.columns = tuple(column[later] for column in self.columns)


@dataclass(frozen=True, eq=False, slots=True)
class _Partial:
    """A path from a start, not yet at its end. ``paid`` is its key, with the hub it stands on."""

    nodes: tuple[int, ...]
    arcs: tuple[int, ...]
    ranks: tuple[int, ...]
    paid: int
    bits: int
    fan: _Fan


def _fan(automaton: Automaton, left: Remaining, node: int, depth: int, state: int) -> _Fan:
    """The ways on from a node that stands at position ``depth`` of a walk."""
    graph, question, kind = automaton.arcs, automaton.question, left.kind
    begin, end = int(graph.indptr[node]), int(graph.indptr[node + 1])
    heads = graph.heads[begin:end]
    price = (graph.costs[begin:end].astype(kind) + kind(question.step)) * kind(PER_COST) + kind(1)
    alive = np.ones(end - begin, np.bool_)
    after = np.zeros(end - begin, np.int32)
    if automaton.states > 1:
        mask, sign = divmod(state, automaton.signs)
        turned = automaton.turns[sign][graph.signs[begin:end] + np.int8(1)]
        alive &= turned < automaton.signs
        marks = np.full(end - begin, mask, np.int32)
        if automaton.arc_bits is not None:
            marks |= automaton.arc_bits[begin:end]
        if automaton.node_bits is not None:
            marks |= automaton.node_bits[heads]
        after = np.where(alive, marks * automaton.signs + turned, 0)
    if (allowed := automaton.allowed(depth + 1)) is not None:
        alive &= allowed[heads]
    paid = price + graph.hubs[heads].astype(kind) * kind(PER_COST)
    rest = left.levels[question.steps - depth - 1][after, heads]
    on = np.flatnonzero(alive & (rest < left.far))
    here = np.zeros(0, np.int64)
    if automaton.may_end(depth + 1):
        here = np.flatnonzero(alive & (after == automaton.accepted) & automaton.is_end[heads])
    both = np.concatenate((on, here))
    arrives = np.zeros(len(both), np.bool_)
    arrives[len(on) :] = True
    return _Fan(
        np.concatenate((paid[on] + rest[on], price[here])),
        (graph.ranks[begin:end][both], arrives, both + begin, heads[both], after[both], paid[both]),
    )
