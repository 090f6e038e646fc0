# SPDX-License-Identifier: Apache-2.0
"""How much a search may do: a deadline and a number of pieces of work."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

WORK_LIMIT = 2_000_000
"""Partial paths looked at before a search gives up: some seconds, below a gigabyte."""


class Stopped(Exception):
    """A search ran out of time or work; ``reason`` is ``deadline`` or ``limit``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass
class Budget:
    """Counts work, and raises Stopped when it is used up. ``timeout`` is in seconds.

    It counts from ``began``, a reading of ``time.monotonic``.
    """

    timeout: float | None = None
    limit: int = WORK_LIMIT
    used: int = 0
    began: float = field(default_factory=time.monotonic)
    deadline: float | None = field(init=False)

    def __post_init__(self) -> None:
        self.deadline = None if self.timeout is None else self.began + self.timeout

    def spend(self) -> None:
        """Called once per piece of work; looks at the clock now and then."""
        self.used += 1
        if self.used > self.limit:
            raise Stopped("limit")
        if self.used & 63 == 0:
            self.look()

    def look(self) -> None:
        """Looks at the clock. Called before each pass over many arcs."""
        if self.deadline is not None and time.monotonic() > self.deadline:
            raise Stopped("deadline")
