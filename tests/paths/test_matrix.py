# SPDX-License-Identifier: Apache-2.0
"""Sources against phases: counts, signs, grades and the best route of each cell."""

import json
from collections import Counter

import pytest
from small_worlds import by_chance, shipped, world

from exograph import vocab
from exograph.arrays import from_kb
from exograph.errors import InputError
from exograph.kb import best_grade
from exograph.paths import PathQuery, find, pairs
from exograph.paths.analyses import matrix_json
from exograph.paths.matrix import in_sequence, matrix
from exograph.paths.query import MAX_TOP
from exograph.paths.support import route_grade

QUERY = PathQuery(("type:Source",), ("type:HealingPhase",))
ROWS = """
cell1 secretes exo1 p1
cell2 secretes exo2 p2
cell3 secretes exo3 p3
exo1 promotes process1 p1
exo1 suppresses process2 p4
exo1 suppresses process2 review
exo1 regulates process3 review
exo2 promotes process1 p2
process1 part_of_phase phase1 p9
process2 part_of_phase phase1 p9
process3 part_of_phase phase1 p9
process4 part_of_phase phase2 p9
entity phase3
phase3 precedes phase1 p9
phase1 precedes phase2 p9
"""


def table(kb, **more):
    return matrix(kb, from_kb(kb), PathQuery(QUERY.start, QUERY.end, **more))


def test_a_table_by_hand():
    kb = world(ROWS)
    found = table(kb)
    assert found.rows == ("cell1", "cell2", "cell3")
    assert found.columns == ("phase3", "phase1", "phase2")
    cell = found.cells["cell1", "phase1"]
    assert (cell.routes, cell.complete) == (3, True)
    assert cell.signs == {"+": 1, "-": 1, "?": 1}
    assert cell.telling == {"told": 0, "coherent": 2, "stitched": 1}
    assert (cell.by_vesicle, cell.acts_itself(kb)) == (3, False)
    assert cell.studies == ("p1", "p4")  # neither the review, nor who says what is in a phase
    assert cell.best is not None
    assert cell.best.entities == ("cell1", "exo1", "process2", "phase1")
    empty = found.cells["cell3", "phase1"]
    assert (empty.routes, empty.complete, empty.best, empty.grade) == (0, True, None, None)
    assert empty.signs == {"+": 0, "-": 0, "?": 0}
    assert len(found.cells) == 9


def test_a_cell_has_the_best_of_its_routes_weakest_grades():
    kb = world(
        """
        cell1 secretes exo1 p1
        exo1 promotes process1 p1 #in_vivo
        exo1 promotes process2 p1 #clinical
        process2 promotes process1 p1
        exo1 carries mir1 p1
        mir1 promotes process1 review
        process1 part_of_phase phase1 review
        """
    )
    cell = table(kb).cells["cell1", "phase1"]
    grades = {p.entities[1:-1]: route_grade(kb, p) for p in find(kb, from_kb(kb), QUERY).paths}
    assert grades == {
        ("exo1", "process2", "process1"): "D",  # people, and then only stated
        ("exo1", "mir1", "process1"): "D",
    }
    assert cell.grade == "D"
    kb = world(
        "cell1 secretes exo1 p1\nexo1 promotes process1 p1 #in_vivo\n"
        "exo1 suppresses process1 p2\nprocess1 part_of_phase phase1 review"
    )
    assert table(kb).cells["cell1", "phase1"].grade == "B"


def test_what_the_cell_itself_does_is_told():
    kb = world(ROWS + "cell2 promotes process4 p2\n")
    cells = table(kb).cells
    assert (cells["cell2", "phase2"].routes, cells["cell2", "phase2"].by_vesicle) == (1, 0)
    assert cells["cell2", "phase2"].acts_itself(kb)
    assert not cells["cell3", "phase1"].acts_itself(kb)
    genes = world("gene1 promotes process1 p1")
    cell = matrix(genes, from_kb(genes), PathQuery(("gene1",), ("process1",))).cells
    assert not cell["gene1", "process1"].acts_itself(genes)


def test_a_route_without_an_effect_has_no_grade():
    kb = world("cell1 secretes exo1 p1")
    found = matrix(kb, from_kb(kb), PathQuery(("type:Source",), ("type:Vesicle",)))
    cell = found.cells["cell1", "exo1"]
    assert (cell.routes, cell.grade, cell.studies) == (1, None, ())


