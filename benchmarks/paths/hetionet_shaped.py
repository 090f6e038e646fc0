# SPDX-License-Identifier: Apache-2.0
"""Random graphs with the shape of Hetionet: its types, its relations, and how many edges each has.

The numbers are those of Hetionet 1.0 (Himmelstein et al. 2017, eLife 6:e26726; its file
``describe/edges/metaedges.tsv``): 47,031 nodes of 11 types, of which some have no edge, and 24
relations, each with so many edges among so many nodes at either end. Endpoints are drawn by a
popularity that is Pareto distributed, which gives hubs; the same node is a hub in all relations.

What differs from Hetionet: edges have a direction, a sign and a cost. Each relation is walked one
way, but three both ways, as two arcs; so all relations are shrunk by the same factor to reach the
number of arcs asked for (2.2 million stand for 1.63 million edges). Nodes grow with the arcs. A
relation fills at most a quarter of its pairs; in small graphs the few anatomies cannot hold their
share, and the rest goes to other relations. Directions and signs are invented.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

TYPES = {
    "Gene": 20_945,
    "Biological Process": 11_381,
    "Side Effect": 5_734,
    "Molecular Function": 2_884,
    "Pathway": 1_822,
    "Compound": 1_552,
    "Cellular Component": 1_391,
    "Symptom": 438,
    "Anatomy": 402,
    "Pharmacologic Class": 345,
    "Disease": 137,
}


class Relation(NamedTuple):
    """Edges among the first ``tails`` and ``heads`` nodes of two types; shares of signs; ways."""

    name: str
    tail: str
    head: str
    edges: int
    tails: int
    heads: int
    plus: float
    minus: float
    ways: str


RELATIONS = (
    Relation("AdG", "Anatomy", "Gene", 102_240, 36, 15_097, 0.0, 1.0, "forward"),
    Relation("AeG", "Anatomy", "Gene", 526_407, 241, 18_094, 0.6, 0.2, "backward"),
    Relation("AuG", "Anatomy", "Gene", 97_848, 36, 15_929, 1.0, 0.0, "forward"),
    Relation("CbG", "Compound", "Gene", 11_571, 1_389, 1_689, 0.2, 0.7, "forward"),
    Relation("CcSE", "Compound", "Side Effect", 138_944, 1_071, 5_701, 0.0, 0.0, "forward"),
    Relation("CdG", "Compound", "Gene", 21_102, 734, 2_880, 0.0, 1.0, "forward"),
    Relation("CpD", "Compound", "Disease", 390, 221, 50, 0.0, 1.0, "forward"),
    Relation("CrC", "Compound", "Compound", 6_486, 1_042, 1_054, 0.0, 0.0, "forward"),
    Relation("CtD", "Compound", "Disease", 755, 387, 77, 0.0, 1.0, "forward"),
    Relation("CuG", "Compound", "Gene", 18_756, 703, 3_247, 1.0, 0.0, "forward"),
    Relation("DaG", "Disease", "Gene", 12_623, 134, 5_392, 0.5, 0.3, "backward"),
    Relation("DdG", "Disease", "Gene", 7_623, 44, 5_745, 0.0, 1.0, "backward"),
    Relation("DlA", "Disease", "Anatomy", 3_602, 133, 398, 0.5, 0.3, "backward"),
    Relation("DpS", "Disease", "Symptom", 3_357, 133, 415, 0.0, 0.0, "forward"),
    Relation("DrD", "Disease", "Disease", 543, 112, 106, 0.0, 0.0, "forward"),
    Relation("DuG", "Disease", "Gene", 7_731, 44, 5_630, 1.0, 0.0, "forward"),
    Relation("GcG", "Gene", "Gene", 61_690, 9_043, 9_532, 0.6, 0.4, "forward"),
    Relation("GiG", "Gene", "Gene", 147_164, 9_526, 14_084, 0.0, 0.0, "both"),
    Relation("GpBP", "Gene", "Biological Process", 559_504, 14_772, 11_381, 0.6, 0.3, "both"),
    Relation("GpCC", "Gene", "Cellular Component", 73_566, 10_580, 1_391, 0.0, 0.0, "forward"),
    Relation("GpMF", "Gene", "Molecular Function", 97_222, 13_063, 2_884, 0.0, 0.0, "forward"),
    Relation("GpPW", "Gene", "Pathway", 84_372, 8_979, 1_822, 0.6, 0.3, "both"),
    Relation("Gr>G", "Gene", "Gene", 265_672, 4_634, 7_048, 0.6, 0.4, "forward"),
    Relation("PCiC", "Pharmacologic Class", "Compound", 1_029, 345, 724, 0.0, 0.0, "forward"),
)

FULLEST = 0.25
"""Of all pairs of its nodes, a relation joins at most these."""


@dataclass(frozen=True, eq=False)
class Graph:
    """Arcs sorted by tail, then head; costs and hubs in millionths; ``kind`` indexes TYPES."""

    kind: npt.NDArray[np.int8]
    tails: npt.NDArray[np.int32]
    heads: npt.NDArray[np.int32]
    signs: npt.NDArray[np.int8]
    costs: npt.NDArray[np.int32]
    hubs: npt.NDArray[np.int32]

    @property
    def nodes(self) -> int:
        return len(self.kind)

    def of_type(self, name: str) -> range:
        """The nodes of a type: they are numbered in a row."""
        low, high = np.searchsorted(self.kind, [k := list(TYPES).index(name), k + 1])
        return range(int(low), int(high))


def make(arcs: int = 2_200_000, seed: int = 1) -> Graph:
    """The graph of a seed. 20 million arcs take half a minute."""
    rng = np.random.default_rng(seed)
    both = sum(r.edges * (2 if r.ways == "both" else 1) for r in RELATIONS)
    scale = arcs / both
    grown = arcs / 2_200_000
    sizes = {name: max(3, round(size * grown)) for name, size in TYPES.items()}
    kind = np.repeat(np.arange(len(TYPES), dtype=np.int8), list(sizes.values()))
    first = dict(zip(TYPES, np.cumsum([0, *sizes.values()])[:-1].tolist(), strict=True))
    popularity = {name: np.minimum(rng.pareto(1.5, size) + 1, 50) for name, size in sizes.items()}
    ends = [
        (min(sizes[r.tail], max(3, round(r.tails * grown))),
         min(sizes[r.head], max(3, round(r.heads * grown))))
        for r in RELATIONS
    ]  # fmt: skip
    parts = []
    for r, (n, m), count in zip(RELATIONS, ends, _counts(scale, ends), strict=True):
        tails, heads = _pairs(
            rng, count, popularity[r.tail][:n], popularity[r.head][:m], r.tail == r.head, r.ways
        )
        drawn = rng.random(len(tails))
        signs = (drawn < r.plus).astype(np.int8) - (drawn >= 1 - r.minus).astype(np.int8)
        costs = (100_000 + 1_900_000 * rng.beta(1.2, 3.0, len(tails))).astype(np.int32)
        tails, heads = tails + first[r.tail], heads + first[r.head]
        if r.ways in ("forward", "both"):
            parts.append((tails, heads, signs, costs))
        if r.ways in ("backward", "both"):
            parts.append((heads, tails, signs, costs))
    tails, heads, signs, costs = (np.concatenate(part) for part in zip(*parts, strict=True))
    order = np.argsort(tails * len(kind) + heads, kind="stable")
    tails, heads = tails[order].astype(np.int32), heads[order].astype(np.int32)
    return Graph(kind, tails, heads, signs[order], costs[order], hubs(len(kind), tails, heads))


def _counts(scale: float, ends: list[tuple[int, int]]) -> list[int]:
    """Edges of each relation: Hetionet's share, cut where full, the rest given to the others."""
    wanted = np.array([r.edges * scale for r in RELATIONS])
    arcs = np.array([2 if r.ways == "both" else 1 for r in RELATIONS])
    # Drawn both ways, a pair within a type and its mirror image are one edge.
    halved = [0.5 if r.ways == "both" and r.tail == r.head else 1.0 for r in RELATIONS]
    room = np.array([n * m * h * FULLEST for (n, m), h in zip(ends, halved, strict=True)])
    total, counts = (wanted * arcs).sum(), np.minimum(wanted, room)
    while total - (counts * arcs).sum() > 1 and (free := counts < room).any():
        missing = total - (counts * arcs).sum()
        share = missing / (wanted * arcs)[free].sum()
        counts[free] = np.minimum(counts[free] + wanted[free] * share, room[free])
    return [max(1, int(c)) for c in counts.round()]


