# SPDX-License-Identifier: Apache-2.0
"""A query in a process of its own: the only way to stop one, and to outlive its crash.

The child reads one JSON document from standard input (where the triples are, and the query) and
writes one to standard output (the answer, or the error).
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from exograph.errors import ExographError, QueryError, SnapshotError
from exograph.rdf.term import Term
from exograph.store.answers import Answer, results_json, term_of_binding
from exograph.store.asking import Store, ask, crashed, out_of_memory


def ask_in_child(
    store: Store, query: str, limit: int | None, *, timeout: float, memory: int
) -> Answer:
    """As ``ask``, but killed after ``timeout`` seconds. Starting the child takes about 0.1 s."""
    task = {
        "nquads": str(store.nquads.resolve()),
        "disk": None if store.disk is None else str(store.disk.resolve()),
        "prefixes": dict(store.prefixes),
        "query": query,
        "limit": limit,
        "memory": memory,
    }
    # -P: a json.py in the current folder must not be imported instead of the library's
    command = [sys.executable, "-P", "-m", "exograph.store.child"]
    try:
        done = subprocess.run(
            command,
            input=json.dumps(task).encode(),
            capture_output=True,
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise QueryError(
            "Q205",
            f"The query was stopped after {timeout:g} s.",
            "Narrow it, end it with LIMIT, or allow more time with --timeout.",
        ) from None
    if done.returncode != 0 or not done.stdout:
        raise _crash(done)
    return _answer(json.loads(done.stdout))


def _crash(done: subprocess.CompletedProcess[bytes]) -> QueryError:
    said = done.stderr.decode(errors="replace").strip().splitlines()
    if any("memory" in line.lower() for line in said):
        return out_of_memory()
    return crashed(done.returncode, said[-1] if said else "")


def _answer(document: dict[str, Any]) -> Answer:
    if error := document.get("error"):
        kind = {"QueryError": QueryError, "SnapshotError": SnapshotError}[error.pop("class")]
        raise kind(**error)
    truncated = document["truncated"]
    if document["kind"] == "graph":
        triples = tuple((Term(*s), Term(*p), Term(*o)) for s, p, o in document["triples"])
        return Answer("graph", triples=triples, truncated=truncated)
    results = document["results"]
    if document["kind"] == "ask":
        return Answer("ask", boolean=results["boolean"])
    variables = tuple(results["head"]["vars"])
    rows = tuple(
        tuple(term_of_binding(binding.get(v)) for v in variables)
        for binding in results["results"]["bindings"]
    )
    return Answer("select", variables, rows, truncated=truncated)


def _limit_memory(memory: int) -> None:
    try:
        import resource
    except ImportError:  # no such limits on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _serve(task: dict[str, Any]) -> str:
    disk = None if task["disk"] is None else Path(task["disk"])
    store = Store(Path(task["nquads"]), task["prefixes"], disk)
    try:
        answer = ask(store, task["query"], limit=task["limit"])
    except ExographError as error:
        return json.dumps(
            {
                "error": {
                    "class": type(error).__name__,
                    "code": error.code,
                    "message": error.message,
                    "cure": error.cure,
                }
            }
        )
    head = f'{{"kind":"{answer.kind}","truncated":{json.dumps(answer.truncated)},'
    if answer.kind == "graph":
        return f'{head}"triples":{json.dumps(answer.triples)}}}'
    return f'{head}"results":{results_json(answer)}}}'


def main() -> None:
    task = json.load(sys.stdin.buffer)
    _limit_memory(task["memory"])
    sys.stdout.buffer.write(_serve(task).encode())


if __name__ == "__main__":
    main()
