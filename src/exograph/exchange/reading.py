# SPDX-License-Identifier: Apache-2.0
"""Formats that an import reads: which one a file has, and its records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from exograph.errors import InputError
from exograph.exchange import kgx_in
from exograph.exchange.incoming import Record, Reject
from exograph.model import KnowledgeBase

FORMATS: Mapping[str, tuple[str, ...]] = {
    "kgx": (".tsv", ".csv", ".txt", ".jsonl", ".ndjson", ".tar", ".tar.gz", ".tgz"),
}
"""Names of formats, and the endings by which a file is taken for one."""


def format_of(path: Path, name: str | None = None) -> str:
    """The format of a file, by ``name`` or by the longest ending that fits; ``.gz`` does not count.

    Raises InputError I105 for what is none.
    """
    if name is not None:
        if name in FORMATS:
            return name
        cure = f"Use {', '.join(FORMATS)}."
        raise InputError("I105", f"There is no format {name!r}.", cure)
    whole = path.name.lower()
    fits = [
        (len(ending), format)
        for format, endings in FORMATS.items()
        for ending in endings
        if whole.endswith(ending) or whole.removesuffix(".gz").endswith(ending)
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
) -> Iterator[Record | Reject]:
    """The nodes and edges of a file, in its format or in the one that its name ends in.

    ``columns`` tells what the columns of a table of edges are; names of genes are looked up in
    ``known``. Raises InputError for a file that cannot be read; what was given before that must
    then be thrown away.
    """
    format_of(path, format)
    return kgx_in.read(path)
