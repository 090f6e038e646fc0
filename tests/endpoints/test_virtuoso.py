# SPDX-License-Identifier: Apache-2.0
"""The knowledge base in Virtuoso: pushed, killed and resumed, asked, and not believed blindly."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from answering import Run
from virtuoso import MAX_ROWS, Virtuoso

from exograph.exchange.endpoint import Endpoint, ask
from exograph.exchange.pushing import GRAPH
from exograph.snapshot import Snapshot

PROGRAM = "from exograph.cli import main; main()"
EVERYTHING = "SELECT * { ?s ?p ?o }"
SLOW = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f FILTER(?c < ?f && ?o < ?b) }"


@pytest.fixture
def there(pushed: Virtuoso) -> list[str]:
    return ["--endpoint", pushed.sparql, "--graph", GRAPH]


def count(store: Virtuoso, graph: str) -> int:
    found = ask(
        Endpoint(store.sparql), f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{?s ?p ?o}} }}"
    )
    cell = found.rows[0][0]
    assert cell is not None
    return int(cell.value)


def test_a_push_takes_a_named_graph_and_is_counted(
    known: Virtuoso, run: Run, snapshot: Snapshot
) -> None:
    first = run("push", known.store)
    assert first.code == 0 and GRAPH in first.out, first.err
    again = run("push", known.store)
    assert again.code == 0 and again.err.startswith("0 of them sent now")
    assert count(known, GRAPH) == snapshot.nquads.read_bytes().count(b"\n")
    assert known.password not in first.out + first.err + again.out + again.err


def test_all_shipped_questions_give_their_rows(run: Run, there: list[str]) -> None:
    answer = run("examples", "--run", "--json", *there)
    differ = {record["name"]: record for record in answer.json if not record["agrees"]}
    assert len(answer.json) >= 70
    assert differ == {}


def test_ten_thousand_rows_are_not_taken_for_all(run: Run, there: list[str]) -> None:
    for query in (EVERYTHING, f"{EVERYTHING} LIMIT {MAX_ROWS + 1}", f"{EVERYTHING} ORDER BY ?s"):
        answer = run("query", "-e", query, *there)
        assert answer.code == 1 and answer.out == ""
        assert answer.err.startswith("Q412: ") and "10,000 rows" in answer.err
    graph = run("query", "-e", "CONSTRUCT WHERE { ?s ?p ?o }", *there)
    assert graph.code == 1 and graph.err.startswith("Q412: ")


@pytest.mark.parametrize("most", [MAX_ROWS, MAX_ROWS - 1, 7])
def test_as_many_rows_as_were_asked_for_are_all(most: int, run: Run, there: list[str]) -> None:
    answer = run("query", "-e", f"SELECT ?s {{ ?s ?p ?o }} LIMIT {most}", "--format", "csv", *there)
    assert answer.code == 0 and len(answer.out.split()) == most + 1


def test_what_was_found_when_the_time_was_up_is_no_answer(run: Run, pushed: Virtuoso) -> None:
    url = f"{pushed.sparql}?timeout=1000"
    answer = run("query", "-e", SLOW, "--endpoint", url, "--graph", GRAPH)
    assert answer.code == 1 and answer.out == ""
    assert answer.err.startswith("Q413: ") and "incomplete" in answer.err


def test_a_query_that_takes_too_long_for_us_is_given_up(run: Run, there: list[str]) -> None:
    began = time.monotonic()
    answer = run("query", "-e", SLOW, "--timeout", "1", *there)
    assert answer.code == 1 and answer.err.startswith("Q403: ")
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "xml"])
def test_an_answer_looks_as_it_does_here(form: str, run: Run, there: list[str]) -> None:
    for name in ("cargo-by-source", "what-reaches-vegfa", "kinds-of-dressings"):
        asked = ("query", "--example", name, "--format", form)
        assert run(*asked, *there).out == run(*asked).out


def test_long_queries_are_asked(run: Run, there: list[str]) -> None:
    values = " ".join(f'"{number:0100}"' for number in range(300))
    long = f"SELECT ?c {{ entity:bmsc-exo exo:carries ?c VALUES ?y {{ {values} }} }}"
    assert len(long) > 30_000
    assert run("query", "-e", long, *there).code == 0


def test_a_mistake_is_told_in_its_words(run: Run, there: list[str]) -> None:
    answer = run("query", "-e", "SELECT * { ?a ?b }", *there)
    assert answer.code == 1 and answer.err.startswith("Q407: ") and "syntax error" in answer.err


def test_without_or_with_a_wrong_password_nothing_is_pushed(
    other: Virtuoso, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("push", other.store, "--graph", "http://e.org/no").err.startswith("Q404: ")
    monkeypatch.setenv("EXOGRAPH_USER", "dba")
    monkeypatch.setenv("EXOGRAPH_PASSWORD", "no such password")
    wrong = run("push", other.store, "--graph", "http://e.org/no")
    assert wrong.code == 1 and wrong.err.startswith("Q404: ")
    assert "no such password" not in wrong.err
    open_to_all = f"{other.address}/sparql-graph-crud"
    assert run("push", open_to_all, "--graph", "http://e.org/no").err.startswith("Q404: ")
    assert count(other, "http://e.org/no") == 0


def test_its_default_graph_cannot_be_had(known: Virtuoso, run: Run) -> None:
    answer = run("push", known.store, "--graph", "default")
    assert answer.code == 1 and "--graph" in answer.err


@pytest.mark.parametrize("moment", [0, 3])
def test_a_push_that_is_killed_is_taken_up(
    moment: int, known: Virtuoso, run: Run, own_home: Path, snapshot: Snapshot
) -> None:
    graph = f"http://e.org/killed/{moment}"
    args = ["push", known.store, "--graph", graph, "--chunk", "2000"]
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "--home", own_home, *args],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        end = time.monotonic() + 60
        while time.monotonic() < end and count(known, graph) < moment * 15_000 + 1:
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
    finally:
        process.kill()
        process.wait()
    triples = snapshot.nquads.read_bytes().count(b"\n")
    assert 0 < count(known, graph) < triples
    answer = run(*args)
    assert answer.code == 0, answer.err
    assert count(known, graph) == triples


def test_the_graph_of_others_is_replaced_only_if_that_is_said(
    known: Virtuoso, run: Run, own_home: Path
) -> None:
    args = ("push", known.store, "--graph", "http://e.org/others", "--no-check")
    assert run(*args).code == 0
    for file in (own_home / "pushes").iterdir():
        file.unlink()
    refused = run(*args)
    assert refused.code == 1 and refused.err.startswith("Q421: ")
    assert run(*args, "--replace").code == 0
