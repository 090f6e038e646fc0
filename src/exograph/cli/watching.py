# SPDX-License-Identifier: Apache-2.0
"""``exograph check --watch``: checks again whenever a file changes, until Ctrl-C.

Files are looked at ten times a second, so that changes are seen on any disk, also on drives of a
network. The tables take a tenth of the time that the graph takes: their findings come first, and
the graph is checked beside, so that a file that is saved meanwhile does not wait for it.
"""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from typing import TYPE_CHECKING

import click

from exograph.cli.session import Session, readable, say
from exograph.errors import ExographError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from pathlib import Path

    from exograph.tables import Tables

Stamps = dict[str, tuple[int, ...]]

EACH = 0.1
"""Seconds between two looks at the files."""
QUIET = 0.3
"""Seconds without a change, after which what was written counts as whole."""
LONGEST = 3.0
"""Seconds to wait for that, if something writes all the time."""

_WATCHING = {
    "en": "Watching {}: each file that you save is checked. Ctrl-C ends this.",
    "zh": "正在监视 {}：保存文件后即重新检查。按 Ctrl-C 结束。",
}
_STOPPED = {"en": "Stopped.", "zh": "已停止。"}
_MENDED = {"en": "Mended:", "zh": "已修正："}
_NEW = {"en": "New:", "zh": "新问题："}
_COUNTS = {
    "en": "{time} {stage}: {errors} error(s), {warnings} warning(s){changes}.{then}",
    "zh": "{time} {stage}：{errors} 个错误，{warnings} 个警告{changes}。{then}",
}
_CHANGES = {"en": "; {} new, {} mended", "zh": "；新问题 {} 个，已修正 {} 个"}
_TABLES = {"en": "Tables", "zh": "表格"}
_GRAPH = {"en": "Graph", "zh": "图"}
_CHECKING = {"en": " Checking the graph …", "zh": "正在检查图……"}
_WAITING = {"en": " The graph is checked when they have none.", "zh": "表格无错误后才检查图。"}


def watch(session: Session, failing: Callable[[Sequence[Problem]], bool]) -> bool:
    """Checks until Ctrl-C, and then gives whether the last check failed.

    ``failing`` tells that of some problems. Raises KeyboardInterrupt if the last check had not come
    to its end.
    """
    from exograph.checks import graph  # noqa: F401  # once, for all the processes that check it

    say(_WATCHING[session.lang].format(readable(session.graphs)))
    told: dict[str, Sequence[Problem]] = {}
    seen: Stamps | None = None
    beside: _Graph | None = None
    failed: bool | None = None
    try:
        while True:
            now = stamps(session)
            if now != seen and seen is not None:
                now = _settled(session, now)
            if now != seen:
                seen = now
                click.clear()  # on a terminal; elsewhere it does nothing
                if beside is not None:
                    beside.end()
                tables, problems = _tables(session)
                failed = None if tables else True
                _tell(session.lang, _TABLES, problems, told, goes_on=bool(tables))
                beside = _Graph(session, tables) if tables else None
            elif beside is not None and beside.is_done:
                found = beside.problems()
                beside = None
                failed = failing([*problems, *found])
                _tell(session.lang, _GRAPH, found, told)
            time.sleep(EACH)
    except KeyboardInterrupt:
        if failed is None:
            raise
        say(_STOPPED[session.lang])
    return failed


def stamps(session: Session) -> Stamps:
    """When each file of tables, ontology and texts was last written, and as what.

    Files that editors keep beside those that they edit are left out.
    """
    found = {**_within(str(session.graphs), 1), **_within(str(session.ontology), 1)}
    if session.texts is not None:
        found |= _within(str(session.texts), 0)
    return found


def _within(folder: str, deep: int) -> dict[str, tuple[int, ...]]:
    found: Stamps = {}
    try:
        with os.scandir(folder) as entries:
            listed = [e for e in entries if not e.name.startswith(".") and e.name[-1] not in "~#"]
    except OSError:  # it is not there, now
        return found
    for entry in listed:
        try:
            if not entry.is_dir():
                s = entry.stat()
                found[entry.path] = (s.st_mtime_ns, s.st_ctime_ns, s.st_size, s.st_ino)
            elif deep:
                found |= {entry.path: ()} | _within(entry.path, deep - 1)
        except OSError:  # gone, or a link that leads nowhere
            found[entry.path] = ()
    return found


