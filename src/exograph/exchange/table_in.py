# SPDX-License-Identifier: Apache-2.0
"""Tables of edges of any make, with a file that tells what their columns are.

The file is TOML. A cell is ``{column = "…"}`` or ``{value = "…"}``; it may have ``prefix``, which
is put before each value, ``separator`` between several values, and ``words``, a table of what the
words of the column mean. ``subject``, ``predicate`` and ``object`` are cells; ``subject_category``,
``subject_name`` and those of the object make nodes of the ends; ``[fields]`` has further cells,
under the names of KGX. Columns that no cell takes are counted as not kept.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from exograph.errors import InputError
from exograph.exchange.incoming import Edge, Node, Place, Record, Reject
from exograph.exchange.opening import LONGEST, Lines, opened, text_of

_ENDS = ("subject", "predicate", "object")
_NODES = ("subject_category", "subject_name", "object_category", "object_name")
_TEXTS = ("column", "value", "prefix", "separator")
_MOST_COLUMNS = 1000
_LARGEST = 1 << 20
"""Bytes of a file of columns."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a value comes from: a column, or always the same."""

    column: str | None = None
    value: str = ""
    prefix: str = ""
    separator: str = ""
    words: Mapping[str, str] | None = None

    def values(self, told: Mapping[str, str]) -> tuple[str, ...]:
        """What a row says here; a KeyError is a word that is not among those of the file."""
        text = self.value if self.column is None else told.get(self.column, "")
        parts = text.split(self.separator) if self.separator else [text]
        bare = [part.strip() for part in parts if part.strip()]
        if self.words is not None:
            bare = [self.words[part] for part in bare]
        return tuple(self.prefix + part for part in bare)


@dataclass(frozen=True, slots=True)
class Columns:
    """A file of columns. ``cells`` are the ends and what is told of them, ``fields`` the rest."""

    cells: Mapping[str, Cell]
    fields: Mapping[str, Cell] = field(default_factory=dict)
    delimiter: str = ""

    @property
    def used(self) -> set[str]:
        return {c.column for c in (*self.cells.values(), *self.fields.values()) if c.column}


