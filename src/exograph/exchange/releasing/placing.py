# SPDX-License-Identifier: Apache-2.0
"""A release put in its place as a whole, and what is known of one that lies there.

A folder is taken for a release by its sums: it may be replaced only if it holds no file but those
that were written, as they were written.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path

from exograph.errors import InputError
from exograph.exchange.aside import aside
from exograph.exchange.citing import Edition
from exograph.exchange.formats import Files
from exograph.exchange.packing import fill
from exograph.exchange.releasing.release import RECORD, SUMS, TABLES, Former

_SUM = re.compile(r"([0-9a-f]{64})  (.+)")
_ELSEWHERE = "Name a folder that is new or empty."


def put(files: Files, out: Path, *, replacing: bool) -> Path:
    """Writes a release into a new or empty folder; gives its absolute path.

    With ``replacing`` an older release that lies there goes, once the new one is whole. Raises
    InputError: X307 if other files are in the folder, X308 for a release without ``replacing``;
    OSError as the system gives it.
    """
    place = out.absolute().resolve()
    check(place, replacing=replacing)
    with aside(place, folder=True) as new:
        fill(new, files, place)
        check(place, replacing=replacing)
        if not place.exists() or not any(place.iterdir()):
            new.replace(place)
        else:
            with aside(place, folder=True) as old:
                former = place.rename(old / "former")
                try:
                    new.replace(place)
                except OSError:
                    former.rename(place)
                    raise
    return out.absolute()


def check(place: Path, *, replacing: bool) -> None:
    """Raises InputError, as ``put`` does, unless a release may go there."""
    if not os.path.lexists(place):
        return
    if not place.is_dir():
        raise InputError("X307", f"{place} is no folder.", _ELSEWHERE)
    if not any(place.iterdir()):
        return
    if not (place / RECORD).is_file() or not (place / SUMS).is_file():
        message = f"{place} is not empty, and holds no release."
        raise InputError("X307", message, _ELSEWHERE)
    if strange := _strange(place):
        others = f" and {len(strange) - 1} more" if len(strange) > 1 else ""
        message = f"{place} holds what is not of the release there: {strange[0]}{others}."
        raise InputError("X307", message, f"Take it away. {_ELSEWHERE}")
    if not replacing:
        cure = "Give --replace, or another folder."
        raise InputError("X308", f"{place} holds a release already.", cure)


def _strange(folder: Path) -> list[str]:
    """Files of a folder that are not those of the release, or not as they were written."""
    sums = _sums(folder)
    strange = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        plain = not path.is_symlink() and (path.is_dir() or path.is_file())
        if not plain or (path.is_file() and name != SUMS and sums.get(name) != _sha256(path)):
            strange.append(name)
    return strange


def _sums(folder: Path) -> dict[str, str]:
    text = (folder / SUMS).read_text(encoding="utf-8", errors="replace")
    return {name: sha256 for sha256, name in _SUM.findall(text)}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def former(folder: Path) -> Former:
    """A release as it lies in a folder. Raises InputError X309 if its tables are not as written."""
    from exograph.kb import assemble
    from exograph.tables import find_sources, read_source

    sums = _sums(folder) if (folder / SUMS).is_file() else {}
    names = [RECORD, *(name for name in sums if name.startswith(f"{TABLES}/"))]
    for name in names:
        if not (folder / name).is_file() or sums.get(name) != _sha256(folder / name):
            raise _damaged(folder, f"{name} is not as it was written")
    try:
        told = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        edition = Edition(str(told["version"]), str(told["key"]), str(told["date"]))
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(folder, f"{RECORD} cannot be read ({error})") from None
    read = [read_source(source) for source in find_sources(folder / TABLES)]
    tables = [held for held, _ in read if held is not None]
    if not tables or len(tables) < len(read):
        raise _damaged(folder, "its tables cannot be read by this version")
    return Former(edition, assemble(tables))


def _damaged(folder: Path, why: str) -> InputError:
    return InputError("X309", f"The release in {folder} is damaged: {why}.", "Get it again.")
