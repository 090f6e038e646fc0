# SPDX-License-Identifier: Apache-2.0
"""All files of a release, in the order in which they are written; sums and description come last.

Equal input gives equal bytes: no clock is asked, archives hold no time, and all is sorted.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator

from exograph.exchange.formats import FORMATS, Files
from exograph.exchange.measuring import Measured
from exograph.exchange.plain import pieces
from exograph.exchange.releasing import changes, dataset, notes
from exograph.exchange.releasing.counting import count
from exograph.exchange.releasing.datasheet import datasheet
from exograph.exchange.releasing.release import RECORD, SUMS, TABLES, Release

_FORMATS = (
    ("nq", "rdf/kb.nq.gz"),
    ("ttl", "rdf/kb.ttl"),
    ("jsonld", "jsonld/kb.jsonld"),
    ("kgx", "kgx/"),
    ("sssom", "mappings/kb.sssom.tsv"),
)
"""Formats of ``exchange``, and where their files go."""

ONTOLOGY = ("exograph.ttl", "shapes.ttl", "prefixes.tsv", "mappings.sssom.tsv", "evidence.tsv")
"""What is ours of the ontology; its extracts of others are not handed on."""

_GZIP = 31
"""Window bits for the form of gzip, which zlib writes without a name and a time."""


def files(release: Release) -> Files:
    """Each file with its bytes in pieces, to be taken in order."""
    written: list[Measured] = []
    for name, held in _contents(release):
        written.append(Measured(name))
        yield name, written[-1].passing(held)
    told = dataset.triples(release, count(release.whole.nquads), written)
    for name, data in (
        ("dataset.ttl", dataset.turtle(told)),
        ("dataset.jsonld", dataset.json_ld(told)),
    ):
        written.append(Measured(name))
        yield name, written[-1].passing([data])
    sums = sorted((file.path, file.sha256) for file in written)
    yield SUMS, ["".join(f"{sha256}  {path}\n" for path, sha256 in sums).encode()]


def _contents(release: Release) -> Files:
    for format, place in _FORMATS:
        for name, held in FORMATS[format].write(release.whole):
            path = place + name
            yield path, _packed(held) if path.endswith(".gz") else held
    for name, held in FORMATS["tables"].write(release.curated):
        yield f"{TABLES}/{name}", held
    for name in ONTOLOGY:
        yield f"ontology/{name}", pieces(release.ontology / name)
    for query in sorted(release.queries.glob("*.rq")):
        yield f"queries/{query.name}", pieces(query)
    for name, held in release.papers(release.curated):
        yield f"papers/{name}", held
    for name, text in _texts(release):
        yield name, [text.encode("utf-8", "replace")]


def _texts(release: Release) -> Iterator[tuple[str, str]]:
    if release.former is not None:
        kb = release.curated.kb
        told = changes.changes(release.former, kb)
        yield "changes.json", json.dumps(told, ensure_ascii=False, indent=1) + "\n"
        yield "CHANGES.md", changes.markdown(told, release.former, kb, release.edition.date)
    yield "CITATION.cff", notes.citation(release)
    yield "DATASHEET.md", datasheet(release)
    yield "LICENSES.md", notes.licences(release)
    yield "README.md", notes.readme(release)
    yield RECORD, notes.record(release)


def _packed(held: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(6, zlib.DEFLATED, _GZIP)
    for piece in held:
        yield packer.compress(piece)
    yield packer.flush()
