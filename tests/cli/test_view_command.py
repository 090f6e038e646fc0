# SPDX-License-Identifier: Apache-2.0
"""``exograph view``: one file, whole or not at all, and its place on stdout."""

import os
import shutil
import webbrowser
from pathlib import Path

import pytest
from running import ROOT


def test_the_page_is_written_and_its_place_printed(run, tmp_path):
    page = tmp_path / "page.html"
    answer = run("view", "--out", str(page))
    assert (answer.code, answer.out, answer.err) == (0, f"{page}\n", "")
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>") or text.startswith("<!doctype html>")
    assert text.rstrip().endswith("</html>")
    assert [p.name for p in tmp_path.iterdir()] == ["page.html"]


def test_the_page_is_named_exograph_html_unless_told_otherwise(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("view", "vegfa", "--depth", "0").out == f"{tmp_path / 'exograph.html'}\n"
    assert (tmp_path / "exograph.html").stat().st_mode & 0o777 == 0o666 & ~_mask()


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_only_the_neighbourhood_of_entities_named_in_any_way(run, tmp_path):
    whole, near = tmp_path / "whole.html", tmp_path / "near.html"
    run("view", "--out", str(whole))
    answer = run("view", "血管内皮生长因子A", "miR-383", "--depth", "1", "--out", str(near))
    assert answer.code == 0
    assert near.stat().st_size < whole.stat().st_size
    text = near.read_text(encoding="utf-8")
    assert '"vegfa"' in text and '"il-17ra"' not in text


def test_the_page_opens_in_the_language_asked_for(run, tmp_path):
    page = tmp_path / "page.html"
    run("view", "vegfa", "--out", str(page), options=("--lang", "zh"))
    assert '<html lang="zh' in page.read_text(encoding="utf-8")[:400]


def test_tables_of_others_are_offered_no_questions_of_what_they_do_not_hold(run, tmp_path):
    graphs = tmp_path / "graphs"
    shutil.copytree(ROOT / "tests" / "data" / "valid", graphs)
    shutil.copytree(ROOT / "graphs" / "queries", graphs / "queries")
    page, home = tmp_path / "page.html", str(tmp_path / "home")
    run("view", "--out", str(page), options=("--graphs", str(graphs), "--home", home))
    text = page.read_text(encoding="utf-8")
    assert '"name":"vesicle-sizes"' in text and '"name":"what-reaches-vegfa"' not in text


def test_it_is_opened_in_the_browser_only_if_asked(run, tmp_path, monkeypatch):
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    page = tmp_path / "a page.html"
    run("view", "vegfa", "--out", str(page))
    assert opened == []
    run("view", "vegfa", "--out", str(page), "--open")
    assert opened == [page.as_uri()]


def test_a_page_that_cannot_be_written_leaves_the_old_one(run, tmp_path, monkeypatch):
    page = tmp_path / "page.html"
    page.write_text("old")

    def fail(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "replace", fail)
    answer = run("view", "vegfa", "--out", str(page))
    assert answer.code == 1 and "Permission denied" in answer.err
    assert page.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["page.html"]


@pytest.mark.parametrize("out", ["missing/page.html", "."])
def test_a_place_that_is_none_is_an_error_that_names_it(out, run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    answer = run("view", "vegfa", "--out", out)
    assert answer.code == 1 and answer.out == ""
    assert answer.err.startswith("U002: ") and str(tmp_path / out) in answer.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("args", [("view", "vegfa", "--out"), ("paths", "msc", "vegfa", "--html")])
def test_a_link_to_itself_is_an_error_that_names_it(args, run, tmp_path):
    loop = tmp_path / "loop.html"
    loop.symlink_to(loop)
    answer = run(*args, str(loop))
    assert answer.code == 1
    assert answer.err.startswith("U002: ") and str(loop) in answer.err
    assert list(tmp_path.iterdir()) == [loop]


@pytest.mark.parametrize("mode", [0o600, 0o664])
def test_a_file_that_is_there_keeps_its_mode(mode, run, tmp_path):
    page = tmp_path / "keep.html"
    page.touch()
    page.chmod(mode)
    assert run("view", "vegfa", "--out", str(page)).code == 0
    assert page.stat().st_mode & 0o777 == mode and page.stat().st_size


def test_the_place_is_printed_as_utf_8_whatever_the_locale(program, tmp_path):
    poor = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = program("view", "vegfa", "--out", "视图.html", env=poor, cwd=tmp_path)
    assert done.stdout.decode() == f"{tmp_path}/视图.html\n"
    assert (tmp_path / "视图.html").is_file()
    done = program("view", "vegfa", "--out", "无/视图.html", env=poor, cwd=tmp_path)
    assert "无/视图.html" in done.stderr.decode()
    html = program("paths", "msc", "vegfa", "--html", "路径.html", env=poor, cwd=tmp_path)
    assert html.stderr.decode().startswith(f"{tmp_path}/路径.html\n")


def test_a_link_is_followed_and_kept(run, tmp_path):
    (tmp_path / "there").mkdir()
    link = tmp_path / "page.html"
    link.symlink_to(tmp_path / "there" / "real.html")
    assert run("view", "vegfa", "--out", str(link)).code == 0
    assert link.is_symlink() and (tmp_path / "there" / "real.html").is_file()


@pytest.mark.parametrize(
    "args", [("--depth", "1"), ("vegfa", "--out", ""), ("--depth", "-1", "vegfa")]
)
def test_wrong_usage_is_exit_2(args, run):
    assert run("view", *args).code == 2


def test_an_unknown_entity_writes_nothing(run, tmp_path):
    answer = run("view", "vegfb", "--out", str(tmp_path / "page.html"))
    assert answer.code == 1 and "vegfa" in answer.err
    assert list(tmp_path.iterdir()) == []
