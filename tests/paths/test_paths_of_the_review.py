# SPDX-License-Identifier: Apache-2.0
"""The review's own mechanisms, as a researcher asks for them, on rows made by hand."""

import json
from dataclasses import replace

import pytest
from review_rows import knowledge_base, statement, where

from exograph.arrays import from_kb
from exograph.errors import InputError
from exograph.ids import claim_id
from exograph.model import Conflict, Verification
from exograph.paths import PathQuery, Weights, find, sentences, to_json

KB = knowledge_base()


def search(start, end, kb=KB, **more):
    query = {key: value for key, value in more.items() if key not in ("weights", "work_limit")}
    rest = {key: value for key, value in more.items() if key in ("weights", "work_limit")}
    return find(kb, from_kb(kb), PathQuery(start=(start,), end=(end,), **query), **rest)


def routes(result):
    return [" ".join(path.entities) for path in result.paths]


def cautions(path):
    return {caution.code: caution for caution in path.warnings}


def test_two_inhibitions_make_a_plus_and_the_direct_edge_is_a_shortcut():
    result = search("klf3-as1", "angiogenesis")
    (path,) = result.paths
    assert path.entities == ("klf3-as1", "mir-383", "vegfa", "angiogenesis")
    assert [step.sign for step in path.steps] == ["-", "-", "+"]
    assert (path.sign, path.telling, path.mechanism) == ("+", "told", "story-40")
    assert path.references == ("review-40",)
    (shortcut,) = path.shortcuts
    assert shortcut.claims == (claim_id("klf3-as1", "promotes", "angiogenesis"),)
    assert result.complete
    assert result.stopped_by is None


def test_without_folding_the_shortcut_is_listed():
    result = search("klf3-as1", "angiogenesis", fold=False)
    assert routes(result)[0] == "klf3-as1 angiogenesis"
    assert len(result.paths) == 2


def test_an_unsigned_step_makes_the_sign_unknown_and_says_why():
    direct, through = search("mir-1260a", "angiogenesis").paths
    assert (direct.sign, through.sign) == ("+", "?")
    assert through.entities == ("mir-1260a", "col4a2", "angiogenesis")
    assert [(w.code, w.step) for w in through.warnings] == [
        ("unsigned_step", 1),
        ("unsigned_step", 2),
    ]
    text = through.warnings[0].text_en
    assert text == "The source says that miR-1260a regulates COL4A2 but not in which direction."
    assert through.warnings[0].text_zh == "原文只说 miR-1260a 调节 COL4A2，没有说明方向。"


def test_a_plus_excludes_what_is_unknown():
    assert routes(search("mir-1260a", "angiogenesis", sign="+")) == ["mir-1260a angiogenesis"]
    assert routes(search("mir-1260a", "angiogenesis", sign="?")) == [
        "mir-1260a col4a2 angiogenesis"
    ]
    assert search("mir-1260a", "angiogenesis", sign="-").paths == ()


def test_a_path_from_a_tissue_walks_isolation_backward_and_shows_the_vesicle():
    path = search("bone-marrow", "angiogenesis", via=("mir-126",)).paths[0]
    assert path.entities[:4] == ("bone-marrow", "bmsc", "bmsc-exo", "mir-126")
    assert path.steps[0].direction == "backward"
    assert path.steps[0].sign is None
    text = sentences(path, KB, "en")
    assert "Bone-marrow mesenchymal stem cells are isolated from bone marrow" in text
    assert "BMSC-Exo carries miR-126 ([38], section 3.2); recipient cell not stated." in text


def test_the_recipient_is_the_cell_of_the_first_effect_after_the_transfer():
    rows = statement("mir-126 promotes angiogenesis review-38 stated", context=where(cell="huvec"))
    kb = knowledge_base(rows)
    path = search("bmsc-exo", "angiogenesis", kb, max_steps=2, via=("mir-126",)).paths[0]
    said = "BMSC-Exo carries miR-126 ([38], section 3.2); recipients, by step 2: HUVEC."
    assert said in sentences(path, kb, "en")
    assert "携带 miR-126（[38]，第 3.2 节）；受体细胞据第 2 步为人脐静脉内皮细胞。" in sentences(
        path, kb, "zh"
    )


