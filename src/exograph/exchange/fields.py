# SPDX-License-Identifier: Apache-2.0
"""What formats for graphs tell of an entity and of a claim: the columns that they share.

They hold what belongs to a node or an edge. What belongs to a single statement, such as its quote
and its context, has no place there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from exograph import vocab
from exograph.exchange.content import Content
from exograph.model import Claim, Entity

Value: TypeAlias = str | int | bool | tuple[str, ...] | None
Values: TypeAlias = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """What has a name in every format. A value that is None or ``()`` is absent, not empty."""

    name: str
    type: Literal["text", "texts", "int", "bool"] = "text"


NODE = (
    Column("type"),
    Column("label_en"),
    Column("label_zh"),
    Column("roles", "texts"),
    Column("synonyms", "texts"),
    Column("exact_match", "texts"),
    Column("close_match", "texts"),
    Column("species"),
    Column("desired"),
    Column("desired_reference"),
    Column("description"),
    Column("description_zh"),
)
PREDICATE = (
    Column("predicate"),
    Column("label_en"),
    Column("label_zh"),
    Column("sign", "int"),
    Column("sign_text"),
)
"""Of an edge, what follows from its predicate."""
EVIDENCE = (
    Column("supported", "bool"),
    Column("refuted", "bool"),
    Column("basis"),
    Column("references", "texts"),
    Column("references_against", "texts"),
    Column("references_retracted", "texts"),
    Column("reference_count", "int"),
    Column("study_count", "int"),
    Column("statement_count", "int"),
)
"""Of an edge, what follows from its statements."""
EDGE = PREDICATE + EVIDENCE


def node(entity: Entity, roles: Collection[str] = ()) -> Values:
    """The values of ``NODE``."""
    desired = entity.desired
    return (
        entity.type,
        entity.label_en,
        entity.label_zh,
        tuple(sorted(roles)),
        entity.synonyms,
        entity.exact_match,
        entity.close_match,
        entity.species,
        desired.direction if desired else None,
        desired.reference if desired else None,
        entity.description,
        entity.description_zh,
    )


def of_predicate(name: str) -> Values:
    """The values of ``PREDICATE``. The sign of what is no effect is absent, never 0.

    >>> of_predicate("inhibits")
    ('inhibits', 'inhibits', '抑制', -1, 'negative')
    >>> of_predicate("secretes")
    ('secretes', 'secretes', '分泌', None, 'structural')
    """
    predicate = vocab.PREDICATES[name]
    return name, predicate.label_en, predicate.label_zh, predicate.sign, sign_text(name)


def sign_text(predicate: str) -> str:
    """``positive``, ``negative``, ``unsigned``, ``no_effect`` (none was found), ``structural``."""
    if predicate == "no_effect_on":
        return "no_effect"
    sign = vocab.PREDICATES[predicate].sign
    return "structural" if sign is None else {1: "positive", -1: "negative", 0: "unsigned"}[sign]


def evidence(claim: Claim, studies: Mapping[str, str]) -> Values:
    """The values of ``EVIDENCE``; ``studies`` are the studies of references, by id.

    ``references`` and both counts that follow are of what supports. What retracted papers say
    counts neither for nor against.
    """
    statements = claim.statements
    if len(statements) == 1 and statements[0].supports:  # most are so, and this is quicker
        (only,) = statements
        return True, False, only.basis, (only.reference,), (), (), 1, 1, 1
    supporting = {s.reference for s in statements if s.supports}
    return (
        bool(supporting),
        claim.refuted,
        claim.basis,
        tuple(sorted(supporting)),
        tuple(sorted({s.reference for s in statements if s.denies})),
        tuple(sorted({s.reference for s in statements if s.retracted})),
        len(supporting),
        len({studies.get(reference, reference) for reference in supporting}),
        len(statements),
    )


def studies(content: Content) -> dict[str, str]:
    """The study of each reference, by id."""
    return {r.id: r.counted_as for r in content.references}


def present(columns: tuple[Column, ...], values: Values) -> dict[str, Value]:
    """By name, the values that are not absent."""
    named = zip(columns, values, strict=True)
    return {c.name: value for c, value in named if value is not None and value != ()}
