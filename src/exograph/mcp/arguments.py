# SPDX-License-Identifier: Apache-2.0
"""The arguments of a tool: their JSON Schema, whether they fit it, and what they are as fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from math import isnan
from typing import Any

from exograph.errors import InputError
from exograph.kb.finding import quoted

Arguments = dict[str, Any]
Schema = dict[str, Any]

LONGEST_NAME = 1000
"""Characters; no name has nearly so many."""


def name(description: str) -> Schema:
    return {
        "type": "string",
        "minLength": 1,
        "maxLength": LONGEST_NAME,
        "description": description,
    }


def names(description: str) -> Schema:
    one = {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME}
    return {"type": "array", "items": one, "maxItems": 20, "description": description}


def flag(description: str) -> Schema:
    return {"type": "boolean", "default": False, "description": description}


def number(description: str, least: int, most: int, default: int | None = None) -> Schema:
    bounds = {"type": "integer", "minimum": least, "maximum": most, "description": description}
    return bounds if default is None else {**bounds, "default": default}


def schema_of(properties: Mapping[str, Schema], required: Sequence[str]) -> Schema:
    """The schema of all arguments of a tool; nothing else may be given."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(required),
        "additionalProperties": False,
    }


def fitting(given: Mapping[str, Any], schema: Schema) -> Arguments:
    """The arguments with defaults; null is as good as nothing.

    Raises InputError: H106 an unknown argument, H107 an impossible value, H108 one that is missing.
    """
    from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

    known = schema["properties"]
    for each in given:
        if each not in known:
            near = tuple(get_close_matches(each[:LONGEST_NAME], known, n=3))
            cure = f"Did you mean {near[0]}?" if near else f"Known are {', '.join(known)}."
            raise InputError("H106", f"There is no argument {quoted(each)}.", cure, near)
    held = {each: value for each, value in given.items() if value is not None}
    for each in schema["required"]:
        if each not in held:
            raise InputError("H108", f"The argument {each} is missing.", f"Give {each}.")
    for each, value in held.items():
        nan = isinstance(value, float) and isnan(value)  # which no range excludes
        if nan or any(Draft202012Validator(known[each]).iter_errors(value)):
            raise InputError("H107", f"{each} is {_shown(value)}.", f"Give {_wanted(known[each])}.")
    defaults = {each: one["default"] for each, one in known.items() if "default" in one}
    return defaults | held


def fields(given: Arguments) -> list[tuple[str, str]]:
    """The arguments as the fields of a request to ``/api/v1``."""
    told: list[tuple[str, str]] = []
    for each, value in given.items():
        if isinstance(value, list):
            told += [(each, item) for item in value]
        elif isinstance(value, bool):
            told.append((each, str(value).lower()))
        elif isinstance(value, float) and value.is_integer():
            told.append((each, str(int(value))))
        else:
            told.append((each, str(value)))
    return told


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list | dict):
        kind = "a list" if isinstance(value, list) else "an object"
        return f"{kind} of {len(value)}"
    return str(value)[:50]


def _wanted(schema: Schema) -> str:
    """What a schema takes, in words."""
    if "enum" in schema:
        return " or ".join(schema["enum"])
    kind = schema["type"]
    if kind == "array":
        return f"a list of up to {schema['maxItems']} texts of up to {LONGEST_NAME} characters"
    if kind == "string":
        return f"a text of 1 to {schema['maxLength']} characters"
    if kind == "boolean":
        return "true or false"
    least = schema.get("minimum", schema.get("exclusiveMinimum"))
    whole = "a whole number" if kind == "integer" else "a number"
    above = f"{least} to" if "minimum" in schema else f"above {least}, up to"
    return f"{whole}, {above} {schema['maximum']}"
