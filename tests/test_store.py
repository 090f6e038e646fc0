# SPDX-License-Identifier: Apache-2.0
"""The store: answers in all formats, and hostile queries that reach neither network nor parser."""

import contextlib
import csv
import http.server
import io
import json
import subprocess
import sys
import threading
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph
from rdflib.compare import isomorphic
from strategies import knowledge_bases, simple_kb

from exograph import rdf, store
from exograph.errors import InputError, QueryError, SnapshotError
from exograph.ids import BASE, VOCAB
from exograph.rdf import Term
from exograph.records import to_json
from exograph.store.answers import width

PREFIXES = {
    "exo": VOCAB,
    "entity": BASE + "entity/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
}


@settings(max_examples=40, deadline=None)
@given(knowledge_bases())
def test_a_knowledge_base_comes_back_from_oxigraph_as_it_was(kb):
    back = rdf.from_rdf(rdf.parse_nquads(store.normalise(rdf.to_nquads(kb, ()))))
    assert back == kb
    assert to_json(back) == to_json(kb)


@settings(max_examples=15, deadline=None)
@given(knowledge_bases())
def test_turtle_by_oxigraph_is_the_same_graph_and_the_same_bytes_each_time(kb):
    nquads = rdf.to_nquads(kb, ())
    turtle, counted = store.to_turtle(nquads, PREFIXES)
    assert (turtle, counted) == store.to_turtle(nquads, PREFIXES)
    assert rdf.from_rdf(Graph().parse(data=turtle, format="turtle")) == kb
    assert counted == nquads.count(b"\n")


def test_turtle_is_read_as_rdflib_reads_it_or_refused_with_the_file(tmp_path):
    file = Path(__file__).parent.parent / "ontology" / "exograph.ttl"
    assert isomorphic(rdf.graph_of(store.read_turtle(file)), rdf.parse_ontology(file))
    (tmp_path / "x.ttl").write_text("@prefix exo: <x .")
    for name in ("x.ttl", "none.ttl"):
        with pytest.raises(InputError, match=name) as caught:
            store.read_turtle(tmp_path / name)
        assert caught.value.code == "X106"


def test_triples_that_are_damaged_are_refused(tmp_path):
    for data in (b"<a> <b> .\n", b"\xff\xfe\n", b'<http://a> <http://b> "c .\n'):
        with pytest.raises(SnapshotError):
            store.normalise(data)
        with pytest.raises(SnapshotError):
            store.to_turtle(data, {})
        (tmp_path / "kb.nq").write_bytes(data)
        with pytest.raises(SnapshotError):
            store.ask(store.load(tmp_path / "kb.nq"), "ASK {}")
    with pytest.raises(SnapshotError):
        store.ask(store.load(tmp_path / "none.nq"), "ASK {}")


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    path = tmp_path_factory.mktemp("store") / "kb.nq"
    kb = simple_kb(("a", "inhibits", "b"), ("b", "inhibits", "a"))
    path.write_bytes(rdf.to_nquads(kb, ()))
    return store.load(path, PREFIXES)


VALUES = """SELECT ?n ?x WHERE { VALUES (?n ?x) {
  (1 "间充质, \\"x\\"") (2 "multi\\nline"@en) (3 exo:inhibits) (4 UNDEF) (5 0.50) (6 "<b>&")
} } ORDER BY ?n"""


def test_rows_are_values(held):
    answer = store.ask(held, VALUES)
    assert answer.variables == ("n", "x")
    assert [row[1].value if row[1] else None for row in answer.rows] == [
        '间充质, "x"',
        "multi\nline",
        VOCAB + "inhibits",
        None,
        "0.5",
        "<b>&",
    ]
    assert answer.rows[1][1].language == "en"
    assert not answer.truncated


