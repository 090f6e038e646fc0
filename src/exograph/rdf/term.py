# SPDX-License-Identifier: Apache-2.0
"""One RDF term as a plain value: what the store and rdflib both answer with."""

from __future__ import annotations

from typing import Literal, NamedTuple

XSD = "http://www.w3.org/2001/XMLSchema#"
STRING = XSD + "string"
LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"


class Term(NamedTuple):
    """An IRI, a literal or a blank node. ``datatype`` is a full IRI, None unless a literal."""

    kind: Literal["iri", "literal", "blank"]
    value: str
    datatype: str | None = None
    language: str | None = None


Row = tuple[Term | None, ...]
"""One row of an answer; None where a variable is unbound."""

Triple = tuple[Term, Term, Term]
"""Subject, predicate, object."""
