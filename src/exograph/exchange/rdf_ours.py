# SPDX-License-Identifier: Apache-2.0
"""The RDF that ``exograph export`` writes, as the nodes and edges that it writes as KGX.

An entity is a node, a statement an edge between the ends of its claim. What follows from these (the
direct triples, classes above the kind, codes and grades of evidence) is counted by name.
Mechanisms, attributes, sources and the like are no nodes or edges, and are refused by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from exograph import vocab
from exograph.exchange.incoming import Edge, Node, Place, Record, Reject
from exograph.exchange.iris import curie_of
from exograph.exchange.kgx_biolink import KNOWLEDGE_LEVELS
from exograph.ids import BASE, VOCAB
from exograph.rdf.shape import HAS_STATEMENT, camel

_NODE = {
    "exo:assertedType": "type",
    "exo:synonym": "synonym",
    "exo:exactCurie": "same_as",
    "exo:closeCurie": "xref",
    "skos:exactMatch": "same_as",
    "skos:closeMatch": "xref",
    "exo:species": "exograph_species",
    "exo:description": "description",
    "exo:descriptionZh": "exograph_description_zh",
    "exo:desiredDirection": "exograph_desired",
    "exo:desiredReference": "exograph_desired_reference",
    "rdf:type": "category",
}
_TOLD = ("basis", "stance", "certainty", "effect", "aspect", "evidence_kind", "directness")
_EDGE = {
    **{
        f"exo:{camel(name)}": f"exograph_{name}"
        for name in (*_TOLD, "method", "paraphrase", "section", "note", *vocab.CONTEXT_FIELDS)
    },
    "exo:quote": "supporting_text",
    "exo:reference": "exograph_reference",
    "exo:source": "exograph_source",
    "rdf:type": "category",
}
_RECORDS = ("exograph.reference:", "exograph.source:")
_RECORD = "exo:Record"


class Spool(Protocol):
    """What is asked of the triples: rows of subject, predicate, object, kind, language …"""

    def of(self, subject: str) -> Sequence[Any]: ...

    def is_object(self, object: str, predicate: str) -> bool: ...


Fields = dict[str, tuple[str, ...]]


def is_ours(subject: str) -> bool:
    return subject.startswith(BASE) and not subject.startswith(VOCAB)


class Claims:
    """Records of our own subjects, of which some stand elsewhere in the same triples."""

    def __init__(self, spool: Spool, shown: str) -> None:
        self._spool, self._shown = spool, shown

    def records(self, subject: str, rows: Sequence[Any]) -> Iterator[Record | Reject]:
        """The node or the edges of a subject, or what refuses it."""
        place = Place(self._shown, rows[0].number)
        types = {curie_of(row.object) for row in rows if curie_of(row.predicate) == "rdf:type"}
        if "exo:Entity" in types:
            yield _entity(subject, rows, place)
        elif "exo:Claim" in types:
            yield from self._claim(subject, rows, place)
        elif "exo:Statement" not in types:
            kind = ", ".join(sorted(types - {_RECORD})) or "type not given"
            reason = f"{curie_of(subject)[:80]} is no node and no edge."
            yield _refused(subject, rows, place, kind, reason, is_edge=False)
        elif not self._spool.is_object(subject, HAS_STATEMENT):
            kind = "exo:Statement of no claim"
            yield _refused(subject, rows, place, kind, "no claim has it.")

    def _claim(self, subject: str, rows: Sequence[Any], place: Place) -> Iterator[Record | Reject]:
        told = _gathered(rows, {})
        ends = [told.get(f"rdf:{end}", ()) for end in ("subject", "predicate", "object")]
        statements = [row.object for row in rows if row.predicate == HAS_STATEMENT]
        if [len(end) for end in ends] != [1, 1, 1] or not statements:
            kind = "exo:Claim that is not whole"
            yield _refused(subject, rows, place, kind, "an end or its statement is missing.")
            return
        (start,), (predicate,), (stop,) = ends
        for statement in statements:
            held = self._spool.of(statement)
            if not held:
                kind = "exo:Statement missing"
                yield _refused(subject, rows, place, kind, f"{statement[:80]} is not there.")
                continue
            fields = self._statement(held)
            fields["id"] = (curie_of(statement),)
            fields["original_predicate"] = (predicate,)
            fields["exograph_claim"] = (curie_of(subject),)
            yield Edge(start, predicate, stop, fields, Place(self._shown, held[0].number))

    def _statement(self, rows: Sequence[Any]) -> Fields:
        fields = _gathered(rows, _EDGE)
        fields["publications"] = tuple(
            publication
            for reference in fields.get("exograph_reference", ())
            for publication in self._publication(reference)
        )
        basis = fields.get("exograph_basis", ("",))[0]
        if basis in KNOWLEDGE_LEVELS:
            fields["knowledge_level"] = (KNOWLEDGE_LEVELS[basis],)
        if fields.get("exograph_stance") == ("refutes",):
            fields["negated"] = ("true",)
        return {
            name: tuple(_bare(value) for value in values)
            if name.startswith("exograph_")
            else values
            for name, values in fields.items()
            if values
        }

    def _publication(self, reference: str) -> Iterator[str]:
        """Its PubMed id, else its DOI, else that it is one of ours."""
        told = _gathered(self._spool.of(f"{BASE}reference/{_bare(reference)}"), {})
        if "exo:pmid" in told:
            yield f"PMID:{told['exo:pmid'][0]}"
        elif "exo:doi" in told:
            yield f"doi:{told['exo:doi'][0]}"
        else:
            yield reference


def _bare(value: str) -> str:
    """Ids of references and sources stand alone in KGX, those of entities do not."""
    for start in _RECORDS:
        if value.startswith(start):
            return value.removeprefix(start)
    return value


def _gathered(rows: Sequence[Any], names: dict[str, str]) -> Fields:
    fields: dict[str, dict[str, None]] = {}
    for row in rows:
        curie = curie_of(row.predicate)
        value = curie_of(row.object) if row.kind == "iri" else row.object
        fields.setdefault(names.get(curie, curie), {})[value] = None
    return {name: tuple(values) for name, values in fields.items()}


def _entity(subject: str, rows: Sequence[Any], place: Place) -> Node:
    told = [row for row in rows if not _is_direct(row)]
    fields = _gathered([row for row in told if curie_of(row.predicate) != "rdfs:label"], _NODE)
    for row in told:
        if curie_of(row.predicate) == "rdfs:label":
            name = "exograph_name_zh" if row.language.startswith("zh") else "name"
            fields[name] = (row.object,)
    direct = tuple(f"{curie_of(r.predicate)} {curie_of(r.object)}" for r in rows if _is_direct(r))
    if direct:
        fields["direct_triple"] = direct
    if "exograph_desired_reference" in fields:
        fields["exograph_desired_reference"] = tuple(
            map(_bare, fields["exograph_desired_reference"])
        )
    if "exograph_species" in fields:
        fields["in_taxon"] = fields["exograph_species"]
    return Node(curie_of(subject), {"id": (curie_of(subject),), **fields}, place)


def _is_direct(row: Any) -> bool:
    """Whether it says of two entities what follows from a claim."""
    name = row.predicate.removeprefix(VOCAB)
    known = name in vocab.PREDICATES or name == vocab.AFFECTS.name
    return row.kind == "iri" and row.predicate.startswith(VOCAB) and known


def _refused(
    subject: str, rows: Sequence[Any], place: Place, kind: str, reason: str, is_edge: bool = True
) -> Reject:
    raw: dict[str, object] = {"id": curie_of(subject)}
    raw |= {name: list(values) for name, values in _gathered(rows, {}).items()}
    return Reject("I231", kind, reason, place, raw, is_edge)
