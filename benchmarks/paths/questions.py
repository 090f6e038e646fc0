# SPDX-License-Identifier: Apache-2.0
"""The questions, drawn by seed: the ten best paths, or the best signed walks to all.

A draw counts if it has ten answers; the engine is asked for that, with the peers' agreement checked
afterwards. Unless it is said otherwise, starts are drawn from all nodes of their type that have an
arc into the next layer, and ends from all nodes of theirs: hubs are as rare as in the graph.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.paths import exograph_engine as engine
from benchmarks.paths.hetionet_shaped import TYPES, Graph

Nodes = npt.NDArray[np.int32]

TOP = 10
STEP = 100_000
"""Cost of length for each step, as in the weights of exograph."""

FOUR_LAYERS = (
    ("Compound", "Gene", "Gene", "Disease"),
    ("Compound", "Gene", "Anatomy", "Disease"),
    ("Gene", "Biological Process", "Gene", "Disease"),
    ("Anatomy", "Gene", "Gene", "Disease"),
)
FIVE_LAYERS = (
    ("Compound", "Gene", "Biological Process", "Gene", "Disease"),
    ("Compound", "Gene", "Pathway", "Gene", "Disease"),
)


@dataclass(frozen=True)
class Asked:
    """Best paths from a node to a node, or, where ``end`` is None, to any of the last type."""

    start: int
    end: int | None
    layers: tuple[str, ...] = ()
    sign: str = "any"
    max_steps: int = 6
    step: int = STEP

    def __str__(self) -> str:
        if not self.layers:
            return f"{self.start} to {self.end}, at most {self.max_steps} steps"
        last = self.layers[-1] if self.end is None else f"{self.layers[-1]} {self.end}"
        middle = "".join(f" > {name}" for name in self.layers[1:-1])
        sign = "" if self.sign == "any" else f", sign {self.sign}"
        return f"{self.layers[0]} {self.start}{middle} > {last}{sign}"

    @property
    def steps(self) -> int:
        return len(self.layers) - 1 if self.layers else self.max_steps

    def ends(self, graph: Graph) -> tuple[int, ...]:
        if self.end is not None:
            return (self.end,)
        return tuple(graph.of_type(self.layers[-1]))


def typed(
    graph: Graph,
    arcs: engine.Arcs,
    layers: tuple[str, ...],
    signs: tuple[str, ...] = ("any",),
    draws: int = 1,
    by_arcs: bool = False,
    seed: int = 1,
) -> Iterator[Asked]:
    """So many questions of one pattern that lead to a type, and so many that lead to an entity.

    ``by_arcs`` draws an end with the chance that its arcs give it: people ask about what is known.
    """
    rng = np.random.default_rng([seed, *(list(TYPES).index(name) for name in layers)])
    starts = _joined(graph, layers[0], layers[1])[0]
    ends = _joined(graph, layers[-2], layers[-1])[1]
    if not by_arcs:
        starts, ends = np.unique(starts), np.array(graph.of_type(layers[-1]))
    for to_entity in (False, True):
        for sign in signs * draws:
            for _ in range(1_000):
                start = int(rng.choice(starts))
                end = int(rng.choice(ends)) if to_entity else None
                asked = Asked(start, end, layers, sign)
                if start != end and len(engine.best(arcs, graph, asked, TOP)) == TOP:
                    yield asked
                    break


def _joined(graph: Graph, tail: str, head: str) -> tuple[Nodes, Nodes]:
    """Both ends of each arc from one type to another."""
    low, high = np.searchsorted(graph.tails, [(t := graph.of_type(tail)).start, t.stop])
    tails, heads, h = graph.tails[low:high], graph.heads[low:high], graph.of_type(head)
    fits = (heads >= h.start) & (heads < h.stop)
    return tails[fits], heads[fits]


def pairs(graph: Graph, arcs: engine.Arcs, draws: int = 5, seed: int = 1) -> Iterator[Asked]:
    """Two nodes of any type."""
    rng = np.random.default_rng([seed, 99])
    starts, ends = np.unique(graph.tails), np.unique(graph.heads)
    found = 0
    while found < draws:
        asked = Asked(int(rng.choice(starts)), int(rng.choice(ends)))
        if asked.start != asked.end and len(engine.best(arcs, graph, asked, TOP)) == TOP:
            yield asked
            found += 1


def origins(graph: Graph, draws: int = 5, seed: int = 1) -> list[int]:
    """Where walks to all start: compounds, which reach all but what nothing leads to."""
    rng = np.random.default_rng([seed, 98])
    compounds, genes = graph.of_type("Compound"), graph.of_type("Gene")
    low, high = np.searchsorted(graph.tails, [compounds.start, compounds.stop])
    tails, heads, signs = (a[low:high] for a in (graph.tails, graph.heads, graph.signs))
    onward = (heads >= genes.start) & (heads < genes.stop) & (signs != 0)
    return rng.choice(np.unique(tails[onward]), draws, replace=False).tolist()
