# SPDX-License-Identifier: Apache-2.0
"""``exograph show`` and ``search``: entities by any name, with all that is said of them."""

import re

import pytest
from running import call

from exograph.cli.layout import width
from exograph.cli.telling import lines
from exograph.model import Entity, KnowledgeBase

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("name", ["vegfa", "VEGFA", "血管内皮生长因子A", "entity:vegfa", " vegfa "])
def test_an_entity_is_named_by_id_or_label(name, run):
    assert run("show", name).out == run("show", "vegfa").out


def test_an_entity_is_named_by_its_identifier(run):
    assert run("show", "GO:0070062").out.startswith("exosome · 外泌体")


def test_claims_stand_in_both_directions_by_predicate_with_quotes_and_references(run):
    lines = run("show", "mir-383").out.splitlines()
    assert lines[0].startswith("miR-383")
    assert "microRNA" in lines[1] and lines[1].endswith("mir-383")
    outward, inward = lines.index("What it does"), lines.index("What acts on it")
    assert lines.index("  downregulates →") > outward
    assert "    VEGFA (−)" in lines[outward:inward]
    assert "  → downregulates" in lines[inward:]
    assert "    lncRNA KLF3-AS1 (−)" in lines[inward:]
    assert any("[review-40, section 3.2]" in line for line in lines)
    assert any(line.strip().startswith("“下调 miR-383") for line in lines)


def test_a_quote_is_wrapped_and_loses_nothing(run):
    answer = run("show", "mir-126")
    assert max(width(line) for line in answer.out.splitlines()) <= 100 + 2
    quotes = [
        s["quote"] for c in run("show", "mir-126", "--json").json["claims"] for s in c["statements"]
    ]
    flat = re.sub(r"\s", "", answer.out)
    for quote in filter(None, quotes):
        assert re.sub(r"\s", "", quote) in flat


def test_in_chinese_only_names_and_notes_of_the_tables_are_not(run):
    lines = run("show", "mir-383", options=("--lang", "zh")).out.splitlines()
    assert "它的作用" in lines and "作用于它的" in lines
    for line in lines[1:]:
        if line.strip() and "附注" not in line and not line.startswith("        "):
            assert CHINESE.search(line) or re.search(r"miR-|VEGFA|KLF3", line), line


def test_a_description_is_told_in_the_language_asked(run):
    english, chinese = (run("show", "pten", options=("--lang", lang)).out for lang in ("en", "zh"))
    assert "neither the PTEN/AKT pathway [25]" in re.sub(r"\s+", " ", english)
    assert "不是PTEN/AKT信号通路[25]" in re.sub(r"\s", "", chinese)
    entity = run("show", "pten", "--json").json["entity"]
    assert entity["description"] and CHINESE.search(entity["description_zh"])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_description_in_the_other_language_is_better_than_none(lang):
    for one in ({"description": "A line."}, {"description_zh": "细胞系。"}):
        kb = KnowledgeBase(entities=(Entity("hacat", "CellType", "HaCaT", "HaCaT", **one),))
        assert next(iter(one.values())) in list(lines(kb, kb.entity["hacat"], lang))


def test_places_and_marks_are_written_as_in_chinese(run):
    told = re.sub(r"\s", "", run("show", "mir-383", options=("--lang", "zh")).out)
    assert "[review-40，第3.2节]" in told and "；证据等级" in told


def test_attributes_are_shown_as_the_source_writes_them(run):
    document = run("show", "review-14", "--json").json
    [size] = [a for a in document["attributes"] if a["attribute"] == "size"]
    assert size["value"] == "165.4" and size["unit"] == "nm"
    assert "165.4 nm" in run("show", size["entity"]).out


def test_remarks_stand_with_their_entity(run, home):
    document = run("show", "review-14", "--json").json
    assert document["remarks"]
    shown = re.sub(r"\s+", " ", run("show", "review-14").out)
    for remark in document["remarks"]:
        assert remark["text"] in shown


def test_a_reference_shows_the_statements_that_cite_it(run):
    answer = run("show", "review-38")
    assert answer.out.startswith("review-38")
    assert "miR-126 — downregulates → PIK3R2 (−)" in answer.out
    document = run("show", "review-38", "--json").json
    assert document["reference"]["number"] == 38
    cited = {s["reference"] for c in document["claims"] for s in c["statements"]}
    assert cited == {"review-38"}


