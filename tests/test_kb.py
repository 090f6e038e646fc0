# SPDX-License-Identifier: Apache-2.0
"""The knowledge base from tables, the roles in it, and entities found by what people type."""

from decimal import Decimal
from pathlib import Path

import pytest

from exograph.errors import InputError
from exograph.ids import claim_id, entity_iri
from exograph.kb import assemble, fill_rates, find_entities, resolve, roles
from exograph.model import Desired, Entity, KnowledgeBase
from exograph.tables import Tables, read_source

DATA = Path(__file__).parent / "data"
GRAPHS = Path(__file__).parents[1] / "graphs"


@pytest.fixture(scope="module")
def tables() -> list[Tables]:
    return [read_source(DATA / "valid" / name)[0] for name in ("review", "paper")]


@pytest.fixture(scope="module")
def kb(tables) -> KnowledgeBase:
    return assemble(tables)


@pytest.fixture(scope="module")
def review() -> KnowledgeBase:
    return assemble([read_source(GRAPHS / "review")[0]])


def test_rows_become_statements_grouped_into_claims_over_all_sources(kb):
    claim = kb.claim[claim_id("mir-126", "downregulates", "pik3r2")]
    assert {s.reference for s in claim.statements} == {"review-38", "li-2021"}
    assert (claim.sign, claim.basis, claim.supported) == (-1, "stated", True)
    in_review = next(s for s in claim.statements if s.source == "review")
    assert in_review.context.organism == ("human", "mouse")
    assert in_review.quote == "miR-126 下调 PIK3R2" and in_review.note is None


def test_derives_from_is_stored_as_secretes(kb):
    assert claim_id("bmsc", "secretes", "bmsc-exo") in kb.claim
    assert all(c.predicate != "derives_from" for c in kb.claims)


def test_numbers_keep_their_digits(kb):
    size, dose = (
        next(a for a in kb.attributes if a.attribute == name) for name in ("size", "dose")
    )
    assert (str(size.value), size.error, size.unit) == ("108.97", Decimal("13.15"), "nm")
    assert dose.value == 10**7


def test_the_desired_direction_comes_with_its_reference(kb):
    assert kb.entity["inflammation"].desired == Desired("down", "review")
    assert kb.entity["tnf"].desired is None


def test_everything_is_sorted_whatever_the_order_of_rows_and_sources(tables, kb):
    turned = [
        Tables(t.folder, t.source, {name: rows[::-1] for name, rows in t.rows.items()})
        for t in reversed(tables)
    ]
    assert assemble(turned) == kb
    assert [c.id for c in assemble(turned).claims] == [c.id for c in kb.claims]


def test_steps_of_a_mechanism_are_in_the_order_of_their_layers(kb):
    (mechanism,) = kb.mechanisms
    assert [s.layer for s in mechanism.steps] == [1, 2, 3, 4, 5]
    assert all(s.claim in kb.claim for s in mechanism.steps)


def test_roles_are_computed_from_the_claims(kb):
    found = roles(kb)
    assert found["bmsc"] == {"Source"}
    assert found["mir-126"] == {"Cargo"}
    assert found["pik3r2"] == found["pi3k-akt-pathway"] == {"Target"}
    assert "angiogenesis" not in found


def test_fill_rates_count_the_cells_that_hold_something(tables):
    rates = {(r.source, r.table, r.column): r for r in fill_rates(tables)}
    rate = rates["review", "statements", "organism"]
    assert (rate.filled, rate.rows, rate.share) == (1, 13, 1 / 13)
    assert rates["review", "statements", "subject"].share == 1.0
    assert not any(table == "remarks" for source, table, _ in rates if source == "paper")


def test_the_review_becomes_a_knowledge_base(review):
    assert len(review.claims) > 300
    assert {"Source"} <= roles(review)["bmsc"]
    assert "Cargo" in roles(review)["mir-126"]


