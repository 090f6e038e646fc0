# SPDX-License-Identifier: Apache-2.0
"""``exograph import``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from exograph.cli.session import Session, as_json, emit, pass_session, progress, readable, say

if TYPE_CHECKING:
    from exograph.exchange.incoming import Piece
    from exograph.exchange.kgx_in import What
    from exograph.exchange.report import Refuse
    from exograph.exchange.taking import Report
    from exograph.snapshot.imported import Import


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("--as", "name", metavar="NAME", help="What the source is called here.")
@click.option("--replace", is_flag=True, help="In place of the import of that name.")
@click.option("--format", "form", metavar="NAME", help="If the names of FILEs do not tell it.")
@click.option("--columns", metavar="FILE.toml", help="What the columns of a table of edges are.")
@click.option("--rejects", metavar="FILE.jsonl", help="Where what is refused is written.")
@click.option("--title", metavar="TEXT", help="Title of the source.  [default: NAME]")
@click.option("--licence", metavar="SPDX", default="not stated", help="Licence of the data.")
@click.option("--list", "listing", is_flag=True, help="List the imports instead.")
@click.option("--remove", metavar="NAME", help="Take an import away instead.")
@as_json
@pass_session
def command(
    session: Session,
    *,
    files: tuple[str, ...],
    name: str | None,
    replace: bool,
    form: str | None,
    columns: str | None,
    rejects: str | None,
    title: str | None,
    licence: str,
    listing: bool,
    remove: str | None,
    as_json: bool,
) -> None:
    """Take in nodes and edges of others as a source of its own.

    KGX is read, RDF, SSSOM, gene sets, pathways, and tables of edges; docs/importing.md tells what
    each format keeps. The format is what a FILE ends in, or --format NAME.

    What has no equal here is refused, counted and told; the rest is stored. A file that cannot be
    read refuses all. The knowledge base is built anew by the next command.
    """
    if sum((bool(files), listing, remove is not None)) != 1:
        raise click.UsageError("Give FILEs with --as NAME, or --list, or --remove NAME.")
    if listing:
        _list(session, as_json)
    elif remove is not None:
        _remove(session, remove, as_json)
    elif not name:
        raise click.UsageError("--as NAME is missing.")
    else:
        reading = (form, columns)
        _take(session, files, reading, name, replace, rejects, title or name, licence, as_json)


def _take(
    session: Session,
    files: tuple[str, ...],
    reading: tuple[str | None, str | None],
    name: str,
    replace: bool,
    rejects: str | None,
    title: str,
    licence: str,
    as_json: bool,
) -> None:
    from datetime import date
    from pathlib import Path

    from exograph.errors import InputError
    from exograph.exchange.opening import watched
    from exograph.exchange.reading import read
    from exograph.exchange.taking import SECTION, take
    from exograph.model import Source
    from exograph.snapshot.building import without
    from exograph.snapshot.homes import writable
    from exograph.snapshot.imported import check_name, imports, put
    from exograph.snapshot.inputs import source_folders
    from exograph.snapshot.lock import builder

    check_name(name, [folder.name for folder in source_folders(session.graphs)])
    home = writable(session.home, None)  # an import elsewhere would not be found again
    is_held = name in {each.name for each in imports(home)}
    if is_held and not replace:
        cure = "Give --replace, or another name."
        raise InputError("I303", f"There is an import {name!r} already.", cure)
    form, columns = reading
    mapping = Path(columns) if columns else None
    if is_held:  # what it held before is not known any more
        known, prefixes = without(session.graphs, session.ontology, home, name)
    else:
        known, prefixes = session.kb, session.snapshot.prefixes
    today = date.today().isoformat()
    source = Source(name, title, title, licence, today, "records", (SECTION,))

    def pieces(only: What) -> Iterator[Piece]:
        with progress(f"Reading {only}", sum(map(size, files))) as seen, watched(seen):
            for file in files:
                yield from read(Path(file), form, mapping, known, only)

    with rejecting(rejects) as refuse:
        rows, report = take(
            *(pieces, name, known, prefixes),
            source=source,
            refuse=refuse,
        )
    told = _told(name, files, report)
    if not report.stored_nodes and not report.stored_edges:
        _print(told, as_json)
        raise InputError("I304", "Nothing could be taken in.", "Mend what is named above.")
    with builder(home):
        put(home, name, rows, told)
    _print(told, as_json)


def size(file: str) -> int:
    """Bytes of a file, 0 if it is none: what is wrong with it is told when it is read."""
    from pathlib import Path

    try:
        return Path(file).stat().st_size
    except (OSError, ValueError):
        return 0


@contextmanager
def rejecting(path: str | None) -> Iterator[Refuse | None]:
    """What writes refused records to a file, which is put in place at the end."""
    from pathlib import Path

    from exograph.cli.writing import written

    if path is None:
        yield None
        return
    with written(Path(path)) as file:
        yield lambda reject: file.writelines((reject.line,))


def _told(name: str, files: tuple[str, ...], report: Report) -> dict[str, Any]:
    """What is said of an import, and kept with it."""

    def counted(counts: Any) -> list[dict[str, Any]]:
        return [
            {"kind": kind, "count": n, "examples": report.examples[kind]}
            for kind, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        ]

    return {
        "name": name,
        "files": [readable(file) for file in files],
        "nodes": {"read": report.nodes, "stored": report.stored_nodes},
        "edges": {"read": report.edges, "stored": report.stored_edges},
        "refused": counted(report.refused),
        "left_out": counted(report.left_out),
    }


def _print(told: dict[str, Any], as_json: bool) -> None:
    if as_json:
        emit(told)
        return
    for what in ("nodes", "edges"):
        read, stored = told[what]["read"], told[what]["stored"]
        click.echo(f"{what}: {read:,} read, {stored:,} stored, {read - stored:,} refused")
    for key, words in (("refused", "Refused"), ("left_out", "Stored, but without the field")):
        for kind in told[key]:
            click.echo(f"{words}: {kind['kind']} ({kind['count']:,})")
            for example in kind["examples"]:
                click.echo(f"  {example}")


def _list(session: Session, as_json: bool) -> None:
    from exograph.snapshot.imported import imports

    held: tuple[Import, ...] = imports(session.home)
    told = [
        {name: each.about[name] for name in ("name", "files", "nodes", "edges")} for each in held
    ]
    if as_json:
        emit({"imports": told})
        return
    if not held:
        say("There is no import.")
    for each in told:
        nodes, edges = each["nodes"]["stored"], each["edges"]["stored"]
        click.echo(
            f"{each['name']}: {nodes:,} nodes, {edges:,} edges of {', '.join(each['files'])}"
        )


def _remove(session: Session, name: str, as_json: bool) -> None:
    from exograph.snapshot.homes import writable
    from exograph.snapshot.imported import remove
    from exograph.snapshot.lock import builder

    home = writable(session.home, None)  # an import elsewhere would not be found again
    with builder(home):
        remove(home, name)
    if as_json:
        emit({"removed": name})
    else:
        click.echo(f"{name} is removed.")
