# SPDX-License-Identifier: Apache-2.0
"""One question, asked of exograph and of each peer; times only if all gave the right answer."""

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
from benchmarks.paths.timing import DEADLINE, TooSlowError, clocked, in_turn, settled, tried


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
    asked: Asked,
    askers: Mapping[str, Asker],
    prepared: Mapping[str, float] | None = None,
    count: int = TOP,
) -> Result:
    """So many best paths. Raises WrongError if any answer is wrong."""
    wanted = engine.question(judge.graph, asked)
    known = {"exograph": clocked(lambda: engine.answer(arcs, wanted, count))[0]}
    costs = judge.check(asked, engine.answer(arcs, wanted, count))
    if len(costs) < count:
        raise WrongError(f"exograph, {asked}: only {len(costs)} paths, when it gave more before")
    calls: dict[str, Callable[[], Any]] = {"exograph": lambda: engine.answer(arcs, wanted, count)}
    counts = {}
    with settled():
        for name, asker in askers.items():
            ways = []
            for peer in asker(asked, costs[-1]):
                try:
                    ways.append((*_fewest(peer, judge, asked, costs), peer))
                except TooSlowError:
                    continue
            if ways:
                known[name], counts[name], peer = min(ways, key=lambda way: way[0])
                calls[name] = _call(peer, counts[name])
        times = in_turn(calls, known)
    peers = {name: times.get(name, []) for name in askers}
    return Result(kind, str(asked), times["exograph"], peers, counts, dict(prepared or {}))


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
    start: int,
    unsigned: Mapping[str, Distances],
    signed: Mapping[str, Distances],
) -> Result:
    """Best walks to all: ours by sign, beside distances without sign, and with (on two copies)."""
    known = {"exograph": clocked(lambda: engine.to_all(arcs, start, STEP))[0]}
    ours = engine.to_all(arcs, start, STEP)
    reached = np.where(ours < 0, np.inf, ours + graph.hubs)
    reached[0, start] = 0
    for name, distances in {**unsigned, **signed}.items():
        known[name], found = clocked(lambda distances=distances: distances(start))  # type: ignore[misc]
        expected = reached.min(axis=0) if name in unsigned else reached.T.reshape(-1)
        if not np.array_equal(np.asarray(found, float).reshape(-1), expected):
            raise WrongError(f"{name} disagrees about the walks from {start}")
    calls: dict[str, Callable[[], Any]] = {
        "exograph": lambda: engine.to_all(arcs, start, STEP),
        **{n: (lambda d=d: d(start)) for n, d in {**unsigned, **signed}.items()},
    }
    with settled():
        times = in_turn(calls, known)
    mine = times.pop("exograph")
    return Result(kind, f"from {start}", mine, times)


def summary(results: Sequence[Result], peer: str) -> tuple[list[float], bool]:
    """Ratios of all questions, and whether each of them comes from an answer."""
    asked = [r for r in results if peer in r.peers]
    return [r.ratio(peer) for r in asked], all(r.peers[peer] for r in asked)
