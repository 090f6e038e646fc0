# SPDX-License-Identifier: Apache-2.0
"""Whether answers are right: paths that fit the question, costs that add up, and the same for all.

A peer finds sequences of nodes; parallel arcs make several paths of one. Each sequence is spread
out into its paths again, and the cheapest ten of those must cost what the engine's ten paths cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from benchmarks.paths.collapsed import Walk
from benchmarks.paths.exograph_engine import Route
from benchmarks.paths.hetionet_shaped import Graph
from benchmarks.paths.questions import Asked


class WrongError(Exception):
    """An answer is wrong; the message says which and how."""


class Judge:
    """Knows the graph, and believes nobody."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    @cached_property
    def _keys(self) -> npt.NDArray[np.int64]:
        return self.graph.tails.astype(np.int64) * self.graph.nodes + self.graph.heads

    def check(self, asked: Asked, routes: Sequence[Route]) -> list[int]:
        """The costs of the engine's paths. Raises WrongError."""
        graph, costs = self.graph, []
        for route in routes:
            arcs = np.array(route.arcs)
            nodes = np.array(route.nodes)
            if not (
                self._fits(asked, route.nodes)
                and (graph.tails[arcs] == nodes[:-1]).all()
                and (graph.heads[arcs] == nodes[1:]).all()
            ):
                raise WrongError(f"exograph, {asked}: {route} is no path that was asked for")
            sign = int(np.prod(graph.signs[arcs]))
            if asked.sign != "any" and sign != (1 if asked.sign == "+" else -1):
                raise WrongError(f"exograph, {asked}: {route} has the sign {sign}")
            cost = int(graph.costs[arcs].sum() + graph.hubs[nodes[1:-1]].sum())
            cost += asked.step * len(arcs)
            if cost != route.cost:
                raise WrongError(f"exograph, {asked}: {route} costs {cost}")
            costs.append(cost)
        if costs != sorted(costs) or len({route.arcs for route in routes}) != len(routes):
            raise WrongError(f"exograph, {asked}: out of order, or the same path twice")
        return costs

    def _fits(self, asked: Asked, nodes: tuple[int, ...]) -> bool:
        graph = self.graph
        simple = len(set(nodes)) == len(nodes) > 1 and len(nodes) - 1 <= asked.steps
        if not simple or nodes[0] != asked.start:
            return False
        if not asked.layers:
            return nodes[-1] == asked.end
        return (
            len(nodes) == len(asked.layers)
            and all(n in graph.of_type(t) for n, t in zip(nodes, asked.layers, strict=True))
            and asked.end in (None, nodes[-1])
        )

    def enough(self, peer: str, asked: Asked, walks: Sequence[Walk], costs: list[int]) -> int:
        """How many of a peer's walks give the costs; 0 if they give fewer paths than that.

        Raises WrongError if there are enough paths and they cost something else.
        """
        found: list[int] = []
        fitting = 0
        for number, walk in enumerate(walks, 1):
            if not self._fits(asked, walk.nodes):
                if asked.layers and len(set(walk.nodes)) == len(walk.nodes):
                    raise WrongError(f"{peer}, {asked}: {walk} was not asked for")
                continue
            fitting += (
                asked.sign == "any" or walk.signs is not None
            )  # else it may have no such path
            found = sorted([*found, *self._paths(asked, walk, len(costs))])[: len(costs)]
            if found == costs:
                return number
        if fitting >= len(costs):
            raise WrongError(f"{peer}, {asked}: {found}, but exograph says {costs}")
        return 0

    def _paths(self, asked: Asked, walk: Walk, most: int) -> list[int]:
        """Costs of the cheapest paths of the sign over a sequence of nodes, at most so many."""
        graph = self.graph
        found = {1: [int(graph.hubs[list(walk.nodes[1:-1])].sum())]}  # costs by the sign so far
        for n, (tail, head) in enumerate(pairwise(walk.nodes)):
            key = tail * graph.nodes + head
            low, high = np.searchsorted(self._keys, [key, key + 1])
            arcs = [
                (int(cost) + asked.step, int(sign) if asked.sign != "any" else 1)
                for cost, sign in zip(graph.costs[low:high], graph.signs[low:high], strict=True)
                if walk.signs is None or sign == walk.signs[n]
            ]
            after: dict[int, list[int]] = {}
            for before, costs in found.items():
                for price, sign in arcs:
                    after.setdefault(before * sign, []).extend(cost + price for cost in costs)
            found = {sign: sorted(costs)[:most] for sign, costs in after.items()}
        return found.get(-1 if asked.sign == "-" else 1, [])
