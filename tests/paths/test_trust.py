# SPDX-License-Identifier: Apache-2.0
"""What was retracted, what a primary paper says, what is not of skin, and what is no quote."""

from dataclasses import replace

import pytest
from real_rows import compared, joined, literature, review_with, said

from exograph import rdf, vocab
from exograph.arrays import from_kb
from exograph.ids import claim_id
from exograph.kb import roles
from exograph.model import Claim, KnowledgeBase, Statement
from exograph.network import to_networkx
from exograph.paths import PathQuery, find, sentences, to_json
from exograph.paths.disputes import objections
from exograph.paths.phrases import NOTICES, READS, shortened
from exograph.paths.trust import elsewhere, skin

KB = joined(review_with())
TOLD_BY_40 = claim_id("klf3-as1", "downregulates", "mir-383")


def notice(reference, kind, **more):
    return joined(review_with({reference: {"retraction": kind}}, **more))


def search(kb, start, end, **more):
    return find(kb, from_kb(kb), PathQuery(start=(start,), end=(end,), **more))


def codes(path):
    return {caution.code: caution for caution in path.warnings}


def cost_of(kb, start, end, **more):
    found = search(kb, start, end, max_steps=1, fold=False, **more).paths
    return found[0].cost_parts["evidence"] if found else None


# ------------------------------------------------------------------ retraction


def test_a_retracted_paper_supports_nothing_and_its_words_stay():
    kb = notice("review-40", "retracted")
    claim = kb.claim[TOLD_BY_40]
    assert [s.reference for s in claim.statements] == ["review-40"]
    assert (claim.supported, claim.refuted, claim.basis) == (False, False, None)
    assert KB.claim[TOLD_BY_40].supported
    graph = rdf.to_rdf(kb)
    ends = (rdf.to_rdf(KB), graph)
    edge = tuple(map(str, ("klf3-as1", "downregulates", "mir-383")))
    with_edge = [any(_is(edge, triple) for triple in one) for one in ends]
    assert with_edge == [True, False]
    assert rdf.from_rdf(graph) == kb
    data = to_networkx(kb).edges["klf3-as1", "mir-383", TOLD_BY_40]
    assert (data["supported"], data["references"]) == (False, ())


def _is(edge, triple):
    names = [str(node).rpartition("/")[2].rpartition("#")[2] for node in triple]
    return tuple(names) == edge


def test_without_it_the_path_is_gone_and_with_it_the_path_is_marked_and_costs_more():
    kb = notice("review-40", "retracted")
    sound, *_ = search(KB, "klf3-as1", "vegfa", via=("mir-383",)).paths
    assert search(kb, "klf3-as1", "vegfa", via=("mir-383",)).paths == ()
    path, *_ = search(kb, "klf3-as1", "vegfa", via=("mir-383",), with_retracted=True).paths
    assert path.cost > sound.cost
    assert path.telling == sound.telling == "told"
    warned = codes(path)["retracted"]
    assert warned.text_en == (
        "[40] has been retracted; "
        "what is said there of this step is counted here, as was asked for."
    )
    assert "[40, retracted], section 3.2" in sentences(path, kb, "en")
    assert "[40，已撤稿]" in sentences(path, kb, "zh")


def test_a_step_that_another_paper_supports_stays_without_the_retracted_ones_weight():
    more = said("klf3-as1 downregulates mir-383", "review-38", quote="下调 miR-383", paraphrase="")
    kb = notice("review-40", "retracted", more=[more])
    (path,) = search(kb, "klf3-as1", "mir-383").paths
    alone = search(kb, "klf3-as1", "mir-383", references=("review-38",)).paths[0]
    assert path.cost_parts["evidence"] == alone.cost_parts["evidence"]
    assert path.references == ("review-38",)
    assert codes(path)["retracted"].text_en.endswith("is ignored.")
    assert "retracted" not in codes(alone), "what a filter dropped is no matter here"
    document = to_json(search(kb, "klf3-as1", "mir-383"), kb)["paths"][0]
    held = {s["reference"]: s for s in document["steps"][0]["statements"]}
    assert (held["review-40"]["retracted"], held["review-38"]["retracted"]) == (True, False)


