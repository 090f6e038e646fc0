# SPDX-License-Identifier: Apache-2.0
"""Claims, statements and what hangs on them, as they stand on any page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from exograph import vocab
from exograph.kb import best_grade, evidence
from exograph.kb.conflicts import conflicts
from exograph.model import (
    Attribute,
    Claim,
    Context,
    KnowledgeBase,
    Mechanism,
    Remark,
    Statement,
    Verification,
)
from exograph.paths.trust import elsewhere
from exograph.views import style
from exograph.views.thing_parts import BAD, WARN, Values, card, fact, item, mark, said
from exograph.views.thing_telling import Teller, kept
from exograph.views.thing_words import kind

_VERDICTS = {"contradicted": BAD, "supported_with_difference": WARN}
"""Verdicts that stand out: by these a statement differs from the paper."""


def claim(tell: Teller, c: Claim, line: Sequence[Values], *, told: bool = True) -> Values:
    """A claim under the given line, with its statements; ``told`` names their references.

    If there are several, what they come to stands beside it.
    """
    cited = list(dict.fromkeys(s.reference for s in c.statements))
    several, marks = len(c.statements) > 1, []
    if several:
        grade = best_grade(tell.kb, c)
        marks.append(mark(tell.word("statements_of", len(c.statements))))
        marks += [mark(tell.word("best_grade", grade))] if grade else []
        marks.append(mark(tell.word(f"basis.{style.basis_key(c)}")))
    if c.id in contested(tell.kb):
        marks.append(mark(tell.word("contested"), WARN))
    return {
        "id": f"claim-{c.id}",
        "line": line,
        "sign": tell.sign(c),
        "marks": marks,
        "references": [tell.reference(id) for id in cited] if several and told else [],
        "more": _more(tell, "claim", c.id),
        "cards": [statement(tell, s, told=told) for s in c.statements],
    }


def statement(tell: Teller, s: Statement, *, told: bool = True, alone: bool = False) -> Values:
    """A statement; ``told`` names its reference, ``alone`` leaves out what its own page has."""
    line = tell.place(s.reference if told else None, s.section)
    if not s.quote and not s.paraphrase:
        line.append(item(tell.word("quote_none")))
    shown: Values = {
        "quote": s.quote,
        "text": s.paraphrase,
        "marks": marks(tell, s),
        "gone": s.retracted,
    }
    if alone:
        return card(line, **shown)
    return card(
        line,
        id=f"statement-{s.id}",
        facts=[*context(tell, s.context), *manner(tell, s)],
        cards=[comparison(tell, v) for v in tell.kb.comparisons(s)],
        more=_more(tell, "statement", s.id),
        **shown,
    )


def marks(tell: Teller, s: Statement) -> list[Values]:
    """What must be known of a statement at once: the usual first, then what limits it."""
    plain = [f"basis.{s.basis}"]
    for field in ("evidence_kind", "directness", "aspect"):
        plain += [f"{field}.{value}"] if (value := getattr(s, field)) else []
    found = [*(mark(tell.word(key)) for key in plain), mark(grade(tell, s))]
    if s.source in tell.kb.paraphrasing:
        found.append(mark(tell.word("paraphrase_of", tell.source_name(s.source))))
    if s.stance != "supports":
        found.append(mark(tell.word(f"stance.{s.stance}"), BAD))
    if s.certainty != "asserted":
        found.append(mark(tell.word(f"certainty.{s.certainty}"), WARN))
    if s.effect != "plain":
        found.append(mark(tell.word(f"effect.{s.effect}"), WARN))
    if any(v.verdict in _VERDICTS for v in tell.kb.comparisons(s)):
        found.append(mark(f"{style.MARKS['differs']} {tell.word('mark.differs')}", WARN))
    if elsewhere(tell.kb, s):
        found.append(mark(f"{style.MARKS['other_tissue']} {tell.word('other_tissue')}", WARN))
    notice = tell.kb.notices.get(s.reference)
    if notice == "retracted":
        gone = f"{tell.word('retraction.retracted')} · {tell.word('supports_nothing')}"
        found.append(mark(f"{style.MARKS['retracted']} {gone}", BAD))
    elif notice:
        found.append(mark(tell.word(f"retraction.{notice}"), WARN))
    return found


def grade(tell: Teller, s: Statement) -> str:
    """The grade with what it means: ``grade B+: seen in animals``."""
    found = evidence(tell.kb, s).grade
    meant, zh = vocab.GRADE_TERMS[found.rstrip("+")], tell.lang == "zh"
    name, colon = (meant.label_zh, "：") if zh else (meant.label_en, ": ")
    return f"{tell.word('grade_of', found)}{colon}{name}"


def context(tell: Teller, given: Context) -> Iterator[Values]:
    for field in vocab.CONTEXT_FIELDS:
        if ids := getattr(given, field):
            yield fact(tell.word(f"context.{field}"), *map(tell.entity, ids))


def manner(tell: Teller, s: Statement) -> Iterator[Values]:
    """How it was found, and what is to be noted."""
    if s.method:
        yield fact(tell.word("method"), *map(tell.entity, s.method))
    if s.note:
        yield fact(tell.word("note"), said(s.note))


def comparison(tell: Teller, v: Verification, line: Sequence[Values] = ()) -> Values:
    """How a claim compares with the primary paper: verdict, what was read, its words."""
    facts = [fact(tell.word("primary_says"), said(v.primary_says))]
    facts += [fact(tell.word("primary"), tell.reference(v.primary))] if v.primary else []
    facts += [fact(tell.word("note"), said(v.note))] if v.note else []
    return card(
        line or [item(tell.word("verifications"))],
        marks=[
            mark(tell.word(f"verdict.{v.verdict}"), _VERDICTS.get(v.verdict, "")),
            mark(tell.word(f"read.{v.read}")),
            said(v.where),
        ],
        facts=facts,
        more=_more(tell, "verification", v.id),
    )


def attribute(tell: Teller, a: Attribute, *, owner: bool = False, alone: bool = False) -> Values:
    """A value as the source writes it; ``owner`` names the entity that it belongs to."""
    given = f" ({a.text_value})" if a.text_value and a.text_value != a.verbatim else ""
    value = {**said(f"{a.verbatim}{given}"), "look": "strong"}
    name = [item(tell.word(f"attribute.{a.attribute}"))]
    notice = tell.kb.notices.get(a.reference)
    look = BAD if notice == "retracted" else WARN
    return card(
        [*([tell.entity(a.entity)] if owner else []), *name, value, *_place(tell, a)],
        quote=a.quote if a.quote != a.verbatim else None,
        marks=[mark(tell.word(f"retraction.{notice}"), look)] if notice else (),
        facts=[fact(tell.word("note"), said(a.note))] if a.note else (),
        more=None if alone else _more(tell, "attribute", a.id),
    )


def remark(tell: Teller, r: Remark, *, alone: bool = False) -> Values:
    """An oddity of the source, and how it was handled."""
    about = [tell.entity(r.entity)] if r.entity else []
    return card(
        [*about, *_place(tell, r)],
        quote=r.quote,
        text=r.text,
        facts=[fact(tell.word("handling"), said(r.handling))],
        more=None if alone else _more(tell, "remark", r.id),
    )


def mechanism(tell: Teller, m: Mechanism) -> Values:
    """A mechanism in a list."""
    title = m.title_zh if tell.lang == "zh" else m.title_en
    return {
        "item": item(title, tell.url(f"mechanism/{m.id}")),
        "note": [tell.reference(m.reference)],
    }


def contested(kb: KnowledgeBase) -> frozenset[str]:
    """Ids of the claims that take part in a conflict. Found once."""

    def find() -> frozenset[str]:
        sides = (side for found in conflicts(kb) for side in found.sides)
        return frozenset(id for side in sides for id in side.claims)

    return kept(kb, "contested", find)


def in_order(claims: Iterable[Claim]) -> list[Claim]:
    """Claims by predicate, effects first, in the order of the vocabulary."""
    order = {name: place for place, name in enumerate(vocab.PREDICATES)}
    return sorted(claims, key=lambda c: order[c.predicate])


def _place(tell: Teller, record: Attribute | Remark) -> list[Values]:
    return tell.place(record.reference, record.section)


def _more(tell: Teller, name: str, id: str) -> Values:
    """The way to a thing's own page."""
    return item(kind(name, tell.lang), tell.url(f"{name}/{id}"))
