# SPDX-License-Identifier: Apache-2.0
"""A path in words: a sentence for each step with who says it, the verdict, and the cautions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exograph.model import KnowledgeBase
from exograph.paths.citing import citations, reference
from exograph.paths.phrases import (
    AMOUNTS,
    BASES,
    clause,
    context,
    context_values,
    label,
    labels,
    listed,
    many_cells,
    noun,
    one_context,
    sentence,
    supporting,
)
from exograph.paths.result import Path
from exograph.paths.wording import bracketed, filled


def sentences(path: Path, kb: KnowledgeBase, lang: str) -> str:
    """The whole explanation in ``en`` or ``zh``, a sentence or two on each line; plain text."""
    return "\n".join((*steps(path, kb, lang), *verdict(path, kb, lang), *warned(path, lang)))


def steps(path: Path, kb: KnowledgeBase, lang: str) -> tuple[str, ...]:
    """One sentence for each step, numbered, with its references."""
    return tuple(
        f"{number}. {_step(path, number - 1, kb, lang)}" for number in range(1, len(path.steps) + 1)
    )


def verdict(path: Path, kb: KnowledgeBase, lang: str) -> tuple[str, ...]:
    """What the path comes to: its sign, whether that is wanted, and who tells it."""
    return (sentence(_sign(path, kb, lang), lang), sentence(_telling(path, kb, lang), lang))


def warned(path: Path, lang: str) -> tuple[str, ...]:
    """The cautions as lines."""
    return tuple(
        filled("caution", lang, step=w.step, text=w.text_zh if lang == "zh" else w.text_en)
        for w in path.warnings
    )


def _step(path: Path, at: int, kb: KnowledgeBase, lang: str) -> str:
    step, zh = path.steps[at], lang == "zh"
    said = [citations(kb, step, lang)]
    if step.basis in BASES:
        said.append(BASES[step.basis][zh])
    text = clause(kb, step.claim, lang)
    if step.sign == "?":
        text += filled("no_direction", lang)
    if step.is_effect and one_context(step.claim):
        text += bracketed(context(kb, supporting(step.claim)[0].context, lang), lang)
    text += bracketed(("；" if zh else "; ").join(said), lang) + _transfer(path, at, kb, lang)
    return sentence(f"{text}{'。' if zh else '.'}", lang)


def _transfer(path: Path, at: int, kb: KnowledgeBase, lang: str) -> str:
    """Who takes the cargo up, if an effect follows: the cell of that effect, and that it is so.

    The source of the step itself need not say it, so it stands behind the source.
    """
    following = (n for n in range(at + 1, len(path.steps)) if path.steps[n].is_effect)
    effect = next(following, None)
    if path.steps[at].claim.predicate != "carries" or effect is None:
        return ""
    cells = [label(kb, cell, lang) for cell in context_values(path.steps[effect].claim, "cell")]
    if not cells:
        return filled("recipients_unknown", lang)
    named = cells if lang == "zh" else [many_cells(cell) for cell in cells]
    return filled("recipients", lang, step=effect + 1, cells=listed(named, lang))


def _sign(path: Path, kb: KnowledgeBase, lang: str) -> str:
    if not any(step.is_effect for step in path.steps):
        return filled("structure_only", lang)
    changed, last = _changed(path), path.steps[-1].head
    name, desired = noun(kb, changed, lang), kb.entity[changed].desired
    if changed != last:
        name = filled("part_of", lang, part=name, whole=noun(kb, last, lang))
    if path.sign == "?":
        vague = [str(n) for n, s in enumerate(path.steps, 1) if s.sign == "?"]
        unknown = "sign_unknown" + "_of_several" * (len(vague) > 1)
        return filled(unknown, lang, name=name, steps=listed(vague, lang))
    up = path.sign == "+"
    amount = "amount_" * (kb.entity[changed].type in AMOUNTS)
    text = filled(f"{amount}goes_{'up' if up else 'down'}", lang, name=name)
    if desired is not None:
        wanted = "wanted" if (desired.direction == "up") == up else "unwanted"
        text += filled(wanted, lang, by=reference(kb, desired.reference, lang))
    return f"{text}{'。' if lang == 'zh' else '.'}"


def _changed(path: Path) -> str:
    """What the path's sign is about: its end, or of a phase at the end the process in it."""
    last = path.steps[-1]
    return last.tail if last.claim.predicate == "part_of_phase" else last.head


def _telling(path: Path, kb: KnowledgeBase, lang: str) -> str:
    by = listed([reference(kb, id, lang) for id in path.references], lang)
    if path.telling == "told":
        mechanism = next(m for m in kb.mechanisms if m.id == path.mechanism)
        title = mechanism.title_zh if lang == "zh" else mechanism.title_en
        return filled("told", lang, by=reference(kb, mechanism.reference, lang), title=title)
    if path.telling == "coherent" and sum(step.is_effect for step in path.steps) == 1:
        return filled("coherent_in_one_effect", lang, by=by)
    if path.telling == "coherent":
        studies: dict[str, list[str]] = {}
        for id in path.references:
            studies.setdefault(kb.study_of(id), []).append(reference(kb, id, lang))
        who = listed(["/".join(names) for names in studies.values()], lang)
        return filled("coherent" + "_each" * (len(studies) > 1), lang, by=who)
    return _joined(path, kb, lang) if path.handovers else filled("stitched_by_one", lang, by=by)


def _joined(path: Path, kb: KnowledgeBase, lang: str) -> str:
    """Which paper tells which steps, and the entities where they join."""
    parts = []
    segments = list(_segments(path))
    for giver, numbers in segments:
        first, last = numbers[0], numbers[-1]
        name = "tells_step" if first == last else "tells_steps"
        told = filled(name, lang, by=reference(kb, giver, lang), first=first, last=last)
        parts.append(told + bracketed(_setting(path, giver, numbers, kb, lang), lang))
    return filled(
        "stitched",
        lang,
        number=len({giver for giver, _ in segments}),
        parts=("，" if lang == "zh" else ", ").join(parts),
        places=listed([noun(kb, h.entity, lang) for h in path.handovers], lang),
    )


def _setting(path: Path, giver: str, numbers: Sequence[int], kb: KnowledgeBase, lang: str) -> str:
    """Tissue, organism and model in which a reference shows its steps, as far as it says."""
    told = [s for n in numbers for s in supporting(path.steps[n - 1].claim) if s.reference == giver]
    values = dict.fromkeys(
        id
        for field in ("tissue", "organism", "model")
        for s in told
        for id in getattr(s.context, field)
    )
    return labels(kb, tuple(values), lang)


def _segments(path: Path) -> Iterator[tuple[str, list[int]]]:
    deciding = [n for n, s in enumerate(path.steps, 1) if s.is_effect]
    deciding = deciding or list(range(1, len(path.steps) + 1))
    begins = [deciding[0], *(h.step for h in path.handovers)]
    givers = [path.handovers[0].giver, *(h.taker for h in path.handovers)]
    ends = [*begins[1:], len(path.steps) + 1]
    for giver, begin, end in zip(givers, begins, ends, strict=True):
        yield giver, [n for n in deciding if begin <= n < end]
