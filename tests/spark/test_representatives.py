# SPDX-License-Identifier: Apache-2.0
"""Of many paths to a place few are kept, and for each way on the best that fits is one of them."""

from itertools import combinations
from math import comb
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exograph.spark.representatives import Label, Needed, met

NODES = range(7)


def ways_on(most):
    return (set(way) for size in range(most + 1) for way in combinations(NODES, size))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.frozensets(st.sampled_from(NODES), max_size=3), max_size=8), st.integers(0, 4))
def test_sets_are_met_if_some_choice_of_elements_meets_them_all(sets, most):
    assert met(sets, most) == any(all(way & one for one in sets) for way in ways_on(most))


@pytest.mark.parametrize("change", [0, 2])
@pytest.mark.parametrize("seed", range(150))
def test_the_best_path_for_each_way_on_is_kept(seed, change):
    draw = Random(seed)
    most = draw.randint(1, 5)
    labels = []
    for _ in range(draw.randint(1, 30)):
        steps = draw.randint(1, most)
        passed = frozenset(draw.sample(NODES, steps - 1))
        teller = draw.choice((-1, 1, 2)) if change else -1
        labels.append(Label(draw.randint(0, 9), steps, teller, passed))
    labels.sort(key=lambda label: label[:2])
    last = max(label.steps for label in labels)
    needed = Needed(most, change)
    kept = []
    for label in labels:
        if label.steps < last:  # of an earlier round
            needed.holds(label)
        if label.steps < last or needed.takes(label):
            kept.append(label)
    for way in ways_on(4):
        for teller in (1, 2):

            def cost(label, way=way, teller=teller):
                fits = label.steps + len(way) <= most and way.isdisjoint(label.passed)
                changed = change if label.teller not in (-1, teller) else 0
                return label.cost + changed if fits else 99

            assert min(map(cost, kept), default=99) == min(map(cost, labels))


def test_what_is_kept_is_bounded_however_many_paths_there_are():
    draw = Random(1)
    for most, steps in ((6, 3), (8, 4), (7, 6)):
        needed = Needed(most, 0)
        taken = sum(
            needed.takes(Label(cost, steps, -1, frozenset(draw.sample(range(12), steps - 1))))
            for cost in range(2_000)
        )
        assert taken <= comb(most - 1, steps - 1)
