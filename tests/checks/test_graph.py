# SPDX-License-Identifier: Apache-2.0
"""Checks of the graph: each query finds its fault and nothing in good graphs; shapes are told."""

from pathlib import Path
from time import process_time

import pytest
from rdflib import Graph, URIRef

from exograph.checks import graph
from exograph.ids import BASE, VOCAB, claim_iri
from exograph.kb import assemble
from exograph.rdf import ask, parse_ontology, plain, read_prefixes, to_rdf
from exograph.tables import read_source

ROOT = Path(__file__).parents[2]
ONTOLOGY = ROOT / "ontology"
VALID = ROOT / "tests" / "data" / "valid"
QUERIES = sorted((ONTOLOGY / "checks").glob("*.rq"))


@pytest.fixture(scope="module")
def prefixes():
    return read_prefixes(ONTOLOGY / "prefixes.tsv")


@pytest.fixture(scope="module")
def tables():
    return [read_source(VALID / name)[0] for name in ("review", "paper")]


@pytest.fixture(scope="module")
def good(tables, prefixes):
    terms = parse_ontology(ONTOLOGY / "exograph.ttl")
    return to_rdf(assemble(tables), prefixes=prefixes, ontology=terms) + terms


def nowhere(_):
    return None


def with_more(graph, text, prefixes):
    """A copy of a graph with the triples of a Turtle text under the usual prefixes."""
    names = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in prefixes.items())
    return (Graph() + graph).parse(data=names + text, format="turtle")


def without_form(rows):
    """Rows of which only the text counts: the order is Oxigraph's own, too, for mixed values."""
    return sorted([cell and cell.value for cell in row] for row in rows)


STEP = "<https://w3id.org/exograph/mechanism/m/1>"
BROKEN = {
    "ancestor-of-itself": "entity:bmsc-exo exo:variant_of entity:bmsc-exo-hypoxia .",
    "claim-identity": """
        claim:0000 a exo:Claim ; rdf:subject entity:tnf ; rdf:predicate exo:promotes ;
            rdf:object entity:angiogenesis .""",
    "claim-without-edge": """
        claim:0000 exo:hasStatement statement:0 ; rdf:subject entity:tnf ;
            rdf:predicate exo:promotes ; rdf:object entity:angiogenesis .
        statement:0 exo:stance 'supports' .""",
    "conflict-of-like-signs": """
        conflict:0 exo:firstClaim claim:0000 ; exo:secondClaim claim:0001 .
        claim:0000 exo:sign 1 . claim:0001 exo:sign 1 .""",
    "edge-without-support": """
        claim:0000 a exo:Claim ; exo:hasStatement statement:0 ; rdf:subject entity:tnf ;
            rdf:predicate exo:promotes ; rdf:object entity:angiogenesis .
        statement:0 exo:stance 'refutes' . entity:tnf exo:promotes entity:angiogenesis .""",
    "kind-of-subject-or-object": """
        claim:0000 rdf:predicate exo:secretes ; rdf:subject entity:tnf .""",
    "match-of-another-kind": "entity:new exo:assertedType exo:Tissue ; skos:exactMatch CL:1 .",
    "missing-super-class": "entity:new a exo:MicroRNA .",
    "missing-super-property": "entity:tnf exo:promotes entity:angiogenesis .",
    "number-unlike-its-text": "attribute:0 exo:value 7.5 ; exo:valueText '5.7' .",
    "record-of-another-claim": """
        verification:0 exo:claim claim:0000 ; exo:subject entity:tnf ;
            exo:predicate exo:promotes ; exo:object entity:angiogenesis .""",
    "retraction-mismatch": """
        statement:0 exo:reference reference:0 ; exo:stance 'supports' .
        reference:0 a exo:Reference ; exo:study 'one' .
        reference:1 a exo:Reference ; exo:study 'one' ; exo:retraction 'retracted' .""",
    "second-kind": "entity:tnf a exo:Chemical .",
    "shared-exact-match": "entity:akt1 skos:exactMatch HGNC:8980 .",
    "sign-mismatch": "claim:0000 a exo:Claim ; exo:sign -1 ; rdf:predicate exo:promotes .",
    "statement-of-one-claim": "statement:0 a exo:Statement .",
    "step-without-claim": f"mechanism:m exo:hasStep {STEP} . {STEP} exo:claim claim:0000 .",
    "undeclared-term": "entity:tnf exo:prevents entity:angiogenesis .",
    "variant-from-another-source": """
        entity:new exo:variant_of entity:old . entity:adsc exo:secretes entity:new .
        entity:bmsc exo:secretes entity:old .""",
    "variant-without-plain-vesicle": """
        entity:new a exo:Vesicle ; exo:preconditioned_with entity:hypoxia .""",
    "vesicle-called-exosome": """
        entity:wide skos:exactMatch GO:0070062 . entity:narrow exo:is_a entity:wide .
        entity:new exo:variant_of entity:narrow ; rdfs:label 'BMSC-EV, loaded'@en .""",
    "vesicle-matched-to-rnase-complex": """
        entity:new a exo:Vesicle ; skos:closeMatch GO:0000178 .""",
}
"""For each query, what added to a good graph is the fault that it looks for."""


