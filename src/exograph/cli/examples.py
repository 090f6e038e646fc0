# SPDX-License-Identifier: Apache-2.0
"""``exograph examples``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from exograph.cli.session import Session, as_json, emit, pass_session, say

if TYPE_CHECKING:
    from exograph.queries import Query


@click.command()
@click.option("--run", "run_all", is_flag=True, help="Ask all and compare with the rows expected.")
@as_json
@pass_session
def command(session: Session, run_all: bool, as_json: bool) -> None:
    """List the shipped questions, or run them all."""
    from exograph.queries import list_queries

    shipped = list_queries(session.graphs / "queries")
    verdicts = _run(session, shipped) if run_all else {}
    if as_json:
        emit([_record(query, verdicts.get(query.name)) for query in shipped])
    for query in shipped if not as_json else ():
        verdict = {None: "", True: "as expected  ", False: "DIFFERS  "}[verdicts.get(query.name)]
        click.echo(f"{verdict}{query.name}\n    {query.question(session.lang)}")
    if run_all:
        wrong = sum(not agrees for agrees in verdicts.values())
        say(f"{len(verdicts)} asked, {wrong} differ.")
        if wrong:
            raise click.exceptions.Exit(1)


def _run(session: Session, shipped: tuple[Query, ...]) -> dict[str, bool]:
    from exograph import queries, store

    triples = session.snapshot.store()

    def ask(text: str) -> tuple[tuple[str, ...], tuple[queries.Row, ...]]:
        answer = store.ask(triples, text)
        return answer.variables, answer.rows

    prefixes = session.snapshot.prefixes
    return {query.name: queries.run(query, ask, prefixes).agrees for query in shipped}


def _record(query: Query, agrees: bool | None) -> dict[str, object]:
    record: dict[str, object] = {
        "name": query.name,
        "question_en": query.question_en,
        "question_zh": query.question_zh,
        "columns": list(query.columns),
        "expected": [list(row) for row in query.expected],
    }
    return record if agrees is None else {**record, "agrees": agrees}