def test_structural_steps_do_not_break_a_told_story():
    path = search("bone-marrow", "angiogenesis", via=("pik3r2",)).paths[0]
    assert (path.telling, path.coherent, path.handovers) == ("told", True, ())


def test_two_papers_are_stitched_where_they_join():
    more = statement("pi3k-akt upregulates vegfa review-9 stated")
    kb = knowledge_base(more)
    path = search("mir-126", "angiogenesis", kb, via=("vegfa",)).paths[0]
    assert (path.telling, path.references) == ("stitched", ("review-38", "review-9", "review-40"))
    assert [(h.step, h.entity, h.giver, h.taker) for h in path.handovers] == [
        (3, "pi3k-akt", "review-38", "review-9"),
        (4, "vegfa", "review-9", "review-40"),
    ]
    text = sentences(path, kb, "en")
    assert "[38] tells steps 1 to 2, [9] tells step 3, [40] tells step 4" in text


def test_a_stitched_path_tells_where_each_paper_worked():
    more = statement(
        "pi3k-akt upregulates vegfa review-9 stated", context=where(tissue="bone", organism="rat")
    )
    kb = knowledge_base(more)
    path = search("mir-126", "angiogenesis", kb, via=("vegfa",), any_tissue=True).paths[0]
    assert "[9] tells step 3 (bone and rat), [40]" in sentences(path, kb, "en")
    assert "3 sources, and no single study tells the whole path" in sentences(path, kb, "en")
    assert "[9] 报道第 3 步（bone 和大鼠）" in sentences(path, kb, "zh")


def test_citations_of_one_study_are_told_as_one():
    more = [
        statement("mir-126 downregulates pten review-9 stated"),
        statement("pten suppresses angiogenesis review-40 stated"),
    ]
    kb = knowledge_base(*more)
    one = [replace(r, study="s") if r.id in ("review-9", "review-40") else r for r in kb.references]
    kb = replace(kb, references=tuple(one))
    path = search("mir-126", "angiogenesis", kb, via=("pten",)).paths[0]
    assert (path.telling, path.references) == ("coherent", ("review-9", "review-40"))
    text = sentences(path, kb, "en")
    both = statement("mir-126 downregulates pten review-40 stated")
    same = replace(kb, claims=knowledge_base(*more, both).claims)
    told = sentences(search("mir-126", "angiogenesis", same, via=("pten",)).paths[0], same, "en")
    assert "([9], section 3.2 = [40], section 3.2)" in told
    assert "Coherent: [9]/[40] supports every effect, though not recorded as one mechanism." in text


def test_handing_over_costs_and_a_told_story_folds_only_under_a_told_one():
    more = statement("pi3k-akt upregulates vegfa review-9 stated")
    path = search("mir-126", "angiogenesis", knowledge_base(more), via=("vegfa",)).paths[0]
    assert path.cost_parts["handovers"] == pytest.approx(2 * 0.30)
    finer = [
        statement("klf3-as1 upregulates col4a2 review-40 stated"),
        statement("col4a2 downregulates mir-383 review-40 stated"),
    ]
    listed = search("klf3-as1", "angiogenesis", knowledge_base(*finer)).paths
    assert [p.telling for p in listed if p.references == ("review-40",)] == ["told", "coherent"]


def test_the_kind_of_evidence_is_asked_of_effects_only():
    rows = statement("mir-126 promotes angiogenesis review-9 stated")
    seen = replace(rows, evidence_kind="in_vivo")
    kb = knowledge_base(seen)
    (path,) = search("bmsc", "angiogenesis", kb, evidence_kinds=("in_vivo",)).paths
    assert path.entities == ("bmsc", "bmsc-exo", "mir-126", "angiogenesis")


def test_cargo_that_another_paper_found_is_told():
    """Structure does not decide who tells a story, but what carries the cargo matters."""
    more = statement("bmsc-exo-pioglitazone carries mir-126 review-9 stated")
    kb = knowledge_base(more)
    path = search("bmsc-exo-pioglitazone", "angiogenesis", kb).paths[0]
    assert (path.telling, path.references) == ("told", ("review-38",))
    assert cautions(path)["cargo_elsewhere"].text_en == (
        "That pioglitazone-treated BMSC-Exo carries miR-126 is from [9]; [38] tells the effects, "
        "perhaps of another vesicle."
    )
    own = search("bmsc-exo", "angiogenesis", kb, via=("mir-126",)).paths[0]
    assert "cargo_elsewhere" not in cautions(own)


