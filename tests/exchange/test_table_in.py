# SPDX-License-Identifier: Apache-2.0
"""Tables of edges of any make, with a file that tells what their columns are."""

import gzip

import pytest
from taken_in import CASES, KNOWN, counted, edges, needs_cases, nodes, records, taken_in, told

from exograph.errors import InputError

COLUMNS = """
subject = {column = "drug", prefix = "CHEBI:"}
subject_category = {value = "biolink:SmallMolecule"}
subject_name = {column = "name"}
object = {column = "target"}
object_category = {column = "kind", words = {gene = "biolink:Gene", way = "biolink:Pathway"}}
predicate = {value = "biolink:affects"}

[fields]
qualified_predicate = {value = "biolink:causes"}
object_aspect_qualifier = {column = "what"}
object_direction_qualifier = {column = "way", words = {"+" = "increased", "-" = "decreased"}}
publications = {column = "papers", prefix = "PMID:", separator = ";"}
"""
TABLE = (
    "drug\tname\ttarget\tkind\twhat\tway\tpapers\tp\n"
    "1\tone\tX:1\tgene\texpression\t+\t1;2; 3\t0.1\n"
    "1\tone\tX:2\tway\t\t-\t\t\n"
    "1\tone\tX:3\tplanet\t\t-\t\t\n"
    "\tone\tX:1\tgene\t\t-\t\t\n"
)


@pytest.fixture
def table(tmp_path):
    (tmp_path / "x.tsv").write_text(TABLE)
    (tmp_path / "x.toml").write_text(COLUMNS)
    return tmp_path / "x.tsv", tmp_path / "x.toml"


def test_columns_become_ends_fields_and_nodes(table):
    path, columns = table
    kb, report, refused = taken_in(path, columns=columns)
    assert told(kb) == [("chebi-1", "decreases", "x-2"), ("chebi-1", "upregulates", "x-1")]
    assert {s.reference for s in kb.statements if s.predicate == "upregulates"} == {
        f"theirs-pmid-{n}" for n in (1, 2, 3)
    }
    assert {e.id: (e.type, e.label_en) for e in kb.entities} == {
        "chebi-1": ("Chemical", "one"),
        "x-1": ("GeneProduct", "X:1"),
        "x-2": ("Pathway", "X:2"),
    }
    assert [(r.code, r.kind, r.place.line) for r in refused] == [
        ("I204", "word in object_category", 4),
        ("I203", "subject missing", 5),
    ]
    assert report.left_out == {"column p": 1}


def test_a_table_of_commas_and_one_of_another_delimiter_are_read(table, tmp_path):
    path, columns = table
    plain = [(type(r), getattr(r, "fields", None)) for r in records(path, None, columns)]
    comma, bars = tmp_path / "x.csv", tmp_path / "bars.txt"
    comma.write_text(TABLE.replace("\t", ","))
    assert [(type(r), getattr(r, "fields", None)) for r in records(comma, None, columns)] == plain
    bars.write_text(TABLE.replace("\t", "|"))
    columns.write_text('delimiter = "|"\n' + COLUMNS)
    assert [(type(r), getattr(r, "fields", None)) for r in records(bars, None, columns)] == plain


def test_ends_may_be_known_without_a_category(tmp_path):
    (tmp_path / "x.tsv").write_text("a\tb\nHGNC:9588\tangiogenesis\n")
    columns = tmp_path / "x.toml"
    columns.write_text(
        'subject = {column = "a"}\nobject = {column = "b"}\npredicate = {value = "exo:promotes"}'
    )
    kb, _, _ = taken_in(tmp_path / "x.tsv", columns=columns)
    assert told(kb) == [("pten", "promotes", "angiogenesis")]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("subject = ", "subjekt = "), "no key 'subjekt'"),
        (('predicate = {value = "biolink:affects"}', ""), "predicate is missing"),
        (('{column = "drug", prefix', '{colum = "drug", prefix'), "subject has no key 'colum'"),
        (('{column = "drug"', '{column = "drug", value = "x"'), "either column or value"),
        (('{column = "drug", ', "{"), "either column or value"),
        (('prefix = "CHEBI:"', "prefix = 1"), "subject has a value that is no text"),
        (('{column = "target"}', '"target"'), "object is no cell"),
        (('{gene = "biolink:Gene"', "{gene = 1"), "object_category has a value that is no text"),
        (('subject_category = {value = "biolink:SmallMolecule"}', ""), "subject_name needs"),
        (('{column = "target"}', '{column = "target", separator = ";"}'), "object is one value"),
        (("[fields]", "[fields]\nsubject = {value = 'x'}"), "stands outside of fields"),
        (("[fields]", "[[fields]]"), "fields is no table"),
        (('column = "drug"', 'column = "drugs"'), "no column 'drugs'"),
        (("subject = ", "subject = ="), "it is no TOML"),
        (("\nsubject = ", '\ndelimiter = "||"\nsubject = '), "delimiter"),
    ],
)
def test_a_wrong_file_of_columns_is_told_by_its_key(table, change, said):
    path, columns = table
    columns.write_text(COLUMNS.replace(*change, 1))
    assert columns.read_text() != COLUMNS
    with pytest.raises(InputError) as caught:
        records(path, None, columns)
    assert caught.value.code == "I109" and said in caught.value.message


@needs_cases
def test_a_table_of_targets_of_micrornas_is_read(tmp_path):
    columns = tmp_path / "x.toml"
    columns.write_text("""
subject = {column = "mimat", prefix = "mirbase.mature:"}
subject_category = {value = "biolink:MicroRNA"}
subject_name = {column = "mirna_v20"}
predicate = {value = "exo:targets"}
object = {column = "gene", prefix = "symbol:"}
object_category = {value = "biolink:Gene"}
object_name = {column = "gene"}
""")
    path = CASES / "mirna" / "acc2geneMTB.tsv.gz"
    found = records(path, None, columns)
    with gzip.open(path, "rt") as file:
        rows = [line.rstrip("\n").split("\t") for line in file][1:]
    assert counted(found)["exo:targets"] == len(rows) == len(edges(found))
    assert len(nodes(found)) == len({r[0] for r in rows}) + len({r[2] for r in rows})
    few = tmp_path / "few.tsv"
    with gzip.open(path, "rt") as file:
        few.write_text("".join(line for line, _ in zip(file, range(500), strict=False)))
    kb, report, _ = taken_in(few, columns=columns, known=KNOWN)
    assert report.stored_edges == 499 == len(kb.claims)
