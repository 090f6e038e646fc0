# SPDX-License-Identifier: Apache-2.0
"""JSON-LD 1.1: every triple, told from the entities on.

An entity holds the claims that begin at it, a claim its statements, a mechanism its steps; the rest
of the records and the vocabulary follow as they are. The context stands in the file, so no reader
asks a network for it. See https://www.w3.org/TR/json-ld11/.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from heapq import merge
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from exograph import vocab
from exograph.exchange.content import Content
from exograph.exchange.formats import Files
from exograph.exchange.jsonld_triples import Said, Triples, opened
from exograph.ids import BASE, VOCAB, claim_iri, entity_iri, term_iri
from exograph.model import Claim, Entity
from exograph.rdf import shape, shorten
from exograph.rdf.term import STRING, XSD, Term

Node = dict[str, Any]

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_TYPE = _RDF + "type"
_ALWAYS = {
    "exo": VOCAB,
    "rdf": _RDF,
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": _SKOS,
    "xsd": XSD,
}
_TAGGED = {
    shape.LABEL: "label",
    shape.TITLE: "titles",
    _SKOS + "definition": "definition",
    _SKOS + "altLabel": "alternatives",
}
"""Names under which texts stand by language. A reference has a plain ``title`` besides."""

_NESTED = {_RDF + "subject": "claims"}
"""What nests a record in the object: claims stand in their subjects."""

_RELATIVE = re.compile(
    re.escape(BASE) + r"((?:[a-z]+/)[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/step/[0-9]+)?)\Z"
)
_PLAIN = re.compile(re.escape(VOCAB) + r"([A-Za-z][A-Za-z0-9_]*)\Z")
_RECORDS = tuple(f"<{BASE}{kind}/" for kind in sorted({s.kind for s in shape.SHAPES} | {"claim"}))
"""How subjects begin that stand at their place; all others are the vocabulary's."""

_LARGEST = 1 << 53
"""The integers below it are the same in every reader of JSON."""
_CACHED = 1 << 16


def jsonld(content: Content) -> Files:
    """All triples as one document."""
    yield "", _document(content)


def _document(content: Content) -> Iterator[bytes]:
    writer = _Writer(content.prefixes)
    with opened(content.nquads) as triples:
        context = json.dumps(writer.context, ensure_ascii=False, indent=1)
        yield f'{{"@context": {context},\n"@graph": [\n'.encode()
        between = ""
        for node in _nodes(content, triples, writer):
            yield (between + json.dumps(node, ensure_ascii=False, indent=1)).encode()
            between = ",\n"
        yield b"\n]}\n"


def _nodes(content: Content, triples: Triples, writer: _Writer) -> Iterator[Node]:
    """The nodes that stand at the top, in the order in which one would read them."""

    def record(kind: str, id: str) -> Node:
        iri = shape.node(kind, id)
        return writer.node(f"<{iri}>", triples.of(f"<{iri}>"))

    kb = content.kb
    yield from (record("source", s.id) for s in kb.sources)
    for id, claims in _with_claims(content.entities, content.claims):
        node = record("entity", id)
        if nested := [_claim(c, triples, writer) for c in claims]:
            node["claims"] = nested
        yield node
    yield from (record("reference", r.id) for r in content.references)
    for mechanism in kb.mechanisms:
        node = record("mechanism", mechanism.id)
        if steps := range(1, len(mechanism.steps) + 1):
            node["hasStep"] = [record("mechanism", f"{mechanism.id}/step/{n}") for n in steps]
        yield node
    yield from (record("attribute", a.id) for a in kb.attributes)
    yield from (record("verification", v.id) for v in kb.verifications)
    yield from (record("conflict", c.id) for c in kb.conflicts)
    yield from (record("remark", r.id) for r in kb.remarks)
    for subject in triples.subjects():
        if not subject.startswith(_RECORDS):
            yield writer.node(subject, triples.of(subject))


def _with_claims(
    entities: Iterable[Entity], claims: Iterable[Claim]
) -> Iterator[tuple[str, list[Claim]]]:
    """The ids of all entities and subjects, each with the claims that begin at it."""
    begin = ((id, list(held)) for id, held in groupby(claims, attrgetter("subject")))
    nothing: list[Claim] = []
    all_ids = merge(((e.id, nothing) for e in entities), begin, key=itemgetter(0))
    for id, parts in groupby(all_ids, itemgetter(0)):
        yield id, [claim for _, held in parts for claim in held]


def _claim(claim: Claim, triples: Triples, writer: _Writer) -> Node:
    """As it stands in its subject, which it need not name."""
    iri = claim_iri(claim.id)
    subject = (_RDF + "subject", Term("iri", entity_iri(claim.subject)))
    node = writer.node(f"<{iri}>", [pair for pair in triples.of(f"<{iri}>") if pair != subject])
    statements = (shape.node("statement", s.id) for s in claim.statements)
    node["hasStatement"] = [writer.node(f"<{i}>", triples.of(f"<{i}>")) for i in statements]
    return node