def test_a_paper_that_a_filter_leaves_out_tells_no_mechanism():
    rows = [
        "mir-126 downregulates pik3r2",
        "pik3r2 inhibits pi3k-akt",
        "pi3k-akt promotes angiogenesis",
    ]
    kb = knowledge_base(*(statement(f"{row} review-9 stated") for row in rows))
    assert search("mir-126", "angiogenesis", kb).paths[0].telling == "told"
    other = search("mir-126", "angiogenesis", kb, references=("review-9",)).paths[0]
    assert (other.telling, other.mechanism, other.references) == ("coherent", None, ("review-9",))
    assert search("mir-126", "angiogenesis", kb, references=("review-9",), told=True).paths == ()


def test_the_review_alone_makes_nothing_coherent():
    more = [
        statement("vegfa promotes scar-formation review stated"),
        statement("mir-383 upregulates col4a2 review stated"),
        statement("col4a2 promotes scar-formation review stated"),
    ]
    kb = knowledge_base(*more)
    path = search("mir-383", "scar-formation", kb, via=("col4a2",)).paths[0]
    assert (path.telling, path.coherent, path.handovers) == ("stitched", False, ())
    assert search("mir-383", "scar-formation", kb, coherent=True).paths == ()


def test_told_only_and_coherent_only():
    assert routes(search("bmsc-exo", "angiogenesis", told=True)) == [
        "bmsc-exo mir-126 pik3r2 pi3k-akt angiogenesis",
        "bmsc-exo klf3-as1 mir-383 vegfa angiogenesis",
    ]
    assert routes(search("mir-1260a", "angiogenesis", told=True)) == []
    assert len(search("mir-1260a", "angiogenesis", coherent=True).paths) == 2


def test_stated_only_drops_what_was_derived():
    assert routes(search("klf3-as1", "angiogenesis", stated_only=True)) == ["klf3-as1 angiogenesis"]


def test_no_inferred_drops_only_what_was_inferred():
    assert search("klf3-as1", "proliferative-phase", no_inferred=True).paths == ()
    assert len(search("klf3-as1", "angiogenesis", no_inferred=True).paths) == 1


def test_a_filtered_statement_no_longer_lowers_the_cost():
    more = statement("vegfa promotes angiogenesis review-9 stated")
    kb = knowledge_base(more)
    both = search("vegfa", "angiogenesis", kb).paths[0]
    one = search("vegfa", "angiogenesis", kb, references=("review-9",)).paths[0]
    assert both.cost < one.cost
    assert [s.reference for s in one.steps[0].claim.statements] == ["review-9"]


def test_a_claim_that_is_only_denied_is_not_walked():
    kb = knowledge_base(statement("mir-126 upregulates vegfa review-9 stated", stance="refutes"))
    assert search("mir-126", "vegfa", kb).paths == ()


def test_a_phase_has_the_sign_of_the_process_in_it():
    path = search("klf3-as1", "proliferative-phase").paths[0]
    assert path.sign == "+"
    text = sentences(path, KB, "en")
    assert "angiogenesis, a part of the proliferative phase, goes up, which is wanted" in text


def test_what_healing_does_not_want_is_said():
    kb = knowledge_base(statement("vegfa promotes scar-formation review-9 stated"))
    path = search("vegfa", "scar-formation", kb).paths[0]
    assert "scar formation goes up, which is unwanted" in sentences(path, kb, "en")
    assert "不利于愈合" in sentences(path, kb, "zh")


def test_the_end_may_be_passed_on_the_way_to_another_of_its_type():
    found = routes(search("mir-126", "type:Target"))
    assert "mir-126 pik3r2" in found
    assert "mir-126 pik3r2 pi3k-akt" in found


def test_ends_may_be_roles_and_their_alias():
    for name in ("type:Source", "type:CellSource", "type:source"):
        assert {p.entities[0] for p in search(name, "angiogenesis").paths} == {"bmsc"}


def test_layers_give_the_type_at_each_place():
    layers = ("Source", "Vesicle", "Cargo", "Target", "*", "BiologicalProcess")
    found = search("type:Source", "angiogenesis", layers=layers)
    assert sorted(routes(found)) == [
        "bmsc bmsc-exo klf3-as1 mir-383 vegfa angiogenesis",
        "bmsc bmsc-exo mir-126 pik3r2 pi3k-akt angiogenesis",
    ]