def test_a_retracted_paper_tells_no_mechanism():
    story = next(m for m in KB.mechanisms if m.id == "review-40-angiogenesis")
    again = [
        said(f"{m.subject} {m.predicate} {m.object}", "review-38", quote="q", paraphrase="")
        for m in story.steps
    ]
    kb = notice("review-40", "retracted", more=again)
    (path,) = search(kb, "klf3-as1", "angiogenesis", via=("mir-383",)).paths[:1]
    assert (path.telling, path.references) == ("coherent", ("review-38",))


def test_roles_come_from_papers_that_hold():
    kb = notice("review-40", "retracted")
    assert "Cargo" in roles(KB)["klf3-as1"]
    assert "Cargo" not in roles(kb).get("klf3-as1", ())
    assert "Cargo" in roles(kb, with_retracted=True)["klf3-as1"]
    starts = [
        {p.entities[0] for p in search(kb, "type:Cargo", "angiogenesis", **more).paths}
        for more in ({}, {"with_retracted": True})
    ]
    assert [("klf3-as1" in held) for held in starts] == [False, True]


def test_a_notice_changes_no_id_and_no_order():
    kb = notice("review-40", "retracted")
    assert [s.id for s in kb.statements] == [s.id for s in KB.statements]
    assert list(kb.claim) == list(KB.claim)
    assert {s.reference for s in kb.statements if s.retracted} == {"review-40"}


def test_a_statement_cannot_disagree_with_its_reference():
    said_so = Statement("a", "inhibits", "b", "r", "1", "s", retracted=True)
    held = KnowledgeBase(claims=(Claim("a", "inhibits", "b", (said_so,)),))
    assert held.claims[0].supported
    kb = notice("review-40", "retracted")
    cleared = replace(kb, references=KB.references)
    assert cleared == KB


def test_a_notice_on_the_paper_holds_for_the_reviews_citation_of_it():
    papers = literature(
        said("klf3-as1 downregulates mir-383", "lit-han2022"),
        references={"lit-han2022": {"first_author": "Han", "year": "2022",
                                    "retraction": "retracted"}},
    )  # fmt: skip
    kb = joined(review_with({"review-40": {"study": "lit-han2022"}}), papers)
    assert kb.reference["review-40"].retraction is None
    assert kb.notices == {"review-40": "retracted", "lit-han2022": "retracted"}
    assert not kb.claim[TOLD_BY_40].supported


def test_of_two_notices_on_a_study_the_graver_holds():
    papers = literature(
        said("klf3-as1 downregulates mir-383", "lit-han2022"),
        references={"lit-han2022": {"retraction": "retracted"}},
    )
    cells = {"study": "lit-han2022", "retraction": "corrected"}
    kb = joined(review_with({"review-40": cells}), papers)
    assert set(kb.notices.values()) == {"retracted"}


def test_what_a_retracted_paper_denies_is_not_denied():
    more = said("mir-126 downregulates pik3r2", "review-12", quote="q", paraphrase="",
                stance="refutes")  # fmt: skip
    denied = joined(review_with(more=[more]))
    kb = notice("review-12", "retracted", more=[more])
    claim = claim_id("mir-126", "downregulates", "pik3r2")
    assert (denied.claim[claim].refuted, kb.claim[claim].refuted) == (True, False)
    assert objections(denied, denied.claim[claim])
    assert objections(kb, kb.claim[claim]) == ()
    plain, without, against = (cost_of(each, "mir-126", "pik3r2") for each in (KB, kb, denied))
    assert plain == without < against
    assert cost_of(kb, "mir-126", "pik3r2", with_retracted=True) == against


