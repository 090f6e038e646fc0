# SPDX-License-Identifier: Apache-2.0
"""The architecture as a test: rooms import only to the left, third parties stay in their rooms."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "exograph"

ORDER = [
    {"errors", "ids"},
    {"vocab"},
    {"model"},
    {"tables"},
    {"kb", "records"},
    {"rdf"},
    {"checks"},
    {"columns", "store"},
    {"arrays"},
    {"snapshot"},
    {"network", "paths", "queries"},
    {"exchange"},
    {"views", "spark"},
    {"api"},
    {"client", "web"},
    {"mcp"},
    {"cli"},
]
LEVEL = {room: level for level, rooms in enumerate(ORDER) for room in rooms}

FENCES = {
    "rdflib": {"rdf", "checks", "exchange"},
    "pyshacl": {"checks"},
    "pyoxigraph": {"store"},
    "networkx": {"network", "exchange"},
    "numpy": {"arrays", "columns", "exchange", "paths"},
    "pyvis": {"views"},
    "jinja2": {"views"},
    "starlette": {"web"},
    "uvicorn": {"web"},
    "click": {"cli"},
    "pyspark": {"spark"},
    "pyarrow": {"spark"},
    "mcp": {"mcp"},
    "anyio": {"mcp"},
    "jsonschema": {"mcp"},
}


def room_of(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(module: Path) -> Iterator[str]:
    """Every module that a file imports, anywhere in it, as absolute dotted names."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import; write it in full"
            assert node.module is not None
            yield node.module
            if node.module == "exograph":
                yield from (f"exograph.{alias.name}" for alias in node.names)


DOORS = {PACKAGE / "__init__.py", PACKAGE / "__main__.py"}  # into the rooms, from outside
MODULES = sorted(set(PACKAGE.rglob("*.py")) - DOORS)


@pytest.mark.parametrize("module", MODULES, ids=lambda m: str(m.relative_to(PACKAGE)))
def test_a_module_imports_only_to_the_left_or_within_its_room(module):
    room = room_of(module)
    assert room in LEVEL, f"{room} is not a room of the design"
    for name in imports(module):
        first, *rest = name.split(".")
        if first == "exograph" and rest and rest[0] in LEVEL:
            other = rest[0]
            assert other == room or LEVEL[other] < LEVEL[room], f"{room} imports {other}"


@pytest.mark.parametrize("module", MODULES, ids=lambda m: str(m.relative_to(PACKAGE)))
def test_third_parties_stay_in_their_rooms(module):
    for name in imports(module):
        allowed = FENCES.get(name.split(".")[0])
        assert allowed is None or room_of(module) in allowed, f"{module.name} imports {name}"


def test_only_the_command_line_prints():
    for module in MODULES:
        if room_of(module) == "cli":
            continue
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            assert not (isinstance(called, ast.Name) and called.id == "print"), module
