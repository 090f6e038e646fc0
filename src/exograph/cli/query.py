# SPDX-License-Identifier: Apache-2.0
"""``exograph query``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from exograph.cli.session import Session, as_json, pass_session, say


@click.command()
@click.argument("file", required=False)
@click.option("-e", "text", metavar="TEXT", help="The query itself.")
@click.option(
    "--example", metavar="NAME", help="A shipped question; `exograph examples` lists them."
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "csv", "tsv", "json", "xml", "ttl", "nt"]),
    help="Form of the answer.  [default: table]",
)
@click.option("--timeout", type=click.FloatRange(0.1, 86400), default=30.0, show_default=True)
@click.option("--limit", type=click.IntRange(1), help="At most so many rows; a cut is said.")
@as_json
@pass_session
def command(
    session: Session,
    file: str | None,
    text: str | None,
    example: str | None,
    format_: str | None,
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
    if as_json and format_ not in (None, "json"):
        raise click.UsageError("--json and another --format exclude each other.")
    query = _read(session, file, text, example)
    answer = store.ask(session.snapshot.store(), query, limit=limit, timeout=timeout)
    wanted = "json" if as_json else format_ or "table"
    data = store.serialise(answer, wanted, session.snapshot.prefixes)
    click.echo(data if data.endswith(b"\n") else data + b"\n", nl=False)
    if answer.truncated:
        say(f"Cut after {limit} rows; there are more.")


def _read(session: Session, file: str | None, text: str | None, example: str | None) -> str:
    if example is not None:
        from exograph.queries import find_query

        return find_query(session.graphs / "queries", example).text
    if text is not None:
        return text
    if file == "-":
        return sys.stdin.buffer.read().decode("utf-8")
    return Path(str(file)).read_text(encoding="utf-8")
