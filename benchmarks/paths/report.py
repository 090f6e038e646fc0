# SPDX-License-Identifier: Apache-2.0
"""What was measured, as text for the terminal, as Markdown, and as JSON."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from statistics import median

from benchmarks.paths.comparing import Result, summary
from benchmarks.paths.timing import DEADLINE

PACKAGES = ("numpy", "networkx", "scipy", "igraph", "duckdb", "pyoxigraph")
COLUMNS = ("question", "peer", "asked", "exograph ms", "peer ms", "ratio", "bar", "to prepare, s")
Bars = Mapping[str, Mapping[str, float]]
"""By kind of question and peer: what the peer's time by exograph's must be at least."""


def machine(packages: Sequence[str] = PACKAGES) -> str:
    """One line: what it ran on, how busy that was, and versions."""
    load = os.getloadavg()[0]
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {load:.1f}, "
        f"Python {platform.python_version()}, "
        + ", ".join(f"{name} {_version(name)}" for name in ("exograph", *packages))
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "(not installed)"


def rows(results: Sequence[Result], bars: Bars) -> Iterator[tuple[str, ...]]:
    """One row for each kind and peer; times and ratios are medians (least to most) of questions.

    What it took to prepare the peer's graph counts in no ratio.
    """
    for kind in dict.fromkeys(r.kind for r in results):
        held = [r for r in results if r.kind == kind]
        ours = [median(r.ours) for r in held]
        for peer in dict.fromkeys(name for r in held for name in r.peers):
            ratios, whole = summary(held, peer)
            theirs = [median(r.peers[peer]) for r in held if r.peers.get(peer)]
            made = [r.prepared[peer] for r in held if peer in r.prepared]
            bar = bars.get(kind, {}).get(peer)
            yield (
                kind,
                peer,
                f"{len(theirs)} of {len(ratios)}",
                spread(ours),
                spread(theirs) if theirs else f"over {1_000 * DEADLINE:.0f}",
                ("" if whole else "> ") + spread(ratios),
                "" if bar is None else f"{bar:.3g}" + ("" if median(ratios) >= bar else " MISSED"),
                f"{median(made) / 1_000:.2g}" if made else "",
            )


def missed(results: Sequence[Result], bars: Bars) -> bool:
    """Whether a median of ratios lies below its bar."""
    return any("MISSED" in row[-2] for row in rows(results, bars))


def spread(values: Sequence[float]) -> str:
    """Median (least to most), three digits each.

    >>> spread([1, 2, 30.04])
    '2 (1 to 30)'
    """
    return f"{_short(median(values))} ({_short(min(values))} to {_short(max(values))})"


def _short(value: float) -> str:
    return f"{value:.3g}" if value < 1_000 else f"{value:.0f}"


def table(lines: Sequence[Sequence[str]], columns: Sequence[str] = COLUMNS) -> str:
    """Columns in line, for a terminal."""
    whole = [tuple(columns), *lines]
    widths = [max(len(line[n]) for line in whole) for n in range(len(columns))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in whole
    )


def markdown(lines: Sequence[Sequence[str]], columns: Sequence[str] = COLUMNS) -> str:
    rule = ("---",) * len(columns)
    return "\n".join(f"| {' | '.join(line)} |" for line in (columns, rule, *lines))


def as_json(results: Sequence[Result], header: str) -> str:
    """Each time that was measured."""
    return json.dumps({"header": header, "results": [asdict(r) for r in results]}, indent=1)
