# SPDX-License-Identifier: Apache-2.0
"""What a reader relies on: who is named, what a reference says, and that nothing hides it."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from sample import review

from exograph import views
from exograph.ids import claim_id
from exograph.kb import group_claims
from exograph.model import Reference, Statement
from exograph.views.html import page as document
from exograph.views.payload import under

pytestmark = pytest.mark.page

PATH = [
    claim_id("bmsc", "isolated_from", "bone-marrow"),
    claim_id("bmsc", "secretes", "bmsc-exo"),
    claim_id("bmsc-exo", "carries", "klf3-as1"),
    claim_id("klf3-as1", "upregulates", "vegfa"),
    claim_id("vegfa", "promotes", "angiogenesis"),
]
MIR126 = claim_id("mir-126", "downregulates", "pik3r2")


@pytest.fixture(scope="module")
def shown():
    return document(review())


@pytest.fixture(scope="module")
def joined():
    """The review, with papers of other sources: one with an author and a DOI, one with neither."""
    kb = review()
    said = next(s for s in kb.statements if s.claim == MIR126)
    statements: list[Statement] = [
        *kb.statements,
        replace(said, reference="paper-a", source="paper", section="table2"),
        replace(said, reference="paper-b", source="paper", section="intro"),
    ]
    papers = (
        Reference("paper-a", "article", "paper", title="Vessels", first_author="Wang", year=2021,
                  doi="10.1000/Ab.7", pmid="123456"),
        Reference("paper-b", "article", "paper", title="No one signed"),
    )  # fmt: skip
    return document(
        replace(kb, references=(*kb.references, *papers), claims=group_claims(statements))
    )


def panel(page):
    return page.locator("#panel-body")


def hits(page, typed):
    page.fill("#search", typed)
    return page.locator("#results [role=option]").evaluate_all("all => all.map(e => e.dataset.hit)")


def overlap(page, ids):
    """Those of the entities of which a part is outside the canvas or under the panel."""
    return page.evaluate(
        """ids => ids.filter(id => {
            const canvas = document.getElementById("canvas").getBoundingClientRect();
            const panel = document.getElementById("panel").getBoundingClientRect();
            const wide = panel.width < canvas.width - 4;
            const b = exograph.network.getBoundingBox(id);
            const a = exograph.network.canvasToDOM({ x: b.left, y: b.top });
            const z = exograph.network.canvasToDOM({ x: b.right, y: b.bottom });
            const right = wide ? panel.left - canvas.left : canvas.width;
            const bottom = wide ? canvas.height : panel.top - canvas.top;
            return a.x < 0 || a.y < 0 || z.x > right || z.y > bottom;
        })""",
        sorted(ids),
    )


def near(id):
    routes = [c for c in review().claims if id in (c.subject, c.object)]
    return {end for c in routes for end in (c.subject, c.object)} | {id}


def test_only_the_review_is_called_the_review(visit, joined):
    page = visit(joined, anchor="#entity=mir-126")
    row = panel(page).locator("li", has=page.locator(f"[data-claim='{MIR126}']"))
    assert row.locator(".count").inner_text() == "[38, Wang 2021, paper-b]"
    kind = panel(page).locator("li", has_text="is a kind of microRNA")
    assert kind.locator(".count").inner_text() == "[review]"
    page.locator(f"[data-claim='{MIR126}']").click()
    text = panel(page).inner_text()
    assert "Wang 2021 · table 2" in text and "paper-b · introduction" in text
    assert "the review itself" not in text
    page.click("#language")
    assert "Wang 2021 · 表 2" in panel(page).inner_text()
    assert "paper-b · 引言" in panel(page).inner_text()
    assert "第 3.2 节" in panel(page).inner_text()
    page.click("#view-toggle")
    row = page.locator("#list tr", has=page.get_by_role("button", name="Wang 2021"))
    assert row.locator("td").last.inner_text() == "[38] Zhang L 2020、Wang 2021、paper-b"


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("[40]", "review-40"),
        ("40", "review-40"),
        ("［40］", "review-40"),
        ("review-40", "review-40"),
        ("Review 40", "review-40"),
        ("10.1000/ab.7", "paper-a"),
        ("https://doi.org/10.1000/Ab.7", "paper-a"),
        ("doi:10.1000/AB.7", "paper-a"),
        ("123456", "paper-a"),
    ],
)
def test_a_reference_comes_first_by_what_names_it_alone(visit, joined, typed, wanted):
    assert hits(visit(joined), typed)[0] == wanted


def test_a_reference_is_found_by_its_author_or_title(visit, joined):
    page = visit(joined)
    assert "paper-a" in hits(page, "Wang") and "paper-a" in hits(page, "wang 2021")
    assert "paper-b" in hits(page, "one signed")
    authors = {r.first_author for r in review().references} - {None}
    assert authors, "the review has references with an author"
    for name in sorted(authors)[:3]:
        wanted = {r.id for r in review().references if r.first_author == name}
        assert wanted & set(hits(page, name))


def test_a_reference_tells_all_its_claims_in_its_words(visit, shown):
    kb = review()
    page = visit(shown)
    page.fill("#search", "[40]")
    page.keyboard.press("Enter")
    panel(page).get_by_role("heading", name="[40]").wait_for()
    own = {c.id: [s for s in c.statements if s.reference == "review-40"] for c in kb.claims}
    own = {id: told for id, told in own.items() if told}
    listed = (
        panel(page).locator("[data-claim]").evaluate_all("all => all.map(e => e.dataset.claim)")
    )
    assert sorted(listed) == sorted(own)
    quotes = panel(page).locator("blockquote").all_inner_texts()
    for statement in (s for told in own.values() for s in told):
        assert (statement.quote or statement.paraphrase) in quotes
    assert not overlap(page, {e for id in own for e in (kb.claim[id].subject, kb.claim[id].object)})


def test_each_reference_can_be_opened(visit, joined):
    page = visit(joined)
    for reference in review().references:
        page.evaluate(f"exograph.choose('reference', '{reference.id}')")
        assert reference.id in panel(page).locator("dl").first.inner_text()
    page.evaluate("exograph.choose('reference', 'paper-a')")
    assert panel(page).get_by_role("link", name="doi:10.1000/Ab.7").count() == 1


def test_marks_of_references_lead_to_them(visit, shown):
    page = visit(shown, anchor="#entity=mir-126")
    panel(page).locator(".count").get_by_role("button", name="38").first.click()
    assert page.url.endswith("#reference=review-38")
    page.locator(f"[data-claim='{MIR126}']").first.click()
    panel(page).locator(".card .where").get_by_role("button", name="[38]").first.click()
    assert page.url.endswith("#reference=review-38")


@pytest.mark.parametrize("chosen", ["bmsc-exo", "mir-126", "angiogenesis", "adsc", "pik3r2"])
@pytest.mark.parametrize("size", [(1400, 900), (1024, 768)])
def test_the_panel_hides_nothing_of_what_is_chosen(visit, shown, chosen, size):
    page = visit(shown, size=size)
    page.evaluate(f"exograph.choose('entity', '{chosen}')")
    lit = near(chosen) & set(page.evaluate("exograph.nodes.getIds()"))
    lines = page.evaluate("exograph.edges.get({filter: e => !e.hidden}).map(e => [e.from, e.to])")
    assert not overlap(page, {e for line in lines if chosen in line for e in line} & lit)


@pytest.mark.parametrize("size", [(1400, 860), (1400, 900), (1200, 700)])
def test_the_panel_hides_nothing_of_a_path(visit, size):
    kb = review()
    page = visit(document(kb, highlight=[PATH, PATH[2:]]), size=size)
    ends = {end for id in PATH for end in (kb.claim[id].subject, kb.claim[id].object)}
    assert not overlap(page, ends)
    page.locator(".story").nth(1).click()
    assert not overlap(page, ends - {"bone-marrow", "bmsc"})


def test_the_view_returns_when_the_panel_closes(visit, shown):
    page = visit(shown)
    where = "[exograph.network.getScale(), exograph.network.getViewPosition()]"
    at_first = page.evaluate(where)
    page.evaluate("exograph.choose('entity', 'bmsc-exo')")
    assert page.evaluate(where) != at_first
    page.click("#panel-close")
    page.locator("#panel").wait_for(state="hidden")
    scale, at = page.evaluate(where)
    assert scale == pytest.approx(at_first[0]) and at == pytest.approx(at_first[1])


def test_on_a_phone_the_chosen_plate_is_above_the_panel(visit, shown):
    page = visit(shown, size=(390, 844))
    for chosen in ("bmsc-exo", "mir-126", "angiogenesis"):
        page.evaluate(f"exograph.choose('entity', '{chosen}')")
        assert overlap(page, [chosen]) == []


def test_a_name_that_is_the_same_in_both_languages_is_said_once(visit, shown):
    entity = review().entity["mir-126"]
    assert entity.label_en == entity.label_zh
    page = visit(shown)
    page.fill("#search", "mir-126")
    first = page.locator("#results [data-hit='mir-126']").first
    assert first.inner_text().count("miR-126") == 1
    first.click()
    assert panel(page).get_by_text("miR-126", exact=True).count() == 1


def test_a_vesicle_tells_its_cargo_first(visit, shown):
    page = visit(shown, anchor="#entity=bmsc-exo")
    rows = panel(page).locator("ul.claims").first.locator("li").all_inner_texts()
    carried = [row.startswith("carries") for row in rows]
    assert any(carried) and carried == sorted(carried, reverse=True)


def test_a_mechanism_has_the_sign_that_its_list_entry_has(visit, shown):
    kb = review()
    page = visit(shown)
    for mechanism in kb.mechanisms[:4]:
        page.evaluate(f"exograph.choose('story', '{mechanism.id}')")
        symbol = {"+": "+", "-": "−", "?": "?"}[mechanism.sign]
        assert panel(page).locator("p.where").first.inner_text().startswith(f"{symbol} ")


def test_trials_wear_their_phase_and_status():
    kb = review()
    told = under(kb.entity["nct05078385"], kb.attributes)
    assert told == {"en": ("phase I", "completed"), "zh": ("I 期", "目前试验已完成")}
    assert under(kb.entity["mir-126"], kb.attributes) == {"en": (), "zh": ()}


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("completed", {"nct05078385"}),
        ("recruiting", {"nct05243368", "nct04173650"}),
        ("招募", {"nct05243368", "nct04173650"}),
    ],
)
def test_search_finds_words_of_values(visit, shown, typed, wanted):
    # Two Chinese characters are a word; of Latin letters it takes three.
    assert wanted <= set(hits(visit(shown), typed))


def test_the_date_is_that_of_the_tables(visit, shown):
    page = visit(shown, anchor="#about")
    date = review().sources[0].date
    assert f"tables as of {date}" in panel(page).inner_text()
    page.click("#language")
    assert f"表格日期 {date}" in panel(page).inner_text()


def test_counts_and_words_in_chinese(visit):
    page = visit(document(review(), lang="zh"))
    assert re.fullmatch(r"已显示 \d+ 个实体、\d+ 条论断", page.locator("#counts").inner_text())
    file = Path(views.__file__).parent / "page" / "words.json"
    words = {key: text["zh"] for key, text in json.loads(file.read_text("utf-8")).items()}
    assert words["attributes"] == "属性" and words["context.organism"] == "物种"
    bases = [words[f"basis.{basis}"] for basis in ("stated", "derived", "inferred")]
    assert bases == ["原文陈述", "推导", "推断"]
    assert not [key for key, text in words.items() if "编者" in text or "生物体" in text]


def test_on_a_phone_every_scene_can_be_chosen(visit, shown):
    for made in (shown, document(review(), highlight=[PATH])):
        for lang in ("en", "zh"):
            page = visit(made, size=(390, 844))
            page.click("#panel-close") if page.locator("#panel").is_visible() else None
            if lang == "zh":
                page.click("#language")
            for box in page.locator("#scenes button").all():
                at = box.bounding_box()
                assert at["x"] >= 0 and at["x"] + at["width"] <= 390
            assert page.evaluate("document.querySelector('#scenes').scrollWidth") <= 390
