# SPDX-License-Identifier: Apache-2.0
"""The engine alone, on numbers: all simple paths by brute force, filtered, signed, sorted."""

from itertools import islice
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exograph.paths.engine import (
    EVERY,
    Arcs,
    Budget,
    Question,
    Stopped,
    Telling,
    best_first,
    few,
    spread,
    sweep,
    wide,
)
from exograph.paths.engine.spread import SIGNS

DIAMONDS = [
    (a, b) for n in (0, 3) for a, b in ((n, n + 1), (n, n + 2), (n + 1, n + 3), (n + 2, n + 3))
]


def random_arcs(rng):
    """Rows (tail, head, sign, cost): at random, a chain of diamonds, loops of mutual inhibition."""
    nodes = rng.randint(2, 8)
    most = rng.choice((0, 1, 3, 1000))  # few different costs make ties
    rows = []

    def add(tail, head, sign=None):
        signs = (1, 1, -1, -1, 0)
        rows.append((tail, head, rng.choice(signs) if sign is None else sign, rng.randint(0, most)))

    for _ in range(rng.randint(0, 22)):
        add(rng.randrange(nodes), rng.randrange(nodes))
    if nodes > 6 and rng.random() < 0.5:
        for tail, head in DIAMONDS:
            add(tail, head)
    if rng.random() < 0.5:
        a, b = rng.sample(range(nodes), 2)
        add(a, b, -1)
        add(b, a, -1)
    return nodes, rows


def graph_of(nodes, rows, hubs, ranks):
    tails, heads, signs, costs = (np.array([row[n] for row in rows], np.int64) for n in range(4))
    return Arcs.of(nodes, tails, heads, signs, costs, np.array(hubs), np.array(ranks, np.int64))


def random_question(rng, arcs):
    nodes = arcs.nodes
    some = lambda: np.array(rng.sample(range(nodes), rng.randint(1, nodes)))  # noqa: E731
    steps = rng.randint(1, 7)
    layers = ()
    if rng.random() < 0.25:
        steps = rng.randint(1, 5)
        layers = tuple(
            None if rng.random() < 0.4 else np.isin(np.arange(nodes), some())
            for _ in range(steps + 1)
        )
    return Question(
        starts=some() if rng.random() < 0.3 else np.array([rng.randrange(nodes)]),
        ends=some() if rng.random() < 0.3 else np.array([rng.randrange(nodes)]),
        max_steps=steps,
        sign=rng.choice(("any", "any", "+", "-", "?")),
        layers=layers,
        via=tuple(some()[:2] for _ in range(rng.choice((0, 0, 0, 1, 2)))),
        via_arcs=(
            (np.array(rng.sample(range(len(arcs)), min(len(arcs), 3)), np.int64),)
            if rng.random() < 0.15
            else ()
        ),
        avoid=some()[:1] if rng.random() < 0.2 else None,
        step=rng.choice((0, 0, 1, 7)),
    )


def random_telling(rng, arcs):
    """Up to three who tell some of the arcs; structure, which all tell, among them."""
    some = lambda: [rng.choice((EVERY, *range(1, 8))) for _ in range(len(arcs))]  # noqa: E731
    return Telling(
        common=some() if rng.random() < 0.3 else None,
        holders=some() if rng.random() < 0.5 else None,
        change=rng.choice((0, 1, 7)),
    )


def told(telling, walked):
    """How often a story changes hands, going on with whoever can; None if nobody tells it all."""
    if telling.common and not any(
        all(telling.common[arc] >> bit & 1 for arc in walked) for bit in range(3)
    ):
        return None
    changes, telling_now = 0, {0, 1, 2}
    for arc in walked if telling.holders else ():
        can = {bit for bit in range(3) if telling.holders[arc] >> bit & 1}
        changes += not telling_now & can
        telling_now = telling_now & can or can
    return changes


def brute_force(arcs, question, telling):
    """(cost, steps, ranks, nodes, arcs) of all simple paths of a question, in order."""
    tails, heads, signs = arcs.tails.tolist(), arcs.heads.tolist(), arcs.signs.tolist()
    costs, hubs, ranks = arcs.costs.tolist(), arcs.hubs.tolist(), arcs.ranks.tolist()
    avoid = set() if question.avoid is None else set(question.avoid.tolist())
    ends = set(question.ends.tolist())
    found = []

    def stands(node, position):
        layer = question.layers[position] if question.layers else None
        return node not in avoid and (layer is None or layer[node])

    def keep(nodes, walked):
        product = int(np.prod([signs[arc] for arc in walked]))
        sign = {1: "+", -1: "-", 0: "?"}[product]
        if (
            question.sign in ("any", sign)
            and all(set(mark.tolist()) & set(nodes) for mark in question.via)
            and all(set(mark.tolist()) & set(walked) for mark in question.via_arcs)
        ):
            cost = sum(costs[arc] + question.step for arc in walked)
            cost += sum(hubs[node] for node in nodes[1:-1])
            if (changes := told(telling, walked)) is None:
                return
            cost += changes * telling.change
            found.append((cost, len(walked), [ranks[a] for a in walked], nodes, walked))

    def extend(nodes, walked):
        if walked and nodes[-1] in ends and (not question.layers or len(walked) == question.steps):
            keep(nodes, walked)
        if len(walked) < question.steps:
            for arc in range(len(arcs)):
                head = heads[arc]
                if tails[arc] == nodes[-1] and head not in nodes and stands(head, len(nodes)):
                    extend((*nodes, head), (*walked, arc))

    for start in sorted(set(question.starts.tolist())):
        if stands(start, 0):
            extend((start,), ())
    return sorted(found)


