# SPDX-License-Identifier: Apache-2.0
"""``exograph show``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from exograph import vocab
from exograph.cli.session import Session, as_json, emit, pass_session

if TYPE_CHECKING:
    from exograph.model import Attribute, Claim, Entity, KnowledgeBase, Remark, Statement

WORDS = {
    "en": {
        "roles": "roles",
        "synonyms": "also called",
        "matches": "identifiers",
        "desired": "wanted",
        "attributes": "attributes",
        "out": "what it does",
        "in": "what is said of it",
        "remarks": "remarks on the source",
        "context": "context",
        "note": "note",
        "section": "section",
        "up": "more of it",
        "down": "less of it",
        "none": "No statement names it.",
    },
    "zh": {
        "roles": "角色",
        "synonyms": "别名",
        "matches": "标识符",
        "desired": "期望方向",
        "attributes": "属性",
        "out": "它的作用",
        "in": "对它的作用或描述",
        "remarks": "对原文的备注",
        "context": "背景",
        "note": "注",
        "section": "章节",
        "up": "增加",
        "down": "减少",
        "none": "没有陈述提到它。",
    },
}


@click.command()
@click.argument("name")
@as_json
@pass_session
def command(session: Session, name: str, as_json: bool) -> None:
    """Show all about one entity or reference: attributes, and each claim with its quotes.

    NAME is an id, a label in either language, a synonym or an identifier such as GO:0070062; or
    the id of a reference, such as review-38.
    """
    from exograph.kb import resolve

    kb = session.kb
    if name in kb.reference and name not in kb.entity:
        claims = _of_reference(kb, name)
        if as_json:
            emit({"reference": asdict(kb.reference[name]), "claims": [_record(c) for c in claims]})
        else:
            click.echo("\n".join(_reference_lines(session, kb, name, claims)))
        return
    entity = resolve(kb, name)
    attributes = [a for a in kb.attributes if a.entity == entity.id]
    claims = [c for c in kb.claims if entity.id in (c.subject, c.object)]
    if as_json:
        emit(
            {
                "entity": _plain(asdict(entity)),
                "attributes": [_plain(asdict(a)) for a in attributes],
                "claims": [_record(c) for c in claims],
            }
        )
        return
    remarks = [r for r in kb.remarks if r.entity == entity.id]
    click.echo("\n".join(_lines(session, kb, entity, attributes, claims, remarks)))


def _plain(value: Any) -> Any:
    """Numbers as the text they were read from, so that no digit is lost in JSON."""
    from decimal import Decimal

    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, Decimal) else value


def _record(claim: Claim) -> dict[str, Any]:
    return {
        "claim": claim.id,
        "subject": claim.subject,
        "predicate": claim.predicate,
        "object": claim.object,
        "sign": vocab.sign_text(claim.sign),
        "statements": [_plain(asdict(s)) for s in claim.statements],
    }


def _of_reference(kb: KnowledgeBase, reference: str) -> list[Claim]:
    from exograph.model import Claim

    held = []
    for claim in kb.claims:
        statements = tuple(s for s in claim.statements if s.reference == reference)
        if statements:
            held.append(Claim(claim.subject, claim.predicate, claim.object, statements))
    return held


def _reference_lines(
    session: Session, kb: KnowledgeBase, name: str, claims: Sequence[Claim]
) -> Iterator[str]:
    reference = kb.reference[name]
    known = (reference.first_author, reference.year, reference.title, reference.doi)
    yield " · ".join(str(part) for part in (name, *known, reference.status) if part)
    for claim in claims:
        yield ""
        yield from _claim_lines(session, kb, claim)


def _lines(
    session: Session,
    kb: KnowledgeBase,
    entity: Entity,
    attributes: Sequence[Attribute],
    claims: Sequence[Claim],
    remarks: Sequence[Remark],
) -> Iterator[str]:
    from exograph.kb import roles

    words = WORDS[session.lang]
    kind = vocab.label(entity.type, session.lang)
    yield f"{entity.label_en} · {entity.label_zh}  ({kind}, {entity.id})"
    held = sorted(roles(kb).get(entity.id, frozenset()))
    if held:
        yield f"{words['roles']}: {', '.join(vocab.label(r, session.lang) for r in held)}"
    if entity.synonyms:
        yield f"{words['synonyms']}: {' | '.join(entity.synonyms)}"
    if entity.exact_match or entity.close_match:
        yield f"{words['matches']}: {' '.join(entity.exact_match + entity.close_match)}"
    if entity.desired:
        wanted = entity.desired
        yield f"{words['desired']}: {words[wanted.direction]} [{wanted.reference}]"
    if entity.description:
        yield entity.description
    if attributes:
        yield f"\n{words['attributes']}:"
        yield from (_attribute_line(a) for a in attributes)
    outward = [c for c in claims if c.subject == entity.id]
    inward = [c for c in claims if c.subject != entity.id]
    for title, group in ((words["out"], outward), (words["in"], inward)):
        if group:
            yield f"\n== {title}"
        for claim in group:
            yield from _claim_lines(session, kb, claim)
    if not claims:
        yield words["none"]
    if remarks:
        yield f"\n== {words['remarks']}"
    for remark in remarks:
        yield f"- {remark.text} {remark.handling}"


def _attribute_line(attribute: Attribute) -> str:
    note = f" — {attribute.note}" if attribute.note else ""
    place = f"[{attribute.reference}, {attribute.section}]"
    text = attribute.text_value
    given = f" ({text})" if text and text != attribute.verbatim else ""
    return f"  {attribute.attribute}: {attribute.verbatim}{given} {place}{note}"


def _claim_lines(session: Session, kb: KnowledgeBase, claim: Claim) -> Iterator[str]:
    subject, object_ = (session.label(kb.entity[e]) for e in (claim.subject, claim.object))
    sign = vocab.sign_text(claim.sign)
    mark = f" ({sign})" if sign else ""
    yield f"- {subject} — {vocab.label(claim.predicate, session.lang)} → {object_}{mark}"
    for statement in claim.statements:
        yield from _statement_lines(session, kb, statement)


def _statement_lines(session: Session, kb: KnowledgeBase, statement: Statement) -> Iterator[str]:
    words = WORDS[session.lang]
    marks = [statement.basis]
    if statement.stance != "supports":
        marks.append(statement.stance)
    marks += [m for m in (statement.certainty, statement.effect) if m not in ("asserted", "plain")]
    marks += [m for m in (statement.aspect, statement.evidence_kind) if m]
    place = f"[{statement.reference}, {words['section']} {statement.section}]"
    said = f" “{statement.quote}”" if statement.quote else f" {statement.paraphrase or ''}".rstrip()
    yield f"    {place} {', '.join(marks)}{said}"
    context = [
        f"{field} {', '.join(session.label(kb.entity[e]) for e in values)}"
        for field in vocab.CONTEXT_FIELDS
        if (values := getattr(statement.context, field))
    ]
    if context:
        yield f"      {words['context']}: {'; '.join(context)}"
    if statement.note:
        yield f"      {words['note']}: {statement.note}"
