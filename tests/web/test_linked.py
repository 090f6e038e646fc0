# SPDX-License-Identifier: Apache-2.0
"""Linked data: every IRI of ours leads to a page, to its triples and to no dead end."""

import random
import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pytest
from browsers import chromium_path
from rdflib import Graph
from talking import Answer, Server

from exograph import rdf
from exograph.ids import BASE, VOCAB
from exograph.rdf.blank import with_names
from exograph.snapshot import Snapshot
from exograph.views import things
from exograph.views.thing_words import DOCUMENTED
from exograph.web.pages import LINKED

ONTOLOGY = Path(__file__).parents[2] / "ontology" / "exograph.ttl"
FORMS = {"html": "text/html", "ttl": "text/turtle", "nt": "application/n-triples"}
FORMS |= {"rdf": "application/rdf+xml", "json": "application/json"}
PARSED = {"ttl": "turtle", "nt": "nt", "rdf": "xml"}
SUBJECTS = f'SELECT DISTINCT ?s {{ ?s ?p ?o FILTER(STRSTARTS(STR(?s), "{BASE}")) }}'


def media(answer: Answer) -> str:
    return answer.type.partition(";")[0]


def links(answer: Answer) -> list[str]:
    return [unescape(link) for link in re.findall(r'<a [^>]*href="([^"]*)"', answer.text)]


def every(
    served: Server, targets: Iterable[str], accept: str | None = None
) -> Iterator[tuple[str, Answer]]:
    """Many addresses with their answers, some at once."""
    held = list(targets)
    with ThreadPoolExecutor(4) as pool:
        answers = pool.map(lambda target: served.get(target, accept), held)
        yield from zip(held, answers, strict=True)


@pytest.fixture(scope="session")
def paths(served: Server) -> list[str]:
    """Where each subject of ours in the store is to be found, in a fixed order."""
    iris = sorted(row["s"] for row in served.ask(SUBJECTS).rows)
    return [f"/{iri.removeprefix(BASE)}" for iri in iris if not iri.startswith(VOCAB)]


@pytest.fixture(scope="session")
def known(snapshot: Snapshot) -> Callable[[str], set[str]]:
    """The lines of N-Triples about an IRI, in both directions, as they were built."""
    lines = snapshot.nquads.read_text(encoding="utf-8").splitlines()

    def about(iri: str) -> set[str]:
        return {
            line for line in lines if f"<{iri}>" in line.split(" ", 2)[0] + line[-len(iri) - 5 :]
        }

    return about


def some(items: Iterable[str], count: int, seed: int = 1) -> list[str]:
    held = sorted(items)
    return random.Random(seed).sample(held, min(count, len(held)))


def of_kind(paths: list[str], *kinds: str) -> list[str]:
    return [path for path in paths if path.split("/")[1] in kinds]


def test_every_entity_and_reference_is_a_page(served, paths):
    asked = of_kind(paths, "entity", "reference")
    assert len(asked) > 1000
    for path, answer in every(served, asked, accept="text/html"):
        assert (answer.status, media(answer)) == (200, "text/html"), path
        assert f"<code>{BASE}{path[1:]}</code>" in answer.text


def test_every_other_subject_is_a_page_too(served, paths):
    kinds = [kind for kind in LINKED if kind not in ("entity", "reference")]
    assert {path.split("/")[1] for path in paths} == {*LINKED, "vocab"}
    few = [path for kind in kinds for path in some(of_kind(paths, kind), 5)]
    steps = some((path for path in paths if "/step/" in path), 10)
    for path, answer in every(served, {*few, *steps, *some(of_kind(paths, *kinds), 100)}):
        assert (answer.status, media(answer)) == (200, "text/html"), path
        assert f"<code>{BASE}{path[1:]}</code>" in answer.text


def test_subjects_are_turtle_too(served, paths):
    few = [path for kind in LINKED for path in some(of_kind(paths, kind), 10, seed=2)]
    for path, answer in every(served, [*few, *some(paths, 100, seed=3)], accept="text/turtle"):
        assert (answer.status, media(answer)) == (200, "text/turtle"), path
        assert answer.body


@pytest.mark.parametrize("form", PARSED)
def test_triples_are_those_of_the_store_in_both_directions(served, paths, known, form):
    asked = ["/entity/mir-126", "/entity/adsc-exo", "/reference/review-38", "/source/review"]
    asked += [some(of_kind(paths, kind), 1, seed=4)[0] for kind in LINKED]
    asked += some((path for path in paths if "/step/" in path), 1)
    for path, answer in every(served, asked, accept=FORMS[form]):
        found = Graph().parse(data=answer.body, format=PARSED[form])
        held = Graph().parse(data="\n".join(known(f"{BASE}{path[1:]}")), format="nt")
        assert set(found) == set(held), path
        assert len(held)


