# SPDX-License-Identifier: Apache-2.0
"""``exograph cite``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from exograph.cli.session import Session, as_json, as_name, emit, pass_session, say

if TYPE_CHECKING:
    from exograph.exchange.citing import Edition, Thing, Work

_NO_PAPER = {
    "en": "No paper is known for it: cite the knowledge base.",
    "zh": "没有已知的文献：请引用本知识库。",
}


@click.command()
@click.argument("names", type=as_name, nargs=-1, metavar="[NAME]...")
@click.option("--path", "is_path", is_flag=True, help="NAMEs are the START and END of a path.")
@click.option(
    "--rank",
    type=click.IntRange(1, 1000),
    help="Which of these paths, as `exograph paths` lists them.  [default: 1]",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "bibtex", "ris", "csl-json"]),
    default="text",
    show_default=True,
    help="What is printed.",
)
@as_json
@pass_session
def command(
    session: Session,
    *,
    names: tuple[str, ...],
    is_path: bool,
    rank: int | None,
    form: str,
    as_json: bool,
) -> None:
    """Cite the knowledge base, or what stands behind a part of it.

    Without NAME the knowledge base itself, with version, date and the key of its snapshot. NAME is
    a reference (the paper), a claim (the knowledge base, and the papers of its statements), or an
    entity (the papers of all that is said of it), as for `exograph show`. Several are cited
    together. A path is its claims: give their ids; or --path START END, which leaves out papers on
    other tissues and retracted ones, as `exograph paths` does.
    """
    from exograph.exchange.citing import works

    if is_path and len(names) != 2:
        raise click.UsageError("--path takes a START and an END.")
    if rank is not None and not is_path:
        raise click.UsageError("--rank goes with --path.")
    things = _path(session, names, rank or 1) if is_path else _things(session, names)
    found = works(session.kb, _edition(session), things)
    if as_json:
        emit({"works": [_told(work) for work in found]})
        return
    click.echo("\n".join(_lines(found, form, session.lang)))
    if things and not any(work.references for work in found):
        say(_NO_PAPER[session.lang])


def _edition(session: Session) -> Edition:
    from exograph.exchange.citing import Edition, date_of

    manifest = session.snapshot.manifest
    return Edition(manifest["version"], session.snapshot.key, date_of(session.kb.sources))


def _things(session: Session, names: Sequence[str]) -> list[Thing]:
    from exograph.views import documents

    return list(dict.fromkeys(documents.find(session.kb, name) for name in names))


def _path(session: Session, ends: Sequence[str], rank: int) -> list[Thing]:
    """The claims of a path, each with the statements that it rests on. Raises InputError."""
    from dataclasses import replace

    from exograph.cli.ends import named
    from exograph.errors import InputError
    from exograph.paths import PathQuery, find
    from exograph.paths.phrases import supporting

    kb = session.kb
    start, end = (named(kb, name) for name in ends)
    query = PathQuery((start,), (end,), top=rank)
    found = find(kb, session.snapshot.arrays, query).paths
    if len(found) < rank:
        many = {0: "is no path", 1: "is only one path"}.get(len(found), f"are {len(found)} paths")
        cure = "`exograph paths` lists them."
        raise InputError("P141", f"There {many} from {ends[0]} to {ends[1]}.", cure)
    claims = (step.claim for step in found[-1].steps)
    return [replace(claim, statements=tuple(supporting(claim))) for claim in claims]


def _lines(found: Sequence[Work], form: str, lang: str) -> Iterator[str]:
    from exograph.cli.layout import line_width, wrapped
    from exograph.exchange.citing_forms import FORMS, text

    if form != "text":
        yield FORMS[form](found).rstrip("\n")
        return
    for number, work in enumerate(found):
        if number:
            yield ""
        yield from wrapped(text(work, lang), "", line_width(), "  ")


def _told(work: Work) -> dict[str, Any]:
    from exograph.exchange.citing_forms import bibtex, csl, text

    return {
        "key": work.key,
        "kind": work.kind,
        "references": list(work.references),
        "notice": work.notice,
        "text_en": text(work, "en"),
        "text_zh": text(work, "zh"),
        "bibtex": bibtex([work]),
        "csl": csl([work])[0],
    }
