# SPDX-License-Identifier: Apache-2.0
"""RDF: there and back, and what stands in between."""

import random
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from strategies import PREFIXES, knowledge_bases, simple_kb

from exograph import rdf, vocab
from exograph.errors import InputError
from exograph.ids import BASE, VOCAB
from exograph.model import Attribute, Claim, Entity, KnowledgeBase, Statement
from exograph.rdf.blank import with_names
from exograph.rdf.shape import terms
from exograph.rdf.write import decimal_text
from exograph.records import to_json

ONTOLOGY_FILE = Path(__file__).parent.parent / "ontology" / "exograph.ttl"
EXO = Namespace(VOCAB)
ENTITY = Namespace(BASE + "entity/")
TINY = Graph().parse(
    format="turtle",
    data=f"""
    @prefix exo: <{VOCAB}> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    exo:MicroRNA rdfs:subClassOf exo:RNA . exo:RNA rdfs:subClassOf exo:Molecule, owl:Thing .
    exo:Claim rdfs:subClassOf [ a owl:Restriction ; owl:onProperty exo:sign ] .
    exo:Molecule owl:unionOf ( exo:RNA exo:GeneProduct [ owl:complementOf exo:RNA ] ) .
    """,
)


def same(one, other):
    """Equal, and to the last zero of each number."""
    return one == other and to_json(one) == to_json(other)


@settings(max_examples=15, deadline=None)
@given(knowledge_bases())
def test_from_rdf_is_the_inverse_of_to_rdf(kb):
    assert same(rdf.from_rdf(rdf.to_rdf(kb)), kb)
    data = rdf.to_nquads(kb, rdf.plain(TINY), prefixes=PREFIXES)
    assert same(rdf.from_rdf(rdf.parse_nquads(data)), kb)


@settings(max_examples=15, deadline=None)
@given(knowledge_bases())
def test_turtle_holds_the_same_knowledge_base(kb):
    data = rdf.to_turtle(rdf.to_rdf(kb, prefixes=PREFIXES), PREFIXES)
    assert same(rdf.from_rdf(Graph().parse(data=data, format="turtle")), kb)


@settings(max_examples=15, deadline=None)
@given(knowledge_bases())
def test_data_hold_no_blank_node_and_only_terms_of_the_shapes(kb):
    graph = rdf.to_rdf(kb, prefixes=PREFIXES)
    classes, properties = terms()
    for subject, predicate, object in graph:
        assert not isinstance(subject, BNode)
        assert not isinstance(object, BNode)
        if str(predicate).startswith(VOCAB):
            assert str(predicate).removeprefix(VOCAB) in properties
        if predicate == RDF.type:
            assert str(object).removeprefix(VOCAB) in classes


@settings(max_examples=12, deadline=None)
@given(knowledge_bases(), st.integers(0, 99))
def test_nquads_are_sorted_and_do_not_depend_on_the_order_of_the_ontology(kb, seed):
    shuffled = list(TINY)
    random.Random(seed).shuffle(shuffled)
    renamed = {n: BNode() for t in shuffled for n in t if isinstance(n, BNode)}
    other = Graph()
    for triple in shuffled:
        other.add(tuple(renamed.get(n, n) for n in triple))
    data = rdf.to_nquads(kb, rdf.plain(TINY), prefixes=PREFIXES)
    lines = data.splitlines(keepends=True)
    assert lines == sorted(set(lines))
    assert rdf.to_nquads(kb, rdf.plain(other), prefixes=PREFIXES) == data


@settings(max_examples=15, deadline=None)
@given(knowledge_bases())
def test_the_lines_are_those_of_rdflib(kb):
    theirs = rdf.to_rdf(kb, prefixes=PREFIXES).serialize(format="nt", encoding="utf-8")
    ours = rdf.to_nquads(kb, (), prefixes=PREFIXES)
    assert ours.split(b"\n") == [*sorted(theirs.split(b"\n"))[1:], b""]


def test_the_blank_nodes_of_the_ontology_keep_what_they_say():
    ontology = rdf.parse_ontology(ONTOLOGY_FILE)
    named = with_names(rdf.plain(ontology))
    assert isomorphic(rdf.graph_of(named), ontology)
    assert len(named) == len(ontology)


