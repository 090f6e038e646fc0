# SPDX-License-Identifier: Apache-2.0
"""Graphs of Biolink in RDF, and our own: what is told of a subject, wherever it stands.

A subject with a subject, a predicate and an object of its own (of RDF, Biolink or OBAN) is an edge,
and so is a direct triple whose predicate is one of Biolink or OBO. All else makes a node of its
subject. In our own RDF the edges are statements. Each triple becomes part of a record, so what is
not kept is refused or counted by name later on. The place of a record is the number of its first
triple.

Triples are put into a temporary database on disk and sorted there, which keeps 64 MiB in memory,
and what is told of one subject: ``MOST`` values at the most.
"""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import IO, NamedTuple

from exograph.errors import InputError
from exograph.exchange.incoming import Edge, Node, Place, Record, Reject
from exograph.exchange.iris import RELATIONS, curie_of, relation_of
from exograph.exchange.nesting import LookedJson, LookedTurtle
from exograph.exchange.opening import opened
from exograph.exchange.rdf_ours import Claims, is_ours
from exograph.exchange.xml_safe import Checked
from exograph.store.parsing import NotReadable, Quad, quads

MOST = 100_000
MOST_CHARACTERS = 64 << 20
"""Values that are told of one subject, and their length, beyond which the file is refused."""

_CACHE = 64 << 10
"""KiB of the database that are kept in memory."""

_FIELDS = {
    "rdfs:label": "name",
    "skos:prefLabel": "name",
    "biolink:name": "name",
    "skos:altLabel": "synonym",
    "oboInOwl:hasExactSynonym": "synonym",
    "skos:definition": "description",
    "dcterms:description": "description",
    "IAO:0000115": "description",
    "oboInOwl:hasDbXref": "xref",
    "skos:closeMatch": "xref",
    "biolink:close_match": "xref",
    "skos:exactMatch": "same_as",
    "owl:sameAs": "same_as",
    "owl:equivalentClass": "same_as",
    "biolink:exact_match": "same_as",
    "biolink:same_as": "same_as",
    "RO:0002162": "in_taxon",
    "rdf:type": "category",
    "biolink:category": "category",
}
_ENDS = {
    f"{prefix}{end}": end
    for prefix in ("rdf:", "biolink:", "OBAN:association_has_")
    for end in ("subject", "predicate", "object")
}
_SLOTS = frozenset(
    {"in_taxon", "xref", "synonym", "provided_by", "publications", "iri", "type", "id"}
    | {"knowledge_source", "primary_knowledge_source", "aggregator_knowledge_source"}
    | {"has_attribute", "has_evidence", "equivalent_identifiers", "description"}
)
"""Of Biolink what is no relation between things, although an IRI may stand there."""

_LANGUAGES = {"en": 0, "": 1}
"""Which label is the name, the least first."""

_CITING = ("dc:source", "dcterms:source")


class _Row(NamedTuple):
    subject: str
    predicate: str
    object: str
    kind: str
    language: str
    graph: str
    number: int


class _Property(NamedTuple):
    """What a property becomes: the name of a field, and whether an IRI makes an edge of it."""

    field: str
    is_edge: bool = False
    is_end: bool = False


@lru_cache(10_000)
def _property(iri: str) -> _Property:
    curie = curie_of(iri)
    if curie in _ENDS:
        return _Property(_ENDS[curie], is_end=True)
    if curie in _FIELDS:
        return _Property(_FIELDS[curie])
    if curie.startswith("biolink:"):
        name = curie.removeprefix("biolink:")
        return _Property(name, is_edge=name not in _SLOTS)
    return _Property(curie, is_edge=curie in RELATIONS or curie.startswith(("RO:", "BFO:")))


def read(path: Path, format: str) -> Iterator[Record | Reject]:
    """The nodes and edges of a file in a format of ``store.parsing``, in the order of subjects.

    Raises InputError for what makes the file unreadable. Takes some 20 µs for each triple.
    """
    with opened(path) as file, _Spool() as spool:
        spool.fill(_quads(file, format, str(path)), str(path))
        yield from _records(spool, str(path))


