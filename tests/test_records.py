# SPDX-License-Identifier: Apache-2.0
"""Records: the knowledge base as canonical JSON."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from strategies import knowledge_bases, simple_kb

from exograph.errors import SnapshotError
from exograph.records import from_json, to_json


@settings(max_examples=30, deadline=None)
@given(knowledge_bases())
def test_records_give_back_the_same_knowledge_base_and_the_same_text(kb):
    text = to_json(kb)
    back = from_json(text)
    assert back == kb
    assert to_json(back) == text  # equality of Decimals overlooks 0.50 against 0.5
    assert [s.id for s in back.statements] == [s.id for s in kb.statements]
    assert [a.id for a in back.attributes] == [a.id for a in kb.attributes]


SMALL = simple_kb(("a", "inhibits", "b"), ("b", "inhibits", "a"))


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "",
        lambda text: "[]",
        lambda text: "null",
        lambda text: "[" * 100_000,
        lambda text: text[: len(text) // 2],
        lambda text: text.replace('"format":1', '"format":2'),
        lambda text: text.replace('"label_en"', '"label_fr"'),
        lambda text: text.replace('"label_en":"a"', '"label_en":7'),
        lambda text: text.replace('"label_en":"a"', '"label_en":null'),
        lambda text: text.replace('"label_en":"a",', ""),
        lambda text: text.replace('"entities":[', '"entities":[3,'),
        lambda text: text.replace('"sections":["1"]', '"sections":"1"'),
        lambda text: text.replace('"statements":[', '"statements":[null,'),
        lambda text: text.replace('"claims":[', '"claims":[{},'),
    ],
)
def test_a_damaged_text_is_refused_with_a_cure(damage):
    text = damage(to_json(SMALL))
    assert text != to_json(SMALL)
    with pytest.raises(SnapshotError) as caught:
        from_json(text)
    assert "exograph build" in caught.value.cure


def test_fields_at_their_default_take_no_room():
    document = json.loads(to_json(SMALL))
    assert document["knowledge_base"]["entities"][0] == {
        "id": "a",
        "type": "GeneProduct",
        "label_en": "a",
        "label_zh": "a",
    }


def test_what_follows_from_a_reference_is_not_written_and_comes_back():
    gone = (replace(SMALL.references[0], retraction="retracted"),)
    kb = replace(SMALL, references=gone)
    assert all(s.retracted for s in kb.statements)
    text = to_json(kb)
    assert text.count("retracted") == 1
    assert from_json(text) == kb
    with pytest.raises(SnapshotError):
        from_json(text.replace('"section":"1"', '"section":"1","retracted":true'))


def test_a_field_that_differs_from_its_default_is_kept():
    kb = replace(SMALL, entities=(replace(SMALL.entities[0], synonyms=("z",)), SMALL.entities[1]))
    assert from_json(to_json(kb)).entities[0].synonyms == ("z",)
