# SPDX-License-Identifier: Apache-2.0
"""A graph of signed, priced arcs as arrays that open by memory map: by tail, and by head.

Compressed sparse rows both ways: 26 bytes an arc and 24 a node.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int32]
Longs: TypeAlias = npt.NDArray[np.int64]
Signs: TypeAlias = npt.NDArray[np.int8]
Bools: TypeAlias = npt.NDArray[np.bool_]

MICRO = 1_000_000
"""Costs are counted in millionths, as integers: sums and ties are the same on every machine."""

_KINDS = {
    "indptr": "i8",
    "heads": "i4",
    "signs": "i1",
    "costs": "i4",
    "into": "i8",
    "into_tails": "i4",
    "into_arcs": "i4",
    "hubs": "i4",
    "ranks": "i4",
}


@dataclass(frozen=True, eq=False)
class Arcs:
    """Arcs ``indptr[n]`` to ``indptr[n + 1]`` leave node ``n``, by head.

    ``signs`` are -1, 0 (no direction) or +1; ``costs`` are the price of each arc and ``hubs`` that
    of passing a node, in millionths, at least 0. ``into_arcs[into[n]]`` to ``into[n + 1]`` are the
    numbers of the arcs that reach node ``n``, ``into_tails`` their tails. ``ranks`` say which of
    two arcs comes first where nothing else decides.
    """

    indptr: Longs
    heads: Ints
    signs: Signs
    costs: Ints
    into: Longs
    into_tails: Ints
    into_arcs: Ints
    hubs: Ints
    ranks: Ints

    @classmethod
    def of(
        cls,
        nodes: int,
        tails: npt.NDArray[Any],
        heads: npt.NDArray[Any],
        signs: npt.NDArray[Any],
        costs: npt.NDArray[Any],
        hubs: npt.NDArray[Any],
        ranks: npt.NDArray[Any] | None = None,
    ) -> Arcs:
        """The graph of some arcs, in the order of their tails, then heads, then as given.

        Costs two sorts. Raises ValueError for an end that is no node, a sign that is none, or a
        cost that is negative or no whole number.
        """
        tails, heads, signs, costs, hubs = map(np.asarray, (tails, heads, signs, costs, hubs))
        for name, array, low, end in (
            ("tail", tails, 0, nodes),
            ("head", heads, 0, nodes),
            ("sign", signs, -1, 2),
            ("cost", costs, 0, 2**31),
            ("cost of a hub", hubs, 0, 2**31),
        ):
            if len(array) and (array.dtype.kind not in "iu" or array.min() < low):
                raise ValueError(f"A {name} is below {low} or no whole number.")
            if len(array) and array.max() >= end:
                raise ValueError(f"A {name} is {array.max()}; it must be below {end}.")
        if len({len(tails), len(heads), len(signs), len(costs)}) > 1 or len(hubs) != nodes:
            raise ValueError("The arrays differ in length.")
        if nodes and len(tails):
            order = np.argsort(tails.astype(np.int64) * nodes + heads, kind="stable")
        else:
            order = np.zeros(0, np.int64)
        tails, heads = tails[order].astype(np.int32), heads[order].astype(np.int32)
        by_head = np.argsort(heads, kind="stable").astype(np.int32)
        ranks = np.arange(len(heads)) if ranks is None else np.asarray(ranks)[order]
        return cls(
            indptr=_pointers(tails, nodes),
            heads=heads,
            signs=signs[order].astype(np.int8),
            costs=costs[order].astype(np.int32),
            into=_pointers(heads, nodes),
            into_tails=tails[by_head],
            into_arcs=by_head,
            hubs=hubs.astype(np.int32),
            ranks=ranks.astype(np.int32),
        )

    @property
    def nodes(self) -> int:
        return len(self.hubs)

    def __len__(self) -> int:
        """The number of arcs."""
        return len(self.heads)

    @cached_property
    def tails(self) -> Ints:
        """The tail of each arc."""
        return np.repeat(np.arange(self.nodes, dtype=np.int32), np.diff(self.indptr))

    @cached_property
    def dearest(self) -> int:
        """The most that one more step can cost, without that of its length."""
        arc = int(self.costs.max()) if len(self) else 0
        return arc + (int(self.hubs.max()) if self.nodes else 0)

    def save(self, folder: Path) -> None:
        """One ``.npy`` file per array, in a folder that is made if there is none."""
        folder.mkdir(parents=True, exist_ok=True)
        for field in fields(self):
            np.save(folder / f"{field.name}.npy", getattr(self, field.name), allow_pickle=False)

    @classmethod
    def open(cls, folder: Path) -> Arcs:
        """What ``save`` wrote, by memory map. Raises ValueError if a file holds something else."""
        held = {
            name: np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
            for name in _KINDS
        }
        for name, kind in _KINDS.items():
            if held[name].dtype != np.dtype(kind) or held[name].ndim != 1:
                raise ValueError(f"{name}.npy holds {held[name].ndim}-d {held[name].dtype}.")
        nodes, arcs = len(held["hubs"]), len(held["heads"])
        sizes = dict.fromkeys(_KINDS, arcs) | {"indptr": nodes + 1, "into": nodes + 1}
        for name, size in (sizes | {"hubs": nodes}).items():
            if len(held[name]) != size:
                raise ValueError(f"{name}.npy holds {len(held[name])} numbers, not {size}.")
        return cls(**held)


def _pointers(ends: Ints, nodes: int) -> Longs:
    pointers = np.zeros(nodes + 1, np.int64)
    np.cumsum(np.bincount(ends, minlength=nodes), out=pointers[1:])
    return pointers


def spans(pointers: Longs, nodes: npt.NDArray[Any]) -> tuple[Longs, Longs]:
    """Positions that some nodes' rows take up, one row after the other, and the rows' lengths.

    >>> spans(np.array([0, 2, 2, 5]), np.array([0, 2]))
    (array([0, 1, 2, 3, 4]), array([2, 3]))
    """
    begin = pointers[nodes]
    lengths = pointers[nodes + 1] - begin
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    positions = np.arange(total) + np.repeat(begin - (ends - lengths), lengths)
    return positions, lengths


def distinct(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The different values, ascending. (``np.unique`` does more, and costs an import of 6 ms.)"""
    ordered = np.sort(values)
    return ordered[np.flatnonzero(np.diff(ordered, prepend=ordered[:1] - 1))]
