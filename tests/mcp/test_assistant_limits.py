# SPDX-License-Identifier: Apache-2.0
"""What is too much ends as an error in time, and nothing is left of a server that has ended."""

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata

import pytest
from assistants import alive
from talking import ENDLESS, children, digits, until

from exograph import cli
from exograph.mcp import wire

PROGRAM = "from exograph.cli import main; main()"


def test_an_endless_query_ends_in_time_and_others_are_answered_meanwhile(small):
    began = time.monotonic()
    with ThreadPoolExecutor(2) as pool:
        endless = pool.submit(small.fail, "query", query=ENDLESS)
        assert small.ask("search", text="vegfa")[1]["hits"][0]["id"] == "vegfa"
        found = endless.result()
    assert found["code"] == "Q205" and time.monotonic() - began < 10
    assert small.fail("query", query=ENDLESS, timeout=0.2)["message"].endswith("0.2 s.")


def test_too_much_memory_is_an_error_and_the_next_query_is_answered(small):
    hungry = f"SELECT (GROUP_CONCAT(?x) AS ?y) {{ BIND('{'x' * 9000}' AS ?x) {digits('abcdef')} }}"
    assert small.fail("query", query=hungry)["code"] in ("Q206", "Q205")
    grown = "SELECT (COUNT(DISTINCT ?x) AS ?n) { " + digits("abcdef") + " BIND(UUID() AS ?x) }"
    assert small.fail("query", query=grown)["code"] == "Q206"
    assert small.ask("query", query="ASK {}")[1]["boolean"] is True


def test_too_long_an_answer_is_an_error_with_a_cure_that_works(small):
    assert small.fail("query", query="SELECT * { ?s ?p ?o }")["code"] == "Q213"
    text, rows = small.ask("query", query="SELECT * { ?s ?p ?o } LIMIT 20")
    assert len(rows["results"]["bindings"]) == 20 and text == "20 row(s), all of them."
    error = small.fail("show", name="angiogenesis")
    assert error["code"] == "A102" and "limit" in error["cure"]
    text, part = small.ask("show", name="angiogenesis", limit=5)
    assert len(part["claims"]) == 5 and "skip=5" in text
    assert small.fail("examples")["code"] == small.fail("conflicts")["code"] == "A102"


def test_more_at_once_than_can_wait_is_told_as_busy(small):
    with ThreadPoolExecutor(6) as pool:
        codes = [
            f.result()["code"]
            for f in [
                pool.submit(small.fail, "query", query=ENDLESS, timeout=0.5) for _ in range(6)
            ]
        ]
    assert set(codes) == {"Q205", "H153"}
    assert small.ask("query", query="ASK {}")[1]["boolean"] is True


HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "a test", "version": "0"},
    },
}


class Spoken:
    """A server that is spoken with line by line."""

    def __init__(self, home) -> None:
        command = [sys.executable, "-c", PROGRAM, "--home", str(home), "mcp"]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe)

    def greet(self):
        answer = self.say(json.dumps(HELLO).encode())
        assert answer["result"]["serverInfo"]["name"] == "exograph"
        assert "not medical advice" in answer["result"]["instructions"]
        self.tell(b'{"jsonrpc":"2.0","method":"notifications/initialized"}')

    def tell(self, line: bytes) -> None:
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()

    def say(self, line: bytes):
        self.tell(line)
        return json.loads(self.process.stdout.readline())

    def call(self, id: int, tool: str, /, **arguments):
        params = {"name": tool, "arguments": arguments}
        call = {"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": params}
        return json.dumps(call).encode()

    def family(self) -> list[int]:
        found = [self.process.pid]
        for pid in found:
            found += children(pid)
        return found

    def ended(self, family: list[int]) -> tuple[int, str]:
        """The exit code and what it said, once all of its processes have gone."""
        code = self.process.wait(15)
        until(lambda: not alive(family))
        return code, self.process.stderr.read().decode()


@pytest.fixture
def spoken(home):
    server = Spoken(home)
    yield server
    for pid in server.family():
        if alive([pid]):
            os.kill(pid, signal.SIGKILL)
    server.process.wait()


def test_hostile_lines_are_answered_what_is_cancelled_is_not_and_the_end_of_input_ends_all(spoken):
    spoken.greet()
    for line, code in (
        (b"nonsense", -32700),
        (b"[" * 100_000, -32700),
        (b'{"jsonrpc":"2.0","id":5,"method":"tools/call","params":"\\ud800"}', -32700),
        (b"x" * (wire.LONGEST + 10), -32600),
        (b'{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":[]}}', -32602),
        (b'{"jsonrpc":"2.0","id":8,"method":"no/such"}', -32601),
    ):
        assert spoken.say(line)["error"]["code"] == code, line[:80]
    answer = spoken.say(
        b'{"jsonrpc":"2.0","id":9,"method":"tools/call","params":'
        b'{"name":"query","arguments":{"query":"ASK {}","timeout":NaN}}}'
    )
    assert "H107" in answer["result"]["content"][0]["text"]
    for id in (10, 11):  # as many as there are workers
        spoken.tell(spoken.call(id, "query", query=ENDLESS))
    for id in (10, 11):
        spoken.tell(
            b'{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":%d}}' % id
        )
    began = time.monotonic()
    answer = spoken.say(spoken.call(12, "query", query="ASK {}"))
    assert answer["id"] == 12 and time.monotonic() - began < 5
    family = spoken.family()
    assert len(family) >= 6
    spoken.tell(spoken.call(13, "query", query=ENDLESS))
    spoken.process.stdin.close()
    assert spoken.ended(family) == (0, "")


def test_control_c_ends_all_even_if_nobody_reads_the_answers(spoken):
    spoken.greet()
    for id in range(20):
        spoken.tell(spoken.call(id, "show", name="review"))
    time.sleep(0.5)
    family = spoken.family()
    spoken.process.send_signal(signal.SIGINT)
    assert spoken.ended(family) == (0, "")


def test_a_client_that_closes_its_side_ends_all(spoken):
    spoken.greet()
    family = spoken.family()
    spoken.process.stdout.close()
    spoken.tell(b'{"jsonrpc":"2.0","id":2,"method":"ping"}')
    assert spoken.ended(family) == (0, "")


def test_without_the_package_the_cure_is_told(home, capsys, monkeypatch):
    def nothing(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", nothing)
    assert cli.run(["--home", str(home), "mcp"]) == 1
    assert "A101" in (said := capsys.readouterr()).err and said.out == ""
    assert "pip install 'exograph[mcp]'" in said.err


@pytest.mark.parametrize("name", ["stdin", "stdout"])
def test_a_closed_stream_is_told(home, capsys, monkeypatch, name):
    monkeypatch.setattr(sys, name, None)
    assert cli.run(["--home", str(home), "mcp"]) == 1
    assert "U002: Standard" in capsys.readouterr().err


def test_lines_are_cut_where_they_end_and_not_kept_at_any_length(monkeypatch):
    monkeypatch.setattr(wire, "LONGEST", 10)
    lines = wire._Lines()
    fed = [lines.fed(data) for data in (b"ab", b"c\r\n\nd", b"\n" + b"x" * 30, b"y\nz\n")]
    assert fed == [[], [b"abc"], [b"d"], [wire.TOO_LONG, b"z"]]
