# SPDX-License-Identifier: Apache-2.0
"""Questions, asked of exograph and of each peer; times only if all gave the right answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.paths import exograph_engine as engine
from benchmarks.paths.agreement import Judge, WrongError
from benchmarks.paths.hetionet_shaped import Graph
from benchmarks.paths.peers import Asker, Peer
from benchmarks.paths.questions import STEP, TOP, Asked
from benchmarks.paths.timing import (
    DEADLINE,
    Timed,
    TooSlowError,
    clocked,
    in_turn,
    settled,
    tried,
)

OURS = "exograph"


@dataclass(frozen=True)
class Result:
    """Milliseconds of each call; no times for a peer that gave no answer before the deadline.

    ``counts`` says how many walks each peer was asked for: the fewest from which the answer
    follows. Finding that number is not timed; nor is making the peer's graph, which ``prepared``
    tells in milliseconds.
    """

    kind: str
    question: str
    ours: list[float]
    peers: dict[str, list[float]]
    counts: dict[str, int] = field(default_factory=dict)
    prepared: dict[str, float] = field(default_factory=dict)

    def ratio(self, peer: str) -> float:
        """The peer's time by exograph's; too low if the peer was stopped."""
        times = self.peers[peer]
        return (median(times) if times else 1_000 * DEADLINE) / median(self.ours)


def compare(
    kind: str,
    judge: Judge,
    arcs: engine.Arcs,
    questions: Sequence[Asked],
    askers: Mapping[str, Asker],
    prepared: Mapping[str, float] | None = None,
    count: int = TOP,
) -> list[Result]:
    """So many best paths for each question. Raises WrongError if any answer is wrong."""
    rows: dict[str, list[Timed | None]] = {name: [] for name in (OURS, *askers)}
    counts: list[dict[str, int]] = []
    with settled():
        for asked in questions:
            wanted = engine.question(judge.graph, asked)
            took, found = clocked(lambda q=wanted: engine.answer(arcs, q, count))  # type: ignore[misc]
            costs = judge.check(asked, found)
            if len(costs) < count:
                raise WrongError(f"exograph, {asked}: only {len(costs)} paths")
            rows[OURS].append(Timed(lambda q=wanted: engine.answer(arcs, q, count), took))  # type: ignore[misc]
            counts.append({})
            for name, asker in askers.items():
                ways = []
                for peer in asker(asked, costs[-1]):
                    try:
                        ways.append((*_fewest(peer, judge, asked, costs), peer))
                    except TooSlowError:
                        continue
                if not ways:
                    rows[name].append(None)
                    continue
                took, needed, peer = min(ways, key=lambda way: way[0])
                counts[-1][name] = needed
                rows[name].append(Timed(_call(peer, needed), took))
        times = in_turn(rows)
    ours = times.pop(OURS)
    return [
        Result(
            kind,
            str(asked),
            ours[n],
            {name: row[n] for name, row in times.items()},
            counts[n],
            dict(prepared or {}),
        )
        for n, asked in enumerate(questions)
    ]


def _call(peer: Peer, count: int) -> Callable[[], Any]:
    return lambda: peer.ask(count)


def _fewest(peer: Peer, judge: Judge, asked: Asked, costs: list[int]) -> tuple[float, int]:
    """Milliseconds and number of the fewest walks that hold the answer."""
    count = len(costs)
    while True:
        took, found = tried(peer, count)
        walks = peer.walks(found)
        if needed := judge.enough(peer.name, asked, walks, costs):
            return took * needed / count, needed
        if len(walks) < count:
            raise WrongError(f"{peer.name}, {asked}: {len(walks)} paths are not enough")
        count *= 2


Distances = Callable[[int], npt.NDArray[Any]]


def compare_to_all(
    kind: str,
    graph: Graph,
    arcs: engine.Arcs,
    starts: Sequence[int],
    unsigned: Mapping[str, Distances],
    signed: Mapping[str, Distances],
) -> list[Result]:
    """Best walks to all: ours by sign, beside distances without sign, and with (on two copies)."""
    rows: dict[str, list[Timed | None]] = {name: [] for name in (OURS, *unsigned, *signed)}
    for start in starts:
        took, ours = clocked(lambda s=start: engine.to_all(arcs, s, STEP))  # type: ignore[misc]
        rows[OURS].append(Timed(lambda s=start: engine.to_all(arcs, s, STEP), took))  # type: ignore[misc]
        reached = np.where(ours < 0, np.inf, ours + graph.hubs)
        reached[0, start] = 0
        for name, distances in {**unsigned, **signed}.items():
            took, found = clocked(lambda d=distances, s=start: d(s))  # type: ignore[misc]
            rows[name].append(Timed(lambda d=distances, s=start: d(s), took))  # type: ignore[misc]
            expected = reached.min(axis=0) if name in unsigned else reached.T.reshape(-1)
            if not np.array_equal(np.asarray(found, float).reshape(-1), expected):
                raise WrongError(f"{name} disagrees about the walks from {start}")
    with settled():
        times = in_turn(rows)
    mine = times.pop(OURS)
    return [
        Result(kind, f"from {start}", mine[n], {name: row[n] for name, row in times.items()})
        for n, start in enumerate(starts)
    ]


def summary(results: Sequence[Result], peer: str) -> tuple[list[float], bool]:
    """Ratios of all questions, and whether each of them comes from an answer."""
    asked = [r for r in results if peer in r.peers]
    return [r.ratio(peer) for r in asked], all(r.peers[peer] for r in asked)
