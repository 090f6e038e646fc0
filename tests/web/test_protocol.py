# SPDX-License-Identifier: Apache-2.0
"""SPARQL 1.1 Protocol as far as it reads: every way to ask, every form of an answer, every no."""

import csv
import gc
import io
import json
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph
from talking import ENDLESS, FORM, JSON, QUERY, SITE, digits, get, parsed, secure

from exograph.errors import QueryError
from exograph.store import Request, load, serve
from exograph.web.failures import HttpError
from exograph.web.protocol import fields_of, question

HELD = "VALUES ?x { entity:klf3-as1 entity:mir-126 } entity:bmsc-exo exo:carries ?x"
CARGO = f"SELECT ?x {{ {HELD} }} ORDER BY ?x"
ROWS = {
    JSON: "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
TRIPLES = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "text/plain": "nt",
    "application/rdf+xml": "xml",
    "application/xml": "xml",
}


def asked(query: str, **fields: str) -> str:
    return "/sparql?" + urlencode({"query": query, **fields})


def form(**fields: str) -> tuple[bytes, dict[str, str]]:
    return urlencode(fields).encode(), {"Content-Type": FORM}


# ways to ask


def test_get_form_and_query_by_post_are_answered_alike(served):
    body, headers = form(query=CARGO)
    answers = [
        served.get(asked(CARGO)),
        served.request("POST", "/sparql", body, headers),
        served.request("POST", "/sparql", CARGO.encode(), {"Content-Type": QUERY}),
        served.request(
            "POST", "/sparql", CARGO.encode(), {"Content-Type": f"{QUERY.upper()} ; charset=UTF-8"}
        ),
        served.request("POST", "/sparql", body, {"Content-Type": f'{FORM};charset="utf-8"'}),
    ]
    assert {answer.status for answer in answers} == {200}
    assert len({answer.body for answer in answers}) == 1
    assert [row["x"].rpartition("/")[2] for row in answers[0].rows] == ["klf3-as1", "mir-126"]


def test_a_query_beyond_a_head_goes_by_post(served):
    query = CARGO + "#" * 600_000
    assert served.ask(query).rows == served.ask(CARGO).rows
    body, headers = form(query=query)
    assert served.request("POST", "/sparql", body, headers).status == 200


def test_letters_of_all_scripts_and_control_characters_come_back_as_they_were(served):
    text = "外泌体 é 🧬 \u200b\u202e\x01\x7f & < > ' + % ;"
    query = f'SELECT ("{text}" AS ?x) {{}}'
    for answer in (served.get(asked(query)), served.ask(query)):
        assert answer.rows == [{"x": text}]


def test_a_byte_order_mark_before_a_query_does_not_count(served):
    body = b"\xef\xbb\xbf" + CARGO.encode()
    answer = served.request("POST", "/sparql", body, {"Content-Type": QUERY})
    assert answer.rows == served.ask(CARGO).rows


def test_a_body_may_come_in_chunks(served):
    parts = b"".join(b"%x\r\n%c\r\n" % (1, byte) for byte in CARGO.encode()) + b"0\r\n\r\n"
    head = get(
        "/sparql", f"Content-Type: {QUERY}", "Transfer-Encoding: chunked", "Connection: close"
    )
    answer = parsed(served.say(head.replace(b"GET", b"POST", 1) + parts))
    assert (answer.status, answer.rows) == (200, served.ask(CARGO).rows)


def test_relative_iris_are_read_against_the_address_of_the_endpoint(served):
    assert served.ask("SELECT (<x> AS ?x) {}").rows == [{"x": f"{served.address}/x"}]


# forms of answers


@pytest.mark.parametrize("media", ROWS)
def test_rows_come_in_the_form_that_is_accepted(media, served):
    answer = served.ask(CARGO, media)
    charset = "; charset=utf-8" if media.startswith("text/") else ""
    assert (answer.status, answer.type) == (200, media + charset)
    assert "Accept" in answer.headers["vary"]
    found = {
        "json": lambda text: [b["x"]["value"] for b in json.loads(text)["results"]["bindings"]],
        "xml": lambda text: [e.text for e in ElementTree.fromstring(text).iter() if "uri" in e.tag],
        "csv": lambda text: [row[0] for row in csv.reader(io.StringIO(text))][1:],
        "tsv": lambda text: [line.strip("<>") for line in text.splitlines()[1:]],
    }[ROWS[media]](answer.text)
    assert [iri.rpartition("/")[2] for iri in found] == ["klf3-as1", "mir-126"]


