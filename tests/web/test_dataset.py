# SPDX-License-Identifier: Apache-2.0
"""Which graphs a query is asked of: as the protocol says, as FROM says, and each triple once."""

from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph
from talking import GRAPHS

from exograph.store import Request, load, serve
from exograph.store.dataset import Dataset, dataset_of

A, B, C = (f"http://e.org/{name}" for name in "abc")
NONE = "http://e.org/none"
EACH = "SELECT ?s ?g { { ?s ?p ?o BIND(1 AS ?n) } UNION { GRAPH ?g { ?s ?p ?o } } }"


def short(iri: str) -> str:
    return iri.rpartition("/")[2]


def found(answer) -> list[tuple[str, str]]:
    """Subjects with the graph they were found in, none for the default graph."""
    assert answer.status == 200, answer.text
    return sorted((short(row["s"]), row.get("g", "")) for row in answer.rows)


def expected(default: list[str], named: list[str]) -> list[tuple[str, str]]:
    """The merge of the default graphs, and the named graphs, each triple once."""
    merge = {(s, "") for graph in default for s in GRAPHS.get(graph, ())}
    return sorted(merge | {(s, graph) for graph in named for s in GRAPHS.get(graph, ())})


def test_without_a_dataset_all_that_is_served_is_asked(dataset):
    assert found(dataset.ask(EACH)) == expected([""], [A, B, C])


CHOSEN = st.lists(st.sampled_from([A, B, C, NONE]), max_size=4)


@settings(max_examples=80, deadline=None)
@given(CHOSEN, CHOSEN)
def test_any_dataset_of_the_protocol_or_of_the_query_gives_each_triple_once(
    dataset, default, named
):
    if not default and not named:
        return
    fields = {"default-graph-uri": default, "named-graph-uri": named}
    froms = [f"FROM <{g}>" for g in default] + [f"FROM NAMED <{g}>" for g in named]
    query = EACH.replace(" {", f" {' '.join(froms)} {{", 1)
    for answer in (
        dataset.ask(EACH, **fields),
        dataset.ask(query),
        dataset.get(f"/sparql?query={quote(query)}"),
        dataset.ask(f"SELECT * FROM <{NONE}> FROM NAMED <{B}> {EACH[13:]}", **fields),
    ):
        assert found(answer) == expected(default, named)


def test_a_merge_gives_no_triple_twice_in_counts_and_graphs(dataset):
    fields = {"default-graph-uri": [A, B, A]}
    count = dataset.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", **fields)
    assert count.rows == [{"n": str(len(GRAPHS[A] | GRAPHS[B]))}]
    twice = dataset.ask(f"SELECT (COUNT(*) AS ?n) FROM <{A}> FROM <{A}> {{ ?s ?p ?o }}")
    assert twice.rows == [{"n": str(len(GRAPHS[A]))}]
    made = dataset.ask("CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples", **fields)
    assert made.text.count("\n") == len(GRAPHS[A] | GRAPHS[B])
    told = dataset.ask("DESCRIBE <http://e.org/all>", "application/n-triples", **fields)
    assert told.text.count("\n") == 1


@pytest.mark.parametrize(
    "froms",
    [
        "BASE <http://e.org/x/> SELECT * FROM <../a> FROM <../b>",
        "BASE <http://e.org/> BASE <x/> SELECT * FROM <../a> FROM <../b>",
        "PREFIX e: <http://e.org/> SELECT * FROM e:a FROM e:b",
        "PREFIX : <http://e.org/> SELECT * FROM :a FROM :b",
        "BASE <http://e.org/x> PREFIX e: <.> SELECT*FROM e:a FROM e:b",
        "prefix e:<http://e.org/>select*from e:a from<http://e.org/b>",
        "PREFIX e: <http://no/> PREFIX e: <http://e.org/> SELECT * FROM e:a FROM e:b",
        "SELECT * FROM <http://e.org/\\u0061> FROM <http://e.org/b>",
        "SELECT * # FROM <http://e.org/c>\nFROM <http://e.org/a> #\n FROM <http://e.org/b>",
        "SELECT ?s ('FROM <http://e.org/c>' AS ?x) FROM <http://e.org/a> FROM <http://e.org/b>",
        'PREFIX e: <http://e.org/> SELECT ?s ((1 < 2) AS ?x) ("""\n"""AS ?y) FROM e:a FROM e:b',
        "SELECT * FROM <http://e.org/a> FROM NAMED <http://e.org/c> FROM <http://e.org/b> WHERE",
    ],
)
def test_from_is_read_however_it_is_written(froms, dataset):
    answer = dataset.ask(f"{froms} {{ ?s ?p ?o }}")
    assert found(answer) == expected([A, B], [])


