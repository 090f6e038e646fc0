# SPDX-License-Identifier: Apache-2.0
"""All paths of a question that has few, in a small graph: there plain Python is quicker than numpy.

All walks to an end are put together from the ends of walks, which many share. What else is asked of
a path is looked at when it is whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from math import prod
from typing import Any, TypeAlias

from exograph.paths.engine.budget import Budget
from exograph.paths.engine.question import Automaton, Route
from exograph.paths.engine.rows import Way, depths, leading, ways
from exograph.paths.engine.sweep import PER_COST
from exograph.paths.engine.telling import EVERY, Telling

_SMALL = 10_000
"""Arcs and nodes of a graph up to which this is tried."""

_FEW = 1_000
"""Pieces of walks for one question up to which this is quicker."""

_SIGNS = {"+": 1, "-": -1, "?": 0}

Piece: TypeAlias = tuple[int, Way, Any]
"""A walk to an end: its key, its first way, and the piece that follows, or () at the end."""


class _TooManyError(Exception):
    """There are more pieces than is quick."""


def few(automaton: Automaton, telling: Telling, budget: Budget) -> Iterable[Route] | None:
    """All paths of a question, in order; None if there may be too many.

    Raises Stopped at the deadline.
    """
    arcs, question = automaton.arcs, automaton.question
    if max(len(arcs), arcs.nodes) > _SMALL:
        return None
    walks: list[Piece] = []
    before = budget.used
    try:
        walks_from = _walks(automaton, budget)
        for start in automaton.starts.tolist():
            walks += walks_from(start, question.steps)
    except _TooManyError:
        budget.used = before
        return None
    walks.sort()
    paths = _as_asked(automaton, map(_whole, walks))
    if telling.common is None and telling.holders is None:
        return paths
    ranks = ways(arcs, question.step).ranks

    def place(path: Route) -> tuple[int, int, list[int]]:
        return path.cost, len(path.arcs), [ranks[arc] for arc in path.arcs]

    return sorted(_as_told(telling, paths), key=place)


def _walks(automaton: Automaton, budget: Budget) -> Callable[[int, int], list[Piece]]:
    """What makes the walks from a node to any end, of at most so many steps.

    Those that go on from a node are made once, or, where that cuts some off, once for each number
    of steps left.
    """
    ends, (deep, _) = frozenset(automaton.ends.tolist()), depths(automaton.arcs)
    by_node = ways(automaton.arcs, automaton.question.step).by_node
    leads = leading(automaton.arcs, ends, budget)
    limit = min(budget.used + _FEW, budget.limit)
    known: dict[int | tuple[int, int], list[Piece]] = {}

    def walks(node: int, left: int) -> list[Piece]:
        made: list[Piece] = []
        for way in by_node[node]:
            head = way[3]
            if leads[head] == "0":
                continue
            if head in ends:
                made.append((way[4], way, ()))
            if deep[head] and left > 1:
                place = head if deep[head] < left else (head, left)
                further = known.get(place)
                if further is None:
                    further = known[place] = walks(head, left - 1)
                if further:
                    passing = way[5]
                    for piece in further:
                        made.append((passing + piece[0], way, piece))
                    if len(made) > _FEW:
                        raise _TooManyError
        budget.used += len(made)
        if budget.used > limit:
            raise _TooManyError
        return made

    return walks


def _whole(piece: Piece) -> Route:
    key, way, rest = piece
    nodes, arcs = [way[2], way[3]], [way[1]]
    while rest:
        _, way, rest = rest
        nodes.append(way[3])
        arcs.append(way[1])
    return Route(tuple(nodes), tuple(arcs), key // PER_COST)


def _as_asked(automaton: Automaton, paths: Iterable[Route]) -> Iterable[Route]:
    """Those that meet no node twice, of the sign, marks and layers that a question asks for."""
    question, arcs = automaton.question, automaton.arcs
    _, may_circle = depths(arcs)
    if may_circle:
        paths = (path for path in paths if len(set(path.nodes)) == len(path.nodes))
    if question.sign != "any":
        of_arc, sign = ways(arcs, question.step).signs.__getitem__, _SIGNS[question.sign]
        paths = (path for path in paths if prod(map(of_arc, path.arcs)) == sign)
    if automaton.masks > 1:
        of_nodes = [frozenset(mark.tolist()) for mark in question.via]
        of_arcs = [frozenset(mark.tolist()) for mark in question.via_arcs]
        paths = (
            path
            for path in paths
            if not any(mark.isdisjoint(path.nodes) for mark in of_nodes)
            and not any(mark.isdisjoint(path.arcs) for mark in of_arcs)
        )
    if question.layers or automaton.allowed(0) is not None:
        paths = (path for path in paths if _stands(automaton, path.nodes))
    return paths


def _stands(automaton: Automaton, nodes: tuple[int, ...]) -> bool:
    """Whether a path ends at the last layer, and each of its nodes may stand where it does."""
    allowed = map(automaton.allowed, range(len(nodes)))
    return automaton.may_end(len(nodes) - 1) and all(
        may is None or may[node] for may, node in zip(allowed, nodes, strict=True)
    )


def _as_told(telling: Telling, paths: Iterable[Route]) -> Iterator[Route]:
    """The paths that someone may tell, at what they cost with each change of hands."""
    common, holders = telling.common, telling.holders
    for path in paths:
        tells = held = EVERY
        changes = 0
        for arc in path.arcs:
            if common is not None:
                tells &= common[arc]
            if holders is not None:
                held &= holders[arc]
                if not held:
                    held, changes = holders[arc], changes + 1
        if tells:
            yield path._replace(cost=path.cost + changes * telling.change)
