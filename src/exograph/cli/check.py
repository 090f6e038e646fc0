# SPDX-License-Identifier: Apache-2.0
"""``exograph check``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from exograph.cli.session import Session, as_json, emit, pass_session, say, verdict, working

if TYPE_CHECKING:
    from exograph.errors import Problem

UNPROVEN = "W501"
_SUMMARY = {
    "en": "{} error(s), {} warning(s).",
    "zh": "{} 个错误，{} 个警告。",
}
_NOT_PROVEN = {
    "en": "The quotes were not re-proven against the text: no --texts DIR or EXOGRAPH_TEXTS.",
    "zh": "引文未与原文核对：未给出 --texts DIR 或 EXOGRAPH_TEXTS。",
}
_NOT_REACHED = {
    "en": "The graph was not checked: mend the tables first.",
    "zh": "未检查图：请先修正表格。",
}


@click.command()
@click.option("--strict", is_flag=True, help="Warnings fail, too, but W501 (no texts given).")
@as_json
@pass_session
def command(session: Session, *, strict: bool, as_json: bool) -> None:
    """Find every mistake in the tables and the graph made from them.

    Looks at each row, at each quote if the texts are given, and at the graph with the SHACL shapes
    and the queries that must find nothing. Exit code 1 if there is an error; with --strict also if
    there is a warning other than W501, which only says that no texts were given.
    """
    problems, reached = _problems(session)
    errors = sum(p.severity == "error" for p in problems)
    warnings = len(problems) - errors
    failed = errors > 0 or (strict and any(p.code != UNPROVEN for p in problems))
    with verdict(failed=failed):
        if as_json:
            emit({"ok": not failed, "problems": [asdict(p) for p in problems]})
        else:
            for problem in problems:
                click.echo(str(problem))
        if any(p.code == UNPROVEN for p in problems):
            say(_NOT_PROVEN[session.lang])
        if not reached:
            say(_NOT_REACHED[session.lang])
        say(_SUMMARY[session.lang].format(errors, warnings))


def _problems(session: Session) -> tuple[tuple[Problem, ...], bool]:
    """All problems, and whether the tables were sound enough to check the graph, too."""
    from exograph import checks
    from exograph.checks import graph
    from exograph.kb import assemble
    from exograph.snapshot.inputs import source_folders

    tables, problems = checks.check_folders(source_folders(session.graphs), session.texts)
    if not tables or any(p.severity == "error" for p in problems):
        return problems, False
    with working({"en": "Checking the graph", "zh": "正在检查图"}[session.lang]):
        found = graph.run(assemble(tables), session.ontology, tables=tables)
    return checks.in_order([*problems, *found]), True
