# SPDX-License-Identifier: Apache-2.0
"""The curated tables: a folder per source, which ``exograph --graphs`` builds again.

A knowledge base does not tell in which folder an entity stood. It goes to the oldest source that
names it, so that each source still builds alone if it did before, and later ones lean on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from exograph.errors import InputError
from exograph.exchange.content import Content
from exograph.exchange.formats import Files
from exograph.exchange.tables_cells import cells, step_cells
from exograph.model import KnowledgeBase, Source, Statement
from exograph.tables import COLUMNS, REQUIRED_TABLES, file_of

Rows = Iterable[list[str]]


def tables(content: Content) -> Files:
    """For each source its ``source.toml`` and those of its tables that have rows.

    Raises InputError X304 for a source that no tables can hold: an import of records.
    """
    kb = content.kb
    for source in kb.sources:
        if source.evidence == "records":
            raise InputError(
                "X304",
                f"The source {source.id} was imported; tables cannot hold it.",
                "Build without it, or export to another format.",
            )
    homes = _homes(content)
    for source in kb.sources:
        yield f"{source.id}/source.toml", [_settings(source).encode()]
        for table, rows in _tables(content, source, homes):
            lines = map(_line, rows)
            first = next(lines, None)
            if first is not None or table in REQUIRED_TABLES:
                begin = [_line(COLUMNS[table]), *filter(None, [first])]
                yield f"{source.id}/{file_of(table)}", chain(begin, lines)


def _tables(content: Content, source: Source, homes: dict[str, str]) -> Iterator[tuple[str, Rows]]:
    kb, id = content.kb, source.id

    def own(table: str, records: Iterable[Any]) -> tuple[str, Rows]:
        return table, (cells(table, r) for r in records if r.source == id)

    here = (cells("entities", e) for e in content.entities if homes.get(e.id) == id)
    yield "entities", here
    yield own("statements", _statements(content))
    yield own("references", content.references)
    yield own("attributes", kb.attributes)
    yield own("mechanisms", kb.mechanisms)
    steps = (step_cells(m.id, s) for m in kb.mechanisms if m.source == id for s in m.steps)
    yield "mechanism_steps", steps
    yield own("verification", kb.verifications)
    yield own("conflicts", kb.conflicts)
    yield own("remarks", kb.remarks)


def _statements(content: Content) -> Iterator[Statement]:
    return (s for c in content.claims for s in c.statements)


def _line(cells: Iterable[str]) -> bytes:
    return ("\t".join(cells) + "\n").encode()


def _homes(content: Content) -> dict[str, str]:
    """The source of each entity: the oldest that names it, or an entity of that species.

    An entity that nothing names goes to the oldest source of all.
    """
    kb = content.kb
    order = [s.id for s in sorted(kb.sources, key=lambda s: (s.date, s.id))]
    rank = {id: n for n, id in enumerate(order)}
    first: dict[str, int] = {}

    def name(source: str, entities: Iterable[str | None]) -> None:
        for entity in entities:
            if entity is not None and first.get(entity, len(order)) > rank[source]:
                first[entity] = rank[source]

    for s in _statements(content):
        name(s.source, (s.subject, s.object, *s.method))
        context = s.context
        for held in (context.cell, context.tissue, context.organism, context.donor):
            name(s.source, held)
        for held in (context.model, context.condition, context.comparator):
            name(s.source, held)
    for source, entities in _named_elsewhere(kb):
        name(source, entities)
    for entity in content.entities:
        if entity.species is not None and order:
            name(order[first.get(entity.id, 0)], (entity.species,))
    return {e.id: order[first.get(e.id, 0)] for e in content.entities} if order else {}


def _named_elsewhere(kb: KnowledgeBase) -> Iterator[tuple[str, Iterable[str | None]]]:
    """Entities that records other than statements name, with the source of the record."""
    yield from ((a.source, (a.entity,)) for a in kb.attributes)
    for m in kb.mechanisms:
        yield m.source, (m.start, m.end)
    yield from ((v.source, (v.subject, v.object)) for v in kb.verifications)
    yield from ((r.source, (r.entity,)) for r in kb.remarks)


def _settings(source: Source) -> str:
    """``source.toml``: TOML's basic strings escape as JSON's do."""
    held = {
        "title_en": source.title_en,
        "title_zh": source.title_zh,
        "licence": source.licence,
        "date": source.date,
        "evidence": source.evidence,
        "text": source.text,
        "text_sha256": source.text_sha256,
    }
    lines = [f"{key} = {_string(value)}\n" for key, value in held.items() if value is not None]
    sections = ", ".join(map(_string, source.sections))
    return "".join([*lines, f"sections = [{sections}]\n"])


def _string(text: str) -> str:
    import json

    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
