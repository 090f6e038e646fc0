# SPDX-License-Identifier: Apache-2.0
"""Standard input and output as lines, which can be given up at any time and have bounds.

Threads wait for the other side, as pipes, files and terminals can all be waited for only so. They
end with the process, so that nobody who does not read or write keeps it.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable
from queue import SimpleQueue

LONGEST = 4 * 1024**2
"""Bytes of a line. What is longer is dropped, and told as ``TOO_LONG``."""

TOO_LONG = b""
"""In place of such a line; a true line is never empty."""

_PIECE = 1 << 16
_AHEAD = 16
"""Lines that are read before anybody wants them."""

Written = tuple[bytes, "asyncio.Future[None]"]


class Wire:
    """The two file descriptors, taken from the rest of the program.

    What others write to standard output goes to standard error from now on, and they read nothing.
    Both must be open.
    """

    def __init__(self) -> None:
        self._in, self._out = os.dup(0), os.dup(1)
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, 0)
        try:
            os.dup2(2, 1)
        except OSError:  # there is no standard error
            os.dup2(null, 1)
        os.close(null)
        self._loop = asyncio.get_running_loop()
        self._lines: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._room = threading.Semaphore(_AHEAD)
        self._written: SimpleQueue[Written] = SimpleQueue()
        for work in (self._read, self._write):
            threading.Thread(target=work, daemon=True).start()

    async def line(self) -> bytes | None:
        """The next line, without its end; None at the end of all."""
        line = await self._lines.get()
        self._room.release()
        return line

    async def say(self, line: bytes) -> None:
        """Writes a line. Raises BrokenPipeError if nobody reads any more."""
        done: asyncio.Future[None] = self._loop.create_future()
        self._written.put((line + b"\n", done))
        await done

    def _read(self) -> None:
        split = _Lines()
        while data := self._more():
            for line in split.fed(data):
                self._room.acquire()
                self._call(self._lines.put_nowait, line)
        self._call(self._lines.put_nowait, None)

    def _more(self) -> bytes:
        try:
            return os.read(self._in, _PIECE)
        except OSError:  # as good as the end
            return b""

    def _write(self) -> None:
        while True:
            line, done = self._written.get()
            try:
                left = memoryview(line)
                while left:
                    left = left[os.write(self._out, left) :]
            except OSError as error:
                self._call(_settle, done, error)
            else:
                self._call(_settle, done, None)

    def _call(self, function: Callable[..., object], *args: object) -> None:
        try:
            self._loop.call_soon_threadsafe(function, *args)
        except RuntimeError:
            return  # the loop has ended


class _Lines:
    """Cuts bytes into lines of no more than LONGEST; blank ones are none."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._skipping = False

    def fed(self, data: bytes) -> list[bytes]:
        """Lines that are whole by now."""
        *ended, rest = data.split(b"\n")
        found = [line for part in ended if (line := self._ended(part)) is not None]
        self._hold(rest)
        return found

    def _hold(self, part: bytes) -> None:
        if self._skipping or len(self._held) + len(part) > LONGEST:
            self._skipping = True
            self._held.clear()
        else:
            self._held += part

    def _ended(self, part: bytes) -> bytes | None:
        self._hold(part)
        if self._skipping:
            self._skipping = False
            return TOO_LONG
        line = bytes(self._held).strip()
        self._held.clear()
        return line or None


def _settle(done: asyncio.Future[None], error: OSError | None) -> None:
    if done.done():  # whoever wrote it no longer waits
        return
    if error is None:
        done.set_result(None)
    else:
        done.set_exception(error)
