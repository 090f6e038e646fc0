# SPDX-License-Identifier: Apache-2.0
"""Where everything stands: layers from left to right, few crossings, the same on every run.

The layers are given. Long ones are broken into neighbouring columns so that the whole has the
shape of a screen; within columns the order follows the barycentres of the neighbours (Sugiyama,
Tagawa and Toda 1981), the best of all sweeps is kept, and heights follow by isotonic regression.
No random numbers and no physics. Lengths are in units of the canvas, y grows downwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from exograph.views.ordering import Link, barycentre, order

Size = tuple[float, float]

LAYER_GAP = 54.0
COLUMN_GAP = 24.0
ROW_GAP = 7.0
HEADING = 46.0


@dataclass(frozen=True, slots=True)
class Layer:
    """What stands in one layer, under one heading; ``key`` names the heading.

    A layer that is ``ordered`` keeps the order of its ids, from top to bottom.
    """

    key: str
    ids: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A plate: its centre and its size."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading above a layer: left edge, width, and where its plates begin and end."""

    key: str
    left: float
    width: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Layout:
    boxes: dict[str, Box]
    headings: tuple[Heading, ...]

    @property
    def bottom(self) -> float:
        return max((b.y + b.height / 2 for b in self.boxes.values()), default=0.0)

    @property
    def width(self) -> float:
        return max((b.x + b.width / 2 for b in self.boxes.values()), default=0.0)


def layered(
    layers: Sequence[Layer],
    links: Iterable[Link],
    sizes: Mapping[str, Size],
    screen: Size,
) -> Layout:
    """Boxes for layers from left to right, shaped to fill ``screen``.

    Links to unknown ids are ignored. Cost: the sweeps, each linear in links and n log n in nodes.
    """
    layers = [layer for layer in layers if layer.ids]
    if not layers:
        return Layout({}, ())
    known = {id for layer in layers for id in layer.ids}
    pairs = sorted({(a, b) for a, b in links if a in known and b in known and a != b})
    around: dict[str, set[str]] = defaultdict(set)
    for a, b in pairs:
        around[a].add(b)
        around[b].add(a)
    counts = _columns_per_layer(layers, sizes, screen)
    columns, owner = _split(layers, counts, pairs, around)
    fixed = {n for n, layer in enumerate(owner) if layers[layer].ordered}
    columns = order(columns, pairs, around, fixed)
    frame = _frame(columns, owner, sizes, screen)
    heights = _settle(columns, around, sizes, frame, fixed)
    return _place(layers, columns, owner, heights, sizes)


