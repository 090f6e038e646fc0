# SPDX-License-Identifier: Apache-2.0
"""Cautions on the papers behind a step: where it was shown, notices, the primary paper's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exograph.model import KnowledgeBase
from exograph.paths.citing import cited
from exograph.paths.phrases import READS, labels, sentence, shortened, supporting
from exograph.paths.query import PathQuery
from exograph.paths.result import Caution, PathStep
from exograph.paths.trust import elsewhere
from exograph.paths.wording import LANGS, filled

COMPARED = {
    "contradicted": "contradicted",
    "supported_with_difference": "differs",
    "not_found": "not_found",
}
"""Codes by the verdict that they tell of."""


def caution(code: str, step: int, texts: Iterable[str]) -> Caution:
    """A caution from its texts in ``LANGS``, which begin and are spaced as sentences."""
    en, zh = (sentence(text, lang) for text, lang in zip(texts, LANGS, strict=True))
    return Caution(code, step, en, zh)


def tissues(kb: KnowledgeBase, number: int, step: PathStep) -> Iterator[Caution]:
    """Support that was not seen in skin."""
    away = [s for s in supporting(step.claim) if elsewhere(kb, s)]
    if away:
        by = sorted({s.reference for s in away})
        where = sorted({tissue for s in away for tissue in s.context.tissue})
        texts = (
            filled("other_tissue", lang, by=cited(kb, by, lang), tissues=labels(kb, where, lang))
            for lang in LANGS
        )
        yield caution("other_tissue", number, texts)


def notices(kb: KnowledgeBase, query: PathQuery, number: int, step: PathStep) -> Iterator[Caution]:
    """Papers that were retracted, whether they count or not, and papers that were corrected."""
    told = {
        "retracted": "retracted_counted" if query.with_retracted else "retracted",
        "corrected": "corrected",
    }
    papers = sorted({s.reference for s in step.claim.statements})
    for notice, name in told.items():
        noticed = [id for id in papers if kb.notices.get(id) == notice]
        if noticed:
            have = "has" if len(noticed) == 1 else "have"
            texts = (
                filled(name, lang, by=cited(kb, noticed, lang, marked=False), have=have)
                for lang in LANGS
            )
            yield caution(notice, number, texts)


def compared(kb: KnowledgeBase, number: int, step: PathStep) -> Iterator[Caution]:
    """Where the primary paper says something else than the reference that cites it."""
    found = (v for s in supporting(step.claim) for v in kb.comparisons(s))
    for v in dict.fromkeys(found):
        code = COMPARED.get(v.verdict)
        if code:
            name = "not_found_in_full" if (code, v.read) == ("not_found", "full") else code
            texts = (
                filled(
                    name,
                    lang,
                    by=cited(kb, [v.reference], lang),
                    said=shortened(v.primary_says),
                    read=read,
                )
                for lang, read in zip(LANGS, READS[v.read], strict=True)
            )
            yield caution(code, number, texts)