def test_a_correction_costs_nothing_and_is_told_wherever_the_reference_stands():
    kb = notice("review-38", "corrected")
    before, after = (search(each, "mir-126", "pik3r2").paths[0] for each in (KB, kb))
    assert before.cost == after.cost
    assert codes(after)["corrected"].text_en == (
        "[38] has been corrected since; nothing is taken off for it."
    )
    assert "[38, corrected]" in sentences(after, kb, "en")
    assert "retracted" not in codes(after)
    statement = to_json(search(kb, "mir-126", "pik3r2"), kb)["paths"][0]["steps"][0]["statements"][
        0
    ]
    assert (statement["retracted"], statement["retraction"]) == (False, "corrected")


def test_every_notice_and_reading_has_its_words():
    assert tuple(NOTICES) == vocab.RETRACTIONS
    assert tuple(READS) == vocab.READS


# ------------------------------------------------------------------ verification

PIK3R2 = "mir-126 downregulates pik3r2"
LONG = (
    "Exosomes from cells that overexpress miR-126 lowered PIK3R2 in endothelial cells; "
    "whether exosomes of unmodified cells do so was not examined in that paper, and the "
    "authors say that this remains to be shown in further work."
)


def verified(verdict, **cells):
    return joined(review_with(verification=[compared(PIK3R2, "review-38", verdict, **cells)]))


def test_where_the_paper_differs_its_words_are_told_cut_at_a_clause():
    kb = verified("supported_with_difference", primary_says=LONG)
    path = search(kb, "mir-126", "pik3r2").paths[0]
    assert codes(path)["differs"].text_en == (
        "Held against its primary paper, [38] is supported, but with a difference: Exosomes from "
        "cells that overexpress miR-126 lowered PIK3R2 in endothelial cells; whether exosomes of "
        "unmodified cells do so was not examined in that paper … (abstract read)."
    )
    assert codes(path)["differs"].text_zh.endswith("（所读：摘要）。")


def test_a_contradiction_is_told_in_the_papers_words():
    kb = verified("contradicted", read="full", primary_says="PIK3R2 rose.")
    text = codes(search(kb, "mir-126", "pik3r2").paths[0])["contradicted"].text_en
    assert text == (
        "Held against its primary paper, [38] is contradicted: PIK3R2 rose (full text read)."
    )


def test_what_was_not_found_is_told_with_how_much_was_read():
    in_abstract, in_full = (
        codes(search(verified("not_found", read=read), "mir-126", "pik3r2").paths[0])["not_found"]
        for read in vocab.READS
    )
    assert "may stand elsewhere in that paper, so this lowers nothing" in in_abstract.text_en
    assert in_full.text_en.endswith("full text of the primary paper of [38]; it counts less.")


def test_only_a_paper_that_supports_makes_a_claim_cheaper():
    plain = cost_of(KB, "mir-126", "pik3r2")
    found = {
        (verdict, read): cost_of(verified(verdict, read=read), "mir-126", "pik3r2")
        for verdict in vocab.VERDICTS
        for read in vocab.READS
    }
    cheaper = {key for key, cost in found.items() if cost < plain}
    dearer = {key for key, cost in found.items() if cost > plain}
    assert cheaper == {("supported", "abstract"), ("supported", "full")}
    assert dearer == {("not_found", "full")} | {
        (verdict, read)
        for verdict in ("supported_with_difference", "contradicted")
        for read in vocab.READS
    }


def test_of_two_comparisons_the_worse_counts():
    rows = [compared(PIK3R2, "review-38", verdict, where=verdict)
            for verdict in ("supported", "supported_with_difference")]  # fmt: skip
    both = joined(review_with(verification=rows))
    assert cost_of(both, "mir-126", "pik3r2") == cost_of(
        verified("supported_with_difference"), "mir-126", "pik3r2"
    )