def test_two_blank_nodes_that_say_the_same_stay_two():
    some = """[] owl:members ( _:a _:b ) . _:a a owl:Thing . _:b a owl:Thing .
        exo:A rdfs:subClassOf [ owl:complementOf exo:B ], [ owl:complementOf exo:B ] ."""
    head = f"@prefix exo: <{VOCAB}> . @prefix owl: <{OWL}> . @prefix rdfs: <{RDFS}> ."
    graph = Graph().parse(data=head + some, format="turtle")
    named = with_names(rdf.plain(graph))
    assert isomorphic(rdf.graph_of(named), graph)
    assert len({n for t in named for n in t if n.kind == "blank"}) == 7


@pytest.mark.parametrize(
    "some", ["_:a owl:sameAs _:b . _:b owl:sameAs _:a .", "exo:A exo:p _:a . exo:B exo:p _:a ."]
)
def test_blank_nodes_that_are_no_trees_are_refused(some):
    head = f"@prefix exo: <{VOCAB}> . @prefix owl: <{OWL}> ."
    graph = Graph().parse(data=head + some, format="turtle")
    with pytest.raises(InputError) as caught:
        rdf.to_nquads(KnowledgeBase(), rdf.plain(graph))
    assert caught.value.code == "X111"


def test_everything_above_a_predicate_and_a_kind_is_materialised_once():
    kb = simple_kb(("a", "sponges", "b"))
    kb = KnowledgeBase(
        sources=kb.sources,
        entities=(kb.entities[0], Entity("b", "MicroRNA", "b", "b")),
        references=kb.references,
        claims=kb.claims,
    )
    graph = rdf.to_rdf(kb, ontology=TINY)
    held = {str(p).removeprefix(VOCAB) for p in graph.predicates(ENTITY.a, ENTITY.b)}
    assert held == {"sponges", *vocab.ancestors("sponges")}
    types = {str(t).removeprefix(VOCAB) for t in graph.objects(ENTITY.b, RDF.type)}
    assert types == {"Entity", "MicroRNA", "RNA", "Molecule"}
    assert list(graph.objects(ENTITY.b, EXO.assertedType)) == [EXO.MicroRNA]
    assert rdf.from_rdf(graph) == kb
    claim = next(graph.subjects(RDF.type, EXO.Claim))
    assert list(graph.objects(claim, RDF.predicate)) == [EXO.sponges]


def test_a_refuted_claim_has_a_node_but_no_direct_triple():
    said = Statement("a", "inhibits", "b", "t-1", "1", "t", stance="refutes")
    kb = simple_kb(("a", "inhibits", "b"))
    kb = KnowledgeBase(
        kb.sources, kb.entities, kb.references, (Claim("a", "inhibits", "b", (said,)),)
    )
    graph = rdf.to_rdf(kb)
    assert not list(graph.predicates(ENTITY.a, ENTITY.b))
    assert len(list(graph.subjects(RDF.type, EXO.Claim))) == 1
    assert rdf.from_rdf(graph) == kb


def test_a_cycle_of_classes_ends():
    loop = Graph()
    sub = URIRef("http://www.w3.org/2000/01/rdf-schema#subClassOf")
    loop.add((EXO.GeneProduct, sub, EXO.Molecule))
    loop.add((EXO.Molecule, sub, EXO.GeneProduct))
    graph = rdf.to_rdf(simple_kb(("a", "inhibits", "b")), ontology=loop)
    assert set(graph.objects(ENTITY.a, RDF.type)) == {EXO.Entity, EXO.GeneProduct, EXO.Molecule}


@pytest.mark.parametrize("text", ["0.50", "1E3", "1E+3", "-0.0", "100", "1.30E-2", "0E-7", "1e20"])
def test_a_number_stands_as_a_decimal_and_in_its_own_characters(text):
    kb = simple_kb(("a", "inhibits", "b"))
    held = Attribute("a", "size", text, "t-1", "1", "t", value=Decimal(text))
    graph = rdf.to_rdf(KnowledgeBase(kb.sources, kb.entities, kb.references, (), (held,)))
    (value,) = graph.objects(None, EXO.value)
    (exact,) = graph.objects(None, EXO.valueText)
    assert value.datatype.endswith("#decimal")
    assert Decimal(str(value)) == Decimal(text)
    assert "E" not in str(value)
    assert str(value) == decimal_text(Decimal(text))
    assert str(exact) == str(Decimal(text))
    assert str(rdf.from_rdf(graph).attributes[0].value) == str(Decimal(text))


