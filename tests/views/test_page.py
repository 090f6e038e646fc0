# SPDX-License-Identifier: Apache-2.0
"""The page in a real browser: what a reader clicks, reads, filters and searches."""

import pytest
from sample import HOSTILE, hostile, large, review

from exograph.ids import claim_id
from exograph.views.html import page as document

pytestmark = pytest.mark.page

MIR126 = claim_id("mir-126", "downregulates", "pik3r2")
QUOTE = "下调磷酸肌醇 3-激酶调节亚基 2"


@pytest.fixture(scope="module")
def shown():
    return document(review())


def click_at(page, expression):
    """A click of the mouse where the picture has the point that ``expression`` gives."""
    spot = page.evaluate(
        f"""() => {{
            const at = exograph.network.canvasToDOM({expression});
            const box = document.getElementById("canvas").getBoundingClientRect();
            return [box.left + at.x, box.top + at.y];
        }}"""
    )
    page.mouse.click(*spot)


def visible(page):
    """Ids of entities and of claims that the picture shows now."""
    nodes = page.evaluate("exograph.nodes.get({filter: n => !n.hidden}).map(n => n.id)")
    edges = page.evaluate("exograph.edges.get({filter: e => !e.hidden}).map(e => e.id)")
    return set(nodes), set(edges)


def panel(page):
    return page.locator("#panel-body")


def test_it_opens_with_the_routes_from_sources_to_phases_and_no_request(visit, shown):
    page = visit(shown)
    nodes, edges = visible(page)
    assert {"bmsc", "bmsc-exo", "mir-126", "pik3r2", "pi3k-akt-pathway", "angiogenesis"} <= nodes
    assert {"hemostasis-phase", "inflammatory-phase", "remodeling-phase"} <= nodes
    assert MIR126 in edges
    assert not {"hydrogel", "nct05078385"} & nodes
    assert "not medical advice" in page.locator("footer").inner_text().lower()


def test_everything_is_inside_the_window_at_the_start(visit, shown):
    for size in ((1400, 900), (1024, 768)):
        page = visit(shown, size=size)
        corners = page.evaluate(
            """() => exograph.nodes.getIds().map(id =>
                exograph.network.canvasToDOM(exograph.network.getPosition(id)))"""
        )
        box = page.locator("#canvas").bounding_box()
        assert all(0 < p["x"] < box["width"] and 0 < p["y"] < box["height"] for p in corners)


def test_a_click_on_a_node_tells_what_it_is_and_what_it_does(visit, shown):
    page = visit(shown)
    click_at(page, "exograph.network.getPosition('mir-126')")
    text = panel(page).inner_text()
    assert "miR-126" in text and "microRNA" in text and "cargo" in text
    assert "downregulates PIK3R2" in text
    assert "BMSC-Exo carries" in text
    page.locator(f"[data-claim='{MIR126}']").click()
    assert QUOTE in panel(page).locator("blockquote").first.inner_text()


def test_a_click_on_a_line_shows_the_quote_and_the_reference(visit, shown):
    page = visit(shown)
    click_at(page, f"exograph.spot('{MIR126}')")
    text = panel(page).inner_text()
    assert QUOTE in text
    assert "[38]" in text and "section 3.2" in text and "stated" in text


def test_context_certainty_and_conflicts_are_told(visit, shown):
    kb = review()
    conflict = kb.conflicts[0].claims[0]
    page = visit(shown, anchor=f"#claim={conflict}")
    assert "explained by" in panel(page).inner_text()
    hedged = next(s for s in kb.statements if s.certainty == "hedged")
    page.evaluate(f"exograph.choose('claim', '{hedged.claim}')")
    panel(page).get_by_text("hedged").first.wait_for()
    attenuated = next(s for s in kb.statements if s.effect == "attenuates_induction")
    page.evaluate(f"exograph.choose('claim', '{attenuated.claim}')")
    panel(page).get_by_text("inhibits an induction").first.wait_for()


def test_remarks_and_values_stand_where_they_belong(visit, shown):
    page = visit(shown, anchor="#entity=nct05078385")
    text = panel(page).inner_text()
    assert "superscripts are lost" in text
    assert "1 × 107 EVs/cm2" in text
    assert "54 周" in text


def test_the_language_changes_everywhere_at_a_click(visit, shown):
    page = visit(shown, anchor="#entity=mir-126")
    page.click("#language")
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    assert "微小RNA" in panel(page).inner_text()
    assert "下调" in panel(page).inner_text()
    assert "不构成医疗建议" in page.locator("footer").inner_text()
    assert "总览" in page.locator("#scenes").inner_text()
    page.click("#language")
    assert "downregulates" in panel(page).inner_text()


