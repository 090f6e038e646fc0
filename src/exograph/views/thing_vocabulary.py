# SPDX-License-Identifier: Apache-2.0
"""The page of the vocabulary: each term in both languages, with what it may join and how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from exograph.ids import VOCAB
from exograph.rdf import Term, Triple, shorten
from exograph.views.thing_parts import Values, fact, item, page, section, sections
from exograph.views.thing_telling import Teller

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"

_SIGNS = {"1": "positive", "-1": "negative", "0": "unsigned"}
_CLASS = {OWL + "Class"}
_PROPERTIES = {OWL + name for name in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")}


class Ontology:
    """The triples of the vocabulary, by subject, in the order of its file."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.held: dict[str, dict[str, list[Term]]] = {}
        for subject, property, object in triples:
            self.held.setdefault(subject.value, {}).setdefault(property.value, []).append(object)

    def values(self, term: str, property: str) -> list[Term]:
        return self.held.get(term, {}).get(property, [])

    def text(self, term: str, property: str, lang: str) -> str:
        """The text of a property in a language; in any if there is none, empty without any."""
        texts = self.values(term, property)
        return next((t.value for t in texts if t.language == lang), texts[0].value if texts else "")

    def is_a(self, term: str, kinds: set[str]) -> bool:
        return any(kind.value in kinds for kind in self.values(term, RDF + "type"))

    @cached_property
    def terms(self) -> dict[str, list[str]]:
        """Local names of our own terms under the headings of the page."""
        found: dict[str, list[str]] = {n: [] for n in ("classes", "predicates", "records")}
        found["properties"] = []
        for term in (t for t in self.held if t.startswith(VOCAB)):
            if self.is_a(term, _CLASS):
                into = "records" if VOCAB + "Record" in self._above(term) else "classes"
            elif not self.is_a(term, _PROPERTIES):
                continue
            else:
                into = "predicates" if self.values(term, VOCAB + "walk") else "properties"
            found[into].append(term.removeprefix(VOCAB))
        return found

    def _above(self, term: str) -> set[str]:
        """The class itself, and those above it."""
        found, front = {term}, [term]
        while front:
            above = {t.value for t in self.values(front.pop(), RDFS + "subClassOf")} - found
            found |= above
            front += above
        return found

    def union(self, term: Term) -> list[str]:
        """IRIs of the classes that a domain or a range allows."""
        if term.kind == "iri":
            return [term.value]
        held: list[str] = []
        front = self.values(term.value, OWL + "unionOf")
        while front:
            node = front[0].value
            held += [each.value for each in self.values(node, RDF + "first")]
            front = self.values(node, RDF + "rest")
        return held


def vocabulary(tell: Teller, triples: Iterable[Triple]) -> Values:
    """All terms of the vocabulary, each under its name as an anchor."""
    known = Ontology(triples)
    whole, other = VOCAB.removesuffix("#"), "en" if tell.lang == "zh" else "zh"
    title = DCTERMS + "title"
    return page(
        known.text(whole, title, tell.lang) or tell.word("vocabulary"),
        item(tell.word("vocabulary"), tell.url("vocab")),
        other=item(known.text(whole, title, other), lang=other),
        lead=known.text(whole, DCTERMS + "description", tell.lang) or None,
        parts=sections(
            *(
                section(f"all-{name}", tell.word(f"voc.{name}"), terms=_terms(tell, known, names))
                for name, names in known.terms.items()
            )
        ),
    )


def _terms(tell: Teller, known: Ontology, names: Iterable[str]) -> Iterator[Values]:
    other = "en" if tell.lang == "zh" else "zh"
    for name in names:
        term = VOCAB + name
        yield {
            "id": name,
            "name": f"exo:{name}",
            "labels": [
                item(known.text(term, RDFS + "label", tell.lang)),
                item(known.text(term, RDFS + "label", other), lang=other),
            ],
            "definitions": [
                item(known.text(term, SKOS + "definition", tell.lang)),
                item(known.text(term, SKOS + "definition", other), lang=other),
            ],
            "facts": list(_facts(tell, known, term)),
        }


def _facts(tell: Teller, known: Ontology, term: str) -> Iterator[Values]:
    for name in ("subClassOf", "subPropertyOf", "domain", "range"):
        given = known.values(term, RDFS + name)
        links = [_link(tell, known, iri) for each in given for iri in known.union(each)]
        if links:
            yield fact(tell.word(f"voc.{name}"), *links, between=tell.word("or"))
    for sign in known.values(term, VOCAB + "defaultSign"):
        yield fact(tell.word("voc.defaultSign"), item(tell.sign_words(_SIGNS[sign.value])))
    for walk in known.values(term, VOCAB + "walk"):
        yield fact(tell.word("voc.walk"), item(tell.word(f"walk.{walk.value}")))
    if example := known.text(term, SKOS + "example", tell.lang):
        yield fact(tell.word("voc.example"), item(example))


def _link(tell: Teller, known: Ontology, iri: str) -> Values:
    """A term of ours by its label, with a link within the page; others by their short name."""
    if not iri.startswith(VOCAB):
        return item(shorten(iri, tell.prefixes))
    name = known.text(iri, RDFS + "label", tell.lang) or iri.removeprefix(VOCAB)
    return item(name, f"#{iri.removeprefix(VOCAB)}")
