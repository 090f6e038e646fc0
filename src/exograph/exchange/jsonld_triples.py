# SPDX-License-Identifier: Apache-2.0
"""Sorted N-Quads as a look-up: what is said of a subject, found by bisection in the file.

Nothing is read into memory, so a document may nest records in any order, however many there are.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from exograph.rdf.term import LANG_STRING, STRING, Term

Said = list[tuple[str, Term]]
"""Property and object, in the order of the file."""

_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": "\n", "r": "\r"}
_LITERAL = re.compile(r'"(.*)"(?:@(?P<tag>[^"]+)|\^\^<(?P<type>[^>"]+)>)?\Z', re.DOTALL)


class Triples:
    """The lines of N-Quads in byte order, all in the default graph, as ``rdf`` writes them."""

    def __init__(self, data: bytes | mmap.mmap) -> None:
        self._data = data

    def of(self, subject: str) -> Said:
        """What is said of a subject, spelled as in N-Quads: ``<IRI>`` or ``_:name``."""
        key = f"{subject} ".encode()
        data, at = self._data, self._start(key)
        said = []
        while data[at : at + len(key)] == key:
            end = data.find(b"\n", at)
            property, _, object = data[at + len(key) : end].decode().partition(" ")
            said.append((property[1:-1], term(object[:-2])))
            at = end + 1
        return said

    def subjects(self) -> Iterator[str]:
        """Every subject once, spelled so, in the order of the file."""
        data, at, key = self._data, 0, b""
        while at < len(data):
            if not key or data[at : at + len(key)] != key:
                key = data[at : data.find(b" ", at) + 1]
                yield key[:-1].decode()
            at = data.find(b"\n", at) + 1

    def _start(self, key: bytes) -> int:
        """Where the first line begins that does not come before ``key``."""
        data, low, high = self._data, 0, len(self._data)
        while low < high:
            middle = (low + high) // 2
            begin = data.rfind(b"\n", 0, middle) + 1
            if data[begin : begin + len(key)] < key:
                low = data.find(b"\n", middle) + 1
            else:
                high = begin
        return low


@contextmanager
def opened(path: Path) -> Iterator[Triples]:
    """The triples of a file, which is mapped, not read."""
    with path.open("rb") as file:
        if not path.stat().st_size:  # of which there is no map
            yield Triples(b"")
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            yield Triples(data)


def term(text: str) -> Term:
    r"""A term as N-Quads spell it, with the escapes that ``rdf.serialise`` makes.

    >>> term('"a \\"b\\""').value, term('"c"@en').language, term("<https://e.org/>").value
    ('a "b"', 'en', 'https://e.org/')
    """
    if text.startswith("<"):
        return Term("iri", text[1:-1])
    if text.startswith("_:"):
        return Term("blank", text[2:])
    found = _LITERAL.match(text)
    if found is None:
        raise ValueError(text)
    value = _ESCAPE.sub(lambda m: _ESCAPED.get(m[1], m[1]), found[1]) if "\\" in text else found[1]
    if tag := found["tag"]:
        return Term("literal", value, LANG_STRING, tag)
    return Term("literal", value, found["type"] or STRING)
