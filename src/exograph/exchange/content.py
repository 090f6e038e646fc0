# SPDX-License-Identifier: Apache-2.0
"""What is exported, as streams: a writer passes over them and holds no more than it must."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from exograph import __version__
from exograph.ids import BASE
from exograph.model import Claim, Entity, KnowledgeBase, Reference

if TYPE_CHECKING:
    from exograph.snapshot import Snapshot

SOFTWARE = f"{BASE}software"
"""IRI of the program, where a file tells what wrote it."""


@dataclass(frozen=True)
class Content:
    """A knowledge base with what goes along: ``prefixes`` for its CURIEs, and its triples as
    sorted N-Quads in the file ``nquads``. ``version`` is that of the program."""

    kb: KnowledgeBase
    prefixes: Mapping[str, str]
    nquads: Path
    version: str

    @classmethod
    def of(cls, snapshot: Snapshot) -> Content:
        """What a snapshot holds."""
        return cls(snapshot.kb, snapshot.prefixes, snapshot.nquads, __version__)

    @property
    def turtle(self) -> Path:
        """The same triples as Turtle; a snapshot has them beside the others."""
        return self.nquads.with_suffix(".ttl")

    @property
    def entities(self) -> Iterable[Entity]:
        """By id. May be passed over again, but neither counted nor indexed."""
        return self.kb.entities

    @property
    def claims(self) -> Iterable[Claim]:
        """By triple, with their statements; likewise."""
        return self.kb.claims

    @property
    def references(self) -> Iterable[Reference]:
        """By id; likewise."""
        return self.kb.references
