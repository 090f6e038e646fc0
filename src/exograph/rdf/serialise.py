# SPDX-License-Identifier: Apache-2.0
"""The graph as bytes: N-Quads in sorted lines, Turtle; and back into a graph.

Everything stands in the default graph, so the N-Quads are N-Triples too. Blank nodes of the
ontology are named after what they say, so the same input gives the same bytes on every run.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from exograph.errors import InputError
from exograph.model import KnowledgeBase
from exograph.rdf.write import to_rdf

if TYPE_CHECKING:
    from rdflib import Graph


def parse_ontology(path: Path) -> Graph:
    """The ontology as a graph. Raises InputError with the file and the parser's own words."""
    from rdflib import Graph

    try:
        return Graph().parse(path, format="turtle")
    except Exception as error:  # rdflib's parser raises classes of many kinds, also its own
        raise InputError("X106", f"{path} is not Turtle: {error}.", "Mend the file.") from None


def to_nquads(
    kb: KnowledgeBase, ontology: Graph, *, prefixes: Mapping[str, str] | None = None
) -> bytes:
    """Knowledge base and ontology as N-Quads: every triple once, lines in byte order."""
    from rdflib.compare import to_canonical_graph

    graph = to_rdf(kb, prefixes=prefixes, ontology=ontology)
    plain, blank = _split(ontology)
    for triple in plain if not blank else (*plain, *to_canonical_graph(blank)):
        graph.add(triple)
    lines = graph.serialize(format="nt", encoding="utf-8").splitlines(keepends=True)
    return b"".join(sorted(lines))


def _split(graph: Graph) -> tuple[Graph, Graph]:
    """The triples without and with a blank node; only the latter need canonical names."""
    from rdflib import BNode, Graph

    plain, blank = Graph(), Graph()
    for triple in graph:
        named = not isinstance(triple[0], BNode) and not isinstance(triple[2], BNode)
        (plain if named else blank).add(triple)
    return plain, blank


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
