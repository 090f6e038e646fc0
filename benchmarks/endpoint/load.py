# SPDX-License-Identifier: Apache-2.0
"""Clients that ask again as soon as they have an answer, all in one light process.

Each keeps its connection. An answer counts only if it is, byte for byte, the one that was looked at
before; the clock of a request runs from its sending to the last byte of its answer.
"""

from __future__ import annotations

import select
import socket
import time
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import quote

MEDIA = "application/sparql-results+json"


class Address(NamedTuple):
    host: str
    port: int


def request(address: Address, query: str) -> bytes:
    """A GET of a query."""
    return (
        f"GET /sparql?query={quote(query, safe='')} HTTP/1.1\r\n"
        f"host: {address.host}:{address.port}\r\naccept: {MEDIA}\r\n\r\n"
    ).encode("ascii")


@dataclass
class Load:
    """Answers in so many seconds, and the milliseconds that each took."""

    seconds: float
    times: array[float] = field(default_factory=lambda: array("d"))
    wrong: list[tuple[int, bytes]] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds

    def part(self, share: float) -> float:
        """Milliseconds in which this share of requests was answered."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Client:
    """A connection, and what it waits for."""

    def __init__(self, address: Address) -> None:
        self.socket = socket.create_connection(address)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.at, self.since, self.held = 0, 0.0, b""

    def ask(self, request: bytes) -> tuple[int, bytes]:
        """Status and body."""
        self.socket.sendall(request)
        self.held = b""
        while (answer := self.answer()) is None:
            pass
        return answer

    def answer(self) -> tuple[int, bytes] | None:
        """Status and body, if all of them are here. Raises ConnectionError at an early end."""
        part = self.socket.recv(1 << 18)
        if not part:
            raise ConnectionError("the server has closed the connection")
        self.held = held = self.held + part if self.held else part
        end = held.find(b"\r\n\r\n") + 4
        if end < 4:
            return None
        at = held.find(b"content-length: ") + 16
        if len(held) < end + int(held[at : held.index(b"\r", at)]):
            return None
        self.held = b""
        return int(held[9:12]), held[end:]


def load(
    address: Address,
    requests: Sequence[bytes],
    answers: Sequence[bytes],
    clients: int,
    seconds: float,
) -> Load:
    """So many clients go through the requests, each from another one on."""
    here = [Client(address) for _ in range(clients)]
    poll = select.epoll()
    by_number = {client.socket.fileno(): client for client in here}
    result = Load(seconds)
    clock = time.perf_counter
    for number, client in enumerate(here):
        client.at = number * len(requests) // clients
        poll.register(client.socket.fileno(), select.EPOLLIN)
    began = clock()
    for client in here:
        client.since = clock()
        client.socket.sendall(requests[client.at])
    end = began + seconds
    while clock() < end:
        for number, _ in poll.poll(1):
            client = by_number[number]
            answer = client.answer()
            if answer is None:
                continue
            now = clock()
            result.times.append((now - client.since) * 1000)
            if answer != (200, answers[client.at]):
                result.wrong.append(answer)
            client.at = (client.at + 1) % len(requests)
            client.since = now
            client.socket.sendall(requests[client.at])
    result.seconds = clock() - began
    for client in here:  # so that the next load finds nothing left to do
        while client.answer() is None:
            pass
        client.socket.close()
    return result
