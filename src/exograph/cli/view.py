# SPDX-License-Identifier: Apache-2.0
"""``exograph view``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from exograph.cli.session import Session, as_name, pass_session, readable

if TYPE_CHECKING:
    from exograph.views.asking import Asking


@click.command()
@click.argument("entities", type=as_name, nargs=-1, metavar="[ENTITY]...")
@click.option(
    "--depth", type=click.IntRange(0, 10), help="Steps around the entities.  [default: 1]"
)
@click.option(
    "--out", default="exograph.html", show_default=True, metavar="FILE.html", help="The page."
)
@click.option("--open", "show", is_flag=True, help="Open it in the browser.")
@pass_session
def command(
    session: Session, *, entities: tuple[str, ...], depth: int | None, out: str, show: bool
) -> None:
    """Write the page to browse the graph in: one file, which asks nothing of any network.

    With ENTITY, only what stands around these. Prints where the page is.
    """
    from pathlib import Path

    from exograph.cli.writing import write_whole
    from exograph.kb import resolve
    from exograph.views.html import page

    if depth is not None and not entities:
        raise click.UsageError("--depth goes with an ENTITY.")
    if not out:
        raise click.UsageError("--out is empty; it needs a file.")
    kb = session.kb
    chosen = [resolve(kb, name).id for name in entities] or None
    asking = None if chosen else _asking(session)
    text = page(kb, entities=chosen, depth=depth, lang=session.lang, asking=asking)
    path = write_whole(Path(out), text)
    click.echo(readable(path))
    if show:
        import webbrowser

        webbrowser.open(path.as_uri())


def _asking(session: Session) -> Asking:
    """All triples, and the questions that they can answer, for the SPARQL sheet of the page."""
    from exograph.queries import answerable, list_queries
    from exograph.views.asking import Asking

    snapshot = session.snapshot
    shipped = list_queries(session.graphs / "queries")
    queries = answerable(shipped, snapshot.kb, snapshot.prefixes)
    return Asking(snapshot.prefixes, queries, nquads=snapshot.read("kb.nq"))
