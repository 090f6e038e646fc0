# SPDX-License-Identifier: Apache-2.0
"""RDF of others and our own: each triple becomes part of a record, whatever the notation."""

import gzip
import io
from dataclasses import replace

import pytest
from contents import curated, prefixes
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Dataset, Graph
from taken_in import CASES, PREFIXES, counted, edges, needs_cases, nodes, records, taken_in, told

from exograph.exchange import rdf_in
from exograph.exchange.incoming import Reject
from exograph.model import KnowledgeBase
from exograph.rdf import to_nquads
from exograph.store import parsing

TURTLE = """
@prefix biolink: <https://w3id.org/biolink/vocab/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix obo: <http://purl.obolibrary.org/obo/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix e: <https://e.org/> .

obo:CHEBI_1 a biolink:SmallMolecule , e:Odd ; rdfs:label "un"@fr , "one"@en ;
    biolink:xref obo:MESH_1 ;
    skos:exactMatch <http://identifiers.org/drugbank/DB01> ; e:colour "red" ;
    obo:RO_0002213 obo:GO_1 ; biolink:related_to obo:GO_1 ; rdfs:subClassOf obo:CHEBI_2 .
obo:CHEBI_2 biolink:category biolink:SmallMolecule ; rdfs:label "two" .
obo:GO_1 biolink:category biolink:BiologicalProcess ; skos:prefLabel "三"@zh .
e:a1 a biolink:Association ; biolink:subject obo:CHEBI_2 ; biolink:predicate biolink:affects ;
    biolink:object obo:GO_1 ; biolink:qualified_predicate biolink:causes ;
    biolink:object_direction_qualifier "decreased" ; biolink:negated true ;
    biolink:publications <http://www.ncbi.nlm.nih.gov/pubmed/12> , <https://doi.org/10.1000/x> ;
    biolink:knowledge_level biolink:prediction .
[] a rdf:Statement ; rdf:subject obo:CHEBI_1 ; rdf:predicate biolink:interacts_with ;
    rdf:object obo:CHEBI_2 .
e:broken a rdf:Statement ; rdf:subject obo:CHEBI_1 ; rdf:predicate biolink:affects .
e:thing rdfs:label "a thing" .
[] rdfs:label "nobody" .
"""

NOTATIONS = {"ttl": "turtle", "nt": "nt", "nq": "nquads", "trig": "trig", "jsonld": "json-ld",
             "rdf": "xml"}  # fmt: skip


@pytest.fixture(params=NOTATIONS)
def file(request, tmp_path):
    """The same graph in each notation, as rdflib writes it."""
    kind = Dataset if request.param in ("nq", "trig") else Graph
    graph = kind()
    graph.parse(data=TURTLE, format="turtle")
    path = tmp_path / f"graph.{request.param}"
    graph.serialize(path, format=NOTATIONS[request.param])
    return path


def test_all_notations_say_the_same_plain_and_packed(file):
    kb, report, refused = taken_in(file)
    assert told(kb) == [
        ("chebi-1", "interacts_with", "chebi-2"),
        ("chebi-1", "is_a", "chebi-2"),
        ("chebi-1", "promotes", "go-1"),
        ("chebi-2", "suppresses", "go-1"),
    ]
    held = {e.id: e for e in kb.entities}
    assert (held["chebi-1"].label_en, held["chebi-1"].synonyms) == ("one", ("un",))
    assert held["chebi-1"].exact_match == ("CHEBI:1", "DRUGBANK:DB01")
    assert held["go-1"].label_zh == "三"
    suppresses = [s for s in kb.statements if s.predicate == "suppresses"]
    assert {(s.stance, s.basis, s.reference) for s in suppresses} >= {
        ("refutes", "inferred", "theirs-pmid-12")
    }
    assert len(suppresses) == 2  # of two papers
    assert sorted((r.code, r.kind) for r in refused) == [
        ("I203", "object missing"),
        ("I211", "blank node without a type"),
        ("I212", "category not given"),
        ("I222", "predicate related_to"),
    ]
    assert {"https://e.org/colour", "rdf:type"} <= report.left_out.keys()
    packed = file.with_name(file.name + ".gz")
    packed.write_bytes(gzip.compress(file.read_bytes()))
    assert counted(records(packed)) == counted(records(file))


