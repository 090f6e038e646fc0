# SPDX-License-Identifier: Apache-2.0
"""Libraries that find the k shortest paths of a graph of copies: networkx, igraph, scipy.

Each gets its graph in the form it likes best, made beforehand; asking is all that is timed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

import numpy as np

from benchmarks.paths.collapsed import PeerGraph, Walk, cheapest, layered
from benchmarks.paths.hetionet_shaped import Graph
from benchmarks.paths.questions import Asked

Stop = Literal["signal", "interrupt", "kill"]


@dataclass(frozen=True)
class Peer:
    """``ask`` is timed, ``walks`` says what its answer means.

    How it is stopped at the deadline: by a signal that Python sees, by ``interrupt`` from another
    thread, or by the death of the process that it was tried in.
    """

    name: str
    ask: Callable[[int], Any]
    walks: Callable[[Any], list[Walk]]
    stop: Stop = "signal"
    interrupt: Callable[[], None] | None = None


Asker = Callable[[Asked, int], list[Peer]]
"""From a question, and the cost of its last path as a gift to who can use it, to the ways in which
a library can be asked; the fastest one counts."""


def with_networkx(graph: PeerGraph) -> Asker:
    """``shortest_simple_paths``: Yen's algorithm with a search from both ends (Python)."""
    import networkx

    g = networkx.DiGraph()
    g.add_weighted_edges_from(
        zip(graph.tails.tolist(), graph.heads.tolist(), graph.weights.tolist(), strict=True)
    )

    def asker(asked: Asked, last: int) -> list[Peer]:
        start, end = graph.ends(asked)

        def ask(count: int) -> list[list[int]]:
            found = networkx.shortest_simple_paths(g, start, end, weight="weight")
            return list(islice(found, count))

        return [Peer("networkx", ask, lambda found: [graph.walk(path) for path in found])]

    return asker


def with_igraph(graph: PeerGraph) -> Asker:
    """``get_k_shortest_paths``: Yen's algorithm (C)."""
    import igraph

    g = igraph.Graph(n=graph.size, edges=np.column_stack((graph.tails, graph.heads)), directed=True)
    g.es["weight"] = graph.weights.tolist()

    def asker(asked: Asked, last: int) -> list[Peer]:
        start, end = graph.ends(asked)

        def ask(count: int) -> list[list[int]]:
            return g.get_k_shortest_paths(
                start, to=end, k=count, mode="out", weights="weight", output="vpath"
            )

        return [Peer("igraph", ask, lambda found: [graph.walk(path) for path in found])]

    return asker


def with_scipy(graph: PeerGraph) -> Asker:
    """``csgraph.yen``: Yen's algorithm (Cython)."""
    from scipy.sparse.csgraph import yen

    matrix = sparse(graph)

    def asker(asked: Asked, last: int) -> list[Peer]:
        start, end = graph.ends(asked)

        def ask(count: int) -> list[list[int]]:
            found = yen(matrix, start, end, count, directed=True, return_predecessors=True)
            return _traced(start, end, found)

        def walks(found: list[list[int]]) -> list[Walk]:
            return [graph.walk(path) for path in found]

        return [Peer("scipy", ask, walks, stop="kill")]

    return asker


def with_scipy_at_once(graph: Graph, layers: tuple[str, ...], step: int, signed: bool) -> Asker:
    """The same, as exograph is asked: the graph is known beforehand, the pattern is not.

    What fits the pattern is cut out with numpy when it is asked for.
    """
    given = cheapest(graph, step, signed)

    def asker(asked: Asked, last: int) -> list[Peer]:
        def ask(count: int) -> tuple[PeerGraph, list[list[int]]]:
            cut = layered(graph, layers, step, signed, given)
            return cut, with_scipy(cut)(asked, last)[0].ask(count)

        def walks(found: tuple[PeerGraph, list[list[int]]]) -> list[Walk]:
            cut, paths = found
            return [cut.walk(path) for path in paths]

        return [Peer("scipy", ask, walks, stop="kill")]

    return asker


def _traced(start: int, end: int, found: tuple[Any, Any]) -> list[list[int]]:
    """The nodes of the paths, of which scipy tells the node before each node."""
    paths = []
    for before in found[1]:
        path = [end]
        while path[-1] != start:
            path.append(before[path[-1]])
        paths.append(path[::-1])
    return paths


def sparse(graph: PeerGraph) -> Any:
    """The weights as a sparse array, floats as scipy computes with them."""
    from scipy.sparse import csr_array

    weights = graph.weights.astype(np.float64)
    ends = graph.tails.astype(np.int32), graph.heads.astype(np.int32)  # yen takes no others
    return csr_array((weights, ends), shape=(graph.size, graph.size))
