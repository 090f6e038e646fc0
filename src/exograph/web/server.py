# SPDX-License-Identifier: Apache-2.0
"""The server: uvicorn, with time and room for each part of a request bounded."""

from __future__ import annotations

import asyncio
import contextlib
import math
import signal
import socket
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from exograph.web.door import Door, refusal, too_long_a_head
from exograph.web.failures import HttpError, busy

_KEPT = 5
"""Seconds that a connection stays open between two requests."""

_ACCEPTED = 256
"""Connections that may wait to be accepted, and how many are before others are heard again."""

_LAST_WORDS = 1.0
"""Seconds for a client to read why it is refused. Closed at once, while it is still sending, a
connection is reset, and what was written to it may be lost."""


def protocol(door: Door) -> type[asyncio.Protocol]:
    """uvicorn's protocol, with an end to all waiting: for the head of a request, for its body, for
    a client that does not take its answer. uvicorn bounds only the time between two requests.
    """
    limits = door.limits

    class Bounded(HttpToolsProtocol):
        _late: asyncio.TimerHandle | None = None
        _look: asyncio.TimerHandle | None = None
        _in_head, _held, _refused, _closing = True, 0, False, False

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._look = self.loop.call_later(limits.patience, self._look_after)
            if len(self.connections) > limits.connections:
                self._refuse(busy())
            else:
                self._expect(limits.patience)

        def connection_lost(self, exc: Exception | None) -> None:
            self._expect(None)
            if self._look is not None:
                self._look.cancel()
            super().connection_lost(exc)

        def data_received(self, data: bytes) -> None:
            if self._refused:
                return
            if self._in_head:
                if self._late is None:
                    self._expect(limits.patience)
                self._held += len(data)
            super().data_received(data)
            if self._in_head and self._held > limits.headers:
                self._refuse(too_long_a_head())

        def on_headers_complete(self) -> None:
            self._in_head = False
            # whoever reads the body is less patient, and answers; nobody may read it, though
            self._expect(2 * limits.patience)
            super().on_headers_complete()

        def on_message_complete(self) -> None:
            self._in_head, self._held = True, 0
            self._expect(None)
            super().on_message_complete()

        def send_400_response(self, msg: str) -> None:
            self._refuse(HttpError(400, "H109", msg, "Speak HTTP/1.1."))

        def _expect(self, seconds: float | None) -> None:
            """The rest of a request in so many seconds, or none."""
            if self._late is not None:
                self._late.cancel()
            self._late = None
            if seconds is not None:
                self._late = self.loop.call_later(seconds, self._give_up)

        def _give_up(self) -> None:
            if not self._in_head or not self._held:  # nothing can be said, or there is nobody
                self.transport.abort()
            else:
                cure = "Send it at once."
                self._refuse(HttpError(408, "H148", "The request was long in coming.", cure))

        def _refuse(self, error: HttpError) -> None:
            """Says why, and closes. Not where it would be taken for the answer to another request:
            to an earlier one that is still at work, or to one whose answer has begun."""
            self._expect(None)
            cycle = self.cycle
            if cycle is not None and not cycle.response_complete:
                if self._in_head or self.pipeline or cycle.response_started:
                    self.transport.abort()
                cycle.disconnected = True  # whoever works at it may stop
                cycle.message_event.set()
            if self._refused or self.transport.is_closing():
                return
            self._refused = True
            self._unset_keepalive_if_required()
            headers, body = refusal(error)
            lines = [f"HTTP/1.1 {error.status} {HTTPStatus(error.status).phrase}".encode()]
            headers = self.server_state.default_headers + door.secured(headers)
            lines += [name + b": " + value for name, value in headers]
            lines += [b"connection: close", b"", body]
            self.transport.write(b"\r\n".join(lines))
            with contextlib.suppress(OSError):  # it may have gone already
                self.transport.write_eof()
            self.loop.call_later(_LAST_WORDS, self.transport.close)

        def _look_after(self) -> None:
            """Ends a connection that is closed, but has not got rid of what was written to it."""
            if self._closing:
                self.transport.abort()
                return
            self._closing = self.transport.is_closing()
            self._look = self.loop.call_later(limits.patience, self._look_after)

    return Bounded


class Server(uvicorn.Server):
    """Serves on a socket that is bound already, until SIGINT or SIGTERM; says when it is ready."""

    def __init__(self, door: Door, ready: Callable[[], None] = lambda: None) -> None:
        super().__init__(
            uvicorn.Config(
                door,
                loop="asyncio",
                http=protocol(door),
                ws="none",
                lifespan="off",
                log_config=None,
                log_level="critical",  # the door tells what goes wrong; the rest is of clients
                access_log=False,
                server_header=False,
                proxy_headers=False,
                backlog=_ACCEPTED,
                timeout_keep_alive=min(_KEPT, math.ceil(door.limits.patience)),
                timeout_graceful_shutdown=2,
            )
        )
        self._door, self._ready = door, ready

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        """Raises SnapshotError if what is to be served cannot be read."""
        task, loop = asyncio.current_task(), asyncio.get_running_loop()
        assert task is not None
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._stop, number, task)
        try:
            async with contextlib.AsyncExitStack() as self._open:
                await self._open.enter_async_context(self._door.running())
                await super().serve(sockets)
        except asyncio.CancelledError:
            if not self.should_exit:
                raise

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._open.aclose()  # queries end at once, and are answered so
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """They are handled already. uvicorn raises them again at the end, which is no quiet one."""
        yield

    def _stop(self, number: int, task: asyncio.Task[Any]) -> None:
        self.handle_exit(number, None)
        if not self.started:
            task.cancel()


def bound(host: str, port: int) -> socket.socket:
    """A socket to serve on. Raises OSError if the port is taken, or the host none of ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # with its protocol named, or asyncio leaves Nagle's algorithm on, and answers wait for 40 ms
    sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host.strip("[]"), port))
    except OSError:
        sock.close()
        raise
    sock.listen(_ACCEPTED)
    sock.setblocking(False)
    return sock