@pytest.mark.parametrize("timeout", [None, 30.0])
def test_csv_tsv_json_and_xml_can_be_read_by_others(held, timeout):
    answer = store.ask(held, VALUES, timeout=timeout)
    assert answer == store.ask(held, VALUES)
    rows = list(csv.reader(io.StringIO(store.serialise(answer, "csv").decode(), newline="")))
    assert rows[0] == ["n", "x"]
    assert rows[1] == ["1", '间充质, "x"']
    assert rows[4] == ["4", ""]
    lines = store.serialise(answer, "tsv").decode().splitlines()
    assert lines[0] == "?n\t?x"
    assert lines[2] == '2\t"multi\\nline"@en'
    document = json.loads(store.serialise(answer, "json"))
    assert document["head"]["vars"] == ["n", "x"]
    assert document["results"]["bindings"][2]["x"] == {"type": "uri", "value": VOCAB + "inhibits"}
    assert "x" not in document["results"]["bindings"][3]
    root = ET.fromstring(store.serialise(answer, "xml"))
    assert len(root.findall(".//{*}result")) == 6


def test_the_table_is_aligned_for_wide_characters_and_cannot_move_the_cursor(held):
    query = (
        'SELECT ?x ?y { VALUES (?x ?y) { ("间充质" 1) ("a\\u001b[2J\\n\\u202eb" exo:inhibits) } }'
    )
    text = store.serialise(store.ask(held, query), "table", PREFIXES).decode()
    lines = text.splitlines()
    assert lines[0].startswith("?x")
    assert lines[3] == "a\\u001b[2J\\u000a\\u202eb  exo:inhibits"
    assert width(lines[2][: lines[2].index("1")]) == lines[3].index("exo:")
    assert len(lines) == 4
    assert not any(line.endswith(" ") for line in lines)


def test_ask_and_construct_have_their_formats(held):
    yes = store.ask(held, "ASK { entity:a exo:inhibits entity:b }")
    assert (yes.kind, yes.boolean) == ("ask", True)
    assert json.loads(store.serialise(yes, "json"))["boolean"] is True
    assert store.serialise(yes, "table") == b"true\n"
    assert b"true" in store.serialise(yes, "csv")
    made = store.ask(held, "CONSTRUCT { ?s exo:inhibits ?o } WHERE { ?s exo:inhibits ?o }")
    assert made.kind == "graph"
    for format, parser in (("ttl", "turtle"), ("nt", "nt")):
        assert len(Graph().parse(data=store.serialise(made, format), format=parser)) == 2
    assert b"@prefix exo:" in store.serialise(made, "ttl", PREFIXES)
    assert "entity:a" in store.serialise(made, "table", PREFIXES).decode()
    assert store.ask(held, "DESCRIBE entity:a", timeout=30) == store.ask(held, "DESCRIBE entity:a")


@pytest.mark.parametrize(
    ("query", "format"),
    [
        ("SELECT * {}", "ttl"),
        ("ASK {}", "nt"),
        ("CONSTRUCT WHERE {?s ?p ?o}", "csv"),
        ("ASK {}", "x"),
    ],
)
def test_a_format_that_cannot_hold_the_answer_is_refused(held, query, format):
    with pytest.raises(QueryError) as caught:
        store.serialise(store.ask(held, query), format)
    assert caught.value.code == "Q208"


@pytest.mark.parametrize("timeout", [None, 30.0])
def test_a_cut_answer_says_so(held, timeout):
    query = "SELECT ?s { ?s ?p ?o }"
    every = store.ask(held, query)
    cut = store.ask(held, query, limit=3, timeout=timeout)
    assert (len(cut.rows), cut.truncated) == (3, True)
    whole = store.ask(held, query, limit=len(every.rows), timeout=timeout)
    assert (whole.rows, whole.truncated) == (every.rows, False)
    none = store.ask(held, query, limit=0, timeout=timeout)
    assert (none.rows, none.truncated) == ((), True)
    graph = store.ask(held, "CONSTRUCT WHERE { ?s ?p ?o }", limit=2, timeout=timeout)
    assert (len(graph.triples), graph.truncated) == (2, True)


