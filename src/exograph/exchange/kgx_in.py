# SPDX-License-Identifier: Apache-2.0
"""KGX, the tables and JSON lines of nodes and edges that Biolink graphs are handed on in.

Read along github.com/biolink/kgx, specification/kgx-format.md: TSV or CSV with a header, several
values between bars, or JSON lines; plain, gzipped, or several files in a ``tar.gz``. A file is read
as a stream. What is wrong with a file as a whole is an InputError, what is wrong with a row a
Reject.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import tarfile
from collections.abc import Iterator, Sequence
from io import BufferedReader
from itertools import chain
from pathlib import Path
from typing import IO, Literal, TypeAlias

from exograph.errors import InputError
from exograph.exchange.incoming import (
    ENDS,
    PASSED_OVER,
    Piece,
    Place,
    Record,
    Reject,
    Table,
    fields_of,
    one_by_one,
    record,
)
from exograph.exchange.opening import LONGEST, Lines, bounded, bytes_of, guarded, too_long

MOST_COLUMNS = 1000

What = Literal["nodes", "edges"]

_HELD = 1 << 16
"""Characters of a table that are looked at together: few, so that their cells stay in a cache."""
_ENDINGS = {".tsv": "\t", ".csv": ",", ".txt": "\t"}


def read(path: Path) -> Iterator[Record | Reject]:
    """The nodes and edges of a file, or of all files in an archive, in their order.

    Raises InputError I101 to I108 for what makes the file unreadable; what was given before that
    must then be thrown away.
    """
    return one_by_one(pieces(path))


def pieces(path: Path, only: What | None = None) -> Iterator[Piece]:
    """The same, with many rows of a table of edges together. If ``only`` one of the two is wanted,
    a table of the other is passed over, and so is what is wrong in it."""
    with guarded(path):
        if path.name.lower().endswith((".tar.gz", ".tgz", ".tar")):
            yield from _archive(path, only)
            return
        with bytes_of(path) as file:
            packed = path.name.lower().endswith(".gz")
            inner = gzip.GzipFile(fileobj=file) if packed else file
            yield from _file(inner, path.name.removesuffix(".gz"), str(path), only)  # type: ignore[arg-type]


def _archive(path: Path, only: What | None) -> Iterator[Piece]:
    found = False
    with bytes_of(path) as file, tarfile.open(fileobj=file, mode="r|*") as tar:
        for member in tar:
            name = member.name.rsplit("/", 1)[-1]
            if not member.isfile() or not name.lower().endswith((*_ENDINGS, ".jsonl")):
                continue
            if (inner := tar.extractfile(member)) is not None:
                found = True
                yield from _file(inner, name, f"{path}!{member.name}", only)
    if not found:
        cure = "It must hold nodes.tsv and edges.tsv, or the same as .jsonl."
        raise InputError("I104", f"{path} holds no KGX.", cure)


def _file(file: IO[bytes], name: str, shown: str, only: What | None) -> Iterator[Piece]:
    lower = name.lower()
    inner = bounded(file, shown)
    if lower.endswith((".jsonl", ".ndjson")):
        yield from _json_lines(io.TextIOWrapper(inner, encoding="utf-8-sig", newline=""), shown)
        return
    ending = next((e for e in _ENDINGS if lower.endswith(e)), None)
    if ending is None:
        cure = "Name .tsv, .csv, .jsonl, these with .gz, or a .tar.gz of them."
        raise InputError("I105", f"{shown} has no ending of KGX.", cure)
    yield from _table(inner, _ENDINGS[ending], shown, only)


def _table(file: BufferedReader, delimiter: str, shown: str, only: What | None) -> Iterator[Piece]:
    many = _plain(file, shown) if delimiter == "\t" else _quoted(file, delimiter, shown)
    lines, rows = next(many, ((), []))
    names = _header(rows[0] if rows else None, shown)
    is_edge = set(ENDS) <= set(names)
    if only == ("nodes" if is_edge else "edges"):
        return
    for numbers, held in chain(((lines[1:], rows[1:]),), many):
        if is_edge and set(map(len, held)) == {len(names)}:
            columns = dict(zip(names, zip(*held, strict=True), strict=True))
            yield Table(columns, numbers, shown)
        else:
            for line, row in zip(numbers, held, strict=True):
                if row and row != [""]:
                    yield _row(names, row, is_edge, Place(shown, line))


Rows: TypeAlias = tuple[Sequence[int], list[list[str]]]
"""Many rows of a table, with the lines on which they end."""


def _plain(file: BufferedReader, shown: str) -> Iterator[Rows]:
    """Rows of a table without quotes, as KGX writes TSV: each is a line."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig")  # all ends of lines become the same
    rest, line = "", 1
    while piece := text.read(_HELD):
        lines = f"{rest}{piece}".split("\n")
        rest = lines.pop()
        longest = max(map(len, (*lines, rest)))
        if longest > LONGEST:
            number = next(n for n, told in enumerate((*lines, rest), line) if len(told) == longest)
            raise too_long(shown, number)
        if lines:
            yield range(line, line + len(lines)), [told.split("\t") for told in lines]
            line += len(lines)
    if rest:
        yield range(line, line + 1), [rest.split("\t")]


