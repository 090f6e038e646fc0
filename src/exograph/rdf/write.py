# SPDX-License-Identifier: Apache-2.0
"""From the model to triples of plain terms: one record after the other, along its shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from exograph import vocab
from exograph.errors import InputError
from exograph.ids import term_iri
from exograph.kb.grading import evidence
from exograph.model import (
    Claim,
    Conflict,
    Entity,
    KnowledgeBase,
    Mechanism,
    Reference,
    Verification,
)
from exograph.rdf import shape
from exograph.rdf.prefixes import IRI, expand
from exograph.rdf.shape import Cell, Shape
from exograph.rdf.term import LANG_STRING, STRING, XSD, Term, Triple

SIGNS = {"+": 1, "-": -1, "?": 0}
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SUB_CLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
_THING = "http://www.w3.org/2002/07/owl#Thing"
ECO = "http://purl.obolibrary.org/obo/ECO_"
"""What the prefix ECO of ``ontology/prefixes.tsv`` stands for."""


def triples(
    kb: KnowledgeBase,
    *,
    prefixes: Mapping[str, str] | None = None,
    ontology: Iterable[Triple] = (),
) -> Iterator[Triple]:
    """All triples of the knowledge base, with those that follow from the vocabulary.

    With ``prefixes`` the CURIEs of entities that have one of these also become SKOS matches with
    full IRIs. With ``ontology`` the classes above each kind are added. No blank node is made, and
    the ontology's own triples are not among them. A few triples come twice.
    """
    above = classes_above(ontology)
    for source in kb.sources:
        node = _node("source", source.id)
        yield from _record(node, shape.SOURCE, source, above)
        yield from _tagged(node, shape.TITLE, source.title_en, source.title_zh)
    for entity in kb.entities:
        yield from of_entity(entity, prefixes, above)
    for reference in kb.references:
        yield from of_reference(reference, above)
    for claim in kb.claims:
        yield from of_claim(kb, claim, above)
    for attribute in kb.attributes:
        yield from _record(_node("attribute", attribute.id), shape.ATTRIBUTE, attribute, above)
    for mechanism in kb.mechanisms:
        yield from _mechanism(mechanism, above)
    for verification in kb.verifications:
        yield from _verification(verification, above)
    for conflict in kb.conflicts:
        yield from _conflict(conflict, above)
    for remark in kb.remarks:
        yield from _record(_node("remark", remark.id), shape.REMARK, remark, above)


Above = dict[str, tuple[str, ...]]


def classes_above(ontology: Iterable[Triple]) -> Above:
    """All named classes above each class of the ontology, nearest first."""
    parents: dict[str, set[str]] = {}
    for low, property, high in ontology:
        if property.value == _SUB_CLASS and low.kind == high.kind == "iri":
            parents.setdefault(low.value, set()).add(high.value)
    above: Above = {}
    for child in parents:
        found: dict[str, None] = {}
        front = [child]
        while front:
            front = sorted({p for c in front for p in parents.get(c, ())} - found.keys())
            found.update(dict.fromkeys(front))
        found.pop(child, None)
        found.pop(_THING, None)
        above[child] = tuple(found)
    return above


def _types(node: Term, name: str, above: Above) -> Iterator[Triple]:
    kind = term_iri(name)
    for iri in (kind, *above.get(kind, ())):
        yield node, _uri(_RDF + "type"), _uri(iri)


def _record(node: Term, form: Shape, record: Any, above: Above) -> Iterator[Triple]:
    """The type of a record, and a triple for each value of each cell of its shape."""
    yield from _types(node, form.rdf_class, above)
    yield from _values(node, form.cells, record)


def _values(node: Term, cells: tuple[Cell, ...], record: Any) -> Iterator[Triple]:
    for cell in cells:
        held = getattr(record, cell.field)
        if held is None or held == ():
            continue
        property = _uri(cell.property)
        if cell.form == "decimal":
            yield node, _uri(shape.text_of(cell.property)), _text(str(held))
        for value in held if cell.many else (held,):
            yield node, property, _object(cell, value)


def _object(cell: Cell, value: Any) -> Term:
    return _node(cell.kind, value) if cell.form == "node" else _WRITERS[cell.form](value)


def of_entity(entity: Entity, prefixes: Mapping[str, str] | None, above: Above) -> Iterator[Triple]:
    """The triples of an entity, without those of claims that it is the subject of."""
    node = _node("entity", entity.id)
    yield from _types(node, entity.type, above)
    yield node, _uri(shape.ASSERTED_TYPE), _uri(term_iri(entity.type))
    yield from _record(node, shape.ENTITY, entity, above)
    yield from _tagged(node, shape.LABEL, entity.label_en, entity.label_zh)
    if entity.desired is not None:
        yield node, _uri(shape.DESIRED_DIRECTION), _text(entity.desired.direction)
        yield node, _uri(shape.DESIRED_REFERENCE), _node("reference", entity.desired.reference)
    for field, (match, curie_property) in shape.MATCHES.items():
        for curie in getattr(entity, field):
            yield node, _uri(curie_property), _text(curie)
            iri = expand(curie, prefixes) if prefixes is not None else None
            if iri is not None and IRI.match(iri):
                yield node, _uri(match), _uri(iri)


def of_reference(reference: Reference, above: Above) -> Iterator[Triple]:
    """The triples of a reference."""
    yield from _record(_node("reference", reference.id), shape.REFERENCE, reference, above)


def of_claim(kb: KnowledgeBase, claim: Claim, above: Above) -> Iterator[Triple]:
    """The triples of a claim and of its statements, and what it says itself if supported."""
    node = _node("claim", claim.id)
    subject, object = _node("entity", claim.subject), _node("entity", claim.object)
    yield from _types(node, "Claim", above)
    yield node, _uri(_RDF + "subject"), subject
    yield node, _uri(_RDF + "predicate"), _uri(term_iri(claim.predicate))
    yield node, _uri(_RDF + "object"), object
    if claim.sign is not None:
        yield node, _uri(shape.SIGN), _integer(claim.sign)
    if claim.supported:
        for predicate in (claim.predicate, *vocab.ancestors(claim.predicate)):
            yield subject, _uri(term_iri(predicate)), object
    for statement in claim.statements:
        said = _node("statement", statement.id)
        yield node, _uri(shape.HAS_STATEMENT), said
        yield from _record(said, shape.STATEMENT, statement, above)
        yield from _values(said, shape.CONTEXT, statement.context)
        if statement.retracted:
            yield said, _uri(shape.RETRACTED), Term("literal", "true", XSD + "boolean")
        found = evidence(kb, statement)
        yield said, _uri(shape.EVIDENCE_CODE), _uri(ECO + found.eco.removeprefix("ECO:"))
        yield said, _uri(shape.GRADE), _text(found.grade)


def _mechanism(mechanism: Mechanism, above: Above) -> Iterator[Triple]:
    node = _node("mechanism", mechanism.id)
    yield from _record(node, shape.MECHANISM, mechanism, above)
    yield from _tagged(node, shape.TITLE, mechanism.title_en, mechanism.title_zh)
    for position, step in enumerate(mechanism.steps, 1):
        place = _node("mechanism", f"{mechanism.id}/step/{position}")
        yield node, _uri(shape.HAS_STEP), place
        yield place, _uri(shape.POSITION), _integer(position)
        yield place, _uri(shape.CLAIM), _node("claim", step.claim)
        yield from _record(place, shape.STEP, step, above)


def _verification(verification: Verification, above: Above) -> Iterator[Triple]:
    node = _node("verification", verification.id)
    yield node, _uri(shape.CLAIM), _node("claim", verification.claim)
    yield from _record(node, shape.VERIFICATION, verification, above)


def _conflict(conflict: Conflict, above: Above) -> Iterator[Triple]:
    node = _node("conflict", conflict.id)
    first, second = conflict.claims
    yield node, _uri(shape.FIRST_CLAIM), _node("claim", first)
    yield node, _uri(shape.SECOND_CLAIM), _node("claim", second)
    yield from _record(node, shape.CONFLICT, conflict, above)


def _tagged(node: Term, property: str, en: str, zh: str) -> Iterator[Triple]:
    yield node, _uri(property), Term("literal", en, LANG_STRING, "en")
    yield node, _uri(property), Term("literal", zh, LANG_STRING, "zh")


@cache
def _uri(iri: str) -> Term:
    return Term("iri", iri)


@cache
def _node(kind: str, id: str) -> Term:
    iri = shape.node(kind, id)
    if not IRI.match(iri):
        raise InputError(
            "X104",
            f"The id {id!r} of a {kind} cannot stand in an IRI.",
            "Use letters, digits and hyphens.",
        )
    return Term("iri", iri)


def _text(text: str) -> Term:
    return Term("literal", text, STRING)


def _integer(number: int) -> Term:
    return Term("literal", str(number), XSD + "integer")


def decimal_text(number: Decimal) -> str:
    """A number in the canonical form of ``xsd:decimal``: no exponent, no needless zero.

    >>> decimal_text(Decimal("0.50")), decimal_text(Decimal("1E3")), decimal_text(Decimal("-0"))
    ('0.5', '1000', '0')
    """
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


_WRITERS: dict[str, Callable[[Any], Term]] = {
    "text": _text,
    "integer": _integer,
    "decimal": lambda number: Term("literal", decimal_text(number), XSD + "decimal"),
    "term": lambda name: _uri(term_iri(name)),
    "sign": lambda sign: _integer(SIGNS[sign]),
    "list": lambda items: _text(shape.SEPARATOR.join(items)),
}
