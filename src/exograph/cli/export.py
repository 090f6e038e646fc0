# SPDX-License-Identifier: Apache-2.0
"""``exograph export``."""

from __future__ import annotations

import click

from exograph.cli.session import Session, pass_session, readable, working


@click.command()
@click.argument("out", metavar="FILE")
@click.option("--format", "name", metavar="NAME", help="If the name of FILE does not tell it.")
@pass_session
def command(session: Session, *, out: str, name: str | None) -> None:
    """Write the knowledge base in another format: to FILE, or to a folder of that name.

    The format is what FILE ends in, or --format NAME. A format of several files makes a folder, or
    an archive if FILE ends in .tar.gz; one of a single file is compressed if FILE ends in .gz.
    Prints where it is. docs/exchange.md tells what each format keeps.
    """
    from pathlib import Path

    from exograph.exchange.content import Content
    from exograph.exchange.formats import FORMATS, Format, format_of
    from exograph.exchange.packing import put

    if not out:
        raise click.UsageError("FILE is empty.")
    title = "A web site, with a page for each thing"
    site = Format("site", "", title, "exograph.views.site:site")  # of pages, so not exchange's
    title = "Parquet: the edges that paths walk, for `exograph mine`"
    edges = Format("parquet", "", title, "exograph.spark.edges:parquet")
    format = format_of(out, name, {**FORMATS, site.name: site, edges.name: edges})
    content = Content.of(session.snapshot)
    with working(f"Writing {format.title}"):
        path = put(format.write(content), Path(out), single=bool(format.suffix))
    click.echo(readable(path))