@pytest.mark.parametrize("media", TRIPLES)
def test_triples_come_in_the_form_that_is_accepted(media, served):
    query = f"CONSTRUCT {{ entity:bmsc-exo exo:carries ?x }} WHERE {{ {HELD} }}"
    answer = served.ask(query, media)
    charset = "; charset=utf-8" if media.startswith("text/") else ""
    assert (answer.status, answer.type) == (200, media + charset)
    assert len(Graph().parse(data=answer.body, format=TRIPLES[media])) == 2


def test_a_truth_value_comes_in_each_form_of_rows(served):
    yes = {media: served.ask("ASK {}", media).text for media in ROWS}
    assert json.loads(yes[JSON])["boolean"] is True
    assert all("true" in text for text in yes.values())


def test_who_accepts_anything_gets_json_and_turtle(served):
    for accept in ("*/*", ""):
        assert served.ask("ASK {}", accept).type == JSON
        assert served.ask("DESCRIBE entity:bmsc-exo", accept).type.startswith("text/turtle")
    assert served.get(asked("ASK {}")).type == JSON


def test_what_is_liked_best_decides(served):
    accept = f"text/csv;q=0.4, {JSON};q=0.5, text/turtle;q=0.9, application/n-triples"
    assert served.ask("ASK {}", accept).type == JSON
    assert served.ask("CONSTRUCT WHERE {?s a ?o} LIMIT 1", accept).type == "application/n-triples"


def test_several_headers_of_one_name_count_as_one(served):
    head = get(asked("ASK {}"), "Accept: text/csv", "Accept: text/*;q=0.1", "Connection: close")
    assert parsed(served.say(head)).type == "text/csv; charset=utf-8"


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        (CARGO, "image/png"),
        (CARGO, "text/turtle"),
        (CARGO, "*/*;q=0"),
        ("ASK {}", "application/rdf+xml"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "text/csv"),
        ("DESCRIBE entity:vegfa", JSON),
        ('SELECT ("\\u0001" AS ?x) {}', "application/sparql-results+xml"),
        ('SELECT ("\\uFFFE" AS ?x) {}', "application/xml"),
        ('CONSTRUCT { <x:a> <x:p> "\\u0008" } {}', "application/rdf+xml"),
        ("CONSTRUCT { <x:a> <http://e.org/1> 2 } {}", "application/rdf+xml"),
    ],
)
def test_no_form_that_can_hold_the_answer_is_406(query, accept, served):
    answer = served.ask(query, accept)
    assert (answer.status, answer.code) == (406, "Q214")


def test_line_ends_survive_xml(served):
    text = "a\r\nb\rc\nd\te <oxprefix: "
    query = f"CONSTRUCT {{ <x:a> <x:p> {json.dumps(text)} }} {{}}"
    for media, form in (("application/rdf+xml", "xml"), ("text/turtle", "turtle")):
        graph = Graph().parse(data=served.ask(query, media).body, format=form)
        assert [str(value) for value in graph.objects()] == [text]
    rows = served.ask(f"SELECT ({json.dumps(text)} AS ?x) {{}}", "application/sparql-results+xml")
    assert [e.text for e in ElementTree.fromstring(rows.text).iter() if "literal" in e.tag] == [
        text
    ]


def test_the_head_of_an_answer_is_that_of_get_without_its_body(served):
    for target in (asked(CARGO), "/sparql", "/.well-known/void", "/api/v1/search?q=vegf", "/none"):
        whole, head = served.get(target), served.request("HEAD", target)
        assert (head.status, head.body) == (whole.status, b"")
        for name in ("content-type", "content-length"):
            assert head.headers[name] == whole.headers[name]


# what is refused


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("SELECT *\nWHERE { ?s exo:inhibits ?o", "Line 2, column 27"),
        ("SELECT * WHERE {\r\n  ?s nope:x ?o\n}", "Line 2, column 6"),
        ("# 外泌体\nSELEKT * {}", "Line 2, column 1"),
        ("ASK { ?s ?p ?o } \0", "Line 1, column 18"),
        ("", "Line 1, column 1"),
        ("   ", "Line 1, column 1"),
        ("ASK { ?s ?p '\ufeff", "Line 1, column 13"),
    ],
)
def test_a_query_that_does_not_parse_is_400_with_its_place(query, place, served):
    for answer in (served.get(asked(query)), served.ask(query)):
        assert (answer.status, answer.code) == (400, "Q201")
        assert place in answer.text