def test_it_opens_in_chinese_when_asked(visit):
    page = visit(document(review(), lang="zh"))
    assert "总览" in page.locator("#scenes").inner_text()


def test_a_kind_a_sign_and_a_basis_can_be_left_out(visit, shown):
    page = visit(shown)
    kb = review()
    page.click("[data-filter=MicroRNA]")
    assert not any(kb.entity[id].type == "MicroRNA" for id in visible(page)[0])
    page.click("[data-filter=reset]")
    page.click("[data-filter=negative]")
    assert visible(page)[1] and all(kb.claim[id].sign != -1 for id in visible(page)[1])
    page.click("[data-filter=reset]")
    page.click("[data-filter=inferred]")
    page.click("[data-filter=derived]")
    assert {kb.claim[id].basis for id in visible(page)[1]} == {"stated"}
    page.click("[data-filter=reset]")
    assert MIR126 in visible(page)[1]


def test_a_source_keeps_what_it_reaches_and_a_phase_what_leads_to_it(visit, shown):
    page = visit(shown)
    page.select_option("#pick-source", "adsc")
    nodes, _ = visible(page)
    assert {"adipose-tissue", "adsc", "adsc-exo", "mir-192-5p", "il17ra"} <= nodes
    assert not {"bmsc", "mir-126", "umbilical-cord"} & nodes
    page.select_option("#pick-phase", "inflammatory-phase")
    nodes, _ = visible(page)
    assert "macrophage-infiltration" in nodes and "mir-192-5p" not in nodes


def test_scenes_hold_biomaterials_and_trials(visit, shown):
    page = visit(shown)
    page.click("[data-scene=biomaterials]")
    assert {"cp-exo-sa", "exo-in-cp-sa", "gdq-scaffold"} <= visible(page)[0]
    page.click("[data-scene=trials]")
    assert {"nct05078385", "agle-102"} <= visible(page)[0]


def test_claims_between_the_same_two_entities_are_lines_of_their_own(visit, shown):
    page = visit(shown)
    between = page.evaluate(
        """() => exograph.edges.get().filter(e => e.from === "mir-383" && e.to === "vegfa")
            .map(e => JSON.stringify(e.smooth))"""
    )
    assert len(between) == 2 and len(set(between)) == 2


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("血管", "angiogenesis"),
        ("PIK3R2", "pik3r2"),
        ("il 1 beta", "il-1b"),
        ("IL-1β", "il-1b"),
        ("collagen production", "collagen-synthesis"),
        ("nfkb", "nf-kb-pathway"),
        ("mir126", "mir-126"),
    ],
)
def test_search_finds_labels_synonyms_and_ids_in_both_languages(visit, shown, typed, wanted):
    page = visit(shown)
    page.keyboard.press("/")
    page.keyboard.insert_text(typed)
    hits = page.locator("#results [role=option]").evaluate_all("all => all.map(e => e.dataset.hit)")
    assert wanted in hits[:4]


def test_search_goes_by_keyboard_to_what_is_not_in_the_picture(visit, shown):
    page = visit(shown)
    page.keyboard.press("/")
    page.keyboard.insert_text("GDQ scaffold")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    panel(page).get_by_role("heading", name="GDQ scaffold").wait_for()
    assert "gdq-scaffold" in visible(page)[0]
    page.keyboard.press("Escape")
    page.locator("#panel").wait_for(state="hidden")


def test_search_finds_words_in_quotes(visit, shown):
    page = visit(shown)
    page.fill("#search", "静态磁场")
    assert page.locator("#results .group").count() >= 1
    page.fill("#search", "凋亡和衰老")
    page.locator("#results [role=option]").first.click()
    assert "凋亡和衰老" in panel(page).inner_text()


def test_a_mechanism_is_shown_alone(visit, shown):
    page = visit(shown)
    page.click("#stories")
    page.locator(".story", has_text="PIK3R2").first.click()
    assert panel(page).locator("[data-claim]").count() >= 4
    assert f'data-claim="{MIR126}"' in panel(page).inner_html()


