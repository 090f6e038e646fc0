# SPDX-License-Identifier: Apache-2.0
"""``exograph new paper``: what it writes, what it refuses, and what `check` then asks for."""

import hashlib
import os
import shutil
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from running import ROOT, call, tree
from test_schemas import validate

from exograph.tables import COLUMNS, file_of
from exograph.tables.settings import read_settings
from exograph.tables.skeleton import TABLES, skeleton, with_row

VALID = ROOT / "tests" / "data" / "valid"
KNOWN = "10.1000/182"  # of li-2021 in paper, of study-a


@pytest.fixture
def tables(tmp_path):
    folder = tmp_path / "graphs"
    shutil.copytree(VALID, folder, ignore=shutil.ignore_patterns("texts"))
    return folder


def new(tables, *args, lang="en", texts=()):
    return call(["--graphs", str(tables), "--lang", lang, *texts, "new", "paper", *args])


def checked(tables, texts=()):
    """What `check` asks for, by file within the tables."""
    answer = call(["--graphs", str(tables), *texts, "check", "--json"])
    return [
        (p["file"].removeprefix(f"{tables}/"), p["column"], p["cure"])
        for p in answer.json["problems"]
        if p["code"] != "W501"
    ]


def row_of(tables, source, id):
    path = tables / source / "references.tsv"
    header, *rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    [row] = [r for r in rows if r[header.index("id")] == id]
    return {name: cell for name, cell in zip(header, row, strict=True) if cell}


def test_it_writes_every_table_that_a_paper_begins_with_and_check_asks_for_the_rest(tables):
    answer = new(tables, "li2026")
    assert answer.code == 0, answer.err
    written = [f"{tables}/li2026/{n}" for n in ("source.toml", *map(file_of, TABLES))]
    assert answer.out.splitlines() == written
    assert f"exograph --graphs {tables} check --watch" in answer.err
    assert sorted(path.name for path in (tables / "li2026").iterdir()) == sorted(
        path.rpartition("/")[2] for path in written
    )
    assert checked(tables) == [
        ("li2026/source.toml", "title_en", "Write the title in English."),
        ("li2026/source.toml", "title_zh", "Write the title in Chinese."),
    ]


def test_a_skeleton_with_its_titles_is_sound(tables):
    assert new(tables, "li2026", "--title", "Vesicles", "--pmid", "PMID: 27182818").code == 0
    path = tables / "li2026" / "source.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('title_zh = ""', 'title_zh = "囊泡"'), encoding="utf-8")
    assert checked(tables) == []
    assert row_of(tables, "li2026", "li2026") == {
        "id": "li2026",
        "kind": "article",
        "title": "Vesicles",
        "pmid": "27182818",
        "status": "identified",
    }


def test_quotes_need_a_text_whose_digest_is_filled_in_where_it_is_at_hand(tables, tmp_path):
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "li2026.txt").write_text("Exosomes heal.", encoding="utf-8")
    given = ("--texts", str(texts))
    assert new(tables, "li2026", "--quotes", texts=given).code == 0
    with (tables / "li2026" / "source.toml").open("rb") as file:
        told = tomllib.load(file)
    assert (told["evidence"], told["text"]) == ("quotes", "li2026.txt")
    assert told["text_sha256"] == hashlib.sha256(b"Exosomes heal.").hexdigest()
    assert new(tables, "wu2026", "--quotes", texts=given).code == 0
    asked = {column for file, column, _ in checked(tables, given) if "wu2026" in file}
    assert asked == {"title_en", "title_zh", "text", "text_sha256"}


@pytest.mark.parametrize("doi", [KNOWN, f"https://doi.org/{KNOWN}", f"doi: {KNOWN}."])
def test_a_paper_that_another_folder_cites_joins_its_study(doi, tables):
    answer = new(tables, "li2026", "--doi", doi, "--json")
    validate("new", answer.json)
    assert answer.json["study"] == "study-a"
    assert answer.json["known"] == [{"source": "paper", "reference": "li-2021", "by": "doi"}]
    assert "li-2021 of paper has the same DOI" in answer.err
    row = row_of(tables, "li2026", "li2026")
    assert (row["study"], row["doi"].lower()) == ("study-a", KNOWN.lower())


def test_the_study_of_a_reference_without_one_is_the_reference(tables):
    assert new(tables, "li2026", "--doi", "10.1000/ABC").code == 0
    assert new(tables, "li2026-methods", "--doi", "10.1000/abc").code == 0
    assert row_of(tables, "li2026-methods", "li2026-methods")["study"] == "li2026"


