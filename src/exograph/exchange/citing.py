# SPDX-License-Identifier: Apache-2.0
"""What is to be cited: the knowledge base, and the papers behind an entity, a claim or a path.

Nothing is known of a paper but what the tables hold: a title and the first author, maybe, or no
more than a DOI. Citations of one study are one paper. ``citing_forms`` writes all of this.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeAlias
from urllib.parse import quote

from exograph import vocab
from exograph.ids import BASE, claim_iri, entity_iri
from exograph.model import Claim, Entity, KnowledgeBase, Reference, Source
from exograph.paths.phrases import NOTICES, label

TITLE = "exograph: a knowledge graph of how mesenchymal-stem-cell exosomes heal skin wounds"
AUTHORS = "The exograph contributors"

Thing: TypeAlias = Entity | Reference | Claim

_AUTHOR = re.compile(r"(.*[a-z].*) ([A-Z]{1,4})\Z")
"""A family name with initials, as the tables have most: not ``US FDA``."""
_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?\Z")
_STANCES = {
    frozenset({"refutes"}): ("Says that it does not hold.", "称其不成立。"),
    frozenset({"null"}): ("Looked for it and did not find it.", "曾检验而未发现。"),
    frozenset({"refutes", "null"}): ("Speaks against it.", "与之不符。"),
}
"""What is said of a paper none of whose statements supports what is cited."""


class Note(NamedTuple):
    """A remark in both languages."""

    en: str
    zh: str


class Author(NamedTuple):
    """``given`` are initials, or empty where only ``family`` is known. ``is_body`` if it is no
    person but an organisation, under its whole name. ``others`` if more may have written it."""

    family: str
    given: str = ""
    is_body: bool = False
    others: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """What stands in a bibliography: the dataset, or a paper by what is known of it.

    ``kind`` is ``dataset`` or that of the reference; ``key`` is different for different works and
    the same on every run. ``notice`` is ``retracted``, ``corrected`` or None.
    """

    key: str
    kind: str
    title: str | None = None
    author: Author | None = None
    year: int | None = None
    date: str | None = None
    journal: str | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    web: str | None = None
    version: str | None = None
    notice: str | None = None
    notes: tuple[Note, ...] = ()
    references: tuple[str, ...] = ()

    @property
    def url(self) -> str | None:
        """Where it is found: by its DOI, PMC or PubMed."""
        if self.doi:
            return f"https://doi.org/{quote(self.doi, safe='/():')}"
        if self.pmcid:
            return f"https://www.ncbi.nlm.nih.gov/pmc/articles/{quote(self.pmcid, safe='')}/"
        if self.pmid:
            return f"https://pubmed.ncbi.nlm.nih.gov/{quote(self.pmid, safe='')}/"
        return self.web

    @property
    def remarks(self) -> tuple[Note, ...]:
        """Any notice, and the notes."""
        if self.notice is None:
            return self.notes
        en, zh = NOTICES[self.notice]
        return (Note(en.upper() if self.notice == "retracted" else en, zh), *self.notes)


@dataclass(frozen=True, slots=True)
class Edition:
    """Which knowledge base it is: version of the program, key of the snapshot, ISO date or ""."""

    version: str
    key: str
    date: str


def date_of(sources: Iterable[Source]) -> str:
    """The date of the newest source, ISO 8601 or the beginning of it; "" if none has one."""
    return max((s.date for s in sources if _DATE.match(s.date)), default="")


def works(kb: KnowledgeBase, edition: Edition, things: Sequence[Thing]) -> list[Work]:
    """The dataset, then the papers behind the things, in the order of these.

    Of a claim those are the papers of its statements, whatever they say of it, of an entity those
    of all that is said of it. References alone are cited without the dataset; no things at all are
    the dataset alone.
    """
    papers = _Papers(kb)
    for thing in things:
        papers.take(thing)
    if things and all(isinstance(thing, Reference) for thing in things):
        return papers.works()
    return [dataset(kb, edition, things), *papers.works()]


def dataset(kb: KnowledgeBase, edition: Edition, things: Sequence[Thing] = ()) -> Work:
    """The knowledge base itself, or the part of it that is about some things."""
    of = [thing for thing in things if not isinstance(thing, Reference)]
    key = f"exograph-{edition.key[:8]}"
    if of:
        named = "|".join(thing.id for thing in of)
        short = named if len(of) == 1 else hashlib.sha256(named.encode()).hexdigest()[:16]
        key = f"{key}-{short}"
    snapshot = Note(f"Snapshot {edition.key}.", f"快照 {edition.key}。")
    return Work(
        key,
        "dataset",
        TITLE,
        Author(AUTHORS, is_body=True),
        int(edition.date[:4]) if edition.date else None,
        edition.date or None,
        web=_iri(of[0]) if len(of) == 1 else BASE,
        version=edition.version,
        notes=(snapshot, *_about(kb, of)),
    )


def _about(kb: KnowledgeBase, things: Sequence[Thing]) -> Iterator[Note]:
    """Which parts of it are meant, each with its IRI if there are several."""
    for thing in things:
        where = f" <{_iri(thing)}>" if len(things) > 1 else ""
        en, zh = (_words(kb, thing, lang) for lang in ("en", "zh"))
        kinds = ("Claim", "论断") if isinstance(thing, Claim) else ("Entity", "实体")
        yield Note(f"{kinds[0]}: {en}{where}.", f"{kinds[1]}：{zh}{where}。")


def _words(kb: KnowledgeBase, thing: Thing, lang: str) -> str:
    if not isinstance(thing, Claim):
        return label(kb, thing.id, lang)
    ends = label(kb, thing.subject, lang), label(kb, thing.object, lang)
    return f"{ends[0]} {vocab.label(thing.predicate, lang)} {ends[1]}"


def _iri(thing: Thing) -> str:
    return claim_iri(thing.id) if isinstance(thing, Claim) else entity_iri(thing.id)


class _Papers:
    """Papers in the order in which they are taken, each once, with what they say."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._of = _by_reference(kb)
        self._reviews = {r.source: r.id for r in kb.references_of("review")}
        self._stances: dict[str, set[str]] = {}
        self._found: dict[str, Work] = {}

    def take(self, thing: Thing) -> None:
        if isinstance(thing, Reference):
            self._add(thing.id, "supports")
        elif isinstance(thing, Claim):
            self._claim(thing)
        else:
            for claim in self._kb.claims_at(thing.id):
                self._claim(claim)
            for value in self._kb.attributes:
                if value.entity == thing.id:
                    self._add(value.reference, "supports", value.source)

    def works(self) -> list[Work]:
        return [self._told(work) for work in self._found.values()]

    def _claim(self, claim: Claim) -> None:
        for s in claim.statements:
            self._add(s.reference, s.stance, s.source)

    def _add(self, id: str, stance: str, source: str = "") -> None:
        """The paper, and the review that it was found in, which quotes it."""
        if id not in self._of:
            return
        work = self._of[id]
        self._found.setdefault(work.key, work)
        self._stances.setdefault(work.key, set()).add(stance)
        cites = self._kb.reference[id].kind == "cited"
        if cites and source in self._reviews:
            self._add(self._reviews[source], "supports")

    def _told(self, work: Work) -> Work:
        said = _STANCES.get(frozenset(self._stances[work.key]))
        return replace(work, notes=(*work.notes, Note(*said))) if said else work


