# SPDX-License-Identifier: Apache-2.0
"""``exograph check``."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from exograph.cli.session import Session, as_json, emit, pass_session, say, verdict, working

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from exograph.checks.coverage import Covered
    from exograph.errors import Problem
    from exograph.tables import Tables

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
_COVERED = {
    "en": "{} sentence(s): {} with rows, {} with a reason for none, {} unexplained.",
    "zh": "共 {} 句：{} 句有对应行，{} 句注明无对应行的原因，{} 句未说明。",
}
_UNEXPLAINED = {
    "en": "UNEXPLAINED: no row comes from it, and no reason is given.",
    "zh": "未说明：没有对应行，也没有给出原因。",
}
_SECTION = {"en": "section", "zh": "章节"}
_LINE = {"en": "line", "zh": "行"}
_NO_ROW = {"en": "no row", "zh": "无对应行"}


@click.command()
@click.option("--strict", is_flag=True, help="Warnings fail, too, but W501 (no texts given).")
@click.option(
    "--coverage", is_flag=True, help="Also each sentence of the texts, with the rows from it."
)
@click.option("--watch", is_flag=True, help="Check again at each change, until Ctrl-C.")
@as_json
@pass_session
def command(session: Session, *, strict: bool, coverage: bool, watch: bool, as_json: bool) -> None:
    """Find every mistake in the tables and the graph made from them.

    Looks at each row, at each quote if the texts are given, and at the graph with the SHACL shapes
    and the queries that must find nothing. Exit code 1 if there is an error; with --strict also if
    there is a warning other than W501, which only says that no texts were given.

    With --coverage, which needs the texts, every sentence of them is listed with the rows that
    quote it, or with the reason why there is none.

    With --watch the tables are checked whenever a table, the ontology or a text is saved; what is
    new and what is mended stands last. Ctrl-C ends it, with the exit code of the last check.
    """
    if watch and (as_json or coverage):
        raise click.UsageError("--watch goes with neither --json nor --coverage.")
    if watch:
        from exograph.cli.watching import watch as until_stopped

        failed = until_stopped(session, partial(_failed, strict=strict))
        raise click.exceptions.Exit(int(failed))
    if coverage and session.texts is None:
        raise click.UsageError("--coverage needs the texts: --texts DIR before `check`.")
    tables, problems, reached = _problems(session)
    covered = _coverage(session, tables) if coverage else ()
    errors = sum(p.severity == "error" for p in problems)
    warnings = len(problems) - errors
    failed = _failed(problems, strict=strict)
    with verdict(failed=failed):
        if as_json:
            document: dict[str, Any] = {
                "ok": not failed,
                "problems": [asdict(p) for p in problems],
            }
            if coverage:
                document["sentences"] = [_document(c) for c in covered]
            emit(document)
        else:
            for line in _lines(covered, session.lang):
                click.echo(line)
            for problem in problems:
                click.echo(str(problem))
        if any(p.code == UNPROVEN for p in problems):
            say(_NOT_PROVEN[session.lang])
        if not reached:
            say(_NOT_REACHED[session.lang])
        if coverage:
            rows = sum(bool(c.rows) for c in covered)
            reasons = sum(c.reason is not None for c in covered)
            left = len(covered) - rows - reasons
            say(_COVERED[session.lang].format(len(covered), rows, reasons, left))
        say(_SUMMARY[session.lang].format(errors, warnings))


def _failed(problems: Sequence[Problem], *, strict: bool) -> bool:
    if strict:
        return any(p.code != UNPROVEN for p in problems)
    return any(p.severity == "error" for p in problems)


def _problems(session: Session) -> tuple[tuple[Tables, ...], tuple[Problem, ...], bool]:
    """The tables, all problems, and whether the graph could be checked, too."""
    from exograph import checks
    from exograph.checks import graph
    from exograph.kb import assemble
    from exograph.snapshot.inputs import source_folders

    tables, problems = checks.check_folders(source_folders(session.graphs), session.texts)
    if not tables or any(p.severity == "error" for p in problems):
        return tables, problems, False
    with working({"en": "Checking the graph", "zh": "正在检查图"}[session.lang]):
        found = graph.run(assemble(tables), session.ontology, tables=tables)
    return tables, checks.in_order([*problems, *found]), True


def _coverage(session: Session, tables: Sequence[Tables]) -> tuple[Covered, ...]:
    from exograph.checks.coverage import of_sources

    assert session.texts is not None
    return of_sources(tables, session.texts)


def _document(covered: Covered) -> dict[str, Any]:
    sentence = covered.sentence
    return {
        "source": covered.source,
        "section": sentence.section,
        "form": sentence.form,
        "line": sentence.line,
        "sentence": sentence.text,
        "rows": [asdict(row) for row in covered.rows],
        "reason": covered.reason,
        "text_covered": round(covered.share, 3),
    }


def _lines(covered: Sequence[Covered], lang: str) -> Iterator[str]:
    """Each sentence with its place, and below it the rows, the reason, or that there is neither."""
    from exograph import vocab
    from exograph.cli.layout import line_width, wrapped

    columns = line_width()
    for c in covered:
        s = c.sentence
        place = f"{c.source}, {_SECTION[lang]} {s.section}, {_LINE[lang]} {s.line}"
        yield from wrapped(f"[{place}] {s.text}", "", columns, "  ")
        for row in c.rows:
            yield from wrapped(f"{row.table}.tsv:{row.line} {row.says}", "    ", columns, "      ")
        if c.reason:
            term = vocab.COVERAGE_REASONS.get(c.reason)
            why = c.reason if term is None else term.label_zh if lang == "zh" else term.label_en
            yield from wrapped(f"{_NO_ROW[lang]}: {why}", "    ", columns)
        if not c.explained:
            yield f"    {_UNEXPLAINED[lang]}"