def test_a_row_is_added_to_a_folder_and_nothing_else_changes(tables):
    path = tables / "paper" / "references.tsv"
    before, others = path.read_text(encoding="utf-8"), tree(tables)
    answer = new(tables, "li2026", "--in", "paper", "--title", "Vesicles", "--json")
    validate("new", answer.json)
    assert answer.json["written"] == [str(path)]
    added = path.read_text(encoding="utf-8").removeprefix(before)
    assert added.split("\t")[:5] == ["li2026", "", "article", "", "Vesicles"]
    assert added.count("\n") == 1 and added.endswith("\n")
    after = tree(tables)
    assert {name for name in after if after[name] != others.get(name)} == {"paper/references.tsv"}
    assert checked(tables) == []


def test_the_order_of_the_columns_is_the_files_own():
    assert with_row("doi\tid", {"id": "a", "doi": "10.1000/1"}) == "doi\tid\n10.1000/1\ta\n"


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("Li_2026",), "N101", "hyphens"),
        (("../li2026",), "N101", "hyphens"),
        (("paper",), "N102", "another name"),
        (("wang-2022",), "N102", "references.tsv:2"),
        (("li2026", "--doi", "31415926"), "N103", "no DOI"),
        (("li2026", "--pmid", KNOWN), "N103", "no PMID"),
        (("li2026", "--in", "paper", "--doi", KNOWN), "N104", "li-2021"),
        (("li2026", "--in", "papers"), "S112", "paper"),
    ],
)
def test_what_it_refuses_leaves_everything_as_it_was(args, code, words, tables):
    before = tree(tables)
    answer = new(tables, *args, "--json")
    assert (answer.code, answer.error["code"]) == (1, code)
    assert words in answer.error["message"] + answer.error["cure"]
    assert tree(tables) == before


def test_a_file_with_faults_of_form_gets_no_row(tables):
    path = tables / "paper" / "references.tsv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    before = tree(tables)
    answer = new(tables, "li2026", "--in", "paper")
    assert answer.code == 1 and "E104" in answer.err
    assert tree(tables) == before


def test_the_tables_of_the_package_are_not_written_to(tables, monkeypatch, tmp_path):
    package = tmp_path / "site" / "exograph"
    shutil.copytree(tables, package / "_data" / "graphs")
    monkeypatch.setattr("importlib.resources.files", lambda name: package)
    answer = call(["--graphs", str(package / "_data" / "graphs"), "new", "paper", "li2026"])
    assert answer.code == 1 and "N105" in answer.err and "cp -r" in answer.err
    assert not (package / "_data" / "graphs" / "li2026").exists()


def test_a_folder_that_is_not_there_is_not_made(tmp_path):
    answer = new(tmp_path / "grphs", "li2026")
    assert answer.code == 1 and "N105" in answer.err
    assert os.listdir(tmp_path) == []  # noqa: PTH208


@pytest.mark.parametrize("args", [(), ("papr",), ("paper",), ("paper", "li2026", "--in")])
def test_wrong_usage(args):
    assert call(["new", *args]).code == 2


def test_the_kind_of_evidence_is_not_a_rows(tables):
    assert new(tables, "li2026", "--in", "paper", "--quotes").code == 2


def test_in_chinese_it_speaks_chinese(tables):
    answer = new(tables, "li2026", "--doi", KNOWN, lang="zh")
    assert "接下来" in answer.err and "同一篇论文" in answer.err


@settings(deadline=None, max_examples=50)
@given(st.text())
def test_any_title_comes_through_source_toml(tmp_path_factory, title):
    """As the command gives it: one line, without white space around it."""
    folder = tmp_path_factory.mktemp("a") / "li2026"
    folder.mkdir()
    title = " ".join(title.encode("utf-8", "replace").decode().split())
    reference = {"id": "li2026", "title": title}
    files = skeleton(reference, evidence="paraphrases", date="2026-11-28")
    (folder / "source.toml").write_text(files["source.toml"], encoding="utf-8")
    assert tomllib.loads(files["source.toml"])["title_en"] == title
    source, _, problems = read_settings(folder)
    assert {p.code for p in problems} == {"E122"}
    assert source.sections == ("abstract",)


def test_a_skeleton_has_the_columns_of_the_tables():
    files = skeleton({"id": "li2026"}, evidence="quotes", date="2026-11-28")
    for table in TABLES:
        assert files[file_of(table)].split("\n")[0].split("\t") == list(COLUMNS[table])
