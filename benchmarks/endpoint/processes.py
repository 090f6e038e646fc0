# SPDX-License-Identifier: Apache-2.0
"""Servers as processes: how long they take to start, what memory and CPU time their tree takes."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean
from urllib.parse import urlsplit

from benchmarks.endpoint.load import Address, Client, request


@dataclass(frozen=True)
class Server:
    """A running server; ``started`` is the seconds from its start to its first answer."""

    pid: int
    address: Address
    started: float

    def tree(self) -> list[int]:
        """The process and all that descend from it."""
        found, left = [], [self.pid]
        while left:
            pid = left.pop()
            found.append(pid)
            for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
                left += map(int, tasks.read_text(encoding="ascii").split())
        return sorted(found)

    def memory(self) -> float:
        """MB of the tree; what several processes share is counted once."""
        kib = 0
        for pid in self.tree():
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
            kib += int(rollup.partition("\nPss:")[2].split()[0])
        return kib / 1000 * 1.024

    def busy(self) -> dict[int, float]:
        """Seconds of CPU time by process."""
        return {pid: _busy(pid) for pid in self.tree()}


def _busy(pid: int) -> float:
    """Of the main thread, which is the one that works."""
    return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9


@contextmanager
def running(command: Sequence[str]) -> Iterator[Server]:
    """A server that says its address in the first line on standard error."""
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, *command], stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stderr is not None
        try:
            parts = urlsplit(process.stderr.readline().split()[0])
            address = Address(parts.hostname or "", parts.port or 0)
            status, body = Client(address).ask(request(address, "ASK { }"))
            if status != 200:
                raise RuntimeError(f"the server answers {status} {body!r}")
            yield Server(process.pid, address, time.perf_counter() - began)
        finally:
            process.terminate()


@dataclass
class Watch:
    """MB of memory over time, in seconds."""

    samples: list[tuple[float, float]] = field(default_factory=list)

    @property
    def growth(self) -> float:
        """By which share the last tenth of the samples is above the first tenth."""
        tenth = max(1, len(self.samples) // 10)
        values = [value for _, value in self.samples]
        return fmean(values[-tenth:]) / fmean(values[:tenth]) - 1

    @property
    def slope(self) -> float:
        """MB in a minute, by least squares."""
        middle, mean = (fmean(column) for column in zip(*self.samples, strict=True))
        over = sum((at - middle) * (value - mean) for at, value in self.samples)
        return 60 * over / sum((at - middle) ** 2 for at, _ in self.samples)


@contextmanager
def watched(server: Server, every: float = 1.0) -> Iterator[Watch]:
    """Looks at a server's memory again and again while something else goes on."""
    watch, stop = Watch(), threading.Event()

    def look() -> None:
        began = time.perf_counter()
        while not stop.wait(every):
            watch.samples.append((time.perf_counter() - began, server.memory()))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield watch
    finally:
        stop.set()
        thread.join()
