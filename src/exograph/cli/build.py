# SPDX-License-Identifier: Apache-2.0
"""``exograph build``."""

from __future__ import annotations

import time

import click

from exograph.cli.session import Session, as_json, emit, pass_session, say

_SHOWN = ("entities", "claims", "statements", "references", "mechanisms", "triples")


@click.command(short_help="Build the knowledge base from the tables.")
@click.option("--source", "sources", multiple=True, metavar="NAME", help="Only this source.")
@as_json
@pass_session
def command(session: Session, sources: tuple[str, ...], as_json: bool) -> None:
    """Build the knowledge base from the tables and make it the one in use.

    Any error in a table refuses the build; the last good snapshot stays as it is.
    """
    from exograph.snapshot import build

    began = time.perf_counter()
    snapshot = build(
        *(session.graphs, session.ontology, session.home),
        only=sources,
        texts=session.texts,
        say=say,
    )
    seconds = time.perf_counter() - began
    for problem in snapshot.warnings:
        say(str(problem))
    counts = snapshot.manifest["counts"]
    if as_json:
        emit(
            {
                "key": snapshot.key,
                "path": str(snapshot.path),
                "counts": {name: counts[name]["total"] for name in _SHOWN},
                "warnings": len(snapshot.warnings),
            }
        )
        return
    for name in _SHOWN:
        click.echo(f"{name:<12}{counts[name]['total']:>8,}")
    say(f"Built in {seconds:.1f} s: {snapshot.path}")
