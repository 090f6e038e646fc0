# SPDX-License-Identifier: Apache-2.0
"""DuckDB: a table for each step of a pattern, and joins.

Two ways are asked and the faster one counts: the plain join of all steps with ORDER BY and LIMIT,
and one that keeps, after each step, only the k cheapest ways to each node (and sign). The second is
right only where a way can be prolonged whatever it passed, so where no type but that of the start
stands in two layers that are two or more steps apart. Both are prepared statements.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count, pairwise
from typing import Any

from benchmarks.paths.collapsed import Walk, cheapest, steps_of
from benchmarks.paths.hetionet_shaped import TYPES, Graph
from benchmarks.paths.peers import Asker, Peer
from benchmarks.paths.questions import Asked

MEMORY = "6GB"


def with_duckdb(graph: Graph, layers: tuple[str, ...], step: int, signed: bool) -> Asker:
    """Tables sorted by tail, whole numbers of 32 bits, only the arcs that fit the layers."""
    import duckdb

    db = duckdb.connect(config={"memory_limit": MEMORY})
    steps = steps_of(graph, layers, step, signed)
    for n, (tail, head, weight, sign) in enumerate(steps, 1):
        arcs = {"tail": tail, "head": head, "weight": weight, "sign": sign}
        db.register("arcs", {k: v.astype("i1" if k == "sign" else "i4") for k, v in arcs.items()})
        db.execute(f"CREATE TABLE step{n} AS SELECT * FROM arcs ORDER BY tail, head")
        db.unregister("arcs")
    return _asker(db, layers, signed)


def with_whole_duckdb(graph: Graph, layers: tuple[str, ...], step: int, signed: bool) -> Asker:
    """The same queries over one table of all arcs, sorted by types, tail and head.

    This is how a user keeps the graph, and how exograph has it: nothing is made for the pattern.
    """
    import duckdb

    db = duckdb.connect(config={"memory_limit": MEMORY})
    tails, heads, price, signs = cheapest(graph, step, signed)
    arcs = {"tail": tails, "head": heads, "price": price, "hub": graph.hubs[heads]}
    columns = {name: values.astype("i4") for name, values in arcs.items()}
    kinds = {"sign": signs, "tail_kind": graph.kind[tails], "head_kind": graph.kind[heads]}
    db.register("arcs", {**columns, **kinds})
    db.execute("CREATE TABLE arc AS SELECT * FROM arcs ORDER BY tail_kind, head_kind, tail, head")
    db.unregister("arcs")
    names = list(TYPES)
    for n, (tail, head) in enumerate(pairwise(layers), 1):
        weight = "price" if n == len(layers) - 1 else "price + hub"
        db.execute(
            f"CREATE VIEW step{n} AS SELECT tail, head, {weight} AS weight, sign FROM arc "
            f"WHERE tail_kind = {names.index(tail)} AND head_kind = {names.index(head)}"
        )
    return _asker(db, layers, signed)


def _asker(db: Any, layers: tuple[str, ...], signed: bool) -> Asker:
    again = any(a in layers[i + 2 :] for i, a in enumerate(layers) if i > 0)
    numbers = count()

    def asker(asked: Asked, last: int) -> list[Peer]:
        peers = []
        ways = {"join": joined(layers, asked, signed)}
        if not again:
            ways["pruned"] = pruned(layers, asked, signed)
        for way, text in ways.items():
            values = (asked.start,) if asked.end is None else (asked.start, asked.end)
            statement = f"{way}{next(numbers)}"
            db.execute(f"PREPARE {statement} AS {text}")
            peers.append(_peer(db, statement, values, len(layers) - 1, signed))
        return peers

    return asker


def _peer(db: Any, statement: str, values: Sequence[int], steps: int, signed: bool) -> Peer:
    def ask(most: int) -> list[tuple[int, ...]]:
        given = ", ".join(str(value) for value in (*values, most))
        found: list[tuple[int, ...]] = db.execute(f"EXECUTE {statement}({given})").fetchall()
        return found

    def walks(rows: list[tuple[int, ...]]) -> list[Walk]:
        return [
            Walk(row[: steps + 1], row[steps + 1 : 2 * steps + 1] if signed else None)
            for row in rows
        ]

    return Peer("DuckDB", ask, walks, stop="interrupt", interrupt=db.interrupt)


def joined(layers: tuple[str, ...], asked: Asked, signed: bool) -> str:
    """All paths by joins. Parameters: the start, the end if there is one, and how many."""
    steps = len(layers) - 1
    numbers = range(1, steps + 1)
    columns = ["step1.tail", *(f"step{n}.head" for n in numbers)]
    conditions = ["step1.tail = $1"] + [f"step{n}.head = step{n + 1}.tail" for n in numbers[:-1]]
    conditions += [
        f"{columns[i]} <> {columns[j]}"
        for i, a in enumerate(layers)
        for j, b in enumerate(layers)
        if a == b and j > i + 1
    ]
    limit = "$2"
    if asked.end is not None:
        conditions.append(f"step{steps}.head = $2")
        limit = "$3"
    if signed:
        columns += [f"step{n}.sign" for n in numbers]
        sign = " * ".join(f"step{n}.sign" for n in numbers)
        conditions.append(f"{sign} = {-1 if asked.sign == '-' else 1}")
    cost = " + ".join(f"step{n}.weight" for n in numbers)
    tables = ", ".join(f"step{n}" for n in numbers)
    return (
        f"SELECT {', '.join(columns)}, {cost} AS cost FROM {tables} "
        f"WHERE {' AND '.join(conditions)} ORDER BY cost LIMIT {limit}"
    )


def pruned(layers: tuple[str, ...], asked: Asked, signed: bool) -> str:
    """The same, with only the k cheapest ways to each node and sign kept after each step."""
    steps = len(layers) - 1
    limit = "$2" if asked.end is None else "$3"
    tables = ["way0 AS (SELECT $1::INTEGER AS n0, 0 AS cost, 1::TINYINT AS sign)"]
    for n in range(1, steps + 1):
        kept = [f"n{i}" for i in range(n)] + [f"s{i}" for i in range(1, n) if signed]
        told = f", step{n}.sign AS s{n}, way.sign * step{n}.sign AS sign" if signed else ""
        row = (
            f"SELECT {', '.join(kept)}, head AS n{n}, cost + weight AS cost{told} "
            f"FROM way{n - 1} way JOIN step{n} ON way.n{n - 1} = step{n}.tail"
        )
        conditions = ["step1.tail = $1"] if n == 1 else []
        if n > 1 and layers[n] == layers[0]:
            conditions.append(f"step{n}.head <> $1")
        if n == steps and asked.end is not None:
            conditions.append(f"step{n}.head = $2")
        if conditions:
            row += f" WHERE {' AND '.join(conditions)}"
        if 1 < n < steps:
            by = f"step{n}.head" + (f", way.sign * step{n}.sign" if signed else "")
            row += (
                f" QUALIFY row_number() OVER (PARTITION BY {by} ORDER BY cost + weight) <= {limit}"
            )
        tables.append(f"way{n} AS ({row})")
    columns = [f"n{i}" for i in range(steps + 1)]
    columns += [f"s{i}" for i in range(1, steps + 1) if signed]
    sign = f"WHERE sign = {-1 if asked.sign == '-' else 1}" if signed else ""
    return (
        f"WITH {', '.join(tables)} SELECT {', '.join(columns)}, cost FROM way{steps} {sign} "
        f"ORDER BY cost LIMIT {limit}"
    )
