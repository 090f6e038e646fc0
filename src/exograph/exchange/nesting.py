# SPDX-License-Identifier: Apache-2.0
"""How deep JSON and quoted triples of others are nested, told before a parser is handed them.

The parser of RDF recurses over what is nested: some ten thousand levels end the process, and a
thousand of JSON-LD take gigabytes. A context may name its terms by other terms, one after another,
which is the same without brackets, so the members of an object are counted, too.
"""

from __future__ import annotations

import codecs
import io
import re
from typing import IO, Any

from exograph.errors import InputError
from exograph.exchange.opening import LONGEST
from exograph.exchange.xml_safe import DEEPEST

MOST_MEMBERS = 4_000
"""Of an object of JSON-LD, and so terms of a context; with 8,000 that build on each other the
parser ends the process."""

_JSON = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|["\[\]{},]', re.DOTALL)
_HIDDEN = re.compile(
    rb"<[^\x00-\x20<>\"{}|^`\\]*>|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|#[^\n\r]*"
)
"""IRIs, texts on a line, and comments: what stands there opens and closes no triple."""
_QUOTED = re.compile(rb"<<|>>")


class Looked(io.RawIOBase):
    """The same bytes without a byte order mark, each of which was looked at before.

    Raises UnicodeDecodeError for other than UTF-8, InputError I111 for what is nested too deep.
    """

    def __init__(self, file: IO[bytes], shown: str) -> None:
        self._file, self._shown, self._begun, self._ended = file, shown, False, False
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._file.read(len(buffer))
        if not self._begun:
            self._begun = True
            if piece.startswith(codecs.BOM_UTF8):
                piece = piece.removeprefix(codecs.BOM_UTF8) or self._file.read(len(buffer))
        if not self._ended:
            self._ended = not piece
            self._decoder.decode(piece, final=not piece)
            self.look(piece)
        buffer[: len(piece)] = piece
        return len(piece)

    def look(self, piece: bytes) -> None:
        """Looks at the next piece; an empty one is the end."""

    def refuse(self, what: str) -> None:
        cure = "Write it flat, or hand it on as N-Quads."
        raise InputError("I111", f"{self._shown}: {what}.", cure)

    def refuse_depth(self) -> None:
        self.refuse(f"more than {DEEPEST} levels stand within each other")

    def keep(self, rest: bytes) -> None:
        """Keeps what has no end yet for the next piece."""
        self._rest = rest
        if len(rest) > LONGEST:
            self.refuse(f"a text or line has more than {LONGEST} bytes")


class LookedJson(Looked):
    """JSON, of which brackets and members are counted."""

    def __init__(self, file: IO[bytes], shown: str) -> None:
        super().__init__(file, shown)
        self._members: list[int] = []

    def look(self, piece: bytes) -> None:
        data, self._rest = self._rest + piece, b""
        members = self._members
        for found in _JSON.finditer(data):
            token = found[0]
            if token == b",":
                if members:
                    members[-1] += 1
                    if members[-1] == MOST_MEMBERS:
                        self.refuse(f"an object has more than {MOST_MEMBERS} members")
            elif token in (b"{", b"["):
                members.append(0 if token == b"{" else -(1 << 60))
                if len(members) > DEEPEST:
                    self.refuse_depth()
            elif token in (b"}", b"]"):
                if members:
                    members.pop()
            elif token == b'"':  # a text that goes on in the next piece
                self.keep(data[found.start() :])
                return


class LookedTurtle(Looked):
    """Turtle and its kin. Triples within triples are rare, so most files are passed over."""

    def __init__(self, file: IO[bytes], shown: str) -> None:
        super().__init__(file, shown)
        self._depth, self._quoting, self._last = 0, False, b""

    def look(self, piece: bytes) -> None:
        if not self._quoting:
            self._quoting = b"<<" in self._last + piece
            if not self._quoting:
                self._last = piece[-1:]
                return
            piece = self._last + piece
        data = self._rest + piece
        cut = data.rfind(b"\n") + 1 if piece else len(data)
        self._depth = self._deepened(self._depth, data[:cut])
        self._deepened(self._depth, data[cut:])  # the parser gets it before its line has an end
        self.keep(data[cut:])

    def _deepened(self, depth: int, lines: bytes) -> int:
        for found in _QUOTED.finditer(_HIDDEN.sub(b"", lines)):
            depth = max(0, depth + (1 if found[0] == b"<<" else -1))
            if depth > DEEPEST:
                self.refuse_depth()
        return depth
