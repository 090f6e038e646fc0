# SPDX-License-Identifier: Apache-2.0
"""All sources in one page: what it opens with, what can be switched on, and that all is counted."""

import re

import pytest
from sample import everything, review

from exograph.ids import claim_id
from exograph.model import KnowledgeBase
from exograph.paths.trust import elsewhere
from exograph.views.html import page as document
from exograph.views.scopes import comparators, leading, scopes

LITERATURE = "[data-filter='source:literature']"
REVIEW = "[data-filter='source:review']"
OF_25 = claim_id("bmsc-exo", "activates", "pten-akt-pathway")
PIK3R2 = claim_id("mir-126", "downregulates", "pik3r2")


@pytest.fixture(scope="module")
def kb():
    return everything()


@pytest.fixture(scope="module")
def shown(kb):
    return document(kb)


def visible(page):
    nodes = page.evaluate("exograph.nodes.get({filter: n => !n.hidden}).map(n => n.id)")
    edges = page.evaluate("exograph.edges.get({filter: e => !e.hidden}).map(e => e.id)")
    return set(nodes), set(edges)


def panel(page):
    return page.locator("#panel-body")


def sources(kb, claim):
    return {s.source for s in kb.claim[claim].statements}


def counted(page):
    """The numbers of claims in the line below the picture: shown, and left out by reason."""
    told = page.locator("#counts").inner_text()
    number = re.search(r"(\d+) claims? shown", told) or re.search(r"(\d+) 条论断", told)
    return int(number[1]), [int(n) for n in re.findall(r"\d+", page.locator("#left").inner_text())]


def test_vesicles_of_other_cells_are_comparators_and_kinds_of_all_vesicles_are_not(kb):
    found = comparators(kb)
    assert {"keratinocyte-exo", "huvec-exo", "milk-exo", "milk-exo-mir-31-5p"} <= found
    assert not {"exosome", "extracellular-vesicle", "msc-exo", "ucmsc-exo"} & found
    assert not {"adsc-exo-nfic", "bmsc-exo-deferoxamine", "adsc-nanovesicle"} & found
    assert comparators(review()) == comparators(KnowledgeBase()) == frozenset()


def test_scopes_grow_and_a_knowledge_base_of_one_source_has_one(kb):
    assert leading(kb) == {"review"}
    lead, more, whole = scopes(kb).values()
    assert set(lead.claim) < set(more.claim) < set(whole.claim) == set(kb.claim)
    assert {s.source for s in lead.statements} == {"review"}
    assert not any(elsewhere(kb, s) for s in more.statements)
    assert list(scopes(review())) == ["all"]


def test_the_page_of_all_sources_stays_small(shown):
    assert len(shown.encode()) < 6_000_000


@pytest.mark.page
def test_it_opens_with_what_the_review_says_and_counts_the_rest(visit, kb, shown):
    page = visit(shown)
    assert page.evaluate("exograph.drawn()") < 6000, "2000 ms on an idle machine"
    nodes, edges = visible(page)
    assert PIK3R2 in edges and len(nodes) < 200
    assert all("review" in sources(kb, id) for id in edges)
    claims, left = counted(page)
    assert claims == len(edges) and claims + sum(left) == len(kb.claims)
    only = sum(sources(kb, id) == {"literature"} for id in kb.claim)
    assert f"{only} only in literature" in page.locator("#left").inner_text()
    page.click("#language")
    assert f"{only} 条仅见于文献" in page.locator("#left").inner_text()


@pytest.mark.page
def test_the_literature_is_switched_on_and_off(visit, kb, shown):
    page = visit(shown)
    at_first = visible(page)
    page.click(LITERATURE)
    nodes, edges = visible(page)
    assert any(sources(kb, id) == {"literature"} for id in edges) and at_first[0] < nodes
    assert not nodes & comparators(kb)
    assert not any(all(elsewhere(kb, s) for s in kb.claim[id].statements) for id in edges)
    assert sum(counted(page)[1]) + len(edges) == len(kb.claims)
    page.click(REVIEW)
    assert all("literature" in sources(kb, id) for id in visible(page)[1])
    page.click("[data-filter=reset]")
    assert visible(page) == at_first


@pytest.mark.page
def test_other_tissues_and_other_vesicles_are_switched_on_apart(visit, kb, shown):
    page = visit(shown)
    page.click(LITERATURE)
    page.click("[data-filter=comparator]")
    nodes, edges = visible(page)
    assert "keratinocyte-exo" in nodes
    assert not any(all(elsewhere(kb, s) for s in kb.claim[id].statements) for id in edges)
    page.click("[data-filter=other_tissue]")
    wider = visible(page)[1]
    assert any(all(elsewhere(kb, s) for s in kb.claim[id].statements) for id in wider - edges)
    page.click("[data-scene=biomaterials]")
    assert page.locator("[data-filter=comparator]").get_attribute("aria-pressed") == "true"


@pytest.mark.page
def test_a_line_is_drawn_by_what_the_sources_that_are_on_say(visit, shown):
    page = visit(shown)
    width = f"exograph.edges.get('{PIK3R2}').width"
    alone = page.evaluate(width)
    page.click(LITERATURE)
    assert page.evaluate(width) > alone


@pytest.mark.page
def test_what_no_drawing_has_is_drawn_with_its_neighbours(visit, kb, shown):
    page = visit(shown, anchor="#entity=adsc-exo-nfic")
    assert page.locator("[data-scene=around]").get_attribute("aria-pressed") == "true"
    touching = {c.id for c in kb.claims if "adsc-exo-nfic" in (c.subject, c.object)}
    assert visible(page)[1] == touching
    page.locator("[data-scene=mechanisms]").click()
    assert page.locator("#panel").is_hidden()
    assert page.locator(LITERATURE).get_attribute("aria-pressed") == "true"