def _quoted(file: BufferedReader, delimiter: str, shown: str) -> Iterator[Rows]:
    """Rows of a table whose cells may be quoted, and hold ends of lines then."""
    given = Lines(io.TextIOWrapper(file, encoding="utf-8-sig", newline=""), shown)
    csv.field_size_limit(LONGEST)
    rows = csv.reader(given, delimiter=delimiter, strict=True)
    while True:
        held: list[list[str]] = []
        lines: list[int] = []
        begin = given.characters
        for row in rows:
            held.append(row)
            lines.append(rows.line_num)
            if given.characters - begin > _HELD:
                break
        if not held:
            return
        yield lines, held


def _row(names: list[str], row: list[str], is_edge: bool, place: Place) -> Record | Reject:
    if len(row) > len(names):
        told = dict(zip(names, row, strict=False))
        reason = f"the row has {len(row)} cells, the header {len(names)}."
        return Reject("I201", "cells", reason, place, told, is_edge)
    return record(fields_of(names, row), is_edge, place)


def _header(header: list[str] | None, shown: str) -> list[str]:
    """Names of columns. Raises InputError I108 where they are none of nodes or edges."""
    names = [name.strip() for name in header or ()]
    if not names or names == [""]:
        raise InputError("I108", f"{shown} is empty.", "It needs a header line.")
    if len(names) > MOST_COLUMNS:
        raise InputError("I108", f"{shown} has {len(names)} columns.", f"Keep {MOST_COLUMNS}.")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        message = f"{shown} has the column {twice[0]!r} twice."
        raise InputError("I108", message, "Rename one of them.")
    if not set(ENDS) <= set(names) and "id" not in names:
        wants = "Nodes need the column id, edges subject, predicate and object."
        raise InputError("I108", f"{shown} has none of the columns of KGX.", wants)
    return names


def _json_lines(text: IO[str], shown: str) -> Iterator[Record | Reject]:
    for number, line in enumerate(Lines(text, shown), 1):
        if not line.strip():
            continue
        place = Place(shown, number)
        try:
            told = json.loads(line)
            if "\\ud" in line.lower():  # half of a character, perhaps, which no file can hold
                json.dumps(told, ensure_ascii=False).encode()
        except (ValueError, RecursionError):
            yield Reject("I202", "JSON", "the line is no JSON.", place, {"line": line[:2000]})
            continue
        if not isinstance(told, dict):
            yield Reject("I202", "JSON", "the line is no JSON object.", place, {"line": told})
            continue
        fields = {
            name: values
            for name, value in told.items()
            if name not in PASSED_OVER and (values := _values(value))
        }
        yield record(fields, any(end in fields for end in ENDS), place)


def _values(value: object) -> tuple[str, ...]:
    """A JSON value as texts; what is nested stays JSON."""
    if value is None or value in ("", []):
        return ()
    if isinstance(value, list):
        return tuple(text for item in value for text in _values(item))
    if isinstance(value, bool):
        return ("true" if value else "false",)
    if isinstance(value, str):
        return (value,)
    return (json.dumps(value, ensure_ascii=False),)
