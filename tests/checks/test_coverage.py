# SPDX-License-Identifier: Apache-2.0
"""Which rows come from a sentence, and why from some none does."""

import os
import shutil
from pathlib import Path

import pytest

from exograph import checks
from exograph.checks.coverage import coverage, of_sources
from exograph.checks.quotes import Text
from exograph.tables import read_source

ROOT = Path(__file__).parents[2]
VALID = ROOT / "tests" / "data" / "valid"
TEXTS = os.environ.get("EXOGRAPH_TEXTS")
INVALID = ROOT / "tests" / "data" / "invalid"


@pytest.fixture
def mini(tmp_path):
    """The small review, into whose tables a test may write; reads it anew at each call."""
    folder = tmp_path / "graphs"
    shutil.copytree(VALID, folder)

    def read(**rows):
        for table, lines in rows.items():
            path = folder / "review" / f"{table}.tsv"
            path.write_text(path.read_text(encoding="utf-8") + lines, encoding="utf-8")
        tables, problems = read_source(folder / "review")
        assert tables is not None, problems
        return tables

    return read


def text(name="mini.txt"):
    return Text((VALID / "texts" / name).read_text(encoding="utf-8"))


def says(covered):
    return [f"{row.table}:{row.line} {row.says}" for row in covered.rows]


def test_rows_stand_under_the_sentence_that_they_quote(mini):
    found = coverage(mini(), text())
    assert [c.sentence.text[:9] for c in found] == [
        "BMSC 分离自骨",
        "miR-126 下",
        "血管生成属于增殖期",
        "缺氧预处理的 BM",
        "TNF-α 抑制血",
        "BMSC-Exo ",
        "本文综述 BMSC",
    ]
    assert says(found[0]) == [
        "statements:2 bmsc isolated_from bone-marrow",
        "statements:3 bmsc secretes bmsc-exo",
        "statements:4 bmsc-exo carries mir-126",
        "mechanisms:2 mir-126-angiogenesis",
    ]
    assert says(found[4]) == ["statements:9 tnf suppresses angiogenesis"]
    assert "remarks:2 lost-superscript" in says(found[3])
    assert all(c.explained for c in found)
    assert [c.reason for c in found] == [None] * 6 + ["announcement"]
    assert found[2].share == 9 / 10  # all but the stop


def test_a_quote_over_two_sentences_counts_where_it_holds_a_whole_clause(mini):
    whole = "bmsc\tisolated_from\tbone-marrow\treview\t1\t{}\t" + "\t" * 16 + "\n"
    tables = mini(statements=whole.format("生成[38]。血管生成属于增殖期。缺氧预处理"))
    assert [
        c.sentence.line
        for c in coverage(tables, text())
        if says(c)[-1:] and any(row.line == 15 for row in c.rows)
    ] == [5]


def test_words_that_stand_twice_count_in_the_section_of_the_row_beside_its_reference(mini):
    tables = mini()
    twice = Text("TNF-α 抑制血管生成[12]。TNF-α 抑制血管生成[38]。")
    found = coverage(tables, twice)
    assert [bool(c.rows) for c in found] == [True, False]


def test_a_reason_stands_where_no_row_does(mini):
    *_, told, open_ = coverage(mini(), Text(text().raw + "\n它们很多。\n"))
    assert (told.reason, told.rows, told.explained) == ("announcement", (), True)
    assert (open_.reason, open_.explained) == (None, False)


def test_a_wrong_quote_is_told_and_not_the_sentence_that_it_was_meant_for(tmp_path):
    shutil.copytree(VALID, tmp_path / "graphs")
    shutil.copytree(INVALID / "W505", tmp_path / "graphs", dirs_exist_ok=True)
    path = tmp_path / "graphs" / "review" / "coverage.tsv"
    head = path.read_text(encoding="utf-8")
    folders = [tmp_path / "graphs" / name for name in ("paper", "review")]

    def codes(line):
        path.write_text(head + line, encoding="utf-8")
        _, problems = checks.check_folders(
            folders, tmp_path / "graphs" / "texts", prefixes=("GO", "HGNC")
        )
        return [p.code for p in problems]

    assert codes("") == ["W505"]
    assert codes("1\t本文综迷\tannouncement\t\n") == ["E501"]
    assert codes("1\t本文综述\tannouncement\t\n") == []
    assert codes("7\t本文综述\tannounced\t\n") == ["E205", "E206"]


@pytest.mark.skipif(not TEXTS, reason="the review's text is not at hand")
def test_in_the_review_twin_rows_of_a_table_keep_to_their_own_row():
    tables, _ = read_source(ROOT / "graphs" / "review")
    found = of_sources([tables], Path(TEXTS))
    (row,) = [c for c in found if c.sentence.form == "row" and c.sentence.text.endswith("[48]")]
    subjects = {r.says.split()[0] for r in row.rows if r.table == "statements"}
    assert "adsc-exo-mmp-peg" in subjects
    assert not any("ada-apf127" in subject for subject in subjects)
    assert row.share > 0.8
