# SPDX-License-Identifier: Apache-2.0
"""Why a quote is not in its text: the mistakes of copying that can be told apart."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

_CITATION = re.compile(r"[\[［]\d+(?:[,，、\-–—~]\d+)*[\]］]")
_ELLIPSIS = re.compile(r"\[?(?:…+|\.{3,}|。{3,})\]?")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_FAR = 70
"""Likeness in percent, below which the quote and the text have no passage in common."""


def squeeze(text: str) -> str:
    """The text without white space of any Unicode kind; nothing else is folded.

    >>> squeeze("外泌体 \\u3000\\n促进")
    '外泌体促进'
    """
    return "".join(text.split())


def letters(text: str) -> str:
    """Letters and digits only, whatever their width and case.

    >>> letters("（H₂O₂，IL-1ß）") == letters("(H2O2, IL-1β)")
    True
    """
    text = unicodedata.normalize("NFKC", text.replace("ß", "β").replace("µ", "μ")).casefold()
    return "".join(c for c in text if c.isalnum())


def _without_digits(text: str) -> str:
    return re.sub(r"\d+(?:\.\d+)?", "0", unicodedata.normalize("NFKC", text))


@dataclass(frozen=True)
class Text:
    """A source's text: as it stands, without white space, and in coarser forms."""

    raw: str

    @cached_property
    def squeezed(self) -> str:
        return squeeze(self.raw)

    @cached_property
    def uncited(self) -> str:
        return _CITATION.sub("", self.squeezed)

    @cached_property
    def letters(self) -> str:
        return letters(self.squeezed)

    @cached_property
    def without_digits(self) -> str:
        return _without_digits(self.squeezed)

    @cached_property
    def is_chinese(self) -> bool:
        return 4 * len(_CHINESE.findall(self.raw)) > len(self.squeezed)


def why(quote: str, text: Text) -> tuple[str, str]:
    """Code of a quote that is not in the text, and what is wrong, as a half sentence."""
    wanted = squeeze(quote)
    parts = [part for part in _ELLIPSIS.split(wanted) if part]
    if len(parts) > 1 and all(part in text.squeezed for part in parts):
        return "E513", "is pieced together with dots of omission"
    if wanted in text.uncited:
        return "E514", "leaves out a citation that stands inside it"
    folded = letters(wanted)
    if len(folded) > 1 and folded in text.letters:
        return "E512", "has other marks, width or case than the text"
    if _without_digits(wanted) in text.without_digits:
        return "E511", "has other digits than the text"
    if bool(_CHINESE.search(wanted)) != text.is_chinese and len(wanted) > 8:
        from rapidfuzz import fuzz

        if len(wanted) < 2000 and fuzz.partial_ratio(wanted, text.squeezed) < _FAR:
            return "E515", "is in another language than the text"
    return "E501", "is not in the text"
