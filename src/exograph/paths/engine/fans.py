# SPDX-License-Identifier: Apache-2.0
"""The ways on from a node, best first, by the least that each costs to an end.

In a small graph they are worked out from the start, as far as the search goes; in a large one from
the levels of ``sweep``.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import TypeAlias

import numpy as np

from exograph.paths.engine.arcs import Arcs, Longs
from exograph.paths.engine.budget import Budget
from exograph.paths.engine.question import NEXT_SIGN, Automaton
from exograph.paths.engine.sweep import PER_COST, Keys, Remaining, remaining

Way: TypeAlias = tuple[int, int, bool, int, int, int, int]
"""A way on: least key to an end, rank, whether that is the end, arc, head, state, key paid."""

Fans: TypeAlias = "Callable[[int, int, int], Fan]"
"""The ways on from a node, at a position of a walk, in a state."""

_FIRST = 12
"""Ways on that are sorted at first; four times as many later, each time they run out."""

_FAR = 1 << 62
_SMALL = 10_000
_NARROW = 2_000
"""Arcs and nodes of a graph, and arcs looked at for one question, up to which plain Python is
quicker."""


class Fan:
    """The ways on from a node, best first, sorted only as far as they are asked for.

    ``least`` is the key of the best one, ``deep`` how many steps the longest of them can go.
    """

    __slots__ = ("deep", "least", "taken")

    def __init__(self, taken: list[Way], least: int, deep: int) -> None:
        self.taken, self.least, self.deep = taken, least, deep

    def more(self) -> bool:
        """Adds some more ways to ``taken``; False if there are none."""
        return False


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


def fans(automaton: Automaton, budget: Budget) -> Fans:
    """The ways on for a question; each is worked out once. Raises Stopped at the deadline."""
    if max(len(automaton.arcs), automaton.arcs.nodes) <= _SMALL:
        near = _Near(automaton, budget)
        try:
            for start in automaton.starts.tolist():
                near.fan(start, 0, automaton.first_state(start))
        except _TooWide:
            pass
        else:
            return near.fan
    left = remaining(automaton, budget)
    known: dict[tuple[int, int, int], Fan] = {}

    def fan(node: int, depth: int, state: int) -> Fan:
        asked = node, depth, state
        if asked not in known:
            known[asked] = _swept(automaton, left, node, depth, state)
        return known[asked]

    return fan


class _TooWide(Exception):
    """A question reaches more arcs than plain Python should look at."""


class _Near:
    """Ways on worked out from the start, by recursion over what it reaches and an end can be."""

    def __init__(self, automaton: Automaton, budget: Budget) -> None:
        self.automaton, self.looked_at = automaton, 0
        self.steps = automaton.question.steps
        self.signs, self.accepted = automaton.signs, automaton.accepted
        self.turns = NEXT_SIGN[automaton.question.sign]
        self.layered = bool(automaton.question.layers)
        self.ends = frozenset(automaton.ends.tolist())
        self.mark = sum(1 << end for end in self.ends)
        self.beyond = reachable(automaton.arcs, budget)
        self.rows = rows(automaton.arcs, automaton.question.step)
        self.known: dict[int, Fan] = {}
        self.cut: dict[tuple[int, int], Fan] = {}
        self.states = automaton.states
        self.node_bits, self.arc_bits = automaton.node_bits, automaton.arc_bits
        self.marked = automaton.masks > 1
        self.open = None if self.layered else automaton.allowed(0)

    def fan(self, node: int, depth: int, state: int) -> Fan:
        """What is the same at any position, since no walk on is cut short there, is kept once."""
        place = node * self.states + state
        found = self.known.get(place)
        if found is not None and depth + found.deep <= self.steps:
            return found
        found = self.cut.get((place, depth))
        if found is None:
            found = self._fan(node, depth, state)
            if found.deep <= self.steps:
                self.known[place] = found
            else:
                self.cut[place, depth] = found
        return found

    def _fan(self, node: int, depth: int, state: int) -> Fan:
        row = self.rows[node]
        self.looked_at += len(row)
        if self.looked_at > _NARROW:
            raise _TooWide
        after, longest, marked, fan = depth + 1, self.steps + 1, self.marked, self.fan
        accepted, ends, beyond, mark = self.accepted, self.ends, self.beyond, self.mark
        last, allowed, accepts, deep, least = after == self.steps, self.open, True, 0, _FAR
        if self.layered:
            allowed, accepts, deep = self.automaton.allowed(after), last, longest
        mask, sign = divmod(state, self.signs) if marked else (0, state)
        turns = self.turns[sign]
        ways: list[Way] = []
        for arc, head, direction, price, paid, rank in row:
            if not beyond[head] & mark:
                continue
            to = turns[direction]
            if to < 0 or (allowed is not None and not allowed[head]):
                continue
            if marked:
                to += self.signs * (mask | self._marks(arc, head))
            if to == accepted and accepts and head in ends:
                ways.append((price, rank, True, arc, head, to, price))
                least = min(least, price)
            if last:
                deep = longest
                continue
            onward = fan(head, after, to)
            if onward.deep >= deep:
                deep = onward.deep + 1
            if onward.taken:
                key = paid + onward.least
                ways.append((key, rank, False, arc, head, to, paid))
                least = min(least, key)
        ways.sort()
        return Fan(ways, least, deep)

    def _marks(self, arc: int, head: int) -> int:
        """The bits of an arc and of the node that it reaches."""
        of_arc = 0 if self.arc_bits is None else int(self.arc_bits[arc])
        return of_arc | (0 if self.node_bits is None else int(self.node_bits[head]))


Row: TypeAlias = list[tuple[int, int, int, int, int, int]]


def reachable(arcs: Arcs, budget: Budget) -> list[int]:
    """For each node, as bits, itself and what is reached from it. Kept with the arcs.

    Nodes are gone through from the far end, so that one pass is enough where there is no circle;
    passes go on until there is no news. Raises Stopped at the deadline.
    """
    kept: list[int] | None = arcs.__dict__.get("_reachable")
    if kept is None:
        kept = [1 << node for node in range(arcs.nodes)]
        indptr, heads = arcs.indptr.tolist(), arcs.heads.tolist()
        order = _from_the_far_end(indptr, heads)
        news = True
        while news:
            news = False
            budget.look()
            for node in order:
                found = kept[node]
                for head in heads[indptr[node] : indptr[node + 1]]:
                    found |= kept[head]
                if found != kept[node]:
                    kept[node], news = found, True
        arcs.__dict__["_reachable"] = kept
    return kept


def _from_the_far_end(indptr: list[int], heads: list[int]) -> list[int]:
    """The nodes that arcs leave, each after what it leads to, as far as circles allow."""
    begun, order = [False] * (len(indptr) - 1), []
    for root in range(len(begun)):
        if begun[root] or indptr[root] == indptr[root + 1]:
            continue
        begun[root] = True
        trail = [(root, indptr[root])]
        while trail:
            node, at = trail.pop()
            if at == indptr[node + 1]:
                order.append(node)
                continue
            trail.append((node, at + 1))
            head = heads[at]
            if not begun[head]:
                begun[head] = True
                trail.append((head, indptr[head]))
    return order


def rows(arcs: Arcs, step: int) -> list[Row]:
    """For each node the arcs that leave it: number, head, sign + 1, keys without and with the hub
    at the head, rank. ``step`` is the cost of a step. Kept with the arcs.
    """
    kept: dict[int, list[Row]] = arcs.__dict__.setdefault("_rows", {})
    if step not in kept:
        price = (arcs.costs.astype(np.int64) + step) * PER_COST + 1
        paid = price + arcs.hubs[arcs.heads].astype(np.int64) * PER_COST
        columns = (arcs.heads, arcs.signs + np.int8(1), price, paid, arcs.ranks)
        every = zip(range(len(arcs)), *(column.tolist() for column in columns), strict=True)
        kept[step] = [list(islice(every, n)) for n in np.diff(arcs.indptr).tolist()]
    return kept[step]


def _swept(automaton: Automaton, left: Remaining, node: int, depth: int, state: int) -> Fan:
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
