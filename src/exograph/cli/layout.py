# SPDX-License-Identifier: Apache-2.0
"""Text in lines for a terminal, where a Chinese character takes two columns."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator

from exograph.views.text import clean, width

_WIDEST = 100
_PIECES = re.compile(r"\s+|[^\s\u2e80-\uffef“]+|“?.", re.DOTALL)
"""A run of blanks, a word, or one wide character, with the quotation mark that opens before it."""
_NEVER_FIRST = "，。、；：？！）》」』”’,.;:?!)]"


def line_width() -> int:
    """Columns to fill: the terminal's, at most 100; in a pipe 100, so that output is the same."""
    if sys.stdout is None or not sys.stdout.isatty():
        return _WIDEST
    return max(40, min(_WIDEST, shutil.get_terminal_size().columns))


def wrapped(text: str, indent: str, columns: int, hanging: str | None = None) -> Iterator[str]:
    """Lines of at most so many columns, if no word is longer; Chinese breaks anywhere.

    Lines after the first begin with ``hanging``, if given. What a terminal would obey is made
    visible instead.

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
