# SPDX-License-Identifier: Apache-2.0
"""Turtle, as the snapshot holds it, or made from its N-Quads if it is too large to hold both."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator

from exograph.exchange.content import Content
from exograph.exchange.formats import Files
from exograph.exchange.plain import pieces

_PIECE = 1 << 20


def turtle(content: Content) -> Files:
    """The triples with prefixes, one subject after the other."""
    yield "", pieces(content.turtle) if content.turtle.exists() else _made(content)


def _made(content: Content) -> Iterator[bytes]:
    from exograph.store import write_turtle

    with tempfile.TemporaryFile() as file:
        write_turtle(content.nquads, content.prefixes, file)
        file.seek(0)
        yield from iter(lambda: file.read(_PIECE), b"")
