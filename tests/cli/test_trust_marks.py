# SPDX-License-Identifier: Apache-2.0
"""Notices, comparisons, other tissues and paraphrases, as the commands tell them."""

import json
import re
from importlib import resources

import pytest
from jsonschema import Draft202012Validator
from real_rows import compared, literature, review_with, said, write
from running import call

PIK3R2 = "mir-126 downregulates pik3r2"
PAPERS = literature(
    said(PIK3R2, "lit-zhang2020", section="results"),
    said("mir-126 promotes re-epithelialization", "lit-bone2021", tissue="bone"),
    references={
        "lit-zhang2020": {"first_author": "Zhang", "year": "2020", "retraction": "corrected"},
        "lit-bone2021": {"first_author": "Bo", "year": "2021"},
    },
    entities=[("bone", "Tissue", "bone", "骨")],
)
REVIEW = review_with(
    {"review-38": {"study": "lit-zhang2020"}, "review-40": {"retraction": "retracted"}},
    verification=[
        compared(
            PIK3R2, "review-38", "supported_with_difference", primary="lit-zhang2020",
            primary_says="PIK3R2 fell where miR-126 was overexpressed.", note="Another vesicle.",
        ),
        compared("vegfa promotes angiogenesis", "review-41", "not_found", where="Abstract, line 2"),
    ],
)  # fmt: skip


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    """Runs a command on the review and a source of papers, in ``en`` or ``zh``."""
    folder = tmp_path_factory.mktemp("marked")
    write(REVIEW, folder / "graphs" / "review")
    write(PAPERS, folder / "graphs" / "literature")
    options = ["--home", str(folder / "home"), "--graphs", str(folder / "graphs")]

    def run(*args, lang="en"):
        answer = call([*options, "--lang", lang, *args])
        assert answer.code == 0, answer.err
        return answer

    return run


def flat(answer):
    return re.sub(r"\s+", " ", answer.out)


def fits(name, document):
    file = resources.files("exograph") / "schemas" / f"{name}.json"
    Draft202012Validator(json.loads(file.read_text(encoding="utf-8"))).validate(document)


def test_show_marks_a_retracted_reference_wherever_it_stands(marked):
    reference = flat(marked("show", "review-40"))
    assert "Retracted: what it says supports nothing here." in reference
    entity = flat(marked("show", "klf3-as1"))
    assert "[review-40 (retracted), section 3.2] stated" in entity
    assert "supports nothing" in entity
    chinese = flat(marked("show", "klf3-as1", lang="zh"))
    assert "review-40（已撤稿）" in chinese and "不作支持" in chinese
    assert "已撤稿：其内容在此不支持任何论断。" in flat(marked("show", "40", lang="zh"))
    document = marked("show", "review-40", "--json").json
    assert document["reference"]["notice"] == document["reference"]["retraction"] == "retracted"
    assert {s["retracted"] for c in document["claims"] for s in c["statements"]} == {True}
    fits("show", document)


def test_show_tells_a_correction_of_the_paper_at_the_reviews_citation(marked):
    document = marked("show", "review-38", "--json").json
    assert (document["reference"]["retraction"], document["reference"]["notice"]) == (
        None,
        "corrected",
    )
    assert "[review-38 (corrected), section 3.2]" in flat(marked("show", "mir-126"))


def test_show_prints_what_the_primary_paper_says_under_the_statement(marked):
    [claim] = [
        c["claim"]
        for c in marked("show", "mir-126", "--json").json["claims"]
        if (c["predicate"], c["object"]) == ("downregulates", "pik3r2")
    ]
    for name in ("mir-126", "review-38", claim):
        lines = [line.strip() for line in marked("show", name).out.splitlines()]
        told = lines.index(
            "Held against the primary paper: supported, with a difference · read: abstract · "
            "Results ·"
        )
        assert lines[told + 1 : told + 4] == [
            "lit-zhang2020 (corrected)",
            "The paper says: PIK3R2 fell where miR-126 was overexpressed.",
            "Note: Another vesicle.",
        ]
        statement = max(n for n, line in enumerate(lines[:told]) if line.startswith("[review-"))
        assert lines[statement].startswith("[review-38 (corrected)")
    chinese = flat(marked("show", claim, lang="zh"))
    assert "与原始论文核对：支持，但有差异 · 所读：摘要" in chinese
    document = marked("show", claim, "--json").json
    fits("show", document)
    [verification] = [v for s in document["statements"] for v in s["verification"]]
    assert verification == {
        "verdict": "supported_with_difference",
        "primary_says": "PIK3R2 fell where miR-126 was overexpressed.",
        "read": "abstract",
        "where": "Results",
        "primary": "lit-zhang2020",
        "note": "Another vesicle.",
    }


def test_a_comparison_whose_reference_says_nothing_of_the_claim_is_not_lost(marked):
    [claim] = [
        c["claim"]
        for c in marked("show", "vegfa", "--json").json["claims"]
        if (c["predicate"], c["object"]) == ("promotes", "angiogenesis")
    ]
    shown = flat(marked("show", claim))
    assert "[review-41, section 3.2] Held against the primary paper: not found" in shown


