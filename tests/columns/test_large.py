# SPDX-License-Identifier: Apache-2.0
"""Sources in columns give what the same sources give as model objects: records, triples, paths."""

from dataclasses import fields, replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import knowledge_bases

from exograph import rdf, store, vocab
from exograph.arrays import from_joined, from_kb
from exograph.columns.joined import Joined
from exograph.columns.large import LargeKnowledgeBase
from exograph.columns.quads import nquads
from exograph.columns.rows import Rows
from exograph.columns.tallies import tallies
from exograph.exchange import kgx
from exograph.exchange.content import Content
from exograph.kb.assembling import group_claims
from exograph.kb.merging import merged, together
from exograph.model import Entity, KnowledgeBase, Reference, Source, Statement
from exograph.paths import PathQuery, find
from exograph.paths.kinship import kinship
from exograph.paths.rank import WEIGHTS
from exograph.paths.settling import settle
from exograph.snapshot.counts import counts
from exograph.views.scenes import ball
from exograph.views.scopes import carried, nearby

ROOT = Path(__file__).parents[2]
ONTOLOGY = store.read_turtle(ROOT / "ontology" / "exograph.ttl")
PREFIXES = rdf.read_prefixes(ROOT / "ontology" / "prefixes.tsv")
NAMES = ("more", "theirs")
CURIES = tuple(f"HGNC:{n}" for n in range(6))
PAPERS = tuple(str(n) for n in range(1, 5))


@st.composite
def parts(draw, kb):
    """Imports that share entities, identifiers and papers with a knowledge base."""
    made = []
    for name in NAMES[: draw(st.integers(1, 2))]:
        kinds = st.sampled_from(("GeneProduct", "Chemical", "CellType"))
        own = [
            Entity(f"x{n}", draw(kinds), f'thing {n} {{"}}', "物", exact_match=exact)
            for n in range(draw(st.integers(1, 4)))
            if (exact := tuple(sorted(draw(st.sets(st.sampled_from(CURIES), max_size=2))))) or True
        ]
        entities = {e.id: e for e in (*kb.entities, *own)}
        references = [
            Reference(f"{name}-pmid-{n}", "cited", name, study=f"pmid-{n}", pmid=n) for n in PAPERS
        ] + [Reference(name, "dataset", name, title="a set")]
        ids = st.sampled_from(sorted(entities))
        said = st.builds(
            Statement,
            *(ids, st.sampled_from(sorted(vocab.PREDICATES)), ids),
            st.sampled_from([r.id for r in references]),
            *(st.sampled_from(("record", "table {1}")), st.just(name)),
            basis=st.sampled_from(vocab.BASES),
            stance=st.sampled_from(("supports", "supports", "refutes")),
            note=st.sampled_from((None, 'a "note" {h} \\ \n with é')),
        )
        held = draw(st.lists(said, max_size=12, unique=True))
        made.append(
            KnowledgeBase(
                sources=(
                    Source(name, name, name, "CC0-1.0", "2026-11-27", "records", ("record",)),
                ),
                entities=tuple(entities[id] for id in sorted(entities)),
                references=tuple(sorted(references, key=lambda r: r.id)),
                claims=group_claims(held),
            )
        )
    return made


@st.composite
def with_imports(draw):
    kb = draw(knowledge_bases())
    gone = Reference("lit-1", "article", kb.sources[0].id, pmid="1", retraction="retracted")
    references = tuple(sorted((*kb.references, gone), key=lambda r: r.id))
    marked = tuple(
        replace(e, exact_match=tuple(sorted(draw(st.sets(st.sampled_from(CURIES), max_size=1)))))
        for e in kb.entities
    )
    kb = replace(kb, references=references, entities=marked)
    kb = together([kb])
    return kb, draw(parts(kb))


