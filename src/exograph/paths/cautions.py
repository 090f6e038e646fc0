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
from exograph.paths.wording import LANGS, filled

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
        yield caution("unsigned_step", number, (unsigned(kb, claim, lang) for lang in LANGS))
    told = {"hedged_step": hedged(claim), "inferred_step": step.basis == "inferred"}
    for code in (code for code, holds in told.items() if holds):
        texts = (filled(code, lang, claim=clause(kb, claim, lang, may=False)) for lang in LANGS)
        yield caution(code, number, texts)
    dampened = [s for s in supporting(claim) if s.effect == "attenuates_induction"]
    if dampened:
        by = sorted({s.reference for s in dampened})
        expressed = "expression of " if aspect_of(claim) == "expression" else ""
        texts = (
            filled(
                "attenuates_induction" + "_downwards" * (claim.sign == 1),
                lang,
                by=cited(kb, by, lang),
                subject=label(kb, claim.subject, lang),
                object=expressed * (lang == "en") + label(kb, claim.object, lang),
            )
            for lang in LANGS
        )
        yield caution("attenuates_induction", number, texts)


def _disputed(kb: KnowledgeBase, number: int, step: PathStep) -> Iterator[Caution]:
    if objections(kb, step.claim):
        texts = (
            filled("disputed_step", lang, objections=mark.join(objections(kb, step.claim, lang)))
            for lang, mark in zip(LANGS, ("; ", "；"), strict=True)
        )
        yield caution("disputed_step", number, texts)


def _unasked(query: PathQuery, steps: Sequence[PathStep]) -> Iterator[Caution]:
    """Fields of the asked context that some effect steps leave open; kept, but not known to fit."""
    for field in wanted_contexts(query):
        silent = [
            n
            for n, step in enumerate(steps, 1)
            if step.is_effect and not context_values(step.claim, field)
        ]
        if silent:
            texts = (
                filled(
                    "context_not_stated" + "_of_several" * (len(silent) > 1),
                    lang,
                    field=name,
                    steps=listed([str(n) for n in silent], lang),
                )
                for lang, name in zip(LANGS, FIELDS[field], strict=True)
            )
            yield caution("context_not_stated", silent[0], texts)


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
            texts = (
                filled(
                    "context_clash",
                    lang,
                    step=number,
                    here=labels(kb, here, lang),
                    other=other,
                    there=labels(kb, there, lang),
                    field=name,
                )
                for lang, name in zip(LANGS, FIELDS[field], strict=True)
            )
            yield caution("other_cell" if field == "cell" else "context_clash", number, texts)


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
                texts = (
                    filled("opposed_elsewhere", lang, opposite=opposite(kb, conflict, there, lang))
                    for lang in LANGS
                )
                yield caution("opposed_elsewhere", last, texts)


def _cargo(kb: KnowledgeBase, steps: Sequence[PathStep], story: Story) -> Iterator[Caution]:
    """Cargo that another paper found than the one that tells the effects, perhaps of others."""
    if story.telling == "stitched" or not any(step.is_effect for step in steps):
        return
    for at, step in enumerate(steps, 1):
        if step.claim.predicate == "carries" and story.studies.isdisjoint(studies(kb, step.claim)):
            by = sorted({s.reference for s in supporting(step.claim)})
            texts = (
                filled(
                    "cargo_elsewhere",
                    lang,
                    vesicle=label(kb, step.tail, lang),
                    cargo=label(kb, step.head, lang),
                    by=cited(kb, by, lang),
                    tellers=cited(kb, story.references, lang),
                )
                for lang in LANGS
            )
            yield caution("cargo_elsewhere", at, texts)


def _parts(kb: KnowledgeBase, steps: Sequence[PathStep]) -> Iterator[Caution]:
    """An effect of a whole phase, where only a process in it was changed."""
    for number, (before, step) in enumerate(pairwise(steps), 2):
        if before.claim.predicate == "part_of_phase" and step.is_effect:
            part, whole = before.tail, before.head
            texts = (
                filled(
                    "part_for_whole",
                    lang,
                    part=label(kb, part, lang),
                    whole=label(kb, whole, lang),
                )
                for lang in LANGS
            )
            yield caution("part_for_whole", number, texts)


def _variants(kb: KnowledgeBase, steps: Sequence[PathStep]) -> Iterator[Caution]:
    """A variant is not the plain thing, whatever the path ends at."""
    at = {steps[0].tail: 1} | {step.head: number for number, step in enumerate(steps, 1)}
    for id, number in at.items():
        plain = [claim.object for claim in kb.claims_from(id, "variant_of") if claim.supported]
        if plain:
            texts = (
                filled("variant", lang, variant=label(kb, id, lang), plain=labels(kb, plain, lang))
                for lang in LANGS
            )
            yield caution("variant", number, texts)
