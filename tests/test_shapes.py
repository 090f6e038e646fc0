# SPDX-License-Identifier: Apache-2.0
"""The shapes: whole data pass, each message can be told, the lists are those of vocab.py.

That each query of ``ontology/checks`` can fail is shown in ``tests/checks/test_graph.py``.
"""

import re
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection

from exograph import rdf, vocab
from exograph.checks import graph as graph_checks
from exograph.ids import VOCAB
from exograph.kb import group_claims
from exograph.model import (
    Attribute,
    Conflict,
    Context,
    Desired,
    Entity,
    KnowledgeBase,
    Mechanism,
    MechanismStep,
    Reference,
    Remark,
    Source,
    Statement,
    Verification,
)

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "ontology"
EXO, SH = Namespace(VOCAB), Namespace("http://www.w3.org/ns/shacl#")
ONTOLOGY = rdf.parse_ontology(FOLDER / "exograph.ttl")
SHAPES = rdf.parse_ontology(FOLDER / "shapes.ttl")
PREFIXES = rdf.read_prefixes(FOLDER / "prefixes.tsv")
QUERIES = {
    path.name.removesuffix("-violation.rq"): path.read_text(encoding="utf-8")
    for path in sorted((FOLDER / "checks").glob("*-violation.rq"))
}

CONTEXT = Context(
    ("fibroblast",), ("skin",), ("mouse",), ("human",), ("rat-burn",), ("burn",), ("mir-192-5p",)
)


def said(subject, predicate, object, **more):
    return Statement(subject, predicate, object, "review-38", "3.2", "review", **more)


STATEMENTS = (
    said(
        *("mir-126", "promotes", "angiogenesis"),
        quote="miR-126 促进血管生成",
        aspect="level",
        evidence_kind="in_vivo",
        method=("extrusion-3d-printing",),
        directness="direct",
        context=CONTEXT,
        note="As told.",
    ),
    said("mir-192-5p", "suppresses", "angiogenesis", paraphrase="It holds vessels back."),
    said("angiogenesis", "part_of_phase", "proliferative-phase", basis="inferred", note="Known."),
    said("adsc-exo-hypoxia", "variant_of", "adsc-exo", quote="低氧预处理的 ADSC-Exo"),
    said("adsc-exo-hypoxia", "preconditioned_with", "burn", quote="低氧预处理"),
    said("mir-126", "upregulates", "burn-marker", quote="未上调", stance="refutes"),
)
KINDS = {
    "mir-126": "MicroRNA",
    "mir-192-5p": "MicroRNA",
    "burn-marker": "GeneProduct",
    "angiogenesis": "BiologicalProcess",
    "proliferative-phase": "HealingPhase",
    "adsc-exo": "Vesicle",
    "adsc-exo-hypoxia": "Vesicle",
    "fibroblast": "CellType",
    "skin": "Tissue",
    "mouse": "Organism",
    "human": "Organism",
    "rat-burn": "DiseaseModel",
    "burn": "Condition",
    "extrusion-3d-printing": "Method",
}
SMALL = KnowledgeBase(
    sources=(
        Source(
            "review",
            "A review",
            "综述",
            "CC-BY-4.0",
            "2026-11-24",
            "quotes",
            ("3.2",),
            "a",
            "0" * 64,
        ),
    ),
    entities=(
        Entity(
            *("wound", "Condition", "wound", "伤口"),
            exact_match=("GO:1",),
            close_match=("GO:2",),
            species="human",
            desired=Desired("down", "review-38"),
            description="An open one.",
            description_zh="开放性伤口。",
        ),
        *(Entity(id, kind, id, f"{id} 中文") for id, kind in KINDS.items()),
    ),
    references=(
        Reference(
            *("review-38", "cited", "review", 38, "study", "Title", "Li", 2020, "J"),
            *("10.1000/x", "123", "PMC123", "identified", "corrected", "Read."),
        ),
    ),
    claims=group_claims(STATEMENTS),
    attributes=(
        Attribute(
            *("adsc-exo", "size", "100 ± 0.50 (90 to 110) nm", "review-38", "3.2", "review"),
            *(Decimal(100), Decimal("0.50"), Decimal(90), Decimal(110)),
            *("nm", "approx", "some", "100 nm", "Said."),
        ),
    ),
    mechanisms=(
        Mechanism(
            *("m", "A story", "机制", "review-38", "mir-126", "angiogenesis", "+", "review"),
            steps=(MechanismStep(1, "mir-126", "promotes", "angiogenesis"),),
            note="One step.",
        ),
    ),
    verifications=(
        Verification(
            *("review-38", "3.2", "mir-126", "promotes", "angiogenesis"),
            *(
                "more vessels",
                "more tubes",
                "supported",
                "abstract",
                "line 3",
                "review",
                "Same.",
                "review-38",
            ),
        ),
    ),
    conflicts=(
        Conflict(
            *("mir-126", "promotes", "angiogenesis", "mir-192-5p", "suppresses", "angiogenesis"),
            *("review", ("cell",), "Cells differ."),
        ),
    ),
    remarks=(Remark("r", "3.2", "odd", "kept", "review", "review-38", "skin", "原文"),),
)
WHOLE = rdf.to_rdf(SMALL, prefixes=PREFIXES, ontology=ONTOLOGY)


