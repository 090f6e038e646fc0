# SPDX-License-Identifier: Apache-2.0
"""Matches of SSSOM: exact ones are equivalences, others edges or refused by their predicate."""

import pytest
from contents import content, curated, files
from taken_in import CASES, counted, edges, needs_cases, records, taken_in

from exograph.errors import InputError

HEAD = "#curie_map:\n#  HGNC: http://e.org/\n#mapping_set_title: 'two\n#  lines'\n"
ROWS = (
    "subject_id\tpredicate_id\tpredicate_modifier\tobject_id\tconfidence\n"
    "X:1\tskos:exactMatch\t\tY:1\t0.9\n"
    "X:1\towl:equivalentClass\t\tZ:1\t\n"
    "X:1\tskos:exactMatch\tNot\tY:2\t\n"
    "X:1\tskos:closeMatch\t\tY:3\t\n"
    "X:1\trdfs:subClassOf\t\tX:2\t\n"
)


@pytest.fixture
def matches(tmp_path):
    (tmp_path / "x.sssom.tsv").write_text(HEAD + ROWS)
    (tmp_path / "nodes.tsv").write_text("id\tcategory\nX:1\tbiolink:Gene\nX:2\tbiolink:Gene\n")
    return tmp_path / "x.sssom.tsv"


def test_exact_matches_are_equivalences_and_others_edges_or_refused(matches):
    kb, report, refused = taken_in(matches, matches.with_name("nodes.tsv"))
    assert {e.id: e.exact_match for e in kb.entities}["x-1"] == ("X:1", "Y:1", "Z:1")
    assert [(c.subject, c.predicate, c.object) for c in kb.claims] == [("x-1", "is_a", "x-2")]
    assert [r.kind for r in refused] == [
        "predicate not skos:exactMatch",
        "predicate skos:closeMatch",
    ]
    assert report.edges == 5


def test_lines_are_counted_with_the_head(matches):
    assert sorted(r.place.line for r in records(matches)) == [6, 7, 8, 9, 10]


def test_a_table_with_commas_and_quotes_is_read(tmp_path):
    path = tmp_path / "x.sssom.csv"
    path.write_text(
        "#a: b\nsubject_id,predicate_id,object_id,comment\n"
        'X:1,skos:exactMatch,Y:1,"a, b"\nX:2,skos:exactMatch\n'
    )
    first, second = sorted(records(path), key=lambda r: r.place.line)
    assert first.fields["comment"] == ("a, b",)
    assert (second.code, second.kind) == ("I203", "object_id missing")
    path.write_text('subject_id,predicate_id,object_id\nX:1,"skos:exactMatch,Y:1\n')
    with pytest.raises(InputError, match="I107"):
        records(path)


def test_what_export_writes_is_read(tmp_path):
    path = tmp_path / "kb.sssom.tsv"
    ((_, data),) = files("sssom", content(curated())).items()
    path.write_bytes(data)
    found = counted(records(path))
    exact = sum(len(e.exact_match) for e in curated().entities)
    close = sum(len(e.close_match) for e in curated().entities)
    assert found == {"biolink:same_as": exact, "predicate skos:closeMatch": close}


@needs_cases
@pytest.mark.parametrize(
    ("name", "exact", "close"),
    [("sssom_example1.tsv", 9, 0), ("sssom_example2.tsv", 2, 7), ("sssom_example3.tsv", 9, 1)],
)
def test_the_cases_of_kgx_are_read(name, exact, close):
    found = records(CASES / "kgx" / name, "sssom")
    assert counted(found)["predicate skos:closeMatch"] == close
    assert len(edges(found)) == exact
