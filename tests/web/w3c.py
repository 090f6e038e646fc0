# SPDX-License-Identifier: Apache-2.0
"""The SPARQL 1.1 test suite of the W3C: its tests as data, and whether an answer is the right one.

A suite is a folder that holds ``sparql/sparql11``; nothing of it is kept here.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

import pyoxigraph as ox
import rdflib
from rdflib.compare import isomorphic
from rdflib.namespace import RDF, XSD
from rdflib.query import Result

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
RS = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")

HOME = "https://w3c.github.io/rdf-tests/"
"""Where the suite is published, which relative IRIs in it are read against."""

QUERIES = (
    "aggregates",
    "bind",
    "bindings",
    "cast",
    "construct",
    "csv-tsv-res",
    "exists",
    "functions",
    "grouping",
    "json-res",
    "negation",
    "project-expression",
    "property-path",
    "subquery",
    "syntax-query",
)
"""Groups of tests of queries; not those of federation and of entailment, which nothing here has."""

MEDIA = {
    "srx": "application/sparql-results+xml",
    "srj": "application/sparql-results+json",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
}
_PARSERS = {MEDIA["srx"]: "xml", MEDIA["srj"]: "json", MEDIA["tsv"]: "tsv"}

Term = rdflib.term.Node | str
Row = dict[str, Term]
Answer = bool | tuple[list[str], list[Row]]
Ask = Callable[[str, str], tuple[int, str, bytes]]
"""Query and accepted media type in; status, media type and body out."""


@dataclass(frozen=True)
class Data:
    """Files by the IRIs that they are published at: those of the default graph, and the named."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """A test: of syntax, where ``good`` tells whether the query is right; or with a result."""

    id: str
    query: str
    base: str
    data: Data = Data()
    result: str = ""
    good: bool = True

    @property
    def text(self) -> str:
        """The query that says its base itself; the protocol has no other way to tell it."""
        return f"BASE <{self.base}> {self.query}"


@dataclass(frozen=True)
class Exchange:
    """A request of a protocol test, and what is expected: hundreds of the status, format, truth."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    status: frozenset[int]
    format: str
    boolean: bool | None

    @property
    def update(self) -> bool:
        """Whether this is an update, which is to succeed where updates are served."""
        wanted = "application/sparql-update" in self.headers.get("content-type", "")
        return (wanted or self.body.startswith(b"update=")) and 2 in self.status


