# SPDX-License-Identifier: Apache-2.0
"""What axe (github.com/dequelabs/axe-core) finds in the page, and what a keyboard reaches."""

from pathlib import Path

import axe_playwright_python
import pytest
from sample import review

from exograph.views import html

pytestmark = pytest.mark.page

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
VIEWS = {
    "the picture": "",
    "an entity": "#entity=mir-126",
    "a reference": "#reference=review-38",
    "paths": "#find=start%3Dbmsc-exo%26end%3Dangiogenesis%26path%3D1",
    "a close-up": "#entity=mir-126&scene=around&with=mir-126,angiogenesis",
    "the matrix": "#matrix",
    "a comparison": "#compare=a%3Dadsc%26b%3Dbmsc",
    "the index": "#index",
    "the list": "#&list=1&phase=remodeling-phase",
    "about": "#about&lang=zh",
}


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(html.page(review()), encoding="utf-8")
    return path.as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_serious(chromium, file, view, scheme):
    context = chromium.new_context(
        viewport={"width": 1400, "height": 900},
        reduced_motion="reduce",
        color_scheme=scheme,
        bypass_csp=True,  # axe is put in from outside
    )
    page = context.new_page()
    page.goto(file + VIEWS[view])
    page.wait_for_function("window.exograph && exograph.drawn()")
    page.evaluate(AXE)
    found = page.evaluate("axe.run()")
    context.close()
    assert len(found["passes"]) > 10
    told = [
        f"{v['impact']} {v['id']}: {n['html']}" for v in found["violations"] for n in v["nodes"]
    ]
    assert [line for line in told if line.startswith(("serious", "critical"))] == []


def test_everything_that_acts_is_reached_by_the_tab_key_and_shows_it(visit):
    page = visit(html.page(review()), anchor="#find=start%3Dbmsc-exo%26end%3Dangiogenesis")
    wanted = page.evaluate(
        """() => [...document.querySelectorAll("button, input, select, a[href], summary")]
            .filter(e => e.checkVisibility() && !e.disabled).length"""
    )
    page.locator("#search").focus()
    seen, outlined = set(), 0
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        told = page.evaluate(
            """() => { const e = document.activeElement;
                const all = [...document.querySelectorAll("*")];
                return [all.indexOf(e), getComputedStyle(e).outlineStyle, e.tagName]; }"""
        )
        if told[2] in ("BUTTON", "INPUT", "SELECT", "A", "SUMMARY"):
            seen.add(told[0])
            outlined += told[1] != "none"
    assert len(seen) >= wanted - 1  # the search box is where it began
    assert outlined >= len(seen) - 1
