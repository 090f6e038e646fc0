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
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from exograph.paths.engine.arcs import Longs, spans
from exograph.paths.engine.budget import Budget, Stopped
from exograph.paths.engine.question import MOST_STEPS, Automaton

PER_COST = MOST_STEPS + 1
"""A power of two, so that cost and steps can be told apart."""

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


class _Met(NamedTuple):
    """Arcs that were met on the way out: tails, numbers and heads; None for all of the graph."""

    tails: npt.NDArray[Any]
    arcs: Longs | None
    heads: npt.NDArray[Any]


class _Sweep:
    """``levels`` as they grow, and ``arriving``: the cheapest way on from a node on reaching it.

    By the marks before and the sign after the node is reached; a last row for each mask, for no
    sign, stays far. Nothing further is to pay where a path may end.
    """

    def __init__(self, automaton: Automaton, budget: Budget) -> None:
        self.automaton, self.budget = automaton, budget
        self.graph, self.steps = automaton.arcs, automaton.question.steps
        if automaton.states * self.graph.nodes * (self.steps + 1) > _MOST:
            raise Stopped("limit")
        most = (self.graph.dearest + automaton.question.step) * self.steps + 1
        fits = most * PER_COST < 2**30
        self.kind: type[np.signedinteger[Any]] = np.int32 if fits else np.int64
        self.far = 2**30 if fits else 2**61
        self.layered = bool(automaton.question.layers)
        rows = automaton.masks * (automaton.signs + 1)
        self.arriving: Keys = np.full((rows, self.graph.nodes), self.far, self.kind)
        self.levels = [self._empty()]
        self.seen = np.zeros(self.graph.nodes, np.bool_)

    def run(self) -> None:
        """Levels from the ends while that is cheaper, then down to the starts."""
        graph, met = self.graph, list[_Met]()
        reached, active = self.automaton.starts, self._arrive(self.automaton.ends, 0)
        while len(met) + len(self.levels) <= self.steps:
            self.budget.look()
            if not self.layered and not len(active):
                self.levels += [self.levels[-1]] * (self.steps + 1 - len(self.levels))
                return
            if _degrees(graph.indptr, reached) <= _degrees(graph.into, active):
                met.append(self._leaving(reached, len(met) + 1))
                reached = self._distinct(met[-1].heads)
                if (allowed := self.automaton.allowed(len(met))) is not None:
                    reached = reached[allowed[reached]]
            else:
                active = self._arrive(self._backward(active), len(self.levels) - 1, active)
        touched = active
        for step in reversed(met):
            self.budget.look()
            nodes = self._forward(step)
            touched = self._arrive(nodes, len(self.levels) - 1, touched)

    def _empty(self) -> Keys:
        return np.full((self.automaton.states, self.graph.nodes), self.far, self.kind)

    def _arrive(self, nodes: Longs, left: int, before: Longs | None = None) -> Longs:
        """What it costs to reach nodes whose level ``left`` is new; those for which that is less.

        With layers, a node counts at one position alone: what stood ``before`` is wiped out.
        """
        automaton, far = self.automaton, self.far
        masks, signs = automaton.masks, automaton.signs
        if self.layered and before is not None:
            self.arriving[:, before] = far
        position = self.steps - left
        if (allowed := automaton.allowed(position)) is not None:
            nodes = nodes[allowed[nodes]]
        rest = self.levels[left][:, nodes].reshape(masks, signs, len(nodes))
        found = np.full((masks, signs + 1, len(nodes)), far, self.kind)
        hubs = np.multiply(self.graph.hubs[nodes], PER_COST, dtype=self.kind)
        np.minimum(rest + hubs, far, out=found[:, :signs])
        if automaton.may_end(position):
            mask, sign = divmod(automaton.accepted, signs)
            found[mask, sign, automaton.is_end[nodes]] = 0
        if (bits := automaton.node_bits) is not None:
            marked = np.flatnonzero(bits[nodes])
            after = found.copy()
            for mask in range(masks):
                found[mask][:, marked] = after[mask | bits[nodes[marked]], :, marked].T
        flat = found.reshape(masks * (signs + 1), len(nodes))
        less = (flat < (far if self.layered else self.arriving[:, nodes])).any(axis=0)
        self.arriving[:, nodes] = flat
        return nodes[less]

    def _through(self, arcs: Longs | None, heads: npt.NDArray[Any]) -> Iterator[tuple[int, Keys]]:
        """For each state before a step, what is to pay over each of some arcs."""
        automaton, graph = self.automaton, self.graph
        nodes, signs, masks = graph.nodes, automaton.signs, automaton.masks
        chosen = slice(None) if arcs is None else arcs
        price = graph.costs[chosen].astype(self.kind)
        price += self.kind(automaton.question.step)
        price *= self.kind(PER_COST)
        price += self.kind(1)
        flat = self.arriving.reshape(-1)
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

    def _backward(self, active: Longs) -> Longs:
        """The next level, from what changed in the last one; the nodes that it tells of."""
        graph, position = self.graph, self.steps - len(self.levels)
        level = self._empty() if self.layered else self.levels[-1].copy()
        self.levels.append(level)
        if _degrees(graph.into, active) > _DENSE * len(graph):
            return self._lower(level, self._everything())
        positions, lengths = spans(graph.into, active)
        tails, heads = graph.into_tails[positions], np.repeat(active, lengths)
        if (allowed := self.automaton.allowed(position)) is not None:
            kept = np.flatnonzero(allowed[tails])
            positions, tails, heads = positions[kept], tails[kept], heads[kept]
        return self._lower(level, _Met(tails, graph.into_arcs[positions].astype(np.int64), heads))

    def _forward(self, met: _Met) -> Longs:
        """The next level, for the nodes that were met on the way out."""
        self.levels.append(self._empty())
        return self._lower(self.levels[-1], met)

    def _lower(self, level: Keys, met: _Met) -> Longs:
        """Takes what is cheaper over some arcs into a level; gives their tails."""
        if met.arcs is None:
            first = self.graph.indptr[self._rows]
            allowed = self.automaton.allowed(self.steps - len(self.levels) + 1)
            kept = slice(None) if allowed is None else np.flatnonzero(allowed[self._rows])
            rows = self._rows[kept]
            for state, values in self._through(None, met.heads):
                least = np.minimum.reduceat(values, first)[kept]
                level[state, rows] = np.minimum(level[state, rows], least)
            return rows
        for state, values in self._through(met.arcs, met.heads):
            np.minimum.at(level[state], met.tails, values)
        return self._distinct(met.tails)

    def _leaving(self, nodes: Longs, position: int) -> _Met:
        """The arcs that leave some nodes for others that may stand at a position."""
        graph = self.graph
        if _degrees(graph.indptr, nodes) > _DENSE * len(graph):
            return self._everything()
        arcs, lengths = spans(graph.indptr, nodes)
        tails, heads = np.repeat(nodes, lengths), graph.heads[arcs]
        if (allowed := self.automaton.allowed(position)) is not None:
            kept = np.flatnonzero(allowed[heads])
            arcs, tails, heads = arcs[kept], tails[kept], heads[kept]
        return _Met(tails, arcs, heads)

    @cached_property
    def _rows(self) -> Longs:
        """The nodes that an arc leaves."""
        return np.flatnonzero(np.diff(self.graph.indptr))

    def _everything(self) -> _Met:
        return _Met(self._rows, None, self.graph.heads)

    def _distinct(self, nodes: npt.NDArray[Any]) -> Longs:
        """The different ones of some nodes, ascending."""
        if len(nodes) * 16 < len(self.seen):
            ordered = np.sort(nodes).astype(np.int64)
            new = np.ones(len(ordered), np.bool_)
            np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
            return ordered[new]
        self.seen[nodes] = True
        found = np.flatnonzero(self.seen)
        self.seen[found] = False
        return found


def _degrees(pointers: Longs, nodes: Longs) -> int:
    """How many arcs the rows of some nodes hold."""
    return int((pointers[nodes + 1] - pointers[nodes]).sum())
