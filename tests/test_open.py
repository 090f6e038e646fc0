# SPDX-License-Identifier: Apache-2.0
"""``exograph.open()``: the knowledge base from Python, as the package's first lines show it."""

import copy
import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from strategies import simple_kb

import exograph
import exograph.api
from exograph.arrays import from_kb
from exograph.errors import InputError, QueryError
from exograph.paths import Weights, engine


@pytest.fixture(scope="module")
def told():
    return []


@pytest.fixture(scope="module")
def graph(tmp_path_factory, told):
    return exograph.open(home=tmp_path_factory.mktemp("home"), say=told.append)


def test_opening_builds_what_is_missing_and_says_so(graph, told):
    assert ["building" in line for line in told] == [True]
    assert repr(graph).startswith("<exograph.Graph of ")


def test_opening_again_builds_nothing(graph):
    said = []
    again = exograph.open(home=graph.snapshot.path.parent.parent, say=said.append)
    assert said == [] and again.kb == graph.kb


def test_opening_is_quiet_unless_asked(tmp_path, capsys):
    exograph.open(home=str(tmp_path / "home"))
    assert capsys.readouterr() == ("", "")


def test_paths_take_names_in_any_form(graph):
    result = graph.paths("BMSC-Exo", "血管生成", via="miR-126", top=1)
    [best] = result.paths
    assert (best.sign, best.telling) == ("+", "told")
    assert result.query.via == ("mir-126",)
    assert graph.explain(best).startswith("1. BMSC-Exo carries miR-126 ([38]")
    assert "受体细胞据第 2 步为" in graph.explain(best, lang="zh")
    assert graph.paths("type:Source", ["angiogenesis", "wound-healing"], told=True).paths


def test_an_unknown_name_gets_suggestions(graph):
    with pytest.raises(InputError) as caught:
        graph.paths("bmsc-exo", "angiogenesi")
    assert "angiogenesis" in caught.value.suggestions


def test_sparql_gives_rows_by_variable(graph):
    rows = graph.query("SELECT ?cargo { entity:bmsc-exo exo:carries ?cargo } ORDER BY ?cargo")
    assert {"cargo": "entity:klf3-as1"} in rows and {"cargo": "entity:mir-126"} in rows
    assert rows == sorted(rows, key=lambda row: row["cargo"])
    with pytest.raises(QueryError):
        graph.query("SELECT")


def test_showing_gives_what_the_command_prints(graph):
    assert graph.show("VEGFA")["entity"]["id"] == "vegfa"
    assert graph.show("review-38")["reference"]["number"] == 38
    with pytest.raises(InputError):
        graph.show("vegfb")


def test_the_network_and_the_search(graph):
    network = graph.network()
    assert network.number_of_edges() == len(graph.kb.claims)
    assert [hit.id for hit in graph.search("血管")[:2]] == ["blood-vessel", "angiogenesis"]
    assert graph.arrays.nodes == tuple(e.id for e in graph.kb.entities)


def test_paths_are_found_as_they_are_read(graph, monkeypatch):
    asked = []
    accept = engine.Budget.spend
    monkeypatch.setattr(engine.Budget, "spend", lambda self: (asked.append(1), accept(self)))
    paths = graph.paths("type:Source", "type:HealingPhase", top=100)
    assert not asked
    first = next(iter(paths))
    some = len(asked)
    assert len(paths) == 100 and len(asked) > 2 * some
    assert paths[0] is first and paths[-1] is paths.paths[99] and paths[1:3] == list(paths)[1:3]
    assert (paths.complete, paths.stopped_by) == (False, "top")


def test_paths_print_well(graph):
    paths = graph.paths("klf3-as1", "angiogenesis")
    assert repr(paths[0]) == ("<Path + told: lncRNA KLF3-AS1 ⊣ miR-383 ⊣ VEGFA → angiogenesis>")
    route, first, *_ = str(paths[0]).splitlines()
    assert route == "lncRNA KLF3-AS1 ⊣ miR-383 ⊣ VEGFA → angiogenesis"
    assert first.startswith("1. lncRNA KLF3-AS1 downregulates miR-383 ([40]")
    heading, best, *_ = repr(paths).splitlines()
    assert heading.startswith("<exograph.Paths: ") and "klf3-as1 to angiogenesis" in heading
    assert best.split()[:3] == ["1", "+", "told"]
    none = graph.paths("angiogenesis", "bone-marrow")
    assert repr(none) == "<exograph.Paths: 0 from angiogenesis to bone-marrow; complete>"
    assert "<table>" in paths._repr_html_() and "⊣ VEGFA" in paths._repr_html_()


def test_paths_turn_into_a_table_a_network_and_a_document(graph):
    paths = graph.paths("bmsc-exo", "angiogenesis", top=5)
    rows = paths.table(lang="zh")
    assert [row["rank"] for row in rows] == [1, 2, 3, 4, 5]
    assert [row["cost"] for row in rows] == sorted(row["cost"] for row in rows)
    assert all("血管生成" in row["route"] for row in rows)
    network = paths.network()
    walked = {s.claim.id: (s.tail, s.head) for p in paths for s in p.steps}
    assert {key: (a, b) for a, b, key in network.edges(keys=True)} == walked
    assert set(network) == {id for p in paths for id in p.entities}
    ranks = {rank for *_, given in network.edges(data="ranks") for rank in given}
    assert ranks == {1, 2, 3, 4, 5}
    document = paths.document()
    assert [p["rank"] for p in document["paths"]] == [1, 2, 3, 4, 5]
    assert document == json.loads(json.dumps(document))


