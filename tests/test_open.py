# SPDX-License-Identifier: Apache-2.0
"""``exograph.open()``: the knowledge base from Python, as the package's first lines show it."""

import pytest

import exograph
from exograph.errors import InputError, QueryError


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
    assert graph.explain(best).startswith("1. BMSC-Exo hands miR-126 over")
    assert "传递给" in graph.explain(best, lang="zh")
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
