# SPDX-License-Identifier: Apache-2.0
"""Triples of others, from a stream and one after the other: no more than one is held."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import IO, NamedTuple

FORMATS: Mapping[str, str] = {
    "turtle": "text/turtle",
    "n-triples": "application/n-triples",
    "n-quads": "application/n-quads",
    "trig": "application/trig",
    "json-ld": "application/ld+json",
    "rdf-xml": "application/rdf+xml",
}
"""Media types by name."""


class Quad(NamedTuple):
    """Texts: an IRI as it is, a blank node as ``_:name``, a literal by its value.

    ``kind`` is that of the object: ``iri``, ``literal``, ``blank``, or ``triple``. ``graph`` is
    empty for the default graph.
    """

    subject: str
    predicate: str
    object: str
    kind: str
    language: str
    graph: str


class NotReadable(ValueError):
    """The parser gave up; ``line`` is where, if it told so."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


def quads(file: IO[bytes], format: str, base: str | None = None) -> Iterator[Quad]:
    """The quads of a file in one of FORMATS. Nothing is fetched, a context of JSON-LD neither.

    Raises NotReadable for an error in its syntax, and for a token or an object of JSON of more
    than 16 MiB, the largest that the parser holds.
    """
    from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, RdfFormat, parse

    media = RdfFormat.from_media_type(FORMATS[format])
    default = DefaultGraph()
    try:
        for quad in parse(file, format=media, base_iri=base):
            subject, predicate, object_, graph = quad
            kind, language = "iri", ""
            if isinstance(object_, Literal):
                kind, language = "literal", object_.language or ""
            elif not isinstance(object_, NamedNode):
                kind = "blank" if isinstance(object_, BlankNode) else "triple"
            yield Quad(
                subject.value if isinstance(subject, NamedNode) else str(subject),
                predicate.value,
                str(object_) if kind in ("blank", "triple") else object_.value,
                kind,
                language,
                "" if graph == default else graph.value,
            )
    except SyntaxError as error:
        raise NotReadable(str(error.msg or error), error.lineno) from None
    except MemoryError:
        raise NotReadable("a token has more than 16 MiB") from None
