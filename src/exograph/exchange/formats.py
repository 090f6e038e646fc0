# SPDX-License-Identifier: Apache-2.0
"""The formats that can be written, and which one a file's name asks for.

A writer is a function of a ``Content`` that yields files: each a name, and its bytes in pieces. A
format of one file yields the name "". Equal content gives equal bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module

from exograph.errors import InputError
from exograph.exchange.content import Content

Files = Iterator[tuple[str, Iterable[bytes]]]
Writer = Callable[[Content], Files]


@dataclass(frozen=True)
class Format:
    """``suffix`` is what names of its files end in, empty for a folder of files; ``writer`` is
    ``module:function``, imported when it is used; a module without a dot is of this room."""

    name: str
    suffix: str
    title: str
    writer: str

    @property
    def write(self) -> Writer:
        module, _, function = self.writer.partition(":")
        whole = module if "." in module else f"exograph.exchange.{module}"
        found: Writer = getattr(import_module(whole), function)
        return found


FORMATS: dict[str, Format] = {
    f.name: f
    for f in (
        Format("nq", ".nq", "N-Quads: all that the knowledge base holds, as RDF", "plain:nquads"),
        Format("graphml", ".graphml", "GraphML, for networkx, igraph and yEd", "graphml:graphml"),
        Format("gexf", ".gexf", "GEXF 1.3, for Gephi", "gexf:gexf"),
        Format("cx2", ".cx2", "CX2, for Cytoscape and NDEx", "cx2:cx2"),
        Format("cyjs", ".cyjs", "JSON of Cytoscape.js", "cytoscape:cyjs"),
        Format("neo4j", "", "a folder of CSV for neo4j-admin database import", "neo4j:neo4j"),
        Format("ttl", ".ttl", "Turtle", "turtle:turtle"),
        Format("jsonld", ".jsonld", "JSON-LD, from the entities on", "jsonld:jsonld"),
        Format("kgx", "", "KGX: tables of nodes and edges in the Biolink Model", "kgx:tables"),
        Format("kgx-jsonl", "", "KGX as JSON lines", "kgx:json_lines"),
        Format("csv", "", "CSV for spreadsheets", "csv_files:files"),
        Format("sssom", ".sssom.tsv", "Mappings of the entities, in SSSOM", "sssom:sssom"),
        Format("nanopub", ".trig", "Nanopublications, one of each statement", "nanopub:nanopub"),
        Format("ro-crate", "", "RO-Crate: several formats, described", "ro_crate:crate"),
        Format("tables", "", "The curated tables, to be built again", "tables:tables"),
    )
}
"""By name, in the order in which they are listed."""


def format_of(
    file: str, name: str | None = None, formats: Mapping[str, Format] = FORMATS
) -> Format:
    """The format of that name, else the one that the file's name ends in, ``.gz`` left out.

    Raises InputError: X301 for a name that is none, X302 if the file's name does not tell.
    """
    from difflib import get_close_matches

    if name is not None:
        if name in formats:
            return formats[name]
        near = tuple(get_close_matches(name, formats, n=3))
        cure = f"Did you mean {near[0]}?" if near else f"Formats are {', '.join(formats)}."
        raise InputError("X301", f"There is no format {name!r}.", cure, near)
    bare = file.lower().removesuffix(".gz")
    found = [f for f in formats.values() if f.suffix and bare.endswith(f.suffix)]
    if not found:
        cure = f"Name one with --format: {', '.join(formats)}."
        raise InputError("X302", f"The name {file!r} does not tell the format.", cure)
    return max(found, key=lambda f: len(f.suffix))
