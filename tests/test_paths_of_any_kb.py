# SPDX-License-Identifier: Apache-2.0
"""Paths on any content: awkward texts, kinds that do not fit, mechanisms without steps."""

import json

from hypothesis import given, settings
from strategies import knowledge_bases

from exograph.arrays import from_kb
from exograph.paths import PathQuery, find, to_json


@settings(max_examples=75, deadline=None)
@given(knowledge_bases(most_claims=12))
def test_any_knowledge_base_gives_a_document(kb):
    arrays = from_kb(kb)
    for start in kb.entities:
        others = tuple(e.id for e in kb.entities if e.id != start.id)
        if not others:
            continue
        result = find(kb, arrays, PathQuery(start=(start.id,), end=others))
        document = to_json(result, kb)
        assert json.loads(json.dumps(document)) == document
        assert result.complete
        for path in document["paths"]:
            assert path["cost"] >= 0
            assert min(path["cost_parts"].values()) >= 0
            assert path["text_en"]
            assert path["text_zh"]
