# SPDX-License-Identifier: Apache-2.0
"""A path in words: a sentence for each step with who says it, the verdict, and the cautions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exograph import vocab
from exograph.model import KnowledgeBase
from exograph.paths.citing import citations, reference
from exograph.paths.phrases import (
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

_BASES = {"derived": ("derived", "推导"), "inferred": ("inferred", "推断")}


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
    if lang == "zh":
        return tuple(f"注意（第 {w.step} 步）：{w.text_zh}" for w in path.warnings)
    return tuple(f"Caution, step {w.step}: {w.text_en}" for w in path.warnings)


def _step(path: Path, at: int, kb: KnowledgeBase, lang: str) -> str:
    step, zh = path.steps[at], lang == "zh"
    said = [citations(kb, step, lang)]
    if step.basis in _BASES:
        said.append(_BASES[step.basis][zh])
    transfer = _transfer(path, at, kb, lang)
    text = clause(kb, step.claim, lang)
    if step.sign == "?":
        text += "（方向未说明）" if zh else ", in a direction not stated"
    if step.is_effect and one_context(step.claim):
        words = context(kb, supporting(step.claim)[0].context, lang)
        text += f"（{words}）" * zh + f" ({words})" * (not zh) if words else ""
    source = f"（{'；'.join(said)}）{transfer}。" if zh else f" ({'; '.join(said)}){transfer}."
    return sentence(text + source, lang)


def _transfer(path: Path, at: int, kb: KnowledgeBase, lang: str) -> str:
    """Who takes the cargo up, if an effect follows: the cell of that effect, and that it is so.

    The source of the step itself need not say it, so it stands behind the source.
    """
    following = (n for n in range(at + 1, len(path.steps)) if path.steps[n].is_effect)
    effect = next(following, None)
    if path.steps[at].claim.predicate != "carries" or effect is None:
        return ""
    cells = context_values(path.steps[effect].claim, "cell")
    if lang == "zh":
        if not cells:
            return "；受体细胞未说明"
        return f"；受体细胞据第 {effect + 1} 步为{labels(kb, cells, lang)}"
    if not cells:
        return "; recipient cell not stated"
    recipients = listed([many_cells(label(kb, cell, lang)) for cell in cells], lang)
    return f"; recipients, by step {effect + 1}: {recipients}"


def _sign(path: Path, kb: KnowledgeBase, lang: str) -> str:
    zh = lang == "zh"
    if not any(step.is_effect for step in path.steps):
        return (
            "此路径只有结构关系，不含作用。"
            if zh
            else "This path is structure only, without effect."
        )
    changed = _changed(path)
    name, desired = noun(kb, changed, lang), kb.entity[changed].desired
    if changed != path.steps[-1].head:
        whole = noun(kb, path.steps[-1].head, lang)
        name = f"{whole}中的{name}" if zh else f"{name}, a part of {whole},"
    if path.sign == "?":
        vague = [str(n) for n, s in enumerate(path.steps, 1) if s.sign == "?"]
        numbers = listed(vague, lang)
        if zh:
            return f"总体方向 ?：沿此路径，{name}的变化方向不明，因为第 {numbers} 步没有说明方向。"
        what = f"step {numbers} gives" if len(vague) == 1 else f"steps {numbers} give"
        unknown = f"whether {name} goes up or down by this path is not known"
        return f"sign ?: {unknown}, since {what} no direction."
    up = path.sign == "+"
    if zh:
        amount = kb.entity[changed].type in vocab.MOLECULE | {"Quantity"}
        turn = ("升高" if up else "降低") if amount else ("增强" if up else "减少")
        text = f"总体方向 {'+' if up else '−'}：沿此路径，{name}{turn}"
    else:
        text = f"sign {'+' if up else '−'}: by this path, {name} goes {'up' if up else 'down'}"
    if desired is not None:
        wanted = (desired.direction == "up") == up
        by = reference(kb, desired.reference, lang)
        if zh:
            text += f"；据{by}，这{'有利' if wanted else '不利'}于愈合"
        else:
            text += f", which is {'wanted' if wanted else 'unwanted'} for healing (says {by})"
    return f"{text}{'。' if zh else '.'}"


def _changed(path: Path) -> str:
    """What the path's sign is about: its end, or of a phase at the end the process in it."""
    last = path.steps[-1]
    return last.tail if last.claim.predicate == "part_of_phase" else last.head


def _telling(path: Path, kb: KnowledgeBase, lang: str) -> str:
    zh = lang == "zh"
    cited = listed([reference(kb, id, lang) for id in path.references], lang)
    if path.telling == "told":
        mechanism = next(m for m in kb.mechanisms if m.id == path.mechanism)
        by = reference(kb, mechanism.reference, lang)
        en = f"told: {by} tells all effects as one mechanism ({mechanism.title_en})."
        return f"完整报道：{by}将全部作用作为同一机制报道（{mechanism.title_zh}）。" if zh else en
    if path.telling == "coherent" and sum(step.is_effect for step in path.steps) == 1:
        return (
            f"连贯：唯一的作用由{cited}支持。"
            if zh
            else f"coherent: its one effect is from {cited}."
        )
    if path.telling == "coherent":
        studies: dict[str, list[str]] = {}
        for id in path.references:
            studies.setdefault(kb.study_of(id), []).append(reference(kb, id, lang))
        who = listed(["/".join(names) for names in studies.values()], lang)
        each = len(studies) > 1
        verb = "each support" if each else "supports"
        en = f"coherent: {who} {verb} every effect, though not recorded as one mechanism."
        return f"连贯：{who}{'各自' * each}支持全部作用，但未整理为一个机制。" if zh else en
    if path.handovers:
        return _joined(path, kb, lang)
    en = f"stitched: only {cited} says so; no single study supports every effect."
    return f"拼接：只有{cited}这样说，没有单篇研究支持全部作用。" if zh else en


def _joined(path: Path, kb: KnowledgeBase, lang: str) -> str:
    """Which paper tells which steps, and the entities where they join."""
    zh = lang == "zh"
    parts = []
    segments = list(_segments(path))
    for giver, numbers in segments:
        first, last = numbers[0], numbers[-1]
        by, where = reference(kb, giver, lang), _setting(path, giver, numbers, kb, lang)
        if zh:
            span = f"第 {first} 步" if first == last else f"第 {first} 至 {last} 步"
            parts.append(f"{by}报道{span}" + f"（{where}）" * bool(where))
        else:
            span = f"step {first}" if first == last else f"steps {first} to {last}"
            parts.append(f"{by} tells {span}" + f" ({where})" * bool(where))
    places = listed([noun(kb, h.entity, lang) for h in path.handovers], lang)
    several = len({giver for giver, _ in segments})
    if zh:
        return (
            f"拼接：由{several}个来源拼接，没有单篇研究报道整条路径；{'，'.join(parts)}，"
            f"在{places}处衔接。"
        )
    return (
        f"stitched: {several} sources, and no single study tells the whole path; "
        f"{', '.join(parts)}; joined at {places}."
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
