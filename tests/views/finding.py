# SPDX-License-Identifier: Apache-2.0
"""Questions for paths as addresses of the page, and the answers as it lists them."""

from urllib.parse import quote, urlencode


def address(**fields):
    return "#find=" + quote(urlencode(fields), safe="")


def listed(page):
    return [row.split("\n")[0] for row in page.locator("ol.found > li > button").all_inner_texts()]


def route(kb, path):
    signs = {"+": "→", "-": "⊣", "?": "⇢", None: "›"}
    names = [kb.entity[id].label_en for id in path.entities]
    arrows = [signs[step.sign] for step in path.steps]
    return names[0] + "".join(f" {a} {n}" for a, n in zip(arrows, names[1:], strict=True))
