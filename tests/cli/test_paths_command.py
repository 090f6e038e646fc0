# SPDX-License-Identifier: Apache-2.0
"""``exograph paths``: what the review tells, found from the command line."""

import re

import pytest

from exograph.cli.layout import width


def steps(path):
    return [(s["subject"], s["predicate"], s["object"], s["sign"]) for s in path["steps"]]


def test_a_double_negative_is_a_plus(run):
    document = run("paths", "klf3-as1", "angiogenesis", "--json").json
    best = document["paths"][0]
    assert (best["rank"], best["sign"], best["telling"]) == (1, "+", "told")
    assert steps(best) == [
        ("klf3-as1", "downregulates", "mir-383", "-"),
        ("mir-383", "downregulates", "vegfa", "-"),
        ("vegfa", "promotes", "angiogenesis", "+"),
    ]
    quotes = [s["quote"] for step in best["steps"] for s in step["statements"]]
    assert all(quotes) and any("miR-383" in q for q in quotes)


def test_an_unsigned_step_makes_the_path_unsigned_and_says_why(run):
    document = run("paths", "mir-1260a", "angiogenesis", "--via", "COL4A2", "--json").json
    [best, *_] = document["paths"]
    assert best["sign"] == "?"
    assert "unsigned_step" in {w["code"] for w in best["warnings"]}
    text = run("paths", "mir-1260a", "angiogenesis", "--via", "col4a2").out
    assert "direction not known (?)" in text and "not in which direction" in text


def test_from_the_tissue_the_vesicle_step_is_shown(run):
    answer = run("paths", "bone-marrow", "angiogenesis", "--json")
    first, second = steps(answer.json["paths"][0])[:2]
    assert first[1:] == ("isolated_from", "bone-marrow", None)
    assert answer.json["paths"][0]["steps"][0]["direction"] == "backward"
    assert second[1] == "secretes"
    assert "isolated from bone marrow" in run("paths", "骨髓", "血管生成").out


def test_plain_output_is_made_to_be_read(run):
    answer = run("paths", "bmsc-exo", "angiogenesis", "--top", "1")
    lines = answer.out.splitlines()
    assert re.match(r"Path 1 · raises \(\+\), (told|coherent|stitched)$", lines[0])
    assert lines[1].startswith("  BMSC-Exo → ") and lines[1].endswith("→ angiogenesis")
    assert lines[2].startswith("  1. BMSC-Exo carries ")
    assert any(re.match(r"  Sign \+: .* wanted for healing", line) for line in lines)
    [cost] = [line for line in lines if line.startswith("  Cost ")]
    total, *parts = map(float, re.findall(r"\d+\.\d+", cost))
    assert total == pytest.approx(sum(parts), abs=0.02)
    assert "There are more paths" in answer.err


def test_in_chinese_all_of_it_is_chinese(run):
    answer = run("paths", "骨髓", "血管生成", options=("--lang", "zh"))
    assert answer.code == 0
    words = re.sub(r"[\u3000-\u9fff\uff00-\uffef]", "", answer.out)
    latin = set(re.findall(r"[A-Za-z][A-Za-z0-9/-]{3,}", words))
    assert latin and not latin & {"Path", "Cost", "Sign", "told", "coherent", "evidence", "step"}
    for line in answer.out.splitlines():
        assert not line or re.search(r"[\u4e00-\u9fff]", line), line
    assert max(map(width, answer.out.splitlines())) <= 100 + 2


def test_no_path_is_an_answer(run):
    plain = run("paths", "angiogenesis", "bone-marrow")
    assert (plain.code, plain.out) == (0, "")
    assert "no such path" in plain.err and "the other way" in plain.err
    document = run("paths", "angiogenesis", "bone-marrow", "--json").json
    assert (document["paths"], document["complete"], document["stopped_by"]) == ([], True, None)