def value_of(turtle):
    """The objects written in ``turtle``."""
    heads = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES.items())
    return list(Graph().parse(data=f"{heads} [] rdf:value {turtle} .", format="turtle").objects())


def iri(name):
    prefix, _, local = name.partition(":")
    return URIRef(PREFIXES[prefix] + local)


def the(kind, graph=WHOLE):
    """The node of a class that says most: the one with every field."""
    return max(
        sorted(graph.subjects(RDF.type, EXO[kind])),
        key=lambda node: len(set(graph.predicates(node))),
    )


def changed(node, name, turtle):
    """The small graph with other values of one property of one node; none if ``turtle`` is None."""
    graph = Graph() + WHOLE
    graph.remove((node, iri(name), None))
    for value in value_of(turtle) if turtle else ():
        graph.add((node, iri(name), value))
    return graph


def told_in(report):
    """Each result of a report, whatever the names of its blank nodes."""
    properties = (SH.focusNode, SH.resultPath, SH.value, SH.resultSeverity, SH.resultMessage)
    return Counter(
        tuple(
            "blank" if isinstance(held, BNode) else held
            for held in (report.value(result, p) for p in (*properties, SH.sourceShape))
        )
        for result in report.subjects(RDF.type, SH.ValidationResult)
    )


def findings(graph):
    """Messages and paths of what pyshacl finds; the checks find the same with their screen."""
    _, report, _ = validate(graph, shacl_graph=SHAPES, inference="none")
    assert told_in(graph_checks.validated(graph, SHAPES)) == told_in(report)
    results = list(report.subjects(RDF.type, SH.ValidationResult))
    return (
        {str(m) for r in results for m in report.objects(r, SH.resultMessage)},
        {p for r in results for p in report.objects(r, SH.resultPath)},
    )


# ------------------------------------------------------------------ whole data


def test_shapes_and_queries_find_nothing_in_a_graph_with_every_field():
    assert graph_checks.run(SMALL, FOLDER) == ()


# ------------------------------------------------------------------ shapes


CLASSES = sorted(c for c in ONTOLOGY.subjects(RDF.type, OWL.Class) if isinstance(c, URIRef))
ABSTRACT = {EXO.Record}
"""Has shapes for each class below it, and no instance of its own."""


@cache
def empty_of_each_class():
    """Focus nodes at fault in a graph with a bare node of each class."""
    graph = Graph() + ONTOLOGY
    for kind in CLASSES:
        graph.add((kind + "-bare", RDF.type, kind))
    report = graph_checks.validated(graph, SHAPES)
    assert told_in(report) == told_in(validate(graph, shacl_graph=SHAPES, inference="none")[1])
    return set(report.objects(None, SH.focusNode))


