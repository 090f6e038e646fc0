# SPDX-License-Identifier: Apache-2.0
"""Mechanism paths: found, signed, told, costed, folded, and put into words."""

from exograph.paths.document import to_json
from exograph.paths.explain import sentences
from exograph.paths.finding import find, search
from exograph.paths.query import PathQuery
from exograph.paths.rank import WEIGHTS, Weights, read_weights
from exograph.paths.result import Caution, Handover, Path, PathResult, PathStep, Shortcut

__all__ = [
    "WEIGHTS",
    "Caution",
    "Handover",
    "Path",
    "PathQuery",
    "PathResult",
    "PathStep",
    "Shortcut",
    "Weights",
    "find",
    "read_weights",
    "search",
    "sentences",
    "to_json",
]
