# SPDX-License-Identifier: Apache-2.0
"""Files that are described: how long each is, and its digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Measured:
    """A file to be written; ``size`` (bytes) and ``digest`` (SHA-256) grow as its bytes pass by.

    ``about`` says in a few words what is in it.
    """

    path: str
    about: str = ""
    size: int = 0
    digest: Any = field(default_factory=hashlib.sha256)

    def passing(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self.size += len(piece)
            self.digest.update(piece)
            yield piece

    @property
    def sha256(self) -> str:
        return str(self.digest.hexdigest())
