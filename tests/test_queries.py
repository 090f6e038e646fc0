# SPDX-License-Identifier: Apache-2.0
"""Queries as files: read, asked of two stores, compared by value."""

from pathlib import Path

import pytest
from rdflib import Graph
from strategies import simple_kb

from exograph import queries, rdf, snapshot, store
from exograph.errors import InputError
from exograph.ids import BASE, VOCAB
from exograph.queries import compare, order_keys, parse_query
from exograph.rdf import Term
from exograph.rdf.term import STRING, XSD

FIXTURES = Path(__file__).parent / "data" / "queries"
ROOT = Path(__file__).parent.parent
PREFIXES = {
    "exo": VOCAB,
    "entity": BASE + "entity/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
}


@pytest.fixture(scope="module", params=["store", "rdflib"])
def ask(request, tmp_path_factory):
    """The same question to two stores over the same triples."""
    kb = simple_kb(("a", "inhibits", "b"), ("b", "inhibits", "a"))
    nquads = rdf.to_nquads(kb, Graph())
    if request.param == "rdflib":
        graph = rdf.parse_nquads(nquads)
        return lambda text: rdf.ask(graph, text, PREFIXES)
    path = tmp_path_factory.mktemp("store") / "kb.nq"
    path.write_bytes(nquads)
    held = store.load(path, PREFIXES)

    def answer(text):
        answered = store.ask(held, text)
        return answered.variables, answered.rows

    return answer


@pytest.mark.parametrize("query", queries.list_queries(FIXTURES), ids=lambda q: q.name)
def test_each_fixture_gives_its_expected_rows_from_both_stores(ask, query):
    assert queries.run(query, ask, PREFIXES).agrees


def test_a_wrong_expectation_is_told_both_ways(ask):
    text = (FIXTURES / "inhibitors.rq").read_text(encoding="utf-8")
    wrong = parse_query(text.replace("entity:b\t-1\n", "entity:b\t1\n"), "wrong")
    result = queries.run(wrong, ask, PREFIXES)
    assert not result.agrees
    assert result.missing == (("entity:a", "entity:b", "1"),)
    assert [t.value for t in result.unexpected[0]] == [BASE + "entity/a", BASE + "entity/b", "-1"]


def test_a_wrong_order_is_told(ask):
    text = (FIXTURES / "inhibitors.rq").read_text(encoding="utf-8")
    result = queries.run(
        parse_query(text.replace("BY ?subject", "BY DESC(?subject)"), "x"), ask, PREFIXES
    )
    assert (result.missing, result.unexpected, result.disordered) == ((), (), True)
    by_all = text.replace("BY ?subject", "BY DESC(STR(?subject))")
    assert queries.run(parse_query(by_all, "x"), ask, PREFIXES).agrees


HEAD = "# question_en: q\n# question_zh: 问\n# expected:\n"


def number(text, datatype="decimal"):
    return Term("literal", text, XSD + datatype)


def literal(text, language=None):
    return Term("literal", text, STRING, language)


@pytest.mark.parametrize(
    ("cell", "term", "same"),
    [
        ("1", number("1.0"), True),
        ("1000", number("1E3", "double"), True),
        ("0.50", number("0.5"), True),
        ("0.3333333333333333333333333333", number("0.333333333333333333"), True),
        ("0.333", number("0.333333333333333333"), False),
        ("-0", number("0", "integer"), True),
        ("1", literal("1.0"), False),
        ("01", literal("01"), True),
        ("NaN", number("NaN", "double"), True),
        ("", None, True),
        ("", literal(""), True),
        ("x", None, False),
        ("entity:a", Term("iri", BASE + "entity/a"), True),
        (f"<{BASE}entity/a>", Term("iri", BASE + "entity/a"), True),
        ("entity:a", literal("entity:a"), True),
        ("entity:b", Term("iri", BASE + "entity/a"), False),
        ("间充质", literal("间充质", "zh"), True),
        (" 间充质", literal("间充质", "zh"), False),
        ("b0", Term("blank", "b0"), False),
    ],
)
def test_cells_are_compared_by_value(cell, term, same):
    query = parse_query(f"{HEAD}# ?x\n# {cell}\n\nSELECT ?x {{}}", "q")
    assert compare(query, ["x"], [(term,)], PREFIXES).agrees is same


