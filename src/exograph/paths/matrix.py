# SPDX-License-Identifier: Apache-2.0
"""Which starts reach which ends: a table with one cell for each pair, empty ones included."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush

from exograph import vocab
from exograph.arrays import ClaimArrays
from exograph.kb.reach import reached
from exograph.model import KnowledgeBase
from exograph.paths.pairs import Found, by_pair
from exograph.paths.query import PathQuery, check_named, expanded
from exograph.paths.result import Path
from exograph.paths.support import papers, route_grade

SIGNS = ("+", "-", "?")
TELLINGS = ("told", "coherent", "stitched")


@dataclass(frozen=True, slots=True)
class Cell:
    """What is found from ``start`` to ``end``; ``routes`` is a lower bound unless ``complete``.

    ``signs`` and ``telling`` count the routes, ``by_vesicle`` those that a vesicle is on: without,
    it is the cell itself that acts. ``best`` is the one of the lowest cost. ``grade`` is
    the best grade that a route has, a route's being that of its weakest effect; None where no route
    has an effect. ``studies`` are those that support any effect of any route, reviews left out.
    """

    start: str
    end: str
    routes: int
    complete: bool
    signs: dict[str, int]
    telling: dict[str, int]
    by_vesicle: int
    best: Path | None
    grade: str | None
    studies: tuple[str, ...]

    def acts_itself(self, kb: KnowledgeBase) -> bool:
        """Whether the start is a cell or a tissue, and no vesicle is on some of the routes."""
        begins = kb.entity[self.start].type in ("CellType", "Tissue")
        return begins and self.by_vesicle < self.routes


@dataclass(frozen=True, slots=True)
class Matrix:
    """Cells by start and end. ``rows`` stand by number of routes, most first, then by id."""

    query: PathQuery
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: dict[tuple[str, str], Cell]

    @property
    def complete(self) -> bool:
        return all(cell.complete for cell in self.cells.values())

    def row(self, start: str) -> tuple[Cell, ...]:
        """The cells of a row, in the order of the columns."""
        return tuple(self.cells[start, end] for end in self.columns)


def matrix(kb: KnowledgeBase, arrays: ClaimArrays, query: PathQuery) -> Matrix:
    """Every start of the query against every end, within its filters; shortcuts are not counted.

    ``query.top`` does not count, ``query.timeout`` is for the whole. One search, unless there are
    more paths than one may list. Columns stand in the order of ``precedes``, where it is said.

    Raises InputError, as ``find`` does.
    """
    for which, items in (("start", query.start), ("end", query.end)):
        check_named(items, which)
    starts = expanded(kb, query.start, with_retracted=query.with_retracted)
    ends = expanded(kb, query.end, with_retracted=query.with_retracted)
    found = by_pair(kb, arrays, replace(query, fold=True), starts, ends)
    cells = {pair: _cell(kb, *pair, answer) for pair, answer in found.items()}
    total = {start: sum(cells[start, end].routes for end in ends) for start in starts}
    rows = sorted(starts, key=lambda start: (-total[start], start))
    return Matrix(query, tuple(rows), in_sequence(kb, ends), cells)


def in_sequence(kb: KnowledgeBase, ids: Iterable[str]) -> tuple[str, ...]:
    """Entities in the order that the supported ``precedes`` claims give, over any between them.

    Ids decide where none does; entities that precede each other in a circle come last, by id.
    """
    after: dict[str, set[str]] = {}
    for claim in kb.claims:
        if claim.predicate == "precedes" and claim.supported:
            after.setdefault(claim.subject, set()).add(claim.object)
    left = set(ids)
    later = {id: reached(after.get(id, ()), after) & left for id in left}
    waits = {id: sum(id in later[other] for other in left) for id in left}
    ready = [id for id in left if not waits[id]]
    heapify(ready)
    order: list[str] = []
    while ready:
        order.append(heappop(ready))
        left.remove(order[-1])
        for id in later[order[-1]]:
            waits[id] -= 1
            if not waits[id]:
                heappush(ready, id)
    return (*order, *sorted(left))


def _cell(kb: KnowledgeBase, start: str, end: str, found: Found) -> Cell:
    paths = found.paths
    grades = [grade for path in paths if (grade := route_grade(kb, path))]
    studies = {
        s for p in paths for step in p.steps if step.is_effect for s in papers(kb, step.claim)
    }
    return Cell(
        start=start,
        end=end,
        routes=len(paths),
        complete=found.complete,
        signs=_counted(SIGNS, [path.sign for path in paths]),
        telling=_counted(TELLINGS, [path.telling for path in paths]),
        by_vesicle=sum(_has_vesicle(kb, path) for path in paths),
        best=paths[0] if paths else None,
        grade=min(grades, key=vocab.GRADES.index, default=None),
        studies=tuple(sorted(studies)),
    )


def _has_vesicle(kb: KnowledgeBase, path: Path) -> bool:
    return any(kb.entity[id].type == "Vesicle" for id in path.entities)


def _counted(names: Sequence[str], held: Sequence[str]) -> dict[str, int]:
    return {name: held.count(name) for name in names}
