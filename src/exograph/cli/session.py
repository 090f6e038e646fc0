# SPDX-License-Identifier: Apache-2.0
"""What every command shares: where things lie, the language, and how output leaves."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from pathlib import Path

    from exograph.model import Entity, KnowledgeBase
    from exograph.snapshot import Snapshot

as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


class Session:
    """The options before the command: folders as the user named them, None for the default."""

    def __init__(self, home: str | None, graphs: str | None, texts: str | None, lang: str) -> None:
        self._home, self._graphs, self._texts = home, graphs, texts
        self.lang = lang

    @cached_property
    def home(self) -> Path:
        from pathlib import Path

        from exograph.snapshot import default_home

        return Path(self._home) if self._home else default_home()

    @cached_property
    def graphs(self) -> Path:
        from pathlib import Path

        from exograph.snapshot import data_folder

        return Path(self._graphs) if self._graphs else data_folder() / "graphs"

    @cached_property
    def ontology(self) -> Path:
        from exograph.snapshot import data_folder

        return data_folder() / "ontology"

    @cached_property
    def texts(self) -> Path | None:
        from pathlib import Path

        return Path(self._texts) if self._texts else None

    @cached_property
    def snapshot(self) -> Snapshot:
        """The built knowledge base; built now, and said so, if there is none or a stale one."""
        from exograph.snapshot import ensure

        return ensure(self.graphs, self.ontology, self.home, say, texts=self.texts)

    @property
    def kb(self) -> KnowledgeBase:
        return self.snapshot.kb

    def label(self, entity: Entity) -> str:
        return entity.label_zh if self.lang == "zh" else entity.label_en


pass_session = click.make_pass_decorator(Session)


def as_utf8(text: str) -> str:
    """What a user calls something: UTF-8, even if the locale takes every letter for ASCII."""
    return os.fsencode(text).decode("utf-8", "surrogateescape")


def as_name(text: str) -> str:
    """A name as typed, which must not be empty."""
    name = as_utf8(text)
    if not name.strip():
        raise click.BadParameter("It is empty.")
    return name


def readable(path: str | Path) -> str:
    """A path as UTF-8, even if the locale took every letter of it for ASCII."""
    try:
        return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:  # no bytes of a file name stand for this
        return str(path)


@contextmanager
def verdict(*, failed: bool) -> Iterator[None]:
    """Exit code 1 at the end if the command has failed, whether or not anybody reads that long."""
    try:
        yield
    except BrokenPipeError:
        if not failed:
            raise
        from exograph.cli.failures import silence

        silence()
    if failed:
        raise click.exceptions.Exit(1)


def say(text: str) -> None:
    """A word to the user, beside the data."""
    click.echo(text, err=True)


def emit(document: Any) -> None:
    """The one JSON document of a command."""
    import json

    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


@contextmanager
def working(text: str) -> Iterator[None]:
    """Tells a person at a terminal what takes so long, and leaves no trace of it."""
    shown = sys.stderr is not None and sys.stderr.isatty()
    if shown:
        click.echo(f"{text} …", nl=False, err=True)
    try:
        yield
    finally:
        if shown:
            click.echo("\r\x1b[K", nl=False, err=True)


_SOON = 5_000_000
"""Bytes that are read in less than a second."""


@contextmanager
def progress(text: str, total: int) -> Iterator[Callable[[int], None]]:
    """Shows a person at a terminal how much of the work is done, and leaves no trace of it."""
    if sys.stderr is None or not sys.stderr.isatty() or total < _SOON:
        yield lambda done: None
        return
    with click.progressbar(length=total, label=text, file=sys.stderr, width=30) as bar:
        bar.update_min_steps = max(total // 200, 1)
        yield bar.update
    click.echo("\x1b[1A\x1b[K", nl=False, err=True)


def finite(ctx: click.Context, param: click.Parameter, value: float | None) -> float | None:
    """Refuses ``nan``, which passes every comparison of a range."""
    if value is not None and str(value) == "nan":
        raise click.BadParameter("nan is no number of seconds.")
    return value


time_for_a_query = click.option(
    "--timeout",
    type=click.FloatRange(0.1, 3600),
    callback=finite,
    default=10.0,
    show_default=True,
    help="Seconds that a query may take.",
)
"""Of commands that answer the queries of others."""


def default_language() -> str:
    """``zh`` if the locale is Chinese, else ``en``."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"
