# SPDX-License-Identifier: Apache-2.0
"""What a snapshot is made from, where that lies, and the key that tells whether it has changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from exograph import __version__
from exograph.errors import InputError
from exograph.snapshot.imported import Import, chosen
from exograph.tables import COLUMNS, file_of, find_sources, strangers

FORMAT = 4
"""Raised whenever the same tables give other files."""

ONTOLOGY_FILES = ("exograph.ttl", "prefixes.tsv", "extracts/identifiers.tsv")


def data_folder() -> Path:
    """The folder that holds ``graphs/`` and ``ontology/``: in the wheel, or the checkout around it.

    Raises InputError if there is neither.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "_data", package.parent.parent):
        if (folder / "graphs").is_dir() and (folder / "ontology").is_dir():
            return folder
    raise InputError(
        "S110",
        "The tables and the ontology did not come along with the program.",
        "Install exograph again, or name the tables with --graphs.",
    )


def default_home() -> Path:
    """Where snapshots are kept: ``EXOGRAPH_HOME``, else the user's folder for program data."""
    if named := os.environ.get("EXOGRAPH_HOME"):
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("exograph", appauthor=False)


def source_folders(graphs: Path, only: Sequence[str] = ()) -> tuple[Path, ...]:
    """Folders of the sources, or of those named. Raises InputError for a name that is none."""
    found = {folder.name: folder for folder in find_sources(graphs)}
    cure = "A source is a folder with source.toml and tables; graphs/README.md tells more."
    inner = graphs / "graphs"  # as the project has it, beside the ontology
    if not _with_settings(found.values()) and _with_settings(find_sources(inner)):
        found, cure = {}, f"There are some under {inner.absolute()}."
    if not found:
        raise InputError("S111", f"No source was found under {graphs.absolute()}.", cure)
    for name in only:
        if name not in found:
            import difflib

            raise InputError(
                "S112",
                f"There is no source {name!r} under {graphs}.",
                f"Sources are: {', '.join(found)}.",
                tuple(difflib.get_close_matches(name, found)),
            )
    return tuple(found[name] for name in (sorted(set(only)) or found))


def _with_settings(folders: Iterable[Path]) -> list[Path]:
    return [folder for folder in folders if os.access(folder / "source.toml", os.R_OK)]


def inputs_of(
    graphs: Path, home: Path | None, only: Sequence[str] = ()
) -> tuple[tuple[Path, ...], tuple[Import, ...]]:
    """Folders of tables, and imports of the home: all, or those of the sources that are named.

    Raises InputError for a name that is neither.
    """
    taken = chosen(home, only) if home is not None else ()
    names = {each.name for each in taken}
    tables = [name for name in only if name not in names]
    return (source_folders(graphs, tables) if tables or not only else ()), taken


def inputs_key(
    graphs: Path, ontology: Path, only: Sequence[str] = (), home: Path | None = None
) -> str:
    """Key of a snapshot: 32 hex digits over the bytes of every file read, and the version.

    Imports of the home count by the digests of their records. Of tables and the ontology's files
    the bytes do, and names that resemble tables (they refuse a build); notes, hidden files and
    editors' backups do not. Costs as much as reading the files.
    """
    digest = hashlib.sha256(f"exograph {__version__} {FORMAT}\n".encode())
    folders, taken = inputs_of(graphs, home, only)
    for name, path in _files(folders, ontology):
        data = _bytes_of(path)
        digest.update(f"{name}\t{len(data)}\t{hashlib.sha256(data).hexdigest()}\n".encode())
    for each in taken:
        digest.update(f"imports/{each.name}\t{each.sha256}\n".encode())
    return digest.hexdigest()[:32]


def _bytes_of(path: Path) -> bytes:
    """What cannot be read counts as empty: reading it for a build says what is wrong."""
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:
        return b""


def _files(folders: Sequence[Path], ontology: Path) -> Iterator[tuple[str, Path]]:
    for folder in folders:
        for name in ("source.toml", *(file_of(table) for table in COLUMNS)):
            path = folder / name
            if os.path.lexists(path):
                yield f"graphs/{folder.name}/{name}", path
        for name in strangers(folder):
            yield f"graphs/{folder.name}/{name}", folder / name
    for name in ONTOLOGY_FILES:
        yield f"ontology/{name}", ontology / name
