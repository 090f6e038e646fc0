# SPDX-License-Identifier: Apache-2.0
"""Which of two ways to the same bounds a question takes."""

from __future__ import annotations

from exograph.paths.engine.budget import Budget
from exograph.paths.engine.near import Near, TooWide
from exograph.paths.engine.question import Automaton
from exograph.paths.engine.sweep import remaining
from exograph.paths.engine.ways import Fan, Fans
from exograph.paths.engine.wide import wide_fan

_SMALL = 10_000
"""Arcs and nodes of a graph up to which plain Python may be quicker."""


def fans(automaton: Automaton, budget: Budget) -> Fans:
    """The ways on for a question; each is worked out once. Raises Stopped at the deadline."""
    if max(len(automaton.arcs), automaton.arcs.nodes) <= _SMALL:
        near = Near(automaton, budget)
        try:
            for start in automaton.starts.tolist():
                near.fan(start, 0, automaton.first_state(start))
        except TooWide:
            pass
        else:
            return near.fan
    left = remaining(automaton, budget)
    known: dict[tuple[int, int, int], Fan] = {}

    def fan(node: int, depth: int, state: int) -> Fan:
        asked = node, depth, state
        if asked not in known:
            known[asked] = wide_fan(automaton, left, node, depth, state)
        return known[asked]

    return fan
