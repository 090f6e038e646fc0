# SPDX-License-Identifier: Apache-2.0
"""GraphML, as networkx and igraph read it."""

import io
import json
from collections import Counter
from xml.etree import ElementTree

import networkx as nx
import pytest
from graph_files import HOSTILE, ends, file, hostile, told
from hypothesis import given, settings
from strategies import knowledge_bases

from exograph.exchange.writing import fit
from exograph.kb import roles

LISTS = ("references", "references_against", "references_retracted")


def read(kb):
    data = io.BytesIO(file("graphml", kb))
    return nx.read_graphml(data, edge_key_type=str, force_multigraph=True)


def edges(graph):
    """By claim id, with lists read as JSON."""
    return {
        key: {k: json.loads(v) if k in LISTS else v for k, v in data.items()}
        for _, _, key, data in graph.edges(keys=True, data=True)
    }


def check(kb):
    graph = read(kb)
    assert graph.is_directed()
    assert Counter(iter(graph.edges(keys=True))) == ends(kb)
    assert set(graph) == {e.id for e in kb.entities}
    played = roles(kb)
    for e in kb.entities:
        node = graph.nodes[e.id]
        assert (node["type"], node["label_en"]) == (e.type, fit(e.label_en))
        assert node["label_zh"] == fit(e.label_zh)
        assert json.loads(node.get("synonyms", "[]")) == [fit(s) for s in e.synonyms]
        assert json.loads(node.get("roles", "[]")) == sorted(played.get(e.id, ()))
        assert ("description" in node) == (e.description is not None)
    held = edges(graph)
    for claim in kb.claims:
        found = held[claim.id]
        expected = told(kb, claim)
        assert {k: found[k] for k in expected} == expected
        assert found["claim"] == claim.id
        rest = {"claim", "label_en", "label_zh", "sign_text"}
        assert set(found) == set(expected) | rest


@given(knowledge_bases())
@settings(max_examples=30, deadline=None)
def test_networkx_reads_each_claim_once(kb):
    check(kb)


def test_networkx_reads_the_whole_knowledge_base(snapshot):
    check(snapshot.kb)


def test_numbers_and_truths_keep_their_types(snapshot):
    graph = read(snapshot.kb)
    for _, _, data in graph.edges(data=True):
        assert type(data["supported"]) is bool
        assert {type(data[k]) for k in ("reference_count", "study_count")} == {int}
        assert data.get("sign", 0) in (-1, 0, 1) and type(data.get("sign", 0)) is int


def test_hostile_text_survives_but_for_what_xml_cannot_hold():
    kb = hostile()
    check(kb)
    label = read(kb).nodes["a"]["label_en"]
    assert label == HOSTILE.translate(dict.fromkeys((0, 7, 0x1F, 0xFFFE), "�"))
    assert label.count("�") == 4


def test_parallel_edges_and_loops_are_kept():
    graph = read(hostile())
    assert graph.number_of_edges("a", "b") == 2
    assert graph.number_of_edges("a", "a") == 1


def test_an_edge_without_a_direction_differs_from_one_that_is_no_effect():
    texts = {d["predicate"]: (d.get("sign"), d["sign_text"])
             for _, _, d in read(hostile()).edges(data=True)}  # fmt: skip
    assert texts == {
        "inhibits": (-1, "negative"),
        "regulates": (0, "unsigned"),
        "interacts_with": (None, "structural"),
        "no_effect_on": (None, "no_effect"),
    }


def test_igraph_reads_the_same(tmp_path, snapshot):
    igraph = pytest.importorskip("igraph", reason="igraph is GPL: only the benchmarks install it")
    for kb in (hostile(), snapshot.kb):
        path = tmp_path / "kb.graphml"
        path.write_bytes(file("graphml", kb))
        graph = igraph.Graph.Read_GraphML(str(path))
        ids = graph.vs["id"]
        assert graph.is_directed()
        assert Counter((ids[e.source], ids[e.target], e["claim"]) for e in graph.es) == ends(kb)
        assert graph.es["supported"] == [c.supported for c in kb.claims]
        assert graph.es["statement_count"] == [len(c.statements) for c in kb.claims]
        assert graph.vs["label_zh"] == [fit(e.label_zh) for e in kb.entities]


def test_every_key_is_declared_once_and_names_its_place():
    root = ElementTree.fromstring(file("graphml", hostile()))
    space = "{http://graphml.graphdrawing.org/xmlns}"
    keys = [k.attrib for k in root.iter(f"{space}key")]
    assert len({k["id"] for k in keys}) == len(keys)
    for place in ("node", "edge"):
        allowed = {k["id"] for k in keys if k["for"] == place}
        used = {d.attrib["key"] for e in root.iter(space + place) for d in e.iter(f"{space}data")}
        assert used and used <= allowed
