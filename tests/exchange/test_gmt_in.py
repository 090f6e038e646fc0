# SPDX-License-Identifier: Apache-2.0
"""Gene sets: a symbol is the gene that alone bears it here, or itself, and never a guess."""

import gzip

import pytest
from taken_in import CASES, KNOWN, counted, edges, needs_cases, nodes, records, taken_in, told

from exograph.ids import slug_of

SETS = (
    "VEGF signaling\tR-HSA-194138\tPTEN\tVEGF\tEGF\tkdr\n"
    "A set\tna\tPTEN,0.5\tkdr\tkdr\n"
    "GOBP_ANGIOGENESIS\thttp://e.org/card\tPTEN\n"
    "short\tWP23_r12\tPTEN\r\n"
)


@pytest.fixture
def sets(tmp_path):
    (tmp_path / "x.gmt").write_bytes(SETS.encode())
    return tmp_path / "x.gmt"


def test_a_set_is_what_its_line_says_it_is(sets):
    found = nodes(records(sets, None, None, KNOWN))
    told = [(n.id, n.fields["category"][0]) for n in found if not n.id.startswith("symbol:")]
    assert told == [
        ("REACT:R-HSA-194138", "biolink:Pathway"),
        ("geneset:A%20set", "biolink:Pathway"),
        ("http://e.org/card", "biolink:BiologicalProcess"),
        ("WIKIPATHWAYS:WP23", "biolink:Pathway"),
    ]


def test_a_symbol_is_the_gene_that_alone_bears_it_else_itself(sets):
    """VEGF is a name of two genes here, EGF one of a quantity, and kdr none of anything."""
    first = [e.subject for e in edges(records(sets, None, None, KNOWN)) if e.place.line == 1]
    assert first == ["pten", "symbol:VEGF", "symbol:EGF", "symbol:kdr"]
    alone = [e.subject for e in edges(records(sets)) if e.place.line == 1]
    assert alone == ["symbol:PTEN", "symbol:VEGF", "symbol:EGF", "symbol:kdr"]


def test_genes_are_members_of_their_sets(sets):
    kb, report, refused = taken_in(sets)
    assert ("pten", "member_of", slug_of("reactome:R-HSA-194138")) in told(kb)
    assert len(told(kb)) == 4 + 2 + 1
    assert [r.kind for r in refused] == ["member_of from GeneProduct to BiologicalProcess"]
    assert report.left_out == {"weight": 1}
    symbols = {e.label_en: e.exact_match for e in kb.entities if e.id.startswith("symbol-")}
    assert symbols == {name: (f"symbol:{name}",) for name in ("VEGF", "EGF", "kdr")}


@needs_cases
@pytest.mark.parametrize(
    ("name", "sets", "members"),
    [("ReactomePathways.gmt.gz", 1448, 113_537), ("wikipathway.v7.2.symbols.gmt.gz", 500, 25_945)],
)
def test_sets_of_reactome_and_wikipathways_are_read(name, sets, members):
    found = counted(records(CASES / "pathways" / name, None, None, KNOWN))
    assert (found["biolink:Pathway"], found["biolink:member_of"]) == (sets, members)
    with gzip.open(CASES / "pathways" / name, "rt") as file:
        cells = sum(len(set(filter(None, line.rstrip("\n").split("\t")[2:]))) for line in file)
    assert found.total() - found["biolink:Gene"] - sets == cells
