# SPDX-License-Identifier: Apache-2.0
"""How much strangers may ask for."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

KIB, MIB, GIB = 1024, 1024**2, 1024**3


def _connections() -> int:
    """512, or fewer: half of the files that may be open."""
    import resource

    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return 512 if files == resource.RLIM_INFINITY else min(512, files // 2)


@dataclass(frozen=True)
class Limits:
    """Seconds and bytes. ``timeout`` is the longest that a query may take, ``waiting`` how many
    may stand in line while all workers work.
    """

    timeout: float = 10.0
    memory: int = GIB
    answer: int = 32 * MIB
    body: int = 2 * MIB
    headers: int = 16 * KIB
    patience: float = 10.0
    """Seconds for the head of a request to come, for its body, for a client to take 64 KiB."""
    held: int = 256 * MIB
    """All long answers together that clients have not taken yet."""
    connections: int = field(default_factory=_connections)
    workers: int = field(default_factory=lambda: max(2, os.cpu_count() or 2))
    waiting: int = 64

    @property
    def own(self) -> float:
        """Seconds for pages and documents of ours, however short the time for a query is."""
        return max(30.0, self.timeout)
