# SPDX-License-Identifier: Apache-2.0
"""XML of others: no entities of its own, nothing from elsewhere, not too deep, not too long.

The parser is expat, which comes with Python. An entity that a file declares may stand for billions
of characters, or for another file; to declare one refuses the file.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import IO, Any
from xml.parsers import expat

from exograph.errors import InputError
from exograph.exchange.opening import LONGEST

DEEPEST = 100
"""Elements within each other; with a hundred thousand, readers of RDF take minutes."""

_MOST_ATTRIBUTES = 1000
_PIECE = 1 << 16
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")

Started = Callable[[str, dict[str, str]], object]


class Guard:
    """Looks at XML piece by piece, and calls for each element and text: ``started`` with a name and
    the attributes, ``ended`` with the name, ``told`` with the text. Names are ``namespace}local``.

    ``feed`` raises InputError: I111 for entities, depth and length, I112 for what is no XML, I102
    for another encoding than UTF-8.
    """

    def __init__(
        self,
        shown: str,
        started: Started | None = None,
        ended: Callable[[str], object] | None = None,
        told: Callable[[str], object] | None = None,
    ) -> None:
        self._shown, self._started, self._ended = shown, started, ended
        self.fed = self._last = self._depth = 0
        self._parser = parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.XmlDeclHandler = self._declared
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._entity
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        if told is not None:
            parser.CharacterDataHandler = told

    @property
    def line(self) -> int:
        return self._parser.CurrentLineNumber

    def feed(self, piece: bytes) -> None:
        """Looks at a piece; an empty one ends the document."""
        if not self.fed and piece.startswith(_UTF_16):
            raise InputError("I102", f"{self._shown} is not UTF-8.", "Convert it with iconv.")
        self.fed += len(piece)
        try:
            self._parser.Parse(piece, not piece)
        except expat.ExpatError as error:
            what = expat.ErrorString(error.code)
            message = f"{self._shown}:{error.lineno}: it is no XML: {what}."
            raise InputError("I112", message, "Mend the file.") from None
        if self.fed - self._last > LONGEST + _PIECE:  # expat reads a token again with each piece
            self._refuse_length()

    def _refuse(self, what: str) -> None:
        message = f"{self._shown}:{self.line}: {what}."
        raise InputError("I111", message, "Write it without, or hand it on in another format.")

    def _refuse_length(self) -> None:
        self._refuse(f"more than {LONGEST} bytes stand without an element")

    def _declared(self, version: str, encoding: str | None, standalone: int) -> None:
        if (encoding or "utf-8").lower() not in ("utf-8", "utf8", "us-ascii"):
            message = f"{self._shown} is not UTF-8, but {encoding}."
            raise InputError("I102", message, "Convert it with iconv, and mend its first line.")

    def _doctype(self, name: str, system: str | None, public: str | None, subset: int) -> None:
        if system or public:
            self._refuse("it has a DOCTYPE of another file")

    def _entity(self, *_: Any) -> None:
        self._refuse("it declares an entity")

    def _passed(self) -> None:
        here = self._parser.CurrentByteIndex
        if here - self._last > LONGEST:
            self._refuse_length()
        self._last = here

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._passed()
        self._depth += 1
        if self._depth > DEEPEST:
            self._refuse(f"more than {DEEPEST} elements stand within each other")
        if len(attributes) > _MOST_ATTRIBUTES:
            self._refuse(f"an element has more than {_MOST_ATTRIBUTES} attributes")
        if self._started is not None:
            self._started(name, attributes)

    def _end(self, name: str) -> None:
        self._passed()
        self._depth -= 1
        if self._ended is not None:
            self._ended(name)


class Checked(io.RawIOBase):
    """The same bytes, each of which a Guard has looked at before it is handed on."""

    def __init__(self, file: IO[bytes], shown: str) -> None:
        self._file, self._guard, self._ended = file, Guard(shown), False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._file.read(min(len(buffer), _PIECE))
        if not self._ended:
            self._guard.feed(piece)
            self._ended = not piece
        buffer[: len(piece)] = piece
        return len(piece)


def read_xml(file: IO[bytes], guard: Guard) -> None:
    """Hands a file to a Guard."""
    while piece := file.read(_PIECE):
        guard.feed(piece)
    guard.feed(b"")
