# SPDX-License-Identifier: Apache-2.0
"""Milliseconds of wall-clock time, tool by tool in turn, with a deadline for who takes too long."""

from __future__ import annotations

import gc
import multiprocessing
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any

from benchmarks.paths.peers import Peer

DEADLINE = 60.0
"""Seconds for one question."""

TURNS = ((50.0, 21), (1_000.0, 7), (5_000.0, 3))
"""How often a call is timed that takes less than so many milliseconds. One that takes more is not
timed again after it was tried."""


class TooSlowError(Exception):
    """No answer before the deadline."""


def clocked(call: Callable[[], Any]) -> tuple[float, Any]:
    """Milliseconds that a call took, and what it gave."""
    before = time.perf_counter()
    answer = call()
    return 1_000 * (time.perf_counter() - before), answer


def tried(peer: Peer, count: int, deadline: float = DEADLINE) -> tuple[float, Any]:
    """A first call, stopped at the deadline: milliseconds and answer. Raises TooSlowError."""
    if peer.stop == "kill":
        return _in_a_child(lambda: peer.ask(count), deadline)
    if peer.interrupt is not None:
        return _interrupted(peer, count, deadline)
    with _alarm(deadline):
        return clocked(lambda: peer.ask(count))


@dataclass(frozen=True)
class Timed:
    """A call of a tool, and the milliseconds that it took when it was tried."""

    call: Callable[[], Any]
    known: float

    @property
    def turns(self) -> int:
        return next((turns for most, turns in TURNS if self.known < most), 0)


def in_turn(tools: Mapping[str, Sequence[Timed | None]]) -> dict[str, list[list[float]]]:
    """For each tool milliseconds by question; none for a question that it has no call for.

    In each turn each tool goes through its questions, as in a program that uses it. The first one
    is not timed: it finds the caches as another tool has left them.
    """
    times: dict[str, list[list[float]]] = {
        name: [[] if timed is None or timed.turns else [timed.known] for timed in row]
        for name, row in tools.items()
    }
    for turn in range(TURNS[0][1]):
        for name, row in tools.items():
            left = [(n, t) for n, t in enumerate(row) if t is not None and turn < t.turns]
            if left:
                min(left, key=lambda one: one[1].known)[1].call()
            for n, timed in left:
                times[name][n].append(clocked(timed.call)[0])
    return times


@contextmanager
def settled() -> Iterator[None]:
    """What exists now is left alone by the garbage collector, as large graphs would slow all."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def shown(times: list[float]) -> str:
    """Median and range."""
    return f"{median(times):.4g} ({min(times):.4g} to {max(times):.4g})"


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def ring(*_: object) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _interrupted(peer: Peer, count: int, deadline: float) -> tuple[float, Any]:
    late = threading.Event()

    def ring() -> None:
        late.set()
        if peer.interrupt is not None:
            peer.interrupt()

    timer = threading.Timer(deadline, ring)
    timer.start()
    try:
        return clocked(lambda: peer.ask(count))
    except Exception as error:
        if late.is_set() or "memory" in str(error).lower():
            raise TooSlowError(str(error)) from error
        raise
    finally:
        timer.cancel()


def _in_a_child(call: Callable[[], Any], deadline: float) -> tuple[float, Any]:
    """A forked process finds out whether the call ends in time; then it is made here, too.

    What it gives may not fit through a pipe (a query's solutions), so only the time comes back. If
    the call took very long, it is not timed again.
    """
    fork = multiprocessing.get_context("fork")
    receive, send = fork.Pipe(duplex=False)
    child = fork.Process(target=lambda: send.send(clocked(call)[0]))
    child.start()
    send.close()
    try:
        if not receive.poll(deadline):
            raise TooSlowError
        receive.recv()
    except EOFError as error:
        child.join()
        if child.exitcode != 1:  # it was killed, for want of memory; an exception will come again
            raise TooSlowError("the process died") from error
    finally:
        child.kill()
        child.join()
    return clocked(call)
