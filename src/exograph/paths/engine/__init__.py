# SPDX-License-Identifier: Apache-2.0
"""The path engine: best signed simple paths, and best signed walks to all, on plain arrays.

It knows numbers only, so that the same code serves a review and a graph of millions of edges.
"""

from exograph.paths.engine.arcs import MICRO, Arcs, distinct
from exograph.paths.engine.budget import WORK_LIMIT, Budget, Stopped
from exograph.paths.engine.question import Question, Route
from exograph.paths.engine.search import best_first
from exograph.paths.engine.spread import Spread, spread
from exograph.paths.engine.telling import EVERY, Telling

__all__ = [
    "EVERY",
    "MICRO",
    "WORK_LIMIT",
    "Arcs",
    "Budget",
    "Question",
    "Route",
    "Spread",
    "Stopped",
    "Telling",
    "best_first",
    "distinct",
    "spread",
]
