# SPDX-License-Identifier: Apache-2.0
"""GEXF, as networkx reads it, and by the rules of its schema that networkx does not look at."""

import io
import json
from collections import Counter
from xml.etree import ElementTree

import networkx as nx
from graph_files import ends, file, hostile, told
from hypothesis import given, settings
from strategies import knowledge_bases, simple_kb

from exograph.exchange.looks import KINDS, rgb
from exograph.exchange.writing import fit

SPACE = "{http://gexf.net/1.3}"
LISTS = ("references", "references_against", "references_retracted")


def read(kb):
    return nx.read_gexf(io.BytesIO(file("gexf", kb)), version="1.3")


def check(kb):
    graph = read(kb)
    assert graph.is_directed()
    found = {d["id"]: (s, o, d) for s, o, d in graph.edges(data=True)}
    assert Counter((s, o, d["id"]) for s, o, d in graph.edges(data=True)) == ends(kb)
    assert set(graph) == {e.id for e in kb.entities}
    for e in kb.entities:
        node = graph.nodes[e.id]
        assert node["label"] == node["label_en"] == fit(e.label_en)
        assert (node["type"], node["label_zh"]) == (e.type, fit(e.label_zh))
        assert json.loads(node.get("synonyms", "[]")) == [fit(s) for s in e.synonyms]
        color = node["viz"]["color"]
        assert (color["r"], color["g"], color["b"]) == rgb(KINDS[e.type].color)
    for claim in kb.claims:
        data = found[claim.id][2]
        expected = told(kb, claim)
        held = {k: json.loads(v) if k in LISTS else v for k, v in data.items()}
        assert {k: held[k] for k in expected} == expected


@given(knowledge_bases())
@settings(max_examples=30, deadline=None)
def test_networkx_reads_each_claim_once(kb):
    check(kb)


def test_networkx_reads_the_whole_knowledge_base(snapshot):
    check(snapshot.kb)


def test_hostile_text_and_parallel_edges_and_loops_survive():
    kb = hostile()
    check(kb)
    graph = read(kb)
    assert graph.is_multigraph() and graph.number_of_edges("a", "b") == 2
    assert graph.has_edge("a", "a")


def test_numbers_and_truths_keep_their_types(snapshot):
    for _, _, data in read(snapshot.kb).edges(data=True):
        assert type(data["supported"]) is bool and type(data["study_count"]) is int
        assert type(data.get("sign", 0)) is int


def test_parallel_edges_differ_in_kind_so_that_gephi_keeps_them(snapshot):
    root = ElementTree.fromstring(file("gexf", snapshot.kb))
    kinds = [tuple(e.attrib[k] for k in ("source", "target", "kind"))
             for e in root.iter(f"{SPACE}edge")]  # fmt: skip
    assert len(set(kinds)) == len(kinds) == len(snapshot.kb.claims)


def test_elements_stand_where_the_schema_wants_them():
    root = ElementTree.fromstring(file("gexf", hostile()))
    assert root.attrib["version"] == "1.3"
    assert [c.tag for c in root] == [f"{SPACE}meta", f"{SPACE}graph"]
    graph = root[1]
    names = [c.tag.removeprefix(SPACE) for c in graph]
    assert names == ["attributes", "attributes", "nodes", "edges"]
    for attributes, elements in zip(graph[:2], graph[2:], strict=True):
        declared = [a.attrib["id"] for a in attributes]
        assert len(set(declared)) == len(declared)
        used = {v.attrib["for"] for v in elements.iter(f"{SPACE}attvalue")}
        assert used <= set(declared)


def test_a_graph_without_claims_is_written_too():
    kb = simple_kb()
    assert len(read(kb)) == 0
