# SPDX-License-Identifier: Apache-2.0
"""How time grows with the number of arcs, and how much memory a search takes at most.

    python -m benchmarks.paths.scale [--arcs N ...] [--out FILE.tsv] [--plot FILE.svg]

Each size is measured in a process of its own. The exponent is the slope of a straight line through
log time against log arcs (least squares). Exit code 1 if a search has an exponent above 1, if one
to all grows faster than scipy's dijkstra, which meets the same caches, if an answer differs once
the arrays are opened by memory map, or if that process's peak memory is above its bar.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from benchmarks.paths import report
from benchmarks.paths.growth_plot import plot

FOLDER = Path(".build/benchmarks")
SIZES = (200_000, 700_000, 2_200_000, 7_000_000, 20_000_000)
MEASURED = 2_200_000
"""Arcs of the graph whose peak memory counts."""

EVERY, YARDSTICK = "one to all, signed", "one to all, scipy, no sign"
"""Both look at all arcs, and meet the same caches: the second is the bar of the first."""

EXPONENT = 1.0
MEGABYTES = 400.0


def told(*command: str) -> dict[str, Any]:
    """What a module of this package prints as JSON, in a process of its own."""
    done = subprocess.run(
        (sys.executable, "-m", f"benchmarks.paths.{command[0]}", *command[1:]),
        stdout=subprocess.PIPE,
        check=False,
        text=True,
    )
    if not done.stdout:
        raise SystemExit(f"{' '.join(command)} failed with {done.returncode}")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def exponent(arcs: list[int], times: list[float]) -> float:
    """Slope of log time against log arcs.

    >>> round(exponent([1, 10, 100], [3.0, 30.0, 300.0]), 6)
    1.0
    """
    return float(np.polyfit(np.log(arcs), np.log(times), 1)[0])


def main() -> int:
    options = argparse.ArgumentParser(description="Time against arcs, and peak memory.")
    options.add_argument("--arcs", type=int, nargs="+", default=SIZES)
    options.add_argument("--out", type=Path, default=FOLDER / "scale.tsv")
    options.add_argument("--plot", type=Path, default=FOLDER / "scale.svg")
    given = options.parse_args()
    print(report.machine(("numpy", "matplotlib")))
    sizes, saved = [], FOLDER / f"saved-{MEASURED}"
    for arcs in given.arcs:
        more = ("--save", str(saved)) if arcs == MEASURED else ()
        sizes.append(told("one_size", str(arcs), *more))
        print(f"{arcs:,} arcs done", file=sys.stderr, flush=True)
    arcs = [size["arcs"] for size in sizes]
    times = {kind: [median(size["times"][kind]) for size in sizes] for kind in sizes[0]["times"]}
    slopes = {kind: exponent(arcs, values) for kind, values in times.items()}
    lines = [
        (
            f"{size['arcs']}",
            f"{size['nodes']}",
            *(f"{median(t):.4g}" for t in size["times"].values()),
        )
        for size in sizes
    ]
    columns = ("arcs", "nodes", *(f"{kind} (ms)" for kind in times))
    slope_line = ("exponent", "", *(f"{slope:.2f}" for slope in slopes.values()))
    print(report.table([*lines, slope_line], columns))
    given.out.parent.mkdir(parents=True, exist_ok=True)
    with given.out.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter="\t", lineterminator="\n").writerows([columns, *lines])
    bars = {kind: EXPONENT for kind in slopes if kind != YARDSTICK}
    bars[EVERY] = max(EXPONENT, slopes[YARDSTICK])
    bad = [
        f"{kind}: exponent {slopes[kind]:.2f}, bar {bar:.2f}"
        for kind, bar in bars.items()
        if slopes[kind] > bar
    ]
    if MEASURED in given.arcs:
        found = told("open_and_search", str(saved))
        peaks = ", ".join(f"{mb:.0f} MB after {what}" for what, mb in found["MB"].items())
        print(f"peak memory with {MEASURED:,} arcs by memory map: {peaks}; bar {MEGABYTES:.0f} MB")
        if not found["right"]:
            bad.append("answers differ by memory map")
        if max(found["MB"].values()) > MEGABYTES:
            bad.append("peak memory")
    # After the other process, whose peak would start from that of a larger parent.
    plot(given.plot, arcs, times, slopes)
    for fault in bad:
        print(f"MISSED: {fault}")
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
