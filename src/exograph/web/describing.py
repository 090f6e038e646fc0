# SPDX-License-Identifier: Apache-2.0
"""What the endpoint says of itself: SPARQL 1.1 Service Description, and VoID.

https://www.w3.org/TR/sparql11-service-description/ and https://www.w3.org/TR/void/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from exograph.rdf import Term, Triple
from exograph.rdf.term import XSD

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
DCTERMS = "http://purl.org/dc/terms/"
FORMATS = "http://www.w3.org/ns/formats/"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

PREFIXES = {"sd": SD, "void": VOID, "dcterms": DCTERMS, "formats": FORMATS, "xsd": XSD}

_RESULTS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
)

COUNTS = {
    "triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "distinctSubjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
    "properties": "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
    "classes": "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }",
}
"""Queries whose numbers VoID tells of the default graph."""

NAMED = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g LIMIT 1000"


@dataclass(frozen=True)
class About:
    """The dataset: its title, licence and vocabularies (IRIs), its counts, its named graphs."""

    title: str
    counts: Mapping[str, int] = field(default_factory=dict)
    named: Mapping[str, int] = field(default_factory=dict)
    licence: str | None = None
    spaces: tuple[str, ...] = ()
    vocabularies: tuple[str, ...] = ()


def description(base: str, about: About) -> Iterator[Triple]:
    """Both descriptions, as triples. ``base`` is where the server was asked."""
    service, dataset = _blank("service"), Term("iri", f"{base}/.well-known/void#dataset")
    default = _blank("default")
    yield service, _iri(TYPE), _iri(SD + "Service")
    yield service, _iri(SD + "endpoint"), _iri(f"{base}/sparql")
    yield service, _iri(SD + "supportedLanguage"), _iri(SD + "SPARQL11Query")
    for name in _RESULTS:
        yield service, _iri(SD + "resultFormat"), _iri(FORMATS + name)
    yield service, _iri(SD + "defaultDataset"), dataset
    yield dataset, _iri(TYPE), _iri(SD + "Dataset")
    yield dataset, _iri(TYPE), _iri(VOID + "Dataset")
    yield dataset, _iri(DCTERMS + "title"), _text(about.title)
    yield dataset, _iri(VOID + "sparqlEndpoint"), _iri(f"{base}/sparql")
    if about.licence is not None:
        yield dataset, _iri(DCTERMS + "license"), _iri(about.licence)
    for space in about.spaces:
        yield dataset, _iri(VOID + "uriSpace"), _text(space)
    for vocabulary in about.vocabularies:
        yield dataset, _iri(VOID + "vocabulary"), _iri(vocabulary)
    for name, count in about.counts.items():
        yield dataset, _iri(VOID + name), _number(count)
    yield dataset, _iri(SD + "defaultGraph"), default
    yield default, _iri(TYPE), _iri(SD + "Graph")
    if "triples" in about.counts:
        yield default, _iri(VOID + "triples"), _number(about.counts["triples"])
    for number, (iri, count) in enumerate(about.named.items()):
        named, graph = _blank(f"named{number}"), _blank(f"graph{number}")
        yield dataset, _iri(SD + "namedGraph"), named
        yield named, _iri(TYPE), _iri(SD + "NamedGraph")
        yield named, _iri(SD + "name"), _iri(iri)
        yield named, _iri(SD + "graph"), graph
        yield graph, _iri(TYPE), _iri(SD + "Graph")
        yield graph, _iri(VOID + "triples"), _number(count)


def _iri(value: str) -> Term:
    return Term("iri", value)


def _blank(value: str) -> Term:
    return Term("blank", value)


def _text(value: str) -> Term:
    return Term("literal", value, XSD + "string")


def _number(value: int) -> Term:
    return Term("literal", str(value), XSD + "integer")