class Suite:
    """The folder of a suite."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, iri: str) -> Path:
        return self.folder / iri.removeprefix(HOME)

    def cases(self) -> Iterator[Case]:
        """All tests of queries."""
        for group in QUERIES:
            graph, entries = self._manifest(group)
            for test in entries:
                yield self._case(group, graph, test)

    def protocol(self) -> Iterator[tuple[str, dict[str, str], list[Exchange]]]:
        """Names of all tests of the protocol, the files of the graphs they need, the requests."""
        graph, entries = self._manifest("protocol")
        for test in entries:
            graphs = {
                str(graph.value(node, rdflib.RDFS.label)): str(graph.value(node, UT.graph))
                for node in graph.objects(test, UT.graphData)
            }
            action = graph.value(test, MF.action)
            requests = _items(graph, graph.value(action, HT.requests))
            yield _name(test), graphs, [_exchange(graph, node) for node in requests]

    def _manifest(self, group: str) -> tuple[rdflib.Graph, list[rdflib.term.Node]]:
        path = self.folder / "sparql" / "sparql11" / group / "manifest.ttl"
        iri = f"{HOME}sparql/sparql11/{group}/manifest.ttl"
        graph = rdflib.Graph().parse(path, publicID=iri)
        (manifest,) = graph.subjects(RDF.type, MF.Manifest)
        return graph, list(_items(graph, graph.value(manifest, MF.entries)))

    def _case(self, group: str, graph: rdflib.Graph, test: rdflib.term.Node) -> Case:
        (kind,) = (_name(kind) for kind in graph.objects(test, RDF.type))
        action, id = graph.value(test, MF.action), f"{group}/{_name(test)}"
        if kind in ("PositiveSyntaxTest11", "NegativeSyntaxTest11"):
            base = str(action)
            return Case(id, self._query(base), base, good=kind.startswith("Positive"))
        assert kind in ("QueryEvaluationTest", "CSVResultFormatTest"), kind
        base = str(graph.value(action, QT.query))
        data = Data(
            tuple(sorted(map(str, graph.objects(action, QT.data)))),
            tuple(sorted(map(str, graph.objects(action, QT.graphData)))),
        )
        return Case(id, self._query(base), base, data, str(graph.value(test, MF.result)))

    def _query(self, iri: str) -> str:
        return self.path(iri).read_text(encoding="utf-8")

    def store(self, data: Data) -> ox.Store:
        """Files in the default graph, and each of the others in a graph that has its IRI."""
        store = ox.Store()
        for iri in data.default:
            store.load(path=self.path(iri), base_iri=iri)
        for iri in data.named:
            store.load(path=self.path(iri), base_iri=iri, to_graph=ox.NamedNode(iri))
        return store

    def wrong(self, case: Case, ask: Ask) -> str | None:
        """What is wrong with the answers; None if nothing is."""
        if not case.result:
            status, _, body = ask(case.text, "*/*")
            if case.good:  # it may ask for a function that is not there
                right = status == 200 or b"custom function" in body
                return None if right else f"{status} {body[:200]!r}"
            return None if status == 400 else f"{status}, not 400"
        kind = case.result.rpartition(".")[2]
        path = self.path(case.result)
        if kind == "ttl":
            graph = rdflib.Graph().parse(path, publicID=case.result)
            if (None, RDF.type, RS.ResultSet) not in graph:
                return _wrong_graph(graph, *ask(case.text, MEDIA["ttl"]))
            expected: Answer = _rows_of_graph(graph)
        else:
            expected = _read(path.read_bytes(), MEDIA[kind])
        for form in sorted({"srj", "srx", kind} - {"ttl"}):
            wrong = _wrong_rows(case, expected, MEDIA[form], *ask(case.text, MEDIA[form]))
            if wrong is not None:
                return f"as {MEDIA[form]}: {wrong}"
        return None


def _wrong_graph(expected: rdflib.Graph, status: int, media: str, body: bytes) -> str | None:
    if status != 200 or media.partition(";")[0] != MEDIA["ttl"]:
        return f"{status} {media} {body[:200]!r}"
    given = rdflib.Graph().parse(body, format="turtle")
    return None if isomorphic(_normal_graph(given), _normal_graph(expected)) else repr(body)


def _wrong_rows(
    case: Case, expected: Answer, accepted: str, status: int, media: str, body: bytes
) -> str | None:
    if status != 200 or media.partition(";")[0] != accepted:
        return f"{status} {media} {body[:200]!r}"
    given = _read(body, accepted)
    if isinstance(expected, bool) or isinstance(given, bool):
        return None if given is expected else f"{given!r}, not {expected!r}"
    if (accepted == MEDIA["csv"]) != case.result.endswith(".csv"):
        return None  # CSV does not tell what kind of term it gives
    names, rows = given
    if sorted(names) != sorted(expected[0]):
        return f"variables {names}, not {expected[0]}"
    ordered = "ORDER BY" in case.query.upper()
    return None if _same(rows, expected[1], ordered) else f"{rows}, not {expected[1]}"


def _read(body: bytes, media: str) -> Answer:
    """An answer in one of the formats of results: a truth, or variables and rows."""
    if media == MEDIA["csv"]:
        head, *lines = csv.reader(StringIO(body.decode("utf-8"), newline=""))
        return head, [dict(zip(head, _cells(line), strict=True)) for line in lines]
    result = Result.parse(BytesIO(body), format=_PARSERS[media])
    if result.askAnswer is not None:
        return bool(result.askAnswer)
    return (
        [str(name) for name in result.vars or ()],
        [{str(k): _normal(v) for k, v in row.items() if v is not None} for row in result.bindings],
    )


def _cells(line: Sequence[str]) -> Iterator[Term]:
    for cell in line:
        if cell.startswith("_:"):
            yield rdflib.BNode(cell[2:])
            continue
        try:
            yield str(float(cell))  # which of the ways to write a number is free
        except ValueError:
            yield cell


def _rows_of_graph(graph: rdflib.Graph) -> Answer:
    """Rows in the vocabulary that the tests have for them."""
    names = sorted(str(name) for name in graph.objects(None, RS.resultVariable))
    rows: list[Row] = [
        {
            str(graph.value(binding, RS.variable)): _normal(value)
            for binding in graph.objects(solution, RS.binding)
            for value in graph.objects(binding, RS.value)
        }
        for solution in graph.objects(None, RS.solution)
    ]
    return names, rows


def _normal(term: rdflib.term.Node) -> rdflib.term.Node:
    """Numbers in one way of writing; Oxigraph does not keep how they were written."""
    if isinstance(term, rdflib.Literal):
        with suppress(ArithmeticError, ValueError):
            if term.datatype in (XSD.double, XSD.float):
                return rdflib.Literal(repr(float(term)), datatype=term.datatype, normalize=False)
            if term.datatype == XSD.decimal or term.datatype in _WHOLE:
                number = format(Decimal(str(term)).normalize(), "f")
                return rdflib.Literal(number, datatype=term.datatype, normalize=False)
        if term.datatype == XSD.string:
            return rdflib.Literal(str(term))
        if term.language is not None:
            return rdflib.Literal(str(term), lang=term.language.lower())
    return term


_WHOLE = (XSD.integer, XSD.int, XSD.long, XSD.short, XSD.byte, XSD.nonNegativeInteger)


def _normal_graph(graph: rdflib.Graph) -> rdflib.Graph:
    normal = rdflib.Graph()
    for s, p, o in graph:
        normal.add((s, p, _normal(o)))
    return normal


def _same(given: list[Row], expected: list[Row], ordered: bool) -> bool:
    """Whether rows are the same, some renaming of blank nodes apart."""
    if len(given) != len(expected):
        return False

    def place(at: int, left: list[Row], there: dict[Term, Term], back: dict[Term, Term]) -> bool:
        if at == len(given):
            return True
        for i, row in enumerate(left[:1] if ordered else left):
            pairs = _renamed(given[at], row, there, back)
            if pairs is not None and place(at + 1, left[:i] + left[i + 1 :], *pairs):
                return True
        return False

    return place(0, expected, {}, {})


def _renamed(
    given: Row, expected: Row, there: dict[Term, Term], back: dict[Term, Term]
) -> tuple[dict[Term, Term], dict[Term, Term]] | None:
    """The names of blank nodes in both directions, with those that make two rows one."""
    if given.keys() != expected.keys():
        return None
    there, back = dict(there), dict(back)
    for name, a in given.items():
        b = expected[name]
        if isinstance(a, rdflib.BNode) and isinstance(b, rdflib.BNode):
            if there.setdefault(a, b) != b or back.setdefault(b, a) != a:
                return None
        elif a != b:
            return None
    return there, back


def _exchange(graph: rdflib.Graph, node: rdflib.term.Node) -> Exchange:
    response, body = graph.value(node, HT.resp), graph.value(node, HT.body)
    headers = {
        str(graph.value(header, HT.fieldName)).lower(): str(graph.value(header, HT.fieldValue))
        for header in _items(graph, graph.value(node, HT.headers))
    }
    text, encoding = "", "utf-8"
    if body is not None:
        text = str(graph.value(body, CNT.chars))
        encoding = str(graph.value(body, CNT.characterEncoding))
    boolean = graph.value(response, MF.expectedBoolean)
    return Exchange(
        str(graph.value(node, HT.methodName)),
        str(graph.value(node, HT.absolutePath)),
        headers,
        text.encode(encoding),
        frozenset(int(_name(s)[-3]) for s in graph.objects(response, MF.expectedStatus)),
        str(graph.value(response, MF.expectedFormat) or ""),
        None if boolean is None else str(boolean) == "true",
    )


def _items(graph: rdflib.Graph, head: rdflib.term.Node | None) -> Iterator[rdflib.term.Node]:
    """The items of a list; none where there is no list."""
    yield from graph.items(head or RDF.nil)


def _name(node: rdflib.term.Node | None) -> str:
    return str(node).rpartition("#")[2]