def test_a_query_may_declare_a_known_prefix_as_something_else(held):
    query = "PREFIX exo: <http://e.org/> SELECT (exo:x AS ?x) {}"
    assert store.ask(held, query).rows == ((Term("iri", "http://e.org/x"),),)


@pytest.mark.parametrize("timeout", [None, 30.0])
@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("SELECT *\nWHERE { ?s exo:inhibits ?o", "Line 2, column 27"),
        ("SELECT * WHERE { ?s ?p }", "Line 1, column 24"),
        ("SELECT * WHERE {\n  ?s nope:x ?o\n}", "Line 2, column 6"),
        ("ASK { ?s ?p ?o } garbage", "Line 1, column 18"),
        ("# 外泌体\r\nSELEKT * WHERE { ?s ?p ?o }", "Line 2, column 1"),
        ("SELECT * WHERE { ?外 ?p 'x }", "Line 1, column 24"),
        ("", "Line 1, column 1"),
        ("SELECT * {\n\n\n ?s ?p ?o . )\n}", "Line 4, column 13"),
        ("SELECT * { ?s a exo:Claim ; }}", "Line 1, column 30"),
        ("ASK { <relative> ?p ?o }", "Line 1, column 7"),
    ],
)
def test_a_syntax_error_has_line_and_column_of_the_users_text(held, query, place, timeout):
    with pytest.raises(QueryError) as caught:
        store.ask(held, query, timeout=timeout)
    assert caught.value.code == "Q201"
    assert caught.value.message.startswith(place + ":")


def test_an_undeclared_prefix_is_named_as_the_reason(held):
    with pytest.raises(QueryError, match=r"nope:x.*prefix is not declared"):
        store.ask(held, "ASK { ?s nope:x ?o }")


def test_only_where_prefixes_are_known_they_need_no_declaration(held):
    for prefixes, cure in ((PREFIXES, "need no declaration"), ({}, "must be declared")):
        with pytest.raises(QueryError) as caught:
            store.ask(store.load(held.nquads, prefixes), "ASK { ?s nope:x ?o }")
        assert cure in caught.value.cure
        assert ("prefixes.tsv" in caught.value.cure) == bool(prefixes)


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <http://a> <http://b> 1 }",
        "PREFIX a: <http://a/>\nBASE <http://b/>\n# SELECT\nDELETE WHERE { ?s ?p ?o }",
        "drop all",
        "LOAD <http://127.0.0.1/x>",
        "WITH <http://g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_updates_are_refused_as_such(held, query):
    with pytest.raises(QueryError, match="update") as caught:
        store.ask(held, query)
    assert caught.value.code == "Q202"


@pytest.fixture(scope="module")
def listener():
    """A server on this machine that counts who calls."""
    calls = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            calls.append(self.path)
            self.send_error(500)

        do_GET = do_POST

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"<http://127.0.0.1:{server.server_port}/>", calls
    server.shutdown()


CALLS = [
    "SELECT * { SERVICE URL { ?s ?p ?o } }",
    "SELECT * { service silent URL { ?s ?p ?o } }",
    "SELECT * { ?s ?p trueSERVICESILENT URL{ ?s ?p ?o } }",
    "PREFIX a: URL SELECT * { SERVICEa: { ?s ?p ?o } }",
    "PREFIX SERVICEa: <http://x/> PREFIX a: URL SELECT * { SERVICEa: { ?s ?p ?o } }",
    "SELECT * { FILTER(?a<'x>') SERVICE URL {} #'\n}",
    'SELECT * { FILTER(?a<?b#>"""\n) SERVICE URL {} #"""\n}',
    "SELECT * { FILTER(?a<ABS(?b>1)||?a<'x>') SERVICE URL {} #'\n}",
    "SELECT * { FILTER((?a<?b)&&?c>1||?a<'x>') SERVICE URL {} #'\n}",
    "PREFIX e: <http://x/> SELECT * { ?s e:a\\# ?o . SERVICE URL {} \n }",
    "SELECT * { ?s <http://a#\\u0041> ?o . SERVICE URL {} \n }",
    "PREFIX e: <http://a:> SELECT * { ?s ?p e:SERVICE URL {} }",
    "SELECT * { # SERVICE\n SERVICE # {\n URL { ?s ?p ?o } }",
    "SELECT * { VALUES ?u { URL } SERVICE ?u { ?s ?p ?o } }",
    "ASK { FILTER EXISTS { SERVICE URL { ?s ?p ?o } } }",
]


