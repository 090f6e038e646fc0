# SPDX-License-Identifier: Apache-2.0
"""Rows to model: the tables of all sources become one knowledge base, sorted and without blanks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import TypeVar

from exograph import vocab
from exograph.model import (
    Attribute,
    Claim,
    Conflict,
    Context,
    Desired,
    Entity,
    KnowledgeBase,
    Mechanism,
    MechanismStep,
    Reference,
    Remark,
    Source,
    Statement,
    Verification,
)
from exograph.tables import Tables, items

Cells = dict[str, str]
Triple = tuple[str, str, str]
T = TypeVar("T")


def assemble(tables: Sequence[Tables]) -> KnowledgeBase:
    """The knowledge base of one or several sources whose tables passed the checks.

    The same tables in any order of files and rows give equal values. Raises ValueError or KeyError
    for cells that the checks refuse (a number that is none, say).
    """

    def each(table: str) -> Iterator[tuple[Cells, Source]]:
        return ((row.cells, t.source) for t in tables for row in t.rows[table])

    steps: dict[str, list[MechanismStep]] = defaultdict(list)
    for cells, _ in each("mechanism_steps"):
        steps[cells["mechanism"]].append(MechanismStep(int(cells["layer"]), *triple(cells)))
    return KnowledgeBase(
        sources=tuple(sorted((t.source for t in tables), key=lambda s: s.id)),
        entities=_by_id(_entity(c) for c, _ in each("entities")),
        references=_by_id(_reference(c, s) for c, s in each("references")),
        claims=group_claims(statement(c, s) for c, s in each("statements")),
        attributes=_by_id(_attribute(c, s) for c, s in each("attributes")),
        mechanisms=_by_id(_mechanism(c, s, steps[c["id"]]) for c, s in each("mechanisms")),
        verifications=_by_id(_verification(c, s) for c, s in each("verification")),
        conflicts=_by_id(_conflict(c, s) for c, s in each("conflicts")),
        remarks=_by_id(_remark(c, s) for c, s in each("remarks")),
    )


def triple(cells: Cells, prefix: str = "") -> Triple:
    """Subject, predicate and object of a row as they are stored: inverse predicates turned round.

    >>> triple({"subject": "adsc-exo", "predicate": "derives_from", "object": "adsc"})
    ('adsc', 'secretes', 'adsc-exo')
    """
    subject, predicate, object_ = (
        cells[f"{prefix}{name}"] for name in ("subject", "predicate", "object")
    )
    if predicate in vocab.INPUT_INVERSES:
        return object_, vocab.INPUT_INVERSES[predicate], subject
    return subject, predicate, object_


def group_claims(statements: Iterable[Statement]) -> tuple[Claim, ...]:
    """One claim per triple, in the order of the triples, each with its statements in id order."""
    groups: dict[Triple, list[Statement]] = defaultdict(list)
    for s in statements:
        groups[s.subject, s.predicate, s.object].append(s)
    return tuple(Claim(*key, statements=_by_id(groups[key])) for key in sorted(groups))


def _by_id(records: Iterable[T]) -> tuple[T, ...]:
    return tuple(sorted(records, key=attrgetter("id")))


def _several(cell: str) -> tuple[str, ...]:
    return tuple(sorted(items(cell)))


def _number(cell: str) -> Decimal | None:
    return Decimal(cell) if cell else None


def _entity(cells: Cells) -> Entity:
    direction, _, reference = cells["desired"].partition("@")
    return Entity(
        id=cells["id"],
        type=cells["type"],
        label_en=cells["label_en"],
        label_zh=cells["label_zh"],
        synonyms=_several(cells["synonyms"]),
        exact_match=_several(cells["exact_match"]),
        close_match=_several(cells["close_match"]),
        species=cells["species"] or None,
        desired=Desired(direction, reference) if direction else None,
        description=cells["description"] or None,
        description_zh=cells["description_zh"] or None,
    )


def _reference(cells: Cells, source: Source) -> Reference:
    return Reference(
        id=cells["id"],
        kind=cells["kind"],
        source=source.id,
        number=int(cells["number"]) if cells["number"] else None,
        study=cells["study"] or None,
        title=cells["title"] or None,
        first_author=cells["first_author"] or None,
        year=int(cells["year"]) if cells["year"] else None,
        journal=cells["journal"] or None,
        doi=cells["doi"] or None,
        pmid=cells["pmid"] or None,
        pmcid=cells["pmcid"] or None,
        status=cells["status"] or None,
        retraction=cells["retraction"] or None,
        note=cells["note"] or None,
    )


def statement(cells: Cells, source: Source) -> Statement:
    """The statement that a row of ``statements.tsv`` makes."""
    subject, predicate, object_ = triple(cells)
    return Statement(
        subject=subject,
        predicate=predicate,
        object=object_,
        reference=cells["reference"],
        section=cells["section"],
        source=source.id,
        quote=cells["quote"] or None,
        paraphrase=cells["paraphrase"] or None,
        basis=cells["basis"] or "stated",
        stance=cells["stance"] or "supports",
        certainty=cells["certainty"] or "asserted",
        effect=cells["effect"] or "plain",
        aspect=cells["aspect"] or None,
        evidence_kind=cells["evidence_kind"] or None,
        method=_several(cells["method"]),
        directness=cells["directness"] or None,
        context=Context(*(_several(cells[field]) for field in vocab.CONTEXT_FIELDS)),
        note=cells["note"] or None,
    )


def _attribute(cells: Cells, source: Source) -> Attribute:
    return Attribute(
        entity=cells["entity"],
        attribute=cells["attribute"],
        verbatim=cells["verbatim"],
        reference=cells["reference"],
        section=cells["section"],
        source=source.id,
        value=_number(cells["value"]),
        error=_number(cells["error"]),
        low=_number(cells["low"]),
        high=_number(cells["high"]),
        unit=cells["unit"] or None,
        qualifier=cells["qualifier"] or None,
        text_value=cells["text_value"] or None,
        quote=cells["quote"] or None,
        note=cells["note"] or None,
    )


def _mechanism(cells: Cells, source: Source, steps: Iterable[MechanismStep]) -> Mechanism:
    return Mechanism(
        id=cells["id"],
        title_en=cells["title_en"],
        title_zh=cells["title_zh"],
        reference=cells["reference"],
        start=cells["start"],
        end=cells["end"],
        sign=cells["sign"],
        source=source.id,
        steps=tuple(sorted(steps, key=lambda s: (s.layer, s.subject, s.predicate, s.object))),
        note=cells["note"] or None,
    )


def _verification(cells: Cells, source: Source) -> Verification:
    subject, predicate, object_ = triple(cells)
    return Verification(
        reference=cells["reference"],
        section=cells["section"],
        subject=subject,
        predicate=predicate,
        object=object_,
        says=cells["says"],
        primary_says=cells["primary_says"],
        verdict=cells["verdict"],
        read=cells["read"],
        where=cells["where"],
        source=source.id,
        note=cells["note"] or None,
        primary=cells["primary"] or None,
    )


def _conflict(cells: Cells, source: Source) -> Conflict:
    return Conflict(
        *triple(cells, "first_"),
        *triple(cells, "second_"),
        source=source.id,
        explained_by=_several(cells["explained_by"]),
        note=cells["note"] or None,
    )


def _remark(cells: Cells, source: Source) -> Remark:
    return Remark(
        id=cells["id"],
        section=cells["section"],
        text=cells["text"],
        handling=cells["handling"],
        source=source.id,
        reference=cells["reference"] or None,
        entity=cells["entity"] or None,
        quote=cells["quote"] or None,
    )
