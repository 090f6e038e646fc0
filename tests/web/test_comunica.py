# SPDX-License-Identifier: Apache-2.0
"""Comunica, a query engine of JavaScript, gets from the server what the store gives.

It reads the service description first and parses queries itself. Of one endpoint it asks a query
whole; over several sources it asks for patterns, counts and VALUES, and joins what comes.
"""

import json
from collections import Counter
from collections.abc import Iterator

import comunica_engine
import pytest
from pyoxigraph import RdfFormat, parse
from talking import ROOT, Server, running
from test_clients import SHIPPED

from exograph.queries import compare, same_answers
from exograph.rdf.prefixes import read_prefixes
from exograph.store.answers import term_of, term_of_binding

PREFIXES = read_prefixes(ROOT / "ontology" / "prefixes.tsv")
DECLARED = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
"""Comunica asks for what the endpoint takes as known."""

SPLIT = (
    "effects-resting-on-retracted-papers",
    "references-by-status",
    "tissues-of-mesenchymal-stem-cells",
    "vesicle-sizes",
)
"""Queries with NOT EXISTS, COUNT, a path and OPTIONAL, which it takes apart itself."""

TRUTHS = {
    "ASK { entity:mir-126 a exo:MicroRNA }": True,
    "ASK { entity:mir-126 a exo:Vesicle }": False,
}
TRIPLES = ("CONSTRUCT WHERE { entity:bmsc-exo ?p ?o }", "DESCRIBE entity:bmsc-exo")
DESCRIPTIONS = ("/sparql", "/.well-known/void")
COUNT = "SELECT (COUNT(*) AS ?n) { ?x a exo:MicroRNA }"
BOXES = "SELECT ?x ?box ?y { ?x <http://e.org/box> ?box ; exo:downregulates ?y }"
LABELS = "SELECT DISTINCT ?o ?label { entity:mir-126 ?p ?o . ?p rdfs:label ?label }"


@pytest.fixture(scope="module")
def freezer(tmp_path_factory: pytest.TempPathFactory, direct) -> Iterator[Server]:
    """Another endpoint, of somebody who has each microRNA in a box."""
    rows = direct("SELECT ?x { ?x a exo:MicroRNA } ORDER BY ?x").rows
    file = tmp_path_factory.mktemp("freezer") / "boxes.nt"
    lines = [f'<{row[0].value}> <http://e.org/box> "{n}" .\n' for n, row in enumerate(rows)]
    file.write_text("".join(lines), encoding="utf-8")
    with running("serve", "--rdf", file, "--port", "0") as server:
        yield server


@pytest.fixture(scope="module")
def answers(served: Server, freezer: Server) -> dict[str, str]:
    """All that is asked, by name, with what came, of one process of node."""
    ours, theirs = ({"type": "sparql", "value": each.sparql} for each in (served, freezer))
    pages = [served.address + path for path in ("/entity/mir-126", "/vocab")]
    asked = [(query.name, query.text, [ours]) for query in SHIPPED]
    asked += [(f"{q.name}, split", q.text, [ours, theirs]) for q in SHIPPED if q.name in SPLIT]
    asked += [(query, DECLARED + query, [ours]) for query in (*TRUTHS, *TRIPLES)]
    asked += [(path, DECLARED + COUNT, [served.address + path]) for path in DESCRIPTIONS]
    asked += [("boxes", DECLARED + BOXES, [theirs, ours]), ("labels", DECLARED + LABELS, pages)]
    questions = [dict(zip(("name", "query", "sources"), one, strict=True)) for one in asked]
    told = comunica_engine.ask(comunica_engine.installed(), questions)
    return {one["name"]: one.get("body", one.get("error")) for one in told}


def rows_of(body, variables):
    assert body.startswith("{"), body
    document = json.loads(body)
    assert set(document["head"]["vars"]) == set(variables)
    bindings = document["results"]["bindings"]
    return [tuple(term_of_binding(row.get(name)) for name in variables) for row in bindings]


@pytest.mark.parametrize("query", SHIPPED, ids=lambda query: query.name)
def test_a_query_asked_whole_gives_the_rows_of_the_store(query, answers, direct):
    expected = direct(query.text)
    rows = rows_of(answers[query.name], expected.variables)
    assert Counter(rows) == Counter(expected.rows)
    assert compare(query, expected.variables, rows, PREFIXES).agrees  # which looks at the order


@pytest.mark.parametrize("name", SPLIT)
def test_a_query_split_between_endpoints_gives_the_rows_of_the_store(name, answers, direct):
    (query,) = (query for query in SHIPPED if query.name == name)
    expected = direct(query.text)
    rows = rows_of(answers[f"{name}, split"], expected.variables)
    assert same_answers(rows, expected.rows)
    assert compare(query, expected.variables, rows, PREFIXES).agrees


def test_what_is_true_and_what_is_not(answers):
    assert {query: json.loads(answers[query])["boolean"] for query in TRUTHS} == TRUTHS


@pytest.mark.parametrize("query", TRIPLES)
def test_triples_are_those_of_the_store(query, answers, direct):
    quads = parse(answers[query], RdfFormat.N_TRIPLES)
    triples = {tuple(map(term_of, quad.triple)) for quad in quads}
    assert triples == set(direct(query).triples) and len(triples) > 5


@pytest.mark.parametrize("path", DESCRIPTIONS)
def test_the_endpoint_is_found_by_its_description(path, answers, direct):
    assert rows_of(answers[path], ["n"]) == list(direct(COUNT).rows)


def test_rows_of_another_endpoint_are_joined_with_ours(answers, direct):
    rows = rows_of(answers["boxes"], ("x", "y", "box"))
    assert Counter(row[:2] for row in rows) == Counter(
        direct("SELECT ?x ?y { ?x a exo:MicroRNA ; exo:downregulates ?y }").rows
    )
    assert len({(x, box) for x, _, box in rows}) == len({x for x, _, _ in rows}) > 10


def test_documents_of_linked_data_are_joined(answers, direct):
    """The one of a thing tells its relations, that of the vocabulary their names."""
    rows = rows_of(answers["labels"], ("o", "label"))
    assert Counter(rows) == Counter(direct(LABELS).rows) and len(rows) > 5
