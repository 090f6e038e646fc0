# SPDX-License-Identifier: Apache-2.0
"""KGX: nodes and edges in the Biolink Model, as tables or as JSON lines.

After github.com/biolink/kgx, specification/kgx-format.md. A node is an entity, an edge is a
statement, so each edge has its own quote, reference and context. Columns that begin with
``exograph_`` are ours; with them an import can restore the statements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any, NamedTuple

from exograph import vocab
from exograph.columns.large import LargeKnowledgeBase
from exograph.exchange import kgx_biolink as biolink
from exograph.exchange import kgx_large
from exograph.exchange.content import Content
from exograph.exchange.formats import Files
from exograph.model import Claim, Context, Entity, Reference, Statement

Value = str | bool | tuple[str, ...]
"""Of a cell; empty where there is nothing to say. A tuple is a list, whatever its length."""

Names = tuple[str, ...]

_NODE = (
    *("id", "category", "name", "description", "synonym", "same_as", "xref", "in_taxon"),
    *("type", "provided_by"),
    *("exograph_close_match", "exograph_name_zh", "exograph_description_zh"),
    *("exograph_species", "exograph_desired", "exograph_desired_reference"),
)
_ENDS = (
    *("subject", "predicate", "object", "category", "original_predicate"),
    "exograph_claim",
)
_MANNER = (
    *("qualified_predicate", "object_aspect_qualifier", "object_direction_qualifier"),
    *("causal_mechanism_qualifier", "negated", "deprecated"),
    "knowledge_level",
)
_TOLD = (
    *("basis", "stance", "certainty", "effect", "aspect", "evidence_kind", "directness"),
    "method",
)
_CITED = (
    *("agent_type", "primary_knowledge_source", "aggregator_knowledge_source"),
    *("publications", "exograph_reference", "exograph_source"),
)
_CONTEXT = (
    *("anatomical_context_qualifier", "species_context_qualifier"),
    *(f"exograph_{field}" for field in vocab.CONTEXT_FIELDS),
)
_TEXTS = ("supporting_text", "exograph_paraphrase", "exograph_section", "exograph_note")
_OURS = tuple(f"exograph_{field}" for field in _TOLD)
_ID = ("id",)
_EDGE = (*_ID, *_ENDS, *_MANNER, *_CITED, *_TEXTS, *_OURS, *_CONTEXT)
"""Columns of edges, in groups that are written as one piece: most pieces serve many edges."""

_LISTS = frozenset({"supporting_text"})
_KEPT = 10_000
"""Pieces of lines that are kept, since the next statements are likely to need them again."""
_GATHERED = 1000
"""Lines that are handed on together."""


class _Form(NamedTuple):
    """``piece`` writes values under their names, ``line`` makes a line of several pieces."""

    piece: Callable[[Names, tuple[Value, ...]], str]
    line: Callable[[tuple[str, ...]], str]
    header: Callable[[Names], Iterable[str]]


class _Things(NamedTuple):
    """What edges need of their ends and references; it grows with these, not with the edges."""

    kinds: dict[str, str]
    outside: dict[str, str]
    publications: dict[str, str]
    imports: frozenset[str]


def tables(content: Content) -> Files:
    """``nodes.tsv`` and ``edges.tsv``, with several values between bars."""
    return _files(content, _TABLE, "tsv")


def json_lines(content: Content) -> Files:
    """``nodes.jsonl`` and ``edges.jsonl``."""
    return _files(content, _JSON, "jsonl")


def own(id: str) -> str:
    """The CURIE of an entity: ``exograph:`` stands for https://w3id.org/exograph/entity/."""
    return f"exograph:{id}"


def publication(reference: Reference) -> str:
    """The CURIE of a publication, by Biolink's precedence; ours if no other is known."""
    if reference.pmid:
        return f"PMID:{reference.pmid}"
    if reference.doi:
        return f"doi:{reference.doi}"
    if reference.pmcid:
        return f"PMC:{reference.pmcid.removeprefix('PMC')}"
    return f"exograph.reference:{reference.id}"


