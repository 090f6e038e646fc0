# SPDX-License-Identifier: Apache-2.0
"""The knowledge base as values: frozen dataclasses, and nothing else.

Absence is ``()`` or None, never an empty string. Numbers are Decimal, read from the source's own
characters. Sequences are sorted where order has no meaning, so equal content is equal values.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from functools import cache, cached_property
from operator import attrgetter
from typing import Any, NamedTuple

from exograph import vocab
from exograph.ids import claim_id, record_id

DERIVED = {"derived": True}
"""Marks a field that follows from another record: neither stored nor part of an identity."""


@cache
def stored(record: type) -> tuple[str, ...]:
    """Names of the fields of a model class that hold something of their own."""
    return tuple(f.name for f in fields(record) if not f.metadata.get("derived"))


def _held(record: object) -> dict[str, object]:
    """What a record holds, by field: what its identity is made of."""
    names = stored(type(record))  # type: ignore[arg-type]  # a class is hashable
    return {name: getattr(record, name) for name in names}


@dataclass(frozen=True, slots=True)
class Desired:
    """The direction that healing wants for an entity (``up`` or ``down``), and who says so."""

    direction: str
    reference: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing with a type and a label in both languages. ``id`` is a slug, matches are CURIEs.

    ``species`` and ``desired`` are None where they have no meaning or are not known. The
    description is English, ``description_zh`` says the same in Chinese.
    """

    id: str
    type: str
    label_en: str
    label_zh: str
    synonyms: tuple[str, ...] = ()
    exact_match: tuple[str, ...] = ()
    close_match: tuple[str, ...] = ()
    species: str | None = None
    desired: Desired | None = None
    description: str | None = None
    description_zh: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """Where and when a statement holds: each field a sorted tuple of entity ids."""

    cell: tuple[str, ...] = ()
    tissue: tuple[str, ...] = ()
    organism: tuple[str, ...] = ()
    donor: tuple[str, ...] = ()
    model: tuple[str, ...] = ()
    condition: tuple[str, ...] = ()
    comparator: tuple[str, ...] = ()


@dataclass(frozen=True)
class Statement:
    """One row: this reference says, with this quote, in this context, that the triple holds.

    With ``stance`` ``refutes`` or ``null`` it says that the triple does not hold, or that an effect
    was looked for and not found. ``source`` is the folder of tables that the row stands in.
    ``retracted`` follows from the reference: a ``KnowledgeBase`` sets it, no table does.
    """

    subject: str
    predicate: str
    object: str
    reference: str
    section: str
    source: str
    quote: str | None = None
    paraphrase: str | None = None
    basis: str = "stated"
    stance: str = "supports"
    certainty: str = "asserted"
    effect: str = "plain"
    aspect: str | None = None
    evidence_kind: str | None = None
    method: tuple[str, ...] = ()
    directness: str | None = None
    context: Context = Context()
    note: str | None = None
    retracted: bool = field(default=False, metadata=DERIVED)

    @cached_property
    def id(self) -> str:
        """Digest of all fields of the row: two rows that differ anywhere are two statements.

        A later notice on the reference changes no id.
        """
        return record_id(self.told)

    @property
    def told(self) -> dict[str, Any]:
        """All fields by name, as its id is made of them."""
        return _held(self) | {"context": _held(self.context)}

    @property
    def supports(self) -> bool:
        """Whether it speaks for its claim; what was retracted speaks for nothing."""
        return self.stance == "supports" and not self.retracted

    @property
    def denies(self) -> bool:
        """Whether it speaks against its claim; what was retracted does not, either."""
        return self.stance != "supports" and not self.retracted

    @cached_property
    def claim(self) -> str:
        """Id of the claim that this statement is evidence for."""
        return claim_id(self.subject, self.predicate, self.object)


@dataclass(frozen=True)
class Claim:
    """An edge of the graph: all statements of one triple, sorted by id.

    ``kept`` is its id where its ends are seen under ids of others (see ``kb.merging``): that of the
    triple as its statements have it.
    """

    subject: str
    predicate: str
    object: str
    statements: tuple[Statement, ...]
    kept: str | None = field(default=None, compare=False, repr=False, metadata=DERIVED)

    @cached_property
    def id(self) -> str:
        return self.kept or claim_id(self.subject, self.predicate, self.object)

    @property
    def sign(self) -> int | None:
        """+1, -1, 0 (an effect without a direction), or None for a structural claim."""
        return vocab.PREDICATES[self.predicate].sign

    @property
    def asserted(self) -> bool:
        """Whether anybody says so, be it in a paper that was retracted."""
        return any(s.stance == "supports" for s in self.statements)

    @property
    def supported(self) -> bool:
        return any(s.supports for s in self.statements)

    @property
    def refuted(self) -> bool:
        return any(s.denies for s in self.statements)

    @property
    def basis(self) -> str | None:
        """The strongest basis among the supporting statements; None if none supports."""
        held = {s.basis for s in self.statements if s.supports}
        return next((basis for basis in vocab.BASES if basis in held), None)


