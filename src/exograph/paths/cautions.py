# SPDX-License-Identifier: Apache-2.0
"""What a reader must know before trusting a path, step by step, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, permutations
from math import prod

from exograph.model import KnowledgeBase
from exograph.paths.cautions_of_papers import caution, compared, notices, tissues
from exograph.paths.citing import cited
from exograph.paths.disputes import objections, opposite, unsigned
from exograph.paths.filters import studies, wanted_contexts
from exograph.paths.kinship import Kinship
from exograph.paths.phrases import (
    FIELDS,
    aspect_of,
    clause,
    context_values,
    hedged,
    label,
    labels,
    listed,
    supporting,
)
from exograph.paths.query import PathQuery
from exograph.paths.result import Caution, PathStep, Story

CODES = (
    "unsigned_step",
    "hedged_step",
    "inferred_step",
    "disputed_step",
    "attenuates_induction",
    "context_clash",
    "other_cell",
    "opposed_elsewhere",
    "part_for_whole",
    "cargo_elsewhere",
    "variant",
    "context_not_stated",
    "other_tissue",
    "retracted",
    "corrected",
    "contradicted",
    "differs",
    "not_found",
)
"""All codes that can occur; the documentation explains them, and a test compares the two."""

CLASHING = ("organism", "tissue")


def cautions(
    kb: KnowledgeBase, query: PathQuery, kin: Kinship, steps: Sequence[PathStep], story: Story
) -> tuple[Caution, ...]:
    """All cautions of a path, by step and then in the order of ``CODES``."""
    found = [
        one
        for number, step in enumerate(steps, 1)
        for one in (
            *_wording(kb, number, step),
            *_disputed(kb, number, step),
            *tissues(kb, number, step),
            *notices(kb, query, number, step),
            *compared(kb, number, step),
        )
    ]
    found += [
        *_unasked(query, steps),
        *_clashes(kb, kin, steps),
        *_opposed(kb, steps),
        *_parts(kb, steps),
        *_cargo(kb, steps, story),
    ]
    found += _variants(kb, steps)
    return tuple(sorted(found, key=lambda c: (c.step or 0, CODES.index(c.code))))


def _wording(kb: KnowledgeBase, number: int, step: PathStep) -> Iterator[Caution]:
    claim = step.claim
    if step.sign == "?":
        why = unsigned(kb, claim)
        yield caution("unsigned_step", number, f"{why.en}.", f"{why.zh}。")
    if hedged(claim):
        en, zh = (clause(kb, claim, lang, may=False) for lang in ("en", "zh"))
        yield caution(
            "hedged_step",
            number,
            f"the source hedges (“may”, “might”) and does not assert that {en}.",
            f"原文用语有所保留（“可能”之类），并未断言{zh}。",
        )
    if step.basis == "inferred":
        en, zh = (clause(kb, claim, lang, may=False) for lang in ("en", "zh"))
        yield caution(
            "inferred_step",
            number,
            f"the source does not say that {en}; the curator inferred it from what is known.",
            f"原文没有直接说{zh}，这一步是整理者根据背景知识推断的。",
        )
    dampened = [s for s in supporting(claim) if s.effect == "attenuates_induction"]
    if dampened:
        up = claim.sign == 1
        refs = sorted({s.reference for s in dampened})
        by_en, by_zh = (cited(kb, refs, lang) for lang in ("en", "zh"))
        what = aspect_of(claim)
        of_en = f"{what} of " if what == "expression" else ""
        en = f"{of_en}{label(kb, claim.object, 'en')}"
        zh = label(kb, claim.object, "zh")
        yield caution(
            "attenuates_induction",
            number,
            f"{by_en} shows that {label(kb, claim.subject, 'en')} inhibits the "
            f"{'down' if up else 'up'}-regulation (induction) of {en}, "
            "not a change of its resting level.",
            f"{by_zh}所示为{label(kb, claim.subject, 'zh')}抑制{zh}的诱导性"
            f"{'下调' if up else '上调'}，并非改变其基础水平。",
        )


def _disputed(kb: KnowledgeBase, number: int, step: PathStep) -> Iterator[Caution]:
    against = objections(kb, step.claim)
    if against:
        en, zh = "; ".join(a.en for a in against), "；".join(a.zh for a in against)
        yield caution("disputed_step", number, f"disputed: {en}.", f"存在争议：{zh}。")


def _unasked(query: PathQuery, steps: Sequence[PathStep]) -> Iterator[Caution]:
    """Fields of the asked context that some effect steps leave open; kept, but not known to fit."""
    for field in wanted_contexts(query):
        silent = [
            n
            for n, step in enumerate(steps, 1)
            if step.is_effect and not context_values(step.claim, field)
        ]
        if silent:
            numbers = [str(n) for n in silent]
            yield caution(
                "context_not_stated",
                silent[0],
                f"no {FIELDS[field][0]} is stated for step{'s' * (len(silent) > 1)} "
                f"{listed(numbers, 'en')}.",
                f"第 {listed(numbers, 'zh')} 步没有说明{FIELDS[field][1]}。",
            )


def _clashes(kb: KnowledgeBase, kin: Kinship, steps: Sequence[PathStep]) -> Iterator[Caution]:
    """For each effect step and field the nearest effect step before that does not fit it.

    Organisms and tissues clash with any step before; cells are a handover, from the last step that
    names one.
    """
    effects = [(n, step) for n, step in enumerate(steps, 1) if step.is_effect]
    for place, (number, step) in enumerate(effects):
        before = effects[:place][::-1]
        for field in (*CLASHING, "cell"):
            here = context_values(step.claim, field)
            given = [(n, there) for n, s in before if (there := context_values(s.claim, field))]
            if field == "cell":
                given = given[:1]
            fit = kin.meet if field == "tissue" else kin.related
            apart = [(n, there) for n, there in given if here and not fit(here, there)]
            if not apart:
                continue
            other, there = apart[0]
            what = FIELDS[field]
            code = "other_cell" if field == "cell" else "context_clash"
            yield caution(
                code,
                number,
                f"step {number} was shown in {labels(kb, here, 'en')}, step {other} in "
                f"{labels(kb, there, 'en')} ({what[0]}).",
                f"第 {number} 步见于{labels(kb, here, 'zh')}，第 {other} 步见于"
                f"{labels(kb, there, 'zh')}（{what[1]}不同）。",
            )


def _opposed(kb: KnowledgeBase, steps: Sequence[PathStep]) -> Iterator[Caution]:
    """Curated conflicts of which a stretch of the path, or one of its steps, is one side."""
    reached = {steps[0].tail: 0} | {step.head: n for n, step in enumerate(steps, 1)}
    for conflict in kb.conflicts:
        for one, other in permutations(conflict.triples):
            first, last = reached.get(one[0]), reached.get(one[2])
            if first is None or last is None or first >= last:
                continue
            here, there = kb.claim_of(*one), kb.claim_of(*other)
            if here is None or there is None or here.sign is None or not there.supported:
                continue
            if here is there or there.sign is None or not there.supported:
                continue  # a denial is told of the step itself
            if prod(1 if s.claim.sign is None else s.claim.sign for s in steps[first:last]) == (
                here.sign
            ):
                words = opposite(kb, conflict, there)
                yield caution(
                    "opposed_elsewhere",
                    last,
                    f"elsewhere the opposite was found: {words.en}.",
                    f"另有相反的发现：{words.zh}。",
                )


def _cargo(kb: KnowledgeBase, steps: Sequence[PathStep], story: Story) -> Iterator[Caution]:
    """Cargo that another paper found than the one that tells the effects, perhaps of others."""
    if story.telling == "stitched" or not any(step.is_effect for step in steps):
        return
    for at, step in enumerate(steps, 1):
        if step.claim.predicate == "carries" and story.studies.isdisjoint(studies(kb, step.claim)):
            by = sorted({s.reference for s in supporting(step.claim)})
            en, zh = (cited(kb, by, lang) for lang in ("en", "zh"))
            who_en, who_zh = (cited(kb, story.references, lang) for lang in ("en", "zh"))
            yield caution(
                "cargo_elsewhere",
                at,
                f"that {label(kb, step.tail, 'en')} carries {label(kb, step.head, 'en')} is from "
                f"{en}; {who_en} tells the effects, perhaps of another vesicle.",
                f"{label(kb, step.tail, 'zh')}携带{label(kb, step.head, 'zh')}出自{zh}；"
                f"各作用出自{who_zh}，所用囊泡可能不同。",
            )


def _parts(kb: KnowledgeBase, steps: Sequence[PathStep]) -> Iterator[Caution]:
    """An effect of a whole phase, where only a process in it was changed."""
    for number, (before, step) in enumerate(pairwise(steps), 2):
        if before.claim.predicate == "part_of_phase" and step.is_effect:
            part, whole = before.tail, before.head
            yield caution(
                "part_for_whole",
                number,
                f"{label(kb, part, 'en')} is only a part of the {label(kb, whole, 'en')}; that "
                "what the whole phase does follows from it is not said.",
                f"{label(kb, part, 'zh')}只是{label(kb, whole, 'zh')}的一部分，"
                "由它能否引起整个阶段的作用，原文没有说明。",
            )


def _variants(kb: KnowledgeBase, steps: Sequence[PathStep]) -> Iterator[Caution]:
    """A variant is not the plain thing, whatever the path ends at."""
    at = {steps[0].tail: 1} | {step.head: number for number, step in enumerate(steps, 1)}
    for id, number in at.items():
        plain = [
            claim.object
            for claim in kb.claims_from(id)
            if claim.predicate == "variant_of" and claim.supported
        ]
        if plain:
            yield caution(
                "variant",
                number,
                f"shown for {label(kb, id, 'en')}, not for plain {labels(kb, plain, 'en')}.",
                f"所示结果来自{label(kb, id, 'zh')}，并非普通的{labels(kb, plain, 'zh')}。",
            )