def test_a_comparison_stands_with_the_statements_of_its_reference_only():
    papers = literature(said(PIK3R2, "lit-zhang2020"))
    kb = joined(
        review_with(
            {"review-38": {"study": "lit-zhang2020"}},
            verification=[compared(PIK3R2, "review-38", "supported", primary="lit-zhang2020",
                                   note="Same cells.")],
        ),
        papers,
    )  # fmt: skip
    (path, *_) = to_json(search(kb, "mir-126", "pik3r2"), kb)["paths"]
    held = {s["reference"]: s["verification"] for s in path["steps"][0]["statements"]}
    assert held["lit-zhang2020"] == []
    assert held["review-38"] == [
        {
            "verdict": "supported",
            "primary_says": "What the paper says.",
            "read": "abstract",
            "where": "Results",
            "primary": "lit-zhang2020",
            "note": "Same cells.",
        }
    ]
    assert rdf.from_rdf(rdf.to_rdf(kb)) == kb


@pytest.mark.parametrize(
    ("text", "most", "cut"),
    [
        ("It rose.", 40, "It rose"),
        ("表达升高。", 40, "表达升高"),
        ("First it rose, then it fell.", 20, "First it rose …"),
        ("表达先升高，然后又降低。", 8, "表达先升高 …"),
        ("without any mark at all", 10, "without …"),
        ("A" * 30, 10, "A" * 10 + " …"),
        ("miR-126, when given early, lowered it for days", 30, "miR-126, when given early …"),
    ],
)
def test_a_long_text_is_cut_after_a_clause(text, most, cut):
    assert shortened(text, most) == cut


# ------------------------------------------------------------------ other tissues

BONE = [("bone", "Tissue", "bone", "骨"), ("bone-matrix", "Tissue", "bone matrix", "骨基质")]
IN_BONE = said("mir-126 promotes re-epithelialization", "lit-bone2021", tissue="bone")


def with_bone(*more, **options):
    return joined(review_with(**options), literature(*more, entities=BONE))


def test_what_was_shown_in_bone_is_no_path_unless_asked_for():
    kb = with_bone(IN_BONE)
    query = ("mir-126", "re-epithelialization")
    assert search(kb, *query, max_steps=1).paths == ()
    (path,) = search(kb, *query, max_steps=1, any_tissue=True).paths
    assert codes(path)["other_tissue"].text_en.endswith("shows this in bone, not in skin.")
    assert codes(path)["other_tissue"].text_zh.endswith("的结果见于骨，而非皮肤。")
    assert search(kb, *query, max_steps=1, context=(("tissue", "bone"),)).paths
    statement = to_json(search(kb, *query, max_steps=1, any_tissue=True), kb)["paths"][0]
    assert statement["steps"][0]["statements"][0]["other_tissue"] is True


def test_studies_of_other_tissues_count_for_nothing_in_the_cost():
    kb = with_bone(said("mir-126 downregulates pik3r2", "lit-bone2021", tissue="bone"))
    assert cost_of(kb, "mir-126", "pik3r2") == cost_of(KB, "mir-126", "pik3r2")
    assert cost_of(kb, "mir-126", "pik3r2", any_tissue=True) < cost_of(KB, "mir-126", "pik3r2")
    (path,) = search(kb, "mir-126", "pik3r2").paths
    assert "other_tissue" not in codes(path)


def test_a_denial_in_bone_costs_nothing_in_skin_and_is_said_to_be_of_bone():
    kb = with_bone(said("mir-126 downregulates pik3r2", "lit-bone2021", tissue="bone",
                        stance="refutes"))  # fmt: skip
    assert cost_of(kb, "mir-126", "pik3r2") == cost_of(KB, "mir-126", "pik3r2")
    text = codes(search(kb, "mir-126", "pik3r2").paths[0])["disputed_step"].text_en
    assert text == "Disputed: lit-bone2021 (in bone) did not find it or denies it."


