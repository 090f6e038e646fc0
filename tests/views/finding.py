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


def compared(kb, comparisons):
    """The routes of each end and group of a comparison, as the page names the groups."""
    found = {}
    for one in comparisons.ends:
        ways = {
            "shared": [way for both in one.shared for way in (both.a, both.b)],
            "opposed": [way for each in one.opposed for way in (*each.a, *each.b)],
            "only_a": one.only_a,
            "only_b": one.only_b,
        }
        for group, held in ways.items():
            if held:
                found[f"{one.end} {group}"] = [route(kb, way.path) for way in held]
    return found
