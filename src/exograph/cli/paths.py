# SPDX-License-Identifier: Apache-2.0
"""``exograph paths``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exograph import vocab
from exograph.cli.session import Session, as_json, emit, pass_session, say
from exograph.errors import InputError

if TYPE_CHECKING:
    from exograph.model import KnowledgeBase
    from exograph.paths import PathResult


@click.command()
@click.argument("ends", nargs=-1, metavar="[START] [END]")
@click.option("--from-type", metavar="TYPE", help="Start at any entity of this kind or role.")
@click.option("--to-type", metavar="TYPE", help="End at any entity of this kind or role.")
@click.option("--via", multiple=True, metavar="X", help="Only through X; at most four, any order.")
@click.option("--not", "avoid", multiple=True, metavar="X", help="Never through X.")
@click.option("--sign", type=click.Choice(["+", "-", "?", "any"]), default="any", show_default=True)
@click.option("--context", multiple=True, metavar="KEY=VALUE", help="Such as organism=rat.")
@click.option("--strict-context", is_flag=True, help="Drop statements that give no such context.")
@click.option("--stated-only", is_flag=True, help="Only what the text says in so many words.")
@click.option("--no-inferred", is_flag=True, help="Drop what the curator inferred.")
@click.option("--told", is_flag=True, help="Only paths that one paper tells as one story.")
@click.option("--coherent", is_flag=True, help="Only paths whose effects one paper supports.")
@click.option("--max-steps", type=click.IntRange(0, 10000), default=8, show_default=True)
@click.option("--top", type=click.IntRange(1, 10000), default=10, show_default=True)
@click.option("--no-fold", is_flag=True, help="List shortcuts of finer paths, too.")
@click.option("--timeout", type=click.FloatRange(0.1, 86400), default=30.0, show_default=True)
@click.option("--html", metavar="FILE", help="Also write the page, with these paths marked.")
@as_json
@pass_session
def command(
    session: Session,
    ends: tuple[str, ...],
    from_type: str | None,
    to_type: str | None,
    via: tuple[str, ...],
    avoid: tuple[str, ...],
    sign: str,
    context: tuple[str, ...],
    strict_context: bool,
    stated_only: bool,
    no_inferred: bool,
    told: bool,
    coherent: bool,
    max_steps: int,
    top: int,
    no_fold: bool,
    timeout: float,
    html: str | None,
    as_json: bool,
) -> None:
    """Find the mechanism paths from START to END, best first, with the sign of each.

    START and END are entities (id, label, synonym or identifier) or type:X, X a kind or one of the
    roles Source, Cargo, Target, Marker.
    """
    from exograph.paths import PathQuery, find, to_json

    kb = session.kb
    start, end = _ends(kb, ends, from_type, to_type)
    query = PathQuery(
        start=start,
        end=end,
        via=_entities(kb, via),
        avoid=_entities(kb, avoid),
        sign=sign,
        context=tuple(_context(kb, item) for item in context),
        strict_context=strict_context,
        stated_only=stated_only,
        no_inferred=no_inferred,
        told=told,
        coherent=coherent,
        max_steps=max_steps,
        top=top,
        fold=not no_fold,
        timeout=timeout,
    )
    result = find(kb, session.snapshot.arrays, query)
    if as_json:
        emit(to_json(result, kb))
    else:
        _print(session, kb, result)
    if not result.paths:
        say(_NONE[session.lang])
    if result.stopped_by in ("deadline", "limit"):
        say(_STOPPED[session.lang].format(result.stopped_by))
    if html is not None:
        say(str(_page(session, kb, result, html)))


_NONE = {"en": "No such path.", "zh": "没有这样的路径。"}
_STOPPED = {
    "en": "Stopped by the {}: there may be more paths.",
    "zh": "搜索因{}而停止：可能还有其他路径。",
}


def _ends(
    kb: KnowledgeBase, ends: Sequence[str], from_type: str | None, to_type: str | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    given = list(ends)
    wanted = (from_type is None) + (to_type is None)
    if len(given) != wanted:
        raise click.UsageError(
            "Give a START and an END; --from-type and --to-type stand for one each."
        )
    start = f"type:{from_type}" if from_type is not None else given.pop(0)
    end = f"type:{to_type}" if to_type is not None else given.pop(0)
    return (_end(kb, start),), (_end(kb, end),)


def _end(kb: KnowledgeBase, name: str) -> str:
    from exograph.kb import resolve

    if name.startswith("type:"):
        return name
    return resolve(kb, name).id


def _entities(kb: KnowledgeBase, names: Sequence[str]) -> tuple[str, ...]:
    from exograph.kb import resolve

    return tuple(resolve(kb, name).id for name in names)


def _context(kb: KnowledgeBase, item: str) -> tuple[str, str]:
    from exograph.kb import resolve

    key, equals, value = item.partition("=")
    if not equals or key not in vocab.CONTEXT_FIELDS:
        raise InputError(
            "E004",
            f"{item!r} is no context.",
            f"Write KEY=VALUE with one of {', '.join(vocab.CONTEXT_FIELDS)}.",
            tuple(field for field in vocab.CONTEXT_FIELDS if field[:2] == key[:2]),
        )
    return key, resolve(kb, value).id


def _print(session: Session, kb: KnowledgeBase, result: PathResult) -> None:
    from exograph.paths import explain

    for rank, path in enumerate(result.paths, 1):
        parts = ", ".join(f"{name} {value:.2f}" for name, value in path.cost_parts.items())
        names = [session.label(kb.entity[path.steps[0].tail])]
        names += [session.label(kb.entity[step.head]) for step in path.steps]
        click.echo(f"{rank}. [{path.sign}] {' → '.join(names)}")
        click.echo(_indented(explain.sentences(path, kb, session.lang)))
        click.echo(f"   {path.telling} · {path.cost:.2f} ({parts})\n")


def _indented(text: str) -> str:
    return "\n".join(f"   {line}" for line in text.splitlines())


def _page(session: Session, kb: KnowledgeBase, result: PathResult, html: str) -> Path:
    from exograph.cli.writing import write_whole
    from exograph.views.html import page

    highlight = [[step.claim.id for step in path.steps] for path in result.paths]
    return write_whole(Path(html), page(kb, highlight=highlight, lang=session.lang))
