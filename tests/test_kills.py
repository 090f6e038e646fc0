# SPDX-License-Identifier: Apache-2.0
"""Commands that write, killed at random moments; ``python -m benchmarks.kills`` kills more."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from test_snapshot import write_source

from benchmarks import kills
from exograph.errors import SnapshotError
from exograph.snapshot import current

NAMES = [case.name for case in kills.cases(kills.Store(""))]


@pytest.fixture(scope="module")
def store():
    with kills.server() as store:
        yield store


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The least that can be built, and an import."""
    write_source(tmp_path_factory.mktemp("tables") / "graphs" / "tiny")
    graphs = tmp_path_factory.getbasetemp() / "tables0" / "graphs"
    return kills.world(tmp_path_factory.mktemp("world"), graphs, nodes=50)


@pytest.mark.parametrize("name", NAMES)
def test_a_command_that_is_killed_leaves_the_old_or_the_new(name, world, store, tmp_path):
    (case,) = (case for case in kills.cases(store) if case.name == name)
    result = kills.survive(case, world, tmp_path, kills=2, seed=1)
    assert result.killed and result.seen.total() == 2


def used(home):
    """The snapshot in use, beside which there may be a former one."""
    found = current(home)
    assert found is not None
    return found


def test_what_is_half_there_would_be_found(world, tmp_path):
    case, old = kills.Case("stats", kills.LOOKS), kills.state(world)
    place = tmp_path / "place"

    def after(change: Callable[[Path], object]) -> None:
        kills.fresh(world, place)
        change(place / "home")
        kills.checked(place, old, old)
        kills.ended(case, place, old, b"", set(kills.tree(world).items()))

    after(lambda home: None)
    for left in (
        "CURRENT.new",
        "imports/x.new",
        "snapshots/.building-1",
        "pushes/.exograph-x.part",
    ):
        with pytest.raises(kills.HalfThere, match="left behind"):
            after(lambda home, left=left: (home / left).mkdir(parents=True))
    with pytest.raises(kills.HalfThere, match="imports is neither"):
        after(lambda home: shutil.rmtree(home / "imports"))
    with pytest.raises(kills.HalfThere, match="snapshot is neither"):
        after(lambda home: (home / "CURRENT").unlink())
    with pytest.raises(SnapshotError):
        after(lambda home: used(home).nquads.write_bytes(b""))
