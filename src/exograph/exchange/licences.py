# SPDX-License-Identifier: Apache-2.0
"""What the licences of sources stand for on the web."""

from __future__ import annotations

from collections.abc import Iterable

from exograph.model import Source

IRIS = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
"""By their names in SPDX."""


def common(sources: Iterable[Source]) -> str | None:
    """The IRI of the licence that all sources have; None if they have none in common."""
    held = {s.licence for s in sources}
    return IRIS.get(held.pop()) if len(held) == 1 else None