@pytest.mark.page
def test_the_panel_counts_and_holds_what_the_picture_leaves_out(visit, kb, shown):
    page = visit(shown, anchor="#entity=mir-126")
    touching = [c.id for c in kb.claims if "mir-126" in (c.subject, c.object)]
    left = [id for id in touching if sources(kb, id) == {"literature"}]
    closed = panel(page).locator("details[data-left=source]")
    assert closed.locator("summary").inner_text() == f"{len(left)} only in literature"
    closed.locator("summary").click()
    assert closed.locator("[data-claim]").count() == len(left)
    panel(page).get_by_role("button", name="Show only its neighbourhood").click()
    nodes, edges = visible(page)
    assert edges == set(touching) - set(left)
    assert nodes == {e for id in edges for e in (kb.claim[id].subject, kb.claim[id].object)}


@pytest.mark.page
def test_a_mechanism_of_the_literature_is_drawn_alone(visit, kb, shown):
    told = next(m for m in kb.mechanisms if m.source == "literature" and len(m.steps) > 2)
    page = visit(shown, anchor=f"#story={told.id}")
    assert visible(page)[1] >= {step.claim for step in told.steps}
    page.locator(f"#panel-body [data-claim='{told.steps[0].claim}']").click()
    assert visible(page)[1] >= {step.claim for step in told.steps}, "a step keeps its story"
    page.click("[data-scene=mechanisms]")
    assert page.locator("#panel").is_hidden()
    assert all("review" in sources(kb, id) for id in visible(page)[1])
    page.click("[data-scene=around]")
    assert visible(page)[1] >= {step.claim for step in told.steps}, "and is found again"
    page.click("#stories")
    groups = panel(page).locator("details summary").all_inner_texts()
    counts = [sum(m.source == s for m in kb.mechanisms) for s in ("review", "literature")]
    assert groups == [f"review ({counts[0]})", f"literature ({counts[1]})"]


@pytest.mark.page
def test_a_choice_of_cells_is_drawn_anew_and_can_be_taken_back(visit, shown):
    page = visit(shown)
    page.click(LITERATURE)
    before = page.evaluate("exograph.nodes.getIds().length")
    page.select_option("#pick-source", "bmsc")
    assert page.evaluate("exograph.nodes.getIds().length") < 0.6 * before
    assert page.locator("#pick-source option").count() > 5
    page.select_option("#pick-source", "")
    assert page.evaluate("exograph.nodes.getIds().length") == before


@pytest.mark.page
def test_every_entity_is_listed_and_leads_to_its_neighbourhood(visit, kb, shown):
    page = visit(shown)
    page.click("[data-scene=index]")
    entries = page.locator("[data-entry]").evaluate_all("all => all.map(e => e.dataset.entry)")
    assert sorted(entries) == sorted(kb.entity)
    page.click("#language")
    assert f"全部 {len(kb.entities)} 个实体" in page.locator("#list").inner_text()
    page.locator("[data-entry=keratinocyte-exo]").click()
    assert "keratinocyte-exo" in visible(page)[0]
    assert page.locator("#list").is_hidden() and page.locator("#picture").is_visible()


@pytest.mark.page
def test_a_difference_from_the_primary_paper_is_marked_in_words(visit, shown):
    page = visit(shown, anchor=f"#claim={OF_25}")
    assert page.evaluate(f"exograph.marks('{OF_25}')") == ["differs"]
    assert "≠ differs from the paper" in page.locator("#key").inner_text()
    assert "≠ differs from the paper" in panel(page).locator(".flags").first.inner_text()
    assert "≠ differs from the paper" in panel(page).locator(".card .tag").all_inner_texts()
    page.click("#language")
    assert "≠ 与原始论文有差异" in panel(page).locator(".flags").first.inner_text()
    assert "≠ 与原始论文有差异" in page.locator("#key").inner_text()


@pytest.mark.page
def test_retracted_papers_other_tissues_and_paraphrases_are_marked(visit, kb, shown):
    page = visit(shown)
    marks = {id: set(page.evaluate(f"exograph.marks('{id}')")) for id in list(kb.claim)[::25]}
    page.click("[data-filter=other_tissue]")
    page.click(LITERATURE)
    for id in marks:
        held = set(page.evaluate(f"exograph.marks('{id}')"))
        said = kb.claim[id].statements
        assert ("retracted" in held) == any(s.retracted for s in said)
        assert ("other_tissue" in held) == all(elsewhere(kb, s) for s in said)
        assert ("paraphrase" in held) == all(s.source == "literature" for s in said)
    gone = next(s for s in kb.statements if s.retracted)
    page.evaluate(f"exograph.choose('claim', '{gone.claim}')")
    assert "× retracted paper" in panel(page).locator(".flags").first.inner_text()


@pytest.mark.page
def test_grade_and_evidence_code_stand_with_each_statement(visit, kb, shown):
    from exograph.kb import best_grade, evidence

    page = visit(shown, anchor=f"#claim={PIK3R2}")
    for place, statement in enumerate(kb.claim[PIK3R2].statements):
        card = panel(page).locator(".card").nth(place).inner_text()
        found = evidence(kb, statement)
        assert f"grade {found.grade}" in card and found.eco in card and found.label_en in card
    page.click(LITERATURE)
    best = best_grade(kb, kb.claim[PIK3R2])
    assert f"grade {best}" in panel(page).locator(".flags").first.inner_text()
    page.click("#language")
    assert f"等级 {best}" in panel(page).locator(".flags").first.inner_text()