def in_columns(kb, imports, tmp_path_factory=None, **more):
    rows = [Rows.of_kb(each) for each in imports]
    joined = Joined.of(kb, rows, **more)
    if tmp_path_factory is None:
        return joined
    folder = tmp_path_factory.mktemp("joined")
    joined.save(folder)
    for name, part in zip(NAMES, rows, strict=False):
        (folder / name).mkdir()
        part.save(folder / name)
    opened = [Rows.open(folder / name) for name, _ in zip(NAMES, rows, strict=False)]
    return Joined.open(folder, kb, opened)


@settings(max_examples=25, deadline=None)
@given(with_imports())
def test_records_are_those_of_model_objects(tmp_path_factory, given_sources):
    kb, imports = given_sources
    for merging in (True, False):
        expected = together([kb, *imports])
        expected = merged(expected) if merging else expected
        large = LargeKnowledgeBase.of(in_columns(kb, imports, tmp_path_factory, merging=merging))
        for field in fields(KnowledgeBase):
            assert tuple(getattr(large, field.name)) == getattr(expected, field.name), field.name
        assert [c.id for c in large.claims] == [c.id for c in expected.claims]
        assert dict(large.entity) == expected.entity
        assert dict(large.reference) == expected.reference
        assert dict(large.claim) == expected.claim
        assert large.notices == expected.notices
        assert sorted(s.id for s in large.statements) == sorted(s.id for s in expected.statements)
        assert list(large.outlines()) == list(expected.outlines())
        assert large.kinds == expected.kinds
        for kind in vocab.REFERENCE_KINDS:
            by_id = sorted(large.references_of(kind), key=lambda r: r.id)
            assert by_id == list(expected.references_of(kind))
        for id, name in product(expected.entity, ("is_a", "upregulates")):
            assert large.claims_from(id) == expected.claims_from(id)
            assert large.claims_from(id, name) == expected.claims_from(id, name)
            assert large.claims_between(id, "pik3r2") == expected.claims_between(id, "pik3r2")
            assert large.claims_at(id) == expected.claims_at(id)
            assert list(large.claims_of(name)) == list(expected.claims_of(name))
            assert large.claim_of(id, name, id) == expected.claim_of(id, name, id)
        assert "no-such" not in large.entity
        assert large.claims_from("no-such") == large.claims_at("no-such") == ()


@settings(max_examples=25, deadline=None)
@given(with_imports())
def test_triples_arrays_and_counts_are_those_of_model_objects(given_sources):
    kb, imports = given_sources
    joined, whole = in_columns(kb, imports), together([kb, *imports])
    text = rdf.to_nquads(whole, ONTOLOGY, prefixes=PREFIXES)
    lines = b"".join(nquads(joined, ONTOLOGY, PREFIXES)).splitlines()
    assert set(lines).symmetric_difference(text.splitlines()) == set()
    assert lines == text.splitlines()
    assert tallies(joined, counts(kb, 7)) == counts(whole, 7)
    expected, found = from_kb(merged(whole)), from_kb(LargeKnowledgeBase.of(joined))
    for field in fields(expected):
        one, other = getattr(expected, field.name), getattr(found, field.name)
        same = one.dtype.kind == "S" or one.dtype == other.dtype  # texts may be wider than need be
        assert np.array_equal(one, other) and same, field.name


queries = st.fixed_dictionaries(
    {},
    optional={
        "stated_only": st.booleans(),
        "with_retracted": st.booleans(),
        "sources": st.just(("theirs",)) | st.just(("more", "theirs")),
        "references": st.just(("more-pmid-1", "more-pmid-2")),
        "avoid": st.just(("predicate:upregulates", "predicate:promotes")),
    },
)


