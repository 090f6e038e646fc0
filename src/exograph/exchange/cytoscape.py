# SPDX-License-Identifier: Apache-2.0
"""The JSON of Cytoscape.js, as Cytoscape, py4cytoscape and networkx read it."""

from __future__ import annotations

from collections.abc import Iterator

from exograph.exchange.content import Content
from exograph.exchange.elements import edges, nodes
from exograph.exchange.formats import Files
from exograph.exchange.writing import compact, encoded, listed


def cyjs(content: Content) -> Files:
    """Entities as nodes, claims as edges with their ids.

    ``value`` and ``key``, which repeat the ids, and what stands at the top are for networkx.
    """
    yield "", encoded(_parts(content))


def _parts(content: Content) -> Iterator[str]:
    head = {
        "format_version": "1.0",
        "generated_by": f"exograph-{content.version}",
        "target_cytoscapejs_version": "~2.1",
        "directed": True,
        "multigraph": True,
        "data": {"name": "exograph", "shared_name": "exograph"},
    }
    yield f'{compact(head)[:-1]},\n"elements":{{"nodes":['
    yield from listed(_nodes(content))
    yield '\n],"edges":['
    yield from listed(_edges(content))
    yield "\n]}}\n"


def _nodes(content: Content) -> Iterator[str]:
    for entity, values in nodes(content):
        own = {"id": entity.id, "value": entity.id, "name": entity.label_en, **values}
        yield compact({"data": own})


def _edges(content: Content) -> Iterator[str]:
    for claim, values in edges(content):
        own = {
            "id": claim.id,
            "source": claim.subject,
            "target": claim.object,
            "key": claim.id,
            "interaction": claim.predicate,
            **values,
        }
        yield compact({"data": own})
