# SPDX-License-Identifier: Apache-2.0
"""The knowledge base in the server of Oxigraph, which has a default graph and takes no password."""

from __future__ import annotations

from collections.abc import Iterator

import oxigraph
import pytest
from answering import Run


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    with oxigraph.running() as address:
        yield address


@pytest.mark.parametrize("graph", [None, "http://e.org/graph"])
def test_what_was_pushed_answers_all_shipped_questions(
    graph: str | None, store: str, run: Run
) -> None:
    named = [] if graph is None else ["--graph", graph]
    for more in ([], ["--replace"])[: 1 if graph else 2]:
        pushed = run("push", store, *named, *more)
        assert pushed.code == 0, pushed.err
    there = ["--endpoint", store.replace("/store", "/query"), *named]
    answer = run("examples", "--run", *there)
    assert answer.code == 0 and answer.err.endswith(" asked, 0 differ.\n"), answer.out


def test_a_long_answer_is_whole(store: str, run: Run) -> None:
    assert run("push", store, "--replace").code == 0
    there = ["--endpoint", store.replace("/store", "/query"), "--format", "nt"]
    everything = run("query", "-e", "CONSTRUCT WHERE { ?s ?p ?o }", *there)
    assert everything.code == 0 and everything.out.count("\n") > 70_000
