# SPDX-License-Identifier: Apache-2.0
"""OWL 2 DL by the OWL API's own checker, consistency by HermiT; both come with owlready2."""

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Triple, parse, serialize

from exograph import rdf, store
from exograph.kb import assemble
from exograph.tables import read_source

ROOT = Path(__file__).parent.parent
CHECKER = ROOT / "tests" / "owl" / "Profile.java"
PREFIXES = rdf.read_prefixes(ROOT / "ontology" / "prefixes.tsv")
ONTOLOGY = ROOT / "ontology" / "exograph.ttl"
HEADS = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES.items())
RESERVED = {f"{PREFIXES['rdf']}{name}" for name in ("subject", "predicate", "object")}
"""Reserved in OWL: the nodes of claims are RDF, their edges are what OWL may reason on."""

BROKEN = {
    "datatype as the range of an object property": (
        "VIOLATION",
        "exo:species rdfs:range xsd:string .",
    ),
    "one property for things and for values": ("VIOLATION", "exo:species a owl:DatatypeProperty ."),
    "a class nobody declares": ("VIOLATION", "exo:Vesicle rdfs:subClassOf exo:Particle ."),
    "an annotation property nobody declares": ("VIOLATION", "exo:Vesicle exo:comment 'round' ."),
    "a property nobody declares": ("VIOLATION", "exo:carries rdfs:subPropertyOf exo:holds ."),
    "a transitive property with a number": (
        "VIOLATION",
        "exo:precedes a owl:TransitiveProperty , owl:FunctionalProperty .",
    ),
    "a term of the reserved vocabulary": ("VIOLATION", "rdf:Bag a owl:Class ."),
    "a datatype that OWL does not have": ("REFUSED", "exo:year rdfs:range xsd:gYear ."),
    "a class that cannot have members": (
        "UNSATISFIABLE https://w3id.org/exograph/vocab#Odd",
        "exo:Odd a owl:Class ; rdfs:subClassOf exo:Vesicle , exo:Tissue .",
    ),
    "a vesicle that is a tissue": ("INCONSISTENT", "entity:x a exo:Vesicle , exo:Tissue ."),
    "a molecule that secretes": (
        "INCONSISTENT",
        "entity:x a exo:MicroRNA ; exo:secretes entity:y .",
    ),
    "a year that is no number": ("INCONSISTENT", "reference:x exo:year 'last' ."),
    "a claim that is an entity": ("INCONSISTENT", "claim:x a exo:Claim , exo:Condition ."),
}
"""What added to the ontology is told how."""


def jar() -> Path | None:
    """The HermiT of owlready2, which is not imported for it."""
    found = find_spec("owlready2")
    return found and Path(found.origin).parent / "hermit" / "HermiT.jar"


def of_the_review() -> list[Triple]:
    """The knowledge base of the review, as far as OWL may see it."""
    tables, problems = read_source(ROOT / "graphs" / "review")
    assert tables is not None, problems
    ontology = store.read_turtle(ONTOLOGY)
    nquads = rdf.to_nquads(assemble([tables]), ontology, prefixes=PREFIXES)
    triples = [quad.triple for quad in parse(nquads, RdfFormat.N_QUADS)]
    return [triple for triple in triples if triple.predicate.value not in RESERVED]


def ontology_with(more: str = "") -> list[Triple]:
    text = f"{ONTOLOGY.read_text(encoding='utf-8')}\n{HEADS}{more}"
    return [quad.triple for quad in parse(text, RdfFormat.TURTLE)]


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What the checker says of each text, by its name; all in one run of Java."""
    if shutil.which("javac") is None or jar() is None:
        reason = "needs a Java compiler (openjdk-17-jdk-headless) and owlready2"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    folder = tmp_path_factory.mktemp("owl")
    made = {"ontology": ontology_with(), "data": of_the_review()}
    made |= {name: ontology_with(more) for name, (_, more) in BROKEN.items()}
    files = {name: folder / f"{number}.rdf" for number, name in enumerate(made)}
    for name, triples in made.items():
        serialize(triples, files[name], RdfFormat.RDF_XML, prefixes=PREFIXES)
    command = ["java", f"-Djava.io.tmpdir={folder}", "-cp", str(jar()), str(CHECKER)]
    command += map(str, files.values())
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    said = {}
    for line in done.stdout.splitlines():
        if line.startswith("FILE "):
            lines = said[Path(line.removeprefix("FILE "))] = []
        else:
            lines.append(line)
    return {name: said[file] for name, file in files.items()}


def test_the_ontology_is_owl_2_dl_consistent_and_every_class_can_have_members(told):
    (axioms,) = told["ontology"]
    assert int(axioms.removeprefix("AXIOMS ")) >= 300


def test_the_knowledge_base_with_its_ontology_is_too(told):
    (axioms,) = told["data"]
    assert int(axioms.removeprefix("AXIOMS ")) > 10_000


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_owl_2_dl_or_contradicts_itself_is_told(name, told):
    assert any(line.startswith(BROKEN[name][0]) for line in told[name]), told[name]
