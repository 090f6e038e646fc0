# SPDX-License-Identifier: Apache-2.0
"""The screen before pyshacl: it lets no fault pass, and hands over what it does not know.

That both find the same in each graph with one wrong value is in ``tests/test_shapes.py``.
"""

import random
from collections import Counter
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef

from exograph import rdf
from exograph.checks import graph as graph_checks
from exograph.checks.screen import suspects
from exograph.kb import assemble
from exograph.tables import read_source

ROOT = Path(__file__).parents[2]
SH = Namespace("http://www.w3.org/ns/shacl#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
EXO = Namespace("https://w3id.org/exograph/vocab#")
SHAPES = rdf.parse_ontology(ROOT / "ontology" / "shapes.ttl")
PREFIXES = rdf.read_prefixes(ROOT / "ontology" / "prefixes.tsv")
ONTOLOGY = rdf.parse_ontology(ROOT / "ontology" / "exograph.ttl")


@pytest.fixture(scope="module")
def good():
    """A small knowledge base of two sources with its ontology."""
    folders = [ROOT / "tests" / "data" / "valid" / name for name in ("review", "paper")]
    kb = assemble([read_source(folder)[0] for folder in folders])
    return rdf.to_rdf(kb, prefixes=PREFIXES, ontology=ONTOLOGY) + ONTOLOGY


def told(report):
    """How often each focus node, path, value and message is reported."""
    properties = (SH.focusNode, SH.resultPath, SH.value, SH.resultMessage)
    return Counter(
        tuple(
            "blank" if isinstance(x, BNode) else x for x in (report.value(r, p) for p in properties)
        )
        for r in report.subjects(RDF.type, SH.ValidationResult)
    )


def shapes_of(text):
    heads = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <https://e.org/> .\n"
    return Graph().parse(data=heads + text, format="turtle")


ODD = [
    *(URIRef("https://w3id.org/exograph/entity/nowhere"), BNode(), Literal("")),
    *(Literal("x", lang="fr"), Literal(-1), Literal("2", datatype=XSD.decimal)),
    *(Literal("two", datatype=XSD.integer), Literal("01", datatype=XSD.integer), EXO.Vesicle),
]


@pytest.mark.parametrize("seed", range(12))
def test_the_screen_and_pyshacl_find_the_same_in_graphs_with_random_faults(seed, good):
    chance = random.Random(seed)
    broken = Graph() + good
    data = sorted(t for t in good - ONTOLOGY)
    for subject, predicate, object in chance.sample(data, 12):
        broken.remove((subject, predicate, object))
        if chance.random() < 0.7:
            another = chance.choice(data)[2] if chance.random() < 0.5 else chance.choice(ODD)
            broken.add((subject, predicate, another))
    whole = validate(broken, shacl_graph=SHAPES, inference="none")[1]
    assert told(whole)
    assert told(graph_checks.validated(broken, SHAPES)) == told(whole)


def test_a_sound_graph_has_no_suspects_and_pyshacl_is_not_asked(good, monkeypatch):
    monkeypatch.setattr("pyshacl.validate", None)
    assert suspects(good, SHAPES) == {}
    assert len(graph_checks.validated(good, SHAPES)) == 0


def test_a_suspect_is_told_with_its_shape(good):
    broken = Graph() + good
    tnf = URIRef(PREFIXES["entity"] + "tnf")
    broken.remove((tnf, EXO.assertedType, None))
    assert suspects(broken, SHAPES) == {
        URIRef("https://w3id.org/exograph/shapes#Entity"): [tnf],
    }


def test_a_blank_node_at_fault_hands_over_everything(good):
    broken = Graph() + good
    broken.add((BNode(), RDF.type, EXO.Claim))
    assert suspects(broken, SHAPES) is None


TARGET = ":shape a sh:NodeShape ; sh:targetClass :Thing "


@pytest.mark.parametrize(
    "text",
    [
        TARGET + "; sh:closed true .",
        TARGET + "; sh:xone ( [ sh:nodeKind sh:IRI ] ) .",
        TARGET + "; sh:property [ sh:path :p ; sh:pattern 'a' ; sh:flags 'i' ] .",
        TARGET + "; sh:property [ sh:path ( :p :q ) ; sh:minCount 1 ] .",
        TARGET
        + "; sh:property [ sh:path :p ; sh:datatype <http://www.w3.org/2001/XMLSchema#date> ] .",
        TARGET + "; sh:nodeKind sh:BlankNode .",
        TARGET + "; sh:or ( :shape ) .",
        ":shape a sh:NodeShape ; sh:targetNode :thing ; sh:nodeKind sh:Literal .",
        ":shape a sh:NodeShape , <http://www.w3.org/2002/07/owl#Class> ; sh:nodeKind sh:IRI .",
        "[] sh:targetClass :Thing ; sh:property [ sh:path :p ; sh:minCount 1 ] .",
    ],
)
def test_what_the_screen_does_not_know_hands_over_everything(text):
    data = Graph().parse(data="@prefix : <https://e.org/> . :thing a :Thing .", format="turtle")
    assert suspects(data, shapes_of(text)) is None


def test_instances_of_sub_classes_are_looked_at_too():
    text = TARGET + "; sh:property [ sh:path :p ; sh:minCount 1 ] ."
    data = Graph().parse(
        data="@prefix : <https://e.org/> . :x a :Low . "
        ":Low <http://www.w3.org/2000/01/rdf-schema#subClassOf> :Thing .",
        format="turtle",
    )
    found = suspects(data, shapes_of(text))
    assert found == {URIRef("https://e.org/shape"): [URIRef("https://e.org/x")]}
