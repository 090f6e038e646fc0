# SPDX-License-Identifier: Apache-2.0
"""How quick ``exograph serve`` is: requests in a second, tails, joins, start, memory under load.

    python -m benchmarks.endpoint

A knowledge graph of a million triples, made by seed, is served by the endpoint and by the thinnest
server over the same store (``thinnest.py``). One process asks both, in turn. All share the cores of
this machine. Every answer is held against what the graph's maker knows before anything is timed,
and against itself afterwards. Exit code 1 if an answer is wrong or a bar is missed. It needs Linux,
which tells how much memory processes share.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import platform
import sys
import tempfile
import time
from array import array
from collections.abc import Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from statistics import median

from benchmarks.endpoint.bare import ask
from benchmarks.endpoint.graph import Made, Question, make
from benchmarks.endpoint.load import Client, Load, load, request
from benchmarks.endpoint.processes import Server, running, watched

SEED = 20261127
EACH = 200
"""Questions of each simple kind."""
JOINS, ASKED = 9, 7
"""Joins, and how often each is timed."""
NICE = 5
"""How far workers let others go first, and so the bare store beside them."""


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    what: str
    ours: str
    beside: str = ""
    bar: str = ""
    missed: bool = False

    def __str__(self) -> str:
        bar = f"{self.bar} MISSED" if self.missed else self.bar
        return f"| {self.what} | {self.ours} | {self.beside} | {bar} |"


class Target:
    """A server, and the requests of simple questions with their answers, which were looked at."""

    def __init__(self, server: Server, questions: Sequence[Question]) -> None:
        self.server = server
        self.requests = [request(server.address, question.query) for question in questions]
        self.answers: list[bytes] = []
        client = Client(server.address)
        for question, each in zip(questions, self.requests, strict=True):
            status, body = client.ask(each)
            if status != 200 or not question.right(body):
                raise SystemExit(f"wrong answer: {status} {body!r} to {question.query}")
            self.answers.append(body)

    def load(self, pool: Executor, clients: int, seconds: float) -> Load:
        """A load from the other process. SystemExit if an answer was wrong."""
        loaded = pool.submit(
            load, self.server.address, self.requests, self.answers, clients, seconds
        ).result()
        if loaded.wrong:
            raise SystemExit(f"{len(loaded.wrong)} wrong answers, the first {loaded.wrong[0]}")
        return loaded


def together(loads: Sequence[Load]) -> Load:
    whole = Load(sum(one.seconds for one in loads), array("d"))
    for one in loads:
        whole.times.extend(one.times)
    return whole


def in_turn(
    pool: Executor, targets: Sequence[Target], clients: int, rounds: int, seconds: float
) -> list[Load]:
    """The loads of all rounds together, for each target; one round is not counted."""
    loads: list[list[Load]] = [[] for _ in targets]
    for turn in range(rounds + 1):
        for target, those in zip(targets, loads, strict=True):
            one = target.load(pool, clients, seconds if turn else 1.0)
            if turn:
                those.append(one)
    return [together(those) for those in loads]


def shown(one: Load) -> str:
    tails = f"p50 {one.part(0.5):.1f}, p99 {one.part(0.99):.1f} ms"
    return f"{one.rate:,.0f}/s, {tails}"


def simple(pool: Executor, ours: Target, thin: Target, rounds: int, seconds: float) -> list[Row]:
    mine, least = in_turn(pool, (ours, thin), 8, rounds, seconds)
    share = mine.rate / least.rate
    found = [
        Row(
            "8 clients",
            shown(mine),
            shown(least),
            f"1,500/s or half of the other's (now {share:.2f})",
            mine.rate < 1500 and share < 0.5,
        ),
        Row("8 clients, p99", f"{mine.part(0.99):.1f} ms", "", "25 ms", mine.part(0.99) >= 25),
    ]
    mine, least = in_turn(pool, (ours, thin), 64, rounds, seconds)
    slow = mine.part(0.99) >= 150
    return [*found, Row("64 clients", shown(mine), shown(least), "p99 under 150 ms", slow)]


def cost(pool: Executor, target: Target, seconds: float) -> str:
    """CPU time by request and process, the server first."""
    before = target.server.busy()
    count = len(target.load(pool, 8, seconds).times)
    after = target.server.busy()
    taken = [1000 * (after[pid] - before.get(pid, 0.0)) / count for pid in sorted(after)]
    return " + ".join(f"{each:.2f}" for each in taken) + " ms"


def joins(made: Made, file: Path, nice: Executor, server: Server) -> list[Row]:
    """Along four arcs, through the endpoint and by the bare store, in turn.

    The least of several times counts, as others may be at work. Where they are much at work, CPU
    time says more, of all processes of the server.
    """
    nice.submit(ask, file, "ASK { }").result()  # reads the file, so that no connection grows old
    ours: list[tuple[float, float]] = []
    beside: list[tuple[float, float]] = []
    for query in islice(made.joins(SEED), JOINS):
        mine: list[tuple[float, float]] = []
        least: list[tuple[float, float]] = []
        client, sent = Client(server.address), request(server.address, query)
        for _ in range(ASKED):
            busy = server.busy()
            before = time.perf_counter()
            status, body = client.ask(sent)
            took = 1000 * (time.perf_counter() - before)
            worked = sum(server.busy()[pid] - busy[pid] for pid in busy)
            mine.append((took, 1000 * worked))
            *times, expected = nice.submit(ask, file, query).result()
            if status != 200 or rows(body) != rows(expected):
                raise SystemExit(f"wrong answer: {status} {body[:200]!r} to {query}")
            least.append((times[0], times[1]))
        client.socket.close()
        ours.append((min(t for t, _ in mine), min(c for _, c in mine)))
        beside.append((min(t for t, _ in least), min(c for _, c in least)))
    return [
        _compared(f"{JOINS} joins along 4 arcs", [t for t, _ in ours], [t for t, _ in beside], 1.1),
        _compared("their CPU time", [c for _, c in ours], [c for _, c in beside]),
    ]


def _compared(
    what: str, ours: Sequence[float], beside: Sequence[float], bar: float | None = None
) -> Row:
    ratios = [a / b for a, b in zip(ours, beside, strict=True)]
    ratio = median(ratios)
    now = f"{ratio:.2f}, {min(ratios):.2f} to {max(ratios):.2f}"
    return Row(
        what,
        f"{median(ours):.0f} ms ({min(ours):.0f} to {max(ours):.0f})",
        f"{median(beside):.0f} ms ({min(beside):.0f} to {max(beside):.0f})",
        f"ratio {now}" if bar is None else f"ratio {bar} (now {now})",
        bar is not None and ratio > bar,
    )


def rows(body: bytes) -> list[str]:
    return sorted(
        json.dumps(row, sort_keys=True) for row in json.loads(body)["results"]["bindings"]
    )


def steady(pool: Executor, target: Target, minutes: float) -> list[Row]:
    """Memory after a warm-up and under load."""
    target.load(pool, 8, 5.0)
    with watched(target.server) as watch:
        target.load(pool, 8, 60 * minutes)
    first, last = watch.samples[0][1], watch.samples[-1][1]
    return [
        Row(
            f"memory over {minutes:g} min",
            f"{first:.0f} to {last:.0f} MB, {watch.slope:+.2f} MB/min",
            "",
            f"growth under 10 % (now {watch.growth:+.1%})",
            watch.growth >= 0.1,
        )
    ]


def main() -> int:
    options = argparse.ArgumentParser(description="The endpoint beside the bare store.")
    options.add_argument("--triples", type=int, default=1_000_000)
    options.add_argument("--rounds", type=int, default=3, help="of each load (default 3)")
    options.add_argument("--seconds", type=float, default=5.0, help="of a round (default 5)")
    options.add_argument("--minutes", type=float, default=1.0, help="of memory (default 1)")
    given = options.parse_args()
    packages = ("exograph", "pyoxigraph", "uvicorn", "starlette", "httptools")
    print(
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}, "
        + ", ".join(f"{name} {version(name)}" for name in packages)
    )
    with ExitStack() as stack:
        file = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "graph.nq"
        made = make(file, given.triples, SEED)
        spawn = multiprocessing.get_context("spawn")
        pool = stack.enter_context(ProcessPoolExecutor(1, spawn))
        nice = stack.enter_context(
            ProcessPoolExecutor(1, spawn, initializer=os.nice, initargs=(NICE,))
        )
        program = ("-c", "from exograph.cli import main; main()")
        ours = stack.enter_context(running((*program, "serve", "--rdf", str(file), "--port", "0")))
        thin = stack.enter_context(running(("-m", "benchmarks.endpoint.thinnest", str(file))))
        print(f"{given.triples:,} triples, {3 * EACH} questions\n")
        questions = made.simple(EACH, SEED)
        mine, least = Target(ours, questions), Target(thin, questions)
        table = [
            Row("until the first answer", f"{ours.started:.1f} s", f"{thin.started:.1f} s"),
            *simple(pool, mine, least, given.rounds, given.seconds),
            Row(
                "CPU time of a request, by process",
                cost(pool, mine, given.seconds),
                cost(pool, least, given.seconds),
            ),
            *joins(made, file, nice, ours),
            *steady(pool, mine, given.minutes),
        ]
    print("| what | endpoint | thinnest server, or store in the process | bar |\n|---|---|---|---|")
    print(*table, sep="\n")
    return int(any(row.missed for row in table))


if __name__ == "__main__":
    sys.exit(main())
