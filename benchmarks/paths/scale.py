# SPDX-License-Identifier: Apache-2.0
"""How time grows with the number of arcs, and how much memory a search takes at most.

    python -m benchmarks.paths.scale [--arcs N ...] [--out FILE.tsv] [--plot FILE.svg]

Each size is measured in a process of its own. The exponent is the slope of a straight line through
log time against log arcs (least squares). Exit code 1 if an exponent is above 1, an answer differs
once the arrays are opened by memory map, or that process's peak memory is above its bar.
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

FOLDER = Path(".build/benchmarks")
SIZES = (200_000, 700_000, 2_200_000, 7_000_000, 20_000_000)
MEASURED = 2_200_000
"""Arcs of the graph whose peak memory counts."""

EXPONENT = 1.0
MEGABYTES = 400.0
STYLES = (("o", "-"), ("s", "--"), ("^", "-."), ("D", ":"))


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


def plot(
    file: Path, arcs: list[int], times: dict[str, list[float]], slopes: dict[str, float]
) -> None:
    """Log-log, told apart by marker and line, each line with its name at its end."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "exograph", "font.size": 9})
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7.2, 4.4), layout="constrained")
    for values, (marker, line) in zip(times.values(), STYLES, strict=False):
        axes.plot(arcs, values, color="black", marker=marker, linestyle=line, fillstyle="none")
    for kind, place in apart({kind: values[-1] for kind, values in times.items()}).items():
        axes.annotate(f"{kind}: exponent {slopes[kind]:.2f}", (arcs[-1] * 1.12, place), va="center")
    axes.set(xscale="log", yscale="log", xlabel="arcs", ylabel="median time, ms")
    axes.set_xlim(arcs[0] / 1.3, arcs[-1] * 12)
    axes.set_xticks(arcs, [f"{n / 1e6:g} M" for n in arcs])
    axes.minorticks_off()
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", which="major", color="0.85", linewidth=0.6)
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, metadata={"Date": None} if file.suffix == ".svg" else None)


def apart(places: dict[str, float], least: float = 1.35) -> dict[str, float]:
    """Heights for labels, from the lowest up, each at least a factor above the one below it."""
    moved: dict[str, float] = {}
    below = 0.0
    for name, place in sorted(places.items(), key=lambda item: item[1]):
        below = moved[name] = max(place, below * least)
    return moved


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
    plot(given.plot, arcs, times, slopes)
    bad = [f"{k}: exponent {s:.2f}, bar {EXPONENT}" for k, s in slopes.items() if s > EXPONENT]
    if MEASURED in given.arcs:
        found = told("open_and_search", str(saved))
        peaks = ", ".join(f"{mb:.0f} MB after {what}" for what, mb in found["MB"].items())
        print(f"peak memory with {MEASURED:,} arcs by memory map: {peaks}; bar {MEGABYTES:.0f} MB")
        if not found["right"]:
            bad.append("answers differ by memory map")
        if max(found["MB"].values()) > MEGABYTES:
            bad.append("peak memory")
    for fault in bad:
        print(f"MISSED: {fault}")
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
