# SPDX-License-Identifier: Apache-2.0
"""The workers, as the server sees them: idle, at work until a deadline, killed, replaced."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import socket
import subprocess
import sys
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from exograph.errors import ExographError, QueryError, SnapshotError
from exograph.store.asking import crashed, out_of_memory
from exograph.web.frames import Message, packed, read

log = logging.getLogger("exograph.web")

COMMAND = [sys.executable, "-P", "-m", "exograph.web.nursery"]
"""Starts the process that forks workers."""

_AGAIN = 0.5
"""Seconds until a worker that could not be had is asked for again."""

_WAITED = 0.1
"""Seconds in line that are worth telling."""


class BusyError(Exception):
    """All workers are at work, and as many requests wait as may."""


@dataclass(eq=False)
class Worker:
    """``death`` will be the status that its process ends with."""

    pid: int
    death: asyncio.Future[int]
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @property
    def dead(self) -> bool:
        return self.death.done() or self.reader.at_eof()

    async def answer(self, message: bytes) -> Message:
        """What it answers. Raises ConnectionError if it died before it had read the whole message,
        asyncio.IncompleteReadError if later."""
        if self.dead:
            raise ConnectionResetError
        self.writer.write(message)  # what is left unread makes reading fail, by Linux at least
        return await read(self.reader)

    def kill(self) -> None:
        """Ends it, whatever it does. The number of one that has died may be another's by now."""
        if not self.death.done():
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
        self.writer.close()


class Nursery:
    """The process that forks workers. Make it, ``await start()``, and ``close()`` it at the end."""

    def __init__(self, task: dict[str, Any]) -> None:
        self._task = task
        self._born: deque[asyncio.Future[int]] = deque()
        self._deaths: dict[int, asyncio.Future[int]] = {}
        self._last = b""
        self.closing = False
        self.lost: SnapshotError | None = None

    async def start(self) -> None:
        """Raises SnapshotError if what is to be held cannot be read."""
        loop = asyncio.get_running_loop()
        self._ready: asyncio.Future[None] = loop.create_future()
        self._control, theirs = socket.socketpair()
        with theirs:
            # threads, such as numpy's for linear algebra, must not be where forks are made
            env = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
            self._process = subprocess.Popen(COMMAND, stdin=theirs.fileno(), env=env)
        self._control.setblocking(False)
        try:
            await loop.sock_sendall(self._control, json.dumps(self._task).encode() + b"\n")
            loop.add_reader(self._control.fileno(), self._heard)
            await self._ready
        except BaseException:
            self.close()
            raise

    def check(self) -> None:
        """Raises SnapshotError if it has died."""
        if self.lost is not None:
            raise self.lost

    def close(self) -> None:
        """Ends it and all workers."""
        self.closing = True
        for pid, death in self._deaths.items():
            if not death.done():
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        asyncio.get_running_loop().remove_reader(self._control.fileno())
        self._control.close()
        self._process.kill()
        self._process.wait()

    async def hire(self, kind: str) -> Worker:
        """A new worker. Raises OSError if there can be none now."""
        ours, theirs = socket.socketpair()
        pid: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        try:
            with theirs:
                socket.send_fds(self._control, [kind.encode("ascii")], [theirs.fileno()])
            self._born.append(pid)
            reader, writer = await asyncio.open_connection(sock=ours, limit=1 << 20)
        except BaseException:
            ours.close()
            raise
        try:
            number = await pid
        except BaseException:
            writer.close()
            raise
        return Worker(number, self._deaths[number], reader, writer)

    async def why(self, worker: Worker) -> QueryError:
        """What a worker died of, as the error of what it was asked."""
        status = 0
        with suppress(TimeoutError):
            async with asyncio.timeout(1):
                status = await asyncio.shield(worker.death)
        if status == -signal.SIGABRT:  # what Rust does where there is no memory
            return out_of_memory()
        if status == -signal.SIGSEGV:  # what is left where there is no stack
            message = "The query has too many parts for the engine."
            return QueryError("Q204", message, "Use VALUES, or ask several queries.")
        return crashed(status)

    def _heard(self) -> None:
        """What it says, a line each: that it is ready, who was born, who died of what."""
        try:
            said = self._control.recv(1 << 16)
        except BlockingIOError:
            return
        except ConnectionError:
            said = b""
        if not said:
            asyncio.get_running_loop().remove_reader(self._control.fileno())
            self._lost()
        *lines, self._last = (self._last + said).split(b"\n")
        for told in map(json.loads, lines):
            if "ready" in told:
                self._ready.set_result(None)
            elif "failed" in told:
                self._ready.set_exception(_error(told["failed"], SnapshotError))
            elif "born" in told:
                self._is_born(told["born"])
            elif (death := self._deaths.pop(told["died"], None)) is not None:
                death.set_result(told["status"])

    def _is_born(self, number: int | None) -> None:
        pid = self._born.popleft()
        if number is not None:
            self._deaths[number] = asyncio.get_running_loop().create_future()
        if pid.done():  # whoever asked for it no longer waits
            return
        if number is None:
            pid.set_exception(OSError("no process could be forked"))
        else:
            pid.set_result(number)

    def _lost(self) -> None:
        """Without it nothing can be asked: the server stops, and says why."""
        if not self._ready.done():
            cure = "Run `exograph build`, or serve less at once."
            self._ready.set_exception(SnapshotError("S103", "The triples cannot be held.", cure))
        elif self._ready.exception() is None:
            message = "The process that holds the knowledge base has died."
            self.lost = SnapshotError("H152", message, "Start the server again.")
            os.kill(os.getpid(), signal.SIGTERM)


