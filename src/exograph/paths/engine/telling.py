# SPDX-License-Identifier: Apache-2.0
"""Who may tell the arcs of a path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

EVERY = -1
"""All bits, however many there are."""


@dataclass(frozen=True, eq=False, slots=True)
class Telling:
    """Who may tell each arc, as sets in bits; all bits for an arc that does not matter.

    Of ``common`` one is to be the same for the whole path. Each time that no one of ``holders``
    can go on, the story changes hands, which costs ``change``, in millionths.
    """

    common: Sequence[int] | None = None
    holders: Sequence[int] | None = None
    change: int = 0


ANYBODY = Telling()
"""All arcs may be told by whomever, in any turn."""
