# SPDX-License-Identifier: Apache-2.0
"""``exograph serve``: how it starts, what it says, and that it ends with all that belongs to it."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pytest
from running import PROGRAM

from exograph import store
from exograph.cli import serve
from exograph.errors import InputError

NT = '<http://e.org/a> <http://e.org/p> "x" .\n'
FILES = {
    "data.nq": NT,
    "data.nt": NT,
    "DATA.NT": NT,
    "data.ttl": '@prefix e: <http://e.org/> . e:a e:p "x" .\n',
    "data.trig": '@prefix e: <http://e.org/> . { e:a e:p "x" . } e:g { e:a e:p "y" . }\n',
    "data.rdf": (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://e.org/">'
        '<rdf:Description rdf:about="http://e.org/a"><p>x</p></rdf:Description></rdf:RDF>'
    ),
    "data.jsonld": '{"@id": "http://e.org/a", "http://e.org/p": "x"}',
}
BROKEN = {
    "faulty.nq": "<http://e.org/a> <http://e.org/p> .\n",
    "faulty.ttl": "@prefix e: <http://e.org/> . e:a e:p .",
    "relative.nt": "<a> <b> <c> .\n",
    "odd-iri.nq": "<http://e.org/a b> <http://e.org/p> <http://e.org/c> .\n",
    "odd-language.nt": '<http://e.org/a> <http://e.org/p> "x"@123456789012 .\n',
    "no-utf8.nt": b'<http://e.org/a> <http://e.org/p> "\xff" .\n',
    "other.csv": NT,
    "none": NT,
    "binary.nq": bytes(range(256)),
    "faulty.jsonld": "{",
}


class Served(NamedTuple):
    process: subprocess.Popen[bytes]
    address: str
    port: int
    log: Path

    def get(self, target: str, body: str | None = None, **headers: str) -> tuple[int, bytes]:
        """Status and body of the answer to a GET, or to a POST if there is something to send."""
        host = self.address.partition("//")[2].rpartition(":")[0].strip("[]")
        connection = http.client.HTTPConnection(host, self.port, timeout=30)
        try:
            connection.request("GET" if body is None else "POST", target, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")


def until(found: Callable[[], object], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < end
        time.sleep(0.01)


@contextmanager
def start(
    folder: Path, *args: str | Path, options: tuple[str | Path, ...] = ()
) -> Iterator[Served]:
    """A server as a process of its own, in a session of its own, ready to be asked."""
    log = folder / "stderr"
    command = [sys.executable, "-c", PROGRAM, *map(str, options), "serve", "--port", "0"]
    with log.open("wb") as stderr:
        process = subprocess.Popen(
            [*command, *map(str, args)], stderr=stderr, start_new_session=True
        )
    try:
        until(lambda: b"\n" in log.read_bytes() or process.poll() is not None)
        first = log.read_text(encoding="utf-8").splitlines()[0]
        address = re.fullmatch(r"(http://.+:(\d+))/ \(Ctrl-C ends it\)", first)
        assert address, first
        yield Served(process, address[1], int(address[2]), log)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def left(leader: int) -> list[str]:
    """Processes of a session that live."""
    states = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == leader and fields[0] not in "ZX":
            states.append(path.parent.name)
    return states


@pytest.fixture
def quads(tmp_path: Path) -> Path:
    file = tmp_path / "data.nq"
    file.write_text(NT, encoding="utf-8")
    return file


ASK = "/sparql?query=SELECT%20%2A%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D"
DIGITS = " ".join(f"VALUES ?{name} {{ 0 1 2 3 4 5 6 7 8 9 }}" for name in "abcdefghijkl")
ENDLESS = "/sparql?query=" + quote(f"SELECT (COUNT(*) AS ?n) {{ {DIGITS} }}")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_the_knowledge_base_until_it_is_stopped(number, home, graphs, tmp_path):
    with start(tmp_path, options=("--home", home, "--graphs", graphs)) as served:
        assert served.address == f"http://127.0.0.1:{served.port}"
        assert served.get("/api/v1/search?q=vegfa&limit=1")[0] == 200
        assert b"exo#" in served.get("/sparql")[1] or served.get("/sparql")[0] == 200
        served.process.send_signal(number)
        assert served.process.wait(10) == 0
        until(lambda: not left(served.process.pid))
        assert served.said.count("\n") == 1


def test_ctrl_c_at_a_terminal_reaches_all_processes_and_ends_them_quietly(quads, tmp_path):
    for number in (signal.SIGINT, signal.SIGTERM):
        with start(tmp_path, "--rdf", quads) as served:
            os.killpg(served.process.pid, number)
            assert served.process.wait(10) == 0
            until(lambda leader=served.process.pid: not left(leader))
            assert served.said.count("\n") == 1


def test_it_ends_at_once_even_in_the_middle_of_a_query(quads, tmp_path):
    with start(tmp_path, "--rdf", quads, "--timeout", "60") as served:
        connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
        connection.request("GET", ENDLESS)
        time.sleep(0.3)
        served.process.send_signal(signal.SIGINT)
        began = time.monotonic()
        assert served.process.wait(10) == 0
        assert time.monotonic() - began < 3
        assert connection.getresponse().status == 503
        until(lambda: not left(served.process.pid))
        assert served.said.count("\n") == 1


def test_it_can_be_stopped_before_it_is_ready(quads, tmp_path):
    with quads.open("a", encoding="utf-8") as file:
        file.writelines(f"<x:{n}> <x:p> <x:{n + 1}> .\n" for n in range(1_000_000))
    command = [sys.executable, "-c", PROGRAM, "serve", "--port", "0", "--rdf", quads]
    for number in (signal.SIGINT, signal.SIGTERM):
        with subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True) as process:
            until(lambda leader=process.pid: len(left(leader)) == 2)
            process.send_signal(number)
            assert process.wait(10) == 0
            until(lambda leader=process.pid: not left(leader))
            assert process.stderr is not None and process.stderr.read() == b""


def test_a_taken_port_is_an_error_that_says_so(program):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = program("serve", "--port", port)
    assert (done.returncode, done.stdout) == (1, b"")
    said = done.stderr.decode()
    assert said.startswith(f"U005: 127.0.0.1:{port} cannot be listened at: Address already in use.")
    assert said.endswith("Give another --port.\n") and said.count("\n") == 1


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid", "::zz", "a b"])
def test_a_host_that_is_none_of_ours_is_refused(host):
    with pytest.raises(InputError) as caught:
        serve._bound(host, 0)
    assert caught.value.code == "U005" and caught.value.cure == "Give another --host."
    assert caught.value.message.startswith(f"{host}:0 cannot be listened at: ")


def test_a_host_that_is_none_of_ours_is_an_error(program):
    host = "外.invalid"
    done = program("serve", "--port", "0", "--host", host, env={"LC_ALL": "C.UTF-8"})
    said = done.stderr.decode()
    assert done.returncode == 1, said
    assert said.startswith(f"U005: {host}:0 cannot be listened at: ")
    assert said.endswith("Give another --host.\n") and said.count("\n") == 1


@pytest.mark.parametrize(
    "args",
    [
        ("--host", ""),
        ("--port", "65536"),
        ("--port", "-1"),
        ("--timeout", "0"),
        ("--timeout", "nan"),
        ("--allow-host", ""),
        ("--rdf", ""),
        ("--cors", ""),
        ("--cors", "e.org"),
        ("--cors", "https://e.org/path"),
        ("--cors", "https://e.org\r\nX: y"),
        ("--cors", "https://外.org"),
        ("FILE",),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_exit_2(args, run):
    assert run("serve", *args).code == 2


def written(folder: Path, name: str, held: str | bytes) -> Path:
    file = folder / name
    file.write_bytes(held.encode() if isinstance(held, str) else held)
    return file


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_rdf_is_read_in_the_form_that_its_name_says(name, tmp_path):
    held = store.load(written(tmp_path, name, FILES[name]), foreign=True)
    values = [row[0].value for row in store.ask(held, "SELECT ?o { ?s ?p ?o }").rows]
    assert values == ["x"]


@pytest.mark.parametrize("name", ["data.nt", "data.trig"])
def test_a_file_of_rdf_is_served(name, tmp_path):
    with start(tmp_path, "--rdf", written(tmp_path, name, FILES[name])) as served:
        status, body = served.get(ASK, Accept="text/csv")
        assert (status, body.decode().split()[1:]) == (200, ["x,http://e.org/p,http://e.org/a"])
        assert name.encode() in served.get("/sparql")[1]


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_cannot_be_read_is_named_with_its_fault(name, tmp_path):
    file = written(tmp_path, name, BROKEN[name])
    with pytest.raises(InputError) as caught:
        _ = store.load(file, foreign=True).graph
    assert caught.value.code == "X112"
    assert caught.value.message.startswith(f"{file} cannot be read: ")


@pytest.mark.parametrize("name", ["faulty.ttl", "other.csv"])
def test_a_file_that_cannot_be_read_ends_the_program_without_a_traceback(name, tmp_path, program):
    file = written(tmp_path, name, BROKEN[name])
    done = program("serve", "--port", "0", "--rdf", file)
    said = done.stderr.decode()
    assert done.returncode == 1, said
    assert said.startswith(f"X112: {file} cannot be read: ") and said.count("\n") == 1


def test_a_file_that_is_not_there_is_an_error(tmp_path, program):
    with pytest.raises(IsADirectoryError):
        serve._file(str(tmp_path))
    done = program("serve", "--port", "0", "--rdf", tmp_path / "missing.nq")
    said = done.stderr.decode()
    assert done.returncode == 1 and said.count("\n") == 1
    assert said.startswith("U002: ") and str(tmp_path) in said


def test_a_context_of_json_ld_is_not_fetched(tmp_path, program):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        file = tmp_path / "data.jsonld"
        file.write_text(f'{{"@context": "{url}", "@id": "x:a", "x:p": 1}}', encoding="utf-8")
        done = program("serve", "--port", "0", "--rdf", file)
        assert done.returncode == 1 and done.stderr.startswith(b"X112: ")
        with pytest.raises(TimeoutError):
            listener.accept()


def test_the_log_tells_requests_but_not_what_was_asked(quads, tmp_path):
    secret = "Geheimnis"
    with start(tmp_path, "--rdf", quads, "--log") as served:
        assert served.get(f"/sparql?query=ASK%20%7B%3Fs%20%3Fp%20%22{secret}%22%7D")[0] == 200
        assert served.get(f"/sparql?query=SELECT%20{secret}")[0] == 400
        assert served.get(f"/nothing?{secret}", Cookie=secret, Referer=secret)[0] == 404
        assert served.get(f"/sparql?query=ASK%7B%7D&{secret}=%FF")[0] == 400
        assert served.get("/a%0AGET%20/forged%20200%1B%5B2J")[0] == 404
        query = {"Content-Type": "application/sparql-query"}
        assert served.get("/sparql", body=f"# {secret}\nASK {{}}", **query)[0] == 200
        assert served.get("/", Host=secret)[0] == 421
        until(lambda: served.said.count("\n") == 8)
        lines = served.said.splitlines()[1:]
        pattern = r"(GET|POST) /\S* \d{3} \d+ B \d+\.\d ms"
        assert all(re.fullmatch(pattern, line) for line in lines), lines
        assert secret not in served.said and "\x1b" not in served.said
        assert lines[0].startswith("GET /sparql 200 ")


def test_without_log_nothing_is_told(quads, tmp_path):
    with start(tmp_path, "--rdf", quads) as served:
        for target in (ASK, "/nothing", "/sparql?query=SELECT"):
            served.get(target)
        assert served.said.count("\n") == 1


def test_it_answers_to_the_names_that_it_is_given(quads, tmp_path):
    with start(tmp_path, "--rdf", quads, "--allow-host", "Proxy.example") as served:
        for host, status in (
            ("proxy.example", 200),
            ("PROXY.EXAMPLE:443", 200),
            ("localhost", 200),
            ("other.example", 421),
        ):
            assert served.get(ASK, Host=host)[0] == status


def test_it_listens_at_the_sixth_version_of_the_protocol_too(quads, tmp_path):
    if not socket.has_dualstack_ipv6():
        pytest.skip("this machine has no IPv6")
    for host in ("::1", "[::1]"):
        with start(tmp_path, "--rdf", quads, "--host", host) as served:
            assert served.address == f"http://[::1]:{served.port}"
            assert served.get(ASK)[0] == 200


def test_every_site_may_read_answers_if_it_is_said_so(quads, tmp_path):
    with start(tmp_path, "--rdf", quads, "--cors", "*") as served:
        connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
        connection.request("GET", ASK)
        assert connection.getresponse().headers["access-control-allow-origin"] == "*"
        connection.close()


def test_a_query_has_the_time_that_is_given(quads, tmp_path):
    with start(tmp_path, "--rdf", quads, "--timeout", "0.3") as served:
        status, said = served.get(ENDLESS)
        assert (status, b"after 0.3 s" in said) == (504, True)


def test_the_browser_is_shown_the_page_once_it_is_there(quads, tmp_path, monkeypatch):
    shown = tmp_path / "shown"
    script = tmp_path / "browser"
    script.write_text(f'#!/bin/sh\necho "$1" > {shown}\n', encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{script} %s")
    with start(tmp_path, "--rdf", quads, "--open") as served:
        until(shown.exists)
        until(lambda: shown.read_text(encoding="utf-8").strip())
        assert shown.read_text(encoding="utf-8").strip() == f"{served.address}/"
