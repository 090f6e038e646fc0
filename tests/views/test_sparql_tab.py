# SPDX-License-Identifier: Apache-2.0
"""The SPARQL sheet: real questions in the single file and the served page, and what goes wrong."""

import csv
import io
import json
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page
from sample import HOSTILE, hostile, review

from exograph.queries import compare, list_queries
from exograph.rdf import Term, read_prefixes
from exograph.views import html, libraries
from exograph.views.asking import Asking

pytestmark = pytest.mark.page

ROOT = Path(__file__).parents[2]
PREFIXES = read_prefixes(ROOT / "ontology" / "prefixes.tsv")
QUERIES = list_queries(ROOT / "graphs" / "queries")
ASKED = QUERIES[::7]
"""Ten of the shipped questions."""

NQUADS = (
    b'<https://w3id.org/exograph/entity/mir-126> <http://e.org/n> "10"'
    b"^^<http://www.w3.org/2001/XMLSchema#integer> .\n"
    b'<https://w3id.org/exograph/entity/vegfa> <http://e.org/n> "9"'
    b"^^<http://www.w3.org/2001/XMLSchema#integer> .\n"
    b'<http://e.org/x> <http://e.org/says> "=1+1"@en .\n'
)
ENDLESS = "SELECT (COUNT(*) AS ?n) { " + " ".join(
    f"VALUES ?{name} {{ 0 1 2 3 4 5 6 7 8 9 }}" for name in "abcdefghijkl"
) + " }"  # fmt: skip

alone = pytest.mark.skipif(
    not libraries.held(*libraries.EDITOR.values(), *libraries.ENGINE.values()),
    reason="the libraries of the page were not fetched when the package was built",
)


@pytest.fixture(scope="module")
def small() -> str:
    """A page with three triples."""
    return html.page(review(), asking=Asking(PREFIXES, QUERIES, nquads=NQUADS))


def opened(page: Page) -> Page:
    page.locator("[data-scene=sparql]").click()
    page.wait_for_selector(".sparql .CodeMirror-line, #sparql-plain")
    return page


def put(page: Page, text: str) -> None:
    page.evaluate("(text) => exograph.sparql.editor.put(text)", text)


def ask(page: Page, text: str) -> str:
    """Runs a query by the button. What the place of the answer then says."""
    put(page, text)
    page.locator("#sparql-run").click()
    return answered(page)


def answered(page: Page) -> str:
    page.wait_for_selector("#sparql-answer .row, #sparql-answer .trouble")
    return page.locator("#sparql-answer").inner_text()


def rows_of(page: Page) -> tuple[tuple[str, ...], list[tuple[Term | None, ...]]]:
    answer = json.loads(page.evaluate("exograph.sparql.answer.text"))
    kinds = {"uri": "iri", "literal": "literal", "bnode": "blank"}

    def term(cell: dict[str, str] | None) -> Term | None:
        if cell is None:
            return None
        kind = kinds[cell["type"]]
        return Term(kind, cell["value"], cell.get("datatype"), cell.get("xml:lang"))

    names = tuple(answer["head"]["vars"])
    found = answer["results"]["bindings"]
    return names, [tuple(term(row.get(name)) for name in names) for row in found]


def ten_questions(page: Page) -> None:
    for query in ASKED:
        page.locator("#sparql-filter").fill(query.name)
        page.locator(f"[data-question='{query.name}']").click()
        page.keyboard.press("Control+Enter")
        answered(page)
        comparison = compare(query, *rows_of(page), PREFIXES)
        assert comparison.agrees, (query.name, comparison)
        shown = page.locator("#sparql-answer tbody tr").count()
        assert shown == len(query.expected)
    assert page.locator(".parseErrorIcon").count() == 0


@alone
def test_ten_shipped_questions_in_the_single_file(visit, snapshot):
    asking = Asking(snapshot.prefixes, QUERIES, nquads=snapshot.read("kb.nq"))
    page = opened(visit(html.page(snapshot.kb, asking=asking)))
    ten_questions(page)
    assert page.evaluate("Object.keys(localStorage)") == []


