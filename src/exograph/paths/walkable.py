# SPDX-License-Identifier: Apache-2.0
"""The claims that some filters leave, priced, as arcs for the engine.

All that a query asks of statements is settled here, once for all queries that ask the same; what it
asks of entities, signs and lengths becomes the engine's question.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from exograph.arrays import ClaimArrays
from exograph.model import Claim, KnowledgeBase
from exograph.paths.engine import EVERY, MICRO, Arcs, Question, distinct
from exograph.paths.kinship import Kinship, kinship
from exograph.paths.query import Ends, PathQuery
from exograph.paths.rank import Weights, hub_cost
from exograph.paths.settling import Settled, settle
from exograph.paths.story import Tellers, tellers

Longs = npt.NDArray[np.int64]

_KEPT = 8
"""Answers that are kept: each holds the arcs once more."""


@dataclass(frozen=True, eq=False)
class Walkable:
    """Arcs of the claims that are left, with the claims, and who tells them.

    ``nodes`` are entity ids by node number, ``walked`` the claims by arc number.
    """

    kb: KnowledgeBase
    arrays: ClaimArrays
    weights: Weights
    nodes: tuple[str, ...]
    arcs: Arcs
    walked: Walked
    kin: Kinship
    who: Tellers
    _leaving: dict[int, tuple[tuple[int, int], ...]] = field(default_factory=dict, repr=False)

    @property
    def step(self) -> int:
        """The cost of a step's length, in millionths."""
        return round(self.weights.step * MICRO)

    @property
    def handover(self) -> int:
        """The cost of each change of hands, in millionths."""
        return round(self.weights.handover * MICRO)

    @cached_property
    def holders(self) -> Bits:
        """For each arc the studies that support it, as bits; all bits for a structural one."""
        return self.bits(self.who.studies)

    def bits(self, tellers: Callable[[Claim], frozenset[str]]) -> Bits:
        """For each arc a set of names as bits; all bits for a structural one."""
        return Bits(self.walked, tellers)

    def node(self, id: str) -> int:
        """Number of an entity; entities stand by id."""
        return bisect_left(self.nodes, id)

    def leaving(self, node: int) -> tuple[tuple[int, int], ...]:
        """Arc and head of each way on from a node."""
        if node not in self._leaving:
            begin, end = int(self.arcs.indptr[node]), int(self.arcs.indptr[node + 1])
            heads = self.arcs.heads[begin:end].tolist()
            self._leaving[node] = tuple(zip(range(begin, end), heads, strict=True))
        return self._leaving[node]

    def reaching(self, node: int) -> Iterable[tuple[int, int]]:
        """Arc and tail of each way to a node."""
        rows = slice(int(self.arcs.into[node]), int(self.arcs.into[node + 1]))
        arcs, tails = self.arcs.into_arcs[rows].tolist(), self.arcs.into_tails[rows].tolist()
        return zip(arcs, tails, strict=True)


def walkable(
    kb: KnowledgeBase, arrays: ClaimArrays, query: PathQuery, weights: Weights
) -> Walkable:
    """The arcs of a query over the claims that its filters left.

    What a claim costs, and how many neighbours an entity has, is decided before predicates are
    avoided: the same claim costs the same in a query with and without that. The last few answers
    are kept with the knowledge base.
    """
    kept: dict[tuple[PathQuery, Weights, int], Walkable]
    kept = kb.__dict__.setdefault("_walkable", {})
    asked = _settled(query), weights, id(arrays)
    if asked not in kept:
        if len(kept) == _KEPT:
            del kept[next(iter(kept))]
        kept[asked] = _walkable(kb, arrays, query, weights)
    return kept[asked]


def _walkable(
    kb: KnowledgeBase, arrays: ClaimArrays, query: PathQuery, weights: Weights
) -> Walkable:
    kin = kinship(kb)
    settled = settle(kb, query, kin, weights)
    kept = settled.remains[arrays.arc_claim] & (arrays.tails != arrays.heads)
    hubs = _hubs(arrays, kept, weights)
    if avoid := query.avoid_predicates:
        kept &= ~settled.of_predicates(avoid)[arrays.arc_claim]
    numbers = arrays.arc_claim[kept]
    ranks = np.empty(len(arrays.claim_ids), np.int64)
    ranks[np.argsort(arrays.claim_ids, kind="stable")] = np.arange(len(ranks))
    # Arcs of ClaimArrays stand by tail, head and claim already, and so does what is kept of them.
    arcs = Arcs.of(
        nodes=len(arrays.node_ids),
        tails=arrays.tails[kept],
        heads=arrays.heads[kept],
        signs=arrays.arc_sign[kept],
        costs=settled.costs(numbers),
        hubs=hubs,
        ranks=ranks[numbers],
    )
    who = tellers(kb, with_retracted=query.with_retracted)
    walked = Walked(settled, numbers)
    return Walkable(kb, arrays, weights, arrays.nodes, arcs, walked, kin, who)


