# SPDX-License-Identifier: Apache-2.0
"""What a release is made of, as values."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from exograph.exchange.citing import Edition
from exograph.exchange.content import Content
from exograph.exchange.formats import Writer
from exograph.model import KnowledgeBase, Source

if TYPE_CHECKING:
    from exograph.arrays import ClaimArrays

RECORD = "release.json"
"""The file by which a folder is known as a release, and which one it is."""

SUMS = "SHA256SUMS"
TABLES = "tables"


@dataclass(frozen=True)
class Former:
    """A release or snapshot before this one, with what its tables held."""

    edition: Edition
    kb: KnowledgeBase


@dataclass(frozen=True)
class Release:
    """All that a release is made of.

    ``curated`` is what the tables hold, ``whole`` that and the imports whose licence lets them be
    handed on; ``left_out`` are the other imports. ``arrays`` are those of ``curated``. ``ontology``
    and ``queries`` are folders; the second may be missing. ``papers`` writes the pages of papers.
    """

    edition: Edition
    curated: Content
    whole: Content
    arrays: ClaimArrays
    ontology: Path
    queries: Path
    papers: Writer
    left_out: tuple[Source, ...] = ()
    former: Former | None = None
