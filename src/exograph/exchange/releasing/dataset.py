# SPDX-License-Identifier: Apache-2.0
"""What a release is, for catalogues: DCAT 3, VoID and PROV, as Turtle and as JSON-LD.

https://www.w3.org/TR/vocab-dcat-3/, https://www.w3.org/TR/void/, https://www.w3.org/TR/prov-o/.
A release has an IRI of its own, by the key of its snapshot; its files are named below it. Where it
will lie is not known, so no address to download from is told.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from exograph.exchange.citing import AUTHORS, TITLE
from exograph.exchange.content import SOFTWARE
from exograph.exchange.licences import IRIS
from exograph.exchange.measuring import Measured
from exograph.exchange.releasing.counting import Counts
from exograph.exchange.releasing.release import Release
from exograph.ids import BASE, ENTITY, VOCAB, source_iri
from exograph.model import Source
from exograph.rdf import Term, Triple, lines
from exograph.rdf.term import LANG_STRING, STRING, XSD

SERIES = f"{BASE}dataset"
"""All releases together; each is a version of it."""

TITLE_ZH = "exograph：间充质干细胞外泌体促进皮肤伤口愈合的知识图谱"
ABOUT = (
    "Statements of papers on vesicles of mesenchymal stem cells and wounds, each with its "
    "reference, its quote or paraphrase and its context, as a graph. For research and teaching; "
    "not medical advice."
)
ABOUT_ZH = (
    "关于间充质干细胞囊泡与伤口的文献陈述，每条均附文献、原文引句或转述及其情境，构成一个图。"
    "用于研究与教学，不构成医疗建议。"
)
KEYWORDS = ("knowledge graph", "exosome", "mesenchymal stem cell", "wound healing")

MEDIA = {
    ".nq": "application/n-quads",
    ".ttl": "text/turtle",
    ".jsonld": "application/ld+json",
    ".tsv": "text/tab-separated-values",
    ".toml": "application/toml",
    ".rq": "application/sparql-query",
}
"""Media types of data by the ending, ``.gz`` left out."""

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SPACES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": _RDF,
    "spdx": "http://spdx.org/rdf/terms#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": XSD,
}
_FORMATS = ("N-Quads", "Turtle", "JSON-LD")
_IANA = "https://www.iana.org/assignments/media-types/"
_DATES = (("[0-9]{4}-[0-9]{2}-[0-9]{2}", "date"), ("[0-9]{4}-[0-9]{2}", "gYearMonth"))

Facts = Iterable[tuple[str, Term]]
"""Properties, as prefixed names, with their values."""


def iri_of(key: str) -> str:
    """The IRI of the release that was made from a snapshot."""
    return f"{SERIES}/{key}"


def is_data(path: str) -> bool:
    """Whether a file holds data, and so is told of: not pages, queries or notes."""
    folder = PurePosixPath(path).parts[0]
    return _bare(path).suffix in MEDIA and folder not in ("queries", "papers")


def triples(release: Release, counts: Counts, files: Iterable[Measured]) -> list[Triple]:
    """The description, sorted as N-Quads are."""
    held = [file for file in files if is_data(file.path)]
    told = [
        *_of(iri_of(release.edition.key), _dataset(release, counts, held)),
        *_of(SERIES, _series()),
        *_sources(release),
        *_making(release),
    ]
    for name, number in counts.members.items():
        part = _part(release, name)
        told += _of(part, [("void:class", _iri(name)), ("void:entities", _number(number))])
    for file in held:
        told += _distribution(release, file)
    return sorted(told, key=lambda triple: next(lines([triple])))


def turtle(triples: Iterable[Triple]) -> bytes:
    from exograph.store import to_turtle

    prefixes = {name: iri for name, iri in _SPACES.items() if name != "rdf"}
    return to_turtle("".join(lines(triples)).encode(), prefixes)[0]


def json_ld(triples: Iterable[Triple]) -> bytes:
    """The same triples, one node after the other, with their context in the file."""
    nodes = []
    for subject, said in groupby(triples, key=itemgetter(0)):
        node: dict[str, Any] = {"@id": subject.value}
        for _, property, object in said:
            is_type = property.value == f"{_RDF}type"
            key = "@type" if is_type else _short(property.value)
            value = _short(object.value) if is_type else _json(object)
            node.setdefault(key, []).append(value)
        nodes.append({k: v if k == "@id" or len(v) > 1 else v[0] for k, v in node.items()})
    document = {"@context": _SPACES, "@graph": nodes}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _dataset(release: Release, counts: Counts, files: list[Measured]) -> Iterator[tuple[str, Term]]:
    edition, sources = release.edition, release.whole.kb.sources
    for name in ("dcat:Dataset", "void:Dataset", "prov:Entity"):
        yield "rdf:type", _named(name)
    yield from _titled(ABOUT, ABOUT_ZH, "dcterms:description")
    yield from _titled(f"{TITLE}, {edition.date}", f"{TITLE_ZH}，{edition.date}", "dcterms:title")
    yield "dcterms:identifier", _text(edition.key)
    yield "dcterms:issued", _date(edition.date)
    yield "dcterms:creator", _iri(f"{SERIES}#contributors")
    yield from (("dcat:keyword", _text(word, "en")) for word in KEYWORDS)
    yield "dcat:version", _text(edition.version)
    yield "dcat:isVersionOf", _iri(SERIES)
    if release.former is not None and release.former.edition.key != edition.key:
        yield "dcat:previousVersion", _iri(iri_of(release.former.edition.key))
    yield from {_licence(s.licence): None for s in sources}
    yield from (("dcat:distribution", _iri(_file(release, file))) for file in files)
    yield "void:triples", _number(counts.triples)
    yield "void:distinctSubjects", _number(counts.subjects)
    yield "void:properties", _number(counts.properties)
    yield "void:classes", _number(counts.classes)
    yield "void:entities", _number(counts.entities)
    yield "void:uriRegexPattern", _text(f"^{re.escape(ENTITY)}")
    yield "void:uriSpace", _text(BASE)
    yield "void:vocabulary", _iri(VOCAB)
    yield from (("void:feature", _iri(f"http://www.w3.org/ns/formats/{f}")) for f in _FORMATS)
    yield from (("void:classPartition", _iri(_part(release, name))) for name in counts.members)
    rdf = (f for f in files if f.path.startswith("rdf/"))
    yield from (("void:dataDump", _iri(_file(release, file))) for file in rdf)
    yield from (("prov:wasDerivedFrom", _iri(source_iri(s.id))) for s in sources)
    yield "prov:wasGeneratedBy", _iri(f"{iri_of(edition.key)}#making")


def _series() -> Iterator[tuple[str, Term]]:
    yield "rdf:type", _named("dcat:Dataset")
    yield from _titled(TITLE, TITLE_ZH, "dcterms:title")


def _sources(release: Release) -> Iterator[Triple]:
    for s in release.whole.kb.sources:
        yield from _of(source_iri(s.id), _source(s))
    agent = [("rdf:type", _named("foaf:Agent")), ("foaf:name", _text(AUTHORS))]
    yield from _of(f"{SERIES}#contributors", agent)


def _source(source: Source) -> Iterator[tuple[str, Term]]:
    yield "rdf:type", _named("prov:Entity")
    yield from _titled(source.title_en, source.title_zh, "dcterms:title")
    yield "dcterms:issued", _date(source.date)
    yield _licence(source.licence)


def _making(release: Release) -> Iterator[Triple]:
    """The run of the program that the release came from; when it was, nothing tells."""
    used = (("prov:used", _iri(source_iri(s.id))) for s in release.whole.kb.sources)
    making = [
        ("rdf:type", _named("prov:Activity")),
        *used,
        ("prov:wasAssociatedWith", _iri(SOFTWARE)),
    ]
    yield from _of(f"{iri_of(release.edition.key)}#making", making)
    agent = [
        ("rdf:type", _named("prov:SoftwareAgent")),
        ("foaf:name", _text(f"exograph {release.edition.version}")),
    ]
    yield from _of(SOFTWARE, agent)


def _distribution(release: Release, file: Measured) -> Iterator[Triple]:
    iri = _file(release, file)
    packed = file.path.endswith(".gz")
    of_sources = {_licence(s.licence): None for s in release.whole.kb.sources}
    facts = [
        ("rdf:type", _named("dcat:Distribution")),
        ("dcterms:title", _text(file.path)),
        *of_sources,
        ("dcat:mediaType", _iri(_IANA + MEDIA[_bare(file.path).suffix])),
        *([("dcat:compressFormat", _iri(f"{_IANA}application/gzip"))] if packed else []),
        ("dcat:byteSize", Term("literal", str(file.size), f"{XSD}nonNegativeInteger")),
        ("spdx:checksum", _iri(f"{iri}#sha256")),
    ]
    yield from _of(iri, facts)
    checksum = [
        ("rdf:type", _named("spdx:Checksum")),
        ("spdx:algorithm", _named("spdx:checksumAlgorithm_sha256")),
        ("spdx:checksumValue", Term("literal", file.sha256, f"{XSD}hexBinary")),
    ]
    yield from _of(f"{iri}#sha256", checksum)


def _of(subject: str, facts: Facts) -> list[Triple]:
    return [(_iri(subject), _named(property), value) for property, value in facts]


def _titled(en: str, zh: str, property: str) -> Facts:
    return [(property, _text(en, "en")), (property, _text(zh, "zh"))]


def _licence(name: str) -> tuple[str, Term]:
    """As the IRI that it has, else as a text."""
    known = IRIS.get(name)
    return ("dcterms:license", _iri(known)) if known else ("dcterms:rights", _text(name))


def _file(release: Release, file: Measured) -> str:
    return f"{iri_of(release.edition.key)}/{quote(file.path)}"


def _part(release: Release, name: str) -> str:
    return f"{iri_of(release.edition.key)}#{quote(name.removeprefix(VOCAB), safe='')}"


def _bare(path: str) -> PurePosixPath:
    return PurePosixPath(path.removesuffix(".gz"))


def _date(text: str) -> Term:
    """A day or a month as such; all else as it is, since stores write years in several ways."""
    types = [type for form, type in _DATES if re.fullmatch(form, text)]
    return Term("literal", text, XSD + types[0] if types else STRING)


def _named(name: str) -> Term:
    prefix, _, local = name.partition(":")
    return _iri(_SPACES[prefix] + local)


def _iri(value: str) -> Term:
    return Term("iri", value)


def _text(value: str, language: str | None = None) -> Term:
    return Term("literal", value, LANG_STRING if language else STRING, language)


def _number(value: int) -> Term:
    return Term("literal", str(value), f"{XSD}integer")


def _short(iri: str) -> str:
    fits = [(name, space) for name, space in _SPACES.items() if iri.startswith(space)]
    return f"{fits[0][0]}:{iri[len(fits[0][1]) :]}" if fits else iri


def _json(term: Term) -> Any:
    if term.kind == "iri":
        return {"@id": term.value}
    if term.language is not None:
        return {"@value": term.value, "@language": term.language}
    if term.datatype == STRING:
        return term.value
    return {"@value": term.value, "@type": _short(str(term.datatype))}
