# SPDX-License-Identifier: Apache-2.0
"""The mappings of the vocabulary: SSSOM, complete, and only to terms that were seen.

What SSSOM asks of a TSV file: https://mapping-commons.github.io/sssom/
"""

import gzip
import re
from collections import Counter
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS

from exograph import rdf, vocab
from exograph.ids import VOCAB

ROOT = Path(__file__).parent.parent
FILE = ROOT / "ontology" / "mappings.sssom.tsv"
EXTRACT = ROOT / "ontology" / "extracts" / "mapped-terms.tsv"
FULL = ROOT.parent / "shared" / "data" / "ontologies"
ONTOLOGY = rdf.parse_ontology(ROOT / "ontology" / "exograph.ttl")
PREFIXES = rdf.read_prefixes(ROOT / "ontology" / "prefixes.tsv")
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
NONE = "sssom:NoTermFound"
COLUMNS = [
    *("subject_id", "subject_label", "predicate_id", "object_id", "object_label"),
    *("mapping_justification", "comment"),
]
MATCHES = {f"skos:{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related")}


def lines(file):
    """Comment lines without their sign, and the rows below them as lists of cells."""
    text = file.read_text(encoding="utf-8").splitlines()
    comments = [line[1:] for line in text if line.startswith("#")]
    return comments, [line.split("\t") for line in text if not line.startswith("#")]


HEADER, (COLUMN_NAMES, *CELLS) = lines(FILE)
ROWS = [dict(zip(COLUMNS, cells, strict=True)) for cells in CELLS]
SLOTS = dict(line.split(": ", 1) for line in HEADER if re.match(r"[a-z_]+: ", line))
CURIE_MAP = dict(line.strip().split(": ", 1) for line in HEADER if line.startswith("  "))
FILES, (_, *TERMS) = lines(EXTRACT)
SEEN = {id: (label, file) for id, label, file in TERMS}


def english():
    """English label by name, of every term of the vocabulary."""
    terms = {s for kind in KINDS for s in ONTOLOGY.subjects(RDF.type, kind) if VOCAB in s}
    return {
        "exo:" + term.removeprefix(VOCAB): str(label)
        for term in terms
        for label in ONTOLOGY.objects(term, RDFS.label)
        if label.language == "en"
    }


# ------------------------------------------------------------------ SSSOM