def test_a_prefix_of_the_file_is_not_believed(tmp_path):
    path = tmp_path / "x.ttl"
    path.write_text(
        "@prefix HGNC: <https://e.org/> . HGNC:9588 a <https://w3id.org/biolink/vocab/Gene> ."
    )
    assert [n.id for n in nodes(records(path))] == ["https://e.org/9588"]


def test_a_name_of_the_graph_is_counted_and_not_kept(tmp_path):
    path = tmp_path / "x.trig"
    path.write_text(
        TURTLE.partition("obo:CHEBI_1 a")[0]
        + "e:g { obo:X_1 a biolink:Gene . obo:X_2 a biolink:Gene . "
        "obo:X_1 biolink:interacts_with obo:X_2 }"
    )
    kb, report, _ = taken_in(path)
    assert told(kb) == [("x-1", "interacts_with", "x-2")]
    assert report.left_out["named_graph"] == 3


def test_equal_things_without_a_category_are_equivalences(tmp_path):
    (tmp_path / "nodes.tsv").write_text("id\tcategory\nX:1\tbiolink:Gene\n")
    (tmp_path / "same.nt").write_text(
        "<http://purl.obolibrary.org/obo/X_1> <http://www.w3.org/2002/07/owl#sameAs> "
        "<http://purl.obolibrary.org/obo/Y_1> .\n"
    )
    kb, report, _ = taken_in(tmp_path / "nodes.tsv", tmp_path / "same.nt")
    assert [e.exact_match for e in kb.entities] == [("X:1", "Y:1")]
    assert (report.edges, report.stored_edges) == (1, 1)


BIOLINK = "https://w3id.org/biolink/vocab/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
OURS = "https://w3id.org/exograph/"
OBO = "http://purl.obolibrary.org/obo/"
iris = st.sampled_from(
    (
        *(f"{OBO}X_1", f"{OBO}X_2", "https://e.org/a", f"{BIOLINK}Gene"),
        *(f"{OURS}entity/pten", f"{OURS}vocab#Entity", f"{OURS}claim/1"),
    )
)
predicates = st.sampled_from(
    (
        *(f"{RDF}{name}" for name in ("type", "subject", "predicate", "object")),
        *(f"{BIOLINK}{name}" for name in ("category", "affects", "name", "subject", "xref")),
        *(f"{OURS}vocab#{name}" for name in ("hasStatement", "promotes", "quote")),
        *("http://www.w3.org/2004/02/skos/core#exactMatch", "https://e.org/p"),
        *(f"{OBO}RO_0002213", "http://www.w3.org/2000/01/rdf-schema#label"),
    )
)
literals = st.text("ab \n", max_size=3).map(lambda text: '"' + text.replace("\n", "\\n") + '"')
triples = st.tuples(
    iris.map("<{}>".format) | st.just("_:b"),
    predicates.map("<{}>".format),
    iris.map("<{}>".format) | literals | st.just("_:b"),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(triples, min_size=1, max_size=14, unique=True))
def test_no_triple_is_lost(tmp_path_factory, some):
    """Each value that a triple tells of its subject stands in a record of that subject."""
    path = tmp_path_factory.mktemp("any") / "x.nt"
    path.write_text("".join(" ".join(t) + " .\n" for t in some))
    found = records(path)
    whole = " ".join(str(r.raw if isinstance(r, Reject) else r) for r in found)
    for quad in parsing.quads(io.BytesIO(path.read_bytes()), "n-triples"):
        value = rdf_in.curie_of(quad.object) if quad.kind == "iri" else quad.object
        shown = repr(value)[1:-1].removeprefix("_:b")
        assert shown in whole, (quad, found)
    taken_in(path)


def test_the_order_is_the_same_each_time_although_blank_nodes_are_not(tmp_path):
    path = tmp_path / "x.ttl"
    path.write_text(TURTLE)
    first, second = ([(type(r), r.place) for r in records(path)] for _ in range(2))
    assert first == second