def columns_of(path: Path) -> Columns:
    """A file of columns. Raises InputError I109 that names the key at fault."""
    with opened(path) as file:
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise _wrong(path, f"it has more than {_LARGEST} bytes")
    try:
        told = tomllib.loads(data.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError:
        raise InputError("I102", f"{path} is not UTF-8.", "Convert it with iconv.") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _wrong(path, f"it is no TOML: {error}") from None
    fields = told.pop("fields", {})
    delimiter = told.pop("delimiter", "")
    if not isinstance(fields, dict):
        raise _wrong(path, "fields is no table")
    if not isinstance(delimiter, str) or len(delimiter) > 1 or delimiter in ('"', "\n", "\r"):
        raise _wrong(path, "delimiter is no single character")
    if unknown := sorted(told.keys() - {*_ENDS, *_NODES}):
        known = ", ".join((*_ENDS, *_NODES, "fields", "delimiter"))
        raise _wrong(path, f"there is no key {unknown[0]!r}; there are {known}")
    if missing := [end for end in _ENDS if end not in told]:
        raise _wrong(path, f"{missing[0]} is missing")
    for end in ("subject", "object"):
        if f"{end}_name" in told and f"{end}_category" not in told:
            raise _wrong(path, f"{end}_name needs {end}_category, which makes a node of the end")
    if clash := sorted(fields.keys() & {*_ENDS, "id"}):
        raise _wrong(path, f"fields.{clash[0]} stands outside of fields")
    return Columns(
        {name: _cell(path, name, cell) for name, cell in told.items()},
        {name: _cell(path, f"fields.{name}", cell) for name, cell in fields.items()},
        delimiter,
    )


def _wrong(path: Path, what: str) -> InputError:
    cure = "docs/importing.md has an example."
    return InputError("I109", f"{path}: {what}.", cure)


def _cell(path: Path, name: str, told: object) -> Cell:
    if not isinstance(told, dict):
        raise _wrong(path, f'{name} is no cell, such as {{column = "gene"}}')
    if unknown := sorted(told.keys() - {*_TEXTS, "words"}):
        raise _wrong(path, f"{name} has no key {unknown[0]!r}")
    if ("column" in told) == ("value" in told):
        raise _wrong(path, f"{name} needs either column or value")
    texts = {key: told[key] for key in _TEXTS if key in told}
    words = told.get("words")
    held = (*texts.values(), *(words.values() if isinstance(words, dict) else ()))
    if not all(isinstance(text, str) and text for text in held):
        raise _wrong(path, f"{name} has a value that is no text, or is empty")
    if words is not None and not isinstance(words, dict):
        raise _wrong(path, f"{name}.words is no table")
    if "separator" in texts and name in (*_ENDS, "subject_name", "object_name"):
        raise _wrong(path, f"{name} is one value, so it has no separator")
    return Cell(**texts, words=words)


def read(path: Path, columns: Columns) -> Iterator[Record | Reject]:
    """The nodes and edges of a table with a header. Raises InputError for what is no such table."""
    shown = str(path)
    comma = path.name.lower().removesuffix(".gz").endswith(".csv")
    delimiter = columns.delimiter or ("," if comma else "\t")
    with text_of(path) as text:
        yield from _rows(text, shown, delimiter, columns)


def _rows(text: IO[str], shown: str, delimiter: str, columns: Columns) -> Iterator[Record | Reject]:
    csv.field_size_limit(LONGEST)
    quoting: Any = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
    table = csv.reader(Lines(text, shown), delimiter=delimiter, quoting=quoting, strict=True)
    names = _header(next(table, None), shown, columns.used)
    seen: set[tuple[str, str]] = set()
    for row in table:
        if not row or row == [""]:
            continue
        place = Place(shown, table.line_num)
        told = {name: cell for name, cell in zip(names, row, strict=False) if cell}
        if len(row) > len(names):
            reason = f"the row has {len(row)} cells, the header {len(names)}."
            yield Reject("I201", "cells", reason, place, dict(told))
            continue
        yield from _row(told, columns, place, seen)


def _header(header: Sequence[str] | None, shown: str, used: set[str]) -> list[str]:
    names = [name.strip() for name in header or ()]
    if not any(names):
        raise InputError("I108", f"{shown} is empty.", "It needs a header line.")
    if len(names) > _MOST_COLUMNS:
        cure = f"Keep {_MOST_COLUMNS}."
        raise InputError("I108", f"{shown} has {len(names)} columns.", cure)
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise InputError("I108", f"{shown} has the column {twice[0]!r} twice.", "Rename one.")
    if missing := sorted(used - set(names)):
        cure = f"The table has {', '.join(names[:20])}. Mend the file of columns."
        raise InputError("I109", f"{shown} has no column {missing[0]!r}.", cure)
    return names


def _row(
    told: Mapping[str, str], columns: Columns, place: Place, seen: set[tuple[str, str]]
) -> Iterator[Record | Reject]:
    values: dict[str, tuple[str, ...]] = {}
    for name, cell in (*columns.cells.items(), *columns.fields.items()):
        try:
            values[name] = cell.values(told)
        except KeyError as error:
            kind = f"word in {name}"
            reason = f"the file of columns does not tell what {str(error)[:80]} is."
            yield Reject("I204", kind, reason, place, dict(told))
            return
    for end in _ENDS:
        if not values[end]:
            reason = f"the edge has no {end}."
            yield Reject("I203", f"{end} missing", reason, place, dict(told))
            return
    for end in ("subject", "object"):
        kinds = values.get(f"{end}_category", ())
        (id,), key = values[end], (values[end][0], "|".join(kinds))
        if f"{end}_category" in columns.cells and key not in seen:
            seen.add(key)
            named = {"category": kinds, "name": values.get(f"{end}_name", ())}
            yield Node(id, {n: texts for n, texts in named.items() if texts}, place)
    fields = {name: values[name] for name in columns.fields if values[name]}
    fields |= {f"column {name}": (told[name],) for name in told if name not in columns.used}
    (subject,), (predicate,), (object_,) = (values[end] for end in _ENDS)
    yield Edge(subject, predicate, object_, fields, place)
