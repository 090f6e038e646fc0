# SPDX-License-Identifier: Apache-2.0
"""The knowledge base as networkx graphs: what users of Python get, and the oracle of the paths."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from exograph import vocab
from exograph.kb import roles
from exograph.model import KnowledgeBase

if TYPE_CHECKING:
    import networkx as nx

Network: TypeAlias = "nx.MultiDiGraph"


def to_networkx(kb: KnowledgeBase) -> nx.MultiDiGraph:
    """Entities as nodes and claims as edges, from subject to object, keyed by claim id.

    A node has ``type``, ``label_en``, ``label_zh`` and ``roles`` (a sorted tuple). An edge has
    ``predicate``, ``sign`` (+1, -1, 0, or None if it is no effect), ``basis`` (of its supporting
    statements, None without one), ``references`` (those that support it, sorted), ``kind``
    (``effect`` or ``structural``), ``supported`` and ``refuted``.
    """
    import networkx as nx

    graph = nx.MultiDiGraph()
    played = roles(kb)
    for entity in kb.entities:
        graph.add_node(
            entity.id,
            type=entity.type,
            label_en=entity.label_en,
            label_zh=entity.label_zh,
            roles=tuple(sorted(played.get(entity.id, ()))),
        )
    for claim in kb.claims:
        supporting = {s.reference for s in claim.statements if s.supports}
        graph.add_edge(
            claim.subject,
            claim.object,
            key=claim.id,
            predicate=claim.predicate,
            sign=claim.sign,
            basis=claim.basis,
            references=tuple(sorted(supporting)),
            kind="structural" if claim.sign is None else "effect",
            supported=claim.supported,
            refuted=claim.refuted,
        )
    return graph


def walkable(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """The supported claims that paths walk, as edges in the direction that paths walk them.

    ``isolated_from`` is turned round: its edge leads from the tissue to the cell. Each edge has
    its former data and ``direction``, ``forward`` or ``backward``.
    """
    import networkx as nx

    result = nx.MultiDiGraph()
    result.add_nodes_from(graph.nodes(data=True))
    for subject, object, key, data in graph.edges(keys=True, data=True):
        walk = vocab.PREDICATES[data["predicate"]].walk
        if walk == "never" or not data["supported"]:
            continue
        tail, head = (object, subject) if walk == "backward" else (subject, object)
        result.add_edge(tail, head, key=key, **data, direction=walk)
    return result