@pytest.mark.parametrize("query", CALLS)
def test_no_disguise_of_service_reaches_the_network(held, listener, query):
    url, calls = listener
    with pytest.raises(QueryError) as caught:
        store.ask(held, query.replace("URL", url))
    assert caught.value.code == "Q203"
    assert calls == []


def test_the_listener_would_have_heard_a_call(held, listener):
    url, calls = listener
    with pytest.raises(OSError, match="Error 500"):
        list(held.graph.query(f"SELECT * {{ SERVICE {url} {{ ?s ?p ?o }} }}"))
    assert calls
    calls.clear()


PIECES = [
    "SERVICE",
    "SILENT ",
    "URL",
    "<",
    ">",
    "'",
    '"',
    '"""',
    "#",
    "\n",
    " ",
    "{",
    "}",
    "(",
    ")",
]
PIECES += ["?a", "?a<", "'x>'", "<?b#x>", "FILTER(", "ABS(", "||", "1", "true", "e:", "\\'", "."]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_nothing_put_before_a_call_lets_it_through(held, listener, before):
    url, calls = listener
    query = f"PREFIX e: <http://a:> SELECT * {{ ?s ?p ?o . {before}SERVICE SILENT URL {{}} \n}}"
    with contextlib.suppress(QueryError):
        store.ask(held, query.replace("URL", url))
    assert calls == []


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ("SERVICE <http://x> {}" AS ?x) {}',
        "SELECT * { ?s ?p '''SERVICE\n{''' } # SERVICE",
        "ASK { ?s <http://e.org/SERVICE#service> ?service }",
        "PREFIX service: <http://e.org/service/> ASK { ?s a service:Service ; service:of ?o . }",
        "PREFIX e: <http://e.org/> ASK { ?s a e:service OPTIONAL { ?s ?p ?o } }",
        "ASK { FILTER(?x = <http://e.org/service#x> || ?x IN (<http://a#b>, <http://c#d>)) }",
        "SELECT * { VALUES (?a ?b) { (<http://a#x> <http://b#y>) } }",
    ],
)
def test_the_word_service_elsewhere_is_no_call(held, query):
    store.ask(held, query)


def nested(open, close, depth, inside=""):
    return open * depth + inside + close * depth


