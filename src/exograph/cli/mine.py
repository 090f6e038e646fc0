# SPDX-License-Identifier: Apache-2.0
"""``exograph mine``."""

from __future__ import annotations

import click

from exograph.cli.session import as_name, readable, working


def _size(ctx: click.Context, param: click.Parameter, value: str) -> str:
    import re

    if not re.fullmatch(r"[1-9][0-9]{0,5}[mgMG]", value):
        raise click.BadParameter("Write it as 512m or 4g.")
    return value


@click.command()
@click.argument("edges", metavar="EDGES")
@click.argument("start", metavar="START", type=as_name)
@click.argument("end", metavar="END", type=as_name)
@click.argument("out", metavar="OUT")
@click.option("--not", "avoid", type=as_name, multiple=True, metavar="X", help="Never through X.")
@click.option(
    "--sign",
    type=click.Choice(["+", "-", "?", "any"]),
    default="any",
    show_default=True,
    help="Of the whole route; ? where a step on it has no direction.",
)
@click.option(
    "--max-steps",
    type=click.IntRange(1, 20),
    default=8,
    show_default=True,
    help="In the longest route.",
)
@click.option("--tsv", is_flag=True, help="Write tables with tabs instead of Parquet.")
@click.option(
    "--cores",
    type=click.IntRange(1),
    help="Of this machine.  [default: all; spark-submit has its own]",
)
@click.option(
    "--memory",
    callback=_size,
    default="4g",
    show_default=True,
    help="For Spark on this machine; spark-submit has its own.",
)
@click.option(
    "--checkpoints",
    metavar="DIR",
    help="Keep what is found on the way here, so that a lost machine costs one step.",
)
def command(
    *,
    edges: str,
    start: str,
    end: str,
    out: str,
    avoid: tuple[str, ...],
    sign: str,
    max_steps: int,
    tsv: bool,
    cores: int | None,
    memory: str,
    checkpoints: str | None,
) -> None:
    """Find the best route of each sign for all pairs at once, on Apache Spark.

    EDGES is a folder that `exograph export EDGES --format parquet` wrote. START, END and X are ids,
    or type:X for all of a kind or role; X may also be predicate:P. OUT is a new folder of Parquet:
    for each start, end and sign (+, -, ?) the cheapest path, as `exograph paths` costs it.

    Needs pip install 'exograph[spark]' and Java 17. docs/spark.md tells how it grows.
    """
    for name, path in (("EDGES", edges), ("OUT", out), ("--checkpoints", checkpoints)):
        if path == "":
            raise click.UsageError(f"{name} is empty; it needs a folder.")
    from exograph.spark.session import in_words, session

    _free(out)
    here = session("*" if cores is None else str(cores), memory)
    with working("Mining routes"), here as spark:
        from exograph.spark.asked import Asked
        from exograph.spark.graph import opened
        from exograph.spark.routes import routes, written

        asked = Asked((start,), (end,), max_steps, sign, tuple(avoid))
        with in_words():
            if checkpoints is not None:
                spark.sparkContext.setCheckpointDir(checkpoints)
            found = routes(opened(spark, edges), asked, checkpoints=checkpoints is not None)
            written(found, out, tsv=tsv)
    click.echo(readable(out))


def _free(out: str) -> None:
    """Refuses a folder that is there, before hours of work; Spark looks at those of clusters."""
    from pathlib import Path

    from exograph.errors import InputError

    if "://" not in out and Path(out).exists():
        raise InputError("X303", f"{readable(out)} is there already.", "Name a new folder.")
