# SPDX-License-Identifier: Apache-2.0
"""All calls of the benchmarks to exograph's path engine."""

from __future__ import annotations

from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from benchmarks.paths.hetionet_shaped import TYPES, Graph
from exograph.paths.engine import Arcs, Budget, Question, Route, best_first, spread

if TYPE_CHECKING:
    from benchmarks.paths.questions import Asked

__all__ = ["Arcs", "Route", "answer", "arcs_of", "best", "opened", "question", "to_all"]


def arcs_of(graph: Graph) -> Arcs:
    return Arcs.of(graph.nodes, graph.tails, graph.heads, graph.signs, graph.costs, graph.hubs)


def opened(folder: Path) -> Arcs:
    return Arcs.open(folder)


def question(graph: Graph, asked: Asked) -> Question:
    """What is asked, in the engine's words. Making the masks of the layers is not timed."""
    return Question(
        starts=np.array([asked.start]),
        ends=np.array(asked.ends(graph)),
        max_steps=asked.steps,
        sign=asked.sign,
        layers=tuple(_mask(graph, name) for name in asked.layers),
        step=asked.step,
    )


@cache
def _mask(graph: Graph, name: str) -> npt.NDArray[np.bool_]:
    return graph.kind == list(TYPES).index(name)


def answer(arcs: Arcs, wanted: Question, count: int) -> list[Route]:
    """The best paths. This is what is timed."""
    return list(islice(best_first(arcs, wanted, Budget(timeout=None)), count))


def best(arcs: Arcs, graph: Graph, asked: Asked, count: int) -> list[Route]:
    return answer(arcs, question(graph, asked), count)


def to_all(arcs: Arcs, start: int, step: int) -> npt.NDArray[np.int64]:
    """Cost of the best walk to each node, by sign (+ in row 0, - in row 1), -1 for none."""
    return spread(arcs, start=start, step=step).cost[:2]
