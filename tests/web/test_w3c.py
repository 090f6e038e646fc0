# SPDX-License-Identifier: Apache-2.0
"""The W3C's tests of the SPARQL 1.1 protocol and query language, asked of the endpoint by HTTP.

The suite is published at https://github.com/w3c/rdf-tests and is no part of this repository. With
a copy of it, for all of these tests::

    git clone https://github.com/w3c/rdf-tests
    EXOGRAPH_W3C_TESTS=rdf-tests pytest tests/web/test_w3c.py -rx

Each query is asked three times: of pyoxigraph in this process, of a server that holds the test's
data, and of one that holds the data of all tests in named graphs and is told by the request which
of them to use. Where pyoxigraph is right the endpoint must be; where it is wrong, that is no fault
of the endpoint, and the test is marked as one that is expected to fail.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import RDF
from talking import Server, running
from w3c import MEDIA, Ask, Case, Data, Exchange, Suite

FOLDER = os.environ.get("EXOGRAPH_W3C_TESTS")
SUITE = Suite(Path(FOLDER or "."))
CASES = (
    sorted(SUITE.cases(), key=lambda case: (case.data.default, case.data.named)) if FOLDER else []
)
PROTOCOL = list(SUITE.protocol()) if FOLDER else []

pytestmark = pytest.mark.skipif(
    not FOLDER, reason="EXOGRAPH_W3C_TESTS does not name a copy of the W3C's rdf-tests"
)

SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
GRAPHS = {"text/turtle", "application/n-triples", "application/rdf+xml"}
FORMATS = {
    "boolean": {MEDIA["srx"], MEDIA["srj"]},
    "tabular": {MEDIA["srx"], MEDIA["srj"], MEDIA["csv"], MEDIA["tsv"]},
    "RDF": GRAPHS,
}
ALL = "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


def asking(server: Server, data: Data | None = None) -> Ask:
    """Asks queries, of the graphs that ``data`` names if it is given."""
    fields: dict[str, str | list[str]] = {}
    if data is not None:
        fields = {"default-graph-uri": [*data.default], "named-graph-uri": [*data.named]}
        fields = fields if data != Data() else {"default-graph-uri": "urn:x-none"}

    def ask(query: str, media: str) -> tuple[int, str, bytes]:
        answer = server.ask(query, media, **fields)
        return answer.status, answer.type.partition(";")[0], answer.body

    return ask


@contextmanager
def serving(store: ox.Store, folder: Path) -> Iterator[Server]:
    file = folder / "data.nq"
    store.dump(str(file), ox.RdfFormat.N_QUADS)
    with running("serve", "--rdf", file, "--port", "0") as server:
        yield server


@cache
def of_oxigraph(case: Case) -> str | None:
    """What is wrong with the answers of pyoxigraph itself."""
    store = SUITE.store(case.data)

    def ask(query: str, media: str) -> tuple[int, str, bytes]:
        try:
            result = store.query(query)
            if isinstance(result, ox.QueryTriples):
                return 200, MEDIA["ttl"], ox.serialize(result, format=ox.RdfFormat.TURTLE) or b""
            format = ox.QueryResultsFormat.from_media_type(media) or ox.QueryResultsFormat.JSON
            return 200, media, result.serialize(format=format) or b""
        except SyntaxError as error:
            return 400, "text/plain", str(error).encode()
        except RuntimeError as error:
            return 500, "text/plain", str(error).encode()

    return SUITE.wrong(case, ask)


def judge(case: Case, ask: Ask) -> None:
    wrong, known = SUITE.wrong(case, ask), of_oxigraph(case)
    if wrong is not None and known is not None:
        pytest.xfail(f"pyoxigraph fails, too: {known}")
    assert wrong is None, wrong


@pytest.fixture(scope="module")
def holding(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Data], Server]]:
    """A server that holds certain data; the last one is kept, as tests come by data."""
    held: dict[Data, Server] = {}
    with ExitStack() as stack:

        def holding(data: Data) -> Server:
            if data not in held:
                stack.close()
                held.clear()
                store, folder = SUITE.store(data), tmp_path_factory.mktemp("data")
                held[data] = stack.enter_context(serving(store, folder))
            return held[data]

        yield holding


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the files of all tests, each in a graph of its own."""
    files = {iri for case in CASES for iri in (*case.data.default, *case.data.named)}
    store = SUITE.store(Data(named=tuple(sorted(files))))
    with serving(store, tmp_path_factory.mktemp("everything")) as server:
        yield server


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_query(case: Case, holding: Callable[[Data], Server]) -> None:
    judge(case, asking(holding(case.data)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_query_of_named_graphs(case: Case, everything: Server) -> None:
    # what a request says of graphs would stand above what the query says
    judge(case, asking(everything, None if "FROM <" in case.query else case.data))


@pytest.fixture(scope="module")
def protocol(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the graphs of all tests of the protocol, and a triple beside them."""
    store = ox.Store()
    for _, graphs, _ in PROTOCOL:
        for name, file in graphs.items():
            store.load(path=SUITE.path(file), to_graph=ox.NamedNode(name))
    store.update("INSERT DATA { <http://example.org/s> <http://example.org/p> 1 }")
    with serving(store, tmp_path_factory.mktemp("protocol")) as server:
        yield server


@pytest.mark.parametrize("exchanges", [e for *_, e in PROTOCOL], ids=[n for n, *_ in PROTOCOL])
def test_protocol(exchanges: list[Exchange], protocol: Server) -> None:
    """Queries give what is expected. Updates are refused, and change nothing."""
    before = rows(protocol)
    for exchange in exchanges:
        target = exchange.target.replace("/sparql/", "/sparql", 1)
        body = exchange.body or None
        answer = protocol.request(exchange.method, target, body, exchange.headers)
        if exchange.update:
            assert answer.status // 100 == 4, answer
            break  # what follows asks for what it would have written
        assert answer.status // 100 in exchange.status, answer
        media = answer.type.partition(";")[0]
        assert media in FORMATS.get(exchange.format, {media})
        if exchange.boolean is not None:
            form = ox.QueryResultsFormat.from_media_type(media)
            result = ox.parse_query_results(answer.body, form)
            assert bool(result) is exchange.boolean
    assert rows(protocol) == before


def test_relative_iris_have_a_base(protocol: Server) -> None:
    """What the test update_base_uri asks for, without an update."""
    answer = protocol.ask('ASK { FILTER(isIRI(<test>) && STR(<test>) != "test") }')
    assert answer.json["boolean"], answer


def rows(server: Server) -> list[bytes]:
    """All that a server holds."""
    answer = server.ask(ALL, MEDIA["tsv"])
    assert answer.status == 200, answer
    return sorted(answer.body.splitlines())


def test_service_description(protocol: Server) -> None:
    """The three tests of the service description, whose manifest has them in words."""
    answer = protocol.get("/sparql")
    media = answer.type.partition(";")[0]
    assert (answer.status, media in GRAPHS) == (200, True)  # returns-rdf
    graph = rdflib.Graph().parse(answer.body, format=media)
    (service,) = graph.subjects(RDF.type, SD.Service)
    assert list(graph.objects(service, SD.endpoint)) == [rdflib.URIRef(protocol.sparql)]
    for name in ("supportedLanguage", "resultFormat", "inputFormat", "feature"):
        for value in graph.objects(service, SD[name]):
            assert isinstance(value, rdflib.URIRef)
    for dataset in graph.objects(service, SD.defaultDataset):
        assert (dataset, RDF.type, SD.Dataset) in graph
        assert (graph.value(dataset, SD.defaultGraph), RDF.type, SD.Graph) in graph