def test_a_query_of_a_file_must_declare_its_prefixes(dataset):
    answer = dataset.ask("ASK { ?s exo:carries ?o }")
    assert (answer.status, answer.code) == (400, "Q201")
    assert "must be declared" in answer.text and "prefixes.tsv" not in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (<http://e.org/f>(1) AS ?x) {}",
        "PREFIX e: <http://e.org/> SELECT * { ?s ?p ?o FILTER(e:f(?o)) }",
    ],
)
def test_a_query_of_an_unknown_function_is_400_with_its_name(query, served):
    answer = served.ask(query)
    assert (answer.status, answer.code) == (400, "Q216")
    assert "<http://e.org/f>" in answer.text and "SPARQL 1.1" in answer.text


UPDATE = "INSERT DATA { <x:a> <x:b> <x:c> }"


@pytest.mark.parametrize(
    "update", [UPDATE, "LOAD <http://127.0.0.1/x>", "drop all", "DELETE {} {}"]
)
def test_an_update_is_403_however_it_is_sent(update, served):
    update_type = {"Content-Type": "application/sparql-update"}
    body, headers = form(update=update)
    both, _ = form(update=update, query="ASK {}")
    for answer in (
        served.request("POST", "/sparql", body, headers),
        served.request("POST", "/sparql", both, headers),
        served.request("POST", "/sparql", update.encode(), update_type),
        served.get("/sparql?" + urlencode({"update": update})),
        served.ask(update),
        served.get(asked(update)),
    ):
        assert (answer.status, answer.code) == (403, "Q202")
    assert served.ask("ASK { <x:a> <x:b> <x:c> }").json["boolean"] is False


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods_are_405_and_told_which_there_are(method, served):
    for target in (asked("ASK {}"), "/sparql"):
        answer = served.request(method, target)
        assert (answer.status, answer.code) == (405, "H145")
        assert answer.headers["allow"] == "GET, HEAD, POST, OPTIONS"
    assert served.request(method, "/.well-known/void").headers["allow"] == "GET, HEAD, OPTIONS"
    assert served.request("POST", "/.well-known/void", b"x").status == 405


@pytest.mark.parametrize("method", ["PROPFIND", "MKCOL", "SEARCH", "LOCK"])
def test_methods_that_nobody_knows_here_are_501(method, served):
    for target in ("/sparql", "/api/v1/gaps", "/"):
        answer = served.request(method, target)
        assert (answer.status, "allow" in answer.headers) == (501, False)


def test_options_tells_the_methods_and_lets_a_browser_ask(served):
    answer = served.request("OPTIONS", "/sparql")
    assert (answer.status, answer.body) == (204, b"")
    assert answer.headers["allow"] == "GET, HEAD, POST, OPTIONS"
    asking = {"Origin": "http://e.org", "Access-Control-Request-Method": "POST"}
    before = served.request("OPTIONS", "/sparql", headers=asking)
    assert "POST" in before.headers["access-control-allow-methods"]
    assert "access-control-allow-origin" not in before.headers


@pytest.mark.parametrize(
    "given",
    [
        "",
        "text/plain",
        "multipart/form-data; boundary=x",
        "application/json",
        f"{QUERY}; charset=gbk",
    ],
)
def test_a_body_of_another_kind_is_415(given, served):
    answer = served.request("POST", "/sparql", b"ASK {}", {"Content-Type": given})
    assert (answer.status, answer.code) == (415, "H115")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ("query=ASK%20%7B%7D&query=ASK%20%7B%7D", "H105"),
        ("query=ASK%20%7B%7D%FF", "H102"),
        ("query=ASK%20%7B%7D%ED%A0%80", "H102"),
        ("query=ASK%20%7B%7D%2", "H102"),
        ("query=ASK%20%7B%7D%zz", "H102"),
        ("query=ASK%20%7B%7D&x=50%", "H102"),
        ("query=ASK%20%7B%7D&timeout=soon", "H104"),
        ("query=ASK%20%7B%7D&timeout=-1", "H104"),
        ("query=ASK%20%7B%7D&timeout=0", "H104"),
        ("query=ASK%20%7B%7D&timeout=nan", "H104"),
        ("query=ASK%20%7B%7D&timeout=inf", "H104"),
        ("query=ASK%20%7B%7D&timeout=1&timeout=2", "H105"),
        ("query=ASK%20%7B%7D" + "&x=" * 2000, "H103"),
    ],
)
def test_fields_that_cannot_be_read_are_400(fields, code, served):
    answer = served.get(f"/sparql?{fields}")
    assert (answer.status, answer.code) == (400, code)
    answer = served.request("POST", "/sparql", fields.encode(), {"Content-Type": FORM})
    assert (answer.status, answer.code) == (400, code)


