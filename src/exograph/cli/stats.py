# SPDX-License-Identifier: Apache-2.0
"""``exograph stats``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from exograph.cli.session import Session, as_json, emit, pass_session

if TYPE_CHECKING:
    from exograph.kb import FillRate


@click.command()
@click.option("--fill", is_flag=True, help="Also how full each column of the tables is.")
@as_json
@pass_session
def command(session: Session, *, fill: bool, as_json: bool) -> None:
    """Count what the knowledge base holds: in all, and by its parts."""
    counts = session.snapshot.manifest["counts"]
    rates = _fill_rates(session) if fill else ()
    if as_json:
        filled = {"fill": [_record(rate) for rate in rates]} if fill else {}
        emit({**counts, **filled})
        return
    click.echo("\n".join(_lines(counts, session.lang)))
    if fill:
        from exograph.cli.layout import table

        rows = [
            (f"{r.source}/{r.table}", r.column, f"{r.share:.0%}", f"{r.filled}/{r.rows}")
            for r in rates
        ]
        click.echo("\n" + table(rows, right=(2, 3)))


def _lines(counts: dict[str, Any], lang: str) -> Iterator[str]:
    from exograph.cli.layout import line_width, wrapped
    from exograph.cli.words import word

    for name, parts in counts.items():
        yield f"{word(f'count.{name}', lang)} {parts['total']:,}"
        for by, numbers in parts.items():
            if by == "total":
                continue
            title = word(f"count.{by}", lang)
            if isinstance(numbers, int):
                yield f"  {title} {numbers:,}"
            elif numbers:
                field = by.removeprefix("by_")
                most = sorted(numbers.items(), key=lambda item: (-item[1], item[0]))
                shown = ", ".join(f"{_named(field, key, lang)} {n:,}" for key, n in most)
                yield from wrapped(f"{title}: {shown}", "  ", line_width(), "    ")


def _named(field: str, key: str, lang: str) -> str:
    """A part by its label, where it has one: a kind, a predicate, a basis and so on."""
    from exograph import vocab
    from exograph.cli.words import word

    if field in ("type", "predicate"):
        return vocab.label(key, lang)
    return key if field in ("section", "source", "kind", "grade") else word(f"{field}.{key}", lang)


def _fill_rates(session: Session) -> tuple[FillRate, ...]:
    from exograph.kb import fill_rates
    from exograph.snapshot.inputs import source_folders
    from exograph.tables import read_source

    folders = source_folders(session.graphs, session.snapshot.manifest["only"])
    read = [read_source(folder)[0] for folder in folders]
    return fill_rates([tables for tables in read if tables is not None])


def _record(rate: FillRate) -> dict[str, object]:
    names = ("source", "table", "column", "filled", "rows")
    return {**{name: getattr(rate, name) for name in names}, "share": round(rate.share, 4)}
