# SPDX-License-Identifier: Apache-2.0
"""Mechanism paths in the page: asked by form or address, ranked, shown, and counted in a matrix."""

import re
from collections import Counter
from importlib import resources
from urllib.parse import quote

import pytest
from finding import address, compared, listed, route
from sample import HOSTILE, everything, hostile, review

from exograph.arrays import from_kb
from exograph.paths import PathQuery, find
from exograph.paths.compare import compare
from exograph.paths.matrix import matrix
from exograph.views import html

pytestmark = pytest.mark.page

KB = review()
ARRAYS = from_kb(KB)
REVIEW_ONLY = {"sources": ("review",)}
"""What the page's key shows at first."""


@pytest.fixture(scope="module")
def shown():
    return html.page(KB)


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        ({}, {}),
        ({"sign": "-"}, {"sign": "-"}),
        ({"told": "1", "steps": "3"}, {"told": True, "max_steps": 3}),
        ({"via": "mir-126"}, {"via": ("mir-126",)}),
    ],
)
def test_an_address_gives_the_paths_of_the_command_line_in_their_order(visit, shown, fields, asked):
    for start, end in (("bmsc-exo", "angiogenesis"), ("type:Source", "scar-formation")):
        page = visit(shown, anchor=address(start=start, end=end, **fields))
        expected = find(KB, ARRAYS, PathQuery((start,), (end,), **asked, **REVIEW_ONLY))
        assert listed(page) == [route(KB, path) for path in expected.paths]
        assert page.locator("#panel [role=status]").inner_text() == (
            f"{len(expected.paths)}{'' if expected.complete else '+'} paths".replace(
                "1 paths", "1 path"
            )
            if expected.paths
            else "There is no such path among what the key shows."
        )


def test_a_form_filled_in_by_keyboard_asks_and_the_address_can_be_sent(visit, shown):
    page = visit(shown)
    page.locator("#find").press("Enter")
    page.locator("input[name=start]").fill("BMSC-Exo")
    page.locator("input[name=end]").fill("血管生成")  # in the other language
    page.locator("input[name=via]").fill("miRNA 126")
    page.keyboard.press("Enter")
    expected = find(
        KB, ARRAYS, PathQuery(("bmsc-exo",), ("angiogenesis",), via=("mir-126",), **REVIEW_ONLY)
    )
    assert listed(page) == [route(KB, path) for path in expected.paths]
    sent = page.evaluate("location.hash")
    again = visit(shown, anchor=sent)
    assert listed(again) == listed(page)
    assert again.locator("input[name=via]").first.input_value() == "miR-126"


def test_what_is_called_nothing_is_said_with_what_may_be_meant(visit, shown):
    page = visit(shown, anchor="#find=")
    page.locator("input[name=start]").fill("miR-12")
    page.locator("input[name=end]").fill("angiogenesis")
    page.locator("input[name=end]").press("Enter")
    trouble = page.locator(".trouble").inner_text()
    assert "Nothing is called “miR-12”" in trouble and "miR-126" in trouble
    page.locator("input[name=start]").fill("angiogenesis")
    page.locator("input[name=start]").press("Enter")
    assert "two different ends" in page.locator(".trouble").inner_text()


def test_a_click_isolates_a_path_and_the_back_button_leaves_it(visit, shown):
    page = visit(shown, anchor=address(start="bmsc-exo", end="angiogenesis"))
    page.locator("ol.found button[data-path='2']").click()
    (_, path) = find(KB, ARRAYS, PathQuery(("bmsc-exo",), ("angiogenesis",), **REVIEW_ONLY)).paths
    assert "path%3D2" in page.evaluate("location.hash")
    opened = page.locator(".opened").inner_text()
    assert KB.entity[path.entities[1]].label_en in opened and "Weakest link" in opened
    page.go_back()
    page.wait_for_function("!location.hash.includes('path')")
    assert page.locator(".opened").count() == 0


def test_the_key_decides_what_is_walked(visit):
    kb = everything()
    page = visit(html.page(kb), anchor=address(start="bmsc-exo", end="angiogenesis"))
    before = listed(page)
    page.locator("[data-filter='source:literature']").click()
    expected = find(kb, from_kb(kb), PathQuery(("bmsc-exo",), ("angiogenesis",)))
    assert listed(page) == [route(kb, path) for path in expected.paths] != before


def test_costs_are_told_in_words_and_drawn_on_one_scale(visit, shown):
    page = visit(shown, anchor=address(start="bmsc-exo", end="angiogenesis"))
    paths = find(KB, ARRAYS, PathQuery(("bmsc-exo",), ("angiogenesis",), **REVIEW_ONLY)).paths
    told = page.locator(".cost").evaluate_all("each => each.map(e => e.getAttribute('aria-label'))")
    for path, text in zip(paths, told, strict=True):
        numbers = [float(number) for number in re.findall(r"\d+\.\d+", text)]
        assert numbers[0] == pytest.approx(path.cost, abs=0.005)
        assert numbers[1:] == pytest.approx(list(path.cost_parts.values()), abs=0.005)
    drawn = page.locator(".cost").evaluate_all(
        "each => each.map(e => [...e.children].reduce((sum, c) => sum + c.offsetWidth, 0))"
    )
    assert drawn[0] / drawn[1] == pytest.approx(paths[0].cost / paths[1].cost, rel=0.05)