@pytest.mark.parametrize(
    ("text", "id", "matched"),
    [
        ("bmsc-exo", "bmsc-exo", "id"),
        ("血管生成", "angiogenesis", "label_zh"),
        ("BM-MSC", "bmsc", "synonym"),
        ("肿瘤坏死因子", "tnf", "synonym"),
        ("HGNC:8980", "pik3r2", "exact_match"),
        ("TNF-α", "tnf", "label_en"),
        ("tnf alpha", "tnf", "label_en"),
        ("TNFa", "tnf", "label_en"),
        ("ＭＩＲ１２６", "mir-126", "id"),
        ("pi3k akt pathway", "pi3k-akt-pathway", "id"),
        ("PI3K／Akt通路", "pi3k-akt-pathway", "label_zh"),
        ("血管", "angiogenesis", "label_zh"),
        ("angio", "angiogenesis", "id"),
        ("angiogenisis", "angiogenesis", "id"),
        (" bmsc-exo ", "bmsc-exo", "id"),
        ("entity:bmsc-exo", "bmsc-exo", "id"),
        (entity_iri("bmsc-exo"), "bmsc-exo", "id"),
    ],
)
def test_what_people_type_finds_the_entity_first(kb, text, id, matched):
    first = find_entities(kb, text)[0]
    assert (first.id, first.matched) == (id, matched)


@pytest.mark.parametrize("spelling", ["IL-1β", "IL-1b", "IL-1beta", "il 1 Beta", "IL1-b", "il1β"])
def test_greek_letters_may_be_spelled_in_each_way(review, spelling):
    assert resolve(review, spelling).id == "il-1b"


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("IL1B", {"il-1b"}),
        ("CXCL8", {"il-8"}),
        ("ACTA2", {"a-sma"}),
        ("alpha SMA", {"a-sma"}),
        ("TNF", {"tnf-a"}),
        ("Pdcd6ip", {"alix"}),
        ("NF-kB", {"nf-kb-pathway"}),
        ("NFkappaB", {"nf-kb-pathway"}),
        ("HGNC:5992", {"il-1b"}),
        ("MGI:87909", {"a-sma"}),
        ("mirbase:MI0000471", {"mir-126"}),
        ("GO:0070062", {"exosome"}),
    ],
)
def test_symbols_greek_letters_and_identifiers_find_the_entity(review, text, ids):
    assert {h.id for h in find_entities(review, text) if h.score >= 0.8} == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("PKB", {"pi3k-akt-pathway", "pten-akt-pathway"}),
        ("创面", {"skin-wound", "wound-coverage", "wound-healing"}),
        ("凝血", {"thrombin"}),
        ("PI3K", {"pi3k-akt-pathway"}),
    ],
)
def test_part_of_a_name_finds_all_that_have_it(review, text, ids):
    assert ids <= {h.id for h in find_entities(review, text)}


def test_hits_come_once_each_and_best_first(kb):
    hits = find_entities(kb, "bmsc")
    assert [h.id for h in hits[:2]] == ["bmsc", "bmsc-exo"]
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    assert len({h.id for h in hits}) == len(hits)


@pytest.mark.parametrize("text", ["", "  ", "-", "甲乙丙丁", "q" * 10_000, "\x00", "HGNC:8"])
def test_what_names_nothing_finds_nothing(kb, text):
    assert find_entities(kb, text) == ()


def test_an_unknown_name_comes_with_suggestions(kb):
    with pytest.raises(InputError) as caught:
        resolve(kb, "angiogenisis")
    assert (caught.value.code, caught.value.suggestions[0]) == ("E002", "angiogenesis")


def test_part_of_a_name_is_no_name(kb):
    with pytest.raises(InputError) as caught:
        resolve(kb, "angio")
    assert "angiogenesis" in caught.value.suggestions


def test_an_ambiguous_name_comes_with_its_candidates():
    kb = KnowledgeBase(
        entities=(
            Entity("pten", "GeneProduct", "PTEN", "PTEN", synonyms=("MMAC1",)),
            Entity("pten-akt", "Pathway", "PTEN/Akt pathway", "PTEN/Akt 通路", synonyms=("MMAC1",)),
        )
    )
    assert resolve(kb, "PTEN").id == "pten"
    with pytest.raises(InputError) as caught:
        resolve(kb, "mmac-1")
    assert (caught.value.code, caught.value.suggestions) == ("E003", ("pten", "pten-akt"))


def test_every_entity_of_the_review_is_found_by_its_id_and_a_label(review):
    for entity in review.entities:
        assert resolve(review, entity.id) == entity
        for label in (entity.label_en, entity.label_zh):
            assert entity.id in {h.id for h in find_entities(review, label) if h.score > 0.97}


def test_claims_are_found_by_their_triple_and_by_their_subject(review):
    for claim in review.claims:
        assert review.claim_of(claim.subject, claim.predicate, claim.object) is claim
    for subject in ("pten", "nothing-at-all"):
        wanted = tuple(c for c in review.claims if c.subject == subject)
        assert review.claims_from(subject) == wanted
    assert review.claim_of("pten", "inhibits", "nothing-at-all") is None
