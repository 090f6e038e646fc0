# SPDX-License-Identifier: Apache-2.0
"""Writes ``src/exograph/client/types.py``: the schemas of the JSON contract as Python types.

    .venv/bin/python tools/client_types.py

Each object of a schema is a TypedDict, each list of names that is used twice a Literal. Objects of
equal form are one type. They are final, so that `"entity" in shown` tells which of several it is. A
test runs this and compares, so the types cannot lag behind.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from keyword import iskeyword
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SCHEMAS = ROOT / "src" / "exograph" / "schemas"
TYPES = ROOT / "src" / "exograph" / "client" / "types.py"

Schema = dict[str, Any]

DOCUMENTS = {
    "search": "Search",
    "show": "Shown",
    "neighbours": "Neighbours",
    "paths": "Paths",
    "compare": "Comparisons",
    "matrix": "Matrix",
    "gaps": "Gaps",
    "conflicts": "Conflicts",
    "examples": "Examples",
    "query": "Answer",
    "error": "Failure",
}
"""Schemas of what a server and its like answer, and the type of each document."""

LISTS = {
    "EntityType": "search.hits.type",
    "Predicate": "show.claims.predicate",
    "WalkedPredicate": "paths.paths.steps.predicate",
    "Sign": "paths.paths.sign",
    "Basis": "paths.paths.steps.basis",
    "Stance": "paths.paths.steps.statements.stance",
    "Grade": "paths.paths.steps.statements.grade",
    "Notice": "paths.paths.steps.statements.retraction",
    "Telling": "paths.paths.telling",
    "ContextField": "conflicts.conflicts.explained_by",
}
"""Closed lists of names, and a place where each stands."""

OBJECTS = {
    "search.hits": "Hit",
    "show.0": "ShownEntity",
    "show.1": "ShownReference",
    "show.entity": "Entity",
    "show.reference": "Reference",
    "show.entity.desired": "Desired",
    "show.attributes": "Attribute",
    "show.remarks": "Remark",
    "show.claims": "Claim",
    "show.claims.statements": "Statement",
    "show.claims.statements.context": "Context",
    "show.claims.statements.verification": "Verification",
    "neighbours.entity": "NamedEntity",
    "neighbours.neighbours": "Neighbour",
    "neighbours.neighbours.claims": "ClaimInShort",
    "paths.query": "Question",
    "paths.paths": "Path",
    "paths.paths.handovers": "Handover",
    "paths.paths.cost_parts": "CostParts",
    "paths.paths.steps": "Step",
    "paths.paths.steps.statements": "StepStatement",
    "paths.paths.shortcuts": "Shortcut",
    "paths.paths.warnings": "Caution",
    "compare.ends": "Comparison",
    "compare.ends.counts": "ComparisonCounts",
    "compare.ends.shared": "SharedRoute",
    "compare.ends.opposed": "OpposedRoute",
    "compare.ends.shared.a": "ComparedPath",
    "matrix.cells": "Cell",
    "matrix.cells.signs": "SignCounts",
    "matrix.cells.telling": "TellingCounts",
    "matrix.cells.best": "BestRoute",
    "gaps.counts": "GapCounts",
    "gaps.cargo_without_target": "EntityWithVesicles",
    "gaps.cargo_without_phase": "CargoWithoutPhase",
    "gaps.vesicles_without_effect": "VesicleWithoutEffect",
    "gaps.phases_without_source": "PhaseWithoutSource",
    "gaps.on_one_paper": "OnOnePaper",
    "gaps.thin_routes": "ThinRoute",
    "conflicts.conflicts": "Conflict",
    "conflicts.conflicts.context": "ComparedContext",
    "conflicts.conflicts.context.cell": "ComparedField",
    "conflicts.conflicts.first": "Side",
    "conflicts.conflicts.first.claims": "ClaimHead",
    "conflicts.conflicts.first.statements": "SideStatement",
    "examples": "Example",
    "query.0": "Rows",
    "query.1": "Truth",
    "query.head": "RowsHead",
    "query.results": "RowsResults",
    "query.results.bindings": "Term",
    "error.error": "Problem",
}
"""Objects by where they stand: keys, without the numbers of lists."""

_PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
_WIDTH = 100

_HEAD = '''\
# SPDX-License-Identifier: Apache-2.0
"""The JSON of ``--json`` and of ``/api/v1`` as types. Made by ``tools/client_types.py``.

