# SPDX-License-Identifier: Apache-2.0
"""Which nodes SHACL may find fault with: a quick look before pyshacl, which alone judges.

pyshacl takes about a millisecond a node and nearly every node is sound. Here the constraints of
SHACL Core that our shapes use (https://www.w3.org/TR/shacl/#core-components) become plain functions
over dictionaries, some 50 times quicker. A node that passes them is sound; one that fails any is
handed to pyshacl. A constraint that is not known here hands over everything, so that a new kind of
shape is slow at worst and never skipped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node, URIRef

Facts = dict[Any, dict[Any, list[Any]]]
"""Objects by subject and predicate."""
Test = Callable[[Any], bool]
"""Whether a focus node is sound for certain."""
Check = Callable[[Any, Sequence[Any]], bool]
"""The same of a focus node and its value nodes."""

_SHACL = "http://www.w3.org/ns/shacl#"
_ASIDE = {"path", "message", "severity", "name", "description", "targetClass", "targetSubjectsOf"}
"""Parameters that do not decide what is sound."""


class _UnknownError(Exception):
    """A shape uses what is not known here."""


def suspects(triples: Iterable[Any], shapes: Graph) -> dict[URIRef, list[Node]] | None:
    """The nodes that may break a shape, by shape; None if it cannot be told.

    The triples are of rdflib's terms, each once. Takes about 10 µs a node with 20 constraints.
    """
    from rdflib import URIRef

    world = _World.of(triples)
    found: dict[URIRef, list[Node]] = {}
    try:
        for shape, focus in _targets(shapes, world):
            sound = _shape(shapes, world, shape)
            failed = [node for node in focus if not sound(node)]
            if failed:
                found[shape] = failed
    except _UnknownError:
        return None
    named = all(isinstance(n, URIRef) for nodes in (found, *found.values()) for n in nodes)
    return found if named else None


@dataclass(frozen=True, slots=True)
class _World:
    """The graph, and the nodes of each class with those of the classes below it."""

    facts: Facts
    members: dict[Any, set[Any]]

    @classmethod
    def of(cls, triples: Iterable[Any]) -> _World:
        from rdflib import RDF, RDFS

        facts: Facts = {}
        for subject, predicate, object in triples:
            facts.setdefault(subject, {}).setdefault(predicate, []).append(object)
        members: dict[Any, set[Any]] = {}
        for node, held in facts.items():
            for kind in held.get(RDF.type, ()):
                members.setdefault(kind, set()).add(node)
        for low in list(members):
            above = [low]
            for kind in above:
                higher = facts.get(kind, {}).get(RDFS.subClassOf, ())
                above += [c for c in higher if c not in above]
            for high in above[1:]:
                members.setdefault(high, set()).update(members[low])
        return cls(facts, members)

    def values(self, node: Any, path: Any) -> Sequence[Any]:
        return self.facts.get(node, {}).get(path, ())


def _targets(shapes: Graph, world: _World) -> Iterator[tuple[Any, set[Any]]]:
    """Each shape with targets and its focus nodes."""
    from rdflib import RDF, Namespace

    sh = Namespace(_SHACL)
    if set(shapes.objects(None, RDF.type)) - {sh.NodeShape, sh.PropertyShape, RDF.List}:
        raise _UnknownError
    known = {sh[name] for name in (*_ASIDE, *_MAKERS, "inversePath")}
    if any(p not in known for p in shapes.predicates(unique=True) if str(p).startswith(_SHACL)):
        raise _UnknownError
    found: dict[Any, set[Any]] = {}
    for shape, target in shapes.subject_objects(sh.targetClass):
        found.setdefault(shape, set()).update(world.members.get(target, ()))
    for shape, target in shapes.subject_objects(sh.targetSubjectsOf):
        nodes = (node for node, held in world.facts.items() if target in held)
        found.setdefault(shape, set()).update(nodes)
    yield from found.items()


def _shape(shapes: Graph, world: _World, shape: Any, outer: tuple[Any, ...] = ()) -> Test:
    """The test of one shape; of a property shape, for the node that has the property."""
    from rdflib import Namespace

    if shape in outer:
        raise _UnknownError
    sh = Namespace(_SHACL)
    checks: list[Check] = []
    for parameter, argument in shapes.predicate_objects(shape):
        name = str(parameter).removeprefix(_SHACL)
        if name in _MAKERS:
            checks.append(_MAKERS[name](_Place(shapes, world, (*outer, shape)), argument))
    path = shapes.value(shape, sh.path)
    if path is None:
        return lambda node: all(check(node, (node,)) for check in checks)
    values = _path(shapes, world, path)

    def test(node: Any) -> bool:
        held = values(node)
        return all(check(node, held) for check in checks)

    return test


def _path(shapes: Graph, world: _World, path: Any) -> Callable[[Any], Sequence[Any]]:
    """The value nodes of a property, or of one walked backward."""
    from rdflib import Namespace, URIRef

    if isinstance(path, URIRef):
        return lambda node: world.values(node, path)
    inverse = shapes.value(path, Namespace(_SHACL).inversePath)
    if not isinstance(inverse, URIRef):
        raise _UnknownError
    back: dict[Any, list[Any]] = {}
    for subject, held in world.facts.items():
        for object in held.get(inverse, ()):
            back.setdefault(object, []).append(subject)
    return lambda node: back.get(node, ())


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a constraint stands: the shapes, the data, and the shapes around it."""

    shapes: Graph
    world: _World
    outer: tuple[Any, ...]

    def items(self, head: Any) -> list[Any]:
        return list(self.shapes.items(head))

    def shape(self, node: Any) -> Test:
        return _shape(self.shapes, self.world, node, self.outer)