LARGE = (few, "_SMALL", -1)
WAYS = {
    "few": (),
    "few, some of them too many": ((few, "_FEW", 6),),
    "large": (LARGE,),
    "large, all arcs": (LARGE, (sweep, "_DENSE", -1)),
    "large, few arcs, few ways": (LARGE, (sweep, "_DENSE", 2), (wide, "_FIRST", 1)),
}
"""Ways to the bounds, as graphs of other sizes would take them."""


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=500, deadline=None)
@given(seed=st.integers(0, 2**40))
def test_the_engine_lists_what_brute_force_lists_in_the_same_order(way, seed):
    with pytest.MonkeyPatch.context() as patch:
        for module, name, value in WAYS[way]:
            patch.setattr(module, name, value)
        agree(Random(seed))


def agree(rng):
    nodes, rows = random_arcs(rng)
    hubs = [rng.choice((0, 0, 1, 5)) for _ in range(nodes)]
    ranks = rng.sample(range(100), len(rows))
    arcs = graph_of(nodes, rows, hubs, ranks)
    question = random_question(rng, arcs)
    telling = random_telling(rng, arcs)
    listed = [(r.cost, r.nodes, r.arcs) for r in best_first(arcs, question, Budget(), telling)]
    expected = brute_force(arcs, question, telling)
    assert listed == [(cost, nodes, walked) for cost, _, _, nodes, walked in expected]


def best_walks(arcs, start, step, most, unsigned):
    """Costs of the best walks by sign and node, round by round."""
    turn = {"+": {1: "+", -1: "-", 0: "?"}, "-": {1: "-", -1: "+", 0: "?"}}
    turn["?"] = dict.fromkeys((1, -1, 0), "?")
    best = {("+", start): 0}
    for _ in range(most):
        more = dict(best)
        for arc in range(len(arcs)):
            tail, head, sign = int(arcs.tails[arc]), int(arcs.heads[arc]), int(arcs.signs[arc])
            for before in SIGNS:
                if (before, tail) not in best or (not unsigned and not sign):
                    continue
                hub = 0 if tail == start else int(arcs.hubs[tail])
                key = turn[before][sign], head
                cost = best[before, tail] + hub + int(arcs.costs[arc]) + step
                more[key] = min(more.get(key, cost), cost)
        best = more
    return best


@settings(max_examples=500, deadline=None)
@given(st.integers(0, 2**40))
def test_one_to_all_gives_the_best_walks_of_each_sign(seed):
    rng = Random(seed)
    nodes, rows = random_arcs(rng)
    arcs = graph_of(nodes, rows, [rng.randint(0, 3) for _ in range(nodes)], range(len(rows)))
    start, step, unsigned = rng.randrange(nodes), rng.choice((0, 2)), rng.random() < 0.5
    found = spread(arcs, start, step=step, unsigned=unsigned)
    expected = best_walks(arcs, start, step, 3 * nodes, unsigned)
    for row, sign in enumerate(SIGNS[: len(found.cost)]):
        for node in range(nodes):
            assert found.cost[row, node] == expected.get((sign, node), -1)
            walk = found.walk(node, sign)
            if found.cost[row, node] >= 0:
                signs = arcs.signs[list(walk.arcs)]
                assert (walk.nodes[0], walk.nodes[-1]) == (start, node)
                assert {1: "+", -1: "-", 0: "?"}[int(np.prod(signs))] == sign
                cost = int(arcs.costs[list(walk.arcs)].sum()) + step * len(walk.arcs)
                passed = [n for n in walk.nodes[1:-1] if n != start]
                assert walk.cost == cost + int(arcs.hubs[passed].sum())


def star(leaves):
    """A start with very many neighbours, each of which leads on to the end."""
    tails = np.r_[np.zeros(leaves, int), np.arange(1, leaves + 1)]
    heads = np.r_[np.arange(1, leaves + 1), np.full(leaves, leaves + 1)]
    costs = np.r_[np.arange(leaves)[::-1], np.zeros(leaves, int)]
    signs = np.where(np.arange(2 * leaves) % 2, -1, 1)
    return Arcs.of(leaves + 2, tails, heads, signs, costs, np.zeros(leaves + 2, int))


def test_a_start_with_a_million_neighbours():
    arcs = star(1_000_000)
    asked = Question(np.array([0]), np.array([arcs.nodes - 1]), max_steps=8)
    budget = Budget(limit=10_000)
    routes = list(islice(best_first(arcs, asked, budget), 200))
    assert [route.cost for route in routes] == list(range(200))
    assert budget.used < 1_000


