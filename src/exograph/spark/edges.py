# SPDX-License-Identifier: Apache-2.0
"""The edges that paths walk, as Parquet: the export, and the names of its files and columns.

A folder of three: ``nodes.parquet``, ``edges.parquet`` and ``costs.json``. Each of the first two
may be a folder of parts, so that what no single machine holds can be written by Spark.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from exograph.arrays import from_kb
from exograph.errors import InputError
from exograph.exchange.content import Content
from exograph.exchange.formats import Files
from exograph.kb import roles
from exograph.paths.query import PathQuery
from exograph.paths.rank import WEIGHTS, Weights
from exograph.paths.walkable import Walkable, walkable

if TYPE_CHECKING:
    import pyarrow as pa

NODES, EDGES, COSTS = "nodes.parquet", "edges.parquet", "costs.json"
VERSION = 1

NODE_COLUMNS = {
    "node": "int64",
    "id": "string",
    "type": "string",
    "roles": "list<string>",
    "hub": "int64",
}
"""``hub`` is the cost of passing the node, in millionths."""

EDGE_COLUMNS = {
    "tail": "int64",
    "head": "int64",
    "sign": "int8",
    "cost": "int64",
    "rank": "int64",
    "claim": "string",
    "predicate": "string",
    "structural": "bool",
    "tellers": "list<int32>",
}
"""``cost`` is that of the evidence, in millionths; no two edges share a ``rank``, which decides
where nothing else does; ``tellers`` are the studies that support an effect, as numbers."""

_GROUP = 65_536
"""Rows that are held at once, and written as one group."""


def parquet(content: Content, weights: Weights = WEIGHTS) -> Files:
    """The folder of a knowledge base, as a path query without filters walks it.

    Equal content gives equal bytes with the same pyarrow. Raises InputError M101 without pyarrow.
    """
    arrow_or_cure()
    kb = content.kb
    ground = walkable(kb, from_kb(kb), PathQuery(start=(), end=()), weights)
    played = roles(kb)
    yield NODES, _file(_nodes(ground, played), NODE_COLUMNS)
    yield EDGES, _file(_edges(ground), EDGE_COLUMNS)
    yield COSTS, (costs(ground.step, ground.handover),)


def costs(step: int, handover: int) -> bytes:
    """The file that tells what a step's length and a change of hands cost, in millionths."""
    told = {"version": VERSION, "step": step, "handover": handover}
    return (json.dumps(told) + "\n").encode()


def arrow_or_cure() -> None:
    """Raises InputError M101 if pyarrow is not installed."""
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        raise missing("pyarrow") from None


def missing(package: str) -> InputError:
    """What to say where a package of the extra is not installed."""
    cure = "Install it: pip install 'exograph[spark]'."
    return InputError("M101", f"This needs {package}, which is not installed.", cure)


def _nodes(ground: Walkable, played: dict[str, frozenset[str]]) -> Iterator[tuple[Any, ...]]:
    hubs = ground.arcs.hubs
    for number, id in enumerate(ground.nodes):
        kind = ground.kb.entity[id].type
        yield number, id, kind, sorted(played.get(id, ())), int(hubs[number])


def _edges(ground: Walkable) -> Iterator[tuple[Any, ...]]:
    studies = set[str]()
    for claim in ground.walked:
        studies |= ground.who.studies(claim)
    number = {study: n for n, study in enumerate(sorted(studies))}
    arcs = ground.arcs
    for arc, claim in enumerate(ground.walked):
        structural = claim.sign is None
        held = None if structural else sorted(number[s] for s in ground.who.studies(claim))
        ends = int(arcs.tails[arc]), int(arcs.heads[arc])
        price = int(arcs.signs[arc]), int(arcs.costs[arc]), int(arcs.ranks[arc])
        yield *ends, *price, claim.id, claim.predicate, structural, held


def _file(rows: Iterable[tuple[Any, ...]], columns: dict[str, str]) -> Iterator[bytes]:
    """A Parquet file in pieces, of which each holds a group of rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = schema_of(columns)
    sink = _Pieces()
    with pq.ParquetWriter(pa.PythonFile(sink, mode="w"), schema, compression="zstd") as writer:
        left = iter(rows)
        while group := list(islice(left, _GROUP)):
            held = zip(*group, strict=True)
            arrays = [pa.array(v, f.type) for v, f in zip(held, schema, strict=True)]
            writer.write_batch(pa.RecordBatch.from_arrays(arrays, schema=schema))
            yield from sink.taken()
    yield from sink.taken()


def schema_of(columns: dict[str, str]) -> pa.Schema:
    """The Arrow schema of some columns; only ``tellers`` may be empty."""
    import pyarrow as pa

    kinds = {
        "int8": pa.int8(),
        "int64": pa.int64(),
        "string": pa.string(),
        "bool": pa.bool_(),
        "list<string>": pa.list_(pa.string()),
        "list<int32>": pa.list_(pa.int32()),
    }
    return pa.schema(
        [pa.field(name, kinds[kind], name == "tellers") for name, kind in columns.items()]
    )


class _Pieces:
    """A file to write into, from which the bytes are taken as they come."""

    closed = False

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._held.append(bytes(data))
        return len(data)

    def taken(self) -> list[bytes]:
        held, self._held = self._held, []
        return held

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass
