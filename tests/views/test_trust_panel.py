# SPDX-License-Identifier: Apache-2.0
"""The page tells notices, the primary paper's words, other tissues and paraphrases."""

import pytest
from real_rows import compared, joined, literature, review_with, said

from exograph.ids import claim_id
from exograph.views import style
from exograph.views.html import edge_look
from exograph.views.html import page as document

PIK3R2 = "mir-126 downregulates pik3r2"
MIR126 = claim_id(*PIK3R2.split())
OF_40 = claim_id("klf3-as1", "downregulates", "mir-383")


@pytest.fixture(scope="module")
def kb():
    papers = literature(
        said(PIK3R2, "lit-zhang2020"),
        said(PIK3R2, "lit-bone2021", tissue="bone"),
        references={"lit-zhang2020": {"first_author": "Zhang", "year": "2020"}},
        entities=[("bone", "Tissue", "bone", "骨")],
    )
    changed = {"review-40": {"retraction": "retracted"}, "review-38": {"retraction": "corrected"}}
    row = compared(
        PIK3R2, "review-38", "supported_with_difference", primary="lit-zhang2020",
        primary_says="PIK3R2 fell <b>in vitro</b>.", where="Figure 3",
    )  # fmt: skip
    loose = compared("vegfa promotes angiogenesis", "review-41", "not_found", where="line 2")
    return joined(review_with(changed, verification=[row, loose]), papers)


@pytest.fixture(scope="module")
def shown(kb):
    return document(kb)


def panel(page):
    return page.locator("#panel-body")


def card(page, text):
    return panel(page).locator(".card", has_text=text).first


def test_a_claim_of_retracted_papers_alone_is_drawn_apart_and_never_walked(kb):
    claim = kb.claim[OF_40]
    assert style.basis_key(claim) == "retracted"
    patterns = {name: style.dashes("negative", name) for name in style.DASHES}
    assert len({*patterns.values()}) == len(patterns)
    assert edge_look(claim)["dashes"] == list(patterns["retracted"])
    assert edge_look(claim)["width"] == style.width("negative", 0)


@pytest.mark.page
def test_the_panel_of_a_claim_marks_what_was_retracted(visit, shown):
    page = visit(shown, anchor=f"#claim={OF_40}")
    tags = card(page, "[40]").locator(".tag").all_inner_texts()
    assert {"retracted", "supports nothing"} <= set(tags)
    assert "[40] Han ZF 2022 (retracted) · section 3.2" in panel(page).inner_text()
    page.click("#language")
    assert "[40] Han ZF 2022（已撤稿） · 第 3.2 节" in panel(page).inner_text()


@pytest.mark.page
def test_the_panel_of_a_reference_tells_the_notice(visit, shown):
    page = visit(shown, anchor="#reference=review-40")
    text = panel(page).inner_text()
    assert "[40] Han ZF 2022 (retracted)" in text
    assert "Retracted: what it says supports nothing here." in text
    page.evaluate("exograph.choose('reference', 'lit-zhang2020')")
    assert "retracted" not in panel(page).inner_text().lower()


@pytest.mark.page
def test_the_words_of_the_primary_paper_stand_with_the_statement(visit, shown):
    page = visit(shown, anchor=f"#claim={MIR126}")
    told = card(page, "[38]").locator(".compared").inner_text()
    assert "supported, with a difference · read: abstract · Figure 3" in told
    assert "The paper says: PIK3R2 fell <b>in vitro</b>." in told
    assert panel(page).locator(".compared").count() == 1
    panel(page).locator(".compared").get_by_role("button", name="Zhang 2020").click()
    assert page.url.endswith("#reference=lit-zhang2020")
    page.evaluate(f"exograph.choose('claim', '{claim_id('vegfa', 'promotes', 'angiogenesis')}')")
    assert "not found · read: abstract · line 2" in panel(page).inner_text()


@pytest.mark.page
def test_paraphrases_and_other_tissues_wear_a_mark(visit, shown):
    page = visit(shown, anchor=f"#claim={MIR126}")
    paper = card(page, "Zhang 2020 · abstract").locator(".tag").all_inner_texts()
    assert "¶ literature: paraphrase, no quote" in paper
    bone = card(page, "lit-bone2021 · abstract").locator(".tag").all_inner_texts()
    assert {"¶ literature: paraphrase, no quote", "◇ another tissue, not skin"} <= set(bone)
    review = card(page, "section 3.2").locator(".tag").all_inner_texts()
    assert not any("paraphrase" in tag for tag in review)
