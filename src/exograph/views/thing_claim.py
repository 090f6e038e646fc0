# SPDX-License-Identifier: Apache-2.0
"""The page of a claim: who says so, in which words, and what contradicts it."""

from __future__ import annotations

from exograph import vocab
from exograph.kb import best_grade
from exograph.kb.conflicts import Opposition, Side
from exograph.model import Claim
from exograph.views import conflicts, style
from exograph.views import thing_cards as cards
from exograph.views.thing_parts import (
    WARN,
    Values,
    card,
    fact,
    item,
    mark,
    page,
    said,
    section,
    sections,
)
from exograph.views.thing_telling import Teller
from exograph.views.thing_words import kind


def claim(tell: Teller, c: Claim) -> Values:
    """A claim: who says so, in which words, and what contradicts it."""
    kb, grade = tell.kb, best_grade(tell.kb, c)
    triple = c.subject, c.predicate, c.object
    told = {s.reference for s in c.statements}
    sign, fought = tell.sign(c), c.id in cards.contested(kb)
    tags = [mark(tell.word(f"basis.{style.basis_key(c)}"))]
    tags += [mark(tell.word("best_grade", grade))] if grade else []
    tags += [mark(tell.word("contested"), WARN)] if fought else []
    against = conflicts.about(kb, c) if fought else ()
    return page(
        tell.sentence(*triple),
        tell.all_of("claim"),
        tags=[*([sign] if sign else []), *tags],
        facts=[
            fact(tell.word("subject"), tell.entity(c.subject)),
            fact(tell.word("predicate"), tell.term(c.predicate)),
            fact(tell.word("object"), tell.entity(c.object)),
        ],
        parts=[
            *sections(
                section(
                    "statements",
                    tell.word("statements"),
                    cards=(cards.statement(tell, s) for s in c.statements),
                ),
                section(
                    "compared",
                    tell.word("only_compared"),
                    cards=(
                        cards.comparison(tell, v, tell.place(v.reference, v.section))
                        for v in kb.verifications
                        if v.claim == c.id and v.reference not in told
                    ),
                ),
            ),
            section(
                "conflicts",
                tell.word("contradicts"),
                "" if fought else tell.word("contradicts_none"),
                cards=(_opposition(tell, found, c.id) for found in against),
            ),
            *sections(
                section(
                    "mechanisms",
                    tell.word("part_of_stories"),
                    links=(
                        cards.mechanism(tell, m)
                        for m in kb.mechanisms
                        if c.id in {step.claim for step in m.steps}
                    ),
                )
            ),
        ],
    )


def _opposition(tell: Teller, found: Opposition, id: str) -> Values:
    """The other side of a conflict, with the contexts that differ and those that explain it."""
    first, second = found.sides
    ours, other = (first, second) if id in first.claims else (second, first)
    line = [item(tell.word(found.kind))]
    facts = [fact(tell.word("claim"), tell.claim_link(each)) for each in sorted(other.claims)]
    facts.append(
        fact(kind("reference", tell.lang, many=True), *map(tell.reference, other.references))
    )
    for field in vocab.CONTEXT_FIELDS:
        if found.differs(field):
            values = [*_named(tell, ours, field), item("≠"), *_named(tell, other, field)]
            facts.append(fact(tell.word(f"context.{field}"), *values))
    if found.explained_by:
        named = [item(tell.word(f"context.{f}")) for f in found.explained_by]
        facts.append(fact(tell.word("explained"), *named))
    else:
        line.append(item(tell.word("unexplained")))
    for row in found.curated:
        link = item(row.id, tell.url(f"conflict/{row.id}"))
        facts.append(fact(tell.word("curated"), link, *([said(row.note)] if row.note else [])))
    return card(line, facts=facts)


def _named(tell: Teller, side: Side, field: str) -> list[Values]:
    return [tell.entity(id) for id in side.context(field)]
