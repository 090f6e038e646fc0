# SPDX-License-Identifier: Apache-2.0
"""The reference of JSON documents, made from the schemas that tests hold the commands to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from generate.markdown import cell, code, page, prose, table

SCHEMAS = Path(__file__).parents[2] / "src" / "exograph" / "schemas"
_FIRST = (
    "With `--json` a command prints one of these documents; `exograph serve` answers with the same "
    "under `/api/v1`. Made from the JSON Schemas, to which tests hold what the commands print. "
    "Each schema tells all of its document, to the last field.",
)


def files() -> list[Path]:
    """The schemas, by name."""
    return sorted(SCHEMAS.glob("*.json"))


def made() -> str:
    """The whole page."""
    parts = list(_FIRST)
    for file in files():
        schema = json.loads(file.read_text(encoding="utf-8"))
        told = schema["title"].removeprefix("exograph: ")
        parts.append(f"## {told.removeprefix('exograph ')}")
        parts.append(f"{prose(schema['description'])} [Schema](schemas/{file.name}).")
        parts.extend(_shape(schema, schema))
    return page("JSON documents", *parts)


def _shape(part: dict[str, Any], schema: dict[str, Any]) -> list[str]:
    """Fields of an object, of the items of a list, or of each alternative."""
    part = _resolved(part, schema)
    for alternatives in ("oneOf", "anyOf"):
        if alternatives in part:
            told = [_shape(one, schema) for one in part[alternatives]]
            return ["One of these:" if len(told) > 1 else "", *("\n\n".join(t) for t in told)]
    if part.get("type") == "array":
        return ["A list; of each item:", *_shape(part["items"], schema)]
    needed = part.get("required", ())
    rows = [
        (code(name), _type(field, schema), "" if name in needed else "no", _told(field, schema))
        for name, field in part.get("properties", {}).items()
    ]
    return [table(("field", "type", "always", "what"), rows)] if rows else []


def _resolved(part: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in part:
        name = part["$ref"].removeprefix("#/$defs/")
        part = {**schema["$defs"][name], **{k: v for k, v in part.items() if k != "$ref"}}
    return part


def _told(part: dict[str, Any], schema: dict[str, Any]) -> str:
    return cell(_resolved(part, schema).get("description", ""))


def _type(part: dict[str, Any], schema: dict[str, Any]) -> str:
    """The type in words, such as ``list of text``."""
    part = _resolved(part, schema)
    for alternatives in ("oneOf", "anyOf"):
        if alternatives in part:
            return " or ".join(dict.fromkeys(_type(one, schema) for one in part[alternatives]))
    if "const" in part:
        return code(json.dumps(part["const"], ensure_ascii=False))
    if "enum" in part:
        words = [json.dumps(word, ensure_ascii=False).strip('"') for word in part["enum"]]
        return ", ".join(map(code, words)) if len(words) <= 6 else "one of the vocabulary"
    types = part.get("type", "anything")
    named = [_NAMES.get(t, t) for t in ([types] if isinstance(types, str) else types)]
    if "array" in types and "items" in part:
        named = [n.replace("list", f"list of {_type(part['items'], schema)}") for n in named]
    return " or ".join(named)


_NAMES = {"string": "text", "array": "list", "boolean": "true or false", "null": "nothing"}
