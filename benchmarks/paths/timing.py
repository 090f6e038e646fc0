# SPDX-License-Identifier: Apache-2.0
"""Milliseconds of wall-clock time, in turn, with a deadline for who takes too long."""

from __future__ import annotations

import gc
import multiprocessing
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
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


def in_turn(calls: Mapping[str, Callable[[], Any]], known: Mapping[str, float]) -> dict[str, list]:
    """Milliseconds of each call. ``known`` says how long each took when it was tried."""
    turns = {
        name: next((turns for most, turns in TURNS if known[name] < most), 0) for name in calls
    }
    times = {name: [] if turns[name] else [known[name]] for name in calls}
    for turn in range(max(turns.values())):
        for name, call in calls.items():
            if turn < turns[name]:
                times[name].append(clocked(call)[0])
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
