# SPDX-License-Identifier: Apache-2.0
"""The pairs whose best walk meets itself are searched again, for their best path.

First for some path, whose cost bounds that of the best one; then from the ends backward for what is
still to pay at least, so that only what lies between is searched; and then step by step for all
paths that are needed (``representatives``), of which the best is proven to be one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from exograph.spark.layers import LABEL, ORDER, PLACE, Ground, best, first, onward, walked
from exograph.spark.representatives import of_places

if TYPE_CHECKING:
    import pyarrow as pa

_BATCH = 4096
_ENDLESS = 2**62
_PER_COST = 32
"""A power of two above all steps, so that ``cost * 32 + steps`` tells both."""


def searched(ground: Ground, wanted: DataFrame, known: DataFrame) -> DataFrame:
    """The best path of each ``wanted`` (``start``, ``end``, ``sign``) that has one, as labels.

    ``known`` are the best walks, by which what costs too much is left out.
    """
    starts = wanted.select(F.col("start").alias("node")).distinct()
    some = at_ends(walked(ground, starts, simple=True), wanted)
    bounds = some.select("start", F.col("node").alias("end"), "sign", F.col("cost").alias("bound"))
    bounded = ground.settle(wanted.join(bounds, ["start", "end", "sign"], "left"))
    limits = _limits(ground, bounded, known)
    kept = new = _needed(ground, _within(first(ground, starts), limits), 1)
    for steps in range(2, ground.most + 1):
        further = _within(onward(ground, new, steps, simple=True), limits)
        new = _needed(ground, kept.unionByName(further), steps)
        if new.isEmpty():
            break
        kept = kept.unionByName(new)
    return at_ends(kept, wanted)


def at_ends(labels: DataFrame, wanted: DataFrame) -> DataFrame:
    """The best label of each start, end and sign that is wanted."""
    triples = wanted.select("start", F.col("end").alias("node"), "sign")
    return best(labels.join(triples, [*PLACE], "left_semi"), PLACE)


def _within(labels: DataFrame, limits: DataFrame) -> DataFrame:
    """Those labels from which a wanted end may be reached at a cost within its bound."""
    return labels.join(limits, [*PLACE]).where("cost <= limit").select(*LABEL)


def _needed(ground: Ground, labels: DataFrame, steps: int) -> DataFrame:
    """The labels of so many steps that are needed; those of fewer steps are held against them."""
    most, change = ground.most, ground.change

    def chosen(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa

        batches = iter(batches)
        if (begin := next(batches, None)) is None:
            return
        rows = (row for batch in chain((begin,), batches) for row in batch.to_pylist())
        found = of_places(rows, steps, most, change)
        while held := list(islice(found, _BATCH)):
            columns = {name: [row[name] for row in held] for name in LABEL}
            yield pa.RecordBatch.from_pydict(columns, schema=begin.schema)

    ordered = labels.repartition(*PLACE).sortWithinPartitions(*PLACE, *ORDER)
    return ground.settle(ordered.mapInArrow(chosen, labels.schema))


def _limits(ground: Ground, bounded: DataFrame, known: DataFrame) -> DataFrame:
    """What a label may cost at most at each ``start``, ``node`` and ``sign``, to be of use.

    There is no limit on the way to an end that no path is known to.
    """
    finite = F.coalesce("bound", F.lit(_ENDLESS))
    ends = bounded.groupBy(F.col("end")).agg(F.max(finite).alias("bound"))
    rest = _remaining(ground, ends)
    wanted = bounded.select("start", "end", F.col("sign").alias("whole"), finite.alias("bound"))
    least = known.groupBy(*PLACE).agg(F.min("cost").alias("least"))
    ways = wanted.join(rest, "end").join(least, ["start", "node"])
    ways = ways.where(F.col("sign") * F.col("rest_sign") == F.col("whole"))
    limit = F.when(F.col("bound") == _ENDLESS, F.col("bound")).otherwise(
        F.col("bound") - F.col("rest") - F.col("hub")
    )
    limits = ways.groupBy(*PLACE).agg(F.max(limit).alias("limit"), F.min("least").alias("least"))
    return ground.settle(limits.where("least <= limit").drop("least"))


def _remaining(ground: Ground, ends: DataFrame) -> DataFrame:
    """What is to pay at least from each node to each end: ``rest``, by the sign of the way, with
    the ``hub`` of the node, which is to pay on top.

    ``ends`` come with a ``bound``, above which nothing matters. Changes of hands are left out.
    """
    ways = ground.arcs.groupBy("tail", "head", "sign").agg(
        F.min("cost").alias("price"), F.first("hub").alias("tail_hub")
    )
    ways = ground.settle(ways.withColumnRenamed("sign", "turn"))
    state = ("end", "node", "rest_sign")

    def with_steps(held: DataFrame) -> DataFrame:
        key = F.min(F.col("rest") * _PER_COST + F.col("far")).alias("key")
        least = held.groupBy(*state).agg(key, F.first("hub").alias("hub"))
        rest, far = F.shiftright("key", 5), F.col("key") % _PER_COST
        return least.select(*state, rest.alias("rest"), far.cast("int").alias("far"), "hub")

    known = ground.settle(
        ends.select(
            "end",
            F.col("end").alias("node"),
            F.lit(1).alias("rest_sign"),
            F.lit(0).cast("long").alias("rest"),
            F.lit(0).alias("far"),
            F.lit(0).cast("long").alias("hub"),
        )
    )
    for steps in range(1, ground.most):
        new = known.where(F.col("far") == steps - 1)
        if new.isEmpty():
            break
        back = new.join(ways.where("tail != head").withColumnRenamed("head", "node"), "node")
        further = back.where("tail != end").select(
            "end",
            F.col("tail").alias("node"),
            (F.col("rest_sign") * F.col("turn")).alias("rest_sign"),
            (F.col("rest") + F.col("hub") + F.col("price")).alias("rest"),
            F.lit(steps).alias("far"),
            F.col("tail_hub").alias("hub"),
        )
        cheap = further.join(ends, "end").where("rest <= bound").drop("bound")
        known = ground.settle(with_steps(known.unionByName(cheap)))
    return known.drop("far")
