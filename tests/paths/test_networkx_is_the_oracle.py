# SPDX-License-Identifier: Apache-2.0
"""On the knowledge base itself, networkx lists the same paths, with the same costs and signs."""

from itertools import pairwise
from math import log, prod
from pathlib import Path

import networkx as nx
import pytest

from exograph.arrays import from_kb
from exograph.kb import assemble
from exograph.network import to_networkx, walkable
from exograph.paths import WEIGHTS, PathQuery, find
from exograph.paths.rank import evidence_cost
from exograph.paths.story import changes, tellers
from exograph.tables import read_source

GRAPHS = Path(__file__).parents[2] / "graphs"
PAIRS = [
    ("bmsc-exo", "angiogenesis"),
    ("adsc-exo", "wound-healing"),
    ("bone-marrow", "proliferative-phase"),
    ("adsc", "remodeling-phase"),
    ("mir-126", "angiogenesis"),
    ("klf3-as1", "proliferative-phase"),
]


@pytest.fixture(scope="module")
def kb():
    return assemble([read_source(GRAPHS / name)[0] for name in ("review", "literature")])


@pytest.mark.parametrize(("start", "end"), PAIRS)
def test_networkx_lists_the_same_paths(kb, start, end):
    result = find(
        kb, from_kb(kb), PathQuery((start,), (end,), fold=False, any_tissue=True, top=1000)
    )
    assert result.complete
    graph = walkable(to_networkx(kb))
    neighbours = graph.to_undirected()
    neighbours.remove_edges_from(list(nx.selfloop_edges(neighbours)))
    expected = []
    for edges in nx.all_simple_edge_paths(graph, start, end, cutoff=8):
        claims = [kb.claim[key] for _, _, key in edges]
        hubs = [len(set(neighbours[a[1]])) for a, _ in pairwise(edges)]
        cost = sum(evidence_cost(kb, claim, WEIGHTS) + 100_000 for claim in claims)
        cost += sum(round(50_000 * log(max(n, 2) / 2)) for n in hubs)
        signs = [claim.sign for claim in claims if claim.sign is not None]
        sign = {1: "+", -1: "-", 0: "?"}[prod(signs)]
        cost += 300_000 * changes(claims, tellers(kb))
        expected.append((cost, len(claims), [claim.id for claim in claims], sign))
    found = [
        (round(p.cost * 1e6), len(p.steps), [s.claim.id for s in p.steps], p.sign)
        for p in result.paths
    ]
    assert len(found) >= 3
    assert found == sorted(expected)
