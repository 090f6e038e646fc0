# SPDX-License-Identifier: Apache-2.0
"""Clients that people use get from the endpoint what the store gives when it is asked directly."""

import json
import urllib.request

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, N3, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed
from talking import ROOT

from exograph.queries import list_queries, same_answers
from exograph.rdf import Term
from exograph.rdf.term import LANG_STRING, STRING
from exograph.store.answers import term_of_binding

SHIPPED = list_queries(ROOT / "graphs" / "queries")


def wrapper(address, query, form=JSON, **settings):
    client = SPARQLWrapper(address)
    client.setQuery(query)
    client.setReturnFormat(form)
    client.setMethod(settings.get("method", "GET"))
    if "how" in settings:
        client.setRequestMethod(settings["how"])
    return client


def term(node):
    """A term of rdflib as a plain value."""
    if isinstance(node, URIRef):
        return Term("iri", str(node))
    if isinstance(node, Literal):
        datatype = LANG_STRING if node.language else str(node.datatype or STRING)
        return Term("literal", str(node), datatype, node.language)
    return None if node is None else Term("blank", str(node))


@pytest.mark.parametrize("query", SHIPPED, ids=lambda query: query.name)
def test_sparqlwrapper_gets_the_rows_of_the_store(query, served, direct):
    expected = direct(query.text)
    document = wrapper(served.sparql, query.text).queryAndConvert()
    variables = tuple(document["head"]["vars"])
    bindings = document["results"]["bindings"]
    rows = [tuple(term_of_binding(row.get(name)) for name in variables) for row in bindings]
    assert variables == expected.variables
    assert same_answers(rows, expected.rows)


@pytest.mark.parametrize("query", SHIPPED, ids=lambda query: query.name)
def test_rdflib_gets_the_rows_of_the_store(query, served, direct):
    expected = direct(query.text)
    result = SPARQLStore(served.sparql, method="POST").query(query.text)
    rows = [tuple(term(row[name]) for name in expected.variables) for row in result]
    assert {str(name) for name in result.vars} == set(expected.variables)
    assert same_answers(rows, expected.rows)


QUERY = SHIPPED[0].text


@pytest.mark.parametrize(
    "settings", [{}, {"method": POST}, {"method": POST, "how": POSTDIRECTLY}], ids=str
)
@pytest.mark.parametrize("form", [JSON, XML, CSV, TSV])
def test_sparqlwrapper_may_ask_in_any_way_for_any_form(form, settings, served):
    answer = wrapper(served.sparql, QUERY, form, **settings).query()
    assert answer.response.status == 200
    media = {JSON: "sparql-results+json", XML: "sparql-results+xml", CSV: "csv", TSV: "tab"}[form]
    assert media in answer.info()["content-type"]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
@pytest.mark.parametrize("form", [TURTLE, N3, RDFXML, XML])
def test_sparqlwrapper_gets_triples(form, served, direct):
    query = "CONSTRUCT WHERE { entity:bmsc-exo ?p ?o }"
    found = wrapper(served.sparql, query, form).queryAndConvert()
    graph = found if isinstance(found, Graph) else Graph().parse(data=found, format="turtle")
    assert len(graph) == len(direct(query).triples) > 5


def test_sparqlwrapper_tells_a_bad_query_from_others(served):
    with pytest.raises(QueryBadFormed, match="Line 1, column 11"):
        wrapper(served.sparql, "SELECT * { ").query()


def test_rdflib_walks_the_endpoint_as_a_graph(served, direct):
    graph = Graph(SPARQLStore(served.sparql))
    entity = URIRef("https://w3id.org/exograph/entity/bmsc-exo")
    told = direct(f"SELECT ?p ?o {{ <{entity}> ?p ?o }}")
    assert len(list(graph.predicate_objects(entity))) == len(told.rows)
    assert (entity, None, None) in graph
    counted = direct("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows[0][0]
    assert len(graph) == int(counted.value)


def test_rdflib_asks_one_graph_of_a_dataset(dataset):
    for name, size in (("a", 3), ("c", 2), ("none", 0)):
        graph = Graph(SPARQLStore(dataset.sparql), URIRef(f"http://e.org/{name}"))
        assert len(list(graph)) == size


def test_a_federated_query_of_another_store_is_answered(served, direct):
    """The endpoint calls nobody, but may be called."""
    query = f"SELECT ?x {{ SERVICE <{served.sparql}> {{ ?x a exo:MicroRNA }} }}"
    found = Graph().query(query, initNs={"exo": "https://w3id.org/exograph/vocab#"})
    assert {str(row.x) for row in found} == {
        row[0].value for row in direct("SELECT ?x { ?x a exo:MicroRNA }").rows
    }


def test_the_library_of_python_needs_nothing_special(served):
    with urllib.request.urlopen(f"{served.sparql}?query=ASK%20%7B%7D", timeout=30) as answer:
        assert json.load(answer)["boolean"] is True
