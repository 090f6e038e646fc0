# SPDX-License-Identifier: Apache-2.0
"""Imports as they lie in the home: what each made, and what was said of it when it was taken in.

``imports/NAME.json`` tells of an import and names the folder of its columns. It is replaced in one
step, so an import is there as a whole, as it was before, or not at all.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exograph.errors import InputError, SnapshotError
from exograph.ids import SLUG
from exograph.snapshot.homes import sync
from exograph.snapshot.opened import plain_bytes

if TYPE_CHECKING:
    from exograph.columns.rows import Rows

_FOLDER = "imports"

LARGE = 50_000
"""Statements up to which model objects are made of an import: some 3 KB each."""


@dataclass(frozen=True)
class Import:
    """An import: its name, and ``about``: counts, files, the digest of its records."""

    path: Path
    about: dict[str, Any]

    @property
    def name(self) -> str:
        return str(self.about["name"])

    @property
    def sha256(self) -> str:
        return str(self.about["sha256"])

    @property
    def folder(self) -> Path:
        """Where its columns lie."""
        return self.path.with_name(f"{self.name}.{self.sha256[:16]}")

    @property
    def statements(self) -> int:
        return int(self.about["statements"])

    @property
    def is_large(self) -> bool:
        """Whether it stays in columns; else model objects are made of it."""
        return self.statements > LARGE

    def rows(self) -> Rows:
        """Its columns. Raises SnapshotError if they are not those that were written."""
        from exograph.columns.rows import Rows

        try:
            if digest(self.folder) != self.sha256:
                raise ValueError("it has changed since it was written")
            return Rows.open(self.folder)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise _damaged(self.folder, str(getattr(error, "strerror", None) or error)) from None


def digest(folder: Path) -> str:
    """Of the names and bytes of all files in a folder."""
    whole = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        with path.open("rb") as file:
            whole.update(f"{path.name} {file_digest(file, 'sha256').hexdigest()}\n".encode())
    return whole.hexdigest()


def imports(home: Path) -> tuple[Import, ...]:
    """The imports of a home, by name. Raises SnapshotError for one that is damaged."""
    folder = home / _FOLDER
    if not folder.is_dir():
        return ()
    return tuple(open_import(path) for path in sorted(folder.glob("*.json")))


def chosen(home: Path, only: Sequence[str]) -> tuple[Import, ...]:
    """Those among the named sources, or all if none is named."""
    return tuple(each for each in imports(home) if not only or each.name in only)


def open_import(path: Path) -> Import:
    try:
        about = json.loads(plain_bytes(path))
        digest = hashlib.sha256(_bytes({**about, "digest": ""})).hexdigest()
        if about["name"] != path.stem or about["digest"] != digest or not about["sha256"]:
            raise ValueError("it has changed since it was written")
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise _damaged(path, str(getattr(error, "strerror", None) or error)) from None
    return Import(path, about)


def put(home: Path, name: str, rows: Rows, about: dict[str, Any]) -> Import:
    """Keeps an import under a name, in place of one that is there. Hold the builder's lock."""
    folder = home / _FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    aside = folder / f"{name}.new"
    aside.mkdir()
    try:
        rows.save(aside)
        told = {**about, "name": name, "statements": len(rows), "sha256": digest(aside)}
        told["digest"] = hashlib.sha256(_bytes({**told, "digest": ""})).hexdigest()
        made = Import(folder / f"{name}.json", told)
        for path in (*aside.iterdir(), aside):
            sync(path)
        if not made.folder.exists():
            aside.replace(made.folder)
        _write(made.path, _bytes(told))
    finally:
        _sweep(folder)
    return made


def remove(home: Path, name: str) -> None:
    """Takes an import away. Raises InputError I302 if there is none. Hold the builder's lock."""
    found = {path.stem: path for path in (home / _FOLDER).glob("*.json")}
    if name not in found:
        listed = f"Imports are: {', '.join(found)}." if found else "There is none."
        raise InputError("I302", f"There is no import {name!r}.", listed)
    found[name].unlink()
    _sweep(home / _FOLDER)


def check_name(name: str, taken: Sequence[str]) -> None:
    """Raises InputError I301 for a name that no import can have."""
    if not SLUG.match(name) or len(name) > 60:
        cure = "Use lower-case letters, digits and single hyphens."
        raise InputError("I301", f"{name[:80]!r} is no name of a source.", cure)
    if name in taken:
        cure = "Choose another one."
        raise InputError("I301", f"{name!r} is the name of a source of tables.", cure)


def _sweep(folder: Path) -> None:
    """Removes what no import names: columns of a former one, or of a writer that died."""
    held = [open_import(path) for path in folder.glob("*.json")]
    named = {each.folder.name for each in held} | {each.path.name for each in held}
    for path in folder.iterdir():
        if path.name in named:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _write(path: Path, data: bytes) -> None:
    aside = path.with_name(f"{path.name}.new")
    with aside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    sync(path.parent)


def _bytes(about: dict[str, Any]) -> bytes:
    return (json.dumps(about, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _damaged(path: Path, why: str) -> SnapshotError:
    cure = "Remove the import and take it in again: exograph import --remove NAME."
    return SnapshotError("S113", f"The import in {path} is damaged: {why}.", cure)
