# SPDX-License-Identifier: Apache-2.0
"""Words for entities, claims and contexts in English and Chinese: templates, and how to join them.

Texts are plain; whoever puts them into a page escapes them there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from exograph import vocab
from exograph.model import Claim, Context, KnowledgeBase, Statement

VERBS: dict[str, tuple[str, str, str]] = {
    "upregulates": ("upregulates", "upregulate", "上调"),
    "downregulates": ("downregulates", "downregulate", "下调"),
    "activates": ("activates", "activate", "激活"),
    "inhibits": ("inhibits", "inhibit", "抑制"),
    "promotes": ("promotes", "promote", "促进"),
    "suppresses": ("suppresses", "suppress", "抑制"),
    "increases": ("increases", "increase", "提高"),
    "decreases": ("decreases", "decrease", "降低"),
    "sponges": ("sponges", "sponge", "吸附"),
    "regulates": ("regulates", "regulate", "调节"),
    "targets": ("targets", "target", "靶向"),
    "secretes": ("secretes", "secrete", "分泌"),
    "carries": ("carries", "carry", "携带"),
    "isolated_from": ("is isolated from", "are isolated from", "分离自"),
    "part_of_phase": ("is part of", "are part of", "属于"),
}
"""Third person, plain form, Chinese. A test holds the keys to the predicates that are walked."""

MANNERS: dict[str, tuple[str, str, str, str]] = {
    "attenuates_induction": (
        "inhibits the induced rise of",
        "inhibit the induced rise of",
        "抑制",
        "的诱导性升高",
    ),
    "attenuates_induction+": (
        "inhibits the induced fall of",
        "inhibit the induced fall of",
        "抑制",
        "的诱导性下降",
    ),
    "reverses": ("reverses", "reverse", "逆转", ""),
    "reverses+": ("reverses the fall of", "reverse the fall of", "逆转", "的下降"),
    "maintains": ("maintains", "maintain", "维持", ""),
}
"""What an effect that is not plain is told by, and what follows its object in Chinese.

With ``+``: where the claim's sign is ``+``, if that is told in other words.
"""

ASPECTS: dict[str, tuple[str, str]] = {
    "expression": ("expression", "表达"),
    "mrna": ("mRNA level", "mRNA水平"),
    "protein": ("protein level", "蛋白水平"),
    "level": ("level", "水平"),
    "activity": ("activity", "活性"),
    "secretion": ("secretion", "分泌"),
    "phosphorylation": ("phosphorylation", "磷酸化"),
}

FIELDS: dict[str, tuple[str, str]] = {
    "cell": ("cell", "细胞"),
    "tissue": ("tissue", "组织"),
    "organism": ("organism", "物种"),
    "donor": ("donor", "供体"),
    "model": ("model", "模型"),
    "condition": ("condition", "条件"),
    "comparator": ("compared with", "对照"),
}

NOTICES: dict[str, tuple[str, str]] = {
    "retracted": ("retracted", "已撤稿"),
    "corrected": ("corrected", "已更正"),
}
"""What a mark of a reference says. A test holds the keys to the vocabulary."""

BASES: dict[str, tuple[str, str]] = {
    "derived": ("derived", "推导"),
    "inferred": ("inferred", "推断"),
}
"""What is said of the basis of a step; nothing of what is stated."""

READS: dict[str, tuple[str, str]] = {
    "abstract": ("abstract", "摘要"),
    "full": ("full text", "全文"),
}

NAMED = frozenset({"Pathway", "HealingPhase"})
"""Kinds that take an article in English."""

AMOUNTS = vocab.MOLECULE | {"Quantity"}
"""Kinds of which there is more or less, rather than that they happen."""

_CJK = "\u3400-\u9fff"
_BOUNDARY = re.compile(
    rf"(?<=[{_CJK}])(?=[A-Za-z0-9α-ωΑ-Ω\[])|(?<=[A-Za-z0-9α-ωΑ-Ω%+\]])(?=[{_CJK}])"
)


def label(kb: KnowledgeBase, id: str, lang: str) -> str:
    """An entity's label, or its id if it is not known."""
    entity = kb.entity.get(id)
    if entity is None:
        return id
    return entity.label_zh if lang == "zh" else entity.label_en


def noun(kb: KnowledgeBase, id: str, lang: str) -> str:
    """A label as it stands in a sentence: English pathways and phases take an article."""
    name, entity = label(kb, id, lang), kb.entity.get(id)
    named = entity is not None and entity.type in NAMED
    return f"the {name}" if lang == "en" and named else name


def labels(kb: KnowledgeBase, ids: Iterable[str], lang: str) -> str:
    return listed([label(kb, id, lang) for id in ids], lang)


def listed(items: Sequence[str], lang: str) -> str:
    """Items as a sentence lists them.

    >>> listed(["a", "b", "c"], "en"), listed(["a", "b", "c"], "zh")
    ('a, b and c', 'a、b和c')
    """
    if len(items) < 2:
        return "".join(items)
    comma, last = ("、", "和") if lang == "zh" else (", ", " and ")
    return comma.join(items[:-1]) + last + items[-1]


