# SPDX-License-Identifier: Apache-2.0
"""What readers of other formats give: nodes and edges as they stand there, each with its place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Fields: TypeAlias = Mapping[str, tuple[str, ...]]
"""What is told of a node or an edge, by name; empty values are left out."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: its file, and its line there, from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Node:
    """A thing by its identifier, a CURIE."""

    id: str
    fields: Fields
    place: Place


@dataclass(frozen=True, slots=True)
class Edge:
    """What is said of two things; ``predicate`` is a CURIE."""

    subject: str
    predicate: str
    object: str
    fields: Fields
    place: Place


Record: TypeAlias = Node | Edge


@dataclass(frozen=True, slots=True)
class Reject:
    """A record that cannot be taken in, and why: ``kind`` is what it is counted by.

    What cannot even be told to be a node counts as an edge.
    """

    code: str
    kind: str
    reason: str
    place: Place
    raw: Mapping[str, object] = field(default_factory=dict)
    is_edge: bool = True

    @property
    def line(self) -> str:
        """A line of a file of rejects, which can be mended and taken in again: KGX as JSON."""
        told = {"reject": f"{self.place}: {self.code} {self.reason}", **self.raw}
        return json.dumps(told, ensure_ascii=False) + "\n"


def raw(record: Record) -> dict[str, object]:
    """The record as JSON of KGX has it."""
    ends: dict[str, object] = {"id": record.id} if isinstance(record, Node) else {}
    if isinstance(record, Edge):
        ends = {"subject": record.subject, "predicate": record.predicate, "object": record.object}
    told = {n: list(v) if len(v) > 1 else v[0] for n, v in record.fields.items() if n not in ends}
    return ends | told
