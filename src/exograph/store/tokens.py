# SPDX-License-Identifier: Apache-2.0
"""A SPARQL query as tokens: enough grammar to tell code from strings, comments and IRIs.

Read along the terminals of SPARQL 1.1 (section 19.8), wider where Oxigraph is wider. It never
fails: what fits nothing is a token of one character, and the parser will say the rest. A sign
belongs to its number after a blank, bracket or comma, as in a list of values, else it is a mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    r"""
    (?P<space>   \s+ | \#[^\n\r]* )
  | (?P<iri>     <[^\x00-\x20<>"{}|^`]*> )
  | (?P<string>  \"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*+\"\"\" | '''(?:'{0,2}(?:[^'\\]|\\.))*+'''
               | "(?:[^"\\\n\r]|\\[^\n\r])*+" | '(?:[^'\\\n\r]|\\[^\n\r])*+' )
  | (?P<var>     [?$]\w+ )
  | (?P<blank>   _:[\w.\-]+ )
  | (?P<name>    (?:[^\W\d_](?:[\w.\-·]*[\w\-·])?)?:(?:[\w:.\-·%]|\\.)* )
  | (?P<lang>    @[A-Za-z][A-Za-z0-9-]* )
  | (?P<number>  (?:(?<=[\s(\[{,])[+-])? (?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)? )
  | (?P<word>    [^\W\d]\w* )
  | (?P<escape>  \\. )
  | (?P<mark>    \|\| | && | \^\^ | . )
    """,
    re.VERBOSE | re.DOTALL,
)

OPERANDS = frozenset({"iri", "string", "var", "blank", "name", "lang", "number", "word"})
"""What can stand before an operator: after one of these, ``<`` may mean "less than"."""


class Token(NamedTuple):
    """A piece of a query; ``start`` and ``end`` are offsets in characters."""

    kind: str
    text: str
    start: int
    end: int


def tokens(query: str) -> Iterator[Token]:
    """All tokens of a query but white space and comments.

    >>> [t.text for t in tokens("ASK { ?s <p#x> 'it''s } # {' }")]
    ['ASK', '{', '?s', '<p#x>', "'it'", "'s } # {'", '}']
    """
    for match in _TOKEN.finditer(query):
        kind = match.lastgroup or "mark"
        if kind != "space":
            yield Token(kind, match.group(), match.start(), match.end())


def line_and_column(query: str, offset: int) -> tuple[int, int]:
    """Where an offset stands, both counted from 1; lines end in LF, CR LF or CR.

    >>> line_and_column("ASK {\\r\\n ?s", 8)
    (2, 2)
    """
    before = re.split(r"\r\n|\n|\r", query[:offset])
    return len(before), len(before[-1]) + 1
