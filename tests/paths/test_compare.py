# SPDX-License-Identifier: Apache-2.0
"""Two sources compared: which routes both have, which are opposed, which only one has."""

import json

import pytest
from small_worlds import by_chance, shipped, world

from exograph.arrays import from_kb
from exograph.errors import InputError
from exograph.paths import PathQuery, find, pairs
from exograph.paths.analyses import comparison_json
from exograph.paths.compare import after_source, compare
from exograph.paths.query import MAX_TOP

ROWS = """
cell1 isolated_from tissue1 review
cell1 secretes exo1 p1
cell1 secretes exo-1-treated p1
cell2 secretes exo2 p2
exo1 carries mir1 p1
exo-1-treated carries mir1 p1
exo2 carries mir1 p2
mir1 downregulates gene1 p3
gene1 suppresses process1 p3
exo1 promotes process2 p1
exo2 suppresses process2 p2
exo1 regulates process3 p1
exo2 promotes process3 p2
exo1 carries mir2 p1
mir2 promotes process1 p1
process1 part_of_phase phase1 review
process2 part_of_phase phase1 review
process3 part_of_phase phase1 review
"""


def compared(kb, a="cell1", b="cell2", end=("type:HealingPhase",), **more):
    return compare(kb, from_kb(kb), PathQuery((a, b), end, **more))


def entities(route):
    return " ".join(id for _, id in route)


def test_shared_opposed_and_only_by_hand():
    (one,) = compared(world(ROWS)).ends
    assert (one.end, one.complete) == ("phase1", True)
    (both,) = one.shared
    assert both.route == (
        *((None, "mir1"), ("-", "gene1"), ("-", "process1")),
        (None, "phase1"),
    )
    assert both.a.path.entities[:2] == ("cell1", "exo-1-treated")  # alike but for their ids
    assert both.a.also_by == ("exo1",)
    assert both.b.path.entities[:2] == ("cell2", "exo2")
    assert both.b.also_by == ()
    assert [(o.entities[0], o.opposite) for o in one.opposed] == [
        ("process2", True),
        ("process3", False),
    ]
    (turned, _) = one.opposed
    assert [[way.path.sign for way in side] for side in (turned.a, turned.b)] == [["+"], ["-"]]
    assert [entities(after_source(way.path)) for way in one.only_a] == ["mir2 process1 phase1"]
    assert one.only_b == ()
    assert (one.paths_a, one.paths_b) == (5, 3)  # two vesicles take the shared route


def test_a_tissue_and_a_vesicle_are_compared_by_what_follows_them():
    (one,) = compared(world(ROWS), "tissue1", "exo2").ends
    (both,) = one.shared
    assert both.a.path.entities[:2] == ("tissue1", "cell1")
    assert both.b.path.entities[0] == "exo2"
    assert len(one.only_a) == 1


def test_the_same_route_by_another_predicate_is_shared():
    kb = world(
        """
        exo1 upregulates gene1 p1
        exo2 activates gene1 p2
        gene1 promotes process1 p3
        """
    )
    (one,) = compared(kb, "exo1", "exo2", ("process1",)).ends
    assert [entities(s.route) for s in one.shared] == ["gene1 process1"]
    assert not one.only_a
    assert not one.opposed


def test_a_route_that_the_other_has_as_a_shortcut_is_shared():
    """exo2 reaches process1 directly, and more finely over gene2, by the same paper."""
    kb = world(
        """
        exo1 promotes process1 p1
        exo2 promotes process1 p2
        exo2 upregulates gene2 p2
        gene2 promotes process1 p2
        """
    )
    (one,) = compared(kb, "exo1", "exo2", ("process1",)).ends
    assert [entities(s.route) for s in one.shared] == ["process1"]
    assert one.only_a == ()
    assert [way.path.entities[1] for way in one.only_b] == ["gene2"]


def test_where_one_has_both_signs_the_one_is_shared_and_the_other_opposed():
    kb = world(
        """
        exo1 promotes process1 p1
        exo1 suppresses process1 p2
        exo2 promotes process1 p3
        """
    )
    (one,) = compared(kb, "exo1", "exo2", ("process1",)).ends
    assert [s.route for s in one.shared] == [(("+", "process1"),)]
    (turned,) = one.opposed
    assert sorted(way.path.sign for way in turned.a) == ["+", "-"]
    assert [way.path.sign for way in turned.b] == ["+"]
    assert turned.opposite


def test_a_vesicle_that_both_secrete_as_the_end_is_reached_by_both():
    kb = world("cell1 secretes exo1 p1\ncell2 secretes exo1 p1")
    (one,) = compared(kb, end=("exo1",)).ends
    assert [s.route for s in one.shared] == [()]
    assert comparison_json(compared(kb, end=("exo1",)), kb)["ends"][0]["shared"][0]["signs"] == []


def test_the_filters_are_those_of_find():
    (one,) = compared(world(ROWS), sign="-").ends
    assert [len(one.shared), len(one.only_a), len(one.only_b)] == [0, 0, 1]
    (one,) = compared(world(ROWS), max_steps=3).ends
    assert (len(one.shared), len(one.opposed)) == (0, 2)
    kb = world(ROWS, retracted=("p2",))
    (one,) = compared(kb).ends
    assert (one.paths_b, len(one.only_a)) == (0, 4)
    (one,) = compared(kb, with_retracted=True).ends
    assert (one.paths_b, len(one.only_a)) == (3, 1)


