# SPDX-License-Identifier: Apache-2.0
"""A store for the tests: Oxigraph behind the SPARQL and the Graph Store protocols, and its faults.

``faults`` are taken one by one, each for one request: a function of the handler that answers in
its own way (true), or lets the store answer after all (false).
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    parse,
    serialize,
)

USER, PASSWORD = "curator", "a secret: 密"
JSON = "application/sparql-results+json"


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


Fault = Callable[["Handler"], bool]


class SmallStore(ThreadingHTTPServer):
    """``most`` rows are given, and no more; ``auth`` is Basic or Digest, for writing only."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.held = Store()
        self.asked: list[Asked] = []
        self.faults: list[Fault] = []
        self.auth = ""
        self.most: int | None = None
        self.headers: dict[str, str] = {}
        self.after: Fault | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def data(self) -> str:
        return f"{self.address}/kb/data"

    @property
    def sparql(self) -> str:
        return f"{self.address}/kb/sparql"

    def sent(self) -> list[int]:
        """Triples in each of the writing requests."""
        return [
            a.body.count(b"\n")
            for a in self.asked
            if a.method in ("PUT", "POST", "DELETE") and "/data" in a.target
        ]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that leave are what is tested."""


class Handler(BaseHTTPRequestHandler):
    server: SmallStore
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self.body = self.rfile.read(length)
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.asked.append(Asked(self.command, self.path, headers, self.body))
        if self.server.faults and self.server.faults.pop(0)(self):
            self.close_connection = True
            return
        path, fields = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query, True)
        if path.endswith("/data"):
            self._write(fields)
        else:
            self._answer(parse_qs(self.body.decode(), True))

    do_GET = do_PUT = do_DELETE = do_POST

    def say(self, status: int, body: bytes = b"", type: str = "text/plain", **more: str) -> bool:
        self.send_response(status)
        headers = {"Content-Type": type, "Content-Length": str(len(body))} | self.server.headers
        for name, value in (headers | {n.replace("_", "-"): v for n, v in more.items()}).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        return True

    def _write(self, fields: dict[str, list[str]]) -> None:
        if self.server.auth and not self._is_let_in():
            nonce = hashlib.md5(str(len(self.server.asked)).encode()).hexdigest()
            challenge = {
                "Basic": 'Basic realm="kb", charset="UTF-8"',
                "Digest": f'Digest realm="kb", nonce="{nonce}", opaque="o", stale="false", '
                'qop="auth", algorithm="MD5"',
                "both": f'Basic realm="kb", Digest realm="kb", nonce="{nonce}", qop="auth"',
                "odd": 'Bearer realm="kb"',
            }
            self.say(401, b"who?", WWW_Authenticate=challenge[self.server.auth])
            return
        graph = NamedNode(fields["graph"][0]) if "graph" in fields else DefaultGraph()
        if self.command in ("PUT", "DELETE"):
            self.server.held.clear_graph(graph)
        quads = parse(self.body, RdfFormat.N_TRIPLES, rename_blank_nodes=True)
        self.server.held.extend(Quad(*quad.triple, graph) for quad in quads)
        if self.server.after is not None and self.server.after(self):
            return
        self.say(204)

    def _is_let_in(self) -> bool:
        given = self.headers.get("Authorization", "")
        if given.startswith("Basic "):
            pair = base64.b64decode(given.removeprefix("Basic ")).decode()
            return self.server.auth == "Basic" and pair == f"{USER}:{PASSWORD}"
        if not given.startswith("Digest "):
            return False
        f = dict(re.findall(r'(\w+)="?([^",]*)"?', given))
        ha1 = _md5(f"{USER}:kb:{PASSWORD}")
        ha2 = _md5(f"{self.command}:{self.path}")
        wanted = _md5(f"{ha1}:{f['nonce']}:{f['nc']}:{f['cnonce']}:auth:{ha2}")
        return f["response"] == wanted and f["uri"] == self.path

    def _answer(self, fields: dict[str, list[str]]) -> None:
        graph = fields.get("default-graph-uri")
        default = [NamedNode(iri) for iri in graph] if graph else None
        try:
            found = self.server.held.query(fields["query"][0], default_graph=default)
        except SyntaxError as error:
            self.say(400, f"no: {error}".encode())
            return
        most = self.server.most
        if isinstance(found, QuerySolutions):
            whole = json.loads(found.serialize(format=QueryResultsFormat.JSON) or b"")
            rows = whole["results"]["bindings"]
            whole["results"]["bindings"] = rows if most is None else rows[:most]
            self.say(200, json.dumps(whole).encode(), JSON)
        elif hasattr(found, "serialize") and not isinstance(found, bool) and _is_boolean(found):
            self.say(200, found.serialize(format=QueryResultsFormat.JSON) or b"", JSON)
        else:
            triples = list(found)[:most]
            self.say(
                200, serialize(triples, format=RdfFormat.N_TRIPLES) or b"", "application/n-triples"
            )


def _is_boolean(found: Any) -> bool:
    return type(found).__name__ == "QueryBoolean"


def _md5(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest()


@contextmanager
def running() -> Iterator[SmallStore]:
    store = SmallStore()
    thread = threading.Thread(target=store.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield store
    finally:
        store.shutdown()
        thread.join()
        store.server_close()


def says(status: int, body: bytes = b"", type: str = "text/plain", **more: str) -> Fault:
    return lambda handler: handler.say(status, body, type, **more)


def raw(data: bytes) -> Fault:
    """Bytes as they are, and the end of the connection."""

    def fault(handler: Handler) -> bool:
        handler.wfile.write(data)
        handler.wfile.flush()
        handler.connection.shutdown(socket.SHUT_RDWR)
        return True

    return fault


def fine(handler: Handler) -> bool:
    """Lets the store answer."""
    return False
