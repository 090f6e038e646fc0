# SPDX-License-Identifier: Apache-2.0
"""The claims of a knowledge base and of sources in columns, counted and put in one order.

Every statement has a number: first those of the model objects, in their order, then those of each
part. Every claim has the numbers of its statements and those of its ends. It is what
``kb.assembling`` and ``kb.merging`` do with model objects, done with whole columns.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from exograph import vocab
from exograph.columns.packed import Bytes
from exograph.columns.rows import PREDICATES, Ints, Rows, predicates
from exograph.kb.merging import equivalents, studies_known, with_matches, with_study
from exograph.model import Entity, KnowledgeBase

Longs: TypeAlias = npt.NDArray[np.int64]

ARRAYS = (
    *("ids", "seen", "node_ids", "subject", "predicate", "object", "claim_ids", "pointers"),
    *("rows", "by_claim_id", "kind", "study", "reference_kind"),
)

KINDS = tuple(vocab.TYPES)
"""Types of entities by number."""


@dataclass(frozen=True, eq=False)
class Joined:
    """Entities and claims of ``small`` and of all ``parts``.

    ``ids`` are the ids of entities as their sources have them, and ``seen[n]`` is the number among
    ``node_ids`` of the one that stands for entity ``n``. Claim ``c`` is of ``subject[c]``,
    ``predicate[c]`` and ``object[c]``, which count ``node_ids`` and ``PREDICATES``; claims stand by
    these and their ids. Its statements are ``rows[pointers[c] : pointers[c + 1]]``, and
    ``by_claim_id`` are the claims by their ids. ``kind`` is the type of each node, a number of
    ``KINDS``. ``study`` numbers what the references of ``small`` and of each part count as, in
    their order, ``reference_kind`` is their kind as ``vocab`` counts kinds; ``notices`` are those
    of the knowledge base.
    """

    small: KnowledgeBase
    parts: tuple[Rows, ...]
    ids: Bytes
    seen: Ints
    node_ids: Bytes
    subject: Ints
    predicate: npt.NDArray[np.uint8]
    object: Ints
    claim_ids: Bytes
    pointers: Longs
    rows: Longs
    by_claim_id: Ints
    kind: npt.NDArray[np.uint8]
    study: Ints
    reference_kind: npt.NDArray[np.uint8]
    notices: Mapping[str, str]

    @classmethod
    def of(cls, small: KnowledgeBase, parts: Sequence[Rows], *, merging: bool = True) -> Joined:
        """All of it; without ``merging`` each entity stands for itself only.

        Raises ValueError for an end that is no entity. Costs three sorts, and a digest per claim.
        """
        held = tuple(parts)
        ids = _distinct([_ascii(e.id for e in small.entities), *(p.entities.ids for p in held)])
        seen, node_ids, kind = _seen(small, held, ids, merging)
        subject, predicate, object_ = _triples(small, held, ids)
        order = np.argsort(_key(subject, predicate, object_, len(ids)), kind="stable")
        s, p, o = subject[order], predicate[order], object_[order]
        new = np.ones(len(order), np.bool_)
        new[1:] = (s[1:] != s[:-1]) | (p[1:] != p[:-1]) | (o[1:] != o[:-1])
        begin = np.flatnonzero(new)
        s, p, o = s[begin], p[begin], o[begin]
        claim_ids = _claim_ids(ids, s, p, o)
        s, o = seen[s], seen[o]
        key = _key(s, p, o, len(node_ids))
        claims = _tied(np.argsort(key, kind="stable"), key, claim_ids)
        pointers, rows = _regrouped(np.append(begin, len(order)), order, claims)
        claim_ids = claim_ids[claims]
        study, reference_kind, notices = _references(small, held)
        return cls(
            small=small,
            parts=held,
            ids=ids,
            seen=seen,
            node_ids=node_ids,
            subject=s[claims],
            predicate=p[claims],
            object=o[claims],
            claim_ids=claim_ids,
            pointers=pointers,
            rows=rows,
            by_claim_id=np.argsort(claim_ids, kind="stable").astype(np.int32),
            kind=kind,
            study=study,
            reference_kind=reference_kind,
            notices=notices,
        )

    @cached_property
    def starts(self) -> Longs:
        """The number of the first statement of ``small`` and of each part, then that behind all."""
        lengths = [len(self.small.statements), *map(len, self.parts)]
        return np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)

    @cached_property
    def members(self) -> tuple[Longs, Longs]:
        """The entities that each node stands for: pointers, and numbers in ``ids``."""
        pointers = np.zeros(len(self.node_ids) + 1, np.int64)
        np.cumsum(np.bincount(self.seen, minlength=len(self.node_ids)), out=pointers[1:])
        return pointers, np.argsort(self.seen, kind="stable")

    @cached_property
    def own_triples(self) -> tuple[Ints, npt.NDArray[np.uint8], Ints]:
        """Subject, predicate and object of each statement as its source has them: ends are
        numbers of ``ids``."""
        return _triples(self.small, self.parts, self.ids)

    @cached_property
    def digests(self) -> Bytes:
        """The id of each statement. Takes a digest for each of them, once."""
        made = [[s.id for s in self.small.statements], *(list(p.digests()) for p in self.parts)]
        return np.concatenate([np.array(held or [], "S16") for held in made])

    @cached_property
    def cited(self) -> Ints:
        """The reference of each statement, as ``study`` counts them; that of a statement of
        ``small`` whose reference nobody knows is below 0."""
        known = {r.id: n for n, r in enumerate(self.small.references)}
        unknown: dict[str, int] = {}
        made = [
            known[s.reference]
            if s.reference in known
            else -1 - unknown.setdefault(s.reference, len(unknown))
            for s in self.small.statements
        ]
        held, begin = [np.array(made, np.int32)], len(self.small.references)
        for part in self.parts:
            held.append(part.reference + np.int32(begin))
            begin += len(part.references)
        return np.concatenate(held)

    @cached_property
    def studies(self) -> Ints:
        """The study of each statement, by number."""
        if not len(self.study):
            return self.cited
        return np.where(self.cited >= 0, self.study[np.maximum(self.cited, 0)], self.cited)

    @cached_property
    def supports(self) -> npt.NDArray[np.bool_]:
        """Of each statement whether it speaks for its claim, retracted or not."""
        return self.per_row(
            [form.stance == "supports" for part in self.parts for form in part.forms],
            [s.stance == "supports" for s in self.small.statements],
            np.bool_,
        )

    def of_claims(self, holds: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """Of each claim whether something holds of any of its statements."""
        return np.logical_or.reduceat(holds[self.rows], self.pointers[:-1])

    def per_row(self, of_form: Sequence[Any], small: Sequence[Any], kind: Any) -> npt.NDArray[Any]:
        """A value for each statement: those of ``small``, then by form; ``of_form`` are the forms'
        values, part after part."""
        values, made = np.asarray(of_form, kind), [np.asarray(small, kind)]
        begin = 0
        for part in self.parts:
            made.append(values[begin : begin + len(part.forms)][part.form])
            begin += len(part.forms)
        return np.concatenate(made)

    def save(self, folder: Path) -> None:
        for name in ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name), allow_pickle=False)
        text = json.dumps(dict(self.notices), sort_keys=True, indent=1)
        (folder / "notices.json").write_bytes(f"{text}\n".encode())

    @classmethod
    def open(cls, folder: Path, small: KnowledgeBase, parts: Sequence[Rows]) -> Joined:
        """What ``save`` wrote, by memory map. Raises ValueError or OSError for anything else."""
        held: dict[str, Any] = {
            name: np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
            for name in ARRAYS
        }
        notices = json.loads((folder / "notices.json").read_bytes())
        made = cls(small, tuple(parts), **held, notices=notices)
        claims = len(made.claim_ids)
        if any(len(held[n]) != claims for n in ("subject", "predicate", "object", "by_claim_id")):
            raise ValueError("the claims differ in number")
        if len(made.pointers) != claims + 1 or len(made.rows) != made.starts[-1]:
            raise ValueError("the statements differ in number")
        return made


def _references(
    small: KnowledgeBase, parts: Sequence[Rows]
) -> tuple[Ints, npt.NDArray[np.uint8], dict[str, str]]:
    """Study and kind of each reference by number, and the notices, which hold for studies."""
    known = studies_known(small.references)
    notices = dict(small.notices)
    on_study = {r.counted_as: notices[r.id] for r in small.references if r.id in notices}
    number: dict[str, int] = {}
    made, kinds = array("i"), array("B")
    for reference in chain(small.references, *(part.references for part in parts)):
        study = with_study(reference, known).counted_as
        made.append(number.setdefault(study, len(number)))
        kinds.append(vocab.REFERENCE_KINDS.index(reference.kind))
        if study in on_study:
            notices[reference.id] = on_study[study]
    return np.array(made, np.int32), np.array(kinds, np.uint8), notices


def _entities(small: KnowledgeBase, parts: Sequence[Rows], ids: Bytes) -> Iterator[Entity]:
    """Each entity once: as the first source has it, with the exact matches of all."""
    holders = [_ascii(e.id for e in small.entities), *(part.entities.ids for part in parts)]
    number = np.zeros(len(ids), np.int32)
    for held in holders:
        number[np.searchsorted(ids, held)] += 1
    several = {id.decode("ascii") for id in ids[number > 1].tolist()}
    joint: dict[str, Entity] = {}
    for entity in chain(small.entities, *(part.entities for part in parts)):
        if entity.id in several:
            joint[entity.id] = with_matches(joint.get(entity.id, entity), entity)
        else:
            yield entity
    yield from joint.values()


def _ascii(ids: Any) -> Bytes:
    return np.array([id.encode("ascii") for id in ids] or [], np.bytes_)


def _distinct(arrays: Sequence[Bytes]) -> Bytes:
    held: Bytes = np.sort(np.concatenate(arrays))
    new = np.ones(len(held), np.bool_)
    new[1:] = held[1:] != held[:-1]
    return held[new]


def _seen(
    small: KnowledgeBase, parts: Sequence[Rows], ids: Bytes, merging: bool
) -> tuple[Ints, Bytes, npt.NDArray[np.uint8]]:
    """The number of the node that each entity is seen as, ids of nodes, and their kinds."""
    seen = np.arange(len(ids), dtype=np.int32)
    entities = list(_entities(small, parts, ids))
    kinds = np.zeros(len(ids), np.uint8)
    numbers = {kind: n for n, kind in enumerate(KINDS)}
    kinds[np.searchsorted(ids, _ascii(e.id for e in entities))] = [
        numbers[e.type] for e in entities
    ]
    others = equivalents(entities) if merging else {}
    if others:
        seen[np.searchsorted(ids, _ascii(others))] = np.searchsorted(ids, _ascii(others.values()))
    nodes = np.zeros(len(ids), np.bool_)
    nodes[seen] = True
    number = (np.cumsum(nodes) - 1).astype(np.int32)
    return number[seen], ids[nodes], kinds[nodes]


def _triples(
    small: KnowledgeBase, parts: Sequence[Rows], ids: Bytes
) -> tuple[Ints, npt.NDArray[np.uint8], Ints]:
    """Subject, predicate and object of each statement, ends as numbers of ``ids``."""
    told = small.statements
    subjects = [_numbers(ids, _ascii(s.subject for s in told))]
    objects = [_numbers(ids, _ascii(s.object for s in told))]
    for part in parts:
        number = _numbers(ids, part.nodes)
        subjects.append(number[part.subject])
        objects.append(number[part.object])
    named = [predicates(told), *(part.predicate for part in parts)]
    return np.concatenate(subjects), np.concatenate(named), np.concatenate(objects)


def _numbers(ids: Bytes, wanted: Bytes) -> Ints:
    if not len(wanted):
        return np.zeros(0, np.int32)
    found = np.searchsorted(ids, wanted)
    if found.max(initial=0) >= len(ids) or not np.array_equal(ids[found], wanted):
        raise ValueError("an end of a claim is no entity")
    return found.astype(np.int32)


def _key(
    subject: npt.NDArray[Any], predicate: npt.NDArray[Any], object: npt.NDArray[Any], nodes: int
) -> Longs:
    """One number by which triples stand in order; nodes may be up to some 400 million."""
    key: Longs = subject.astype(np.int64) * len(PREDICATES) + predicate
    key *= max(nodes, 1)
    key += object
    return key


def _claim_ids(ids: Bytes, subject: Ints, predicate: npt.NDArray[np.uint8], object: Ints) -> Bytes:
    """The same digests as ``ids.claim_id`` gives."""
    texts, names = ids.tolist(), [name.encode("ascii") for name in PREDICATES]
    sha256 = hashlib.sha256
    made = [
        sha256(b"%b|%b|%b" % (texts[s], names[p], texts[o])).hexdigest()[:16].encode("ascii")
        for s, p, o in zip(subject.tolist(), predicate.tolist(), object.tolist(), strict=True)
    ]
    return np.array(made or [], "S16")


def _tied(order: Longs, key: Longs, claim_ids: Bytes) -> Longs:
    """The order, with what is equal in it by the ids of claims."""
    sorted_key = key[order]
    same = np.flatnonzero(sorted_key[1:] == sorted_key[:-1])
    for first in same[np.diff(same, prepend=-2) != 1]:
        end = first + 1
        while end < len(order) and sorted_key[end] == sorted_key[first]:
            end += 1
        group = order[first:end]
        order[first:end] = group[np.argsort(claim_ids[group], kind="stable")]
    return order


def _regrouped(bounds: Longs, rows: Longs, order: Longs) -> tuple[Longs, Longs]:
    """Groups of rows in another order of the groups: pointers, and rows."""
    lengths = np.diff(bounds)[order]
    pointers = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
    shift = np.repeat(bounds[order] - pointers[:-1], lengths)
    return pointers, rows[np.arange(len(rows)) + shift]