def test_a_subject_of_which_too_much_is_told_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(rdf_in, "MOST", 3)
    path = tmp_path / "x.nt"
    path.write_text("".join(f'<https://e.org/a> <https://e.org/p> "{n}" .\n' for n in range(4)))
    with pytest.raises(rdf_in.InputError, match="I107"):
        records(path)


# ------------------------------------------------------------------ our own


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """The RDF of all that the project ships."""
    path = tmp_path_factory.mktemp("own") / "kb.nq"
    path.write_bytes(to_nquads(curated(), (), prefixes=prefixes()))
    return path


@pytest.fixture(scope="module")
def some(tmp_path_factory):
    """The lines of some claims of it, of their entities and references."""
    path = tmp_path_factory.mktemp("some") / "kb.nq"
    held = replace(curated(), claims=curated().claims[:40], attributes=(), mechanisms=())
    path.write_bytes(to_nquads(held, (), prefixes=prefixes()))
    return path.read_text(encoding="utf-8").splitlines(keepends=True)


def test_our_own_rdf_says_claim_by_claim_what_it_said(own):
    kb, _, refused = taken_in(own, known=curated(), prefixes=prefixes() | PREFIXES)
    known = curated()
    assert [(c.id, c.sign) for c in kb.claims] == [(c.id, c.sign) for c in known.claims]
    assert {
        e.id: (e.type, e.label_en, e.label_zh, e.exact_match, e.close_match) for e in kb.entities
    } == {
        e.id: (e.type, e.label_en, e.label_zh, e.exact_match, e.close_match) for e in known.entities
    }
    quotes = {s.quote for s in known.statements if s.quote}
    assert {s.quote for s in kb.statements if s.quote} == quotes
    kinds = {r.kind for r in refused}
    assert {"exo:Reference", "exo:Mechanism", "exo:AttributeValue", "exo:Source"} <= kinds
    assert all(r.code in ("I231", "I224", "I212", "I211") for r in refused)


def test_an_edge_of_our_own_cites_the_paper_of_its_reference(own):
    cited = {p for e in edges(records(own)) for p in e.fields.get("publications", ())}
    assert {f"PMID:{r.pmid}" for r in curated().references if r.pmid} & cited
    assert any(p.startswith("doi:") for p in cited)


@pytest.mark.parametrize(
    ("left_out", "kind", "count"),
    [
        ("vocab#hasStatement>", "exo:Claim that is not whole", 40),
        ("rdf-syntax-ns#object>", "exo:Claim that is not whole", 40),
        ("vocab#assertedType>", "category exo:Entity, exo:GeneProduct", 167),
    ],
)
def test_what_is_not_whole_of_our_own_is_refused(some, tmp_path, left_out, kind, count):
    lines = [line for line in some if left_out not in line]
    (tmp_path / "part.nq").write_text("".join(lines), encoding="utf-8")
    kb, report, _ = taken_in(tmp_path / "part.nq", known=KnowledgeBase())
    assert kb.claims == ()
    assert report.refused[kind] == count


# ------------------------------------------------------------------ files of others


@needs_cases
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("rdf/test1.nt", {"biolink:interacts_with": 1}),
        ("rdf/test2.nt", {"biolink:interacts_with": 1, "biolink:has_gene_product": 2}),
        ("rdf/test3.nt", {"biolink:treats": 2, "biolink:Protein": 4}),
        ("rdf/oban-test.nt", {"RO:0002200": 3, "RO:0000091": 2}),
        ("hpoa_test.ttl", {"RO:0002200": 3, "owl:Class": 7}),
        ("mody.ttl", {"biolink:subclass_of": 177, "owl:Class": 234}),
        ("test-transform-rdf.nt", {"biolink:interacts_with": 1}),
        ("goslim_generic.owl", {"biolink:subclass_of": 146, "owl:Class": 147}),
    ],
)
def test_the_cases_of_kgx_are_read(name, expected):
    found = counted(records(CASES / "kgx" / name))
    assert {kind: found[kind] for kind in expected} == expected
    taken_in(CASES / "kgx" / name)