def test_ten_shipped_questions_in_the_served_page(call):
    page = opened(call())
    ten_questions(page)
    said = ask(page, "SELECT * {\n  ?s a exo:MicroRNA ;\n  FILTER }")
    assert said.startswith("Line 3, column 10: '}' does not fit here")
    sent = page.evaluate("location.hash")
    assert answered(call(sent)) == said
    assert "SERVICE is refused" in ask(
        page, "SELECT * { SERVICE SILENT <http://e.org/> { ?s ?p ?o } }"
    )
    assert "Turtle" in ask(page, "DESCRIBE entity:mir-126")
    ask(page, "SELECT ?s { ?s a exo:Statement } LIMIT 1")
    path = page.locator("#sparql-answer td a").get_attribute("href")
    assert path.startswith("/statement/")
    put(page, ENDLESS)
    page.locator("#sparql-run").click()
    page.locator("#sparql-stop").click()
    assert answered(page) == "Stopped."


WRONG = (
    ("SELECT * {\n  ?s exo:sign 1 ;\n  FILTER }", 3, 10, "“}” does not fit here.", "}"),
    (
        "SELECT * { ?s foo:bar 1 }", 1, 15,
        "“foo:bar” does not fit here. Its prefix is not declared.", "f",
    ),
    ("SELECT * {\r\n'多' ?p ", 2, 7, "The query ends too early.", " "),
    ("DELETE WHERE { ?s ?p ?o }", 1, 1, "This is an update, and the graph is read-only.", "D"),
    ("PREFIX a: <b> LOAD <c>", 1, 15, "This is an update, and the graph is read-only.", "L"),
    ("ASK {?s ?p 'SERVICE' #SERVICE\n.SERVICE <e:f> {}}", 2, 2, "SERVICE is refused", "S"),
    ("ASK { service silent <http://e.org/> {} }", 1, 7, "SERVICE is refused", "s"),
    ("ASK" + "{" * 300 + "}" * 300, 1, 204, "nested more than 200 deep", "{"),
)  # fmt: skip


@alone
def test_what_is_wrong_is_said_with_its_place(visit, small):
    page = opened(visit(small))
    for query, line, column, why, selected in WRONG:
        said = ask(page, query)
        assert said.startswith(f"Line {line}, column {column}: ") and why in said
        page.locator("#sparql-answer .link").click()
        editor = "document.querySelector('.CodeMirror').CodeMirror"
        assert page.evaluate(f"{editor}.getSelection()") == selected
    said = ask(page, "SELECT ?s { ?s ?p ?o } GROUP BY ?p")
    assert said == "Line 1, column 35: A variable of SELECT is neither grouped nor counted."


@alone
def test_the_address_carries_the_query(visit, small):
    page = opened(visit(small))
    first, second = "SELECT ?s { ?s <http://e.org/n> 9 }", "ASK { ?s ?p '多' }"
    assert "entity:vegfa" in ask(page, first)
    assert page.evaluate("location.hash") == f"#sparql={quote(first, safe='()*!~')}"
    assert ask(page, second).startswith("No · ")
    page.go_back()
    page.wait_for_selector("#sparql-answer td")
    assert page.evaluate("exograph.sparql.editor.text()") == first
    again = visit(small, anchor=f"#sparql={quote(second)}")
    assert answered(again).startswith("No · ")
    assert again.evaluate("exograph.sparql.editor.text()") == second


@alone
def test_what_is_ours_opens_its_panel_and_the_way_back_finds_the_answer(visit, small):
    page = opened(visit(small))
    ask(page, "SELECT ?s ?n { ?s <http://e.org/n> ?n }")
    page.locator("#sparql-answer td button", has_text="mir-126").click()
    assert page.locator("#panel h2").inner_text() == "miR-126"
    page.go_back()
    page.wait_for_selector("#sparql-answer td")
    assert page.locator("#sparql-answer tbody tr").count() == 2


@alone
def test_rows_are_sorted_by_value_and_taken_away(visit, small):
    page = opened(visit(small))
    ask(
        page,
        "SELECT ?s ?n ?said { { ?s <http://e.org/n> ?n } UNION { ?s <http://e.org/says> ?said } }",
    )
    column = page.locator("[data-column=n]")
    shown = []
    for _ in range(2):
        column.press("Enter")
        shown.append(page.locator("#sparql-answer tbody td:nth-child(2)").all_inner_texts())
    assert shown == [["9", "10", ""], ["10", "9", ""]]
    assert page.locator("#sparql-answer th").nth(1).get_attribute("aria-sort") == "descending"
    with page.expect_download() as saved:
        page.locator("[data-save=CSV]").click()
    rows = list(csv.reader(io.StringIO(saved.value.path().read_text("utf-8"))))
    assert rows[0] == ["s", "n", "said"]
    assert sorted(rows[1:]) == [
        ["http://e.org/x", "", "'=1+1"],
        ["https://w3id.org/exograph/entity/mir-126", "10", ""],
        ["https://w3id.org/exograph/entity/vegfa", "9", ""],
    ]
    with page.expect_download() as saved:
        page.locator("[data-save=JSON]").click()
    assert len(json.loads(saved.value.path().read_bytes())["results"]["bindings"]) == 3


