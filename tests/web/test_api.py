# SPDX-License-Identifier: Apache-2.0
"""``/api/v1``: the documents that the command line prints, and its errors as HTTP says them."""

import json
from importlib import resources
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from talking import ROOT

from exograph import cli, vocab
from exograph.api import Graph
from exograph.errors import InputError
from exograph.views import documents
from exograph.web.asked import FILTERS, NAMES, OF_PATHS, answer

FOLDER = resources.files("exograph") / "schemas"
ALIKE = ("search", "neighbours", "paths", "compare", "matrix", "gaps", "conflicts")
SCHEMAS = {name: name for name in ALIKE}
SCHEMAS |= dict.fromkeys(("entity", "reference", "claim"), "show")


def validate(name, document):
    schema = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(document)


@pytest.fixture
def printed(home, capsys):
    """What a command prints with --json."""

    def printed(*args):
        options = ["--home", str(home), "--graphs", str(ROOT / "graphs"), "--lang", "en"]
        code = cli.run([*options, *args, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return printed


def untimed(document):
    """Without the time that a search was given, which is the server's to say."""
    if "query" in document:
        document = {**document, "query": {**document["query"], "timeout": None}}
    return document


@pytest.mark.parametrize(
    ("target", "args"),
    [
        ("search?q=exo", ("search", "exo")),
        ("search?q=外泌体&limit=3", ("search", "外泌体", "--limit", "3")),
        ("search?q=xyzzyqq", ("search", "xyzzyqq")),
        ("entity/vegfa", ("show", "vegfa")),
        ("entity/VEGF-A", ("show", "VEGF-A")),
        ("entity/外泌体", ("show", "外泌体")),
        ("entity/GO:0070062", ("show", "GO:0070062")),
        ("reference/review-38", ("show", "review-38")),
        ("paths?start=bmsc-exo&end=angiogenesis", ("paths", "bmsc-exo", "angiogenesis")),
        (
            "paths?start=mir-1260a&end=angiogenesis&via=col4a2&not=vegfa&top=3&max_steps=5",
            ("paths", "mir-1260a", "angiogenesis", "--via", "col4a2", "--not", "vegfa", "--top",
             "3", "--max-steps", "5"),
        ),
        (
            "paths?start=type:Source&end=type:HealingPhase&context=organism%3Drat&no_fold=1",
            ("paths", "type:Source", "type:HealingPhase", "--context", "organism=rat", "--no-fold"),
        ),
        (
            "paths?pattern=Source,Vesicle,Cargo,*,HealingPhase&top=4",
            ("paths", "--pattern", "Source,Vesicle,Cargo,*,HealingPhase", "--top", "4"),
        ),
        (
            "paths?pattern=type:Source > Vesicle → *，type:HealingPhase&top=4",
            ("paths", "--pattern", "Source,Vesicle,*,HealingPhase", "--top", "4"),
        ),
        (
            "paths?start=bone-marrow&end=angiogenesis&stated_only=true&told=&coherent=0&sign=%2B"
            "&evidence=in_vivo&evidence=in_vitro&any_tissue=1&with_retracted=1&no_inferred=false",
            ("paths", "bone-marrow", "angiogenesis", "--stated-only", "--told", "--sign", "+",
             "--evidence", "in_vivo", "--evidence", "in_vitro", "--any-tissue", "--with-retracted"),
        ),
        ("paths?start=angiogenesis&end=bone-marrow", ("paths", "angiogenesis", "bone-marrow")),
        ("compare?a=adsc&b=bmsc", ("compare", "adsc", "bmsc")),
        (
            "compare?a=bmsc-exo&b=ucmsc-exo&to=angiogenesis&to=type:Outcome&top=2",
            ("compare", "bmsc-exo", "ucmsc-exo", "--to", "angiogenesis", "--to", "type:Outcome",
             "--top", "2"),
        ),
        ("matrix", ("matrix",)),
        (
            "matrix?from_type=Vesicle&to_type=Outcome&any_tissue=1",
            ("matrix", "--from-type", "Vesicle", "--to-type", "Outcome", "--any-tissue"),
        ),
        ("gaps", ("gaps",)),
        ("conflicts", ("conflicts",)),
        ("conflicts?name=血管生成&unexplained=1", ("conflicts", "血管生成", "--unexplained")),
        ("conflicts?name=review-43", ("conflicts", "review-43")),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)  # fmt: skip
def test_a_document_is_what_the_command_prints(target, args, served, printed):
    found = served.get(f"/api/v1/{quote(target, safe='?&=%/:,*')}")
    assert (found.status, found.type) == (200, "application/json")
    assert found.headers["cache-control"] == "no-cache"
    validate(SCHEMAS[target.partition("?")[0].partition("/")[0]], found.json)
    code, document = printed(*args)
    assert code == 0
    assert untimed(found.json) == untimed(document)


def test_claims_are_found_by_their_ids(served, printed, snapshot):
    for claim in snapshot.kb.claims[::700]:
        found = served.get(f"/api/v1/claim/{claim.id}").json
        validate("show", found)
        assert found == printed("show", claim.id)[1]


def test_neighbours_come_in_pages_that_make_up_the_whole(served, snapshot):
    busiest = max(
        snapshot.kb.entities, key=lambda e: documents.of_neighbours(snapshot.kb, e.id)["total"]
    )
    whole = served.get(f"/api/v1/neighbours/{busiest.id}?limit=1000").json
    validate("neighbours", whole)
    assert whole == documents.of_neighbours(snapshot.kb, busiest.id, limit=1000)
    assert (whole["skipped"], whole["total"]) == (0, len(whole["neighbours"]))
    parts = []
    for skip in range(0, whole["total"], 7):
        part = served.get(f"/api/v1/neighbours/{busiest.id}?limit=7&skip={skip}").json
        validate("neighbours", part)
        assert (part["skipped"], part["total"]) == (skip, whole["total"])
        parts += part["neighbours"]
    assert parts == whole["neighbours"]
    assert len(served.get(f"/api/v1/neighbours/{busiest.id}").json["neighbours"]) <= 100
    beyond = served.get(f"/api/v1/neighbours/{busiest.id}?skip=100000").json
    assert beyond["neighbours"] == [] and beyond["total"] == whole["total"]


def test_the_schema_of_neighbours_fits_every_tenth_entity_and_knows_the_vocabulary(snapshot):
    for entity in snapshot.kb.entities[::10]:
        document = documents.of_neighbours(snapshot.kb, entity.id, limit=1000)
        validate("neighbours", json.loads(json.dumps(document)))
    schema = json.loads((FOLDER / "neighbours.json").read_text(encoding="utf-8"))
    claim = schema["$defs"]["claim"]["properties"]
    assert set(claim["predicate"]["enum"]) == set(vocab.PREDICATES)
    assert claim["grade"]["enum"] == [*vocab.GRADES, None]
    assert claim["basis"]["enum"] == [*vocab.BASES, None]
    assert set(schema["$defs"]["entity"]["properties"]["type"]["enum"]) == set(vocab.TYPES)


@pytest.mark.parametrize(
    ("target", "status", "code"),
    [
        ("entity/nothing-of-that-name", 404, "E002"),
        ("entity/%00", 404, "E002"),
        ("entity/%FF", 404, "E002"),
        ("entity/a/b/c", 404, "E002"),
        ("entity/a%23b", 404, "E002"),
        ("entity/a%3Fb=c", 404, "E002"),
        ("entity/", 400, "H108"),
        ("entity/vegfa?id=vegfa", 400, "H105"),
        ("entity/vegfa?x=1", 400, "H106"),
        ("reference/review-0", 404, "E002"),
        ("claim/0123456789abcdef", 404, "E002"),
        ("neighbours/nothing-of-that-name", 404, "E002"),
        ("neighbours/vegfa?limit=0", 400, "H107"),
        ("neighbours/vegfa?limit=1001", 400, "H107"),
        ("neighbours/vegfa?skip=-1", 400, "H107"),
        ("neighbours/vegfa?skip=many", 400, "H107"),
        ("search", 400, "H108"),
        ("search?q=", 400, "H108"),
        ("search?q=%20", 400, "H108"),
        ("search?q=a&q=b", 400, "H105"),
        ("search?q=a&limit=201", 400, "H107"),
        ("search?q=a&limit=1.5", 400, "H107"),
        ("search?q=a&limit=" + "9" * 5000, 400, "H107"),
        ("search?q=%FF", 400, "H102"),
        ("search?q=%zz", 400, "H102"),
        ("search?q=a" + "&x=" * 2000, 400, "H103"),
        ("search?query=a", 400, "H106"),
        ("paths", 400, "H108"),
        ("paths?start=bmsc-exo", 400, "H108"),
        ("paths?start=bmsc-exo&end=nothing-of-that-name", 400, "E002"),
        ("paths?start=bmsc-exo&end=type:Vesicel", 400, "P101"),
        ("paths?start=bmsc-exo&end=bmsc-exo", 400, "P104"),
        ("paths?start=bmsc-exo&end=angiogenesis&top=0", 400, "P107"),
        ("paths?start=bmsc-exo&end=angiogenesis&max_steps=99", 400, "P106"),
        ("paths?start=bmsc-exo&end=angiogenesis&sign=x", 400, "P108"),
        ("paths?start=bmsc-exo&end=angiogenesis&timeout=0", 400, "P109"),
        ("paths?start=bmsc-exo&end=angiogenesis&timeout=nan", 400, "H107"),
        ("paths?start=bmsc-exo&end=angiogenesis&told=perhaps", 400, "H107"),
        ("paths?start=bmsc-exo&end=angiogenesis&context=organism", 400, None),
        ("paths?start=bmsc-exo&end=angiogenesis&context=organizm%3Drat", 400, "P110"),
        ("paths?pattern=,", 400, None),
        ("paths?pattern=Source", 400, None),
        ("paths?pattern=*,*", 400, None),
        ("compare?a=bmsc&b=bmsc", 400, "P131"),
        ("compare?a=bmsc", 400, "H108"),
        ("matrix?to_type=Phaze", 400, "P101"),
        ("gaps?top=1", 400, "H106"),
        ("conflicts?name=xyzzyqq", 400, "E002"),
        ("conflicts?unexplained=perhaps", 400, "H107"),
        ("nothing", 404, "H144"),
        ("search/x", 404, "H144"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_what_cannot_be_given_is_an_error_as_json(target, status, code, served):
    found = served.get(f"/api/v1/{target}")
    assert (found.status, found.type) == (status, "application/json"), found.text
    validate("error", found.json)
    assert code in (None, found.code)
    assert found.headers["cache-control"] == "no-store"


def test_errors_of_names_suggest_what_may_be_meant(served, printed):
    found = served.get("/api/v1/entity/vegff").json
    assert found == printed("show", "vegff")[1]
    assert "vegfa" in found["error"]["suggestions"]
    assert served.get("/api/v1/search?q=a&limmit=3").json["error"]["suggestions"] == ["limit"]


def test_what_follows_a_question_mark_or_a_cross_in_an_id_belongs_to_it(served):
    for mark in ("%3F", "%23", "%26"):
        said = served.get(f"/api/v1/entity/vegfa{mark}x").json["error"]
        assert said["code"] == "E002"


@pytest.mark.parametrize("target", ["search?q=vegfa", "entity/vegfa", "gaps"])
def test_documents_can_only_be_read(target, served):
    target = f"/api/v1/{target}"
    whole, head = served.get(target), served.request("HEAD", target)
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(whole.body))
    options = served.request("OPTIONS", target)
    assert (options.status, options.headers["allow"]) == (204, "GET, HEAD, OPTIONS")
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        found = served.request(method, target, b"{}")
        assert (found.status, found.code) == (405, "H145")
        assert found.headers["allow"] == "GET, HEAD, OPTIONS"


def test_a_search_of_paths_tells_where_it_stopped(served):
    target = "/api/v1/paths?" + urlencode(
        {"start": "type:Source", "end": "type:HealingPhase", "max_steps": 20, "top": 1000,
         "any_tissue": 1, "timeout": 0.05}
    )  # fmt: skip
    found = served.get(target)
    assert found.status == 200 and found.seconds < 5
    validate("paths", found.json)
    assert found.json["query"]["timeout"] == 0.05
    assert (found.json["complete"], found.json["stopped_by"]) in (
        (False, "deadline"),
        (False, "top"),
    )


def test_a_search_has_no_more_time_than_the_server_gives(served):
    found = served.get("/api/v1/paths?start=bmsc-exo&end=angiogenesis&timeout=1000").json
    assert found["query"]["timeout"] == 8.0


VALUES = st.one_of(
    st.sampled_from(
        ["", "1", "0", "true", "-1", "1e9", "type:Source", "type:", "predicate:x", "+"]
    ),
    st.sampled_from(
        ["vegfa", "bmsc-exo", "angiogenesis", "organism=rat", "=", "a=", "Source,*", ">"]
    ),
    st.text(max_size=8),
)
FIELDS = sorted({*OF_PATHS, *FILTERS, "start", "end", "a", "b", "to", "q", "limit", "skip", "id",
                 "from_type", "to_type", "no_fold", "x"})  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(NAMES),
    st.lists(st.tuples(st.sampled_from(FIELDS), VALUES), max_size=5),
    st.booleans(),
)
def test_any_request_has_a_document_or_an_error_of_the_users(snapshot, name, fields, whole):
    if whole:
        fields = [("start", "bmsc-exo"), ("end", "angiogenesis"), ("max_steps", "3"), *fields]
    try:
        document = answer(Graph(snapshot), name, fields, 0.2)
    except InputError as error:
        assert error.message and error.code[0] in "EPH"
    else:
        validate(SCHEMAS[name], json.loads(json.dumps(document)))