def test_every_query_has_a_broken_graph_here():
    assert {q.name.removesuffix("-violation.rq") for q in QUERIES} == BROKEN.keys()


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.stem)
def test_a_query_finds_nothing_in_a_good_graph_and_its_fault_in_a_broken_one(query, good, prefixes):
    text = query.read_text(encoding="utf-8")
    assert ask(good, text, prefixes)[1] == ()
    assert ask(graph.in_oxigraph(plain(good)), text, prefixes)[1] == ()
    broken = with_more(good, BROKEN[query.name.removesuffix("-violation.rq")], prefixes)
    variables, rows = ask(broken, text, prefixes)
    assert len(rows) >= 1
    again, quick = ask(graph.in_oxigraph(plain(broken)), text, prefixes)
    assert (again, without_form(quick)) == (variables, without_form(rows))


def test_a_mark_without_a_notice_is_a_mismatch_too(good, prefixes):
    text = (ONTOLOGY / "checks" / "retraction-mismatch-violation.rq").read_text(encoding="utf-8")
    names = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in prefixes.items())
    mark = (
        "statement:0 exo:reference reference:0 ; exo:retracted true . reference:0 a exo:Reference"
    )
    notices = {
        "": 1,
        "reference:0 exo:retraction 'corrected' .": 1,
        "reference:0 exo:retraction 'retracted' .": 0,
        "reference:0 exo:study 'x' . reference:x exo:retraction 'retracted' .": 0,
    }
    for notice, rows in notices.items():
        graph = Graph().parse(data=f"{names}{mark} . {notice}", format="turtle")
        assert len(ask(graph, text, prefixes)[1]) == rows


@pytest.mark.parametrize(
    ("denial", "found"),
    [
        ("claim:0001 exo:hasStatement statement:0 . statement:0 exo:stance 'refutes' .", 0),
        ("conflict:0 exo:secondPredicate exo:no_effect_on .", 0),
        ("claim:0001 exo:hasStatement statement:0 . statement:0 exo:stance 'supports' .", 1),
    ],
)
def test_a_conflict_of_one_pair_may_be_a_claim_and_its_denial(denial, found, prefixes):
    names = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in prefixes.items())
    broken = Graph().parse(
        data=f"""{names}conflict:0 exo:firstSubject entity:a ; exo:secondSubject entity:a ;
            exo:firstClaim claim:0000 ; exo:secondClaim claim:0001 .
        claim:0000 exo:sign 1 . claim:0001 exo:sign 1 . {denial}""",
        format="turtle",
    )
    (query,) = [q for q in QUERIES if q.stem == "conflict-of-like-signs-violation"]
    assert len(ask(broken, query.read_text(encoding="utf-8"), prefixes)[1]) == found


def test_a_row_found_is_told_at_the_row_of_its_node_with_the_cure(good, prefixes, tables, tmp_path):
    (tmp_path / "no-tnf.rq").write_text(
        "# message: {entity} is labelled {label}, {other}.\n# cure: Rename {entity}.\n"
        "SELECT ?entity ?label ?other WHERE { ?entity rdfs:label ?label . "
        "FILTER (STR(?label) = 'TNF-α') OPTIONAL { ?entity exo:nothing ?other } } LIMIT 1",
        encoding="utf-8",
    )
    (problem,) = graph.queries(good, tmp_path, prefixes, graph.places(tables))
    assert str(problem) == (
        f"{VALID}/review/entities.tsv:13: E952 entity:tnf is labelled TNF-α, nothing. "
        "Rename entity:tnf."
    )


