# SPDX-License-Identifier: Apache-2.0
"""Routes on Spark are those of the engine: on many small graphs at once, and on the review.

One Spark for all of it, since it takes seconds to start; `make test-spark` installs it.
"""

import csv
from pathlib import Path
from random import Random
from typing import NamedTuple

import numpy as np
import pytest

from exograph import cli
from exograph.arrays import from_kb
from exograph.exchange.content import Content
from exograph.kb import assemble
from exograph.paths import WEIGHTS, PathQuery, find
from exograph.paths.engine import EVERY, Arcs, Budget, Question, Telling, best_first
from exograph.paths.query import expanded
from exograph.spark.asked import Asked
from exograph.spark.edges import (
    COSTS,
    EDGE_COLUMNS,
    EDGES,
    NODE_COLUMNS,
    NODES,
    costs,
    parquet,
    schema_of,
)
from exograph.tables import read_source

WHY = "Spark is a dependency of its own, of 700 MB: `make test-spark` installs it"
pytest.importorskip("pyspark", reason=WHY)
pa = pytest.importorskip("pyarrow", reason=WHY)
pq = pytest.importorskip("pyarrow.parquet", reason=WHY)

from exograph.errors import InputError  # noqa: E402
from exograph.spark.graph import opened  # noqa: E402
from exograph.spark.routes import routes  # noqa: E402
from exograph.spark.session import session  # noqa: E402

REVIEW = Path(__file__).parents[2] / "graphs" / "review"
SIGNS = ("+", "-", "?")


@pytest.fixture(scope="module")
def spark():
    """Set for small frames: one partition, planned once, not compiled."""
    with pytest.MonkeyPatch.context() as patch:  # a Java that compiles little is quicker here
        patch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        with session("2", "1g") as found:
            found.conf.set("spark.sql.shuffle.partitions", "1")
            found.conf.set("spark.sql.adaptive.enabled", "false")
            found.conf.set("spark.sql.codegen.wholeStage", "false")
            yield found


class Edge(NamedTuple):
    tail: int
    head: int
    sign: int
    cost: int
    tellers: tuple[int, ...] | None = None


class World:
    """Many graphs side by side, of which each has its starts and ends."""

    def __init__(self, step: int, handover: int) -> None:
        self.step, self.handover = step, handover
        self.edges: list[Edge] = []
        self.hubs: list[int] = []
        self.groups: list[tuple[list[int], list[int]]] = []

    def add(self, edges, hubs, starts, ends):
        first = len(self.hubs)
        self.edges += [e._replace(tail=e.tail + first, head=e.head + first) for e in edges]
        self.hubs += hubs
        self.groups.append(([n + first for n in starts], [n + first for n in ends]))

    def save(self, folder: Path, ranks: list[int]) -> Path:
        starts, ends = ({n for g in self.groups for n in g[i]} for i in (0, 1))
        played = [[r for r, s in (("End", ends), ("Start", starts)) if n in s] for n in self.nodes]
        ids = [f"n{n}" for n in self.nodes]
        write(folder / NODES, NODE_COLUMNS, self.nodes, ids, ["X"] * len(ids), played, self.hubs)
        tails, heads, signs, prices, tellers = zip(*self.edges, strict=True)
        ends_and_prices = tails, heads, signs, prices, ranks
        claims = [f"c{rank}" for rank in ranks]
        names = ["odd" if rank % 7 == 0 else "even" for rank in ranks]
        structural = [t is None for t in tellers]
        write(folder / EDGES, EDGE_COLUMNS, *ends_and_prices, claims, names, structural, tellers)
        (folder / COSTS).write_bytes(costs(self.step, self.handover))
        return folder

    @property
    def nodes(self):
        return range(len(self.hubs))

    def engines(self, ranks, steps, signs, without=(), avoid=()):
        """What the engine finds, graph by graph."""
        kept = [n for n, rank in enumerate(ranks) if rank not in without]
        order = [self.edges[n] for n in kept]
        of_rank = {ranks[n]: self.edges[n] for n in kept}
        columns = [np.array([e[i] for e in order], int) for i in range(4)]
        arcs = Arcs.of(
            len(self.hubs), *columns, np.array(self.hubs), np.array([ranks[n] for n in kept])
        )
        held = [of_rank[rank].tellers for rank in arcs.ranks.tolist()]
        bits = [EVERY if t is None else sum(1 << one for one in t) for t in held]
        telling = Telling(None, bits, self.handover)
        found = {}
        pairs = [(s, e) for starts, ends in self.groups for s in starts for e in ends if s != e]
        for start, end in pairs:
            for sign in signs:
                asked = Question(
                    np.array([start]), np.array([end]), steps, sign,
                    avoid=np.array(avoid) if avoid else None, step=self.step,
                )  # fmt: skip
                best = next(iter(best_first(arcs, asked, Budget(), telling)), None)
                if best is not None:
                    nodes = tuple(f"n{n}" for n in best.nodes)
                    claims = tuple(f"c{arcs.ranks[arc]}" for arc in best.arcs)
                    found[f"n{start}", f"n{end}", sign] = (best.cost, nodes, claims)
        return found


