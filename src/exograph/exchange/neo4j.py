# SPDX-License-Identifier: Apache-2.0
"""Tables of CSV for ``neo4j-admin database import``, each with its header on the first line.

Claims are relationships between entities, so that Cypher walks them. A relationship has no
relationships of its own, so statements are nodes: each names its claim, and leads to the reference
that it cites and to the entities that it speaks of, among them those of its context.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from functools import cache, lru_cache

from exograph import vocab
from exograph.exchange.content import Content
from exograph.exchange.fields import (
    EVIDENCE,
    NODE,
    PREDICATE,
    Column,
    Value,
    evidence,
    node,
    of_predicate,
    studies,
)
from exograph.exchange.formats import Files
from exograph.exchange.writing import encoded, fit
from exograph.kb import roles
from exograph.model import Reference, Statement

_TYPES = {"text": "", "texts": ":string[]", "int": ":int", "bool": ":boolean"}
_NUMBERS = {"number", "year"}
REFERENCE = tuple(
    Column(f.name, "int" if f.name in _NUMBERS else "text")
    for f in fields(Reference)
    if f.name != "id"
)
STATEMENT = (
    Column("claim"),
    *(
        Column(f.name, "bool" if f.name == "retracted" else "text")
        for f in fields(Statement)
        if f.name not in ("method", "context")
    ),
)


def neo4j(content: Content) -> Files:
    """Three tables of nodes and three of relationships. Passes over the claims four times."""
    yield "entities.csv", encoded(_entities(content))
    yield "references.csv", encoded(_references(content))
    yield "statements.csv", encoded(_statements(content))
    yield "claims.csv", encoded(_claims(content))
    yield "statement_references.csv", encoded(_citations(content))
    yield "statement_entities.csv", encoded(_mentions(content))


def _entities(content: Content) -> Iterator[str]:
    yield _header("id:ID(Entity)", ":LABEL", NODE)
    played = roles(content.kb)
    for entity in content.entities:
        values = node(entity, played.get(entity.id, ()))
        yield f'{_quoted(entity.id)},"Entity;{entity.type}",{_cells(values)}\n'


def _references(content: Content) -> Iterator[str]:
    yield _header("id:ID(Reference)", ":LABEL", REFERENCE)
    for reference in content.references:
        values = [getattr(reference, column.name) for column in REFERENCE]
        yield f'{_quoted(reference.id)},"Reference",{_cells(values)}\n'


def _statements(content: Content) -> Iterator[str]:
    yield _header("id:ID(Statement)", ":LABEL", STATEMENT)
    for claim in content.claims:
        for statement in claim.statements:
            values = [claim.id, *(getattr(statement, column.name) for column in STATEMENT[1:])]
            yield f'"{statement.id}","Statement",{_cells(values)}\n'


def _claims(content: Content) -> Iterator[str]:
    ends = ":START_ID(Entity),:END_ID(Entity),:TYPE"
    yield _header(ends, "id", PREDICATE + EVIDENCE)
    study = studies(content)
    for claim in content.claims:
        type, said = _of_predicate(claim.predicate)
        yield (
            f'{_quoted(claim.subject)},{_quoted(claim.object)},{type},"{claim.id}",{said},'
            f"{_cells(evidence(claim, study))}\n"
        )


def _citations(content: Content) -> Iterator[str]:
    yield ":START_ID(Statement),:END_ID(Reference),:TYPE\n"
    for claim in content.claims:
        for statement in claim.statements:
            yield f'"{statement.id}",{_quoted(statement.reference)},CITES\n'


def _mentions(content: Content) -> Iterator[str]:
    yield ":START_ID(Statement),:END_ID(Entity),:TYPE\n"
    for claim in content.claims:
        for statement in claim.statements:
            for type, entities in _mentioned(statement):
                for entity in entities:
                    yield f'"{statement.id}",{_quoted(entity)},{type}\n'


def _mentioned(statement: Statement) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "SUBJECT", (statement.subject,)
    yield "OBJECT", (statement.object,)
    yield "METHOD", statement.method
    for field in vocab.CONTEXT_FIELDS:
        yield field.upper(), getattr(statement.context, field)


@cache
def _of_predicate(name: str) -> tuple[str, str]:
    """Type of the relationship, and the cells of ``PREDICATE``."""
    return name.upper(), _cells(of_predicate(name))


def _header(first: str, second: str, columns: Iterable[Column]) -> str:
    named = [f"{column.name}{_TYPES[column.type]}" for column in columns]
    return ",".join([first, second, *named]) + "\n"


def _cells(values: Sequence[Value]) -> str:
    return ",".join([_cell(value) for value in values])


def _cell(value: Value) -> str:
    """An absent value is an empty cell without quotes, which Neo4j leaves out."""
    if value is None or value == ():
        return ""
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, tuple):
        return _list(value)
    return str(value).lower()


@lru_cache(4096)
def _list(values: tuple[str, ...]) -> str:
    """Neo4j has no escape for the sign between values, so one within a value becomes a comma."""
    return _quoted(";".join(value.replace(";", ",") for value in values))


_SPECIAL = re.compile(r'[^!-~ \x80-\ud7ff]|"')


def _quoted(text: str) -> str:
    """In quotes, so that blanks at the ends survive; on one line, as Neo4j wants it."""
    if _SPECIAL.search(text):
        text = re.sub(r"[\t\r\n]+", " ", fit(text)).replace('"', '""')
    return f'"{text}"'
