# SPDX-License-Identifier: Apache-2.0
"""Cells that point nowhere: what was written in place of the id, and the id that is meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from exograph.checks import terms, words
from exograph.checks.facts import Facts, at, did_you_mean, shown
from exograph.checks.lookalikes import named, plain
from exograph.errors import Problem
from exograph.model import Source
from exograph.tables import Row

_SEPARATORS = re.compile(r"\s*(?:[;；、,，/+&|]|\band\b|和|与|及)\s*")
_NUMBER = re.compile(r"\[?\s*(?:review-?)?\s*([1-9][0-9]{0,3})\s*\]?\Z", re.IGNORECASE)
_SECTION = re.compile(r"§|\b(?:section|sect?|chapter|part)\b\.?|[第节章]", re.IGNORECASE)
_TABLE = re.compile(r"(?:\btables?|\btab|表)\.?\s*(?=\d)", re.IGNORECASE)
_FIGURE = re.compile(r"(?:\bfigures?|\bfig|图)\.?\s*(?=\d)", re.IGNORECASE)
_SECTIONS = {"摘要": "abstract", "引言": "intro", "前言": "intro", "introduction": "intro"} | {
    "结果": "results", "方法": "methods", "讨论": "discussion", "结论": "conclusion"
}  # fmt: skip


def slug(text: str) -> str:
    """The text in the letters of an id.

    >>> slug("BMSC_Exo"), slug("MiR 126")
    ('bmsc-exo', 'mir-126')
    """
    return re.sub(r"[^a-z0-9]+", "-", unicodedata.normalize("NFKC", text).lower()).strip("-")


def _respelled(name: str, known: Collection[str]) -> tuple[str, str] | None:
    """Code and id of a name that is a known id in other letters."""
    if named(name):
        right = plain(name)
        return ("E224", right) if right in known else None
    right = slug(name)
    return ("E222", right) if right != name and right in known else None


def _other_letters(row: Row, column: str, name: str, code: str, right: str) -> Problem:
    if code == "E224":
        message = f"The id {shown(name)} has characters outside ASCII: {named(name)}."
        return at(row, code, message, f"Type it as {right!r}.", column)
    message = f"{shown(name)} is not how the id is spelled."
    return at(row, code, message, f"Write {right!r}.", column)


def unknown_entity(facts: Facts, row: Row, column: str, name: str, *, several: bool) -> Problem:
    """E203, or the code of what the cell holds in place of the id of an entity."""
    known = facts.kind
    if found := _respelled(name, known):
        return _other_letters(row, column, name, *found)
    if other := facts.named.get(name.casefold()):
        message = f"{shown(name)} is the name of an entity, but no id."
        return at(row, "E219", message, f"Write {other!r}.", column)
    if problem := _several(facts, row, column, name, several=several):
        return problem
    if home := terms.column_of(name):
        message = f"{name!r} stands in {column!r}, but is a value of {home!r}."
        return at(row, "E213", message, f"Move it to {home!r}.", column)
    if words.is_nothing(name):
        return terms.nothing(row, column, name)
    cure = did_you_mean(name, known, "Or add it to entities.tsv.")
    return at(row, "E203", f"The entity {shown(name)} is unknown.", cure, column)


def _several(facts: Facts, row: Row, column: str, name: str, *, several: bool) -> Problem | None:
    known = facts.kind
    parts = [p for p in _SEPARATORS.split(name) if p]
    ids = [p if p in known else facts.named.get(p.casefold(), slug(p)) for p in parts]
    if len(parts) < 2 or not all(p in known for p in ids):
        return None
    if several:
        message = f"The values of {column!r} are not divided by bars: {shown(name)}."
        return at(row, "E218", message, f"Write {'|'.join(ids)!r}.", column)
    message = f"{shown(name)} holds {len(ids)} entities; {column!r} takes one."
    return at(row, "E221", message, f"Write a row for each: {', '.join(ids)}.", column)


def unknown_reference(facts: Facts, row: Row, column: str, name: str) -> Problem:
    """E204, or the code of what the cell holds in place of the id of a reference."""
    known = facts.study
    source = next(
        (t.source for t in facts.tables if any(row is r for rows in t.rows.values() for r in rows)),
        None,
    )
    if source and name in source.sections and row.cells["section"] in known:
        message = f"{name!r} is a section, and {row.cells['section']!r} a reference."
        return at(row, "E228", message, "Exchange the two cells.", column)
    if found := _respelled(name, known):
        return _other_letters(row, column, name, *found)
    parts = [p for p in _SEPARATORS.split(name) if p]
    if len(parts) > 1 and all(p in known or _numbered(facts, p) for p in parts):
        message = f"{shown(name)} holds {len(parts)} references; a row has one."
        ids = [p if p in known else _numbered(facts, p) for p in parts]
        return at(row, "E221", message, f"Write a row for each: {', '.join(ids)}.", column)
    if (right := _numbered(facts, name)) and column == "reference":
        message = f"{shown(name)} is the number of a reference, but no id."
        return at(row, "E220", message, f"Write {right!r}.", column)
    cure = did_you_mean(name, known, "Or add it to references.tsv.")
    return at(row, "E204", f"The reference {shown(name)} is unknown.", cure, column)


def _numbered(facts: Facts, name: str) -> str:
    match = _NUMBER.match(unicodedata.normalize("NFKC", name))
    if match is None:
        return ""
    ids = (r.cells["id"] for r in facts.rows("references") if r.cells["number"] == match[1])
    return next(ids, "")


def _section(text: str) -> str:
    """How a section is spelled once marks and words around its number are gone.

    >>> _section("Section 3.1."), _section("表 1"), _section("Table 2"), _section("Introduction")
    ('3.1', 'table1', 'table2', 'intro')
    """
    text = unicodedata.normalize("NFKC", text).strip()
    text = _FIGURE.sub("figure", _TABLE.sub("table", text))
    text = re.sub(r"[\s.:]+\Z|\s+", "", _SECTION.sub("", text)).lower()
    return _SECTIONS.get(text, text)


def unknown_section(source: Source, row: Row, name: str) -> Problem:
    """E217 where the section is one in other words, else E205."""
    folded = {_section(known): known for known in source.sections}
    message = f"The source {source.id!r} has no section {shown(name)}."
    if right := folded.get(_section(name)):
        message = f"{shown(name)} is not how the source's section is spelled."
        return at(row, "E217", message, f"Write {right!r}.", "section")
    cure = f"Use one of {', '.join(source.sections)}, or add it in source.toml."
    return at(row, "E205", message, cure, "section")
