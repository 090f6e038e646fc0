# SPDX-License-Identifier: Apache-2.0
"""A snapshot as opened: every file is held against its SHA-256 before it is used."""

from __future__ import annotations

import errno
import hashlib
import json
import re
import stat
from dataclasses import dataclass, field
from functools import cached_property
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exograph.errors import Problem, SnapshotError
from exograph.model import KnowledgeBase
from exograph.records import from_json

if TYPE_CHECKING:
    from exograph.arrays import ClaimArrays
    from exograph.columns.rows import Rows
    from exograph.store import Store

_CURRENT = re.compile(r"([0-9a-f]{32}(?:-[0-9a-f]{8})?) ([0-9a-f]{64})\n\Z")
_HASHED_UP_TO = 4 * 1024**2
"""Bytes up to which each command looks at a file's content, and beyond them only at its length."""


@dataclass(frozen=True)
class Snapshot:
    """A built knowledge base in ``path``. ``warnings`` are those of the build, if this was one."""

    path: Path
    manifest: dict[str, Any]
    warnings: tuple[Problem, ...] = field(default=(), compare=False)

    @cached_property
    def small(self) -> KnowledgeBase:
        """What is held as model objects: all but large imports, each source by its own ids."""
        return from_json(self.read("kb.json").decode())

    @cached_property
    def stored(self) -> KnowledgeBase:
        """The records as they were written: each source by its own ids."""
        if not self.manifest.get("large"):
            return self.small
        from exograph.columns.joined import Joined
        from exograph.columns.large import LargeKnowledgeBase

        return LargeKnowledgeBase.of(Joined.of(self.small, self._parts, merging=False))

    @cached_property
    def kb(self) -> KnowledgeBase:
        """The knowledge base with equal entities of several sources seen as one."""
        if not self.manifest.get("imports"):  # tables never have one thing under two ids
            return self.stored
        if self.manifest.get("large"):
            return self._large
        from exograph.kb.merging import merged

        return merged(self.stored)

    @cached_property
    def _large(self) -> KnowledgeBase:
        from exograph.columns.joined import Joined
        from exograph.columns.large import LargeKnowledgeBase

        self._prove("joined/")
        try:
            joined = Joined.open(self.path / "joined", self.small, self._parts)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise damaged(self.path, f"joined cannot be read: {error}") from None
        return LargeKnowledgeBase.of(joined)

    @cached_property
    def _parts(self) -> list[Rows]:
        from exograph.columns.rows import Rows

        self._prove("parts/")
        try:
            return [Rows.open(self.path / "parts" / name) for name in self.manifest["large"]]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise damaged(self.path, f"parts cannot be read: {error}") from None

    @cached_property
    def arrays(self) -> ClaimArrays:
        from exograph.arrays import open_arrays

        self._prove("arrays/")
        return open_arrays(self.path / "arrays")

    @property
    def nquads(self) -> Path:
        """The triples; not verified by this property, but by ``store`` and ``verify``."""
        return self.path / "kb.nq"

    @property
    def key(self) -> str:
        """Key of the tables, ontology and version that this was built from."""
        return str(self.manifest["key"])

    @property
    def prefixes(self) -> dict[str, str]:
        return dict(self.manifest["prefixes"])

    def store(self) -> Store:
        """The triples, ready to be asked. They are read when first needed."""
        from exograph.store import load

        disk = self.path / "store"
        if self.manifest["disk_store"]:
            return load(self.nquads, self.prefixes, disk)
        self.read("kb.nq")
        return load(self.nquads, self.prefixes)

    def read(self, name: str) -> bytes:
        """Bytes of a file of the snapshot. Raises SnapshotError if they are not those written."""
        expected = self.manifest["files"][name]["sha256"]
        try:
            data = plain_bytes(self.path / name)
        except OSError as error:
            raise damaged(self.path, f"{name} cannot be read: {error.strerror or error}") from None
        if hashlib.sha256(data).hexdigest() != expected:
            raise damaged(self.path, f"{name} has changed since it was written")
        return data

    def _prove(self, begin: str) -> None:
        """That the files whose names begin so are those written. Raises SnapshotError."""
        for name in self.manifest["files"]:
            if name.startswith(begin):
                self.prove(name)

    def prove(self, name: str) -> None:
        """The same as ``read``, for files that are too large to be held."""
        try:
            with regular(self.path / name) as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise damaged(self.path, f"{name} cannot be read: {error.strerror or error}") from None
        if found != self.manifest["files"][name]["sha256"]:
            raise damaged(self.path, f"{name} has changed since it was written")

    def is_sound(self) -> bool:
        """Whether all files are as they were written."""
        return self.fault(None) is None

    def fault(self, up_to: int | None = _HASHED_UP_TO) -> SnapshotError | None:
        """The first file that is not as it was written, as an error that names it.

        Of a file of more than ``up_to`` bytes only the length is looked at, since the triples, say,
        are looked at when they are read, and few commands read them. None means all bytes.
        """
        for name, entry in self.manifest["files"].items():
            try:
                held = (self.path / name).stat()
                small = up_to is None or entry["bytes"] <= up_to
                if small or not stat.S_ISREG(held.st_mode):
                    self.prove(name)
            except OSError as error:
                return damaged(self.path, f"{name} cannot be read: {error.strerror or error}")
            except SnapshotError as error:
                return error
            if held.st_size != entry["bytes"]:
                return damaged(self.path, f"{name} has changed since it was written")
        if self.manifest["disk_store"] and not (self.path / "store").is_dir():
            return damaged(self.path, "store is no folder")
        return None

    def verify(self) -> None:
        """Read every file. Raises SnapshotError at the first that is damaged."""
        self._prove("")
        _ = (self.kb, self.arrays)


