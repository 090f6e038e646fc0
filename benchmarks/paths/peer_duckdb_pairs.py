# SPDX-License-Identifier: Apache-2.0
"""DuckDB between two nodes of the whole graph: a recursive query.

Without a bound it would list all paths of so many steps. It is given one that no user knows: what
the last of the wanted paths costs. Beginnings that cost more are dropped.
"""

from __future__ import annotations

from benchmarks.paths.collapsed import PeerGraph, Walk
from benchmarks.paths.peers import Asker, Peer
from benchmarks.paths.questions import Asked

MEMORY = "6GB"


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
