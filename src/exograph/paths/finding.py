# SPDX-License-Identifier: Apache-2.0
"""From a question to the best paths: filters, search, folding, and what to say of each path."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from exograph.arrays import ClaimArrays
from exograph.model import KnowledgeBase
from exograph.paths.cautions import cautions
from exograph.paths.filters import keepers, left
from exograph.paths.fold import Folding
from exograph.paths.graph import Graph, compile_query
from exograph.paths.kinship import Kinship, kinship
from exograph.paths.query import PathQuery, resolve
from exograph.paths.rank import MICRO, WEIGHTS, Weights
from exograph.paths.result import Path, PathResult, PathStep, Shortcut
from exograph.paths.search import EVERY, WORK_LIMIT, Budget, Route, Stopped, best_first
from exograph.paths.story import Tellers, coherent_studies, tell, tellers, told_by


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
    budget = Budget(query.timeout, work_limit)
    ends = resolve(kb, query)
    kin, who = kinship(kb), tellers(kb, with_retracted=query.with_retracted)
    keeps = keepers(kb, query, kin)
    claims = left(kb.claims, keeps, with_retracted=query.with_retracted)
    graph = compile_query(kb, arrays, claims, query=query, ends=ends, weights=weights)
    asked = _Asked(kb, query, kin, who, graph, arrays)
    accept = _acceptance(asked)
    folding = Folding(graph, who, accept, budget)
    found: list[Path] = []
    stopped: str | None = None
    try:
        for route in best_first(graph, budget, _shared(asked)):
            if not accept(route) or (query.fold and folding.has_finer(route)):
                continue
            if len(found) == query.top:
                stopped = "top"
                break
            shortcuts = folding.shortcuts(route) if query.fold else ()
            found.append(_path(asked, route, shortcuts))
    except Stopped as stop:
        stopped = stop.reason
    return PathResult(query, tuple(found), stopped is None, stopped)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query with all that was made of it."""

    kb: KnowledgeBase
    query: PathQuery
    kin: Kinship
    who: Tellers
    graph: Graph
    arrays: ClaimArrays


def _acceptance(asked: _Asked) -> Callable[[Route], bool]:
    """Whether a walk from start to end of the query's graph is within all of the filters."""
    graph, query, who = asked.graph, asked.query, asked.who
    via = {1 << n for n in range(graph.all_via.bit_length())}

    def accept(route: Route) -> bool:
        if query.layers and len(route.arcs) != graph.max_steps:
            return False
        if not via <= set(graph.via_bit[list(route.nodes)].tolist()):
            return False
        claims = [graph.claim(arc) for arc in route.arcs]
        if query.told and not told_by(claims, who):
            return False
        return not query.coherent or bool(coherent_studies(claims, who))

    return accept


def _shared(asked: _Asked) -> Sequence[int] | None:
    """For each arc the mechanisms, or else the studies, that may tell it, as bits."""
    graph, query, who = asked.graph, asked.query, asked.who
    if not (query.told or query.coherent):
        return None
    number: dict[str, int] = {}

    def bits(arc: int) -> int:
        if graph.arc_structural[arc]:
            return EVERY
        claim = graph.claim(arc)
        told = who.mechanisms.get(claim.id, frozenset())
        names = told if query.told else who.studies(claim) - who.reviews
        return sum(1 << number.setdefault(name, len(number)) for name in names)

    return [bits(arc) for arc in range(len(graph.heads))]


def _path(asked: _Asked, route: Route, shortcuts: Sequence[Route]) -> Path:
    graph = asked.graph
    steps = tuple(PathStep(graph.claim(arc)) for arc in route.arcs)
    story = tell([step.claim for step in steps], asked.who)
    signs = [step.sign for step in steps if step.sign]
    sign = "?" if "?" in signs else "-" if signs.count("-") % 2 else "+"
    evidence = sum(int(graph.evidence[arc]) for arc in route.arcs)
    hubs = sum(int(graph.hub[node]) for node in route.nodes[1:-1])
    return Path(
        steps=steps,
        sign=sign,
        telling=story.telling,
        mechanism=story.mechanism,
        coherent=story.coherent,
        references=story.references,
        handovers=story.handovers,
        cost=route.cost / MICRO,
        cost_parts={
            "evidence": evidence / MICRO,
            "length": graph.step * len(steps) / MICRO,
            "hubs": hubs / MICRO,
        },
        shortcuts=tuple(_shortcut(asked, short) for short in shortcuts),
        warnings=cautions(asked.kb, asked.query, asked.kin, steps),
    )


def _shortcut(asked: _Asked, route: Route) -> Shortcut:
    steps = [PathStep(asked.graph.claim(arc)) for arc in route.arcs]
    return Shortcut(
        entities=tuple(asked.arrays.node_ids[list(route.nodes)].astype(str).tolist()),
        claims=tuple(step.claim.id for step in steps),
        signs=tuple(step.sign for step in steps),
        cost=route.cost / MICRO,
    )
