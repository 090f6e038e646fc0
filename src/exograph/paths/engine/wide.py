# SPDX-License-Identifier: Apache-2.0
"""Ways on in a large graph, by the levels of ``sweep``, row by row in numpy."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from exograph.paths.engine.arcs import Longs
from exograph.paths.engine.question import Automaton
from exograph.paths.engine.sweep import PER_COST, Keys, Remaining
from exograph.paths.engine.ways import Fan, Way

_FIRST = 12
"""Ways on that are sorted at first; four times as many later, each time they run out."""


class _WideFan(Fan):
    """The ways on as keys and positions in a node's row; ``told`` gives the rest of some."""

    __slots__ = ("keys", "positions", "told")

    def __init__(self, keys: Keys, positions: Longs, told: Callable[[Longs], list[Way]]) -> None:
        super().__init__([], 0, 0)
        self.keys, self.positions, self.told = keys, positions, told

    def more(self) -> bool:
        """Takes the best of those that are left, with all that tie with the last of them."""
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


def wide_fan(automaton: Automaton, left: Remaining, node: int, depth: int, state: int) -> Fan:
    """The ways on from a node that stands at position ``depth`` of a walk."""
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
    return _WideFan(keys, on, told)


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
