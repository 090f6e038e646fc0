# SPDX-License-Identifier: Apache-2.0
"""What workers hold, and how they answer a message from it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exograph.api import Graph
from exograph.errors import ExographError
from exograph.store import Dataset, Request, Store, load, serve
from exograph.web import asked
from exograph.web.frames import Message
from exograph.web.pages import page


@dataclass(frozen=True)
class Held:
    """Triples, and the knowledge base that they are of, unless they are from elsewhere."""

    store: Store
    graph: Graph | None = None

    def answer(self, head: dict[str, Any], body: bytes) -> Message:
        """``format`` and the answer to a query, or a JSON document; or an ``error``."""
        try:
            if "query" in head:
                return self._query(head["query"], body.decode("utf-8", "surrogatepass"))
            if self.graph is None:
                raise ValueError("there is no knowledge base to ask")
            if "page" in head:
                text, policy = page(self.graph, head["page"], head["id"], head["lang"])
                return {"format": "html", "policy": policy}, text.encode("utf-8", "replace")
            fields = [(name, value) for name, value in head["fields"]]
            document = asked.answer(self.graph, head["name"], fields, head["timeout"])
        except ExographError as error:
            return {"error": told(error)}, b""
        text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
        return {"format": "json"}, text.encode("utf-8", "replace")

    def _query(self, head: dict[str, Any], query: str) -> Message:
        dataset = None if head["dataset"] is None else Dataset(*map(tuple, head["dataset"]))
        request = Request(
            query, head["rows"], head["graph"], dataset, head["most"], head.get("base")
        )
        reply = serve(self.store, request)
        return {"format": reply.format}, reply.body

    def rehearse(self) -> None:
        """Asks once in each way, so that all is imported and warm before the first fork."""
        head = {"rows": "json", "graph": "ttl", "most": 1 << 20}
        for query in (
            "SELECT * { ?s ?p ?o } LIMIT 1",
            "ASK { ?s ?p ?o }",
            "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 1",
            "SELECT * { ?s ?p",
            "SELECT * { SERVICE <x:x> { } }",
        ):
            for dataset in (None, [["x:x", "x:y"], []]):
                self.answer({"query": {**head, "dataset": dataset}}, query.encode())
        if self.graph is not None:
            _ = (self.graph.kb, self.graph.arrays)
            for name, fields in (
                ("search", [("q", "a")]),
                ("paths", [("start", "a"), ("end", "b")]),
            ):
                self.answer({"name": name, "fields": fields, "timeout": 1.0}, b"")
            for entity in self.graph.kb.entities[:1]:
                self.answer({"page": "entity", "id": f"{entity.id}?", "lang": "en"}, b"")


def hold(task: dict[str, Any]) -> Held:
    """What the server says to hold. Raises SnapshotError if it cannot be read."""
    if task["snapshot"] is not None:
        from exograph.snapshot import open_snapshot

        graph = Graph(open_snapshot(Path(task["snapshot"])))
        return Held(graph.snapshot.store(), graph)
    store = load(Path(task["rdf"]), foreign=True)
    _ = store.graph
    return Held(store)


def told(error: ExographError) -> dict[str, Any]:
    """An error as JSON values, and whether it is of a query."""
    return {
        "code": error.code,
        "message": error.message,
        "cure": error.cure,
        "suggestions": list(error.suggestions),
    }