def test_the_vocabulary_as_triples_is_the_ontology(served):
    answer = served.get("/vocab", accept="text/turtle")
    ours = VOCAB.removesuffix("#")
    held = set(with_names(rdf.plain(rdf.parse_ontology(ONTOLOGY))))
    held = {(s, p, o) for s, p, o in held if s.kind == "blank" or s.value.startswith(ours)}
    found = Graph().parse(data=answer.body, format="turtle")
    assert set(with_names(rdf.plain(found))) == held


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        (None, "text/html"),
        ("*/*", "text/html"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("text/turtle", "text/turtle"),
        ("application/n-triples", "application/n-triples"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/json", "application/json"),
        ("text/turtle;q=0.5, application/n-triples", "application/n-triples"),
        ("text/html;q=0.1, text/turtle;q=0.9", "text/turtle"),
        ("application/*", "application/n-triples"),
        ("text/*", "text/html"),
        ("text/html;q=0, */*", "text/turtle"),
        ("application/json, text/html", "text/html"),
        ("image/png", None),
        ("text/turtle;q=0", None),
    ],
)
def test_the_form_is_what_the_client_likes_best(served, accept, given):
    answer = served.get("/entity/mir-126", accept)
    assert answer.status == (406 if given is None else 200)
    if given is not None:
        assert media(answer) == given
        assert "Accept" in answer.headers["vary"].split(", ")


@pytest.mark.parametrize("kind", LINKED)
def test_the_address_can_name_the_form_and_links_name_all_forms(served, paths, kind):
    path = some(of_kind(paths, kind), 1)[0]
    forms = [form for form in FORMS if form != "json" or kind in DOCUMENTED]
    link = served.get(path).headers["link"]
    told = re.findall(r'<([^>]+)>; rel="alternate"; type="([^"]+)"', link)
    assert told == [(f"{path}?format={form}", FORMS[form]) for form in forms]
    for address, given in told:
        answer = served.get(address, "image/png")
        assert (answer.status, media(answer)) == (200, given)
    for wrong in {"json", "xyz", ""} - set(forms):
        assert served.get(f"{path}?format={wrong}").status == 400


@pytest.mark.parametrize("kind", DOCUMENTED)
def test_json_is_the_document_of_the_programs_interface(served, paths, kind):
    for path in some(of_kind(paths, kind), 3):
        answer = served.get(path, accept="application/json")
        assert answer.json == served.get(f"/api/v1{path}").json


def test_an_unknown_id_is_a_page_with_suggestions(served):
    answer = served.get("/entity/mir-12", accept="text/html")
    assert (answer.status, media(answer)) == (404, "text/html")
    assert "/entity/mir-126" in links(answer)
    assert "<script" not in served.get("/entity/%3Cscript%3E").text
    chinese = served.get("/entity/mir-12?lang=zh")
    assert chinese.status == 404
    assert "/entity/mir-126?lang=zh" in links(chinese)


def test_an_unknown_id_is_an_error_with_suggestions_elsewhere(served):
    told = served.get("/entity/mir-12?format=json").json["error"]
    assert told["code"] == "E002"
    assert "mir-126" in told["suggestions"]
    for form in PARSED:
        answer = served.get(f"/entity/mir-12?format={form}")
        assert (answer.status, media(answer)) == (404, "text/plain")
        assert answer.text.startswith("E002 ")
        assert "mir-126" in answer.text


@pytest.mark.parametrize(
    "id",
    [
        "MIR-126",
        "miR-126",
        "mir-126/",
        "mir-126?",
        "mir-126?zh",
        "mir-126> ?p ?o } #",
        "mir-126\\u003e",
        "x> ?p ?o . ?s ?p <x",
        "\x00\n",
        "外泌体" * 300,
        "a" * 3000,
    ],
)
def test_only_the_id_itself_is_found(served, id):
    for form in FORMS:
        answer = served.get(f"/entity/{quote(id, safe='/')}?format={form}")
        assert answer.status == 404, form
        assert len(answer.body) < 20_000


def test_terms_lead_to_their_place_in_the_vocabulary(served):
    answer = served.get("/vocab/carries")
    assert (answer.status, answer.headers["location"]) == (303, "/vocab#carries")
    assert 'id="carries"' in served.get("/vocab").text
    chosen = served.get("/vocab/carries?format=ttl")
    assert chosen.headers["location"] == "/vocab?format=ttl#carries"
    assert served.get("/vocab/carriers").status == 404
    assert served.get("/vocab/a%3E%20b").status == 404


