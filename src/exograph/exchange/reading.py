# SPDX-License-Identifier: Apache-2.0
"""Formats that an import reads: which one a file has, and its records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

from exograph.errors import InputError
from exograph.exchange.incoming import Piece, Record, Reject
from exograph.exchange.kgx_in import What
from exograph.exchange.together import together
from exograph.model import KnowledgeBase

FORMATS: Mapping[str, tuple[str, ...]] = {
    "kgx": (".tsv", ".csv", ".txt", ".jsonl", ".ndjson", ".tar", ".tar.gz", ".tgz"),
    "turtle": (".ttl", ".turtle"),
    "n-triples": (".nt",),
    "n-quads": (".nq",),
    "trig": (".trig",),
    "json-ld": (".jsonld",),
    "rdf-xml": (".rdf", ".owl", ".rdfs"),
    "sssom": (".sssom.tsv", ".sssom.csv"),
    "gmt": (".gmt",),
    "gpml": (".gpml",),
    "gocam": (".gocam.json",),
    "table": (),
}
"""Names of formats, and the endings by which a file is taken for one."""

_READERS = {"sssom": "sssom_in", "gpml": "gpml_in", "gocam": "gocam_in"}
"""Modules of formats that need nothing but the file."""

Reader: TypeAlias = Callable[[Path], Iterator[Record | Reject]]

_TABLES = (".tsv", ".csv", ".txt")


def format_of(path: Path, name: str | None = None, columns: Path | None = None) -> str:
    """The format of a file, by ``name`` or by the longest ending that fits; ``.gz`` does not count.

    With ``columns``, tables are those of edges that these tell of. Raises InputError I105 for what
    is no format.
    """
    if name is not None:
        if name in FORMATS:
            return name
        cure = f"Use {', '.join(FORMATS)}."
        raise InputError("I105", f"There is no format {name!r}.", cure)
    whole = path.name.lower()
    bare = whole.removesuffix(".gz")
    if columns is not None and bare.endswith(_TABLES):
        return "table"
    fits = [
        (len(ending), format)
        for format, endings in FORMATS.items()
        for ending in endings
        if whole.endswith(ending) or bare.endswith(ending)
    ]
    if not fits:
        ends = sorted({ending for endings in FORMATS.values() for ending in endings})
        cure = f"Give --format NAME, or name it {', '.join(ends)}; .gz may follow."
        raise InputError("I105", f"{path} has no ending of a format that is read.", cure)
    return max(fits)[1]


def read(
    path: Path,
    format: str | None = None,
    columns: Path | None = None,
    known: KnowledgeBase | None = None,
    only: What | None = None,
) -> Iterator[Piece]:
    """The nodes and edges of a file, in its format or in the one that its name ends in.

    ``columns`` tells what the columns of a table of edges are; names of genes are looked up in
    ``known``. If ``only`` nodes or edges are wanted, the others may be left out. Raises InputError
    for a file that cannot be read; what was given before that must then be thrown away.
    """
    found = format_of(path, format, columns)
    if found == "kgx":
        from exograph.exchange import kgx_in

        return kgx_in.pieces(path, only)
    if found in _READERS:
        read: Reader = import_module(f"exograph.exchange.{_READERS[found]}").read
        return together(read(path))
    if found == "gmt":
        from exograph.exchange import gmt_in

        return together(gmt_in.read(path, known or KnowledgeBase()))
    if found == "table":
        from exograph.exchange import table_in

        if columns is None:
            cure = "Give --columns FILE.toml; docs/importing.md has an example."
            raise InputError("I109", f"What are the columns of {path}?", cure)
        return together(table_in.read(path, table_in.columns_of(columns)))
    from exograph.exchange import rdf_in

    return together(rdf_in.read(path, found))