def test_ends_may_be_kinds_or_roles(run):
    by_option = run("paths", "--from-type", "Source", "--to-type", "HealingPhase", "--json").json
    assert by_option["query"]["start"] == ["type:Source"]
    assert by_option["paths"]
    by_name = run("paths", "type:CellSource", "type:HealingPhase", "--json").json
    assert by_name["paths"] == by_option["paths"]
    mixed = run("paths", "--from-type", "Vesicle", "angiogenesis", "--json").json
    assert mixed["query"]["end"] == ["angiogenesis"]


def test_filters_reach_the_search(run):
    told = run("paths", "bmsc-exo", "angiogenesis", "--told", "--json").json["paths"]
    assert {p["telling"] for p in told} == {"told"}
    stated = run("paths", "bmsc-exo", "angiogenesis", "--stated-only", "--json").json["paths"]
    assert {s["basis"] for p in stated for s in p["steps"]} == {"stated"}
    without = run("paths", "bmsc-exo", "angiogenesis", "--not", "miR-126", "--json").json["paths"]
    assert without and not any("mir-126" in str(steps(p)) for p in without)
    plus = run("paths", "bmsc-exo", "angiogenesis", "--sign", "+", "--json").json["paths"]
    assert {p["sign"] for p in plus} == {"+"}
    short = run("paths", "bmsc-exo", "angiogenesis", "--max-steps", "2", "--no-fold", "--json")
    assert all(len(p["steps"]) <= 2 for p in short.json["paths"])


def test_a_context_is_a_field_and_an_entity_by_any_name(run):
    document = run("paths", "bmsc-exo", "angiogenesis", "--context", "organism=大鼠", "--json").json
    assert document["query"]["context"] == {"organism": ["rat"]}


@pytest.mark.parametrize(
    ("context", "code"), [("organism", 2), ("=rat", 2), ("organism=", 2), ("where=rat", 2)]
)
def test_a_malformed_context_is_refused(context, code, run):
    answer = run("paths", "bmsc-exo", "angiogenesis", "--context", context)
    assert answer.code == code and answer.out == ""


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("bmsc-exo",),
        ("bmsc-exo", "angiogenesis", "vegfa"),
        ("bmsc-exo", "angiogenesis", "--from-type", "Source"),
        ("--from-type", "Source"),
        ("bmsc-exo", "angiogenesis", "--top", "0"),
        ("bmsc-exo", "angiogenesis", "--max-steps", "9" * 5000),
        ("bmsc-exo", "angiogenesis", "--timeout", "nan"),
        ("bmsc-exo", "angiogenesis", "--timeout", "-1"),
        ("bmsc-exo", "angiogenesis", "--sign", "plus"),
        ("bmsc-exo", "angiogenesis", "--html", ""),
        ("bmsc-exo", ""),
        ("bmsc-exo", "angiogenesis", "--strict-context"),
        ("bmsc-exo", "angiogenesis", "--context", "where=rat"),
        ("bmsc-exo", "angiogenesis", *(p for n in "abcde" for p in ("--via", n))),
    ],
)
def test_wrong_usage_is_exit_2(args, run):
    answer = run("paths", *args)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("Usage: ")
    if args:
        error = run("paths", *args, "--json").error
        assert error["code"] == "U001"


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("bmsc-exo", "angiogenesi"), "E002"),
        (("bmsc-exo", "angiogenesis", "--via", "mir-12b"), "E002"),
        (("bmsc-exo", "type:Vesicel"), "P101"),
        (("bmsc-exo", "bmsc-exo"), "P104"),
        (("bmsc-exo", "angiogenesis", "--context", "organism=vegfa"), "P115"),
    ],
)
def test_a_faulty_question_is_exit_1_with_code_and_cure(args, code, run):
    answer = run("paths", *args)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith(f"{code}: ")
    error = run("paths", *args, "--json").error
    assert error["code"] == code and error["cure"]


def test_the_page_of_paths_is_written_and_named(run, tmp_path):
    page = tmp_path / "paths.html"
    answer = run("paths", "bmsc-exo", "angiogenesis", "--json", "--html", str(page))
    assert answer.json["paths"]
    assert str(page) in answer.err
    assert answer.json["paths"][0]["steps"][0]["claim"] in page.read_text(encoding="utf-8")


