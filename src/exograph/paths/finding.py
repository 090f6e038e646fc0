# SPDX-License-Identifier: Apache-2.0
"""From a question to the best paths: filters, search, folding, and what to say of each path."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from math import prod

from exograph.arrays import ClaimArrays
from exograph.model import KnowledgeBase
from exograph.paths.cautions import cautions
from exograph.paths.engine import (
    MICRO,
    WORK_LIMIT,
    Budget,
    Question,
    Route,
    Stopped,
    Telling,
    best_first,
)
from exograph.paths.fold import Accept, Folding, Walk
from exograph.paths.query import Ends, PathQuery, resolve
from exograph.paths.rank import WEIGHTS, Weights
from exograph.paths.result import Path, PathResult, PathStep, Shortcut
from exograph.paths.story import changes, coherent_studies, tell, told_by
from exograph.paths.walkable import Walkable, question, walkable


def find(
    kb: KnowledgeBase,
    arrays: ClaimArrays,
    query: PathQuery,
    *,
    weights: Weights = WEIGHTS,
    work_limit: int = WORK_LIMIT,
) -> PathResult:
    """The ``query.top`` best simple paths, in order of cost, steps and claim ids.

    ``arrays`` are those of ``kb``. What is listed is exact, also after a stop: the first so many
    paths that an unlimited search would list. Raises InputError for a question that names what is
    not there or contradicts itself; an answer without paths is no error.
    """
    listing = search(kb, arrays, query, weights=weights, work_limit=work_limit)
    found: list[Path] = []
    while True:
        try:
            found.append(next(listing))
        except StopIteration as end:
            return PathResult(query, tuple(found), end.value is None, end.value, weights)


def search(
    kb: KnowledgeBase,
    arrays: ClaimArrays,
    query: PathQuery,
    *,
    weights: Weights = WEIGHTS,
    work_limit: int = WORK_LIMIT,
) -> Generator[Path, None, str | None]:
    """The paths of ``find``, each as soon as it is certain; returns what ended the list, if so.

    Raises InputError at once, not at the first path.
    """
    began = time.monotonic()
    ends = resolve(kb, query)
    budget = Budget(query.timeout, work_limit, began=began)
    return _one_by_one(walkable(kb, arrays, query, weights), query, ends, budget)


def _one_by_one(
    ground: Walkable, query: PathQuery, ends: Ends, budget: Budget
) -> Generator[Path, None, str | None]:
    asked = question(ground, query, ends)
    accept = _acceptance(ground, query, asked)
    folding = Folding(ground, accept, asked.steps, budget)
    listed = 0
    try:
        for route in best_first(ground.arcs, asked, budget, _telling(ground, query)):
            if not accept(route) or (query.fold and folding.has_finer(route)):
                continue
            if listed == query.top:
                return "top"
            shortcuts = folding.shortcuts(route) if query.fold else ()
            listed += 1
            yield _path(ground, query, route, shortcuts)
    except Stopped as stop:
        return stop.reason
    return None


def _acceptance(ground: Walkable, query: PathQuery, asked: Question) -> Accept:
    """Whether a walk from start to end over the query's arcs is within all of the filters."""
    marks = [frozenset(nodes.tolist()) for nodes in asked.via]
    arc_marks = [frozenset(arcs.tolist()) for arcs in asked.via_arcs]
    avoid = frozenset(() if asked.avoid is None else asked.avoid.tolist())

    def passes(route: Walk | Route) -> bool:
        return (
            (not query.layers or len(route.arcs) == asked.steps)
            and query.sign in ("any", _sign(ground, route))
            and avoid.isdisjoint(route.nodes)
            and not any(mark.isdisjoint(route.nodes) for mark in marks)
            and not any(mark.isdisjoint(route.arcs) for mark in arc_marks)
        )

    def told(route: Walk | Route) -> bool:
        claims = [ground.walked[arc] for arc in route.arcs]
        if query.told and not told_by(claims, ground.who):
            return False
        return not query.coherent or bool(coherent_studies(claims, ground.who))

    def accept(route: Walk | Route) -> bool:
        return passes(route) and (not (query.told or query.coherent) or told(route))

    return accept


def _telling(ground: Walkable, query: PathQuery) -> Telling:
    """Who tells each arc: studies, whose changes cost, and what is to be common if that is asked.

    That is a mechanism of a told path, and of a coherent one a study that is no review.
    """
    who, common = ground.who, None
    if query.told:
        common = ground.bits(who.telling)
    elif query.coherent:
        common = ground.bits(lambda claim: who.studies(claim) - who.reviews)
    return Telling(common, ground.holders, ground.handover)


def _path(ground: Walkable, query: PathQuery, route: Route, shortcuts: Sequence[Route]) -> Path:
    steps = tuple(PathStep(ground.walked[arc]) for arc in route.arcs)
    story = tell([step.claim for step in steps], ground.who)
    evidence = ground.arcs.costs[list(route.arcs)].tolist()
    hubs = ground.arcs.hubs[list(route.nodes[1:-1])].tolist()
    return Path(
        steps=steps,
        sign=_sign(ground, route),
        telling=story.telling,
        mechanism=story.mechanism,
        coherent=story.coherent,
        references=story.references,
        handovers=story.handovers,
        cost=route.cost / MICRO,
        kb=ground.kb,
        cost_parts={
            "evidence": sum(evidence) / MICRO,
            "length": ground.step * len(steps) / MICRO,
            "hubs": sum(hubs) / MICRO,
            "handovers": ground.handover * changes([s.claim for s in steps], ground.who) / MICRO,
        },
        step_costs=tuple(cost / MICRO for cost in evidence),
        shortcuts=tuple(_shortcut(ground, short) for short in shortcuts),
        warnings=cautions(ground.kb, query, ground.kin, steps, story),
    )


def _sign(ground: Walkable, route: Walk | Route) -> str:
    product = prod(ground.arcs.signs[list(route.arcs)].tolist())
    return {1: "+", -1: "-"}.get(product, "?")


def _shortcut(ground: Walkable, route: Route) -> Shortcut:
    steps = [PathStep(ground.walked[arc]) for arc in route.arcs]
    return Shortcut(
        entities=tuple(ground.nodes[node] for node in route.nodes),
        claims=tuple(step.claim.id for step in steps),
        signs=tuple(step.sign for step in steps),
        cost=route.cost / MICRO,
    )
