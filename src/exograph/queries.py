# SPDX-License-Identifier: Apache-2.0
"""Competency questions: files of SPARQL that carry their question and the rows they must give.

The head of a file is comments::

    # question_en: What acts on VEGFA?
    # question_zh: 哪些分子作用于VEGFA？
    # keywords: VEGFA, target
    # expected:
    # ?subject<TAB>?sign
    # entity:mir-383<TAB>-1

or ``# expected: none``. An expected cell is a prefixed name or an IRI in angle brackets, a number
(compared by value), a text (whatever its language), or empty for "unbound".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from exograph.errors import InputError
from exograph.ids import ENTITY, REFERENCE, SOURCE
from exograph.model import KnowledgeBase
from exograph.rdf import Row, Term
from exograph.rdf.prefixes import expand
from exograph.rdf.term import XSD
from exograph.store.tokens import tokens

Ask = Callable[[str], tuple[tuple[str, ...], tuple[Row, ...]]]
"""Anything that answers SPARQL with variables and rows: the store, rdflib, an endpoint."""

_INTEGERS = "byte int integer long short negativeInteger nonNegativeInteger positiveInteger"
_NUMERIC = {XSD + name for name in f"decimal double float {_INTEGERS}".split()}
_TOLERANCE = Decimal("1e-12")
"""Relative: stores round the quotients of decimals after 18 to 28 digits."""


@dataclass(frozen=True)
class Query:
    """A query file. ``columns`` are the variables of the expected rows, without question mark."""

    name: str
    question_en: str
    question_zh: str
    keywords: tuple[str, ...]
    columns: tuple[str, ...]
    expected: tuple[tuple[str, ...], ...]
    text: str

    def question(self, lang: str) -> str:
        return self.question_zh if lang == "zh" else self.question_en


@dataclass(frozen=True)
class Comparison:
    """Expected rows that did not come, rows that came unasked, and whether the order was wrong."""

    missing: tuple[tuple[str, ...], ...]
    unexpected: tuple[Row, ...]
    disordered: bool = False

    @property
    def agrees(self) -> bool:
        return not self.missing and not self.unexpected and not self.disordered


def told(query: Query) -> dict[str, Any]:
    """The question as plain values: its words, and the rows that it must give."""
    return {
        "name": query.name,
        "question_en": query.question_en,
        "question_zh": query.question_zh,
        "keywords": list(query.keywords),
        "columns": list(query.columns),
        "expected": [list(row) for row in query.expected],
    }


def list_queries(folder: Path) -> tuple[Query, ...]:
    """All queries of a folder, by name. Raises InputError that names each file at fault."""
    queries, faults = [], []
    for path in sorted(folder.glob("*.rq")):
        try:
            queries.append(read_query(path))
        except InputError as error:
            faults.append(error.message)
    if faults:
        raise InputError("Q301", " ".join(faults), "Mend the heads of these files.")
    return tuple(queries)


def answerable(
    queries: Sequence[Query], kb: KnowledgeBase, prefixes: Mapping[str, str]
) -> tuple[Query, ...]:
    """Those that a knowledge base of other tables may answer, too: of the entities that a query
    names, if it names any, at least one is held, and so of its references and of its sources."""
    held: dict[str, Iterable[str]] = {
        ENTITY: kb.entity,
        REFERENCE: kb.reference,
        SOURCE: [source.id for source in kb.sources],
    }

    def fits(query: Query) -> bool:
        iris = _iris(query.text, prefixes)
        for space, ids in held.items():
            named = {iri.removeprefix(space) for iri in iris if iri.startswith(space)}
            named.discard("")  # where the prefix is declared
            if named and named.isdisjoint(ids):
                return False
        return True

    return tuple(filter(fits, queries))


def _iris(text: str, prefixes: Mapping[str, str]) -> list[str]:
    """The IRIs in a query, also those that names stand for."""
    iris = [t.text[1:-1] for t in tokens(text) if t.kind == "iri"]
    names = [expand(t.text, prefixes) for t in tokens(text) if t.kind == "name"]
    return iris + [iri for iri in names if iri is not None]


def find_query(folder: Path, name: str) -> Query:
    """The query of that name. Raises InputError with likely names."""
    path = folder / f"{name}.rq"
    names = sorted(p.stem for p in folder.glob("*.rq"))
    if name not in names:
        import difflib

        raise InputError(
            "Q302",
            f"There is no example {name!r}.",
            "`exograph examples` lists them.",
            tuple(difflib.get_close_matches(name, names)),
        )
    return read_query(path)


def read_query(path: Path) -> Query:
    """A query file. Raises InputError that names the line at fault."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("Q301", f"{path} cannot be read: {error}.", "Give UTF-8.") from None
    return parse_query(text, path.stem, str(path))


