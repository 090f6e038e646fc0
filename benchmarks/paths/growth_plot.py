# SPDX-License-Identifier: Apache-2.0
"""Time against arcs as a picture that is readable in print and without colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

STYLES = (("o", "-"), ("s", "--"), ("^", "-."), ("D", ":"), ("x", (0, (1, 1, 4, 1))))
"""Markers and lines."""


def plot(
    file: Path,
    arcs: Sequence[int],
    times: Mapping[str, Sequence[float]],
    slopes: Mapping[str, float],
) -> None:
    """Both axes logarithmic; each line ends in its name and its slope. SVG, PNG or PDF."""
    import matplotlib as mpl

    mpl.use("agg")
    mpl.rcParams.update({"svg.hashsalt": "exograph", "font.size": 9})
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7.6, 4.4), layout="constrained")
    for values, (marker, line) in zip(times.values(), STYLES, strict=False):
        axes.plot(arcs, values, color="black", marker=marker, linestyle=line, fillstyle="none")
    ends = apart({kind: values[-1] for kind, values in times.items()})
    for kind, height in ends.items():
        place = (arcs[-1] * 1.15, height)
        axes.annotate(
            f"{kind}: slope {slopes[kind]:.2f}", place, va="center", annotation_clip=False
        )
    axes.set(xscale="log", yscale="log", xlabel="arcs", ylabel="median time, ms")
    axes.set_xticks(arcs, [f"{n / 1e6:.2g} M" for n in arcs])
    axes.minorticks_off()
    axes.yaxis.set_major_formatter("{x:g}")
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", which="major", color="0.85", linewidth=0.6)
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, dpi=200, metadata={"Date": None} if file.suffix == ".svg" else None)


def apart(places: Mapping[str, float], least: float = 1.5) -> dict[str, float]:
    """Heights for labels, from the lowest up, each at least a factor above the one below it.

    >>> apart({"a": 10.0, "b": 11.0, "c": 1.0})
    {'c': 1.0, 'a': 10.0, 'b': 15.0}
    """
    moved: dict[str, float] = {}
    below = 0.0
    for name, place in sorted(places.items(), key=lambda item: item[1]):
        below = moved[name] = max(place, below * least)
    return moved
