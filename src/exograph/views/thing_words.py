# SPDX-License-Identifier: Apache-2.0
"""The words of the pages of things, in English and Chinese: those of the picture, and own ones."""

from __future__ import annotations

import json
from functools import cache

from exograph.views.templates import own

KINDS: dict[str, tuple[str, str, str]] = {
    "entity": ("entity", "Entities", "实体"),
    "claim": ("claim", "Claims", "论断"),
    "statement": ("statement", "Statements", "陈述"),
    "reference": ("reference", "References", "文献"),
    "mechanism": ("mechanism", "Mechanisms", "机制"),
    "attribute": ("attribute value", "Values", "属性值"),
    "verification": ("verification", "Verifications", "核对"),
    "conflict": ("conflict", "Conflicts", "冲突"),
    "remark": ("remark", "Remarks", "备注"),
    "source": ("source", "Sources", "数据来源"),
}
"""Kinds of things that have IRIs, the folders of these: one, many, Chinese."""

DOCUMENTED = ("entity", "reference", "claim")
"""Kinds that there are JSON documents of."""

_OWN = {
    "skip": ("Skip to the content", "跳到正文"),
    "site": ("Main pages", "主要页面"),
    "everything": ("Everything, by kind", "按类别浏览全部"),
    "vocabulary": ("Vocabulary", "词汇表"),
    "contents": ("On this page", "本页内容"),
    "data": ("The same as data", "同一内容的数据"),
    "neighbours_json": ("neighbours (JSON)", "相邻实体（JSON）"),
    "paths_json": ("paths to the healing phases (JSON)", "通往各愈合阶段的路径（JSON）"),
    "paths_to_json": ("paths from the cell sources (JSON)", "来自各细胞来源的路径（JSON）"),
    "kind": ("Kind", "类别"),
    "iri": ("IRI", "IRI"),
    "exact_ids": ("The same thing elsewhere", "其他数据库中的同一事物"),
    "close_ids": ("Close to it elsewhere", "其他数据库中的相近事物"),
    "does": ("As the subject: what it does", "作为主语：它的作用"),
    "done": ("As the object: what is done to it or with it", "作为宾语：他者对它的作用与关系"),
    "no_claims": (
        "No claim has it as its subject or object.",
        "没有以它为主语或宾语的论断。",
    ),
    "as_context": (
        "As context or method: what was found in it or by it",
        "作为情境或方法：在其中或由其得出的论断",
    ),
    "as_context_help": (
        "It is named in the context, or as a method, of statements of these claims.",
        "这些论断的陈述在情境或方法中提到它。",
    ),
    "list_entity": ("The number says how many claims are about it.", "数字为相关论断数。"),
    "cites_nothing": ("It is cited for no claim.", "没有论断引用它。"),
    "same_study": ("Other citations of the same study", "同一研究的其他引文"),
    "held_against": ("What was held against it", "与它核对的论断"),
    "subject": ("Subject", "主语"),
    "predicate": ("Predicate", "谓词"),
    "object": ("Object", "宾语"),
    "sign": ("Sign", "方向"),
    "claim": ("Claim", "论断"),
    "source": ("Source of the row", "所属数据来源"),
    "stance": ("Stance", "立场"),
    "certainty": ("Certainty", "确定程度"),
    "effect": ("Manner of the effect", "作用方式"),
    "stance.supports": ("supports the claim", "支持该论断"),
    "certainty.asserted": ("asserted", "肯定表述"),
    "effect.plain": ("plain", "普通作用"),
    "best_grade": ("best grade {}", "最佳等级 {}"),
    "grade_of": ("grade {}", "等级 {}"),
    "grade_row": ("Grade of evidence", "证据等级"),
    "statements_of": ("{} statements", "{} 条陈述"),
    "contested": ("contradicted", "有相反论断"),
    "contradicts": ("What contradicts it", "与之矛盾的论断"),
    "contradicts_none": (
        "Nothing here contradicts it, which does not prove it.",
        "此处没有与之矛盾的内容，但这并不证明其成立。",
    ),
    "opposite_signs": ("Opposite direction", "方向相反"),
    "denied": ("Found and denied, or looked for and not found", "一方发现，另一方否认或未发现"),
    "other_subjects": ("Different subjects, opposite directions", "主体不同，方向相反"),
    "explained": ("Explained by", "可由以下差异解释"),
    "versus": (" versus ", " 对 "),
    "unexplained": ("No context is named that explains it.", "未指明可解释的情境差异。"),
    "curated": ("The curated record", "整理记录"),
    "first": ("First claim", "论断一"),
    "second": ("Second claim", "论断二"),
    "only_compared": (
        "Compared with a paper, for references that have no statement here",
        "与原始论文核对（该文献在此无陈述）",
    ),
    "start": ("Start", "起点"),
    "end": ("End", "终点"),
    "steps": ("Steps", "步骤"),
    "steps_help": (
        "Steps with the same number act in parallel.",
        "编号相同的步骤并行。",
    ),
    "step": ("Step", "步骤"),
    "layer": ("No.", "序号"),
    "part_of": ("Part of the mechanism", "所属机制"),
    "says": ("The citing text says", "引用文本说"),
    "verdict": ("Verdict", "结论"),
    "read": ("How much was read", "阅读范围"),
    "where": ("Where", "所在处"),
    "text": ("Text", "文本"),
    "date": ("Tables as of", "表格日期"),
    "evidence": ("Evidence", "证据形式"),
    "evidence.quotes": ("quotes of the source's own words", "引用原文"),
    "evidence.paraphrases": ("paraphrases in the curator's words", "整理者转述"),
    "sections": ("Sections", "章节"),
    "sha256": ("SHA-256 of the text", "文本的 SHA-256"),
    "entity": ("Entity", "实体"),
    "attribute": ("Attribute", "属性"),
    "verbatim": ("In the source's own characters", "来源的原样文字"),
    "value": ("Number", "数值"),
    "error": ("Standard deviation", "标准差"),
    "low": ("From", "下限"),
    "high": ("To", "上限"),
    "unit": ("Unit (UCUM)", "单位（UCUM）"),
    "qualifier": ("Qualifier", "限定"),
    "text_value": ("As text", "文字值"),
    "reference.number": ("Number in the review", "综述中的编号"),
    "kind.article": ("article", "论文"),
    "kind.cited": ("paper cited by the review", "综述所引论文"),
    "kind.preprint": ("preprint", "预印本"),
    "kind.registry": ("registry of trials", "试验注册库"),
    "kind.review": ("review", "综述"),
    "title_not_seen": ("Title not seen", "未见标题"),
    "none_such": ("There is no such {}", "没有这样的{}"),
    "none_such_help": ("Nothing here is called {}.", "此处没有名为 {} 的条目。"),
    "meant": ("Perhaps you meant", "您要找的可能是"),
    "empty": ("There is none.", "暂无。"),
    "voc.classes": ("Kinds of entities", "实体类别"),
    "voc.records": ("Kinds of records", "记录类别"),
    "voc.predicates": ("Predicates of claims", "论断的谓词"),
    "voc.properties": ("Properties of entities and records", "实体与记录的属性"),
    "voc.subClassOf": ("Kind of", "上位类"),
    "voc.subPropertyOf": ("Implies", "上位属性"),
    "voc.domain": ("Subject is", "主语类别"),
    "voc.range": ("Object is", "宾语类别"),
    "voc.defaultSign": ("Sign", "方向"),
    "voc.walk": ("Paths go", "路径走向"),
    "voc.example": ("Example", "示例"),
    "walk.forward": ("from subject to object", "从主语到宾语"),
    "walk.backward": ("from object to subject", "从宾语到主语"),
    "walk.never": ("never over it", "不经过"),
    "or": ("or", "或"),
}


@cache
def _words() -> dict[str, tuple[str, str]]:
    """The picture's own words, so that all pages speak alike, with those that only these have."""
    shared: dict[str, dict[str, str]] = json.loads(own("words.json"))
    return {key: (text["en"], text["zh"]) for key, text in shared.items()} | _OWN


def word(key: str, lang: str) -> str:
    """The word for a key such as ``basis.stated``; the last part of the key if there is none.

    >>> word("basis.stated", "zh"), word("attribute.some_new_one", "zh")
    ('原文陈述', 'some new one')
    """
    known = _words().get(key)
    return known[lang == "zh"] if known else key.rpartition(".")[2].replace("_", " ")


def kind(name: str, lang: str, *, many: bool = False) -> str:
    """A kind of thing by its name.

    >>> kind("reference", "en"), kind("reference", "en", many=True), kind("reference", "zh")
    ('reference', 'References', '文献')
    """
    one, several, zh = KINDS[name]
    return zh if lang == "zh" else several if many else one