@settings(max_examples=40, deadline=None)
@given(with_imports(), queries, st.data())
def test_what_is_left_of_claims_and_the_paths_are_those_of_model_objects(
    given_sources, asked, data
):
    kb, imports = given_sources
    held = {each.sources[0].id for each in imports}
    if not set(asked.get("sources", ())) <= held:
        asked = {**asked, "sources": ("more",)}
    joined, whole = in_columns(kb, imports), merged(together([kb, *imports]))
    large, arrays = LargeKnowledgeBase.of(joined), from_joined(joined)
    ends = data.draw(st.lists(st.sampled_from(sorted(whole.entity)), min_size=2, max_size=2))
    query = PathQuery((ends[0],), (ends[1],), top=50, **asked)
    one, other = (settle(each, query, kinship(each), WEIGHTS) for each in (whole, large))
    assert np.array_equal(one.remains, other.remains)
    left = np.flatnonzero(one.remains).astype(np.int32)
    assert one.costs(left).tolist() == other.costs(left).tolist()
    assert [one.claim(n) for n in left] == [other.claim(n) for n in left]
    if ends[0] != ends[1]:
        expected, found = find(whole, arrays, query), find(large, arrays, query)
        assert [p.steps for p in found.paths] == [p.steps for p in expected.paths]
        assert [p.cost for p in found.paths] == [p.cost for p in expected.paths]
        assert [p.warnings for p in found.paths] == [p.warnings for p in expected.paths]


def test_columns_that_name_what_is_not_there_are_refused(tmp_path):
    rows = Rows.of_kb(
        KnowledgeBase(
            sources=(Source("theirs", "T", "T", "CC0-1.0", "2026-11-27", "records", ("record",)),),
            entities=(Entity("a", "GeneProduct", "a", "a"), Entity("b", "Chemical", "b", "b")),
            references=(Reference("theirs", "dataset", "theirs"),),
            claims=group_claims([Statement("b", "activates", "a", "theirs", "record", "theirs")]),
        )
    )
    rows.save(tmp_path)
    assert Rows.open(tmp_path).kb() == rows.kb()
    np.save(tmp_path / "object.npy", np.array([2], np.int32))
    with pytest.raises(ValueError, match="object names what is not there"):
        Rows.open(tmp_path)
    with pytest.raises(ValueError, match="an end of a claim is no entity"):
        Joined.of(KnowledgeBase(), [replace(rows, entities=type(rows.entities).of(Entity, []))])


@settings(max_examples=15, deadline=None)
@given(with_imports())
def test_kgx_is_that_of_model_objects(given_sources):
    kb, imports = given_sources
    whole = merged(together([kb, *imports]))
    large = LargeKnowledgeBase.of(in_columns(kb, imports))
    for write in (kgx.tables, kgx.json_lines):
        expected, found = (
            {
                name: b"".join(pieces)
                for name, pieces in write(Content(each, PREFIXES, Path("none"), "0"))
            }
            for each in (whole, large)
        )
        assert found == expected


@settings(max_examples=20, deadline=None)
@given(with_imports(), st.integers(0, 2), st.data())
def test_what_is_around_an_entity_is_what_a_page_of_model_objects_shows(given_sources, depth, data):
    kb, imports = given_sources
    whole = merged(together([kb, *imports]))
    large = LargeKnowledgeBase.of(in_columns(kb, imports))
    centre = data.draw(st.sampled_from(sorted(whole.entity)))
    seen = ball(whole, [centre], depth)
    wanted = [c for c in whole.claims if {c.subject, c.object} <= seen]
    found = nearby(large, [centre], depth)
    assert ball(found, [centre], depth) == seen
    assert [c for c in found.claims if {c.subject, c.object} <= seen] == wanted
    assert {s for c in found.claims for s in c.statements} >= set(kb.statements)
    assert all({c.subject, c.object} <= found.entity.keys() for c in found.claims)
    assert large.around([centre], depth, len(wanted) - 1) == len(wanted)


@settings(max_examples=20, deadline=None)
@given(with_imports())
def test_a_page_leaves_out_what_is_in_columns(given_sources):
    kb, imports = given_sources
    rest, out = carried(LargeKnowledgeBase.of(in_columns(kb, imports)))
    assert rest == merged(kb)
    assert dict(out) == {each.sources[0]: len(each.claims) for each in imports}
