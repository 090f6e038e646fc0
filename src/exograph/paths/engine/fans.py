# SPDX-License-Identifier: Apache-2.0
"""The ways on from a node, best first, by the least that each costs to an end.

In a small graph they are worked out from the start, as far as the search goes; in a large one from
the levels of ``sweep``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from exograph.paths.engine.arcs import Arcs
from exograph.paths.engine.budget import Budget
from exograph.paths.engine.question import Automaton
from exograph.paths.engine.sweep import PER_COST, Keys, Remaining, remaining

Way: TypeAlias = tuple[int, int, bool, int, int, int, int]
"""A way on: least key to an end, rank, whether that is the end, arc, head, state, key paid."""

Fans: TypeAlias = "Callable[[int, int, int], Fan]"
"""The ways on from a node, at a position of a walk, in a state."""

_FIRST = 48
"""Ways on that are sorted at first; four times as many later, each time they run out."""

_SMALL = 20_000
_NARROW = 2_000
"""Arcs of a graph, and arcs looked at for one question, up to which plain Python is quicker."""


_NONE = np.zeros(0, np.int64)


class Fan:
    """The ways on from a node, best first, sorted only as far as they are asked for."""

    __slots__ = ("columns", "deep", "keys", "taken")

    def __init__(
        self, taken: list[Way], keys: Keys = _NONE, columns: tuple[Keys, ...] = ()
    ) -> None:
        self.taken, self.keys, self.columns = taken, keys, columns
        self.deep = 0

    def at(self, position: int) -> Way | None:
        """The way at a position, from 0; None beyond the last."""
        while position >= len(self.taken):
            if not len(self.keys):
                return None
            self._sort_more()
        return self.taken[position]

    def _sort_more(self) -> None:
        """Sorts the best of those that are left, with all that tie with the last of them."""
        most = max(_FIRST, 3 * len(self.taken))
        if len(self.keys) <= 2 * most:
            chosen, later = np.arange(len(self.keys)), None
        else:
            limit = np.partition(self.keys, most)[most]
            chosen, later = np.flatnonzero(self.keys <= limit), np.flatnonzero(self.keys > limit)
        keys, columns = self.keys[chosen], [column[chosen] for column in self.columns]
        order = np.lexsort((columns[1], columns[0], keys))
        rows = (keys[order].tolist(), *(column[order].tolist() for column in columns))
        self.taken.extend(zip(*rows, strict=True))
        self.keys = self.keys[later] if later is not None else self.keys[:0]
        if later is not None:
            self.columns = tuple(column[later] for column in self.columns)


def fans(automaton: Automaton, budget: Budget) -> Fans:
    """The ways on for a question; each is worked out once. Raises Stopped at the deadline."""
    if len(automaton.arcs) <= _SMALL:
        near = _Near(automaton)
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

    def __init__(self, automaton: Automaton) -> None:
        self.automaton, self.graph, self.looked_at = automaton, automaton.arcs, 0
        self.steps, self.step = automaton.question.steps, automaton.question.step
        ends = automaton.ends.tolist()
        self.ends = frozenset(ends)
        self.beyond = reachable(self.graph)
        self.mark = sum(1 << end for end in ends)
        self.turns = automaton.turns.tolist()
        self.layered = bool(automaton.question.layers)
        self.known: dict[tuple[int, int], Fan] = {}
        self.cut: dict[tuple[int, int, int], Fan] = {}

    def fan(self, node: int, depth: int, state: int) -> Fan:
        """What is the same at any position, since no walk on is cut short there, is kept once."""
        found = self.known.get((node, state))
        if found is not None and depth + found.deep <= self.steps:
            return found
        found = self.cut.get((node, depth, state))
        if found is None:
            found = self._fan(node, depth, state)
            if found.deep <= self.steps:
                self.known[node, state] = found
            else:
                self.cut[node, depth, state] = found
        return found

    def _fan(self, node: int, depth: int, state: int) -> Fan:
        automaton, ways, after = self.automaton, list[Way](), depth + 1
        signs, accepted, ends = automaton.signs, automaton.accepted, self.ends
        beyond, mark = self.beyond, self.mark
        row = rows(self.graph, node)
        self.looked_at += len(row)
        if self.looked_at > _NARROW:
            raise _TooWide
        mask, sign = divmod(state, signs)
        turns = self.turns[sign]
        node_bits, arc_bits = automaton.node_bits, automaton.arc_bits
        allowed, may_end = automaton.allowed(after), automaton.may_end(after)
        last, deep = after == self.steps, self.steps + 1 if self.layered else 0
        for arc, head, direction, cost, hub, rank in row:
            if not beyond[head] & mark:
                continue
            turned = turns[direction + 1]
            if turned == signs or (allowed is not None and not allowed[head]):
                continue
            marks = mask
            if arc_bits is not None:
                marks |= int(arc_bits[arc])
            if node_bits is not None:
                marks |= int(node_bits[head])
            to = marks * signs + turned
            price = (cost + self.step) * PER_COST + 1
            if may_end and to == accepted and head in ends:
                ways.append((price, rank, True, arc, head, to, price))
            if last:
                deep = self.steps + 1
                continue
            onward = self.fan(head, after, to)
            if onward.deep >= deep:
                deep = onward.deep + 1
            if onward.taken:
                paid = price + hub * PER_COST
                ways.append((paid + onward.taken[0][0], rank, False, arc, head, to, paid))
        ways.sort()
        found = Fan(ways)
        found.deep = deep
        return found


Row: TypeAlias = tuple[tuple[int, int, int, int, int, int], ...]


def reachable(arcs: Arcs) -> list[int]:
    """For each node, as bits, itself and what is reached from it. Kept with the arcs.

    Each pass over the arcs lets news travel as far as it goes downward in number, or in a circle;
    it ends when there is none.
    """
    kept: list[int] | None = arcs.__dict__.get("_reachable")
    if kept is None:
        kept = [1 << node for node in range(arcs.nodes)]
        pairs = list(zip(arcs.tails.tolist(), arcs.heads.tolist(), strict=True))
        pairs += reversed(pairs)
        news = True
        while news:
            news = False
            for tail, head in pairs:
                both = kept[tail] | kept[head]
                if both != kept[tail]:
                    kept[tail], news = both, True
        arcs.__dict__["_reachable"] = kept
    return kept


def rows(arcs: Arcs, node: int) -> Row:
    """Number, head, sign, cost, cost of passing the head and rank of each arc that leaves a node.

    Kept with the arcs.
    """
    kept: dict[int, Row] = arcs.__dict__.setdefault("_rows", {})
    if node not in kept:
        begin, end = int(arcs.indptr[node]), int(arcs.indptr[node + 1])
        heads = arcs.heads[begin:end]
        columns = (heads, arcs.signs[begin:end], arcs.costs[begin:end], arcs.hubs[heads])
        lists = (column.tolist() for column in (*columns, arcs.ranks[begin:end]))
        kept[node] = tuple(zip(range(begin, end), *lists, strict=True))
    return kept[node]


def _swept(automaton: Automaton, left: Remaining, node: int, depth: int, state: int) -> Fan:
    """The ways on from a node that stands at position ``depth`` of a walk."""
    graph, question, kind = automaton.arcs, automaton.question, left.kind
    begin, end = int(graph.indptr[node]), int(graph.indptr[node + 1])
    heads = graph.heads[begin:end]
    price = (graph.costs[begin:end].astype(kind) + kind(question.step)) * kind(PER_COST) + kind(1)
    alive = np.ones(end - begin, np.bool_)
    after = np.zeros(end - begin, np.int32)
    if automaton.states > 1:
        mask, sign = divmod(state, automaton.signs)
        turned = automaton.turns[sign][graph.signs[begin:end] + np.int8(1)]
        alive &= turned < automaton.signs
        marks = np.full(end - begin, mask, np.int32)
        if automaton.arc_bits is not None:
            marks |= automaton.arc_bits[begin:end]
        if automaton.node_bits is not None:
            marks |= automaton.node_bits[heads]
        after = np.where(alive, marks * automaton.signs + turned, 0)
    if (allowed := automaton.allowed(depth + 1)) is not None:
        alive &= allowed[heads]
    paid = price + graph.hubs[heads].astype(kind) * kind(PER_COST)
    rest = left.levels[question.steps - depth - 1][after, heads]
    on = np.flatnonzero(alive & (rest < left.far))
    here = np.zeros(0, np.int64)
    if automaton.may_end(depth + 1):
        here = np.flatnonzero(alive & (after == automaton.accepted) & automaton.is_end[heads])
    both = np.concatenate((on, here))
    arrives = np.zeros(len(both), np.bool_)
    arrives[len(on) :] = True
    return Fan(
        [],
        np.concatenate((paid[on] + rest[on], price[here])),
        (graph.ranks[begin:end][both], arrives, both + begin, heads[both], after[both], paid[both]),
    )
