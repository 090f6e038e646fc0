# SPDX-License-Identifier: Apache-2.0
"""The heat map: what stands in it, for whom, and that no label can do anything in it."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from sample import HOSTILE, everything, hostile

from exograph.arrays import from_kb
from exograph.model import KnowledgeBase
from exograph.paths import PathQuery
from exograph.paths.matrix import matrix
from exograph.views import heatmap
from exograph.views.heatmap import html, svg
from exograph.views.shades import shade

SVG = "{http://www.w3.org/2000/svg}"
QUERY = PathQuery(("type:Source",), ("type:HealingPhase",))
BIDI = "\u202edaer\u2066 \u200f\x00\x1b[31m\ufeff"


def drawn(kb: KnowledgeBase, query: PathQuery = QUERY):
    return matrix(kb, from_kb(kb), query)


@pytest.fixture(scope="module")
def whole():
    kb = everything()
    return kb, drawn(kb)


def spoilt(kb: KnowledgeBase, text: str) -> KnowledgeBase:
    return replace(
        kb, entities=tuple(replace(e, label_en=text, label_zh=text) for e in kb.entities)
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_each_cell_has_its_number_signs_and_grade_as_text(whole, lang):
    kb, found = whole
    root = ElementTree.fromstring(svg(kb, found, lang))
    groups = root.findall(f"{SVG}g")
    assert len(groups) == len(found.rows) * len(found.columns)
    cells = [cell for row in found.rows for cell in found.row(row)]
    for group, cell in zip(groups, cells, strict=True):
        texts = [text.text for text in group.findall(f"{SVG}text")]
        if not cell.routes:
            assert texts == ["0"]
            continue
        number, signs, grade = texts
        assert number == f"{cell.routes}{'*' if cell.acts_itself(kb) else ''}"
        counts = {m[0].replace("−", "-"): int(m[1:]) for m in signs.split()}
        assert counts == {s: n for s, n in cell.signs.items() if n}
        assert (grade or "") == (cell.grade or "")
        hover = group.find(f"{SVG}title").text
        assert cell.best is not None
        assert kb.entity[cell.best.entities[1]].label_en in hover or lang == "zh"
        assert "\n1. " in hover


def test_it_says_what_is_shown_and_how_to_read_it_in_both_languages(whole):
    kb, _ = whole
    query = replace(QUERY, sign="+", stated_only=True, max_steps=5, sources=("review",))
    found = drawn(kb, query)
    english, chinese = (svg(kb, found, lang) for lang in ("en", "zh"))
    title = '<title id="heat-title">Mechanism routes: cell source → healing phase</title>'
    assert title in english
    assert "at most 5 steps" in english
    for words in (
        "only what is stated",
        "only of review",
        "only of sign +",
        "effects shown in skin",
    ):
        assert words in english
    assert "机制路径：细胞来源 → 愈合阶段" in chinese
    assert "仅限原文陈述" in chinese
    assert 'lang="zh-CN"' in chinese


def test_equal_arguments_give_equal_text(whole):
    kb, found = whole
    assert svg(kb, found) == svg(kb, drawn(kb))
    assert html(kb, found, "zh") == html(kb, drawn(kb), "zh")


def test_a_lower_bound_is_marked_in_number_and_frame(whole):
    kb, found = whole
    cells = {pair: replace(cell, complete=False) for pair, cell in found.cells.items()}
    text = svg(kb, replace(found, cells=cells))
    assert text.count("stroke-dasharray") == len(cells)
    assert f">≥ {max(cell.routes for cell in cells.values())}<" in text
    assert ">≥ 0<" in text
    assert "the search was cut short" in text
    assert "the search was cut short" not in svg(kb, found)


@pytest.mark.parametrize("label", [HOSTILE, BIDI, "a" * 500, "字" * 300, "]]>&amp;{{ 7*7 }}\"'"])
def test_no_label_gets_out_of_its_place(label):
    kb = spoilt(everything(), label)
    found = drawn(kb)
    picture, page = svg(kb, found), html(kb, found)
    root = ElementTree.fromstring(picture)  # well formed, whatever the label
    allowed = {f"{SVG}{n}" for n in ("svg", "title", "desc", "rect", "text", "tspan", "g")}
    assert {element.tag for element in root.iter()} == allowed
    assert not [a for e in root.iter() for a in e.attrib if a.startswith("on") or "href" in a]
    for text in (picture, page):
        assert "<script" not in text.lower()
        assert "<img" not in text.lower()
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f\x00\x1b\ufeff]", text)
    width = float(root.attrib["width"])
    assert width < 1200


def test_the_hostile_sample_can_be_drawn():
    kb = hostile()
    kinds = sorted({f"type:{e.type}" for e in kb.entities})
    found = drawn(kb, PathQuery((kinds[0],), (kinds[-1],)))
    assert "<script" not in html(kb, found).lower()
    ElementTree.fromstring(svg(kb, found))


def luminance(colour):
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(a * b for a, b in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_text_stands_out_from_every_shade_and_more_is_darker():
    shades = [shade(n, 200) for n in range(201)]
    light = [luminance(fill) for fill, _ in shades]
    assert light == sorted(light, reverse=True)
    for fill, ink in shades:
        low, high = sorted((luminance(fill), luminance(ink)))
        assert (high + 0.05) / (low + 0.05) >= 4.5, fill


def test_the_page_forbids_every_request_and_has_the_same_as_a_table(whole):
    kb, found = whole
    page = html(kb, found)
    (policy,) = re.findall('http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert "default-src &#39;none&#39;" in policy
    assert "script" not in policy
    assert not re.search(r"(?:src|href)=\"(?!data:)", page)
    assert not re.search(r"\sstyle=", page)
    assert page.count("<td>") == len(found.cells)
    assert page.count('scope="row"') == len(found.rows)
    assert "Not medical advice." in page
    addresses = set(re.findall(r"https?://[^\s\"<]+", page))
    assert addresses == {"http://www.w3.org/2000/svg"}


@pytest.mark.page
def test_a_browser_shows_it_without_a_word_of_complaint(whole, chromium, tmp_path):
    kb, found = whole
    seen = []
    page = chromium.new_page(viewport={"width": 900, "height": 700})
    page.on("console", lambda message: seen.append(message.text))
    page.on("pageerror", lambda error: seen.append(str(error)))
    known = {(tmp_path / name).as_uri() for name in ("m.html", "m.svg")}
    page.on(
        "request",
        lambda r: None if r.url in known or r.url.startswith("data:") else seen.append(r.url),
    )
    for name, text in (("m.html", html(spoilt(kb, HOSTILE), found)), ("m.svg", svg(kb, found))):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        page.goto(file.as_uri())
        assert page.evaluate("window.hacked") is None
        boxes = page.evaluate(
            """() => [...document.querySelectorAll('g')].map(g => {
                const r = g.querySelector('rect').getBoundingClientRect();
                return [...g.querySelectorAll('text')].every(t => {
                    const b = t.getBoundingClientRect();
                    return b.left >= r.left - 1 && b.right <= r.right + 1
                        && b.top >= r.top - 2 && b.bottom <= r.bottom + 2;
                });
            })"""
        )
        assert boxes
        assert all(boxes)
    page.close()
    assert seen == []


def test_visible_keeps_ordinary_text():
    assert heatmap.visible("miR-21-5p 血管生成 TGF-β") == "miR-21-5p 血管生成 TGF-β"
