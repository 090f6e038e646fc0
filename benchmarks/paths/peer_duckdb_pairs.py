# SPDX-License-Identifier: Apache-2.0
"""DuckDB by recursive queries, over one table of all arcs.

Between two nodes it would list all paths of so many steps without a bound. It is given one that no
user knows: what the last of the wanted paths costs. Beginnings that cost more are dropped. Along
the types of a pattern it lists all paths and keeps the best, as a query does that is written once
for all patterns; a table of the wanted types tells it what may come next.
"""

from __future__ import annotations

from benchmarks.paths.collapsed import PeerGraph, Walk, cheapest
from benchmarks.paths.hetionet_shaped import TYPES, Graph
from benchmarks.paths.peers import Asker, Peer
from benchmarks.paths.questions import Asked

MEMORY = "6GB"


def with_typed_recursion(graph: Graph, layers: tuple[str, ...], step: int, signed: bool) -> Asker:
    """The best paths along some types; arcs sorted by tail, with the type of their head."""
    import duckdb

    db = duckdb.connect(config={"memory_limit": MEMORY})
    tails, heads, price, signs = cheapest(graph, step, signed)
    arcs = {"tail": tails, "head": heads, "price": price, "hub": graph.hubs[heads]}
    columns = {name: values.astype("i4") for name, values in arcs.items()}
    db.register("given", {**columns, "sign": signs, "kind": graph.kind[heads]})
    db.execute("CREATE TABLE arc AS SELECT * FROM given ORDER BY tail, head")
    db.unregister("given")
    rows = ", ".join(f"({n}, {list(TYPES).index(name)})" for n, name in enumerate(layers))
    db.execute(f"CREATE TABLE layer AS SELECT * FROM (VALUES {rows}) AS wanted(depth, kind)")
    steps = len(layers) - 1

    def asker(asked: Asked, last: int) -> list[Peer]:
        only = "" if asked.end is None else f" AND node = {asked.end}"
        if signed:
            only += f" AND sign = {-1 if asked.sign == '-' else 1}"

        def ask(most: int) -> list[tuple[list[int], list[int], int]]:
            text = f"""
                WITH RECURSIVE way AS (
                    SELECT [{asked.start}] AS nodes, []::TINYINT[] AS signs, {asked.start} AS node,
                        0 AS cost, 1::TINYINT AS sign, 0 AS depth
                    UNION ALL
                    SELECT list_append(nodes, head), list_append(signs, arc.sign), head,
                        cost + price + CASE WHEN way.depth + 1 = {steps} THEN 0 ELSE hub END,
                        (way.sign * arc.sign)::TINYINT, way.depth + 1
                    FROM way JOIN arc ON node = arc.tail
                    JOIN layer ON layer.depth = way.depth + 1 AND layer.kind = arc.kind
                    WHERE NOT list_contains(nodes, head)
                )
                SELECT nodes, signs, cost FROM way WHERE depth = {steps}{only}
                ORDER BY cost LIMIT {most}"""
            found: list[tuple[list[int], list[int], int]] = db.execute(text).fetchall()
            return found

        def walks(rows: list[tuple[list[int], list[int], int]]) -> list[Walk]:
            return [
                Walk(tuple(nodes), tuple(signs) if signed else None) for nodes, signs, _ in rows
            ]

        return [Peer("DuckDB", ask, walks, stop="interrupt", interrupt=db.interrupt)]

    return asker


def with_recursion(graph: PeerGraph, hubs: list[int]) -> Asker:
    """One table of all arcs, sorted by tail. ``hubs`` is the price of each node."""
    import duckdb

    db = duckdb.connect(config={"memory_limit": MEMORY})
    arcs = {"tail": graph.tails, "head": graph.heads, "weight": graph.weights}
    db.register("given", {k: v.astype("i4") for k, v in arcs.items()})
    db.execute("CREATE TABLE arc AS SELECT * FROM given ORDER BY tail, head")
    db.unregister("given")

    def asker(asked: Asked, last: int) -> list[Peer]:
        end = asked.end
        assert end is not None
        bound = last + hubs[end]

        def ask(most: int) -> list[tuple[list[int], int]]:
            text = f"""
                WITH RECURSIVE way AS (
                    SELECT [tail, head] AS nodes, head AS node, weight AS cost
                    FROM arc WHERE tail = {asked.start} AND weight <= {bound}
                    UNION ALL
                    SELECT list_append(nodes, head), head, cost + weight
                    FROM way JOIN arc ON way.node = arc.tail
                    WHERE node <> {end} AND cost + weight <= {bound}
                    AND len(nodes) <= {asked.max_steps} AND NOT list_contains(nodes, head)
                )
                SELECT nodes, cost FROM way WHERE node = {end} ORDER BY cost LIMIT {most}"""
            found: list[tuple[list[int], int]] = db.execute(text).fetchall()
            return found

        def walks(rows: list[tuple[list[int], int]]) -> list[Walk]:
            return [Walk(tuple(nodes)) for nodes, _ in rows]

        return [Peer("DuckDB", ask, walks, stop="interrupt", interrupt=db.interrupt)]

    return asker
