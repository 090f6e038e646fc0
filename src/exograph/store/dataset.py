# SPDX-License-Identifier: Apache-2.0
"""Which graphs a query is asked of.

Oxigraph gives a triple that stands in two of several default graphs twice, where their merge holds
it once (SPARQL 1.1, section 13.2); and twice what stands in a graph that is named twice. So several
are put together into one before they are asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from exograph.errors import QueryError
from exograph.store.tokens import Token, tokens

if TYPE_CHECKING:
    import pyoxigraph

_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")
_DEFAULT, _NAMED = "x:default", "x:named"


@dataclass(frozen=True)
class Dataset:
    """IRIs of the graphs that make up the default graph, and of those that GRAPH may name."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    @property
    def distinct(self) -> Dataset:
        """Each graph once."""
        return Dataset(*(tuple(dict.fromkeys(iris)) for iris in (self.default, self.named)))


def asked(
    graph: pyoxigraph.Store,
    query: str,
    prefixes: Mapping[str, str],
    dataset: Dataset | None = None,
    base: str | None = None,
) -> Any:
    """What Oxigraph answers, of ``dataset`` or else of what the query says, each triple once.

    Raises what Oxigraph raises, and QueryError Q215 for a graph that is named by no IRI.
    """
    from pyoxigraph import DefaultGraph

    known = dict(prefixes)
    if dataset is None:
        dataset = dataset_of(query, known, base)
        if dataset is None or (len(dataset.default) < 2 and dataset == dataset.distinct):
            return graph.query(query, base_iri=base, prefixes=known)
    dataset = dataset.distinct
    default: list[Any] = [_name(iri) for iri in dataset.default]
    named: list[Any] = [_name(iri) for iri in dataset.named]
    if len(default) > 1:
        graph, default = merged(graph, dataset), [DefaultGraph()]
    return graph.query(
        query, base_iri=base, prefixes=known, default_graph=default, named_graphs=named
    )


def _name(iri: str) -> pyoxigraph.NamedNode:
    """The name of a graph. Raises QueryError for what is no absolute IRI."""
    from pyoxigraph import NamedNode

    try:
        return NamedNode(iri)
    except ValueError:
        message = f"{iri[:80]!r} is no IRI of a graph."
        raise QueryError("Q215", message, "Give an absolute IRI.") from None


def dataset_of(query: str, prefixes: Mapping[str, str], base: str | None = None) -> Dataset | None:
    """What FROM and FROM NAMED of a query say, as often as it says so; None if it does not.

    ``base`` is what relative IRIs are read against, unless the query says another. Faults are left
    to the parser: what begins a query and names a graph is Turtle, too, and read as such.

    >>> dataset_of("PREFIX e: <http://e/> SELECT * FROM e:a FROM NAMED <http://e/b> { }", {})
    Dataset(default=('http://e/a',), named=('http://e/b',))
    """
    from pyoxigraph import RdfFormat, parse

    if "from" not in query.lower():
        return None
    lines = [f"PREFIX {prefix}: <{iri}>" for prefix, iri in prefixes.items()]
    known = len(lines)
    held = list(_outermost(query))
    for at, token in enumerate(held):
        word, following = token.text.upper(), [t.text for t in held[at + 1 : at + 3]]
        if token.kind != "word" or not following:
            continue
        if word == "BASE":
            lines.append(f"BASE {following[0]}")
        elif word == "PREFIX":
            lines.append(f"PREFIX {' '.join(following)}")
        elif word == "FROM" and following[0].upper() == "NAMED":
            lines.append(f"<{_NAMED}> <{_NAMED}> {following[-1]} .")
        elif word == "FROM":
            lines.append(f"<{_DEFAULT}> <{_DEFAULT}> {following[0]} .")
    if not any(line.startswith("<") for line in lines[known:]):
        return None
    try:
        quads = list(parse("\n".join(lines), RdfFormat.TURTLE, base_iri=base))
    except (SyntaxError, ValueError):
        return None
    return Dataset(*(_graphs(quads, kind) for kind in (_DEFAULT, _NAMED)))


def _graphs(quads: Sequence[pyoxigraph.Quad], kind: str) -> tuple[str, ...]:
    return tuple(getattr(q.object, "value", "") for q in quads if q.predicate.value == kind)


def _outermost(query: str) -> Iterator[Token]:
    """The tokens outside of all brackets."""
    depth = 0
    for token in tokens(query):
        if token.kind == "mark" and token.text in _OPEN:
            depth += 1
        elif token.kind == "mark" and token.text in _CLOSE:
            depth -= 1
        elif not depth:
            yield token


def merged(store: pyoxigraph.Store, dataset: Dataset) -> pyoxigraph.Store:
    """The default graphs of a dataset put together, beside its named graphs."""
    from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

    whole = Store()
    for graphs, into in ((dataset.default, DefaultGraph()), (dataset.named, None)):
        for iri in graphs:
            quads = store.quads_for_pattern(None, None, None, NamedNode(iri))
            whole.extend(
                quads
                if into is None
                else (Quad(q.subject, q.predicate, q.object, into) for q in quads)
            )
    return whole