def test_the_document_lists_the_best_and_counts_all():
    kb = world(ROWS)
    document = comparison_json(compared(kb, top=1), kb)
    assert json.loads(json.dumps(document)) == document
    assert (document["a"], document["b"]) == ("cell1", "cell2")
    (one,) = document["ends"]
    assert one["counts"] == {"a": 5, "b": 3, "shared": 1, "opposed": 2, "only_a": 1, "only_b": 0}
    assert len(one["opposed"]) == 1
    (both,) = one["shared"]
    assert both["entities"] == ["mir1", "gene1", "process1", "phase1"]
    assert both["signs"] == [None, "-", "-", None]
    assert both["a"]["also_by"] == ["exo1"]


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        (("cell1", "cell1"), ("phase1",), "P131"),
        (("cell1",), ("phase1",), "P131"),
        (("cell1", "cell2", "exo1"), ("phase1",), "P131"),
        (("cell1", "nobody"), ("phase1",), "E002"),
        (("type:Source", "cell1"), ("phase1",), "E002"),
        (("cell1", "cell2"), ("cell2",), "P104"),
        (("cell1", "cell2"), ("nothing",), "E002"),
        (("cell1", "cell2"), ("type:Phaze",), "P101"),
        (("cell1", "cell2"), (), "P103"),
    ],
)
def test_what_cannot_be_compared_is_refused(start, end, code):
    kb = world(ROWS)
    with pytest.raises(InputError) as caught:
        compare(kb, from_kb(kb), PathQuery(start, end))
    assert caught.value.code == code
    assert caught.value.cure


def test_a_kind_as_the_end_leaves_out_the_two_themselves():
    kb = world(ROWS + "cell1 promotes process4 p1\nprocess4 regulates cell2 p1\n")
    ends = compared(kb, end=("type:CellType", "phase1")).ends
    assert [one.end for one in ends] == ["phase1"]


def test_an_unfinished_search_says_so(monkeypatch):
    monkeypatch.setattr(pairs, "MAX_TOP", 1)
    kb = world(ROWS)
    (one,) = compared(kb).ends
    assert not one.complete
    assert comparison_json(compared(kb), kb)["ends"][0]["complete"] is False


def turned(document):
    """A comparison's document with the sides exchanged."""
    swap = {"a": "b", "b": "a", "only_a": "only_b", "only_b": "only_a"}
    if isinstance(document, dict):
        return {swap.get(key, key): turned(value) for key, value in document.items()}
    return [turned(one) for one in document] if isinstance(document, list) else document


def check(kb, arrays, a, b, ends):
    """Invariants of a comparison, against searches of their own."""
    result = compare(kb, arrays, PathQuery((a, b), ends))
    document = comparison_json(result, kb)
    mirrored = comparison_json(compare(kb, arrays, PathQuery((b, a), ends)), kb)
    assert turned(mirrored)["ends"] == document["ends"]
    for one in result.ends:
        assert one.complete
        asked = {
            (side, fold): find(
                kb, arrays, PathQuery((side,), (one.end,), fold=fold, top=MAX_TOP)
            ).paths
            for side in (a, b)
            for fold in (True, False)
        }
        every = {side: {after_source(p) for p in asked[side, False]} for side in (a, b)}
        listed = {side: {after_source(p) for p in asked[side, True]} for side in (a, b)}
        assert (one.paths_a, one.paths_b) == (len(asked[a, True]), len(asked[b, True]))
        shared = {s.route for s in one.shared}
        assert shared == (listed[a] | listed[b]) & every[a] & every[b]
        for both in one.shared:
            assert after_source(both.a.path) == after_source(both.b.path) == both.route
            assert (both.a.path.entities[0], both.b.path.entities[0]) == (a, b)
            assert both.a.path.sign == both.b.path.sign
        crossed = {o.entities for o in one.opposed}
        for side, other, only in ((a, b, one.only_a), (b, a, one.only_b)):
            own = {after_source(way.path) for way in only}
            assert len(own) == len(only)
            assert not own & every[other]
            without = listed[side] - shared - own
            assert {tuple(id for _, id in route) for route in without} <= crossed
        for each in one.opposed:
            signs = [{after_source(w.path) for w in side} for side in (each.a, each.b)]
            assert signs[0] != signs[1]


@pytest.mark.parametrize("seed", range(20))
def test_any_comparison_agrees_with_searches_and_is_the_same_from_the_other_side(seed):
    kb = by_chance(seed)
    check(kb, from_kb(kb), "cell1", "cell2", ("type:HealingPhase", "process1"))
    check(kb, from_kb(kb), "exo1", "exo2", ("type:HealingPhase",))


@pytest.mark.parametrize(("a", "b"), [("adsc", "bmsc"), ("ucmsc-exo", "msc-exo")])
def test_comparisons_of_all_that_is_shipped(a, b):
    kb, arrays = shipped()
    check(kb, arrays, a, b, ("type:HealingPhase", "angiogenesis"))