@pytest.mark.parametrize("kind", sorted(set(CLASSES) - ABSTRACT))
def test_each_class_has_a_shape_that_targets_it_and_that_a_bare_node_breaks(kind):
    assert kind + "-bare" in empty_of_each_class()


def test_an_abstract_class_has_a_shape_for_each_class_below_it():
    targets = set(SHAPES.objects(None, SH.targetClass))
    for kind in ABSTRACT:
        assert set(ONTOLOGY.subjects(RDFS.subClassOf, kind)) <= targets


TWO = '"a", "b"'
GROUPING = {RDF.type, SH.targetSubjectsOf, SH.property}
"""Of a shape that only gathers others."""
RECORD = {"exo:source": "entity:skin", "exo:note": '""'}
PLACE = {"exo:reference": None, "exo:section": TWO}
TRIPLE = {
    "exo:claim": "entity:skin",
    "exo:subject": None,
    "exo:predicate": '"promotes"',
    "exo:object": "reference:review-38",
}
WRONG = {
    "Entity": {
        "exo:assertedType": "exo:Molecule",
        "rdfs:label": '"wound"@en, "lesion"@en',
        "exo:species": "entity:skin",
        "exo:description": TWO,
        "exo:descriptionZh": TWO,
        "exo:desiredDirection": '"sideways"',
        "exo:desiredReference": None,
        "exo:exactCurie": '"GO 1"',
        "skos:exactMatch": None,
        "exo:closeCurie": '"GO:"',
        "skos:closeMatch": '"GO:2"',
    },
    "Claim": {
        "rdf:subject": "entity:angiogenesis, entity:proliferative-phase, entity:adsc-exo",
        "rdf:object": None,
        "rdf:predicate": None,
        "exo:sign": "2",
        "exo:hasStatement": None,
    },
    "Statement": {
        **(RECORD | PLACE),
        "exo:quote": TWO,
        "exo:paraphrase": '""',
        "exo:basis": '"guessed"',
        "exo:stance": '"supports", "refutes"',
        "exo:retracted": "false",
        "exo:certainty": None,
        "exo:effect": '"strong"',
        "exo:aspect": '"colour"',
        "exo:evidenceKind": '"hearsay"',
        "exo:evidenceCode": "entity:skin",
        "exo:grade": '"F"',
        "exo:directness": '"half"',
        "exo:method": "entity:skin",
        "exo:cell": "entity:skin",
        "exo:tissue": "entity:fibroblast",
        "exo:organism": "entity:skin",
        "exo:donor": "entity:skin",
        "exo:model": "entity:skin",
        "exo:condition": "entity:skin",
        "exo:comparator": "reference:review-38",
    },
    "AttributeValue": {
        **(RECORD | PLACE),
        "exo:quote": "1",
        "exo:entity": None,
        "exo:attribute": '"weight"',
        "exo:verbatim": None,
        "exo:value": '"100"',
        "exo:error": "-0.5",
        "exo:low": "110.5",
        "exo:high": "110.0, 111.0",
        "exo:unit": '"inch"',
        "exo:qualifier": '"perhaps"',
        "exo:textValue": '""',
    },
    "Reference": {
        **RECORD,
        "exo:kind": '"book"',
        "exo:status": '"known"',
        "exo:retraction": '"withdrawn"',
        "exo:number": "0",
        "exo:year": "38",
        "exo:title": TWO,
        "exo:doi": '"https://doi.org/10.1000/x"',
        "exo:pmid": '"PMC123"',
        "exo:pmcid": '"123"',
    },
    "Source": {
        "exo:title": '"A review"@en',
        "exo:licence": None,
        "exo:date": '"24 November"',
        "exo:evidence": '"rumours"',
        "exo:sections": None,
        "exo:textSha256": '"0"',
    },
    "Mechanism": {
        **RECORD,
        "exo:title": '"A story"@en, "Eine"@de',
        "exo:reference": "entity:skin",
        "exo:sign": None,
        "exo:start": "entity:angiogenesis",
        "exo:end": None,
        "exo:hasStep": None,
    },
    "MechanismStep": {**TRIPLE, "exo:layer": "0", "exo:position": "1.0"},
    "Verification": {
        **(RECORD | PLACE | TRIPLE),
        "exo:says": None,
        "exo:primarySays": None,
        "exo:verdict": '"fine"',
        "exo:read": '"title"',
        "exo:where": None,
        "exo:primary": "entity:skin",
    },
    "Conflict": {
        **RECORD,
        "exo:firstClaim": "entity:skin",
        "exo:secondClaim": None,
        "exo:firstSubject": None,
        "exo:firstPredicate": None,
        "exo:firstObject": "entity:skin",
        "exo:secondSubject": None,
        "exo:secondPredicate": '"suppresses"',
        "exo:secondObject": None,
        "exo:explainedBy": '"weather"',
    },
    "Remark": {
        "exo:section": None,
        "exo:source": None,
        "exo:quote": TWO,
        "exo:text": None,
        "exo:handling": '""',
        "exo:reference": "entity:skin",
        "exo:entity": "reference:review-38",
    },
}
CASES = [(kind, name, value) for kind, fields in WRONG.items() for name, value in fields.items()]


