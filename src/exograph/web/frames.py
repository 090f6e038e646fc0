# SPDX-License-Identifier: Apache-2.0
"""Messages between the server and its workers: a JSON head and bytes, each with its length."""

from __future__ import annotations

import json
import socket
import struct
from asyncio import StreamReader
from typing import Any

_LENGTHS = struct.Struct("!II")

_encoded = json.JSONEncoder(ensure_ascii=False).encode

Message = tuple[dict[str, Any], bytes]


def packed(head: dict[str, Any], body: bytes = b"") -> bytes:
    text = _encoded(head).encode("utf-8", "surrogatepass")
    return _LENGTHS.pack(len(text), len(body)) + text + body


def receive(sock: socket.socket) -> Message | None:
    """The next message; None if the other side has gone."""
    lengths = _exactly(sock, _LENGTHS.size)
    if lengths is None:
        return None
    head, body = _LENGTHS.unpack(lengths)
    data = _exactly(sock, head + body)
    return None if data is None else (_head(data[:head]), data[head:])


async def read(reader: StreamReader) -> Message:
    """The next message. Raises asyncio.IncompleteReadError if the other side has gone."""
    head, body = _LENGTHS.unpack(await reader.readexactly(_LENGTHS.size))
    return _head(await reader.readexactly(head)), await reader.readexactly(body)


def _head(data: bytes) -> dict[str, Any]:
    head: dict[str, Any] = json.loads(data.decode("utf-8", "surrogatepass"))
    return head


def _exactly(sock: socket.socket, size: int) -> bytes | None:
    data = bytearray()
    while len(data) < size:
        part = sock.recv(min(size - len(data), 1 << 20))
        if not part:
            return None
        data += part
    return bytes(data)
