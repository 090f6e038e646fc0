# SPDX-License-Identifier: Apache-2.0
"""Text of many small parts, written as bytes in pieces of a good size."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

_PARTS = 1000
_UNFIT = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARKUP = re.compile('[&<>"\t\n\r]|' + _UNFIT.pattern)
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


def encoded(parts: Iterable[str]) -> Iterator[bytes]:
    """The parts, one after the other, in UTF-8. A lone surrogate becomes ``?``."""
    parts = iter(parts)
    while piece := "".join(islice(parts, _PARTS)):
        yield piece.encode("utf-8", "replace")


def fit(text: str) -> str:
    """The text with U+FFFD for what XML 1.0 cannot hold, however it is written: most controls.

    >>> fit("a" + chr(0) + "b"), fit("外泌体" + chr(10))
    ('a�b', '外泌体\\n')
    """
    return _UNFIT.sub("�", text)


def markup(text: str) -> str:
    """The text as it stands in XML, in an element or between double quotes.

    Line ends and tabs survive. What XML cannot hold becomes U+FFFD.

    >>> markup('<a> & "b"' + chr(10) + chr(7))
    '&lt;a&gt; &amp; &quot;b&quot;&#10;�'
    """
    return _MARKUP.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    if character in _ESCAPES:
        return _ESCAPES[character]
    return f"&#{ord(character)};" if character in "\t\n\r" else "�"


def value_markup(value: object) -> str:
    """A value as it stands in XML: a truth or a number in lower case, a list as JSON.

    >>> value_markup(True), value_markup(-1), value_markup(("a&b", "c"))
    ('true', '-1', '[&quot;a&amp;b&quot;,&quot;c&quot;]')
    """
    if isinstance(value, str):
        return markup(value)
    if isinstance(value, tuple):
        return _list_markup(value)
    return str(value).lower()


@lru_cache(4096)
def _list_markup(values: tuple[str, ...]) -> str:
    return markup(compact([fit(value) for value in values]))


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def compact(value: object) -> str:
    """The value as JSON on one line."""
    return _encode(value)


def listed(items: Iterable[str]) -> Iterator[str]:
    """The items between commas and line ends, as JSON wants the items of a list."""
    between = "\n"
    for item in items:
        yield between + item
        between = ",\n"
