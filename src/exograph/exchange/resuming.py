# SPDX-License-Identifier: Apache-2.0
"""How far a push has come, on disk: a run that was killed is taken up where it was confirmed."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from exograph.exchange.aside import aside

FOLDER = "pushes"


@dataclass(frozen=True)
class Progress:
    """A push of the triples with that SHA-256 into a graph ("" is the default one).

    ``confirmed`` counts the triples, from the first on, that the store has said it has.
    ``replace`` tells that what was in the graph before may be taken away.
    """

    endpoint: str
    graph: str
    sha256: str
    confirmed: int = 0
    replace: bool = False

    @property
    def name(self) -> str:
        """Of the file: the same for the same triples on their way to the same graph."""
        key = json.dumps([self.endpoint, self.graph, self.sha256])
        return f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.json"


def held(home: Path, fresh: Progress) -> Progress | None:
    """What is known of such a push; None if nothing is, or nothing that can be used."""
    try:
        found = Progress(**json.loads((home / FOLDER / fresh.name).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None
    same = (found.endpoint, found.graph, found.sha256) == (
        fresh.endpoint,
        fresh.graph,
        fresh.sha256,
    )
    sound = isinstance(found.confirmed, int) and isinstance(found.replace, bool)
    return found if same and sound and found.confirmed >= 0 else None


def keep(home: Path, progress: Progress) -> None:
    """Puts it on disk, whole or not at all. Raises OSError."""
    place = home / FOLDER / progress.name
    place.parent.mkdir(parents=True, exist_ok=True)
    with aside(place) as new:
        with new.open("w", encoding="utf-8") as file:
            file.write(json.dumps(asdict(progress), ensure_ascii=False, indent=2) + "\n")
            file.flush()
            os.fsync(file.fileno())
        new.replace(place)