def _quads(file: IO[bytes], format: str, shown: str) -> Iterator[Quad]:
    looked = {"rdf-xml": Checked, "json-ld": LookedJson}.get(format, LookedTurtle)
    inner: io.RawIOBase = looked(file, shown)
    try:
        yield from quads(io.BufferedReader(inner, 1 << 16), format)
    except NotReadable as error:
        text = str(error)
        if "LoadDocumentCallback" in text:
            message = f"{shown} names a context of JSON-LD that lies elsewhere; none is fetched."
            cure = "Write the context into the file, or hand it on as N-Quads."
            raise InputError("I113", message, cure) from None
        place = f"{shown}:{error.line}" if error.line else shown
        message = f"{place}: it is no {format}: {text.rstrip('.')}."
        raise InputError("I112", message, "Mend the file, or give --format.") from None


class _Spool:
    """Triples in a database of its own, which has no name and goes when it is closed."""

    def __enter__(self) -> _Spool:
        self._db = sqlite3.connect("", isolation_level=None)
        for setting in (f"cache_size = -{_CACHE}", "journal_mode = OFF", "synchronous = OFF"):
            self._db.execute(f"PRAGMA {setting}")
        self._db.execute(
            "CREATE TABLE t (n INTEGER PRIMARY KEY, s, late, p, o, kind, language, graph)"
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def fill(self, quads: Iterable[Quad], shown: str) -> None:
        """Takes all quads. Raises InputError I103 if the disk is full."""
        rows = ((q[0], not _early(q[1]), *q[1:]) for q in quads)
        add = "INSERT INTO t (s, late, p, o, kind, language, graph) VALUES (?,?,?,?,?,?,?)"
        try:
            self._db.execute("BEGIN")
            self._db.executemany(add, rows)
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            raise _full(shown, error) from None

    def rows(self, shown: str) -> Iterator[_Row]:
        """All of them by subject, types and ends of a subject first; blank nodes, whose names are
        others each time, in the order of the file."""
        told = "SELECT t.s, p, o, kind, language, graph, t.n FROM t"
        blank = "SELECT s AS b, min(n) AS first FROM t WHERE s GLOB '_:*' GROUP BY s"
        try:
            named = self._db.execute(f"{told} WHERE s NOT GLOB '_:*' ORDER BY s, late, n")
            yield from map(_Row._make, named)
            others = self._db.execute(f"{told} JOIN ({blank}) ON s = b ORDER BY first, late, t.n")
            yield from map(_Row._make, others)
        except sqlite3.Error as error:
            raise _full(shown, error) from None

    def index(self) -> None:
        self._db.execute("CREATE INDEX IF NOT EXISTS of ON t (s)")
        self._db.execute("CREATE INDEX IF NOT EXISTS to_ ON t (o, p) WHERE kind = 'iri'")

    def of(self, subject: str) -> list[_Row]:
        """What is told of a subject."""
        wanted = "SELECT s, p, o, kind, language, graph, n FROM t WHERE s = ? LIMIT ?"
        return list(map(_Row._make, self._db.execute(wanted, (subject, MOST))))

    def is_object(self, object: str, predicate: str) -> bool:
        wanted = "SELECT 1 FROM t WHERE o = ? AND p = ? AND kind = 'iri' LIMIT 1"
        return self._db.execute(wanted, (object, predicate)).fetchone() is not None


def _full(shown: str, error: sqlite3.Error) -> InputError:
    message = f"{shown} cannot be sorted: {error}."
    return InputError("I103", message, "Make room where temporary files lie (TMPDIR).")


def _early(predicate: str) -> bool:
    found = _property(predicate)
    return found.is_end or found.field == "category"


def _records(spool: _Spool, shown: str) -> Iterator[Record | Reject]:
    ours: Claims | None = None
    for subject, rows in groupby(spool.rows(shown), key=itemgetter(0)):
        if is_ours(subject):
            if ours is None:
                spool.index()
                ours = Claims(spool, shown)
            yield from ours.records(subject, _held(subject, rows, shown))
        else:
            yield from _of_subject(subject, rows, shown)


def _held(subject: str, rows: Iterator[_Row], shown: str) -> list[_Row]:
    held: list[_Row] = []
    characters = 0
    for row in rows:
        held.append(row)
        characters += len(row.object)
        if len(held) > MOST or characters > MOST_CHARACTERS:
            raise _too_many(subject, shown)
    return held


def _too_many(subject: str, shown: str) -> InputError:
    message = f"{shown}: more than {MOST} values, or too long ones, are told of {subject[:80]}."
    return InputError("I107", message, "Leave the subject out, or split the file.")


def _of_subject(iri: str, rows: Iterator[_Row], shown: str) -> Iterator[Record | Reject]:
    """The edges of its direct triples, then its node, or the edge that it is."""
    first = next(rows)
    place = Place(shown, first.number)
    subject = curie_of(iri)
    fields: dict[str, dict[str, None]] = {}
    labels: list[tuple[str, str]] = []
    is_edge = False
    count = characters = 0
    for row in chain([first], rows):
        found = _property(row.predicate)
        is_edge = is_edge or found.is_end
        value = curie_of(row.object) if row.kind == "iri" else row.object
        alone = found.field == "same_as" and "category" not in fields
        if row.kind == "iri" and not is_edge and (found.is_edge or alone):
            yield _direct(row, subject, value, shown)
            continue
        count += 1
        characters += len(value)
        if count > MOST or characters > MOST_CHARACTERS:
            raise _too_many(iri, shown)
        if found.field == "name" and not is_edge:
            labels.append((row.language, value))
        else:
            name = "publications" if _cites(found.field, value) else found.field
            fields.setdefault(name, {})[value] = None
        if row.graph:
            fields.setdefault("named_graph", {})[row.graph] = None
    told = {name: tuple(values) for name, values in fields.items()}
    if is_edge:
        yield _reified(subject, told, place)
    elif told or labels:
        yield _node(subject, told, labels, place)


def _cites(field: str, value: str) -> bool:
    return field in _CITING and value.lower().startswith(("pmid:", "doi:", "https://doi.org/"))


def _direct(row: _Row, subject: str, object: str, shown: str) -> Edge:
    field = _property(row.predicate).field
    given = curie_of(row.predicate)
    predicate = "biolink:same_as" if field == "same_as" else relation_of(given)
    fields: dict[str, tuple[str, ...]] = {"named_graph": (row.graph,)} if row.graph else {}
    if predicate != given:
        fields["relation"] = (given,)
    return Edge(subject, predicate, object, fields, Place(shown, row.number))


def _reified(subject: str, told: dict[str, tuple[str, ...]], place: Place) -> Record | Reject:
    """The edge that a subject is; its id is kept if it is no blank node."""
    if not subject.startswith("_:"):
        told = {"id": (subject,), **told}
    predicates = told.get("predicate", ())
    if len(predicates) == 1 and (said := relation_of(predicates[0])) != predicates[0]:
        told = {**told, "predicate": (said,), "relation": predicates}
    for end in ("subject", "predicate", "object"):
        if len(told.get(end, ())) != 1:
            said = "has more than one" if end in told else "has no"
            held = {n: list(texts) for n, texts in told.items()}
            return Reject("I203", f"{end} missing", f"the edge {said} {end}.", place, held)
    (start,), (predicate,), (stop,) = told["subject"], told["predicate"], told["object"]
    return Edge(start, predicate, stop, told, place)


def _node(
    subject: str, told: dict[str, tuple[str, ...]], labels: list[tuple[str, str]], place: Place
) -> Record | Reject:
    """A node; its name is the English one, else one without a language. Others are synonyms."""
    order = sorted(labels, key=lambda label: _LANGUAGES.get(label[0], 2))
    name, *others = dict.fromkeys(text for _, text in order) or [""]
    chinese = [text for language, text in labels if language.startswith("zh")]
    names = {
        "name": (name,) if name else (),
        "synonym": (*told.get("synonym", ()), *others),
        "exograph_name_zh": tuple(chinese[:1]),
    }
    told = {"id": (subject,), **told, **{n: texts for n, texts in names.items() if texts}}
    types = told.get("category", ())
    if any(name.startswith("biolink:") for name in types):
        of_others = tuple(name for name in types if not name.startswith("biolink:"))
        told["category"] = tuple(name for name in types if name.startswith("biolink:"))
        told |= {"rdf:type": of_others} if of_others else {}
    if subject.startswith("_:"):
        reason = "a node without an IRI cannot be told from others."
        held = {n: list(texts) for n, texts in told.items()}
        kind = f"blank node {', '.join(types[:3]) or 'without a type'}"
        return Reject("I211", kind, reason, place, held, is_edge=False)
    return Node(subject, told, place)
