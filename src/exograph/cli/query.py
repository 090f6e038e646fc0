# SPDX-License-Identifier: Apache-2.0
"""``exograph query``."""

from __future__ import annotations

import re
import sys

import click

from exograph.cli.elsewhere import ENDPOINT, GRAPH, UNENCRYPTED
from exograph.cli.failures import PlacedError
from exograph.cli.session import (
    Session,
    as_json,
    as_name,
    as_utf8,
    finite,
    pass_session,
    readable,
    say,
)
from exograph.errors import ExographError, InputError, QueryError

LONGEST = 2 * 1024**2
"""Bytes of a query; no honest one is longer."""
_CUT = {"en": "Cut after {} rows; there are more.", "zh": "只列出前 {} 行；还有更多。"}


_PLACE = re.compile(r"Line (\d+), column (\d+): ")


def named(file: str) -> str:
    """A file as typed, which must not be empty."""
    as_name(file)
    return file


@click.command()
@click.argument("file", required=False, type=named)
@click.option("-e", "text", type=as_utf8, metavar="TEXT", help="The query itself.")
@click.option(
    "--example", type=as_name, metavar="NAME", help="A shipped one; `exograph examples` lists them."
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
@ENDPOINT
@GRAPH
@UNENCRYPTED
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
    endpoint: str | None,
    graph: str | None,
    unencrypted: bool,
    as_json: bool,
) -> None:
    """Ask a SPARQL 1.1 query: from FILE, from standard input (-), with -e, or a shipped one.

    The prefixes exo, entity, claim, statement, reference, rdf, rdfs and skos need no declaration.
    With --endpoint a SPARQL endpoint of others is asked, which needs to know neither them nor us.
    """
    from exograph import store
    from exograph.cli.elsewhere import asking

    if (file is not None) + (text is not None) + (example is not None) != 1:
        raise click.UsageError("Give one query: FILE, -, -e TEXT or --example NAME.")
    if as_json and form not in (None, "json"):
        raise click.UsageError("--json and another --format exclude each other.")
    query = _read(session, file, text, example)
    ask = asking(session, endpoint, graph, timeout=timeout, unencrypted=unencrypted)
    try:
        answer = ask(query, limit)
    except QueryError as error:
        if example is not None:
            file = str(session.graphs / "queries" / f"{example}.rq")
        raise _placed(error, file) from None
    data = store.serialise(
        answer, "json" if as_json else form or "table", session.snapshot.prefixes
    )
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
        if sys.stdin is None:
            cure = "Name a file, or give the query with -e."
            raise InputError("U002", "Standard input is closed.", cure)
        data: bytes = sys.stdin.buffer.read(LONGEST + 1)
    else:
        from pathlib import Path

        try:
            with Path(file).open("rb") as opened:
                data = opened.read(LONGEST + 1)
        except OSError:
            if re.search(
                r"\b(select|ask|construct|describe)\b.*\{", file, re.IGNORECASE | re.DOTALL
            ):
                raise click.UsageError("That is a query, not a file: put -e before it.") from None
            raise
    if len(data) > LONGEST:
        raise InputError(
            "Q210", f"{readable(file)} holds more than 2 MiB.", "No query is that long."
        )
    return data


def _decoded(file: str, data: bytes) -> str:
    from exograph.tables.encoding import guess_encoding, wide_encoding

    wide = wide_encoding(data)
    try:
        if not wide:
            return data.decode("utf-8-sig")
        line = 1
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
    looks = wide or guess_encoding(data)
    like = f" It looks like {looks}." if looks else ""
    message = f"{readable(file)}: line {line} is not UTF-8 text.{like}"
    cure = f"Save it as UTF-8, for instance: iconv -f {looks or 'ITS-ENCODING'} -t UTF-8."
    raise InputError("Q211", message, cure)


def _placed(error: QueryError, file: str | None) -> ExographError:
    """The error with its place as FILE:LINE:COLUMN, if the query came from a file."""
    at = _PLACE.match(error.message)
    if at is None or file in (None, "-"):
        return error
    return PlacedError(error, f"{readable(str(file))}:{at[1]}:{at[2]}", error.message[at.end() :])