def _files(content: Content, form: _Form, ending: str) -> Files:
    things = _things(content)
    nodes = (form.line((form.piece(_NODE, _node(e, things)),)) for e in content.entities)
    yield f"nodes.{ending}", _bytes(form.header(_NODE), nodes)
    yield f"edges.{ending}", _bytes(form.header(_EDGE), _edges(content, things, form))


def _things(content: Content) -> _Things:
    kinds: dict[str, str] = {}
    outside: dict[str, str] = {}
    for entity in content.entities:
        kinds[entity.id] = entity.type
        if entity.exact_match:
            outside[entity.id] = biolink.curie(entity.exact_match[0])
    publications = dict(_publications(content))
    imports = frozenset(s.id for s in content.kb.sources if s.evidence == "records")
    return _Things(kinds, outside, publications, imports)


def _publications(content: Content) -> Iterator[tuple[str, str]]:
    kb = content.kb
    if isinstance(kb, LargeKnowledgeBase):
        for part in kb.joined.parts:
            for told in part.references.told():  # quicker than to make records of them
                pmid, id = told.get("pmid"), told["id"]
                yield id, f"PMID:{pmid}" if pmid else publication(kb.reference[id])
        kb = kb.joined.small
    yield from ((r.id, publication(r)) for r in kb.references)


def _node(entity: Entity, things: _Things) -> tuple[Value, ...]:
    exact = tuple(map(biolink.curie, entity.exact_match))
    close = tuple(map(biolink.curie, entity.close_match))
    species, desired = entity.species, entity.desired
    return (
        own(entity.id),
        biolink.CATEGORIES[entity.type],
        entity.label_en,
        entity.description or "",
        entity.synonyms,
        exact,
        tuple(dict.fromkeys(exact + close)),
        things.outside.get(species, own(species)) if species else "",
        f"exo:{entity.type}",
        (biolink.SELF,),
        close,
        entity.label_zh,
        entity.description_zh or "",
        own(species) if species else "",
        desired.direction if desired else "",
        desired.reference if desired else "",
    )


_told = attrgetter(*_TOLD, "retracted")


def _edges(content: Content, things: _Things, form: _Form) -> Iterator[str]:
    """The lines of all statements, claim by claim. Takes some 6 µs each as a table."""
    edges = _Edges(things, form)
    kb = content.kb
    if not isinstance(kb, LargeKnowledgeBase):
        return (line for claim in content.claims for line in edges.of(claim))
    return kgx_large.edges(kb, edges.pattern, edges.cited, edges.of)


class _Edges:
    """Lines of statements. Pieces are kept, since the next statements are likely to need them."""

    def __init__(self, things: _Things, form: _Form) -> None:
        self._things, self._form = things, form
        self._manner = lru_cache(_KEPT)(self._manner_pieces)
        self._context = lru_cache(_KEPT)(self._context_piece)
        self.cited = lru_cache(_KEPT)(self._cited_piece)

    def of(self, claim: Claim) -> Iterator[str]:
        kinds = self._things.kinds
        kind = kinds.get(claim.object, "")
        ends = self._ends(claim, kinds.get(claim.subject, ""), kind, claim.id)
        for s in claim.statements:
            yield self._line(s, kind, s.id, ends, self.cited(s.reference, s.source))

    def pattern(self, claim: Claim, subject: str, object: str, marks: tuple[str, ...]) -> str:
        """The line of the one statement of a claim between ends of these kinds, with marks for its
        id, that of its claim, and what it says of its reference."""
        (only,) = claim.statements
        id, *_, own, cited = marks
        return self._line(only, object, id, self._ends(claim, subject, object, own), cited)

    def _ends(self, claim: Claim, subject: str, object: str, id: str) -> str:
        related = biolink.predicate_of(claim.predicate, subject, object)
        return self._form.piece(
            _ENDS,
            (
                own(claim.subject),
                related,
                own(claim.object),
                biolink.ASSOCIATION,
                f"exo:{claim.predicate}",
                f"exograph.claim:{id}",
            ),
        )

    def _line(self, s: Statement, kind: str, id: str, ends: str, cited: str) -> str:
        piece = self._form.piece
        manner, ours = self._manner(s.predicate, kind, _told(s))
        texts = (s.quote or "", s.paraphrase or "", s.section, s.note or "")
        return self._form.line(
            (
                piece(_ID, (f"exograph.statement:{id}",)),
                ends,
                manner,
                cited,
                piece(_TEXTS, texts),
                ours,
                self._context(s.context),
            )
        )

    def _manner_pieces(self, predicate: str, kind: str, told: tuple[Any, ...]) -> tuple[str, str]:
        piece = self._form.piece
        return piece(_MANNER, _manner(predicate, kind, told)), piece(_OURS, _own(told))

    def _cited_piece(self, reference: str, source: str) -> str:
        known = self._things.publications.get(reference) or f"exograph.reference:{reference}"
        origin = biolink.TAKEN_IN if source in self._things.imports else biolink.CURATED
        return self._form.piece(_CITED, (*origin, (known,), reference, source))

    def _context_piece(self, held: Context) -> str:
        return self._form.piece(_CONTEXT, _context(held, self._things))


