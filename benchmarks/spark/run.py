# SPDX-License-Identifier: Apache-2.0
"""How the job on Spark grows with the edges, the starts, the steps and the cores.

    python -m benchmarks.spark.run [--out FILE.tsv] [--arcs N ...] [--cores N ...]

Each run has a process of its own, and is held against the engine on a hundred of its questions.
Exit code 1 if an answer differs. Needs `pip install 'exograph[spark]'` and Java 17.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.paths import report

COLUMNS = (
    "arcs",
    "nodes",
    "starts",
    "ends",
    "steps",
    "cores",
    "routes",
    "seconds",
    "cpu_s",
    "MB",
    "edges_MB",
    "engine_ms",
    "engine_all_s",
)
MORE = ((1_000_000, 20, 5), (1_000_000, 80, 4))
"""Arcs, starts and steps of the runs that show how these count, with the most cores."""


def told(arcs: int, cores: int, starts: int = 20, steps: int = 4) -> dict[str, Any]:
    """What one run prints."""
    asked = (str(arcs), str(cores), "--starts", str(starts), "--steps", str(steps))
    command = (sys.executable, "-m", "benchmarks.spark.one_run", *asked)
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(json.dumps(figures), file=sys.stderr, flush=True)
    return figures


def main() -> int:
    options = argparse.ArgumentParser(description="How the job on Spark grows.")
    options.add_argument("--arcs", type=int, nargs="+", default=[100_000, 1_000_000, 3_000_000])
    options.add_argument("--cores", type=int, nargs="+", default=[1, 2])
    options.add_argument("--out", type=Path, default=Path(".build/benchmarks/spark.tsv"))
    given = options.parse_args()
    print(report.machine(("pyspark", "pyarrow", "numpy")), flush=True)
    runs = [told(arcs, cores) for arcs in given.arcs for cores in given.cores]
    runs += [told(arcs, max(given.cores), starts, steps) for arcs, starts, steps in MORE]
    lines = [tuple(_shown(run[name]) for name in COLUMNS) for run in runs]
    print(report.table(lines, COLUMNS))
    given.out.parent.mkdir(parents=True, exist_ok=True)
    with given.out.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter="\t", lineterminator="\n").writerows([COLUMNS, *lines])
    wrong = [run for run in runs if not run["same"]]
    for run in wrong:
        print(f"DIFFERS FROM THE ENGINE: {run}")
    return int(bool(wrong))


def _shown(value: float | str) -> str:
    return f"{value:.1f}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    sys.exit(main())
