# SPDX-License-Identifier: Apache-2.0
"""Tables for Neo4j, as the documents of its import describe them."""

import re
from collections import Counter

import pytest
from graph_files import HOSTILE, ends, files, hostile, told
from hypothesis import given, settings
from neo4j_reader import cells, load
from strategies import knowledge_bases

from exograph import vocab
from exograph.exchange.writing import fit


def plain(text):
    """A text as it must come back: on one line, and without what XML refuses, too."""
    return text and re.sub(r"[\t\r\n]+", " ", fit(text))


def check(kb):
    database = load(files("neo4j", kb))
    for e in kb.entities:
        labels, held = database.nodes["Entity", e.id]
        assert labels == {"Entity", e.type} and held["id"] == e.id
        assert (held["label_en"], held["label_zh"]) == (plain(e.label_en), plain(e.label_zh))
        assert held.get("synonyms", []) == [plain(s).replace(";", ",") for s in e.synonyms]
        assert held.get("description") == plain(e.description)
    for r in kb.references:
        labels, held = database.nodes["Reference", r.id]
        assert labels == {"Reference"} and held.get("year") == r.year
        assert held.get("title") == plain(r.title) and held.get("pmid") == r.pmid
    claims = [r for r in database.relationships if "reference_count" in r[3]]
    assert Counter((s[1], e[1], held["id"]) for s, _, e, held in claims) == ends(kb)
    for _, type, _, held in claims:
        expected = told(kb, kb.claim[held["id"]])
        assert {k: held[k] for k in expected} == expected
        assert type == expected["predicate"].upper()
    statements = {id: held for (space, id), (_, held) in database.nodes.items()
                  if space == "Statement"}  # fmt: skip
    assert sorted(statements) == sorted(s.id for s in kb.statements)
    for s in kb.statements:
        held = statements[s.id]
        assert held["claim"] == s.claim and held["retracted"] == s.retracted
        assert held.get("quote") == plain(s.quote)
        assert (held["stance"], held["basis"], held["predicate"]) == (
            s.stance,
            s.basis,
            s.predicate,
        )
    assert Counter((s[1], e[1]) for s, _, e, _ in database.of("CITES")) == Counter(
        (s.id, s.reference) for s in kb.statements
    )
    for name in (*vocab.CONTEXT_FIELDS, "method"):
        meant = Counter(
            (s.id, entity)
            for s in kb.statements
            for entity in (s.method if name == "method" else getattr(s.context, name))
        )
        assert Counter((s[1], e[1]) for s, _, e, _ in database.of(name.upper())) == meant
    ways = len(claims) + sum(
        3 + len(s.method) + sum(len(getattr(s.context, f)) for f in vocab.CONTEXT_FIELDS)
        for s in kb.statements
    )
    assert len(database.relationships) == ways
    return database


@given(knowledge_bases())
@settings(max_examples=30, deadline=None)
def test_each_claim_and_statement_is_imported_once(kb):
    check(kb)


def test_the_whole_knowledge_base_is_imported(snapshot):
    check(snapshot.kb)


def test_hostile_text_stays_in_its_cell():
    kb = hostile()
    label = check(kb).nodes["Entity", "a"][1]["label_en"]
    assert label == HOSTILE.replace("\t\r\n", " ").translate(
        dict.fromkeys((0, 7, 0x1F, 0xFFFE), "�")
    )


def test_a_table_starts_with_its_header():
    tables = files("neo4j", hostile())
    heads = {name: data.decode().split("\n", 1)[0] for name, data in tables.items()}
    assert heads["entities.csv"].startswith("id:ID(Entity),:LABEL,type,label_en,label_zh,roles:")
    assert heads["claims.csv"].startswith(":START_ID(Entity),:END_ID(Entity),:TYPE,id,predicate")
    assert "sign:int" in heads["claims.csv"] and "supported:boolean" in heads["claims.csv"]
    assert heads["statement_references.csv"] == ":START_ID(Statement),:END_ID(Reference),:TYPE"


@pytest.mark.parametrize("line", ['a"b', '"a"b', 'a,"b'])
def test_the_reader_of_these_tests_refuses_what_is_not_quoted_well(line):
    with pytest.raises((AssertionError, AttributeError)):
        cells(line)


def test_the_reader_of_these_tests_refuses_missing_ends_and_repeated_ids():
    tables = files("neo4j", hostile())
    lost = tables | {"entities.csv": tables["entities.csv"].split(b'"b"', 1)[0]}
    with pytest.raises(AssertionError, match="no such end"):
        load(lost)
    head, first, *_ = tables["entities.csv"].split(b"\n")
    with pytest.raises(AssertionError, match="twice"):
        load({"entities.csv": b"\n".join([head, first, first, b""])})
