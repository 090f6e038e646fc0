# SPDX-License-Identifier: Apache-2.0
"""The ways on from a node, best first: what the search asks for, however they are worked out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Way: TypeAlias = tuple[int, int, bool, int, int, int, int]
"""A way on: least key to an end, rank, whether that is the end, arc, head, state, key paid."""

Fans: TypeAlias = "Callable[[int, int, int], Fan]"
"""The ways on from a node, at a position of a walk, in a state."""


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