class Walked(Sequence[Claim]):
    """The claims of arcs, as what is left of them, each made when it is first asked for."""

    def __init__(self, settled: Settled, numbers: npt.NDArray[np.int32]) -> None:
        self._settled, self._numbers = settled, numbers
        self._made: dict[int, Claim] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, arc: int) -> Claim:  # type: ignore[override]
        if arc not in self._made:
            claim = self._settled.claim(int(self._numbers[arc]))
            assert claim is not None, "an arc is walked only if something is left of its claim"
            self._made[arc] = claim
        return self._made[arc]

    def of_predicate(self, name: str) -> Longs:
        """The arcs whose claims are of a predicate."""
        return np.flatnonzero(self._settled.of_predicates(frozenset({name}))[self._numbers])


class Bits(Sequence[int]):
    """For each arc a set of names as bits, told when it is asked for."""

    def __init__(self, walked: Walked, tellers: Callable[[Claim], frozenset[str]]) -> None:
        self._walked, self._tellers = walked, tellers
        self._number: dict[str, int] = {}
        self._made: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._walked)

    def __getitem__(self, arc: int) -> int:  # type: ignore[override]
        if (known := self._made.get(arc)) is None:
            known = self._made[arc] = self._of(self._walked[arc])
        return known

    def _of(self, claim: Claim) -> int:
        if claim.sign is None:
            return EVERY
        number = self._number
        return sum(1 << number.setdefault(name, len(number)) for name in self._tellers(claim))


def _settled(query: PathQuery) -> PathQuery:
    """The part of a query that ``walkable`` looks at; two queries that share it share the arcs."""
    blank = PathQuery(start=(), end=())
    return replace(
        blank,
        context=query.context,
        strict_context=query.strict_context,
        stated_only=query.stated_only,
        no_inferred=query.no_inferred,
        references=query.references,
        sources=query.sources,
        evidence_kinds=query.evidence_kinds,
        predicates=query.predicates,
        avoid=tuple(f"predicate:{name}" for name in sorted(query.avoid_predicates)),
        with_retracted=query.with_retracted,
        any_tissue=query.any_tissue,
    )


def question(ground: Walkable, query: PathQuery, ends: Ends) -> Question:
    """What the engine is asked."""
    nodes = len(ground.nodes)

    def numbers(ids: Iterable[str]) -> Longs:
        return np.array(sorted(ground.node(id) for id in ids), np.int64)

    def mask(ids: frozenset[str] | None) -> npt.NDArray[np.bool_] | None:
        if ids is None:
            return None
        allowed = np.zeros(nodes, np.bool_)
        allowed[numbers(ids)] = True
        return allowed

    return Question(
        starts=numbers(ends.start),
        ends=numbers(ends.end),
        max_steps=query.max_steps,
        sign=query.sign,
        layers=tuple(mask(layer) for layer in ends.layers),
        via=tuple(numbers(ids) for ids in ends.via),
        via_arcs=tuple(map(ground.walked.of_predicate, ends.via_predicates)),
        avoid=numbers(ends.avoid) if ends.avoid else None,
        step=ground.step,
    )


def _hubs(arrays: ClaimArrays, kept: npt.NDArray[np.bool_], weights: Weights) -> Longs:
    """Cost of passing each node, by its number of different neighbours either way."""
    nodes = len(arrays.node_ids)
    if not nodes:
        return np.zeros(0, np.int64)
    tails, heads = arrays.tails[kept].astype(np.int64), arrays.heads[kept].astype(np.int64)
    pairs = distinct(np.minimum(tails, heads) * nodes + np.maximum(tails, heads))
    degree = np.bincount(pairs // nodes, minlength=nodes)
    degree = degree + np.bincount(pairs % nodes, minlength=nodes)
    price = {int(n): hub_cost(int(n), weights) for n in distinct(degree)}
    return np.array([price[int(n)] for n in degree], np.int64)
