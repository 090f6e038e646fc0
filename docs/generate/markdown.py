# SPDX-License-Identifier: Apache-2.0
"""Pieces of Markdown that the made pages share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence


def cell(text: str) -> str:
    r"""Text as it may stand in a table.

    >>> cell("a | b <c>")
    'a \\| b &lt;c>'
    """
    return " ".join(text.split()).replace("|", r"\|").replace("<", "&lt;").replace("[", r"\[")


def code(text: str) -> str:
    """Text as code; in a table, too, where a bar within code divides nothing.

    >>> code("[en|zh]")
    '`[en|zh]`'
    """
    return f"`{text}`" if text else ""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are Markdown already."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def prose(text: str) -> str:
    """A docstring as Markdown: options and what stands in double backticks are code, files of
    ``docs`` are links.

    >>> prose("``x`` and --top as docs/codes.md tells")
    '`x` and `--top` as [docs/codes.md](../codes.md) tells'
    """
    once = text.replace("``", "`").replace("<", "&lt;")
    once = re.sub(r"`[^`]*`|(?<![\w-])--[a-z][a-z-]*", lambda m: f"`{m[0].strip('`')}`", once)
    return re.sub(r"(?<![\w`/])docs/([\w/-]+\.(?:md|toml))", r"[docs/\1](../\1)", once)


def page(title: str, *parts: str) -> str:
    """A page of parts with an empty line between."""
    return "\n\n".join([f"# {title}", *(part.strip("\n") for part in parts if part)]) + "\n"
