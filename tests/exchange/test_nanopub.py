# SPDX-License-Identifier: Apache-2.0
"""Nanopublications: well made, one of each statement, and nothing asserted that nobody says."""

import gzip
import os
import subprocess
import sys
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
from contents import content, curated, files
from graph_files import HOSTILE, hostile
from hypothesis import given, settings
from rdflib import RDF, BNode, Dataset, Literal, Namespace, URIRef
from strategies import knowledge_bases, simple_kb

from exograph import cli, rdf
from exograph.exchange.content import Content
from exograph.exchange.nanopub import nanopub_iri
from exograph.ids import VOCAB, claim_iri, entity_iri, reference_iri, statement_iri
from exograph.model import KnowledgeBase

NP = Namespace("http://www.nanopub.org/nschema#")
PROV = Namespace("http://www.w3.org/ns/prov#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
EXO = Namespace(VOCAB)
PARTS = (NP.hasAssertion, NP.hasProvenance, NP.hasPublicationInfo)

Triples = set[tuple]
Graphs = dict[str, Triples]


def written(kb: KnowledgeBase, folder: Path) -> bytes:
    found = files("nanopub", content(kb, folder))
    assert list(found) == [""]
    return found[""]


def by_rdflib(data: bytes) -> Graphs:
    return graphs_of(Dataset().parse(data=data, format="trig"))


def graphs_of(dataset: Dataset) -> Graphs:
    graphs: Graphs = defaultdict(set)
    for *triple, graph in dataset.quads():
        graphs[str(graph)].add(tuple(triple))
    return graphs


def by_oxigraph(data: bytes) -> set[str]:
    quads = list(pyoxigraph.parse(data, pyoxigraph.RdfFormat.TRIG))
    assert len(quads) == len(set(quads)), "a triple twice in one graph"
    return {str(quad) for quad in quads}


def parts_of(graphs: Graphs) -> dict[str, list[Triples]]:
    """Assertion, provenance and publication info of each, checked by the rules of nanopub.net."""
    heads = {
        str(s): name
        for name, triples in graphs.items()
        for s, p, o in triples
        if (p, o) == (RDF.type, NP.Nanopublication)
    }
    assert len(graphs) == 4 * len(heads), "a graph that belongs to none"
    found = {}
    for iri, head in heads.items():
        told = {p: str(o) for s, p, o in graphs[head] if p in PARTS and str(s) == iri}
        assert len(graphs[head]) == 4
        names = [told[p] for p in PARTS]
        assert len({iri, head, *names}) == 5
        found[iri] = [graphs[name] for name in names]
        assert all(found[iri])
        assertion, provenance, pubinfo = found[iri]
        assert any(str(s) == names[0] for s, _, _ in provenance)
        assert any(str(s) == iri for s, _, _ in pubinfo)
        assert not any(isinstance(t, BNode) for one in found[iri] for row in one for t in row)
        assert not {iri, *names} & {str(t) for row in assertion for t in row}
    return found


def plain(statement) -> tuple:
    return (
        URIRef(entity_iri(statement.subject)),
        EXO[statement.predicate],
        URIRef(entity_iri(statement.object)),
    )


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return written(curated(), tmp_path_factory.mktemp("whole"))


@pytest.fixture(scope="module")
def dataset(whole: bytes) -> Dataset:
    """The same as rdflib reads it, which takes a while."""
    return Dataset().parse(data=whole, format="trig")


@pytest.fixture(scope="module")
def parts(dataset: Dataset) -> dict[str, list[Triples]]:
    return parts_of(graphs_of(dataset))


def test_every_statement_is_one_nanopublication(whole, parts):
    kb = curated()
    heads = Counter(line for line in whole.decode().split("\n") if line.startswith("@prefix this:"))
    assert set(heads.values()) == {1}
    assert [line.split("<")[1][:-3] for line in heads] == [nanopub_iri(s.id) for s in kb.statements]
    assert parts.keys() == {nanopub_iri(s.id) for s in kb.statements}


def test_both_readers_find_the_same(whole, dataset):
    read = dataset.serialize(format="nquads")
    quads = pyoxigraph.parse(read.encode(), pyoxigraph.RdfFormat.N_QUADS)
    assert {str(quad) for quad in quads} == by_oxigraph(whole)


def check(kb: KnowledgeBase, parts: dict[str, list[Triples]], said: set[tuple]) -> None:
    """``said`` are the triples of the N-Quads."""
    assert len(parts) == len(kb.statements)
    about = defaultdict(set)
    for triple in said:
        about[triple[0]].add(triple)
    for s in kb.statements:
        assertion, provenance, _ = parts[nanopub_iri(s.id)]
        if s.supports:
            assert assertion == {plain(s)}
        else:
            claim, told = URIRef(claim_iri(s.claim)), URIRef(statement_iri(s.id))
            assert plain(s) not in assertion
            assert (claim, RDF.object, plain(s)[2]) in assertion
            assert (told, EXO.stance, Literal(s.stance)) in assertion
            assert ((told, EXO.retracted, Literal(True)) in assertion) is s.retracted
            assert {row[0] for row in assertion} == {claim, told}
        assert about[URIRef(statement_iri(s.id))] <= provenance
        assertion_graph = URIRef(f"{nanopub_iri(s.id)}#assertion")
        origin = URIRef(reference_iri(s.reference))
        assert (assertion_graph, PROV.wasDerivedFrom, origin) in provenance
    asserted = {row for assertion, _, _ in parts.values() for row in assertion}
    assert asserted - said <= {row for row in asserted if row[1] in (RDF.type, EXO.stance)}


def test_what_is_asserted_and_what_it_comes_from(parts, tmp_path):
    kb = curated()
    nquads = rdf.to_nquads(kb, (), prefixes=content(kb).prefixes)
    said = set(Dataset().parse(data=nquads, format="nquads").triples((None, None, None)))
    check(kb, parts, said)
    assert {"supports", "refutes", "null"} == {s.stance for s in kb.statements}


@settings(deadline=None, max_examples=15)
@given(kb=knowledge_bases())
def test_so_it_is_of_any_knowledge_base(kb, tmp_path_factory):
    held = content(kb, tmp_path_factory.mktemp("any"))
    (data,) = files("nanopub", held).values()
    by_oxigraph(data)
    said = Dataset().parse(data=held.nquads.read_bytes(), format="nquads")
    check(kb, parts_of(by_rdflib(data)), set(said.triples((None, None, None))))


def test_the_paper_is_named_by_its_doi_and_its_number_in_pubmed(parts):
    kb = curated()
    known = next(s for s in kb.statements if (r := kb.reference[s.reference]).doi and r.pmid)
    reference = kb.reference[known.reference]
    _, provenance, _ = parts[nanopub_iri(known.id)]
    origins = {str(o) for _, p, o in provenance if p == PROV.wasDerivedFrom}
    assert f"https://doi.org/{reference.doi}" in origins
    assert f"https://pubmed.ncbi.nlm.nih.gov/{reference.pmid}/" in origins


def test_a_doi_that_no_iri_can_hold_is_escaped(tmp_path):
    kb = simple_kb(("a", "inhibits", "b"))
    references = tuple(replace(r, doi='10.1/<a> "b"外', pmid="1>") for r in kb.references)
    data = written(replace(kb, references=references), tmp_path)
    assert "<https://doi.org/10.1/%3Ca%3E%20%22b%22%E5%A4%96>" in data.decode()
    parts_of(by_rdflib(data))


def test_it_is_published_under_the_licence_and_at_the_date_of_its_source(parts):
    kb = curated()
    dates = {s.id: s.date for s in kb.sources}
    for s in kb.statements:
        iri = URIRef(nanopub_iri(s.id))
        _, _, pubinfo = parts[nanopub_iri(s.id)]
        licence = URIRef("https://creativecommons.org/licenses/by/4.0/")
        assert (iri, DCTERMS.license, licence) in pubinfo
        created = Literal(dates[s.source], datatype="http://www.w3.org/2001/XMLSchema#date")
        assert (iri, DCTERMS.created, created) in pubinfo
        assert any((row[0], row[1]) == (iri, PROV.wasGeneratedBy) for row in pubinfo)


def test_an_unknown_licence_and_an_odd_date_stay_texts(tmp_path):
    kb = simple_kb(("a", "inhibits", "b"))
    sources = tuple(replace(s, licence=HOSTILE, date="2025-02-30") for s in kb.sources)
    ((_, _, pubinfo),) = parts_of(
        by_rdflib(written(replace(kb, sources=sources), tmp_path))
    ).values()
    assert (DCTERMS.rights, Literal(HOSTILE)) in {row[1:] for row in pubinfo}
    assert (DCTERMS.created, Literal("2025-02-30")) in {row[1:] for row in pubinfo}


def test_what_was_retracted_is_not_asserted(tmp_path):
    kb = simple_kb(("a", "inhibits", "b"))
    references = tuple(replace(r, retraction="retracted") for r in kb.references)
    gone = replace(kb, references=references)
    ((assertion, _, _),) = parts_of(by_rdflib(written(gone, tmp_path))).values()
    assert plain(gone.statements[0]) not in assertion
    assert EXO.retracted in {row[1] for row in assertion}


def test_hostile_text_comes_back_as_it_was(tmp_path):
    kb = hostile()
    data = written(kb, tmp_path)
    by_oxigraph(data)
    for _, provenance, pubinfo in parts_of(by_rdflib(data)).values():
        assert Literal(HOSTILE) in {o for _, p, o in provenance if p == EXO.quote}
        assert any(HOSTILE in str(o) for *_, o in pubinfo)


def test_nothing_is_no_nanopublication(tmp_path):
    assert by_rdflib(written(KnowledgeBase(), tmp_path)) == {}


def test_the_command_gives_the_same_bytes_on_every_run(home, snapshot, tmp_path):
    def run(seed: str) -> bytes:
        out = tmp_path / f"{seed}.trig"
        program = "import sys; from exograph import cli; cli.run(sys.argv[1:])"
        command = [sys.executable, "-c", program, "--home", home, "export", out]
        env = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run(command, check=True, capture_output=True, env=env)
        return out.read_bytes()

    first = run("1")
    assert first == run("2")
    held = Content(snapshot.kb, snapshot.prefixes, snapshot.nquads, "0")
    assert first.count(b"np:hasAssertion") == len(held.kb.statements)
    packed = tmp_path / "kb.trig.gz"
    assert cli.run(["--home", str(home), "export", str(packed)]) == 0
    assert gzip.decompress(packed.read_bytes()) == first
