# SPDX-License-Identifier: Apache-2.0
"""The picture of the architecture, as SVG: readable in print, without colour and in the dark."""

from __future__ import annotations

from html import escape

_WIDTH, _HEIGHT = 1000, 560
_INK, _LINE, _PAPER = "#1d2733", "#5b6875", "#ffffff"
_COLUMNS = (
    ("Written by people", 20, 165),
    ("Read and checked", 225, 165),
    ("Snapshot, on disk", 430, 165),
    ("Asked", 635, 150),
    ("Shown", 825, 155),
)
_BOXES = {
    "tables": (20, 90, 165, 74, "curated tables", "graphs/*.tsv"),
    "ontology": (20, 190, 165, 74, "ontology", "classes, SHACL, checks"),
    "imports": (20, 340, 165, 74, "graphs of others", "KGX, RDF, GMT, GPML …"),
    "model": (225, 90, 165, 74, "model", "entities, claims"),
    "checks": (225, 215, 165, 74, "checks", "codes with cures"),
    "exchange": (225, 340, 165, 74, "import", "stored, or refused"),
    "json": (430, 90, 165, 74, "kb.json", "the model"),
    "arrays": (430, 190, 165, 74, "arrays", "by memory map"),
    "quads": (430, 290, 165, 74, "N-Quads, Turtle", "RDF 1.1"),
    "store": (430, 390, 165, 74, "store on disk", "if it is large"),
    "kb": (635, 90, 150, 74, "show, search", "in both languages"),
    "paths": (635, 190, 150, 74, "paths", "signed, costed, told"),
    "sparql": (635, 330, 150, 74, "SPARQL", "Oxigraph, in workers"),
    "cli": (825, 82, 155, 62, "command line", "text, JSON"),
    "python": (825, 160, 155, 62, "Python", "exograph.open()"),
    "page": (825, 238, 155, 62, "page", "one file, offline"),
    "server": (825, 316, 155, 62, "server", "endpoint, IRIs"),
    "out": (825, 394, 155, 62, "export, push", "files, other stores"),
}
"""Left, top, width, height, and two lines."""
_ARROWS = (
    *(("tables", "model"), ("ontology", "checks"), ("imports", "exchange")),
    *(("json", "kb"), ("arrays", "paths"), ("quads", "sparql"), ("store", "sparql")),
)
_BUSES = ((390, 430, 127, 427), (785, 825, 113, 425))
"""From a column as a whole to the next: left, right, top, bottom."""
_RULE = "Code of one column knows nothing of the columns to its right; a test reads the imports."
_BEYOND = (
    "Beyond one machine: export to Spark, push to a SPARQL store. Nothing else asks a network."
)


def svg() -> str:
    """The picture."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        'font-family="system-ui, sans-serif">',
        "<title>Architecture of exograph</title>",
        '<defs><marker id="head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" '
        f'markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="{_LINE}"/></marker></defs>',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" rx="12" fill="{_PAPER}"/>',
    ]
    for title, left, width in _COLUMNS:
        parts.append(
            f'<rect x="{left - 10}" y="20" width="{width + 20}" height="464" rx="10" '
            f'fill="#f1f4f6" stroke="#d5dce2"/>{_text(left + width / 2, 48, title, 15, bold=True)}'
        )
    for left, top, width, height, name, told in _BOXES.values():
        middle = left + width / 2
        parts.append(
            f'<rect x="{left}" y="{top}" width="{width}" height="{height}" rx="6" '
            f'fill="{_PAPER}" stroke="{_INK}" stroke-width="1.4"/>'
            f"{_text(middle, top + height / 2 - 4, name, 16, bold=True)}"
            f"{_text(middle, top + height / 2 + 16, told, 13)}"
        )
    for start, end in _ARROWS:
        parts.append(_arrow(start, end))
    parts.append(_line(307, 164, 307, 215, head=True))  # the model is checked
    parts.append(_line(307, 340, 307, 289, head=True))  # and so is what is imported
    for left, right, top, bottom in _BUSES:
        parts.append(_bus(left, right, top, bottom))
    parts.append(_text(_WIDTH / 2, 516, _RULE, 14))
    parts.append(_text(_WIDTH / 2, 540, _BEYOND, 14))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _text(x: float, y: float, words: str, size: int, *, bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}"{weight} fill="{_INK}" '
        f'text-anchor="middle">{escape(words)}</text>'
    )


def _line(x1: float, y1: float, x2: float, y2: float, *, head: bool) -> str:
    end = ' marker-end="url(#head)"' if head else ""
    return (
        f'<path d="M{x1:g} {y1:g}L{x2:g} {y2:g}" fill="none" stroke="{_LINE}" '
        f'stroke-width="1.6"{end}/>'
    )


def _arrow(start: str, end: str) -> str:
    left, top, width, height, *_ = _BOXES[start]
    there, above, _, tall, *_ = _BOXES[end]
    return _line(left + width, top + height / 2, there, above + tall / 2, head=True)


def _bus(left: float, right: float, top: float, bottom: float) -> str:
    """What a whole column gives to the next: a bar between the two, and an arrow."""
    middle, height = (left + right) / 2, (top + bottom) / 2
    return "".join(
        (
            _line(middle, top, middle, bottom, head=False),
            _line(left, height, middle, height, head=False),
            _line(middle, height, right, height, head=True),
        )
    )
