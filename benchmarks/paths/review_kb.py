# SPDX-License-Identifier: Apache-2.0
"""The ten best paths between vesicles and processes or phases in the review's own knowledge base.

    python -m benchmarks.paths.review_kb [--pairs N]

Exit code 1 if an answer is wrong, or if the median of the ratios is below its bar.
"""

from __future__ import annotations

import argparse
import sys
import tempfile

import numpy as np

import exograph
from benchmarks.paths import collapsed, report
from benchmarks.paths import exograph_engine as engine
from benchmarks.paths.agreement import Judge, WrongError
from benchmarks.paths.comparing import Result, compare
from benchmarks.paths.hetionet_shaped import Graph, hubs
from benchmarks.paths.peers import with_igraph, with_networkx, with_scipy
from benchmarks.paths.questions import STEP, TOP, Asked

KIND = "the review, at most 8 steps"
BARS = {KIND: {"networkx": 30, "scipy": 2}}
ENDS = ("BiologicalProcess", "HealingPhase")


def review_arcs(kb: exograph.Graph) -> tuple[engine.Arcs, tuple[str, ...]]:
    """The arcs of the knowledge base with the costs of its claims, and the entity of each node.

    The claims are those that a question without filters walks.
    """
    from exograph.paths.filters import left
    from exograph.paths.rank import WEIGHTS, evidence_cost

    arrays = kb.arrays
    claims = left(kb.kb.claims, (), with_retracted=False)
    held = np.array([n for n, c in enumerate(arrays.arc_claim) if claims[c] is not None])
    kept = [claims[c] for c in arrays.arc_claim[held]]
    costs = np.array([evidence_cost(kb.kb, c, WEIGHTS) for c in kept if c is not None], np.int32)
    tails, heads = arrays.tails[held], arrays.heads[held]
    price = hubs(len(arrays.nodes), tails, heads)
    arcs = engine.Arcs.of(len(price), tails, heads, arrays.arc_sign[held], costs, price)
    return arcs, arrays.nodes


def as_graph(arcs: engine.Arcs) -> Graph:
    """The same arcs, for the peers and the judge. There are no layers here, so no types."""
    kind = np.zeros(arcs.nodes, np.int8)
    return Graph(kind, arcs.tails, arcs.heads, arcs.signs, arcs.costs, arcs.hubs)


def drawn(kb: exograph.Graph, nodes: tuple[str, ...], arcs: engine.Arcs, most: int) -> list[Asked]:
    """Pairs of a vesicle and a process or phase that ten paths join, at random by seed."""
    types = {entity.id: entity.type for entity in kb.kb.entities}
    starts = [n for n, id in enumerate(nodes) if types[id] == "Vesicle"]
    ends = [n for n, id in enumerate(nodes) if types[id] in ENDS]
    graph, found = as_graph(arcs), []
    pairs = [Asked(a, b, max_steps=8) for a in starts for b in ends]
    for n in np.random.default_rng(1).permutation(len(pairs)):
        if len(engine.best(arcs, graph, pairs[n], TOP)) == TOP:
            found.append(pairs[n])
        if len(found) == most:
            break
    return found


def main() -> int:
    options = argparse.ArgumentParser(description="Best paths in the review's knowledge base.")
    options.add_argument("--pairs", type=int, default=15)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as home:
        kb = exograph.open(home=home)
        arcs, nodes = review_arcs(kb)
        asked = drawn(kb, nodes, arcs, given.pairs)
    graph = as_graph(arcs)
    whole = collapsed.whole(graph, STEP)
    peers = {
        "networkx": with_networkx(whole),
        "scipy": with_scipy(whole),
        "igraph": with_igraph(whole),
    }
    judge = Judge(graph)
    print(f"{report.machine()}\n{len(nodes):,} entities, {len(arcs):,} arcs")
    results: list[Result] = []
    try:
        results += [compare(KIND, judge, arcs, a, peers) for a in asked]
    except WrongError as error:
        print(f"WRONG: {error}")
        return 1
    print(report.table(list(report.rows(results, BARS))))
    return int(report.missed(results, BARS))


if __name__ == "__main__":
    sys.exit(main())
