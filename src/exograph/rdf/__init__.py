# SPDX-License-Identifier: Apache-2.0
"""The knowledge base as RDF 1.1, and back.

``shape`` says which field of the model becomes which property; ``write`` and ``read`` follow it in
the two directions, so neither can know a field that the other does not. A triple is three plain
terms; rdflib is imported inside the functions that need a graph of it.
"""

from exograph.rdf.ask import ask
from exograph.rdf.graphs import (
    graph_of,
    nodes_of,
    parse_nquads,
    parse_ontology,
    plain,
    term_of,
    to_rdf,
    to_turtle,
)
from exograph.rdf.prefixes import read_prefixes, shorten
from exograph.rdf.read import from_rdf
from exograph.rdf.serialise import lines, spelled, to_nquads
from exograph.rdf.shape import terms
from exograph.rdf.term import Row, Term, Triple
from exograph.rdf.write import triples

__all__ = [
    "Row",
    "Term",
    "Triple",
    "ask",
    "from_rdf",
    "graph_of",
    "lines",
    "nodes_of",
    "parse_nquads",
    "parse_ontology",
    "plain",
    "read_prefixes",
    "shorten",
    "spelled",
    "term_of",
    "terms",
    "to_nquads",
    "to_rdf",
    "to_turtle",
    "triples",
]
