# SPDX-License-Identifier: Apache-2.0
"""Where a query stops making sense.

Oxigraph reports the farthest character that its parser looked at, which may lie a keyword's length
behind the fault. So the shortest run of tokens that no query can begin with is searched for: cut
after such a run, the parser fails inside it; cut before, only for want of more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from exograph.errors import QueryError
from exograph.store.tokens import line_and_column, tokens

_AT = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_ROOM = 64
"""Blanks after the cut, more than any keyword is long."""
_PHRASES = {
    "Prefix not found": "its prefix is not declared",
    "The SELECT contains a variable that is unbound": "a variable of SELECT is neither grouped "
    "nor counted",
}


def syntax_error(
    query: str, error: SyntaxError, prefixes: Mapping[str, str], base: str | None = None
) -> QueryError:
    """The parser's error with the line and column of the token at fault."""
    said = _AT.match(str(error))
    why = next((text for phrase, text in _PHRASES.items() if phrase in str(error)), "")
    held = list(tokens(query))
    low, high = 0, len(held)
    while low < high:  # the first token that no query can have here
        middle = (low + high) // 2
        if _can_go_on(query[: held[middle].end], prefixes, base):
            low = middle + 1
        else:
            high = middle
    if low < len(held):
        offset, what = held[low].start, f"{held[low].text[:60]!r} does not fit here"
    else:
        offset, what = len(query.rstrip()), "the query ends too early"
        if said and why:
            what = why
            why = ""
    line, column = line_and_column(query, offset)
    reason = f" ({why})" if why else ""
    known = "prefixes of ontology/prefixes.tsv need no declaration"
    cure = f"Mend the query there; {known if prefixes else 'prefixes must be declared'}."
    return QueryError("Q201", f"Line {line}, column {column}: {what}{reason}.", cure)


def _can_go_on(text: str, prefixes: Mapping[str, str], base: str | None) -> bool:
    """Whether a query could begin with ``text``: the parser reads it whole and asks for more."""
    from pyoxigraph import Store

    padded = text + "\n" + " " * _ROOM
    try:
        Store().query(padded, base_iri=base, prefixes=dict(prefixes))
    except SyntaxError as error:
        said = _AT.match(str(error))
        lines = re.split(r"\r\n|\n|\r", padded)
        return said is not None and (int(said[1]), int(said[2])) >= (len(lines), _ROOM // 2)
    except Exception:  # it parses; what goes wrong later is no matter of syntax
        return True
    return True
