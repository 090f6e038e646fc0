# SPDX-License-Identifier: Apache-2.0
"""What is well and what is not in a home, and whether there are tables. Nothing is changed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from exograph.errors import ExographError, SnapshotError
from exograph.snapshot.building import ASIDE
from exograph.snapshot.homes import homes, may_write
from exograph.snapshot.imported import Import, digest, open_import
from exograph.snapshot.inputs import ONTOLOGY_FILES, inputs_key, source_folders
from exograph.snapshot.opened import Snapshot, current, open_snapshot, plain_bytes, regular

OK, HINT, FAULT = "ok", "hint", "fault"

ROOM = 100_000_000
"""Bytes: several times what a build of the shipped tables needs while it lasts."""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: ``name`` says which and how it was found, ``about`` the rest.

    ``state`` is ok, hint (may be mended) or fault (something will not work until it is mended).
    """

    name: str
    state: str
    about: dict[str, Any] = field(default_factory=dict)


def of_tables(graphs: Path, ontology: Path) -> Iterator[Finding]:
    """Whether there are tables and an ontology. Raises InputError S111 if there is no source."""
    names = [folder.name for folder in source_folders(graphs)]
    yield Finding("tables.there", OK, {"path": str(graphs), "sources": names})
    lacking = [name for name in ONTOLOGY_FILES if not (ontology / name).is_file()]
    if lacking:
        yield Finding("tables.ontology", FAULT, {"path": str(ontology), "files": lacking})


def of_home(home: Path, graphs: Path, ontology: Path, *, verify: bool) -> Iterator[Finding]:
    """Of a home, and of the folder that stands in for it. With ``verify`` every byte is read."""
    for place in homes(home):
        yield from _folder(place)
        if not place.is_dir():
            continue
        held = list(_lock(place))
        yield from held
        building = any(finding.name == "lock.held" for finding in held)
        yield from _snapshots(place, building, verify)
        yield from _used(place, (graphs, ontology, home), verify)
        yield from _imports(place, building, verify)


def _folder(home: Path) -> Iterator[Finding]:
    about = {"path": str(home)}
    if os.path.lexists(home) and not home.is_dir():
        yield Finding("home.no_folder", FAULT, about)
        return
    if not may_write(home):
        yield Finding("home.unwritable", HINT, about)
    else:
        yield Finding("home.there" if home.exists() else "home.none", OK, about)
    whole = home.absolute()
    free = shutil.disk_usage(next(p for p in (whole, *whole.parents) if p.exists())).free
    name, state = ("little_room", HINT) if free < ROOM else ("room", OK)
    yield Finding(f"home.{name}", state, {"path": str(home), "bytes": free})


def _lock(home: Path) -> Iterator[Finding]:
    path = home / "LOCK"
    if not os.path.lexists(path):
        return
    try:
        import fcntl
    except ImportError:
        return
    try:
        file = regular(path)
    except OSError as error:
        yield Finding("lock.unusable", HINT, {"path": str(path), "why": _why(error)})
        return
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            who = file.read(20).decode("ascii", "replace").strip()
            yield Finding("lock.held", HINT, {"path": str(path), "process": who or "?"})


def _used(home: Path, inputs: tuple[Path, Path, Path], verify: bool) -> Iterator[Finding]:
    """The snapshot that ``CURRENT`` names."""
    try:
        used = current(home)
    except SnapshotError as error:
        yield Finding("snapshot.unusable", FAULT, {"why": _why(error)})
        return
    if used is None:
        yield Finding("snapshot.none", OK, {"path": str(home)})
        return
    if fault := used.fault(None) if verify else used.fault():
        yield Finding("snapshot.unusable", FAULT, {"why": _why(fault)})
        return
    stale = _is_stale(used, inputs)
    yield Finding("snapshot.stale" if stale else "snapshot.used", HINT if stale else OK, _of(used))


def _is_stale(used: Snapshot, inputs: tuple[Path, Path, Path]) -> bool:
    graphs, ontology, home = inputs
    try:
        return used.key != inputs_key(graphs, ontology, used.manifest["only"], home)
    except ExographError as error:  # of tables or imports that other findings tell
        return error.code == "S112"


def _of(snapshot: Snapshot) -> dict[str, Any]:
    manifest = snapshot.manifest
    counted = manifest.get("counts", {}).get("statements", {})
    return {
        "path": str(snapshot.path),
        "bytes": _bytes(snapshot.path),
        "version": manifest.get("version", "?"),
        "sources": sorted(counted.get("by_source", manifest["only"])),
        "imports": sorted(manifest.get("imports", {})),
    }


def _snapshots(home: Path, building: bool, verify: bool) -> Iterator[Finding]:
    """Those that are not in use, and what builders left that were ended."""
    folder = home / "snapshots"
    try:
        named = plain_bytes(home / "CURRENT").split()[:1]
    except OSError:
        named = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.encode("utf-8", "surrogateescape") in named:
            continue
        if path.name.startswith(ASIDE):
            if not building:
                yield Finding("left.by_builder", HINT, {"path": str(path), "bytes": _bytes(path)})
            continue
        try:
            former = open_snapshot(path)
            fault = former.fault(None) if verify else former.fault()
        except SnapshotError as error:
            fault = error
        if fault is None:
            yield Finding("snapshot.former", OK, {"path": str(path), "bytes": _bytes(path)})
        else:
            yield Finding("snapshot.spoilt", HINT, {"path": str(path), "why": _why(fault)})
    for pattern in ("CURRENT.new", "CURRENT.damaged-*", "LOCK.damaged-*"):
        for path in sorted(home.glob(pattern)):
            if not building:
                yield Finding("left.aside", HINT, {"path": str(path), "bytes": _bytes(path)})


def _imports(home: Path, building: bool, verify: bool) -> Iterator[Finding]:
    folder = home / "imports"
    if not folder.is_dir():
        return
    tables = sorted(folder.glob("*.json"))
    named = {path.name for path in tables}
    for path in tables:
        about: dict[str, Any] = {"name": path.stem}
        try:
            held = open_import(path)
            _prove(held, verify)
        except (SnapshotError, OSError, ValueError) as error:
            named |= {each.name for each in folder.glob(f"{path.stem}.*") if each.suffix != ".new"}
            why = _why(error).rpartition("is damaged: ")[2]
            yield Finding("import.damaged", FAULT, about | {"path": str(path), "why": why})
            continue
        named.add(held.folder.name)
        about |= {"statements": held.statements, "bytes": _bytes(held.folder)}
        yield Finding("import.there", OK, about)
    for path in sorted(folder.iterdir()):
        if path.name not in named and not building:
            yield Finding("left.by_import", HINT, {"path": str(path), "bytes": _bytes(path)})


def _prove(held: Import, verify: bool) -> None:
    """Raises OSError or ValueError if the columns are not there, or not those that were written."""
    if verify and digest(held.folder) != held.sha256:
        raise ValueError(f"{held.folder} has changed since it was written")
    if not held.folder.is_dir():
        raise ValueError(f"{held.folder} is no folder")


def _bytes(path: Path) -> int:
    """Of a file, or of all files under a folder."""
    if path.is_symlink() or not path.is_dir():
        return path.lstat().st_size
    return sum(each.lstat().st_size for each in path.rglob("*") if each.is_file())


def _why(error: Exception) -> str:
    if isinstance(error, ExographError):
        return error.message.rstrip(".")
    return str(getattr(error, "strerror", None) or error)
