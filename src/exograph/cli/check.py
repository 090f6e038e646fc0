# SPDX-License-Identifier: Apache-2.0
"""``exograph check``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exograph.cli.session import Session, as_json, emit, pass_session, say

if TYPE_CHECKING:
    from exograph.errors import Problem


@click.command()
@click.option("--strict", is_flag=True, help="Warnings fail, too.")
@as_json
@pass_session
def command(session: Session, strict: bool, as_json: bool) -> None:
    """Find every mistake in the tables and the graph made from them.

    Looks at each row, at each quote if the texts are given, and at the graph with the SHACL shapes
    and the queries that must find nothing. Exit code 1 if there is an error.
    """
    problems = _problems(session.graphs, session.ontology, session.texts)
    errors = sum(p.severity == "error" for p in problems)
    warnings = len(problems) - errors
    failed = errors > 0 or (strict and warnings > 0)
    if as_json:
        emit({"ok": not failed, "problems": [asdict(p) for p in problems]})
    else:
        for problem in problems:
            click.echo(str(problem))
        say(f"{errors} error(s), {warnings} warning(s).")
    if failed:
        raise click.exceptions.Exit(1)


def _problems(graphs: Path, ontology: Path, texts: Path | None) -> tuple[Problem, ...]:
    from exograph import checks
    from exograph.checks import graph
    from exograph.kb import assemble
    from exograph.snapshot.inputs import source_folders

    tables, problems = checks.check_folders(source_folders(graphs), texts)
    if not tables or any(p.severity == "error" for p in problems):
        return problems
    found = graph.run(assemble(tables), ontology, tables=tables)
    return checks.in_order([*problems, *found])
