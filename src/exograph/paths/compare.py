# SPDX-License-Identifier: Apache-2.0
"""Two sources held against each other: which routes both have, and which only one.

Two routes are the same if they agree after the source and its own vesicle: in the signs of the
steps and the entities that these reach, in order. Whether the source itself acts, or which of its
vesicles, is not compared; nor is the predicate, nor who says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from exograph.arrays import ClaimArrays
from exograph.errors import InputError
from exograph.kb.finding import unknown
from exograph.model import KnowledgeBase
from exograph.paths.pairs import Found, by_pair, due_of
from exograph.paths.query import PathQuery, check_named, expanded
from exograph.paths.result import Path

Route = tuple[tuple[str | None, str], ...]
"""Sign of each step and the entity that it reaches."""

LEADING = frozenset({"isolated_from", "secretes"})
"""Predicates of the steps from a tissue over a cell to its vesicle."""


@dataclass(frozen=True, slots=True)
class Way:
    """How one side takes a route: its best path, and by which other entities it does, too.

    These are mostly other vesicles of the same source: a treated one beside the plain one, say.
    """

    path: Path
    also_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shared:
    """A route that both have."""

    route: Route
    a: Way
    b: Way


@dataclass(frozen=True, slots=True)
class Opposed:
    """Entities that both pass in the same order, but not with the same signs.

    ``a`` and ``b`` hold what each has, for every sequence of signs. ``opposite`` is true if some
    step is + for one and - for the other; else a step only lacks its direction for one.
    """

    entities: tuple[str, ...]
    opposite: bool
    a: tuple[Way, ...]
    b: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Routes to one end. The lists are whole, best first, each route once.

    ``paths_a`` and ``paths_b`` are how many paths ``find`` lists for each. Unless ``complete``
    there may be more, and a route that is here of one only may be one that both have.
    """

    end: str
    complete: bool
    shared: tuple[Shared, ...]
    opposed: tuple[Opposed, ...]
    only_a: tuple[Way, ...]
    only_b: tuple[Way, ...]
    paths_a: int
    paths_b: int


@dataclass(frozen=True, slots=True)
class Comparisons:
    """Two sources, and how they compare for each end. ``query`` is what was asked."""

    a: str
    b: str
    query: PathQuery
    ends: tuple[Comparison, ...]


def after_source(path: Path) -> Route:
    """What a path does once the steps to the source's vesicle are left out; may be empty."""
    return tuple((step.sign, step.head) for step in path.steps[_lead(path) :])


def compare(kb: KnowledgeBase, arrays: ClaimArrays, query: PathQuery) -> Comparisons:
    """Compares the two entities of ``query.start`` for each end, within the filters of the query.

    Whether the other has a route is decided against all of its paths, shortcuts included; what is
    listed are the paths that are no shortcut of a finer one. ``query.top`` and ``query.fold`` do
    not count, ``query.timeout`` is for the whole. Makes two searches, more if there are very many
    paths. Comparing B and A gives the same with the sides exchanged.

    Raises InputError: P131 unless two different entities are named, P104 if an end that is named is
    one of them, and those of ``find``.
    """
    a, b = _two(kb, query.start)
    check_named(query.end, "end")
    for item in query.end:
        if item in (a, b):
            message = f"{item!r} is compared, and is also an end."
            raise InputError("P104", message, "Name another end, or leave it out.")
    ends = expanded(kb, query.end, with_retracted=query.with_retracted)
    ends = tuple(end for end in ends if end not in (a, b))
    due = due_of(query)
    listed, whole = (
        by_pair(kb, arrays, replace(query, fold=fold), (a, b), ends, deadline=due)
        for fold in (True, False)
    )
    found = (
        _compared(end, [listed[a, end], listed[b, end]], [whole[a, end], whole[b, end]])
        for end in ends
    )
    return Comparisons(a, b, query, tuple(found))


def _two(kb: KnowledgeBase, start: Sequence[str]) -> tuple[str, str]:
    if len(start) != 2 or start[0] == start[1]:
        named = " and ".join(repr(id) for id in start) or "Nothing"
        message = f"{named} cannot be compared: it takes two different entities."
        raise InputError("P131", message, "Name two, such as adsc and bmsc.")
    for id in start:
        if id not in kb.entity:
            raise unknown(kb, id)
    return start[0], start[1]


def _lead(path: Path) -> int:
    """How many steps lead to the source's vesicle."""
    structural = (step.claim.predicate in LEADING for step in path.steps)
    return next((n for n, leads in enumerate(structural) if not leads), len(path.steps))


def _ways(paths: Iterable[Path]) -> dict[Route, Way]:
    """The routes of paths that come best first."""
    found: dict[Route, list[Path]] = {}
    for path in paths:
        found.setdefault(after_source(path), []).append(path)
    return {route: _way(along) for route, along in found.items()}


def _way(along: Sequence[Path]) -> Way:
    actors = [path.entities[_lead(path)] for path in along]
    return Way(along[0], tuple(sorted(set(actors) - {actors[0]})))


def _passed(route: Route) -> tuple[str, ...]:
    return tuple(entity for _, entity in route)


def _compared(end: str, listed: Sequence[Found], whole: Sequence[Found]) -> Comparison:
    """``listed`` and ``whole`` hold the folded and all paths of both sides."""
    own = [[after_source(path) for path in found.paths] for found in listed]
    every = [_ways((*one.paths, *all_.paths)) for one, all_ in zip(listed, whole, strict=True)]
    common = [r for r in dict.fromkeys([*own[0], *own[1]]) if r in every[0] and r in every[1]]
    passed = [{_passed(route) for route in routes} for routes in every]
    crossed: dict[tuple[str, ...], None] = {}
    only: list[list[Way]] = [[], []]
    for side, routes in enumerate(own):
        for route in dict.fromkeys(routes):
            if route in every[1 - side]:
                continue
            if _passed(route) in passed[1 - side]:
                crossed[_passed(route)] = None
            else:
                only[side].append(every[side][route])
    shared = [Shared(route, every[0][route], every[1][route]) for route in common]
    opposed = [_opposed(entities, every) for entities in crossed]
    return Comparison(
        end=end,
        complete=all(found.complete for found in (*listed, *whole)),
        shared=tuple(sorted(shared, key=lambda s: (_cost([s.a, s.b]), _order(s.route)))),
        opposed=tuple(sorted(opposed, key=lambda o: (_cost([*o.a, *o.b]), o.entities))),
        only_a=tuple(only[0]),
        only_b=tuple(only[1]),
        paths_a=len(listed[0].paths),
        paths_b=len(listed[1].paths),
    )


def _cost(ways: Iterable[Way]) -> float:
    return min(way.path.cost for way in ways)


def _order(route: Route) -> tuple[tuple[str, str], ...]:
    return tuple((sign or "", entity) for sign, entity in route)


def _opposed(entities: tuple[str, ...], every: Sequence[dict[Route, Way]]) -> Opposed:
    along = [{r: w for r, w in routes.items() if _passed(r) == entities} for routes in every]
    opposite = any(
        {one, other} == {"+", "-"}
        for first in along[0]
        for second in along[1]
        for (one, _), (other, _) in zip(first, second, strict=True)
    )
    return Opposed(entities, opposite, tuple(along[0].values()), tuple(along[1].values()))
