# SPDX-License-Identifier: Apache-2.0
"""``exograph examples``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from exograph.cli.session import Session, as_json, emit, pass_session, say, verdict, working

if TYPE_CHECKING:
    from exograph.queries import Comparison, Query
    from exograph.rdf import Row

_SUMMARY = {"en": "{} asked, {} differ.", "zh": "共提问 {} 个，{} 个与预期不同。"}


@click.command()
@click.option("--run", "run_all", is_flag=True, help="Ask all and compare with the rows expected.")
@as_json
@pass_session
def command(session: Session, *, run_all: bool, as_json: bool) -> None:
    """List the shipped questions, or run them all.

    With --run the exit code is 1 if an answer is not the one that its file expects.
    """
    from exograph.queries import list_queries

    shipped = list_queries(session.graphs / "queries")
    found = _run(session, shipped) if run_all else {}
    wrong = sum(not comparison.agrees for comparison in found.values())
    with verdict(failed=wrong > 0):
        if as_json:
            emit([_record(query, found.get(query.name)) for query in shipped])
        else:
            click.echo("\n".join(_lines(session, shipped, found)))
        if run_all:
            say(_SUMMARY[session.lang].format(len(found), wrong))


def _run(session: Session, shipped: tuple[Query, ...]) -> dict[str, Comparison]:
    from exograph import queries, store

    triples, prefixes = session.snapshot.store(), session.snapshot.prefixes

    def ask(text: str) -> tuple[tuple[str, ...], tuple[Row, ...]]:
        answer = store.ask(triples, text)
        return answer.variables, answer.rows

    with working({"en": "Asking", "zh": "正在提问"}[session.lang]):
        return {query.name: queries.run(query, ask, prefixes) for query in shipped}


def _lines(
    session: Session, shipped: tuple[Query, ...], found: dict[str, Comparison]
) -> Iterator[str]:
    from exograph.cli.layout import line_width, wrapped
    from exograph.cli.words import word
    from exograph.rdf import shorten

    prefixes = session.snapshot.prefixes if found else {}
    for query in shipped:
        comparison = found.get(query.name)
        verdict = ""
        if comparison:
            verdict = f"  {word('expected' if comparison.agrees else 'differs', session.lang)}"
        yield f"{query.name}{verdict}"
        yield from wrapped(query.question(session.lang), "    ", line_width())
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


def _record(query: Query, comparison: Comparison | None) -> dict[str, object]:
    record: dict[str, object] = {
        "name": query.name,
        "question_en": query.question_en,
        "question_zh": query.question_zh,
        "keywords": list(query.keywords),
        "columns": list(query.columns),
        "expected": [list(row) for row in query.expected],
    }
    return record if comparison is None else {**record, "agrees": comparison.agrees}
