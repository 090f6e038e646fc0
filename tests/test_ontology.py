# SPDX-License-Identifier: Apache-2.0
"""The ontology: it says what vocab.py says, in both languages, and stays within OWL 2 DL."""

import re
from collections import Counter
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection

from exograph import rdf, vocab
from exograph.ids import BASE, VOCAB
from exograph.kb import assemble
from exograph.rdf.shape import SHAPES, terms
from exograph.tables import read_source

ROOT = Path(__file__).parent.parent
EXO = Namespace(VOCAB)
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
ONTOLOGY = rdf.parse_ontology(ROOT / "ontology" / "exograph.ttl")
PREFIXES = rdf.read_prefixes(ROOT / "ontology" / "prefixes.tsv")
UPPER = {"Entity", "Agent", "Molecule", "RNA", "Happening", "Record"}
ANNOTATIONS = {"defaultSign", "walk"}
EFFECTS = [p for p in vocab.PREDICATES.values() if p.is_effect]


def declared(kind):
    """Names of the exo: terms that the ontology declares as ``kind``."""
    return {str(s)[len(VOCAB) :] for s in ONTOLOGY.subjects(RDF.type, kind) if s.startswith(VOCAB)}


CLASSES = declared(OWL.Class)
OBJECT, DATA = declared(OWL.ObjectProperty), declared(OWL.DatatypeProperty)
TERMS = sorted(CLASSES | OBJECT | DATA | declared(OWL.AnnotationProperty))


def below(name):
    """Names of the classes without sub-classes at or under a class: for entities, kinds."""
    found = {name} | {
        str(c)[len(VOCAB) :] for c in ONTOLOGY.transitive_subjects(RDFS.subClassOf, EXO[name])
    }
    parents = {str(c)[len(VOCAB) :] for c in ONTOLOGY.objects(None, RDFS.subClassOf)}
    return found - parents


def named(node):
    """The leaf classes that a class expression (a name, or a union of names) covers."""
    if isinstance(node, URIRef):
        return below(str(node)[len(VOCAB) :])
    assert (node, RDF.type, OWL.Class) in ONTOLOGY
    members = Collection(ONTOLOGY, ONTOLOGY.value(node, OWL.unionOf, any=False))
    return frozenset[str]().union(*(named(member) for member in members))


def covered(name, side):
    """The leaf classes of the one domain or range of a property."""
    (node,) = ONTOLOGY.objects(EXO[name], side)
    return named(node)


def with_sub_properties(name, side):
    """The kinds that vocab gives a predicate and all those below it."""
    lower = [p for p in vocab.PREDICATES.values() if name in (p.name, *vocab.ancestors(p.name))]
    return frozenset[str]().union(*(getattr(p, side) for p in lower))


def labels(name):
    return {(str(o), o.language) for o in ONTOLOGY.objects(EXO[name], RDFS.label)}


# ------------------------------------------------------------------ agreement with vocab.py


@pytest.mark.parametrize("term", [*vocab.TYPES.values(), *vocab.PREDICATES.values(), vocab.AFFECTS])
def test_labels_are_those_of_the_vocabulary(term):
    assert labels(term.name) == {(term.label_en, "en"), (term.label_zh, "zh")}


def test_the_kinds_are_the_leaves_under_entity():
    assert below("Entity") == set(vocab.TYPES)
    assert below("Agent") == vocab.AGENT
    assert below("Molecule") == vocab.MOLECULE
    assert below("RNA") == vocab.RNA
    assert below("Happening") == vocab.HAPPENING
    assert below("Record") == {s.rdf_class for s in SHAPES} - {"Entity"} | {"Claim"}


@pytest.mark.parametrize("predicate", vocab.PREDICATES.values(), ids=lambda p: p.name)
def test_sign_walk_and_parents_are_those_of_the_vocabulary(predicate):
    node = EXO[predicate.name]
    sign = None if predicate.sign is None else Literal(predicate.sign)
    assert ONTOLOGY.value(node, EXO.defaultSign, any=False) == sign
    assert ONTOLOGY.value(node, EXO.walk, any=False) == Literal(predicate.walk)
    parents = {EXO[parent] for parent in predicate.parents}
    assert set(ONTOLOGY.objects(node, RDFS.subPropertyOf)) == parents