def test_the_tissues_of_the_review_are_within_the_skin_once_rows_say_so():
    assert {id for id in skin(KB) if KB.entity[id].type == "Tissue"} == {
        *("skin", "skin-wound", "wound-edge", "granulation-tissue", "extracellular-matrix"),
    }
    away = {s.context.tissue for s in KB.statements if elsewhere(KB, s)}
    assert away == set()
    without = joined(review_with(skin_rows=False))
    assert {t for s in without.statements if elsewhere(without, s) for t in s.context.tissue} == {
        *("skin-wound", "granulation-tissue"),
    }, "effects only: that a process at the wound edge is part of a phase is none"


def test_a_kind_of_a_part_of_the_skin_is_not_of_the_skin():
    kind = said("bone-matrix is_a extracellular-matrix", "lit-bone2021")
    in_matrix = said("mir-126 promotes re-epithelialization", "lit-bone2021", tissue="bone-matrix")
    kb = with_bone(kind, in_matrix)
    assert "bone-matrix" not in skin(kb)
    assert search(kb, "mir-126", "re-epithelialization", max_steps=1).paths == ()


def test_a_statement_that_names_the_skin_among_others_or_no_tissue_counts():
    for tissue in ("bone|skin", "skin-wound", ""):
        kb = with_bone(
            said("mir-126 promotes re-epithelialization", "lit-both2021", tissue=tissue),
            said("mir-126 upregulates tnf-a", "lit-bone2021", tissue="bone"),
        )
        assert search(kb, "mir-126", "re-epithelialization", max_steps=1).paths


def test_where_a_cell_comes_from_is_not_asked_of_skin():
    kb = with_bone(said("bmsc isolated_from bone", "lit-bone2021", tissue="bone"))
    assert search(kb, "bone", "bmsc-exo").paths


def test_a_part_of_the_skin_is_the_skin_when_that_is_asked_for():
    found = search(KB, "mir-125a-3p", "pten", context=(("tissue", "skin"),), strict_context=True)
    assert [path.entities for path in found.paths] == [("mir-125a-3p", "pten")]


def test_a_wound_of_the_skin_does_not_clash_with_the_skin():
    rows = [
        said("mir-126 upregulates tnf-a", "lit-one2021", tissue="skin"),
        said("tnf-a promotes re-epithelialization", "lit-one2021", tissue="wound-edge"),
    ]
    placed, loose = (
        joined(review_with(skin_rows=skin_rows), literature(*rows)) for skin_rows in (True, False)
    )
    ask = ("mir-126", "re-epithelialization")
    found = [
        next(
            path
            for path in search(kb, *ask, any_tissue=True, sources=("literature",)).paths
            if path.entities == ("mir-126", "tnf-a", "re-epithelialization")
        )
        for kb in (placed, loose)
    ]
    assert ["context_clash" in codes(path) for path in found] == [False, True]


# ------------------------------------------------------------------ sources of paraphrases


def test_what_is_no_quote_is_said_to_be_a_paraphrase_of_its_source():
    paper = {"lit-zhang2020": {"first_author": "Zhang", "year": "2020"}}
    kb = joined(review_with(), literature(said(PIK3R2, "lit-zhang2020"), references=paper))
    (path,) = search(kb, "mir-126", "pik3r2").paths
    told = sentences(path, kb, "en").splitlines()[0]
    assert told.endswith("([38], section 3.2; Zhang 2020 (literature, paraphrase), abstract).")
    assert "Zhang 2020（literature，转述），摘要" in sentences(path, kb, "zh")
    held = to_json(search(kb, "mir-126", "pik3r2"), kb)["paths"][0]["steps"][0]["statements"]
    by_source = {s["source"]: s for s in held}
    assert by_source["literature"]["quote"] is None
    assert by_source["literature"]["paraphrase"] == PIK3R2
    assert by_source["review"]["quote"]
    (only,) = search(kb, "mir-126", "pik3r2", sources=("literature",)).paths
    assert only.references == ("lit-zhang2020",)