def current(home: Path) -> Snapshot | None:
    """The snapshot in use, or None if none was ever built here.

    Raises SnapshotError if there is one, but its manifest is not what was written.
    """
    try:
        text = plain_bytes(home / "CURRENT").decode("ascii")
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise damaged(home, f"CURRENT cannot be read: {why}") from None
    named = _CURRENT.match(text)
    if named is None:
        raise damaged(home, "CURRENT does not name a snapshot")
    return open_snapshot(home / "snapshots" / named[1], named[2])


def manifest_bytes(manifest: dict[str, Any]) -> bytes:
    """A manifest as it stands on disk, with a digest over all else in it."""
    rest = {name: value for name, value in manifest.items() if name != "digest"}
    digest = hashlib.sha256(_json(rest)).hexdigest()
    return _json({**rest, "digest": digest})


def _json(document: dict[str, Any]) -> bytes:
    text = json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True)
    return (text + "\n").encode()


def open_snapshot(path: Path, sha256: str | None = None) -> Snapshot:
    """The snapshot in a folder; ``sha256`` is that of its manifest. Raises SnapshotError."""
    try:
        data = plain_bytes(path / "manifest.json")
        manifest = json.loads(data)
        if data != manifest_bytes(manifest) or (
            sha256 is not None and hashlib.sha256(data).hexdigest() != sha256
        ):
            raise ValueError("it has changed since it was written")
        files = {str(name): str(entry["sha256"]) for name, entry in manifest["files"].items()}
        known = (manifest["key"], manifest["only"], manifest["prefixes"], manifest["disk_store"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        why = getattr(error, "strerror", None) or error
        raise damaged(path, f"manifest.json cannot be used: {why}") from None
    wanted = {"kb.json", "kb.nq", "joined/rows.npy" if manifest.get("large") else "kb.ttl"}
    if not path.name.startswith(str(known[0])) or not wanted <= files.keys():
        raise damaged(path, "manifest.json belongs to another snapshot")
    return Snapshot(path, manifest)


def plain_bytes(path: Path) -> bytes:
    """Bytes of a regular file. Raises OSError for all else: a pipe would have us wait for ever."""
    with regular(path) as file:
        return file.read()


def regular(path: Path) -> BufferedReader:
    """A regular file, opened. Raises OSError for all else."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, "it is no regular file", str(path))
    return path.open("rb")


def damaged(path: Path, what: str) -> SnapshotError:
    return SnapshotError(
        "S106", f"The snapshot in {path} is damaged: {what}.", "Run `exograph build`."
    )