@pytest.mark.parametrize(
    "query",
    [
        "ASK " + nested("{", "}", 100_000),
        "ASK { FILTER(" + nested("(", ")", 20_000, "1") + ") }",
        "ASK { ?s ?p " + nested("[ ?p ", "]", 10_000) + "}",
        "ASK { ?s ?p " + nested("( ", ")", 10_000) + "}",
        "ASK " + "{" * 50_000,
        "ASK { FILTER(" + "1<ABS(1>1||" * 5_000 + "1" + ")" * 5_001 + " }",
        "ASK { FILTER(1<" + "(" * 5_000 + "1>1" + ")" * 5_000 + ") }",
        "ASK { " + "OPTIONAL { ?s ?p ?o } " * 5_000 + "}",
        "ASK { " + "BIND(1 AS ?x) " * 5_000 + "}",
        "ASK { " + "{} UNION " * 5_000 + "{} }",
        "ASK { FILTER(" + "?a || " * 5_000 + "?a) }",
        "ASK { FILTER(" + "?a && " * 5_000 + "?a) }",
        "SELECT (" + "?a + " * 5_000 + "?a AS ?x) {}",
        "SELECT (" + "1-" * 5_000 + "1 AS ?x) {}",
        "SELECT (" + "?a * " * 5_000 + "?a AS ?x) {}",
        "SELECT (" + "?a / " * 5_000 + "?a AS ?x) {}",
        "ASK { FILTER(" + "!" * 5_000 + "?a) }",
        "ASK { " + "FILTER(?a) " * 5_000 + "}",
        "ASK { ?s " + "exo:a/" * 5_000 + "exo:a ?o }",
        "ASK { ?s " + "^exo:a|" * 5_000 + "exo:a ?o }",
        "ASK { " + "VALUES ?a { 1 } " * 5_000 + "}",
        "ASK { " + "GRAPH ?g { } " * 5_000 + "}",
        "ASK { " + "{ } " * 5_000 + "}",
        "SELECT " + "(1 AS ?a) " * 5_000 + "{}",
    ],
    ids=range(24),
)
def test_queries_that_would_crash_the_process_are_refused(held, query):
    with pytest.raises(QueryError) as caught:
        store.ask(held, query)
    assert caught.value.code == "Q204"


def test_nesting_in_strings_comments_and_iris_does_not_count(held):
    many = "({[" * 300
    store.ask(held, f'ASK {{ ?s <http://e.org/{"(" * 300}> "{many}" }} # {many}')
    store.ask(held, "ASK " + nested("{", "}", 200))
    assert store.MAX_NESTING == 200


def test_operators_in_strings_comments_iris_and_values_do_not_count(held):
    many = "||&&!+-*/|^{" * 3000
    store.ask(held, f'ASK {{ ?s <http://e.org/{"-/*+" * 3000}> "{many}" }} # {many}')
    numbers = "-1 +2 -0.5e-3 " * 3000
    values = f"VALUES ?x {{ {numbers} }} VALUES (?y ?z) {{ {'(-1 -2) ' * 3000} }}"
    assert store.ask(held, f"SELECT * {{ {values} }} LIMIT 1").rows
    typed = '"1"^^<http://www.w3.org/2001/XMLSchema#byte> entity:mir-126 ' * 3000
    assert store.ask(held, f"SELECT * {{ VALUES ?x {{ {typed} }} }} LIMIT 1").rows


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (" + "?a + " * 1990 + "?a AS ?x) { ?a ?b ?c }",
        "ASK { ?s " + "exo:a|" * 1990 + "exo:b ?o }",
        "SELECT * { " + "".join(f"BIND(1 AS ?x{n}) " for n in range(990)) + "} LIMIT 1",
        "SELECT * { ?a ?b ?c " + "MINUS { ?a ?b 1 } " * 900
        + "FILTER(" + "STR(" * 190 + "?a + " * 990 + "?a" + ")" * 190 + ") } LIMIT 1",
    ],
    ids=range(4),
)  # fmt: skip
def test_as_much_as_is_allowed_crashes_no_process(held, query):
    store.ask(held, query, timeout=30)


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        st.sampled_from("ASK{}()[]<>?$:ab1.,;|^\\\"'# \n\r\té外@_-&!=*/\u2028\ufeff"), max_size=40
    )
)
def test_any_text_is_answered_or_refused_by_name(held, text):
    try:
        store.ask(held, text, limit=10)
    except QueryError as error:
        assert error.code.startswith("Q2")


def test_text_that_is_no_unicode_is_refused(held):
    for timeout in (None, 30):
        with pytest.raises(QueryError) as caught:
            store.ask(held, "ASK { ?s ?p '\ud800' }", timeout=timeout)
        assert caught.value.code == "Q201"


ENDLESS = """SELECT (COUNT(*) AS ?n) {
  ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r . ?s ?t ?u }"""


def test_a_query_is_killed_when_its_time_is_up(held):
    start = time.monotonic()
    with pytest.raises(QueryError, match=r"0\.7 s") as caught:
        store.ask(held, ENDLESS, timeout=0.7)
    assert caught.value.code == "Q205"
    assert time.monotonic() - start < 5


