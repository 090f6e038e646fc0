# SPDX-License-Identifier: Apache-2.0
"""Cautions on the papers behind a step: where it was shown, notices, the primary paper's words."""

from __future__ import annotations

from collections.abc import Iterator

from exograph.model import KnowledgeBase, Verification
from exograph.paths.citing import cited
from exograph.paths.phrases import READS, labels, sentence, shortened, supporting
from exograph.paths.query import PathQuery
from exograph.paths.result import Caution, PathStep
from exograph.paths.trust import elsewhere


def caution(code: str, step: int, en: str, zh: str) -> Caution:
    """A caution whose texts begin and are spaced as sentences."""
    return Caution(code, step, sentence(en, "en"), sentence(zh, "zh"))


def tissues(kb: KnowledgeBase, number: int, step: PathStep) -> Iterator[Caution]:
    """Support that was not seen in skin."""
    away = [s for s in supporting(step.claim) if elsewhere(kb, s)]
    if away:
        refs = sorted({s.reference for s in away})
        where = sorted({tissue for s in away for tissue in s.context.tissue})
        yield caution(
            "other_tissue",
            number,
            f"{cited(kb, refs, 'en')} shows this in {labels(kb, where, 'en')}, not in skin.",
            f"{cited(kb, refs, 'zh')}的结果见于{labels(kb, where, 'zh')}，而非皮肤。",
        )


def notices(kb: KnowledgeBase, query: PathQuery, number: int, step: PathStep) -> Iterator[Caution]:
    """Papers that were retracted, whether they count or not, and papers that were corrected."""
    refs = sorted({s.reference for s in step.claim.statements})
    gone = [id for id in refs if kb.notices.get(id) == "retracted"]
    if gone:
        en, zh = (cited(kb, gone, lang, marked=False) for lang in ("en", "zh"))
        used = query.with_retracted
        yield caution(
            "retracted",
            number,
            f"{en} {_have(gone)} been retracted; what is said there of this step is "
            f"{'counted here, as was asked for' if used else 'ignored'}.",
            f"{zh}已被撤稿，其关于这一步的说法{'按要求仍计入' if used else '不计入'}。",
        )
    mended = [id for id in refs if kb.notices.get(id) == "corrected"]
    if mended:
        en, zh = (cited(kb, mended, lang, marked=False) for lang in ("en", "zh"))
        yield caution(
            "corrected",
            number,
            f"{en} {_have(mended)} been corrected since; nothing is taken off for it.",
            f"{zh}发表后已更正，不因此减分。",
        )


def _have(papers: list[str]) -> str:
    return "has" if len(papers) == 1 else "have"


def compared(kb: KnowledgeBase, number: int, step: PathStep) -> Iterator[Caution]:
    """Where the primary paper says something else than the reference that cites it."""
    found = (v for s in supporting(step.claim) for v in kb.comparisons(s))
    for v in dict.fromkeys(found):
        code = {"supported_with_difference": "differs"}.get(v.verdict, v.verdict)
        if code in _TOLD:
            yield caution(code, number, *_words(kb, v, code))


_TOLD = {
    "contradicted": (
        "held against its primary paper, {by} is contradicted",
        "与原始论文核对，{by}的说法与之相反",
    ),
    "differs": (
        "held against its primary paper, {by} is supported, but with a difference",
        "与原始论文核对，{by}的说法得到支持，但有差异",
    ),
    "not_found": (
        "this was not found in the {read} of the primary paper of {by}",
        "在{by}原始论文的{read}中未找到这一点",
    ),
}


def _words(kb: KnowledgeBase, v: Verification, code: str) -> tuple[str, str]:
    en, zh = (
        text.format(by=cited(kb, [v.reference], lang), read=READS[v.read][lang == "zh"])
        for text, lang in zip(_TOLD[code], ("en", "zh"), strict=True)
    )
    if code != "not_found":
        said = shortened(v.primary_says)
        read_en, read_zh = READS[v.read]
        return f"{en}: {said} ({read_en} read).", f"{zh}：{said}（所读：{read_zh}）。"
    if v.read == "full":
        return f"{en}; it counts less.", f"{zh}，因此减分。"
    return (
        f"{en}; it may stand elsewhere in that paper, so this lowers nothing.",
        f"{zh}；它可能见于论文其他部分，因此不减分。",
    )