def test_the_same_question_has_the_same_answer(run):
    question = ("paths", "--from-type", "Source", "wound-healing", "--json")
    assert run(*question).out == run(*question).out


def test_via_and_not_take_types_and_predicates(run):
    through = run("paths", "bmsc-exo", "angiogenesis", "--via", "type:LongNoncodingRNA", "--json")
    assert through.json["paths"]
    assert all("klf3-as1" in str(steps(p)) for p in through.json["paths"])
    without = run("paths", "bmsc-exo", "angiogenesis", "--not", "type:MicroRNA", "--json").json
    assert without["paths"] and not any("mir-" in str(steps(p)) for p in without["paths"])
    ends = "type:Vesicle", "type:BiologicalProcess"
    lowered = run("paths", *ends, "--via", "predicate:downregulates", "--json").json
    assert lowered["paths"]
    assert all("downregulates" in str(steps(p)) for p in lowered["paths"])
    direct = run("paths", "bmsc-exo", "angiogenesis", "--not", "predicate:carries", "--json").json
    assert not any(s[1] == "carries" for p in direct["paths"] for s in steps(p))


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        (("--via", "type:Gene"), 1, "P101"),
        (("--via", "predicate:is_a"), 1, "P111"),
        (("--not", "type:MicroRNA", "--via", "mir-126"), 1, "P112"),
        (("--not", "predicate:carries", "--via", "predicate:carries"), 1, "P112"),
        (("--not", "miR-126", "--via", "mir-126"), 1, "P112"),
        (("--pattern", "*,*,*,*,*", "--max-steps", "2"), 2, "4 steps"),
        (("--pattern", ",".join("*" * 22)), 2, "at most 21"),
        (("--weights", ""), 2, "empty"),
        (("--not", "type:Vesicle"), 1, "P112"),
        (("--reference", "review-999"), 1, "P111"),
        (("--evidence", "magic"), 1, "P111"),
        (("--pattern", "Vesicle"), 2, "two or more"),
        (("--pattern", "Vesicle,,*"), 2, "two or more"),
        (("--pattern", "Vesicle,Nonsense,BiologicalProcess"), 1, "P101"),
        (("--weights", "no-such-file.toml"), 1, "no-such-file.toml"),
    ],
)
def test_what_cannot_be_passed_or_avoided_is_refused(more, code, said, run):
    answer = run("paths", "bmsc-exo", "angiogenesis", *more)
    assert (answer.code, answer.out) == (code, "")
    assert said in answer.err and "Traceback" not in answer.err


def test_a_pattern_gives_the_layers_and_stands_for_the_ends(run):
    pattern = "Source,Vesicle,MicroRNA,GeneProduct,BiologicalProcess"
    found = run("paths", "--pattern", pattern, "--json").json
    assert found["query"]["layers"] == pattern.split(",")
    assert found["query"]["start"] == ["type:Source"]
    assert found["paths"] and all(len(p["steps"]) == 4 for p in found["paths"])
    arrows = run("paths", "--pattern", pattern.replace(",", " > "), "--json").json
    assert arrows["paths"] == found["paths"]
    some = run("paths", "bmsc-exo", "angiogenesis", "--pattern", "*,MicroRNA,*,*,*", "--json").json
    assert [steps(p)[0][2] for p in some["paths"]] == ["mir-126"]
    assert run("paths", "--pattern", "*,Vesicle").code == 2


def test_only_one_reference_or_kind_of_evidence_may_count(run):
    one = run("paths", "bmsc-exo", "angiogenesis", "--reference", "review-40", "--json").json
    said = {s["reference"] for p in one["paths"] for x in p["steps"] for s in x["statements"]}
    assert said == {"review-40"}
    living = run("paths", "type:Source", "wound-healing", "--evidence", "in_vivo", "--json").json
    assert living["paths"]


