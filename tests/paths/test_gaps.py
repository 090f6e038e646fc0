# SPDX-License-Identifier: Apache-2.0
"""What leads nowhere, and what hangs on one paper."""

import json

import pytest
from small_worlds import by_chance, shipped, world

from exograph.arrays import from_kb
from exograph.errors import InputError
from exograph.model import KnowledgeBase
from exograph.paths import PathQuery, find
from exograph.paths.analyses import gaps_json
from exograph.paths.gaps import LISTS, gaps
from exograph.paths.matrix import matrix
from exograph.paths.walks import walks

ROWS = """
entity skin
cell1 secretes exo1 review
cell2 secretes exo2 p2
cell3 secretes exo3 p3
exo1 carries mir1 review
exo1 carries mir2 review
exo1 carries mir3 review
exo2 carries mir4 p2
exo3 loaded_in gel1 p3
mir1 promotes process1 p1
mir3 upregulates gene1 p5
mir4 promotes process1 p6 @bone
process1 part_of_phase phase1 review
process2 part_of_phase phase2 review
entity exo4
"""


def missing(kb, **more):
    query = PathQuery(("type:Source",), ("type:HealingPhase",), **more)
    return gaps(kb, from_kb(kb), query)


def names(found):
    return [gap.entity for gap in found]


def test_gaps_by_hand():
    found = missing(world(ROWS))
    assert names(found.cargo_without_target) == ["mir2", "mir4"]
    assert [gap.other_tissue for gap in found.cargo_without_target] == [False, True]
    assert names(found.cargo_without_phase) == ["mir2", "mir3", "mir4"]
    assert found.cargo_without_phase[1].evidence == {"vesicles": ("exo1",), "targets": ("gene1",)}
    assert names(found.vesicles_without_effect) == ["exo2", "exo3", "exo4"]
    assert found.vesicles_without_effect[0].evidence == {
        **{"sources": ("cell2",), "cargo": ("mir4",), "biomaterials": ()},
    }
    assert found.vesicles_without_effect[1].evidence["biomaterials"] == ("gel1",)
    assert names(found.phases_without_source) == ["phase2"]
    assert found.phases_without_source[0].evidence == {"processes": ("process2",)}
    assert names(found.sources_without_phase) == ["cell2", "cell3"]
    assert [gap.other_tissue for gap in found.sources_without_phase] == [True, False]
    assert found.complete


def test_any_tissue_closes_what_only_other_tissues_close():
    found = missing(world(ROWS), any_tissue=True)
    assert names(found.cargo_without_target) == ["mir2"]
    assert names(found.sources_without_phase) == ["cell3"]


def test_what_only_a_retracted_paper_says_is_a_gap_and_told():
    kb = world(ROWS, retracted=("p1",))
    found = missing(kb)
    (gap, *_) = found.cargo_without_target
    assert (gap.entity, gap.retracted, gap.other_tissue) == ("mir1", True, False)
    assert names(found.phases_without_source) == ["phase1", "phase2"]
    assert names(missing(kb, with_retracted=True).phases_without_source) == ["phase2"]


def test_a_link_that_hangs_on_one_paper_names_it_with_all_its_citations():
    kb = world(
        ROWS.replace(
            "mir1 promotes process1 p1", "mir1 promotes process1 p1\nmir1 promotes process1 p7"
        ),
        studies={"p7": "p1"},
    )
    (one,) = missing(kb).on_one_paper
    assert (one.start, one.end, one.study, one.references) == (
        *("cell1", "phase1", "p1"),
        ("p1", "p7"),
    )
    assert one.by_effect
    assert len(one.claims) == 1


def test_another_paper_or_the_review_itself_keeps_a_link():
    for more in ("mir1 promotes process1 p8", "mir1 promotes process1 review"):
        assert missing(world(f"{ROWS}\n{more}")).on_one_paper == ()


def test_another_route_keeps_a_link():
    assert missing(world(f"{ROWS}\nexo1 promotes process1 p8")).on_one_paper == ()


def test_a_link_that_hangs_by_structure_says_so():
    kb = world(
        """
        cell1 secretes exo1 p1
        exo1 promotes process1 p2
        exo1 promotes process1 p3
        process1 part_of_phase phase1 p4
        process1 part_of_phase phase1 p5
        """
    )
    (one,) = missing(kb).on_one_paper
    assert (one.study, one.by_effect) == ("p1", False)


