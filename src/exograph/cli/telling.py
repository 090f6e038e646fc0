# SPDX-License-Identifier: Apache-2.0
"""An entity, a reference or a claim in lines of plain text, with everything said about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from exograph import vocab
from exograph.cli.layout import line_width, wrapped
from exograph.cli.words import section as named_section
from exograph.cli.words import word
from exograph.kb import evidence, roles_of
from exograph.model import (
    Attribute,
    Claim,
    Entity,
    KnowledgeBase,
    Reference,
    Remark,
    Statement,
    Verification,
)
from exograph.paths.trust import elsewhere
from exograph.views.documents import claims_of_entity, claims_of_reference

_SIGNS = {1: "+", -1: "−", 0: "?"}
_UNMARKED = {"supports", "asserted", "plain"}


def lines(kb: KnowledgeBase, thing: Entity | Reference | Claim, lang: str) -> Iterator[str]:
    """All that ``show`` prints, in ``en`` or ``zh``; quotes stay in the language of the source."""
    teller = _Teller(kb, lang)
    if isinstance(thing, Entity):
        return teller.entity(thing)
    return teller.claim(thing) if isinstance(thing, Claim) else teller.reference(thing)


class _Teller:
    """The knowledge base and the language, which every line needs."""

    def __init__(self, kb: KnowledgeBase, lang: str) -> None:
        self.kb, self.lang, self.columns = kb, lang, line_width()
        self.comma, self.semicolon = ("、", "；") if lang == "zh" else (", ", ", ")

    def word(self, key: str) -> str:
        return word(key, self.lang)

    def label(self, id: str) -> str:
        entity = self.kb.entity[id]
        return entity.label_zh if self.lang == "zh" else entity.label_en

    def pair(self, key: str, value: str, indent: str = "") -> Iterator[str]:
        """``key: value``, wrapped under itself."""
        colon = "：" if self.lang == "zh" else ": "
        text = f"{self.word(key)}{colon}{value}"
        return wrapped(text, indent, self.columns, f"{indent}  ")

    def entity(self, entity: Entity) -> Iterator[str]:
        names = dict.fromkeys((self.label(entity.id), entity.label_en, entity.label_zh))
        yield " · ".join(names)
        played = [vocab.label(role, self.lang) for role in roles_of(self.kb, entity.id)]
        yield " · ".join([vocab.label(entity.type, self.lang), *played, entity.id])
        if entity.synonyms:
            yield from self.pair("synonyms", " | ".join(entity.synonyms))
        if entity.exact_match:
            yield from self.pair("exact", " ".join(entity.exact_match))
        if entity.close_match:
            yield from self.pair("close", " ".join(entity.close_match))
        if entity.species:
            yield from self.pair("species", self.label(entity.species))
        if entity.desired:
            wanted = self.word(f"desired.{entity.desired.direction}")
            yield from self.pair("desired", f"{wanted} [{self.cite(entity.desired.reference)}]")
        told = (entity.description, entity.description_zh)
        if description := next(filter(None, reversed(told) if self.lang == "zh" else told), None):
            yield from wrapped(description, "", self.columns)
        yield from self.attributes([a for a in self.kb.attributes if a.entity == entity.id])
        claims = claims_of_entity(self.kb, entity.id)
        yield from self.grouped("out", [c for c in claims if c.subject == entity.id])
        yield from self.grouped("in", [c for c in claims if c.subject != entity.id])
        if not claims:
            yield f"\n{self.word('none')}"
        yield from self.remarks([r for r in self.kb.remarks if r.entity == entity.id])

    def reference(self, reference: Reference) -> Iterator[str]:
        known = (reference.first_author, reference.year, reference.title, reference.journal)
        yield " · ".join(str(part) for part in (reference.id, *known) if part is not None)
        ids = [id for id in (reference.doi, reference.pmid, reference.pmcid) if id]
        if reference.status:
            ids.append(self.word(f"status.{reference.status}"))
        if ids:
            yield " · ".join(ids)
        if notice := self.kb.notices.get(reference.id):
            yield self.word(f"notice_help.{notice}")
        if reference.note:
            yield from self.pair("note", reference.note)
        cited = [a for a in self.kb.attributes if a.reference == reference.id]
        yield from self.attributes(cited, of=True)
        claims = claims_of_reference(self.kb, reference.id)
        yield f"\n{self.word('cited_for') if claims else self.word('none')}"
        for claim in claims:
            yield from self.sentence(claim, "  ")
            yield from self.statements(claim.statements, "    ")
        yield from self.remarks([r for r in self.kb.remarks if r.reference == reference.id])

    def claim(self, claim: Claim) -> Iterator[str]:
        yield from self.sentence(claim, "")
        yield f"{self.word('claim')} {claim.id}"
        yield from self.statements(claim.statements, "  ")
        told = {s.reference for s in claim.statements}
        for v in self.kb.verifications:
            if v.claim == claim.id and v.reference not in told:
                place = self.place(v.reference, v.section)
                yield from wrapped(place, "  ", self.columns)
                yield from self.comparison(v, "    ")

    def cite(self, id: str) -> str:
        """The id of a reference, with any notice on it."""
        notice = self.kb.notices.get(id)
        if notice is None:
            return id
        mark = self.word(f"retraction.{notice}")
        return f"{id}（{mark}）" if self.lang == "zh" else f"{id} ({mark})"

    def place(self, reference: str, section: str) -> str:
        """A reference with the section of the source that says so, in square brackets."""
        if self.lang == "zh":
            return f"[{self.cite(reference)}，{named_section(section, self.lang)}]"
        return f"[{self.cite(reference)}, {self.word('section')} {section}]"

    def marks(self, s: Statement) -> list[str]:
        """What must be known of a statement at once: its basis first, then what is not usual."""
        found = [self.word(f"basis.{s.basis}")]
        for field in ("stance", "certainty", "effect", "aspect", "evidence_kind", "directness"):
            value = getattr(s, field)
            if value and value not in _UNMARKED:
                found.append(self.word(f"{field}.{value}"))
        if s.source in self.kb.paraphrasing:
            found.append(self.word("paraphrase_of").format(s.source))
        if elsewhere(self.kb, s):
            found.append(self.word("other_tissue"))
        if s.retracted:
            found.append(self.word("supports_nothing"))
        return found

    def comparison(self, v: Verification, indent: str) -> Iterator[str]:
        """The verdict, how much of which paper was read and where, and what the paper says."""
        told = [self.word(f"verdict.{v.verdict}"), self.word(f"read.{v.read}"), v.where]
        told += [self.cite(v.primary)] if v.primary else []
        yield from self.pair("verifications", " · ".join(told), indent)
        yield from self.pair("primary_says", v.primary_says, f"{indent}  ")
        if v.note:
            yield from self.pair("note", v.note, f"{indent}  ")

    def sentence(self, claim: Claim, indent: str) -> Iterator[str]:
        predicate = vocab.label(claim.predicate, self.lang)
        text = f"{self.label(claim.subject)} — {predicate} → {self.label(claim.object)}"
        return wrapped(f"{text}{_mark(claim)}", indent, self.columns, f"{indent}  ")

    def grouped(self, title: str, claims: list[Claim]) -> Iterator[str]:
        """Claims by predicate, each with the entity at its other end."""
        if claims:
            yield f"\n{self.word(title)}"
        outward = title == "out"
        for predicate, same in groupby(
            sorted(claims, key=lambda c: list(vocab.PREDICATES).index(c.predicate)),
            key=lambda c: c.predicate,
        ):
            label = vocab.label(predicate, self.lang)
            yield f"  {label} →" if outward else f"  → {label}"
            for claim in same:
                other = self.label(claim.object if outward else claim.subject)
                yield f"    {other}{_mark(claim)}"
                yield from self.statements(claim.statements, "      ")

    def statements(self, statements: Iterable[Statement], indent: str) -> Iterator[str]:
        for s in statements:
            found = evidence(self.kb, s)
            marks = [*self.marks(s), f"{self.word('grade')} {found.grade} ({found.eco})"]
            told = f"{self.place(s.reference, s.section)} {self.semicolon.join(marks)}"
            yield from wrapped(told, indent, self.columns)
            said = f"“{s.quote}”" if s.quote else s.paraphrase
            if said:
                yield from wrapped(said, f"{indent}  ", self.columns)
            for field in vocab.CONTEXT_FIELDS:
                if values := getattr(s.context, field):
                    named = self.comma.join(map(self.label, values))
                    yield from self.pair(f"context.{field}", named, f"{indent}  ")
            if s.method:
                yield from self.pair(
                    "method", self.comma.join(map(self.label, s.method)), f"{indent}  "
                )
            if s.note:
                yield from self.pair("note", s.note, f"{indent}  ")
            for v in self.kb.comparisons(s):
                yield from self.comparison(v, f"{indent}  ")

    def attributes(self, attributes: list[Attribute], *, of: bool = False) -> Iterator[str]:
        """Values as the source writes them; ``of`` names the entity that each belongs to."""
        if attributes:
            yield f"\n{self.word('values')}"
        for a in attributes:
            given = f" ({a.text_value})" if a.text_value and a.text_value != a.verbatim else ""
            owner = f"{self.label(a.entity)}{self.comma}" if of else ""
            colon = "：" if self.lang == "zh" else ": "
            value = f"{self.word(f'attribute.{a.attribute}')}{colon}{a.verbatim}{given}"
            text = f"{owner}{value} {self.place(a.reference, a.section)}"
            yield from wrapped(text, "  ", self.columns, "    ")
            if a.note:
                yield from self.pair("note", a.note, "    ")

    def remarks(self, remarks: list[Remark]) -> Iterator[str]:
        if remarks:
            yield f"\n{self.word('remarks')}"
        for r in remarks:
            yield from wrapped(f"{r.text} {r.handling}", "  ", self.columns)


def _mark(claim: Claim) -> str:
    return "" if claim.sign is None else f" ({_SIGNS[claim.sign]})"
