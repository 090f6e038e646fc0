# SPDX-License-Identifier: Apache-2.0
"""The sentences of an explanation in English and Chinese, with gaps: the one place they stand.

Python fills them here, the page in ``telling_words.js``. What fills a gap is left as it is, braces
or not. Cautions have templates that are named by their codes, ``other_cell`` that of a clash.
"""

from __future__ import annotations

LANGS = ("en", "zh")

SENTENCES: dict[str, tuple[str, str]] = {
    # ------------------------------------------------------------------ a step
    "no_direction": (", in a direction not stated", "（方向未说明）"),
    "recipients": ("; recipients, by step {step}: {cells}", "；受体细胞据第 {step} 步为{cells}"),
    "recipients_unknown": ("; recipient cell not stated", "；受体细胞未说明"),
    "paraphrase": ("{source}, paraphrase", "{source}，转述"),
    "review": ("the review", "综述"),
    # ------------------------------------------------------------------ the sign
    "structure_only": (
        "This path is structure only, without effect.",
        "此路径只有结构关系，不含作用。",
    ),
    "part_of": ("{part}, a part of {whole},", "{whole}中的{part}"),
    "sign_unknown": (
        "sign ?: whether {name} goes up or down by this path is not known, since step {steps} "
        "gives no direction.",
        "总体方向 ?：沿此路径，{name}的变化方向不明，因为第 {steps} 步没有说明方向。",
    ),
    "sign_unknown_of_several": (
        "sign ?: whether {name} goes up or down by this path is not known, since steps {steps} "
        "give no direction.",
        "总体方向 ?：沿此路径，{name}的变化方向不明，因为第 {steps} 步没有说明方向。",
    ),
    "goes_up": ("sign +: by this path, {name} goes up", "总体方向 +：沿此路径，{name}增强"),
    "goes_down": ("sign −: by this path, {name} goes down", "总体方向 −：沿此路径，{name}减少"),
    "amount_goes_up": ("sign +: by this path, {name} goes up", "总体方向 +：沿此路径，{name}升高"),
    "amount_goes_down": (
        "sign −: by this path, {name} goes down",
        "总体方向 −：沿此路径，{name}降低",
    ),
    "wanted": (", which is wanted for healing (says {by})", "；据{by}，这有利于愈合"),
    "unwanted": (", which is unwanted for healing (says {by})", "；据{by}，这不利于愈合"),
    # ------------------------------------------------------------------ who tells it
    "told": (
        "told: {by} tells all effects as one mechanism ({title}).",
        "完整报道：{by}将全部作用作为同一机制报道（{title}）。",
    ),
    "coherent_in_one_effect": (
        "coherent: its one effect is from {by}.",
        "连贯：唯一的作用由{by}支持。",
    ),
    "coherent": (
        "coherent: {by} supports every effect, though not recorded as one mechanism.",
        "连贯：{by}支持全部作用，但未整理为一个机制。",
    ),
    "coherent_each": (
        "coherent: {by} each support every effect, though not recorded as one mechanism.",
        "连贯：{by}各自支持全部作用，但未整理为一个机制。",
    ),
    "stitched_by_one": (
        "stitched: only {by} says so; no single study supports every effect.",
        "拼接：只有{by}这样说，没有单篇研究支持全部作用。",
    ),
    "stitched": (
        "stitched: {number} sources, and no single study tells the whole path; {parts}; "
        "joined at {places}.",
        "拼接：由{number}个来源拼接，没有单篇研究报道整条路径；{parts}，在{places}处衔接。",
    ),
    "tells_step": ("{by} tells step {first}", "{by}报道第 {first} 步"),
    "tells_steps": ("{by} tells steps {first} to {last}", "{by}报道第 {first} 至 {last} 步"),
    # ------------------------------------------------------------------ cautions
    "caution": ("Caution, step {step}: {text}", "注意（第 {step} 步）：{text}"),
    "unsigned_step": (
        "the source says that {claim} but not in which direction{others}.",
        "原文只说{claim}，没有说明方向{others}。",
    ),
    "sign_elsewhere": (
        "another step gives one: {claim}, {by}",
        "另有步骤给出方向：{claim}，{by}",
    ),
    "hedged_step": (
        "the source hedges (“may”, “might”) and does not assert that {claim}.",
        "原文用语有所保留（“可能”之类），并未断言{claim}。",
    ),
    "inferred_step": (
        "the source does not say that {claim}; this is inferred from what is known, or predicted.",
        "原文没有直接说{claim}，这一步是根据背景知识推断或预测的。",
    ),
    "disputed_step": ("disputed: {objections}.", "存在争议：{objections}。"),
    "denied": ("{by} did not find it or denies it", "{by}未观察到或否认这一点"),
    "no_effect": ("{by} found no effect", "{by}认为没有影响"),
    "opposite": ("{by}: {claim}{why}", "据{by}，{claim}{why}"),
    "seen_in": ("in {tissues}", "见于{tissues}"),
    "explained_by": ("they differ in {fields}", "两者的{fields}不同"),
    "attenuates_induction": (
        "{by} shows that {subject} inhibits the up-regulation (induction) of {object}, "
        "not a change of its resting level.",
        "{by}所示为{subject}抑制{object}的诱导性上调，并非改变其基础水平。",
    ),
    "attenuates_induction_downwards": (
        "{by} shows that {subject} inhibits the down-regulation (induction) of {object}, "
        "not a change of its resting level.",
        "{by}所示为{subject}抑制{object}的诱导性下调，并非改变其基础水平。",
    ),
    "context_clash": (
        "step {step} was shown in {here}, step {other} in {there} ({field}).",
        "第 {step} 步见于{here}，第 {other} 步见于{there}（{field}不同）。",
    ),
    "opposed_elsewhere": (
        "elsewhere the opposite was found: {opposite}.",
        "另有相反的发现：{opposite}。",
    ),
    "part_for_whole": (
        "{part} is only a part of the {whole}; that what the whole phase does follows from it is "
        "not said.",
        "{part}只是{whole}的一部分，由它能否引起整个阶段的作用，原文没有说明。",
    ),
    "cargo_elsewhere": (
        "that {vesicle} carries {cargo} is from {by}; {tellers} tells the effects, perhaps of "
        "another vesicle.",
        "{vesicle}携带{cargo}出自{by}；各作用出自{tellers}，所用囊泡可能不同。",
    ),
    "variant": (
        "shown for {variant}, not for plain {plain}.",
        "所示结果来自{variant}，并非普通的{plain}。",
    ),
    "context_not_stated": (
        "no {field} is stated for step {steps}.",
        "第 {steps} 步没有说明{field}。",
    ),
    "context_not_stated_of_several": (
        "no {field} is stated for steps {steps}.",
        "第 {steps} 步没有说明{field}。",
    ),
    "other_tissue": (
        "{by} shows this in {tissues}, not in skin.",
        "{by}的结果见于{tissues}，而非皮肤。",
    ),
    "retracted": (
        "{by} {have} been retracted; what is said there of this step is ignored.",
        "{by}已被撤稿，其关于这一步的说法不计入。",
    ),
    "retracted_counted": (
        "{by} {have} been retracted; what is said there of this step is counted here, as was "
        "asked for.",
        "{by}已被撤稿，其关于这一步的说法按要求仍计入。",
    ),
    "corrected": (
        "{by} {have} been corrected since; nothing is taken off for it.",
        "{by}发表后已更正，不因此减分。",
    ),
    "contradicted": (
        "held against its primary paper, {by} is contradicted: {said} ({read} read).",
        "与原始论文核对，{by}的说法与之相反：{said}（所读：{read}）。",
    ),
    "differs": (
        "held against its primary paper, {by} is supported, but with a difference: {said} "
        "({read} read).",
        "与原始论文核对，{by}的说法得到支持，但有差异：{said}（所读：{read}）。",
    ),
    "not_found": (
        "this was not found in the {read} of the primary paper of {by}; it may stand elsewhere in "
        "that paper, so this lowers nothing.",
        "在{by}原始论文的{read}中未找到这一点；它可能见于论文其他部分，因此不减分。",
    ),
    "not_found_in_full": (
        "this was not found in the {read} of the primary paper of {by}; it counts less.",
        "在{by}原始论文的{read}中未找到这一点，因此减分。",
    ),
}


def filled(template: str, lang: str, /, **gaps: object) -> str:
    """A template of the table in ``en`` or ``zh``, its gaps filled.

    >>> filled("seen_in", "en", tissues="bone and {}"), filled("seen_in", "zh", tissues="骨")
    ('in bone and {}', '见于骨')
    """
    return SENTENCES[template][LANGS.index(lang)].format(**gaps)


def bracketed(text: str, lang: str) -> str:
    """A text between brackets, as it follows another; nothing stays nothing.

    >>> bracketed("skin", "en"), bracketed("皮肤", "zh"), bracketed("", "en")
    (' (skin)', '（皮肤）', '')
    """
    if not text:
        return ""
    return f"（{text}）" if lang == "zh" else f" ({text})"
