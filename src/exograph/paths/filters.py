# SPDX-License-Identifier: Apache-2.0
"""What is left of the claims when only some statements count: plain functions that compose.

A filter acts on statements, for and against alike. Context and kind of evidence are filters of
effects only: where a cell comes from or what a vesicle carries is not said of a wound or an animal,
nor seen in one. So are tissues: what was shown elsewhere than in skin says nothing of skin, unless
the query asks for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from exograph import vocab
from exograph.model import Claim, KnowledgeBase, Statement
from exograph.paths.kinship import Kinship
from exograph.paths.query import PathQuery
from exograph.paths.trust import elsewhere

Keep = Callable[[Statement], bool]


def keepers(kb: KnowledgeBase, query: PathQuery, kin: Kinship) -> tuple[Keep, ...]:
    """One function per filter that the query sets; a statement stays if each of them keeps it."""
    return tuple(_keepers(kb, query, kin))


def _keepers(kb: KnowledgeBase, query: PathQuery, kin: Kinship) -> Iterator[Keep]:
    if query.stated_only:
        yield lambda s: s.basis == "stated"
    if query.no_inferred:
        yield lambda s: s.basis != "inferred"
    if query.references:
        yield lambda s: s.reference in query.references
    if query.sources:
        yield lambda s: s.source in query.sources
    if query.evidence_kinds:
        yield lambda s: not _is_effect(s) or s.evidence_kind in query.evidence_kinds
    if query.predicates:
        yield lambda s: s.predicate in query.predicates
    wanted = wanted_contexts(query)
    if not query.any_tissue and "tissue" not in wanted:
        yield lambda s: not elsewhere(kb, s)
    for field, values in wanted.items():
        yield _in_context(field, values, query.strict_context, kin)


def wanted_contexts(query: PathQuery) -> dict[str, tuple[str, ...]]:
    """The asked values by context field; values of one field are alternatives."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for field, value in query.context:
        wanted[field].append(value)
    return {field: tuple(values) for field, values in wanted.items()}


def _in_context(field: str, values: tuple[str, ...], strict: bool, kin: Kinship) -> Keep:
    def keep(statement: Statement) -> bool:
        if not _is_effect(statement):
            return True
        given: tuple[str, ...] = getattr(statement.context, field)
        if not given:
            return not strict
        if field == "tissue":
            return any(value in kin.inside(asked) for value in given for asked in values)
        return any(kin.within(value, asked) for value in given for asked in values)

    return keep


def _is_effect(statement: Statement) -> bool:
    return vocab.PREDICATES[statement.predicate].is_effect


def left(
    claims: Iterable[Claim], keeps: tuple[Keep, ...], *, with_retracted: bool = False
) -> tuple[Claim | None, ...]:
    """Each claim with the statements that are kept, in the given order; None if none supports it.

    With no filter the claims are returned as they are. ``with_retracted`` gives the statements of
    retracted papers as if they were not; the notices of the knowledge base still tell them.
    """
    if with_retracted:
        claims = (_restored(claim) for claim in claims)
    return tuple(_left(claim, keeps) for claim in claims)


def _restored(claim: Claim) -> Claim:
    if not any(s.retracted for s in claim.statements):
        return claim
    counted = (replace(s, retracted=False) for s in claim.statements)
    return replace(claim, statements=tuple(counted))


def _left(claim: Claim, keeps: tuple[Keep, ...]) -> Claim | None:
    if keeps:
        kept = tuple(s for s in claim.statements if all(keep(s) for keep in keeps))
        if len(kept) < len(claim.statements):
            claim = replace(claim, statements=kept)
    return claim if claim.supported else None


def studies(kb: KnowledgeBase, claim: Claim) -> frozenset[str]:
    """The studies that support a claim; citations of one study are that study, once."""
    return frozenset(kb.study_of(s.reference) for s in claim.statements if s.supports)
