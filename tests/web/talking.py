# SPDX-License-Identifier: Apache-2.0
"""Servers as processes of their own, and ways to talk with them: politely, rudely, many at once."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode

ROOT = Path(__file__).parents[2]
PROGRAM = "from exograph.cli import main; main()"
"""What the script `exograph` does."""

SITE = "https://e.org"
"""Whose pages may ask one of the servers."""

SECURE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "x-frame-options": "DENY",
}
"""On every answer, also one that is an error."""

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
JSON = "application/sparql-results+json"


def digits(names: str) -> str:
    """A pattern with every combination of digits, whatever the data."""
    return " ".join(f"VALUES ?{name} {{ 0 1 2 3 4 5 6 7 8 9 }}" for name in names)


ENDLESS = f"SELECT (COUNT(*) AS ?n) {{ {digits('abcdefghijkl')} }}"

GRAPHS = {
    "": {"d"},
    "http://e.org/a": {"a", "ab", "all"},
    "http://e.org/b": {"b", "ab", "all"},
    "http://e.org/c": {"c", "all"},
}
"""Graphs of the dataset, and the subjects of their triples; each says ``<p> "x"``."""

T = TypeVar("T")


@dataclass(frozen=True)
class Answer:
    """What a server said; names of headers are in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float = 0.0

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "")

    @property
    def code(self) -> str:
        """Of an error."""
        said = self.json["error"]["code"] if self.type == "application/json" else self.text
        return said.split(maxsplit=1)[0]

    @property
    def rows(self) -> list[dict[str, str]]:
        return [
            {name: cell["value"] for name, cell in row.items()}
            for row in self.json["results"]["bindings"]
        ]


@dataclass(frozen=True)
class Server:
    """A running server; what it says on standard error goes to ``log``."""

    process: subprocess.Popen[bytes]
    host: str
    port: int
    log: Path

    @property
    def address(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def sparql(self) -> str:
        return f"{self.address}/sparql"

    def request(
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        timeout: float = 30,
    ) -> Answer:
        """One request on a connection of its own. Every answer must be a secure one."""
        began = time.monotonic()
        connection = http.client.HTTPConnection(self.host, self.port, timeout=timeout)
        try:
            connection.request(method, target, body, headers or {})
            got = connection.getresponse()
            held = {name.lower(): value for name, value in got.getheaders()}
            answer = Answer(got.status, held, got.read(), time.monotonic() - began)
        finally:
            connection.close()
        assert secure(answer.headers), answer.headers
        return answer

    def get(self, target: str, accept: str | None = None, **headers: str) -> Answer:
        given = {} if accept is None else {"Accept": accept}
        return self.request("GET", target, headers=given | headers)

    def ask(self, query: str, accept: str = JSON, **fields: str | list[str]) -> Answer:
        """A query by POST, with other fields of the protocol."""
        target = "/sparql?" + urlencode(fields, doseq=True) if fields else "/sparql"
        headers = {"Content-Type": QUERY, "Accept": accept}
        return self.request("POST", target, query.encode("utf-8", "surrogatepass"), headers)

    def connect(self, timeout: float = 30) -> socket.socket:
        return socket.create_connection((self.host, self.port), timeout)

    def say(self, data: bytes, timeout: float = 30) -> bytes:
        """All that comes back for some bytes, until the server closes the connection."""
        with self.connect(timeout) as connection:
            connection.sendall(data)
            return rest(connection)

    def workers(self) -> list[int]:
        """Processes that answer, by number: the grandchildren of the server."""
        return [pid for (nursery,) in [children(self.process.pid)] for pid in children(nursery)]

    def memory(self) -> int:
        """KiB that the server itself holds."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(status.partition("VmRSS:")[2].split()[0])

    def stop(self, number: int = signal.SIGINT) -> int:
        """The exit code; whatever belongs to the server must have ended with it."""
        self.process.send_signal(number)
        code = self.process.wait(15)
        until(lambda: not group(self.process.pid))
        return code


@contextmanager
def running(*args: str | Path, code: str = PROGRAM, **env: str) -> Iterator[Server]:
    """A server, until the end of the block, where it must stop quietly."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        with log.open("wb") as stderr:
            process = subprocess.Popen(
                [sys.executable, "-c", code, *map(str, args)],
                stdout=subprocess.DEVNULL,
                stderr=stderr,
                start_new_session=True,
                env={**os.environ, **env},
            )
        try:
            server = _ready(process, log)
            yield server
            if process.poll() is None:
                assert server.stop() == 0, log.read_text(encoding="utf-8")
            assert "Traceback" not in log.read_text(encoding="utf-8"), log.read_text("utf-8")
        finally:
            for pid in group(process.pid):
                os.kill(pid, signal.SIGKILL)
            process.wait()


def _ready(process: subprocess.Popen[bytes], log: Path) -> Server:
    def address() -> str:
        said = log.read_text(encoding="utf-8")
        assert process.poll() is None, said
        return next((line.split()[0] for line in said.splitlines() if "Ctrl-C" in line), "")

    host, _, port = until(address, 60).removeprefix("http://").rstrip("/").rpartition(":")
    return Server(process, host.strip("[]"), int(port), log)


LIMITED = """
import json, socket, sys
from dataclasses import replace
from pathlib import Path
from exograph.web import pool
from exograph.web.app import application, task_of
from exograph.web.describing import About
from exograph.web.limits import Limits
from exograph.web.server import Server, bound

asked = json.loads(sys.argv[1])
pool.COMMAND = asked.get("command") or pool.COMMAND
task = task_of(**{name: Path(asked[name]) for name in ("rdf", "snapshot") if name in asked})
sock = bound("127.0.0.1", 0)
address = f"http://127.0.0.1:{sock.getsockname()[1]}/ (Ctrl-C ends it)"
door = application(task, About("a test"), replace(Limits(), **asked["limits"]))
Server(door, lambda: print(address, file=sys.stderr, flush=True)).run([sock])
"""


@contextmanager
def limited(*, command: list[str] | None = None, **asked: Any) -> Iterator[Server]:
    """A server of ``rdf`` or ``snapshot`` with other limits, and other workers than its own."""
    held = {name: str(asked.pop(name)) for name in ("rdf", "snapshot") if name in asked}
    with running(json.dumps({**held, "command": command, "limits": asked}), code=LIMITED) as server:
        yield server


def secure(headers: dict[str, str]) -> bool:
    wanted = "content-security-policy" in headers
    return wanted and all(headers.get(name) == value for name, value in SECURE.items())


def parsed(said: bytes) -> Answer:
    """The first answer in what a server said."""
    head, _, body = said.partition(b"\r\n\r\n")
    line, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, value in (one.split(": ", 1) for one in lines)}
    return Answer(int(line.split()[1]), headers, body)