def write(path, columns, *values):
    schema = schema_of(columns)
    arrays = [pa.array(v, f.type) for v, f in zip(values, schema, strict=True)]
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), path)


def mined(frame):
    rows = frame.collect()
    found = {
        (r.start, r.end, r.sign): (round(r.cost * 1e6), tuple(r.entities), tuple(r.claims))
        for r in rows
    }
    assert len(found) == len(rows)
    return found


def of_chance(seed, graphs, step, handover):
    """Small graphs with circles, parallel edges, loops, ties, and walks that turn a sign around."""
    draw = Random(seed)
    world = World(step, handover)
    for _ in range(graphs):
        nodes = draw.randint(2, 8)
        edges = [
            Edge(
                draw.randrange(nodes),
                draw.randrange(nodes),
                draw.choice((1, 1, -1, -1, 0)),
                draw.randint(0, 4),
                None
                if draw.random() < 0.2
                else tuple(sorted(draw.sample(range(4), draw.choice((1, 1, 2))))),
            )
            for _ in range(draw.randint(1, 4 * nodes))
        ]
        starts, ends = (draw.sample(range(nodes), min(nodes, 2)) for _ in range(2))
        world.add(edges, [draw.randint(0, 3) for _ in range(nodes)], starts, ends)
    ranks = list(range(len(world.edges)))
    draw.shuffle(ranks)
    return world, ranks


@pytest.mark.parametrize(("seed", "handover", "steps"), [(1, 3, 6), (2, 0, 5)])
def test_of_many_graphs_all_routes_are_the_engines(spark, tmp_path, seed, handover, steps):
    world, ranks = of_chance(seed, 150, seed, handover)
    world.add(*WINDING)
    ranks += range(len(ranks), len(world.edges))
    graph = opened(spark, str(world.save(tmp_path, ranks)))
    asked = Asked(("type:Start",), ("type:end",), steps)
    expected = world.engines(ranks, steps, SIGNS)
    assert mined(routes(graph, asked)) == expected
    assert len(expected) > 300


WINDING = (
    # From 0 to 5. The cheapest way to turn the sign around is to pass 1 twice, which is no path;
    # the only path that does so is dear.
    [Edge(0, 1, 1, 1), Edge(1, 2, 1, 1), Edge(2, 1, -1, 1), Edge(2, 5, 1, 1),
     Edge(1, 3, 1, 40), Edge(3, 4, -1, 40), Edge(4, 5, 1, 40)],
    [0, 0, 0, 0, 0, 0],
    [0],
    [5],
)  # fmt: skip


