# SPDX-License-Identifier: Apache-2.0
"""Ways on in a large graph, by the levels of ``sweep``, row by row in numpy."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from exograph.paths.engine.arcs import Longs
from exograph.paths.engine.budget import Budget
from exograph.paths.engine.question import Automaton
from exograph.paths.engine.sweep import PER_COST, Keys, Remaining, remaining

_FIRST = 12
"""Ways on that are sorted at first; four times as many later, each time they run out."""


Way: TypeAlias = tuple[int, int, bool, int, int, int, int]
"""A way on: least key to an end, rank, whether that is the end, arc, head, state, key paid."""


class Fan:
    """The ways on from a node, best first, sorted only as far as they are asked for.

    Those that are left are keys and positions in the node's row; ``told`` gives the rest of some.
    """

    __slots__ = ("keys", "positions", "taken", "told")

    def __init__(self, keys: Keys, positions: Longs, told: Callable[[Longs], list[Way]]) -> None:
        self.taken: list[Way] = []
        self.keys, self.positions, self.told = keys, positions, told

    def more(self) -> bool:
        """Takes the best of those that are left, with all that tie with the last of them; False if
        there are none."""
        left, most = len(self.keys), max(_FIRST, 3 * len(self.taken))
        if not left:
            return False
        chosen, later = self.positions, self.positions[:0]
        if left > 2 * most:
            limit = np.partition(self.keys, most)[most]
            first = self.keys <= limit
            chosen, later = self.positions[first], self.positions[~first]
            self.keys = self.keys[~first]
        else:
            self.keys = self.keys[:0]
        self.positions = later
        self.taken.extend(sorted(self.told(chosen)))
        return True


def fans(automaton: Automaton, budget: Budget) -> Callable[[int, int, int], Fan]:
    """The ways on from a node, at a position of a walk, in a state; each is worked out once.

    Raises Stopped at the deadline.
    """
    left = remaining(automaton, budget)
    known: dict[tuple[int, int, int], Fan] = {}

    def fan(node: int, depth: int, state: int) -> Fan:
        asked = node, depth, state
        if asked not in known:
            known[asked] = _fan(automaton, left, node, depth, state)
        return known[asked]

    return fan


def _fan(automaton: Automaton, left: Remaining, node: int, depth: int, state: int) -> Fan:
    graph, question, kind = automaton.arcs, automaton.question, left.kind
    begin, end = int(graph.indptr[node]), int(graph.indptr[node + 1])
    heads, level = graph.heads[begin:end], left.levels[question.steps - depth - 1]
    states: Keys | None = None
    if automaton.states == 1:
        rest = level[0][heads]
    else:
        states = _states(automaton, begin, end, state)
        rest = level[np.maximum(states, 0), heads]
        rest[states < 0] = left.far
    # What is not allowed has no level; a path that may end here is one more way.
    on = np.flatnonzero(rest < left.far)
    size, each = end - begin, kind(question.step * PER_COST + 1)

    def price(chosen: Longs) -> Keys:
        spent: Keys = np.multiply(graph.costs[begin:end][chosen], PER_COST, dtype=kind)
        spent += each
        return spent

    def paid(chosen: Longs) -> Keys:
        passing: Keys = np.multiply(graph.hubs[heads[chosen]], PER_COST, dtype=kind)
        return passing + price(chosen)

    def told(chosen: Longs) -> list[Way]:
        """Positions from ``size`` on stand for ways that end here."""
        arrives = chosen >= size
        chosen = np.where(arrives, chosen - size, chosen)
        spent = np.where(arrives, price(chosen), paid(chosen))
        keys = np.where(arrives, spent, spent + rest[chosen])
        after = np.zeros(len(chosen), np.int64) if states is None else states[chosen]
        columns = (keys, graph.ranks[begin:end][chosen], arrives, chosen + begin, heads[chosen])
        return list(zip(*(c.tolist() for c in (*columns, after, spent)), strict=True))

    keys = paid(on) + rest[on]
    if automaton.may_end(depth + 1):
        fits = automaton.is_end[heads]
        if states is not None:
            fits &= states == automaton.accepted
        here = np.flatnonzero(fits)
        keys, on = np.concatenate((keys, price(here))), np.concatenate((on, here + size))
    return Fan(keys, on, told)


def _states(automaton: Automaton, begin: int, end: int, state: int) -> Keys:
    """The state of a walk after each of the arcs of a row, -1 where there is no way on."""
    graph = automaton.arcs
    mask, sign = divmod(state, automaton.signs)
    turned = automaton.turns[sign][graph.signs[begin:end] + np.int8(1)]
    states: Keys = turned + np.int32(mask * automaton.signs)
    if automaton.masks > 1:
        marks = np.full(end - begin, mask, np.int32)
        if automaton.arc_bits is not None:
            marks |= automaton.arc_bits[begin:end]
        if automaton.node_bits is not None:
            marks |= automaton.node_bits[graph.heads[begin:end]]
        states = marks * automaton.signs + turned
    states[turned == automaton.signs] = -1
    return states