def test_affects_stands_above_all_effects_and_alone():
    below_affects = set(ONTOLOGY.transitive_subjects(RDFS.subPropertyOf, EXO.affects))
    assert below_affects == {EXO[p.name] for p in EFFECTS} | {EXO.affects}
    assert list(ONTOLOGY.objects(EXO.affects, RDFS.subPropertyOf)) == []
    assert list(ONTOLOGY.objects(EXO.affects, EXO.defaultSign)) == []


@pytest.mark.parametrize("name", [*vocab.PREDICATES, vocab.AFFECTS.name])
def test_domain_and_range_cover_the_predicate_and_all_below_it(name):
    assert covered(name, RDFS.domain) == with_sub_properties(name, "domain")
    assert covered(name, RDFS.range) == with_sub_properties(name, "range")


def test_context_properties_take_the_kinds_of_the_vocabulary():
    for field, kinds in vocab.CONTEXT_TYPES.items():
        assert covered(field, RDFS.range) == kinds


FORMS = {"text": XSD.string, "integer": XSD.integer, "decimal": XSD.decimal, "sign": XSD.integer}
CELLS = sorted({cell.property[len(VOCAB) :] for shape in SHAPES for cell in shape.cells})


@pytest.mark.parametrize("name", CELLS)
def test_a_record_property_belongs_to_the_records_that_have_it(name):
    pairs = [(s, c) for s in SHAPES for c in s.cells if c.property == VOCAB + name]
    records = {s.rdf_class for s, _ in pairs}
    if name == "sign":
        records.add("Claim")
    if name == "title":
        records |= {"Source", "Mechanism"}
    expected = set(vocab.TYPES) if records == {"Entity"} else records
    assert covered(name, RDFS.domain) == expected
    form = pairs[0][1].form
    if form in FORMS and name != "title":
        assert list(ONTOLOGY.objects(EXO[name], RDFS.range)) == [FORMS[form]]


# ------------------------------------------------------------------ agreement with the RDF


@pytest.fixture(scope="module")
def real():
    """The RDF of the review's tables, without the ontology's own triples."""
    tables, problems = read_source(ROOT / "graphs" / "review")
    assert tables is not None, problems
    return rdf.to_rdf(assemble([tables]), prefixes=PREFIXES, ontology=ONTOLOGY)


def test_the_terms_of_the_rdf_are_declared_and_no_others():
    classes, properties = terms()
    assert classes | UPPER == CLASSES
    assert properties == OBJECT | DATA
    assert declared(OWL.AnnotationProperty) == ANNOTATIONS


def test_the_real_knowledge_base_uses_declared_terms_as_they_are_declared(real):
    for _, predicate, object in real:
        name = str(predicate)[len(VOCAB) :] if predicate.startswith(VOCAB) else None
        if name is not None:
            assert name in (DATA if isinstance(object, Literal) else OBJECT)
        if predicate == RDF.type:
            assert str(object)[len(VOCAB) :] in CLASSES


def test_what_the_real_knowledge_base_says_fits_domains_and_ranges(real):
    kinds = {}
    for node, kind in real.subject_objects(RDF.type):
        kinds.setdefault(node, set()).add(str(kind)[len(VOCAB) :])
    domains = {EXO[n]: covered(n, RDFS.domain) for n in OBJECT | DATA}
    punned = {EXO[n] for n in OBJECT if (EXO[n], RDFS.range, OWL.Thing) in ONTOLOGY}
    ranges = {EXO[n]: covered(n, RDFS.range) for n in OBJECT if EXO[n] not in punned}
    for subject, predicate, object in real:
        if predicate in domains:
            assert kinds[subject] & domains[predicate], (subject, predicate)
        if predicate in ranges:
            assert kinds[object] & ranges[predicate], (predicate, object)


def test_prefixes_shorten_every_iri_of_the_real_knowledge_base(real):
    iris = {str(n) for triple in real for n in triple if isinstance(n, URIRef)}
    steps = re.compile(re.escape(BASE) + r"mechanism/[a-z0-9-]+/step/[0-9]+\Z")
    assert [i for i in iris if not steps.match(i) and rdf.shorten(i, PREFIXES)[0] == "<"] == []


# ------------------------------------------------------------------ labels and definitions


def both(name, property):
    """The English and the Chinese value, exactly one each."""
    held = list(ONTOLOGY.objects(EXO[name], property))
    assert sorted(o.language for o in held) == ["en", "zh"], name
    return tuple(str(o) for o in sorted(held, key=lambda o: o.language))


CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u3000-\u303f\uff00-\uffef]")


@pytest.mark.parametrize("name", TERMS)
def test_a_term_has_one_label_and_one_definition_in_each_language(name):
    for property in (RDFS.label, SKOS.definition):
        en, zh = both(name, property)
        assert not CHINESE.search(en)
        assert CHINESE.search(zh) or en == zh
        assert en == en.strip()
        assert zh == zh.strip()
    en, zh = both(name, SKOS.definition)
    assert en.endswith(".")
    assert zh.endswith("。")


def test_no_two_definitions_are_the_same():
    told = Counter(str(o) for o in ONTOLOGY.objects(None, SKOS.definition))
    assert [text for text, times in told.items() if times > 1] == []


@pytest.mark.parametrize("predicate", vocab.PREDICATES.values(), ids=lambda p: p.name)
def test_a_predicate_tells_its_sign_its_walk_and_an_example(predicate):
    en, zh = both(predicate.name, SKOS.definition)
    sign = {1: "Sign +", -1: "Sign -", 0: "Sign 0", None: "No sign"}[predicate.sign]
    assert sign in en
    assert {1: "方向为正", -1: "方向为负", 0: "方向为 0", None: "没有方向"}[predicate.sign] in zh
    walk = {"forward": "paths go from", "backward": "backward", "never": "paths never walk it"}
    assert walk[predicate.walk] in en
    assert {"forward": "路径从", "backward": "逆向", "never": "路径不经过"}[predicate.walk] in zh
    example_en, example_zh = both(predicate.name, SKOS.example)
    assert not CHINESE.search(example_en)
    assert CHINESE.search(example_zh)


def test_the_header_names_title_licence_and_version():
    header = ONTOLOGY.value(None, RDF.type, OWL.Ontology, any=False)
    assert str(header) == VOCAB.rstrip("#")
    dcterms = Namespace(PREFIXES["dcterms"])
    for property in (dcterms.title, dcterms.description):
        assert {o.language for o in ONTOLOGY.objects(header, property)} == {"en", "zh"}
    assert "/by/4.0/" in str(ONTOLOGY.value(header, dcterms.license, any=False))
    assert str(ONTOLOGY.value(header, OWL.versionInfo, any=False)) == "0.1.0"


# ------------------------------------------------------------------ OWL 2 DL


def test_each_term_is_declared_as_one_thing():
    for name in TERMS:
        assert len(list(ONTOLOGY.objects(EXO[name], RDF.type))) == 1, name
    assert set() == OBJECT & DATA


def test_annotations_are_made_with_annotation_properties_only():
    annotations = set(ONTOLOGY.subjects(RDF.type, OWL.AnnotationProperty))
    built_in = {RDFS.label, RDFS.comment, OWL.versionInfo}
    for subject, predicate, object in ONTOLOGY:
        if isinstance(object, Literal):
            assert predicate in annotations | built_in, (subject, predicate)


def test_ranges_are_classes_for_object_properties_and_datatypes_for_the_others():
    datatypes = {XSD.string, XSD.integer, XSD.decimal, XSD.boolean, RDFS.Literal}
    for name in DATA:
        assert set(ONTOLOGY.objects(EXO[name], RDFS.range)) <= datatypes
    for name in OBJECT:
        (held,) = ONTOLOGY.objects(EXO[name], RDFS.range)
        assert held not in datatypes
        assert isinstance(held, BNode) or held == OWL.Thing or str(held)[len(VOCAB) :] in CLASSES


def test_the_kinds_and_the_records_are_disjoint_among_themselves():
    groups = [
        {str(m)[len(VOCAB) :] for m in Collection(ONTOLOGY, members)}
        for members in ONTOLOGY.objects(None, OWL.members)
    ]
    assert sorted(groups, key=len) == [below("Record"), set(vocab.TYPES)]


def test_super_classes_and_super_properties_go_round_in_no_circle():
    for relation in (RDFS.subClassOf, RDFS.subPropertyOf):
        for name in TERMS:
            above = ONTOLOGY.transitive_objects(EXO[name], relation)
            next(above)
            assert EXO[name] not in set(above)


def graph_of(text):
    """A graph from Turtle under the usual prefixes."""
    heads = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES.items())
    return Graph().parse(data=heads + text, format="turtle")