def test_claims_and_statements_have_their_row(tables):
    place = graph.places(tables)
    claim = assemble(tables).claims[0]
    assert place(claim_iri(claim.id))[1] is not None
    assert place("https://example.org/") is None


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?x WHERE { ?x a exo:Claim }",
        "# message: x\n# cure: y\nSELECT ?x WHERE {",
        "# message: x\n# cure: y\nCONSTRUCT WHERE { ?s ?p ?o }",
    ],
)
def test_a_query_that_cannot_be_asked_is_a_problem_too(text, good, prefixes, tmp_path):
    (tmp_path / "broken.rq").write_text(text, encoding="utf-8")
    (problem,) = graph.queries(good, tmp_path, prefixes, nowhere)
    assert (problem.code, problem.file) == ("E953", str(tmp_path / "broken.rq"))


SHAPE = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix exo: <https://w3id.org/exograph/vocab#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
exo:KindShape a sh:NodeShape ; sh:targetClass exo:Pathway ;
    sh:property [ sh:path exo:description ; sh:minCount 1 ; sh:severity sh:%s ;
                  sh:message "A pathway says what it is." ] .
"""


@pytest.mark.parametrize(("severity", "code"), [("Violation", "E951"), ("Warning", "W951")])
def test_a_shape_that_is_violated_is_told_at_the_row(severity, code, good, tables, tmp_path):
    (tmp_path / "shapes.ttl").write_text(SHAPE % severity, encoding="utf-8")
    prefixes = read_prefixes(ONTOLOGY / "prefixes.tsv")
    (problem,) = graph.shapes(good, tmp_path / "shapes.ttl", prefixes, graph.places(tables))
    assert (problem.code, problem.line) == (code, 9)
    assert problem.severity == ("error" if code == "E951" else "warning")
    assert problem.message == (
        "entity:pi3k-akt-pathway exo:description: A pathway says what it is."
    )


@pytest.fixture(scope="module")
def large(prefixes):
    """The review four times over, in Oxigraph: some 50,000 triples."""
    terms = parse_ontology(ONTOLOGY / "exograph.ttl")
    kb = assemble([read_source(ROOT / "graphs" / "review")[0]])
    data = to_rdf(kb, prefixes=prefixes, ontology=terms)

    def copied(node, number):
        return node + f"-{number}" if node.startswith(BASE) and VOCAB not in node else node

    four = terms + data
    for number in range(3):
        for triple in data:
            four.add(tuple(copied(x, number) if isinstance(x, URIRef) else x for x in triple))
    return graph.in_oxigraph(plain(four))


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.stem)
def test_a_query_is_planned_well(query, large, prefixes):
    """Such takes 0.2 s at most; a plan that tries all pairs takes 6 to 100 s."""
    start = process_time()
    ask(large, query.read_text(encoding="utf-8"), prefixes)
    assert process_time() - start < 3


def test_an_exact_match_may_be_of_the_kind_of_its_ontology(good, prefixes):
    text = (ONTOLOGY / "checks" / "match-of-another-kind-violation.rq").read_text(encoding="utf-8")
    fit = """
        entity:a exo:assertedType exo:CellType ; skos:exactMatch CL:1 .
        entity:b exo:assertedType exo:MicroRNA ; skos:exactMatch HGNC:1 .
        entity:c exo:assertedType exo:Vesicle ; skos:exactMatch GO:1 ; skos:closeMatch CL:1 ."""
    assert ask(with_more(good, fit, prefixes), text, prefixes)[1] == ()
    unfit = "entity:d exo:assertedType exo:Chemical ; skos:exactMatch HGNC:1 ."
    assert len(ask(with_more(good, unfit, prefixes), text, prefixes)[1]) == 1


def test_a_variant_may_come_from_a_narrower_kind_of_the_cell(good, prefixes):
    query = ONTOLOGY / "checks" / "variant-from-another-source-violation.rq"
    narrower = BROKEN["variant-from-another-source"] + "entity:adsc exo:is_a entity:bmsc ."
    found = ask(with_more(good, narrower, prefixes), query.read_text(encoding="utf-8"), prefixes)
    assert found[1] == ()


def test_the_review_and_the_small_tables_pass(tables):
    review = [read_source(ROOT / "graphs" / "review")[0]]
    for some in (tables, review):
        assert graph.run(assemble(some), ONTOLOGY, tables=some) == ()
