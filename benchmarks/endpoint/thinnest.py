# SPDX-License-Identifier: Apache-2.0
"""The thinnest server over the store: it reads a query out of a GET and writes the answer.

It bounds nothing and minds nobody: one slow query stops it, a bad one kills it. It tells what the
store gives by HTTP at the most, in a process of Python.

    python -m benchmarks.endpoint.thinnest FILE
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any
from urllib.parse import unquote

from pyoxigraph import QueryResultsFormat, RdfFormat, Store


class Thinnest(asyncio.Protocol):
    def __init__(self, store: Store) -> None:
        self.store = store

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        query = unquote(data.split(b" ", 2)[1].partition(b"query=")[2].decode("ascii"))
        rows: Any = self.store.query(query)
        body: bytes = rows.serialize(format=QueryResultsFormat.JSON)
        self.transport.write(
            b"HTTP/1.1 200 OK\r\ncontent-type: application/sparql-results+json\r\n"
            b"content-length: %d\r\n\r\n%b" % (len(body), body)
        )


async def main(file: str) -> None:
    store = Store()
    store.bulk_load(path=file, format=RdfFormat.N_QUADS, lenient=True)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Thinnest(store), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    print(f"http://127.0.0.1:{port}/", file=sys.stderr, flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
