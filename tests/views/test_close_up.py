# SPDX-License-Identifier: Apache-2.0
"""The close-up that a reader makes, filters by evidence, and the address that tells all of it."""

import pytest
from sample import everything, review

from exograph.kb import best_grade
from exograph.views import html

pytestmark = pytest.mark.page

KB = review()
ALL = everything()


@pytest.fixture(scope="module")
def shown():
    return html.page(KB)


@pytest.fixture(scope="module")
def whole():
    return html.page(ALL)


def plates(page):
    return set(page.evaluate("exograph.nodes.get({filter: n => !n.hidden}).map(n => n.id)"))


def lines(page):
    return set(page.evaluate("exograph.edges.get({filter: e => !e.hidden}).map(e => e.id)"))


def alone(visit, document, id):
    page = visit(document, anchor=f"#entity={id}")
    page.locator("[data-work=around]").click()
    return page


def neighbours(kb, id):
    return {e for c in kb.claims for e in (c.subject, c.object) if id in (c.subject, c.object)}


def test_neighbours_are_added_hidden_and_brought_back(visit, shown):
    page = alone(visit, shown, "klf3-as1")
    before = plates(page)
    assert before == neighbours(KB, "klf3-as1")
    page.evaluate("exograph.choose('entity', 'mir-383')")
    page.locator("[data-work=expand]").click()
    after = plates(page)
    assert after == before | neighbours(KB, "mir-383")
    page.locator("[data-work=hide]").click()
    assert "mir-383" not in plates(page)
    page.locator("#undo").click()
    assert plates(page) == after
    page.keyboard.press("Control+z")
    assert plates(page) == before
    assert page.locator("#undo").is_hidden()


def test_what_only_the_hidden_one_held_goes_with_it_unless_it_is_kept(visit, shown):
    page = alone(visit, shown, "klf3-as1")
    page.evaluate("exograph.choose('entity', 'mir-383')")
    page.locator("[data-work=expand]").click()
    only = neighbours(KB, "mir-383") - neighbours(KB, "klf3-as1") - {"mir-383"}
    held = {id for id in only if not (neighbours(KB, id) - {id, "mir-383"}) & plates(page)}
    for id in sorted(held)[:1]:
        page.evaluate(f"exograph.choose('entity', '{id}')")
        page.locator("[data-work=pin]").click()
        assert page.locator("[data-work=pin]").get_attribute("aria-pressed") == "true"
    page.evaluate("exograph.choose('entity', 'mir-383')")
    page.locator("[data-work=hide]").click()
    left = plates(page)
    assert not set(sorted(held)[1:]) & left
    assert set(sorted(held)[:1]) <= left and "klf3-as1" in left


def test_a_double_click_adds_the_neighbours_of_a_plate(visit, shown):
    page = alone(visit, shown, "klf3-as1")
    page.evaluate("document.getElementById('panel-close').click()")
    spot = page.evaluate(
        """() => {
            const at = exograph.network.canvasToDOM(exograph.network.getPosition("bmsc-exo"));
            const box = document.getElementById("canvas").getBoundingClientRect();
            return [box.left + at.x, box.top + at.y];
        }"""
    )
    page.mouse.dblclick(*spot)
    page.wait_for_function("exograph.nodes.length > 20")
    assert neighbours(KB, "bmsc-exo") <= plates(page)


def test_the_address_of_a_close_up_shows_the_same_to_someone_else(visit, shown):
    page = alone(visit, shown, "klf3-as1")
    page.evaluate("exograph.choose('entity', 'mir-383')")
    page.locator("[data-work=expand]").click()
    page.locator("[data-work=pin]").click()
    sent, there = page.evaluate("location.hash"), plates(page)
    again = visit(shown, anchor=sent)
    assert plates(again) == there
    assert again.locator("#panel h2").inner_text() == KB.entity["mir-383"].label_en
    assert again.locator("[data-work=pin]").get_attribute("aria-pressed") == "true"


def test_the_address_tells_filters_language_and_list(visit, shown):
    page = visit(shown)
    assert page.evaluate("location.hash") == ""
    page.locator("[data-filter=positive]").click()
    page.locator("#pick-phase").select_option("remodeling-phase")
    page.locator("#language").click()
    page.locator("#view-toggle").click()
    sent, there = page.evaluate("location.hash"), lines(page)
    again = visit(shown, anchor=sent)
    assert lines(again) == there
    assert again.locator("#list table").is_visible()
    assert again.evaluate("document.documentElement.lang") == "zh-CN"
    assert again.locator("#pick-phase").input_value() == "remodeling-phase"
    again.locator("[data-filter=reset]").click()
    assert "phase" not in again.evaluate("location.hash")


def test_back_leads_to_the_scene_that_was_left(visit, shown):
    page = visit(shown)
    first = plates(page)
    page.locator("[data-scene=trials]").click()
    assert plates(page) != first
    page.locator("[data-scene=matrix]").click()
    page.go_back()
    page.wait_for_function("document.getElementById('list').hidden")
    assert page.locator("[data-scene=trials]").get_attribute("aria-pressed") == "true"
    page.go_back()
    page.wait_for_function("exograph.state.scene !== 'trials'")
    assert plates(page) == first


def test_claims_can_be_chosen_by_the_grade_of_their_evidence(visit, whole):
    page = visit(whole)
    page.locator("[data-filter='source:literature']").click()
    before = lines(page)
    page.locator("[data-filter='grade:D']").click()
    after = lines(page)
    assert after and after < before
    assert {best_grade(ALL, ALL.claim[id]) for id in before - after} <= {"D"}
    assert "D" not in {best_grade(ALL, ALL.claim[id]) for id in after}


def test_effects_can_be_chosen_by_the_animal_that_they_were_shown_in(visit, whole):
    page = visit(whole)
    page.locator("[data-filter='source:literature']").click()
    page.locator("#pick-context").select_option("organism:rat")
    seen = lines(page)
    effects = [ALL.claim[id] for id in seen if ALL.claim[id].sign is not None]
    assert effects
    assert all(any("rat" in s.context.organism for s in claim.statements) for claim in effects)


@pytest.mark.parametrize(
    "anchor",
    [
        "#&scene=nowhere",
        "#&scene=around&with=%00,nobody,__proto__",
        "#&signs=constructor&kinds=<script>&grades=Z&lang=xx&list=7",
        "#entity=mir-126&scene=around&with=mir-126,angiogenesis&pinned=nobody",
        "#&scene",
        "#&off=literature,review&hidden=",
        "#=&=&=",
        "#index&scene=trials&lang=zh",
    ],
)
def test_an_address_that_makes_no_sense_shows_what_there_is(visit, shown, anchor):
    page = visit(shown, anchor=anchor)
    page.evaluate("exograph.choose('entity', 'mir-126')")
    assert page.locator("#panel h2").inner_text() == "miR-126"
