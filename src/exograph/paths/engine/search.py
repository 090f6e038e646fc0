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

from collections.abc import Iterator
from heapq import heappop, heappush
from typing import TypeAlias

from exograph.paths.engine.arcs import Arcs
from exograph.paths.engine.budget import Budget
from exograph.paths.engine.few import few
from exograph.paths.engine.question import Automaton, Question, Route
from exograph.paths.engine.sweep import PER_COST
from exograph.paths.engine.telling import ANYBODY, EVERY, Telling
from exograph.paths.engine.wide import Fan, fans


def best_first(
    arcs: Arcs, question: Question, budget: Budget, telling: Telling = ANYBODY
) -> Iterator[Route]:
    """All simple paths of the question, by cost, then steps, then ranks of their arcs.

    Raises Stopped when the budget is used up.
    """
    automaton = Automaton(question, arcs)
    if (paths := few(automaton, telling, budget)) is not None:
        yield from paths
        return
    fan = fans(automaton, budget)
    common, holders, change = telling.common, telling.holders, telling.change * PER_COST
    queue: list[tuple[int, tuple[int, ...], bool, int, _Partial, int, bool]] = []
    spend, number = budget.spend, 0

    def enqueue(partial: _Partial, at: int) -> None:
        """The best way on from position ``at``, of those that do not meet the path.

        One that changes hands costs more than its place among the others tells: it goes into the
        queue on its own, and the next best one, too.
        """
        nonlocal number
        nodes, _, ranks, paid, bits, held, onward = partial
        ways = onward.taken
        while at < len(ways) or onward.more():
            key, rank, arrives, arc, head, _, _ = ways[at]
            if head not in nodes and (common is None or bits & common[arc]):
                changes = holders is not None and not held & holders[arc]
                number += 1
                entry = (paid + key, (*ranks, rank), arrives, number, partial, at, changes)
                if not changes:
                    heappush(queue, entry)
                    return
                heappush(queue, (paid + key + change, *entry[1:]))
            spend()
            at += 1

    for start in automaton.starts.tolist():
        spend()
        onward = fan(start, 0, automaton.first_state(start))
        enqueue(((start,), (), (), 0, EVERY, EVERY, onward), 0)
    while queue:
        spend()
        key, ranks, arrives, _, before, at, changes = heappop(queue)
        if not changes:
            enqueue(before, at + 1)
        nodes, walked, _, paid, bits, held, onward = before
        _, _, _, arc, head, state, more = onward.taken[at]
        nodes, walked = (*nodes, head), (*walked, arc)
        if arrives:
            yield Route(nodes, walked, key // PER_COST)
            continue
        if changes:
            paid, held = paid + change, EVERY
        if common is not None:
            bits &= common[arc]
        if holders is not None:
            held &= holders[arc]
        onward = fan(head, len(walked), state)
        enqueue((nodes, walked, ranks, paid + more, bits, held, onward), 0)


_Partial: TypeAlias = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...], int, int, int, Fan]
"""A path from a start, not yet at its end: the nodes passed, the arcs between them and their ranks;
its key, with the hub it stands on; who may tell all of it, and who does now; its ways on."""
