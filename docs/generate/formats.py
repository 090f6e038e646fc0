# SPDX-License-Identifier: Apache-2.0
"""The reference of formats: what can be written and what can be read, by name and ending."""

from __future__ import annotations

import click

from exograph.cli import query
from exograph.exchange.formats import FORMATS
from exograph.exchange.reading import FORMATS as READ
from generate.markdown import cell, code, page, table

_OTHER_ROOMS = {
    "site": "A web site, with a page for each thing",
    "parquet": "Parquet: the edges that paths walk, for `exograph mine`",
}
_FIRST = (
    "Made from the code. `exograph export FILE` takes the format that FILE ends in, "
    "`exograph import FILE` likewise; both take `--format NAME`."
)


def made() -> str:
    """The whole page."""
    (asked,) = (p.type for p in query.command.params if "--format" in p.opts)
    assert isinstance(asked, click.Choice)
    answers = ", ".join(map(code, asked.choices))
    written = [
        (code(f.name), code(f.suffix) or "a folder", cell(f.title)) for f in FORMATS.values()
    ]
    written += [(code(name), "a folder", told) for name, told in _OTHER_ROOMS.items()]
    read = [
        (code(name), " ".join(map(code, ends)) or "with `--columns`") for name, ends in READ.items()
    ]
    return page(
        "Formats",
        _FIRST,
        "## Written by export",
        "A folder becomes one file if its name ends in `.tar.gz`, a file is compressed if it ends "
        "in `.gz`. What each keeps and loses: [exporting](../exchange.md).",
        table(("format", "ending", "what it is"), written),
        "## Read by import",
        "Every file may be in `.gz`. What each keeps and loses: [importing](../importing.md).",
        table(("format", "endings"), read),
        "## Answers of query",
        f"`exograph query --format` takes {answers}. Rows have the first ones, "
        "triples (CONSTRUCT, DESCRIBE) `ttl` and `nt`.",
        "## Tables, and JSON",
        "The curated tables have [a page of their own](tables.md), and so have the "
        "[JSON documents](json.md) that commands print.",
    )