def test_the_matrix_counts_what_the_command_counts_and_a_number_opens_its_paths(visit, shown):
    page = visit(shown, anchor="#matrix")
    counted = matrix(
        KB, ARRAYS, PathQuery(("type:Source",), ("type:HealingPhase",), top=1000, **REVIEW_ONLY)
    )
    expected = {
        (row, column): (cell.routes, {s: n for s, n in cell.signs.items() if n}, cell.grade)
        for row in counted.rows
        for column, cell in zip(counted.columns, counted.row(row), strict=True)
        if cell.routes
    }
    given = {}
    for button in page.locator(".matrix button[data-cell]").all():
        ends = tuple(button.get_attribute("data-cell").split(" "))
        routes, *rest = button.inner_text().replace("−", "-").split()
        signs = {text[0]: int(text[1:]) for text in rest if text[0] in "+-?"}
        grades = [text for text in rest if text[0] not in "+-?"]
        given[ends] = (int(routes), signs, grades[0] if grades else None)
    assert given == expected
    page.locator(".matrix button[data-cell='bmsc remodeling-phase']").click()
    assert len(listed(page)) == expected["bmsc", "remodeling-phase"][0]


def test_two_sources_compare_as_the_command_compares_them(visit, shown):
    page = visit(shown, anchor="#compare=" + quote("a=adsc&b=bmsc", safe=""))
    expected = compared(
        KB, compare(KB, ARRAYS, PathQuery(("adsc", "bmsc"), ("type:HealingPhase",), **REVIEW_ONLY))
    )
    given = {}
    for group in page.locator("[data-group]").all():
        lines = group.locator("button").evaluate_all("all => all.map(e => e.textContent)")
        given[group.get_attribute("data-group")] = lines
    assert given.keys() == expected.keys()
    for group, routes in expected.items():
        assert len(given[group]) == len(routes)
        for text, told in zip(given[group], routes, strict=True):
            assert told in text
    page.locator("[data-group='inflammatory-phase only_a'] button").first.click()
    assert page.locator("ol.found button[aria-pressed=true]").count() == 1


def test_the_form_of_a_comparison_asks_back_and_takes_any_end(visit, shown):
    page = visit(shown, anchor="#compare")
    for name, text in (("a", "BMSC"), ("b", "ADSC"), ("to", "scar")):
        page.locator(f"input[name={name}]").fill(text)
    page.locator("input[name=to]").press("Enter")
    trouble = page.locator(".trouble").inner_text()
    assert "Nothing is called “scar”" in trouble and "scar formation" in trouble
    page.locator("input[name=to]").fill("BMSC")
    page.locator("input[name=to]").press("Enter")
    assert "two different ends" in page.locator(".trouble").inner_text()
    page.locator("input[name=to]").fill("scar formation")
    page.locator("input[name=to]").press("Enter")
    query = PathQuery(("bmsc", "adsc"), ("scar-formation",), **REVIEW_ONLY)
    (one,) = compare(KB, ARRAYS, query).ends
    assert page.locator(".compare h3").inner_text() == (
        f"scar formation A {one.paths_a} · B {one.paths_b}"
    )


def test_it_speaks_chinese(visit, shown):
    page = visit(shown, anchor=address(start="bmsc-exo", end="angiogenesis"))
    page.locator("#language").click()
    assert page.locator("#panel h2").inner_text() == "查找路径"
    assert page.locator("input[name=end]").input_value() == KB.entity["angiogenesis"].label_zh
    assert "血管" in listed(page)[0]


@pytest.mark.parametrize(
    "anchor",
    [
        "#find=%E0%A4%A",
        "#find=start%3Dnobody%26end%3Dangiogenesis",
        "#find=start%3Dbmsc-exo%26end%3Dbmsc-exo%26path%3D7",
        "#find=" + quote(f"start={HOSTILE}&end={HOSTILE}&via={HOSTILE}", safe=""),
        "#__proto__=1",
        "#find=" + quote("start=bmsc-exo&end=angiogenesis&steps=1e9&top=-5&sign=x", safe=""),
    ],
)
def test_an_address_that_makes_no_sense_harms_nothing(visit, shown, anchor):
    page = visit(shown, anchor=anchor)
    assert page.locator("#panel script, #panel img").count() == 0
    page.locator("#about").click()
    assert page.locator("#panel h2").inner_text() == "exograph"


def test_hostile_labels_stay_text_among_the_names_that_are_offered(visit):
    page = visit(html.page(hostile()), anchor="#find=")
    assert page.locator("datalist option").count() > 0
    assert page.evaluate("window.hacked") is None


@pytest.mark.parametrize("way", ["alone", "served"])
def test_no_two_scripts_of_the_page_give_one_name_to_two_things(way):
    folder = resources.files("exograph.views") / "page"
    names = Counter(
        name
        for script in html.scripts(way)
        for name in re.findall(
            r"^(?:async )?(?:function\*?|const|let|class) (\w+)",
            (folder / f"{script}.js").read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    )
    assert [name for name, count in names.items() if count > 1] == []
