# SPDX-License-Identifier: Apache-2.0
"""A query to bytes: whole, in the format asked for and no longer than allowed, or an error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from exograph.errors import QueryError
from exograph.rdf import Triple
from exograph.store.answers import node_of
from exograph.store.asking import Store, failed, out_of_memory
from exograph.store.dataset import Dataset, asked
from exograph.store.guard import check
from exograph.store.locate import syntax_error

ROW_FORMATS = ("json", "xml", "csv", "tsv")
"""Of SELECT and ASK, as the SPARQL 1.1 recommendations define them."""

GRAPH_FORMATS = ("ttl", "nt", "rdf")
"""Of CONSTRUCT and DESCRIBE."""

_NOT_IN_XML = bytes(set(range(0x20)) - set(b"\t\n\r"))
_NO_CHARACTERS = ("\ufffe".encode(), "\uffff".encode())
_NO_NAME = b"<oxprefix: "
"""How Oxigraph writes a predicate that ends in no name."""


@dataclass(frozen=True)
class Request:
    """A query, the formats of its answer, and the dataset that the protocol names.

    ``rows`` is the format if it gives rows, ``graph`` if it gives triples; None if the client takes
    none. ``dataset`` stands for what the query says of FROM; None leaves it at that. ``most`` is
    the most bytes of an answer. ``base`` is what relative IRIs are read against, if they may stand.
    """

    query: str
    rows: str | None = "json"
    graph: str | None = "ttl"
    dataset: Dataset | None = None
    most: int = 32 * 1024**2
    base: str | None = None


@dataclass(frozen=True)
class Reply:
    """The answer: its format, and all of its bytes."""

    format: str
    body: bytes


def serve(store: Store, request: Request) -> Reply:
    """The answer to a request.

    Raises QueryError: Q201 syntax, Q202 an update, Q203 SERVICE, Q204 nested too deeply, Q206 out
    of memory, Q213 too long an answer, Q214 no format that the client takes, Q215 a graph that is
    named by no IRI, Q216 an unknown function, Q207 any other failure.
    """
    check(request.query)
    try:
        return _served(store, request)
    except SyntaxError as error:
        raise syntax_error(request.query, error, store.prefixes, request.base) from None
    except UnicodeEncodeError:
        raise QueryError("Q201", "The query is not Unicode text.", "Write it in UTF-8.") from None
    except (RuntimeError, OSError, ValueError) as error:
        raise failed(error) from None
    except MemoryError:
        raise out_of_memory() from None


def _served(store: Store, request: Request) -> Reply:
    from pyoxigraph import QueryResultsFormat, QueryTriples

    result = asked(store.graph, request.query, store.prefixes, request.dataset, request.base)
    graph = isinstance(result, QueryTriples)
    chosen = request.graph if graph else request.rows
    if chosen is None:
        kind, formats = ("triples", GRAPH_FORMATS) if graph else ("rows", ROW_FORMATS)
        raise QueryError(
            "Q214",
            f"The query gives {kind}, and none of the accepted media types can hold them.",
            f"Accept one of {', '.join(formats)}.",
        )
    file: Any = _Bounded(request.most)
    if graph:
        _write(result, file, chosen, store.prefixes)
    else:
        result.serialize(file, getattr(QueryResultsFormat, chosen.upper()))
    body = b"".join(file.parts)
    if chosen in ("xml", "rdf"):
        body = _proper(body)
    return Reply(chosen, body)


def _proper(xml: bytes) -> bytes:
    """XML as readers take it. Raises QueryError for what XML cannot say: a control character, or a
    predicate that ends in no name. Oxigraph writes both as they are, and a carriage return, too.
    """
    if (
        len(xml.translate(None, _NOT_IN_XML)) < len(xml)
        or any(character in xml for character in _NO_CHARACTERS)
        or _NO_NAME in xml
    ):
        raise QueryError(
            "Q214",
            "The answer holds a control character, or a predicate that ends in no name, and XML "
            "can hold neither.",
            "Accept another format, such as JSON, or Turtle for triples.",
        )
    return xml.replace(b"\r", b"&#13;")


def _write(triples: Iterable[Any], file: Any, format: str, prefixes: Mapping[str, str]) -> None:
    from pyoxigraph import RdfFormat, serialize

    forms = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "rdf": RdfFormat.RDF_XML}
    serialize(triples, file, forms[format], prefixes=dict(prefixes))


def written(triples: Iterable[Triple], format: str, prefixes: Mapping[str, str]) -> bytes:
    """Triples in one of GRAPH_FORMATS."""
    from pyoxigraph import Triple as Stored

    file = BytesIO()
    _write((Stored(*map(node_of, triple)) for triple in triples), file, format, prefixes)
    return file.getvalue()


class _Bounded:
    """A file that takes so many bytes. Raises QueryError for one more."""

    def __init__(self, most: int) -> None:
        self.parts: list[bytes] = []
        self.left = most

    def write(self, data: bytes) -> int:
        self.left -= len(data)
        if self.left < 0:
            raise QueryError(
                "Q213", "The answer is longer than it may be.", "Narrow it, or end it with LIMIT."
            )
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """All is kept."""
