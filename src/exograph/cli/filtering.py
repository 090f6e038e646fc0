# SPDX-License-Identifier: Apache-2.0
"""The filters that the analyses of paths share, as options, and as a question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from exograph.cli.session import as_name, finite

if TYPE_CHECKING:
    from exograph.paths import PathQuery

Command = TypeVar("Command", bound=Callable[..., Any])

of_sign = click.option(
    "--sign",
    type=click.Choice(["+", "-", "?", "any"]),
    default="any",
    show_default=True,
    help="Only routes of this sign; ? where a step has no direction.",
)

_FILTERS = (
    click.option("--stated-only", is_flag=True, help="Only what the text says in so many words."),
    click.option("--no-inferred", is_flag=True, help="Drop what the curator inferred."),
    click.option(
        "--source",
        "sources",
        type=as_name,
        multiple=True,
        metavar="NAME",
        help="Only what this source of tables says.",
    ),
    click.option(
        "--any-tissue", is_flag=True, help="Count what was shown in other tissues than skin, too."
    ),
    click.option("--with-retracted", is_flag=True, help="Count retracted papers, too."),
    click.option(
        "--max-steps",
        type=click.IntRange(1, 20),
        default=8,
        show_default=True,
        help="In the longest route.",
    ),
    click.option(
        "--timeout",
        type=click.FloatRange(0.1, 86400),
        callback=finite,
        default=30.0,
        show_default=True,
        help="Seconds, for the whole.",
    ),
)


def filters(command: Command) -> Command:
    """Gives a command the options; it takes them as keywords for ``question``."""
    for option in reversed(_FILTERS):
        command = option(command)
    return command


def question(start: Sequence[str], end: Sequence[str], **asked: Any) -> PathQuery:
    """What was asked, from the ends and the options."""
    from exograph.paths import PathQuery

    sources = tuple(dict.fromkeys(asked.pop("sources")))
    return PathQuery(start=tuple(start), end=tuple(end), sources=sources, **asked)
