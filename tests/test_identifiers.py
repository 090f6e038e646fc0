# SPDX-License-Identifier: Apache-2.0
"""The identifiers of the shipped tables: each is told how it was found, and proven by its file."""

import re
import shutil
import sys
from importlib import import_module
from pathlib import Path

import pytest

from exograph import checks
from exograph.checks.extract import read_terms
from exograph.errors import InputError
from exograph.rdf import read_prefixes
from exograph.tables import file_of, find_sources, items, read_source

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data"
EXTRACT = ROOT / "ontology" / "extracts" / "identifiers.tsv"
FILE = file_of("identifiers")
SOURCES = [f for f in find_sources(ROOT / "graphs") if (f / FILE).exists()]
needs_data = pytest.mark.skipif(
    not DATA.is_dir(), reason="the files of other databases are not beside the checkout"
)


def matches(folder: Path) -> set[tuple[str, str]]:
    rows = read_source(folder)[0].rows["entities"]
    return {
        (row.cells["id"], curie)
        for row in rows
        for column in ("exact_match", "close_match")
        for curie in items(row.cells[column])
    }


def test_every_source_with_identifiers_tells_how_they_were_found():
    having = {f.name for f in find_sources(ROOT / "graphs") if matches(f)}
    assert having and having <= {f.name for f in SOURCES}


@pytest.mark.parametrize("folder", SOURCES, ids=lambda f: f.name)
def test_mappings_and_columns_are_the_same_pairs(folder):
    told = {
        (row.cells["subject_id"].removeprefix("entity:"), row.cells["object_id"])
        for row in read_source(folder)[0].rows["identifiers"]
    }
    assert {pair for pair in told if pair[1] != "sssom:NoTermFound"} == matches(folder)


def test_every_term_of_the_extract_has_an_iri_a_file_and_a_licence():
    prefixes = read_prefixes(ROOT / "ontology" / "prefixes.tsv")
    terms = read_terms(EXTRACT)
    assert list(terms) == sorted(terms)
    for term in terms.values():
        assert term.curie.partition(":")[0] in prefixes
        assert term.label and term.kind and term.source and term.licence, term
        assert not term.obsolete, term


def test_the_traps_of_the_field_are_avoided():
    found = dict(matches(ROOT / "graphs" / "review"))
    pairs = matches(ROOT / "graphs" / "review")
    assert found["exosome"] == "GO:0070062"
    assert "GO:0000178" not in {curie for _, curie in pairs}
    assert ("p-erk", "HGNC:3255") not in pairs  # EIF2AK3, which has the synonym PERK
    assert ("tgf-b", "HGNC:11766") not in pairs  # TGFB1: a member is not the family
    assert ("mir-126", "mirbase:MI0000471") in pairs
    assert not any(i == "mir-126" and "MIMAT" in c for i, c in pairs)
    assert ("mir-125a-3p", "mirbase.mature:MIMAT0004602") in pairs


def test_a_changed_label_of_the_extract_is_seen(tmp_path):
    text = EXTRACT.read_text(encoding="utf-8").replace("\tCXCL8\t", "\tIL8\t")
    (tmp_path / "terms.tsv").write_text(text, encoding="utf-8")
    _, problems = checks.check_folders(
        [ROOT / "graphs" / "review"], None, terms=read_terms(tmp_path / "terms.tsv")
    )
    assert [(p.code, p.column) for p in problems if p.severity == "error"] == [
        ("E343", "object_label")
    ]


@pytest.mark.parametrize("text", ["curie\tlabel\n", "{header}GO:1\tx\n", "{header}{row}{row}"])
def test_a_broken_extract_is_named(tmp_path, text):
    header, row, *_ = EXTRACT.read_text(encoding="utf-8").splitlines(keepends=True)
    path = tmp_path / "terms.tsv"
    path.write_text(text.format(header=header, row=row), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_terms(path)
    assert caught.value.code == "X110"


@pytest.fixture(scope="module")
def tool():
    """The tool, in this process, with the files of other databases read once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "tools"))
        identifiers = import_module("identifiers")
        terms = identifiers.read_terms(DATA)
        names = identifiers.Names(terms, identifiers.read_hints(DATA, terms))
        for name, held in {"read_terms": terms, "read_hints": None, "Names": names}.items():
            patch.setattr(identifiers, name, lambda *_, held=held: held)
        yield lambda *arguments: identifiers.main([str(DATA), *arguments])
    for name in ("identifiers", "mappings", "terms"):
        del sys.modules[name]


@needs_data
def test_the_files_of_other_databases_give_the_same_extract_mappings_and_columns(tool, tmp_path):
    for folder in SOURCES:
        shutil.copytree(folder, tmp_path / folder.name)
    copies = [str(tmp_path / folder.name) for folder in SOURCES]
    tool(*copies, "--extract", str(tmp_path / "terms.tsv"))
    for folder in SOURCES:
        for name in (FILE, "entities.tsv"):
            assert (tmp_path / folder.name / name).read_bytes() == (folder / name).read_bytes()
    made = read_terms(tmp_path / "terms.tsv")
    assert made.items() <= read_terms(EXTRACT).items()


@needs_data
def test_of_what_the_files_hold_nearly_all_is_taken_and_the_rest_has_a_reason(tool, capsys):
    tool(*map(str, SOURCES), "--report")
    told = capsys.readouterr().out
    assert "NO REASON GIVEN" not in told
    shares = [float(share) for share in re.findall(r"identified \(([\d.]+)%\)", told)]
    assert len(shares) == len(SOURCES) and min(shares) >= 95