def _each(sound: Callable[[Any], bool]) -> Check:
    return lambda _, values: all(map(sound, values))


def _count(at_least: bool, number: int) -> Check:
    if at_least:
        return lambda _, values: len(values) >= number
    return lambda _, values: len(values) <= number


def _datatype(iri: Any) -> Check:
    from rdflib import XSD, Literal

    def sound(value: Any) -> bool:
        if not isinstance(value, Literal) or value.language or value.ill_typed:
            return False
        return bool((value.datatype or XSD.string) == iri)

    if iri not in (XSD.string, XSD.integer, XSD.decimal):
        raise _UnknownError
    return _each(sound)


def _node_kind(kind: Any) -> Check:
    from rdflib import URIRef

    if kind != _uri("IRI"):
        raise _UnknownError
    return _each(lambda value: isinstance(value, URIRef))


def _text(sound: Callable[[str], Any]) -> Check:
    from rdflib import BNode

    return _each(lambda value: not isinstance(value, BNode) and bool(sound(str(value))))


def _language_in(tags: Iterable[Any]) -> Check:
    known = {str(tag).lower() for tag in tags}
    return _each(lambda value: (getattr(value, "language", None) or "").lower() in known)


def _unique_languages(_: Any, values: Sequence[Any]) -> bool:
    tags = [tag.lower() for v in values if (tag := getattr(v, "language", None))]
    return len(tags) == len(set(tags))


def _number(node: Any) -> Decimal | None:
    value = getattr(node, "value", None)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return Decimal(value)


def _at_most(low: Any, high: Any) -> bool:
    one, other = _number(low), _number(high)
    return one is not None and other is not None and one <= other


def _unique_lang(argument: Any) -> Check:
    return _unique_languages if argument.value is True else lambda _, values: True


def _any_of(tests: Sequence[Test]) -> Check:
    return _each(lambda value: any(test(value) for test in tests))


def _disjoint(place: _Place, property: Any) -> Check:
    values = place.world.values
    return lambda node, held: set(held).isdisjoint(values(node, property))


def _equals(place: _Place, property: Any) -> Check:
    values = place.world.values
    return lambda node, held: set(held) == set(values(node, property))


def _not_above(place: _Place, property: Any) -> Check:
    values = place.world.values
    return lambda node, held: all(_at_most(v, w) for v in held for w in values(node, property))


def _uri(name: str) -> URIRef:
    from rdflib import URIRef

    return URIRef(_SHACL + name)


_MAKERS: Mapping[str, Callable[[_Place, Any], Check]] = {
    "minCount": lambda _, n: _count(True, int(n)),
    "maxCount": lambda _, n: _count(False, int(n)),
    "class": lambda place, c: _each(place.world.members.get(c, set()).__contains__),
    "datatype": lambda _, iri: _datatype(iri),
    "nodeKind": lambda _, kind: _node_kind(kind),
    "minLength": lambda _, n: _text(lambda text: len(text) >= int(n)),
    "pattern": lambda _, pattern: _text(re.compile(str(pattern)).search),
    "languageIn": lambda place, head: _language_in(place.items(head)),
    "uniqueLang": lambda _, yes: _unique_lang(yes),
    "in": lambda place, head: _each(set(place.items(head)).__contains__),
    "hasValue": lambda _, value: lambda _node, values: value in values,
    "minInclusive": lambda _, low: _each(lambda value: _at_most(low, value)),
    "maxInclusive": lambda _, high: _each(lambda value: _at_most(value, high)),
    "lessThanOrEquals": _not_above,
    "disjoint": _disjoint,
    "equals": _equals,
    "or": lambda place, head: _any_of([place.shape(one) for one in place.items(head)]),
    "property": lambda place, shape: _each(place.shape(shape)),
}
"""What makes the check of each constraint, by its local name."""