def test_the_language_is_that_of_the_address_or_of_the_browser(served):
    english = served.get("/entity/adsc-exo", **{"Accept-Language": "en, zh;q=0.5"})
    chinese = served.get("/entity/adsc-exo", **{"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"})
    asked = served.get("/entity/adsc-exo?lang=zh", **{"Accept-Language": "en"})
    assert "<h1>ADSC-Exo</h1>" in english.text
    assert "<h1>脂肪间充质干细胞外泌体</h1>" in chinese.text
    assert "<h1>脂肪间充质干细胞外泌体</h1>" in asked.text
    assert "Accept-Language" in chinese.headers["vary"].split(", ")
    assert "/entity/adsc-exo?lang=en" in links(chinese)
    assert "/entity/cd31?lang=zh" in links(asked) and "/entity/cd31" in links(chinese)


def test_the_browser_is_told_to_run_nothing(served):
    for path in ("/entity/mir-126", "/entity/none-such", "/vocab", "/entity/"):
        policy = served.get(path).headers["content-security-policy"]
        assert policy == f"{things.policy()}; frame-ancestors 'none'"


def test_pages_can_only_be_read(served):
    for path in ("/entity/mir-126", "/entity/", "/vocab", "/vocab/carries"):
        assert served.request("POST", path).status == 405
        assert served.request("HEAD", path).body == b""
        assert served.request("OPTIONS", path).status == 204


def test_a_walk_from_the_list_of_entities_finds_no_dead_end(served, paths):
    """The lists lead to every subject; all links of these and of many pages lead somewhere."""
    lists = [f"/{kind}/" for kind in LINKED]
    pages = dict(every(served, [*lists, "/vocab", "/entity"]))
    assert {"/vocab", *lists} <= set(links(pages["/entity/"]))
    reached = {unquote(link) for answer in pages.values() for link in links(answer)}
    whole = {path for path in paths if "/step/" not in path}
    assert whole <= reached
    pages |= dict(every(served, some(whole, 150, seed=5)))
    pages |= dict(every(served, [f"{path}?lang=zh" for path in some(whole, 50, 6)]))
    found: set[str] = set()
    for path, answer in pages.items():
        assert answer.status == 200, path
        ids = set(re.findall(r' id="([^"]*)"', answer.text))
        anchors = {link[1:] for link in links(answer) if link.startswith("#")}
        assert {unquote(anchor) for anchor in anchors} <= ids, path
        found |= {link for link in links(answer) if link.startswith("/")}
    alive = {*paths, *lists, "/", "/vocab"}
    other = {link for link in found if unquote(urlsplit(link).path) not in alive}
    assert all(link.startswith("/api/v1/") for link in other)
    queries = {link for link in found - other if urlsplit(link).query}
    for link, answer in every(served, [*some(other, 30), *some(queries, 60)]):
        assert answer.status == 200, link
    terms = {unquote(urlsplit(link).fragment) for link in found if link.startswith("/vocab")}
    assert terms - {""} <= set(re.findall(r' id="([^"]*)"', pages["/vocab"].text))


def looked_at(chromium: str, address: str, width: int) -> list[str]:
    """What a browser complains of on some pages of a server, one of them reached by links."""
    from playwright.sync_api import sync_playwright

    seen: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.on("console", lambda message: seen.append(message.text))
        page.on("pageerror", lambda error: seen.append(str(error)))
        page.on(
            "request",
            lambda r: None if r.url.startswith((f"{address}/", "data:")) else seen.append(r.url),
        )
        for path in ("/entity/adsc-exo", "/reference/review", "/entity/?lang=zh", "/vocab#carries"):
            page.goto(f"{address}{path}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.evaluate("getComputedStyle(document.body).marginTop") == "0px", "styled"
        page.goto(f"{address}/entity/mir-126")
        page.get_by_role("link", name="PIK3R2").first.click()
        assert page.locator("h1").inner_text() == "PIK3R2"
        page.get_by_role("link", name="中文").click()
        assert page.locator("html").get_attribute("lang") == "zh-CN"
        browser.close()
    return seen


@pytest.mark.page
@pytest.mark.parametrize("width", [360, 900, 1400])
def test_a_browser_shows_pages_without_a_word_of_complaint(served, width):
    chromium = chromium_path()
    with ThreadPoolExecutor(1) as alone:  # one thread cannot hold two of Playwright's loops
        assert alone.submit(looked_at, chromium, served.address, width).result() == []
