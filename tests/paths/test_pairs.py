# SPDX-License-Identifier: Apache-2.0
"""All pairs in few searches: the same as one search for each."""

import pytest
from small_worlds import by_chance, shipped, world

from exograph.arrays import from_kb
from exograph.errors import InputError
from exograph.paths import PathQuery, find, pairs
from exograph.paths.pairs import Found, by_pair
from exograph.paths.query import MAX_TOP, expanded

QUERY = PathQuery(("type:Source",), ("type:HealingPhase",))


def one_by_one(kb, arrays, starts, ends, **more):
    return {
        (start, end): find(kb, arrays, PathQuery((start,), (end,), top=MAX_TOP, **more))
        for start in starts
        for end in ends
    }


def routes(paths):
    return [tuple(step.claim.id for step in path.steps) for path in paths]


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("fold", [True, False])
def test_each_pair_has_what_a_search_for_it_alone_finds(seed, fold):
    kb = by_chance(seed)
    arrays = from_kb(kb)
    starts, ends = ("cell1", "cell2", "cell3"), ("phase1", "phase2", "process1")
    query = PathQuery(starts, ends, fold=fold)
    found = by_pair(kb, arrays, query, starts, ends)
    for pair, alone in one_by_one(kb, arrays, starts, ends, fold=fold).items():
        assert alone.complete
        assert routes(found[pair].paths) == routes(alone.paths)
        assert found[pair].complete


@pytest.mark.parametrize("seed", range(25))
def test_pairs_are_halved_until_each_has_no_more_than_can_be_listed(seed, monkeypatch):
    kb = by_chance(seed)
    arrays = from_kb(kb)
    starts, ends = ("cell1", "cell2", "cell3"), ("phase1", "phase2")
    monkeypatch.setattr(pairs, "MAX_TOP", 3)
    found = by_pair(kb, arrays, QUERY, starts, ends)
    for pair, alone in one_by_one(kb, arrays, starts, ends).items():
        assert routes(found[pair].paths) == routes(alone.paths[:3])
        assert found[pair].complete == (len(alone.paths) <= 3)


def test_the_pairs_of_all_that_is_shipped():
    kb, arrays = shipped()
    starts = ("adsc", "bmsc", "platelet", "shed")
    ends = expanded(kb, ["type:HealingPhase"])
    found = by_pair(kb, arrays, QUERY, starts, ends)
    for pair, alone in one_by_one(kb, arrays, starts, ends).items():
        assert routes(found[pair].paths) == routes(alone.paths)


def test_an_entity_has_no_path_to_itself():
    kb = world("gene1 upregulates gene2 p1\ngene2 upregulates gene1 p1")
    ends = ("gene1", "gene2")
    found = by_pair(kb, from_kb(kb), PathQuery(ends, ends), ends, ends)
    assert found["gene1", "gene1"] == found["gene2", "gene2"] == Found()
    assert [len(found[p].paths) for p in (("gene1", "gene2"), ("gene2", "gene1"))] == [1, 1]


def test_when_time_is_up_pairs_are_incomplete_and_no_more_is_searched(monkeypatch):
    kb = by_chance(1)
    calls = []
    monkeypatch.setattr(pairs, "find", lambda *args: calls.append(args))
    query = PathQuery(("cell1",), ("phase1",), timeout=1.0)
    found = by_pair(kb, from_kb(kb), query, ("cell1",), ("phase1",), deadline=0.0)
    assert found == {("cell1", "phase1"): Found(complete=False)}
    assert calls == []


def test_a_list_that_ends_early_keeps_what_was_known(monkeypatch):
    kb = by_chance(3)
    arrays = from_kb(kb)
    monkeypatch.setattr(pairs, "MAX_TOP", 3)
    answers = []

    def once(*args):
        if answers:  # time is up after the first search
            monkeypatch.setattr(pairs.time, "monotonic", lambda: 1e12)
        answers.append(find(*args))
        return answers[-1]

    monkeypatch.setattr(pairs, "find", once)
    query = PathQuery(("type:Source",), ("type:HealingPhase",), timeout=60.0)
    found = by_pair(kb, arrays, query, ("cell1", "cell2", "cell3"), ("phase1", "phase2"))
    assert not answers[0].complete
    assert not all(one.complete for one in found.values())
    kept = {route for one in found.values() for route in routes(one.paths)}
    assert set(routes(answers[0].paths)) <= kept


@pytest.mark.parametrize("timeout", [0, -1.0, float("nan")])
def test_a_timeout_that_is_none_is_refused(timeout):
    kb = by_chance(0)
    query = PathQuery(("cell1",), ("phase1",), timeout=timeout)
    with pytest.raises(InputError) as caught:
        by_pair(kb, from_kb(kb), query, ("cell1",), ("phase1",))
    assert caught.value.code == "P109"


def test_ends_are_expanded_in_order_and_once():
    kb = by_chance(0)
    assert expanded(kb, ["phase2", "type:HealingPhase", "cell1"]) == ("phase2", "phase1", "cell1")
    for item, code in (("nobody", "E002"), ("type:Phaze", "P101"), ("type:Organism", "P102")):
        with pytest.raises(InputError) as caught:
            expanded(kb, [item])
        assert caught.value.code == code