def test_thin_routes_have_no_effect_with_two_studies():
    (one,) = missing(world(ROWS)).thin_routes
    assert one.path.entities == ("cell1", "exo1", "mir1", "process1", "phase1")
    assert one.studies == (("p1",),)
    assert missing(world(f"{ROWS}\nmir1 promotes process1 p8")).thin_routes == ()
    (by_review,) = missing(world(ROWS.replace("process1 p1", "process1 review"))).thin_routes
    assert by_review.studies == ((),)


def test_the_document_counts_what_it_lists():
    document = gaps_json(missing(world(ROWS)))
    assert json.loads(json.dumps(document)) == document
    assert document["counts"] == {name: len(document[name]) for name in LISTS}


def test_nothing_at_all_is_missing_nowhere():
    empty = KnowledgeBase()
    assert gaps_json(gaps(empty, from_kb(empty)))["counts"] == dict.fromkeys(LISTS, 0)


def test_faults_in_the_filters_are_told():
    for more, code in (({"sources": ("nobody",)}, "P111"), ({"max_steps": 0}, "P106")):
        with pytest.raises(InputError) as caught:
            missing(world(ROWS), **more)
        assert caught.value.code == code


def reached(kb, arrays, start, end, **more):
    return bool(find(kb, arrays, PathQuery((start,), (end,), top=1, **more)).paths)


def without(kb, study):
    return tuple(r.id for r in kb.references if kb.study_of(r.id) != study)


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("max_steps", [3, 5, 8])
def test_what_hangs_on_a_study_is_not_found_without_its_references(seed, max_steps):
    kb = by_chance(seed)
    arrays = from_kb(kb)
    found = missing(kb, max_steps=max_steps)
    said = {(one.start, one.end, one.study) for one in found.on_one_paper}
    sources = {c.subject for c in kb.claims if c.predicate == "secretes"}
    lost = {
        (start, end, study)
        for start in sources
        for end in ("phase1", "phase2")
        if reached(kb, arrays, start, end, max_steps=max_steps)
        for study in ("p1", "p2", "p3")
        if not reached(kb, arrays, start, end, max_steps=max_steps, references=without(kb, study))
    }
    assert said == lost


@pytest.mark.parametrize("seed", range(15))
@pytest.mark.parametrize("max_steps", [1, 2, 4, 8])
def test_a_walk_is_there_exactly_where_a_path_is_found(seed, max_steps):
    kb = by_chance(seed)
    arrays = from_kb(kb)
    known = walks(kb, PathQuery(("cell1",), ("phase1",), max_steps=max_steps))
    for start in ("cell1", "exo1", "mir1", "gene1"):
        for end in ("phase1", "process2", "gene2"):
            there = reached(kb, arrays, start, end, max_steps=max_steps)
            assert known.reaches(start, end) == there
            assert (0 < len(tuple(known.shortest(start, end))) <= max_steps) == there


@pytest.mark.parametrize("more", [{}, {"sources": ("review",)}, {"stated_only": True}])
def test_gaps_and_the_matrix_agree_on_who_reaches_what(more):
    kb, arrays = shipped()
    query = PathQuery(("type:Source",), ("type:HealingPhase",), **more)
    cells = [cell for cell in matrix(kb, arrays, query).cells.values() if cell.routes]
    found = gaps(kb, arrays, query)
    phases = {e.id for e in kb.entities if e.type == "HealingPhase"}
    assert set(names(found.phases_without_source)) == phases - {cell.end for cell in cells}
    assert not set(names(found.sources_without_phase)) & {cell.start for cell in cells}
    best = {(one.path.entities[0], one.path.entities[-1]): one.path for one in found.thin_routes}
    for cell in cells:
        assert best.get((cell.start, cell.end), cell.best) == cell.best


def test_gaps_of_all_that_is_shipped_agree_with_searches():
    kb, arrays = shipped()
    found = missing(kb)
    assert found.complete
    phases = ("type:HealingPhase",)
    lost = {gap.entity for gap in found.cargo_without_phase}
    cargo = sorted({c.object for c in kb.claims if c.predicate == "carries" and c.supported})
    some = PathQuery(tuple(sorted(lost)), phases, top=1)
    assert find(kb, arrays, some).paths == ()
    for id in [id for id in cargo if id not in lost][::6]:
        assert find(kb, arrays, PathQuery((id,), phases, top=1)).paths
    idle = tuple(gap.entity for gap in found.sources_without_phase)
    assert find(kb, arrays, PathQuery(idle, phases, top=1)).paths == ()
    assert set(names(found.cargo_without_target)) <= lost
    assert len(found.on_one_paper) > 20
    for one in found.on_one_paper[::4]:
        assert reached(kb, arrays, one.start, one.end)
        others = without(kb, one.study)
        assert not reached(kb, arrays, one.start, one.end, references=others)
