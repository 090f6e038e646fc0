# SPDX-License-Identifier: Apache-2.0
"""The pages of statements, attribute values, mechanisms and their steps."""

from __future__ import annotations

from exograph import vocab
from exograph.kb import evidence
from exograph.model import Attribute, KnowledgeBase, Mechanism, MechanismStep, Statement
from exograph.views import thing_cards as cards
from exograph.views.thing_parts import Values, fact, item, mark, page, said, section, sections
from exograph.views.thing_telling import Teller

_SIGNS = {"+": "positive", "-": "negative", "?": "unsigned"}


def statement(tell: Teller, s: Statement) -> Values:
    """A statement with all its fields."""
    values = [
        fact(tell.word("claim"), tell.claim_link(s.claim)),
        *tell.cited(s.reference, s.section),
        fact(tell.word("basis"), item(tell.word(f"basis.{s.basis}"))),
    ]
    for field in ("stance", "certainty", "effect", "aspect", "evidence_kind", "directness"):
        if value := getattr(s, field):
            values.append(fact(tell.word(field), item(tell.word(f"{field}.{value}"))))
    values += [*cards.context(tell, s.context), *cards.manner(tell, s)]
    values.append(fact(tell.word("grade_row"), item(cards.grade(tell, s))))
    values.append(fact(tell.word("eco"), _eco(tell, s)))
    return page(
        tell.sentence(s.subject, s.predicate, s.object),
        tell.all_of("statement"),
        notice=tell.notice(s.reference),
        words=cards.statement(tell, s, alone=True),
        facts=[*values, tell.source(s.source)],
        parts=sections(
            section(
                "compared",
                tell.word("verifications"),
                cards=(
                    cards.comparison(tell, v, tell.place(v.reference, v.section))
                    for v in tell.kb.comparisons(s)
                ),
            ),
        ),
    )


def attribute(tell: Teller, a: Attribute) -> Values:
    """A value with its numbers, as they were read from the source's characters."""
    given = [fact(tell.word("verbatim"), said(a.verbatim))]
    for field in ("text_value", "value", "error", "low", "high", "unit", "qualifier"):
        if (value := getattr(a, field)) is not None:
            given.append(fact(tell.word(field), item(value)))
    return page(
        f"{tell.label(a.entity)}: {tell.word(f'attribute.{a.attribute}')}",
        tell.all_of("attribute"),
        notice=tell.notice(a.reference),
        facts=[fact(tell.word("entity"), tell.entity(a.entity)), *given, tell.source(a.source)],
        words=cards.attribute(tell, a, alone=True),
    )


def mechanism(tell: Teller, m: Mechanism) -> Values:
    """A mechanism: where it starts and ends, who tells it, and its steps in order."""
    title, other = tell.titles(m.title_en, m.title_zh)
    return page(
        title,
        tell.all_of("mechanism"),
        other=other,
        notice=tell.notice(m.reference),
        facts=[
            fact(tell.word("reference"), tell.reference(m.reference)),
            fact(tell.word("start"), tell.entity(m.start)),
            fact(tell.word("end"), tell.entity(m.end)),
            fact(tell.word("sign"), item(tell.sign_words(_SIGNS[m.sign]))),
            *([fact(tell.word("note"), said(m.note))] if m.note else []),
            tell.source(m.source),
        ],
        parts=sections(
            section(
                "steps",
                tell.word("steps"),
                tell.word("steps_help"),
                steps=(_step(tell, m.id, number, step) for number, step in enumerate(m.steps, 1)),
            )
        ),
    )


def _step(tell: Teller, id: str, number: int, step: MechanismStep) -> Values:
    held = tell.kb.claim.get(step.claim)
    return {
        "id": f"step-{number}",
        "layer": item(step.layer, tell.url(f"mechanism/{id}/step/{number}")),
        "line": tell.line_of(step.subject, step.predicate, step.object),
        "sign": tell.sign(held) if held else None,
        "more": {**tell.claim_link(step.claim), "text": tell.word("claim_one")},
    }


Step = tuple[Mechanism, int]
"""A mechanism, and the place of one of its steps, from 1."""


def steps(kb: KnowledgeBase) -> dict[str, Step]:
    """The steps of all mechanisms by the ends of their IRIs: ``told/step/1``."""
    return {
        f"{m.id}/step/{number}": (m, number)
        for m in kb.mechanisms
        for number in range(1, len(m.steps) + 1)
    }


def mechanism_step(tell: Teller, place: Step) -> Values:
    """One step, which has an IRI of its own, with the way to its mechanism."""
    whole, number = place
    step = whole.steps[number - 1]
    title = whole.title_zh if tell.lang == "zh" else whole.title_en
    return page(
        tell.sentence(step.subject, step.predicate, step.object),
        tell.all_of("mechanism"),
        tags=[mark(f"{tell.word('step')} {number}")],
        facts=[
            fact(
                tell.word("part_of"),
                item(title, tell.url(f"mechanism/{whole.id}", f"step-{number}")),
            ),
            fact(tell.word("layer"), item(step.layer)),
            fact(tell.word("claim"), tell.claim_link(step.claim)),
            fact(tell.word("reference"), tell.reference(whole.reference)),
        ],
    )


def _eco(tell: Teller, s: Statement) -> Values:
    found = evidence(tell.kb, s)
    name = found.label_zh if tell.lang == "zh" else found.label_en
    return {**tell.curie(found.eco), "text": f"{found.eco} {name}"}


assert set(_SIGNS) == set(vocab.MECHANISM_SIGNS)