def shortened(text: str, most: int = 160) -> str:
    """A text without its full stop, and cut after a clause if it is long.

    >>> shortened("Vessels grew, and the wounds closed earlier than without.", 40)
    'Vessels grew …'
    """
    whole = text.strip().rstrip(".。")
    if len(whole) <= most:
        return whole
    ends = [m.start() for m in re.finditer(r"[;,.:](?=\s)|[；，。：]", whole[:most])]
    words = [m.start() for m in re.finditer(r"\s", whole[:most])]
    near = [at for at in ends if at > most // 4] or words or [most]
    return f"{whole[: near[-1]].rstrip()} …"


def sentence(text: str, lang: str) -> str:
    """A text as a sentence: a capital if it begins with a common word; Chinese spaced from Latin.

    >>> sentence("keratinocyte proliferation rises.", "en"), sentence("miR-126 rises.", "en")
    ('Keratinocyte proliferation rises.', 'miR-126 rises.')
    >>> sentence("miR-126促进血管生成", "zh")
    'miR-126 促进血管生成'
    """
    if lang == "zh":
        return _BOUNDARY.sub(" ", text)
    first = re.match(r"[a-z]+(?=[ ,.:-])(?![-][A-Z0-9])", text)
    return text[:1].upper() + text[1:] if first and len(first[0]) > 1 else text


def subject(kb: KnowledgeBase, id: str, lang: str) -> tuple[str, bool]:
    """An entity as the subject of a sentence, and whether it is a plural: cells act in numbers.

    >>> many_cells("fibroblast"), many_cells("PBMC"), many_cells("HaCaT (a line)")
    ('fibroblasts', 'PBMC', 'HaCaT (a line)')
    """
    name = noun(kb, id, lang)
    entity = kb.entity.get(id)
    if lang == "zh" or entity is None or entity.type != "CellType":
        return name, False
    return many_cells(name), many_cells(name) != name


def many_cells(name: str) -> str:
    return f"{name}s" if re.search(r"[a-rt-z]$", name) else name


def aspect_of(claim: Claim) -> str | None:
    """What was measured, if all supporting statements that say it agree."""
    found = {s.aspect for s in supporting(claim) if s.aspect}
    return found.pop() if len(found) == 1 else None


def supporting(claim: Claim) -> list[Statement]:
    return [s for s in claim.statements if s.supports]


def hedged(claim: Claim) -> bool:
    """True if every supporting statement hedges."""
    return all(s.certainty == "hedged" for s in supporting(claim))


def manner(claim: Claim) -> str:
    """The kind of effect that all supporting statements give, else ``plain``."""
    found = {s.effect for s in supporting(claim)}
    return found.pop() if len(found) == 1 else "plain"


def _verb(claim: Claim) -> tuple[str, str, str, str]:
    """Third person, plain form, Chinese, and what follows the object in Chinese."""
    effect, aspect = manner(claim), aspect_of(claim)
    if effect in MANNERS:
        return MANNERS.get(effect + "+" * (claim.sign == 1), MANNERS[effect])
    third, plain, zh = VERBS[claim.predicate]
    if aspect is None or (aspect == "activity" and claim.predicate in ("activates", "inhibits")):
        return third, plain, zh, ""
    measured, zh_measured = ASPECTS[aspect]
    return f"{third} the {measured} of", f"{plain} the {measured} of", zh, f"的{zh_measured}"


def clause(kb: KnowledgeBase, claim: Claim, lang: str, *, may: bool | None = None) -> str:
    """What a claim says, without its context: subject, verb, object; no full stop."""
    hedge = hedged(claim) if may is None else may
    name, plural = subject(kb, claim.subject, lang)
    object_ = noun(kb, claim.object, lang)
    third, plain, zh, after = _verb(claim)
    if lang == "zh":
        return f"{name}{'可能' if hedge else ''}{zh}{object_}{after}"
    verb = (
        f"may {'be' + plain[3:] if plain.startswith('are ') else plain}"
        if hedge
        else (plain if plural else third)
    )
    return f"{name} {verb} {object_}"


def one_context(claim: Claim) -> bool:
    """True if all supporting statements give the same context."""
    return len({s.context for s in supporting(claim)}) == 1


def context(kb: KnowledgeBase, given: Context, lang: str) -> str:
    """A context as words; empty if nothing is given."""
    zh = lang == "zh"
    return ("；" if zh else "; ").join(
        f"{names[zh]}{'：' if zh else ': '}{labels(kb, getattr(given, field), lang)}"
        for field, names in FIELDS.items()
        if getattr(given, field)
    )


def context_values(claim: Claim, field: str) -> tuple[str, ...]:
    """All values of a context field over the supporting statements, sorted."""
    return tuple(sorted({v for s in supporting(claim) for v in getattr(s.context, field)}))
