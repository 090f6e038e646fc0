# SPDX-License-Identifier: Apache-2.0
"""Asking an endpoint of others, which answers as it should, or in any other way."""

from __future__ import annotations

import json
import shutil
import socket
import ssl
import subprocess
import threading
import time
from pathlib import Path

import pytest
from answering import ROOT, Run
from jsonschema import Draft202012Validator
from pyoxigraph import Literal, NamedNode, Quad
from small_store import JSON, Fault, Handler, SmallStore, raw, says

from exograph.errors import QueryError
from exograph.exchange import endpoint, wire
from exograph.exchange.endpoint import Endpoint, ask
from exograph.exchange.wire import Caller

ONE = "SELECT ?s { ?s ?p ?o }"
GRAPH = "CONSTRUCT WHERE { ?s ?p ?o }"


def rows(*values: str, **more: object) -> bytes:
    bindings = [{"s": {"type": "literal", "value": value, **more}} for value in values]
    return json.dumps({"head": {"vars": ["s"]}, "results": {"bindings": bindings}}).encode()


def hold(store: SmallStore, triples: int) -> None:
    p = NamedNode("http://e.org/p")
    store.held.extend(Quad(NamedNode(f"http://e.org/{n}"), p, Literal("o")) for n in range(triples))


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "xml"])
@pytest.mark.parametrize("name", ["cargo-by-source", "what-reaches-vegfa", "vesicle-sizes"])
def test_rows_look_as_they_do_here(form: str, name: str, run: Run, filled: SmallStore) -> None:
    asked = ("query", "--example", name, "--format", form)
    assert run(*asked, "--endpoint", filled.sparql).out == run(*asked).out


@pytest.mark.parametrize("form", ["table", "ttl", "nt"])
def test_triples_look_as_they_do_here(form: str, run: Run, filled: SmallStore) -> None:
    asked = ("query", "-e", "DESCRIBE entity:mir-126", "--format", form)
    assert run(*asked, "--endpoint", filled.sparql).out == run(*asked).out


def test_a_truth_value_and_a_cut_of_ours(run: Run, filled: SmallStore) -> None:
    there = ("--endpoint", filled.sparql)
    query = "ASK { entity:bmsc-exo exo:carries entity:mir-126 }"
    assert run("query", "-e", query, *there).out == "true\n"
    cut = run("query", "-e", ONE, "--limit", "3", "--format", "csv", *there)
    assert cut.code == 0 and len(cut.out.split()) == 4 and "Cut after 3 rows" in cut.err


def test_all_shipped_questions_give_their_rows_there(run: Run, filled: SmallStore) -> None:
    answer = run("examples", "--run", "--endpoint", filled.sparql)
    assert answer.code == 0 and answer.err.endswith(" asked, 0 differ.\n"), answer.out


