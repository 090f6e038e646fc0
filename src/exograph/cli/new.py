# SPDX-License-Identifier: Apache-2.0
"""``exograph new paper``."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

from exograph.cli.session import Session, as_json, emit, pass_session, readable, say
from exograph.errors import ChecksFailed, InputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_KNOWN = {
    "en": "{reference} of {source} has the same {by}. The new row has its study, {study}: both "
    "count as one paper.",
    "zh": "{source} 的 {reference} 有相同的 {by}。新行与它的 study 同为 {study}：算作同一篇论文。",
}
_NEXT = {
    "en": "Now `{} check --watch` names what is to be filled in; graphs/README.md tells how. "
    "Until it is, other commands refuse these tables; to undo it, delete what was written.",
    "zh": "接下来 `{} check --watch` 会指出需要填写的内容；方法见 graphs/README.md。"
    "填好之前，其他命令不接受这些表格；要撤销，请删除所写内容。",
}


class Twin(NamedTuple):
    """A reference to the same paper: where it stands, and the identifier that tells."""

    source: str
    reference: str
    study: str
    place: str
    by: str


@click.group(no_args_is_help=False)
def command() -> None:
    """Begin the tables of a paper.

    `exograph new paper NAME` prints what it wrote, with --json as one document.
    """


@command.command(short_help="Begin a folder of tables for a paper, or a row.")
@click.argument("name")
@click.option("--title", metavar="TEXT", default="", help="Its title, in English.")
@click.option("--doi", metavar="DOI", help="Bare or as a link.")
@click.option("--pmid", metavar="PMID", help="Its number in PubMed.")
@click.option("--pmcid", metavar="PMCID", help="Its number in PubMed Central.")
@click.option("--in", "source", metavar="SOURCE", help="Only a row, in the folder SOURCE.")
@click.option(
    "--quotes/--paraphrases",
    default=None,
    help="Whether its words may be quoted.  [default: --paraphrases]",
)
@as_json
@pass_session
def paper(
    session: Session,
    /,
    name: str,
    title: str,
    source: str | None,
    quotes: bool | None,
    as_json: bool,
    **identifiers: str | None,
) -> None:
    """Begin a folder of tables for a paper, or a row for it in a folder that is there.

    NAME is what the folder and the reference are called: lower-case letters, digits and hyphens.
    What you know of the paper is filled in, and `exograph check` names the rest. If another folder
    cites the paper already, both count as one study. Nothing is written over.
    """
    if source is not None and quotes is not None:
        raise click.UsageError("--quotes and --paraphrases are of a new folder, not of a row.")
    graphs = _own_folder(session)
    reference = {"id": _slug(name), "kind": "article", "title": _one_line(title)}
    for column, cell in identifiers.items():
        if cell is not None:
            reference |= {column: _bare(column, cell), "status": "identified"}
    twins = _twins(reference, source, graphs)
    if twins:
        reference["study"] = twins[0].study
    if source is None:
        written = _folder(session, graphs / name, reference, quotes=bool(quotes))
    else:
        written = _row(graphs / source, reference)
    paths = [readable(path) for path in written]
    if as_json:
        known = [{"source": t.source, "reference": t.reference, "by": t.by} for t in twins]
        study = reference.get("study")
        emit({"reference": name, "study": study, "known": known, "written": paths})
    else:
        for path in paths:
            click.echo(path)
    for twin in twins:
        told = {**twin._asdict(), "by": twin.by.upper(), "study": reference["study"]}
        say(_KNOWN[session.lang].format(**told))
    say(_NEXT[session.lang].format(_program(session)))


def _slug(name: str) -> str:
    from exograph.ids import SLUG

    if not SLUG.match(name):
        cure = "Use lower-case letters, digits and single hyphens, such as zhang2026-mir126."
        raise InputError("N101", f"{name!r} cannot be a name of a folder and an id.", cure)
    return name


def _one_line(title: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFC", " ".join(title.split()))


def _bare(column: str, cell: str) -> str:
    from exograph.checks.publications import bare

    found = bare(column, cell)
    if found is None:
        cure = "Copy it from the page of the paper, or leave it out."
        raise InputError("N103", f"{cell!r} is no {column.upper()}.", cure)
    return found


def _own_folder(session: Session) -> Path:
    """The folder of tables in use, if a user may write into it."""
    from importlib.resources import files

    graphs = session.graphs
    if not graphs.is_dir():
        cure = "Make it, or mend --graphs."
        raise InputError("N105", f"There is no folder {readable(graphs)}.", cure)
    if graphs.resolve().is_relative_to(str(files("exograph"))):
        raise InputError(
            "N105",
            "The tables in use came with the program; the next version would replace them.",
            f"Copy them (cp -r {readable(graphs)} graphs), and name yours: exograph --graphs graphs"
            " new paper …",
        )
    return graphs


def _twins(reference: Mapping[str, str], source: str | None, graphs: Path) -> list[Twin]:
    """References that cite the paper. Raises InputError if its name is taken, or it stands in the
    folder that it is to be added to."""
    import os

    from exograph.snapshot.inputs import source_folders
    from exograph.tables import find_sources, read_what_can_be

    name = reference["id"]
    if source is not None:
        source_folders(graphs, [source])
    elif os.path.lexists(graphs / name):
        cure = "Choose another name; --in adds a row to a folder that is there."
        raise InputError("N102", f"{readable(graphs / name)} is there already.", cure)
    twins = []
    for folder in find_sources(graphs):
        tables, _, _ = read_what_can_be(folder)
        for row in tables.rows["references"]:
            cells, place = row.cells, f"{row.file}:{row.line}"
            if cells["id"] == name:
                message = f"{place}: a reference is called {name!r} already."
                raise InputError("N102", message, "Choose another name.")
            for by in ("doi", "pmid", "pmcid"):
                if reference.get(by) and cells[by].lower() == reference[by].lower():
                    study = cells["study"] or cells["id"]
                    twins.append(Twin(folder.name, cells["id"], study, place, by))
                    break
    for twin in twins:
        if twin.source == source:
            message = f"{twin.place}: {twin.reference!r} has the same {twin.by.upper()}."
            raise InputError("N104", message, f"Add statements of {twin.reference!r}.")
    return twins


def _folder(
    session: Session, place: Path, reference: Mapping[str, str], *, quotes: bool
) -> list[Path]:
    """Writes a folder, whole or not at all; gives its files."""
    from datetime import date

    from exograph.exchange.packing import put
    from exograph.tables.skeleton import skeleton

    files = skeleton(
        reference,
        evidence="quotes" if quotes else "paraphrases",
        date=date.today().isoformat(),
        text_sha256=_sha256(session, reference["id"]) if quotes else "",
    )
    put(((file, [text.encode()]) for file, text in files.items()), place, single=False)
    return [place / file for file in files]


def _sha256(session: Session, name: str) -> str:
    """The digest of the text of a paper; empty if it is not among the texts."""
    import hashlib

    path = session.texts / f"{name}.txt" if session.texts else None
    return hashlib.sha256(path.read_bytes()).hexdigest() if path and path.is_file() else ""


def _row(folder: Path, reference: Mapping[str, str]) -> list[Path]:
    """Adds a row to the references of a folder. Raises ChecksFailed if they have faults of form."""
    from exograph.cli.writing import write_whole
    from exograph.tables import file_of
    from exograph.tables.reading import read_table
    from exograph.tables.skeleton import with_row

    path = folder / file_of("references")
    _, _, problems = read_table(path, "references")
    if problems:
        raise ChecksFailed(tuple(problems))
    write_whole(path, with_row(path.read_text(encoding="utf-8"), reference))
    return [path]


def _program(session: Session) -> str:
    """How the program is called for the same tables."""
    import shlex

    from exograph.snapshot import data_folder

    own = session.graphs != data_folder() / "graphs"
    return f"exograph --graphs {shlex.quote(readable(session.graphs))}" if own else "exograph"
