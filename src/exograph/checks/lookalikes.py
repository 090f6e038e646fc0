# SPDX-License-Identifier: Apache-2.0
"""Characters that look like plain letters of an id, but are others."""

from __future__ import annotations

import unicodedata

_LIKE = str.maketrans(
    dict(zip("авеікмоѕрстухһјԁԛԝ", "abeikmospctyxhjdqw", strict=True))
    | dict(zip("αβεικνορτυχμ", "abeikvoptuxu", strict=True))
    | dict.fromkeys("‐‑‒–—―−·・", "-")
)
"""Cyrillic and Greek small letters and several dashes; full width is undone by NFKC."""


def plain(text: str) -> str:
    """The text in plain letters, as far as its characters only look different.

    >>> plain("\u0441d31"), plain("ｍiR-21")
    ('cd31', 'mir-21')
    """
    folded = unicodedata.normalize("NFKC", text).lower().translate(_LIKE)
    bare = (c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))
    return "".join(bare)


def named(text: str) -> str:
    """The characters outside ASCII with their names; empty if there are none.

    >>> named("\u0441d31")
    "'с' CYRILLIC SMALL LETTER ES"
    """
    strange = [c for c in dict.fromkeys(text) if ord(c) > 127]
    return ", ".join(f"{c!r} {unicodedata.name(c, f'U+{ord(c):04X}')}" for c in strange[:8])
