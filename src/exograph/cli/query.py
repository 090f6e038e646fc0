# SPDX-License-Identifier: Apache-2.0
"""``exograph query``."""

from __future__ import annotations

import sys

import click

from exograph.cli.session import Session, as_json, as_utf8, finite, pass_session, say
from exograph.errors import InputError

LONGEST = 2 * 1024**2
"""Bytes of a query; no honest one is longer."""
_CUT = {"en": "Cut after {} rows; there are more.", "zh": "只列出前 {} 行；还有更多。"}


@click.command()
@click.argument("file", required=False)
@click.option("-e", "text", type=as_utf8, metavar="TEXT", help="The query itself.")
@click.option(
    "--example", type=as_utf8, metavar="NAME", help="A shipped one; `exograph examples` lists them."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "tsv", "json", "xml", "ttl", "nt"]),
    help="Form of the answer.  [default: table]",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 86400),
    callback=finite,
    default=30.0,
    show_default=True,
    help="Seconds.",
)
@click.option("--limit", type=click.IntRange(1), help="At most so many rows; a cut is said.")
@as_json
@pass_session
def command(
    session: Session,
    *,
    file: str | None,
    text: str | None,
    example: str | None,
    form: str | None,
    timeout: float,
    limit: int | None,
    as_json: bool,
) -> None:
    """Ask a SPARQL 1.1 query: from FILE, from standard input (-), with -e, or a shipped one.

    The prefixes exo, entity, claim, statement, reference, rdf, rdfs and skos need no declaration.
    """
    from exograph import store

    if (file is not None) + (text is not None) + (example is not None) != 1:
        raise click.UsageError("Give one query: FILE, -, -e TEXT or --example NAME.")
    if as_json and form not in (None, "json"):
        raise click.UsageError("--json and another --format exclude each other.")
    query = _read(session, file, text, example)
    snapshot = session.snapshot
    answer = store.ask(snapshot.store(), query, limit=limit, timeout=timeout)
    data = store.serialise(answer, "json" if as_json else form or "table", snapshot.prefixes)
    click.echo(data if data.endswith(b"\n") or not data else data + b"\n", nl=False)
    if answer.truncated:
        say(_CUT[session.lang].format(limit))


def _read(session: Session, file: str | None, text: str | None, example: str | None) -> str:
    if example is not None:
        from exograph.queries import find_query

        return find_query(session.graphs / "queries", example).text
    return text if text is not None else _decoded(str(file), _bytes(str(file)))


def _bytes(file: str) -> bytes:
    """What is in the file, or comes from standard input; not more than a query may hold."""
    if file == "-":
        data: bytes = sys.stdin.buffer.read(LONGEST + 1)
    else:
        from pathlib import Path

        with Path(file).open("rb") as opened:
            data = opened.read(LONGEST + 1)
    if len(data) > LONGEST:
        raise InputError("Q210", f"{file} holds more than 2 MiB.", "No query is that long.")
    return data


def _decoded(file: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = f"{file}: line {line} is not UTF-8 text."
        raise InputError("Q211", message, "Save the query as UTF-8.") from None
