# SPDX-License-Identifier: Apache-2.0
"""Every JSON document against its schema, and the schemas against the vocabulary."""

import json
from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from running import FAULTS, ROOT, call

from exograph import vocab
from exograph.cli import COMMANDS
from exograph.kb import conflicts

FOLDER = resources.files("exograph") / "schemas"
NAMES = sorted(file.name.removesuffix(".json") for file in FOLDER.iterdir() if file.is_file())


def schema(name: str) -> dict[str, Any]:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def validate(name: str, document: Any) -> None:
    Draft202012Validator(schema(name)).validate(document)


def test_each_command_with_json_has_a_schema_and_so_have_errors():
    of_the_server = {"neighbours"}  # which no command prints
    without = {"view", "serve", "export", "push", "mine", "release", "mcp", "completion"}
    assert sorted({*COMMANDS, "error", *of_the_server} - without) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_sound_and_closed(name):
    document = schema(name)
    assert document["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert document["$id"].endswith(f"/{name}.json")
    Draft202012Validator.check_schema(document)
    for part in _parts(document):
        if "properties" in part:
            assert part["additionalProperties"] is False


def _parts(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from _parts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _parts(value)


@pytest.mark.parametrize("name", ["show", "paths", "compare", "conflicts"])
def test_the_schemas_know_the_vocabulary(name):
    definitions = schema(name)["$defs"]
    assert set(definitions["context"]["properties"]) == set(vocab.CONTEXT_FIELDS)
    assert definitions["statement"]["properties"]["basis"]["enum"] == list(vocab.BASES)
    assert definitions["statement"]["properties"]["stance"]["enum"] == list(vocab.STANCES)
    if name != "conflicts":
        assert definitions["statement"]["properties"]["grade"]["enum"] == list(vocab.GRADES)


def test_the_schema_of_show_knows_every_kind_predicate_and_attribute():
    definitions = schema("show")["$defs"]
    expected = {
        ("entity", "type"): vocab.TYPES,
        ("claim", "predicate"): vocab.PREDICATES,
        ("attribute", "attribute"): vocab.ATTRIBUTES,
        ("reference", "kind"): vocab.REFERENCE_KINDS,
        ("statement", "certainty"): vocab.CERTAINTIES,
        ("statement", "effect"): vocab.EFFECTS,
    }
    for (record, field), names in expected.items():
        assert set(definitions[record]["properties"][field]["enum"]) == set(names), field


def test_the_schema_of_paths_knows_every_predicate_that_is_walked():
    walked = {p.name for p in vocab.PREDICATES.values() if p.walk != "never"}
    assert set(schema("paths")["$defs"]["step"]["properties"]["predicate"]["enum"]) == walked


def test_the_analyses_speak_of_paths_and_questions_as_paths_does():
    paths = schema("paths")
    for name in ("compare", "gaps", "matrix"):
        document = schema(name)
        assert document["properties"]["query"] == paths["properties"]["query"]
        for key in document["$defs"].keys() & paths["$defs"].keys() - {"path"}:
            assert document["$defs"][key] == paths["$defs"][key], (name, key)
    path = schema("compare")["$defs"]["path"]
    del path["properties"]["also_by"]
    path["required"].remove("also_by")
    assert path == paths["$defs"]["path"]
    cell = schema("matrix")["properties"]["cells"]["items"]["properties"]
    assert cell["grade"]["enum"] == [*vocab.GRADES, None]


@pytest.mark.parametrize(
    "args",
    [
        ("build",),
        ("stats",),
        ("stats", "--fill"),
        ("stats", "--identifiers"),
        ("search", "exo"),
        ("search", "xyzzyqq"),
        ("examples",),
        ("examples", "--run"),
        ("query", "-e", "SELECT * { ?s rdfs:label ?label } LIMIT 50"),
        ("query", "-e", "SELECT ?s { ?s exo:nothing ?o }"),
        ("query", "-e", "ASK {}"),
        ("query", "--example", "vesicle-sizes"),
        ("conflicts",),
        ("conflicts", "mir-146a"),
        ("conflicts", "--unexplained"),
        ("compare", "adsc", "bmsc"),
        ("compare", "bmsc-exo", "ucmsc-exo", "--to", "angiogenesis", "--to", "type:Outcome"),
        ("compare", "adsc", "shed", "--top", "1", "--sign", "+"),
        ("gaps",),
        ("gaps", "--source", "review", "--stated-only"),
        ("matrix",),
        ("matrix", "--from-type", "Vesicle", "--to-type", "Outcome", "--any-tissue"),
        ("paths", "bmsc-exo", "angiogenesis"),
        ("paths", "bone-marrow", "angiogenesis", "--top", "100"),
        ("paths", "type:Source", "type:HealingPhase", "--context", "organism=rat", "--no-fold"),
        ("paths", "mir-1260a", "angiogenesis", "--via", "col4a2", "--not", "vegfa"),
        ("paths", "angiogenesis", "bone-marrow"),
    ],
    ids=lambda args: " ".join(args)[:50],
)
def test_real_output_fits_the_schema(args, whole):
    answer = whole(*args, "--json")
    assert answer.code == 0, answer.err
    assert answer.out.endswith("}\n") or answer.out.endswith("]\n")
    validate(args[0], answer.json)


def test_whatever_can_be_shown_fits_the_schema(whole_home):
    from exograph.snapshot import current
    from exograph.views import documents

    kb = current(whole_home).kb
    validator = Draft202012Validator(schema("show"))
    for thing in (*kb.entities[::4], *kb.references[::4]):  # a quarter, each walks all claims
        document = json.loads(json.dumps(documents.of(kb, thing)))
        validator.validate(document)
    validator.validate(json.loads(json.dumps(documents.of(kb, kb.claims[0]))))


def test_show_prints_that_document(run):
    validate("show", run("show", "vegfa", "--json").json)


def test_problems_fit_the_schema(broken):
    validate("check", call(["--graphs", str(broken(**FAULTS)), "check", "--json"]).json)
    valid = ROOT / "tests" / "data" / "valid"
    validate("check", call(["--graphs", str(valid), "check", "--json"]).json)
    options = ["--graphs", str(valid), "--texts", str(valid / "texts")]
    document = call([*options, "check", "--coverage", "--json"]).json
    validate("check", document)
    assert document["sentences"]


def test_the_schema_of_conflicts_knows_their_kinds_and_sides():
    definitions = schema("conflicts")["$defs"]
    assert definitions["conflict"]["properties"]["kind"]["enum"] == list(conflicts.KINDS)
    assert definitions["side"]["properties"]["says"]["enum"] == list(conflicts.SAYS)
    predicates = definitions["claim"]["properties"]["predicate"]["enum"]
    assert set(predicates) == set(vocab.PREDICATES)


def test_the_schema_of_check_knows_every_reason_of_coverage():
    sentence = schema("check")["properties"]["sentences"]["items"]["properties"]
    assert sentence["reason"]["enum"] == [*vocab.COVERAGE_REASONS, None]


@pytest.mark.parametrize(
    "args",
    [
        ("show", "nothing-of-that-name"),
        ("paths", "bmsc-exo"),
        ("paths", "bmsc-exo", "type:Vesicel"),
        ("compare", "bmsc", "bmsc"),
        ("compare", "bmsc", "adsc", "--to", "bmsc"),
        ("gaps", "--source", "nobody"),
        ("matrix", "--to-type", "Phaze"),
        ("query", "-e", "SELECT"),
        ("query", "missing.rq"),
        ("build", "--source", "nobody"),
        ("search",),
        ("stats", "--nothing"),
        ("exampels",),
    ],
    ids=" ".join,
)
def test_errors_fit_the_schema(args, run):
    answer = run(*args, "--json")
    assert answer.code in (1, 2)
    validate("error", answer.json)


def test_faulty_tables_fit_the_schema_of_errors(tmp_path, broken):
    options = ["--home", str(tmp_path / "home"), "--graphs", str(broken(**FAULTS))]
    for command in (["build"], ["stats"], ["show", "vegfa"], ["paths", "msc", "vegfa"]):
        validate("error", call([*options, *command, "--json"]).json)
