# SPDX-License-Identifier: Apache-2.0
"""Computed from the knowledge base or its tables: roles, fill rates, identifiers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from exograph import vocab
from exograph.model import Claim, KnowledgeBase, Outline

if TYPE_CHECKING:
    from exograph.tables import Tables


def head(claim: Claim) -> dict[str, Any]:
    """What a claim says, as plain values, without who says so."""
    return {
        "claim": claim.id,
        "subject": claim.subject,
        "predicate": claim.predicate,
        "object": claim.object,
        "sign": vocab.sign_text(claim.sign),
    }


def roles_of(kb: KnowledgeBase, id: str) -> tuple[str, ...]:
    """The roles that one entity plays, sorted, without a look at all claims."""
    return tuple(sorted(roles(kb, kb.claims_at(id)).get(id, ())))


def roles(
    kb: KnowledgeBase,
    claims: Iterable[Claim | Outline] | None = None,
    *,
    with_retracted: bool = False,
) -> dict[str, frozenset[str]]:
    """Roles that entities play in supported claims, by entity id; those without one are absent.

    All claims are looked at, or some. With ``with_retracted`` the statements of retracted papers
    support, too.

    A Source secretes, a Cargo is carried, a Marker is the object of ``has_marker``, a Target is a
    molecule or a pathway that an effect reaches. One entity may play several.
    """
    found: dict[str, set[str]] = defaultdict(set)
    reachable = vocab.MOLECULE | {"Pathway"}
    for claim in kb.outlines() if claims is None else claims:
        if not (claim.asserted if with_retracted else claim.supported):
            continue
        if claim.predicate == "secretes":
            found[claim.subject].add("Source")
        elif claim.predicate == "carries":
            found[claim.object].add("Cargo")
        elif claim.predicate == "has_marker":
            found[claim.object].add("Marker")
        elif vocab.PREDICATES[claim.predicate].is_effect and kb.kinds[claim.object] in reachable:
            found[claim.object].add("Target")
    return {id: frozenset(names) for id, names in sorted(found.items())}


@dataclass(frozen=True, slots=True)
class FillRate:
    """How many of the ``rows`` of a table have something in a column."""

    source: str
    table: str
    column: str
    filled: int
    rows: int

    @property
    def share(self) -> float:
        """Between 0 and 1; 0 for a table without rows."""
        return self.filled / self.rows if self.rows else 0.0


def fill_rates(tables: Sequence[Tables]) -> tuple[FillRate, ...]:
    """Fill rate of each column of each table that has rows, in the order of the layout."""
    from exograph.tables import COLUMNS

    def each() -> Iterator[FillRate]:
        for t in tables:
            for table, columns in COLUMNS.items():
                rows = t.rows[table]
                for column in columns if rows else ():
                    filled = sum(1 for row in rows if row.cells[column])
                    yield FillRate(t.source.id, table, column, filled, len(rows))

    return tuple(each())


@dataclass(frozen=True, slots=True)
class Identified:
    """Entities of a type: in all, with an exact match, and with a close one only."""

    type: str
    entities: int
    exact: int
    close: int

    @property
    def share(self) -> float:
        """The part that has an outside identifier, between 0 and 1."""
        return (self.exact + self.close) / self.entities


@dataclass(frozen=True, slots=True)
class Untaken:
    """An entity for which no identifier was taken, and why.

    ``held`` tells whether the files that were read hold one under its name.
    """

    entity: str
    held: bool
    reason: str


NOT_HELD = "Not held: "
"""Begins the reason where the files that were read hold nothing of the name."""


def identified(tables: Sequence[Tables]) -> tuple[Identified, ...]:
    """How many entities of each type have identifiers, by type."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in (row for t in tables for row in t.rows["entities"]):
        count = counts[row.cells["type"]]
        count[0] += 1
        if row.cells["exact_match"]:
            count[1] += 1
        elif row.cells["close_match"]:
            count[2] += 1
    return tuple(Identified(type, *count) for type, count in sorted(counts.items()))


def untaken(tables: Sequence[Tables]) -> tuple[Untaken, ...]:
    """Entities for which the sources say why none was taken, by id."""
    rows = (row.cells for t in tables for row in t.rows["identifiers"])
    return tuple(
        sorted(
            (
                Untaken(
                    cells["subject_id"].removeprefix("entity:"),
                    not cells["comment"].startswith(NOT_HELD),
                    cells["comment"].removeprefix(NOT_HELD),
                )
                for cells in rows
                if cells["object_id"] == "sssom:NoTermFound"
            ),
            key=lambda u: u.entity,
        )
    )
