# SPDX-License-Identifier: Apache-2.0
"""Edges of others as rows of statements: what each says, of which entities, and who is cited.

What two edges of equal qualifiers say between things of equal kinds is worked out once. So most
rows of a table are taken column by column, and only those that are new or at fault one by one.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, compress, repeat
from operator import itemgetter
from typing import Any, TypeAlias, TypeVar

from exograph import vocab
from exograph.columns.packed import line
from exograph.columns.rows import COLUMNS
from exograph.exchange import biolink
from exograph.exchange.biolink import Said, Unfit
from exograph.exchange.incoming import Edge, Fields, Reject, Table, fields_of, raw
from exograph.exchange.report import Refuse, Report
from exograph.exchange.taking_nodes import Nodes, clean
from exograph.ids import SLUG, slug_of
from exograph.model import Context, Reference, Statement

SECTION = "record"
"""Where a statement of an import stands, in place of a section of a text."""

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

_OUR_WORDS = {
    "exograph_basis": vocab.BASES,
    "exograph_stance": vocab.STANCES,
    "exograph_certainty": vocab.CERTAINTIES,
    "exograph_effect": vocab.EFFECTS,
    "exograph_aspect": vocab.ASPECTS,
    "exograph_evidence_kind": vocab.EVIDENCE_KINDS,
    "exograph_directness": vocab.DIRECTNESSES,
}
"""Fields that our own export adds, and what may stand there."""

_OUR_CONTEXT = {f"exograph_{field}": field for field in vocab.CONTEXT_FIELDS}
_OUR_TEXTS = {
    "supporting_text": "quote",
    "exograph_paraphrase": "paraphrase",
    "exograph_note": "note",
}
_OUR_FIELDS = {*_OUR_WORDS, *_OUR_CONTEXT, *_OUR_TEXTS, "exograph_section", "exograph_method"}

_SOURCES = ("primary_knowledge_source", "knowledge_source", "provided_by")
_CITING = ("publications", "exograph_reference", *_SOURCES)
_MEANING = tuple(
    sorted(
        {"predicate", "original_predicate", "negated", "knowledge_level", *_OUR_FIELDS}
        | {*biolink.UNDERSTOOD, *biolink.TOO_MUCH}
    )
)
"""Fields that decide what an edge says; those of ``_CITING`` decide who says it."""

_TOLD = frozenset(
    {"id", "subject", "object", "category", "relation", "type", "predicate", "name"}
    | {"original_predicate", "negated", "knowledge_level", "exograph_aspect", "publications"}
    | {*biolink.UNDERSTOOD, *_SOURCES}
)
_TOLD_OURS = _TOLD | {
    *(*_OUR_FIELDS, "exograph_claim", "exograph_source", "exograph_reference"),
    *("anatomical_context_qualifier", "species_context_qualifier", "causal_mechanism_qualifier"),
    *("deprecated", "agent_type", "aggregator_knowledge_source"),
}
"""Fields that are read, or say nothing beyond those that are: of any graph, and of ours."""

_MOST = 500_000
"""Answers that are kept, of what an edge says and of who says it."""

_COLUMNS = (*COLUMNS, "edge")
Key: TypeAlias = tuple[str, ...]
T = TypeVar("T")


class Edges:
    """Rows of statements of the edges whose ends are known.

    ``columns`` count nodes, ``references`` and ``forms`` in the order in which they came; ``edge``
    is the number of the edge that a row is from.
    """

    def __init__(self, name: str, nodes: Nodes, refuse: Refuse | None, report: Report) -> None:
        self._name, self._nodes, self._refuse, self._report = name, nodes, refuse, report
        self.references: list[tuple[str, bytes]] = []
        sample = Reference("\x7f", "cited", name, study="\x7f", pmid="\x7f")
        self._pattern = line(sample).decode().split("\x7f")  # around id, PubMed id and study
        self._turned = False
        self.forms: list[Statement] = []
        self.columns = {name: array("i") for name in _COLUMNS}
        self._number_of: dict[Statement | str, int] = {}
        self._papers: dict[str, tuple[int]] = {}
        self._said: dict[tuple[str, ...], dict[Key, tuple[int, bool] | str]] = {}
        self._cited: dict[tuple[str, ...], dict[Key, tuple[int, ...]]] = {}

    def lost(self, reject: Reject) -> None:
        """What its reader could not make out; it may be anything."""
        self._report.edges += 1
        self._reject(reject)

    def take(self, edge: Edge) -> None:
        number = self._report.edges
        self._report.edges += 1
        if biolink.bare(edge.predicate) in biolink.SAME:
            if self._nodes.equate(edge.subject, edge.object):
                self._report.stored_edges += 1
                self._leave_fields(edge, left_out(edge.fields))
            else:
                self._lose(edge, "I223", "equivalence", "neither end is a node of this import.")
            return
        ends = []
        for which, id in (("subject", edge.subject), ("object", edge.object)):
            found = self._nodes.numbered(id)
            if found is None:
                reason = f"the {which} {id[:80]!r} is no node that was stored."
                self._lose(edge, "I221", f"{which} unknown", reason)
                return
            ends.append(found)
        kinds = [self._nodes.kinds[end] for end in ends]
        try:
            form, turned, lost = self._form(edge, *kinds)
        except Unfit as error:
            self._lose(edge, "I222", str(error), f"it cannot be said here: {error}.")
            return
        subject, object_ = reversed(ends) if turned else ends
        cited, whole = self._citations(edge.fields)
        for reference in cited:
            for column, value in zip(
                self.columns.values(), (subject, object_, reference, form, number), strict=True
            ):
                column.append(value)
        self._report.stored_edges += 1
        told_too = () if whole else ("publications",)
        self._leave_fields(edge, {*left_out(edge.fields), *lost, *told_too})

    def _leave_fields(self, edge: Edge, names: Iterable[str]) -> None:
        for name in sorted(names):
            self._report.leave(name, "|".join(edge.fields[name]), edge.place)

    def take_table(self, table: Table) -> None:
        """All rows of a table: by columns, but for those that are at fault or tell too much."""
        ends = [self._ends(table.columns[name]) for name in ("subject", "object")]
        said, cited = self._meanings(table, ends), self._citings(table)
        is_taken = [
            s is not None and o is not None and told.__class__ is tuple and who is not None
            for s, o, told, who in zip(*ends, said, cited, strict=True)
        ]
        begin = self._report.edges
        rows = range(begin, begin + len(table))
        columns: tuple[Iterable[Any], ...] = (*ends, said, cited, rows)
        self._extend(*(list(compress(column, is_taken)) for column in columns))
        self._report.stored_edges += sum(is_taken)
        self._leave(table, is_taken)
        for row, passed in enumerate(is_taken):
            if passed:
                continue
            why = said[row]
            if isinstance(why, str) and self._refuse is None and not self._report.wants(why):
                self._report.refused[why] += 1
                continue
            self._report.edges = begin + row
            made = table.record(row)
            if isinstance(made, Edge):
                self.take(made)
            else:
                self.lost(made)  # type: ignore[arg-type]  # a row of a table of edges is no node
        self._report.edges = begin + len(table)

    def _ends(self, ids: Sequence[str]) -> list[int | None]:
        found = list(map(self._nodes.number.get, ids))
        if None in found:
            for row, (id, number) in enumerate(zip(ids, found, strict=True)):
                if number is None:
                    found[row] = self._nodes.numbered(id)
        return found

    def _meanings(
        self, table: Table, ends: Sequence[Sequence[int | None]]
    ) -> list[tuple[int, bool] | str | None]:
        """For each row what it says, or why it cannot be said; None where that is to be seen."""
        names = tuple(name for name in _MEANING if name in table.columns)
        held = _kept(self._said, names)
        kinds = [["" if n is None else self._nodes.kinds[n] for n in end] for end in ends]
        keys = list(zip(*kinds, *(table.columns[name] for name in names), strict=True))
        for key, row in dict(zip(keys, range(len(table)), strict=True)).items():
            if key in held or not (key[0] and key[1]):
                continue
            made = table.record(row)
            if not isinstance(made, Edge) or biolink.bare(made.predicate) in biolink.SAME:
                continue
            try:
                form, turned, lost = self._form(made, key[0], key[1])
            except Unfit as error:
                held[key] = str(error)
            else:
                if not lost:
                    held[key] = form, turned
        return list(map(held.get, keys))

    def _citings(self, table: Table) -> list[tuple[int, ...] | None]:
        """For each row the references that it cites; None where it tells more than these."""
        names = tuple(name for name in _CITING if name in table.columns)
        blank = ("",) * len(table)
        ours = "exograph_reference" in names
        papers = blank if ours else table.columns.get("publications", blank)
        cited: list[tuple[int, ...] | None] = list(map(self._papers.get, papers))
        if None not in cited:
            return cited
        held = _kept(self._cited, names)
        for row in [row for row, known in enumerate(cited) if known is None]:
            if papers[row]:
                each = [self._paper(text) for text in papers[row].split("|")]
                if None not in each:
                    cited[row] = tuple(chain.from_iterable(filter(None, each)))
                continue
            key = tuple([table.columns[name][row] for name in names])
            if key not in held:
                numbers, whole = self._citations(fields_of(names, key))
                if not whole:
                    continue
                held[key] = numbers
            cited[row] = held[key]
        return cited

    def _extend(
        self,
        starts: list[int],
        stops: list[int],
        said: list[tuple[int, bool]],
        cited: list[tuple[int, ...]],
        edges: list[int],
    ) -> None:
        forms = list(map(itemgetter(0), said))
        if self._turned:
            for row, (_, turned) in enumerate(said):
                if turned:
                    starts[row], stops[row] = stops[row], starts[row]
        many = list(map(len, cited))
        if many != [1] * len(many):
            starts, stops, forms, edges = (
                list(chain.from_iterable(map(repeat, column, many)))
                for column in (starts, stops, forms, edges)
            )
        columns = starts, stops, list(chain.from_iterable(cited)), forms, edges
        for held, column in zip(self.columns.values(), columns, strict=True):
            held.extend(column)

    def _leave(self, table: Table, is_taken: Sequence[bool]) -> None:
        """Counts the filled cells of columns that are not kept."""
        filled = {name: ("",) for name in table.columns if any(table.columns[name])}
        for name in sorted(left_out(filled)):
            cells = list(compress(table.columns[name], is_taken))
            if not (filled_cells := len(cells) - cells.count("")):
                continue
            self._report.left_out[name] += filled_cells
            if self._report.wants(name):
                for row in compress(range(len(table)), is_taken):
                    cell = table.columns[name][row]
                    if cell and self._report.wants(name):
                        self._report.show(name, f"{table.place(row)}: {cell[:80]}")

    def repeated(self, edge: Edge) -> None:
        """Takes back that an edge was stored, since one before it says the same."""
        self._lose(edge, "I224", "repeated", "it says what an edge before it says.")
        self._report.stored_edges -= 1

    def _form(self, edge: Edge, *kinds: str) -> tuple[int, bool, frozenset[str]]:
        """The number of what an edge says, whether its ends are exchanged, and fields that have
        no equal here. Raises Unfit."""
        fields = edge.fields
        said = biolink.said(edge.predicate, fields, *kinds)
        made, lost = self._restored(fields, said) if is_ours(fields) else (_told(edge, said), ())
        form = replace(made, source=self._name)
        self._turned |= said.turned
        number = self._number_of.setdefault(form, len(self.forms))
        if number == len(self.forms):
            self.forms.append(form)
        return number, said.turned, frozenset(lost)

    def _restored(self, fields: Fields, said: Said) -> tuple[Statement, list[str]]:
        """The form of a statement that we once wrote, and the fields that cannot be restored."""
        lost, told = [], {}
        for name, words in _OUR_WORDS.items():
            if name in fields:
                word = fields[name][0]
                if word in words:
                    told[name.removeprefix("exograph_")] = word
                else:
                    lost.append(name)
        for name, field in _OUR_TEXTS.items():
            if name in fields:
                told[field] = " | ".join(fields[name])
        ids = {}
        for name in ("exograph_method", *_OUR_CONTEXT):
            found = [self._nodes.find(id) for id in fields.get(name, ())]
            if None in found:
                lost.append(name)
            ids[name] = tuple(sorted({held[0] for held in found if held}))
        context = Context(**{field: ids[name] for name, field in _OUR_CONTEXT.items()})
        made = Statement(
            *("", said.predicate, "", "", fields["exograph_section"][0], ""),
            method=ids["exograph_method"],
            context=context,
            **told,  # type: ignore[arg-type]
        )
        return made, lost

    def _citations(self, fields: Fields) -> tuple[tuple[int, ...], bool]:
        """References of an edge by number: its publications, else the source that it is from; and
        whether each of its publications is one of them."""
        told = fields.get("publications", ())
        if "exograph_reference" in fields:
            known = _publication(told[0], self._name) if told else None
            return (self._restored_reference(fields["exograph_reference"][0], known),), True
        found = [self._paper(text) for text in told]
        held = tuple(dict.fromkeys(chain.from_iterable(numbers for numbers in found if numbers)))
        return held or (self._dataset(fields),), None not in found

    def _paper(self, text: str) -> tuple[int] | None:
        """The number of the reference of a publication; None if it cannot be cited."""
        known = self._papers.get(text)
        if known is not None:
            return known
        if pmid := _PMID.match(text.strip()):  # most are, and this is quicker than a record
            number = pmid[1].lstrip("0") or "0"
            a, b, c, d = self._pattern
            id = f"{self._name}-pmid-{number}"
            made = self._numbered(id, f"{a}{id}{b}{number}{c}pmid-{number}{d}".encode())
        elif (found := _publication(text, self._name)) is not None:
            made = self._cite(found)
        else:
            return None
        self._papers[text] = (made,)
        return self._papers[text]

    def _cite(self, reference: Reference) -> int:
        return self._numbered(reference.id, line(reference))

    def _numbered(self, id: str, line: bytes) -> int:
        number = self._number_of.setdefault(id, len(self.references))
        if number == len(self.references):
            self.references.append((id, line))
        return number

    def _restored_reference(self, id: str, found: Reference | None) -> int:
        """What we cited: counted as its publication, or else as what has that id here."""
        id = id if SLUG.match(id) else slug_of(id)
        own = f"{self._name}-{id}"
        made = found or Reference(own, "cited", self._name, study=id)
        return self._cite(replace(made, id=own))

    def _dataset(self, fields: Fields) -> int:
        said = next((fields[name][0] for name in _SOURCES if name in fields), "")
        tail = re.sub(r"[^a-z0-9]+", "-", said.lower().removeprefix("infores:")).strip("-")[:60]
        id = f"{self._name}-{tail.strip('-')}" if tail else self._name
        title = clean(said) or self._name
        return self._cite(Reference(id, "dataset", self._name, title=title))

    def _lose(self, edge: Edge, code: str, kind: str, reason: str) -> None:
        self._reject(Reject(code, kind, reason, edge.place, raw(edge)))

    def _reject(self, reject: Reject) -> None:
        self._report.refuse(reject)
        if self._refuse is not None:
            self._refuse(reject)


def _kept(answers: dict[Key, dict[Key, T]], names: Key) -> dict[Key, T]:
    """The answers that are kept for columns of these names; none once there are too many."""
    held = answers.setdefault(names, {})
    if len(held) > _MOST:
        held.clear()
    return held


def is_ours(fields: Fields) -> bool:
    """Whether it is an edge that our own export wrote."""
    return "exograph_section" in fields


def left_out(fields: Fields) -> set[str]:
    """Names of the fields that are not kept."""
    return set(fields).difference(_TOLD_OURS if is_ours(fields) else _TOLD)


def _told(edge: Edge, said: Said) -> Statement:
    """The form of what an edge of any graph says."""
    fields = edge.fields
    level = biolink.bare(fields["knowledge_level"][0]) if "knowledge_level" in fields else ""
    negated = fields.get("negated", ("",))[0].lower() in ("true", "1")
    qualified = (f"{name}={fields[name][0]}" for name in _QUALIFIERS if name in fields)
    return Statement(
        *("", said.predicate, "", "", SECTION, ""),
        basis=_BASES.get(level, "stated"),
        stance="refutes" if negated else "supports",
        aspect=said.aspect if vocab.PREDICATES[said.predicate].is_effect else None,
        note=clean("; ".join([edge.predicate, *qualified]), 500),
    )


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
