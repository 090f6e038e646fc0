# SPDX-License-Identifier: Apache-2.0
"""All paths between several starts and several ends, apart for each pair, in few searches."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from exograph.arrays import ClaimArrays
from exograph.model import KnowledgeBase
from exograph.paths.finding import find
from exograph.paths.query import MAX_TOP, PathQuery
from exograph.paths.result import Path

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """The paths of one pair, best first; ``complete`` if there is no further one."""

    paths: tuple[Path, ...] = ()
    complete: bool = True


def by_pair(
    kb: KnowledgeBase,
    arrays: ClaimArrays,
    query: PathQuery,
    starts: Sequence[str],
    ends: Sequence[str],
    *,
    deadline: float | None = None,
) -> dict[Pair, Found]:
    """What ``find`` gives for each start and each end (ids), within the filters of ``query``.

    Its ends and ``top`` do not count, and its ``timeout`` is for the whole; a ``deadline``, in
    seconds of the monotonic clock, counts instead of it. One search is made for
    all pairs, since a path is folded only under one with the same ends; where it finds as many as
    can be asked for, or gives up, the pairs are halved and searched again. So a pair is incomplete
    only if it alone has more than MAX_TOP paths, is too much work alone, or time is up: what it has
    then are its best. An entity has no path to itself.

    Raises InputError for faults in the filters, as ``find`` does.
    """
    allowed = query.timeout
    due = due_of(query) if deadline is None else deadline
    asked = replace(query, top=MAX_TOP)
    answers: dict[Pair, Found] = {}

    def settle(starts: Sequence[str], ends: Sequence[str], known: dict[Pair, Found]) -> None:
        pairs = [(start, end) for start in starts for end in ends if start != end]
        answers.update({(one, one): Found() for one in set(starts) & set(ends)})
        if not pairs:
            return
        left = None if due is None else due - time.monotonic()
        if left is not None and allowed is not None and left <= 0 < allowed:
            answers.update({pair: known.get(pair, Found(complete=False)) for pair in pairs})
            return
        part = replace(asked, start=tuple(starts), end=tuple(ends), timeout=left)
        result = find(kb, arrays, part)
        held: dict[Pair, list[Path]] = {pair: [] for pair in pairs}
        for path in result.paths:
            held[path.entities[0], path.entities[-1]].append(path)
        here = {
            pair: _more(Found(tuple(paths), result.complete), known.get(pair))
            for pair, paths in held.items()
        }
        if result.complete or result.stopped_by == "deadline" or len(pairs) == 1:
            answers.update(here)
        elif len(ends) >= len(starts):
            half = len(ends) // 2
            settle(starts, ends[:half], here)
            settle(starts, ends[half:], here)
        else:
            half = len(starts) // 2
            settle(starts[:half], ends, here)
            settle(starts[half:], ends, here)

    settle(starts, ends, {})
    return answers


def due_of(query: PathQuery) -> float | None:
    """When the time of a query that begins now is up, by the monotonic clock; None for never."""
    return None if query.timeout is None else time.monotonic() + query.timeout


def _more(found: Found, known: Found | None) -> Found:
    """Of two answers that begin alike the one that goes further."""
    if found.complete or known is None or len(found.paths) >= len(known.paths):
        return found
    return known
