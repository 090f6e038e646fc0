# SPDX-License-Identifier: Apache-2.0
"""``exograph release``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from exograph.cli.session import Session, pass_session, readable, say, working

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from exograph.exchange.releasing.release import Former
    from exograph.model import Source
    from exograph.snapshot import Snapshot

_LEFT_OUT = {
    "en": "Left out, since no licence is known that lets them be handed on: {}.",
    "zh": "以下导入数据未注明允许再分发的许可，未包含在内：{}。",
}


@click.command()
@click.argument("out", metavar="DIR")
@click.option(
    "--previous",
    metavar="DIR",
    help="A release, or a snapshot as for `diff`, to tell the changes against.",
)
@click.option(
    "--date",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Of the release.  [default: that of the newest source]",
)
@click.option("--replace", is_flag=True, help="In place of an older release in DIR.")
@pass_session
def command(
    session: Session, *, out: str, previous: str | None, date: datetime | None, replace: bool
) -> None:
    """Write a release of the data into DIR: to be archived, cited and built upon.

    It holds the knowledge base as RDF, KGX, JSON-LD and tables, the ontology, the shipped
    questions, a page for each paper, a description for catalogues, licences, a data sheet, and
    SHA256SUMS over all of it. Imports are left out unless their licence lets them be handed on.
    Equal tables give equal bytes. Prints where it is; docs/releasing.md tells more.
    """
    from pathlib import Path

    from exograph import __version__
    from exograph.exchange.citing import Edition, date_of
    from exograph.exchange.content import Content
    from exograph.exchange.releasing.files import files
    from exograph.exchange.releasing.placing import check, put
    from exograph.exchange.releasing.release import Release
    from exograph.views.papers import papers

    if not out or previous == "":
        raise click.UsageError("DIR or --previous is empty; each needs a folder.")
    place = Path(out)
    check(place.absolute().resolve(), replacing=replace)
    former = _former(session, previous) if previous else None
    with _parts(session) as (curated, whole, left_out):
        day = date.strftime("%Y-%m-%d") if date else date_of(curated.kb.sources)
        release = Release(
            Edition(__version__, whole.key, day),
            Content.of(curated),
            Content.of(whole),
            curated.arrays,
            session.ontology,
            session.graphs / "queries",
            papers,
            tuple(left_out),
            former,
        )
        with working("Writing the release"):
            made = put(files(release), place, replacing=replace)
    click.echo(readable(made))
    if left_out:
        say(_LEFT_OUT[session.lang].format(", ".join(s.id for s in left_out)))


@contextmanager
def _parts(session: Session) -> Iterator[tuple[Snapshot, Snapshot, list[Source]]]:
    """What the tables hold; that and the imports that may be handed on; the other imports.

    Without imports it is the snapshot in use, else snapshots that live as long as the block.
    """
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from exograph.exchange.licences import IRIS

    used = session.snapshot
    used.prove("kb.nq")
    imported = used.manifest["imports"]
    if not imported:
        yield used, used, []
        return
    sources = used.kb.sources
    tables = [s.id for s in sources if s.id not in imported]
    free = [s.id for s in sources if s.id in imported and s.licence in IRIS]
    left_out = [s for s in sources if s.id in imported and s.id not in free]
    with TemporaryDirectory() as folder:
        curated = _built(session, Path(folder) / "curated", tables, [])
        whole = _built(session, Path(folder) / "whole", tables, free) if free else curated
        yield curated, whole, left_out


def _built(session: Session, home: Path, tables: Sequence[str], free: Sequence[str]) -> Snapshot:
    """A snapshot of some tables and imports in a home of its own."""
    import shutil

    from exograph.errors import InputError
    from exograph.snapshot import build
    from exograph.snapshot.imported import imports

    if not tables:
        cure = "Build the knowledge base with its tables: exograph build."
        raise InputError("X304", "The snapshot in use is made of imports alone.", cure)
    for each in imports(session.snapshot.path.parents[1]):
        if each.name in free:
            shutil.copytree(each.folder, home / "imports" / each.folder.name)
            shutil.copy(each.path, home / "imports")
    with working("Building what may be handed on"):
        return build(session.graphs, session.ontology, home, only=[*tables, *free])


def _former(session: Session, name: str) -> Former:
    """Raises InputError X309 if the name is that of no release and of no snapshot."""
    from pathlib import Path

    from exograph.cli.diff import snapshot_named
    from exograph.errors import InputError
    from exograph.exchange.citing import Edition, date_of
    from exograph.exchange.releasing.placing import former
    from exograph.exchange.releasing.release import RECORD, Former

    if (Path(name) / RECORD).is_file():
        return former(Path(name))
    try:
        found = snapshot_named(session, name)
    except InputError:
        cure = "Name the folder of a release, or a snapshot as for `exograph diff`."
        message = f"{readable(name)!r} is no release and no snapshot."
        raise InputError("X309", message, cure) from None
    if found.manifest["imports"]:
        cure = "Name a release, or a snapshot of tables alone."
        raise InputError("X309", f"The snapshot {found.key} holds imports.", cure)
    edition = Edition(found.manifest["version"], found.key, date_of(found.kb.sources))
    return Former(edition, found.stored)
