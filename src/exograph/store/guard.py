# SPDX-License-Identifier: Apache-2.0
"""What is refused before Oxigraph sees it: updates, federation, and queries that would crash it.

Oxigraph calls any SERVICE and cannot be told not to; it overflows its stack, and takes the process
with it, on deep nesting, and on thousands of parts or operators. Its parser wants no space around
keywords (``trueSERVICESILENT<…>{``), so names that merely contain the word are looked at as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from exograph.errors import QueryError
from exograph.store.tokens import OPERANDS, Token, line_and_column, tokens

MAX_NESTING = 200
MAX_PARTS = 1000
MAX_OPERATORS = 2000
"""All that is allowed at once takes 4.5 of 8 MiB, the usual stack; 2,600 parts alone, or 7,000
operators, take all."""
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_PROLOGUE = {"BASE": 1, "PREFIX": 2}
"""What may stand before the first word, and how many tokens it has after it: a name, an IRI."""
_PARTS = frozenset(("OPTIONAL", "MINUS", "UNION", "LATERAL", "FILTER", "GRAPH", "VALUES", "AS"))
"""BIND has an AS, as have the columns of SELECT and GROUP BY."""
_OPERATORS = frozenset(("||", "&&", "!", "+", "-", "*", "/", "|", "{"))
"""Those of which many can stand in a row; groups in a row are joined, as by an operator."""
_SHORT = 4000
"""Characters in which there is no room for too many parts or operators."""
_OPEN = frozenset("([{")
_CLOSED_BY = {")": "(", "]": "[", "}": "{"}


def check(query: str) -> None:
    """Raises QueryError for a query that must not reach the parser; says nothing on the others."""
    _refuse_update(query, tokens(query))
    # most queries are too short to be too large, so that the rest need not be read
    large = sum(map(query.count, _OPEN)) > MAX_NESTING or len(query) > _SHORT
    service = "service" in query.lower()
    held = list(tokens(query)) if large or service else []
    if large:
        _refuse_size(query, held)
    if service:
        _refuse_service(query, held)


def _refuse_update(query: str, held: Iterator[Token]) -> None:
    """The first word after the prologue tells what a request is."""
    for token in held:
        word = token.text.upper()
        if word in _PROLOGUE:
            _ = list(islice(held, _PROLOGUE[word]))
        elif word in _UPDATES:
            raise QueryError(
                "Q202",
                f"{_place(query, token)}: {word} is an update, and this knowledge base is "
                "read-only.",
                "Ask with SELECT, ASK, CONSTRUCT or DESCRIBE; change the tables and build again.",
            )
        else:
            return


class _Step(NamedTuple):
    """A token, how many brackets are open after it at most, and whether it only looks like an IRI.

    In ``FILTER(?a<?b&&?c>?d)`` the text ``<?b&&?c>`` is no IRI but two comparisons, and brackets,
    strings or comments may begin in it. ``comparison`` is true wherever that may be so.
    """

    token: Token
    depth: int
    comparison: bool


def _steps(held: list[Token]) -> Iterator[_Step]:
    open_brackets: list[str] = []
    hidden, astray = 0, False
    before: Token | None = None
    for token in held:
        comparison = False
        if token.kind == "mark" and token.text in _OPEN:
            open_brackets.append(token.text)
        elif open_brackets and open_brackets[-1] == _CLOSED_BY.get(token.text):
            open_brackets.pop()
        elif token.kind == "iri" and before is not None and _ends_an_operand(before):
            comparison = astray or (bool(open_brackets) and open_brackets[-1] == "(")
        if comparison:
            up = sum(map(token.text.count, "(["))
            down = sum(map(token.text.count, ")]"))
            # from here on the brackets that we count may not be those that the parser counts
            astray = astray or up + down > 0
            hidden += max(0, up - down)
        yield _Step(token, len(open_brackets) + hidden, comparison)
        before = token


def _ends_an_operand(token: Token) -> bool:
    return token.kind in OPERANDS or token.text in (")", "]", "}")


def _refuse_size(query: str, held: list[Token]) -> None:
    deep = (step.token for step in _steps(held) if step.depth > MAX_NESTING)
    parts = (t for t in held if t.kind == "word" and t.text.upper() in _PARTS)
    operators = (t for t in held if t.kind == "mark" and t.text in _OPERATORS)
    flatter = "Write it with fewer brackets inside each other."
    fewer = "Use VALUES, or ask several queries."
    for found, most, what, cure in (
        (deep, 0, f"is nested more than {MAX_NESTING} deep", flatter),
        (parts, MAX_PARTS, f"has more than {MAX_PARTS} parts such as OPTIONAL or FILTER", fewer),
        (operators, MAX_OPERATORS, f"has more than {MAX_OPERATORS} operators or groups", fewer),
    ):
        if (token := next(islice(found, most, None), None)) is not None:
            raise QueryError("Q204", f"{_place(query, token)}: the query {what}.", cure)


def _refuse_service(query: str, held: list[Token]) -> None:
    for at, token in enumerate(held):
        if "service" in token.text.lower() and (
            token.kind == "word" or (token.kind == "name" and _calls(held[at + 1 : at + 4]))
        ):
            raise _no_service(query, token)
    for step in _steps(held):
        # What follows may be code where we saw text, and the word is somewhere in the query.
        if step.comparison and any(c in step.token.text for c in "#'()[]"):
            raise _no_service(query, step.token)


def _calls(following: list[Token]) -> bool:
    """Whether a name that contains the word is followed by what SERVICE wants: an end, a group."""
    after = [t for t in following if t.text.upper() != "SILENT"]
    if after and after[0].kind in ("iri", "var", "name"):
        after = after[1:]
    return bool(after) and after[0].text == "{"


def _no_service(query: str, token: Token) -> QueryError:
    return QueryError(
        "Q203",
        f"{_place(query, token)}: SERVICE is refused; nothing leaves this machine.",
        "Ask the other endpoint by itself, or give prefix and local name other words.",
    )


def _place(query: str, token: Token) -> str:
    line, column = line_and_column(query, token.start)
    return f"Line {line}, column {column}"
