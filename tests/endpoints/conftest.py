# SPDX-License-Identifier: Apache-2.0
"""Stores to push to and to ask, and commands that run in this process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import small_store
import virtuoso
from answering import Answer, Run
from small_store import SmallStore
from virtuoso import Virtuoso

from exograph import cli
from exograph.exchange import wire


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """No password of the developer's, no proxy; and no long waits."""
    for name in ("EXOGRAPH_USER", "EXOGRAPH_PASSWORD", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, "C.UTF-8")
    monkeypatch.setattr(wire, "FIRST_WAIT", 0.01)


@pytest.fixture
def own_home(home: Path, tmp_path: Path) -> Path:
    """A home with the knowledge base of all that is shipped, and no push in it yet."""
    mine = tmp_path / "home"
    mine.mkdir()
    (mine / "snapshots").symlink_to(home / "snapshots")
    (mine / "CURRENT").write_bytes((home / "CURRENT").read_bytes())
    return mine


@pytest.fixture
def run(own_home: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs a command in this process."""

    def run(*args: object) -> Answer:
        code = cli.run(["--home", str(own_home), *map(str, args)])
        out, err = capsysbinary.readouterr()
        return Answer(code, out.decode(), err.decode())

    return run


@pytest.fixture
def small() -> Iterator[SmallStore]:
    with small_store.running() as store:
        yield store


@pytest.fixture(scope="session")
def filled(home: Path) -> Iterator[SmallStore]:
    """A small store with the knowledge base pushed into it; tests only ask it."""
    with small_store.running() as store:
        assert cli.run(["--home", str(home), "push", store.data]) == 0
        yield store


@pytest.fixture(scope="session")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    """Virtuoso, on loopback, in a folder of its own, with a password."""
    with virtuoso.running(tmp_path_factory.mktemp("virtuoso")) as store:
        yield store


@pytest.fixture
def known(other: Virtuoso, monkeypatch: pytest.MonkeyPatch) -> Virtuoso:
    """The same, and it knows us."""
    monkeypatch.setenv("EXOGRAPH_USER", "dba")
    monkeypatch.setenv("EXOGRAPH_PASSWORD", other.password)
    return other


@pytest.fixture
def pushed(known: Virtuoso, run: Run) -> Virtuoso:
    """The same, with the knowledge base in its graph."""
    answer = run("push", known.store)
    assert answer.code == 0 or "Q421" in answer.err, answer.err  # by an earlier test
    return known
