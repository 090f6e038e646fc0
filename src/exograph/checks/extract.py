# SPDX-License-Identifier: Apache-2.0
"""Terms of other databases that the tables use: ``ontology/extracts/identifiers.tsv``.

``tools/identifiers.py`` makes the file from those databases' own files.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from exograph.errors import InputError

COLUMNS = (
    *("curie", "label", "synonyms", "kind", "species", "obsolete"),
    *("source", "version", "licence"),
)


@dataclass(frozen=True, slots=True)
class Term:
    """``kind`` is the database's word for it, ``species`` a taxon's CURIE or empty.

    ``source`` is the file that holds the term, ``version`` the state of that file.
    """

    curie: str
    label: str
    synonyms: tuple[str, ...]
    kind: str
    species: str
    obsolete: bool
    source: str
    version: str
    licence: str

    @property
    def state(self) -> str:
        """The file and its version, as SSSOM's ``object_source_version``."""
        return f"{self.source}, {self.version}" if self.version else self.source


def read_terms(path: Path) -> dict[str, Term]:
    """Terms by CURIE; none if there is no such file.

    Raises InputError that names the line at fault. Costs about a millisecond for a thousand terms;
    a file that has not changed is read once.
    """
    try:
        state = path.stat()
    except OSError:
        return {}
    return _read(path, state.st_mtime_ns, state.st_size)


@cache
def _read(path: Path, _modified: int, _size: int) -> dict[str, Term]:
    lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    if tuple(lines[0].split("\t")) != COLUMNS:
        raise InputError("X110", f"{path}: the header is another.", "Make the file anew.")
    found: dict[str, Term] = {}
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        if len(cells) != len(COLUMNS) or cells[0] in found:
            message = f"{path}:{number}: not {len(COLUMNS)} cells, or a term again."
            raise InputError("X110", message, "Make the file anew.")
        curie, label, synonyms, kind, species, obsolete, source, version, licence = cells
        names = tuple(synonyms.split("|")) if synonyms else ()
        found[curie] = Term(
            curie, label, names, kind, species, obsolete == "true", source, version, licence
        )
    return found
