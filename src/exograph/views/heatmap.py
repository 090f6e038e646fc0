# SPDX-License-Identifier: Apache-2.0
"""A matrix of routes as a heat map: an SVG that stands alone, and an HTML page around it.

Lightness carries the number of routes; the number, the signs and the grade are written in each
cell, so that nothing is told by colour alone. No script, and no request anywhere: the page has a
content security policy that refuses them. Every text reaches the markup through autoescape, with
control and formatting characters made visible, so that no label can hide or turn round its
surroundings.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from exograph import vocab
from exograph.model import KnowledgeBase
from exograph.paths import PathQuery, sentences
from exograph.paths.matrix import SIGNS, TELLINGS, Cell, Matrix
from exograph.paths.phrases import label, listed
from exograph.paths.route import line
from exograph.views.heatmap_words import WORDS
from exograph.views.lettering import em, visible, wrap
from exograph.views.policy import digest
from exograph.views.shades import shade
from exograph.views.templates import own, rendered

CELL_WIDTH, CELL_HEIGHT, GAP = 150, 38, 4
LABEL_EM, HEAD_EM = 19.0, 11.0
INK, LINE = "#1d2530", "#c3cad3"
MINUS = "−"


def svg(kb: KnowledgeBase, found: Matrix, lang: str = "en") -> str:
    """One SVG document of its own, in ``en`` or ``zh``. Equal arguments give equal text."""
    return rendered("heatmap.svg", _drawn(kb, found, lang, alone=True))


def html(kb: KnowledgeBase, found: Matrix, lang: str = "en") -> str:
    """One HTML document with the picture and the same as a table, in ``en`` or ``zh``."""
    from markupsafe import Markup

    drawn, css = _drawn(kb, found, lang, alone=False), own("heatmap.css")
    policy = f"default-src 'none'; style-src {digest(css)}; img-src data:; base-uri 'none'; "
    return rendered(
        "heatmap.html",
        {
            **drawn,
            "policy": policy + "form-action 'none'",
            "css": Markup(css),
            "picture": Markup(rendered("heatmap.svg", drawn)),
            "words": {
                **{key: WORDS[key][lang == "zh"] for key in ("table", "caption", "advice")},
                "corner": _ends_in_words(kb, found.query.start, lang),
            },
        },
    )


def _drawn(kb: KnowledgeBase, found: Matrix, lang: str, *, alone: bool) -> dict[str, Any]:
    """Everything that the templates write, placed; without its title unless it stands alone."""
    most = max((cell.routes for cell in found.cells.values()), default=0)
    names = {id: visible(label(kb, id, lang)) for id in (*found.rows, *found.columns)}
    lines = {id: _fitted(names[id], LABEL_EM, 2) for id in found.rows}
    heads = {id: _fitted(names[id], HEAD_EM, 3) for id in found.columns}
    left = 32 + math.ceil(13 * max((em(t) for ls in lines.values() for t in ls), default=0))
    width = max(left + len(found.columns) * (CELL_WIDTH + GAP) + 16, 640)
    room = (width - 32) / 12 * 0.95
    title = visible(_title(kb, found.query, lang))
    note = visible(_note(found.query, lang))
    note_lines = wrap(note, room, 9) if alone else ()
    top = (62 if alone else 12) + 17 * len(note_lines) + 16 * max(len(h) for h in heads.values())
    rows = []
    for n, start in enumerate(found.rows):
        y = top + n * (CELL_HEIGHT + GAP)
        cells = [
            _cell(kb, cell, most, lang)
            | {"x": left + m * (CELL_WIDTH + GAP), "y": y, "width": CELL_WIDTH}
            for m, cell in enumerate(found.row(start))
        ]
        text_y = y + CELL_HEIGHT / 2 + (4.5 if len(lines[start]) == 1 else -3)
        own = {"label": names[start], "lines": lines[start], "x": left - 10, "y": text_y}
        rows.append({**own, "cells": cells})
    legend_y = top + len(rows) * (CELL_HEIGHT + GAP) + 30
    by_cell = any(cell.acts_itself(kb) for cell in found.cells.values())
    keys = ["key_signs", "key_grade", "key_count"]
    keys += ["key_itself"] * by_cell + ["key_least"] * (not found.complete)
    legend = [t for key in keys for t in wrap(WORDS[key][lang == "zh"], room, 9)]
    return {
        "lang": "zh-CN" if lang == "zh" else "en",
        "alone": alone,
        "title": title,
        "note": note,
        "note_lines": note_lines,
        "width": width,
        "height": legend_y + 52 + 17 * len(legend),
        "columns": [
            {
                "label": names[id],
                "lines": heads[id],
                "x": left + n * (CELL_WIDTH + GAP) + CELL_WIDTH / 2,
                "y": top - 8 - 16 * (len(heads[id]) - 1),
            }
            for n, id in enumerate(found.columns)
        ],
        "rows": rows,
        "legend_title": WORDS["legend"][lang == "zh"],
        "legend_y": legend_y,
        "swatches": _swatches(most, legend_y + 8),
        "legend": legend,
    }


def _cell(kb: KnowledgeBase, cell: Cell, most: int, lang: str) -> dict[str, Any]:
    fill, ink = shade(cell.routes, most)
    least = "" if cell.complete else "≥ "
    told = _told(kb, cell, lang)
    ends = " → ".join(visible(label(kb, id, lang)) for id in (cell.start, cell.end))
    count = WORDS["routes"][lang == "zh"].format(f"{least}{cell.routes}")
    hover = [f"{ends} · {count} {_signs(cell)}".rstrip()]
    if cell.best is not None:
        told_steps = [visible(text) for text in sentences(cell.best, kb, lang).split("\n")]
        hover += [*told, *told_steps]
    return {
        "height": CELL_HEIGHT,
        "fill": fill,
        "ink": ink,
        "stroke": LINE if not cell.routes or cell.complete else INK,
        "dashed": not cell.complete,
        "routes": f"{least}{cell.routes}{'*' if cell.acts_itself(kb) else ''}"
        if cell.routes
        else "",
        "none": f"{least}0",
        "signs": _signs(cell),
        "grade": cell.grade or "",
        "told": told,
        "hover": "\n".join(hover),
    }


def _signs(cell: Cell) -> str:
    marks = {"-": MINUS}
    return " ".join(f"{marks.get(s, s)}{cell.signs[s]}" for s in SIGNS if cell.signs[s])


def _told(kb: KnowledgeBase, cell: Cell, lang: str) -> list[str]:
    """How the routes are told, on how good evidence, and the best one, in a line each."""
    zh = lang == "zh"
    if cell.best is None:
        return []
    comma, colon = ("，", "：") if zh else (", ", ": ")
    known = [f"{WORDS[t][zh]} {cell.telling[t]}" for t in TELLINGS if cell.telling[t]]
    known.append(WORDS["grade"][zh].format(cell.grade) if cell.grade else "")
    known.append(WORDS["studies"][zh].format(len(cell.studies)))
    route = f"{WORDS['best'][zh]}{colon}{visible(line(cell.best, kb, lang))}"
    return [comma.join(filter(None, known)), route]


def _swatches(most: int, y: float) -> list[dict[str, Any]]:
    """Examples of the shades, from none to the most."""
    spread = sorted({0, 1, *(round((1 + most) ** (k / 4)) for k in (2, 3)), most})
    shown = [n for n in spread if n <= most]
    found = []
    for place, n in enumerate(shown):
        fill, ink = shade(n, most)
        own = {"x": 16 + place * 58, "y": y, "text": str(n), "stroke": LINE}
        found.append({**own, "fill": fill, "ink": ink})
    return found


def _title(kb: KnowledgeBase, query: PathQuery, lang: str) -> str:
    ends = (_ends_in_words(kb, items, lang) for items in (query.start, query.end))
    return WORDS["title"][lang == "zh"].format(*ends)


def _ends_in_words(kb: KnowledgeBase, items: Sequence[str], lang: str) -> str:
    """Kinds and roles by their labels, entities by theirs; of many the first few."""
    by_name = {n.casefold(): n for n in (*vocab.TYPES, *vocab.ROLES)}
    by_name |= {alias.casefold(): role for alias, role in vocab.ROLE_ALIASES.items()}

    def one(item: str) -> str:
        if item.startswith("type:"):
            return vocab.label(by_name[item.removeprefix("type:").casefold()], lang)
        return label(kb, item, lang)

    shown = [visible(one(item)) for item in items[:4]]
    return listed(shown, lang) + (" …" if len(items) > 4 else "")


def _note(query: PathQuery, lang: str) -> str:
    """What was counted: every filter that the query sets."""
    zh = lang == "zh"

    def parts() -> Iterable[str]:
        yield WORDS["step" if query.max_steps == 1 else "steps"][zh].format(query.max_steps)
        yield WORDS["short"][zh]
        yield WORDS["any_tissue" if query.any_tissue else "skin"][zh]
        for key in ("stated_only", "no_inferred", "with_retracted"):
            if getattr(query, key):
                yield WORDS[key][zh]
        if query.sources:
            yield WORDS["sources"][zh].format(listed(query.sources, lang))
        if query.sign != "any":
            yield WORDS["sign"][zh].format(query.sign)

    text = ("；" if zh else "; ").join(parts())
    return f"{text}。" if zh else f"{text[0].upper()}{text[1:]}."


def _fitted(text: str, limit: float, most: int) -> tuple[str, ...]:
    """Lines of at most ``limit`` em; what does not fit ends in an ellipsis."""

    def cut(line: str) -> str:
        if em(line) <= limit:
            return line
        while line and em(line + "…") > limit:
            line = line[:-1]
        return line + "…"

    return tuple(cut(line) for line in wrap(text, limit, most))