All of it is what ``exograph/schemas`` says, which also tells what the fields mean.
"""

from typing import Literal, NotRequired, TypedDict, final
'''


class Types:
    """Types as they are met, by name; those of equal form have one name."""

    def __init__(self) -> None:
        self.written: dict[str, str] = {}
        self._forms: dict[str, str] = {}
        self._lists: dict[frozenset[str], str] = {}

    def add_list(self, name: str, values: list[str]) -> None:
        self._lists[frozenset(values)] = name
        self.written[name] = f"{name} = {_literal(values)}\n"

    def of(self, schema: Schema, place: str, root: Schema) -> str:
        """The type of what a schema describes, as Python writes it."""
        if "$ref" in schema:
            return self.of(_resolved(schema, root), place, root)
        if "oneOf" in schema:
            parts = [
                self.of(one, place if "." in place else f"{place}.{number}", root)
                for number, one in enumerate(schema["oneOf"])
            ]
            return " | ".join(sorted(parts, key="None".__eq__))
        if "enum" in schema:
            return self._named(schema["enum"])
        kind = schema["type"]
        if kind == "array":
            return f"list[{self.of(schema['items'], place, root)}]"
        if kind == "object":
            return self._object(schema, place, root)
        return " | ".join(_PLAIN[one] for one in ([kind] if isinstance(kind, str) else kind))

    def _named(self, values: list[str | None]) -> str:
        names = [value for value in values if value is not None]
        told = self._lists.get(frozenset(names)) or _literal(names)
        return told if len(names) == len(values) else f"{told} | None"

    def _object(self, schema: Schema, place: str, root: Schema) -> str:
        if "properties" not in schema:
            if "additionalProperties" not in schema:
                return "dict[str, object]"
            return f"dict[str, {self.of(schema['additionalProperties'], place, root)}]"
        first, *keys = place.split(".")
        above = first if keys and keys[0].isdigit() else place
        fields = {
            key: (self.of(one, f"{above}.{key}", root), key in schema.get("required", ()))
            for key, one in schema["properties"].items()
        }
        form = json.dumps(sorted(fields.items()))
        if form not in self._forms:
            name = OBJECTS.get(place) or DOCUMENTS[place]
            assert name not in self.written, f"{place}: {name} is taken by another form"
            self._forms[form] = name
            self.written[name] = _class(name, fields, schema.get("description", ""))
        return self._forms[form]


def _class(name: str, fields: dict[str, tuple[str, bool]], description: str) -> str:
    told = {key: kind if must else f"NotRequired[{kind}]" for key, (kind, must) in fields.items()}
    words = "\n".join(textwrap.wrap(f'"""{description}"""', _WIDTH - 4)) if description else ""
    if all(key.isidentifier() and not iskeyword(key) for key in told):
        lines = [f"    {key}: {kind}" for key, kind in told.items()]
        doc = textwrap.indent(words, "    ") + "\n\n" if words else ""
        return f"@final\nclass {name}(TypedDict):\n{doc}" + "\n".join(lines) + "\n"
    body = "".join(f"{json.dumps(key)}: {kind}," for key, kind in told.items())
    return f'{name} = TypedDict("{name}", {{{body}}})\n{words}'


def _literal(values: list[str]) -> str:
    return f"Literal[{', '.join(json.dumps(value) for value in values)}]"


def _resolved(schema: Schema, root: Schema) -> Schema:
    found: Schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    return found


def _at(place: str) -> list[str]:
    """The names of a closed list, from the place where it stands."""
    first, *keys = place.split(".")
    root = node = json.loads((SCHEMAS / f"{first}.json").read_text("utf-8"))
    for key in keys:
        node = next(one for one in _inside(node, root) if key in one.get("properties", {}))
        node = node["properties"][key]
    values = next(one["enum"] for one in _inside(node, root) if "enum" in one)
    return [value for value in values if value is not None]


def _inside(node: Schema, root: Schema) -> Iterator[Schema]:
    """A schema and what it wraps: references, items, choices."""
    yield node
    if "$ref" in node:
        yield from _inside(_resolved(node, root), root)
    if "items" in node:
        yield from _inside(node["items"], root)
    for one in node.get("oneOf", ()):
        yield from _inside(one, root)


def text() -> str:
    """The module."""
    types = Types()
    for name, place in LISTS.items():
        types.add_list(name, _at(place))
    for schema, name in DOCUMENTS.items():
        root = json.loads((SCHEMAS / f"{schema}.json").read_text("utf-8"))
        told = types.of(root, schema, root)
        if told != name:
            types.written[name] = f"{name} = {told}\n"
    return _HEAD + "\n" + "\n\n".join(types.written.values())


def formatted(code: str) -> str:
    """As ruff writes it."""
    import subprocess
    import sys

    command = [sys.executable, "-m", "ruff", "format", "--stdin-filename", str(TYPES), "-"]
    done = subprocess.run(command, input=code, capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout


if __name__ == "__main__":
    TYPES.write_text(formatted(text()), encoding="utf-8")
