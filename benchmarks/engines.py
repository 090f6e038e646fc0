# SPDX-License-Identifier: Apache-2.0
"""Do all shipped queries give the same rows, whoever answers them?

    python -m benchmarks.engines [--queries]

Asked are the store of exograph (Oxigraph, in this process), rdflib, Virtuoso, and Comunica over a
file. Rows are held against those that the query's file expects, order included where it has one.
Virtuoso gets the triples by ``exograph push``; it and Comunica are set up as in the tests. What is
not installed is left out, and said. Times are of one call each, with what lies between us and the
engine, but not the time in which it reads the triples. Exit code 1 if any rows differ.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

import exograph
from exograph import cli, queries, rdf, store
from exograph.exchange.endpoint import Endpoint
from exograph.exchange.endpoint import ask as ask_there
from exograph.exchange.endpoint import server as server_of
from exograph.exchange.pushing import GRAPH
from exograph.queries import Query
from exograph.snapshot import Snapshot, current
from exograph.store.answers import term_of_binding

ROOT = Path(__file__).parents[1]
for folder in ("endpoints", "web"):
    sys.path.append(str(ROOT / "tests" / folder))  # which know how to start others

Rows = tuple[Sequence[str], Sequence[Any]]


class LeftOut(Exception):
    """An engine that is not on this machine."""


@dataclass
class Engine:
    """What an engine gave: for each query whether its rows are right, and how long it took."""

    name: str
    right: dict[str, bool] = field(default_factory=dict)
    ms: dict[str, float] = field(default_factory=dict)

    @property
    def row(self) -> str:
        times = list(self.ms.values())
        slowest = max(self.ms, key=lambda name: self.ms[name])
        return (
            f"| {self.name} | {sum(self.right.values())} of {len(self.right)} | "
            f"{median(times):,.1f} | {max(times):,.0f} ({slowest}) |"
        )


def asked(
    engine: Engine, shipped: Iterable[Query], ask: Callable[[str], Rows], snapshot: Snapshot
) -> Engine:
    """Asks one query after the other."""
    for query in shipped:
        began = time.perf_counter()
        variables, rows = ask(query.text)
        took = 1000 * (time.perf_counter() - began)
        judged(engine, query, variables, rows, took, snapshot)
    return engine


def judged(
    engine: Engine, query: Query, variables: Any, rows: Any, ms: float, snapshot: Snapshot
) -> None:
    engine.ms[query.name] = ms
    agrees = queries.compare(query, variables, rows, snapshot.prefixes).agrees
    engine.right[query.name] = agrees


def rows_of(document: Any) -> Rows:
    """Of SPARQL Results JSON."""
    variables = document["head"]["vars"]
    bindings = document["results"]["bindings"]
    return variables, [
        tuple(term_of_binding(row.get(name)) for name in variables) for row in bindings
    ]


def ours(shipped: Sequence[Query], snapshot: Snapshot, home: Path) -> Engine:
    held = snapshot.store()
    len(held)  # which reads the triples

    def ask(text: str) -> Rows:
        answer = store.ask(held, text)
        return answer.variables, answer.rows

    return asked(Engine(f"Oxigraph {version('pyoxigraph')}"), shipped, ask, snapshot)


def of_rdflib(shipped: Sequence[Query], snapshot: Snapshot, home: Path) -> Engine:
    graph = rdf.parse_nquads(snapshot.nquads.read_bytes())
    name = f"rdflib {version('rdflib')}"
    return asked(
        Engine(name), shipped, lambda text: rdf.ask(graph, text, snapshot.prefixes), snapshot
    )


def of_virtuoso(shipped: Sequence[Query], snapshot: Snapshot, home: Path) -> Engine:
    import pytest
    import virtuoso

    with tempfile.TemporaryDirectory() as folder:
        try:
            with virtuoso.running(Path(folder)) as server:
                os.environ |= {"EXOGRAPH_USER": "dba", "EXOGRAPH_PASSWORD": server.password}
                if cli.run(["--home", str(home), "push", server.store]):
                    raise SystemExit("the push failed")
                there = Endpoint(server.sparql, snapshot.prefixes, GRAPH)

                def ask(text: str) -> Rows:
                    answer = ask_there(there, text)
                    return answer.variables, answer.rows

                name = server_of(there).replace("/", " ").split(" (")[0]
                return asked(Engine(name), shipped, ask, snapshot)
        except pytest.skip.Exception as reason:
            raise LeftOut(f"Virtuoso: {reason}") from None


def of_comunica(shipped: Sequence[Query], snapshot: Snapshot, home: Path) -> Engine:
    import comunica_engine
    import pytest

    try:
        folder = comunica_engine.installed()
    except pytest.skip.Exception as reason:
        raise LeftOut(f"Comunica: {reason}") from None
    pinned = json.loads((folder / "package.json").read_text("utf-8"))["dependencies"]
    engine = Engine(f"Comunica {pinned['@comunica/query-sparql']}")
    source = {"file": str(snapshot.nquads)}
    questions = [{"name": q.name, "query": q.text, "sources": [source]} for q in shipped]
    answers = {one["name"]: one for one in comunica_engine.ask(folder, questions)}
    for query in shipped:
        answer = answers[query.name]
        judged(engine, query, *rows_of(json.loads(answer["body"])), answer["ms"], snapshot)
    return engine


def main() -> int:
    parser = argparse.ArgumentParser(description="The shipped queries, asked of several engines.")
    parser.add_argument("--queries", action="store_true", help="a line for each query, too")
    given = parser.parse_args()
    shipped = queries.list_queries(ROOT / "graphs" / "queries")
    engines = []
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        exograph.open(home=home)
        snapshot = current(home)
        assert snapshot is not None
        for ask in (ours, of_rdflib, of_virtuoso, of_comunica):
            try:
                engines.append(ask(shipped, snapshot, home))
            except LeftOut as reason:
                print(f"Left out: {reason}")
    print(
        "\n| engine | queries with the right rows | median, ms | slowest, ms |\n|---|---|---|---|"
    )
    for engine in engines:
        print(engine.row)
    if given.queries:
        for query in shipped:
            cells = [
                f"{each.ms[query.name]:,.1f}{'' if each.right[query.name] else ' DIFFERS'}"
                for each in engines
            ]
            print("\t".join((query.name, f"{len(query.expected)} rows", *cells)))
    wrong = [(e.name, name) for e in engines for name, right in e.right.items() if not right]
    for name, query in wrong:
        print(f"{name} differs: {query}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