def test_complete_is_true_also_if_there_are_exactly_as_many_as_asked():
    assert search("mir-1260a", "angiogenesis", top=2).complete
    cut = search("mir-1260a", "angiogenesis", top=1)
    assert (cut.complete, cut.stopped_by, len(cut.paths)) == (False, "top", 1)


def test_a_search_that_ran_out_of_work_says_so_and_keeps_the_order():
    whole = search("bone-marrow", "proliferative-phase", fold=False).paths
    for limit in range(1, 60):
        part = search("bone-marrow", "proliferative-phase", fold=False, work_limit=limit)
        assert part.paths == whole[: len(part.paths)]
        assert part.complete == (part.stopped_by is None)
    assert search("bone-marrow", "proliferative-phase", work_limit=3).stopped_by == "limit"


def test_a_deadline_stops_a_search_of_very_many_paths():
    rows = [f"n{a} promotes n{b} review-9 stated" for a in range(14) for b in range(14) if a != b]
    kb = knowledge_base(rows="\n".join(rows), stories={})
    found = search("n0", "n1", kb, timeout=0.05, max_steps=12, top=1000, fold=False)
    assert (found.complete, found.stopped_by) == (False, "deadline")
    costs = [path.cost for path in found.paths]
    assert costs == sorted(costs)


def test_another_cell_is_a_handover_and_another_organism_a_clash():
    one = statement(
        "mir-126 upregulates vegfa review-38 stated",
        context=where(cell="huvec", organism="rat"),
    )
    two = statement(
        "vegfa promotes scar-formation review-38 stated",
        context=where(cell="fibroblast", organism="mouse"),
    )
    kb = knowledge_base(one, two)
    found = cautions(search("mir-126", "scar-formation", kb).paths[0])
    assert found["other_cell"].text_en == (
        "Step 2 was shown in fibroblast, step 1 in HUVEC (cell)."
    )
    assert found["context_clash"].text_zh == "第 2 步见于小鼠，第 1 步见于大鼠（物种不同）。"


def test_a_narrower_kind_is_neither():
    one = statement("mir-126 upregulates vegfa review-38 stated", context=where(cell="huvec"))
    two = statement(
        "vegfa promotes scar-formation review-38 stated", context=where(cell="endothelial-cell")
    )
    path = search("mir-126", "scar-formation", knowledge_base(one, two)).paths[0]
    assert path.warnings == ()


def test_a_context_keeps_the_narrower_and_the_unstated_and_strict_drops_that():
    shown = statement("mir-126 upregulates vegfa review-38 stated", context=where(cell="huvec"))
    open_ = statement("vegfa promotes scar-formation review-38 stated")
    kb = knowledge_base(shown, open_)
    asked = (("cell", "endothelial-cell"),)
    path = search("mir-126", "scar-formation", kb, context=asked).paths[0]
    assert cautions(path)["context_not_stated"].text_en == "No cell is stated for step 2."
    assert search("mir-126", "scar-formation", kb, context=asked, strict_context=True).paths == ()
    assert search("mir-126", "vegfa", kb, context=asked, strict_context=True).paths
    assert search("mir-126", "vegfa", kb, context=(("cell", "fibroblast"),)).paths == ()


def test_a_context_does_not_ask_where_a_vesicle_comes_from():
    asked = (("organism", "rat"),)
    shown = statement(
        "mir-126 promotes angiogenesis review-38 stated", context=where(organism="rat")
    )
    kb = knowledge_base(shown)
    found = search("bone-marrow", "angiogenesis", kb, context=asked, strict_context=True)
    assert routes(found) == ["bone-marrow bmsc bmsc-exo mir-126 angiogenesis"]


def test_a_variant_is_not_the_plain_vesicle():
    more = [
        statement("bmsc-exo-pioglitazone variant_of bmsc-exo review-31 stated"),
        statement("bmsc-exo-pioglitazone promotes angiogenesis review-31 stated"),
    ]
    kb = knowledge_base(*more)
    path = search("bmsc-exo-pioglitazone", "angiogenesis", kb).paths[0]
    text = "Shown for pioglitazone-treated BMSC-Exo, not for plain BMSC-Exo."
    assert cautions(path)["variant"].text_en == text
    assert all("pioglitazone" not in route for route in routes(search("bmsc-exo", "angiogenesis")))


