# SPDX-License-Identifier: Apache-2.0
"""Mechanism paths in lines of plain text: each as a route, in sentences, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator

from exograph.cli.layout import line_width, wrapped
from exograph.kb import best_grade
from exograph.model import KnowledgeBase
from exograph.paths import Path, PathResult, citing, sentences
from exograph.paths.route import joined, line

_WORDS = {
    "path": ("Path", "路径"),
    "+": ("raises", "上升"),
    "-": ("lowers", "下降"),
    "?": ("direction not known", "方向未明"),
    "told": ("told", "完整报道"),
    "coherent": ("coherent", "连贯"),
    "stitched": ("stitched", "拼接"),
    "cost": ("Cost", "代价"),
    "weakest": ("Weakest link", "最薄弱环节"),
    "grades": ("Evidence grade of each step", "各步证据等级"),
    "evidence": ("evidence", "证据"),
    "length": ("length", "长度"),
    "hubs": ("hubs", "枢纽"),
    "handovers": ("handovers", "转手"),
    "better": ("(lower is better)", "（越低越好）"),
    "shortcut": ("Also told in short", "另有简略路径"),
    "vague": ("Also told without direction", "另有未说明方向的路径"),
}


def lines(result: PathResult, kb: KnowledgeBase, lang: str) -> Iterator[str]:
    """All that ``paths`` prints, in ``en`` or ``zh``."""
    columns = line_width()
    for rank, path in enumerate(result.paths, 1):
        if rank > 1:
            yield ""
        yield from _path(path, rank, kb, lang, columns)


def _path(path: Path, rank: int, kb: KnowledgeBase, lang: str, columns: int) -> Iterator[str]:
    verdict = f"{_word(path.sign, lang)} ({path.sign}), {_word(path.telling, lang)}"
    if lang == "zh":
        verdict = f"{_word(path.sign, lang)}（{path.sign}），{_word(path.telling, lang)}"
    yield from wrapped(f"{_word('path', lang)} {rank} · {verdict}", "", columns)
    yield from wrapped(line(path, kb, lang), "  ", columns, "    ")
    for sentence in sentences(path, kb, lang).split("\n"):
        yield from wrapped(sentence, "  ", columns, "     ")
    grades = " ".join(best_grade(kb, step.claim) or "–" for step in path.steps)
    colon = "：" if lang == "zh" else ": "
    yield from wrapped(f"{_word('grades', lang)}{colon}{grades}", "  ", columns)
    if len(path.steps) > 1:
        text = f"{_word('weakest', lang)}{colon}{_link(path, kb, lang)}"
        yield from wrapped(text, "  ", columns, "    ")
    parts = " + ".join(f"{_word(name, lang)} {n:.2f}" for name, n in path.cost_parts.items())
    total = f"{_word('cost', lang)} {path.cost:.2f} = {parts}"
    gap = "" if lang == "zh" else " "
    yield from wrapped(f"{total}{gap}{_word('better', lang)}", "  ", columns)
    for shortcut in path.shortcuts:
        shown = joined(kb, shortcut.entities, shortcut.signs, lang)
        kind = "shortcut" if len(shortcut.entities) < len(path.entities) else "vague"
        yield from wrapped(f"{_word(kind, lang)}{colon}{shown}", "  ", columns, "    ")


def _link(path: Path, kb: KnowledgeBase, lang: str) -> str:
    """The weakest step as a route of its own, with the cost of its evidence and its claim."""
    step, cost = path.steps[path.weakest - 1], path.step_costs[path.weakest - 1]
    route = joined(kb, (step.tail, step.head), (step.sign,), lang)
    if lang == "zh":
        link = f"第 {path.weakest} 步，{route}"
        return f"{link}（证据代价 {cost:.2f}；可用 claim:{step.claim.id} 查看）"
    return f"step {path.weakest}, {route} (evidence costs {cost:.2f}; claim:{step.claim.id})"


def in_one_line(path: Path, kb: KnowledgeBase, lang: str) -> str:
    """A path with arrows, then its sign, who tells it, the references, how many cautions."""
    zh = lang == "zh"
    route = line(path, kb, lang)
    sign = f"（{path.sign}）" if zh else f" ({path.sign})"
    said = [f"{_word(path.sign, lang)}{sign}", _word(path.telling, lang)]
    said.append(citing.cited(kb, path.references, lang))
    text = f"{route} · {('，' if zh else ', ').join(said)}"
    if path.warnings:
        text += f"；注意 {len(path.warnings)} 项" if zh else f"; cautions: {len(path.warnings)}"
    return text


def _word(key: str, lang: str) -> str:
    known = _WORDS.get(key)
    return known[lang == "zh"] if known else key
