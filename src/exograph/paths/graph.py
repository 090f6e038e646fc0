# SPDX-License-Identifier: Apache-2.0
"""A query compiled: the arcs that it may walk, what they cost, and an automaton over sign and via.

A state of the automaton is what a walk has seen: which of the ``via`` entities, and, if a sign is
asked for, the sign so far. A walk may end where its state accepts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from exograph.arrays import ClaimArrays
from exograph.model import Claim, KnowledgeBase
from exograph.paths.query import Ends, PathQuery
from exograph.paths.rank import Weights, evidence_cost, hub_cost

Longs = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

NEXT_SIGN: dict[str, tuple[tuple[int, int, int], ...]] = {
    "any": ((0, 0, 0),),
    "+": ((1, 0, 0), (0, 1, 1)),
    "-": ((1, 0, 0), (0, 1, 1)),
    "?": ((0, 1, 0), (1, 1, 1)),
}
"""Next state of the sign by state and by the step's sign, -1, 0 or +1; a sign that is asked for
bars unsigned steps, so their column is never read there."""

ACCEPTED_SIGN = {"any": 0, "+": 0, "-": 1, "?": 1}


@dataclass(frozen=True, eq=False)
class Graph:
    """Arcs by tail, as in ClaimArrays, but only those that a path of the query may use.

    ``evidence`` is the cost of an arc without its length, ``step`` the cost of length, ``hub`` the
    cost of passing a node. ``next_state[state, sign + 1]`` and ``via_bit`` make the automaton:
    states are numbered ``mask * signs + sign``. ``layers`` says which nodes may stand at each
    position, or is empty.
    """

    claims: Sequence[Claim | None]
    claim_ids: npt.NDArray[np.bytes_]
    tails: npt.NDArray[np.int32]
    heads: npt.NDArray[np.int32]
    arc_claim: npt.NDArray[np.int32]
    arc_sign: npt.NDArray[np.int8]
    arc_structural: Bools
    evidence: Longs
    step: int
    hub: Longs
    starts: tuple[int, ...]
    is_end: Bools
    via_bit: npt.NDArray[np.int64]
    all_via: int
    sign: str
    max_steps: int
    layers: tuple[Bools, ...] = ()
    _out: dict[int, tuple[int, ...]] = field(default_factory=dict, repr=False)

    @property
    def nodes(self) -> int:
        return len(self.hub)

    def claim(self, arc: int) -> Claim:
        """The claim of an arc, with the statements that the filters left."""
        claim = self.claims[int(self.arc_claim[arc])]
        if claim is None:
            raise LookupError(arc)
        return claim

    def leaving(self, node: int) -> tuple[int, ...]:
        """The arcs that leave a node."""
        if node not in self._out:
            low, high = np.searchsorted(self.tails, (node, node + 1))
            self._out[node] = tuple(range(int(low), int(high)))
        return self._out[node]


def compile_query(
    kb: KnowledgeBase,
    arrays: ClaimArrays,
    claims: Sequence[Claim | None],
    *,
    query: PathQuery,
    ends: Ends,
    weights: Weights,
) -> Graph:
    """The graph of a query over the claims that its filters left.

    What a claim costs, and how many neighbours an entity has, is decided before ``avoid``, sign
    and ends take arcs away: the same claim costs the same in a query with and without them.
    """
    left = np.fromiter((claim is not None for claim in claims), np.bool_, len(claims))
    kept = left[arrays.arc_claim] & (arrays.tails != arrays.heads)
    hub = _hubs(arrays, kept, weights)
    if query.sign in ("+", "-"):
        kept &= arrays.arc_sign != 0
    for id in query.avoid:
        node = arrays.node(id)
        kept &= (arrays.tails != node) & (arrays.heads != node)
    starts = tuple(sorted(arrays.node(id) for id in ends.start))
    kept &= _reached(arrays, kept, starts, query.max_steps)[arrays.tails]
    is_end = np.zeros(len(hub), np.bool_)
    is_end[[arrays.node(id) for id in ends.end]] = True
    via = sorted({arrays.node(id) for id in query.via})
    via_bit = np.zeros(len(hub), np.int64)
    via_bit[via] = [1 << n for n in range(len(via))]
    arc_claim = arrays.arc_claim[kept]
    costs = {
        int(index): evidence_cost(kb, claim, weights)
        for index in distinct(arc_claim)
        if (claim := claims[int(index)]) is not None
    }
    return Graph(
        claims=claims,
        claim_ids=arrays.claim_ids,
        tails=arrays.tails[kept],
        heads=arrays.heads[kept],
        arc_claim=arc_claim,
        arc_sign=arrays.arc_sign[kept],
        arc_structural=arrays.arc_structural[kept],
        evidence=np.array([costs[int(index)] for index in arc_claim], np.int64),
        step=round(weights.step * 1_000_000),
        hub=hub,
        starts=starts,
        is_end=is_end,
        via_bit=via_bit,
        all_via=(1 << len(via)) - 1,
        sign=query.sign,
        max_steps=len(query.layers) - 1 if query.layers else query.max_steps,
        layers=tuple(_among(arrays, layer) for layer in ends.layers),
    )


def distinct(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The different values, ascending. (``np.unique`` does more, and costs an import of 6 ms.)"""
    ordered = np.sort(values)
    return ordered[np.flatnonzero(np.diff(ordered, prepend=ordered[:1] - 1))]


def _hubs(arrays: ClaimArrays, kept: Bools, weights: Weights) -> Longs:
    """Cost of passing each node, by its number of different neighbours either way."""
    nodes = len(arrays.node_ids)
    tails, heads = arrays.tails[kept].astype(np.int64), arrays.heads[kept].astype(np.int64)
    pairs = distinct(np.minimum(tails, heads) * nodes + np.maximum(tails, heads))
    degree = np.bincount(pairs // nodes, minlength=nodes) if nodes else np.zeros(0, np.int64)
    degree = degree + np.bincount(pairs % nodes, minlength=nodes) if nodes else degree
    price = {int(n): hub_cost(int(n), weights) for n in distinct(degree)}
    return np.array([price[int(n)] for n in degree], np.int64)


def _reached(arrays: ClaimArrays, kept: Bools, starts: tuple[int, ...], max_steps: int) -> Bools:
    """Nodes that some walk of fewer than ``max_steps`` steps reaches: arcs beyond are of no use."""
    tails, heads = arrays.tails[kept], arrays.heads[kept]
    seen = np.zeros(len(arrays.node_ids), np.bool_)
    seen[list(starts)] = True
    for _ in range(max_steps - 1):
        before = int(seen.sum())
        seen[heads[seen[tails]]] = True
        if int(seen.sum()) == before:
            break
    return seen


def _among(arrays: ClaimArrays, ids: frozenset[str] | None) -> Bools:
    allowed = np.full(len(arrays.node_ids), ids is None)
    allowed[[arrays.node(id) for id in ids or ()]] = True
    return allowed
