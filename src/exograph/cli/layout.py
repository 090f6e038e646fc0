# SPDX-License-Identifier: Apache-2.0
"""Text in lines and columns for a terminal, where a Chinese character takes two places.

What a terminal would obey is made visible: no label or quote can move the cursor or hide text.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Collection, Iterator, Sequence

_WIDEST = 100
_PIECES = re.compile(r"\s+|[^\s\u2e80-\uffef“]+|“?.", re.DOTALL)
"""A run of blanks, a word, or one wide character, with the quotation mark that opens before it."""
_NEVER_FIRST = "，。、；：？！）》」』”’,.;:?!)]"


def line_width() -> int:
    """Columns to fill: the terminal's, at most 100; in a pipe 100, so that output is the same."""
    if sys.stdout is None or not sys.stdout.isatty():
        return _WIDEST
    import shutil

    return max(40, min(_WIDEST, shutil.get_terminal_size().columns))


def clean(text: str) -> str:
    r"""The text on one line, with control and formatting characters made visible.

    >>> clean("a\x1b[31mb\n c")
    'a\\x1b[31mb c'
    """
    flat = " ".join(text.split())
    if flat.isprintable():
        return flat
    return "".join(
        c if c.isprintable() or unicodedata.category(c) == "Zs" else ascii(c)[1:-1] for c in flat
    )


def width(text: str) -> int:
    """Places that a text takes: wide characters two, combining marks none.

    >>> width("血管 VEGFA")
    10
    """
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def wrapped(text: str, indent: str, columns: int, hanging: str | None = None) -> Iterator[str]:
    """Lines of at most so many columns, if no word is longer; Chinese breaks anywhere.

    Lines after the first begin with ``hanging``, if given.

    >>> list(wrapped("miR-126 促进血管生成。", "  ", 14))
    ['  miR-126 促进', '  血管生成。']
    """
    prefix, line = indent, ""
    for piece in _PIECES.findall(clean(text)):
        room = columns - width(prefix)
        full = width(line) + width(piece.rstrip()) > room
        if full and line.strip() and piece not in _NEVER_FIRST:
            yield f"{prefix}{line.rstrip()}"
            prefix, line = indent if hanging is None else hanging, ""
        if line or not piece.isspace():
            line += piece
    if line.strip():
        yield f"{prefix}{line.rstrip()}"


def table(rows: Sequence[Sequence[str]], right: Collection[int] = ()) -> str:
    """Rows with their cells under one another, two blanks apart; ``right`` are columns of numbers.

    >>> print(table([("血管生成", "12"), ("VEGFA", "3")], right=[1]))
    血管生成  12
    VEGFA      3
    """
    shown = [[clean(cell) for cell in row] for row in rows]
    widths = [max(map(width, cells)) for cells in zip(*shown, strict=True)]
    lines = []
    for row in shown:
        gaps = [" " * (w - width(cell)) for cell, w in zip(row, widths, strict=True)]
        cells = [
            g + c if n in right else c + g for n, (c, g) in enumerate(zip(row, gaps, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
