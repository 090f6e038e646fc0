# SPDX-License-Identifier: Apache-2.0
"""Signs and circles of mechanisms, held against the enumeration of all routes."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from exograph.checks.mechanisms import Step, route_signs
from exograph.checks.structure import find_cycle
from exograph.tables import Row

ROW = Row("f", 2, {})


def step(tail: int, head: int, sign: int | None) -> Step:
    return Step(ROW, str(tail), str(head), sign, None)


@st.composite
def acyclic(draw):
    pairs = st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda p: p[0] < p[1])
    signs = st.sampled_from([1, -1, 0, None])
    drawn = draw(st.lists(st.tuples(pairs, signs), max_size=12))
    return [step(*pair, sign) for pair, sign in drawn]


def every_route(node: str, end: str, steps: list[Step], sign: int = 1):
    if node == end:
        yield sign
        return
    for s in steps:
        if s.tail == node:
            yield from every_route(s.head, end, steps, sign * (1 if s.sign is None else s.sign))


@given(acyclic())
def test_the_signs_are_those_of_all_routes(steps):
    found = route_signs("0", "5", steps)
    assert found.keys() == set(every_route("0", "5", steps))
    assert all(route[0] == "0" and route[-1] == "5" for route in found.values())


def test_a_chain_of_sixty_diamonds_takes_no_time():
    steps = [
        step(3 * n + tail, 3 * n + head, 1)
        for n in range(60)
        for tail, head in ((0, 1), (0, 2), (1, 3), (2, 3))
    ]
    assert route_signs("0", "180", steps).keys() == {1}


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=14))
def test_a_cycle_is_found_exactly_where_there_is_one(pairs):
    edges: dict[str, dict[str, Row]] = {}
    for a, b in pairs:
        edges.setdefault(str(a), {})[str(b)] = ROW
    reach = {(a, b) for a in edges for b in edges[a]}
    for _ in range(7):
        reach |= {(a, d) for a, b in reach for c, d in reach if b == c}
    ring = find_cycle(edges)
    assert bool(ring) == any(a == b for a, b in reach)
    assert all(b in edges[a] for a, b in pairwise(ring))
