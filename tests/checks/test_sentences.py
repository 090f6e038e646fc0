# SPDX-License-Identifier: Apache-2.0
"""Texts as they come from a PDF, cut into sentences, headings and rows of tables."""

import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exograph.checks.quotes import squeeze
from exograph.checks.sentences import sentences

ROOT = Path(__file__).parents[2]
TEXTS = os.environ.get("EXOGRAPH_TEXTS")
SECTIONS = ("abstract", "intro", "1", "2", "2.1", "table1")

PAPER = """ 外泌体的~
研究进展~
 【摘要】 皮肤受损。外泌体可

修复皮肤。~
 Progress of exosomes~

【Abstract】 Skin is damaged. Wang et al. measured 0.5 µg,~

e.g. in mice. They heal.~
 皮肤是器官[1]。大多数创伤在 1 ~~

2 周愈合。~
 1  概述~

直径在 30 ~~

100 nm，呈球形（表 1）。~
 表 1  敷料总结~

名称 来源 文~

献~

A/Exo ADSCs 100 nm 抗菌~

[4]

B@exo BMSCs （140 ± 35.5）nm 促进愈合 [5]

~

直径为何如此？尚不清楚。~

2  机制~

2.1  炎症~

它“抑制炎症。”随后愈合！
""".replace("~\n", " \n")  # blanks before line ends


def cut(text, sections=SECTIONS):
    return [(s.section, s.form, s.text) for s in sentences(text, sections)]


def test_wrapped_text_is_cut_into_sentences_headings_and_rows_with_their_sections():
    assert cut(PAPER) == [
        ("abstract", "sentence", "外泌体的研究进展"),
        ("abstract", "sentence", "【摘要】 皮肤受损。"),
        ("abstract", "sentence", "外泌体可修复皮肤。"),
        ("abstract", "sentence", "Progress of exosomes"),
        ("abstract", "sentence", "【Abstract】 Skin is damaged."),
        ("abstract", "sentence", "Wang et al. measured 0.5 µg, e.g. in mice."),
        ("abstract", "sentence", "They heal."),
        ("intro", "sentence", "皮肤是器官[1]。"),
        ("intro", "sentence", "大多数创伤在 1 ~ 2 周愈合。"),
        ("1", "heading", "1 概述"),
        ("1", "sentence", "直径在 30 ~ 100 nm，呈球形（表 1）。"),
        ("table1", "caption", "表 1 敷料总结"),
        ("table1", "head", "名称 来源 文献"),
        ("table1", "row", "A/Exo ADSCs 100 nm 抗菌 [4]"),
        ("table1", "row", "B@exo BMSCs （140 ± 35.5）nm 促进愈合 [5]"),
        ("1", "sentence", "直径为何如此？"),
        ("1", "sentence", "尚不清楚。"),
        ("2", "heading", "2 机制"),
        ("2.1", "heading", "2.1 炎症"),
        ("2.1", "sentence", "它“抑制炎症。”"),
        ("2.1", "sentence", "随后愈合！"),
    ]


def test_a_sentence_knows_its_line_and_its_place_in_the_text_without_white_space():
    for sentence in sentences(PAPER, SECTIONS):
        assert squeeze(PAPER)[sentence.start : sentence.end] == squeeze(sentence.text)
        first = sentence.text.split()[0][:3]
        assert first in PAPER.split("\n")[sentence.line - 1]


def test_headings_of_an_english_paper_are_known_by_name():
    text = "Abstract\nCells grow. They stop.\nIntroduction\nSkin heals.\nResults\nIt healed."
    assert [(a, b) for a, b, _ in cut(text, ("abstract", "intro", "Results"))] == [
        ("abstract", "heading"),
        ("abstract", "sentence"),
        ("abstract", "sentence"),
        ("intro", "heading"),
        ("intro", "sentence"),
        ("Results", "heading"),
        ("Results", "sentence"),
    ]


def test_a_line_that_goes_on_with_a_number_is_no_heading():
    assert [form for _, form, _ in cut("愈合需要\n2  周时间。")] == ["sentence"]


@given(st.text("。！.?1 2\n表【]A a[9]血Table,，", max_size=80))
def test_nothing_but_white_space_is_ever_left_out(text):
    found = sentences(text, SECTIONS)
    assert "".join(squeeze(s.text) for s in found) == squeeze(text)
    places = [place for s in found for place in (s.start, s.end)]
    assert places == sorted(places)
    assert all(s.start < s.end for s in found)


@pytest.mark.skipif(not TEXTS, reason="the review's text is not at hand")
def test_the_review_has_its_ten_headings_and_ten_rows_of_tables():
    settings = tomllib.loads((ROOT / "graphs/review/source.toml").read_text(encoding="utf-8"))
    text = (Path(TEXTS) / settings["text"]).read_text(encoding="utf-8")
    found = sentences(text, settings["sections"])
    assert [s.section for s in found if s.form == "heading"] == [
        *("1", "2", "3", "3.1", "3.2", "3.3", "4", "5", "6")
    ]
    rows = [s for s in found if s.form == "row"]
    assert [s.text[-5:].strip("] [") for s in rows if s.section == "table1"] == [
        *("14", "48", "49", "50", "51", "52", "53")
    ]
    assert [s.text[-11:] for s in rows if s.section == "table2"] == [
        *("NCT05078385", "NCT05243368", "NCT04173650")
    ]
    assert {s.section for s in found} == {*settings["sections"]}