def test_weights_are_read_from_a_file_and_told(run, tmp_path):
    table = tmp_path / "weights.toml"
    table.write_text("step = 0.5  # longer paths cost more\n", encoding="utf-8")
    usual = run("paths", "klf3-as1", "angiogenesis", "--top", "1", "--json").json
    dear = run("paths", "klf3-as1", "angiogenesis", "--top", "1", "--json", "--weights", table).json
    assert (usual["weights"], dear["weights"]) == ({}, {"step": 0.5})
    assert dear["paths"][0]["cost"] == pytest.approx(usual["paths"][0]["cost"] + 3 * 0.4)


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("step = -1", "P120", "toml:1: "),
        ("# mine\nhub = nan", "P120", "toml:2: "),
        ("hub = inf", "P120", "hub"),
        ("stated = true", "P120", "stated"),
        ("stated = '0.5'", "P120", "stated"),
        ("ceiling = 1.0", "P120", "ceiling"),
        ("\n\nstepp = 1", "P121", "toml:3: "),
        ("[table]\nx = 1", "P121", "toml:1: "),
        ("step 0.5", "P122", "toml:1: "),
        ("step = 1\nstep = 2", "P122", "toml:2: "),
        ("#" * 70_000, "P122", "too long"),
        ("step = " + "9" * 5_000, "P122", "weights.toml"),
        ("step = 0x" + "f" * 6_000, "P120", "many digits"),
        ("x = " + "[" * 3_000 + "]" * 3_000, "P122", "weights.toml"),
        ("a." * 4_000 + "b = 1", "P121", "weights.toml"),
    ],
)
def test_a_table_of_weights_with_a_fault_is_refused(text, code, said, run, tmp_path):
    table = tmp_path / "weights.toml"
    table.write_text(text, encoding="utf-8")
    answer = run("paths", "klf3-as1", "angiogenesis", "--weights", table)
    assert (answer.code, answer.out) == (1, "")
    assert code in answer.err and said in answer.err and "weights.toml" in answer.err


def test_the_weakest_link_is_named(run):
    document = run("paths", "klf3-as1", "angiogenesis", "--top", "1", "--json").json
    (path,) = document["paths"]
    costs = [step["evidence"] for step in path["steps"]]
    assert costs[path["weakest"] - 1] == max(costs)
    assert sum(costs) == pytest.approx(path["cost_parts"]["evidence"])
    text = run("paths", "klf3-as1", "angiogenesis", "--top", "1").out
    assert f"Weakest link: step {path['weakest']}, " in text
    assert f"claim:{path['steps'][path['weakest'] - 1]['claim']})" in text


def test_what_stands_on_the_wrong_side_of_the_command_is_told(run):
    assert "--lang stands before the command" in run("paths", "a", "b", "--lang", "zh").err
    assert "in quotation marks" in run("paths", "bmsc", "wound", "healing").err


def test_weights_of_any_allowed_size_give_a_cost(run, tmp_path):
    table = tmp_path / "weights.toml"
    lines = ("stated", "derived", "unsigned", "paraphrased", "refuted", "only_review")
    table.write_text("".join(f"{name} = 0.000001\n" for name in lines), encoding="utf-8")
    found = run("paths", "bmsc", "angiogenesis", "--weights", table, "--json").json["paths"]
    assert found and all(path["cost"] > 10 for path in found)


def test_weights_that_are_no_text_are_refused(run, tmp_path):
    table = tmp_path / "weights.toml"
    table.write_bytes("step = 1".encode("utf-16"))
    answer = run("paths", "bmsc", "angiogenesis", "--weights", table)
    assert answer.code == 1 and "P122" in answer.err and "weights.toml is not UTF-8" in answer.err


def test_a_kind_may_be_written_with_its_prefix_everywhere(run):
    plain = run("paths", "--from-type", "Source", "--to-type", "HealingPhase", "--json").json
    spelled = ("--from-type", "type:Source", "--to-type", "TYPE:healingphase")
    assert run("paths", *spelled, "--json").json["paths"] == plain["paths"]
    assert (
        run("paths", "TYPE:source", "type:HealingPhase", "--json").json["paths"] == plain["paths"]
    )
    pattern = "type:Source,type:Vesicle,*,type:HealingPhase"
    assert run("paths", "--pattern", pattern, "--json").json["paths"]
