# SPDX-License-Identifier: Apache-2.0
"""``exograph build``."""

from __future__ import annotations

import time

import click

from exograph.cli.session import Session, as_json, emit, pass_session, readable, say, working

_SHOWN = ("entities", "claims", "statements", "references", "mechanisms", "triples")
_CHECK_SAYS_IT = "W501"
"""That quotes were not re-proven is for `exograph check` to say, not for each build."""
_BUILT = {"en": "Built in {:.1f} s: {}", "zh": "构建用时 {:.1f} 秒：{}"}


@click.command()
@click.option("--source", "sources", multiple=True, metavar="NAME", help="Only this source.")
@as_json
@pass_session
def command(session: Session, *, sources: tuple[str, ...], as_json: bool) -> None:
    """Build the knowledge base from the tables and make it the one in use.

    Any error in a table refuses the build; the last good snapshot stays as it is.
    """
    from exograph.snapshot import build

    began = time.perf_counter()
    with working({"en": "Building", "zh": "正在构建"}[session.lang]):
        snapshot = build(
            *(session.graphs, session.ontology, session.home),
            only=sources,
            texts=session.texts,
            say=say,
        )
    seconds = time.perf_counter() - began
    warned = [problem for problem in snapshot.warnings if problem.code != _CHECK_SAYS_IT]
    for problem in warned:
        say(str(problem))
    counts = {name: snapshot.manifest["counts"][name]["total"] for name in _SHOWN}
    if as_json:
        path = readable(snapshot.path)
        emit({"key": snapshot.key, "path": path, "counts": counts, "warnings": len(warned)})
    else:
        from exograph.cli.layout import table
        from exograph.cli.words import word

        rows = [(word(f"count.{name}", session.lang), f"{n:,}") for name, n in counts.items()]
        click.echo(table(rows, right=(1,)))
    say(_BUILT[session.lang].format(seconds, readable(snapshot.path)))
