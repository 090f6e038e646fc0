# SPDX-License-Identifier: Apache-2.0
"""Times of the engine and of one yardstick on a graph of one size, as JSON, for ``scale``.

    python -m benchmarks.paths.one_size ARCS [--save FOLDER]

``--save`` leaves the arrays, the questions and the costs of their answers for ``open_and_search``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from benchmarks.paths import collapsed
from benchmarks.paths import exograph_engine as engine
from benchmarks.paths.agreement import Judge
from benchmarks.paths.hetionet_shaped import Graph, kept
from benchmarks.paths.peers import sparse
from benchmarks.paths.questions import FOUR_LAYERS, STEP, TOP, Asked, origins, pairs, typed
from benchmarks.paths.timing import clocked, settled

FOLDER = Path(".build/benchmarks")
REPEATS = 5
TYPED, SIGNED = "typed, 4 layers", "typed, 4 layers, signed"
PAIRS, ALL = "random pairs", "one to all, signed"
YARDSTICK = "one to all, scipy, no sign"


def drawn(graph: Graph, arcs: engine.Arcs) -> dict[str, list[Asked]]:
    """Questions by kind, for best paths."""
    asked: dict[str, list[Asked]] = {TYPED: [], SIGNED: []}
    for layers in FOUR_LAYERS:
        asked[TYPED] += typed(graph, arcs, layers, draws=3)
        asked[SIGNED] += typed(graph, arcs, layers, ("+", "-"), draws=2)
    return {**asked, PAIRS: list(pairs(graph, arcs, draws=15))}


def milliseconds(calls: list[Callable[[], Any]]) -> list[float]:
    """Median time of each call, of some runs after a first."""
    for call in calls:
        call()
    turns = [[clocked(call)[0] for call in calls] for _ in range(REPEATS)]
    return [median(times) for times in zip(*turns, strict=True)]


def ask(graph: Graph, arcs: engine.Arcs, asked: Asked) -> Callable[[], Any]:
    wanted = engine.question(graph, asked)
    return lambda: engine.answer(arcs, wanted, TOP)


def distances(graph: Graph, starts: list[int]) -> list[Callable[[], Any]]:
    """scipy's dijkstra over the arcs that have a sign, without regard to it."""
    from scipy.sparse.csgraph import dijkstra

    matrix = sparse(collapsed.whole(graph, STEP, signed_only=True))
    return [lambda start=start: dijkstra(matrix, indices=start) for start in starts]  # type: ignore[misc]


def save(
    folder: Path, graph: Graph, arcs: engine.Arcs, asked: list[Asked], starts: list[int]
) -> None:
    """All that another process needs to search the graph, and to know whether it did so rightly."""
    judge = Judge(graph)
    arcs.save(folder)
    np.save(folder / "kind.npy", graph.kind)
    questions = [
        {"asked": asdict(a), "costs": judge.check(a, engine.best(arcs, graph, a, TOP))}
        for a in asked
    ]
    sums = [int(engine.to_all(arcs, start, STEP).sum()) for start in starts]
    document = {"questions": questions, "starts": starts, "sums": sums}
    (folder / "questions.json").write_text(json.dumps(document), encoding="utf-8")


def main() -> int:
    options = argparse.ArgumentParser(description="Times on a graph of one size, as JSON.")
    options.add_argument("arcs", type=int)
    options.add_argument("--save", type=Path)
    given = options.parse_args()
    graph = kept(given.arcs, 1, FOLDER)
    arcs = engine.arcs_of(graph)
    asked, starts = drawn(graph, arcs), origins(graph)
    with settled():
        times = {k: milliseconds([ask(graph, arcs, a) for a in v]) for k, v in asked.items()}
        times[ALL] = milliseconds([lambda s=s: engine.to_all(arcs, s, STEP) for s in starts])  # type: ignore[misc]
    times[YARDSTICK] = milliseconds(distances(graph, starts))
    if given.save:
        save(given.save, graph, arcs, [a for each in asked.values() for a in each], starts)
    print(json.dumps({"nodes": graph.nodes, "arcs": len(graph.tails), "times": times}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
