# SPDX-License-Identifier: Apache-2.0
"""N-Quads, as the snapshot holds them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from exograph.exchange.content import Content
from exograph.exchange.formats import Files

_PIECE = 1 << 20


def nquads(content: Content) -> Files:
    """The triples of the snapshot, which are sorted."""
    yield "", pieces(content.nquads)


def pieces(path: Path) -> Iterator[bytes]:
    """A file as it is."""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
