# SPDX-License-Identifier: Apache-2.0
"""From RDF back to the model: only what was asserted is read, what follows from it is not."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

from exograph import vocab
from exograph.errors import InputError
from exograph.ids import BASE, VOCAB, term_iri
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
from exograph.rdf import shape
from exograph.rdf.shape import Cell, Shape

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

RDF_NS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
T = TypeVar("T")
Values = dict[str, list[Any]]
"""The objects of one subject, by property."""

_OTHER_VERSION = "The graph was not written by this version of exograph."
_SIGN_TEXTS = {1: "+", -1: "-", 0: "?"}


def from_rdf(graph: Graph) -> KnowledgeBase:
    """The knowledge base that ``graph`` was made from: the inverse of ``to_rdf``.

    The graph may hold other triples, such as those of the ontology. Raises InputError that names
    the node at which something is missing, or is not as the vocabulary wants it.
    """
    subjects: dict[Node, Values] = {}
    for subject, property, object in graph:
        subjects.setdefault(subject, {}).setdefault(str(property), []).append(object)
    by_class: dict[str, list[tuple[str, Values]]] = {}
    for subject, values in subjects.items():
        for kind in values.get(RDF_NS + "type", ()):
            by_class.setdefault(str(kind), []).append((str(subject), values))
    nodes = {str(subject): values for subject, values in subjects.items()}

    def each(name: str) -> list[tuple[str, Values]]:
        return sorted(by_class.get(term_iri(name), ()), key=lambda pair: pair[0])

    def all_of(form: Shape, build: type) -> list[Any]:
        return [
            _build(build, node, _cells(node, form.cells, values))
            for node, values in each(form.rdf_class)
        ]

    def with_id(form: Shape, build: type) -> list[Any]:
        return [
            _build(build, node, _cells(node, form.cells, values), id=_id(node, form.kind))
            for node, values in each(form.rdf_class)
        ]

    claims = [_claim(node, values, nodes) for node, values in each("Claim")]
    return KnowledgeBase(
        sources=tuple(sorted((_source(*pair) for pair in each("Source")), key=_by_id)),
        entities=tuple(sorted((_entity(*pair) for pair in each("Entity")), key=_by_id)),
        references=tuple(sorted(with_id(shape.REFERENCE, Reference), key=_by_id)),
        claims=tuple(sorted(claims, key=lambda c: (c.subject, c.predicate, c.object))),
        attributes=tuple(sorted(all_of(shape.ATTRIBUTE, Attribute), key=_by_id)),
        mechanisms=tuple(
            sorted((_mechanism(*pair, nodes) for pair in each("Mechanism")), key=_by_id)
        ),
        verifications=tuple(sorted(all_of(shape.VERIFICATION, Verification), key=_by_id)),
        conflicts=tuple(sorted(all_of(shape.CONFLICT, Conflict), key=_by_id)),
        remarks=tuple(sorted(with_id(shape.REMARK, Remark), key=_by_id)),
    )


_by_id = attrgetter("id")


def _build(model: type[T], node: str, fields: dict[str, Any], **more: Any) -> T:
    try:
        return model(**fields, **more)
    except TypeError as error:
        raise InputError("X105", f"<{node}> is not whole: {error}.", _OTHER_VERSION) from None


def _cells(node: str, cells: tuple[Cell, ...], values: Values) -> dict[str, Any]:
    """The fields that a node has a value for; a field that the model needs is missed there."""
    found: dict[str, Any] = {}
    for cell in cells:
        property = shape.text_of(cell.property) if cell.form == "decimal" else cell.property
        held = values.get(property)
        if held is None:
            continue
        if cell.many:
            found[cell.field] = tuple(sorted(_value(node, cell, item) for item in held))
        else:
            found[cell.field] = _value(node, cell, _only(node, property, held))
    return found


def _value(node: str, cell: Cell, object: Node) -> Any:
    text = str(object)
    try:
        return _id(text, cell.kind) if cell.form == "node" else _READERS[cell.form](text)
    except (ValueError, KeyError, InvalidOperation):
        raise _fault(node, cell.property, f"has the value {text!r}") from None


def _items(text: str) -> tuple[str, ...]:
    return tuple(text.split(shape.SEPARATOR)) if text else ()


def _name(iri: str) -> str:
    """Name of a predicate or a kind. Raises ValueError if the vocabulary has none such."""
    name = iri.removeprefix(VOCAB)
    if name not in vocab.PREDICATES and name not in vocab.TYPES:
        raise ValueError(iri)
    return name


_READERS: dict[str, Callable[[str], Any]] = {
    "text": str,
    "integer": int,
    "decimal": Decimal,
    "term": _name,
    "sign": lambda text: _SIGN_TEXTS[int(text)],
    "list": _items,
}


def _only(node: str, property: str, held: list[Node]) -> Node:
    if len(held) != 1:
        raise _fault(node, property, f"has {len(held)} values, not one")
    return held[0]


def _one(node: str, property: str, values: Values) -> Node:
    return _only(node, property, values.get(property, []))


def _id(iri: str, kind: str) -> str:
    start = f"{BASE}{kind}/"
    if not iri.startswith(start):
        raise _fault(iri, RDF_NS + "type", f"is not the IRI of a {kind}")
    return iri[len(start) :]


def _term(node: str, property: str, values: Values) -> str:
    iri = str(_one(node, property, values))
    try:
        return _name(iri)
    except ValueError:
        raise _fault(node, property, f"has the value {iri!r}") from None


def _fault(node: str, property: str, what: str) -> InputError:
    name = property.removeprefix(VOCAB)
    return InputError(
        "X105",
        f"<{node}>: {name} {what}.",
        _OTHER_VERSION,
    )


def _tagged(node: str, property: str, values: Values) -> tuple[str, str]:
    """The English and the Chinese value of a property."""
    by_language = {o.language: str(o) for o in values.get(property, ()) if hasattr(o, "language")}
    if not {"en", "zh"} <= by_language.keys():
        raise _fault(node, property, "is missing in English or Chinese")
    return by_language["en"], by_language["zh"]


def _source(node: str, values: Values) -> Source:
    title_en, title_zh = _tagged(node, shape.TITLE, values)
    fields = _cells(node, shape.SOURCE.cells, values)
    return _build(
        Source, node, fields, id=_id(node, "source"), title_en=title_en, title_zh=title_zh
    )


def _entity(node: str, values: Values) -> Entity:
    label_en, label_zh = _tagged(node, shape.LABEL, values)
    desired = None
    if shape.DESIRED_DIRECTION in values:
        desired = Desired(
            str(_one(node, shape.DESIRED_DIRECTION, values)),
            _id(str(_one(node, shape.DESIRED_REFERENCE, values)), "reference"),
        )
    matches = {
        field: tuple(sorted(str(curie) for curie in values.get(property, ())))
        for field, (_, property) in shape.MATCHES.items()
    }
    return _build(
        Entity,
        node,
        _cells(node, shape.ENTITY.cells, values),
        id=_id(node, "entity"),
        type=_term(node, shape.ASSERTED_TYPE, values),
        label_en=label_en,
        label_zh=label_zh,
        desired=desired,
        **matches,
    )


def _claim(node: str, values: Values, nodes: dict[str, Values]) -> Claim:
    triple = {
        "subject": _id(str(_one(node, RDF_NS + "subject", values)), "entity"),
        "predicate": _term(node, RDF_NS + "predicate", values),
        "object": _id(str(_one(node, RDF_NS + "object", values)), "entity"),
    }
    statements = []
    for said in values.get(shape.HAS_STATEMENT, ()):
        held = nodes.get(str(said), {})
        context = Context(**_cells(str(said), shape.CONTEXT, held))
        fields = _cells(str(said), shape.STATEMENT.cells, held)
        statements.append(_build(Statement, str(said), fields, context=context, **triple))
    return Claim(**triple, statements=tuple(sorted(statements, key=lambda s: s.id)))


def _mechanism(node: str, values: Values, nodes: dict[str, Values]) -> Mechanism:
    title_en, title_zh = _tagged(node, shape.TITLE, values)
    steps = []
    for place in values.get(shape.HAS_STEP, ()):
        held = nodes.get(str(place), {})
        position = int(str(_one(str(place), shape.POSITION, held)))
        fields = _cells(str(place), shape.STEP.cells, held)
        steps.append((position, _build(MechanismStep, str(place), fields)))
    return _build(
        Mechanism,
        node,
        _cells(node, shape.MECHANISM.cells, values),
        id=_id(node, "mechanism"),
        title_en=title_en,
        title_zh=title_zh,
        steps=tuple(step for _, step in sorted(steps, key=lambda pair: pair[0])),
    )
