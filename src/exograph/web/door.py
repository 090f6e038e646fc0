# SPDX-License-Identifier: Apache-2.0
"""What every request passes: who is asked, how long its head is, what every answer says.

Here an answer leaves in pieces, each of which a client must take in time, and all of them at a
least speed; and the work for a client that has gone is given up.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager, suppress
from typing import Any

from starlette.routing import Router

from exograph.errors import ExographError
from exograph.web.failures import HttpError, busy, status_of
from exograph.web.limits import KIB, MIB, Limits

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

access = logging.getLogger("exograph.web.access")
log = logging.getLogger("exograph.web")

LOCAL = ("localhost", "127.0.0.1", "[::1]")
METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"))
"""Others are not known here, which is not the same as not being allowed."""
POLICY = (
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_ALWAYS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"x-frame-options": b"DENY",
}
_PIECE = 64 * KIB
_SLOWEST = 64 * KIB
"""Bytes that a client must take in each second, once its patience is over."""
_LONG = MIB
"""Bytes of an answer that count as held, until the client has taken it."""
_GONE = 499
"""Of a client that did not wait for its answer; told in the log only, as by other servers."""


class Door:
    """An application behind the door. ``hosts`` are the names that the server answers to, ``cors``
    an origin whose pages may read answers, or ``*``."""

    def __init__(
        self, app: Router, limits: Limits, hosts: tuple[str, ...], cors: str | None
    ) -> None:
        self.app, self.limits, self.cors = app, limits, cors
        self.hosts = frozenset(name.lower() for name in (*LOCAL, *hosts))
        self._held = 0

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """All that requests are answered with. Raises SnapshotError if it cannot be had."""
        async with self.app.lifespan_context(self.app):
            yield

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, answer = time.perf_counter(), _Answer(self, send)
        try:
            await self._answered(scope, receive, answer)
        finally:
            took = (time.perf_counter() - began) * 1000
            path = scope["raw_path"].decode("latin-1")
            status, sent = answer.status or _GONE, answer.sent
            access.info("%s %s %d %d B %.1f ms", scope["method"], path, status, sent, took)

    async def _answered(self, scope: Scope, receive: Receive, answer: _Answer) -> None:
        try:
            self._let_in(scope)
            await _while_there(self.app, scope, receive, answer.send)
        except ExographError as error:
            await self._refuse(scope, error, answer)
        except Exception:
            log.exception("%s %s failed", scope["method"], scope["raw_path"].decode("latin-1"))
            fault = HttpError(500, "H150", "The server has a fault.", "Tell those who build it.")
            await self._refuse(scope, fault, answer)

    async def _refuse(self, scope: Scope, error: ExographError, answer: _Answer) -> None:
        """Answers with an error, unless another answer is on its way."""
        if answer.status:
            return
        headers, body = refusal(error, as_json=scope["path"].startswith("/api/"))
        await answer.send(
            {"type": "http.response.start", "status": status_of(error), "headers": headers}
        )
        await answer.send({"type": "http.response.body", "body": body})

    def _let_in(self, scope: Scope) -> None:
        """Raises HttpError: 431 for too long a head, 421 for a host that is not ours."""
        headers = scope["headers"]
        size = len(scope["raw_path"]) + len(scope["query_string"])
        size += sum(len(name) + len(value) + 4 for name, value in headers)
        if size > self.limits.headers:
            raise too_long_a_head()
        given = [value.decode("latin-1") for name, value in headers if name == b"host"]
        if len(given) != 1 or _name(given[0]) not in self.hosts:
            asked = repr(", ".join(given)[:100]) if given else "a host without a name"
            raise HttpError(
                421,
                "H121",
                f"This server is not {asked}.",
                "Ask it as localhost, or start it with --allow-host.",
            )
        if scope["method"] not in METHODS:
            method = scope["method"]
            raise HttpError(501, "H151", f"The method {method} is not known here.", "Use GET.")

    def secured(self, headers: Headers) -> Headers:
        """The headers of an answer, with those that every answer has."""
        held = {name.lower() for name, _ in headers}
        headers = headers + [(name, value) for name, value in _ALWAYS.items() if name not in held]
        if b"content-security-policy" not in held:
            headers.append((b"content-security-policy", POLICY.encode()))
        if self.cors is not None:
            headers.append((b"access-control-allow-origin", self.cors.encode("latin-1")))
            if self.cors != "*":
                headers.append((b"vary", b"Origin"))
        else:
            headers.append((b"cross-origin-resource-policy", b"same-origin"))
        return headers

    @asynccontextmanager
    async def room(self, size: int) -> AsyncIterator[None]:
        """Room for an answer on its way. Raises HttpError 503 if others have taken it."""
        size = size if size > _LONG else 0
        if size and self._held + size > self.limits.held:
            raise busy()
        self._held += size
        try:
            yield
        finally:
            self._held -= size


class _Answer:
    """An answer on its way: its ``status``, 0 before it is sent, and how much was ``sent``."""

    def __init__(self, door: Door, send: Send) -> None:
        self._door, self._send = door, send
        self._start: Message = {}
        self.status, self.sent = 0, 0

    async def send(self, message: Message) -> None:
        """What an application sends: the start is held back until there is room for the rest."""
        if message["type"] == "http.response.start":
            self._start = message
            return
        size, patience = len(message.get("body", b"")), self._door.limits.patience
        with suppress(TimeoutError):  # uvicorn closes the connection, as the answer is not whole
            if size <= _PIECE:
                await self._give(message, size)
                return
            async with self._door.room(size), asyncio.timeout(patience + size / _SLOWEST):
                body, more = message["body"], message.get("more_body", False)
                for at in range(0, size, _PIECE):
                    piece = body[at : at + _PIECE]
                    left = at + _PIECE < size or more
                    await self._give({**message, "body": piece, "more_body": left}, len(piece))

    async def _give(self, message: Message, size: int) -> None:
        """A piece, and before the first one the start."""
        async with asyncio.timeout(self._door.limits.patience):
            if not self.status:
                self.status = self._start["status"]
                headers = self._door.secured(list(self._start["headers"]))
                await self._send({**self._start, "headers": headers})
            await self._send(message)
        self.sent += size


async def _while_there(app: Router, scope: Scope, receive: Receive, send: Send) -> None:
    """Runs an application as long as its client is there; one that has gone needs no answer."""
    held: asyncio.Queue[Message] = asyncio.Queue(1)
    work, gone = asyncio.current_task(), False
    assert work is not None

    async def listen() -> None:
        nonlocal gone
        while (message := await receive())["type"] != "http.disconnect":
            await held.put(message)
        gone = True
        work.cancel()

    there = asyncio.get_running_loop().create_task(listen())
    try:
        await app(scope, held.get, send)
    except asyncio.CancelledError:
        if not gone or work.uncancel():
            raise
    finally:
        there.cancel()


def too_long_a_head() -> HttpError:
    return HttpError(
        431, "H131", "The head of the request is too long.", "Send a long query by POST."
    )


def _name(host: str) -> str:
    """A host without its port; one of an impossible port is no name of ours."""
    name, colon, port = host.lower().rpartition(":")
    if not colon or "]" in port:
        return host.lower()
    return name if port.isascii() and (port == "" or (port.isdigit() and int(port) < 65536)) else ""


def refusal(error: ExographError, *, as_json: bool = False) -> tuple[Headers, bytes]:
    """Headers and body of an answer that is an error: one line of text, or JSON."""
    told: dict[str, Any] = {"code": error.code, "message": error.message, "cure": error.cure}
    told["suggestions"] = list(error.suggestions)
    if as_json:
        media, text = "application/json", json.dumps({"error": told}, ensure_ascii=False)
    else:
        media, text = "text/plain; charset=utf-8", f"{error}\n"
    body = text.encode("utf-8", "replace")
    headers = {"content-type": media, "content-length": str(len(body)), "cache-control": "no-store"}
    if isinstance(error, HttpError):
        headers |= error.headers
    return [(k.lower().encode(), v.encode("latin-1")) for k, v in headers.items()], body
