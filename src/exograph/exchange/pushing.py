# SPDX-License-Identifier: Apache-2.0
"""The triples into another store, by the SPARQL 1.1 Graph Store HTTP Protocol, and proven there.

They go in pieces, each of which may be sent again without changing anything; for this the blank
nodes become IRIs (RDF 1.1, section 3.5), since a blank node is a new one in each request.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from exograph.errors import QueryError
from exograph.exchange import endpoint, resuming
from exograph.exchange.endpoint import Endpoint
from exograph.exchange.resuming import Progress
from exograph.exchange.wire import Reply
from exograph.ids import BASE
from exograph.rdf import shorten

GRAPH = BASE.rstrip("/")
"""Where the triples go in a store that has no default graph of its own."""
GENID = f"{BASE}.well-known/genid/"
CHUNK = 5000
_MEDIA_TYPE = "application/n-triples"
_BLANK = re.compile(r"(?<!\S)_:(\S+)")
_ASKED_AT_ONCE = 20
_SPARQL = (
    (r"/sparql-graph-crud(?:-auth)?$", "/sparql"),  # Virtuoso
    (r"/rdf-graphs/service$", ""),  # RDF4J, GraphDB
    (r"/data$", "/sparql"),  # Fuseki
    (r"/store$", "/query"),  # Oxigraph
)

Told = Callable[[int, int], None]
"""Takes how many triples are confirmed, and of how many."""


@dataclass(frozen=True)
class Target:
    """Where to push to: the Graph Store at ``url``, and the endpoint that can be asked about it.

    ``graph`` is an IRI, "" for the default graph.
    """

    url: str
    graph: str
    endpoint: Endpoint

    @property
    def graph_url(self) -> str:
        named = f"graph={quote(self.graph, safe='')}" if self.graph else "default"
        return f"{self.url}{'&' if '?' in self.url else '?'}{named}"

    @property
    def pattern(self) -> str:
        return f"GRAPH <{self.graph}> {{ ?s ?p ?o }}" if self.graph else "?s ?p ?o"

    def __str__(self) -> str:
        return f"<{self.graph}>" if self.graph else "the default graph"


@dataclass(frozen=True)
class Pushed:
    """What was done: triples in all, those sent by this run, and those asked for one by one."""

    triples: int
    sent: int
    asked: int


def sparql_of(url: str) -> str | None:
    """Where a store answers queries, by the address of its Graph Store; None if that is not known.

    >>> sparql_of("http://localhost:8890/sparql-graph-crud-auth")
    'http://localhost:8890/sparql'
    >>> sparql_of("http://localhost:3030/kb/data")
    'http://localhost:3030/kb/sparql'
    """
    parts = urlsplit(url)
    for pattern, path in _SPARQL:
        if re.search(pattern, parts.path):
            return urlunsplit((*parts[:2], re.sub(pattern, path, parts.path), "", ""))
    return None


def graph_for(server: str) -> str:
    """The graph to take if the user names none: Virtuoso has no default graph to write to."""
    return GRAPH if server.lower().startswith("virtuoso") else ""


def without_blanks(lines: Iterable[str]) -> Iterator[str]:
    """N-Triples with IRIs for blank nodes.

    >>> list(without_blanks(['_:b1 <http://e.org/p> "_:b1 _:b2" .\\n']))
    ['<https://w3id.org/exograph/.well-known/genid/b1> <http://e.org/p> "_:b1 _:b2" .\\n']
    """
    for line in lines:
        if "_:" not in line:
            yield line
            continue
        head, quote, literal = line.partition('"')
        yield _BLANK.sub(rf"<{GENID}\1>", head) + quote + literal


def push(
    target: Target,
    nquads: Path,
    sha256: str,
    home: Path,
    *,
    chunk: int = CHUNK,
    replacing: bool = False,
    asking: bool = True,
    told: Told = lambda done, all: None,
) -> Pushed:
    """Sends the triples of a file of sorted N-Quads in the default graph, and proves them there.

    A push that was ended at any moment is taken up by the next run: ``home`` keeps how far it came.
    What else is in the graph is taken away if ``replacing``, else it is an error. Unless told not
    to, asks for a triple of each property. Raises QueryError: Q401 to Q413 as ``endpoint.ask``
    does, Q407 refused, Q421 graph in use, Q422 other counts, Q423 triples missing.
    """
    triples = _counted(nquads)
    progress = _begun(target, triples, Progress(target.url, target.graph, sha256), home, replacing)
    resuming.keep(home, progress)
    first = progress.confirmed
    told(progress.confirmed, triples)
    if progress.confirmed < triples:
        _sent(target, "POST", b"")  # so that a refusal comes before a long body
        with nquads.open(encoding="utf-8") as file:
            lines = without_blanks(islice(file, progress.confirmed, None))
            while piece := list(islice(lines, chunk)):
                method = "PUT" if progress.replace and not progress.confirmed else "POST"
                _sent(target, method, "".join(piece).encode())
                progress = replace(progress, confirmed=progress.confirmed + len(piece))
                resuming.keep(home, progress)
                told(progress.confirmed, triples)
    _prove_counts(target, nquads, triples)
    return Pushed(triples, triples - first, _prove_some(target, nquads) if asking else 0)


def _counted(nquads: Path) -> int:
    with nquads.open("rb") as file:
        return sum(1 for _ in file)


def _begun(target: Target, triples: int, fresh: Progress, home: Path, replacing: bool) -> Progress:
    """Where to begin: after what is confirmed, if the graph holds it and nothing of others."""
    if replacing:
        return replace(fresh, replace=True)
    known = resuming.held(home, fresh)
    there = _count(target)
    if known is not None and known.replace and not known.confirmed:
        return known
    if there > (triples if known is not None else 0):
        raise QueryError(
            "Q421",
            f"{target} at {target.url} holds {there:,} triples that this push did not put there.",
            "Name another graph with --graph, or say --replace: they are lost then.",
        )
    return fresh if known is None or there < known.confirmed else known


def _sent(target: Target, method: str, body: bytes) -> None:
    caller = target.endpoint.caller
    reply = caller.call(method, target.graph_url, body, {"Content-Type": _MEDIA_TYPE})
    if reply.status not in (200, 201, 202, 204):
        raise _refused(target, reply)


def _refused(target: Target, reply: Reply) -> QueryError:
    words = f": {reply.words}" if reply.words else ""
    said = f"({reply.status}{words})".replace(".)", ")")
    if reply.status == 403:
        cure = "Take the address that asks for a password, or have the right to write given."
        return QueryError("Q404", f"{target.url} does not let us write {said}.", cure)
    if not target.graph:
        cure = "If it has no default graph, name one with --graph."
    else:
        cure = "Mend the address; send less at once with --chunk."
    return QueryError("Q407", f"{target.url} refuses the triples {said}.", cure)


def _count(target: Target) -> int:
    rows = _asked(target, f"SELECT (COUNT(*) AS ?n) {{ {target.pattern} }}")
    return rows[0][1] if rows else 0


def _asked(target: Target, query: str) -> list[tuple[str, int]]:
    """The rows of an answer whose last column is a count, the first one as text."""
    answer = endpoint.ask(target.endpoint, query)
    try:
        return [
            (row[0].value if row[0] else "", int(row[-1].value if row[-1] else ""))
            for row in answer.rows
        ]
    except (ValueError, IndexError):
        raise QueryError(
            "Q410",
            f"What {target.endpoint.url} says is no answer: a count is no number.",
            "Mend the address: it must be that of a SPARQL endpoint.",
        ) from None


def _prove_counts(target: Target, nquads: Path, triples: int) -> None:
    """Raises QueryError that names the properties of which the store holds more or fewer."""
    there = _count(target)
    if there == triples:
        return
    query = f"SELECT ?p (COUNT(*) AS ?n) {{ {target.pattern} }} GROUP BY ?p"
    held = Counter(dict(_asked(target, query)))
    with nquads.open(encoding="utf-8") as file:
        ours = Counter(line.split(" ", 2)[1][1:-1] for line in file)
    differ = sorted(p for p in ours | held if ours[p] != held[p])
    named = [
        f"{shorten(p, target.endpoint.prefixes)} {held[p]:,} of {ours[p]:,}" for p in differ[:5]
    ]
    more = f" and {len(differ) - 5} more" if len(differ) > 5 else ""
    which = f" (by property: {', '.join(named)}{more})" if named else ""
    raise QueryError(
        "Q422",
        f"{target} at {target.url} holds {there:,} triples; {triples:,} were pushed{which}.",
        "Push again with --replace.",
    )


def _prove_some(target: Target, nquads: Path) -> int:
    """Asks for the first triple of each property; raises QueryError with one that is not there."""
    some: dict[str, str] = {}
    with nquads.open(encoding="utf-8") as file:
        for line in without_blanks(file):
            some.setdefault(line.split(" ", 2)[1], line)
    wanted = list(some.values())
    for at in range(0, len(wanted), _ASKED_AT_ONCE):
        some_lines = wanted[at : at + _ASKED_AT_ONCE]
        if _holds(target, "".join(some_lines)):
            continue
        lost = next((line for line in some_lines if not _holds(target, line)), some_lines[0])
        raise QueryError(
            "Q423",
            f"{target} at {target.url} does not hold {lost.strip()[:300]}",
            "Push again with --replace.",
        )
    return len(wanted)


def _holds(target: Target, triples: str) -> bool:
    pattern = f"GRAPH <{target.graph}> {{ {triples} }}" if target.graph else triples
    return endpoint.ask(target.endpoint, f"ASK {{ {pattern} }}").boolean is True
