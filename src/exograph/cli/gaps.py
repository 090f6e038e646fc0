# SPDX-License-Identifier: Apache-2.0
"""``exograph gaps``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from exograph.cli.filtering import filters, question
from exograph.cli.session import Session, as_json, emit, pass_session, say

if TYPE_CHECKING:
    from exograph.model import KnowledgeBase
    from exograph.paths.gaps import Gap, Gaps
    from exograph.paths.hanging import Hanging

_WORDS = {
    "cargo_without_target": ("Cargo of which no effect is recorded", "未记录任何作用的载荷分子"),
    "cargo_without_phase": (
        "Other cargo from which no route leads to a phase of healing",
        "其他没有路径通往愈合阶段的载荷分子",
    ),
    "vesicles_without_effect": (
        "Vesicles without an effect, of themselves or of their cargo",
        "自身及其载荷均无作用记录的囊泡",
    ),
    "phases_without_source": ("Phases that no source reaches", "没有任何来源到达的愈合阶段"),
    "sources_without_phase": ("Sources that reach no phase", "未到达任何愈合阶段的来源"),
    "on_one_paper": (
        "Links that are lost if one paper is left out",
        "去掉一篇论文即不复存在的联系",
    ),
    "thin_routes": (
        "Best routes on which no effect rests on more than one paper",
        "每一步作用都至多由一篇论文支持的最佳路径",
    ),
    "cargo_without_target.vesicles": ("carried by", "载体"),
    "cargo_without_phase.vesicles": ("carried by", "载体"),
    "sources_without_phase.vesicles": ("secretes", "分泌"),
    "biomaterials": ("in", "载于"),
    "targets": ("acts on", "作用于"),
    "sources": ("from", "来自"),
    "cargo": ("carries", "携带"),
    "processes": ("processes", "过程"),
    "other_tissue": ("in other tissues only: --any-tissue", "仅见于其他组织：--any-tissue"),
    "retracted": (
        "in retracted papers only: --with-retracted",
        "仅见于已撤稿文献：--with-retracted",
    ),
    "structure": ("only for what it says of structure", "仅因其关于结构关系的陈述"),
    "about": (
        "Gaps of this knowledge base: that nothing is recorded does not say that nobody looked.",
        "均为本知识库的空缺：没有记录并不表示无人研究。",
    ),
    "unfinished": (
        "Time was up before all best routes were found; --timeout allows more.",
        "时间已到，未能找到全部最佳路径；可用 --timeout 延长时间。",
    ),
    "none": ("Nothing is missing.", "没有空缺。"),
}


@click.command()
@filters
@as_json
@pass_session
def command(session: Session, /, *, as_json: bool, **asked: Any) -> None:
    """Show what is missing: what leads nowhere, and what hangs on one paper.

    Cargo without a target or without a route to a phase of healing, vesicles without an effect,
    phases that no source reaches and sources that reach no phase; links between a source and a
    phase that are lost if one paper is left out, and best routes of which each effect rests on one
    paper. The review is no paper and is never left out.
    """
    from exograph.paths.analyses import gaps_json
    from exograph.paths.gaps import LISTS, gaps

    kb = session.kb
    query = question(["type:Source"], ["type:HealingPhase"], **asked)
    found = gaps(kb, session.snapshot.arrays, query)
    if as_json:
        emit(gaps_json(found))
    elif lines := list(_lines(kb, found, session.lang)):
        click.echo("\n".join(lines))
    if not found.complete:
        say(_word("unfinished", session.lang))
    say(_word("about" if any(getattr(found, n) for n in LISTS) else "none", session.lang))


def _lines(kb: KnowledgeBase, found: Gaps, lang: str) -> Iterator[str]:
    from exograph.cli.layout import line_width, wrapped
    from exograph.cli.routes import in_one_line
    from exograph.paths.gaps import LISTS

    without = {gap.entity for gap in found.cargo_without_target}
    told = {
        name: [
            _gap(kb, name, gap, lang)
            for gap in getattr(found, name)
            if name != "cargo_without_phase" or gap.entity not in without
        ]
        for name in LISTS[:5]
    }
    told["on_one_paper"] = [_hanging(kb, one, lang) for one in found.on_one_paper]
    told["thin_routes"] = [in_one_line(one.path, kb, lang) for one in found.thin_routes]
    first = True
    for name, texts in told.items():
        if not texts:
            continue
        if not first:
            yield ""
        first = False
        count = f"（{len(texts)}）" if lang == "zh" else f" ({len(texts)})"
        yield from wrapped(f"{_word(name, lang)}{count}", "", line_width())
        for text in texts:
            yield from wrapped(text, "  ", line_width(), "    ")


def _gap(kb: KnowledgeBase, name: str, gap: Gap, lang: str) -> str:
    parts = [_labels(kb, [gap.entity], lang)]
    colon = "：" if lang == "zh" else " "
    for kind, ids in gap.evidence.items():
        if ids:
            key = f"{name}.{kind}" if kind == "vesicles" else kind
            parts.append(f"{_word(key, lang)}{colon}{_labels(kb, ids, lang)}")
    marks = [mark for mark in ("other_tissue", "retracted") if getattr(gap, mark)]
    return " · ".join(parts) + "".join(_aside(mark, lang) for mark in marks)


def _hanging(kb: KnowledgeBase, one: Hanging, lang: str) -> str:
    from exograph.paths.citing import reference

    colon = "：" if lang == "zh" else ": "
    ends = " → ".join(_labels(kb, [id], lang) for id in (one.start, one.end))
    names = " = ".join(reference(kb, id, lang) for id in one.references)  # of one study
    text = f"{ends}{colon}{names or one.study}"
    return text if one.by_effect else text + _aside("structure", lang)


def _aside(key: str, lang: str) -> str:
    return f"（{_word(key, lang)}）" if lang == "zh" else f" ({_word(key, lang)})"


def _labels(kb: KnowledgeBase, ids: Iterable[str], lang: str) -> str:
    from exograph.paths.phrases import label

    return ("、" if lang == "zh" else ", ").join(label(kb, id, lang) for id in ids)


def _word(key: str, lang: str) -> str:
    return _WORDS[key][lang == "zh"]
