# SPDX-License-Identifier: Apache-2.0
"""The best simple paths of a compiled query, one after the other, each as soon as it is certain.

A best-first search (A*, Hart, Nilsson and Raphael 1968) over partial paths. Its heuristic is the
exact cost of the cheapest remaining *walk*, found beforehand by one backward sweep over
(steps left, state, node); a path that may not meet itself costs at least that. The queue is
ordered by (cost, steps, claim ids), each a lower bound for all completions of an entry, so that
paths leave it in exactly that order. Worst case exponential, since simple paths are.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush

import numpy as np

from exograph.paths.graph import ACCEPTED_SIGN, NEXT_SIGN, Graph, Longs

WORK_LIMIT = 2_000_000
"""Partial paths looked at before a search gives up: some seconds, below a gigabyte."""

FAR = 1 << 60
EVERY = -1
"""All bits, however many there are."""


class Stopped(Exception):
    """A search ran out of time or work; ``reason`` is ``deadline`` or ``limit``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass
class Budget:
    """Counts work, and raises Stopped when it is used up. ``timeout`` is in seconds."""

    timeout: float | None = None
    limit: int = WORK_LIMIT
    used: int = 0
    deadline: float | None = field(init=False)

    def __post_init__(self) -> None:
        self.deadline = None if self.timeout is None else time.monotonic() + self.timeout

    def spend(self) -> None:
        """Called once per piece of work; looks at the clock now and then."""
        self.used += 1
        if self.used > self.limit:
            raise Stopped("limit")
        late = self.deadline is not None and self.used & 63 == 0
        if late and time.monotonic() > (self.deadline or 0):
            raise Stopped("deadline")


@dataclass(frozen=True, slots=True)
class Route:
    """A path as numbers: the nodes passed, the arcs between them, and the whole cost."""

    nodes: tuple[int, ...]
    arcs: tuple[int, ...]
    cost: int


@dataclass(frozen=True, eq=False)
class Remaining:
    """What is still to pay at least: ``cost[k][state][node]`` with k steps left, and ``hops``."""

    cost: tuple[list[list[int]], ...]
    hops: list[list[int]]


def remaining(graph: Graph, signs: int) -> Remaining:
    """One backward sweep: the cheapest walk to an accepted end for each steps left, state, node.

    Costs steps times states times arcs, in numpy. With layers, k steps left means the layer
    ``max_steps - k``, and the walk uses them all.
    """
    states = (graph.all_via + 1) * signs
    heads = graph.heads
    first = np.flatnonzero(np.diff(graph.tails, prepend=-1))  # tails ascend
    rows = graph.tails[first]
    masks, sign = np.divmod(np.arange(states), signs)
    next_sign = np.array(NEXT_SIGN[graph.sign], np.int64)
    finish = np.where(graph.is_end, 0, FAR)
    accepted = (graph.all_via * signs) + ACCEPTED_SIGN[graph.sign]
    arc_cost = graph.evidence + graph.step
    best = np.full((states, graph.nodes), FAR, np.int64)
    hops = np.full((states, graph.nodes), FAR, np.int64)
    levels = [best]
    for k in range(1, graph.max_steps + 1):
        onward = np.minimum(best + graph.hub, FAR)
        if not graph.layers:
            onward[accepted] = np.minimum(onward[accepted], finish)
        else:
            if k == 1:
                onward[accepted] = finish
            onward[:, ~graph.layers[graph.max_steps - k + 1]] = FAR
        reached: Longs = np.full_like(best, FAR)
        for state in range(states if len(heads) else 0):
            mask = masks[state] | graph.via_bit[heads]
            to = mask * signs + next_sign[sign[state]][graph.arc_sign.astype(np.int64) + 1]
            through = np.minimum(arc_cost + onward[to, heads], FAR)
            reached[state, rows] = np.minimum.reduceat(through, first)
        hops = np.where((hops == FAR) & (reached < FAR), k, hops)
        if not graph.layers and np.array_equal(reached, best):
            levels.extend([best] * (graph.max_steps + 1 - k))
            break
        best = reached
        levels.append(best)
    kept: dict[int, list[list[int]]] = {id(level): level.tolist() for level in levels}
    return Remaining(tuple(kept[id(level)] for level in levels), hops.tolist())


def best_first(
    graph: Graph, budget: Budget, tellers: Sequence[int] | None = None
) -> Iterator[Route]:
    """All simple paths of the query, by cost, then steps, then claim ids.

    ``tellers`` holds for each arc a set, as bits, of which one is to be common to the whole path
    (all bits for an arc that does not matter). Raises Stopped when the budget is used up.
    """
    signs = len(NEXT_SIGN[graph.sign])
    left = remaining(graph, signs)
    next_sign = NEXT_SIGN[graph.sign]
    accepted = graph.all_via * signs + ACCEPTED_SIGN[graph.sign]
    length, layered, most = graph.step, bool(graph.layers), graph.max_steps
    hub, via = graph.hub.tolist(), graph.via_bit.tolist()
    heads, arc_signs = graph.heads.tolist(), graph.arc_sign.tolist()
    evidence, is_end = graph.evidence.tolist(), graph.is_end.tolist()
    names = [bytes(name) for name in graph.claim_ids[graph.arc_claim]]
    # Bounds on cost and steps, claims, nodes, complete, arcs, cost so far, state, tellers left.
    queue: list[
        tuple[int, int, tuple[bytes, ...], tuple[int, ...], bool, tuple[int, ...], int, int, int]
    ] = []
    for node in graph.starts:
        state = via[node] * signs
        if layered and not graph.layers[0][node]:
            continue
        bound = left.cost[most][state][node]
        if bound < FAR:
            hops = left.hops[state][node]
            heappush(queue, (bound, hops, (), (node,), False, (), 0, state, EVERY))
    while queue:
        budget.spend()
        _, _, said, nodes, complete, arcs, paid, state, bits = heappop(queue)
        if complete:
            yield Route(nodes, arcs, paid)
            continue
        depth = len(arcs) + 1
        mask, sign = divmod(state, signs)
        for arc in graph.leaving(nodes[-1]):
            head = heads[arc]
            if head in nodes:
                continue
            shared = bits if tellers is None else bits & tellers[arc]
            if not shared:
                continue
            to = (mask | via[head]) * signs + next_sign[sign][arc_signs[arc] + 1]
            cost = paid + evidence[arc] + length
            claims, passed, walked = (*said, names[arc]), (*nodes, head), (*arcs, arc)
            if layered and not graph.layers[depth][head]:
                continue
            if is_end[head] and to == accepted and (not layered or depth == most):
                budget.spend()
                heappush(queue, (cost, depth, claims, passed, True, walked, cost, to, shared))
            if depth == most:
                continue
            rest = left.cost[most - depth][to][head]
            if rest < FAR:
                budget.spend()
                cost += hub[head]
                hops = depth + left.hops[to][head]
                entry = (cost + rest, hops, claims, passed, False, walked, cost, to, shared)
                heappush(queue, entry)
