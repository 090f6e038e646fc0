# SPDX-License-Identifier: Apache-2.0
"""Mechanism paths as a picture: one strip each, from left to right, as SVG.

Nothing is told by colour alone: a rise ends in a triangle, a fall in a bar, an effect without a
direction in a dot on a dotted line, and what is no effect in an open arrow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from exograph import vocab
from exograph.model import KnowledgeBase
from exograph.paths import Path, PathStep
from exograph.paths.citing import reference
from exograph.paths.phrases import label
from exograph.views.lettering import em, visible, wrap
from exograph.views.style import KINDS, SIGNS, basis_key, dashes, sign_key

_SIZE, _SMALL = 14, 11
_MARGIN, _GAP, _PAD = 16, 132, 10
_LINE, _HEAD, _BELOW = 17, 26, 34
_WIDEST = 13.0
"""The widest line of a name, in em."""

_SAYS = {
    "en": {"+": "raises", "-": "lowers", "?": "direction not known"},
    "zh": {"+": "上升", "-": "下降", "?": "方向未明"},
}
_KEY = {
    "en": (
        ("positive", "raises"),
        ("negative", "lowers"),
        ("unsigned", "acts, direction not stated"),
        ("flow", "no effect, but structure"),
    ),
    "zh": (
        ("positive", "上升"),
        ("negative", "下降"),
        ("unsigned", "有作用，方向未说明"),
        ("flow", "结构关系，并非作用"),
    ),
}
_LINES = {
    "en": (("stated", "stated"), ("derived", "derived"), ("inferred", "inferred")),
    "zh": (("stated", "原文所述"), ("derived", "推导"), ("inferred", "推断")),
}
_TELLING = {
    "en": {"told": "told", "coherent": "coherent", "stitched": "stitched"},
    "zh": {"told": "完整报道", "coherent": "连贯", "stitched": "拼接"},
}


def svg(paths: Sequence[Path], kb: KnowledgeBase, lang: str = "en") -> str:
    """The picture of some paths, in their order, in ``en`` or ``zh``. It asks no other file."""
    strips = [_Strip(path, rank, kb, lang) for rank, path in enumerate(paths, 1)]
    width = max((strip.width for strip in strips), default=240.0)
    parts: list[str] = []
    top = float(_MARGIN)
    for strip in strips:
        parts += strip.drawn(top)
        top += strip.height
    if strips:
        key, across = _key(top, lang)
        parts += key
        width, top = max(width, across), top + _HEAD
    else:
        said = "没有这样的路径。" if lang == "zh" else "There is no such path."
        parts.append(_text(_MARGIN, top + _SIZE, said, _SIZE))
        top += _HEAD
    name = quoteattr("机制路径" if lang == "zh" else "Mechanism paths")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{top:.0f}" '
        f'viewBox="0 0 {width:.0f} {top:.0f}" role="img" aria-label={name} '
        f'font-family="system-ui, sans-serif">'
        f'<rect width="100%" height="100%" fill="#ffffff"/>{"".join(parts)}</svg>'
    )


class _Strip:
    """One path, with the boxes of its entities set out from left to right."""

    def __init__(self, path: Path, rank: int, kb: KnowledgeBase, lang: str) -> None:
        self.path, self.rank, self.kb, self.lang = path, rank, kb, lang
        self.lines = [wrap(visible(label(kb, id, lang)), _WIDEST) for id in path.entities]
        self.widths = [max(map(em, lines)) * _SIZE + 2 * _PAD for lines in self.lines]
        self.box = max(map(len, self.lines)) * _LINE + 2 * _PAD
        self.width = 2 * _MARGIN + sum(self.widths) + _GAP * len(path.steps)
        self.height = _HEAD + self.box + _BELOW

    def drawn(self, top: float) -> Iterator[str]:
        path, lang = self.path, self.lang
        parts = [f"{_SAYS[lang][path.sign]} ({path.sign})", _TELLING[lang][path.telling]]
        if number := len(path.warnings):
            many = "s" * (number > 1)
            parts.append(f"{number} 条注意" if lang == "zh" else f"{number} caution{many}")
        about = ("，" if lang == "zh" else ", ").join(parts)
        yield _text(_MARGIN, top + _SIZE, f"{self.rank} · {about}", _SIZE, weight="bold")
        x, y = float(_MARGIN), top + _HEAD
        middle = y + self.box / 2
        for number, (id, lines, wide) in enumerate(
            zip(path.entities, self.lines, self.widths, strict=True)
        ):
            yield from self._plate(id, lines, x, y, wide)
            x += wide
            if number < len(path.steps):
                yield from self._arrow(path.steps[number], x, middle)
                x += _GAP

    def _plate(
        self, id: str, lines: Sequence[str], x: float, y: float, wide: float
    ) -> Iterator[str]:
        kind = self.kb.entity[id].type
        yield (
            f"<g><title>{escape(vocab.label(kind, self.lang))} · {escape(id)}</title>"
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{self.box}" rx="7" '
            f'fill="#fbfbfd" stroke="{KINDS[kind].color}" stroke-width="2"/>'
        )
        first = y + (self.box - len(lines) * _LINE) / 2 + _SIZE - 1
        for n, line in enumerate(lines):
            yield _text(x + wide / 2, first + n * _LINE, line, _SIZE, anchor="middle")
        yield "</g>"

    def _arrow(self, step: PathStep, x: float, y: float) -> Iterator[str]:
        sign, end = sign_key(step.claim), x + _GAP - 4
        color = SIGNS[sign].color
        pattern = " ".join(map(str, dashes(sign, basis_key(step.claim))))
        dash = f' stroke-dasharray="{pattern}"' if pattern else ""
        yield (
            f'<path d="M{x + 3:.1f} {y:.1f}H{end - 7:.1f}" stroke="{color}" stroke-width="2" '
            f'fill="none"{dash}/>{_head(sign, end, y, color)}'
        )
        centre = x + _GAP / 2
        verb = vocab.label(step.claim.predicate, self.lang)
        if step.direction == "backward":  # the path goes against the sense of the words
            verb = f"← {verb}"
        yield _text(centre, y - 8, _cut(verb), _SMALL, anchor="middle")
        refs = sorted({s.reference for s in step.claim.statements if s.supports})
        cited = visible(reference(self.kb, refs[0], self.lang)) if refs else ""
        more = f" +{len(refs) - 1}" if len(refs) > 1 else ""
        yield _text(centre, y + 17, _cut(cited, more), _SMALL, anchor="middle")


def _key(top: float, lang: str) -> tuple[list[str], float]:
    """What heads and dashes of lines mean, on one line, and how far that goes."""
    parts, x, y = [], float(_MARGIN), top + _SIZE - 4
    rows: list[tuple[str, tuple[float, ...], str]] = [
        *((sign, (), words) for sign, words in _KEY[lang]),
        *(("", dashes("positive", basis), words) for basis, words in _LINES[lang]),
    ]
    for sign, pattern, words in rows:
        color = SIGNS[sign or "flow"].color
        dash = f' stroke-dasharray="{" ".join(map(str, pattern))}"' if pattern else ""
        end = x + (34 if not sign else 26)
        parts.append(
            f'<path d="M{x:.1f} {y:.1f}H{end - 4 * bool(sign):.1f}" stroke="{color}" '
            f'stroke-width="2"{dash}/>{_head(sign, end, y, color) if sign else ""}'
        )
        parts.append(_text(end + 6, y + 4, words, _SMALL))
        x = end + 24 + em(words) * _SMALL
    return parts, x


def _head(sign: str, x: float, y: float, color: str) -> str:
    """How a line ends: by sign, so that it can be read without colour."""
    shape = {
        "positive": f'<path d="M{x:.1f} {y:.1f}l-10 -6v12z" fill="{color}"/>',
        "negative": f'<path d="M{x - 5:.1f} {y - 8:.1f}v16" stroke="{color}" stroke-width="3.5"/>',
        "unsigned": f'<circle cx="{x - 5:.1f}" cy="{y:.1f}" r="4.5" fill="{color}"/>',
    }
    open_arrow = (
        f'<path d="M{x - 9:.1f} {y - 6:.1f}l9 6l-9 6" fill="none" stroke="{color}" '
        'stroke-width="2"/>'
    )
    return shape.get(sign, open_arrow)


def _cut(text: str, more: str = "") -> str:
    """Text that fits between two boxes, with an ellipsis if it was longer."""
    limit = (_GAP - 8) / _SMALL
    if em(text + more) <= limit:
        return text + more
    while text and em(f"{text}…{more}") > limit:
        text = text[:-1]
    return f"{text.rstrip()}…{more}"


def _text(
    x: float, y: float, text: str, size: int, *, anchor: str = "start", weight: str = "normal"
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" '
        f'font-weight="{weight}" fill="#1c2430">{escape(text)}</text>'
    )
