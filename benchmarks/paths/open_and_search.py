# SPDX-License-Identifier: Apache-2.0
"""Opens saved arrays by memory map, answers the questions beside them, and tells its peak memory.

    python -m benchmarks.paths.open_and_search FOLDER

Prints JSON: MB of resident memory at most (mapped files count as far as they were read), after the
imports, after all best paths, and after the walks to all. Exit code 1 if an answer is wrong.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

import numpy as np

from benchmarks.paths import exograph_engine as engine
from benchmarks.paths.hetionet_shaped import Graph
from benchmarks.paths.questions import STEP, TOP, Asked


def peak() -> float:
    """MB of this process so far. The first value is that of the parent if that was larger."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1e3)


def main() -> int:
    folder = Path(sys.argv[1])
    document = json.loads((folder / "questions.json").read_text(encoding="utf-8"))
    peaks = {"imports": peak()}
    arcs = engine.opened(folder)
    none = np.zeros(0, np.int32)
    kind = np.load(folder / "kind.npy", mmap_mode="r")
    graph = Graph(kind, none, none, none.astype(np.int8), none, none)
    right = True
    for question in document["questions"]:
        cells = question["asked"]
        asked = Asked(**{**cells, "layers": tuple(cells["layers"])})
        found = [route.cost for route in engine.best(arcs, graph, asked, TOP)]
        right &= found == question["costs"]
    peaks["best paths"] = peak()
    for start, total in zip(document["starts"], document["sums"], strict=True):
        right &= int(engine.to_all(arcs, start, STEP).sum()) == total
    peaks["one to all"] = peak()
    print(json.dumps({"right": right, "questions": len(document["questions"]), "MB": peaks}))
    return int(not right)


if __name__ == "__main__":
    sys.exit(main())
