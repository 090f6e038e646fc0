# SPDX-License-Identifier: Apache-2.0
"""Queries as files: read, asked of two stores, compared by value."""

import re
from functools import partial
from pathlib import Path

import pytest
from strategies import simple_kb

from exograph import queries, rdf, snapshot, store
from exograph.errors import InputError
from exograph.ids import BASE, VOCAB
from exograph.model import Attribute, Claim, Context, KnowledgeBase, Reference, Statement
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
    nquads = rdf.to_nquads(kb, ())
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


SHIPPED = queries.list_queries(ROOT / "graphs" / "queries")


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    """The shipped tables: prefixes, the graph of rdflib, and a way to ask each store."""
    made = snapshot.build(ROOT / "graphs", ROOT / "ontology", tmp_path_factory.mktemp("home"))
    graph, held = rdf.parse_nquads(made.nquads.read_bytes()), made.store()

    def ask_store(text):
        answer = store.ask(held, text)
        return answer.variables, answer.rows

    return made.prefixes, graph, (ask_store, lambda text: rdf.ask(graph, text, made.prefixes))


def test_tables_of_others_are_asked_only_what_is_not_all_unknown_to_them(tmp_path):
    valid = Path(__file__).parent / "data" / "valid"
    other = snapshot.build(valid, ROOT / "ontology", tmp_path)
    offered = queries.answerable(SHIPPED, other.kb, other.prefixes)
    assert 0 < len(offered) < len(SHIPPED)
    for query in set(SHIPPED) - set(offered):
        assert not store.ask(other.store(), query.text).rows
    for text, fits in (
        ("ASK { ?s ?p ?o }", True),
        (f"PREFIX entity: <{BASE}entity/> ASK {{ ?s ?p 'entity:nope' }} # entity:nope", True),
        ("ASK { entity:nope ?p ?o }", False),
        (f"ASK {{ <{BASE}entity/nope> ?p ?o }}", False),
        (f"ASK {{ ?s ?p entity:nope, entity:{other.kb.entities[0].id} }}", True),
        ("ASK { ?s exo:source source:nope }", False),
        ("ASK { ?s exo:reference reference:nope }", False),
    ):
        head = "# question_en: ?\n# question_zh: ？\n# expected: none\n"
        query = parse_query(head + text, "q")
        assert queries.answerable([query], other.kb, other.prefixes) == (query,) * fits


@pytest.mark.parametrize("query", SHIPPED, ids=lambda q: q.name)
def test_each_shipped_query_gives_its_expected_rows_from_both_stores(shipped, query):
    prefixes, _, asks = shipped
    answers = [ask(query.text) for ask in asks]
    for variables, rows in answers:
        result = compare(query, variables, rows, prefixes)
        assert result.agrees, result
    assert queries.same_answers(answers[0][1], answers[1][1])


def said(subject, predicate, object, source="review", **more):
    """A knowledge base of one row of statements.tsv."""
    context = Context(**{k: (more.pop(k),) for k in ("organism", "comparator") if k in more})
    fields = {"reference": "review-1", "section": "1", "quote": "q", "context": context} | more
    statement = Statement(subject, predicate, object, source=source, **fields)
    return KnowledgeBase(claims=(Claim(subject, predicate, object, (statement,)),))


def dose(source="review"):
    value = Attribute("ecm-exo", "dose", "1 mg", "review-49", "table1", source)
    return KnowledgeBase(attributes=(value,))


ANSWERS = {
    "antibacterial-vesicles": partial(said, "bmsc-exo", "promotes", "antibacterial-activity"),
    "comparators-in-table-1": partial(
        said, "ecm-exo", "promotes", "angiogenesis", section="table1", comparator="hydrogel"
    ),
    "direction-of-mir-1260a-on-col4a2": partial(said, "mir-1260a", "upregulates", "col4a2"),
    "doses-in-hydrogels": dose,
    "effects-in-people-in-the-review": partial(
        said, "bmsc-ev", "promotes", "wound-healing", evidence_kind="clinical"
    ),
    "large-animals-in-the-review": partial(
        said, "bmsc-exo", "promotes", "wound-healing", organism="pig"
    ),
    "markers-of-plain-exosomes": partial(said, "bmsc-exo", "has_marker", "cd63"),
    "placenta-msc-exosomes-in-the-review": partial(said, "pmsc-exo", "promotes", "angiogenesis"),
    "retracted-papers-of-the-review": lambda: KnowledgeBase(
        references=(Reference("review-14", "cited", "review", retraction="retracted"),)
    ),
    "rna-of-ucmsc-exosomes": partial(said, "ucmsc-exo", "carries", "mir-21"),
    "unwanted-effects-in-the-review": partial(said, "msc-exo", "suppresses", "angiogenesis"),
    "vesicles-and-hemostasis": partial(said, "msc-exo", "promotes", "blood-clot-formation"),
    "vesicles-in-gdq-scaffold": partial(said, "adsc-exo", "loaded_in", "gdq-scaffold"),
}
"""For each query whose answer is none, a row that would be an answer."""

NONE = {query.name: query for query in SHIPPED if not query.expected}


def with_row(graph, prefixes, row, text):
    """The answer while the graph holds the triples of one more row."""
    new = set(rdf.to_rdf(row)) - set(graph)
    for triple in new:
        graph.add(triple)
    try:
        return rdf.ask(graph, text, prefixes)[1]
    finally:
        for triple in new:
            graph.remove(triple)


def test_each_query_with_no_answer_is_tried_with_a_row():
    assert NONE.keys() == ANSWERS.keys()


@pytest.mark.parametrize("name", ANSWERS)
def test_a_query_with_no_answer_would_find_one(shipped, name):
    prefixes, graph, _ = shipped
    assert with_row(graph, prefixes, ANSWERS[name](), NONE[name].text)


@pytest.mark.parametrize(
    "name", [n for n, q in NONE.items() if "source:review" in q.text and "retracted" not in n]
)
def test_what_the_literature_says_is_no_answer_about_the_review(shipped, name):
    prefixes, graph, _ = shipped
    row = ANSWERS[name](source="literature")
    assert with_row(graph, prefixes, row, NONE[name].text) == ()


def test_a_query_that_asks_the_review_says_so():
    for query in SHIPPED:
        if re.search(r"source:review|reference:review", query.text.split("SELECT")[1]):
            assert "review" in query.question_en, query.name
            assert "综述" in query.question_zh, query.name


def test_there_are_enough_competency_questions_in_both_languages():
    assert len(SHIPPED) >= 40
    assert len(NONE) >= 8
    for query in SHIPPED:
        assert query.question_en.endswith("?")
        assert query.question_zh.endswith("？")
        assert query.keywords
        assert order_keys(query.text), query.name
    assert len({query.question_en for query in SHIPPED}) == len(SHIPPED)
    assert len({query.question_zh for query in SHIPPED}) == len(SHIPPED)
