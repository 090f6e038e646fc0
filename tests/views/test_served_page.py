# SPDX-License-Identifier: Apache-2.0
"""The page as a server gives it asks that server: what it shows is what the commands say."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from finding import address as question
from finding import compared, listed, route
from playwright.sync_api import Page, Route

from exograph.paths import PathQuery, find
from exograph.paths.compare import compare
from exograph.paths.explain import sentences
from exograph.paths.matrix import matrix
from exograph.snapshot import Snapshot

pytestmark = pytest.mark.page

REVIEW_ONLY = {"sources": ("review",)}
"""What the page's key shows at first."""

Call = Callable[..., Page]


def asked(page: Page) -> list[str]:
    """Addresses of the interface that the page asks from now on, without their host."""
    seen: list[str] = []
    page.on("request", lambda r: seen.append(r.url.partition("/api/v1/")[2]))
    return seen


def until(page: Page, expression: str) -> None:
    """Waits for it to hold; Playwright's own waiting evaluates text, which the policy forbids."""
    for _ in range(200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never held: {expression}")


def settled(page: Page) -> Page:
    """The page once no answer is awaited."""
    page.locator(".answers:visible").wait_for()
    page.get_by_text("Searching …").wait_for(state="detached")
    return page


@pytest.mark.parametrize(
    ("fields", "given"),
    [
        ({}, {}),
        ({"sign": "-"}, {"sign": "-"}),
        ({"told": "1", "steps": "3"}, {"told": True, "max_steps": 3}),
        ({"via": "mir-126", "fold": "0"}, {"via": ("mir-126",), "fold": False}),
        ({"not": "vegfa", "top": "3"}, {"avoid": ("vegfa",), "top": 3}),
    ],
)
def test_paths_are_those_of_the_command_with_their_sentences(call, snapshot, fields, given):
    kb = snapshot.kb
    query = PathQuery(("bmsc-exo",), ("angiogenesis",), **given, **REVIEW_ONLY)
    expected = find(kb, snapshot.arrays, query).paths
    page = settled(call(question(start="bmsc-exo", end="angiogenesis", **fields)))
    assert listed(page) == [route(kb, path) for path in expected]
    for number, path in enumerate(expected[:2], 1):
        page.locator(f"ol.found button[data-path='{number}']").click()
        for lang in ("en", "zh"):
            told = page.locator(".sentences p").all_inner_texts()
            assert told == sentences(path, kb, lang).split("\n")
            page.locator("#language").click()
        page.locator(f"ol.found button[data-path='{number}']").click()


def test_what_it_asks_is_the_interface_and_only_once(call):
    page = call()
    seen = asked(page)
    page.evaluate(f"location.hash = '{question(start='bmsc', end='angiogenesis')}'")
    page.locator("ol.found button").first.click()
    page.locator("#language").click()
    page.go_back()
    until(page, "!document.querySelector('.opened')")
    assert seen == ["paths?start=bmsc&end=angiogenesis&sign=any&max_steps=8&top=10&source=review"]
    page.locator("[data-scene=matrix]").click()
    page.wait_for_selector(".matrix td")
    page.locator("[data-filter='source:literature']").click()
    page.locator("[data-filter='other_tissue']").click()
    settled(page)
    assert seen[1:] == ["matrix?source=review", "matrix?", "matrix?any_tissue=true"]


def test_the_matrix_is_that_of_the_command(call, snapshot):
    page = call("#matrix")
    page.wait_for_selector(".matrix td")
    query = PathQuery(("type:Source",), ("type:HealingPhase",), **REVIEW_ONLY)
    counted = matrix(snapshot.kb, snapshot.arrays, query)
    expected = {
        f"{cell.start} {cell.end}": cell.routes
        for row in counted.rows
        for cell in counted.row(row)
        if cell.routes
    }
    given = page.locator("[data-cell]").evaluate_all(
        "all => all.map(e => [e.dataset.cell, Number(e.querySelector('strong').textContent)])"
    )
    assert dict(given) == expected
    page.locator("[data-cell='bmsc remodeling-phase']").click()
    assert len(listed(settled(page))) == min(10, expected["bmsc remodeling-phase"])


@pytest.mark.parametrize("to", ["", "scar-formation", "type:Outcome"])
def test_a_comparison_is_that_of_the_command(call, snapshot, to):
    kb = snapshot.kb
    target = {"to": to} if to else {}
    fields = "&".join(f"{k}={v}" for k, v in {"a": "adsc", "b": "bmsc", **target}.items())
    page = call("#compare=" + quote(fields, safe=""))
    page.locator("[data-filter='source:literature']").click()
    settled(page)
    query = PathQuery(("adsc", "bmsc"), (to or "type:HealingPhase",))
    expected = compared(kb, compare(kb, snapshot.arrays, query))
    given = page.locator("[data-group]").evaluate_all(
        "all => all.map(e => [e.dataset.group,"
        " [...e.querySelectorAll('button')].map(b => b.textContent)])"
    )
    groups = dict(given)
    assert groups.keys() == expected.keys() and expected
    for name, routes in expected.items():
        assert len(groups[name]) == len(routes)
        assert all(told in text for told, text in zip(routes, groups[name], strict=True))


def test_a_way_of_a_comparison_opens_as_a_path(call):
    page = call("#compare=" + quote("a=adsc&b=bmsc", safe=""))
    page.locator("[data-group='inflammatory-phase only_a'] button").first.click()
    page.wait_for_selector("ol.found button[aria-pressed=true]")
    assert page.locator("ol.found button[aria-pressed=true]").count() == 1


def test_a_word_misspelt_is_found_by_the_server(call):
    page = call()
    page.locator("#search").press_sequentially("angiogenisis")
    page.wait_for_selector("[data-hit=angiogenesis]")
    page.locator("#search").press("Enter")
    until(page, "location.hash.startsWith('#entity=angiogenesis')")


def test_enter_waits_for_the_answer_to_what_was_typed(call):
    page = call()

    def late(given: Route) -> None:
        page.wait_for_timeout(300)
        given.continue_()

    page.route("**/api/v1/search?*", late)
    page.locator("#search").fill("mir-126")
    page.locator("#search").press("Enter")
    until(page, "location.hash.startsWith('#entity=mir-126')")


def test_an_answer_that_comes_late_finds_the_form_as_it_was_left(call):
    page = call()

    held: list[Route] = []

    def hold(given: Route) -> None:
        held.append(given)

    page.route("**/api/v1/paths?*", hold)
    page.evaluate(f"location.hash = '{question(start='bmsc', end='angiogenesis', path='2')}'")
    page.locator("input[name=via]").fill("miR-1")
    assert page.locator(".answers [role=status]").inner_text() == "Searching …"
    held[0].continue_()
    page.wait_for_selector("ol.found button[aria-pressed=true]")
    assert page.locator("input[name=via]").input_value() == "miR-1"
    assert page.evaluate("exograph.state.chosen.what") == "find"


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (0, "", "The server does not answer."),
        (503, '{"error": {"code": "H153", "message": "The server is busy.", "cure": "Wait."}}',
         "The server is busy. Wait."),
    ],
)  # fmt: skip
def test_what_the_server_cannot_answer_is_said_and_may_be_asked_again(call, status, body, said):
    page = call()
    refused = "**/api/v1/**"
    page.route(
        refused,
        lambda r: (
            r.fulfill(status=status, body=body, content_type="application/json")
            if status
            else r.abort()
        ),
    )
    page.evaluate(f"location.hash = '{question(start='bmsc', end='angiogenesis')}'")
    page.wait_for_selector(".answers .trouble")
    assert page.locator(".answers .trouble").inner_text() == said
    page.locator("#search").fill("mir-126")  # what the page has is found without a server
    page.locator("[data-hit=mir-126]").wait_for()
    page.unroute(refused)
    page.locator(".finder button[type=submit]").click()
    page.wait_for_selector("ol.found button")


def test_a_page_of_a_server_carries_no_search_of_its_own(call, snapshot: Snapshot):
    page = call()
    held = page.evaluate("document.getElementById('data').textContent.includes('\"walks\"')")
    assert not held
    assert "findMechanisms" not in page.content()