def test_paths_are_told_chosen_and_marked(visit):
    kb = review()
    first = [claim_id("bmsc", "isolated_from", "bone-marrow"),
             claim_id("bmsc", "secretes", "bmsc-exo"),
             claim_id("bmsc-exo", "carries", "mir-126"), MIR126]  # fmt: skip
    second = [claim_id("bmsc-exo", "carries", "klf3-as1"),
              claim_id("klf3-as1", "downregulates", "mir-383")]  # fmt: skip
    captions = [{"en": "told as one story", "zh": "一篇文献讲述"}, "second best"]
    page = visit(document(kb, highlight=[first, second], captions=captions))
    text = panel(page).inner_text()
    assert "bone marrow › bone-marrow mesenchymal stem cell › BMSC-Exo › miR-126 ⊣ PIK3R2" in text
    assert "told as one story" in text and "second best" in text
    assert page.locator(".story[aria-pressed=true]").count() == 1
    page.locator(".story").nth(1).click()
    assert panel(page).locator("[data-claim]").count() == len(second)
    page.click("#language")
    assert "一篇文献讲述" in panel(page).inner_text()


def test_a_neighbourhood_is_cut_out_and_its_centre_chosen(visit):
    page = visit(document(review(), entities=["vegfa"], depth=1))
    nodes, _ = visible(page)
    assert nodes == {"vegfa", "mir-383", "klf3-as1", "angiogenesis", "wound-healing"}
    assert "VEGFA" in panel(page).inner_text()


def test_the_list_holds_the_claims_of_the_picture(visit, shown):
    page = visit(shown)
    page.click("#view-toggle")
    assert page.locator("#list tbody tr").count() == len(visible(page)[1])
    page.locator("#list tr", has_text="PIK3R2").get_by_role("button", name="downregulates").click()
    panel(page).get_by_text(QUOTE).first.wait_for()


def test_back_and_forward_and_a_link_lead_to_what_was_chosen(visit, shown):
    page = visit(shown, anchor="#entity=vegfa")
    assert "VEGFA" in panel(page).inner_text()
    click_at(page, "exograph.network.getPosition('mir-383')")
    assert "miR-383" in panel(page).get_by_role("heading", level=2).inner_text()
    page.go_back()
    panel(page).get_by_role("heading", name="VEGFA").wait_for()


def test_it_works_on_a_phone(visit, shown):
    page = visit(shown, size=(390, 844))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.fill("#search", "VEGFA")
    page.locator("#results [role=option]").first.click()
    assert "血管内皮生长因子A" in panel(page).inner_text()
    page.click("#panel-close")
    page.locator("#panel").wait_for(state="hidden")


def test_markup_in_any_field_is_text(visit):
    kb = hostile()
    page = visit(document(kb, highlight=[[MIR126]], captions=[HOSTILE]))
    assert HOSTILE in panel(page).inner_text()
    for entity in kb.entities:
        page.evaluate(f"exograph.choose('entity', '{entity.id}')")
        heading = panel(page).get_by_role("heading", level=2)
        heading.get_by_text(entity.id).wait_for()
        assert heading.inner_text() == entity.label_en
        assert HOSTILE in panel(page).locator("dl").first.inner_text()
    for claim in kb.claims:
        page.evaluate(f"exograph.choose('claim', '{claim.id}')")
        assert panel(page).locator("blockquote").first.inner_text() == HOSTILE
    for anchor in ("#about", "#stories", "#story=told", "#paths"):
        page.evaluate(f"location.hash = '{anchor}'")
        page.wait_for_function(
            f"document.querySelector('#panel-body').innerText.includes({HOSTILE!r})"
        )
    page.evaluate("location.hash = ''")
    page.fill("#search", "onerror")
    assert page.locator("#results [role=option]").count() >= 6
    page.keyboard.press("Escape")
    page.click("#language")
    page.click("#view-toggle")
    page.mouse.move(400, 400)
    assert page.evaluate("window.hacked") is None
    assert page.locator("img").count() == 0


def test_the_browser_itself_refuses_a_request(visit, shown, chromium, tmp_path):
    """The policy, not only our good manners: a script added to the file does not run."""
    file = tmp_path / "tampered.html"
    file.write_text(shown.replace("</body>", "<script>window.hacked=1</script></body>"), "utf-8")
    page = chromium.new_page()
    page.goto(file.as_uri())
    assert page.evaluate("window.hacked") is None
    refused = page.evaluate(
        "fetch('https://example.org/').then(() => 'sent', error => String(error))"
    )
    assert "Failed to fetch" in refused
    page.close()


def test_a_thousand_nodes_are_drawn_and_steady_quickly(visit):
    page = visit(document(large(1000, 2200)), anchor="")
    took = page.evaluate("exograph.drawn()")
    assert took < 6000, "bar of the benchmark is 1500 ms on an idle machine"
    assert len(visible(page)[0]) > 700
