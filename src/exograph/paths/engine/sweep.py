# SPDX-License-Identifier: Apache-2.0
"""What is still to pay at least: the cheapest remaining walk, by steps left, state and node.

Bellman's recursion, level by level. With k steps left only nodes count that an end can be reached
from in k steps and that are reached from a start in all other steps, so the levels are worked from
both ends, the cheaper one first, until they meet: near the ends backward over the arcs that come
in, near the starts over the arcs that were met on the way out. In a graph of millions of arcs most
of them are never touched.

Costs and steps are one number, ``cost * 32 + steps``: its minimum is the least cost, and of equal
costs the fewest steps.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from exograph.paths.engine.arcs import Longs, spans
from exograph.paths.engine.budget import Budget, Stopped
from exograph.paths.engine.question import Automaton

PER_COST = 32
"""One more than the steps that a path may have, and a power of two."""

Keys = npt.NDArray[Any]
"""int32, or int64 where sums might not fit."""

_MOST = 2**28
"""Numbers in all levels together, a gigabyte as int32. What needs more is not searched."""

_DENSE = 0.4
"""From this share of all arcs on, a pass over all of them is quicker than one over some."""


@dataclass(frozen=True, eq=False)
class Remaining:
    """``levels[k][state, node]``: cost and steps of the cheapest way on with k steps left.

    Known where a walk from a start may stand at that point; ``far`` elsewhere or if there is none.
    """

    levels: tuple[Keys, ...]
    far: int
    kind: type[np.signedinteger[Any]]


def remaining(automaton: Automaton, budget: Budget) -> Remaining:
    """The levels 0 to ``steps`` of a question. Raises Stopped at the deadline.

    Or at once, if the levels would not fit into memory: many marks, steps and nodes together.
    """
    sweep = _Sweep(automaton, budget)
    sweep.run()
    return Remaining(tuple(sweep.levels), sweep.far, sweep.kind)


@dataclass(frozen=True, eq=False, slots=True)
class _Leaving:
    """Arcs that leave some nodes, row by row; ``arcs`` is None for all arcs of the graph."""

    rows: npt.NDArray[Any]
    first: npt.NDArray[Any]
    arcs: Longs | None
    heads: npt.NDArray[Any]


class _Sweep:
    def __init__(self, automaton: Automaton, budget: Budget) -> None:
        self.automaton, self.budget = automaton, budget
        self.graph, self.steps = automaton.arcs, automaton.question.steps
        if automaton.states * self.graph.nodes * (self.steps + 1) > _MOST:
            raise Stopped("limit")
        most = (self.graph.dearest + automaton.question.step) * self.steps + 1
        fits = most * PER_COST < 2**30
        self.kind: type[np.signedinteger[Any]] = np.int32 if fits else np.int64
        self.far = 2**30 if fits else 2**61
        self.hubs: Keys = np.multiply(self.graph.hubs, PER_COST, dtype=self.kind)
        self.levels: list[Keys] = [
            np.full((automaton.states, self.graph.nodes), self.far, self.kind)
        ]
        self._all: _Leaving | None = None

    def run(self) -> None:
        """Levels from the ends while that is cheaper, then down to the starts."""
        graph, layered = self.graph, bool(self.automaton.question.layers)
        into, out = np.diff(graph.into), np.diff(graph.indptr)
        met: list[_Leaving] = []
        reached = self.automaton.starts
        arriving = self._arriving()
        active = np.flatnonzero((arriving < self.far).any(axis=0))
        while len(met) + len(self.levels) - 1 < self.steps:
            self.budget.look()
            if not layered and not len(active):
                self.levels += [self.levels[-1]] * (self.steps + 1 - len(self.levels))
                return
            if out[reached].sum() <= into[active].sum():
                met.append(self._leaving(reached))
                reached = self._heads(met[-1], len(met))
            else:
                self._backward(active, arriving)
                before, arriving = arriving, self._arriving()
                new = arriving < (self.far if layered else before)
                active = np.flatnonzero(new.any(axis=0))
        for leaving in reversed(met):
            self.budget.look()
            self._forward(leaving, self._arriving())

    def _arriving(self) -> Keys:
        """Cheapest way on from each node that is reached with the steps of the last level left.

        By the marks before and the sign after the node is reached; a last row for each mask, for no
        sign, is far. Nothing further is to pay where a path may end.
        """
        automaton, far = self.automaton, self.far
        masks, signs, nodes = automaton.masks, automaton.signs, self.graph.nodes
        position = self.steps - len(self.levels) + 1
        found = np.full((masks, signs + 1, nodes), far, self.kind)
        rest = self.levels[-1].reshape(masks, signs, nodes)
        np.minimum(rest + self.hubs, far, out=found[:, :signs])
        if automaton.may_end(position):
            mask, sign = divmod(automaton.accepted, signs)
            found[mask, sign, automaton.ends] = 0
        if (allowed := automaton.allowed(position)) is not None:
            found[:, :, ~allowed] = far
        if (bits := automaton.node_bits) is not None:
            marked = np.flatnonzero(bits)
            after = found.copy()
            for mask in range(masks):
                found[mask][:, marked] = after[mask | bits[marked], :, marked].T
        return found.reshape(masks * (signs + 1), nodes)

    def _through(
        self, arriving: Keys, arcs: Longs | None, heads: npt.NDArray[Any]
    ) -> Iterator[tuple[int, Keys]]:
        """For each state before a step, what is to pay over each of some arcs."""
        automaton, graph = self.automaton, self.graph
        nodes, signs, masks = graph.nodes, automaton.signs, automaton.masks
        chosen = slice(None) if arcs is None else arcs
        price = graph.costs[chosen].astype(self.kind)
        price += self.kind(automaton.question.step)
        price *= self.kind(PER_COST)
        price += self.kind(1)
        flat = arriving.reshape(-1)
        for sign in range(signs):
            place = heads
            if signs > 1:
                turned = automaton.turns[sign].astype(np.int64)[graph.signs[chosen] + np.int8(1)]
                place = turned * nodes + heads
            for mask in range(masks):
                at = place
                if automaton.arc_bits is not None:
                    after = (automaton.arc_bits[chosen] | mask).astype(np.int64)
                    at = after * ((signs + 1) * nodes) + place
                elif mask:
                    at = place + mask * (signs + 1) * nodes
                found = np.take(flat, at)
                found += price
                yield mask * signs + sign, np.minimum(found, self.far, out=found)

    def _backward(self, active: Longs, arriving: Keys) -> None:
        """The next level, from what changed in the last one."""
        graph = self.graph
        fresh = bool(self.automaton.question.layers)
        level = np.full_like(self.levels[-1], self.far) if fresh else self.levels[-1].copy()
        positions, lengths = spans(graph.into, active)
        if len(positions) > _DENSE * len(graph):
            self._lower(level, self._everything(), arriving)
        else:
            arcs = graph.into_arcs[positions].astype(np.int64)
            tails, heads = graph.into_tails[positions], np.repeat(active, lengths)
            for state, values in self._through(arriving, arcs, heads):
                np.minimum.at(level[state], tails, values)
        self.levels.append(level)

    def _forward(self, leaving: _Leaving, arriving: Keys) -> None:
        """The next level, for the nodes that were met on the way out."""
        level = np.full_like(self.levels[-1], self.far)
        self._lower(level, leaving, arriving)
        self.levels.append(level)

    def _lower(self, level: Keys, leaving: _Leaving, arriving: Keys) -> None:
        if not len(leaving.rows):
            return
        for state, values in self._through(arriving, leaving.arcs, leaving.heads):
            least = np.minimum.reduceat(values, leaving.first)
            level[state, leaving.rows] = np.minimum(level[state, leaving.rows], least)

    def _leaving(self, nodes: Longs) -> _Leaving:
        graph = self.graph
        rows = nodes[graph.indptr[nodes + 1] > graph.indptr[nodes]]
        if (graph.indptr[rows + 1] - graph.indptr[rows]).sum() > _DENSE * len(graph):
            return self._everything()
        arcs, lengths = spans(graph.indptr, rows)
        return _Leaving(rows, np.cumsum(lengths) - lengths, arcs, graph.heads[arcs])

    def _everything(self) -> _Leaving:
        if self._all is None:
            graph = self.graph
            rows = np.flatnonzero(np.diff(graph.indptr))
            self._all = _Leaving(rows, graph.indptr[rows], None, graph.heads.astype(np.int64))
        return self._all

    def _heads(self, leaving: _Leaving, position: int) -> Longs:
        """Nodes that are reached over some arcs and may stand at a position."""
        seen = np.zeros(self.graph.nodes, np.bool_)
        seen[leaving.heads] = True
        allowed = self.automaton.allowed(position)
        return np.flatnonzero(seen if allowed is None else seen & allowed)
