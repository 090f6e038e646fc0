# SPDX-License-Identifier: Apache-2.0
"""pyoxigraph: SPARQL over a store in memory, an arc as a node with tail, head and weight.

Only for small patterns: all paths are listed and sorted, since SPARQL has no other way to the best.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.paths.collapsed import Walk, steps_of
from benchmarks.paths.hetionet_shaped import Graph
from benchmarks.paths.peers import Asker, Peer
from benchmarks.paths.questions import Asked

BASE = "http://example.org/"


def with_oxigraph(graph: Graph, layers: tuple[str, ...], step: int) -> Asker:
    """Each step of the pattern has predicates of its own; only the arcs that fit the layers."""
    from pyoxigraph import Literal, NamedNode, Quad, Store

    store = Store()
    steps = steps_of(graph, layers, step, by_sign=False)

    def quads() -> Iterator[Quad]:
        for n, (tails, heads, weights, _) in enumerate(steps, 1):
            tail, head, weight = (NamedNode(f"{BASE}{name}{n}") for name in ("t", "h", "w"))
            arcs = zip(tails.tolist(), heads.tolist(), weights.tolist(), strict=True)
            for number, (a, b, price) in enumerate(arcs):
                arc = NamedNode(f"{BASE}a{n}-{number}")
                yield Quad(arc, tail, NamedNode(f"{BASE}{a}"))
                yield Quad(arc, head, NamedNode(f"{BASE}{b}"))
                yield Quad(arc, weight, Literal(price))

    store.bulk_extend(quads())
    store.optimize()

    def asker(asked: Asked, last: int) -> list[Peer]:
        def ask(count: int) -> list[Any]:
            return list(store.query(sparql(layers, asked, count)))

        def walks(rows: list[Any]) -> list[Walk]:
            return [
                Walk(tuple(int(node.value.removeprefix(BASE)) for node in list(row)[:-1]))
                for row in rows
            ]

        return [Peer("pyoxigraph", ask, walks, stop="kill")]

    return asker


def sparql(layers: tuple[str, ...], asked: Asked, count: int) -> str:
    """The cheapest paths of a pattern, in whole millionths."""
    steps = range(1, len(layers))
    names = [f"?n{n}" for n in range(len(layers))]
    joins = [f"?a{n} <t{n}> ?n{n - 1} ; <h{n}> ?n{n} ; <w{n}> ?w{n} ." for n in steps]
    values = [f"VALUES ?n0 {{ <{asked.start}> }}"]
    if asked.end is not None:
        values.append(f"VALUES {names[-1]} {{ <{asked.end}> }}")
    differ = [
        f"FILTER({names[i]} != {names[j]})"
        for i, a in enumerate(layers)
        for j, b in enumerate(layers)
        if a == b and j > i + 1
    ]
    cost = " + ".join(f"?w{n}" for n in steps)
    return (
        f"BASE <{BASE}> SELECT {' '.join(names)} ({cost} AS ?cost) "
        f"WHERE {{ {' '.join((*values, *joins, *differ))} }} ORDER BY ?cost LIMIT {count}"
    )
