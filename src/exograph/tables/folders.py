# SPDX-License-Identifier: Apache-2.0
"""Folders of tables: which are sources, and which files in them only resemble tables.

Nothing that its author takes for a table may be passed over in silence.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from exograph.errors import Problem
from exograph.tables.columns import COLUMNS, file_of

_TABULAR = re.compile(r"\.(?:tsv|csv|tab|txt|xlsx?|ods|numbers)\b", re.IGNORECASE)
_BACKUP = re.compile(r"[.~#]|.*(?:~|#|\.(?:bak|old|orig|rej|tmp|sw[a-z]))\Z", re.IGNORECASE)
"""Names of hidden files, and of what editors and tools for patches leave behind."""


def find_sources(graphs: Path) -> tuple[Path, ...]:
    """Folders under ``graphs`` that hold a ``source.toml`` or a table, by name.

    A folder that may not be looked into counts as one, so that reading it says so; a link that
    leads nowhere is no folder.
    """
    if not graphs.is_dir():
        return ()
    return tuple(sorted(f for f in graphs.iterdir() if not f.name.startswith(".") and _is_one(f)))


def _is_one(folder: Path) -> bool:
    try:
        names = [path.name for path in folder.iterdir()]
    except PermissionError:
        return True
    except OSError:
        return False
    return "source.toml" in names or any(
        name.lower().endswith(".tsv") and not _BACKUP.match(name) for name in names
    )


def strangers(folder: Path) -> dict[str, str | None]:
    """Names of files that resemble tables, though nothing reads them, each with the likely table.

    These are every other name that ends in .tsv, the name of a table in other letter case or with
    another extension, and nearly such a name of a text or spreadsheet.
    """
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError:
        return {}
    expected = {file_of(table) for table in COLUMNS}
    found: dict[str, str | None] = {}
    for name in names:
        if name in expected or _BACKUP.match(name):
            continue
        ends_so = name.lower().endswith(".tsv")
        stem = re.sub(r"[\W_]+", "_", name.partition(".")[0].casefold()).strip("_")
        table = stem if stem in COLUMNS else None
        if table is None and _TABULAR.search(name):
            table = _nearest(stem, 0.7 if ends_so else 0.85)
        if ends_so or (table and not (folder / name).is_dir()):
            found[name] = table
    return found


def _nearest(stem: str, cutoff: float) -> str | None:
    import difflib

    near = difflib.get_close_matches(stem, COLUMNS, 1, cutoff)
    return near[0] if near else None


def unread_tables(folder: Path) -> Iterator[Problem]:
    """E109: files that resemble tables, though nothing reads them."""
    for name, table in strangers(folder).items():
        wanted = file_of(table) if table else ""
        if table is None:
            cure = "Delete it, or move it elsewhere."
        elif os.path.lexists(folder / wanted):
            cure = f"Move its rows to {wanted!r}, or delete it."
        elif name.lower().endswith((".tsv", ".tsv.txt")):
            cure = f"Rename it to {wanted!r}, or delete it."
        else:
            cure = f"Save it as text with tabs under the name {wanted!r}, or delete it."
        yield Problem(str(folder / name), None, "E109", f"No table is called {name!r}.", cure)
