# SPDX-License-Identifier: Apache-2.0
"""What readers of other formats give: nodes and edges as they stand there, each with its place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

Fields: TypeAlias = Mapping[str, tuple[str, ...]]
"""What is told of a node or an edge, by name; empty values are left out."""

ENDS = ("subject", "predicate", "object")
PASSED_OVER = ("reject",)
"""Fields that a file of rejects adds."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: its file, and its line there, from 1 (of RDF the first triple)."""

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


def record(fields: Fields, is_edge: bool, place: Place) -> Record | Reject:
    """The node or edge of some fields, or what it lacks to be one."""
    wanted: Sequence[str] = ENDS if is_edge else ("id",)
    for name in wanted:
        if len(fields.get(name, ())) != 1:
            said = "has no" if name not in fields else "has more than one"
            what = "edge" if is_edge else "node"
            told = {n: list(v) for n, v in fields.items()}
            reason = f"the {what} {said} {name}."
            return Reject("I203", f"{name} missing", reason, place, told, is_edge)
    if is_edge:
        (subject,), (predicate,), (object_,) = (fields[name] for name in ENDS)
        return Edge(subject, predicate, object_, fields, place)
    return Node(fields["id"][0], fields, place)


def fields_of(names: Sequence[str], row: Sequence[str]) -> Fields:
    """What a row of a table tells: lists stand between bars, cells at the end may be left out."""
    return {
        name: tuple(cell.split("|")) if "|" in cell else (cell,)
        for name, cell in zip(names, row, strict=False)
        if cell and name not in PASSED_OVER
    }


@dataclass(frozen=True, slots=True)
class Table:
    """Many rows of a table of edges: ``columns`` by name, all cells of one after the other.

    Reading rows one by one costs ten times as much as to look at columns.
    """

    columns: Mapping[str, Sequence[str]]
    lines: Sequence[int]
    file: str

    def __len__(self) -> int:
        return len(self.lines)

    def record(self, row: int) -> Record | Reject:
        cells = [column[row] for column in self.columns.values()]
        return record(fields_of(tuple(self.columns), cells), True, self.place(row))

    def place(self, row: int) -> Place:
        return Place(self.file, self.lines[row])


Piece: TypeAlias = Record | Reject | Table


def one_by_one(pieces: Iterable[Piece]) -> Iterator[Record | Reject]:
    """Records, with each row of a table as one."""
    for piece in pieces:
        if isinstance(piece, Table):
            yield from map(piece.record, range(len(piece)))
        else:
            yield piece
