# SPDX-License-Identifier: Apache-2.0
"""Which of the forms that we can give a client likes best (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence

Offer = tuple[str, str]
"""A form, and a media type that stands for it."""

_QUALITY = re.compile(r"(?:0?(?:\.[0-9]*)?|1(?:\.0*)?)\Z")
"""Wider than the standard: Java has long sent ``*; q=.2``, and means ``*/*;q=0.2``."""


def best(accept: str | None, offers: Sequence[Offer]) -> Offer | None:
    """The offer of the highest quality, of equal ones the first; None if none is acceptable.

    A range that names a media type exactly decides over ``type/*``, and that over ``*/*``.

    >>> best("text/*;q=0.5, text/csv", [("tsv", "text/tab-separated-values"), ("csv", "text/csv")])
    ('csv', 'text/csv')
    >>> best("image/png", [("csv", "text/csv")]) is None
    True
    """
    if accept is None or not accept.strip():
        return offers[0]
    ranges = _ranges(accept)
    wanted = [(_quality(media, ranges), offer) for offer in offers for media in offer[1:]]
    quality, chosen = max(wanted, key=lambda one: one[0])
    return chosen if quality > 0 else None


def _ranges(accept: str) -> dict[str, float]:
    """Qualities by media range. What is no range at all is left out; parameters are not looked at,
    but for the quality."""
    found: dict[str, float] = {}
    for part in accept.split(","):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                quality = float(f"0{value}") if _QUALITY.match(value.strip()) else 0.0
        if media == "*":
            media = "*/*"
        if "/" in media:
            found[media] = max(quality, found.get(media, 0.0))
    return found


def _quality(media: str, ranges: dict[str, float]) -> float:
    for range in (media, f"{media.partition('/')[0]}/*", "*/*"):
        if range in ranges:
            return ranges[range]
    return 0.0
