# SPDX-License-Identifier: Apache-2.0
"""Nanopublications in TriG: a statement, who says so, and how it came to be published.

After the guidelines of nanopub.net: four named graphs each, and no blank nodes. What a statement
says for its claim is asserted as the plain triple; what speaks against it, or was retracted, must
not be, so there the claim is asserted as a node with the stance towards it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from itertools import starmap
from typing import NamedTuple
from urllib.parse import quote

from exograph import vocab
from exograph.exchange.content import SOFTWARE, Content
from exograph.exchange.formats import Files
from exograph.exchange.jsonld_triples import Triples, opened
from exograph.exchange.licences import IRIS
from exograph.exchange.writing import encoded
from exograph.ids import BASE, VOCAB, claim_iri, entity_iri, reference_iri, statement_iri, term_iri
from exograph.model import Claim, Reference, Source, Statement
from exograph.rdf import shape, shorten, spelled
from exograph.rdf.term import LANG_STRING, STRING, XSD, Term
from exograph.rdf.write import ECO

_PREFIXES = {
    "ECO": ECO,
    "claim": f"{BASE}claim/",
    "dcterms": "http://purl.org/dc/terms/",
    "entity": f"{BASE}entity/",
    "exo": VOCAB,
    "np": "http://www.nanopub.org/nschema#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "reference": f"{BASE}reference/",
    "source": f"{BASE}source/",
    "statement": f"{BASE}statement/",
}
_HEAD = (
    ("a", "np:Nanopublication"),
    ("np:hasAssertion", "sub:assertion"),
    ("np:hasProvenance", "sub:provenance"),
    ("np:hasPublicationInfo", "sub:pubinfo"),
)
_DATES = (("%Y-%m-%d", "date"), ("%Y-%m", "gYearMonth"), ("%Y", "gYear"))
_CACHED = 1 << 14

Pairs = Iterable[tuple[str, str]]
"""Properties and objects as TriG spells them."""


class _Things(NamedTuple):
    """What statements need of others; it grows with these, not with the statements."""

    labels: Mapping[str, str]
    papers: Mapping[str, tuple[str, ...]]
    sources: Mapping[str, Source]
    version: str


def nanopub(content: Content) -> Files:
    """All statements, one after the other in the order of their claims."""
    yield "", encoded(_document(content))


def nanopub_iri(id: str) -> str:
    """IRI of the nanopublication of a statement; its graphs have a fragment besides."""
    return f"{BASE}nanopub/{id}"


def papers(reference: Reference) -> tuple[str, ...]:
    """IRIs of what is cited: by its DOI and by its number in PubMed, where these are known."""
    doi, pmid = reference.doi, reference.pmid
    return (
        *([f"https://doi.org/{quote(doi, safe='/():;')}"] if doi else ()),
        *([f"https://pubmed.ncbi.nlm.nih.gov/{quote(pmid, safe='')}/"] if pmid else ()),
    )


def _document(content: Content) -> Iterator[str]:
    things = _Things(
        {e.id: e.label_en for e in content.entities},
        {r.id: papers(r) for r in content.references},
        {s.id: s for s in content.kb.sources},
        content.version,
    )
    yield "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in _PREFIXES.items())
    with opened(content.nquads) as triples:
        for claim in content.claims:
            for statement in claim.statements:
                yield _nanopub(claim, statement, triples, things)


def _nanopub(claim: Claim, statement: Statement, triples: Triples, things: _Things) -> str:
    """The four graphs, after the two prefixes by which they are named."""
    iri = nanopub_iri(statement.id)
    return "".join(
        (
            f"\n@prefix this: <{iri}> .\n@prefix sub: <{iri}#> .\n\n",
            _graph("Head", ("this:", _HEAD)),
            _graph("assertion", *_assertion(claim, statement)),
            _graph("provenance", *_provenance(claim, statement, triples, things)),
            _graph("pubinfo", *_pubinfo(claim, statement, things)),
        )
    )


def _graph(name: str, *told: tuple[str, Pairs]) -> str:
    """A named graph: its subjects, each with what is said of it."""
    return f"sub:{name} {{\n{''.join(starmap(_about, told))}}}\n"


def _about(subject: str, pairs: Pairs) -> str:
    told = " ;\n        ".join(f"{property} {object}" for property, object in pairs)
    return f"    {subject} {told} .\n"


def _assertion(claim: Claim, statement: Statement) -> Iterator[tuple[str, Pairs]]:
    subject, object = _iri(entity_iri(claim.subject)), _iri(entity_iri(claim.object))
    predicate = _iri(term_iri(claim.predicate))
    if statement.supports:
        yield subject, [(predicate, object)]
        return
    said = _iri(statement_iri(statement.id))
    ends = (("rdf:subject", subject), ("rdf:predicate", predicate), ("rdf:object", object))
    yield _iri(claim_iri(claim.id)), [("a", "exo:Claim"), *ends, (_HAS_STATEMENT, said)]
    stance: list[tuple[str, str]] = [("exo:stance", _text(statement.stance))]
    if statement.retracted:
        stance.append((_iri(shape.RETRACTED), "true"))
    yield said, stance


def _provenance(
    claim: Claim, statement: Statement, triples: Triples, things: _Things
) -> Iterator[tuple[str, Pairs]]:
    """What the assertion comes from, and all that the N-Quads say of the statement."""
    iri = statement_iri(statement.id)
    said = _iri(iri)
    origins = (reference_iri(statement.reference), *things.papers.get(statement.reference, ()))
    yield "sub:assertion", [("prov:wasDerivedFrom", o) for o in (said, *map(_iri, origins))]
    yield _iri(claim_iri(claim.id)), [(_HAS_STATEMENT, said)]
    yield said, [(_iri(property), _object(o)) for property, o in triples.of(f"<{iri}>")]


def _pubinfo(claim: Claim, statement: Statement, things: _Things) -> Iterator[tuple[str, Pairs]]:
    subject, object = (things.labels.get(id, id) for id in (claim.subject, claim.object))
    label = f"{subject} {vocab.label(claim.predicate, 'en')} {object}"
    about = [("rdfs:label", spelled(Term("literal", label, LANG_STRING, "en")))]
    if source := things.sources.get(statement.source):
        about.append(_licence(source.licence))
        about.append(("dcterms:created", spelled(_date(source.date))))
        about.append(("dcterms:source", _iri(shape.node("source", source.id))))
    yield "this:", [*about, ("prov:wasGeneratedBy", "sub:export")]
    yield "sub:export", [("a", "prov:Activity"), ("prov:wasAssociatedWith", f"<{SOFTWARE}>")]
    name = ("rdfs:label", _text(f"exograph {things.version}"))
    yield f"<{SOFTWARE}>", [("a", "prov:SoftwareAgent"), name]


def _licence(name: str) -> tuple[str, str]:
    """As the IRI that it has, else as a text."""
    known = IRIS.get(name)
    return ("dcterms:license", f"<{known}>") if known else ("dcterms:rights", _text(name))


def _date(text: str) -> Term:
    """A day, a month or a year as such, any other text as it is."""
    for form, type in _DATES:
        with suppress(ValueError):
            if datetime.strptime(text, form).strftime(form) == text:
                return Term("literal", text, XSD + type)
    return Term("literal", text, STRING)


def _text(text: str) -> str:
    return spelled(Term("literal", text, STRING))


def _object(term: Term) -> str:
    return _iri(term.value) if term.kind == "iri" else spelled(term)


@lru_cache(_CACHED)
def _iri(iri: str) -> str:
    return shorten(iri, _PREFIXES)


_HAS_STATEMENT = _iri(shape.HAS_STATEMENT)
