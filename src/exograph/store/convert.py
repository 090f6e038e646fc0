# SPDX-License-Identifier: Apache-2.0
"""N-Quads through Oxigraph: in its own spelling, as Turtle, or into a store on disk."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from exograph.errors import SnapshotError

if TYPE_CHECKING:
    from pyoxigraph import Store


def _loaded(nquads: bytes) -> Store:
    from pyoxigraph import RdfFormat, Store

    store = Store()
    try:
        store.bulk_load(nquads, RdfFormat.N_QUADS)
    except (SyntaxError, ValueError) as error:
        raise SnapshotError(
            "S103", f"The triples cannot be read: {error}.", "Run `exograph build`."
        ) from None
    return store


def normalise(nquads: bytes) -> bytes:
    """The quads as Oxigraph gives them back, sorted: its spelling of numbers, each quad once."""
    from pyoxigraph import RdfFormat

    data = _loaded(nquads).dump(format=RdfFormat.N_QUADS) or b""
    return b"".join(sorted(data.splitlines(keepends=True)))


def count_quads(nquads: bytes) -> int:
    """How many different quads a store holds after reading these; proves every line by parsing."""
    return len(_loaded(nquads))


def to_turtle(nquads: bytes, prefixes: Mapping[str, str]) -> bytes:
    """Sorted N-Quads of the default graph as Turtle in the same order."""
    from pyoxigraph import RdfFormat, parse, serialize

    triples = (quad.triple for quad in parse(nquads, RdfFormat.N_QUADS, without_named_graphs=True))
    return serialize(triples, format=RdfFormat.TURTLE, prefixes=dict(prefixes)) or b""


def write_disk_store(nquads: Path, folder: Path) -> None:
    """Fill an Oxigraph store on disk, for graphs that would take too long to read each time."""
    from pyoxigraph import RdfFormat, Store

    store = Store(folder)
    store.bulk_load(path=nquads, format=RdfFormat.N_QUADS)
    store.optimize()
    store.flush()