def test_questions_that_are_refused_do_not_stop_the_rest(run: Run, filled: SmallStore) -> None:
    filled.faults = [says(500, b"too hard"), says(200, rows(), JSON, X_SQL_State="S1TAT")]
    answer = run("examples", "--run", "--json", "--endpoint", filled.sparql)
    assert answer.code == 1
    schema = json.loads((ROOT / "src/exograph/schemas/examples.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(answer.json)
    errors = [record.get("error", "") for record in answer.json]
    assert errors[0].startswith("Q407 ") and errors[1].startswith("Q413 ")
    assert not any(errors[2:]) and [record["agrees"] for record in answer.json].count(False) == 2
    filled.faults = [says(500, b"too hard")]
    assert "too hard" in run("examples", "--run", "--endpoint", filled.sparql).out


def test_an_endpoint_that_is_none_stops_all(run: Run, small: SmallStore) -> None:
    small.faults = [says(200, b"<html>", "text/html")] * 100
    answer = run("examples", "--run", "--endpoint", small.sparql)
    assert answer.code == 1 and answer.err.startswith("Q410: ") and len(small.asked) == 1


def test_the_prefixes_that_a_query_uses_are_declared(small: SmallStore) -> None:
    there = Endpoint(small.sparql, {"e": "http://e.org/", "f": "http://f.org/"})
    ask(there, "# e: is ours\nPREFIX f: <http://mine.org/>\nASK { e:a f:b 'x:y' }")
    body = small.asked[-1].body.decode()
    assert body.startswith(
        "query=PREFIX+e%3A+%3Chttp%3A%2F%2Fe.org%2F%3E+%23+e%3A+is+ours%0APREFIX"
    )
    assert "f.org" not in body and small.asked[-1].headers["content-type"].endswith(
        "form-urlencoded"
    )


@pytest.mark.parametrize(
    "query", ["DELETE WHERE { ?s ?p ?o }", "SELECT * { SERVICE <http://x/> { } }", "", "x" * 9]
)
def test_what_is_refused_here_is_not_sent(query: str, small: SmallStore) -> None:
    with pytest.raises(QueryError, match="Q20"):
        ask(Endpoint(small.sparql), query)
    assert small.asked == []


WHOLE = rows("a", "b")
REPLY = b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n"


@pytest.mark.parametrize(
    ("fault", "code", "words"),
    [
        (says(200, b"<html>Sign in</html>", "text/html"), "Q410", "text/html"),
        (says(200, WHOLE, "text/plain"), "Q410", "text/plain"),
        (says(200, WHOLE[:-3], JSON), "Q410", "ends too early"),
        (says(200, b"", JSON), "Q410", "does not parse"),
        (says(200, b"[" * 100_000, JSON), "Q410", "does not parse"),
        (says(200, b"[]", JSON), "Q410", "not that of an answer"),
        (says(200, b'{"head": {"vars": ["s"]}}', JSON), "Q410", "not that of an answer"),
        (says(200, rows("a", type="triple"), JSON), "Q410", "not that of an answer"),
        (says(200, b'{"head": {}, "boolean": true}', JSON), "Q410", "another form"),
        (says(200, WHOLE, JSON, X_SQL_State="S1TAT", X_SQL_Message="timeout"), "Q413", "timeout"),
        (says(200, WHOLE, JSON, X_SPARQL_MaxRows="2"), "Q412", "2 rows"),
        (says(206, WHOLE, JSON), "Q413", "206"),
        (says(204), "Q407", "204"),
        (says(400, b"line 1\x1b[2J: no"), "Q407", "line 1 [2J: no"),
        (says(500, b"x" * 10_000), "Q407", "x…"),
        (says(403, b"no"), "Q404", "does not let us ask"),
        (says(401, WWW_Authenticate="Basic realm=x"), "Q404", "asks who you are"),
        (says(407), "Q404", "407"),
        (says(302, Location="http://127.0.0.1:1/sparql"), "Q406", "127.0.0.1:1"),
        (says(302, Location="https://elsewhere.example/?x=y"), "Q406", "elsewhere.example"),
        (says(308, Location="file:///etc/passwd"), "Q406", "elsewhere"),
        (says(307, Location="/kb/sparql"), "", ""),
        (raw(b"SSH-2.0-OpenSSH_9.2\r\n"), "Q410", "HTTP"),
        (raw(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n"), "Q410", "HTTP"),
    ],
    ids=range(24),
)
def test_what_is_no_whole_answer_is_an_error(
    fault: Fault, code: str, words: str, small: SmallStore
) -> None:
    small.faults = [fault]
    if not code:
        assert ask(Endpoint(small.sparql), ONE).rows == ()
        return
    with pytest.raises(QueryError) as told:
        ask(Endpoint(small.sparql), ONE)
    assert told.value.code == code and words in told.value.message
    assert "\x1b" not in told.value.message and told.value.cure
    assert len(small.asked) == 1


@pytest.mark.parametrize(
    "fault",
    [
        raw(b""),
        raw(REPLY + b"Content-Length: 9999\r\n\r\n" + WHOLE),
        raw(REPLY + b'Transfer-Encoding: chunked\r\n\r\n5\r\n{"hea'),
    ],
    ids=["at once", "in the body", "in a chunk"],
)
def test_a_connection_that_is_cut_is_made_again(fault: Fault, small: SmallStore) -> None:
    small.faults = [fault, fault]
    assert ask(Endpoint(small.sparql), ONE).rows == ()
    assert len(small.asked) == 3
    small.faults = [fault] * 100
    with pytest.raises(QueryError, match="Q409"):
        ask(Endpoint(small.sparql), ONE)


def test_an_endless_answer_is_given_up(small: SmallStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(handler: Handler) -> bool:
        handler.wfile.write(REPLY + b"\r\n")
        for _ in range(1000):
            handler.wfile.write(b" " * 100_000)
        return True

    monkeypatch.setattr(endpoint, "MOST", 2 << 20)
    small.faults = [endless]
    with pytest.raises(QueryError, match=r"Q411 .*more than 2 MiB"):
        ask(Endpoint(small.sparql), ONE)


@pytest.mark.parametrize("head", [b"", REPLY, REPLY + b"\r\n"], ids=["silent", "head", "body"])
def test_a_slow_answer_is_given_up(head: bytes, small: SmallStore) -> None:
    ended = threading.Event()

    def slow(handler: Handler) -> bool:
        handler.wfile.write(head)
        while not ended.wait(0.05):
            if head:
                handler.wfile.write(b" " if head.endswith(b"\r\n\r\n") else b"X: y\r\n")
        return True

    small.faults = [slow]
    began = time.monotonic()
    try:
        with pytest.raises(QueryError, match="Q403"):
            ask(Endpoint(small.sparql, caller=Caller(timeout=0.5)), ONE)
    finally:
        ended.set()
    assert time.monotonic() - began < 10
    assert len(small.asked) == 1, "what is slow once is not asked again"


def test_a_host_that_is_not_there_is_told() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    for url in (f"http://127.0.0.1:{port}/sparql", "http://no-such-host.invalid/sparql"):
        with pytest.raises(QueryError, match="Q401"):
            ask(Endpoint(url), ONE)


def test_no_proxy_is_asked(small: SmallStore, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert ask(Endpoint(small.sparql), ONE).rows == ()


def test_a_certificate_must_be_good(
    small: SmallStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl on this machine, which makes the certificate")
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    made = "req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost"
    made += f" -addext subjectAltName=DNS:localhost -keyout {key} -out {cert}"
    subprocess.run([openssl, *made.split()], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    small.socket = context.wrap_socket(small.socket, server_side=True)
    there = Endpoint(small.sparql.replace("http://127.0.0.1", "https://localhost"))
    with pytest.raises(QueryError, match="Q402"):
        ask(there, ONE)
    assert small.asked == []
    monkeypatch.setenv("SSL_CERT_FILE", str(cert))
    assert ask(there, ONE).rows == ()
    other = Endpoint(small.sparql.replace("http://", "https://"))
    with pytest.raises(QueryError, match="Q402"):
        ask(other, ONE)


@pytest.mark.parametrize("triples", [999, 1000, 1001, 2000])
@pytest.mark.parametrize("query", [ONE, GRAPH, f"{ONE} ORDER BY ?s # all"])
def test_round_numbers_are_looked_at_twice(triples: int, query: str, small: SmallStore) -> None:
    hold(small, triples)
    answer = ask(Endpoint(small.sparql), query)
    assert len(answer.rows or answer.triples) == triples
    small.most = 1000
    if triples <= 1000:
        ask(Endpoint(small.sparql), query)
        return
    with pytest.raises(QueryError, match=r"Q412 .*1,000 (rows|triples)"):
        ask(Endpoint(small.sparql), query)
    parts = [len(ask(Endpoint(small.sparql), f"{ONE} LIMIT {n}").rows) for n in (7, 1000)]
    assert parts == [7, 1000]
    assert len(ask(Endpoint(small.sparql), query, limit=999).rows or ()) in (0, 999)


def test_cells_of_other_spellings_are_understood(small: SmallStore) -> None:
    cells = [
        {
            "type": "typed-literal",
            "value": "1",
            "datatype": "http://www.w3.org/2001/XMLSchema#boolean",
        },
        {"type": "bnode", "value": "nodeID://b10001"},
        {"type": "literal", "value": "外", "xml:lang": "zh"},
        {"type": "uri", "value": "http://e.org/"},
    ]
    document = {
        "head": {"link": [], "vars": ["s", "t"]},
        "results": {"distinct": False, "bindings": [{"s": cell} for cell in cells]},
    }
    small.faults = [says(200, json.dumps(document).encode(), "application/json; charset=utf-8")]
    found = [row[0] for row in ask(Endpoint(small.sparql), ONE).rows]
    assert [(term.kind, term.value) for term in found if term] == [
        ("literal", "1"),
        ("blank", "b0"),
        ("literal", "外"),
        ("iri", "http://e.org/"),
    ]


@pytest.mark.parametrize(
    ("url", "loopback"),
    [
        ("http://127.0.0.1/", True),
        ("http://127.8.9.1/", True),
        ("http://[::1]/", True),
        ("http://LOCALHOST:1/", True),
        ("http://localhost.example.org/", False),
        ("http://127.0.0.1.example.org/", False),
        ("http://192.0.2.1/", False),
        ("http://0.0.0.0/", False),
    ],
)
def test_what_is_this_machine(url: str, loopback: bool) -> None:
    assert wire._is_loopback(wire.urlsplit(url)) is loopback


@pytest.mark.parametrize(
    "args",
    [
        ("query", "-e", ONE, "--graph", "http://e.org/"),
        ("query", "-e", ONE, "--unencrypted"),
        ("query", "-e", ONE, "--endpoint", "x"),
        ("query", "-e", ONE, "--endpoint", "http://a:b@localhost/"),
        ("query", "-e", ONE, "--endpoint", "http://localhost/", "--graph", "x"),
        ("examples", "--endpoint", "http://localhost/"),
        ("examples", "--run", "--graph", "http://e.org/"),
    ],
)
def test_wrong_usage_is_exit_2(args: tuple[str, ...], run: Run) -> None:
    assert run(*args).code == 2
