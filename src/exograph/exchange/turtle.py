# SPDX-License-Identifier: Apache-2.0
"""Turtle, as the snapshot holds it."""

from __future__ import annotations

from exograph.exchange.content import Content
from exograph.exchange.formats import Files
from exograph.exchange.plain import pieces


def turtle(content: Content) -> Files:
    """The triples with prefixes, one subject after the other."""
    yield "", pieces(content.turtle)
