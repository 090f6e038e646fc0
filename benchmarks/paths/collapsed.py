# SPDX-License-Identifier: Apache-2.0
"""The graph as the peers get it: no parallel arcs, no prices of nodes, no layers, no signs.

Of parallel arcs the cheapest is left (of each sign, where a sign is asked for). The price of
passing a node is put on the arcs that lead to it. Layers become copies of the nodes, one for each
position of the path, with only the arcs that fit them; a sign becomes two copies of those, and an
arc of sign - leads from one into the other. An end type becomes one more node behind all nodes of
the last layer. Then every question is one for shortest paths between two nodes, and none of the
peers has to filter but what meets itself or is too long.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from benchmarks.paths.hetionet_shaped import Graph
from benchmarks.paths.questions import Asked

Numbers = npt.NDArray[np.int64]


class Walk(NamedTuple):
    """Nodes of the graph, and the sign of each step where signs are told apart."""

    nodes: tuple[int, ...]
    signs: tuple[int, ...] | None = None


@dataclass(frozen=True, eq=False)
class PeerGraph:
    """Arcs with a weight of at least 1, between copies of nodes.

    Copy ``c`` stands at position ``p`` where ``first[p] <= c < first[p + 1]``; it is state
    ``(c - first[p]) % states`` of node ``low[p] + (c - first[p]) // states``. The last ``states``
    copies stand behind an end type.
    """

    tails: Numbers
    heads: Numbers
    weights: Numbers
    first: Numbers
    low: Numbers
    states: int
    size: int

    def copy(self, node: int, position: int, state: int = 0) -> int:
        return int(self.first[position] + (node - self.low[position]) * self.states + state)

    def ends(self, asked: Asked) -> tuple[int, int]:
        """The copies between which a question asks for paths."""
        last = len(self.first) - 2
        state = 1 if asked.sign == "-" else 0
        if asked.end is None:
            return self.copy(asked.start, 0), self.size - self.states + state
        return self.copy(asked.start, 0), self.copy(asked.end, last, state)

    def walk(self, copies: list[int]) -> Walk:
        """What a path of copies says about the graph."""
        inner = np.array([c for c in copies if c < self.first[-1]], np.int64)
        position = np.searchsorted(self.first, inner, side="right") - 1
        node, state = np.divmod(inner - self.first[position], self.states)
        nodes = tuple((node + self.low[position]).tolist())
        if self.states == 1:
            return Walk(nodes)
        return Walk(nodes, tuple((1 - 2 * np.abs(np.diff(state))).tolist()))


def cheapest(
    graph: Graph, step: int, by_sign: bool
) -> tuple[Numbers, Numbers, Numbers, npt.NDArray[np.int8]]:
    """Tails, heads, prices (with length, without nodes) and signs of the arcs that are left.

    ``by_sign`` leaves the cheapest of each sign, and none without a sign.
    """
    held = np.flatnonzero(graph.signs) if by_sign else np.arange(len(graph.tails))
    key = graph.tails[held].astype(np.int64) * graph.nodes + graph.heads[held]
    if by_sign:
        key = key * 2 + (graph.signs[held] < 0)
    held = held[order := np.lexsort((graph.costs[held], key))]
    held = held[np.diff(key[order], prepend=-1) > 0]
    price = graph.costs[held].astype(np.int64) + step
    return (
        graph.tails[held].astype(np.int64),
        graph.heads[held].astype(np.int64),
        price,
        (graph.signs[held]),
    )


def whole(graph: Graph, step: int, by_sign: bool = False, signed_only: bool = False) -> PeerGraph:
    """All arcs, for questions without layers; ``signed_only`` leaves out those without a sign.

    A path's weights add up to its cost and the price of its last node.
    """
    tails, heads, price, signs = cheapest(graph, step, by_sign or signed_only)
    weights = price + graph.hubs[heads]
    states = 2 if by_sign else 1
    if by_sign:
        minus = (signs < 0).astype(np.int64)
        tails = np.concatenate((2 * tails, 2 * tails + 1))
        heads = np.concatenate((2 * heads + minus, 2 * heads + 1 - minus))
        weights = np.tile(weights, 2)
    elif signed_only:
        tails, heads, weights = _one_each(graph.nodes, tails, heads, weights)
    size = graph.nodes * states
    first = np.array([0, size])
    return PeerGraph(tails, heads, weights, first, np.zeros(1, np.int64), states, size)


def _one_each(
    nodes: int, tails: Numbers, heads: Numbers, weights: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    key = tails * nodes + heads
    order = np.lexsort((weights, key))
    held = order[np.diff(key[order], prepend=-1) > 0]
    return tails[held], heads[held], weights[held]


Cheapest = tuple[Numbers, Numbers, Numbers, npt.NDArray[np.int8]]
"""What ``cheapest`` gives."""


def steps_of(
    graph: Graph, layers: tuple[str, ...], step: int, by_sign: bool, given: Cheapest | None = None
) -> list[Cheapest]:
    """For each step of a pattern the arcs that fit it: tails, heads, weights, signs.

    Nodes stand by type and arcs by tail, so that those of a type of tails are a slice.
    """
    tails, heads, price, signs = given or cheapest(graph, step, by_sign)
    found = []
    for position, (a, b) in enumerate(pairwise(layers)):
        one, two = graph.of_type(a), graph.of_type(b)
        low, high = np.searchsorted(tails, [one.start, one.stop])
        inner = heads[low:high]
        fits = low + np.flatnonzero((inner >= two.start) & (inner < two.stop))
        weights = price[fits] + (graph.hubs[heads[fits]] if position < len(layers) - 2 else 0)
        found.append((tails[fits], heads[fits], weights, signs[fits]))
    return found


def layered(
    graph: Graph,
    layers: tuple[str, ...],
    step: int,
    by_sign: bool,
    given: Cheapest | None = None,
) -> PeerGraph:
    """Copies of the nodes for each layer. A path's weights add up to its cost, and 1 if behind
    an end type. ``given`` is what ``cheapest`` gives, if that is known."""
    states = 2 if by_sign else 1
    spans = [graph.of_type(name) for name in layers]
    first = np.cumsum([0, *(len(span) * states for span in spans)])
    low = np.array([span.start for span in spans])
    parts = []
    for p, (tails, heads, weights, signs) in enumerate(
        steps_of(graph, layers, step, by_sign, given)
    ):
        minus = (signs < 0).astype(np.int64) if by_sign else 0
        for state in range(states):
            after = np.abs(state - minus)
            t = first[p] + (tails - low[p]) * states + state
            h = first[p + 1] + (heads - low[p + 1]) * states + after
            parts.append((t, h, weights))
    last = np.arange(first[-2], first[-1])
    parts.append((last, first[-1] + (last - first[-2]) % states, np.ones(len(last), np.int64)))
    t, h, weights = (np.concatenate(part) for part in zip(*parts, strict=True))
    return PeerGraph(t, h, weights, first, low, states, int(first[-1]) + states)