def test_a_query_that_takes_all_memory_is_stopped(held):
    doubled = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))
    query = f"SELECT (STRLEN(?x40) AS ?n) {{ BIND('12345678' AS ?x0) {doubled} }}"
    with pytest.raises(QueryError) as caught:
        store.ask(held, query, timeout=60, memory=256 * 1024**2)
    assert caught.value.code == "Q206"


@pytest.mark.parametrize("timeout", [None, 30.0])
@pytest.mark.parametrize(
    "query",
    [
        "SELECT (<http://e.org/f>(1) AS ?x) {}",
        "SELECT * { ?s ?p ?o FILTER(isIRI(?o) && <http://e.org/f>(?o)) }",
        "PREFIX e: <http://e.org/> CONSTRUCT { ?s ?p ?x } { ?s ?p ?o BIND(e:f(?o) AS ?x) }",
    ],
)
def test_a_function_that_is_not_known_is_named(held, query, timeout):
    with pytest.raises(QueryError, match=r"<http://e\.org/f>") as caught:
        store.ask(held, query, timeout=timeout)
    assert caught.value.code == "Q216"
    assert "SPARQL 1.1" in caught.value.cure


def test_a_cast_of_two_values_is_none(held):
    integer = "<http://www.w3.org/2001/XMLSchema#integer>"
    with pytest.raises(QueryError, match="but 2 were given") as caught:
        store.ask(held, f"SELECT ({integer}(1, 2) AS ?x) {{}}")
    assert caught.value.code == "Q216"


def test_a_failure_inside_the_query_is_told(held):
    with pytest.raises(QueryError) as caught:
        store.ask(held, "SELECT (<<( <x:a> <x:b> 1 )>> AS ?x) {}")
    assert caught.value.code == "Q207"


@pytest.mark.parametrize("timeout", [None, 30.0])
def test_a_graph_that_is_named_twice_gives_each_triple_once(tmp_path, timeout):
    file = tmp_path / "data.nq"
    triple = '<http://e.org/s> <http://e.org/p> "x" <http://e.org/{}> .\n'
    file.write_text("".join(map(triple.format, "ab")), encoding="utf-8")
    a, b, c = (f"<http://e.org/{name}>" for name in "abc")
    for froms in (f"FROM {a} FROM {a}", f"FROM {a} FROM {b}", f"FROM {c} FROM {b} FROM {b}"):
        answer = store.ask(store.load(file), f"SELECT * {froms} {{ ?s ?p ?o }}", timeout=timeout)
        assert len(answer.rows) == 1
    twice = f"SELECT * FROM NAMED {a} FROM NAMED {a} {{ GRAPH ?g {{ ?s ?p ?o }} }}"
    assert len(store.ask(store.load(file), twice, timeout=timeout).rows) == 1


def test_the_child_does_not_import_from_the_current_folder(held, tmp_path):
    (tmp_path / "json.py").write_text("raise SystemExit('hijacked')", encoding="utf-8")
    code = (
        "from pathlib import Path\nfrom exograph import store\n"
        f"print(store.ask(store.load(Path({str(held.nquads)!r})), 'ASK {{}}', timeout=30).boolean)"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("True\n", "")


def test_a_store_on_disk_answers_alike_and_takes_no_writes(held, tmp_path):
    store.write_disk_store(held.nquads, tmp_path / "store")
    disk = store.load(held.nquads, PREFIXES, tmp_path / "store")
    query = "SELECT ?s ?o { ?s exo:inhibits ?o } ORDER BY ?s"
    assert store.ask(disk, query) == store.ask(held, query)
    assert store.ask(disk, query, timeout=30) == store.ask(held, query)
    assert len(disk) == len(held)
    with pytest.raises(RuntimeError, match="read-write"):
        disk.graph.update("DELETE WHERE { ?s ?p ?o }")
