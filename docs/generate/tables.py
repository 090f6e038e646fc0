# SPDX-License-Identifier: Apache-2.0
"""The reference of the tables: columns, and which of them are needed or hold several values."""

from __future__ import annotations

from exograph import vocab
from exograph.tables import settings
from exograph.tables.columns import COLUMNS, MULTIPLE, OPTIONAL, REQUIRED_TABLES, file_of
from generate.markdown import cell, code, page, table

_FIRST = (
    "Made from `exograph.tables`. A source is a folder: `source.toml` and tables. What goes into a "
    "cell, and how to add a paper, is told in [the curator's page](../project/graphs/README.md); "
    "the words that a column may hold are in the [vocabulary](vocabulary.md).",
    "A table is UTF-8 with LF line ends, a tab between cells, no quoting; the first line names the "
    "columns, in any order. `|` stands between the values of a cell that may hold several. "
    "`exograph check` tells what is wrong, each fault with a [code](../codes.md).",
)
_SAYS = {
    "entities": "Things, each with a kind and a label in both languages.",
    "statements": "What the source says: one row, one fact, one reference.",
    "references": "What is cited.",
    "attributes": "Sizes, doses, enrolments and other values of an entity.",
    "mechanisms": "Stories of several steps that one reference tells.",
    "mechanism_steps": "The steps of these stories; equal layers act in parallel.",
    "verification": "How a claim compares with the primary paper.",
    "conflicts": "Two claims that pull one thing in opposite directions, and what may explain it.",
    "remarks": "Oddities of the source, and how the tables treat them.",
    "identifiers": "How each match with an outside identifier was found, in SSSOM.",
    "coverage": "Why no row comes from a sentence of the text.",
}


def made() -> str:
    """The whole page."""
    parts = [*_FIRST, "## source.toml", _settings()]
    parts.append("A source of quotes needs `text` and `text_sha256`, too.")
    for name in [*REQUIRED_TABLES, *(n for n in COLUMNS if n not in REQUIRED_TABLES)]:
        parts.extend((f"## {file_of(name)}", _said(name), _columns(name)))
    return page("Tables", *parts)


def _settings() -> str:
    rows = (
        (code(key), cell(wanted), "" if key in settings._OPTIONAL else "yes")
        for key, (_, wanted) in settings._KEYS.items()
    )
    return table(("key", "value", "needed"), rows)


def _said(name: str) -> str:
    needed = (
        "Each source has it; it may be no more than its header. " if name in REQUIRED_TABLES else ""
    )
    return f"{needed}{_SAYS[name]}"


def _columns(name: str) -> str:
    several, missing = MULTIPLE.get(name, ()), OPTIONAL.get(name, ())
    head = ["column", "several values", "may be left out"]
    rows = [[code(c), _yes(c in several), _yes(c in missing)] for c in COLUMNS[name]]
    if name == "statements":
        head.append("kinds of entities")
        for row, column in zip(rows, COLUMNS[name], strict=True):
            row.append(_kinds(vocab.CONTEXT_TYPES.get(column, frozenset())))
    return table(head, rows)


def _yes(fact: bool) -> str:
    return "yes" if fact else ""


def _kinds(kinds: frozenset[str]) -> str:
    if len(kinds) == len(vocab.TYPES):
        return "any kind"
    return ", ".join(code(kind) for kind in vocab.TYPES if kind in kinds)
