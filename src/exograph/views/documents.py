# SPDX-License-Identifier: Apache-2.0
"""What is known of an entity, a reference or a claim as plain JSON values, for any interface.

Numbers are text, in the digits that the source gave; what is absent is null or an empty list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, replace
from decimal import Decimal
from typing import Any

from exograph.errors import InputError
from exograph.kb import Hit, best_grade, evidence, head, resolve, roles_of
from exograph.kb.finding import quoted
from exograph.model import Attribute, Claim, Entity, KnowledgeBase, Reference, Statement
from exograph.paths import citing, trust

Document = dict[str, Any]


def find(kb: KnowledgeBase, name: str) -> Entity | Reference | Claim:
    """What the name stands for: an entity, if it can be one. Raises InputError, with suggestions.

    References go by their id, by what pages and paths print, ``[40]``, ``40``, ``Wu P 2021``, and
    by DOI, PMID or PMCID; claims by their id alone.
    """
    bare = name.strip()
    if bare not in kb.entity:
        if reference := kb.reference.get(bare.removeprefix("reference:")):
            return reference
        numbered = [r for r in kb.references if str(r.number) == bare.strip("[]")]
        if len(numbered) == 1:
            return numbered[0]
        if claim := kb.claim.get(bare.removeprefix("claim:")):
            return claim
    try:
        return resolve(kb, name)
    except InputError as error:
        cited = _cited_as(kb, bare) if error.code == "E002" else []
        if len(cited) == 1:
            return cited[0]
        if not cited:
            raise
    ids = tuple(r.id for r in cited)
    message = f"{quoted(bare)} names {len(ids)} references: {', '.join(ids)}."
    raise InputError("E003", message, "Use one of these ids.", ids)


_REGISTRY = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:|pmid:|pmc:)\s*")


def _cited_as(kb: KnowledgeBase, text: str) -> list[Reference]:
    """References that paths print so, or that have this DOI, PMID or PMCID."""
    key = _REGISTRY.sub("", text.casefold())
    return [
        r
        for r in kb.references
        if key in {known.casefold() for known in (r.doi, r.pmid, r.pmcid) if known}
        or key == citing.reference(kb, r.id, "en", marked=False).casefold()
    ]


def of(kb: KnowledgeBase, thing: Entity | Reference | Claim) -> Document:
    """The document of whatever it is."""
    if isinstance(thing, Entity):
        return of_entity(kb, thing)
    return of_claim(kb, thing) if isinstance(thing, Claim) else of_reference(kb, thing)


def of_entity(kb: KnowledgeBase, entity: Entity) -> Document:
    """The entity with its roles and attributes, and the claims that have it at either end."""
    held = list(roles_of(kb, entity.id))
    return {
        "entity": {**_plain(asdict(entity)), "roles": held},
        "attributes": [_attribute(kb, a) for a in kb.attributes if a.entity == entity.id],
        "claims": [of_claim(kb, c) for c in claims_of_entity(kb, entity.id)],
        "remarks": [_plain(asdict(r)) for r in kb.remarks if r.entity == entity.id],
    }


def of_reference(kb: KnowledgeBase, reference: Reference) -> Document:
    """The reference, and what it is cited for: claims with those statements that cite it.

    ``notice`` is the gravest on it or on another citation of its study.
    """
    return {
        "reference": {**_plain(asdict(reference)), "notice": kb.notices.get(reference.id)},
        "attributes": [_attribute(kb, a) for a in kb.attributes if a.reference == reference.id],
        "claims": [of_claim(kb, c) for c in claims_of_reference(kb, reference.id)],
        "remarks": [_plain(asdict(r)) for r in kb.remarks if r.reference == reference.id],
    }


def of_claim(kb: KnowledgeBase, claim: Claim) -> Document:
    """The claim with every statement: who says so, in which words and context."""
    return {
        **head(claim),
        "basis": claim.basis,
        "statements": [_statement(kb, s) for s in claim.statements],
    }


def of_hits(hits: Iterable[Hit]) -> Document:
    """Entities found, best first."""
    fields = ("id", "type", "label_en", "label_zh", "matched")
    return {"hits": [{name: getattr(hit, name) for name in fields} for hit in hits]}


def of_neighbours(kb: KnowledgeBase, id: str, *, skip: int = 0, limit: int = 100) -> Document:
    """The entities that claims join to one, by id, with what the claims say and who says so.

    ``total`` counts all of them, ``neighbours`` holds those after ``skip``, at most ``limit``.
    """
    joined: dict[str, list[Claim]] = {}
    for claim in claims_of_entity(kb, id):
        joined.setdefault(claim.object if claim.subject == id else claim.subject, []).append(claim)
    shown = sorted(joined)[skip : skip + limit]
    return {
        "entity": _named(kb.entity[id]),
        "total": len(joined),
        "skipped": skip,
        "neighbours": [
            {**_named(kb.entity[other]), "claims": [_in_short(kb, c) for c in joined[other]]}
            for other in shown
        ],
    }


def _named(entity: Entity) -> Document:
    return {name: getattr(entity, name) for name in ("id", "type", "label_en", "label_zh")}


def _in_short(kb: KnowledgeBase, claim: Claim) -> Document:
    return {
        **head(claim),
        "basis": claim.basis,
        "grade": best_grade(kb, claim),
        "references": sorted({s.reference for s in claim.statements}),
        "statements": len(claim.statements),
    }


def claims_of_entity(kb: KnowledgeBase, id: str) -> tuple[Claim, ...]:
    """Claims with the entity at either end, in the order of the knowledge base."""
    return kb.claims_at(id)


def claims_of_reference(kb: KnowledgeBase, id: str) -> tuple[Claim, ...]:
    """Claims that the reference is cited for, each with the statements that cite it alone."""
    return tuple(
        replace(claim, statements=citing)
        for claim in kb.claims
        if (citing := tuple(s for s in claim.statements if s.reference == id))
    )


def _statement(kb: KnowledgeBase, statement: Statement) -> Document:
    found = evidence(kb, statement)
    computed = {"eco": found.eco, "grade": found.grade}
    return {
        "id": statement.id,
        **_plain(asdict(statement)),
        **computed,
        **trust.as_json(kb, statement),
    }


def _attribute(kb: KnowledgeBase, attribute: Attribute) -> Document:
    return {**_plain(asdict(attribute)), "retraction": kb.notices.get(attribute.reference)}


def _plain(value: Any) -> Any:
    """The value with lists for tuples, and for numbers the text that they were read from."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, Decimal) else value