class Outline(NamedTuple):
    """What a claim says; whether anybody says so, and whether what says so was not retracted."""

    subject: str
    predicate: str
    object: str
    asserted: bool
    supported: bool


@dataclass(frozen=True)
class Attribute:
    """A value of an entity: a size, a dose, an enrolment, a title.

    ``verbatim`` holds the source's own characters; the numbers are read from it. ``error`` is a
    standard deviation, ``low`` and ``high`` a range, ``unit`` a UCUM code, ``qualifier`` one of
    approx, lt, gt. A value that is not a number stands in ``text_value``.
    """

    entity: str
    attribute: str
    verbatim: str
    reference: str
    section: str
    source: str
    value: Decimal | None = None
    error: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    qualifier: str | None = None
    text_value: str | None = None
    quote: str | None = None
    note: str | None = None

    @cached_property
    def id(self) -> str:
        return record_id(_held(self))


@dataclass(frozen=True, slots=True)
class Reference:
    """What is cited. Citations with the same ``study`` count as one study.

    ``retraction`` is ``retracted``, ``corrected``, or None where no notice was seen.
    """

    id: str
    kind: str
    source: str
    number: int | None = None
    study: str | None = None
    title: str | None = None
    first_author: str | None = None
    year: int | None = None
    journal: str | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    status: str | None = None
    retraction: str | None = None
    note: str | None = None

    @property
    def is_uncertain(self) -> bool:
        """Whether the paper behind the citation is not surely known, only candidates or nothing."""
        return self.status is not None and self.status != "identified"

    @property
    def counted_as(self) -> str:
        """What it counts as: its study, or else itself."""
        return self.study or self.id


@dataclass(frozen=True, slots=True)
class MechanismStep:
    """One claim of a mechanism. Steps of an equal ``layer`` (from 1) act in parallel."""

    layer: int
    subject: str
    predicate: str
    object: str

    @property
    def claim(self) -> str:
        return claim_id(self.subject, self.predicate, self.object)


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A connected acyclic set of claims that one reference tells as one story, start to end.

    ``sign`` is ``+``, ``-`` or ``?``: what the story says that more of the start does to the end.
    """

    id: str
    title_en: str
    title_zh: str
    reference: str
    start: str
    end: str
    sign: str
    source: str
    steps: tuple[MechanismStep, ...] = ()
    note: str | None = None


@dataclass(frozen=True)
class Verification:
    """How a claim of a reference compares with the primary paper, and how much of it was read.

    ``primary`` is the primary paper's own reference, where the tables have one.
    """

    reference: str
    section: str
    subject: str
    predicate: str
    object: str
    says: str
    primary_says: str
    verdict: str
    read: str
    where: str
    source: str
    note: str | None = None
    primary: str | None = None

    @property
    def claim(self) -> str:
        """Id of the claim that was compared."""
        return claim_id(self.subject, self.predicate, self.object)

    @cached_property
    def id(self) -> str:
        return record_id(_held(self))


@dataclass(frozen=True)
class Conflict:
    """Two claims that pull one object in opposite directions, and the contexts that explain it."""

    first_subject: str
    first_predicate: str
    first_object: str
    second_subject: str
    second_predicate: str
    second_object: str
    source: str
    explained_by: tuple[str, ...] = ()
    note: str | None = None

    @property
    def triples(self) -> tuple[tuple[str, str, str], tuple[str, str, str]]:
        """Subject, predicate and object of the two claims."""
        return (
            (self.first_subject, self.first_predicate, self.first_object),
            (self.second_subject, self.second_predicate, self.second_object),
        )

    @property
    def claims(self) -> tuple[str, str]:
        """Ids of the two claims."""
        first, second = self.triples
        return claim_id(*first), claim_id(*second)

    @cached_property
    def id(self) -> str:
        return record_id(_held(self))


@dataclass(frozen=True)
class Remark:
    """An oddity of the source, and how the tables treat it."""

    id: str
    section: str
    text: str
    handling: str
    source: str
    reference: str | None = None
    entity: str | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A folder of tables with one origin. ``evidence`` is ``quotes`` or ``paraphrases``."""

    id: str
    title_en: str
    title_zh: str
    licence: str
    date: str
    evidence: str
    sections: tuple[str, ...]
    text: str | None = None
    text_sha256: str | None = None


