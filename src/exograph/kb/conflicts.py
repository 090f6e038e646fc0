# SPDX-License-Identifier: Apache-2.0
"""Who says the opposite: computed over relations, and joined with the conflicts that are curated.

A relation is all claims with the same two ends and the same sign, whatever the predicate: that A
activates B stands against that A downregulates B. An effect stands, too, against statements that
deny it, or that looked for one and found none. What was retracted takes no side. Opposite claims
on one object by different subjects are no contradiction by themselves; those are conflicts only
where a curator wrote so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from exograph import vocab
from exograph.model import Claim, Conflict, KnowledgeBase, Statement

KINDS = ("opposite_signs", "denied", "other_subjects")
"""Of one relation and its opposite; of a relation and its denial; as curated, of two subjects."""

SAYS = ("raises", "lowers", "acts", "holds", "denies")
"""What a side says: an effect up, down or without a direction, a structure, or that it is not."""

_BY_SIGN = {1: "raises", -1: "lowers", 0: "acts"}


@dataclass(frozen=True)
class Side:
    """One side of a conflict, and the statements that it rests on, in the order of their claims."""

    says: str
    statements: tuple[Statement, ...]

    @property
    def claims(self) -> frozenset[str]:
        """Ids of the claims that the statements are about."""
        return frozenset(s.claim for s in self.statements)

    @property
    def references(self) -> tuple[str, ...]:
        return tuple(sorted({s.reference for s in self.statements}))

    def context(self, field: str) -> tuple[str, ...]:
        """All values that the statements give in a field of the context."""
        return tuple(sorted({v for s in self.statements for v in getattr(s.context, field)}))


@dataclass(frozen=True)
class Opposition:
    """Two sides that cannot both hold in one context, and the curated rows about them."""

    kind: str
    first: Side
    second: Side
    curated: tuple[Conflict, ...] = field(default=())

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.first, self.second

    @property
    def explained_by(self) -> tuple[str, ...]:
        """Fields of the context that explain it, as curators say, in the order of the model."""
        named = {name for row in self.curated for name in row.explained_by}
        return tuple(name for name in vocab.CONTEXT_FIELDS if name in named)

    def differs(self, name: str) -> bool:
        """Whether both sides give this field of the context, and no value is common to them."""
        one, other = (set(side.context(name)) for side in self.sides)
        return bool(one and other) and not one & other

    def is_between(self, conflict: Conflict) -> bool:
        """Whether a curated row names a claim of either side."""
        one, other = conflict.claims
        first, second = self.first.claims, self.second.claims
        return (one in first and other in second) or (other in first and one in second)


def oppositions(claims: Iterable[Claim]) -> tuple[Opposition, ...]:
    """The conflicts that follow from the claims alone, by object and subject. Linear time."""
    pairs: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        pairs[claim.object, claim.subject].append(claim)
    return tuple(found for pair in sorted(pairs) for found in _within(pairs[pair]))


def conflicts(kb: KnowledgeBase) -> tuple[Opposition, ...]:
    """All conflicts: computed ones with the curated rows about them, then those only curated.

    Nothing of the knowledge base is filtered; a row that fits several sides stands with each.
    """
    found = []
    told: set[str] = set()
    for computed in oppositions(kb.claims):
        rows = tuple(row for row in kb.conflicts if computed.is_between(row))
        told |= {row.id for row in rows}
        found.append(Opposition(computed.kind, computed.first, computed.second, rows))
    for row in kb.conflicts:
        if row.id not in told and row.first_subject != row.second_subject:
            first, second = (_side(kb.claim[id]) for id in row.claims)
            if first.statements and second.statements:  # else all of it was retracted
                found.append(Opposition("other_subjects", first, second, (row,)))
    return tuple(found)


def _within(claims: list[Claim]) -> Iterator[Opposition]:
    """Conflicts among the claims of one subject on one object."""
    held: dict[str | int, list[Statement]] = defaultdict(list)
    denied: dict[str | int, list[Statement]] = defaultdict(list)
    nothing: list[Statement] = []
    for claim in claims:
        for s in claim.statements:
            if s.retracted:
                continue
            key = claim.predicate if claim.sign is None else claim.sign
            if s.stance == "null" or (s.predicate == "no_effect_on" and s.stance == "supports"):
                nothing.append(s)
            else:
                (held if s.stance == "supports" else denied)[key].append(s)
    if held[1] and held[-1]:
        yield Opposition("opposite_signs", _of("raises", held[1]), _of("lowers", held[-1]))
    for key in sorted(held, key=str):
        against = list(denied[key])
        if isinstance(key, int):
            against += [*nothing, *(denied[0] if key else ())]
        if held[key] and against:
            says = _BY_SIGN[key] if isinstance(key, int) else "holds"
            yield Opposition("denied", _of(says, held[key]), _of("denies", against))
    if nothing and denied["no_effect_on"]:
        yield Opposition("denied", _of("holds", nothing), _of("denies", denied["no_effect_on"]))


def _of(says: str, statements: Iterable[Statement]) -> Side:
    order = sorted(statements, key=lambda s: (s.predicate, s.id))
    return Side(says, tuple(order))


def _side(claim: Claim) -> Side:
    """What a curated conflict means by a claim: that it holds, or if nobody says so, its denial."""
    standing = [s for s in claim.statements if not s.retracted]
    holding = [s for s in standing if s.supports]
    if not holding or claim.predicate == "no_effect_on":
        return _of("denies", standing)
    return _of("holds" if claim.sign is None else _BY_SIGN[claim.sign], holding)
