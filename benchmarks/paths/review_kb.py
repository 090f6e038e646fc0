# SPDX-License-Identifier: Apache-2.0
"""The best paths from sources and vesicles to processes and phases in our own knowledge base.

    python -m benchmarks.paths.review_kb [--pairs N]

Exit code 1 if an answer is wrong, or if the median of the ratios is below its bar.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

import exograph
from benchmarks.paths import collapsed, report
from benchmarks.paths import exograph_engine as engine
from benchmarks.paths.agreement import Judge, WrongError
from benchmarks.paths.comparing import Result, compare
from benchmarks.paths.hetionet_shaped import Graph
from benchmarks.paths.peers import Asker, Peer, with_igraph, with_networkx, with_scipy
from benchmarks.paths.questions import STEP, TOP, Asked

PLAIN, SIGNED, MANY = "10 best, at most 8 steps", "10 best of sign +", "50 best, at most 8 steps"
BARS = {kind: {"networkx": 30, "scipy": 2} for kind in (PLAIN, SIGNED, MANY)}
STARTS, ENDS = ("CellType", "Vesicle"), ("BiologicalProcess", "HealingPhase")


def review_arcs(kb: exograph.Graph) -> tuple[engine.Arcs, tuple[str, ...]]:
    """The arcs that a question without filters walks, as priced for it, and all entities by node.

    What a stitched story costs where it changes hands is no price of an arc, so it is left out.
    """
    from exograph.paths import WEIGHTS, PathQuery
    from exograph.paths.walkable import walkable

    ground = walkable(kb.kb, kb.arrays, PathQuery(start=(), end=()), WEIGHTS)
    return ground.arcs, ground.nodes


def as_graph(arcs: engine.Arcs) -> Graph:
    """The same arcs, for the peers and the judge. There are no layers here, so no types."""
    kind = np.zeros(arcs.nodes, np.int8)
    return Graph(kind, arcs.tails, arcs.heads, arcs.signs, arcs.costs, arcs.hubs)


def drawn(
    kb: exograph.Graph, nodes: tuple[str, ...], arcs: engine.Arcs, sign: str, count: int, most: int
) -> list[Asked]:
    """Pairs that so many paths join, at random by seed: a source or vesicle, a process or phase."""
    types = {entity.id: entity.type for entity in kb.kb.entities}
    starts = [n for n, id in enumerate(nodes) if types[id] in STARTS]
    ends = [n for n, id in enumerate(nodes) if types[id] in ENDS]
    graph, found = as_graph(arcs), []
    pairs = [Asked(a, b, sign=sign, max_steps=8) for a in starts for b in ends]
    for n in np.random.default_rng(1).permutation(len(pairs)):
        if len(engine.best(arcs, graph, pairs[n], count)) == count:
            found.append(pairs[n])
        if len(found) == most:
            break
    return found


def _askers(graph: collapsed.PeerGraph) -> dict[str, Asker]:
    return {
        "networkx": with_networkx(graph),
        "scipy": with_scipy(graph),
        "igraph": with_igraph(graph),
    }


def asked_for_more(askers: Mapping[str, Asker]) -> dict[str, Asker]:
    """The peers as one asks who does not know how many of their paths hold the answer.

    They are asked for ten, then for twice as many, until what is left after the limit of steps and
    the sign is the answer. What it costs to look at their paths is not counted.
    """

    def growing(peer: Peer) -> Peer:
        def ask(count: int) -> object:
            most = TOP
            while most < count:
                peer.ask(most)
                most *= 2
            return peer.ask(most)

        return replace(peer, ask=ask)

    def grown(asker: Asker) -> Asker:
        return lambda asked, last: [growing(peer) for peer in asker(asked, last)]

    return {name: grown(asker) for name, asker in askers.items()}


def main() -> int:
    options = argparse.ArgumentParser(description="Best paths in the review's knowledge base.")
    options.add_argument("--pairs", type=int, default=15)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as home:
        kb = exograph.open(home=home)
        arcs, nodes = review_arcs(kb)
        asked = {
            kind: (count, drawn(kb, nodes, arcs, sign, count, given.pairs))
            for kind, sign, count in ((PLAIN, "any", TOP), (SIGNED, "+", TOP), (MANY, "any", 50))
        }
    graph = as_graph(arcs)
    judge, results = Judge(graph), list[Result]()
    print(f"{report.machine()}\n{len(nodes):,} entities, {len(arcs):,} arcs")
    try:
        for kind, (count, questions) in asked.items():
            peers = asked_for_more(_askers(collapsed.whole(graph, STEP)))
            if kind == SIGNED:
                copies = _askers(collapsed.whole(graph, STEP, by_sign=True))
                peers |= {f"{name}, two copies": asker for name, asker in copies.items()}
            results += compare(kind, judge, arcs, questions, peers, count=count)
    except WrongError as error:
        print(f"WRONG: {error}")
        return 1
    print(report.table(list(report.rows(results, BARS))))
    return int(report.missed(results, BARS))


if __name__ == "__main__":
    sys.exit(main())
