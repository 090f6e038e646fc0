# SPDX-License-Identifier: Apache-2.0
"""Quotes: white space of any kind is dropped, nothing else; a miss shows the nearest passage."""

import random
import time

import pytest

from exograph.checks.quotes import Text, nearest_passage, squeeze

TEXT = Text(
    "BMSC-Exo 携带 miR-126，可下调\n\nPIK3R2 的表达，从而激活 PI3K/Akt 通路并促进血管\n\n生成[38]。"
    "Others found that wound healing has become an\n\nincreasingly prominent issue."
)


@pytest.mark.parametrize(
    "space", [" ", "\n", "\u3000", "\u00a0", "\u2009", "\t", "\u1680", "\u205f"]
)
def test_white_space_of_every_kind_is_dropped(space):
    assert squeeze(f"促进{space}血管{space}") == "促进血管"


@pytest.mark.parametrize("other", ["，", "-", "\u200b", "·"])
def test_nothing_but_white_space_is_dropped(other):
    assert squeeze(f"促进{other}血管") == f"促进{other}血管"


@pytest.mark.parametrize(
    ("quote", "passage", "difference"),
    [
        ("可下调 PIK3R1 的表达", "可下调 PIK3R2 的表达", "'1' should be '2'"),
        ("PI3K/Akt 通路并促进了血管生成", "PI3K/Akt 通路并促进血管生成", "remove '了'"),
        ("携带 miR126，可下调", "携带 miR-126，可下调", "add '-' after '带miR'"),
        ("has become increasingly prominent", "has become an increasingly prominent", "add 'an'"),
    ],
)
def test_the_nearest_passage_is_shown_and_where_it_differs(quote, passage, difference):
    advice = nearest_passage(quote, TEXT)
    assert f"{passage!r}" in advice
    assert difference in advice


@pytest.mark.parametrize("quote", ["甲乙丙丁戊己庚辛", "zzzz"])
def test_where_nothing_is_like_the_quote_it_says_so(quote):
    assert nearest_passage(quote, TEXT).startswith("No passage")
    assert nearest_passage(quote, Text("")).startswith("No passage")


def test_the_nearest_passage_is_found_quickly_in_a_long_text():
    random.seed(7)
    long = Text(
        "".join(random.choices("外泌体促进血管生成抑制炎症反应细胞增殖迁移", k=50_000)) + TEXT.raw
    )
    nearest_passage("warm", TEXT)
    start = time.process_time()
    assert "'2'" in nearest_passage("可下调 PIK3R1 的表达", long)
    assert time.process_time() - start < 1


def test_no_passage_is_sought_for_a_very_long_quote():
    start = time.process_time()
    assert "too long" in nearest_passage("外泌体促进" * 44_000, Text("血管生成" * 10_000))
    assert time.process_time() - start < 1
