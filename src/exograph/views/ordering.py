# SPDX-License-Identifier: Apache-2.0
"""The order within columns that lets few lines cross: barycentre sweeps, the best one kept.

After Sugiyama, Tagawa and Toda, IEEE Trans. Syst. Man Cybern. 11 (1981) 109-125. No random numbers:
ties keep the order before, then go by id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

Link = tuple[str, str]

SWEEPS = 14


def order(
    columns: list[list[str]],
    pairs: Sequence[Link],
    around: Mapping[str, set[str]],
    fixed: Collection[int],
) -> list[list[str]]:
    """The order with the fewest crossings met in sweeps to the right and to the left."""
    place = {id: number for number, column in enumerate(columns) for id in column}
    best, fewest = [list(c) for c in columns], None
    for sweep in range(SWEEPS):
        spots = _spots(columns)
        numbers = range(len(columns)) if sweep % 2 == 0 else range(len(columns) - 1, -1, -1)
        for number in (n for n in numbers if n not in fixed):
            centre = {id: barycentre(id, around, spots, place, spots[id]) for id in columns[number]}
            columns[number].sort(key=lambda id: (centre[id], spots[id], id))
            spots.update(_spots([columns[number]]))
        crossed = crossings(columns, pairs, place)
        if fewest is None or crossed < fewest:
            best, fewest = [list(c) for c in columns], crossed
    return best


def _spots(columns: Sequence[Sequence[str]]) -> dict[str, float]:
    """Height of each node in its column, from 0 to 1."""
    return {id: (i + 0.5) / len(c) for c in columns for i, id in enumerate(c)}


def barycentre(
    id: str,
    around: Mapping[str, set[str]],
    heights: Mapping[str, float],
    place: Mapping[str, int],
    otherwise: float,
) -> float:
    """Mean height of the neighbours in other columns, near ones counting more."""
    weight = total = 0.0
    for other in sorted(around[id]):
        if place[other] != place[id]:
            share = 1 / abs(place[other] - place[id])
            weight += share
            total += share * heights[other]
    return total / weight if weight else otherwise


def crossings(
    columns: Sequence[Sequence[str]], pairs: Sequence[Link], place: Mapping[str, int]
) -> int:
    """Crossings among the links that join the same two columns."""
    row = {id: i for c in columns for i, id in enumerate(c)}
    bundles: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for a, b in pairs:
        if place[a] != place[b]:
            left, right = (a, b) if place[a] < place[b] else (b, a)
            bundles[place[left], place[right]].append((row[left], row[right]))
    total = 0
    for bundle in bundles.values():
        bundle.sort()
        for i, (_, end) in enumerate(bundle):
            total += sum(1 for _, other in bundle[:i] if other > end)
    return total
