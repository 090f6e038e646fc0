# SPDX-License-Identifier: Apache-2.0
"""Ways on in a small graph, worked out in plain Python from what a start reaches.

There each call of numpy would cost more than the search.
"""

from __future__ import annotations

from itertools import islice
from typing import TypeAlias

import numpy as np

from exograph.paths.engine.arcs import Arcs
from exograph.paths.engine.budget import Budget
from exograph.paths.engine.question import NEXT_SIGN, Automaton
from exograph.paths.engine.sweep import PER_COST
from exograph.paths.engine.ways import Fan, Way

_FAR = 1 << 62
_NARROW = 2_000
"""Arcs looked at for one question up to which plain Python is quicker."""


class TooWide(Exception):
    """A question reaches more arcs than plain Python should look at."""


class Near:
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
            raise TooWide
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
