# SPDX-License-Identifier: Apache-2.0
"""``exograph paths``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from exograph.cli.ends import entity, kind, named
from exograph.cli.session import (
    Session,
    as_json,
    as_name,
    as_utf8,
    emit,
    finite,
    pass_session,
    readable,
    say,
)

if TYPE_CHECKING:
    from exograph.model import KnowledgeBase
    from exograph.paths import PathResult, Weights


LONGEST = 8 * 1024
"""Bytes of a file of weights; the whole table takes two thousand."""

_MARKS = ("type", "predicate")
"""What --via and --not name beside entities."""

_NAME_IT = "Name a file such as docs/weights.toml."


@click.command()
@click.argument("ends", type=as_name, nargs=-1, metavar="[START] [END]")
@click.option(
    "--from-type", type=as_name, metavar="TYPE", help="Start at any entity of this kind or role."
)
@click.option(
    "--to-type", type=as_name, metavar="TYPE", help="End at any entity of this kind or role."
)
@click.option(
    "--pattern",
    type=as_name,
    metavar="X,Y,…",
    help="Kind or role of each entity of the path, * for any: Source,Vesicle,Cargo,*,HealingPhase.",
)
@click.option("--via", type=as_name, multiple=True, metavar="X", help="Only through X; up to four.")
@click.option("--not", "avoid", type=as_name, multiple=True, metavar="X", help="Never through X.")
@click.option(
    "--sign",
    type=click.Choice(["+", "-", "?", "any"]),
    default="any",
    show_default=True,
    help="Of the whole path; ? where a step on it has no direction.",
)
@click.option(
    "--context", type=as_utf8, multiple=True, metavar="KEY=VALUE", help="Such as organism=rat."
)
@click.option("--strict-context", is_flag=True, help="Drop statements that give no such context.")
@click.option("--stated-only", is_flag=True, help="Only what the text says in so many words.")
@click.option("--no-inferred", is_flag=True, help="Drop what the curator inferred.")
@click.option(
    "--source",
    "sources",
    type=as_name,
    multiple=True,
    metavar="NAME",
    help="Only what this source of tables says.",
)
@click.option(
    "--reference",
    "references",
    type=as_name,
    multiple=True,
    metavar="ID",
    help="Only what this reference says, such as review-38.",
)
@click.option(
    "--evidence",
    "evidence_kinds",
    type=as_name,
    multiple=True,
    metavar="KIND",
    help="Only from this kind of evidence, such as in_vivo.",
)
@click.option(
    "--any-tissue", is_flag=True, help="Count what was shown in other tissues than skin, too."
)
@click.option("--with-retracted", is_flag=True, help="Count retracted papers, too.")
@click.option("--told", is_flag=True, help="Only paths that one paper tells as one story.")
@click.option("--coherent", is_flag=True, help="Only paths whose effects one paper supports.")
@click.option(
    "--max-steps",
    type=click.IntRange(1, 20),
    show_default="8",
    help="In the longest path.",
)
@click.option(
    "--top", type=click.IntRange(1, 1000), default=10, show_default=True, help="So many paths."
)
@click.option("--no-fold", is_flag=True, help="List shortcuts of finer paths, too.")
@click.option(
    "--weights",
    metavar="FILE",
    help="Other weights for the costs: a TOML file such as docs/weights.toml.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 86400),
    callback=finite,
    default=30.0,
    show_default=True,
    help="Seconds.",
)
@click.option("--html", metavar="FILE", help="Also write the page, with these paths marked.")
@as_json
@pass_session
def command(
    session: Session,
    *,
    ends: tuple[str, ...],
    from_type: str | None,
    to_type: str | None,
    pattern: str | None,
    via: tuple[str, ...],
    avoid: tuple[str, ...],
    sign: str,
    context: tuple[str, ...],
    strict_context: bool,
    stated_only: bool,
    no_inferred: bool,
    sources: tuple[str, ...],
    references: tuple[str, ...],
    evidence_kinds: tuple[str, ...],
    any_tissue: bool,
    with_retracted: bool,
    told: bool,
    coherent: bool,
    max_steps: int | None,
    top: int,
    no_fold: bool,
    weights: str | None,
    timeout: float,
    html: str | None,
    as_json: bool,
) -> None:
    """Find the mechanism paths from START to END, best first, with the sign of each.

    START and END are entities (id, label, synonym or identifier) or type:X, X a kind or one of the
    roles Source, Cargo, Target, Marker. With --from-type START is left out, with --to-type END; a
    --pattern stands for both. What --via and --not name is an entity, type:X, or predicate:P.
    """
    from dataclasses import replace

    from exograph.paths import WEIGHTS, PathQuery, find
    from exograph.paths.query import MAX_VIA

    layers = _layers(pattern)
    asked = _ends(ends, from_type, to_type, layers)
    pairs = [_pair(item) for item in context]
    for name, file in (("html", html), ("weights", weights)):
        if file == "":
            raise click.UsageError(f"--{name} is empty; it needs a file.")
    if strict_context and not pairs:
        raise click.UsageError("--strict-context goes with a --context.")
    if len(set(via)) > MAX_VIA:
        raise click.UsageError(f"--via can be given {MAX_VIA} times, not {len(set(via))}.")
    table = WEIGHTS if weights is None else _weights(weights)
    kb = session.kb
    start, end = (named(kb, name) for name in asked)
    passed, avoided = ([named(kb, name, _MARKS) for name in names] for names in (via, avoid))
    query = PathQuery(
        start=(start,),
        end=(end,),
        via=tuple(passed),
        avoid=tuple(avoided),
        sign=sign,
        context=tuple((field, entity(kb, value)) for field, value in pairs),
        strict_context=strict_context,
        stated_only=stated_only,
        no_inferred=no_inferred,
        told=told,
        coherent=coherent,
        max_steps=_steps(max_steps, layers),
        top=top,
        fold=not no_fold,
        timeout=timeout,
        sources=tuple(dict.fromkeys(sources)),
        references=tuple(dict.fromkeys(references)),
        evidence_kinds=tuple(dict.fromkeys(evidence_kinds)),
        layers=layers,
        any_tissue=any_tissue,
        with_retracted=with_retracted,
    )
    result = find(kb, session.snapshot.arrays, query, weights=table)
    if html is not None:
        _page(session, kb, result, html)
    if as_json:
        from exograph.paths import to_json

        emit(to_json(result, kb))
    elif result.paths:
        from exograph.cli.routes import lines

        click.echo("\n".join(lines(result, kb, session.lang)))
    _remark(result, session.lang)
    if result.complete and not result.paths and not layers:
        back = replace(query, start=query.end, end=query.start, top=1, timeout=min(timeout, 5.0))
        if find(kb, session.snapshot.arrays, back, weights=table).paths:
            say(_BACK[session.lang])


_BACK = {
    "en": "There is one the other way: START is what acts, END what it leads to.",
    "zh": "反方向有路径：START 为起因，END 为结果。",
}

_ENDINGS = {
    "none": ("There is no such path.", "没有这样的路径。"),
    "top": (
        "There are more paths; --top gives more of them.",
        "还有更多路径；可用 --top 列出更多。",
    ),
    "deadline": (
        "Time is up: there may be more paths. --timeout allows more.",
        "时间已到：可能还有其他路径。可用 --timeout 延长时间。",
    ),
    "limit": (
        "The search was cut short: there may be more paths. Narrow it with --via or --max-steps.",
        "搜索提前停止：可能还有其他路径。可用 --via 或 --max-steps 缩小范围。",
    ),
}


def _remark(result: PathResult, lang: str) -> None:
    """What the list alone does not tell: that it is empty, or not all there is."""
    known = [] if result.paths or not result.complete else ["none"]
    known += [result.stopped_by] if result.stopped_by else []
    for ending in known:
        say(_ENDINGS[ending][lang == "zh"])


def _layers(pattern: str | None) -> tuple[str, ...]:
    """The layers of a pattern, if there is one."""
    from exograph.paths.query import MAX_STEPS, layers_of

    if pattern is None:
        return ()
    layers = layers_of(pattern)
    if len(layers) < 2 or not all(layers):
        raise click.UsageError("--pattern names two or more layers: Source,Vesicle,*,HealingPhase.")
    if len(layers) > MAX_STEPS + 1:
        raise click.UsageError(f"--pattern names at most {MAX_STEPS + 1} layers.")
    return layers


def _steps(asked: int | None, layers: Sequence[str]) -> int:
    """The most steps: as asked, or as many as the pattern has, or eight."""
    if asked is not None and asked < len(layers) - 1:
        raise click.UsageError(f"The --pattern has {len(layers) - 1} steps, --max-steps {asked}.")
    return asked or max(8, len(layers) - 1)


def _ends(
    ends: Sequence[str], from_type: str | None, to_type: str | None, layers: Sequence[str]
) -> tuple[str, str]:
    given = list(ends)
    if layers and not given:
        from_type, to_type = from_type or layers[0], to_type or layers[-1]
        if "*" in (from_type, to_type):
            raise click.UsageError("A --pattern without START and END begins and ends with a kind.")
    if len(given) != (from_type is None) + (to_type is None):
        message = "Give a START and an END; --from-type and --to-type stand for one each."
        if len(given) > 2:
            message += " Put a name of several words in quotation marks."
        raise click.UsageError(message)
    start = f"type:{kind(from_type)}" if from_type is not None else given.pop(0)
    return start, f"type:{kind(to_type)}" if to_type is not None else given.pop(0)


def _weights(file: str) -> Weights:
    from pathlib import Path

    from exograph.cli.failures import PlacedError
    from exograph.errors import InputError
    from exograph.paths import read_weights

    with Path(file).open("rb") as opened:
        data = opened.read(LONGEST + 1)
    if len(data) > LONGEST:
        raise InputError("P122", f"{readable(file)} is too long for a table of weights.", _NAME_IT)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("P122", f"{readable(file)} is not UTF-8 text.", _NAME_IT) from None
    try:
        return read_weights(text)
    except InputError as error:
        line = _line_at_fault(text, error.message)
        raise PlacedError(error, f"{readable(file)}:{line}", error.message) from None


def _line_at_fault(text: str, message: str) -> int:
    """The line that a message about a table of weights means: it tells so, or names its weight."""
    if told := re.search(r"at line (\d+)", message):
        return int(told[1])
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        key = re.match(r"\s*\[?\s*([A-Za-z0-9_-]+)", line)
        if key and re.search(rf"weight \W?{re.escape(key[1])}\b", message):
            return number
    return max(len(lines), 1)


def _pair(item: str) -> tuple[str, str]:
    from exograph import vocab
    from exograph.kb.finding import quoted

    field, equals, value = item.partition("=")
    if not equals or not field or not value.strip():
        raise click.UsageError(
            f"--context {quoted(item)}: write it as KEY=VALUE, such as organism=rat."
        )
    if field not in vocab.CONTEXT_FIELDS:
        known = ", ".join(vocab.CONTEXT_FIELDS)
        raise click.UsageError(f"--context {quoted(item)}: the key is one of {known}.")
    return field, value


def _page(session: Session, kb: KnowledgeBase, result: PathResult, html: str) -> None:
    from pathlib import Path

    from exograph.cli.writing import write_whole
    from exograph.paths import sentences
    from exograph.views.html import page

    routes = [[step.claim.id for step in path.steps] for path in result.paths]
    captions = [{lang: sentences(path, kb, lang) for lang in ("en", "zh")} for path in result.paths]
    text = page(kb, highlight=routes, captions=captions, lang=session.lang)
    say(readable(write_whole(Path(html), text)))