def test_rows_are_counted():
    query = parse_query(f"{HEAD}# ?x\n# a\n# a\n\nSELECT ?x {{}}", "q")
    row = (literal("a"),)
    assert compare(query, ["x"], [row, row], PREFIXES).agrees
    assert compare(query, ["x"], [row], PREFIXES).missing == (("a",),)
    assert compare(query, ["x"], [row] * 3, PREFIXES).unexpected == (row,)


def test_other_variables_than_expected_are_an_error():
    query = parse_query(f"{HEAD}# ?x\n# a\n\nSELECT ?y {{}}", "q")
    with pytest.raises(InputError, match=r"\?y"):
        compare(query, ["y"], [], PREFIXES)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "question_en"),
        ("SELECT * {}", "question_en"),
        ("# question_en: q\n# expected: none\n", "question_zh"),
        (HEAD, "none"),
        (HEAD + "# ?x\n", "none"),
        (HEAD + "# x\n# a\n", "variables"),
        (HEAD + "# ?x\t?y\n# a\n", "line 5"),
        (HEAD.replace("expected:", "expected: nothing"), "rows follow"),
        (HEAD.replace("question_zh", "question_fr"), "line 2"),
        ("# question_en: q\n" + HEAD, "second time"),
    ],
)
def test_a_head_that_is_not_whole_is_refused_with_its_place(text, told):
    with pytest.raises(InputError, match=r"q\.rq") as caught:
        parse_query(text, "q", "q.rq")
    assert told in caught.value.message


def test_all_files_at_fault_are_named_at_once(tmp_path):
    (tmp_path / "one.rq").write_text("SELECT * {}", encoding="utf-8")
    (tmp_path / "two.rq").write_bytes("# question_zh: 外泌体\n".encode("gbk"))
    (tmp_path / "note.txt").write_text("no query", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        queries.list_queries(tmp_path)
    assert "one.rq" in caught.value.message
    assert "two.rq" in caught.value.message


def test_a_query_is_found_by_name_and_a_near_miss_is_suggested():
    assert queries.find_query(FIXTURES, "labels").question("zh") == "a有哪些名称？由谁分泌？"
    for name in ("lables", "../queries/labels", ""):
        with pytest.raises(InputError):
            queries.find_query(FIXTURES, name)
    with pytest.raises(InputError) as caught:
        queries.find_query(FIXTURES, "lables")
    assert caught.value.suggestions == ("labels",)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("SELECT * {}", ()),
        ("SELECT * {} ORDER BY ?a", ("a",)),
        ("SELECT * {} order by DESC(?a) ASC(?b) LIMIT 1 OFFSET 2", ("a", "b")),
        ("SELECT * {} ORDER BY STR(?a)", ()),
        ("SELECT * { { SELECT * {} ORDER BY ?a } }", ()),
        ("SELECT * { ?s ?p 'ORDER BY ?a' } # ORDER BY ?b", ()),
    ],
)
def test_order_keys_are_those_of_the_outermost_order(text, keys):
    assert order_keys(text) == keys


@pytest.fixture(scope="module")
def review(tmp_path_factory):
    """The shipped tables, and a way to ask them of each store."""
    made = snapshot.build(ROOT / "graphs", ROOT / "ontology", tmp_path_factory.mktemp("home"))
    graph, held = rdf.parse_nquads(made.nquads.read_bytes()), made.store()

    def ask_store(text):
        answer = store.ask(held, text)
        return answer.variables, answer.rows

    return made.prefixes, ask_store, lambda text: rdf.ask(graph, text, made.prefixes)


@pytest.mark.parametrize(
    "query", queries.list_queries(ROOT / "graphs" / "queries"), ids=lambda q: q.name
)
def test_each_shipped_query_gives_its_expected_rows_from_both_stores(review, query):
    prefixes, *asks = review
    answers = [ask(query.text) for ask in asks]
    for variables, rows in answers:
        result = compare(query, variables, rows, prefixes)
        assert result.agrees, result
    assert queries.same_answers(answers[0][1], answers[1][1])


def test_there_are_enough_competency_questions_in_both_languages():
    shipped = queries.list_queries(ROOT / "graphs" / "queries")
    assert len(shipped) >= 15
    for query in shipped:
        assert query.question_en.endswith("?")
        assert query.question_zh.endswith("？")
        assert query.keywords