def test_from_is_relative_to_the_address_of_the_endpoint(dataset):
    answer = dataset.ask("SELECT * FROM <a> FROM <b> FROM NAMED <c> { ?s ?p ?o }")
    assert found(answer) == []


def test_names_of_graphs_are_compared_as_what_they_stand_for():
    query = "PREFIX e: <http://e.org/> ASK FROM e:a FROM <http://e.org/\\u0061> FROM e:a\\#b { }"
    held = dataset_of(query, {})
    assert held == Dataset((A, A, f"{A}#b"))
    assert held.distinct == Dataset((A, f"{A}#b"))
    assert dataset_of("ASK FROM x:a FROM NAMED x:b { }", {"x": "y:"}) == Dataset(("y:a",), ("y:b",))
    assert dataset_of("ASK FROM nope:a FROM nope:b { }", {}) is None
    assert dataset_of("SELECT * { ?s ?p 'FROM <x:a>' } # FROM <x:b>", {}) is None


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from([*"<>{}()'\"#\n :.;", "FROM", "NAMED", "BASE", "PREFIX", "e:", "<x:a>"])
    )
)
def test_any_text_has_a_dataset_or_none(pieces):
    held = dataset_of(" ".join(pieces), {"e": "http://e.org/"})
    assert held is None or held.default or held.named


def test_a_graph_that_does_not_exist_is_empty(dataset):
    for name in ("default-graph-uri", "named-graph-uri"):
        for iri in (NONE, "urn:x-none", "mailto:a@e.org", "http://外.org/é"):
            assert found(dataset.ask(EACH, **{name: iri})) == []


@pytest.mark.parametrize(
    "iri",
    ["", "a", "/a", "//e.org/a", "a b", "http://[", "http://e.org/%zz", "<http://e.org/a>",
     "http://e.org/a\n", "x", "_:a", "http://e.org/{}", "http://e.org/\x00", "http://e.org/'\"`"],
)  # fmt: skip
def test_what_is_no_iri_names_no_graph(iri, dataset):
    for name in ("default-graph-uri", "named-graph-uri"):
        answer = dataset.ask("ASK {}", **{name: iri})
        assert (answer.status, answer.code) == (400, "Q215")


def test_named_graphs_of_the_protocol_are_all_that_graph_may_name(dataset):
    asked = f"ASK {{ GRAPH <{C}> {{ ?s ?p ?o }} }}"
    assert dataset.ask(asked).json["boolean"] is True
    assert dataset.ask(asked, **{"named-graph-uri": A}).json["boolean"] is False
    assert dataset.ask(asked, **{"default-graph-uri": C}).json["boolean"] is False


def test_the_description_counts_the_named_graphs(dataset):
    graph = Graph().parse(data=dataset.get("/sparql").body, format="turtle")
    rows = graph.query(
        "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> "
        "PREFIX void: <http://rdfs.org/ns/void#> SELECT ?name ?n { ?dataset sd:namedGraph "
        "[ a sd:NamedGraph ; sd:name ?name ; sd:graph [ a sd:Graph ; void:triples ?n ] ] }"
    )
    told = {str(name): int(n) for name, n in rows}
    assert told == {graph: len(GRAPHS[graph]) for graph in (A, B, C)}


def test_blank_nodes_of_two_graphs_stay_the_nodes_that_they_were(tmp_path):
    file = tmp_path / "data.nq"
    lines = [f"_:x <x:p> <x:{graph}> <x:{graph}> .\n" for graph in "ab"]
    file.write_text("".join(lines), encoding="utf-8")
    query = "SELECT (COUNT(*) AS ?n) FROM <x:a> FROM <x:b> { ?s <x:p> ?o . ?s <x:p> ?other }"
    assert serve(load(file), Request(query, "csv")).body == b"n\r\n4\r\n"