class _Writer:
    """Terms in the short spelling of one context."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        kept = {name: iri for name, iri in prefixes.items() if not _is_folder(iri)}
        self._prefixes = kept | _ALWAYS
        self._coerced = _coercions()
        self.context = self._context()
        self.iri = lru_cache(_CACHED)(self._iri)
        self.key = lru_cache(_CACHED)(self._key)

    def _context(self) -> Node:
        """Names and prefixes; the records' own identifiers are relative to ``@base``."""
        context: Node = {"@version": 1.1, "@base": BASE, "@vocab": VOCAB}
        context |= {"id": "@id", "type": "@type"}
        for name, iri in sorted(self._prefixes.items()):
            ends = iri[-1:] in ":/?#[]@"
            context[name] = iri if ends else {"@id": iri, "@prefix": True}
        for iri, name in _TAGGED.items():
            context[name] = {"@id": self._iri(iri), "@container": "@language"}
        for iri, name in _NESTED.items():
            context[name] = {"@reverse": self._iri(iri)}
        for iri, form in sorted(self._coerced.items()):
            if match := _PLAIN.match(iri):
                context[match[1]] = {"@type": form}
            else:
                context[self._iri(iri)] = {"@id": self._iri(iri), "@type": form}
        return context

    def node(self, subject: str, said: Said) -> Node:
        """A record with its identifier, its types, its label, then all else."""
        node: Node = {"id": self._subject(subject)}
        types: list[str] = []
        tagged: Node = {}
        plain: dict[str, list[Any]] = {}
        for property, object in said:
            if property == _TYPE and object.kind == "iri":
                types.append(self._type(object.value))
            elif object.language is not None and property in _TAGGED:
                by_language = tagged.setdefault(_TAGGED[property], {})
                by_language.setdefault(object.language, []).append(object.value)
            else:
                plain.setdefault(self.key(property), []).append(self._value(property, object))
        if types:
            node["type"] = _one(types)
        for name, texts in tagged.items():
            node[name] = {language: _one(held) for language, held in texts.items()}
        return node | {key: _one(values) for key, values in plain.items()}

    def _subject(self, spelled: str) -> str:
        return self.iri(spelled[1:-1]) if spelled.startswith("<") else spelled

    def _iri(self, iri: str) -> str:
        """Relative to the base if it is a record of ours, else with a prefix, else as it is."""
        if match := _RELATIVE.match(iri):
            return match[1]
        short = shorten(iri, self._prefixes)
        return iri if short.startswith("<") else short

    def _key(self, property: str) -> str:
        match = _PLAIN.match(property)
        return match[1] if match else self._iri(property)

    def _type(self, iri: str) -> str:
        match = _PLAIN.match(iri)
        return match[1] if match else self.iri(iri)

    def _value(self, property: str, object: Term) -> Any:
        form = self._coerced.get(property)
        if object.kind == "literal":
            return self._literal(form, object)
        if object.kind == "blank":
            id = f"_:{object.value}"
        elif form == "@vocab":
            id = self._type(object.value)
        else:
            id = self.iri(object.value)
        return {"id": id} if form not in ("@id", "@vocab") else id

    def _literal(self, form: str | None, literal: Term) -> Any:
        """As short as the form of its property allows."""
        _, value, datatype, language = literal
        if language is not None:
            return {"@value": value, "@language": language}
        if datatype == STRING:
            return value if form is None else {"@value": value}
        short = self.iri(str(datatype))
        if short == form:
            return value
        if form is None and short == "xsd:boolean" and value in ("true", "false"):
            return value == "true"
        if form is None and short == "xsd:integer" and _is_plain_integer(value):
            return int(value)
        return {"@value": value, "@type": short}


def _coercions() -> dict[str, str]:
    """What a bare text stands for, by property: an identifier, a term of the vocabulary, a number.

    What does not fit is written in full, so this is only a matter of length.
    """
    forms = {"node": "@id", "term": "@vocab", "decimal": "xsd:decimal"}
    cells = [cell for record in shape.SHAPES for cell in record.cells] + list(shape.CONTEXT)
    found = {cell.property: forms[cell.form] for cell in cells if cell.form in forms}
    names = [*vocab.PREDICATES, vocab.AFFECTS.name]
    ids = [shape.HAS_STATEMENT, shape.HAS_STEP, shape.CLAIM, shape.FIRST_CLAIM, shape.SECOND_CLAIM]
    ids += [shape.DESIRED_REFERENCE, shape.EVIDENCE_CODE, _RDF + "subject", _RDF + "object"]
    ids += [match for match, _ in shape.MATCHES.values()] + [term_iri(name) for name in names]
    found |= dict.fromkeys(ids, "@id")
    return found | dict.fromkeys((shape.ASSERTED_TYPE, _RDF + "predicate"), "@vocab")


def _is_folder(iri: str) -> bool:
    """Whether it is one of the folders of our records, whose names are names of properties, too."""
    return iri.startswith(BASE) and iri != VOCAB


def _is_plain_integer(text: str) -> bool:
    return bool(re.fullmatch(r"0|-?[1-9][0-9]{0,15}", text)) and abs(int(text)) < _LARGEST


def _one(values: list[Any]) -> Any:
    """A single value alone, several as a list."""
    return values[0] if len(values) == 1 else values