@alone
def test_a_query_without_end_is_stopped_and_the_next_one_answered(visit, small):
    page = opened(visit(small))
    ask(page, "ASK {}")
    put(page, ENDLESS)
    page.locator("#sparql-run").click()
    page.locator("#sparql-stop").click()
    assert answered(page) == "Stopped."
    assert ask(page, "ASK {}").startswith("Yes · ")


@alone
def test_hostile_text_stays_text(visit):
    text = json.dumps(HOSTILE)
    nquads = f"<http://e.org/x> <http://e.org/says> {text} .\n"
    asking = Asking(PREFIXES, QUERIES[:1], nquads=nquads.encode())
    page = opened(visit(html.page(hostile(), asking=asking)))
    ask(page, f"SELECT ?x ?s {{ ?s ?p ?x . FILTER(?x = {text}) }}")
    assert page.locator("#sparql-answer td").first.inner_text() == HOSTILE
    assert "does not fit" in ask(page, f"SELECT * {{ {HOSTILE} }}")
    assert page.evaluate("window.hacked") is None
    assert page.locator(".sparql script, .sparql img").count() == 0


@alone
def test_names_are_completed_and_the_editor_is_no_trap(visit, small):
    page = opened(visit(small))
    put(page, "")
    page.evaluate("exograph.sparql.editor.goTo(0)")
    page.keyboard.type("ASK { entity:angiogenesi")
    page.keyboard.press("Control+Space")
    assert page.evaluate("exograph.sparql.editor.text()") == "ASK { entity:angiogenesis"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "sparql-run"


@alone
def test_it_speaks_chinese_and_keeps_what_is_written(visit, small):
    page = opened(visit(small))
    ask(page, "ASK { }")
    page.locator("#language").click()
    assert page.locator("#sparql-run").inner_text() == "运行"
    assert page.locator("#sparql-answer strong").inner_text().startswith("是 · ")
    assert page.locator("[data-question]").first.inner_text() == QUERIES[0].question_zh
    assert page.evaluate("exograph.sparql.editor.text()") == "ASK { }"
    assert page.locator(".CodeMirror textarea").get_attribute("aria-label") == "SPARQL 查询"


@alone
def test_the_page_is_small_and_its_policy_grants_no_more_than_it_needs(small):
    bare = html.page(review())
    beside = Asking(PREFIXES, QUERIES, endpoint="/sparql")
    data = len(bare) - bare.index('id="data"')
    assert len(small) - data < 3.5e6
    assert "wasm" not in html.policy() and "connect" not in html.policy()
    assert "wasm" not in html.policy(beside.way) and "connect-src 'self'" in html.policy(beside.way)
    assert "connect" not in html.policy("alone") and "'wasm-unsafe-eval'" in html.policy("alone")
    assert all("'unsafe" not in html.policy(way) for way in ("", "served", "alone"))


def test_without_libraries_the_single_file_does_not_ask(visit, without_libraries):
    document = html.page(review(), asking=Asking(PREFIXES, QUERIES, nquads=NQUADS))
    page = visit(document)
    assert page.locator("[data-scene=sparql]").count() == 0
    assert page.locator("#scenes button").count() > 1
    assert "wasm" not in document[: document.index("<style>")]


def test_without_libraries_the_served_page_has_a_plain_field(visit, without_libraries):
    page = opened(visit(html.page(review(), asking=Asking(PREFIXES, QUERIES, endpoint="/sparql"))))
    page.locator(f"[data-question='{QUERIES[0].name}']").click()
    field = page.locator("#sparql-plain")
    assert "SELECT" in field.input_value()
    assert field.get_attribute("aria-label") == "SPARQL query"
    field.fill("ASK {\n SERVICE <http://e.org/> {} }")
    field.press("Control+Enter")
    assert "Line 2, column 2: SERVICE is refused" in answered(page)
    page.locator("#sparql-answer .link").click()
    assert field.evaluate("(field) => field.selectionStart") == 7


@pytest.fixture
def without_libraries(tmp_path, monkeypatch):
    monkeypatch.setattr(libraries, "folder", lambda: tmp_path)
    html.policy.cache_clear()
    yield
    html.policy.cache_clear()
