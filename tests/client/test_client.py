# SPDX-License-Identifier: Apache-2.0
"""The client against a real server, and against servers that are none of ours."""

import io
import json
import re
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, redirect_stdout
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib import resources

import pytest
from jsonschema import Draft202012Validator
from talking import ENDLESS, ROOT

from exograph import cli
from exograph.client import Client, ClientError

FOLDER = resources.files("exograph") / "schemas"


@pytest.fixture
def printed(home, capsys):
    """What a command prints with --json."""

    def printed(*args):
        options = ["--home", str(home), "--graphs", str(ROOT / "graphs"), "--lang", "en"]
        assert cli.run([*options, *args, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    return printed


def untimed(document):
    """Without the time that a search was given, which is the server's to say."""
    if "query" in document:
        document = {**document, "query": {**document["query"], "timeout": None}}
    return document


ASKED = {
    "search": (lambda c: c.search("肉芽"), "search", ("search", "肉芽")),
    "show": (lambda c: c.show("VEGF-A"), "show", ("show", "VEGF-A")),
    "entity": (lambda c: c.entity("外泌体"), "show", ("show", "外泌体")),
    "reference": (lambda c: c.reference("review-38"), "show", ("show", "review-38")),
    "paths": (
        lambda c: c.paths(
            "type:Source",
            "angiogenesis",
            via="type:MicroRNA",
            avoid=["mir-126", "mir-21"],
            context={"organism": ["rat", "mouse"]},
            told=True,
            top=2,
            stated_only=False,
        ),
        "paths",
        (
            *("paths", "type:Source", "angiogenesis", "--via", "type:MicroRNA", "--told"),
            *("--not", "mir-126", "--not", "mir-21", "--top", "2"),
            *("--context", "organism=rat", "--context", "organism=mouse"),
        ),
    ),
    "pattern": (
        lambda c: c.paths(pattern="Source,*,MicroRNA,GeneProduct", top=1),
        "paths",
        ("paths", "--pattern", "Source,*,MicroRNA,GeneProduct", "--top", "1"),
    ),
    "compare": (
        lambda c: c.compare("bmsc", "adsc", to=["angiogenesis"], top=1, no_inferred=True),
        "compare",
        (*("compare", "bmsc", "adsc", "--to", "angiogenesis", "--top", "1"), "--no-inferred"),
    ),
    "matrix": (
        lambda c: c.matrix(from_type="Vesicle", sign="+", max_steps=4),
        "matrix",
        ("matrix", "--from-type", "Vesicle", "--sign", "+", "--max-steps", "4"),
    ),
    "gaps": (lambda c: c.gaps(), "gaps", ("gaps",)),
    "conflicts": (
        lambda c: c.conflicts("angiogenesis", unexplained=True),
        "conflicts",
        ("conflicts", "angiogenesis", "--unexplained"),
    ),
}


@pytest.mark.parametrize("name", ASKED)
def test_a_method_gives_what_the_command_prints(client, printed, name):
    ask, schema, args = ASKED[name]
    document = ask(client)
    assert untimed(document) == untimed(printed(*args))
    found = json.loads((FOLDER / f"{schema}.json").read_text(encoding="utf-8"))
    Draft202012Validator(found).validate(document)


def test_claims_and_neighbours(client):
    shown = client.entity("mir-126")
    claim = shown["claims"][0]
    assert client.claim(claim["claim"]) == claim == client.show(claim["claim"])
    part = client.neighbours("vegfa", skip=1, limit=2)
    assert part["skipped"] == 1 and len(part["neighbours"]) == 2 < part["total"]


def test_rows_and_truths(client, printed):
    query = "SELECT * { entity:mir-126 rdfs:label ?x ; ?p ?o } ORDER BY ?x ?p ?o"
    rows = client.query(query, timeout=5)
    assert rows == printed("query", "-e", query)["results"]["bindings"] and rows
    assert client.ask("ASK { ?s ?p ?o }") is True
    for ask, text in ((client.query, "ASK {}"), (client.ask, "SELECT * {} LIMIT 1")):
        with pytest.raises(ClientError, match="Q209"):
            ask(text)


@pytest.mark.parametrize(
    ("ask", "code", "status"),
    [
        (lambda c: c.entity("mir-12666"), "E002", 404),
        (lambda c: c.entity("a/b?c#d%2F"), "E002", 404),
        (lambda c: c.show("x\ud800"), "E002", 404),
        (lambda c: c.paths("bmsc-exo", "mir-12666"), "E002", 400),
        (lambda c: c.paths("bmsc-exo"), "H108", 400),
        (lambda c: c.paths("bmsc-exo", "vegfa", signs="+"), "H106", 400),
        (lambda c: c.search("a", limit=1000), "H107", 400),
        (lambda c: c.entity("review-38"), "A112", None),
        (lambda c: c.reference("mir-126"), "A112", None),
        (lambda c: c.claim("mir-126"), "A112", None),
        (lambda c: c.query("SELECT"), "Q201", 400),
        (lambda c: c.query("SELECT * { SERVICE <x:x> {} }"), "Q203", 400),
        (lambda c: c.query(ENDLESS, timeout=0.3), "Q205", 504),
        (lambda c: c.query("CONSTRUCT WHERE { ?s ?p ?o }"), "Q214", 406),
        (lambda c: c.search("x" * 20_000), "H131", 431),
    ],
)
def test_what_the_server_says_is_wrong_is_one_exception(client, ask, code, status):
    with pytest.raises(ClientError) as caught:
        ask(client)
    error = caught.value
    assert (error.code, error.status) == (code, status) and error.message
    if code == "E002":
        assert error.cure
    if "mir-12666" in error.message:
        assert error.suggestions[0] == "mir-126"


@contextmanager
def saying(*answers, wait=0.0):
    """The address of a server that says these: status, headers, body; then nothing more."""
    left = list(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            time.sleep(wait)
            status, headers, body = left.pop(0)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            """Says nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", left
        server.shutdown()
        thread.join()


BUSY = json.dumps(
    {"error": {"code": "H153", "message": "The server is busy.", "cure": "", "suggestions": []}}
).encode()
DONE = (200, {}, b'{"hits": []}')


def test_a_busy_server_is_asked_once_more_if_that_is_wanted():
    busy = (503, {"Retry-After": "0"}, BUSY)
    with saying(busy, DONE) as (address, _):
        assert Client(address, retry=True).search("a") == {"hits": []}
    with saying(busy, busy, DONE) as (address, left):
        with pytest.raises(ClientError, match="H153"):
            Client(address, retry=True).search("a")
        assert left == [DONE]
    with saying((503, {"Retry-After": "7"}, BUSY), DONE) as (address, left):
        with pytest.raises(ClientError) as caught:
            Client(address).search("a")
        assert (caught.value.retry_after, caught.value.status, left) == (7, 503, [DONE])
    for headers in ({}, {"Retry-After": "86400"}, {"Retry-After": "soon"}):
        with saying((503, headers, BUSY), DONE) as (address, left):
            with pytest.raises(ClientError):
                Client(address, retry=True).search("a")
            assert left == [DONE]


@pytest.mark.parametrize(
    "answer",
    [
        (200, {}, b"<html>"),
        (200, {}, b"[1]"),
        (200, {}, b""),
        (200, {}, b"[" * 100_000),
        (404, {}, b"<html>Nothing"),
        (500, {}, b'{"error": "x"}'),
        (500, {}, b'{"error": {"code": 1}}'),
        (418, {}, b"\xff\xfe"),
    ],
)
def test_an_answer_of_another_server_is_told_as_such(answer):
    with saying(answer) as (address, _):
        with pytest.raises(ClientError) as caught:
            Client(address).search("a")
        assert (caught.value.code, caught.value.status) == ("A112", answer[0])


def test_no_answer_is_told_in_time():
    for address in ("http://127.0.0.1:1", "http://nowhere.invalid:80"):
        with pytest.raises(ClientError, match="A111") as caught:
            Client(address, timeout=1).gaps()
        assert caught.value.status is None
    began = time.monotonic()
    with saying(DONE, wait=0.6) as (address, _):
        with pytest.raises(ClientError, match=r"A111 .*timed out"):
            Client(address, timeout=0.1).search("a")
        assert time.monotonic() - began < 5
    for address in ("", "127.0.0.1:8000", "ftp://e.org", "http://", "http://[x"):
        with pytest.raises(ClientError, match="A112"):
            Client(address)


def test_a_proxy_is_not_asked_for_a_server_on_this_machine(client, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert Client(client.address).search("vegfa")["hits"][0]["id"] == "vegfa"


def test_the_examples_of_the_page_run(server):
    page = (ROOT / "docs" / "client.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    served = [block for block in blocks if "http://127.0.0.1:8000" in block]
    said = []
    for block in served:
        with redirect_stdout(io.StringIO()) as out:
            exec(block.replace("http://127.0.0.1:8000", server.address), {})
        said.append(out.getvalue().splitlines())
    first, second = said
    assert first[0] == "mir-126 MicroRNA"
    assert re.fullmatch(r"1 \+ \w+ bmsc-exo( > [a-z0-9-]+)* > mir-126( > [a-z0-9-]+)*", first[1])
    assert first[-1] == "mir-383" and "there are more: False" in first
    assert second == ["E002 404 mir-126"]


def test_the_methods_of_the_page_are_those_of_the_client():
    page = (ROOT / "docs" / "client.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    told = {name for row in rows for name in re.findall(r"`(\w+)\(", row.split("|")[1])}
    assert told == {name for name in vars(Client) if not name.startswith("_")}


def test_the_client_needs_only_the_library_of_python():
    code = (
        "import sys; before = set(sys.modules); import exograph.client; exograph.client.Client();"
        "print(*{m.partition('.')[0] for m in set(sys.modules) - before} - sys.stdlib_module_names)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["exograph"]
