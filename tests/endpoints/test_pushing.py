# SPDX-License-Identifier: Apache-2.0
"""Pushing into a store that behaves, or does not."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from answering import Run
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad
from small_store import PASSWORD, USER, Fault, Handler, SmallStore, fine, raw, says

from exograph.errors import QueryError
from exograph.exchange import wire
from exograph.exchange.endpoint import Endpoint
from exograph.exchange.pushing import GENID, Pushed, Target, push
from exograph.exchange.signing import Credentials
from exograph.exchange.wire import Caller
from exograph.snapshot import Snapshot

PROGRAM = "from exograph.cli import main; main()"
FEW = [
    *(f'<http://e.org/{n}> <http://e.org/p> "{n}" .\n' for n in range(7)),
    "<http://e.org/x> <http://e.org/q> _:b1 .\n",
    '_:b1 <http://e.org/q> "_:b1 \\"外泌体\\"" .\n',
]


@pytest.fixture
def few(tmp_path: Path) -> Path:
    file = tmp_path / "few.nq"
    file.write_text("".join(FEW), encoding="utf-8")
    return file


def target(store: SmallStore, graph: str = "", caller: Caller | None = None) -> Target:
    endpoint = Endpoint(store.sparql, {"e": "http://e.org/"}, None, caller or Caller())
    return Target(store.data, graph, endpoint)


def pushing(store: SmallStore, file: Path, graph: str = "", **more: object) -> Pushed:
    """Pushes a file, two triples at a time."""
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    caller = more.pop("caller", None)
    assert caller is None or isinstance(caller, Caller)
    where = target(store, graph, caller)
    return push(where, file, digest, file.parent / "home", **{"chunk": 2, **more})  # type: ignore[arg-type]


def test_the_knowledge_base_is_pushed_once(small: SmallStore, run: Run, snapshot: Snapshot) -> None:
    triples = snapshot.nquads.read_bytes().count(b"\n")
    first = run("push", small.data)
    assert first.code == 0 and first.err == ""
    assert first.out.startswith(f"{triples:,} triples in the default graph at {small.data}: ")
    assert sum(small.sent()) == len(small.held) == triples
    small.asked.clear()
    again = run("push", small.data)
    assert (again.code, again.out) == (0, first.out)
    assert again.err == "0 of them sent now; the rest was there.\n"
    assert small.sent() == []


def test_a_graph_is_taken_by_name(small: SmallStore, few: Path) -> None:
    assert pushing(small, few, "http://e.org/g?a=1&b=2") == Pushed(9, 9, 2)
    assert {str(graph) for graph in small.held.named_graphs()} == {"<http://e.org/g?a=1&b=2>"}
    assert small.sent() == [0, 2, 2, 2, 2, 1]


def test_blank_nodes_are_not_doubled_by_a_repetition(small: SmallStore, few: Path) -> None:
    lost: list[Fault] = [fine] * 5 + [raw(b"")]  # after which the piece is sent again
    small.faults = lost
    pushing(small, few)
    held = {str(quad.object) for quad in small.held if "q" in quad.predicate.value}
    assert held == {f"<{GENID}b1>", '"_:b1 \\"外泌体\\""'}


class Killed(Exception):
    """Stands for SIGKILL in this process: nothing is caught after it."""


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("request_number", range(9))
def test_a_push_that_ends_anywhere_is_taken_up(
    request_number: int, after: bool, small: SmallStore, few: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Caller.call
    calls = iter(range(100))

    def dying(self: Caller, *args: object, **more: object) -> object:
        last = next(calls) == request_number
        if last and not after:
            raise Killed
        reply = whole(self, *args, **more)  # type: ignore[arg-type]
        if last:
            raise Killed
        return reply

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(Caller, "call", dying)
        pushing(small, few)
    small.asked.clear()
    pushing(small, few, chunk=3)
    assert len(small.held) == 9
    confirmed = max(0, 2 * (request_number - 2))
    assert sum(small.sent()) == max(0, 9 - confirmed)


@pytest.mark.parametrize(("number", "applied"), [(1, True), (5, False)])
def test_a_killed_program_is_taken_up(
    number: int, applied: bool, small: SmallStore, run: Run, own_home: Path
) -> None:
    process: subprocess.Popen[bytes]
    seen: list[int] = []

    def kill(handler: Handler) -> bool:
        if "/data" in handler.path:
            seen.append(1)
        if len(seen) != number:
            return False
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        return True

    if applied:
        small.after = kill
    else:
        small.faults = [kill] * 100
    args = ["push", small.data, "--chunk", "10000"]
    command = [sys.executable, "-c", PROGRAM, "--home", own_home, *args]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    assert process.wait(60) == -signal.SIGKILL
    small.after, small.faults = None, []
    small.asked.clear()
    answer = run(*args)
    assert answer.code == 0, answer.err
    assert len(small.sent()) - 1 == 8 - max(0, number - 2)  # the first is empty


def test_a_damaged_state_is_none(small: SmallStore, few: Path) -> None:
    pushing(small, few)
    (state,) = (few.parent / "home" / "pushes").iterdir()
    for text in (
        "",
        "{",
        "[]",
        '{"confirmed": 9}',
        json.dumps({"endpoint": "x", "graph": "", "sha256": "", "confirmed": 9, "replace": False}),
    ):
        state.write_text(text, encoding="utf-8")
        with pytest.raises(QueryError, match="Q421"):
            pushing(small, few)


def test_a_store_that_was_emptied_gets_all_again(small: SmallStore, few: Path) -> None:
    pushing(small, few)
    small.held.clear()
    assert pushing(small, few).sent == 9
    assert len(small.held) == 9


def test_triples_of_others_are_not_mixed_with_ours(small: SmallStore, few: Path) -> None:
    others = Quad(NamedNode("http://o.org/"), NamedNode("http://o.org/"), Literal("o"))
    small.held.add(others)
    with pytest.raises(QueryError, match=r"Q421 the default graph .* holds 1 triples"):
        pushing(small, few)
    assert list(small.held) == [others] and small.sent() == []
    assert pushing(small, few, replacing=True).triples == 9
    assert others not in small.held and len(small.held) == 9


def test_a_replacement_that_was_ended_goes_on(small: SmallStore, few: Path) -> None:
    for n in range(30):
        small.held.add(
            Quad(NamedNode(f"http://o.org/{n}"), NamedNode("http://o.org/"), Literal(""))
        )
    small.faults = [says(500)]
    with pytest.raises(QueryError, match="Q407"):
        pushing(small, few, replacing=True)
    assert pushing(small, few).sent == 9
    assert len(small.held) == 9


def test_counts_that_differ_are_told_by_property(small: SmallStore, few: Path) -> None:
    def meddle(handler: Handler) -> bool:
        graph = DefaultGraph()
        small.held.remove(
            Quad(NamedNode("http://e.org/3"), NamedNode("http://e.org/p"), Literal("3"), graph)
        )
        return False

    small.after = meddle
    with pytest.raises(QueryError) as told:
        pushing(small, few)
    assert told.value.code == "Q422"
    assert "holds 8 triples; 9 were pushed (by property: e:p 6 of 7)" in told.value.message


def test_a_triple_that_is_another_is_told(small: SmallStore, few: Path) -> None:
    def meddle(handler: Handler) -> bool:
        old = Quad(NamedNode("http://e.org/0"), NamedNode("http://e.org/p"), Literal("0"))
        if old in small.held and len(small.held) == 9:
            small.held.remove(old)
            small.held.add(Quad(old.subject, old.predicate, Literal("O")))
        return False

    small.after = meddle
    with pytest.raises(QueryError, match=r'Q423 .*<http://e.org/0> <http://e.org/p> "0"'):
        pushing(small, few)
    assert pushing(small, few, asking=False).asked == 0


@pytest.mark.parametrize("auth", ["Basic", "Digest", "both"])
def test_a_store_that_asks_who_we_are_is_told(
    auth: str, small: SmallStore, few: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.auth = auth
    with pytest.raises(QueryError, match=r"Q404 .*asks who you are"):
        pushing(small, few)
    pushing(small, few, caller=Caller(Credentials(USER, PASSWORD)))
    assert small.sent().count(0) == 3, "once without us, then a challenge and its answer"
    with pytest.raises(QueryError, match=r"Q404 .*does not take this user") as told:
        pushing(small, few, "http://e.org/g", caller=Caller(Credentials(USER, "wrong one")))
    assert "wrong one" not in str(told.value) and "wrong one" not in repr(
        Credentials("", "wrong one")
    )
    monkeypatch.setenv("EXOGRAPH_USER", USER)
    monkeypatch.setenv("EXOGRAPH_PASSWORD", PASSWORD)
    small.held.clear()
    assert run("push", small.data).code == 0


def test_no_file_holds_a_password(
    small: SmallStore, run: Run, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.auth = "Digest"
    monkeypatch.setenv("EXOGRAPH_USER", USER)
    monkeypatch.setenv("EXOGRAPH_PASSWORD", PASSWORD)
    answer = run("push", small.data)
    files = [file.read_text("utf-8") for file in (own_home / "pushes").iterdir()]
    assert len(files) == 1
    assert all(
        PASSWORD not in text and USER not in text for text in [*files, answer.out, answer.err]
    )


def test_a_password_is_not_sent_unless_it_is_asked_for(small: SmallStore, few: Path) -> None:
    pushing(small, few, caller=Caller(Credentials(USER, PASSWORD)))
    assert all("authorization" not in asked.headers for asked in small.asked)


def test_a_password_does_not_go_unencrypted_to_another_machine(
    small: SmallStore, few: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "_is_loopback", lambda parts: False)
    small.auth = "Basic"
    known = Credentials(USER, PASSWORD)
    with pytest.raises(QueryError, match="Q405"):
        pushing(small, few, caller=Caller(known))
    assert all("authorization" not in asked.headers for asked in small.asked)
    pushing(small, few, caller=Caller(known, unencrypted=True))


def test_a_way_to_sign_in_that_is_not_known_is_told(small: SmallStore, few: Path) -> None:
    small.auth = "odd"
    with pytest.raises(QueryError, match="Q404"):
        pushing(small, few, caller=Caller(Credentials(USER, PASSWORD)))


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_busy_store_is_asked_again(status: int, small: SmallStore, few: Path) -> None:
    small.faults = [fine, fine, says(status, Retry_After="0"), says(status), raw(b""), fine]
    assert pushing(small, few).sent == 9
    assert len(small.held) == 9


@pytest.mark.parametrize(
    ("status", "code"),
    [(500, "Q407"), (400, "Q407"), (413, "Q407"), (404, "Q407"), (403, "Q404"), (206, "Q407")],
)
def test_a_refusal_is_not_repeated(status: int, code: str, small: SmallStore, few: Path) -> None:
    small.faults = [fine, fine, says(status, b"<p>no \x1b[31m</p>", "text/html")]
    with pytest.raises(QueryError, match=rf"{code} .*\({status}: no \[31m\)"):
        pushing(small, few)
    assert small.sent() == [0, 2]


@pytest.mark.parametrize(("fault", "code"), [(says(503), "Q408"), (raw(b""), "Q409")])
def test_patience_ends(fault: Fault, code: str, small: SmallStore, few: Path) -> None:
    small.faults = [fine, fine, *[fault] * 100]
    with pytest.raises(QueryError, match=code):
        pushing(small, few)
    assert small.sent() == [0, *[2] * wire.TRIES]


@pytest.mark.parametrize(
    "args",
    [
        ("push", "http://localhost/rdf"),
        ("push", "localhost/data"),
        ("push", "ftp://localhost/data"),
        ("push", "http://localhost:x/data"),
        ("push", "http://a:b@localhost/data"),
        ("push", "http://localhost/data#x"),
        ("push", "http://localhost/data", "--graph", "kb"),
        ("push", "http://localhost/data", "--sparql", "x"),
        ("push", "http://localhost/data", "--chunk", "0"),
        ("push",),
    ],
)
def test_wrong_usage_is_exit_2(args: tuple[str, ...], run: Run) -> None:
    answer = run(*args)
    assert answer.code == 2 and "a:b" not in answer.err


def test_half_a_sign_in_is_wrong_usage(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXOGRAPH_USER", USER)
    assert run("push", "http://localhost/data").code == 2
