# SPDX-License-Identifier: Apache-2.0
"""A page beside an import that is too large for it: left out as a whole, and named."""

import json
import re

import pytest
from sample import everything

from exograph.kb.merging import merged, together
from exograph.model import Claim, Entity, KnowledgeBase, Reference, Source, Statement
from exograph.views import html, scopes

OURS = everything()


def taken(name, number):
    """An import of so many claims, one end of which is an entity of the tables."""
    said = [
        Statement(f"hgnc-{n}", "interacts_with", "vegfa", name, "record", name)
        for n in range(number)
    ]
    return KnowledgeBase(
        sources=(Source(name, name, name, "CC0-1.0", "2026-11-27", "records", ("record",)),),
        entities=tuple(
            sorted(
                (
                    Entity(f"hgnc-{n}", "GeneProduct", f"g{n}", f"g{n}", exact_match=(f"HGNC:{n}",))
                    for n in range(number)
                ),
                key=lambda e: e.id,
            )
        ),
        references=(Reference(name, "dataset", name, title=name),),
        claims=tuple(
            sorted(
                (Claim(s.subject, s.predicate, s.object, (s,)) for s in said),
                key=lambda c: (c.subject, c.predicate, c.object),
            )
        ),
    )


BOTH = merged(together([OURS, taken("large", 300), taken("small", 20)]))


@pytest.fixture
def room_for(monkeypatch):
    return lambda claims: monkeypatch.setattr(scopes, "MOST_CLAIMS", claims)


def test_with_room_for_all_nothing_is_left_out(room_for):
    assert scopes.carried(BOTH) == (BOTH, ())
    room_for(len(OURS.claims))
    assert scopes.carried(OURS) == (OURS, ())


def test_the_largest_imports_are_left_out_first_and_tables_never(room_for):
    room_for(len(OURS.claims) + 30)
    kb, left_out = scopes.carried(BOTH)
    assert [(source.id, claims) for source, claims in left_out] == [("large", 300)]
    assert "small" in {s.id for s in kb.sources} and "hgnc-19" in kb.entity
    assert "hgnc-299" not in kb.entity and "large" not in kb.reference
    room_for(1)
    kb, left_out = scopes.carried(BOTH)
    assert [source.id for source, _ in left_out] == ["large", "small"]
    assert (kb.claims, kb.sources, kb.references) == (OURS.claims, OURS.sources, OURS.references)
    assert {e.id for e in kb.entities} == {e.id for e in OURS.entities}


def test_a_page_that_leaves_one_out_says_so_and_asks_for_no_paths_of_it(room_for, visit):
    room_for(len(OURS.claims) + 30)
    text = html.page(BOTH)
    data = json.loads(
        re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.S)[1]
    )
    assert data["left_out"] == [{"id": "large", "claims": 300}]
    assert "large" not in data["sources"] and "small" in data["sources"]
    page = visit(text)
    assert "large (300) not in this page" in page.locator("#key").inner_text()
    page.locator("[data-filter='source:literature']").click()
    page.locator("[data-filter='source:small']").click()
    assert "source:large" not in page.locator("#key").inner_html()
