# SPDX-License-Identifier: Apache-2.0
"""The knowledge base as RDF 1.1, and back.

``shape`` says which field of the model becomes which property; ``write`` and ``read`` follow it in
the two directions, so neither can know a field that the other does not. rdflib is imported inside
the functions that need it.
"""

from exograph.rdf.ask import ask
from exograph.rdf.prefixes import read_prefixes, shorten
from exograph.rdf.read import from_rdf
from exograph.rdf.serialise import parse_nquads, parse_ontology, to_nquads, to_turtle
from exograph.rdf.shape import terms
from exograph.rdf.term import Row, Term
from exograph.rdf.write import to_rdf

__all__ = [
    "Row",
    "Term",
    "ask",
    "from_rdf",
    "parse_nquads",
    "parse_ontology",
    "read_prefixes",
    "shorten",
    "terms",
    "to_nquads",
    "to_rdf",
    "to_turtle",
]
