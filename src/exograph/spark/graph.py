# SPDX-License-Identifier: Apache-2.0
"""The folder of ``edges.parquet`` as Spark reads it, and the nodes that a question names in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import reduce

from pyspark.errors import AnalysisException
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F

from exograph import vocab
from exograph.errors import InputError
from exograph.kb.finding import quoted
from exograph.spark.edges import COSTS, EDGE_COLUMNS, EDGES, NODE_COLUMNS, NODES, VERSION

_CURE = "Name a folder that `exograph export DIR --format parquet` wrote."


@dataclass(frozen=True)
class Graph:
    """Nodes and edges with the columns of ``edges``, and what a step and a change of hands cost."""

    nodes: DataFrame
    edges: DataFrame
    step: int
    handover: int


def opened(spark: SparkSession, folder: str) -> Graph:
    """The graph of a folder, on any file system that Spark knows; nothing is read into memory.

    Raises InputError M103 if it is none.
    """
    try:
        nodes = spark.read.parquet(f"{folder}/{NODES}")
        edges = spark.read.parquet(f"{folder}/{EDGES}")
        costs = spark.read.json(f"{folder}/{COSTS}", schema="version int, step long, handover long")
        told = costs.head()
    except AnalysisException as error:
        words = str(error).splitlines()[0]
        raise InputError("M103", f"{folder} holds no edges: {words}", _CURE) from None
    if told is None or told["version"] != VERSION:
        raise InputError("M103", f"The costs in {folder} are of another version.", _CURE)
    for frame, name, columns in ((nodes, NODES, NODE_COLUMNS), (edges, EDGES, EDGE_COLUMNS)):
        if lacking := [column for column in columns if column not in frame.columns]:
            raise InputError("M103", f"{name} lacks the column {lacking[0]}.", _CURE)
    return Graph(nodes, edges, told["step"], told["handover"])


def named(graph: Graph, items: Iterable[str]) -> DataFrame:
    """The numbers (``node``) of entities by id, and of all of a kind or role by ``type:X``.

    Raises InputError: E002 for an entity, P102 for a type that no node is of.
    """
    wanted = [_is(item) for item in items]
    for item, condition in zip(items, wanted, strict=True):
        if graph.nodes.where(condition).isEmpty():
            raise _unknown(graph, item)
    chosen = reduce(Column.__or__, wanted, F.lit(False))
    return graph.nodes.where(chosen).select("node")


def _is(item: str) -> Column:
    if (name := _type(item)) is None:
        return F.col("id") == item
    aliases = {alias.casefold(): role for alias, role in vocab.ROLE_ALIASES.items()}
    name = aliases.get(name, name).casefold()
    plays = F.exists("roles", lambda role: F.lower(role) == name)
    return (F.lower(F.col("type")) == name) | plays


def _type(item: str) -> str | None:
    """What ``type:X`` names, in small letters; None for an id."""
    prefix, colon, name = item.partition(":")
    return name.strip().casefold() if colon and prefix.casefold() == "type" else None


def _unknown(graph: Graph, item: str) -> InputError:
    if _type(item) is None:
        message = f"There is no entity {quoted(item)}."
        return InputError("E002", message, "Name it by its id, or give type:X.")
    held = graph.nodes.select(F.explode(F.concat(F.array("type"), "roles")).alias("name"))
    names = sorted(row["name"] for row in held.distinct().limit(1000).collect())
    near = tuple(get_close_matches(item.partition(":")[2].strip(), names, n=3))
    message = f"The graph holds no entity of the type {quoted(item.partition(':')[2].strip())}."
    return InputError("P102", message, f"Use one of {', '.join(names)}.", near)
