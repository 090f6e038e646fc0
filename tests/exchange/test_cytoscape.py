# SPDX-License-Identifier: Apache-2.0
"""The JSON of Cytoscape.js, as networkx reads it, and as Cytoscape wants it."""

import json
from collections import Counter

import networkx as nx
from graph_files import ends, file, hostile, told
from hypothesis import given, settings
from strategies import knowledge_bases


def check(kb):
    data = json.loads(file("cyjs", kb))
    graph = nx.cytoscape_graph(data)
    assert isinstance(graph, nx.MultiDiGraph)
    assert Counter(iter(graph.edges(keys=True))) == ends(kb)
    assert set(graph) == {e.id for e in kb.entities}
    for e in kb.entities:
        node = graph.nodes[e.id]
        assert node["name"] == node["label_en"] == e.label_en
        assert (node["label_zh"], node["type"]) == (e.label_zh, e.type)
        assert tuple(node.get("synonyms", ())) == e.synonyms
    for claim in kb.claims:
        found, expected = graph.edges[claim.subject, claim.object, claim.id], told(kb, claim)
        assert {k: found[k] for k in expected} == expected
    return data


@given(knowledge_bases())
@settings(max_examples=30, deadline=None)
def test_networkx_reads_each_claim_once(kb):
    check(kb)


def test_networkx_reads_the_whole_knowledge_base(snapshot):
    check(snapshot.kb)


def test_hostile_text_and_parallel_edges_and_loops_survive():
    check(hostile())


def test_elements_are_as_cytoscape_wants_them(snapshot):
    data = json.loads(file("cyjs", snapshot.kb))
    assert data["format_version"] == "1.0" and data["data"]["name"]
    ids = [e["data"]["id"] for place in ("nodes", "edges") for e in data["elements"][place]]
    assert len(set(ids)) == len(ids), "ids are unique over nodes and edges"
    for place in ("nodes", "edges"):
        for element in data["elements"][place]:
            assert list(element) == ["data"]
            for value in element["data"].values():
                assert value is not None and value != []  # Cytoscape takes no type from these
    for edge in data["elements"]["edges"]:
        assert type(edge["data"]["statement_count"]) is int
        assert type(edge["data"]["refuted"]) is bool