def one(connection: socket.socket) -> Answer:
    """The next answer, of a connection that is kept open."""
    said = b""
    while b"\r\n\r\n" not in said or len(parsed(said).body) < _length(parsed(said)):
        part = connection.recv(1 << 16)
        assert part, said
        said += part
    return parsed(said)


def _length(answer: Answer) -> int:
    return int(answer.headers.get("content-length", "0"))


def rest(connection: socket.socket) -> bytes:
    """All that still comes; a reset ends it, too."""
    said = b""
    try:
        while part := connection.recv(1 << 16):
            said += part
    except ConnectionError:
        pass
    return said


def get(target: str, *headers: str, host: str = "localhost") -> bytes:
    """A request as it goes over the wire."""
    lines = [f"GET {target} HTTP/1.1", f"Host: {host}", *headers, "", ""]
    return "\r\n".join(lines).encode("latin-1")


def until(found: Callable[[], T], seconds: float = 10) -> T:
    """What is found as soon as it is true; it must be within so many seconds."""
    end = time.monotonic() + seconds
    while not (value := found()):
        assert time.monotonic() < end, f"not after {seconds} s"
        time.sleep(0.01)
    return value


def _stat(pid: int) -> tuple[str, int, int] | None:
    """State, parent and group of a process; None if it has ended."""
    try:
        said = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    state, parent, belongs = said.rpartition(")")[2].split()[:3]
    return None if state in "ZX" else (state, int(parent), int(belongs))


def _processes() -> list[tuple[int, tuple[str, int, int]]]:
    pids = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    return [(pid, stat) for pid in pids if (stat := _stat(pid)) is not None]


def children(parent: int) -> list[int]:
    return [pid for pid, stat in _processes() if stat[1] == parent]


def group(leader: int) -> list[int]:
    """Processes of a session that still live."""
    return [pid for pid, stat in _processes() if stat[2] == leader]
