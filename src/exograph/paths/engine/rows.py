# SPDX-License-Identifier: Apache-2.0
"""What plain Python needs of a small graph, worked out once and kept with its arcs."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import numpy as np

from exograph.paths.engine.arcs import Arcs
from exograph.paths.engine.budget import Budget
from exograph.paths.engine.question import MOST_STEPS
from exograph.paths.engine.sweep import PER_COST

Way: TypeAlias = tuple[int, int, int, int, int, int]
"""Of an arc: rank, number, tail, head, key without and with the hub at the head."""

ENDLESS = MOST_STEPS + 1
"""Steps of a walk that may go round in a circle."""


class Ways(NamedTuple):
    """The arcs that leave each node; and of each arc its rank and its sign."""

    by_node: list[list[Way]]
    ranks: list[int]
    signs: list[int]


def ways(arcs: Arcs, step: int) -> Ways:
    """All arcs; ``step`` is the cost of a step."""
    kept: dict[int, Ways] = arcs.__dict__.setdefault("_ways", {})
    if step not in kept:
        price = (arcs.costs.astype(np.int64) + step) * PER_COST + 1
        passing = price + arcs.hubs[arcs.heads].astype(np.int64) * PER_COST
        ranks, signs = arcs.ranks.tolist(), arcs.signs.tolist()
        ends = arcs.tails.tolist(), arcs.heads.tolist()
        keys = price.tolist(), passing.tolist()
        every = list(zip(ranks, range(len(arcs)), *ends, *keys, strict=True))
        by_node = [every[low:high] for low, high in pairwise(arcs.indptr.tolist())]
        kept[step] = Ways(by_node, ranks, signs)
    return kept[step]


def depths(arcs: Arcs) -> tuple[list[int], bool]:
    """For each node how many steps the longest walk from it has, at most ``ENDLESS``; and whether
    any has so many."""
    found: tuple[list[int], bool] | None = arcs.__dict__.get("_depths")
    if found is None:
        indptr, heads = arcs.indptr.tolist(), arcs.heads.tolist()
        kept = [ENDLESS if low < high else 0 for low, high in pairwise(indptr)]
        for node in _after_their_rows(indptr, heads):
            row = heads[indptr[node] : indptr[node + 1]]
            kept[node] = min(max([kept[head] for head in row], default=-1) + 1, ENDLESS)
        found = arcs.__dict__["_depths"] = kept, ENDLESS in kept
    return found


def leading(arcs: Arcs, ends: Iterable[int], budget: Budget) -> str:
    """A digit for each node: 1 for an end and what reaches one, else 0.

    Raises Stopped at the deadline.
    """
    reaching, found = _reaching(arcs, budget), 1 << arcs.nodes
    for end in ends:
        found |= reaching[end]
    return bin(found)[:1:-1]


def _reaching(arcs: Arcs, budget: Budget) -> list[int]:
    """For each node, as bits, itself and what it is reached from.

    One pass is enough where there is no circle; passes go on until there is no news.
    """
    kept: list[int] | None = arcs.__dict__.get("_reaching")
    if kept is None:
        kept = [1 << node for node in range(arcs.nodes)]
        into, tails = arcs.into.tolist(), arcs.into_tails.tolist()
        order = _after_their_rows(into, tails)
        news = True
        while news:
            news = False
            budget.look()
            for node in order:
                found = kept[node]
                for tail in tails[into[node] : into[node + 1]]:
                    found |= kept[tail]
                if found != kept[node]:
                    kept[node], news = found, True
        arcs.__dict__["_reaching"] = kept
    return kept


def _after_their_rows(pointers: list[int], others: list[int]) -> list[int]:
    """The nodes that have a row or stand in one, each after those in its row, but for circles."""
    begun, order = [False] * (len(pointers) - 1), []
    for root in range(len(begun)):
        if begun[root] or pointers[root] == pointers[root + 1]:
            continue
        begun[root] = True
        trail = [(root, pointers[root])]
        while trail:
            node, at = trail.pop()
            if at == pointers[node + 1]:
                order.append(node)
                continue
            trail.append((node, at + 1))
            other = others[at]
            if not begun[other]:
                begun[other] = True
                trail.append((other, pointers[other]))
    return order
