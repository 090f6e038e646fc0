# SPDX-License-Identifier: Apache-2.0
"""One thing under several ids: seen as one, while claims and statements keep theirs."""

from dataclasses import replace
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import knowledge_bases

from exograph.arrays import from_kb
from exograph.ids import slug_of
from exograph.kb.merging import equivalents, merged, together
from exograph.model import Claim, Entity, KnowledgeBase, Reference, Source, Statement
from exograph.paths import PathQuery, find
from exograph.rdf import from_rdf, to_rdf

SOURCE = Source("theirs", "T", "T", "CC0-1.0", "2026-11-27", "records", ("record",))


def gene(id, *exact, type="GeneProduct"):
    return Entity(id, type, id.upper(), id.upper(), exact_match=exact)


def claim(subject, predicate, object_, reference="r", source="theirs"):
    said = Statement(subject, predicate, object_, reference, "record", source)
    return Claim(subject, predicate, object_, (said,))


def test_classes_are_those_of_shared_matches_and_curators_ids_stand_for_them():
    found = equivalents(
        [
            gene("hgnc-1", "HGNC:1", "NCBIGene:1"),
            gene("pten", "HGNC:1"),
            gene(slug_of("NCBIGene:1"), "NCBIGene:1"),
            gene("hgnc-2", "HGNC:2"),
            gene("mir", "HGNC:2", type="MicroRNA"),  # of another kind: not the same
            gene("other"),
        ]
    )
    assert found == {"hgnc-1": "pten", slug_of("NCBIGene:1"): "pten"}


def test_a_claim_is_seen_between_the_classes_and_keeps_its_id():
    theirs = claim("hgnc-1", "upregulates", "hgnc-2")
    ours = claim("pten", "upregulates", "hgnc-2", source="review")
    kb = KnowledgeBase(
        sources=(SOURCE,),
        entities=(gene("hgnc-1", "HGNC:1"), gene("hgnc-2", "HGNC:2"), gene("pten", "HGNC:1")),
        claims=(theirs, ours),
    )
    seen = merged(kb)
    assert {c.id for c in seen.claims} == {theirs.id, ours.id}
    assert {(c.subject, c.object) for c in seen.claims} == {("pten", "hgnc-2")}
    assert all(s.claim == c.id for c in seen.claims for s in c.statements)
    assert [e.id for e in seen.entities] == ["hgnc-2", "pten"]
    assert seen.entity["pten"].synonyms == ("HGNC-1",)
    assert seen.claims_from("pten") == seen.claims and seen.claim[theirs.id].subject == "pten"
    assert kb.claims == (theirs, ours)


def test_citations_of_one_paper_are_one_study_whoever_has_them():
    kb = KnowledgeBase(
        references=(
            Reference("lit-wang", "article", "literature", study="wang-2020", pmid="5"),
            Reference("theirs-pmid-5", "cited", "theirs", study="pmid-5", pmid="5"),
            Reference("theirs-pmid-6", "cited", "theirs", study="pmid-6", pmid="6"),
        )
    )
    assert [together([kb]).study_of(r.id) for r in kb.references] == ["wang-2020"] * 2 + ["pmid-6"]


matches = st.lists(st.sampled_from([f"X:{n}" for n in range(5)]), max_size=3, unique=True)


@given(st.lists(st.tuples(matches, st.sampled_from(["GeneProduct", "Chemical"])), max_size=7))
def test_two_are_one_exactly_if_a_chain_of_matches_joins_them(held):
    entities = [
        Entity(f"e{n}", kind, "e", "e", exact_match=tuple(sorted(curies)))
        for n, (curies, kind) in enumerate(held)
    ]
    joined = {e.id: {e.id} for e in entities}
    for _ in entities:
        for one, other in combinations(entities, 2):
            if one.type == other.type and set(one.exact_match) & set(other.exact_match):
                both = joined[one.id] | joined[other.id]
                for id in both:
                    joined[id] = joined[id] | both
    found = equivalents(entities)
    for one, other in combinations(entities, 2):
        same = found.get(one.id, one.id) == found.get(other.id, other.id)
        assert same == (other.id in joined[one.id])
    assert not set(found) & set(found.values())


@settings(max_examples=30, deadline=None)
@given(knowledge_bases(), st.data())
def test_merging_keeps_every_claim_and_the_stored_one_comes_back_from_rdf(kb, data):
    bare = replace(kb, entities=tuple(replace(e, exact_match=()) for e in kb.entities))
    assert merged(bare) is bare
    marked = []
    for entity in kb.entities:
        exact = data.draw(matches)
        marked.append(replace(entity, exact_match=tuple(sorted(exact)), close_match=()))
    kb = replace(kb, entities=tuple(marked))
    seen = merged(kb)
    assert sorted(c.id for c in seen.claims) == sorted(c.id for c in kb.claims)
    held = {e.id for e in seen.entities}
    assert all({c.subject, c.object} <= held for c in seen.claims)
    triples = [(c.subject, c.predicate, c.object) for c in seen.claims]
    assert triples == sorted(triples)
    assert merged(seen).entities == seen.entities
    assert from_rdf(to_rdf(kb)) == kb


def test_sources_are_put_together_without_loss():
    ours = KnowledgeBase(
        sources=(replace(SOURCE, id="ours"),),
        entities=(gene("a", "X:1"),),
        claims=(claim("a", "upregulates", "a", source="ours"),),
    )
    theirs = KnowledgeBase(
        sources=(SOURCE,),
        entities=(gene("a", "X:1", "X:2"), gene("b")),
        claims=(claim("a", "upregulates", "a"), claim("a", "upregulates", "b")),
    )
    both = together([ours, theirs])
    assert [s.id for s in both.sources] == ["ours", "theirs"]
    assert [(e.id, e.exact_match) for e in both.entities] == [("a", ("X:1", "X:2")), ("b", ())]
    assert [len(c.statements) for c in both.claims] == [2, 1]
    assert together([ours]) == ours


def test_a_path_over_filtered_statements_still_names_the_claim_by_its_id():
    theirs = claim("hgnc-1", "upregulates", "hgnc-2")
    theirs = replace(
        theirs, statements=(*theirs.statements, replace(theirs.statements[0], source="more"))
    )
    onward = claim("pten", "upregulates", "goal", source="ours")
    kb = merged(
        KnowledgeBase(
            sources=tuple(replace(SOURCE, id=id) for id in ("more", "ours", "theirs")),
            entities=(
                gene("goal"),
                gene("hgnc-1", "HGNC:1"),
                gene("hgnc-2", "HGNC:2"),
                gene("pten", "HGNC:2"),
            ),
            references=(Reference("r", "article", "ours"),),
            claims=(theirs, onward),
        )
    )
    query = PathQuery(("hgnc-1",), ("goal",), sources=("theirs", "ours"))
    (path,) = find(kb, from_kb(kb), query).paths
    assert [step.claim.id for step in path.steps] == [theirs.id, onward.id]
    assert path.entities == ("hgnc-1", "pten", "goal")