def test_a_query_in_the_address_and_in_the_body_is_one_too_many(served):
    body, headers = form(query="ASK {}")
    for sent, held in ((body, headers), (b"ASK {}", {"Content-Type": QUERY})):
        answer = served.request("POST", asked("ASK {}"), sent, held)
        assert (answer.status, answer.code) == (400, "H105")


def test_a_post_without_a_query_is_400(served):
    for body in (b"", b"x=1", b"query"[:0]):
        answer = served.request("POST", "/sparql", body, {"Content-Type": FORM})
        assert (answer.status, answer.code) == (400, "H101")
    assert served.request("POST", "/sparql", b"", {"Content-Type": QUERY}).code == "Q201"


def test_a_body_that_is_no_utf8_is_400(served):
    for data in ("ASK { ?外 ?p ?o }".encode("gbk"), "ASK {}".encode("utf-16"), b"ASK {}\xff"):
        answer = served.request("POST", "/sparql", data, {"Content-Type": QUERY})
        assert answer.status == 400


@given(
    st.binary(max_size=40)
    | st.text(st.sampled_from("query=&%0aAfF+;"), max_size=30).map(str.encode)
)
def test_any_bytes_are_fields_or_refused_by_name(data):
    try:
        fields_of(data)
    except HttpError as error:
        assert (error.status, error.code[0]) == (400, "H")


@given(st.lists(st.tuples(st.sampled_from(["query", "default-graph-uri", "x"]), st.text())))
def test_fields_come_back_as_they_were_sent(fields):
    assert fields_of(urlencode(fields).encode()) == fields


@settings(max_examples=200)
@given(
    st.sampled_from(["GET", "POST"]),
    st.binary(max_size=20),
    st.text(max_size=20) | st.sampled_from([FORM, QUERY, f"{FORM};charset"]),
    st.binary(max_size=20),
)
def test_any_request_is_a_question_or_refused_by_name(method, url, content_type, body):
    try:
        question(method, url, content_type, body)
    except HttpError as error:
        assert 400 <= error.status < 500


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST:80", "127.0.0.1:1", "[::1]", "[::1]:8000", "localhost:"],
)
def test_the_server_knows_its_names(host, served):
    said = served.say(get(asked("ASK {}"), "Connection: close", host=host))
    assert parsed(said).status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.nip.io:80",
        "",
        "localhost:80:80",
        "localhost:x",
        "localhost:99999",
        "localhost:²",
        "::1",
        "0.0.0.0",
        "localhost\r\nHost: 127.0.0.1",
    ],
)
def test_a_request_to_another_host_is_421(host, served):
    for target in (asked("ASK {}"), "/", "/api/v1/gaps", "/sparql"):
        answer = parsed(served.say(get(target, "Connection: close", host=host)))
        assert (answer.status, answer.code) == (421, "H121")


def test_a_request_without_a_host_is_421(served):
    answer = parsed(served.say(b"GET /sparql HTTP/1.0\r\n\r\n"))
    assert (answer.status, answer.code) == (421, "H121")