def _manner(predicate: str, kind: str, told: tuple[Any, ...]) -> tuple[Value, ...]:
    said = dict(zip((*_TOLD, "retracted"), told, strict=True))
    return (
        *biolink.qualifiers(predicate, said["aspect"], kind),
        biolink.negated(predicate, said["stance"]) or "",
        said["retracted"] or "",
        biolink.KNOWLEDGE_LEVELS[said["basis"]],
    )


def _own(told: tuple[Any, ...]) -> tuple[Value, ...]:
    *words, method, _ = told
    return (*(word or "" for word in words), tuple(map(own, method)))


def _context(context: Context, things: _Things) -> tuple[Value, ...]:
    """Two qualifiers of Biolink, then all that is said.

    The species is one in Biolink, so it is left out where the statement names two.
    """

    def best(id: str) -> str:
        return things.outside.get(id) or own(id)

    return (
        tuple(map(best, context.cell + context.tissue)),
        best(context.organism[0]) if len(context.organism) == 1 else "",
        *(tuple(map(own, getattr(context, field))) for field in vocab.CONTEXT_FIELDS),
    )


_BREAKS = str.maketrans("\t\n\r", "   ")


def _cells(_: Names, values: tuple[Value, ...]) -> str:
    """Cells of a table. What would end a cell or a line becomes a blank."""
    cells = [v if v.__class__ is str else _cell(v) for v in values]
    text = "\t".join(cells)
    if text.count("\t") >= len(cells) or "\n" in text or "\r" in text:
        return "\t".join([str(cell).translate(_BREAKS) for cell in cells])
    return text


def _cell(value: Value) -> str:
    """A list between bars: a bar in a value would make two of it, so it becomes a broken one."""
    if isinstance(value, tuple):
        return "|".join([item.replace("|", "¦") for item in value])
    return str(value).lower()


def _members(names: Names, values: tuple[Value, ...]) -> str:
    """Members of a JSON object; what is empty is left out."""
    return ",".join(
        [
            f'"{name}":{_json(name, value)}'
            for name, value in zip(names, values, strict=True)
            if value
        ]
    )


def _json(name: str, value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and name not in _LISTS:
        return encode_basestring(value)
    items = (value,) if isinstance(value, str) else value
    return f"[{','.join(map(encode_basestring, items))}]"


def _object(pieces: tuple[str, ...]) -> str:
    return f"{{{','.join(filter(None, pieces))}}}"


_TABLE = _Form(_cells, "\t".join, lambda names: ("\t".join(names),))
_JSON = _Form(_members, _object, lambda _: ())


def _bytes(header: Iterable[str], lines: Iterator[str]) -> Iterator[bytes]:
    """Lines in pieces of many, which is quicker to write."""
    yield from (f"{line}\n".encode() for line in header)
    for gathered in iter(lambda: list(islice(lines, _GATHERED)), []):
        yield ("\n".join(gathered) + "\n").encode()
