# SPDX-License-Identifier: Apache-2.0
"""The knowledge base as one canonical JSON text, for commands that must start quickly.

Reading it needs neither an RDF library nor a table parser. Fields that hold their default, or are
derived, are left out, numbers are written as text (so ``0.50`` stays ``0.50``), keys are sorted:
equal knowledge bases give equal bytes. The shape follows the model, which is its only definition.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Callable
from dataclasses import Field, fields
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, NamedTuple, TypeVar

from exograph import model
from exograph.errors import SnapshotError
from exograph.model import KnowledgeBase

FORMAT = 1
"""Raised whenever a reader of the former shape would go wrong."""

T = TypeVar("T")


def to_json(kb: KnowledgeBase) -> str:
    """The knowledge base as canonical JSON, ending in a line feed."""
    document = {"format": FORMAT, "knowledge_base": encode(kb)}
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def from_json(text: str) -> KnowledgeBase:
    """The knowledge base that ``text`` was written from.

    Raises SnapshotError where the text is no such document. Takes about 10 ms per 1,000 statements.
    """
    collecting = gc.isenabled()
    gc.disable()  # 40,000 objects are made here and all are kept: looking for garbage costs a third
    try:
        document = json.loads(text)
        if not isinstance(document, dict) or document.get("format") != FORMAT:
            raise ValueError(f"the format is not {FORMAT}")
        return decode(KnowledgeBase, document["knowledge_base"])
    except (ValueError, TypeError, KeyError, InvalidOperation, RecursionError) as error:
        raise SnapshotError(
            "S101",
            f"The records do not describe a knowledge base: {error}.",
            "Run `exograph build`.",
        ) from None
    finally:
        if collecting:
            gc.enable()


def encode(value: object) -> object:
    """A record as what JSON can hold. A claim's statements leave out its triple."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if not hasattr(value, "__dataclass_fields__"):
        return value
    inherited = ("subject", "predicate", "object") if isinstance(value, model.Claim) else ()
    record = {
        name: held if held.__class__ is str else encode(held)
        for name, default in _defaults(type(value))  # type: ignore[arg-type]
        if (held := getattr(value, name)) != default
    }
    for statement in record.get("statements", ()) if inherited else ():  # type: ignore[attr-defined]
        for name in inherited:
            del statement[name]
    return record


def decode(kind: type[T], record: object) -> T:
    """Build one model object, field by field; an unknown or missing field is an error."""
    if type(record) is not dict:
        raise ValueError(f"a {kind.__name__} is not an object")
    if kind is model.Claim:
        shared = {name: record.get(name) for name in ("subject", "predicate", "object")}
        record = record | {"statements": [s | shared for s in record["statements"]]}
    forms = _forms(kind, tuple(record))  # type: ignore[arg-type]  # a class is hashable
    if tuple(map(type, record.values())) != forms.types:
        raise ValueError(f"a field of a {kind.__name__} is not of its type: {record}")
    for name, read in forms.readers:
        record[name] = read(record[name])
    return kind(**record)


Form = tuple[type, Callable[[Any], Any] | None]
"""The type of a field in JSON, and what makes its value of that; None if that is the value."""


class _Forms(NamedTuple):
    """Of the fields of a record: their types, and those that have something to make."""

    types: tuple[type, ...]
    readers: tuple[tuple[str, Callable[[Any], Any]], ...]


@cache
def _forms(kind: type, names: tuple[str, ...]) -> _Forms:
    """For records that give these fields. Many give the same, so this is worked out a few times."""
    held = [(name, *_known(kind)[name]) for name in names]
    readers = tuple((name, read) for name, _, read in held if read)
    return _Forms(tuple(expected for _, expected, _ in held), readers)


@cache
def _known(kind: type) -> dict[str, Form]:
    return {field.name: _form(field) for field in _stored(kind)}


@cache
def _defaults(kind: type) -> tuple[tuple[str, object], ...]:
    """The fields that are written, each with the value that is not."""
    return tuple((field.name, field.default) for field in _stored(kind))


@cache
def _stored(kind: type) -> tuple[Field[Any], ...]:
    """The fields that are written; what is derived follows from other records."""
    names = model.stored(kind)
    return tuple(field for field in fields(kind) if field.name in names)


def _form(field: Field[Any]) -> Form:
    """By the annotation in the model."""
    annotation = str(field.type)
    inner = annotation.removeprefix("tuple[").removesuffix(", ...]").removesuffix(" | None")
    if annotation == "tuple[str, ...]":
        return list, _texts
    if inner in _PLAIN:
        return _PLAIN[inner]
    kind = getattr(model, inner)
    if annotation.startswith("tuple["):
        return list, lambda held: tuple([decode(kind, item) for item in held])
    return dict, lambda held: decode(kind, held)


def _texts(held: list[Any]) -> tuple[str, ...]:
    if set(map(type, held)) <= {str}:
        return tuple(held)
    raise ValueError(f"{held!r} is not a list of texts")


_PLAIN: dict[str, Form] = {
    "str": (str, None),
    "int": (int, None),
    "Decimal": (str, Decimal),
}