@pytest.mark.parametrize("size", [20_000, 200_000])
def test_too_long_a_head_is_431(size, served):
    long = "x" * size
    many = [f"X-{n}: {n}" for n in range(size // 10)]
    for target, headers in ((f"/sparql?query={long}", []), ("/", [f"X-Long: {long}"]), ("/", many)):
        answer = parsed(served.say(get(target, *headers, "Connection: close")))
        assert (answer.status, answer.code, secure(answer.headers)) == (431, "H131", True)


@pytest.mark.parametrize("size", [2 * 1024**2 + 1, 9 * 1024**2, 40 * 1024**2])
def test_too_long_a_body_is_413_and_the_client_gets_to_know(size, served):
    body = b"#" * size
    for media in (QUERY, FORM):
        try:
            answer = served.request("POST", "/sparql", body, {"Content-Type": media})
        except ConnectionError:
            assert size > 16 * 1024**2, "such a body must be read to its end"
        else:
            assert (answer.status, answer.code) == (413, "H113")
    assert served.ask("ASK {}").status == 200


def test_a_body_of_the_longest_length_is_read(served):
    query = CARGO.ljust(2 * 1024**2)
    assert served.ask(query).rows == served.ask(CARGO).rows


def test_too_long_a_body_in_chunks_is_413(served):
    head = get("/sparql", f"Content-Type: {QUERY}", "Transfer-Encoding: chunked")
    chunk = b"%x\r\n%s\r\n" % (1 << 20, b"#" * (1 << 20))
    answer = parsed(served.say(head.replace(b"GET", b"POST", 1) + chunk * 3 + b"0\r\n\r\n"))
    assert (answer.status, answer.code) == (413, "H113")


# limits


def test_out_of_time_is_504_and_a_request_may_ask_for_less(served):
    answer = served.ask(ENDLESS, timeout="0.5")
    assert (answer.status, answer.code) == (504, "Q205")
    assert "0.5 s" in answer.text and answer.seconds < 1.5
    assert served.ask("ASK {}", timeout="1e9").status == 200


MANY = digits("abcde")
NUMBER = "10000 * ?a + 1000 * ?b + 100 * ?c + 10 * ?d + ?e"


def test_too_long_an_answer_is_507_and_never_cut(small):
    rows = f"SELECT ({NUMBER} AS ?n) {{ {MANY} }}"
    triples = f"CONSTRUCT {{ <x:a> <x:p> ?n }} {{ {MANY} BIND({NUMBER} AS ?n) }}"
    asked = [(rows, media) for media in ROWS] + [(triples, media) for media in list(TRIPLES)[:4]]
    for query, media in asked:
        statuses = []
        for limit in (10, 100, 1000, 10_000, 50_000):
            answer = small.ask(f"{query} LIMIT {limit}", media)
            statuses.append(answer.status)
            if answer.status == 507:
                assert answer.code == "Q213"
            elif query == triples:
                assert len(Graph().parse(data=answer.body, format=TRIPLES[media])) == limit
            elif ROWS[media] == "json":
                assert len(answer.rows) == limit
            elif ROWS[media] == "xml":
                assert len(ElementTree.fromstring(answer.body)[1]) == limit
            else:
                assert answer.text.count("\n") == limit + 1
        assert statuses == sorted(statuses) and set(statuses) == {200, 507}


def test_an_answer_of_exactly_the_most_is_whole(quads):
    held = load(quads)
    for query in ("SELECT * { ?s ?p ?o }", "ASK {}", "CONSTRUCT WHERE { ?s ?p ?o }"):
        whole = serve(held, Request(query)).body
        assert serve(held, Request(query, most=len(whole))).body == whole
        with pytest.raises(QueryError) as caught:
            serve(held, Request(query, most=len(whole) - 1))
        assert caught.value.code == "Q213"
    del caught
    gc.collect()  # what is left of the queries, in the thread that they belong to


def test_too_much_memory_is_507(small):
    doubled = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))
    query = f"SELECT (STRLEN(?x40) AS ?n) {{ BIND('12345678' AS ?x0) {doubled} }}"
    for _ in range(2):
        answer = small.ask(query)
        assert (answer.status, answer.code) == (507, "Q206")
        assert small.ask("ASK {}").status == 200


def test_when_all_workers_are_busy_others_are_told_to_come_again(small):
    with ThreadPoolExecutor() as threads:
        asked = [threads.submit(small.ask, ENDLESS) for _ in range(6)]
        answers = [one.result() for one in asked]
    assert {answer.status for answer in answers} == {503, 504}
    for answer in answers:
        assert answer.seconds < 3
        if answer.status == 503:
            assert (answer.code, answer.headers["retry-after"]) == ("H153", "2")
    assert small.ask("ASK {}").status == 200


# what it says of itself, and to whom


def test_other_sites_cannot_read_answers_unless_they_are_let(served, dataset):
    origin = {"Origin": SITE}
    for target in (asked("ASK {}"), asked("SELECT"), "/nothing", "/"):
        answer = served.request("GET", target, headers=origin)
        assert "access-control-allow-origin" not in answer.headers
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        answer = dataset.request("GET", target, headers=origin)
        assert answer.headers["access-control-allow-origin"] == SITE
        assert "cross-origin-resource-policy" not in answer.headers
    asking = {**origin, "Access-Control-Request-Method": "POST"}
    before = dataset.request("OPTIONS", "/sparql", headers=asking)
    assert before.headers["access-control-allow-origin"] == SITE
    assert "Content-Type" in before.headers["access-control-allow-headers"]


def test_an_error_is_one_line_of_text_that_no_browser_takes_for_a_page(served):
    for target in (asked("<script>alert(1)</script>"), "/<b>", "/sparql?query=&timeout=<b>"):
        answer = served.get(quote(target, safe="/?=&%+"))
        assert answer.status in (400, 404)
        assert answer.type == "text/plain; charset=utf-8"
        assert answer.text.count("\n") == 1
        assert answer.headers["cache-control"] == "no-store"
