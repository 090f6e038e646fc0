# SPDX-License-Identifier: Apache-2.0
"""The pages of what is noted about claims and sources, and of the sources themselves."""

from __future__ import annotations

from collections.abc import Iterator

from exograph.model import Conflict, Remark, Source, Verification
from exograph.views import thing_cards as cards
from exograph.views.thing_parts import Values, fact, item, mark, page, said
from exograph.views.thing_telling import Teller
from exograph.views.thing_words import KINDS, kind


def verification(tell: Teller, v: Verification) -> Values:
    """How a claim of a reference compares with the primary paper."""
    return page(
        tell.sentence(v.subject, v.predicate, v.object),
        tell.all_of("verification"),
        tags=[mark(tell.word(f"verdict.{v.verdict}"))],
        facts=[
            fact(tell.word("claim"), tell.claim_link(v.claim)),
            *tell.cited(v.reference, v.section),
            fact(tell.word("says"), said(v.says)),
            fact(tell.word("primary_says"), said(v.primary_says)),
            fact(tell.word("verdict"), item(tell.word(f"verdict.{v.verdict}"))),
            fact(tell.word("read"), item(tell.word(f"read.{v.read}"))),
            fact(tell.word("where"), said(v.where)),
            *([fact(tell.word("primary"), tell.reference(v.primary))] if v.primary else []),
            *([fact(tell.word("note"), said(v.note))] if v.note else []),
            tell.source(v.source),
        ],
    )


def conflict(tell: Teller, c: Conflict) -> Values:
    """Two claims that pull one object in opposite directions."""
    first, second = c.claims
    fields = [item(tell.word(f"context.{field}")) for field in c.explained_by]
    return page(
        tell.word("versus").join(tell.sentence(*triple) for triple in c.triples),
        tell.all_of("conflict"),
        facts=[
            fact(tell.word("first"), tell.claim_link(first)),
            fact(tell.word("second"), tell.claim_link(second)),
            fact(tell.word("explained"), *(fields or [item(tell.word("unexplained"))])),
            *([fact(tell.word("note"), said(c.note))] if c.note else []),
            tell.source(c.source),
        ],
    )


def remark(tell: Teller, r: Remark) -> Values:
    """An oddity of the source, and how the tables treat it."""
    return page(
        r.id,
        tell.all_of("remark"),
        facts=[
            *([fact(tell.word("entity"), tell.entity(r.entity))] if r.entity else []),
            *tell.cited(r.reference, r.section),
            tell.source(r.source),
        ],
        words=cards.remark(tell, r, alone=True),
    )


def source(tell: Teller, s: Source) -> Values:
    """A folder of tables with one origin, and how much it holds."""
    title, other = tell.titles(s.title_en, s.title_zh)
    return page(
        title,
        tell.all_of("source"),
        other=other,
        tags=[mark(s.id)],
        facts=[
            fact(tell.word("licence"), item(s.licence)),
            fact(tell.word("date"), item(s.date)),
            fact(tell.word("evidence"), item(tell.word(f"evidence.{s.evidence}"))),
            *([fact(tell.word("sections"), *map(item, s.sections))] if s.sections else []),
            *([fact(tell.word("text"), item(s.text))] if s.text else []),
            *([fact(tell.word("sha256"), item(s.text_sha256))] if s.text_sha256 else []),
            *_counts(tell, s.id),
        ],
    )


def _counts(tell: Teller, id: str) -> Iterator[Values]:
    for name in KINDS:
        if name in ("entity", "claim", "source"):
            continue
        held = tell.kb.statements if name == "statement" else getattr(tell.kb, f"{name}s")
        if count := sum(each.source == id for each in held):
            yield fact(kind(name, tell.lang, many=True), item(count, tell.url(f"{name}/")))
