# SPDX-License-Identifier: Apache-2.0
"""``exograph examples``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

from exograph.cli.elsewhere import ENDPOINT, GRAPH, UNENCRYPTED
from exograph.cli.session import Session, as_json, emit, pass_session, say, verdict, working

if TYPE_CHECKING:
    from exograph.errors import QueryError
    from exograph.queries import Comparison, Query
    from exograph.rdf import Row
    from exograph.store import Answer

    Ask = Callable[[str, int | None], Answer]
    Found = Comparison | QueryError

_SUMMARY = {"en": "{} asked, {} differ.", "zh": "共提问 {} 个，{} 个与预期不同。"}
_OF_ONE_QUERY = frozenset(("Q403", "Q407", "Q411", "Q412", "Q413"))
"""What a store of others does to one query, and may not do to the next."""


@click.command()
@click.option("--run", "run_all", is_flag=True, help="Ask all and compare with the rows expected.")
@ENDPOINT
@GRAPH
@UNENCRYPTED
@as_json
@pass_session
def command(
    session: Session,
    *,
    run_all: bool,
    endpoint: str | None,
    graph: str | None,
    unencrypted: bool,
    as_json: bool,
) -> None:
    """List the shipped questions, or run them all.

    With --run the exit code is 1 if an answer is not the one that its file expects; --endpoint
    then names a SPARQL endpoint of others, into which the graph was pushed.
    """
    from exograph.cli.elsewhere import asking
    from exograph.queries import list_queries

    shipped = list_queries(session.graphs / "queries")
    if endpoint is not None and not run_all:
        raise click.UsageError("--endpoint needs --run.")
    found: dict[str, Found] = {}
    if run_all:
        ask = asking(session, endpoint, graph, timeout=None, unencrypted=unencrypted)
        found = _run(session, shipped, ask)
    wrong = sum(not _agrees(outcome) for outcome in found.values())
    with verdict(failed=wrong > 0):
        if as_json:
            emit([_record(query, found.get(query.name)) for query in shipped])
        else:
            click.echo("\n".join(_lines(session, shipped, found)))
        if run_all:
            say(_SUMMARY[session.lang].format(len(found), wrong))


def _run(session: Session, shipped: tuple[Query, ...], ask: Ask) -> dict[str, Found]:
    """What came of each question; one that is refused elsewhere does not stop the rest."""
    from exograph import queries
    from exograph.errors import QueryError

    prefixes = session.snapshot.prefixes

    def rows(text: str) -> tuple[tuple[str, ...], tuple[Row, ...]]:
        answer = ask(text, None)
        return answer.variables, answer.rows

    def outcome(query: Query) -> Found:
        try:
            return queries.run(query, rows, prefixes)
        except QueryError as error:
            if error.code not in _OF_ONE_QUERY:
                raise
            return error

    with working({"en": "Asking", "zh": "正在提问"}[session.lang]):
        return {query.name: outcome(query) for query in shipped}


def _agrees(outcome: Found) -> bool:
    return not isinstance(outcome, Exception) and outcome.agrees


def _lines(session: Session, shipped: tuple[Query, ...], found: dict[str, Found]) -> Iterator[str]:
    from exograph.cli.layout import line_width, wrapped
    from exograph.cli.words import word
    from exograph.rdf import shorten

    prefixes = session.snapshot.prefixes if found else {}
    for query in shipped:
        comparison = found.get(query.name)
        verdict = ""
        if comparison:
            verdict = f"  {word('expected' if _agrees(comparison) else 'differs', session.lang)}"
        yield f"{query.name}{verdict}"
        yield from wrapped(query.question(session.lang), "    ", line_width())
        if isinstance(comparison, Exception):
            yield from wrapped(str(comparison), "      ", line_width())
            continue
        if comparison is None or comparison.agrees:
            continue
        for row in comparison.missing:
            text = f"{word('missing', session.lang)}: {' | '.join(row)}"
            yield from wrapped(text, "      ", line_width())
        for given in comparison.unexpected:
            cells = ["" if t is None else shorten(t.value, prefixes) for t in given]
            text = f"{word('unexpected', session.lang)}: {' | '.join(cells)}"
            yield from wrapped(text, "      ", line_width())
        if comparison.disordered:
            yield f"      {word('disordered', session.lang)}"


def _record(query: Query, outcome: Found | None) -> dict[str, object]:
    from exograph.queries import told

    record: dict[str, object] = told(query)
    if outcome is None:
        return record
    record["agrees"] = _agrees(outcome)
    return {**record, "error": str(outcome)} if isinstance(outcome, Exception) else record