def test_the_header_says_what_sssom_asks_for():
    assert HEADER[0] == "curie_map:"
    assert SLOTS["mapping_set_id"] == "https://w3id.org/exograph/mappings"
    assert SLOTS["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert re.fullmatch(r"\d+\.\d+\.\d+", SLOTS["mapping_set_version"])
    assert re.fullmatch(r"'\d{4}-\d{2}-\d{2}'", SLOTS["mapping_date"])
    assert list(SLOTS) == sorted(SLOTS)
    assert len(SLOTS) + len(CURIE_MAP) + 1 == len(HEADER)


def test_the_columns_are_those_of_sssom_and_every_row_has_them():
    assert COLUMN_NAMES == COLUMNS
    assert all(len(cells) == len(COLUMNS) for cells in CELLS)
    assert all(cell == cell.strip() and "|" not in cell for cells in CELLS for cell in cells)


def test_prefixes_are_those_of_the_project_and_all_in_use():
    assert {prefix: PREFIXES[prefix] for prefix in CURIE_MAP} == CURIE_MAP
    ids = ("subject_id", "predicate_id", "object_id", "mapping_justification")
    curies = [row[column] for row in ROWS for column in ids]
    assert all(re.fullmatch(r"[A-Za-z]+:[A-Za-z0-9_]+", curie) for curie in curies)
    assert {curie.partition(":")[0] for curie in curies} == CURIE_MAP.keys()


def test_predicates_and_justification_are_of_their_lists():
    assert {row["predicate_id"] for row in ROWS} == MATCHES
    assert {row["mapping_justification"] for row in ROWS} == {"semapv:ManualMappingCuration"}


def test_no_mapping_stands_twice():
    pairs = Counter((row["subject_id"], row["object_id"]) for row in ROWS)
    assert [pair for pair, times in pairs.items() if times > 1] == []


# ------------------------------------------------------------------ what is mapped


def test_every_term_of_the_vocabulary_is_mapped_and_nothing_else():
    assert {row["subject_id"] for row in ROWS} == english().keys()


def test_a_subject_has_its_label():
    labels = english()
    assert [r for r in ROWS if r["subject_label"] != labels[r["subject_id"]]] == []


def test_a_term_without_counterpart_says_so_alone_and_why():
    mapped = Counter(row["subject_id"] for row in ROWS)
    for row in ROWS:
        if row["object_id"] == NONE:
            assert mapped[row["subject_id"]] == 1
            assert row["comment"]
            assert row["object_label"] == ""
            assert row["predicate_id"] == "skos:exactMatch"


DIRECTION = {1: "object_direction_qualifier increased", -1: "object_direction_qualifier decreased"}


@pytest.mark.parametrize("predicate", vocab.PREDICATES.values(), ids=lambda p: p.name)
def test_an_effect_is_biolink_affects_with_the_qualifiers_of_its_sign(predicate):
    told = [
        row["comment"]
        for row in ROWS
        if row["subject_id"] == f"exo:{predicate.name}" and row["object_id"] == "biolink:affects"
    ]
    assert len(told) == predicate.is_effect
    for comment in told:
        for sign, words in DIRECTION.items():
            assert (words in comment) == (predicate.sign == sign)


# ------------------------------------------------------------------ what it is mapped to


def test_objects_are_the_terms_of_the_extract_by_their_names():
    told = {row["object_id"]: row["object_label"] for row in ROWS if row["object_id"] != NONE}
    assert told == {id: label for id, (label, _) in SEEN.items()}


def test_the_extract_names_source_licence_version_and_date_of_each_file():
    table = [line.split("\t") for line in FILES[1:]]
    assert table[0] == ["file", "name", "repository", "licence", "version", "date"]
    assert {row[0] for row in table[1:]} == {file for _, file in SEEN.values()}
    for row in table[1:]:
        assert row[2].startswith("https://github.com/")
        assert row[3] in {"CC0-1.0", "CC-BY-3.0", "CC-BY-4.0"}
        assert row[4]
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", row[5])


def names(file):
    """Name by identifier of all terms of an ontology file that are in force."""
    if file.endswith(".yaml"):
        return biolink(FULL / file)
    found = {}
    with gzip.open(FULL / f"{file}.gz", "rt", encoding="utf-8") as stream:
        for stanza in stream.read().split("\n\n"):
            tags = dict(re.findall(r"^(id|name|is_obsolete): (.*)$", stanza, re.MULTILINE))
            if {"id", "name"} <= tags.keys() and "is_obsolete" not in tags:
                found[tags["id"]] = tags["name"]
    return found


def biolink(file):
    """The same of the Biolink Model, whose identifiers follow from the names."""
    found, section = {}, ""
    for line in file.read_text(encoding="utf-8").splitlines():
        if match := re.fullmatch(r"([a-z_]+):", line):
            section = match[1]
        elif match := re.fullmatch(r"  (\S[^:#]*):\s*", line):
            name = match[1]
            words = name.split(" ")
            if section == "classes":
                found["biolink:" + "".join(w[:1].upper() + w[1:] for w in words)] = name
            elif section == "slots":
                found["biolink:" + "_".join(words)] = name
    return found


@pytest.mark.skipif(not FULL.is_dir(), reason="the ontologies themselves are not at hand")
@pytest.mark.parametrize("file", sorted({file for _, file in SEEN.values()}))
def test_the_extract_is_part_of_the_ontologies_themselves(file):
    held = names(file)
    ours = {id: label for id, (label, where) in SEEN.items() if where == file}
    assert ours
    assert {id: held.get(id) for id in ours} == ours