@cache
def with_wrong_value(kind, name, value):
    """Messages and paths of a graph with one wrong value in the fullest record of a class."""
    return findings(changed(the(kind), name, value))


@cache
def without_iri(kind):
    """Messages of a graph with a blank node of a class."""
    graph = Graph() + WHOLE
    graph.add((BNode(), RDF.type, EXO[kind]))
    return findings(graph)[0]


def statement_with(name, value):
    (node,) = WHOLE.subjects(iri(name), Literal(value))
    return node


QUOTELESS = statement_with("exo:paraphrase", "It holds vessels back.")
INFERRED = statement_with("exo:basis", "inferred")
TOGETHER = [
    (the("Claim"), "exo:sign", None, "A claim has a sign if and only if its predicate is an"),
    (the("Claim"), "rdf:predicate", "exo:carries", "A claim has a sign if and only if"),
    (the("Claim"), "rdf:predicate", "exo:likes", "and a known predicate"),
    (QUOTELESS, "exo:paraphrase", None, "A statement has a quote or a paraphrase"),
    (INFERRED, "exo:note", None, "An inferred statement says in its note"),
    (the("Entity"), "rdfs:label", '"a"@en, "b"@zh, "c"@zh', "exactly one label"),
    (the("Mechanism"), "exo:hasStep", None, "A step belongs to exactly one mechanism"),
]


@cache
def with_lone_value(node, name, value):
    return findings(changed(node, name, value))[0]


@pytest.mark.parametrize(("kind", "name", "value"), CASES, ids=str)
def test_a_wrong_value_breaks_the_shape(kind, name, value):
    assert iri(name) in with_wrong_value(kind, name, value)[1]


@pytest.mark.parametrize("kind", WRONG)
def test_a_record_without_an_iri_breaks_its_shape(kind):
    assert any("has an IRI" in message for message in without_iri(kind))


@pytest.mark.parametrize(("node", "name", "value", "message"), TOGETHER)
def test_fields_that_do_not_go_together_break_the_shape(node, name, value, message):
    assert any(message in told for told in with_lone_value(node, name, value))


def test_an_attribute_without_number_and_text_breaks_the_shape():
    graph = Graph() + WHOLE
    for name in ("value", "low", "high", "textValue"):
        graph.remove((None, EXO[name], None))
    assert findings(graph)[0] == {"An attribute value has an IRI, and holds a number or a text."}


def test_no_message_of_the_shapes_is_idle():
    told = {m for case in CASES for m in with_wrong_value(*case)[0]}
    told |= {m for kind in WRONG for m in without_iri(kind)}
    told |= {m for node, name, value, _ in TOGETHER for m in with_lone_value(node, name, value)}
    assert {str(m) for m in SHAPES.objects(None, SH.message)} - told == set()