@dataclass(frozen=True)
class KnowledgeBase:
    """All sources, assembled. Every field is sorted: by id, or for claims by their triple.

    A statement in it is ``retracted`` exactly if its reference is, whatever it was made with.
    """

    sources: tuple[Source, ...] = ()
    entities: tuple[Entity, ...] = ()
    references: tuple[Reference, ...] = ()
    claims: tuple[Claim, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    mechanisms: tuple[Mechanism, ...] = ()
    verifications: tuple[Verification, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    remarks: tuple[Remark, ...] = ()

    def __post_init__(self) -> None:
        gone = {id for id, notice in self.notices.items() if notice == "retracted"}
        if any(s.retracted != (s.reference in gone) for c in self.claims for s in c.statements):
            marked = tuple(_marked(claim, gone) for claim in self.claims)
            object.__setattr__(self, "claims", marked)

    @cached_property
    def notices(self) -> dict[str, str]:
        """Notices by reference id: ``retracted`` or ``corrected``; no entry where none was seen.

        A notice on one citation of a study holds for all of them, the gravest first.
        """
        on_study = {
            r.counted_as: notice
            for notice in reversed(vocab.RETRACTIONS)
            for r in self.references
            if r.retraction == notice
        }
        if not on_study:
            return {}
        return {r.id: on_study[r.counted_as] for r in self.references if r.counted_as in on_study}

    @cached_property
    def paraphrasing(self) -> frozenset[str]:
        """Ids of the sources whose statements are told in a curator's words, without quotes."""
        return frozenset(s.id for s in self.sources if s.evidence == "paraphrases")

    @cached_property
    def unquoted(self) -> frozenset[str]:
        """Ids of the sources whose statements stand without the words of their references."""
        return frozenset(s.id for s in self.sources if s.evidence != "quotes")

    @cached_property
    def _compared(self) -> dict[str, dict[str, tuple[Verification, ...]]]:
        found: dict[str, dict[str, tuple[Verification, ...]]] = {}
        for v in self.verifications:
            of_reference = found.setdefault(v.reference, {})
            of_reference[v.claim] = (*of_reference.get(v.claim, ()), v)
        return found

    def comparisons(self, statement: Statement) -> tuple[Verification, ...]:
        """How the statement's claim compares with the primary paper of its reference."""
        of_reference = self._compared.get(statement.reference)
        return of_reference.get(statement.claim, ()) if of_reference else ()

    @cached_property
    def entity(self) -> dict[str, Entity]:
        """Entities by id."""
        return {e.id: e for e in self.entities}

    @cached_property
    def reference(self) -> dict[str, Reference]:
        """References by id."""
        return {r.id: r for r in self.references}

    def study_of(self, reference: str) -> str:
        """The study of a reference by id: what it is joined to, or else itself."""
        known = self.reference.get(reference)
        return known.counted_as if known else reference

    @cached_property
    def claim(self) -> dict[str, Claim]:
        """Claims by id."""
        return {c.id: c for c in self.claims}

    def claims_from(self, subject: str, predicate: str | None = None) -> tuple[Claim, ...]:
        """The claims with this subject, by bisection; those of one predicate if it is told."""
        begin = bisect_left(self.claims, subject, key=_subject)
        held = self.claims[begin : bisect_right(self.claims, subject, begin, key=_subject)]
        return tuple(c for c in held if predicate in (None, c.predicate))

    def claims_between(self, subject: str, object: str) -> tuple[Claim, ...]:
        """The claims of one subject and object, in their order."""
        return tuple(c for c in self.claims_from(subject) if c.object == object)

    @cached_property
    def kinds(self) -> dict[str, str]:
        """Types of entities by id."""
        return {e.id: e.type for e in self.entities}

    def ids_of(self, kinds: Collection[str]) -> list[str]:
        """Ids of the entities of these types, sorted."""
        return [id for id, kind in self.kinds.items() if kind in kinds]

    def references_of(self, kind: str) -> Iterator[Reference]:
        """The references of a kind."""
        return (r for r in self.references if r.kind == kind)

    def outlines(self) -> Iterator[Outline]:
        """What each claim says, without its statements; the quickest pass over all of them."""
        for c in self.claims:
            yield Outline(c.subject, c.predicate, c.object, c.asserted, c.supported)

    def claims_at(self, id: str) -> tuple[Claim, ...]:
        """The claims with this entity at either end, in their order; one pass over all of them."""
        return tuple(c for c in self.claims if id in (c.subject, c.object))

    def claims_of(self, predicate: str) -> Iterator[Claim]:
        """The claims of a predicate, in their order; one pass over all of them."""
        return (claim for claim in self.claims if claim.predicate == predicate)

    def claim_of(self, subject: str, predicate: str, object: str) -> Claim | None:
        """The claim of a triple; quicker than by its id if few are asked for."""
        held = self.claims_between(subject, object)
        return next((c for c in held if c.predicate == predicate), None)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All statements, in the order of their claims."""
        return tuple(s for c in self.claims for s in c.statements)


_subject = attrgetter("subject")


def _marked(claim: Claim, gone: set[str]) -> Claim:
    """The claim with each statement marked as retracted exactly if its reference is in ``gone``."""
    marked = tuple(
        s if s.retracted == (s.reference in gone) else replace(s, retracted=s.reference in gone)
        for s in claim.statements
    )
    return claim if marked == claim.statements else replace(claim, statements=marked)
