# SPDX-License-Identifier: Apache-2.0
"""A knowledge base of millions of claims: each record is made when it is asked for.

It is read as any other. What passes over all claims takes some 20 µs for each of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, Generic, TypeVar, overload

import numpy as np
import numpy.typing as npt

from exograph import vocab
from exograph.columns.joined import KINDS, Joined
from exograph.columns.packed import Bytes, position
from exograph.columns.rows import PREDICATES
from exograph.ids import claim_id
from exograph.kb.merging import one_of, studies_known, with_matches, with_study
from exograph.model import Claim, Entity, KnowledgeBase, Outline, Reference, Statement

T = TypeVar("T")
_NUMBER = {name: n for n, name in enumerate(PREDICATES)}


class LargeKnowledgeBase(KnowledgeBase):
    """What ``joined`` holds. Records are equal to those that model objects would give."""

    joined: Joined

    @classmethod
    def of(cls, joined: Joined) -> LargeKnowledgeBase:
        small, parts = joined.small, joined.parts
        known = studies_known(small.references)
        sources = {s.id: s for s in (*small.sources, *(part.source for part in parts))}
        held = _Records(joined, known)
        kb = cls(
            sources=tuple(sources[id] for id in sorted(sources)),
            entities=_Lazy(len(joined.node_ids), held.entity),  # type: ignore[arg-type]
            references=_Lazy(len(held.reference_ids), held.reference),  # type: ignore[arg-type]
            claims=_Lazy(len(joined.claim_ids), held.claim),  # type: ignore[arg-type]
            attributes=small.attributes,
            mechanisms=small.mechanisms,
            verifications=small.verifications,
            conflicts=small.conflicts,
            remarks=small.remarks,
        )
        object.__setattr__(kb, "joined", joined)
        object.__setattr__(kb, "_held", held)
        return kb

    def __post_init__(self) -> None:
        """Statements are marked as retracted when they are made."""

    @cached_property
    def notices(self) -> dict[str, str]:
        return dict(self.joined.notices)

    @cached_property
    def entity(self) -> Mapping[str, Entity]:  # type: ignore[override]
        return _ById(self.joined.node_ids, self.entities, None)

    @cached_property
    def reference(self) -> Mapping[str, Reference]:  # type: ignore[override]
        return _ById(self._records.reference_ids, self.references, None)

    @cached_property
    def claim(self) -> Mapping[str, Claim]:  # type: ignore[override]
        by_id = self.joined.by_claim_id
        return _ById(self.joined.claim_ids[by_id], self.claims, by_id)

    def claims_from(self, subject: str, predicate: str | None = None) -> tuple[Claim, ...]:
        return self._of_subject(subject, self.joined.predicate, _NUMBER.get(predicate or "", -1))

    def claims_between(self, subject: str, object: str) -> tuple[Claim, ...]:
        other = position(self.joined.node_ids, object)
        return () if other is None else self._of_subject(subject, self.joined.object, other)

    def _of_subject(self, subject: str, column: npt.NDArray[Any], wanted: int) -> tuple[Claim, ...]:
        """The claims of a subject, with this number in a column; all of them if it is below 0."""
        node = position(self.joined.node_ids, subject)
        if node is None:
            return ()
        begin, end = np.searchsorted(self.joined.subject, [node, node + 1])
        fits = np.arange(begin, end)
        if wanted >= 0:
            fits = fits[column[begin:end] == wanted]
        return tuple(map(self.claims.__getitem__, fits.tolist()))

    @cached_property
    def kinds(self) -> dict[str, str]:
        kinds = [KINDS[n] for n in self.joined.kind.tolist()]
        return dict(zip(self.entity, kinds, strict=True))

    def references_of(self, kind: str) -> Iterator[Reference]:
        wanted = vocab.REFERENCE_KINDS.index(kind)
        held = [self.joined.small.references, *(part.references for part in self.joined.parts)]
        begin = 0
        for references in held:
            kinds = self.joined.reference_kind[begin : begin + len(references)]
            for n in np.flatnonzero(kinds == wanted).tolist():
                yield self.reference[references[n].id]
            begin += len(references)

    def outlines(self) -> Iterator[Outline]:
        joined = self.joined
        asserted = joined.of_claims(joined.supports)
        supported = joined.of_claims(joined.supports & ~self.lost)
        ids = list(self.entity)
        for s, p, o, *said in zip(
            joined.subject.tolist(),
            joined.predicate.tolist(),
            joined.object.tolist(),
            asserted.tolist(),
            supported.tolist(),
            strict=True,
        ):
            yield Outline(ids[s], PREDICATES[p], ids[o], *said)

    def claims_at(self, id: str) -> tuple[Claim, ...]:
        node = position(self.joined.node_ids, id)
        found = np.flatnonzero((self.joined.subject == node) | (self.joined.object == node))
        return tuple(map(self.claims.__getitem__, found.tolist()))

    def claims_of(self, predicate: str) -> Iterator[Claim]:
        found = np.flatnonzero(self.joined.predicate == _NUMBER[predicate])
        return map(self.claims.__getitem__, found.tolist())

    @property
    def statements(self) -> Sequence[Statement]:  # type: ignore[override]
        return _Lazy(len(self.joined.rows), self._records.statement_at)

    def around(self, centres: Iterable[str], depth: int, most: int) -> KnowledgeBase | int:
        """The model objects, with all that is at most ``depth`` claims away from the centres.

        If these are more than ``most`` claims, their number. Raises KeyError for an unknown id.
        """
        joined = self.joined
        near = np.zeros(len(joined.node_ids), np.bool_)
        near[[self._node(id) for id in centres]] = True
        for _ in range(depth):
            touching = near[joined.subject] | near[joined.object]
            near[joined.subject[touching]] = near[joined.object[touching]] = True
        told = near[joined.subject] & near[joined.object]
        if (number := int(told.sum())) > most:
            return number
        told |= joined.of_claims(np.arange(len(joined.rows)) < joined.starts[1])
        claims = tuple(map(self.claims.__getitem__, np.flatnonzero(told).tolist()))
        near[joined.subject[told]] = near[joined.object[told]] = True
        near[[joined.seen[position(joined.ids, e.id)] for e in joined.small.entities]] = True
        cited = {s.reference for c in claims for s in c.statements}
        cited |= self.joined.small.reference.keys()
        return replace(
            joined.small,
            sources=self.sources,
            entities=tuple(map(self.entities.__getitem__, np.flatnonzero(near).tolist())),
            references=tuple(self.reference[id] for id in sorted(cited)),
            claims=claims,
        )

    def _node(self, id: str) -> int:
        node = position(self.joined.node_ids, id)
        if node is None:
            raise KeyError(id)
        return node

    @property
    def gone(self) -> frozenset[str]:
        """Ids of the references that were retracted."""
        return self._records.gone

    @cached_property
    def lost(self) -> npt.NDArray[np.bool_]:
        """Of each statement, by its number, whether its reference was retracted."""
        joined = self.joined
        held = [np.array([s.retracted for s in joined.small.statements], np.bool_)]
        for part in joined.parts:
            gone = np.array([id in self.gone for id in part.cited] or [], np.bool_)
            held.append(gone[part.reference])
        return np.concatenate(held)

    @property
    def reference_ids(self) -> Bytes:
        """Ids of the references, in their order."""
        return self._records.reference_ids

    def as_stored(self, n: int) -> Entity:
        """Entity ``n`` of ``joined.ids``, not merged with others."""
        return self._records.raw_entity(n)

    @property
    def _records(self) -> _Records:
        held: _Records = self.__dict__["_held"]
        return held


class _Records:
    """Makes the records of a ``Joined``."""

    def __init__(self, joined: Joined, known: Mapping[str, str]) -> None:
        self._joined, self._known = joined, known
        self._starts: list[int] = joined.starts.tolist()
        self._told = joined.small.statements

    @cached_property
    def reference_ids(self) -> Bytes:
        small = np.array([r.id.encode("ascii") for r in self._joined.small.references], np.bytes_)
        parts = [part.references.ids for part in self._joined.parts]
        held = np.sort(np.concatenate([small, *parts]) if len(small) else np.concatenate(parts))
        return held[np.concatenate(([True], held[1:] != held[:-1]))[: len(held)]]

    @cached_property
    def gone(self) -> frozenset[str]:
        return frozenset(id for id, notice in self._joined.notices.items() if notice == "retracted")

    def entity(self, n: int) -> Entity:
        pointers, members = self._joined.members
        held = [self.raw_entity(int(m)) for m in members[pointers[n] : pointers[n + 1]]]
        if len(held) == 1:
            return held[0]
        return one_of(self._joined.node_ids[n].decode("ascii"), held)

    @cached_property
    def _holders(self) -> list[npt.NDArray[np.int32]]:
        """For each part the number of each entity there, or -1."""
        ids, made = self._joined.ids, []
        for part in self._joined.parts:
            rows = np.full(len(ids), -1, np.int32)
            rows[np.searchsorted(ids, part.entities.ids)] = np.arange(len(part.entities.ids))
            made.append(rows)
        return made

    def raw_entity(self, n: int) -> Entity:
        """As its sources have it: the first of them, with the exact matches of all."""
        first = self._joined.small.entity.get(self._joined.ids[n].decode("ascii"))
        for part, rows in zip(self._joined.parts, self._holders, strict=True):
            if (row := int(rows[n])) >= 0:
                found = part.entities[row]
                first = found if first is None else with_matches(first, found)
        assert first is not None
        return first

    def reference(self, n: int) -> Reference:
        id = self.reference_ids[n].decode("ascii")
        known = self._joined.small.reference.get(id)
        if known is None:
            known = next(r for part in self._joined.parts if (r := part.references.get(id)))
        return with_study(known, self._known)

    def claim(self, n: int) -> Claim:
        joined = self._joined
        begin, end = joined.pointers[n], joined.pointers[n + 1]
        statements = [self.statement(row) for row in joined.rows[begin:end].tolist()]
        if len(statements) > 1:
            statements.sort(key=lambda s: s.id)
        subject, object_ = joined.node_ids[joined.subject[n]], joined.node_ids[joined.object[n]]
        first = statements[0]
        own = first.subject, first.object
        seen = subject.decode("ascii"), object_.decode("ascii")
        kept = None if seen == own else claim_id(own[0], first.predicate, own[1])
        return Claim(seen[0], first.predicate, seen[1], tuple(statements), kept)

    def statement(self, row: int) -> Statement:
        """A statement by its number, marked if its reference was retracted."""
        at = bisect_right(self._starts, row) - 1
        if at == 0:
            return self._told[row]
        made = self._joined.parts[at - 1].statement(row - self._starts[at])
        if made.reference in self.gone:
            made.__dict__["retracted"] = True
        return made

    def statement_at(self, n: int) -> Statement:
        """A statement by its place in the order of claims, those of a claim in any order."""
        return self.statement(int(self._joined.rows[n]))


class _Lazy(Sequence[T], Generic[T]):
    """So many records, each made by its number."""

    def __init__(self, length: int, make: Callable[[int], T]) -> None:
        self._length, self._make = length, make

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[T, ...]: ...
    def __getitem__(self, at: int | slice) -> T | tuple[T, ...]:
        if isinstance(at, slice):
            return tuple(map(self._make, range(*at.indices(self._length))))
        if not -self._length <= at < self._length:
            raise IndexError(at)
        return self._make(at % self._length)

    def __iter__(self) -> Iterator[T]:
        return map(self._make, range(self._length))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]


class _ById(Mapping[str, T], Generic[T]):
    """Records by sorted ids; ``numbers`` are their numbers, if these are in another order."""

    def __init__(self, ids: Bytes, records: Sequence[T], numbers: Any) -> None:
        self._ids, self._records, self._numbers = ids, records, numbers

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[str]:
        return (id.decode("ascii") for id in self._ids.tolist())

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and position(self._ids, id) is not None

    def __getitem__(self, id: str) -> T:
        at = position(self._ids, id)
        if at is None:
            raise KeyError(id)
        return self._records[at if self._numbers is None else int(self._numbers[at])]
