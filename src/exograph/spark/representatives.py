# SPDX-License-Identifier: Apache-2.0
"""Which of the paths to one place are needed, so that any way on finds one that it does not meet.

Of all paths to a place, best first, one is left out if whatever way on it could take, some better
path could take, too: if no set of as many nodes as a way on may still pass meets every better path
that is kept, and not the path itself (representative families: Monien 1985, How to find long
paths efficiently). With p nodes between and q to come, at most C(p + q, p) of equal length stay
(Bollobás 1965), however many paths there are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple


class Label(NamedTuple):
    """A path to a place: what it costs, its steps, who tells it now (-1 for anybody), and the nodes
    it passed between the start and the place."""

    cost: int
    steps: int
    teller: int
    passed: frozenset[int]


class Needed:
    """Those of the paths to one place that are needed, as they come, best first.

    ``most`` is how many steps a path may have, ``change`` what it costs at most that another study
    goes on with the story.

    >>> a, b = Label(1, 2, -1, frozenset({7})), Label(2, 2, -1, frozenset({8}))
    >>> needed = Needed(most=3, change=0)
    >>> needed.takes(a), needed.takes(b)  # the way on may be over 7
    (True, True)
    >>> needed = Needed(most=2, change=0)
    >>> needed.takes(a), needed.takes(b)  # there is none
    (True, False)
    """

    def __init__(self, most: int, change: int) -> None:
        self.most, self.change = most, change
        self._kept: list[Label] = []

    def takes(self, label: Label) -> bool:
        """Whether a path is needed beside those that were taken before, none of which is worse or
        has more steps."""
        rivals = [
            better.passed - label.passed
            for better in self._kept
            if better.teller in (-1, label.teller) or better.cost + self.change < label.cost
        ]
        if not met(rivals, self.most - label.steps):
            return False
        self.holds(label)
        return True

    def holds(self, label: Label) -> None:
        """A path that was taken in another round."""
        self._kept.append(label)


def met(sets: Collection[frozenset[int]], most: int) -> bool:
    """Whether so many elements are enough to have one of each set. Exponential in ``most``.

    >>> met([frozenset({1, 2}), frozenset({2, 3})], 1), met([frozenset({1}), frozenset({3})], 1)
    (True, False)
    """
    if not sets:
        return True
    smallest = min(sets, key=len)
    if most <= 0 or not smallest or _apart(sets, most) > most:
        return False
    return any(met([s for s in sets if element not in s], most - 1) for element in smallest)


def _apart(sets: Iterable[frozenset[int]], most: int) -> int:
    """How many of the sets have nothing in common, counted until there are more than ``most``."""
    seen: set[int] = set()
    count = 0
    for one in sorted(sets, key=len):
        if seen.isdisjoint(one):
            seen |= one
            count += 1
            if count > most:
                break
    return count


def of_places(
    rows: Iterable[dict[str, Any]], steps: int, most: int, change: int
) -> Iterator[dict[str, Any]]:
    """The rows of ``steps`` steps that are needed, of rows that stand by place, then best first.

    A place is a start, a node and a sign. Rows of fewer steps were found to be needed before. No
    more is held than what is needed of one place.
    """
    for _, at_place in groupby(rows, key=itemgetter("start", "node", "sign")):
        needed = Needed(most, change)
        for row in at_place:
            passed = frozenset(row["nodes"][:-1])
            label = Label(row["cost"], row["steps"], row["teller"], passed)
            if label.steps < steps:
                needed.holds(label)
            elif needed.takes(label):
                yield row
