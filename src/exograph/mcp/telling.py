# SPDX-License-Identifier: Apache-2.0
"""The short text beside a document: how much it is of how much, and what to be careful with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from exograph.mcp.words import NOT_ADVICE

Document = dict[str, Any]

_WORDS = {
    "hits": ("{} hit(s), best first.", "{} 个结果，最佳者在前。"),
    "more_hits": ("There are more; give a larger limit.", "还有更多；请增大 limit。"),
    "no_hits": ("Nothing is called so, or nearly so.", "没有名称相同或相近。"),
    "claims": ("{} claim(s), all of them.", "{} 条主张，已全部列出。"),
    "some_claims": ("Claims {} to {} of {}.", "第 {} 至 {} 条主张，共 {} 条。"),
    "no_claims": ("No claim after {}; there are {}.", "第 {} 条之后没有主张；共 {} 条。"),
    "more_claims": ("There are more: ask again with skip={}.", "还有更多：请以 skip={} 再问。"),
    "neighbours": ("{} of {} neighbour(s), after {}.", "相邻实体 {} 个，共 {} 个，跳过 {} 个。"),
    "paths": ("{} path(s), best first: {}.", "{} 条路径，最佳者在前：{}。"),
    "no_paths": (
        "No path within the filters; that none is recorded does not mean that there is none.",
        "在所给条件下没有路径；没有记录不等于不存在。",
    ),
    "all_paths": ("There are no others within the filters.", "在所给条件下没有其他路径。"),
    "more_paths": (
        "There are more paths (the search stopped by: {}).",
        "还有更多路径（搜索因 {} 而停止）。",
    ),
    "cut_short": (
        "The search was cut short ({}): there may be paths that are not here.",
        "搜索提前停止（{}）：可能还有未列出的路径。",
    ),
    "sign": ("{1} with sign {0}", "符号为 {0} 的 {1} 条"),
    "stitched": (
        "{} stitched from several papers: nobody showed the whole.",
        "{} 条由多篇文献拼接而成：没有人证明其整体。",
    ),
    "inferred": (
        "{} on what a curator inferred, in part.",
        "{} 条部分依据整理者的推断。",
    ),
    "unsigned": ("The direction of {} is not known.", "{} 条方向不明。"),
    "inferred_claims": ("{} claim(s) inferred only.", "{} 条主张仅为推断。"),
    "denied": ("{} statement(s) deny their claim.", "{} 条陈述否认其主张。"),
    "retracted": ("{} statement(s) of retracted papers.", "{} 条陈述来自已撤稿的文献。"),
    "rows": ("{} row(s), all of them.", "{} 行，已全部列出。"),
    "boolean": ("The answer is {}.", "回答：{}。"),
    "questions": ("{} shipped question(s).", "{} 个自带问题。"),
    "conflicts": ("{} conflict(s), {} without an explanation.", "{} 个冲突，其中 {} 个未解释。"),
    "no_conflicts": (
        "No conflict is recorded; this does not mean that all agree.",
        "没有记录到冲突；这不表示各方一致。",
    ),
}


def of_hits(document: Document, lang: str, *, more: bool) -> str:
    count = len(document["hits"])
    if not count:
        return _word("no_hits", lang)
    return _joined(_word("hits", lang, count), more and _word("more_hits", lang))


def of_thing(document: Document, lang: str, total: int, skipped: int) -> str:
    """Of a document of ``show`` that has part of ``total`` claims."""
    claims = document.get("claims", [document] if "claim" in document else [])
    count = len(claims)
    if count == total:
        first = _word("claims", lang, count)
    elif count:
        first = _word("some_claims", lang, skipped + 1, skipped + count, total)
    else:
        first = _word("no_claims", lang, skipped, total)
    left = skipped + count < total
    more = _word("more_claims", lang, skipped + count) if left else ""
    statements = [s for claim in claims for s in claim["statements"]]
    inferred = sum(claim["basis"] == "inferred" for claim in claims)
    denied = sum(s["stance"] != "supports" for s in statements)
    return _joined(
        first,
        more,
        *_counted(lang, inferred_claims=inferred, denied=denied, retracted=_retracted(statements)),
        _word_of(NOT_ADVICE, lang),
    )


def of_neighbours(document: Document, lang: str) -> str:
    count, total = len(document["neighbours"]), document["total"]
    seen = document["skipped"] + count
    more = _word("more_claims", lang, seen) if count and seen < total else ""
    return _joined(_word("neighbours", lang, count, total, document["skipped"]), more)


def of_paths(document: Document, lang: str) -> str:
    paths, stopped = document["paths"], document["stopped_by"]
    if document["complete"]:
        end = _word("all_paths" if paths else "no_paths", lang)
    else:
        end = _word("more_paths" if stopped == "top" else "cut_short", lang, stopped)
    if not paths:
        return _joined(end, _word_of(NOT_ADVICE, lang))
    signs = Counter(path["sign"] for path in paths)
    told = ", ".join(_word("sign", lang, sign, count) for sign, count in sorted(signs.items()))
    steps = [step for path in paths for step in path["steps"]]
    statements = [s for step in steps for s in step["statements"]]
    marks = {
        "unsigned": signs["?"],
        "stitched": sum(path["telling"] == "stitched" for path in paths),
        "inferred": sum(any(s["basis"] == "inferred" for s in p["steps"]) for p in paths),
        "retracted": _retracted(statements),
    }
    return _joined(
        _word("paths", lang, len(paths), told),
        end,
        *_counted(lang, **marks),
        _word_of(NOT_ADVICE, lang),
    )


def of_rows(document: Document, lang: str) -> str:
    if "boolean" in document:
        return _word("boolean", lang, str(document["boolean"]).lower())
    return _word("rows", lang, len(document["results"]["bindings"]))


def of_questions(document: Document, lang: str) -> str:
    return _word("questions", lang, len(document["examples"]))


def of_conflicts(document: Document, lang: str) -> str:
    found = document["conflicts"]
    if not found:
        return _word("no_conflicts", lang)
    left = sum(not each["explained"] for each in found)
    return _joined(_word("conflicts", lang, len(found), left), _word_of(NOT_ADVICE, lang))


def _retracted(statements: Iterable[Document]) -> int:
    return sum(bool(each["retracted"]) for each in statements)


def _counted(lang: str, **counts: int) -> list[str]:
    return [_word(key, lang, count) for key, count in counts.items() if count]


def _joined(*parts: str | bool) -> str:
    return " ".join(part for part in parts if isinstance(part, str) and part)


def _word(key: str, lang: str, *values: Any) -> str:
    return _word_of(_WORDS[key], lang).format(*values)


def _word_of(words: tuple[str, str], lang: str) -> str:
    return words[lang == "zh"]
