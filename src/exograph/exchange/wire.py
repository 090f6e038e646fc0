# SPDX-License-Identifier: Apache-2.0
"""HTTP to a store of others: one request at a time, within bounds of time and length.

Straight to the host that was named: no proxy, no other host by redirection. Certificates are
verified. A user's name and password are given when the host asks for them (RFC 7617 Basic, RFC
7616 Digest), and never in clear to another machine; they are in no message.
"""

from __future__ import annotations

import http.client
import ipaddress
import random
import re
import socket
import ssl
import time
from collections.abc import Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Timer
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urljoin, urlsplit

from exograph import __version__
from exograph.errors import QueryError
from exograph.exchange.signing import Challenge, Credentials, authorization, challenge_in

if TYPE_CHECKING:
    from collections.abc import Iterator

TRIES = 6
FIRST_WAIT = 0.5
LONGEST_WAIT = 60.0
"""Seconds; each wait is twice the one before, or what Retry-After says."""
BUSY = frozenset((429, 502, 503, 504))
_MOVED = frozenset((301, 302, 303, 307, 308))
_KEEPS_METHOD = frozenset((301, 302, 307, 308))
_MOST_MOVES = 5
_PIECE = 1 << 16
_WORDS = 300


@dataclass(frozen=True)
class Reply:
    """What came; names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def type(self) -> str:
        """The media type, without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def words(self) -> str:
        """What an error says, on one line, without markup and what a terminal would obey."""
        text = self.body[:8192].decode("utf-8", "replace")
        if self.type.endswith("html"):
            text = re.sub(r"(?is)<(script|style|title)\b.*?</\1\s*>|<[^>]*>", " ", text)
        text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
        return text if len(text) <= _WORDS else f"{text[:_WORDS]}…"