def _settled(session: Session, seen: Stamps) -> Stamps:
    """The stamps once nothing has changed for a while, or it has taken too long."""
    began = since = time.monotonic()
    while (now := time.monotonic()) - since < QUIET and now - began < LONGEST:
        time.sleep(EACH)
        if (new := stamps(session)) != seen:
            seen, since = new, time.monotonic()
    return seen


def _tables(session: Session) -> tuple[tuple[Tables, ...], Sequence[Problem]]:
    """The tables, if they have no error, and all problems in them."""
    from exograph import checks
    from exograph.snapshot.inputs import source_folders

    try:
        tables, problems = checks.check_folders(source_folders(session.graphs), session.texts)
    except (ExographError, OSError, UnicodeError) as error:  # no source yet, or a file is gone
        return (), [_problem(readable(session.graphs), error)]
    sound = all(p.severity != "error" for p in problems)
    return (tables if sound else ()), problems


class _Graph:
    """A check of the graph in a process of its own, which ends at once when it is not wanted."""

    def __init__(self, session: Session, tables: tuple[Tables, ...]) -> None:
        from multiprocessing import Pipe, Process

        self._answer, told = Pipe(duplex=False)
        self._process = Process(
            target=_check_graph, args=(told, session.ontology, tables), daemon=True
        )
        self._process.start()
        told.close()

    @property
    def is_done(self) -> bool:
        return self._answer.poll()

    def problems(self) -> Sequence[Problem]:
        """What was found. Raises MemoryError if the system ended the process."""
        try:
            found: Sequence[Problem] = self._answer.recv()
        except EOFError:
            self._process.join()
            if self._process.exitcode == -signal.SIGKILL:
                raise MemoryError from None
            raise
        self._process.join()
        return found

    def end(self) -> None:
        self._process.kill()
        self._process.join()


def _check_graph(answer: Connection, ontology: Path, tables: tuple[Tables, ...]) -> None:
    from exograph.checks import graph
    from exograph.kb import assemble

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # which is for the one that watches
    try:
        answer.send(graph.run(assemble(tables), ontology, tables=tables))
    except (ExographError, OSError, UnicodeError) as error:  # half of the ontology is written
        answer.send([_problem(readable(ontology), error)])


def _problem(place: str, error: ExographError | OSError | UnicodeError) -> Problem:
    if isinstance(error, ExographError):
        return Problem(place, None, error.code, error.message, error.cure)
    return Problem(place, None, "U002", f"{error}.", "Save it again.")


def _tell(
    lang: str,
    stage: dict[str, str],
    problems: Sequence[Problem],
    told: dict[str, Sequence[Problem]],
    *,
    goes_on: bool = False,
) -> None:
    """Old problems, mended ones, new ones and a count: what matters most stands lowest."""
    before = told.get(stage["en"])
    told[stage["en"]] = problems
    gone = list(_beyond(before or (), problems))
    new = problems if before is None else list(_beyond(problems, before))
    fresh = {id(p) for p in new}
    for problem in problems:
        if before is None or id(problem) not in fresh:
            click.echo(str(problem))
    if gone:
        click.echo(_MENDED[lang])
        for p in gone:
            place = p.file if p.line is None else f"{p.file}:{p.line}"
            click.echo(f"{place}: {p.code} {p.message}")
    if new and before is not None:
        click.echo(_NEW[lang])
        for problem in new:
            click.echo(str(problem))
    errors = sum(p.severity == "error" for p in problems)
    then = "" if stage is _GRAPH else (_CHECKING if goes_on else _WAITING)[lang]
    click.echo(
        _COUNTS[lang].format(
            time=time.strftime("%H:%M:%S"),
            stage=stage[lang],
            errors=errors,
            warnings=len(problems) - errors,
            changes="" if before is None else _CHANGES[lang].format(len(new), len(gone)),
            then=then,
        )
    )


def _beyond(problems: Sequence[Problem], others: Sequence[Problem]) -> Iterator[Problem]:
    """Problems that are not among the others. Lines do not count: a row above moves those below."""
    left = Counter((p.file, p.code, p.column, p.message) for p in others)
    for p in problems:
        key = (p.file, p.code, p.column, p.message)
        left[key] -= 1
        if left[key] < 0:
            yield p
