# SPDX-License-Identifier: Apache-2.0
"""Files through Oxigraph: triples of Turtle; N-Quads in its own spelling, as Turtle, on disk."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING

from exograph.errors import InputError, SnapshotError
from exograph.rdf import Triple
from exograph.store.answers import term_of

if TYPE_CHECKING:
    from pyoxigraph import Store


def read_turtle(path: Path) -> list[Triple]:
    """The triples of a file. Raises InputError with the file and the parser's own words."""
    from pyoxigraph import RdfFormat, parse

    try:
        held = [quad.triple for quad in parse(path=path, format=RdfFormat.TURTLE)]
        return [tuple(map(term_of, triple)) for triple in held]  # type: ignore[misc]
    except (OSError, SyntaxError, ValueError) as error:
        raise InputError("X106", f"{path} is not Turtle: {error}.", "Mend the file.") from None


def parse_triples(data: bytes, media_type: str) -> list[Triple]:
    """The triples of N-Triples or Turtle. Raises ValueError with the parser's own words."""
    from pyoxigraph import RdfFormat, parse

    format = RdfFormat.from_media_type(media_type)
    if format not in (RdfFormat.N_TRIPLES, RdfFormat.TURTLE):
        raise ValueError(f"{media_type} is neither N-Triples nor Turtle")
    try:
        held = [quad.triple for quad in parse(data, format=format)]
        return [tuple(map(term_of, triple)) for triple in held]  # type: ignore[misc]
    except SyntaxError as error:
        raise ValueError(str(error)) from None


def _loaded(nquads: bytes) -> Store:
    from pyoxigraph import RdfFormat, Store

    store = Store()
    try:
        store.bulk_load(nquads, RdfFormat.N_QUADS)
    except (SyntaxError, ValueError) as error:
        raise _unreadable(error) from None
    return store


def _unreadable(error: Exception) -> SnapshotError:
    return SnapshotError("S103", f"The triples cannot be read: {error}.", "Run `exograph build`.")


def normalise(nquads: bytes) -> bytes:
    """The quads as Oxigraph gives them back, sorted: its spelling of numbers, each quad once."""
    from pyoxigraph import RdfFormat

    data = _loaded(nquads).dump(format=RdfFormat.N_QUADS) or b""
    return b"".join(sorted(data.splitlines(keepends=True)))


def to_turtle(nquads: bytes, prefixes: Mapping[str, str]) -> tuple[bytes, int]:
    """Sorted N-Quads of the default graph as Turtle in the same order, and how many there are.

    Proves every line by parsing it. Raises SnapshotError for one that is damaged.
    """
    from pyoxigraph import RdfFormat, parse, serialize

    try:
        quads = parse(nquads, RdfFormat.N_QUADS, without_named_graphs=True)
        triples = [quad.triple for quad in quads]
    except (SyntaxError, ValueError) as error:
        raise _unreadable(error) from None
    turtle = serialize(triples, format=RdfFormat.TURTLE, prefixes=dict(prefixes)) or b""
    return turtle, len(set(triples))


def write_turtle(nquads: Path, prefixes: Mapping[str, str], out: IO[bytes]) -> None:
    """The same of a file, line by line. Raises SnapshotError for a line that is damaged."""
    from pyoxigraph import RdfFormat, parse, serialize

    try:
        quads = parse(path=nquads, format=RdfFormat.N_QUADS, without_named_graphs=True)
        triples = (quad.triple for quad in quads)
        serialize(triples, out, format=RdfFormat.TURTLE, prefixes=dict(prefixes))
    except (SyntaxError, ValueError) as error:
        raise _unreadable(error) from None


def write_disk_store(nquads: Path, folder: Path) -> None:
    """Fill an Oxigraph store on disk, for graphs that would take too long to read each time."""
    from pyoxigraph import RdfFormat, Store

    store = Store(folder)
    store.bulk_load(path=nquads, format=RdfFormat.N_QUADS)
    store.optimize()
    store.flush()
