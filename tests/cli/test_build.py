# SPDX-License-Identifier: Apache-2.0
"""``exograph build``: counts, sameness, and what faulty tables or homes lead to."""

import os
import tempfile
from pathlib import Path

import pytest
from running import FAULTS, call, tree


def test_prints_counts_on_stdout_and_the_rest_on_stderr(graphs, tmp_path):
    answer = call(["--home", str(tmp_path / "home"), "--graphs", str(graphs), "build"])
    assert answer.code == 0
    counts = dict(line.split() for line in answer.out.splitlines())
    assert list(counts) == [
        *("entities", "claims", "statements", "references", "mechanisms", "triples"),
    ]
    assert all(int(n.replace(",", "")) > 0 for n in counts.values())
    assert "Built in" in answer.err and "W501" not in answer.err


def test_two_builds_are_the_same_to_the_byte(home, graphs, tmp_path):
    other = tmp_path / "other"
    assert call(["--home", str(other), "--graphs", str(graphs), "build"]).code == 0
    assert tree(other) == tree(home)


def test_building_again_changes_nothing(home, run):
    before = tree(home)
    assert run("build").code == 0
    assert tree(home) == before


def test_faulty_tables_are_told_in_full_and_leave_the_last_good_snapshot(graphs, tmp_path, broken):
    home = tmp_path / "home"
    assert call(["--home", str(home), "--graphs", str(graphs), "build"]).code == 0
    before = tree(home)
    faulty = broken(**FAULTS)
    answer = call(["--home", str(home), "--graphs", str(faulty), "build"])
    assert answer.code == 1
    assert answer.out == ""
    for told in ("downreglates", "mir-12b", "Tisue"):
        assert told in answer.err
    assert f"{faulty / 'review' / 'entities.tsv'}:2: E" in answer.err
    assert tree(home) == before
    assert call(["--home", str(home), "--graphs", str(graphs), "stats"]).err == ""


def test_a_command_on_faulty_tables_does_not_answer_from_older_ones(graphs, tmp_path, broken):
    home = tmp_path / "home"
    assert call(["--home", str(home), "--graphs", str(graphs), "build"]).code == 0
    answer = call(["--home", str(home), "--graphs", str(broken(**FAULTS)), "show", "vegfa"])
    assert answer.code == 1 and answer.out == ""
    assert "E001" in answer.err


def test_faults_as_json_are_one_error_document(tmp_path, broken):
    home = ["--home", str(tmp_path / "home"), "--graphs", str(broken(**FAULTS))]
    answer = call([*home, "build", "--json"])
    assert answer.code == 1
    assert answer.error["code"] == "E001"
    assert not (tmp_path / "home").exists() or not list((tmp_path / "home").rglob("kb.json"))


def test_a_missing_snapshot_is_built_and_that_is_said(graphs, tmp_path):
    options = ["--home", str(tmp_path / "new"), "--graphs", str(graphs)]
    first, second = (call([*options, "search", "vegfa"]) for _ in range(2))
    assert first.code == second.code == 0
    assert "building the knowledge base" in first.err
    assert second.err == ""
    assert first.out == second.out


def test_a_stale_snapshot_is_built_anew_and_that_is_said(graphs, tmp_path, broken):
    options = ["--home", str(tmp_path / "new")]
    assert call([*options, "--graphs", str(graphs), "build"]).code == 0
    changed = broken(entities=[("\tskin wound\t", "\topen skin wound\t")])
    answer = call([*options, "--graphs", str(changed), "show", "skin-wound"])
    assert answer.code == 0 and answer.out.startswith("open skin wound · ")
    assert "The tables or imports have changed" in answer.err


def test_a_damaged_snapshot_is_built_anew_and_that_is_said(graphs, tmp_path):
    home = tmp_path / "home"
    options = ["--home", str(home), "--graphs", str(graphs)]
    assert call([*options, "build"]).code == 0
    [records] = home.rglob("kb.json")
    records.write_bytes(records.read_bytes().replace(b"VEGFA", b"VEGFB"))
    answer = call([*options, "show", "vegfa"])
    assert answer.code == 0 and "VEGFB" not in answer.out
    assert "damaged" in answer.err


@pytest.mark.parametrize("blocker", ["file", "folder"])
def test_a_home_that_cannot_be_written_is_replaced_and_that_is_said(
    blocker, graphs, tmp_path, monkeypatch
):
    home = tmp_path / "taken"
    if blocker == "file":
        home.write_text("not a folder")
    else:
        home.mkdir()
        (home / "snapshots").write_text("not a folder")
    spare = tmp_path / "spare"
    spare.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(spare))
    answer = call(["--home", str(home), "--graphs", str(graphs), "build"])
    assert answer.code == 0
    assert "cannot be written" in answer.err and str(spare) in answer.err
    assert list(spare.rglob("kb.json"))


def test_only_the_sources_named_are_built(run, graphs, tmp_path):
    options = ["--home", str(tmp_path / "home"), "--graphs", str(graphs)]
    assert call([*options, "build", "--source", "review"]).code == 0
    answer = call([*options, "build", "--source", "reviw", "--json"])
    assert answer.code == 1
    assert answer.error["suggestions"] == ["review"]


def test_tables_that_are_not_there_are_an_error_with_a_cure(tmp_path):
    options = ["--home", str(tmp_path / "home"), "--graphs", str(tmp_path / "none")]
    for command in ("build", "check", "stats"):
        answer = call([*options, command])
        assert answer.code == 1 and answer.out == ""
        assert "S111: No source was found under" in answer.err


def test_the_folder_of_the_project_is_not_taken_for_that_of_its_tables(tmp_path):
    root = Path(__file__).parents[2]
    options = ["--home", str(tmp_path / "home"), "--graphs", str(root)]
    answer = call([*options, "stats"])
    assert (answer.code, answer.out) == (1, "")
    assert "S111: No source" in answer.err and f"under {root / 'graphs'}." in answer.err


def test_nothing_is_written_but_in_home_and_where_the_user_says(
    graphs, tmp_path, program, monkeypatch
):
    places = {name: tmp_path / name for name in ("work", "user", "temp", "home")}
    for place in places.values():
        place.mkdir()
    env = {
        "HOME": str(places["user"]),
        "TMPDIR": str(places["temp"]),
        "PYTHONDONTWRITEBYTECODE": "1",
        **{f"XDG_{kind}_HOME": str(places["user"]) for kind in ("DATA", "CACHE", "CONFIG")},
    }
    page, other = tmp_path / "page.html", tmp_path / "paths.html"
    before = tree(graphs)
    for args in (
        ["build"],
        ["paths", "bmsc-exo", "angiogenesis", "--html", str(other)],
        ["query", "--example", "cargo-by-source"],
        ["view", "vegfa", "--out", str(page)],
    ):
        done = program("--home", str(places["home"]), *args, env=env, cwd=places["work"])
        assert done.returncode == 0, done.stderr
    for name in ("work", "user", "temp"):
        assert list(places[name].iterdir()) == []
    assert {p.name for p in tmp_path.iterdir()} == {*places, page.name, other.name}
    assert tree(graphs) == before
    assert os.access(page, os.R_OK)
