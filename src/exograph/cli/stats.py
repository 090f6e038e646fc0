# SPDX-License-Identifier: Apache-2.0
"""``exograph stats``."""

from __future__ import annotations

import click

from exograph.cli.session import Session, as_json, emit, pass_session


@click.command()
@click.option("--fill", is_flag=True, help="Also how full each column of the tables is.")
@as_json
@pass_session
def command(session: Session, fill: bool, as_json: bool) -> None:
    """Count what the knowledge base holds: in all, and by its parts."""
    counts = session.snapshot.manifest["counts"]
    rates = _fill_rates(session) if fill else []
    if as_json:
        emit({**counts, **({"fill": rates} if fill else {})})
        return
    for name, parts in counts.items():
        click.echo(f"{name}: {parts['total']:,}")
        for by, numbers in parts.items():
            if isinstance(numbers, dict) and numbers:
                shown = ", ".join(f"{key} {number:,}" for key, number in numbers.items())
                click.echo(f"  {by.replace('_', ' ')}: {shown}")
    for rate in rates:
        click.echo(
            f"{rate['source']}/{rate['table']}.tsv {rate['column']}: "
            f"{rate['filled']} of {rate['rows']} ({rate['share']:.0%})"
        )


def _fill_rates(session: Session) -> list[dict[str, object]]:
    from exograph.kb import fill_rates
    from exograph.snapshot.inputs import source_folders
    from exograph.tables import read_source

    read = [read_source(folder)[0] for folder in source_folders(session.graphs)]
    return [
        {
            "source": rate.source,
            "table": rate.table,
            "column": rate.column,
            "filled": rate.filled,
            "rows": rate.rows,
            "share": round(rate.share, 4),
        }
        for rate in fill_rates([tables for tables in read if tables is not None])
    ]
