# SPDX-License-Identifier: Apache-2.0
"""Each way in which the review, or a reader, writes a name finds the entity that is meant, first.

``tests/data/written_forms.tsv`` holds what is written and the entity's id: the review's own full
and short forms, Chinese and English, and other spellings of symbols (IL1B, PKB, NFκB, a-SMA).
"""

from pathlib import Path

import pytest

from exograph.kb import assemble, find_entities, resolve
from exograph.kb.finding import EXACT, fold
from exograph.model import Entity, KnowledgeBase
from exograph.tables import read_source

HERE = Path(__file__).parent
GRAPHS = HERE.parent / "graphs"
LINES = (HERE / "data" / "written_forms.tsv").read_text(encoding="utf-8").splitlines()[1:]
FORMS = dict(line.split("\t") for line in LINES)
IN_PART = {"AIF", "Gel-dECM-Qcs", "凋亡", "凋亡诱导因子", "增殖", "瘢痕组织", "迁移"}
"""Words of longer names; all others name their entity outright."""


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    return assemble([read_source(GRAPHS / name)[0] for name in ("review", "literature")])


@pytest.mark.parametrize(("written", "id"), FORMS.items())
def test_what_is_written_finds_its_entity_first(kb, written, id):
    assert find_entities(kb, written)[0].id == id


def test_the_list_is_long_and_has_every_sort_of_writing():
    assert len(LINES) == len(FORMS) > 300 and len(set(FORMS.values())) > 180
    two = [form for form in FORMS if len(form) == 2 and "\u4e00" <= min(form) <= max(form)]
    assert len(two) > 30
    for form in ("α-SMA", "ＩＬ－１β", "磷酸肌醇 3-激酶调节亚基 2", "hsa-miR-126", "PKB", "IL1B"):
        assert form in FORMS


@pytest.mark.parametrize("written", sorted(FORMS.keys() - IN_PART))
def test_a_written_form_can_stand_for_the_entity_in_any_command(kb, written):
    assert resolve(kb, written).id == FORMS[written]


@pytest.mark.parametrize("written", sorted(IN_PART))
def test_a_word_of_a_name_does_not_stand_for_it(kb, written):
    assert find_entities(kb, written)[0].score < EXACT


def test_pkb_is_the_kinase_first_and_then_the_pathways_that_are_named_after_it(kb):
    found = [hit.id for hit in find_entities(kb, "PKB")]
    assert found[0] == "akt" and {"pi3k-akt-pathway", "pten-akt-pathway"} <= set(found)


def test_the_last_word_of_a_chinese_name_counts_like_its_first(kb):
    """凋亡 is what 细胞凋亡 is; in 凋亡诱导因子的核易位 it is part of the name of a factor."""
    order = [hit.id for hit in find_entities(kb, "凋亡")]
    assert order.index("apoptosis") < order.index("aif-nuclear-translocation")


def test_an_english_name_in_the_plural_is_the_name_and_a_symbol_in_s_is_itself():
    kb = KnowledgeBase(
        entities=(
            Entity("ros", "Chemical", "ROS", "活性氧"),
            Entity("exosome", "Vesicle", "exosome", "外泌体"),
            Entity("virus", "Organism", "virus", "病毒"),
        )
    )
    assert resolve(kb, "exosomes").id == "exosome"
    assert resolve(kb, "ROS").id == "ros"
    assert [hit.score >= EXACT for hit in find_entities(kb, "viru")] == [False]


def test_a_microrna_of_a_species_is_no_other_number_and_keeps_its_arm(kb):
    assert fold("hsa-miR-126-3p") == fold("miR-126-3p") != fold("miR-126")
    assert resolve(kb, "rno-miR-126-5p").id == "mir-126-5p"


def test_parts_in_another_order_find_what_has_them_all(kb):
    assert "tgfb3-tgfb1-ratio" in {hit.id for hit in find_entities(kb, "TGF-β1 与 TGF-β3 比率")}
    assert {hit.id for hit in find_entities(kb, "脂肪 外泌体")} >= {"adsc-exo"}
    assert find_entities(kb, "脂肪 qqqq") == ()


def test_a_label_is_found_without_what_stands_in_its_brackets(kb):
    assert kb.entity["ifn-g"].label_zh == "干扰素-γ（IFN-γ）"
    assert resolve(kb, "干扰素-γ").id == resolve(kb, "IFN-γ").id == "ifn-g"
