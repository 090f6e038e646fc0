# SPDX-License-Identifier: Apache-2.0
"""A curator's usual slips: cures that truly cure, and words that leave no doubt."""

import re
import shutil
from pathlib import Path

import pytest

from exograph import checks
from exograph.checks import misquotes, words
from exograph.checks.misquotes import Text
from exograph.checks.passages import Passages
from exograph.checks.subjects import Names

DATA = Path(__file__).parents[1] / "data"
CURED = (
    *("E211", "E212", "E214", "E216", "E217", "E218", "E219", "E220", "E222", "E224", "E226"),
    *("E227", "E331", "E333", "E334", "E336", "E337", "E421", "E711", "E712", "E719", "E720"),
    *("E721", "E722", "E723", "E724", "W511", "W611", "W613", "W712"),
)
"""Codes whose cure is one word for the cell that the problem names."""


def problems_of(folder: Path):
    sources = [folder / "paper", folder / "review"]
    return checks.check_folders(sources, folder / "texts", prefixes=("GO", "HGNC"))[1]


def laid_out(code: str, folder: Path) -> Path:
    shutil.copytree(DATA / "valid", folder)
    shutil.copytree(DATA / "invalid" / code, folder, dirs_exist_ok=True)
    return folder


@pytest.mark.parametrize("code", CURED)
def test_the_word_that_the_cure_names_cures(code, tmp_path):
    folder = laid_out(code, tmp_path / "graphs")
    (problem,) = problems_of(folder)
    told = re.search(r"(?:[Ww]rite|Type it as|stands in|such as) ('[^']+'|[\w./+-]+)", problem.cure)
    word = told[1].strip("'").rstrip(".,;")
    path = Path(problem.file)
    lines = path.read_text(encoding="utf-8").split("\n")
    cells = lines[problem.line - 1].split("\t")
    cells[lines[0].split("\t").index(problem.column)] = word
    lines[problem.line - 1] = "\t".join(cells)
    path.write_text("\n".join(lines), encoding="utf-8")
    assert [str(p) for p in problems_of(folder)] == []


@pytest.mark.parametrize(
    ("word", "kind", "predicate"),
    [
        ("increase", "GeneProduct", "upregulates"),
        ("+", "BiologicalProcess", "promotes"),
        ("stimulates", "Pathway", "activates"),
        ("抑制", "BiologicalProcess", "suppresses"),
        ("reduced", "Quantity", "decreases"),
        ("down-regulated", "MicroRNA", "downregulates"),
        ("modulates", "GeneProduct", "regulates"),
    ],
)
def test_a_word_of_direction_becomes_the_predicate_for_the_kind(word, kind, predicate):
    sign, activity = words.sign_word(word)
    assert words.effect(sign, kind, activity=activity) == predicate


TEXT = Text(
    "【摘要】 外泌体可用于治疗。\n引言中的话[1]。\n 1  概述 \n外泌体直径 30 nm[2]。它可\n"
    "被摄取[3-5]。\n2  机制\n2.1  炎症\nADSC-Exos 抑制炎症[6]，Wang 等[7]证实了它。\n"
    "表 1  总结\n凝胶甲 ADSCs [8]\n总结之后的话。\n"
)
PASSAGES = Passages(TEXT, ("abstract", "intro", "1", "2", "2.1", "table1"))


@pytest.mark.parametrize(
    ("quote", "sections"),
    [
        ("引言中的话", {"abstract", "intro"}),
        ("外泌体直径", {"1"}),
        ("抑制炎症", {"2", "2.1"}),
        ("凝胶甲", {"table1", "2", "2.1"}),
    ],
)
def test_the_section_of_a_quote_is_that_of_the_heading_before(quote, sections):
    assert PASSAGES.sections_of(PASSAGES.places(quote)) == sections


@pytest.mark.parametrize(
    ("quote", "numbers"),
    [
        ("外泌体直径", {2}),
        ("它可被摄取", {3, 4, 5}),
        ("抑制炎症", {6, 7}),
        ("外泌体可用于", None),
    ],
)
def test_the_numbers_beside_a_quote_are_those_of_its_sentence(quote, numbers):
    assert PASSAGES.numbers_of(PASSAGES.places(quote)) == numbers


@pytest.mark.parametrize(
    ("quote", "code"),
    [
        ("外泌体直径 40 nm", "E511"),
        ("adsc-exos抑制炎症", "E512"),
        ("外泌体直径……被摄取", "E513"),
        ("外泌体直径 30 nm。它可被摄取", "E514"),
        ("Vesicles were taken up by fibroblasts", "E515"),
        ("外泌体促进炎症", "E501"),
    ],
)
def test_a_quote_that_is_not_in_the_text_is_told_apart(quote, code):
    assert misquotes.why(quote, TEXT)[0] == code


def test_a_name_inside_a_longer_one_or_a_word_is_none():
    names = Names({"mir-126": {"mir-126"}, "exo": {"exo"}, "exo@gel": {"gel"}})
    assert names.within("mir-1260a") == set()
    assert names.within("adsc-exo@gel与mir-126") == {"gel", "mir-126"}
    assert names.within("两种exos") == {"exo"}


WORDINGS = [
    ("BMSC-Exo 可能减轻炎症", {"W611"}),
    ("BMSC-Exo 尽可能减轻炎症", set()),
    ("BMSC-Exo 未影响炎症", {"W612"}),
    ("BMSC-Exo 促进炎症", {"W613"}),
    ("BMSC-Exo 减轻炎症并促进血管生成", set()),
    ("BMSC-Exo 缓解炎症", set()),
]


@pytest.mark.parametrize(("quote", "codes"), WORDINGS)
def test_only_words_that_leave_no_doubt_are_asked(quote, codes, tmp_path):
    folder = tmp_path / "graphs"
    shutil.copytree(DATA / "valid", folder)
    table = folder / "review" / "statements.tsv"
    cells = dict.fromkeys(table.read_text(encoding="utf-8").split("\n")[0].split("\t"), "")
    cells |= {"subject": "bmsc-exo", "predicate": "suppresses", "object": "inflammation"}
    cells |= {"reference": "review", "section": "1", "quote": quote, "basis": "stated"}
    with table.open("a", encoding="utf-8") as file:
        file.write("\t".join(cells.values()) + "\n")
    (_, problems) = checks.check_folders(
        [folder / "paper", folder / "review"], None, prefixes=("GO", "HGNC")
    )
    assert {p.code for p in problems} == codes | {"W501"}
