# SPDX-License-Identifier: Apache-2.0
"""One run of the job on Spark, on a graph of one size and so many cores, as JSON, for ``run``.

    python -m benchmarks.spark.one_run ARCS CORES [--starts N] [--steps N] [--memory M]

The engine is asked some of the same questions, pair by pair; its answers must be the same.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.paths import exograph_engine as engine
from benchmarks.paths.hetionet_shaped import TYPES, Graph, kept
from exograph.paths.engine import Budget, Question, best_first
from exograph.spark.asked import Asked
from exograph.spark.edges import COSTS, EDGE_COLUMNS, EDGES, NODE_COLUMNS, NODES, costs, schema_of
from exograph.spark.session import session

FOLDER = Path(".build/benchmarks")
STEP = 100_000
FROM, TO = "Compound", "Disease"


def written(graph: Graph, starts: list[int], folder: Path) -> Path:
    """The edges as Parquet, part by part, with the role Start for some nodes."""
    folder.mkdir(parents=True, exist_ok=True)
    kinds, chosen = list(TYPES), set(starts)
    played = [["Start"] if n in chosen else [] for n in range(graph.nodes)]
    ids, types = (list(map(str, range(graph.nodes))), [kinds[k] for k in graph.kind.tolist()])
    _write(folder / NODES, NODE_COLUMNS, range(graph.nodes), ids, types, played, graph.hubs)
    count = len(graph.tails)
    ranks = np.arange(count)
    ends_and_prices = graph.tails, graph.heads, graph.signs, graph.costs, ranks
    names = list(map(str, range(count)))
    nothing = [None] * count
    plain = names, ["affects"] * count, [False] * count, nothing
    _write(folder / EDGES, EDGE_COLUMNS, *ends_and_prices, *plain)
    (folder / COSTS).write_bytes(costs(STEP, 0))
    return folder


def _write(path: Path, columns: dict[str, str], *values: Any) -> None:
    schema = schema_of(columns)
    arrays = [pa.array(v).cast(f.type) for v, f in zip(values, schema, strict=True)]
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), path, row_group_size=65_536)


def compared(graph: Graph, starts: list[int], steps: int, found: dict[Any, Any]) -> dict[str, Any]:
    """Time of processor of the engine for a question, and whether it gives what the job found."""
    arcs = engine.arcs_of(graph)
    draw, ends = Random(1), list(graph.of_type(TO))
    asked = [(draw.choice(starts), draw.choice(ends), draw.choice("+-?")) for _ in range(100)]
    took, same = 0.0, True
    for start, end, sign in asked:
        question = Question(np.array([start]), np.array([end]), steps, sign, step=STEP)
        began = time.process_time()
        best = next(iter(best_first(arcs, question, Budget())), None)
        took += time.process_time() - began
        expected = best and ([str(n) for n in best.nodes], [str(a) for a in best.arcs])
        same &= found.get((str(start), str(end), sign)) == expected
    whole = took / len(asked) * 3 * len(starts) * len(ends)
    return {"engine_ms": 1000 * took / len(asked), "engine_all_s": whole, "same": same}


def peak(status: Path) -> float:
    """Megabytes that a process held at most."""
    line = next(x for x in status.read_text().splitlines() if x.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def worked(stat: Path) -> float:
    """Seconds of processor that a process has had so far, on all cores."""
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    options = argparse.ArgumentParser(description="One run of the job on Spark, as JSON.")
    options.add_argument("arcs", type=int)
    options.add_argument("cores")
    options.add_argument("--starts", type=int, default=20)
    options.add_argument("--steps", type=int, default=4)
    options.add_argument("--memory", default="4g")
    given = options.parse_args()
    graph = kept(given.arcs, 1, FOLDER)
    leaving = np.unique(graph.tails)
    able = sorted(set(graph.of_type(FROM)) & set(leaving.tolist()))
    starts = Random(1).sample(able, min(given.starts, len(able)))
    folder = written(graph, starts, FOLDER / f"edges-{given.arcs}-{given.starts}")
    with session(given.cores, given.memory) as spark:
        from exograph.spark.graph import opened
        from exograph.spark.routes import routes

        spark.range(1).count()
        java = Path(f"/proc/{spark.sparkContext._gateway.proc.pid}")  # type: ignore[union-attr]
        began, before = time.perf_counter(), worked(java / "stat")
        asked = Asked(("type:Start",), (f"type:{TO}",), given.steps)
        rows = routes(opened(spark, str(folder)), asked).collect()
        took = time.perf_counter() - began
        used = {"cpu_s": worked(java / "stat") - before, "MB": peak(java / "status")}
    figures = {
        "arcs": len(graph.tails),
        "nodes": graph.nodes,
        "starts": len(starts),
        "ends": len(graph.of_type(TO)),
        "steps": given.steps,
        "cores": given.cores,
        "routes": len(rows),
        "seconds": took,
        **used,
        "edges_MB": sum(f.stat().st_size for f in folder.iterdir()) / 1e6,
    }
    found = {(r.start, r.end, r.sign): (list(r.entities), list(r.claims)) for r in rows}
    print(json.dumps(figures | compared(graph, starts, given.steps, found)), flush=True)


if __name__ == "__main__":
    main()
