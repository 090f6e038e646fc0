# SPDX-License-Identifier: Apache-2.0
"""Graphs of rdflib: from triples of plain terms and back, and from files and bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exograph.errors import InputError
from exograph.model import KnowledgeBase
from exograph.rdf.term import LANG_STRING, STRING, Term, Triple
from exograph.rdf.write import triples

if TYPE_CHECKING:
    from rdflib import Graph


def to_rdf(
    kb: KnowledgeBase,
    *,
    prefixes: Mapping[str, str] | None = None,
    ontology: Graph | None = None,
) -> Graph:
    """All triples of the knowledge base as a graph of rdflib; see ``triples``. Some 20 µs each."""
    return graph_of(triples(kb, prefixes=prefixes, ontology=plain(ontology or ())))


def plain(graph: Iterable[Any]) -> Iterator[Triple]:
    """Triples of rdflib as triples of plain terms."""
    return ((term_of(s), term_of(p), term_of(o)) for s, p, o in graph)


def term_of(node: Any) -> Term:
    """A term of rdflib as a plain value."""
    from rdflib import BNode, Literal

    if isinstance(node, Literal):
        datatype = LANG_STRING if node.language else str(node.datatype or STRING)
        return Term("literal", str(node), datatype, node.language)
    return Term("blank" if isinstance(node, BNode) else "iri", str(node))


def graph_of(triples: Iterable[Triple]) -> Graph:
    """A graph of rdflib that holds the triples, numbers in the spelling that they have."""
    from rdflib import Graph

    graph = Graph()
    add = graph.store.add
    for triple in nodes_of(triples):
        add(triple, graph, quoted=False)
    return graph


def nodes_of(triples: Iterable[Triple]) -> Iterator[tuple[Any, Any, Any]]:
    """The triples in terms of rdflib, each term made once."""
    from rdflib import BNode, Literal, URIRef

    class Nodes(dict[Term, Any]):
        def __missing__(self, term: Term) -> Any:
            kind, value, datatype, language = term
            made: Any
            if kind == "iri":
                made = URIRef(value)
            elif kind == "blank":
                made = BNode(value)
            elif language is not None or datatype == STRING:
                made = Literal(value, lang=language)
            else:
                made = Literal(value, datatype=URIRef(str(datatype)), normalize=False)
            self[term] = made
            return made

    node = Nodes()
    return ((node[s], node[p], node[o]) for s, p, o in triples)


def parse_ontology(path: Path) -> Graph:
    """The ontology as a graph. Raises InputError with the file and the parser's own words."""
    from rdflib import Graph

    try:
        return Graph().parse(path, format="turtle")
    except Exception as error:  # rdflib's parser raises classes of many kinds, also its own
        raise InputError("X106", f"{path} is not Turtle: {error}.", "Mend the file.") from None


def parse_nquads(data: bytes) -> Graph:
    """A graph from N-Quads that name no graph. Raises InputError if the data is damaged."""
    from rdflib import Graph

    try:
        return Graph().parse(data=data, format="nt")
    except Exception as error:  # as above
        raise InputError("X107", f"Not N-Triples: {error}.", "Run `exograph build`.") from None


def to_turtle(graph: Graph, prefixes: Mapping[str, str]) -> bytes:
    """A graph as Turtle, by rdflib: for small graphs; about 0.1 ms a triple."""
    for prefix, iri in prefixes.items():
        graph.bind(prefix, iri, replace=True)
    return graph.serialize(format="turtle", encoding="utf-8")
