# SPDX-License-Identifier: Apache-2.0
"""An answer as values, and as text in the usual formats."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from exograph.errors import QueryError
from exograph.rdf import Row, Term, Triple, shorten
from exograph.rdf.term import LANG_STRING, STRING

FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl", "nt")
_GRAPH_FORMATS = ("table", "ttl", "nt")
_MOST = 4000


@dataclass(frozen=True)
class Answer:
    """What a query gave: rows (SELECT), a truth value (ASK), or triples (CONSTRUCT, DESCRIBE).

    ``truncated`` is true if there was more than the limit let through.
    """

    kind: Literal["select", "ask", "graph"]
    variables: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    boolean: bool | None = None
    triples: tuple[tuple[Term, Term, Term], ...] = ()
    truncated: bool = False


def in_order(triples: Iterable[Triple]) -> tuple[Triple, ...]:
    """Each triple once, in the order in which they are printed."""
    return tuple(sorted(set(triples), key=_order))


def _order(triple: Triple) -> list[tuple[str, ...]]:
    return [tuple(part or "" for part in term) for term in triple]


def term_of(node: Any) -> Term | None:
    """A term of pyoxigraph as a plain value; None stays None."""
    from pyoxigraph import BlankNode, Literal, NamedNode

    if node is None:
        return None
    if isinstance(node, NamedNode):
        return Term("iri", node.value)
    if isinstance(node, Literal):
        return Term("literal", node.value, node.datatype.value, node.language)
    if isinstance(node, BlankNode):
        return Term("blank", node.value)
    raise ValueError("it gives a triple as a value, which RDF 1.1 does not know")


def node_of(term: Term) -> Any:
    """The term of pyoxigraph that a plain value stands for."""
    from pyoxigraph import BlankNode, Literal, NamedNode

    if term.kind == "iri":
        return NamedNode(term.value)
    if term.kind == "blank":
        return BlankNode(term.value)
    if term.language is not None:
        return Literal(term.value, language=term.language)
    return Literal(term.value, datatype=NamedNode(term.datatype or STRING))


def serialise(answer: Answer, format: str, prefixes: Mapping[str, str] | None = None) -> bytes:
    """The answer in one of FORMATS, as UTF-8.

    Rows are written as table, csv, tsv, json or xml, triples as table, ttl or nt. Raises
    QueryError for another pairing.
    """
    if format not in FORMATS:
        raise QueryError("Q208", f"There is no format {format!r}.", f"Use {', '.join(FORMATS)}.")
    if format == "table":
        return _table(answer, prefixes or {}).encode()
    if (answer.kind == "graph") != (format in _GRAPH_FORMATS):
        gives, fit = (
            ("triples", "ttl, nt")
            if answer.kind == "graph"
            else (
                "rows",
                "csv, tsv, json, xml",
            )
        )
        raise QueryError(
            "Q208", f"The query gives {gives}, which {format} cannot hold.", f"Use table, {fit}."
        )
    if answer.kind == "graph":
        return _graph(answer, format, prefixes or {})
    from pyoxigraph import QueryResultsFormat, parse_query_results

    text = results_json(answer)
    if format == "json":
        return text.encode()
    results = parse_query_results(text, QueryResultsFormat.JSON)
    return results.serialize(format=getattr(QueryResultsFormat, format.upper())) or b""


def _graph(answer: Answer, format: str, prefixes: Mapping[str, str]) -> bytes:
    from pyoxigraph import RdfFormat, Triple
    from pyoxigraph import serialize as write

    triples = [Triple(*(node_of(term) for term in triple)) for triple in answer.triples]
    if format == "nt":
        return write(triples, format=RdfFormat.N_TRIPLES) or b""
    return write(triples, format=RdfFormat.TURTLE, prefixes=dict(prefixes)) or b""


def results_json(answer: Answer) -> str:
    """Rows or a truth value in the SPARQL 1.1 Query Results JSON Format."""
    if answer.kind == "ask":
        document: dict[str, Any] = {"head": {}, "boolean": answer.boolean}
    else:
        bindings = [
            {
                variable: _binding(term)
                for variable, term in zip(answer.variables, row, strict=True)
                if term is not None
            }
            for row in answer.rows
        ]
        document = {"head": {"vars": list(answer.variables)}, "results": {"bindings": bindings}}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _binding(term: Term) -> dict[str, str]:
    if term.kind != "literal":
        return {"type": "uri" if term.kind == "iri" else "bnode", "value": term.value}
    binding = {"type": "literal", "value": term.value}
    if term.language is not None:
        return binding | {"xml:lang": term.language}
    return binding if term.datatype == STRING else binding | {"datatype": term.datatype or STRING}


def term_of_binding(binding: Mapping[str, str] | None) -> Term | None:
    """A cell of the JSON format as a plain value; None where a variable is unbound."""
    if binding is None:
        return None
    kind, value = binding["type"], binding["value"]
    if kind != "literal":
        return Term("iri" if kind == "uri" else "blank", value)
    language = binding.get("xml:lang")
    datatype = LANG_STRING if language is not None else binding.get("datatype", STRING)
    return Term("literal", value, datatype, language)


def _table(answer: Answer, prefixes: Mapping[str, str]) -> str:
    if answer.kind == "ask":
        return "true\n" if answer.boolean else "false\n"
    header: Sequence[str] = [f"?{v}" for v in answer.variables]
    rows: Iterable[Row] = answer.rows
    if answer.kind == "graph":
        header, rows = ("subject", "predicate", "object"), answer.triples
    return aligned(header, [[_cell(term, prefixes) for term in row] for row in rows])


def aligned(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns under a header, two blanks apart; Chinese characters count for two.

    >>> print(aligned(("a", "b"), [("外泌体", "1"), ("x", "2")]), end="")
    a       b
    ------  -
    外泌体  1
    x       2
    """
    widths = [max(map(width, column)) for column in zip(header, *rows, strict=True)]
    lines = [header, ["-" * w for w in widths], *rows]
    return "".join(
        "  ".join(
            cell + " " * (w - width(cell)) for cell, w in zip(line, widths, strict=True)
        ).rstrip(" ")
        + "\n"
        for line in lines
    )


def width(text: str) -> int:
    """Columns of a terminal that a text takes: wide characters two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.category(c) in ("Mn", "Me")
        else 2
        if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in text
    )


def _cell(term: Term | None, prefixes: Mapping[str, str]) -> str:
    """A term for the eye, on one line and without anything that a terminal would obey."""
    if term is None:
        return ""
    if term.kind == "iri":
        return shorten(term.value, prefixes)
    text = f"_:{term.value}" if term.kind == "blank" else term.value
    return "".join(c if _is_harmless(c) else f"\\u{ord(c):04x}" for c in text[:_MOST])


def _is_harmless(c: str) -> bool:
    return c.isprintable() or unicodedata.category(c) == "Zs"
