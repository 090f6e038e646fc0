# SPDX-License-Identifier: Apache-2.0
"""From the nodes and edges of others to entities, statements and references of a source of its own.

Nothing is bent to fit. What has no equal here is refused by name, counted by kind, and can be
written to a file to be mended. Every record that is read is either stored or refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from exograph import vocab
from exograph.exchange import biolink
from exograph.exchange.biolink import Said, Unfit
from exograph.exchange.incoming import Edge, Fields, Node, Record, Reject, raw
from exograph.exchange.kgx_biolink import SPELLINGS
from exograph.exchange.naming import is_curie, shortened
from exograph.ids import slug_of
from exograph.model import Entity, KnowledgeBase, Reference, Source, Statement

SECTION = "record"
"""Where a statement of an import stands, in place of a section of a text."""

EXAMPLES = 3
_OURS = {theirs: ours for ours, theirs in SPELLINGS.items()}
_QUALIFIERS = sorted(biolink.UNDERSTOOD)
_BASES = {
    "knowledge_assertion": "stated",
    "observation": "stated",
    "not_provided": "stated",
    "logical_entailment": "derived",
    "statistical_association": "inferred",
    "prediction": "inferred",
    "text_co_occurrence": "inferred",
}
_PMID = re.compile(r"PMID:\s*(\d{1,9})\Z", re.IGNORECASE)
_DOI = re.compile(r"(?:doi:|https?://(?:dx\.)?doi\.org/)(10\.\d{4,9}/\S+)\Z", re.IGNORECASE)
_SAME = ("same_as", "equivalent_identifiers", "equivalent_identifier")
_LABEL = 300
"""Characters of a label that are kept."""

_TOLD = frozenset(
    {"id", "subject", "predicate", "object", "category", "name", "synonym", "description"}
    | {"xref", "in_taxon", "publications", "negated", "knowledge_level", "relation", "type"}
    | {
        "original_predicate",
        "exograph_aspect",
        "primary_knowledge_source",
        "knowledge_source",
        "provided_by",
    }
    | {*_SAME, *biolink.UNDERSTOOD}
)
"""Fields that are read, or that say nothing beyond those that are."""


@dataclass
class Report:
    """What became of an import. ``refused`` and ``left_out`` count by kind; each kind has some
    examples. What is left out are fields of records that are stored all the same."""

    nodes: int = 0
    edges: int = 0
    stored_nodes: int = 0
    stored_edges: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)

    def refuse(self, reject: Reject) -> None:
        self.refused[reject.kind] += 1
        self._show(reject.kind, f"{reject.place}: {reject.code} {reject.reason}")

    def leave(self, name: str, record: Record) -> None:
        self.left_out[name] += 1
        self._show(name, f"{record.place}: {'|'.join(record.fields[name])[:80]}")

    def _show(self, kind: str, text: str) -> None:
        held = self.examples.setdefault(kind, [])
        if len(held) < EXAMPLES:
            held.append(text)


Refuse = Callable[[Reject], None]
Read = Callable[[], Iterable[Record | Reject]]


def take(
    read: Read,
    name: str,
    known: KnowledgeBase,
    prefixes: Mapping[str, str],
    *,
    source: Source,
    refuse: Refuse,
) -> tuple[KnowledgeBase, Report]:
    """The knowledge base that an import makes, and what became of each record.

    ``read`` gives all records anew each time it is called: nodes are taken first, wherever they
    stand. Ends of edges may also be entities of ``known``, by their own ids or exact matches.
    """
    report = Report()

    def refused(reject: Reject) -> None:
        report.refuse(reject)
        refuse(reject)

    nodes = _Nodes(known, prefixes, refused, report)
    for record in read():
        if isinstance(record, Node):
            nodes.take(record)
    edges = _Edges(name, nodes, refused, report)
    for record in read():
        if isinstance(record, Edge):
            edges.take(record)
        elif isinstance(record, Reject):
            edges.lost(record)
    from exograph.kb.assembling import group_claims

    kb = KnowledgeBase(
        sources=(source,),
        entities=tuple(sorted(nodes.entities(), key=lambda e: e.id)),
        references=tuple(sorted(edges.references.values(), key=lambda r: r.id)),
        claims=group_claims(edges.statements.values()),
    )
    return kb, report


class _Nodes:
    """Entities by identifier: those of the import, and those that are known already."""

    def __init__(
        self, known: KnowledgeBase, prefixes: Mapping[str, str], refuse: Refuse, report: Report
    ) -> None:
        self._prefixes, self._refuse, self._report = prefixes, refuse, report
        self._own: dict[str, Entity] = {}
        self._same: dict[str, set[str]] = {}
        self._known = {curie: e.id for e in known.entities for curie in e.exact_match}
        self._kinds = {e.id: e.type for e in known.entities}

    def short(self, id: str) -> str:
        """An identifier as a CURIE, its prefix as we spell it."""
        curie = shortened(id.strip(), self._prefixes)
        prefix, colon, local = curie.partition(":")
        return f"{_OURS[prefix]}:{local}" if colon and prefix in _OURS else curie

    def find(self, id: str) -> tuple[str, str] | None:
        """Id and kind of the entity that an identifier stands for."""
        curie = self.short(id)
        if own := self._own.get(curie):
            return own.id, own.type
        held = self._known.get(curie) or (curie if curie in self._kinds else slug_of(curie))
        return (held, self._kinds[held]) if held in self._kinds else None

    def take(self, node: Node) -> None:
        self._report.nodes += 1
        curie = self.short(node.id)
        if not is_curie(curie):
            self._lose(node, "I211", "identifier", f"{node.id[:80]!r} is no CURIE.")
            return
        try:
            type = node.fields["type"][0] if "type" in node.fields else ""
            kind = biolink.kind_of(node.fields.get("category", ()), type)
        except Unfit as error:
            self._lose(node, "I212", str(error), f"there is no kind here for its {error}.")
            return
        made = self._entity(curie, kind, node.fields)
        if (before := self._own.get(curie)) is not None and before.type != kind:
            reason = f"it is a {kind} here, and a {before.type} before."
            self._lose(node, "I213", "two kinds for one id", reason)
            return
        self._own[curie] = made if before is None else _joined(before, made)
        self._report.stored_nodes += 1
        for field_name in node.fields.keys() - _TOLD:
            self._report.leave(field_name, node)

    def equate(self, one: str, other: str) -> bool:
        """Takes two identifiers for those of one thing, if either is a node of this import."""
        pair = [self.short(one), self.short(other)]
        held = [curie for curie in pair if curie in self._own]
        for curie in held:
            self._same.setdefault(curie, set()).update(pair)
        return bool(held) and all(map(is_curie, pair))

    def entities(self) -> Iterator[Entity]:
        for curie, entity in self._own.items():
            more = self._same.get(curie)
            yield _matched(entity, more) if more else entity

    def _entity(self, curie: str, kind: str, fields: Fields) -> Entity:
        label = _clean(fields["name"][0]) if "name" in fields else ""
        same = [self.short(other) for name in _SAME for other in fields.get(name, ())]
        exact = {curie, *filter(is_curie, same)}
        near = {x for each in fields.get("xref", ()) if is_curie(x := self.short(each))} - exact
        own = curie.startswith("exograph:")
        taxon = self.short(fields["in_taxon"][0]) if "in_taxon" in fields else None
        return Entity(
            id=slug_of(curie),
            type=kind,
            label_en=label or curie,
            label_zh=label or curie,
            synonyms=tuple(sorted({_clean(s) for s in fields.get("synonym", ())} - {label, ""})),
            exact_match=tuple(sorted(exact - {curie} if own else exact)),
            close_match=tuple(sorted(near)),
            species=taxon if taxon and is_curie(taxon) else None,
            description=_clean(fields["description"][0], 2000) or None
            if "description" in fields
            else None,
        )

    def _lose(self, node: Node, code: str, kind: str, reason: str) -> None:
        self._refuse(Reject(code, kind, reason, node.place, raw(node), is_edge=False))


def _clean(text: str, most: int = _LABEL) -> str:
    """A text on one line, without what no reader sees; cut if it is longer than a label."""
    flat = " ".join(text.split())
    if not flat.isprintable():
        flat = "".join(c for c in flat if c.isprintable())
    return flat[:most]


def _joined(one: Entity, other: Entity) -> Entity:
    """Two nodes of one id: what either says, the names of the first."""
    names = {*one.synonyms, other.label_en, *other.synonyms} - {one.label_en}
    exact = {*one.exact_match, *other.exact_match}
    return replace(
        one,
        synonyms=tuple(sorted(names)),
        exact_match=tuple(sorted(exact)),
        close_match=tuple(sorted({*one.close_match, *other.close_match} - exact)),
        description=one.description or other.description,
        species=one.species or other.species,
    )


def _matched(entity: Entity, same: Iterable[str]) -> Entity:
    exact = {*entity.exact_match, *same}
    return replace(
        entity,
        exact_match=tuple(sorted(exact)),
        close_match=tuple(sorted(set(entity.close_match) - exact)),
    )


class _Edges:
    """Statements of edges whose ends are known."""

    def __init__(self, name: str, nodes: _Nodes, refuse: Refuse, report: Report) -> None:
        self._name, self._nodes, self._refuse, self._report = name, nodes, refuse, report
        self.statements: dict[str, Statement] = {}
        self.references: dict[str, Reference] = {}

    def lost(self, reject: Reject) -> None:
        """A record that its reader could not make out counts as an edge, or a node."""
        self._report.edges += reject.is_edge
        self._report.nodes += not reject.is_edge
        self._refuse(reject)

    def take(self, edge: Edge) -> None:
        self._report.edges += 1
        if biolink.bare(edge.predicate) in biolink.SAME:
            if self._nodes.equate(edge.subject, edge.object):
                self._report.stored_edges += 1
            else:
                self._lose(edge, "I223", "equivalence", "neither end is a node of this import.")
            return
        ends = []
        for which, id in (("subject", edge.subject), ("object", edge.object)):
            found = self._nodes.find(id)
            if found is None:
                reason = f"the {which} {id[:80]!r} is no node that was stored."
                self._lose(edge, "I221", f"{which} unknown", reason)
                return
            ends.append(found)
        (subject, subject_kind), (object_, object_kind) = ends
        try:
            said = biolink.said(edge.predicate, edge.fields, subject_kind, object_kind)
        except Unfit as error:
            self._lose(edge, "I222", str(error), f"it cannot be said here: {error}.")
            return
        if said.turned:
            subject, object_ = object_, subject
        made = [self._statement(edge, said, subject, object_, r) for r in self._cited(edge)]
        new = [s for s in made if s.id not in self.statements]
        if not new:
            self._lose(edge, "I224", "repeated", "it says what an edge before it says.")
            return
        self.statements.update((s.id, s) for s in new)
        self._report.stored_edges += 1
        for name in edge.fields.keys() - _TOLD:
            self._report.leave(name, edge)

    def _statement(
        self, edge: Edge, said: Said, subject: str, object: str, reference: str
    ) -> Statement:
        fields = edge.fields
        level = biolink.bare(fields["knowledge_level"][0]) if "knowledge_level" in fields else ""
        negated = fields.get("negated", ("",))[0].lower() in ("true", "1")
        qualified = (f"{n}={fields[n][0]}" for n in _QUALIFIERS if n in fields)
        return Statement(
            subject=subject,
            predicate=said.predicate,
            object=object,
            reference=reference,
            section=SECTION,
            source=self._name,
            basis=_BASES.get(level, "stated"),
            stance="refutes" if negated else "supports",
            aspect=said.aspect if vocab.PREDICATES[said.predicate].is_effect else None,
            note=_clean("; ".join([edge.predicate, *qualified]), 500),
        )

    def _cited(self, edge: Edge) -> list[str]:
        """Ids of the references of an edge: its publications, else the source that it is from."""
        told = edge.fields.get("publications", ())
        found = {made.id: made for text in told if (made := _publication(text, self._name))}
        if len(found) < len(told):
            self._report.leave("publications", edge)
        if not found:
            made = self._dataset(edge)
            found[made.id] = made
        self.references |= found
        return sorted(found)

    def _dataset(self, edge: Edge) -> Reference:
        names = ("primary_knowledge_source", "knowledge_source", "provided_by")
        said = next((edge.fields[n][0] for n in names if n in edge.fields), "")
        tail = re.sub(r"[^a-z0-9]+", "-", said.lower().removeprefix("infores:")).strip("-")[:60]
        id = f"{self._name}-{tail}" if tail else self._name
        return Reference(id, "dataset", self._name, title=_clean(said) or self._name)

    def _lose(self, edge: Edge, code: str, kind: str, reason: str) -> None:
        self._refuse(Reject(code, kind, reason, edge.place, raw(edge)))


def _publication(text: str, name: str) -> Reference | None:
    """The reference of a PubMed id or a DOI; one of another kind cannot be cited."""
    text = text.strip()
    if pmid := _PMID.match(text):
        number = pmid[1].lstrip("0") or "0"
        id = f"pmid-{number}"
        return Reference(f"{name}-{id}", "cited", name, study=id, pmid=number)
    if doi := _DOI.match(text):
        bare = doi[1].lower()
        id = slug_of(f"doi:{bare}")
        return Reference(f"{name}-{id}", "cited", name, study=id, doi=bare)
    return None
