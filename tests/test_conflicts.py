# SPDX-License-Identifier: Apache-2.0
"""Conflicts: over relations, against denials, and with the rows that curators write about them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exograph import vocab
from exograph.kb import assemble, group_claims
from exograph.kb.conflicts import conflicts, oppositions
from exograph.model import Conflict, Context, KnowledgeBase, Reference, Statement
from exograph.tables import read_source
from exograph.views import conflicts as documents

GRAPHS = Path(__file__).parents[1] / "graphs"


def said(predicate, reference="one", stance="supports", subject="a", **context):
    return Statement(
        subject, predicate, "b", reference, "1", "s", stance=stance, context=Context(**context)
    )


def found(*statements):
    return [
        (o.kind, o.first.says, o.first.references, o.second.says, o.second.references)
        for o in oppositions(group_claims(statements))
    ]


def test_opposite_signs_of_one_pair_conflict_whatever_their_predicates():
    assert found(said("activates"), said("downregulates", "two"), said("upregulates", "three")) == [
        ("opposite_signs", "raises", ("one", "three"), "lowers", ("two",))
    ]


@pytest.mark.parametrize(
    "denial",
    [
        said("upregulates", "two", "refutes"),
        said("upregulates", "two", "null"),
        said("activates", "two", "null"),
        said("regulates", "two", "refutes"),
        said("no_effect_on", "two"),
        said("no_effect_on", "two", "null"),
    ],
)
def test_an_effect_stands_against_its_denial_and_against_none_found(denial):
    assert found(said("upregulates"), denial) == [
        ("denied", "raises", ("one",), "denies", ("two",))
    ]


def test_what_denies_the_opposite_or_speaks_of_another_subject_is_no_conflict():
    assert found(said("upregulates"), said("downregulates", "two", "refutes")) == []
    assert found(said("upregulates"), said("downregulates", "two", subject="c")) == []
    assert found(said("upregulates"), said("regulates", "two")) == []
    assert found(said("has_marker"), said("carries", "two", "refutes")) == []


def test_a_relation_that_is_no_effect_stands_against_its_own_denial():
    assert found(said("has_marker"), said("has_marker", "two", "refutes")) == [
        ("denied", "holds", ("one",), "denies", ("two",))
    ]


EFFECTS = ["upregulates", "activates", "downregulates", "inhibits", "regulates", "no_effect_on"]


@given(st.lists(st.tuples(st.sampled_from(EFFECTS), st.sampled_from(vocab.STANCES)), max_size=6))
def test_each_contradiction_of_two_statements_is_in_a_conflict_and_nothing_else_is(rows):
    """Brute force over pairs of statements, with the rule written down as a table."""
    statements = [said(p, f"r{n}", stance) for n, (p, stance) in enumerate(rows)]

    def none(s):
        return s.stance == "null" or (s.predicate == "no_effect_on" and s.stance == "supports")

    def contradict(one, other):
        a, b = (vocab.PREDICATES[s.predicate].sign for s in (one, other))
        if none(one) and other.predicate == "no_effect_on" and other.stance == "refutes":
            return True
        if one.stance != "supports" or a is None:
            return False
        if none(other):
            return True
        if other.stance == "refutes":
            return b is not None and b in (a, 0)
        return b is not None and a * b == -1

    expected = {frozenset({x.id, y.id}) for x in statements for y in statements if contradict(x, y)}
    told = {
        frozenset({x.id, y.id})
        for o in oppositions(group_claims(statements))
        for x in o.first.statements
        for y in o.second.statements
    }
    assert told == expected


def knowledge_base(*statements, rows=(), references=()):
    return KnowledgeBase(
        claims=group_claims(statements), conflicts=tuple(rows), references=tuple(references)
    )


def test_curated_rows_explain_the_conflict_of_whose_sides_they_name_a_claim():
    kb = knowledge_base(
        said("activates", cell=("x",), organism=("rat",)),
        said("upregulates", "three"),
        said("inhibits", "two", cell=("y",), organism=("rat", "mouse")),
        rows=[Conflict("a", "inhibits", "b", "a", "upregulates", "b", "s", ("cell",), "Why.")],
    )
    (one,) = conflicts(kb)
    assert (one.explained_by, one.curated) == (("cell",), kb.conflicts)
    assert {name for name in vocab.CONTEXT_FIELDS if one.differs(name)} == {"cell"}
    assert list(documents.about(kb, unexplained=True)) == []


def test_a_row_without_a_context_leaves_the_conflict_unexplained():
    row = Conflict("a", "inhibits", "b", "a", "activates", "b", "s", (), "Nobody knows.")
    kb = knowledge_base(said("activates"), said("inhibits", "two"), rows=[row])
    (one,) = documents.about(kb, unexplained=True)
    assert one.curated == (row,)
    assert documents.of(kb, [one])["conflicts"][0]["notes"] == ["Nobody knows."]


def test_citations_of_one_study_count_once():
    kb = knowledge_base(
        said("activates"),
        said("upregulates", "paper"),
        said("inhibits", "two"),
        references=[
            Reference("one", "cited", "s", study="x"),
            Reference("paper", "article", "s", study="x"),
            Reference("two", "cited", "s"),
        ],
    )
    (document,) = documents.of(kb, conflicts(kb))["conflicts"]
    assert (document["first"]["studies"], document["second"]["studies"]) == (1, 1)
    assert document["first"]["references"] == ["one", "paper"]


def test_what_was_retracted_takes_no_side_and_a_row_about_it_stands_no_more():
    references = [
        Reference("one", "article", "s"),
        Reference("two", "article", "s", retraction="retracted"),
    ]
    rows = [
        Conflict("a", "inhibits", "b", "a", "activates", "b", "s"),
        Conflict("a", "activates", "b", "c", "inhibits", "b", "s"),
    ]
    statements = [
        said("activates"),
        said("inhibits", "two"),
        said("activates", "two", "refutes"),
        said("inhibits", "two", subject="c"),
    ]
    assert conflicts(knowledge_base(*statements, rows=rows, references=references)) == ()
    held = conflicts(knowledge_base(*statements, rows=rows))
    assert [c.kind for c in held] == ["opposite_signs", "denied", "other_subjects"]


def test_the_review_has_the_conflicts_of_its_table_and_no_others():
    kb = assemble([read_source(GRAPHS / "review")[0]])
    curated = [c for c in conflicts(kb) if c.curated]
    assert {row.id for c in curated for row in c.curated} == {row.id for row in kb.conflicts}
    assert [c for c in conflicts(kb) if not c.curated] == []
