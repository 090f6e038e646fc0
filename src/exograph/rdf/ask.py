# SPDX-License-Identifier: Apache-2.0
"""SPARQL of an rdflib graph: by rdflib itself, which is slow and a second opinion on what the store
answers, or by Oxigraph where the graph stands in it (oxrdflib)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from exograph.errors import QueryError
from exograph.rdf.graphs import term_of
from exograph.rdf.term import XSD, Row, Term

if TYPE_CHECKING:
    from rdflib import Graph


def ask(
    graph: Graph, text: str, prefixes: Mapping[str, str] | None = None
) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Variables and rows of a SELECT query.

    ASK gives one row with one truth value under the variable ``ask``. Raises QueryError.
    """
    try:
        result: Any = graph.query(text, initNs=dict(prefixes or {}))
        if result.type == "ASK":
            answer = Term("literal", str(result.askAnswer).lower(), XSD + "boolean")
            return ("ask",), ((answer,),)
        rows = tuple(
            tuple(None if cell is None else term_of(cell) for cell in row) for row in result
        )
    except Exception as error:  # pyparsing's and rdflib's own classes, also late ones
        raise QueryError("X108", f"rdflib refuses the query: {error}.") from None
    if result.type != "SELECT":
        raise QueryError("X109", "Only SELECT and ASK give rows.", "Ask with SELECT.")
    return tuple(str(v) for v in result.vars or ()), rows
