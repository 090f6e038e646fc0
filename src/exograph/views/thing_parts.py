# SPDX-License-Identifier: Apache-2.0
"""What pages of single things are put together from: values that ``thing.html`` writes.

An *item* is a piece of text, maybe a link, in a language; a *line* is items in a row. A *card* is
what somebody says: a quote, who says so, marks and facts. All is plain text until the template.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

Values = dict[str, Any]

_CHINESE = re.compile(r"[\u3400-\u9fff]")

WARN, BAD = "warn", "bad"
"""Marks that stand out: what limits a statement, and what takes it back."""


def item(
    text: object, url: str = "", *, lang: str = "", outside: bool = False, look: str = ""
) -> Values:
    """A piece of text; ``outside`` for a link that leaves this server, ``look`` for how it stands:
    ``warn``, ``bad``, ``up``, ``down``, ``verb``, ``strong``, ``muted``."""
    return {"text": str(text), "url": url, "lang": lang, "outside": outside, "look": look}


def said(text: str) -> Values:
    """A text that stands in one language whatever the page's: Chinese if it has a character of it.

    >>> said("促进血管生成")["lang"], said("raises VEGFA")["lang"]
    ('zh', 'en')
    """
    return item(text, lang="zh" if _CHINESE.search(text) else "en")


def fact(term: str, *values: Values, between: str = "·") -> Values:
    """A row of a table of facts."""
    return {"term": term, "values": values, "between": between}


def mark(text: str, look: str = "") -> Values:
    """What must be known at once; with a look it stands out."""
    return item(text, look=look)


def card(
    line: Sequence[Values],
    *,
    id: str = "",
    quote: str | None = None,
    text: str | None = None,
    marks: Sequence[Values] = (),
    facts: Iterable[Values] = (),
    cards: Iterable[Values] = (),
    more: Values | None = None,
    gone: bool = False,
) -> Values:
    """What is said: its words, then who says so with marks, facts and what was held against it.

    ``text`` is in a curator's words, ``more`` links to its own page; ``gone`` if it was retracted.
    """
    return {
        "line": line,
        "id": id,
        "quote": said(quote) if quote else None,
        "text": said(text) if text else None,
        "marks": marks,
        "facts": list(facts),
        "cards": list(cards),
        "more": more,
        "gone": gone,
    }


def section(id: str, title: str, intro: str = "", **parts: Iterable[Values]) -> Values:
    """A part of a page under a heading: ``groups``, ``claims``, ``cards``, ``steps``, ``links`` or
    ``terms``."""
    names = ("groups", "claims", "cards", "steps", "links", "terms")
    return {
        "id": id,
        "title": title,
        "intro": intro,
        **{name: list(parts.get(name, ())) for name in names},
    }


def sections(*given: Values) -> list[Values]:
    """Those that hold anything."""
    return [s for s in given if any(s[part] for part in s if part not in ("id", "title", "intro"))]


def page(
    heading: str,
    kind: Values | None,
    *,
    other: Values | None = None,
    tags: Sequence[Values] = (),
    notice: Values | None = None,
    lead: str | None = None,
    words: Values | None = None,
    facts: Iterable[Values] = (),
    parts: Iterable[Values] = (),
    empty: str = "",
    more: Sequence[Values] = (),
) -> Values:
    """All that a page says between its head and its foot.

    ``kind`` links to all of its kind, ``other`` is the heading in the other language, ``notice`` a
    retraction or correction, ``lead`` a description, ``words`` a card of what is said, ``more``
    further data besides its triples.
    """
    return {
        "heading": heading,
        "kind": kind,
        "other": other,
        "tags": tags,
        "notice": notice,
        "lead": said(lead) if lead else None,
        "words": words,
        "facts": list(facts),
        "sections": list(parts),
        "empty": empty,
        "more": more,
    }
