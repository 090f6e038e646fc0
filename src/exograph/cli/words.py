# SPDX-License-Identifier: Apache-2.0
"""The words around the data, in both languages: those of the page, and a few of the terminal's."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from exograph import views

_OWN = {
    "count.total": ("in all", "总计"),
    "count.entities": ("entities", "实体"),
    "count.claims": ("claims", "论断"),
    "count.statements": ("statements", "陈述"),
    "count.references": ("references", "文献"),
    "count.attributes": ("values", "数值"),
    "count.mechanisms": ("mechanisms", "机制"),
    "count.verifications": ("verifications", "核对"),
    "count.conflicts": ("conflicts", "冲突"),
    "count.remarks": ("remarks", "备注"),
    "count.sources": ("sources", "来源"),
    "count.triples": ("triples", "三元组"),
    "count.by_type": ("by type", "按类型"),
    "count.by_predicate": ("by predicate", "按谓词"),
    "count.by_basis": ("by basis", "按依据"),
    "count.by_section": ("by section", "按章节"),
    "count.by_stance": ("by stance", "按立场"),
    "count.by_source": ("by source", "按来源"),
    "count.by_grade": ("by grade of evidence", "按证据等级"),
    "count.by_kind": ("by kind", "按种类"),
    "count.by_attribute": ("by attribute", "按属性"),
    "count.by_verdict": ("by verdict", "按结论"),
    "count.by_status": ("by identification", "按识别情况"),
    "count.by_retraction": ("by notice", "按声明"),
    "count.retracted": ("of retracted papers", "出自已撤稿文献"),
    "status.identified": ("identified", "已识别"),
    "status.partly_identified": ("partly identified", "部分识别"),
    "status.candidates": ("candidates only", "仅有候选"),
    "status.not_identified": ("not identified", "未识别"),
    "status.no_status": ("not said", "未注明"),
    "retraction.no_notice_seen": ("no notice seen", "未见声明"),
    "count.steps": ("steps", "步骤"),
    "kind.article": ("article", "论文"),
    "kind.cited": ("cited", "被引文献"),
    "kind.preprint": ("preprint", "预印本"),
    "kind.registry": ("registry", "试验注册库"),
    "kind.review": ("review", "综述"),
    "grade.none": ("none", "未评级"),
    "stance.supports": ("supports", "支持"),
    "basis.unsupported": ("unsupported", "无支持"),
    "effect.plain": ("plain", "直接"),
    "certainty.asserted": ("asserted", "断言"),
    "grade": ("grade", "证据等级"),
    "claim": ("claim", "论断"),
    "none": ("No claim is about it.", "没有关于它的论断。"),
    "values": ("Values", "数值"),
    "cited_for": ("What it is cited for", "所支持的论断"),
    "missing": ("did not come", "未得到"),
    "unexpected": ("came unasked", "多出"),
    "disordered": ("the order is wrong", "顺序不符"),
    "expected": ("as expected", "与预期一致"),
    "differs": ("DIFFERS", "与预期不同"),
}


@cache
def _words() -> dict[str, dict[str, str]]:
    """The page's own words, so that terminal and page speak alike."""
    page = Path(views.__file__).parent / "page" / "words.json"
    words: dict[str, dict[str, str]] = json.loads(page.read_text(encoding="utf-8"))
    return words | {key: {"en": en, "zh": zh} for key, (en, zh) in _OWN.items()}


def word(key: str, lang: str) -> str:
    """The word for a key such as ``basis.stated``; the last part of the key if there is none.

    >>> word("basis.stated", "zh"), word("attribute.some_new_one", "zh")
    ('原文陈述', 'some new one')
    """
    known = _words().get(key)
    return known[lang] if known else key.rpartition(".")[2].replace("_", " ")


def section(name: str, lang: str) -> str:
    """A place in a source, as the page names it.

    >>> section("3.2", "zh"), section("table1", "zh"), section("registry", "zh")
    ('第 3.2 节', '表 1', '试验注册信息')
    >>> section("3.2", "en"), section("intro", "en")
    ('section 3.2', 'introduction')
    """
    if f"section.{name}" in _words():
        return word(f"section.{name}", lang)
    table = name.removeprefix("table")
    if table != name:
        return word("section.table", lang).format(table)
    return word("section.of", lang).format(name) if name[:1].isdigit() else name
