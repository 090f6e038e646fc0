# SPDX-License-Identifier: Apache-2.0
"""Ways on in a large graph, by the levels of ``sweep``, row by row in numpy."""

from __future__ import annotations

import itertools
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

    ``keys`` are those of the ways that are left; ``told`` gives some of these, by position.
    """

    __slots__ = ("keys", "left", "taken", "told")

    def __init__(self, keys: Keys, told: Callable[[Longs], list[Way]]) -> None:
        self.taken: list[Way] = []
        self.keys, self.told, self.left = keys, told, np.arange(len(keys))

    def more(self) -> bool:
        """Takes the best of those that are left, with all that tie with the last of them; False if
        there are none."""
        most, left = max(_FIRST, 3 * len(self.taken)), self.left
        if not len(left):
            return False
        if len(left) > 2 * most:
            limit = np.partition(self.keys, most)[most]
            first = self.keys <= limit
            later = ~first
            self.keys, self.left, left = self.keys[later], left[later], left[first]
        else:
            self.left = left[:0]
        self.taken.extend(sorted(self.told(left)))
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
    graph, kind, after = automaton.arcs, left.kind, depth + 1
    begin, end = int(graph.indptr[node]), int(graph.indptr[node + 1])
    heads = graph.heads[begin:end]
    price: Keys = np.multiply(graph.costs[begin:end], PER_COST, dtype=kind)
    price += kind(automaton.question.step * PER_COST + 1)
    states = None if automaton.states == 1 else _states(automaton, begin, end, state)
    ways: list[tuple[Keys, Keys, Longs]] = []  # keys to an end, keys paid, positions in the row
    on_their_way = 0
    if after < automaton.question.steps:
        level = left.levels[automaton.question.steps - after]
        if states is None:
            rest = level[0][heads]
        else:
            rest = level[np.maximum(states, 0), heads]
            rest[states < 0] = left.far
        on = np.flatnonzero(rest < left.far)  # what is not allowed has no level
        paid: Keys = np.multiply(graph.hubs[heads[on]], PER_COST, dtype=kind)
        paid += price[on]
        ways.append((paid + rest[on], paid, on))
        on_their_way = len(on)
    if automaton.may_end(after):
        fits = automaton.is_end[heads]
        if states is not None:
            fits &= states == automaton.accepted
        here = np.flatnonzero(fits)
        ways.append((price[here], price[here], here))
    keys, spent, positions = (
        ways[0] if len(ways) == 1 else map(np.concatenate, zip(*ways, strict=True))
    )

    def told(chosen: Longs) -> list[Way]:
        at = positions[chosen]
        state_after = itertools.repeat(0, len(at)) if states is None else states[at].tolist()
        return list(
            zip(
                keys[chosen].tolist(),
                graph.ranks[begin:end][at].tolist(),
                (chosen >= on_their_way).tolist(),
                (at + begin).tolist(),
                heads[at].tolist(),
                state_after,
                spent[chosen].tolist(),
                strict=True,
            )
        )

    return Fan(keys, told)


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
