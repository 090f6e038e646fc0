# SPDX-License-Identifier: Apache-2.0
"""Labels, step by step: the best walk from each start to each node by sign, and who tells it.

A label stands for a walk: its ``start``, the ``node`` it reached, its ``sign`` (the product of its
steps', 0 once one has no direction), the ``teller`` of its last effect (a study, -1 for anybody),
its ``cost`` and ``steps``, the ``ranks`` of its edges and the ``nodes`` behind the start. Labels
compare by cost, steps and ranks, as the engine's paths do, and each layer goes one step further
from those that are new (Bellman 1958). Arcs that lead to no end in time are not followed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

ANYBODY = -1
PLACE = ("start", "node", "sign")
STATE = (*PLACE, "teller")
ORDER = ("cost", "steps", "ranks")
LABEL = (*STATE, *ORDER, "nodes")

Settle = Callable[[DataFrame], DataFrame]
"""Cuts off what a frame was made from, so that it is worked out once."""


@dataclass(frozen=True)
class Ground:
    """Arcs, one of each tail, head, sign and teller: ``cost`` with that of the step, ``hub`` of the
    tail, ``rank``, and ``left``: how few steps lead from the head to an end. ``most`` steps may be
    taken; ``change`` is the cost of a change of hands."""

    arcs: DataFrame
    most: int
    change: int
    settle: Settle


def local(frame: DataFrame) -> DataFrame:
    """Settled on the executors: quick, but lost with one of them."""
    return frame.localCheckpoint(eager=True)


def reliable(frame: DataFrame) -> DataFrame:
    """Settled in the checkpoint folder of the Spark context."""
    return frame.checkpoint(eager=True)


def nearness(arcs: DataFrame, ends: DataFrame, most: int, settle: Settle) -> DataFrame:
    """The nodes from which an end can be reached in less than ``most`` steps, and in how many
    (``node``, ``left``)."""
    pairs = arcs.select("tail", "head").distinct()
    edge = near = ends.select("node", F.lit(0).alias("left")).distinct()
    for steps in range(1, most):
        before = pairs.join(edge.select(F.col("node").alias("head")), "head")
        tails = before.select(F.col("tail").alias("node")).distinct()
        found = tails.join(near.select("node"), "node", "left_anti")
        edge = settle(found.withColumn("left", F.lit(steps)))
        if edge.isEmpty():
            break
        near = near.unionByName(edge)
    return settle(near)


def first(ground: Ground, starts: DataFrame) -> DataFrame:
    """The labels of one step."""
    arcs = ground.arcs.where(f"left < {ground.most}")
    taken = arcs.join(starts.select(F.col("node").alias("tail")), "tail")
    return taken.where("tail != head").select(
        F.col("tail").alias("start"),
        F.col("head").alias("node"),
        F.col("sign").cast("int").alias("sign"),
        "teller",
        "cost",
        F.lit(1).alias("steps"),
        F.array("rank").alias("ranks"),
        F.array("head").alias("nodes"),
    )


def onward(ground: Ground, labels: DataFrame, steps: int, *, simple: bool) -> DataFrame:
    """The labels of ``steps`` steps that go on from labels with one fewer; never to the start.

    ``labels`` may have a column ``leads``; one that does not lead changes no hands. ``simple`` goes
    to no node twice.
    """
    arcs = ground.arcs.select(
        F.col("tail").alias("node"),
        "head",
        F.col("sign").alias("turn"),
        F.col("teller").alias("takes"),
        F.col("cost").alias("price"),
        "hub",
        "rank",
        "left",
    )
    ways = labels.join(arcs.where(F.col("left") + steps <= ground.most), "node")
    anybody = (F.col("takes") == ANYBODY) | (F.col("teller") == ANYBODY)
    goes_on = anybody | (F.col("takes") == F.col("teller"))
    ways = ways.where("head != start")
    if simple:
        ways = ways.where(~F.array_contains("nodes", F.col("head")))
    if "leads" in labels.columns:
        ways = ways.where(F.col("leads") | goes_on)
    return ways.select(
        "start",
        F.col("head").alias("node"),
        (F.col("sign") * F.col("turn")).alias("sign"),
        F.when(F.col("takes") == ANYBODY, F.col("teller"))
        .otherwise(F.col("takes"))
        .alias("teller"),
        (
            F.col("cost") + F.col("hub") + F.col("price")
            + F.when(goes_on, F.lit(0)).otherwise(F.lit(ground.change))
        ).alias("cost"),
        F.lit(steps).alias("steps"),
        F.concat("ranks", F.array("rank")).alias("ranks"),
        F.concat("nodes", F.array("head")).alias("nodes"),
    )  # fmt: skip


def best(labels: DataFrame, state: tuple[str, ...] = STATE) -> DataFrame:
    """The best label of each state."""
    others = [name for name in LABEL if name not in (*state, *ORDER)]
    least = F.min(F.struct(*ORDER, *others)).alias("least")
    return labels.groupBy(*state).agg(least).select(*state, "least.*").select(*LABEL)


def walked(ground: Ground, starts: DataFrame, *, simple: bool = False) -> DataFrame:
    """The best label of each state, of all walks of at most ``most`` steps.

    ``simple`` goes from a best label to no node that it passed: what is found then are paths, but
    not always the best ones.
    """
    known = ground.settle(best(first(ground, starts)))
    for steps in range(2, ground.most + 1):
        new = _leading(known.where(F.col("steps") == steps - 1), known, ground.change)
        if new.isEmpty():
            break
        further = onward(ground, new, steps, simple=simple)
        known = ground.settle(best(known.unionByName(further)))
    return known


def _leading(new: DataFrame, known: DataFrame, change: int) -> DataFrame:
    """New labels, with whether each leads at its place, where others are told by others.

    A label that costs more than the leading one and a change of hands is of no use, and none but
    that one needs to change hands.
    """
    if not change:
        return new
    lead = known.groupBy(*PLACE).agg(F.min(F.struct(*ORDER, "teller")).alias("lead"))
    both = new.join(lead, [*PLACE]).where(F.col("cost") <= F.col("lead.cost") + change)
    return both.withColumn("leads", F.col("teller") == F.col("lead.teller")).drop("lead")


def meets_itself() -> Column:
    """Whether a walk passes a node twice."""
    return F.size(F.array_distinct("nodes")) < F.size("nodes")