class Pool:
    """So many workers of a kind, and a line of requests that wait for one."""

    def __init__(self, nursery: Nursery, kind: str, workers: int, waiting: int) -> None:
        self._nursery, self._kind, self._workers, self._most = nursery, kind, workers, waiting
        self._idle: deque[Worker] = deque()
        self._waiting: deque[asyncio.Future[Worker]] = deque()
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Hires the workers; the nursery must have been started."""
        await asyncio.gather(*(self._hire() for _ in range(self._workers)))

    def close(self) -> None:
        """Lets idle workers go, and those who wait for one. The nursery must have been closed."""
        for task in self._tasks:
            task.cancel()
        for worker in self._idle:
            worker.kill()
        for turn in self._waiting:
            if not turn.done():
                turn.set_exception(BusyError())

    async def ask(self, head: dict[str, Any], body: bytes, timeout: float) -> Message:
        """What a worker answers, its ``format`` and bytes, after at most ``timeout`` seconds.

        Raises what the worker says is wrong, Q204 for what is too much for its stack, Q205 out of
        time, Q206 out of memory, Q212 for a crash, all as ExographError; BusyError if no worker was
        free in time.
        """
        loop = asyncio.get_running_loop()
        came = loop.time()
        worker = await self._free(timeout)
        waited = loop.time() - came
        message, whole = packed(head, body), False
        try:
            async with asyncio.timeout_at(came + timeout):
                try:
                    told, answer = await worker.answer(message)
                except ConnectionError:  # it was killed while it had nothing to do
                    worker.kill()
                    worker = await self._nursery.hire(self._kind)
                    told, answer = await worker.answer(message)
            whole = True
        except TimeoutError:
            raise _too_late(timeout, waited) from None
        except (asyncio.IncompleteReadError, OSError):
            if self._nursery.closing:
                raise BusyError from None
            raise await self._nursery.why(worker) from None
        finally:
            if whole:
                self._release(worker)
            else:
                self._dismiss(worker)
        if error := told.get("error"):
            raise _error(error, QueryError if error["code"].startswith("Q") else ExographError)
        return told, answer

    async def _free(self, timeout: float) -> Worker:
        while self._idle:
            worker = self._idle.popleft()
            if not worker.dead:
                return worker
            self._dismiss(worker)
        if len(self._waiting) >= self._most or self._nursery.closing:
            raise BusyError
        turn: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            async with asyncio.timeout(timeout):
                return await turn
        except (TimeoutError, asyncio.CancelledError) as error:
            with suppress(ValueError):
                self._waiting.remove(turn)
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                self._release(turn.result())  # it comes too late here, so to the next one
            if isinstance(error, TimeoutError):
                raise BusyError from None
            raise

    def _release(self, worker: Worker) -> None:
        if worker.dead or self._nursery.closing:
            self._dismiss(worker)
            return
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(worker)
                return
        self._idle.append(worker)

    def _dismiss(self, worker: Worker) -> None:
        """Kills a worker, and hires another one in its place."""
        worker.kill()
        if not self._nursery.closing:
            task = asyncio.get_running_loop().create_task(self._hire())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _hire(self) -> None:
        while not self._nursery.closing:
            try:
                worker = await self._nursery.hire(self._kind)
            except OSError as error:
                log.warning("A worker cannot be had: %s", error)
                await asyncio.sleep(_AGAIN)
            else:
                self._release(worker)
                return


def _too_late(timeout: float, waited: float) -> QueryError:
    message = f"The query was stopped after {timeout:g} s"
    if waited < _WAITED:
        return QueryError("Q205", f"{message}.", "Narrow it, or end it with LIMIT.")
    return QueryError(
        "Q205", f"{message}, {waited:.1f} of them in line.", "Ask again in a moment, or less."
    )


def _error(told: dict[str, Any], kind: type[ExographError]) -> ExographError:
    return kind(**{**told, "suggestions": tuple(told["suggestions"])})
