# SPDX-License-Identifier: Apache-2.0
"""How dark a number is drawn, and in which ink it can be read there."""

from __future__ import annotations

import math
from collections.abc import Sequence

LIGHT, DARK = (234, 242, 250), (8, 64, 129)
FAINT = "#667080"


def shade(routes: int, most: int) -> tuple[str, str]:
    """Fill and ink of a cell: the darker the more routes, by their logarithm.

    >>> shade(0, 9), shade(9, 9)
    (('#ffffff', '#667080'), ('#084081', '#ffffff'))
    """
    if not routes:
        return "#ffffff", FAINT
    depth = math.log1p(routes) / math.log1p(max(most, routes))
    mixed = [round(a + (b - a) * depth**1.5) for a, b in zip(LIGHT, DARK, strict=True)]
    fill = "#{:02x}{:02x}{:02x}".format(*mixed)
    return fill, "#ffffff" if _luminance(mixed) < 0.18 else "#000000"  # at least 4.5 : 1


def _luminance(colour: Sequence[int]) -> float:
    """Relative luminance of red, green and blue, as WCAG 2 defines it."""
    shares = [c / 255 for c in colour]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
