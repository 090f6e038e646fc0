# SPDX-License-Identifier: Apache-2.0
"""How wide text will be before anything is drawn: wrapping labels, and sizing their plates.

Widths are in em of a usual sans-serif face. They are estimates on the wide side; the page clips
nothing because of them, it only shrinks a line that turns out wider than its plate.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NARROW = frozenset("fijlrtI.,:;'|!()[]{}/ -·")
_WIDE = frozenset("mwMW@%—")


def em(text: str) -> float:
    """Estimated width of ``text`` in em.

    >>> em("血管") > em("il")
    True
    """
    return sum(map(_width, text))


@lru_cache(10_000)
def _width(char: str) -> float:
    if unicodedata.combining(char):
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return 1.0
    if char in _NARROW:
        return 0.33
    if char in _WIDE:
        return 0.88
    return 0.64 if char.isupper() or char.isdigit() else 0.575


def visible(text: str) -> str:
    r"""The text on one line, with control and formatting characters spelled out.

    >>> visible("a\u202eb\x00\n c")
    'a\\u202eb\\x00 c'
    """
    flat = " ".join(text.split())
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in flat)


def _pieces(text: str) -> list[str]:
    """Where a line may break: after a space, a hyphen or a slash inside words, at any ideograph."""
    found = re.findall(
        r"[\u2e80-\u9fff\uff00-\uffef]|[^\s\-/\u2e80-\u9fff\uff00-\uffef]+[\-/]?\s*|[\-/]\s*|\s+",
        text,
    )
    return [piece for piece in found if piece]


@lru_cache(20_000)
def wrap(text: str, limit: float, most: int = 3) -> tuple[str, ...]:
    """Lines of at most ``limit`` em where words allow it; the last of ``most`` ends in an ellipsis.

    Of the ways to break with the fewest lines, the one with the most even lines is taken.

    >>> wrap("differentiation of fibroblasts into myofibroblasts", 14)
    ('differentiation of fibroblasts', 'into myofibroblasts')
    """
    pieces = _pieces(" ".join(text.split()))
    lines = _fill(pieces, limit)
    if len(lines) > most:
        last = lines[most - 1]
        while last and em(last + "…") > limit:
            last = last[:-1]
        return (*lines[: most - 1], last.rstrip() + "…")
    best = lines
    for tried in range(1, 40):
        narrower = _fill(pieces, limit - 0.35 * tried)
        if len(narrower) > len(lines) or max(map(em, narrower), default=0) > limit:
            break
        if max(map(em, narrower), default=0) <= max(map(em, best), default=0):
            best = narrower
    return tuple(best) or ("",)


def _fill(pieces: list[str], limit: float) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece in pieces:
        if line and em((line + piece).rstrip()) > limit and piece not in "，。、；：）)":
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    if line.strip():
        lines.append(line.rstrip())
    return lines
