# SPDX-License-Identifier: Apache-2.0
"""exograph and its peers on the same questions, in one process, tool by tool in turn.

    python -m benchmarks.paths.run [--arcs N] [--draws N] [--out FILE.md] [--json FILE]

Exit code 1 if an answer is wrong, or if the median of the ratios is below its bar. What each peer
is asked is said in ``WAYS``; a peer without an answer after a minute is stopped.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.paths import collapsed, report
from benchmarks.paths import exograph_engine as engine
from benchmarks.paths.agreement import Judge, WrongError
from benchmarks.paths.comparing import Distances, Result, compare, compare_to_all
from benchmarks.paths.hetionet_shaped import Graph, kept
from benchmarks.paths.peer_duckdb import with_duckdb, with_whole_duckdb
from benchmarks.paths.peer_duckdb_pairs import with_recursion, with_typed_recursion
from benchmarks.paths.peer_oxigraph import with_oxigraph
from benchmarks.paths.peers import (
    Asker,
    sparse,
    with_igraph,
    with_networkx,
    with_scipy,
    with_scipy_at_once,
)
from benchmarks.paths.questions import FIVE_LAYERS, FOUR_LAYERS, STEP, origins, pairs, typed
from benchmarks.paths.timing import clocked

FOLDER = Path(".build/benchmarks")
FOUR, SIGNED, FIVE = "typed, 4 layers", "typed, 4 layers, sign + or -", "typed, 5 layers"
FOUR_KNOWN, SIGNED_KNOWN = f"{FOUR}, ends by arcs", f"{SIGNED}, ends by arcs"
PAIRS, ALL = "random pairs, at most 6 steps", "from one to all, by sign"
ON_TWO, AT_ONCE = "scipy, by sign", "scipy, cut when asked"
WHOLE, RECURSIVE = "DuckDB, one table", "DuckDB, recursive"

BARS = {
    FOUR: {"networkx": 35, AT_ONCE: 20, RECURSIVE: 8},
    SIGNED: {"networkx": 80, RECURSIVE: 6},
    PAIRS: {"igraph": 15},
    ALL: {"scipy": 1 / 3},
}

WAYS = (
    ("exograph", "the graph with all its parallel arcs; ten paths, or both signs for all nodes"),
    ("networkx", "shortest_simple_paths, weighted, as many as are needed"),
    ("scipy", "csgraph.yen; for one to all csgraph.dijkstra, without signs"),
    (AT_ONCE, "csgraph.yen, with the pattern cut out of the graph by numpy when it is asked for"),
    (ON_TWO, "csgraph.dijkstra on two copies of the graph, which gives both signs"),
    ("igraph", "Graph.get_k_shortest_paths; for one to all Graph.distances, without signs"),
    (
        "DuckDB",
        "SQL, a sorted table for each step, the faster of a plain and a pruned join; for pairs a "
        "recursive query that is told what the tenth path costs",
    ),
    (WHOLE, "the same SQL, over views of one sorted table of all arcs, as exograph has them"),
    (
        RECURSIVE,
        "recursive SQL over one sorted table of all arcs; types in a table",
    ),
    ("pyoxigraph", "SPARQL over the arcs that fit; small patterns only"),
)

SMALL = 60_000
"""Arcs in a pattern up to which pyoxigraph is asked, too."""


def best_of_types(graph: Graph, arcs: engine.Arcs, draws: int) -> Iterator[Result]:
    """Top ten of typed layers, without and with a sign, and between ends drawn by their arcs."""
    judge = Judge(graph)
    for kinds, patterns in (
        ((FOUR, FOUR_KNOWN), FOUR_LAYERS),
        ((SIGNED, SIGNED_KNOWN), FOUR_LAYERS),
        ((FIVE,), FIVE_LAYERS),
    ):
        signs = ("+", "-") if SIGNED in kinds else ("any",)
        for layers in patterns:
            say(f"{kinds[0]}: {' > '.join(layers)}")
            peers, took = _askers(graph, layers, SIGNED in kinds)
            for kind in kinds:
                known = kind in (FOUR_KNOWN, SIGNED_KNOWN)
                questions = list(typed(graph, arcs, layers, signs, draws, by_arcs=known))
                yield from compare(kind, judge, arcs, questions, peers, took)
            del peers
            gc.collect()


def _askers(
    graph: Graph, layers: tuple[str, ...], signed: bool
) -> tuple[dict[str, Asker], dict[str, float]]:
    """The peers for a pattern, and the milliseconds that their graphs took to make."""
    cut, copies = clocked(lambda: collapsed.layered(graph, layers, STEP, signed))
    ways: dict[str, Callable[[], Asker]] = {
        "networkx": lambda: with_networkx(copies),
        "scipy": lambda: with_scipy(copies),
        AT_ONCE: lambda: with_scipy_at_once(graph, layers, STEP, signed),
        "igraph": lambda: with_igraph(copies),
        "DuckDB": lambda: with_duckdb(graph, layers, STEP, signed),
        WHOLE: lambda: with_whole_duckdb(graph, layers, STEP, signed),
        RECURSIVE: lambda: with_typed_recursion(graph, layers, STEP, signed),
    }
    if not signed and len(copies.tails) <= SMALL:
        ways["pyoxigraph"] = lambda: with_oxigraph(graph, layers, STEP)
    made = {name: clocked(way) for name, way in ways.items()}
    took = {
        n: ms + (cut if n in ("networkx", "scipy", "igraph") else 0) for n, (ms, _) in made.items()
    }
    return {name: asker for name, (_, asker) in made.items()}, took


def best_of_pairs(graph: Graph, arcs: engine.Arcs, draws: int) -> Iterator[Result]:
    """Top ten between two nodes of the whole graph."""
    say(PAIRS)
    whole = collapsed.whole(graph, STEP)
    peers = {
        "networkx": with_networkx(whole),
        "scipy": with_scipy(whole),
        "igraph": with_igraph(whole),
        "DuckDB": with_recursion(whole, graph.hubs.tolist()),
    }
    judge = Judge(graph)
    yield from compare(PAIRS, judge, arcs, list(pairs(graph, arcs, draws)), peers)


def one_to_all(graph: Graph, arcs: engine.Arcs, draws: int) -> Iterator[Result]:
    """Best walks of each sign, over arcs with a sign, beside distances."""
    import igraph
    import numpy as np
    from scipy.sparse.csgraph import dijkstra

    say(ALL)
    plain = collapsed.whole(graph, STEP, signed_only=True)
    matrix, double = sparse(plain), sparse(collapsed.whole(graph, STEP, by_sign=True))
    edges = np.column_stack((plain.tails, plain.heads))
    g = igraph.Graph(n=plain.size, edges=edges, directed=True)
    g.es["weight"] = plain.weights.tolist()
    unsigned: dict[str, Distances] = {
        "scipy": lambda start: dijkstra(matrix, indices=start),
        "igraph": lambda start: g.distances(source=[start], weights="weight", mode="out"),
    }
    signed: dict[str, Distances] = {ON_TWO: lambda start: dijkstra(double, indices=2 * start)}
    yield from compare_to_all(ALL, graph, arcs, origins(graph, draws), unsigned, signed)


def say(text: str) -> None:
    """Progress, to stderr."""
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def main() -> int:
    options = argparse.ArgumentParser(description="exograph's path engine beside its peers.")
    options.add_argument("--arcs", type=int, default=2_200_000, help="of the graph")
    options.add_argument("--seed", type=int, default=1, help="of the graph")
    options.add_argument("--draws", type=int, default=1, help="of each typed question")
    options.add_argument("--pairs", type=int, default=7, help="and starts of one to all")
    options.add_argument("--out", type=Path, help="Markdown file for the table")
    options.add_argument("--json", type=Path, help="file for each time measured")
    given = options.parse_args()
    header = report.machine()
    graph = kept(given.arcs, given.seed, FOLDER)
    arcs = engine.arcs_of(graph)
    print(f"{header}\n{graph.nodes:,} nodes, {len(graph.tails):,} arcs")
    results: list[Result] = []
    try:
        results += best_of_types(graph, arcs, given.draws)
        results += best_of_pairs(graph, arcs, given.pairs)
        results += one_to_all(graph, arcs, given.pairs)
    except WrongError as error:
        print(f"WRONG: {error}")
        return 1
    lines = list(report.rows(results, BARS))
    print(report.table(lines))
    if given.out:
        given.out.parent.mkdir(parents=True, exist_ok=True)
        ways = report.markdown(WAYS, ("tool", "what it was asked"))
        told = f"{header}\n\n{graph.nodes:,} nodes, {len(graph.tails):,} arcs."
        given.out.write_text(f"{told}\n\n{report.markdown(lines)}\n\n{ways}\n", encoding="utf-8")
    if given.json:
        given.json.write_text(report.as_json(results, header), encoding="utf-8")
    return int(report.missed(results, BARS))


if __name__ == "__main__":
    sys.exit(main())