def _pairs(
    rng: np.random.Generator,
    count: int,
    tail: npt.NDArray[np.float64],
    head: npt.NDArray[np.float64],
    within: bool,
    ways: str,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Different pairs by popularity; if that gives the same ones over and over, at random."""
    found = np.empty(0, np.int64)
    attempt = 0
    while len(found) < count:
        size = int(1.2 * (count - len(found))) + 16
        p, q = (None, None) if attempt > 4 else (tail / tail.sum(), head / head.sum())
        t, h = rng.choice(len(tail), size, p=p), rng.choice(len(head), size, p=q)
        if within:
            t, h = t[t != h], h[t != h]
            if ways == "both":
                t, h = np.minimum(t, h), np.maximum(t, h)
        width = max(len(tail), len(head))
        found = np.unique(np.concatenate((found, t * width + h)))
        attempt += 1
    found = rng.choice(found, count, replace=False, shuffle=False)
    return np.divmod(found, max(len(tail), len(head)))  # type: ignore[return-value]


def hubs(nodes: int, tails: npt.NDArray[np.int32], heads: npt.NDArray[np.int32]) -> np.ndarray:
    """What passing each node costs: nothing for two neighbours, then their logarithm."""
    low, high = np.minimum(tails, heads).astype(np.int64), np.maximum(tails, heads)
    low, high = np.divmod(np.unique(low * nodes + high), nodes)
    neighbours = np.bincount(low, minlength=nodes) + np.bincount(high, minlength=nodes)
    return np.round(50_000 * np.log(np.maximum(neighbours, 2) / 2)).astype(np.int32)


def kept(arcs: int, seed: int, folder: Path) -> Graph:
    """The graph from the folder, where it is put if it is not there yet."""
    file = folder / f"hetionet-shaped-{arcs}-{seed}.npz"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        made = make(arcs, seed)
        aside = file.with_suffix(".part.npz")
        np.savez(aside, **{f.name: getattr(made, f.name) for f in fields(Graph)})  # type: ignore[arg-type]
        aside.replace(file)
    with np.load(file) as arrays:
        return Graph(**{f.name: arrays[f.name] for f in fields(Graph)})
