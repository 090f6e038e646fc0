# SPDX-License-Identifier: Apache-2.0
"""RO-Crate 1.2: the knowledge base in several formats, with a description of all of it.

https://www.researchobject.org/ro-crate/: a folder whose ``ro-crate-metadata.json`` tells what the
files are, where they come from and under which licence. It is written last, when the lengths and
digests of the others are known. Its date is that of the newest source, so no clock is asked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from exograph.errors import InputError
from exograph.exchange.content import SOFTWARE, Content
from exograph.exchange.formats import FORMATS, Files
from exograph.exchange.licences import IRIS
from exograph.exchange.measuring import Measured
from exograph.ids import source_iri
from exograph.model import Source

Node = dict[str, Any]

METADATA = "ro-crate-metadata.json"
_SPECIFICATION = "https://w3id.org/ro/crate/1.2"
_CONTEXT = f"{_SPECIFICATION}/context"
_APACHE = "https://www.apache.org/licenses/LICENSE-2.0"
_ROOT = "./"
_EXPORT = "#export"
_NAME = "Knowledge graph of how exosomes of mesenchymal stem cells heal skin wounds"
_ABOUT = (
    "Statements of papers on vesicles of mesenchymal stem cells and wounds, each with its "
    "reference, its quote or paraphrase and its context, as a graph. The same in several formats."
)
_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?\Z")


class _Part(NamedTuple):
    """What a format becomes in the crate: a file, or a folder if ``path`` ends in a slash."""

    format: str
    path: str
    about: str


PARTS = (
    _Part("nq", "kb.nq", "All that the knowledge base holds, as sorted N-Quads"),
    _Part("ttl", "kb.ttl", "The same triples as Turtle"),
    _Part("jsonld", "kb.jsonld", "The same triples as JSON-LD, told from the entities on"),
    _Part("kgx", "kgx/", "KGX: entities as nodes and statements as edges of the Biolink Model"),
    _Part("csv", "csv/", "Tables for spreadsheets, one of each kind of record"),
)
_MEDIA = {
    ".nq": "application/n-quads",
    ".ttl": "text/turtle",
    ".jsonld": "application/ld+json",
    ".tsv": "text/tab-separated-values",
    ".csv": "text/csv",
    ".md": "text/markdown",
}


def crate(content: Content) -> Files:
    """The files of all ``PARTS``, a page that tells of them, and the metadata.

    Raises InputError X305 if no source has a date, since a crate must have one.
    """
    date = _published(content.kb.sources)
    files: list[Measured] = []
    for part in PARTS:
        for name, pieces in FORMATS[part.format].write(content):
            files.append(Measured(part.path + name, part.about))
            yield files[-1].path, files[-1].passing(pieces)
    page = Measured("README.md", "What is in the crate")
    yield page.path, page.passing(_page(content, date))
    yield METADATA, _metadata(content, date, [page, *files])


def _published(sources: Iterable[Source]) -> str:
    dates = [s.date for s in sources if _DATE.match(s.date)]
    if not dates:
        cure = "Give a source its date in source.toml, such as 2026-11-24."
        raise InputError("X305", "No source has a date, and a crate must have one.", cure)
    return max(dates)


def _page(content: Content, date: str) -> Iterator[bytes]:
    listed = "".join(f"- `{part.path}`: {part.about}.\n" for part in PARTS)
    text = (
        f"# {_NAME}\n\n{_ABOUT}\nOf {date}, by exograph {content.version}.\n\n{listed}\n"
        f"`{METADATA}` describes the files, their sources and licences (RO-Crate 1.2).\n\n"
        "Not medical advice.\n"
    )
    yield text.encode("utf-8", "replace")


def _metadata(content: Content, date: str, files: list[Measured]) -> Iterator[bytes]:
    """The document, made when it is asked for: by then the other files have been written."""
    graph = list(_graph(content, date, files))
    told = {"@context": _CONTEXT, "@graph": graph}
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    yield text.encode("utf-8", "replace")


def _graph(content: Content, date: str, files: list[Measured]) -> Iterator[Node]:
    sources = content.kb.sources
    licences = _licences(sources)
    origins = [source_iri(s.id) for s in sources]
    folders = {part.path: part for part in PARTS if part.path.endswith("/")}
    at_root = [f.path for f in files if "/" not in f.path]
    yield {
        "@id": METADATA,
        "@type": "CreativeWork",
        "name": "Description of the crate",
        "about": _to(_ROOT),
        "conformsTo": _to(_SPECIFICATION),
    }
    yield {
        "@id": _ROOT,
        "@type": "Dataset",
        "name": _NAME,
        "description": _ABOUT,
        "datePublished": date,
        "license": _to(*licences.values()),
        "isBasedOn": _to(*origins),
        "mentions": _to(_EXPORT),
        "hasPart": _to(*at_root, *folders),
    }
    for path, part in folders.items():
        yield {
            "@id": path,
            "@type": "Dataset",
            "name": FORMATS[part.format].title,
            "description": part.about,
            "hasPart": _to(*(f.path for f in files if f.path.startswith(path))),
        }
    yield from map(_file, files)
    for source in sources:
        yield _source(source, licences[source.licence])
    for name, id in licences.items():
        yield _licence(id, name)
    yield {
        "@id": _EXPORT,
        "@type": "CreateAction",
        "name": "Export of the knowledge base",
        "instrument": _to(SOFTWARE),
        "object": _to(*origins),
        "result": _to(_ROOT),
    }
    yield {
        "@id": SOFTWARE,
        "@type": "SoftwareApplication",
        "name": "exograph",
        "softwareVersion": content.version,
        "license": _to(_APACHE),
    }
    yield _licence(_APACHE, "Apache-2.0")


def _file(file: Measured) -> Node:
    return {
        "@id": file.path,
        "@type": "File",
        "name": PurePosixPath(file.path).name,
        "description": file.about,
        "encodingFormat": _MEDIA[PurePosixPath(file.path).suffix],
        "contentSize": str(file.size),
        "sha256": file.sha256,
    }


def _source(source: Source, licence: str) -> Node:
    return {
        "@id": source_iri(source.id),
        "@type": "CreativeWork",
        "name": source.title_en,
        "alternateName": source.title_zh,
        "datePublished": source.date,
        "license": _to(licence),
    }


def _licence(id: str, name: str) -> Node:
    return {"@id": id, "@type": "CreativeWork", "name": name, "description": f"Licence {name}"}


def _licences(sources: Iterable[Source]) -> dict[str, str]:
    """Identifiers of the licences by name: on the web, or else within the crate."""
    names = dict.fromkeys(s.licence for s in sources)
    return {name: IRIS.get(name, f"#licence-{n}") for n, name in enumerate(names, 1)}


def _to(*ids: str) -> Node | list[Node]:
    """One reference alone, several as a list: the compacted form of JSON-LD."""
    nodes: list[Node] = [{"@id": id} for id in ids]
    return nodes[0] if len(nodes) == 1 else nodes