def test_show_marks_paraphrases_and_other_tissues(marked):
    shown = flat(marked("show", "lit-bone2021"))
    assert "stated, literature: paraphrase, no quote, another tissue, not skin" in shown
    assert "literature：转述，非引文；其他组织，非皮肤" in flat(
        marked("show", "lit-bone2021", lang="zh")
    )
    [claim] = marked("show", "lit-bone2021", "--json").json["claims"]
    assert [s["other_tissue"] for s in claim["statements"]] == [True]


def test_paths_take_the_options(marked):
    ask = ("paths", "klf3-as1", "mir-383")
    assert "no such path" in marked(*ask).err
    text = flat(marked(*ask, "--with-retracted"))
    assert "[40, retracted]" in text
    assert (
        "Caution, step 1: [40] has been retracted; what is said there of this step is counted"
        in text
    )
    away = ("paths", "mir-126", "re-epithelialization", "--max-steps", "1")
    assert marked(*away).out == ""
    text = flat(marked(*away, "--any-tissue"))
    assert "Bo 2021 (literature, paraphrase), abstract" in text
    assert "Bo 2021 shows this in bone, not in skin." in text
    document = marked(*away, "--any-tissue", "--with-retracted", "--json").json
    fits("paths", document)
    assert document["query"]["any_tissue"] and document["query"]["with_retracted"]


def test_paths_may_be_of_one_source_or_of_several(marked):
    ask = ("paths", "mir-126", "pik3r2", "--json")
    found = {
        sources: {
            s["source"]
            for p in marked(*ask, *(x for name in sources for x in ("--source", name))).json[
                "paths"
            ]
            for step in p["steps"]
            for s in step["statements"]
        }
        for sources in (("review",), ("literature",), ("review", "literature"))
    }
    assert all(held == set(sources) for sources, held in found.items())


def test_an_unknown_source_is_refused_with_the_known_ones(run):
    answer = run("paths", "mir-126", "pik3r2", "--source", "reviews")
    assert answer.code == 1 and answer.err.startswith("P111: ") and "review" in answer.err


def test_a_path_tells_how_it_differs_from_the_paper(marked):
    text = flat(marked("paths", "mir-126", "pik3r2"))
    assert "[38, corrected] is supported, but with a difference: PIK3R2 fell where" in text
    [path, *_] = marked("paths", "mir-126", "pik3r2", "--json").json["paths"]
    assert {"differs", "corrected"} <= {w["code"] for w in path["warnings"]}


def test_stats_count_references_by_identification_and_notice(marked):
    counts = marked("stats", "--json").json
    fits("stats", counts)
    by_notice = counts["references"]["by_retraction"]
    assert (by_notice["retracted"], by_notice["corrected"]) == (1, 2)
    assert sum(by_notice.values()) == counts["references"]["total"]
    assert sum(counts["references"]["by_status"].values()) == counts["references"]["total"]
    assert counts["statements"]["retracted"] > 5
    text = flat(marked("stats"))
    assert "corrected 2, retracted 1" in text and "no notice seen" in text
    assert "已撤稿 1" in flat(marked("stats", lang="zh"))


def test_the_graph_of_triples_has_no_edge_of_a_retracted_paper(marked):
    ask = "ASK { entity:klf3-as1 exo:downregulates entity:mir-383 }"
    count = "SELECT (COUNT(?s) AS ?n) { ?s exo:retracted true ; exo:reference reference:review-40 }"
    assert marked("query", "-e", ask, "--json").json.get("boolean") is False
    [row] = marked("query", "-e", count, "--json").json["results"]["bindings"]
    assert int(row["n"]["value"]) > 5


def test_tables_that_say_more_than_the_list_are_refused(tmp_path):
    write(review_with({"review-40": {"retraction": "withdrawn in part"}}), tmp_path / "review")
    rows = [compared(PIK3R2, "review-38", "supported", primary="lit-nobody2020")]
    write(
        review_with(verification=rows, references={"review-1": {"retraction": "retracted"}}),
        tmp_path / "other" / "review",
    )
    answer = call(["--graphs", str(tmp_path), "check", "--json"])
    [problem] = [p for p in answer.json["problems"] if p["code"] == "E206"]
    assert (problem["column"], problem["cure"]) == ("retraction", "Use retracted or corrected.")
    answer = call(["--graphs", str(tmp_path / "other"), "check", "--json"])
    [problem] = [p for p in answer.json["problems"] if p["code"] == "E204"]
    assert problem["column"] == "primary"


def test_the_checks_of_the_graph_pass_with_notices_and_comparisons(marked, tmp_path):
    write(REVIEW, tmp_path / "review")
    write(PAPERS, tmp_path / "literature")
    answer = call(["--graphs", str(tmp_path), "check", "--json"])
    told = {(p["severity"], p["code"]) for p in answer.json["problems"]}
    assert answer.json["ok"], answer.out
    assert {severity for severity, _ in told} <= {"warning"}
