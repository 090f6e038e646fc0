# SPDX-License-Identifier: Apache-2.0
"""From one node to all: what the best walk of each sign costs, and which it is.

Label correcting (Bellman 1958) over node and sign, all arcs of a round at once. A best walk that
meets itself is no path; whether one does shows when it is traced.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from exograph.paths.engine.arcs import Arcs, Longs, spans
from exograph.paths.engine.budget import Budget
from exograph.paths.engine.question import Route

SIGNS = ("+", "-", "?")
"""Rows of the costs. ``?`` is a walk with a step that has no direction."""

_TURNS = np.array([[1, 2, 0], [0, 2, 1], [2, 2, 2]])
"""``_TURNS[sign, step + 1]``: the sign of a walk after a step."""


_DENSE = 0.25
"""From this share of all arcs on, a pass over all of them is quicker than one over some."""


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
    for kind, far in ((np.int32, 2**30 - 1), (np.int64, 2**62 - 1)):
        if arcs.dearest + step < far // 2:
            cost, whole = _labels(arcs, start, step, 3 if unsigned else 2, kind, far, budget)
            if whole:
                break
    return Spread(arcs, start, step, np.where(cost < far, cost, -1).astype(np.int64).T)


def _labels(
    arcs: Arcs,
    start: int,
    step: int,
    rows: int,
    kind: type[np.signedinteger[Any]],
    far: int,
    budget: Budget | None,
) -> tuple[npt.NDArray[Any], bool]:
    """The costs by node and sign, ``far`` where there is no walk, and whether all fitted."""
    best, whole = np.full((arcs.nodes, rows), far, kind), True
    best[start, 0] = 0
    changed = np.zeros((arcs.nodes, rows), np.bool_)
    changed[start, 0] = True
    passing = arcs.hubs.astype(kind)
    passing[start] = 0
    passing += kind(step)
    degrees = np.diff(arcs.indptr)
    while changed.any():
        if budget is not None:
            budget.look()
        before = best.copy()
        many = int((degrees @ changed).sum()) > _DENSE * len(arcs)
        if many and rows == 2:
            paid = np.minimum(before + passing[:, None], far)
            _over_all(_coming_in(arcs, kind, far), paid, best)
        else:
            for row in range(rows):
                active = np.flatnonzero(changed[:, row])
                _over_some(arcs, active, before[active, row] + passing[active], row, far, best)
        whole &= bool(best.max(initial=0, where=best < far) < far // 2)
        changed = best < before
    return best, whole


def _over_some(
    arcs: Arcs, active: Longs, paid: npt.NDArray[Any], row: int, far: int, best: npt.NDArray[Any]
) -> None:
    """One step on from some nodes, reached by walks of a sign."""
    numbers, lengths = spans(arcs.indptr, active)
    found = np.repeat(paid, lengths)
    found += arcs.costs[numbers]
    signs, rows = arcs.signs[numbers], best.shape[1]
    places = arcs.heads[numbers].astype(np.int64)
    places *= rows
    for sign, after in zip((-1, 0, 1), _TURNS[row].tolist(), strict=True):
        if after == rows:  # no sign that is asked for
            found[signs == sign] = far
        elif after:
            places += np.multiply(signs == sign, after, dtype=np.int8)
    np.minimum.at(best.reshape(-1), places, found)


class _ComingIn(NamedTuple):
    """The arcs by head: costs, ``far`` for those without a direction, and for each where the label
    of its tail stands by which a walk of the sign + arrives."""

    costs: npt.NDArray[Any]
    places: Longs
    heads: Longs
    first: Longs


def _coming_in(arcs: Arcs, kind: type[np.signedinteger[Any]], far: int) -> _ComingIn:
    """Kept with the arcs. Twice ``far`` still fits into its kind of number."""
    kept: dict[Any, _ComingIn] = arcs.__dict__.setdefault("_coming_in", {})
    if kind not in kept:
        signs = arcs.signs[arcs.into_arcs]
        costs = arcs.costs[arcs.into_arcs].astype(kind)
        costs[signs == 0] = far
        places = arcs.into_tails.astype(np.int64)
        places *= 2
        places += signs < 0
        heads = np.flatnonzero(np.diff(arcs.into))
        kept[kind] = _ComingIn(costs, places, heads, arcs.into[heads])
    return kept[kind]


def _over_all(coming: _ComingIn, paid: npt.NDArray[Any], best: npt.NDArray[Any]) -> None:
    """One step on from all nodes: each takes the best of what comes in, by either sign."""
    if not len(coming.heads):
        return
    for row in range(2):
        found = np.take(paid.reshape(-1), coming.places)
        found += coming.costs
        least = np.minimum.reduceat(found, coming.first)
        best[coming.heads, row] = np.minimum(best[coming.heads, row], least)
        paid = np.ascontiguousarray(paid[:, ::-1])  # a walk of the sign - arrives the other way
