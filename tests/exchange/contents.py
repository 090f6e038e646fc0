# SPDX-License-Identifier: Apache-2.0
"""Contents to write: of generated, of hostile and of curated knowledge bases."""

import csv
import io
from functools import cache
from pathlib import Path

from rdflib import Graph
from strategies import PREFIXES

from exograph import __version__, rdf
from exograph.exchange.content import Content
from exograph.exchange.formats import FORMATS
from exograph.kb import assemble
from exograph.model import KnowledgeBase
from exograph.tables import read_source

ROOT = Path(__file__).parents[2]


@cache
def curated() -> KnowledgeBase:
    """All that the project ships."""
    folders = sorted((ROOT / "graphs").glob("*/source.toml"))
    return assemble([tables for f in folders if (tables := read_source(f.parent)[0])])


@cache
def prefixes() -> dict[str, str]:
    return rdf.read_prefixes(ROOT / "ontology" / "prefixes.tsv")


def content(kb: KnowledgeBase, folder: Path | None = None, ontology: Graph | None = None):
    """With its triples in ``folder``; without one for formats that do not read them."""
    known = prefixes() | PREFIXES
    nquads = (folder or Path("nowhere")) / "kb.nq"
    if folder is not None:
        nquads.write_bytes(rdf.to_nquads(kb, rdf.plain(ontology or ()), prefixes=known))
    return Content(kb, known, nquads, __version__)


def files(name: str, content: Content) -> dict[str, bytes]:
    """The files of the format of that name."""
    return {file: b"".join(pieces) for file, pieces in FORMATS[name].write(content)}


def tsv(data: bytes) -> list[dict[str, str]]:
    """Rows of a table without quoting, as pandas and kgx read it."""
    text = io.StringIO(data.decode(), newline="")
    rows = csv.reader(text, delimiter="\t", quoting=csv.QUOTE_NONE)
    header = next(rows)
    return [dict(zip(header, row, strict=True)) for row in rows]
