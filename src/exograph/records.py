# SPDX-License-Identifier: Apache-2.0
"""The knowledge base as one canonical JSON text, for commands that must start quickly.

Reading it needs neither an RDF library nor a table parser. Fields that hold their default, or are
derived, are left out, numbers are written as text (so ``0.50`` stays ``0.50``), keys are sorted:
equal knowledge bases give equal bytes. The shape follows the model, which is its only definition.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import MISSING, Field, fields
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, TypeVar

from exograph import model
from exograph.errors import SnapshotError
from exograph.model import KnowledgeBase

FORMAT = 1
"""Raised whenever a reader of the former shape would go wrong."""

T = TypeVar("T")


def to_json(kb: KnowledgeBase) -> str:
    """The knowledge base as canonical JSON, ending in a line feed."""
    document = {"format": FORMAT, "knowledge_base": _encode(kb)}
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def from_json(text: str) -> KnowledgeBase:
    """The knowledge base that ``text`` was written from.

    Raises SnapshotError where the text is no such document. Takes about 10 ms per 1,000 statements.
    """
    try:
        document = json.loads(text)
        if not isinstance(document, dict) or document.get("format") != FORMAT:
            raise ValueError(f"the format is not {FORMAT}")
        return _decode(KnowledgeBase, document["knowledge_base"])
    except (ValueError, TypeError, KeyError, InvalidOperation, RecursionError) as error:
        raise SnapshotError(
            "S101",
            f"The records do not describe a knowledge base: {error}.",
            "Run `exograph build`.",
        ) from None


def _encode(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    if not hasattr(value, "__dataclass_fields__"):
        return value
    inherited = ("subject", "predicate", "object") if isinstance(value, model.Claim) else ()
    record = {
        field.name: _encode(held)
        for field in _stored(type(value))  # type: ignore[arg-type]  # a class is hashable
        if (held := getattr(value, field.name)) != field.default
    }
    for statement in record.get("statements", ()) if inherited else ():  # type: ignore[attr-defined]
        for name in inherited:
            del statement[name]
    return record


def _decode(kind: type[T], record: object) -> T:
    """Build one model object, field by field; an unknown or missing field is an error."""
    if type(record) is not dict:
        raise ValueError(f"a {kind.__name__} is not an object")
    readers = _readers(kind)  # type: ignore[arg-type]  # a class is hashable
    if kind is model.Claim:
        shared = {name: record.get(name) for name in ("subject", "predicate", "object")}
        record = record | {"statements": [s | shared for s in record["statements"]]}
    return kind(**{name: readers[name](held) for name, held in record.items()})


@cache
def _readers(kind: type) -> dict[str, Callable[[Any], Any]]:
    return {field.name: _reader(field) for field in _stored(kind)}


@cache
def _stored(kind: type) -> tuple[Field[Any], ...]:
    """The fields that are written; what is derived follows from other records."""
    names = model.stored(kind)
    return tuple(field for field in fields(kind) if field.name in names)


def _reader(field: Field[Any]) -> Callable[[Any], Any]:
    """How the JSON of a field becomes its value, read from the annotation in the model."""
    annotation = str(field.type)
    inner = annotation.removeprefix("tuple[").removesuffix(", ...]").removesuffix(" | None")
    optional = annotation.endswith("| None") or field.default is not MISSING
    if inner in _PLAIN:
        expected = _PLAIN[inner]
        read = _number if inner == "Decimal" else _plain(expected, optional)
    else:
        kind = getattr(model, inner)

        def read(held: Any) -> Any:
            return _decode(kind, held)

    if not annotation.startswith("tuple["):
        return read

    def read_all(held: Any) -> tuple[Any, ...]:
        if type(held) is not list:
            raise ValueError(f"{field.name} is not a list")
        return tuple([read(item) for item in held])

    return read_all


_PLAIN: dict[str, type] = {"str": str, "int": int, "Decimal": str}


def _plain(expected: type, optional: bool) -> Callable[[Any], Any]:
    def read(held: Any) -> Any:
        if type(held) is expected or (held is None and optional):
            return held
        raise ValueError(f"{held!r} is not of type {expected.__name__}")

    return read


def _number(held: Any) -> Decimal:
    if type(held) is not str:
        raise ValueError(f"{held!r} is not a number as text")
    return Decimal(held)