def shelved(layers: Sequence[Layer], sizes: Mapping[str, Size], width: float, top: float) -> Layout:
    """The calm band: each layer a block of rows, blocks side by side, wrapped at ``width``."""
    boxes: dict[str, Box] = {}
    headings: list[Heading] = []
    left, shelf, lowest = 0.0, top + HEADING, top
    for layer in (layer for layer in layers if layer.ids):
        widest = max(sizes[id][0] for id in layer.ids)
        across = max(1, min(ceil(len(layer.ids) / 6), int(width // (widest + COLUMN_GAP)) or 1))
        block = across * widest + (across - 1) * COLUMN_GAP
        if left and left + block > width:
            left, shelf = 0.0, lowest + HEADING + 24
        per_column = ceil(len(layer.ids) / across)
        bottom = shelf
        for column in range(across):
            y = shelf
            for id in layer.ids[column * per_column : (column + 1) * per_column]:
                wide, high = sizes[id]
                centre = left + column * (widest + COLUMN_GAP) + widest / 2
                boxes[id] = Box(round(centre, 1), round(y + high / 2, 1), wide, high)
                y += high + ROW_GAP
            bottom = max(bottom, y)
        headings.append(Heading(layer.key, round(left, 1), round(block, 1), shelf, bottom))
        lowest = max(lowest, bottom)
        left += block + LAYER_GAP * 0.7
    return Layout(boxes, tuple(headings))


def _columns_per_layer(
    layers: Sequence[Layer], sizes: Mapping[str, Size], screen: Size
) -> list[int]:
    """Into how many columns each layer is broken for the largest scale on the screen."""
    totals = [sum(sizes[id][1] + ROW_GAP for id in layer.ids) for layer in layers]
    widths = [max(sizes[id][0] for id in layer.ids) for layer in layers]
    best: tuple[float, list[int]] | None = None
    for limit in sorted({t / k for t in totals for k in range(1, 9)} | {screen[1]}):
        counts = [max(1, ceil(total / limit - 1e-9)) for total in totals]
        across = sum(c * w + (c - 1) * COLUMN_GAP for c, w in zip(counts, widths, strict=True))
        across += LAYER_GAP * (len(layers) - 1)
        down = max(t / c for t, c in zip(totals, counts, strict=True)) + HEADING
        scale = min(screen[0] / across, screen[1] / down)
        if best is None or scale > best[0] + 1e-9:
            best = (scale, counts)
    assert best is not None
    return best[1]


def _split(
    layers: Sequence[Layer],
    counts: Sequence[int],
    pairs: Sequence[Link],
    around: Mapping[str, set[str]],
) -> tuple[list[list[str]], list[int]]:
    """Columns and the layer each belongs to: inside a layer, causes stand left of effects."""
    columns: list[list[str]] = []
    owner: list[int] = []
    for number, (layer, count) in enumerate(zip(layers, counts, strict=True)):
        inside = set(layer.ids)
        pull = dict.fromkeys(layer.ids, 0)
        for a, b in pairs:
            if a in inside and b in inside:
                pull[a] -= 1
                pull[b] += 1
        ranked = list(layer.ids)
        if not layer.ordered:
            ranked.sort(key=lambda id: (pull[id], len(around[id]), id))
        share = ceil(len(ranked) / count)
        for column in range(count):
            columns.append(ranked[column * share : (column + 1) * share])
            owner.append(number)
    kept = [(c, o) for c, o in zip(columns, owner, strict=True) if c]
    return [c for c, _ in kept], [o for _, o in kept]


def _frame(
    columns: Sequence[Sequence[str]],
    owner: Sequence[int],
    sizes: Mapping[str, Size],
    screen: Size,
) -> float:
    """Height of the frame: what the longest column needs, and more where the screen has room."""
    across = sum(max(sizes[id][0] for id in column) for column in columns)
    across += sum(COLUMN_GAP if a == b else LAYER_GAP for a, b in pairwise(owner))
    needed = max(sum(sizes[id][1] + ROW_GAP for id in column) for column in columns)
    longest = max(len(column) for column in columns)
    free = screen[1] * across / screen[0] - HEADING
    return min(max(needed, free), needed + 44 * longest)


def _settle(
    columns: Sequence[Sequence[str]],
    around: Mapping[str, set[str]],
    sizes: Mapping[str, Size],
    frame: float,
    spread: Collection[int],
) -> dict[str, float]:
    """Centre of each plate: near its neighbours, in order, without overlap, within the frame."""
    place = {id: number for number, column in enumerate(columns) for id in column}
    heights: dict[str, float] = {}
    gaps: list[float] = []
    for number, column in enumerate(columns):
        spare = (frame - sum(sizes[id][1] + ROW_GAP for id in column)) / len(column)
        most = frame if number in spread else 52.0
        gaps.append(ROW_GAP + min(0.6 * max(spare, 0), most))
        y = spare / 2
        for id in column:
            heights[id] = y + sizes[id][1] / 2
            y += sizes[id][1] + ROW_GAP + spare
    for _ in range(6):
        for column, gap in zip(columns, gaps, strict=True):
            wanted = [barycentre(id, around, heights, place, heights[id]) for id in column]
            offsets = [0.0]
            for a, b in pairwise(column):
                offsets.append(offsets[-1] + (sizes[a][1] + sizes[b][1]) / 2 + gap)
            low = sizes[column[0]][1] / 2
            high = frame - sizes[column[-1]][1] / 2 - offsets[-1]
            free = _isotonic([w - o for w, o in zip(wanted, offsets, strict=True)])
            for id, base, offset in zip(column, free, offsets, strict=True):
                heights[id] = min(max(base, low), max(high, low)) + offset
    return heights


def _isotonic(values: Sequence[float]) -> list[float]:
    """The non-decreasing sequence nearest to ``values`` in least squares.

    >>> _isotonic([1, 3, 2, 5])
    [1.0, 2.5, 2.5, 5.0]
    """
    pools: list[tuple[float, int]] = []
    for value in values:
        mean, count = float(value), 1
        while pools and pools[-1][0] > mean:
            before, many = pools.pop()
            mean, count = (before * many + mean * count) / (many + count), many + count
        pools.append((mean, count))
    return [mean for mean, count in pools for _ in range(count)]


def _place(
    layers: Sequence[Layer],
    columns: Sequence[Sequence[str]],
    owner: Sequence[int],
    heights: Mapping[str, float],
    sizes: Mapping[str, Size],
) -> Layout:
    boxes: dict[str, Box] = {}
    headings: list[Heading] = []
    bottom = max(heights[id] + sizes[id][1] / 2 for c in columns for id in c)
    left = 0.0
    for number, column in enumerate(columns):
        wide = max(sizes[id][0] for id in column)
        if number:
            left += COLUMN_GAP if owner[number] == owner[number - 1] else LAYER_GAP
        for id in column:
            width, height = sizes[id]
            boxes[id] = Box(round(left + wide / 2, 1), round(heights[id], 1), width, height)
        if number and owner[number] == owner[number - 1]:
            last = headings.pop()
            headings.append(
                Heading(last.key, last.left, round(left + wide - last.left, 1), 0.0, bottom)
            )
        else:
            key = layers[owner[number]].key
            headings.append(Heading(key, round(left, 1), wide, 0.0, bottom))
        left += wide
    return Layout(boxes, tuple(headings))
