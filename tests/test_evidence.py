# SPDX-License-Identifier: Apache-2.0
"""Codes and grades of evidence: the rules, the terms of ECO, and that nothing of it is stored."""

import csv
import gzip
import re
from dataclasses import astuple, fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Literal, URIRef

from exograph import rdf, vocab
from exograph.ids import statement_iri, term_iri
from exograph.kb import assemble, best_grade, evidence, group_claims
from exograph.kb.eco import DIRECT_METHODS, RULES, Rule
from exograph.model import Entity, KnowledgeBase, Reference, Statement, Verification
from exograph.rdf.prefixes import expand
from exograph.tables import read_source

ROOT = Path(__file__).parents[1]
WHOLE = ROOT.parent / "shared" / "data" / "ontologies" / "eco-basic.obo.gz"
NAMES = {rule.eco: rule.label_en for rule in RULES}

REFERENCES = (
    Reference("review", "review", "s"),
    Reference("review-3", "cited", "s"),
    Reference("paper", "article", "s"),
    Reference("again", "article", "s", study="paper"),
    Reference("other", "article", "s"),
    Reference("trial", "registry", "s"),
    Reference("bad", "article", "s", study="lost", retraction="retracted"),
    Reference("lost", "cited", "s"),
    Reference("mended", "article", "s", retraction="corrected"),
)


def said(reference="paper", *methods, subject="exo", predicate="promotes", object="x", **cells):
    return Statement(subject, predicate, object, reference, "1", "s", method=methods, **cells)


def knowledge_base(*statements, verdicts=()):
    entities = (Entity("exo", "Vesicle", "e", "e"), Entity("mir", "MicroRNA", "m", "m"))
    return KnowledgeBase(
        entities=entities,
        references=tuple(sorted(REFERENCES, key=lambda r: r.id)),
        claims=group_claims(statements),
        verifications=tuple(
            Verification("review-3", "1", "exo", "promotes", "x", "a", "b", verdict, read, "w", "s")
            for verdict, read in verdicts
        ),
    )


def judged(statement, *others, verdicts=()):
    found = evidence(knowledge_base(statement, *others, verdicts=verdicts), statement)
    return found.eco.removeprefix("ECO:000"), found.grade


# ------------------------------------------------------------------ the terms of ECO


def terms(text):
    """Names of the terms of an OBO file that are not obsolete, by id."""
    blocks = [block for block in text.split("\n\n") if block.startswith("[Term]")]
    return {
        re.search(r"^id: (.*)$", block, re.M)[1]: re.search(r"^name: (.*)$", block, re.M)[1]
        for block in blocks
        if "is_obsolete: true" not in block
    }


def test_agreement_with_a_paper_that_may_not_be_the_cited_one_firms_nothing():
    statement = said("review-3")
    kb = knowledge_base(statement, verdicts=[("supported", "abstract")])
    grades = {
        status: evidence(
            replace(
                kb,
                references=tuple(
                    replace(r, status=status) if r.id == "review-3" else r for r in kb.references
                ),
            ),
            statement,
        ).grade
        for status in (None, "identified", "partly_identified", "candidates", "not_identified")
    }
    assert grades == {None: "D+", "identified": "D+", "partly_identified": "D", "candidates": "D",
                      "not_identified": "D"}  # fmt: skip


def test_every_code_and_name_is_in_the_extract_of_eco_and_nothing_else_is():
    text = (ROOT / "ontology" / "eco-extract.obo").read_text(encoding="utf-8")
    assert terms(text) == NAMES
    assert "commit 28e39bd2df92afd42aa0b80be3c56aad936c4e87 of 2024-07-19" in text
    assert "CC0-1.0" in text


@pytest.mark.skipif(not WHOLE.exists(), reason="the whole of ECO is not at hand")
def test_the_extract_is_word_for_word_from_eco():
    whole = gzip.decompress(WHOLE.read_bytes()).decode("utf-8")
    known = terms(whole)
    assert {id: known.get(id) for id in NAMES} == NAMES
    extract = (ROOT / "ontology" / "eco-extract.obo").read_text(encoding="utf-8")
    for line in extract.split("\n"):
        assert line.startswith(("remark:", "format-")) or f"{line}\n" in whole


def test_the_table_for_other_programs_is_the_rules():
    path = ROOT / "ontology" / "evidence.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    assert head == [field.name for field in fields(Rule)]
    assert [tuple(row) for row in rows] == [astuple(rule) for rule in RULES]


def test_rules_ask_for_values_of_the_vocabulary_and_none_is_in_the_shade_of_another():
    for rule in RULES:
        assert rule.basis in ("", *vocab.BASES)
        assert rule.reference_kind in ("", *vocab.REFERENCE_KINDS)
        assert rule.evidence_kind in ("", *vocab.EVIDENCE_KINDS)
        assert rule.directness in ("", *vocab.DIRECTNESSES)
    needs = [astuple(rule)[:5] for rule in RULES]
    assert len(set(needs)) == len(needs)
    assert needs[-1] == ("",) * 5
    assert {rule.method for rule in RULES} >= set(DIRECT_METHODS)
    assert {rule.evidence_kind for rule in RULES} == {"", *vocab.EVIDENCE_KINDS}