def test_a_picture_is_svg_that_asks_nothing(graph, tmp_path):
    paths = graph.paths("bone-marrow", "type:HealingPhase", top=3)
    for lang in ("en", "zh"):
        picture = paths.picture(lang)
        root = ElementTree.fromstring(picture._repr_svg_())
        assert "http" not in picture.svg.replace("http://www.w3.org/2000/svg", "")
        said = "".join(root.itertext())
        for path in paths:
            for id in path.entities:
                assert id in said
    with pytest.raises(ValueError, match=r"a\.svg"):
        paths.picture().save(tmp_path / "a.png")
    saved = paths.picture().save(tmp_path / "a.svg")
    assert ElementTree.parse(saved).getroot().get("width")
    assert "no such path" in graph.paths("angiogenesis", "bone-marrow").picture().svg


def test_an_interrupted_search_is_not_complete(graph, monkeypatch):
    paths = graph.paths("type:Source", "type:HealingPhase", top=100)
    assert paths[0]

    def stop(self):
        raise KeyboardInterrupt

    monkeypatch.setattr(engine.Budget, "spend", stop)
    with pytest.raises(KeyboardInterrupt):
        list(paths)
    assert not paths.complete and paths.stopped_by == "interrupted"


def test_weights_and_filters_reach_the_search(graph):
    dear = graph.paths("klf3-as1", "angiogenesis", weights=Weights(step=1.0), top=1)
    usual = graph.paths("klf3-as1", "angiogenesis", top=1)
    assert dear[0].cost > usual[0].cost and dear.document()["weights"] == {"step": 1.0}
    assert all(p.sign == "-" for p in graph.paths("bmsc-exo", "scar-formation", sign="-"))
    assert graph.paths("bmsc-exo", "angiogenesis", avoid="predicate:targets").paths


def test_no_label_escapes_from_a_picture_or_a_table():
    hostile = "</text><script>alert(1)</script>\"'&\x00\x1b\u202e"
    kb = simple_kb(("a", "promotes", "b"))
    named = tuple(replace(e, label_en=hostile, label_zh=hostile) for e in kb.entities)
    graph = exograph.api.Graph(SimpleNamespace(kb=replace(kb, entities=named), arrays=from_kb(kb)))
    paths = graph.paths("a", "b")
    root = ElementTree.fromstring(paths.picture().svg)
    assert not [node for node in root.iter() if node.tag.endswith("script")]
    assert "<script" not in paths._repr_html_()


def test_the_analyses_are_at_hand(graph):
    found = graph.matrix()
    assert found.columns[0] == "hemostasis-phase" and "bmsc" in found.rows
    assert "Mechanism routes" in graph.heatmap(found).svg
    compared = graph.compare("ADSC", "骨髓间充质干细胞", to="angiogenesis")
    assert (compared.a, compared.b) == ("adsc", "bmsc")
    assert [one.end for one in compared.ends] == ["angiogenesis"]
    assert {gap.entity for gap in graph.gaps().cargo_without_target}
    with pytest.raises(InputError):
        graph.compare("adsc", "adsc")


def test_filters_take_one_name_or_several_in_any_form(graph):
    one = graph.paths("bmsc-exo", "angiogenesis", references="review-40")
    assert one.paths and one.query.references == ("review-40",)
    assert graph.paths("bmsc-exo", "angiogenesis", references=["review-40"]).paths == one.paths
    rat = graph.paths("bmsc-exo", "wound-healing", context={"organism": ["大鼠", "mouse"]})
    assert rat.query.context == (("organism", "rat"), ("organism", "mouse"))
    assert graph.paths("bmsc-exo", "wound-healing", context=[("organism", "rat")])
    assert graph.paths("bmsc-exo", "angiogenesis", layers=["Vesicle", "*", "*"]).paths
    for wrong in ({"top": 2.5}, {"top": "3"}, {"max_steps": None}, {"sign": 1}, {"timeout": "x"}):
        with pytest.raises(InputError):
            graph.paths("bmsc-exo", "angiogenesis", **wrong)


def test_a_copy_never_claims_more_than_the_original(graph):
    paths = graph.paths("bmsc-exo", "angiogenesis", top=3)
    assert next(iter(paths))
    copied = copy.copy(paths)
    assert (paths.complete, copied.complete, copy.deepcopy(paths).complete) == (False,) * 3
    with pytest.raises(TypeError, match="result"):
        pickle.dumps(paths)
    assert pickle.loads(pickle.dumps(paths.result())).paths == paths.paths
    assert len({*paths, *paths}) == 3


def test_threads_share_one_search(graph):
    paths = graph.paths("type:Source", "type:HealingPhase", top=60)
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: len(list(paths)), range(4))) == {60}