def _by_reference(kb: KnowledgeBase) -> dict[str, Work]:
    """The work that each reference is, by the id of the reference."""
    studies: dict[str, list[Reference]] = {}
    for r in kb.references:
        studies.setdefault(r.counted_as, []).append(r)
    found: dict[str, Work] = {}
    for study, references in studies.items():
        works: list[Work] = []
        for r in references:
            at = next((n for n, work in enumerate(works) if _agree(work, r)), len(works))
            works[at:] = [_joined(works[at] if at < len(works) else None, kb, r), *works[at + 1 :]]
        for work in works:
            key = study if len(works) == 1 else work.references[0]
            found |= dict.fromkeys(work.references, replace(work, key=key))
    return found


def _agree(work: Work, r: Reference) -> bool:
    """Whether a reference of the same study is the same paper: no identifier speaks against it."""
    pairs = ((work.doi, r.doi), (work.pmid, r.pmid), (work.pmcid, r.pmcid))
    return not any(one and other and one != other for one, other in pairs)


def _joined(work: Work | None, kb: KnowledgeBase, r: Reference) -> Work:
    """The work with what this reference tells besides."""
    known = Work(r.id, r.kind) if work is None else work
    notice = known.notice or kb.notices.get(r.id)
    kind = r.kind if known.kind == "cited" else known.kind
    notes = known.notes
    if r.is_uncertain and r.number is not None:
        notes = (*notes, _unidentified(kb, r))
    return Work(
        known.key,
        kind,
        known.title or r.title,
        known.author or _author(r),
        known.year or r.year,
        journal=known.journal or r.journal,
        doi=known.doi or r.doi,
        pmid=known.pmid or r.pmid,
        pmcid=known.pmcid or r.pmcid,
        notice=notice,
        notes=notes,
        references=(*known.references, r.id),
    )


def _unidentified(kb: KnowledgeBase, r: Reference) -> Note:
    """What is known of a paper that nobody could name: the review that cites it, and its number."""
    source = next((s for s in kb.sources if s.id == r.source), None)
    en, zh = (source.title_en, source.title_zh) if source else (r.source, r.source)
    return Note(
        f"Reference {r.number} of “{en}”; which paper that is could not be told for certain.",
        f"《{zh}》的参考文献 {r.number}；未能确认是哪一篇。",
    )


def _author(r: Reference) -> Author | None:
    """The first author. Registers name a sponsor, or nobody: ``(registry)``."""
    name = r.first_author
    if name is None or name.startswith("("):
        return None
    if r.kind == "registry":
        return Author(name, is_body=True)
    if match := _AUTHOR.match(name):
        given = " ".join(f"{letter}." for letter in match[2])
        return Author(match[1], given, others=True)
    return Author(name, is_body=" " in name, others=" " not in name)