def test_filters_are_those_of_find():
    cells = table(world(ROWS), sign="+").cells
    assert {pair: cell.routes for pair, cell in cells.items() if cell.routes} == {
        ("cell1", "phase1"): 1,
        ("cell2", "phase1"): 1,
    }
    kb = world(ROWS, retracted=("p4",))
    assert table(kb).cells["cell1", "phase1"].studies == ("p1",)
    kept = table(kb, with_retracted=True).cells["cell1", "phase1"]
    assert kept.studies == ("p1", "p4")


def test_what_was_not_all_found_is_a_lower_bound(monkeypatch):
    monkeypatch.setattr(pairs, "MAX_TOP", 2)
    found = table(world(ROWS))
    assert not found.complete
    cells = {pair: (cell.routes, cell.complete) for pair, cell in found.cells.items()}
    assert cells["cell1", "phase1"] == (2, False)
    assert cells["cell2", "phase1"] == (1, True)


def test_columns_follow_each_other_over_what_stands_between_and_circles_come_last():
    kb = world(
        """
        phase9 precedes phase5 p1
        phase5 precedes phase1 p1
        phase7 precedes phase8 p1
        phase8 precedes phase7 p1
        entity phase4
        """
    )
    ids = ("phase1", "phase4", "phase7", "phase8", "phase9")
    assert in_sequence(kb, ids) == ("phase4", "phase9", "phase1", "phase7", "phase8")


def test_the_document_has_every_cell_row_by_row():
    kb = world(ROWS)
    document = matrix_json(table(kb))
    assert json.loads(json.dumps(document)) == document
    assert document["complete"]
    pairs_of = [(cell["from"], cell["to"]) for cell in document["cells"]]
    assert pairs_of == [(r, c) for r in document["rows"] for c in document["columns"]]
    assert document["cells"][0]["best"] is None
    best = document["cells"][1]["best"]
    assert best["entities"] == ["cell1", "exo1", "process2", "phase1"]
    assert len(best["claims"]) == 3


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        (("type:Sauce",), ("type:HealingPhase",), "P101"),
        (("type:Source",), ("type:ClinicalTrial",), "P102"),
        (("type:Source",), (), "P103"),
        (("nobody",), ("phase1",), "E002"),
    ],
)
def test_a_table_of_what_is_not_there_is_refused(start, end, code):
    kb = world(ROWS)
    with pytest.raises(InputError) as caught:
        matrix(kb, from_kb(kb), PathQuery(start, end))
    assert caught.value.code == code


def check(kb, arrays, starts, ends):
    """Every cell against a search of its own."""
    found = matrix(kb, arrays, PathQuery(starts, ends))
    for (start, end), cell in found.cells.items():
        paths = find(kb, arrays, PathQuery((start,), (end,), top=MAX_TOP)).paths
        assert cell.complete
        assert cell.routes == len(paths) == sum(cell.signs.values()) == sum(cell.telling.values())
        assert {s: n for s, n in cell.signs.items() if n} == Counter(p.sign for p in paths)
        assert {t: n for t, n in cell.telling.items() if n} == Counter(p.telling for p in paths)
        assert cell.best == (paths[0] if paths else None)
        weakest = [
            max((best_grade(kb, s.claim) for s in p.steps if s.is_effect), key=vocab.GRADES.index)
            for p in paths
        ]
        assert cell.grade == min(weakest, key=vocab.GRADES.index, default=None)


@pytest.mark.parametrize("seed", range(20))
def test_any_table_agrees_with_a_search_for_each_cell(seed):
    kb = by_chance(seed)
    check(kb, from_kb(kb), QUERY.start, QUERY.end)


def test_the_table_of_all_that_is_shipped():
    kb, arrays = shipped()
    found = matrix(kb, arrays, QUERY)
    assert found.complete
    whole = find(kb, arrays, PathQuery(QUERY.start, QUERY.end, top=MAX_TOP))
    assert whole.complete
    assert sum(cell.routes for cell in found.cells.values()) == len(whole.paths) > 400
    assert found.columns == (
        *("hemostasis-phase", "inflammatory-phase", "proliferative-phase", "remodeling-phase"),
    )
    check(kb, arrays, ("adsc", "bmsc", "platelet", "gmsc"), QUERY.end)