def test_hedged_inferred_and_attenuating_steps_are_told_apart():
    more = [
        statement("mir-126 downregulates col4a2 review-38 stated", effect="attenuates_induction"),
        statement("mir-383 upregulates col4a2 review-38 stated", certainty="hedged"),
        statement("vegfa upregulates col4a2 review-38 inferred"),
    ]
    kb = knowledge_base(*more)
    expected = {
        "mir-126": ("attenuates_induction", "inhibits the induced rise of COL4A2"),
        "mir-383": ("hedged_step", "miR-383 may upregulate COL4A2"),
        "vegfa": ("inferred_step", "[38], section 3.2; inferred"),
    }
    for start, (code, words) in expected.items():
        path = search(start, "col4a2", kb, max_steps=1).paths[0]
        assert list(cautions(path)) == [code]
        assert words in sentences(path, kb, "en")


def test_a_disputed_step_names_who_says_otherwise_whatever_the_filters():
    more = [
        statement("vegfa promotes scar-formation review-9 stated"),
        statement("vegfa suppresses scar-formation review-10 inferred"),
        statement("vegfa promotes scar-formation review-11 stated", stance="refutes"),
    ]
    conflict = Conflict(
        *("vegfa", "promotes", "scar-formation", "vegfa", "suppresses", "scar-formation"),
        source="review",
        explained_by=("cell",),
    )
    kb = knowledge_base(*more, conflicts=(conflict,))
    path = search("vegfa", "scar-formation", kb, stated_only=True).paths[0]
    assert cautions(path)["disputed_step"].text_en == (
        "Disputed: [11] did not find it or denies it; "
        "[10]: VEGFA suppresses scar formation (they differ in cell)."
    )


def test_a_curated_denial_is_told_of_the_step_and_not_as_an_opposite_found_elsewhere():
    more = [
        statement("vegfa promotes scar-formation review-9 stated"),
        statement("vegfa promotes scar-formation review-11 stated", stance="refutes"),
        statement("vegfa no_effect_on scar-formation review-12 stated"),
    ]
    triple = ("vegfa", "promotes", "scar-formation")
    rows = [
        Conflict(*triple, "vegfa", name, "scar-formation", source="review")
        for name in ("promotes", "no_effect_on")
    ]
    kb = knowledge_base(*more, conflicts=tuple(rows))
    told = cautions(search("vegfa", "scar-formation", kb).paths[0])
    assert told["disputed_step"].text_en == (
        "Disputed: [11] did not find it or denies it; [12] found no effect."
    )
    assert "opposed_elsewhere" not in told


def test_a_contradicted_claim_costs_more_and_says_so():
    checked = Verification(
        *("review-40", "3.2", "vegfa", "promotes", "angiogenesis", "up", "down"),
        verdict="contradicted",
        read="full",
        where="Figure 2",
        source="review",
    )
    kb = knowledge_base(verifications=(checked,))
    before, after = (search("vegfa", "angiogenesis", held).paths[0] for held in (KB, kb))
    assert after.cost > before.cost
    assert "contradicted" in cautions(after)


def test_what_an_abstract_does_not_mention_lowers_nothing():
    checked = Verification(
        *("review-40", "3.2", "vegfa", "promotes", "angiogenesis", "up", ""),
        verdict="not_found",
        read="abstract",
        where="",
        source="review",
    )
    kb = knowledge_base(verifications=(checked,))
    before, after = (search("vegfa", "angiogenesis", held).paths[0] for held in (KB, kb))
    assert after.cost == before.cost


