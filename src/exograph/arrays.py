# SPDX-License-Identifier: Apache-2.0
"""The arcs that mechanism paths may walk, as arrays that open by memory map.

A claim that some statement supports, retracted or not, and whose predicate is walked gives one arc,
in the direction that paths follow: from object to subject for ``isolated_from``, else from subject
to object. Whether retracted statements count is a matter of the query. Arcs stand by their tail
(compressed sparse rows), within a tail by head and claim, so equal input gives equal bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from exograph import vocab
from exograph.errors import SnapshotError
from exograph.model import KnowledgeBase

if TYPE_CHECKING:
    from exograph.columns.joined import Joined

Ints: TypeAlias = npt.NDArray[np.int32]
Signs: TypeAlias = npt.NDArray[np.int8]

TYPES = {
    "node_ids": "S",
    "claim_ids": "S",
    "indptr": "i4",
    "tails": "i4",
    "heads": "i4",
    "arc_claim": "i4",
    "arc_sign": "i1",
    "arc_structural": "b1",
}


@dataclass(frozen=True, eq=False)
class ClaimArrays:
    """Arcs ``indptr[n]`` to ``indptr[n + 1]`` leave node ``n``.

    Nodes are numbered in the order of ``kb.entities`` (by id) and claims in the order of
    ``kb.claims``, so ``kb.claims[arc_claim[i]]`` is the claim of arc ``i``. ``arc_sign`` is +1, -1,
    or 0 for an effect without a direction; a structural arc counts as +1.
    """

    node_ids: npt.NDArray[np.bytes_]
    claim_ids: npt.NDArray[np.bytes_]
    indptr: Ints
    tails: Ints
    heads: Ints
    arc_claim: Ints
    arc_sign: Signs
    arc_structural: npt.NDArray[np.bool_]

    @cached_property
    def nodes(self) -> tuple[str, ...]:
        """Entity ids by node number. Costs a pass over all of them, once."""
        return tuple(self.node_ids.astype(str).tolist())

    @cached_property
    def claims(self) -> tuple[str, ...]:
        """Claim ids by claim number, also those that no arc stands for."""
        return tuple(self.claim_ids.astype(str).tolist())

    def node(self, id: str) -> int:
        """Number of an entity, found by bisection. Raises KeyError."""
        wanted = id.encode()
        at = int(np.searchsorted(self.node_ids, wanted))
        if at == len(self.node_ids) or self.node_ids[at] != wanted:
            raise KeyError(id)
        return at


def from_kb(kb: KnowledgeBase) -> ClaimArrays:
    """The arrays of a knowledge base. Raises KeyError if a claim names an unknown entity."""
    from exograph.columns.large import LargeKnowledgeBase

    if isinstance(kb, LargeKnowledgeBase):
        return from_joined(kb.joined)
    number = {entity.id: n for n, entity in enumerate(kb.entities)}
    arcs = []
    for index, claim in enumerate(kb.claims):
        predicate = vocab.PREDICATES[claim.predicate]
        if predicate.walk == "never" or not claim.asserted:
            continue
        tail, head = number[claim.subject], number[claim.object]
        if predicate.walk == "backward":
            tail, head = head, tail
        structural = predicate.sign is None
        sign = 1 if predicate.sign is None else predicate.sign
        arcs.append((tail, head, index, sign, structural))
    arcs.sort()
    table = np.array(arcs, dtype=np.int32).reshape(len(arcs), 5)
    node_ids = _ids([entity.id for entity in kb.entities])
    return _of(node_ids, _ids([claim.id for claim in kb.claims]), *table.T)


def from_joined(joined: Joined) -> ClaimArrays:
    """The same of a knowledge base of millions of claims, by whole columns."""
    from exograph.columns.rows import PREDICATES

    walks = [vocab.PREDICATES[name] for name in PREDICATES]
    asserted = joined.of_claims(joined.supports)
    walked = np.array([p.walk != "never" for p in walks], np.bool_)[joined.predicate]
    claims = np.flatnonzero(asserted & walked)
    predicate = joined.predicate[claims]
    back = np.array([p.walk == "backward" for p in walks], np.bool_)[predicate]
    subject, object_ = joined.subject[claims], joined.object[claims]
    tails, heads = np.where(back, object_, subject), np.where(back, subject, object_)
    order = np.lexsort((claims, heads, tails))
    signs = np.array([1 if p.sign is None else p.sign for p in walks], np.int8)[predicate]
    structural = np.array([p.sign is None for p in walks], np.bool_)[predicate]
    columns = (tails, heads, claims, signs, structural)
    return _of(joined.node_ids, joined.claim_ids, *(column[order] for column in columns))


def _of(
    node_ids: npt.NDArray[np.bytes_],
    claim_ids: npt.NDArray[np.bytes_],
    tails: npt.NDArray[Any],
    heads: npt.NDArray[Any],
    claims: npt.NDArray[Any],
    signs: npt.NDArray[Any],
    structural: npt.NDArray[Any],
) -> ClaimArrays:
    """The arrays of arcs that stand in order."""
    indptr = np.zeros(len(node_ids) + 1, dtype=np.int32)
    np.cumsum(np.bincount(tails, minlength=len(node_ids)), out=indptr[1:])
    return ClaimArrays(
        node_ids=node_ids,
        claim_ids=claim_ids,
        indptr=indptr,
        tails=np.ascontiguousarray(tails, np.int32),
        heads=np.ascontiguousarray(heads, np.int32),
        arc_claim=np.ascontiguousarray(claims, np.int32),
        arc_sign=np.ascontiguousarray(signs, np.int8),
        arc_structural=np.ascontiguousarray(structural, np.bool_),
    )


def _ids(ids: list[str]) -> npt.NDArray[np.bytes_]:
    return np.array([id.encode("ascii") for id in ids] or [], dtype=np.bytes_)


def save(arrays: ClaimArrays, folder: Path) -> None:
    """One ``.npy`` file per array; the same arrays give the same bytes."""
    for field in fields(arrays):
        np.save(folder / f"{field.name}.npy", getattr(arrays, field.name), allow_pickle=False)


def open_arrays(folder: Path) -> ClaimArrays:
    """The arrays of ``save``, memory-mapped and checked.

    Raises SnapshotError if a file is missing or is not what ``save`` writes: a wrong kind or
    length of array, or a number out of its range.
    """
    held: dict[str, Any] = {}
    for name, kind in TYPES.items():
        path = folder / f"{name}.npy"
        try:
            held[name] = np.load(path, mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError, EOFError) as error:
            raise _damaged(f"{path.name} cannot be read: {error}") from None
        array = held[name]
        good = array.dtype.kind == "S" if kind == "S" else array.dtype == np.dtype(kind)
        if array.ndim != 1 or not good:
            raise _damaged(f"{path.name} holds {array.ndim} dimension(s) of {array.dtype}")
    _validate(held)
    return ClaimArrays(**held)


def _validate(held: Mapping[str, npt.NDArray[Any]]) -> None:
    nodes, arcs, indptr = len(held["node_ids"]), len(held["heads"]), held["indptr"]
    rules = {
        "indptr has the wrong length": len(indptr) == nodes + 1,
        "the arcs differ in number": all(
            len(held[name]) == arcs for name in TYPES if name.startswith("arc_") or name == "tails"
        ),
    }
    _enforce(rules)
    rules = {
        "indptr does not rise from 0 to the number of arcs": indptr[0] == 0
        and indptr[-1] == arcs
        and bool((np.diff(indptr) >= 0).all()),
        "a head is no node": _within(held["heads"], 0, nodes),
        "a claim number is too high": _within(held["arc_claim"], 0, len(held["claim_ids"])),
        "a sign is none": _within(held["arc_sign"], -1, 2),
        "the nodes are not in order": bool((held["node_ids"][1:] > held["node_ids"][:-1]).all()),
    }
    _enforce(rules)
    if not np.array_equal(held["tails"], np.repeat(np.arange(nodes), np.diff(indptr))):
        raise _damaged("tails and indptr disagree")


def _within(array: npt.NDArray[Any], low: int, end: int) -> bool:
    return len(array) == 0 or bool(array.min() >= low and array.max() < end)


def _enforce(rules: Mapping[str, bool]) -> None:
    for fault, holds in rules.items():
        if not holds:
            raise _damaged(fault)


def _damaged(what: str) -> SnapshotError:
    return SnapshotError("S102", f"The arrays are damaged: {what}.", "Run `exograph build`.")
