# SPDX-License-Identifier: Apache-2.0
"""``exograph stats``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from exograph.cli.session import Session, as_json, emit, pass_session

if TYPE_CHECKING:
    from exograph.kb import FillRate
    from exograph.tables import Tables


@click.command()
@click.option("--fill", is_flag=True, help="Also how full each column of the tables is.")
@click.option("--identifiers", is_flag=True, help="Also which entities have outside identifiers.")
@as_json
@pass_session
def command(session: Session, *, fill: bool, identifiers: bool, as_json: bool) -> None:
    """Count what the knowledge base holds: in all, and by its parts.

    With --identifiers also, by type, how many entities have an exact match in another database, or
    a close one only; and for which of the others the files of these databases were searched, with
    the reason why no term was taken.
    """
    from exograph.kb import fill_rates

    counts = session.snapshot.manifest["counts"]
    tables = _tables(session) if fill or identifiers else []
    rates = fill_rates(tables) if fill else ()
    if as_json:
        filled = {"fill": [_record(rate) for rate in rates]} if fill else {}
        emit({**counts, **filled, **({"identifiers": _identifiers(tables)} if identifiers else {})})
        return
    click.echo("\n".join(_lines(counts, session.lang)))
    if fill:
        from exograph.cli.layout import table

        rows = [
            (f"{r.source}/{r.table}", r.column, f"{r.share:.0%}", f"{r.filled}/{r.rows}")
            for r in rates
        ]
        click.echo("\n" + table(rows, right=(2, 3)))

    if identifiers:
        click.echo("\n" + _told(_identifiers(tables), session.lang))


def _identifiers(tables: list[Tables]) -> dict[str, Any]:
    from exograph.kb import identified, untaken

    types = identified(tables)
    missing = untaken(tables)
    taken = sum(t.exact + t.close for t in types)
    held = taken + sum(u.held for u in missing)
    return {
        "entities": sum(t.entities for t in types),
        "identified": taken,
        "held": held,
        "share_of_held": round(taken / held, 4) if held else None,
        "by_type": [
            {
                **{n: getattr(t, n) for n in ("type", "entities", "exact", "close")},
                "share": round(t.share, 4),
            }
            for t in types
        ],
        "not_taken": [{"entity": u.entity, "held": u.held, "reason": u.reason} for u in missing],
    }


_IDENTIFIED = {
    "en": "identifiers: {identified} of {entities} entities have one; the files of other databases "
    "hold one of the name for {held} ({share}).",
    "zh": "标识符：{entities} 个实体中有 {identified} 个；其他数据库的文件中有同名术语的实体 "
    "{held} 个（{share}）。",
}
_EXACT = {"en": ("exact", "close only"), "zh": ("精确匹配", "仅近似匹配")}
_NOT_HELD = {"en": "not in the files", "zh": "文件中没有"}


def _told(found: dict[str, Any], lang: str) -> str:
    from exograph import vocab
    from exograph.cli.layout import table

    share = f"{found['share_of_held']:.1%}" if found["held"] else "–"
    exact, close = _EXACT[lang]
    rows = [
        (
            f"  {vocab.label(t['type'], lang)}",
            f"{t['share']:.0%}",
            f"{t['exact']} {exact}",
            f"{t['close']} {close}",
            f"/{t['entities']}",
        )
        for t in found["by_type"]
    ]
    parts = [_IDENTIFIED[lang].format(**found, share=share), table(rows, right=(1, 2, 3))]
    for one in found["not_taken"]:
        absent = "" if one["held"] else f" [{_NOT_HELD[lang]}]"
        parts.append(f"  {one['entity']}{absent}: {one['reason']}")
    return "\n".join(parts)


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
                comma, colon = ("，", "：") if lang == "zh" else (", ", ": ")
                shown = comma.join(f"{_named(field, key, lang)} {n:,}" for key, n in most)
                yield from wrapped(f"{title}{colon}{shown}", "  ", line_width(), "    ")


def _named(field: str, key: str, lang: str) -> str:
    """A part by its label, where it has one: a kind, a predicate, a basis and so on."""
    from exograph import vocab
    from exograph.cli.words import section, word

    if field in ("type", "predicate"):
        return vocab.label(key, lang)
    if field == "section":
        return section(key, lang) if lang == "zh" else key
    bare = field == "source" or (field == "grade" and key != "none")  # ids, and letters
    return key if bare else word(f"{field}.{key}", lang)


def _tables(session: Session) -> list[Tables]:
    from exograph.snapshot.inputs import inputs_of
    from exograph.tables import read_source

    folders, _ = inputs_of(session.graphs, session.home, session.snapshot.manifest["only"])
    read = [read_source(folder)[0] for folder in folders]
    return [tables for tables in read if tables is not None]


def _record(rate: FillRate) -> dict[str, object]:
    names = ("source", "table", "column", "filled", "rows")
    return {**{name: getattr(rate, name) for name in names}, "share": round(rate.share, 4)}