@pytest.mark.parametrize(
    ("asked", "code", "hint"),
    [
        ({"start": "mir-127"}, "E002", "mir-126"),
        ({"end": "type:MicroRna2"}, "P101", "MicroRNA"),
        ({"end": "type:Chemical"}, "P102", None),
        ({"end": "mir-126"}, "P104", None),
        ({"via": ("bmsc", "vegfa", "pik3r2", "rat", "human")}, "P105", None),
        ({"max_steps": 0}, "P106", None),
        ({"max_steps": 10_000}, "P106", None),
        ({"top": 0}, "P107", None),
        ({"sign": "plus"}, "P108", None),
        ({"timeout": 0}, "P109", None),
        ({"context": (("cel", "huvec"),)}, "P110", "cell"),
        ({"context": (("cell", "huvek"),)}, "E002", "huvec"),
        ({"context": (("organism", "vegfa"),)}, "P115", None),
        ({"strict_context": True}, "P113", None),
        ({"layers": ("Source",)}, "P114", None),
        ({"layers": ("*",) * 5, "max_steps": 3}, "P114", None),
        ({"references": ("review-83",)}, "P111", "review-38"),
        ({"via": ("vegfa",), "avoid": ("vegfa",)}, "P112", None),
        ({"avoid": ("angiogenesis",)}, "P112", None),
    ],
)
def test_a_wrong_question_is_refused_with_a_code_and_a_cure(asked, code, hint):
    asked = {"start": "mir-126", "end": "angiogenesis"} | asked
    with pytest.raises(InputError) as refused:
        search(asked.pop("start"), asked.pop("end"), **asked)
    assert refused.value.code == code
    assert refused.value.cure
    assert hint is None or hint in refused.value.suggestions


def test_no_path_is_an_answer():
    result = search("angiogenesis", "bmsc")
    assert (result.paths, result.complete, result.stopped_by) == ((), True, None)
    assert to_json(result, KB)["paths"] == []


def test_a_weight_that_could_make_costs_negative_is_refused():
    with pytest.raises(InputError) as refused:
        Weights(stated=1.5)
    assert refused.value.code == "P120"
    assert Weights(verified=1.3).verified == 1.3


def test_weights_change_the_order():
    cheap = search("bmsc-exo", "angiogenesis", weights=Weights(derived=0.01), told=True)
    assert cheap.paths[0].cost > search("bmsc-exo", "angiogenesis", told=True).paths[0].cost


def test_the_document_has_the_agreed_shape():
    document = to_json(search("klf3-as1", "angiogenesis"), KB)
    assert json.loads(json.dumps(document)) == document
    assert list(document) == ["query", "weights", "complete", "stopped_by", "paths"]
    (path,) = document["paths"]
    assert set(path) == {
        *("rank", "sign", "telling", "coherent", "mechanism", "references", "handovers", "cost"),
        *("cost_parts", "weakest", "steps", "shortcuts", "warnings", "text_en", "text_zh"),
    }
    assert set(path["cost_parts"]) == {"evidence", "length", "hubs", "handovers"}
    step = path["steps"][1]
    assert set(step) == {
        *("subject", "predicate", "object", "sign", "claim", "direction", "basis", "evidence"),
        "statements",
    }
    assert (step["subject"], step["sign"], step["basis"]) == ("mir-383", "-", "derived")
    (said,) = step["statements"]
    assert set(said) == {
        *("reference", "section", "quote", "basis", "stance", "context", "source", "paraphrase"),
        *("retracted", "retraction", "other_tissue", "verification"),
        *("eco", "grade"),
    }
    assert (said["eco"], said["grade"]) == ("ECO:0000304", "D")
    assert set(said["context"]) == {
        *("cell", "tissue", "organism", "donor", "model", "condition", "comparator"),
    }


def test_texts_are_plain_in_both_languages():
    for path in search("bone-marrow", "proliferative-phase").paths:
        for lang in ("en", "zh"):
            lines = sentences(path, KB, lang).splitlines()
            assert len(lines) == len(path.steps) + 2 + len(path.warnings)
            assert all(line.endswith((".", "。")) for line in lines)


def test_a_context_of_another_kind_is_refused_with_what_fits():
    with pytest.raises(InputError) as refused:
        search("mir-126", "angiogenesis", context=(("organism", "vegfa"),))
    assert refused.value.message == (
        "'vegfa' is a GeneProduct, which the context field 'organism' does not take."
    )
    assert refused.value.cure.startswith("It takes Organism, such as ")
    assert "GeneProduct goes with condition" in refused.value.cure


def test_a_message_repeats_no_name_at_any_length():
    for asked in ({"start": "x" * 100_000}, {"end": f"type:{'y ' * 50_000}"}):
        with pytest.raises(InputError) as refused:
            search(**({"start": "mir-126", "end": "angiogenesis"} | asked))
        assert len(refused.value.message) < 120
