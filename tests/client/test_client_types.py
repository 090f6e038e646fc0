# SPDX-License-Identifier: Apache-2.0
"""The types of the client against the schemas, field by field, and by mypy in a program."""

import importlib.util
import json
import subprocess
import sys
import types as kinds
from importlib import resources
from pathlib import Path
from typing import Any, Literal, NotRequired, Union, get_args, get_origin, is_typeddict

import pytest

from exograph.client import types
from exograph.client.fields import Filters, PathFilters
from exograph.web import asked

ROOT = Path(__file__).parents[2]
FOLDER = resources.files("exograph") / "schemas"
PLAIN = {"string": str, "integer": int, "number": float, "boolean": bool, "null": type(None)}


def tool() -> Any:
    spec = importlib.util.spec_from_file_location("client_types", ROOT / "tools/client_types.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TOOL = tool()


def test_the_types_are_those_that_the_tool_makes():
    assert TOOL.TYPES.read_text(encoding="utf-8") == TOOL.formatted(TOOL.text())


class Differs(AssertionError):
    """A type does not say what its schema says."""


def compare(kind: Any, schema: dict[str, Any], root: dict[str, Any], place: str) -> None:
    """Raises Differs unless the type holds exactly what the schema lets through, as far as types
    can say it: names and needs of fields, null, lists, values of closed lists."""
    if "$ref" in schema:
        compare(kind, root["$defs"][schema["$ref"].rpartition("/")[2]], root, place)
    elif "oneOf" in schema:
        parts = choices(kind)
        if len(parts) != len(schema["oneOf"]):
            raise Differs(place)
        for one in schema["oneOf"]:
            if not any(fits(part, one, root, place) for part in parts):
                raise Differs(f"{place}: no choice for {one}")
    elif "enum" in schema:
        values = {v for part in choices(kind) for v in (get_args(part) or [None])}
        if values != set(schema["enum"]) or (None in values) != (type(None) in choices(kind)):
            raise Differs(place)
    elif schema["type"] == "array":
        if get_origin(kind) is not list:
            raise Differs(place)
        compare(get_args(kind)[0], schema["items"], root, f"{place}[]")
    elif schema["type"] == "object":
        compare_object(kind, schema, root, place)
    else:
        names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        if set(choices(kind)) != {PLAIN[name] for name in names}:
            raise Differs(place)


def compare_object(kind: Any, schema: dict[str, Any], root: dict[str, Any], place: str) -> None:
    if "properties" not in schema:
        if get_origin(kind) is not dict:
            raise Differs(place)
        if "additionalProperties" in schema:
            compare(get_args(kind)[1], schema["additionalProperties"], root, f"{place}.*")
        return
    if not is_typeddict(kind) or kind.__annotations__.keys() != schema["properties"].keys():
        raise Differs(place)
    if kind.__required_keys__ != set(schema.get("required", ())):
        raise Differs(f"{place}: what must be there")
    for name, field in kind.__annotations__.items():
        inner = get_args(field)[0] if get_origin(field) is NotRequired else field
        compare(inner, schema["properties"][name], root, f"{place}.{name}")


def choices(kind: Any) -> tuple[Any, ...]:
    return get_args(kind) if get_origin(kind) in (Union, kinds.UnionType) else (kind,)


def fits(kind: Any, schema: dict[str, Any], root: dict[str, Any], place: str) -> bool:
    try:
        compare(kind, schema, root, place)
    except Differs:
        return False
    return True


def read(name: str) -> dict[str, Any]:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", TOOL.DOCUMENTS)
def test_each_document_has_the_fields_of_its_schema(name):
    schema = read(name)
    compare(getattr(types, TOOL.DOCUMENTS[name]), schema, schema, name)


def test_all_documents_of_the_server_have_a_type():
    things = {"entity", "reference", "claim"}  # which the schema of show describes
    assert set(asked.NAMES) - things < TOOL.DOCUMENTS.keys()


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path["properties"].pop("cost"),
        lambda path: path["properties"].update(new={"type": "string"}),
        lambda path: path["required"].remove("cost"),
        lambda path: path["properties"]["mechanism"].update(type="string"),
        lambda path: path["properties"]["rank"].update(type="number"),
        lambda path: path["properties"]["sign"]["enum"].append("0"),
        lambda path: path["properties"]["telling"]["enum"].append(None),
        lambda path: path["properties"]["references"].update(items={"type": "integer"}),
    ],
)
def test_a_schema_that_has_changed_is_noticed(change):
    schema = read("paths")
    change(schema["$defs"]["path"])
    with pytest.raises(Differs):
        compare(types.Paths, schema, schema, "paths")


def test_a_union_with_null_is_no_union_without():
    assert fits(Literal["a"] | None, {"enum": ["a", None]}, {}, "")
    assert not fits(Literal["a"], {"enum": ["a", None]}, {}, "")


def test_the_filters_are_those_that_the_server_takes():
    def sent(filters: Any) -> set[str]:
        return {"not" if name == "avoid" else name for name in filters.__annotations__}

    assert sent(Filters) == asked.FILTERS.keys()
    assert sent(PathFilters) == {*asked.OF_PATHS, "no_fold"}


PROGRAM = """
from exograph.client import Client, ClientError

server = Client(timeout=3)
for path in server.paths("a", "b", via=["c"], context={"organism": "rat"}, top=3)["paths"]:
    sign: str = path["sign"]
    for step in path["steps"]:
        quotes: list[str | None] = [said["quote"] for said in step["statements"]]
shown = server.show("x")
if "entity" in shown:
    label: str = shown["entity"]["label_en"]
value: str = server.query("SELECT * {}")[0]["s"]["value"]
error: ClientError
"""
WRONG = {
    'server.paths("a", "b")["path"]': "typeddict-item",
    'server.paths("a", "b", signs="+")': "call-arg",
    'server.paths("a", "b", sign="up")': "typeddict-item|arg-type",
    'server.claim("x")["entity"]': "typeddict-item",
    'len(server.claim("x")["basis"])': "arg-type",
}


def test_the_client_and_a_program_are_type_checked_and_slips_in_it_are_found(tmp_path):
    """In one run of mypy, whose cache of the library is kept between runs of the tests."""
    lines = PROGRAM.splitlines()
    program = tmp_path / "program.py"
    program.write_text("\n".join([*lines, *WRONG]) + "\n", encoding="utf-8")
    options = ["--strict", "--config-file=", "--no-error-summary", "--follow-imports=silent"]
    cache = ["--cache-dir", str(ROOT / ".build" / "mypy")]
    mine = map(str, sorted((ROOT / "src" / "exograph" / "client").glob("*.py")))
    command = [sys.executable, "-m", "mypy", *options, *cache, str(program), *mine]
    done = subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"MYPYPATH": str(ROOT / "src")},
    )
    found = [line for line in done.stdout.splitlines() if ": error: " in line]
    assert len(found) == len(WRONG), done.stdout + done.stderr
    for number, (line, codes) in enumerate(zip(found, WRONG.values(), strict=True), len(lines) + 1):
        assert line.startswith(f"program.py:{number}:"), line
        assert any(f"[{code}]" in line for code in codes.split("|")), line
