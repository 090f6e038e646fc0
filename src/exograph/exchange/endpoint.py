# SPDX-License-Identifier: Apache-2.0
"""Asking another SPARQL endpoint by the SPARQL 1.1 Protocol, never taking a part for the whole.

What is told of Virtuoso was seen in 7.2.5: it gives 10,000 rows at most (X-SPARQL-MaxRows says so,
with rows but not with triples), and with 200 what it has found when its time is up (X-SQL-State);
it never answers a POST of application/sparql-query. So queries are sent as a form. Later versions
can be set to give such parts with 206.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Literal
from urllib.parse import urlencode

from exograph.errors import QueryError
from exograph.exchange.wire import Caller, Reply
from exograph.rdf import Row, Term, Triple
from exograph.rdf.term import LANG_STRING, STRING
from exograph.store import Answer, check, in_order, parse_triples
from exograph.store.tokens import Token, tokens

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]
_FORMS: dict[str, Form] = {
    "SELECT": "SELECT",
    "ASK": "ASK",
    "CONSTRUCT": "CONSTRUCT",
    "DESCRIBE": "DESCRIBE",
}

MOST = 256 << 20
"""Bytes of an answer; they are held in memory."""
_ROWS = "application/sparql-results+json"
_ROW_TYPES = (_ROWS, "application/json")
_TRIPLES = "application/n-triples, text/turtle;q=0.8"
_TRIPLE_TYPES = ("application/n-triples", "text/turtle")
_PROLOGUE = {"BASE": 1, "PREFIX": 2}
_MANY = 1000
"""Below it no store cuts; limits that are met in the wild are multiples of it."""
_PARTIAL = ("x-sql-state", "x-sql-message", "x-sparql-anytime")


@dataclass(frozen=True)
class Endpoint:
    """Where to ask. ``prefixes`` are declared for a query that uses and does not declare them;
    ``graph`` is the graph to ask of, None for what the endpoint takes by default."""

    url: str
    prefixes: Mapping[str, str] = field(default_factory=dict)
    graph: str | None = None
    caller: Caller = field(default_factory=Caller)


def ask(endpoint: Endpoint, query: str, *, limit: int | None = None) -> Answer:
    """The whole answer to a query, or its first ``limit`` rows or triples.

    Raises QueryError: Q2 for what is refused here as well, Q401 to Q411 as ``Caller.call`` does,
    Q407 refused there, Q410 no answer of SPARQL, Q412 cut by a limit of rows, Q413 by time.
    """
    check(query)
    form = form_of(query)
    return _told(endpoint, query, form, limit)


def server(endpoint: Endpoint) -> str:
    """What the server calls itself, empty if it does not say; proves that it answers SPARQL."""
    reply = _reply(endpoint, "ASK {}", "ASK")
    _rows(endpoint, reply)
    return reply.headers.get("server", "")


def _told(endpoint: Endpoint, query: str, form: Form, limit: int | None) -> Answer:
    reply = _reply(endpoint, query, form)
    if form in ("CONSTRUCT", "DESCRIBE"):
        triples = in_order(_triples(endpoint, reply))
        if limit is None or len(triples) <= limit:
            _prove_triples(endpoint, query, form, len(triples))
        short = triples if limit is None else triples[:limit]
        return Answer("graph", triples=short, truncated=len(short) < len(triples))
    answer = _rows(endpoint, reply)
    if (answer.kind == "ask") != (form == "ASK"):
        raise _no_answer(endpoint, "it is of another form than the query")
    if answer.kind == "ask":
        return answer
    if limit is None or len(answer.rows) <= limit:
        _prove_rows(endpoint, query, reply, len(answer.rows))
        return answer
    return Answer("select", answer.variables, answer.rows[:limit], truncated=True)


def _reply(endpoint: Endpoint, query: str, form: Form) -> Reply:
    """What the endpoint says to a query, which is no error and not said to be a part."""
    fields = {"query": declared(query, endpoint.prefixes)}
    if endpoint.graph is not None:
        fields["default-graph-uri"] = endpoint.graph
    accept = _TRIPLES if form in ("CONSTRUCT", "DESCRIBE") else _ROWS
    kind = "application/x-www-form-urlencoded"
    reply = endpoint.caller.call(
        "POST",
        endpoint.url,
        urlencode(fields).encode("ascii"),
        {"Content-Type": kind, "Accept": accept},
        most=MOST,
    )
    if reply.status == 403:
        words = f": {reply.words}" if reply.words else ""
        message = f"{endpoint.url} does not let us ask ({reply.status}{words})."
        raise QueryError("Q404", message, "Ask who keeps it.")
    _prove_not_partial(endpoint, reply)
    if reply.status != 200:
        words = reply.words.partition("SPARQL query:")[0].strip()  # ours, which Virtuoso repeats
        message = f"{endpoint.url} refuses the query ({reply.status}): {words or 'no reason'}"
        raise QueryError("Q407", message.rstrip(".") + ".", "Mend the query, or the address.")
    return reply


def _prove_not_partial(endpoint: Endpoint, reply: Reply) -> None:
    """Raises QueryError for an answer that says itself that it is a part."""
    told = [name for name in _PARTIAL if name in reply.headers]
    if reply.status in (200, 206) and told:
        said = " ".join(reply.headers.get("x-sql-message", reply.headers[told[0]]).split())[:160]
    elif reply.status == 206:
        most = reply.headers.get("x-sparql-maxrows")
        said = "status 206" if most is None else f"{most} rows at most"
    else:
        return
    raise QueryError(
        "Q413",
        f"{endpoint.url} gives a part of the answer only: {said.rstrip('.')}.",
        "Narrow the query, or have the time or the rows for queries raised there.",
    )


def form_of(query: str) -> Form:
    """The first word after the prologue. Raises QueryError if that begins no query.

    >>> form_of("PREFIX ask: <http://e.org/> # SELECT\\nCONSTRUCT WHERE { ?s ask:p ?o }")
    'CONSTRUCT'
    """
    held = tokens(query)
    for token in held:
        word = token.text.upper()
        if word in _PROLOGUE:
            for _ in range(_PROLOGUE[word]):
                next(held, None)
        elif found := _FORMS.get(word):
            return found
        else:
            break
    cure = "Begin it with SELECT, ASK, CONSTRUCT or DESCRIBE."
    raise QueryError("Q201", "The text is no SPARQL query.", cure)


def declared(query: str, prefixes: Mapping[str, str]) -> str:
    """The query with the prefixes declared that it uses and does not declare, on its first line.

    >>> declared("ASK { e:a a ?x }", {"e": "http://e.org/", "f": "http://f.org/"})
    'PREFIX e: <http://e.org/> ASK { e:a a ?x }'
    """
    used: dict[str, None] = {}
    own: set[str] = set()
    before = ""
    for token in tokens(query):
        if token.kind == "name":
            prefix = token.text.partition(":")[0]
            if before == "PREFIX":
                own.add(prefix)
            used[prefix] = None
        before = token.text.upper()
    wanted = [name for name in used if name in prefixes and name not in own]
    return "".join(f"PREFIX {name}: <{prefixes[name]}> " for name in wanted) + query


def _prove_rows(endpoint: Endpoint, query: str, reply: Reply, held: int) -> None:
    """Raises QueryError Q412 if rows were cut: the endpoint says so, or has one more to give."""
    asked = own_limit(query)
    if asked is not None and held >= asked:
        return
    most = reply.headers.get("x-sparql-maxrows", "").strip()
    if most.isdecimal() and held >= int(most):
        raise _cut(endpoint, held, "rows")
    if held < _MANY or held % _MANY or asked is not None or _has_offset(query):
        return
    try:
        more = _rows(endpoint, _reply(endpoint, f"{query}\nOFFSET {held} LIMIT 1", "SELECT")).rows
    except QueryError as error:
        if error.code != "Q407":
            raise
        more = ((),)  # it cannot be told, so it is not taken for whole
    if more:
        raise _cut(endpoint, held, "rows")


def _prove_triples(endpoint: Endpoint, query: str, form: Form, held: int) -> None:
    """The same for triples, of which no header tells: by the rows that they are made from."""
    if held < _MANY:
        return
    if form == "DESCRIBE":
        if held % _MANY == 0:
            raise _cut(endpoint, held, "triples")
        return
    rows = as_select(query)
    reply = _reply(endpoint, rows, "SELECT")
    _prove_rows(endpoint, rows, reply, len(_rows(endpoint, reply).rows))


def _cut(endpoint: Endpoint, held: int, what: str) -> QueryError:
    return QueryError(
        "Q412",
        f"{endpoint.url} gives {held:,} {what} and then cuts the answer.",
        "End the query with LIMIT and take parts, or have the limit raised there "
        "(Virtuoso: ResultSetMaxRows).",
    )


def as_select(query: str) -> str:
    """The SELECT of the solutions that a CONSTRUCT is made from.

    >>> as_select("CONSTRUCT { ?s a ?o } WHERE { ?s ?p ?o } LIMIT 5")
    'SELECT * WHERE { ?s ?p ?o } LIMIT 5'
    >>> as_select("CONSTRUCT WHERE { ?s ?p ?o }")
    'SELECT * WHERE { ?s ?p ?o }'
    """
    held = list(tokens(query))
    at = next(i for i, t in enumerate(held) if t.kind == "word" and t.text.upper() == "CONSTRUCT")
    end = held[at].end
    if held[at + 1 : at + 2] and held[at + 1].text == "{":
        depth = 0
        for token in held[at + 1 :]:
            depth += {"{": 1, "}": -1}.get(token.text, 0)
            if not depth:
                end = token.end
                break
    return f"{query[: held[at].start]}SELECT *{query[end:]}"


def own_limit(query: str) -> int | None:
    """The outermost LIMIT of a query, None if it has none.

    >>> own_limit("SELECT * { { SELECT * {} LIMIT 3 } } ORDER BY ?x LIMIT 7 OFFSET 2")
    7
    """
    found: int | None = None
    held = list(_outermost(query))
    for token, following in pairwise(held):
        if token.text.upper() == "LIMIT" and following.text.isdecimal():
            found = int(following.text)
    return found


def _has_offset(query: str) -> bool:
    return any(t.kind == "word" and t.text.upper() == "OFFSET" for t in _outermost(query))


def _outermost(query: str) -> Iterator[Token]:
    depth = 0
    for token in tokens(query):
        if token.text in ("{", "}"):
            depth += 1 if token.text == "{" else -1
        elif not depth:
            yield token


def _triples(endpoint: Endpoint, reply: Reply) -> list[Triple]:
    if reply.type not in _TRIPLE_TYPES:
        raise _no_answer(endpoint, f"it is {reply.type or 'of no type'}, not N-Triples or Turtle")
    try:
        found = parse_triples(reply.body, reply.type)
    except ValueError as error:
        raise _no_answer(endpoint, f"it does not parse: {error}") from None
    return found


def _rows(endpoint: Endpoint, reply: Reply) -> Answer:
    """Rows or a truth value from the SPARQL 1.1 Query Results JSON Format."""
    if reply.type not in _ROW_TYPES:
        raise _no_answer(endpoint, f"it is {reply.type or 'of no type'}, not {_ROWS}")
    try:
        document = json.loads(reply.body)
    except (ValueError, RecursionError):
        raise _no_answer(endpoint, "its JSON does not parse, or ends too early") from None
    try:
        if isinstance(document.get("boolean"), bool):
            return Answer("ask", boolean=document["boolean"])
        variables = tuple(document["head"]["vars"])
        bindings = document["results"]["bindings"]
        if not all(isinstance(name, str) for name in variables):
            raise TypeError
        blanks: dict[str, str] = {}
        rows = tuple(_row(variables, binding, blanks) for binding in bindings)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise _no_answer(endpoint, "its JSON is not that of an answer") from None
    return Answer("select", variables, rows)


def _row(variables: tuple[str, ...], binding: Any, blanks: dict[str, str]) -> Row:
    return tuple(_term(binding[name], blanks) if name in binding else None for name in variables)


def _term(cell: Any, blanks: dict[str, str]) -> Term:
    """A cell as a value. Blank nodes are named anew, since stores name them as nobody else may."""
    kind, value = cell["type"], cell["value"]
    if not isinstance(value, str):
        raise TypeError
    if kind == "uri":
        return Term("iri", value)
    if kind == "bnode":
        return Term("blank", blanks.setdefault(value, f"b{len(blanks)}"))
    if kind not in ("literal", "typed-literal"):  # the latter is of a draft; Virtuoso keeps it
        raise ValueError
    language = cell.get("xml:lang")
    if language is not None:
        return Term("literal", value, LANG_STRING, str(language))
    return Term("literal", value, str(cell.get("datatype", STRING)))


def _no_answer(endpoint: Endpoint, why: str) -> QueryError:
    message = f"What {endpoint.url} says is no answer: {why[:200].rstrip('.')}."
    return QueryError("Q410", message, "Mend the address: it must be that of a SPARQL endpoint.")
