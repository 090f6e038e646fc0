# SPDX-License-Identifier: Apache-2.0
"""What the endpoint says of itself, and that it is there for all who come at once."""

from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF, VOID
from talking import ENDLESS, GRAPHS, ROOT, limited

from exograph.queries import list_queries
from exograph.snapshot import build

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS = Namespace("http://www.w3.org/ns/formats/")

MEDIA = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
}


def test_the_service_description_tells_what_the_service_is(served):
    answer = served.get("/sparql")
    assert answer.type == "text/turtle; charset=utf-8"
    graph = Graph().parse(data=answer.body, format="turtle")
    service = graph.value(predicate=RDF.type, object=SD.Service)
    assert graph.value(service, SD.endpoint) == URIRef(served.sparql)
    assert set(graph.objects(service, SD.supportedLanguage)) == {SD.SPARQL11Query}
    formats = ["JSON", "XML", "CSV", "TSV"]
    assert set(graph.objects(service, SD.resultFormat)) == {
        *(FORMATS[f"SPARQL_Results_{name}"] for name in formats),
        FORMATS.Turtle,
        FORMATS["N-Triples"],
        FORMATS.RDF_XML,
    }
    dataset = graph.value(service, SD.defaultDataset)
    assert {SD.Dataset, VOID.Dataset} <= set(graph.objects(dataset, RDF.type))
    assert graph.value(dataset, SD.defaultGraph) is not None
    assert graph.value(dataset, VOID.sparqlEndpoint) == URIRef(served.sparql)
    assert "creativecommons.org" in str(graph.value(dataset, DCTERMS.license))


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("triples", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"),
        ("distinctSubjects", "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"),
        ("properties", "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }"),
        ("classes", "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }"),
    ],
)
def test_its_numbers_are_those_of_the_data(name, query, served):
    graph = Graph().parse(data=served.get("/.well-known/void").body, format="turtle")
    dataset = graph.value(predicate=RDF.type, object=VOID.Dataset)
    assert str(graph.value(dataset, VOID[name])) == served.ask(query).rows[0]["n"]
    assert len(list(graph.objects(dataset, VOID.vocabulary))) == 1
    spaces = {str(space) for space in graph.objects(dataset, VOID.uriSpace)}
    assert "https://w3id.org/exograph/entity/" in spaces


@pytest.mark.parametrize("target", ["/sparql", "/.well-known/void"])
@pytest.mark.parametrize("media", MEDIA)
def test_it_comes_in_each_form_of_triples(target, media, served):
    answer = served.get(target, media)
    assert answer.type.startswith(media)
    graph = Graph().parse(data=answer.body, format=MEDIA[media])
    assert len(graph) == len(Graph().parse(data=served.get(target).body, format="turtle"))


def test_it_does_not_come_as_a_picture(served):
    for target in ("/sparql", "/.well-known/void"):
        assert served.get(target, "image/png").status == 406


def test_a_file_is_described_by_its_name(dataset):
    graph = Graph().parse(data=dataset.get("/.well-known/void").body, format="turtle")
    assert [str(title) for title in graph.objects(None, DCTERMS.title)] == ["data.nq"]
    numbers = {int(number) for number in graph.objects(None, VOID.triples)}
    assert numbers == set(map(len, GRAPHS.values()))


def test_counts_that_take_too_long_are_left_out_and_not_tried_again(tmp_path):
    file = tmp_path / "many.nt"
    lines = (f"<x:{n}> <x:p{n % 7}> <x:{n + 1}> .\n" for n in range(300_000))
    file.write_text("".join(lines), encoding="ascii")
    with limited(rdf=file, timeout=0.1, workers=1) as server:
        first, again = (server.get("/sparql") for _ in range(2))
        graph = Graph().parse(data=first.body, format="turtle")
        assert first.body == again.body and (None, RDF.type, SD.Service) in graph
        assert first.seconds < 2 and again.seconds < 0.5


def test_what_is_served_from_a_file_has_no_pages_of_the_knowledge_base(dataset):
    for target in ("/", "/api/v1/gaps", "/entity/vegfa", "/vocab"):
        answer = dataset.get(target)
        assert (answer.status, answer.code) == (404, "H144")


@pytest.mark.parametrize(
    "target", ["/x", "/sparql/", "//", "/../etc/passwd", "/api/v1", "/%00", "/a%0Ab"]
)
def test_elsewhere_is_nothing(target, served):
    answer = served.get(target)
    assert (answer.status, answer.code) == (404, "H144")


def test_sixty_four_clients_at_once_get_each_its_own_answer(served):
    def ask(number: int) -> bool:
        fields = {"query": f"SELECT ?x {{ VALUES ?x {{ {number} }} ?s a exo:MicroRNA }} LIMIT 3"}
        answers = [served.get(f"/sparql?{urlencode(fields)}") for _ in range(3)]
        return all(answer.rows == [{"x": str(number)}] * 3 for answer in answers)

    with ThreadPoolExecutor(64) as threads:
        assert all(threads.map(ask, range(64)))


def test_pages_do_not_wait_for_the_queries_of_strangers(served):
    with ThreadPoolExecutor(16) as threads:
        hard = [threads.submit(served.ask, ENDLESS, timeout="2") for _ in range(12)]
        easy = [served.get("/api/v1/search?q=vegfa") for _ in range(10)]
        assert {answer.status for answer in easy} == {200}
        assert {one.result().status for one in hard} <= {503, 504}


def test_the_page_offers_only_questions_that_its_graph_may_answer(served, tmp_path):
    other = build(ROOT / "tests" / "data" / "valid", ROOT / "ontology", tmp_path)
    shipped = {f'"name":"{query.name}"' for query in list_queries(ROOT / "graphs" / "queries")}
    page = served.get("/").text
    assert all(name in page for name in shipped)
    with limited(snapshot=other.path) as server:
        page = server.get("/").text
    assert '"name":"vesicle-sizes"' in page and '"name":"what-reaches-vegfa"' not in page


def test_pages_have_time_however_short_the_time_for_a_query_is(snapshot):
    with limited(snapshot=snapshot.path, timeout=0.1, workers=1) as server:
        assert server.get("/").status == 200
        assert server.get("/api/v1/entity/vegfa").status == 200
        found = server.get("/api/v1/paths?start=type:Source&end=type:HealingPhase&max_steps=12")
        assert found.status == 200 and found.json["query"]["timeout"] < 0.1


def test_a_query_that_stood_in_line_is_told_so(small):
    with ThreadPoolExecutor() as threads:
        asked = [threads.submit(small.ask, ENDLESS) for _ in range(2)]
        texts = [one.result().text for one in asked]
    late = [text for text in texts if "Q205" in text]
    assert late and all("in line" not in text or "Ask again" in text for text in late)