def fault_of(url: str) -> str | None:
    """Why a text is no address to ask at; None if it is one."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        return f"It is no address: {error}."
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        return "It is no address such as https://example.org/sparql."
    if "@" in parts.netloc:
        return "An address holds no password: set EXOGRAPH_USER and EXOGRAPH_PASSWORD instead."
    if not re.fullmatch(r"[!-~]+", url) or "#" in url:
        return "An address has neither blanks nor a #, and letters beyond ASCII are encoded."
    return None


@dataclass
class Caller:
    """Asks hosts, and remembers how the last one wanted to be told who asks.

    ``timeout`` is seconds for one request, all in all. ``unencrypted`` lets the password go over
    plain http to other machines.
    """

    credentials: Credentials | None = None
    timeout: float = 60.0
    unencrypted: bool = False
    _challenge: Challenge | None = field(default=None, repr=False)
    _count: int = field(default=0, repr=False)

    def call(
        self,
        method: str,
        url: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        most: int = 1 << 20,
    ) -> Reply:
        """The reply, of whatever status but those that mean "later" and "elsewhere".

        Sends again, with growing waits, while the host is busy (429, 502, 503, 504) or cuts the
        connection; so ``body`` must bear repetition. Raises QueryError: Q401 unreachable, Q402
        certificate, Q403 out of time, Q404 not let in, Q405 password in clear, Q406 sent elsewhere,
        Q408 busy for too long, Q409 cut, Q411 longer than ``most`` bytes.
        """
        wait = FIRST_WAIT
        for attempt in range(1, TRIES + 1):
            try:
                reply = self._let_in(method, url, body, headers or {}, most)
                if reply.status not in BUSY:
                    return reply
                fault = _busy(url, reply)
            except _Cut as cut:
                reply, fault = None, _cut(url, cut)
            if attempt == TRIES:
                break
            time.sleep(_pause(wait, reply))
            wait *= 2
        raise fault

    def _let_in(
        self, method: str, url: str, body: bytes | None, headers: Mapping[str, str], most: int
    ) -> Reply:
        """The reply once the host knows who asks, and at the address that it sends us to."""
        origin, told, moves = _origin(urlsplit(url)), 0, 0
        while True:
            sent: dict[str, str | bytes] = {**headers, **self._authorization(method, url)}
            reply = self._once(method, url, body, sent, most)
            if reply.status == 401 and told < 2 and self._understood(url, reply, sent):
                told += 1
            elif reply.status in (401, 407):
                raise self._not_let_in(url, reply)
            elif reply.status in _MOVED and reply.headers.get("location"):
                target = urljoin(url, reply.headers["location"])
                moves += 1
                same = fault_of(target) is None and _origin(urlsplit(target)) == origin
                if not same or moves > _MOST_MOVES or reply.status not in _KEEPS_METHOD:
                    raise _elsewhere(url, target)
                url = target
            else:
                return reply

    def _understood(self, url: str, reply: Reply, sent: Mapping[str, str | bytes]) -> bool:
        """Whether we can say who asks in the way that the host wants, and have not just done so."""
        if self.credentials is None:
            return False
        challenge = challenge_in(reply.headers.get("www-authenticate", ""))
        if challenge is None or ("Authorization" in sent and not challenge.stale):
            return False
        parts = urlsplit(url)
        if parts.scheme == "http" and not self.unencrypted and not _is_loopback(parts):
            raise QueryError(
                "Q405",
                f"{_place(url)} asks for a password, which would go there unencrypted.",
                "Ask it by https, or say --unencrypted.",
            )
        self._challenge, self._count = challenge, 0
        return True

    def _authorization(self, method: str, url: str) -> dict[str, bytes]:
        """The header for a host that has asked for it."""
        if self._challenge is None or self.credentials is None:
            return {}
        self._count += 1
        target = _target(urlsplit(url))
        made = authorization(self._challenge, self.credentials, method, target, self._count)
        return {"Authorization": made}

    def _not_let_in(self, url: str, reply: Reply) -> QueryError:
        cure = "Set EXOGRAPH_USER and EXOGRAPH_PASSWORD."
        if self.credentials is None:
            message = f"{_place(url)} asks who you are ({reply.status})."
        elif reply.status == 401 and not challenge_in(reply.headers.get("www-authenticate", "")):
            message = f"{_place(url)} asks for a password in a way that is not known here."
            cure = "Let the store take Digest with MD5 or SHA-256, or Basic."
        else:
            message = f"{_place(url)} does not take this user and password ({reply.status})."
        return QueryError("Q404", message, cure)

    def _once(
        self,
        method: str,
        url: str,
        body: bytes | None,
        headers: Mapping[str, str | bytes],
        most: int,
    ) -> Reply:
        parts = urlsplit(url)
        agent = {"User-Agent": f"exograph/{__version__}", "Connection": "close"}
        connection = _connection(parts, self.timeout)
        with _bounded(connection, url, self.timeout) as bound:
            try:
                bound.connect()
                with suppress(BrokenPipeError, ConnectionResetError):
                    # a host that refuses a body may answer before it has read all of it
                    connection.request(method, _target(parts), body, {**agent, **headers})
                response = connection.getresponse()
                data = _read(response, url, most)
            except (http.client.IncompleteRead, ConnectionError, ssl.SSLEOFError) as error:
                bound.check()
                if isinstance(error, ConnectionRefusedError):
                    raise _unreachable(url, error) from None
                raise _Cut(str(error) or type(error).__name__) from None
            except http.client.HTTPException as error:
                bound.check()
                what = str(error).strip() or type(error).__name__
                raise QueryError(
                    "Q410",
                    f"{_place(url)} does not speak HTTP: {what[:80]!r}.",
                    "Mend the address.",
                ) from None
            except ssl.SSLCertVerificationError as error:
                raise QueryError(
                    "Q402",
                    f"The certificate of {_place(url)} is not to be trusted: "
                    f"{error.verify_message}.",
                    "Mend it there, or name its authority in SSL_CERT_FILE.",
                ) from None
            except OSError as error:
                bound.check()
                raise _unreachable(url, error) from None
            bound.check()
        held: dict[str, str] = {}
        for name, value in response.getheaders():
            before = held.get(name.lower())
            held[name.lower()] = value if before is None else f"{before}, {value}"
        return Reply(response.status, held, data)


class _Cut(Exception):
    """The connection ended before the reply did."""


class _Bound:
    """Ends a connection when its time is up, whatever it waits for."""

    def __init__(self, connection: http.client.HTTPConnection, url: str, timeout: float) -> None:
        self._connection, self._url, self._timeout = connection, url, timeout
        self._until = time.monotonic() + timeout
        self._timer: Timer | None = None

    def connect(self) -> None:
        self._connection.connect()
        sock: socket.socket = self._connection.sock
        self._timer = Timer(max(0.0, self._until - time.monotonic()), _shut, (sock,))
        self._timer.daemon = True
        self._timer.start()

    def check(self) -> None:
        """Raises QueryError if the time is up."""
        if time.monotonic() >= self._until:
            raise QueryError(
                "Q403",
                f"{_place(self._url)} took more than {self._timeout:g} s.",
                "Narrow the query, or raise --timeout.",
            )

    def end(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._connection.close()


def _shut(sock: socket.socket) -> None:
    with suppress(OSError):  # not the method of a TLS socket, which is not for two threads
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


@contextmanager
def _bounded(connection: http.client.HTTPConnection, url: str, timeout: float) -> Iterator[_Bound]:
    bound = _Bound(connection, url, timeout)
    try:
        yield bound
    finally:
        bound.end()


def _connection(parts: SplitResult, timeout: float) -> http.client.HTTPConnection:
    host = parts.hostname or ""
    if parts.scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(host, parts.port, timeout=timeout, context=context)
    return http.client.HTTPConnection(host, parts.port, timeout=timeout)


def _read(response: http.client.HTTPResponse, url: str, most: int) -> bytes:
    pieces, length = [], 0
    while piece := response.read(_PIECE):
        length += len(piece)
        if length > most:
            size = f"{most >> 20} MiB" if most >= 1 << 20 else f"{most:,} bytes"
            raise QueryError(
                "Q411", f"{_place(url)} answers with more than {size}.", "Narrow the query."
            )
        pieces.append(piece)
    if response.length:  # bytes that were announced; read(n) does not mind that they do not come
        raise http.client.IncompleteRead(b"", response.length)
    return b"".join(pieces)


def _pause(wait: float, reply: Reply | None) -> float:
    """Seconds until the next attempt; a little by chance, so that clients do not come together."""
    asked = reply.headers.get("retry-after", "") if reply else ""
    if re.fullmatch(r"\d{1,6}", asked):
        return min(float(asked), LONGEST_WAIT)
    return min(wait, LONGEST_WAIT) * random.uniform(0.75, 1.25)


def _target(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _origin(parts: SplitResult) -> tuple[str, str, int]:
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return parts.scheme, (parts.hostname or "").lower(), port


def _place(url: str) -> str:
    """An address for a message, without its query, which may be long."""
    return url.partition("?")[0]


def _is_loopback(parts: SplitResult) -> bool:
    host = (parts.hostname or "").lower()
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _busy(url: str, reply: Reply) -> QueryError:
    words = f": {reply.words}" if reply.words else ""
    return QueryError(
        "Q408",
        f"{_place(url)} was busy {TRIES} times ({reply.status}{words}).".replace("..", "."),
        "Run the command again later.",
    )


def _cut(url: str, cut: _Cut) -> QueryError:
    return QueryError(
        "Q409",
        f"{_place(url)} cut the connection {TRIES} times ({cut}).",
        "Look at the log of the store, and run the command again.",
    )


def _elsewhere(url: str, target: str) -> QueryError:
    there = _place("".join(c for c in target if c.isprintable())[:200])
    return QueryError(
        "Q406",
        f"{_place(url)} sends us elsewhere, to {there}, which is not followed.",
        "If you trust that address, give it instead.",
    )


def _unreachable(url: str, error: OSError) -> QueryError:
    if isinstance(error, TimeoutError):
        why = "no answer in time"
    else:
        why = (getattr(error, "strerror", None) or str(error) or type(error).__name__).rstrip(".")
    return QueryError("Q401", f"{_place(url)} cannot be reached: {why}.", "Mend the address.")
