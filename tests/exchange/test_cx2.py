# SPDX-License-Identifier: Apache-2.0
"""CX2, as NDEx's own library reads it, and by rules of its specification that this passes over."""

import json
from collections import Counter

import pytest
from graph_files import ends, file, hostile, told
from hypothesis import given, settings
from ndex2.cx2 import CX2Network
from strategies import knowledge_bases, simple_kb

from exograph import vocab

TYPES = {"string": str, "integer": int, "boolean": bool}
NODE_SHAPES = {"ellipse", "triangle", "rectangle", "round-rectangle", "parallelogram", "diamond",
               "hexagon", "octagon", "vee"}  # fmt: skip
ARROWS = {"triangle", "tee", "circle", "square", "vee", "diamond", "none"}


def check(kb):
    raw = json.loads(file("cx2", kb))
    network = CX2Network()
    network.create_from_raw_cx2(raw)
    assert network.get_status() == {"success": True}
    entities = {id: n["v"]["entity"] for id, n in network.get_nodes().items()}
    assert sorted(entities.values()) == [e.id for e in kb.entities]
    for node in network.get_nodes().values():
        e = kb.entity[node["v"]["entity"]]
        values = node["v"]
        assert values["name"] == values["label_en"] == e.label_en
        assert (values["label_zh"], values["type"]) == (e.label_zh, e.type)
        assert tuple(values.get("synonyms", ())) == e.synonyms
    edges = list(network.get_edges().values())
    assert Counter((entities[e["s"]], entities[e["t"]], e["v"]["claim"]) for e in edges) == ends(kb)
    for edge in edges:
        expected = told(kb, kb.claim[edge["v"]["claim"]])
        assert {k: edge["v"][k] for k in expected} == expected
        assert edge["v"]["interaction"] == expected["predicate"]
    return raw


@given(knowledge_bases())
@settings(max_examples=30, deadline=None)
def test_ndex_reads_each_claim_once(kb):
    check(kb)


def test_ndex_reads_the_whole_knowledge_base(snapshot):
    check(snapshot.kb)


def test_hostile_text_survives_whole():
    check(hostile())


def aspects(kb):
    """By name; each may stand there once, as there are no fragments."""
    raw = json.loads(file("cx2", kb))
    assert raw[0] == {"CXVersion": "2.0", "hasFragments": False}
    assert list(raw[-1]) == ["status"]
    names = [name for part in raw for name in part if name not in ("CXVersion", "hasFragments")]
    assert len(set(names)) == len(names)
    return {name: part[name] for part in raw for name in part}


@pytest.mark.parametrize("kb", [hostile(), simple_kb()], ids=["hostile", "empty"])
def test_the_metadata_count_what_is_there(kb):
    held = aspects(kb)
    counts = {m["name"]: m["elementCount"] for m in held["metaData"]}
    rest = {"CXVersion", "hasFragments", "metaData", "status"}
    assert counts == {name: len(part) for name, part in held.items() if name not in rest}


def test_each_attribute_is_declared_and_of_its_type(snapshot):
    held = aspects(snapshot.kb)
    (declared,) = held["attributeDeclarations"]
    for place in ("nodes", "edges"):
        ids = [each["id"] for each in held[place]]
        assert len(set(ids)) == len(ids) and all(type(id) is int for id in ids)
        for each in held[place]:
            for name, value in each["v"].items():
                kind = declared[place][name]["d"]
                if kind == "list_of_string":
                    assert value and all(type(v) is str for v in value)
                else:
                    assert type(value) is TYPES[kind], name


def test_the_style_maps_declared_attributes_to_looks_that_cytoscape_has():
    held = aspects(hostile())
    (declared,), (style,) = held["attributeDeclarations"], held["visualProperties"]
    for place, mappings in (("nodes", "nodeMapping"), ("edges", "edgeMapping")):
        for mapping in style[mappings].values():
            definition = mapping["definition"]
            assert declared[place][definition["attribute"]]["d"] == definition["type"]
    maps = {name: {p["v"]: p["vp"] for p in m["definition"].get("map", ())}
            for kind in ("nodeMapping", "edgeMapping")
            for name, m in style[kind].items()}  # fmt: skip
    assert set(maps["NODE_SHAPE"]) == set(maps["NODE_BACKGROUND_COLOR"]) == set(vocab.TYPES)
    assert set(maps["NODE_SHAPE"].values()) <= NODE_SHAPES
    assert set(maps["EDGE_TARGET_ARROW_SHAPE"].values()) <= ARROWS
    assert len(set(maps["EDGE_TARGET_ARROW_SHAPE"].values())) == 5
    shown = {e["v"]["sign_text"] for e in held["edges"]}
    assert shown <= set(maps["EDGE_LINE_COLOR"])