def test_what_is_avoided_and_a_sign_that_is_asked_for(spark, tmp_path):
    world, ranks = of_chance(3, 80, 1, 0)
    graph = opened(spark, str(world.save(tmp_path, ranks)))
    odd = {rank for rank in ranks if rank % 7 == 0}
    asked = Asked(("type:Start",), ("type:End",), 4, "-", ("predicate:odd", "n3", "n7"))
    expected = world.engines(ranks, 4, ("-",), odd, (3, 7))
    assert mined(routes(graph, asked)) == expected
    assert expected


@pytest.fixture(scope="module")
def review():
    tables, _ = read_source(REVIEW)
    return assemble([tables])


@pytest.fixture(scope="module")
def edges(review, tmp_path_factory):
    folder = tmp_path_factory.mktemp("edges")
    for name, pieces in parquet(Content(review, {}, folder / "none.nq", "0")):
        (folder / name).write_bytes(b"".join(pieces))
    return folder


def test_of_the_review_all_routes_are_those_that_find_lists_first(spark, review, edges):
    found = mined(
        routes(opened(spark, str(edges)), Asked(("type:CellSource",), ("type:HealingPhase",)))
    )
    arrays = from_kb(review)
    expected = {}
    for start in expanded(review, ("type:Source",)):
        for end in expanded(review, ("type:HealingPhase",)):
            for sign in SIGNS:
                query = PathQuery((start,), (end,), sign=sign, top=1, fold=False)
                for path in find(review, arrays, query, weights=WEIGHTS).paths:
                    claims = tuple(step.claim.id for step in path.steps)
                    expected[start, end, sign] = (round(path.cost * 1e6), path.entities, claims)
    assert found == expected
    assert len(expected) > 15


def test_the_export_holds_what_paths_walk_and_is_the_same_each_time(review, edges):
    for name, pieces in parquet(Content(review, {}, edges / "none.nq", "0")):
        assert (edges / name).read_bytes() == b"".join(pieces)
    held = pq.read_table(edges / EDGES)
    assert held.schema == schema_of(EDGE_COLUMNS)
    claims = {claim.id: claim for claim in review.claims}
    for row in held.to_pylist():
        claim = claims[row["claim"]]
        assert (row["predicate"], row["structural"]) == (claim.predicate, claim.sign is None)
        assert (row["tellers"] is None) == row["structural"]
    nodes = pq.read_table(edges / NODES).to_pylist()
    assert [n["id"] for n in nodes] == sorted(review.entity)
    assert all(n["type"] == review.entity[n["id"]].type for n in nodes)


def test_the_command_writes_a_table_and_does_not_write_over_one(spark, edges, tmp_path, capsys):
    out = tmp_path / "routes"
    args = ["mine", str(edges), "bmsc-exo", "angiogenesis", str(out), "--tsv", "--max-steps", "3"]
    assert cli.run(args) == 0
    assert capsys.readouterr().out == f"{out}\n"
    (part,) = out.glob("*.csv")
    rows = list(csv.DictReader(part.read_text(encoding="utf-8").splitlines(), delimiter="\t"))
    assert {row["start"] for row in rows} == {"bmsc-exo"}
    assert all(len(row["claims"].split()) == int(row["steps"]) for row in rows)
    assert cli.run(args) == 1
    assert "X303" in capsys.readouterr().err


def test_what_spark_cannot_do_is_told_without_a_traceback(spark, edges, tmp_path, capsys):
    (tmp_path / "file").touch()
    out = str(tmp_path / "file" / "routes")
    assert cli.run(["mine", str(edges), "bmsc-exo", "angiogenesis", out, "--max-steps", "1"]) == 1
    said = capsys.readouterr().err
    assert "M104: Spark gave up: " in said and "Traceback" not in said


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [("Type:Sorce", "type:Cargo", "P102"), ("nobody", "type:Cargo", "E002")],
)
def test_who_is_not_there_is_named(spark, edges, start, end, code):
    with pytest.raises(InputError) as refused:
        routes(opened(spark, str(edges)), Asked((start,), (end,)))
    assert refused.value.code == code


def test_a_folder_without_edges_is_refused(spark, tmp_path):
    with pytest.raises(InputError, match="M103"):
        opened(spark, str(tmp_path))
