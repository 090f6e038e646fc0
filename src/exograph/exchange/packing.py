# SPDX-License-Identifier: Apache-2.0
"""Files of an export put in their place, whole or not at all: a file, a folder, a ``tar.gz``.

Archives hold no time and no owner, so equal files give equal archives.
"""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from exograph.errors import InputError
from exograph.exchange.aside import aside
from exograph.exchange.formats import Files

ARCHIVES = (".tar.gz", ".tgz")


def put(files: Files, out: Path, *, single: bool) -> Path:
    """Writes the files of an export to ``out``; gives the absolute path.

    ``single`` is a format of one file, which is compressed if ``out`` ends in ``.gz``. Of the
    others the files go into a ``tar.gz``, if it is named so, or into a new or empty folder. Nothing
    is seen under ``out`` before all is written. Raises InputError X303 for a folder that holds
    something, OSError as the system gives it.
    """
    out = out.absolute()
    archive = out.name.lower().endswith(ARCHIVES)
    if single or archive:
        if out.is_dir():
            raise IsADirectoryError(21, "Is a directory", str(out))
        place = out.resolve()
        with aside(place) as new:
            with new.open("wb") as file:
                if archive:
                    _archive(files, file)
                else:
                    _one(files, file, packed=out.name.lower().endswith(".gz"))
            new.chmod(_mode(place, 0o666))
            new.replace(place)
        return out
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError("X303", f"{out} is not empty.", "Name a folder that is new or empty.")
    with aside(out, folder=True) as new:
        fill(new, files, out)
        new.replace(out)
    return out


def fill(new: Path, files: Files, place: Path) -> None:
    """Writes files into a new folder, which gets the mode that it shall have at its place."""
    for name, pieces in files:
        path = new / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.writelines(pieces)
    new.chmod(_mode(place, 0o777))


def _one(files: Files, file: IO[bytes], *, packed: bool) -> None:
    ((_, pieces),) = files
    if not packed:
        file.writelines(pieces)
        return
    with gzip.GzipFile("", "wb", 6, file, mtime=0) as inner:
        for piece in pieces:
            inner.write(piece)


def _archive(files: Files, file: IO[bytes]) -> None:
    with (
        gzip.GzipFile("", "wb", 6, file, mtime=0) as inner,
        tarfile.open(fileobj=inner, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for name, pieces in files:
            _add(tar, name, pieces, Path(file.name).parent)


def _add(tar: tarfile.TarFile, name: str, pieces: Iterable[bytes], folder: Path) -> None:
    """A member whose length is known only once it is written."""
    with tempfile.TemporaryFile(dir=folder) as whole:
        whole.writelines(pieces)
        member = tarfile.TarInfo(name)
        member.size = whole.tell()
        whole.seek(0, io.SEEK_SET)
        tar.addfile(member, whole)


def _mode(place: Path, usual: int) -> int:
    """That of what is there, else what the user's mask leaves."""
    if place.exists():
        return place.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return usual & ~mask
