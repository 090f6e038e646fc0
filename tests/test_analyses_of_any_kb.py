# SPDX-License-Identifier: Apache-2.0
"""Comparisons, gaps and matrices of any content: sound documents, and pictures that are markup."""

import json
from importlib import resources
from xml.etree import ElementTree

from hypothesis import given, settings
from jsonschema import Draft202012Validator
from strategies import knowledge_bases

from exograph.arrays import from_kb
from exograph.paths import PathQuery
from exograph.paths.analyses import comparison_json, gaps_json, matrix_json
from exograph.paths.compare import compare
from exograph.paths.gaps import gaps
from exograph.paths.matrix import matrix
from exograph.views import heatmap

FOLDER = resources.files("exograph") / "schemas"


def validator(name):
    return Draft202012Validator(json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")))


VALIDATORS = {name: validator(name) for name in ("compare", "gaps", "matrix")}


def sound(name, document):
    assert json.loads(json.dumps(document)) == document
    VALIDATORS[name].validate(document)


@settings(max_examples=30, deadline=None)
@given(knowledge_bases(most_claims=12))
def test_any_knowledge_base_can_be_analysed(kb):
    arrays = from_kb(kb)
    sound("gaps", gaps_json(gaps(kb, arrays)))
    ids = tuple(entity.id for entity in kb.entities)
    if len(ids) < 2:
        return
    found = matrix(kb, arrays, PathQuery(ids, ids))
    sound("matrix", matrix_json(found))
    for lang in ("en", "zh"):
        ElementTree.fromstring(heatmap.svg(kb, found, lang))
        assert "<script" not in heatmap.html(kb, found, lang).lower()
    others = tuple(f"type:{kb.entity[id].type}" for id in ids[2:])
    if others:
        compared = compare(kb, arrays, PathQuery(ids[:2], others, fold=False, top=3))
        sound("compare", comparison_json(compared, kb))