@pytest.mark.parametrize("name", ["40", "[40]", "reference:review-40"])
def test_a_reference_is_named_as_the_output_prints_it(name, run):
    assert run("show", name).out == run("show", "review-40").out


@pytest.mark.parametrize(
    "name",
    [
        "Wu P 2021",
        "wu p 2021",
        "10.18632/aging.202851",
        "https://doi.org/10.18632/aging.202851",
        "33882455",
        "PMID:33882455",
        "PMC8109102",
    ],
)
def test_a_reference_is_named_by_author_and_year_or_an_identifier(name, whole):
    assert whole("show", name, "--json").json["reference"]["id"] == "lit-wu2021-1433"
    assert "10.18632/aging.202851" in whole("cite", name).out


def test_an_identifier_of_several_references_is_ambiguous(whole):
    error = whole("show", "10.1016/j.diabres.2021.109126", "--json").error
    assert error["code"] == "E003"
    assert error["suggestions"] == ["lit-han2022-klf3as1", "review-40"]


def test_a_name_in_several_pieces_is_told_to_be_quoted(run):
    answer = run("show", "wound", "healing")
    assert answer.code == 2
    assert "in quotation marks" in answer.err


def test_a_claim_is_shown_by_its_id(run):
    [claim] = [
        c
        for c in run("show", "mir-126", "--json").json["claims"]
        if (c["predicate"], c["object"]) == ("downregulates", "pik3r2")
    ]
    assert claim["sign"] == "-" and claim["basis"] == "stated"
    answer = run("show", claim["claim"])
    assert answer.out.startswith("miR-126 — downregulates → PIK3R2 (−)")
    assert run("show", claim["claim"], "--json").json == claim


def test_every_entity_and_reference_can_be_shown_in_both_languages(run, home):
    from exograph.cli import telling
    from exograph.snapshot import current

    kb = current(home).kb
    for thing in (*kb.entities, *kb.references, *kb.claims):
        for lang in ("en", "zh"):
            assert all(isinstance(line, str) for line in telling.lines(kb, thing, lang))


def test_an_unknown_name_gets_suggestions(run):
    answer = run("show", "VEGFB")
    assert answer.code == 1 and answer.out == ""
    assert "No entity is called 'VEGFB'" in answer.err and "vegfa" in answer.err
    error = run("show", "VEGFB", "--json").error
    assert error["code"] == "E002" and "vegfa" in error["suggestions"]


def test_an_ambiguous_name_gets_its_candidates(broken, tmp_path):
    rows = [f"{name.lower()}\tMicroRNA\t{name}\t{name}\t" for name in ("miR-126", "miR-383")]
    graphs = broken(entities=[(row, f"{row}the miRNA") for row in rows])
    options = ["--home", str(tmp_path / "home"), "--graphs", str(graphs)]
    answer = call([*options, "show", "the miRNA", "--json"])
    assert answer.code == 1
    assert answer.error["code"] == "E003"
    assert answer.error["suggestions"] == ["mir-126", "mir-383"]


def test_search_finds_by_two_characters_of_chinese(whole):
    answer = whole("search", "血管")
    assert answer.code == 0
    first, second = answer.out.splitlines()[:2]
    assert first.startswith("blood-vessel ") and second.startswith("angiogenesis ")


def test_search_stands_in_columns_though_chinese_is_wide(run):
    lines = run("search", "外泌体", options=("--lang", "zh")).out.splitlines()
    assert len(lines) > 5
    starts = {width(re.match(r"\S+ +\S+ +", line)[0]) for line in lines}
    assert len(starts) == 1


def test_search_without_a_hit_is_no_failure(run):
    answer = run("search", "xyzzyqq")
    assert (answer.code, answer.out) == (0, "")
    assert "xyzzyqq" in answer.err
    assert run("search", "xyzzyqq", "--json").json == {"hits": []}


def test_search_says_how_many_it_left_out(run):
    answer = run("search", "exo", "--limit", "2")
    assert len(answer.out.splitlines()) == 2
    assert re.match(r"\d+ more", answer.err)


def test_each_statement_is_shown_with_the_grade_and_code_of_its_evidence(run):
    assert "grade D (ECO:0000304)" in run("show", "serpinh1", options=("--lang", "en")).out
    assert "证据等级 D (ECO:0000304)" in run("show", "serpinh1", options=("--lang", "zh")).out
    (claim,) = run("show", "serpinh1", "--json").json["claims"]
    assert [(s["eco"], s["grade"]) for s in claim["statements"]] == [("ECO:0000304", "D")]
