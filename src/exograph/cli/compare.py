# SPDX-License-Identifier: Apache-2.0
"""``exograph compare``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from exograph.cli.ends import entity, named
from exograph.cli.filtering import filters, of_sign, question
from exograph.cli.session import Session, as_json, as_name, emit, pass_session, say

if TYPE_CHECKING:
    from exograph.model import KnowledgeBase
    from exograph.paths.compare import Comparison, Comparisons, Way

    Marked = list[tuple[str, Way]]

_WORDS = {
    "shared": ("Both have", "两者皆有"),
    "opposite": (
        "The same entities, the opposite direction (contexts may explain it: exograph conflicts)",
        "实体相同，方向相反（背景可能不同，见 exograph conflicts）",
    ),
    "unlike": ("The same entities, a direction given by one only", "实体相同，仅一方说明方向"),
    "only": ("Only {} ({}) has", "仅 {}（{}）有"),
    "only_found": ("Among the routes found, only {} ({}) has", "在已找到的路径中，仅 {}（{}）有"),
    "counts": (
        "{shared} shared, {opposed} with other signs, {only_a} only A, {only_b} only B",
        "共有 {shared} 条，方向不同 {opposed} 条，仅 A {only_a} 条，仅 B {only_b} 条",
    ),
    "also_by": ("; also by {}", "；也经由 {}"),
    "so_far": ("so far ", "目前"),
    "incomplete": (
        "The search is not complete: there may be more routes, and what is here of one only may be "
        "shared.",
        "搜索未完成：可能还有其他路径，此处仅一方有的路径也可能为两者共有。",
    ),
    "more": ("… and {} more (--top)", "… 另有 {} 条（--top）"),
    "neither": ("Neither reaches", "两者均未到达"),
    "none_found": ("Nothing found before the search ended", "搜索结束前未找到路径"),
    "nothing": ("Neither of the two reaches an end.", "两者均未到达任何终点。"),
    "unfinished": (
        "The search was cut short; --timeout allows more time.",
        "搜索提前停止；可用 --timeout 延长时间。",
    ),
}


@click.command()
@click.argument("a", type=as_name)
@click.argument("b", type=as_name)
@click.option(
    "--to",
    "ends",
    type=as_name,
    multiple=True,
    metavar="END",
    help="An entity or type:X to reach; by default every phase of healing.",
)
@of_sign
@filters
@click.option(
    "--top",
    type=click.IntRange(1, 1000),
    default=10,
    show_default=True,
    help="So many routes of each group; the numbers count all.",
)
@as_json
@pass_session
def command(
    session: Session, /, *, a: str, b: str, ends: tuple[str, ...], as_json: bool, **asked: Any
) -> None:
    """Compare the sources A and B: which routes both have, and which only one.

    A and B are cell sources, vesicles or other entities (id, label, synonym or identifier). Two
    routes are the same if they agree after the source and its own vesicle, in the entities passed
    and in the sign of each step.
    """
    from exograph.paths.analyses import comparison_json
    from exograph.paths.compare import compare

    kb = session.kb
    sources = [entity(kb, name) for name in (a, b)]
    to = [named(kb, end) for end in ends]
    query = question(sources, to or ["type:HealingPhase"], **asked)
    found = compare(kb, session.snapshot.arrays, query)
    if as_json:
        emit(comparison_json(found, kb))
    else:
        click.echo("\n".join(_lines(kb, found, session.lang)))
    if not all(one.complete for one in found.ends):
        say(_word("unfinished", session.lang))
    elif not any(one.paths_a or one.paths_b for one in found.ends):
        say(_word("nothing", session.lang))


def _lines(kb: KnowledgeBase, found: Comparisons, lang: str) -> Iterator[str]:
    from exograph.cli.layout import line_width, wrapped
    from exograph.cli.routes import in_one_line
    from exograph.paths.phrases import label

    columns = line_width()
    colon, comma = ("：", "、") if lang == "zh" else (": ", ", ")
    names = [label(kb, id, lang) for id in (found.a, found.b)]
    for mark, name in zip("AB", names, strict=True):
        yield from wrapped(f"{mark}{colon}{name}", "", columns)
    idle: dict[str, list[str]] = {"neither": [], "none_found": []}
    for one in found.ends:
        end = label(kb, one.end, lang)
        if not (one.paths_a or one.paths_b):
            idle["neither" if one.complete else "none_found"].append(end)
            continue
        yield ""
        yield from wrapped(f"{end}{colon}{_counts(one, lang)}", "", columns)
        if not one.complete:
            yield from wrapped(_word("incomplete", lang), "  ", columns)
        for title, routes in _groups(one, names, lang):
            yield from wrapped(f"{title}{colon.rstrip()}", "  ", columns)
            for route in routes[: found.query.top]:
                for mark, way in route:
                    text = f"{mark} {in_one_line(way.path, kb, lang)}"
                    if way.also_by:
                        others = comma.join(label(kb, id, lang) for id in way.also_by)
                        text += _word("also_by", lang).format(others)
                    yield from wrapped(text, "    ", columns, "      ")
            if more := len(routes[found.query.top :]):
                yield f"    {_word('more', lang).format(more)}"
    for key, ends in idle.items():
        if ends:
            yield ""
            yield from wrapped(f"{_word(key, lang)}{colon}{comma.join(ends)}", "", columns, "  ")


def _counts(one: Comparison, lang: str) -> str:
    groups = ("shared", "opposed", "only_a", "only_b")
    text = _word("counts", lang).format(**{name: len(getattr(one, name)) for name in groups})
    return text if one.complete else f"{_word('so_far', lang)}{text}"


def _groups(one: Comparison, names: Sequence[str], lang: str) -> Iterator[tuple[str, list[Marked]]]:
    """The groups that hold a route: a title, and for each route its paths with whose they are."""
    opposite: dict[bool, list[Marked]] = {True: [], False: []}
    for each in one.opposed:
        marked = [("A", way) for way in each.a] + [("B", way) for way in each.b]
        opposite[each.opposite].append(marked)
    only = _word("only" if one.complete else "only_found", lang)
    groups = (
        (_word("shared", lang), [[("A", both.a), ("B", both.b)] for both in one.shared]),
        (_word("opposite", lang), opposite[True]),
        (_word("unlike", lang), opposite[False]),
        (only.format("A", names[0]), [[("A", way)] for way in one.only_a]),
        (only.format("B", names[1]), [[("B", way)] for way in one.only_b]),
    )
    return ((title, routes) for title, routes in groups if routes)


def _word(key: str, lang: str) -> str:
    return _WORDS[key][lang == "zh"]
