# SPDX-License-Identifier: Apache-2.0
"""What one knowledge base has and another has not, record by record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from exograph.model import Claim, KnowledgeBase, stored

KINDS = (
    "sources",
    "entities",
    "references",
    "claims",
    "statements",
    "attributes",
    "mechanisms",
    "verifications",
    "conflicts",
    "remarks",
)
"""Kinds of records, in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A record that both have, and the fields in which they differ, sorted."""

    id: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Ids of one kind of record, sorted. What follows from its content has another id if that
    changes: such a record is removed and added, never changed."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[Changed, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def differences(old: KnowledgeBase, new: KnowledgeBase) -> dict[str, Difference]:
    """The differences by kind, all of ``KINDS``.

    A claim is changed if other statements are made of it. Retraction of a reference changes the
    reference, not the statements that cite it.
    """
    return {kind: _difference(getattr(old, kind), getattr(new, kind)) for kind in KINDS}


def _difference(old: Iterable[Any], new: Iterable[Any]) -> Difference:
    before, after = ({record.id: record for record in records} for records in (old, new))
    both = sorted(before.keys() & after.keys())
    return Difference(
        added=tuple(sorted(after.keys() - before.keys())),
        removed=tuple(sorted(before.keys() - after.keys())),
        changed=tuple(
            Changed(id, fields) for id in both if (fields := _fields(before[id], after[id]))
        ),
    )


def _fields(old: Any, new: Any) -> tuple[str, ...]:
    if isinstance(old, Claim):
        return () if _said(old) == _said(new) else ("statements",)
    names = stored(type(old))  # type: ignore[arg-type]  # a class is hashable
    return tuple(sorted(name for name in names if getattr(old, name) != getattr(new, name)))


def _said(claim: Claim) -> list[str]:
    return [statement.id for statement in claim.statements]