def test_costs_beyond_32_bits_are_exact():
    most = 2**31 - 1
    arcs = Arcs.of(
        4,
        np.array([0, 1, 2]),
        np.array([1, 2, 3]),
        np.array([1, -1, 1]),
        np.array([most, most, most]),
        np.full(4, most),
    )
    (route,) = best_first(arcs, Question(np.array([0]), np.array([3]), 3, step=1), Budget())
    assert route.cost == 5 * most + 3
    assert spread(arcs, 0, step=1).cost[1, 3] == 5 * most + 3


def test_a_deadline_stops_a_search_that_has_no_end():
    nodes = 60
    tails, heads = np.divmod(np.arange(nodes * nodes), nodes)
    ones = np.ones(nodes * nodes, int)
    arcs = Arcs.of(nodes, tails, heads, ones, ones, np.zeros(nodes, int))
    asked = Question(np.array([0]), np.array([1]), max_steps=20)
    with pytest.raises(Stopped) as stop:
        list(best_first(arcs, asked, Budget(timeout=0.2)))
    assert stop.value.reason == "deadline"
    costs, search = [], best_first(arcs, asked, Budget(limit=500))
    with pytest.raises(Stopped) as stop:
        for route in search:
            costs.append(route.cost)
    assert stop.value.reason == "limit"
    assert costs[0] == 1 and set(costs[1:59]) == {2}


def test_what_is_saved_opens_by_memory_map(tmp_path):
    arcs = star(5)
    arcs.save(tmp_path / "arcs")
    opened = Arcs.open(tmp_path / "arcs")
    assert isinstance(opened.heads, np.memmap)
    asked = Question(np.array([0]), np.array([6]), max_steps=2)
    assert list(best_first(opened, asked, Budget())) == list(best_first(arcs, asked, Budget()))
    np.save(tmp_path / "arcs" / "signs.npy", np.zeros(10, np.float64))
    with pytest.raises(ValueError, match=r"signs\.npy"):
        Arcs.open(tmp_path / "arcs")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("tails", [0, 9]),
        ("heads", [-1, 0]),
        ("signs", [1, 2]),
        ("costs", [1.5, 2.0]),
        ("costs", [float("nan"), 1.0]),
        ("costs", [-1, 0]),
        ("costs", [1]),
        ("hubs", [0]),
    ],
)
def test_arrays_that_make_no_graph_are_refused(field, value):
    held = {"tails": [0, 1], "heads": [1, 0], "signs": [1, 1], "costs": [1, 1], "hubs": [0, 0]}
    held[field] = value
    with pytest.raises(ValueError):
        Arcs.of(2, **{name: np.array(array) for name, array in held.items()})


def test_a_question_that_would_not_fit_into_memory_is_not_searched():
    arcs = star(500_000)
    marks = tuple(np.array([n]) for n in (1, 2, 3, 4))
    asked = Question(np.array([0]), np.array([500_001]), max_steps=20, sign="+", via=marks)
    with pytest.raises(Stopped) as stop:
        next(best_first(arcs, asked, Budget()))
    assert stop.value.reason == "limit"


def test_costs_between_two_number_formats_are_not_lost():
    arcs = Arcs.of(
        3,
        np.array([0, 1]),
        np.array([1, 2]),
        np.array([1, 1]),
        np.array([5 * 10**8, 9 * 10**8]),
        np.zeros(3, int),
    )
    assert spread(arcs, 0).cost[0].tolist() == [0, 500_000_000, 1_400_000_000]


@pytest.mark.parametrize("steps", [0, -1, 32, 10_000])
def test_a_number_of_steps_that_cannot_be_is_refused(steps):
    with pytest.raises(ValueError, match="steps cannot be asked for"):
        Question(np.array([0]), np.array([1]), max_steps=steps)
    with pytest.raises(ValueError, match="steps cannot be asked for"):
        Question(np.array([0]), np.array([1]), max_steps=8, layers=(None,))
    with pytest.raises(ValueError, match="sign"):
        Question(np.array([0]), np.array([1]), max_steps=8, sign="*")


@pytest.mark.parametrize(("start", "end"), [(-1, 1), (0, 9)])
def test_an_end_that_is_no_node_is_refused(start, end):
    with pytest.raises(ValueError, match="no node"):
        list(best_first(star(3), Question(np.array([start]), np.array([end]), 2), Budget()))


def test_a_long_chain_in_any_numbering_is_quick_and_keeps_the_deadline():
    nodes = 9_000
    order = np.random.default_rng(1).permutation(nodes)
    ones = np.ones(nodes - 1, int)
    arcs = Arcs.of(nodes, order[:-1], order[1:], ones, ones, np.zeros(nodes, int))
    asked = Question(order[:1], order[8:9], max_steps=8)
    (route,) = best_first(arcs, asked, Budget(timeout=5))
    assert route.nodes == tuple(order[:9].tolist())
    with pytest.raises(Stopped):
        next(best_first(star(100), asked_of(star(100)), Budget(timeout=-1)))


def asked_of(arcs):
    return Question(np.array([0]), np.array([arcs.nodes - 1]), max_steps=2)