def test_curies_become_full_iris_and_stay_readable():
    kb = KnowledgeBase(entities=(Entity("a", "Vesicle", "a", "a", exact_match=("GO:0070062",)),))
    graph = rdf.to_rdf(kb, prefixes=PREFIXES)
    match = URIRef("http://www.w3.org/2004/02/skos/core#exactMatch")
    assert list(graph.objects(ENTITY.a, match)) == [URIRef(PREFIXES["GO"] + "0070062")]
    assert list(graph.objects(ENTITY.a, EXO.exactCurie)) == [Literal("GO:0070062")]


def test_a_curie_of_an_unknown_prefix_is_kept_and_makes_no_iri():
    kb = KnowledgeBase(entities=(Entity("a", "Vesicle", "a", "a", close_match=("NOPE:1",)),))
    graph = rdf.to_rdf(kb, prefixes=PREFIXES)
    assert list(graph.objects(ENTITY.a, EXO.closeCurie)) == [Literal("NOPE:1")]
    match = URIRef("http://www.w3.org/2004/02/skos/core#closeMatch")
    assert list(graph.objects(ENTITY.a, match)) == []
    assert rdf.from_rdf(graph) == kb


def test_an_id_that_is_no_part_of_an_iri_is_refused():
    kb = KnowledgeBase(entities=(Entity("a> <b", "Vesicle", "a", "a"),))
    with pytest.raises(InputError, match="IRI"):
        rdf.to_rdf(kb)


@pytest.mark.parametrize(
    ("subject", "predicate", "object"),
    [
        (None, EXO.assertedType, None),
        (None, EXO.assertedType, EXO.Molecule),
        (None, EXO.section, None),
        (None, RDF.subject, None),
        (None, RDF.subject, EXO.a),
        (None, RDF.predicate, EXO.cures),
        (None, URIRef("http://www.w3.org/2000/01/rdf-schema#label"), None),
    ],
)
def test_a_graph_that_is_not_whole_is_refused_with_the_place(subject, predicate, object):
    graph = rdf.to_rdf(simple_kb(("a", "inhibits", "b")))
    at = next(graph.subjects(predicate, None))
    graph.remove((at, predicate, None))
    if object is not None:
        graph.add((at, predicate, object))
    with pytest.raises(InputError) as caught:
        rdf.from_rdf(graph)
    assert str(at) in caught.value.message or BASE in caught.value.message


def test_two_values_where_one_belongs_are_refused():
    graph = rdf.to_rdf(simple_kb(("a", "inhibits", "b")))
    at = next(graph.subjects(EXO.section, None))
    graph.add((at, EXO.section, Literal("2")))
    with pytest.raises(InputError, match="2 values"):
        rdf.from_rdf(graph)


def test_prefixes_are_read_and_every_bad_line_is_named(tmp_path):
    path = tmp_path / "prefixes.tsv"
    path.write_text("prefix\tiri\n# note\nGO\thttp://e.org/GO_\n\nx\thttps://e.org/x#\tmore\n")
    assert rdf.read_prefixes(path) == {"GO": "http://e.org/GO_", "x": "https://e.org/x#"}
    path.write_text(
        "prefix\tiri\nGO http://e.org/\nGO\thttp://e.org/\nGO\thttp://f.org/\ny\tnot an iri\n"
    )
    with pytest.raises(InputError) as caught:
        rdf.read_prefixes(path)
    for line in ("line 2", "line 4", "line 5"):
        assert line in caught.value.message
    path.write_bytes("前缀\t外泌体\n".encode("gbk"))
    with pytest.raises(InputError):
        rdf.read_prefixes(path)
    with pytest.raises(InputError):
        rdf.read_prefixes(tmp_path / "none.tsv")


def test_an_ontology_that_is_not_turtle_is_refused(tmp_path):
    path = tmp_path / "exograph.ttl"
    path.write_text("@prefix exo: <x .")
    with pytest.raises(InputError, match=r"exograph\.ttl"):
        rdf.parse_ontology(path)


@pytest.mark.skipif(not ONTOLOGY_FILE.exists(), reason="no ontology")
def test_every_term_that_the_rdf_uses_is_declared_in_the_ontology():
    ontology = rdf.parse_ontology(ONTOLOGY_FILE)
    classes, properties = terms()
    declared = {str(s).removeprefix(VOCAB) for s in ontology.subjects(RDF.type, None)}
    assert sorted((classes | properties) - declared) == []