# ------------------------------------------------------------------ code and grade


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (said("review-3"), ("0304", "D")),
        (said("review-3", evidence_kind="clinical"), ("0304", "D")),
        (said("review"), ("0303", "D")),
        (said("trial", evidence_kind="clinical"), ("0302", "D")),
        (said("review", basis="inferred", note="n"), ("0305", "E")),
        (said("review-3", basis="derived"), ("0304", "D")),
        (said(evidence_kind="clinical"), ("7121", "A")),
        (said(evidence_kind="in_vivo"), ("7120", "B")),
        (said("paper", "western-blot", evidence_kind="in_vivo"), ("0279", "B")),
        (said(evidence_kind="ex_vivo"), ("7690", "C")),
        (said(evidence_kind="in_vitro"), ("7695", "C")),
        (said("paper", "qrt-pcr"), ("1567", "C")),
        (said("paper", "in-vivo-wound-assay"), ("7120", "B")),
        (said("paper", "target-prediction"), ("7668", "D")),
        (said(evidence_kind="in_silico"), ("7668", "D")),
        (said(evidence_kind="narrative"), ("0302", "D")),
        (said(), ("0302", "D")),
        (said("paper", "no-such-method"), ("0302", "D")),
        (said(directness="direct"), ("0314", "C+")),
        (said("paper", "luciferase-reporter-assay", evidence_kind="in_vitro"), ("5648", "C+")),
        (said("paper", "western-blot", "luciferase-reporter-assay"), ("5648", "C+")),
        (said("paper", "rna-pull-down", directness="indirect"), ("6083", "C")),
        (said(evidence_kind="in_vivo", directness="direct"), ("7120", "B+")),
        (said("bad", evidence_kind="in_vivo"), ("7120", "none")),
        (said("lost"), ("0304", "none")),
        (said("mended", evidence_kind="in_vivo"), ("7120", "B")),
    ],
)
def test_code_and_grade_follow_from_reference_kind_method_and_directness(statement, expected):
    assert judged(statement) == expected


@pytest.mark.parametrize(
    ("verdicts", "grade"),
    [
        ([("supported", "abstract")], "D+"),
        ([("supported_with_difference", "full")], "D"),
        ([("not_found", "abstract")], "D"),
        ([("not_checked", "abstract")], "D"),
        ([("not_found", "full")], "E"),
        ([("contradicted", "abstract")], "E"),
        ([("supported", "abstract"), ("contradicted", "full")], "E"),
    ],
)
def test_who_read_the_paper_confirms_or_lowers_what_was_only_stated(verdicts, grade):
    assert judged(said("review-3"), verdicts=verdicts)[1] == grade
    assert judged(said("review-3", object="y"), verdicts=verdicts)[1] == "D"


def test_a_vesicle_that_its_study_isolated_and_characterised_is_firmer():
    cells = said(evidence_kind="in_vitro")
    isolated = said("again", predicate="isolated_by", object="m")
    marked = said(predicate="has_marker", object="cd63")
    assert judged(cells, isolated)[1] == judged(cells, marked)[1] == "C"
    assert judged(cells, isolated, marked)[1] == "C+"
    assert judged(replace(cells, reference="other"), isolated, marked)[1] == "C"
    assert judged(replace(cells, subject="mir"), isolated, marked)[1] == "C"
    denied = replace(marked, stance="refutes")
    assert judged(cells, isolated, denied)[1] == "C"


def test_a_claim_is_as_good_as_its_best_supporting_statement():
    kb = knowledge_base(
        said("review-3"),
        said("other", evidence_kind="in_vivo"),
        said("paper", evidence_kind="clinical", stance="refutes"),
        said("bad", evidence_kind="clinical"),
    )
    assert best_grade(kb, kb.claims[0]) == "B"
    denied = knowledge_base(said(stance="null"))
    assert best_grade(denied, denied.claims[0]) is None


maybe = st.sampled_from


@given(
    reference=maybe([*(r.id for r in REFERENCES), "unknown"]),
    methods=st.sets(maybe([rule.method for rule in RULES if rule.method] + ["x"]), max_size=3),
    basis=maybe(vocab.BASES),
    kind=maybe([None, *vocab.EVIDENCE_KINDS]),
    directness=maybe([None, *vocab.DIRECTNESSES]),
    verdict=maybe(vocab.VERDICTS),
)
def test_every_statement_has_a_code_and_a_grade_and_second_hand_is_never_above_d(
    reference, methods, basis, kind, directness, verdict
):
    statement = said(
        reference, *sorted(methods), basis=basis, evidence_kind=kind, directness=directness
    )
    kb = knowledge_base(statement, verdicts=[(verdict, "full")])
    found = evidence(kb, statement)
    assert NAMES[found.eco] == found.label_en
    assert found.grade in vocab.GRADES
    if basis == "inferred" or reference in ("review", "review-3", "trial", "unknown"):
        assert vocab.GRADES.index(found.grade) >= vocab.GRADES.index("D+")


def test_the_review_is_stated_inferred_or_checked():
    kb = assemble([read_source(ROOT / "graphs" / "review")[0]])
    for statement in kb.statements:
        found = evidence(kb, statement)
        assert found.grade in ("D", "D+", "E", "none")
        assert found.eco in ("ECO:0000303", "ECO:0000304", "ECO:0000305")


# ------------------------------------------------------------------ RDF


def test_the_rdf_says_both_and_neither_is_read_back():
    statement = said("paper", "western-blot", evidence_kind="in_vivo")
    kb = knowledge_base(statement)
    graph = rdf.to_rdf(kb)
    node = URIRef(statement_iri(statement.id))
    code, grade = (URIRef(term_iri(name)) for name in ("evidenceCode", "grade"))
    eco = expand("ECO:0000279", rdf.read_prefixes(ROOT / "ontology" / "prefixes.tsv"))
    assert list(graph.objects(node, code)) == [URIRef(eco)]
    assert list(graph.objects(node, grade)) == [Literal("B")]
    assert rdf.from_rdf(graph) == kb
    graph.set((node, grade, Literal("A+")))
    assert rdf.from_rdf(graph) == kb


def test_letters_and_grades_are_the_same_list():
    assert [*dict.fromkeys(grade.rstrip("+") for grade in vocab.GRADES)] == [*vocab.GRADE_TERMS]
