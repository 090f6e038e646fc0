# SPDX-License-Identifier: Apache-2.0
"""The job: for each pair of a start and an end, and each sign, the best route, as one frame.

All of it is joins and groups of frames: neither the graph nor the answer is ever on one machine.
"""

from __future__ import annotations

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from exograph.spark.again import searched
from exograph.spark.asked import Asked
from exograph.spark.graph import Graph, named
from exograph.spark.layers import (
    ANYBODY,
    PLACE,
    Ground,
    Settle,
    best,
    local,
    meets_itself,
    nearness,
    reliable,
    walked,
)

_SIGNS = {"+": 1, "-": -1, "?": 0}
COLUMNS = ("start", "end", "sign", "cost", "steps", "entities", "claims", "signs")


def routes(graph: Graph, asked: Asked, *, checkpoints: bool = False) -> DataFrame:
    """The best simple path of each start, end and sign that has one.

    ``start``, ``end`` and ``sign`` tell which; then the cost, the steps, and in the order of the
    path its entities, claims and the signs of its steps, None where one is structural. Rows have no
    order. ``checkpoints`` keeps what is found on the way in the checkpoint folder of the Spark
    context, instead of on the executors.

    Raises InputError for what is named and not there.
    """
    settle = reliable if checkpoints else local
    starts, ends, avoided = _places(graph, asked)
    kept = _left_of(graph, asked, avoided)
    ground = _ground(graph, kept, ends, asked, settle)
    known = walked(ground, starts)
    wanted = _SIGNS.values() if asked.sign == "any" else (_SIGNS[asked.sign],)
    there = known.join(ends, "node", "left_semi").where(F.col("sign").isin(*wanted))
    found = settle(best(there, PLACE))
    unclear = found.where(meets_itself())
    again = unclear.select("start", F.col("node").alias("end"), "sign")
    if not again.isEmpty():
        more = searched(ground, settle(again), known)
        found = found.where(~meets_itself()).unionByName(more)
    return _told(graph, settle(found))


def written(found: DataFrame, out: str, *, tsv: bool = False) -> None:
    """Writes routes in the order of start, end and sign: a folder of Parquet, or of tables with
    tabs, in which arrays are words with blanks between and a structural step has the sign ``.``."""
    ordered = found.orderBy("start", "end", "sign")
    if not tsv:
        ordered.write.parquet(out)
        return
    dots = F.transform("signs", lambda sign: F.coalesce(sign, F.lit(".")))
    flat = ordered.withColumn("signs", dots)
    for name in ("entities", "claims", "signs"):
        flat = flat.withColumn(name, F.array_join(name, " "))
    flat.write.csv(out, sep="\t", header=True, quote="")


def _places(graph: Graph, asked: Asked) -> tuple[DataFrame, DataFrame, DataFrame]:
    avoided = named(graph, [i for i in asked.avoid if not i.startswith("predicate:")])
    starts, ends = (
        named(graph, items).join(avoided, "node", "left_anti") for items in (asked.start, asked.end)
    )
    return starts, ends, avoided


def _left_of(graph: Graph, asked: Asked, avoided: DataFrame) -> DataFrame:
    """The edges that may be walked. With a direction asked for, none may leave it open."""
    edges = graph.edges.where("tail != head")
    names = [i.removeprefix("predicate:") for i in asked.avoid if i.startswith("predicate:")]
    if names:
        edges = edges.where(~F.col("predicate").isin(*names))
    if asked.sign in ("+", "-"):
        edges = edges.where("sign != 0")
    if len(names) < len(asked.avoid):
        for end in ("tail", "head"):
            edges = edges.join(avoided.withColumnRenamed("node", end), end, "left_anti")
    return edges


def _ground(
    graph: Graph, edges: DataFrame, ends: DataFrame, asked: Asked, settle: Settle
) -> Ground:
    """Of parallel edges of one sign and teller the best, which stands for all of them."""
    teller = F.lit(ANYBODY)
    if graph.handover:
        anybody = F.col("structural") | F.col("tellers").isNull()
        teller = F.explode(F.when(anybody, F.array(teller)).otherwise(F.col("tellers")))
    least = F.min(F.struct((F.col("cost") + graph.step).alias("cost"), "rank")).alias("least")
    arcs = edges.select("tail", "head", "sign", "cost", "rank", teller.alias("teller"))
    arcs = arcs.groupBy("tail", "head", "sign", "teller").agg(least)
    near = nearness(edges, ends, asked.max_steps, settle)
    arcs = arcs.select("tail", "head", "sign", "teller", "least.*")
    arcs = arcs.join(near.withColumnRenamed("node", "head"), "head")
    arcs = arcs.join(graph.nodes.select(F.col("node").alias("tail"), "hub"), "tail")
    return Ground(settle(arcs), asked.max_steps, graph.handover, settle)


def _told(graph: Graph, found: DataFrame) -> DataFrame:
    """Routes with ids in place of numbers."""
    key = ["start", "end", "sign"]
    numbers = found.withColumnRenamed("node", "end")
    nodes = numbers.select(*key, F.posexplode(F.concat(F.array("start"), "nodes")).alias("at", "n"))
    ids = graph.nodes.select(F.col("node").alias("n"), "id")
    entities = _gathered(nodes.join(ids, "n"), key, {"entities": "id"})
    steps = numbers.select(*key, F.posexplode("ranks").alias("at", "rank"))
    by_sign = F.when(F.col("structural"), None).otherwise(_text(F.col("step_sign")))
    edges = graph.edges.select("rank", "claim", "structural", F.col("sign").alias("step_sign"))
    walked = steps.join(edges, "rank").withColumn("by_sign", by_sign)
    claims = _gathered(walked, key, {"claims": "claim", "signs": "by_sign"})
    whole = numbers.drop("nodes", "ranks", "teller").join(entities, key).join(claims, key)
    return whole.select(
        F.element_at("entities", 1).alias("start"),
        F.element_at("entities", -1).alias("end"),
        _text(F.col("sign")).alias("sign"),
        (F.col("cost") / 1_000_000).alias("cost"),
        "steps",
        "entities",
        "claims",
        "signs",
    )


def _gathered(rows: DataFrame, key: list[str], columns: dict[str, str]) -> DataFrame:
    """Columns of rows as arrays, in the order of ``at``."""
    held = F.sort_array(F.collect_list(F.struct("at", *columns.values()))).alias("held")
    arrays = [F.col(f"held.{old}").alias(new) for new, old in columns.items()]
    return rows.groupBy(*key).agg(held).select(*key, *arrays)


def _text(sign: Column) -> Column:
    return F.when(sign > 0, "+").when(sign < 0, "-").otherwise("?")