def parse_query(text: str, name: str, file: str = "query") -> Query:
    """The query that a text describes. Raises InputError that names the line at fault."""
    settings: dict[str, str] = {}
    rows: list[tuple[str, ...]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#"):
            if line.strip():
                break
            continue
        content = line[1:].removeprefix(" ")
        if "expected" in settings and settings["expected"] != "none":
            rows.append(tuple(content.split("\t")))
            if len(rows[-1]) != len(rows[0]):
                raise _fault(file, number, f"has {len(rows[-1])} cells, the first {len(rows[0])}")
            continue
        key, colon, value = content.partition(":")
        if not colon or key not in ("question_en", "question_zh", "keywords", "expected"):
            raise _fault(file, number, "is none of question_en, question_zh, keywords, expected")
        if key in settings:
            raise _fault(file, number, f"gives {key} a second time")
        settings[key] = value.strip()
    missing = [k for k in ("question_en", "question_zh", "expected") if k not in settings]
    if missing:
        raise _fault(file, 1, f"and those after it do not give {', '.join(missing)}")
    if settings["expected"] not in ("", "none"):
        raise _fault(file, 1, "and those after it: after `expected:` rows follow, or `none`")
    header = rows[0] if rows else ()
    if settings["expected"] == "" and not all(re.fullmatch(r"\?\w+", cell) for cell in header):
        raise _fault(file, 1, "and those after it: expected rows begin with ?variables")
    if settings["expected"] == "" and len(rows) < 2:
        raise _fault(file, 1, "and those after it: no row is expected; write `expected: none`")
    return Query(
        name=name,
        question_en=settings["question_en"],
        question_zh=settings["question_zh"],
        keywords=tuple(k.strip() for k in settings.get("keywords", "").split(",") if k.strip()),
        columns=tuple(cell[1:] for cell in header),
        expected=tuple(rows[1:]),
        text=text,
    )


def _fault(file: str, line: int, what: str) -> InputError:
    return InputError("Q301", f"{file}: line {line} {what}.", "Mend the head of the file.")


def run(query: Query, ask: Ask, prefixes: Mapping[str, str]) -> Comparison:
    """Ask, and compare the answer with the expected rows."""
    variables, rows = ask(query.text)
    return compare(query, variables, rows, prefixes)


def compare(
    query: Query, variables: Sequence[str], rows: Sequence[Row], prefixes: Mapping[str, str]
) -> Comparison:
    """The answer against the expected rows, by value.

    As a multiset, unless the query is ordered by variables that tell all expected rows apart: then
    the order counts too. Raises InputError if the variables are not those expected.
    """
    if query.columns and set(variables) != set(query.columns):
        raise InputError(
            "Q303",
            f"{query.name}: the query gives ?{' ?'.join(variables)}, "
            f"expected are ?{' ?'.join(query.columns)}.",
            "Name the same variables in both.",
        )
    places = [variables.index(column) for column in query.columns]
    given = [tuple(row[place] for place in places) if places else row for row in rows]
    left = list(given)
    missing = []
    for wanted in query.expected:
        at = next((i for i, row in enumerate(left) if _same_row(wanted, row, prefixes)), None)
        if at is None:
            missing.append(wanted)
        else:
            left.pop(at)
    disordered = (
        not missing
        and not left
        and _is_ordered(query)
        and not all(
            _same_row(wanted, row, prefixes)
            for wanted, row in zip(query.expected, given, strict=True)
        )
    )
    return Comparison(tuple(missing), tuple(left), disordered)


def _same_row(wanted: Sequence[str], row: Row, prefixes: Mapping[str, str]) -> bool:
    return all(_same(cell, term, prefixes) for cell, term in zip(wanted, row, strict=True))


def _same(cell: str, term: Term | None, prefixes: Mapping[str, str]) -> bool:
    if term is None:
        return cell == ""
    if term.kind == "iri":
        return term.value in (expand(cell, prefixes), cell.removeprefix("<").removesuffix(">"))
    if term.kind == "literal" and term.datatype in _NUMERIC:
        wanted, held = _number(cell), _number(term.value)
        if wanted is None or held is None:
            return cell == term.value
        return abs(wanted - held) <= _TOLERANCE * max(abs(wanted), abs(held))
    return term.kind == "literal" and _spelt(term._replace(value=cell)) == _spelt(term)


def _spelt(term: Term) -> str:
    """A truth value or a time in one spelling: stores write 1 for true, and +00:00 for Z."""
    if term.datatype == XSD + "boolean":
        return {"1": "true", "0": "false"}.get(term.value, term.value)
    if term.datatype == XSD + "dateTime":
        from datetime import UTC, datetime

        try:
            moment = datetime.fromisoformat(term.value)
        except ValueError:
            return term.value
        return (moment.astimezone(UTC) if moment.tzinfo else moment).isoformat()
    return term.value


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def same_answers(one: Sequence[Row], other: Sequence[Row]) -> bool:
    """Whether two stores gave the same rows by value, in whatever order."""
    return sorted(map(_value, one)) == sorted(map(_value, other))


def _value(row: Row) -> list[tuple[str, str]]:
    """A row in a form that is equal for equal values, and can be sorted."""
    values = []
    for term in row:
        number = None
        if term is not None and term.datatype in _NUMERIC:
            number = _number(term.value)
        if term is None:
            values.append(("", ""))
        elif number is not None:
            values.append(("number", f"{number:.12e}"))
        else:
            values.append((term.kind, _spelt(term)))
    return values


def _is_ordered(query: Query) -> bool:
    """Whether the outermost ORDER BY names variables only, and no two expected rows tie in them."""
    keys = order_keys(query.text)
    if not keys or not set(keys) <= set(query.columns):
        return False
    places = [query.columns.index(key) for key in keys]
    ranks = [tuple(row[place] for place in places) for row in query.expected]
    return len(set(ranks)) == len(ranks)


def order_keys(text: str) -> tuple[str, ...]:
    """Variables of the outermost ORDER BY; empty without one, or if it orders by anything else.

    >>> order_keys("SELECT * { { SELECT * {} ORDER BY ?x } } ORDER BY ?a DESC(?b) LIMIT 3")
    ('a', 'b')
    """
    keys: list[str] = []
    depth, ordering = 0, False
    for token in tokens(text):
        word = token.text.upper()
        if token.text in ("{", "}"):
            depth += 1 if token.text == "{" else -1
        if depth or token.text == "}":
            ordering, keys = False, []
        elif word == "ORDER":
            ordering = True
        elif ordering and word in ("LIMIT", "OFFSET", "VALUES"):
            break
        elif ordering and token.kind == "var":
            keys.append(token.text[1:])
        elif ordering and word not in ("BY", "ASC", "DESC", "(", ")"):
            return ()
    return tuple(keys)
