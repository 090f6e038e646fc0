# SPDX-License-Identifier: Apache-2.0
"""What is left of each claim when only some statements count, and what it costs.

Of claims that are model objects one by one; of millions in columns by what their forms have in
common, which gives the same numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from exograph.columns.large import LargeKnowledgeBase
from exograph.columns.rows import PREDICATES
from exograph.model import Claim, KnowledgeBase
from exograph.paths.engine import distinct
from exograph.paths.filters import Keep, keepers, left
from exograph.paths.kinship import Kinship
from exograph.paths.query import PathQuery
from exograph.paths.rank import Weights, cost_of, credence, evidence_cost

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]


_ALIKE = 4
"""Statements up to which claims are costed together; more than that, few claims have."""


class Settled(Protocol):
    """``remains`` says of each claim whether a statement is left that supports it."""

    @property
    def remains(self) -> Bools: ...

    def claim(self, number: int) -> Claim | None:
        """What is left of a claim."""

    def costs(self, claims: Ints) -> Longs:
        """What the evidence of claims that remain costs, in millionths."""

    def of_predicates(self, names: frozenset[str]) -> Bools:
        """Which claims are of one of these predicates."""


def settle(kb: KnowledgeBase, query: PathQuery, kin: Kinship, weights: Weights) -> Settled:
    """The claims that the filters of a query leave."""
    if isinstance(kb, LargeKnowledgeBase):
        return _columns(kb, query, kin, weights)
    keeps = keepers(kb, query, kin)
    return _Objects(kb, left(kb.claims, keeps, with_retracted=query.with_retracted), weights)


@dataclass(frozen=True, eq=False)
class _Objects:
    kb: KnowledgeBase
    held: Sequence[Claim | None]
    weights: Weights

    @property
    def remains(self) -> Bools:
        return np.fromiter((claim is not None for claim in self.held), np.bool_, len(self.held))

    def claim(self, number: int) -> Claim | None:
        return self.held[number]

    def costs(self, claims: Ints) -> Longs:
        cost = {
            int(n): evidence_cost(self.kb, claim, self.weights)
            for n in distinct(claims)
            if (claim := self.held[int(n)]) is not None
        }
        return np.array([cost[int(n)] for n in claims], np.int64)

    def of_predicates(self, names: frozenset[str]) -> Bools:
        held = self.kb.claims
        return np.fromiter((claim.predicate in names for claim in held), np.bool_, len(held))


@dataclass(frozen=True, eq=False)
class _Columns:
    """``supports`` and ``denies`` say what each statement that is kept does, ``credences`` how
    much it is believed."""

    kb: LargeKnowledgeBase
    keeps: tuple[Keep, ...]
    with_retracted: bool
    weights: Weights
    supports: Bools
    denies: Bools
    credences: npt.NDArray[np.float64]

    @property
    def remains(self) -> Bools:
        return self.kb.joined.of_claims(self.supports)

    def claim(self, number: int) -> Claim | None:
        claims = (self.kb.claims[number],)
        return left(claims, self.keeps, with_retracted=self.with_retracted)[0]

    def of_predicates(self, names: frozenset[str]) -> Bools:
        return np.array([name in names for name in PREDICATES], np.bool_)[self.kb.joined.predicate]

    def costs(self, claims: Ints) -> Longs:
        joined = self.kb.joined
        begin, end = joined.pointers[claims], joined.pointers[claims.astype(np.int64) + 1]
        made = np.full(len(claims), -1, np.int64)
        for many in range(1, _ALIKE + 1):
            found = np.flatnonzero(end - begin == many)
            rows = joined.rows[begin[found, None] + np.arange(many)]
            studies = np.sort(joined.studies[rows], axis=1)
            plain = self.supports[rows].all(axis=1)
            plain &= (studies[:, 1:] != studies[:, :-1]).all(axis=1)
            made[found[plain]] = self._of_studies(rows[plain])
        for n in np.flatnonzero(made < 0).tolist():
            made[n] = self._of_any(joined.rows[begin[n] : end[n]])
        return made

    def _of_studies(self, rows: Longs) -> Longs:
        """The cost of claims whose statements all support them, each of another study."""
        values = distinct(self.credences[rows].ravel())
        base = max(len(values), 1)
        ranks = np.sort(np.searchsorted(values, self.credences[rows]), axis=1)
        keys = ranks @ (np.int64(base) ** np.arange(rows.shape[1]))
        held = distinct(keys)
        cost = []
        for key in held.tolist():
            digits = [key // base**n % base for n in range(rows.shape[1])]
            cost.append(cost_of(values[digits].tolist(), 0, self.weights))
        return np.array(cost, np.int64)[np.searchsorted(held, keys)]

    def _of_any(self, rows: Longs) -> int:
        best: dict[int, float] = {}
        against = set()
        for study, b, supports, denies in zip(
            self.kb.joined.studies[rows].tolist(),
            self.credences[rows].tolist(),
            self.supports[rows].tolist(),
            self.denies[rows].tolist(),
            strict=True,
        ):
            if supports:
                best[study] = max(best.get(study, 0.0), b)
            elif denies:
                against.add(study)
        return cost_of(best.values(), len(against), self.weights)


def _columns(kb: LargeKnowledgeBase, query: PathQuery, kin: Kinship, weights: Weights) -> _Columns:
    joined, small = kb.joined, kb.joined.small.statements
    keeps = keepers(kb, query, kin)
    by_form = keepers(kb, replace(query, references=()), kin)  # a form cites nobody
    forms = [form for part in joined.parts for form in part.forms]
    kept = joined.per_row(
        [all(keep(form) for keep in by_form) for form in forms],
        [all(keep(s) for keep in keeps) for s in small],
        np.bool_,
    )
    if query.references:
        kept[len(small) :] &= _cites(kb, frozenset(query.references))[len(small) :]
    if not query.with_retracted:
        kept &= ~kb.lost
    credences = joined.per_row(
        [credence(kb, form, weights) for form in forms],
        [credence(kb, s, weights) for s in small],
        np.float64,
    )
    lost = kb.lost.copy()
    lost[: len(small)] = False
    credences[lost] = joined.per_row(
        [credence(kb, form, weights, retracted=True) for form in forms],
        [0] * len(small),
        np.float64,
    )[lost]
    supports, denies = kept & joined.supports, kept & ~joined.supports
    return _Columns(kb, keeps, query.with_retracted, weights, supports, denies, credences)


def _cites(kb: LargeKnowledgeBase, references: frozenset[str]) -> Bools:
    """Which statements are of one of these references."""
    named = [r.id for r in kb.joined.small.references]
    named += [id for part in kb.joined.parts for id in part.cited]
    return np.array([id in references for id in named], np.bool_)[kb.joined.cited]