def test_every_shape_has_a_message():
    shapes = set(SHAPES.subjects(SH.path)) | set(SHAPES.subjects(RDF.type, SH.NodeShape))
    branches = set(SHAPES.objects(None, RDF.first))
    branches |= {inner for b in branches for inner in SHAPES.objects(b, SH.property)}
    grouping = {n for n in shapes if set(SHAPES.predicates(n)) <= GROUPING}
    silent = {n for n in shapes - branches - grouping if not set(SHAPES.objects(n, SH.message))}
    assert silent == set()


LISTS = {
    "assertedType": vocab.TYPES,
    "desiredDirection": vocab.DESIRED_DIRECTIONS,
    "basis": vocab.BASES,
    "stance": vocab.STANCES,
    "certainty": vocab.CERTAINTIES,
    "effect": vocab.EFFECTS,
    "aspect": vocab.ASPECTS,
    "evidenceKind": vocab.EVIDENCE_KINDS,
    "directness": vocab.DIRECTNESSES,
    "grade": vocab.GRADES,
    "attribute": vocab.ATTRIBUTES,
    "unit": vocab.UNITS,
    "qualifier": vocab.QUALIFIERS,
    "kind": vocab.REFERENCE_KINDS,
    "status": vocab.REFERENCE_STATUSES,
    "evidence": vocab.EVIDENCE_FORMS,
    "retraction": vocab.RETRACTIONS,
    "retracted": ("true",),
    "verdict": vocab.VERDICTS,
    "read": vocab.READS,
    "explainedBy": vocab.CONTEXT_FIELDS,
    "sign": ("-1", "0", "1"),
}


def lists_of(path):
    """The closed lists that shapes with a message give for a property."""
    for node in SHAPES.subjects(SH.path, path):
        for head in SHAPES.objects(node, SH["in"]):
            if (node, SH.message, None) in SHAPES:
                yield [str(item).removeprefix(VOCAB) for item in Collection(SHAPES, head)]


def test_the_closed_lists_are_those_of_the_vocabulary():
    for name, values in LISTS.items():
        held = list(lists_of(EXO[name]))
        assert held
        assert all(one == list(values) for one in held), name
    told = {str(p)[len(VOCAB) :] for p in SHAPES.objects(None, SH.path) if next(lists_of(p), None)}
    assert told == LISTS.keys()


def test_effects_and_other_predicates_are_those_of_the_vocabulary():
    effects, others = (
        {str(item)[len(VOCAB) :] for item in Collection(SHAPES, head)}
        for node in SHAPES.subjects(SH.path, RDF.predicate)
        for head in SHAPES.objects(node, SH["in"])
    )
    known = vocab.PREDICATES.values()
    assert {frozenset(effects), frozenset(others)} == {
        frozenset(p.name for p in known if p.is_effect),
        frozenset(p.name for p in known if not p.is_effect),
    }


def test_context_takes_the_kinds_of_the_vocabulary():
    for field, kinds in vocab.CONTEXT_TYPES.items():
        (node,) = SHAPES.subjects(SH.path, EXO[field])
        heads = list(SHAPES.objects(node, SH["or"]))
        inner = list(Collection(SHAPES, heads[0])) if heads else [node]
        classes = {SHAPES.value(one, SH["class"], any=False) for one in inner}
        below = {k for c in classes for k in ONTOLOGY.transitive_subjects(RDFS.subClassOf, c)}
        assert {str(k)[len(VOCAB) :] for k in below} & vocab.TYPES.keys() == kinds


# ------------------------------------------------------------------ queries that must find nothing


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_tells_message_and_cure_with_its_own_variables(name):
    variables, rows = rdf.ask(WHOLE + ONTOLOGY, QUERIES[name], PREFIXES)
    assert rows == ()
    header = dict(re.findall(r"^# (message|cure): *(\S.*)$", QUERIES[name], re.MULTILINE))
    assert header.keys() == {"message", "cure"}
    assert set(re.findall(r"\{(\w+)\}", "".join(header.values()))) <= set(variables)
