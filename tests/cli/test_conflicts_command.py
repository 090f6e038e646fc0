# SPDX-License-Identifier: Apache-2.0
"""``exograph conflicts``: who says the opposite, side by side."""

import shutil

import pytest
from running import ROOT, call

VALID = ROOT / "tests" / "data" / "valid"
INVALID = ROOT / "tests" / "data" / "invalid"


@pytest.fixture(scope="module")
def opposed(tmp_path_factory):
    """A knowledge base in which two sources contradict each other, and nobody says why."""
    folder = tmp_path_factory.mktemp("opposed")
    shutil.copytree(VALID, folder / "graphs")
    shutil.copytree(INVALID / "W854", folder / "graphs", dirs_exist_ok=True)
    return ["--home", str(folder / "home"), "--graphs", str(folder / "graphs"), "--lang"]


def test_both_sides_stand_side_by_side_with_what_explains_them(run):
    answer = run("conflicts", "collagen-deposition", options=("--lang", "en"))
    assert answer.code == 0
    lines = answer.out.splitlines()
    other = lines.index(
        "  B. BMSC-Exo suppresses collagen deposition (-) ([30]; 1 study; source review)"
    )
    before, after = "\n".join(lines[:other]), "\n".join(lines[other + 1 :])
    assert "· different subjects, opposite directions" in before
    assert "  A. pioglitazone-treated BMSC-Exo promotes collagen deposition (+) (" in before
    assert "  · Organism: A rat; B not given" in after
    assert "  Explained by: organism, model, condition" in after
    assert "  Note: A treated vesicle in diabetic rats against the plain vesicle" in after
    assert "0 of them unexplained" in answer.err


def test_a_field_that_differs_is_marked(run):
    answer = run("conflicts", "fibroblast-proliferation", options=("--lang", "en"))
    assert "  ≠ Cell: A human dermal fibroblast; B fibroblast" in answer.out.splitlines()


def test_what_nobody_explains_is_found_over_sources(opposed):
    answer = call([*opposed, "en", "conflicts", "--unexplained"])
    assert answer.code == 0
    assert "TNF-α promotes angiogenesis (+) (Li 2021; 1 study; source paper)" in answer.out
    assert "TNF-α suppresses angiogenesis (-) ([12]; 1 study; source review)" in answer.out
    assert "No context is named that explains it." in answer.out
    document = call([*opposed, "en", "conflicts", "--unexplained", "--json"]).json
    (one,) = document["conflicts"]
    assert (one["kind"], one["first"]["sources"], one["second"]["sources"]) == (
        *("opposite_signs", ["paper"], ["review"]),
    )


def test_a_name_keeps_what_it_takes_part_in(opposed):
    def kinds(name):
        return [
            c["kind"] for c in call([*opposed, "en", "conflicts", name, "--json"]).json["conflicts"]
        ]

    assert kinds("tnf") == ["opposite_signs", "other_subjects"]
    assert kinds("li-2021") == ["opposite_signs"]
    assert kinds("review-38") == ["other_subjects"]
    assert kinds("pik3r2") == []


def test_it_speaks_chinese(opposed):
    answer = call([*opposed, "zh", "conflicts"])
    assert "冲突 1 · 方向相反" in answer.out
    assert "未指明可解释冲突的背景。" in answer.out
    assert "共 2 个冲突" in answer.err


def test_no_conflict_is_an_empty_answer(run):
    answer = run("conflicts", "vegfa", options=("--lang", "en"))
    assert (answer.code, answer.out) == (0, "")
    assert "No conflict." in answer.err


def test_an_unknown_name_is_refused_with_suggestions(run):
    assert run("conflicts", "vegfb", "--json").json["error"]["code"] == "E002"
