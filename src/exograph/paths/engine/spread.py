# SPDX-License-Identifier: Apache-2.0
"""From one node to all: what the best walk of each sign costs, and which it is.

Label correcting (Bellman 1958) over node and sign, all arcs of a round at once. A best walk that
meets itself is no path; whether one does shows when it is traced.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from exograph.paths.engine.arcs import Arcs, Longs, spans
from exograph.paths.engine.budget import Budget
from exograph.paths.engine.search import Route

SIGNS = ("+", "-", "?")
"""Rows of the costs. ``?`` is a walk with a step that has no direction."""

_TURNS = np.array([[1, 2, 0], [0, 2, 1], [2, 2, 2]])
"""``_TURNS[sign, step + 1]``: the sign of a walk after a step."""


@dataclass(frozen=True, eq=False)
class Spread:
    """``cost[sign, node]`` of the best walks from ``start``, in millionths, or -1 for none.

    ``sign`` counts as in ``SIGNS``. The empty walk, of the sign +, costs nothing.
    """

    arcs: Arcs
    start: int
    step: int
    cost: Longs

    def walk(self, node: int, sign: str) -> Route | None:
        """The best walk to a node, None if there is none; of equal ones the first in numbers.

        It is traced backward, a depth-first search among the arcs that lie on best walks.
        """
        row = SIGNS.index(sign)
        if self.cost[row, node] < 0:
            return None
        trail: list[tuple[int, int, int]] = []  # state and node left, arc taken
        seen = {(row, node)}
        options = [self._before(row, node)]
        while options:
            if (row, node) == (0, self.start):
                arcs = tuple(arc for _, _, arc in reversed(trail))
                nodes = (self.start, *(int(self.arcs.heads[arc]) for arc in arcs))
                return Route(nodes, arcs, int(self.cost[SIGNS.index(sign), nodes[-1]]))
            found = next((o for o in options[-1] if (o[0], o[1]) not in seen), None)
            if found is None:
                options.pop()
                row, node, _ = trail.pop() if trail else (row, node, 0)
                continue
            trail.append((row, node, found[2]))
            row, node = found[:2]
            seen.add((row, node))
            options.append(self._before(row, node))
        return None

    def _before(self, row: int, node: int) -> list[tuple[int, int, int]]:
        """Sign, node and arc of the last steps that best walks take to a node."""
        arcs = self.arcs
        chosen = slice(int(arcs.into[node]), int(arcs.into[node + 1]))
        tails, numbers = arcs.into_tails[chosen], arcs.into_arcs[chosen]
        price = arcs.costs[numbers].astype(np.int64) + self.step
        price += np.where(tails == self.start, 0, arcs.hubs[tails])
        found = []
        for before in range(len(self.cost)):
            paid = self.cost[before, tails]
            fits = (paid >= 0) & (paid + price == self.cost[row, node])
            fits &= _TURNS[before][arcs.signs[numbers] + np.int8(1)] == row
            found += [(before, int(tails[n]), int(numbers[n])) for n in np.flatnonzero(fits)]
        return sorted(found, key=lambda way: (way[0], way[2]))


def spread(
    arcs: Arcs,
    start: int,
    *,
    step: int = 0,
    unsigned: bool = False,
    budget: Budget | None = None,
) -> Spread:
    """The best walks from a node to all others, however many steps they take.

    ``unsigned`` follows arcs without a direction, too, and gives the row ``?``. Costs a pass over
    the arcs of what changed, for each step. Raises Stopped at the deadline of the budget.
    """
    rows = 3 if unsigned else 2
    for kind, far in ((np.int32, 2**30), (np.int64, 2**62)):
        if arcs.dearest + step < far // 2:
            cost, whole = _labels(arcs, start, step, rows, kind, far, budget)
            if whole:
                break
    return Spread(arcs, start, step, np.where(cost < far, cost, -1).astype(np.int64))


def _labels(
    arcs: Arcs,
    start: int,
    step: int,
    rows: int,
    kind: type[np.signedinteger[Any]],
    far: int,
    budget: Budget | None,
) -> tuple[npt.NDArray[Any], bool]:
    """The costs, ``far`` where there is no walk, and whether all of them fitted."""
    nodes, whole = arcs.nodes, True
    best = np.full((rows + 1, nodes), far, kind)  # the last row takes what is not followed
    best[0, start] = 0
    changed = np.zeros((rows, nodes), np.bool_)
    changed[0, start] = True
    hubs = arcs.hubs.astype(kind)
    hubs[start] = 0
    turns = np.minimum(_TURNS, rows)
    while changed.any():
        if budget is not None:
            budget.look()
        before = best.copy()
        flat = best.reshape(-1)
        for row in range(rows):
            active = np.flatnonzero(changed[row])
            if not len(active):
                continue
            numbers, lengths = spans(arcs.indptr, active)
            paid = before[row, active] + hubs[active] + kind(step)
            found = np.repeat(paid, lengths)
            found += arcs.costs[numbers]
            places = turns[row][arcs.signs[numbers] + np.int8(1)] * nodes + arcs.heads[numbers]
            np.minimum.at(flat, places, found)
        whole &= bool(best[:rows].max(initial=0, where=best[:rows] < far) < far // 2)
        changed = best[:rows] < before[:rows]
    return best[:rows], whole
