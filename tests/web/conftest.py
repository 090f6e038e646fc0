# SPDX-License-Identifier: Apache-2.0
"""The servers that tests talk with, each started once."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from talking import GRAPHS, ROOT, SITE, Server, limited, running

from exograph import store
from exograph.snapshot import Snapshot
from exograph.store import Answer


@pytest.fixture(scope="session")
def direct(snapshot: Snapshot) -> Callable[[str], Answer]:
    """The store, asked in this process."""
    return partial(store.ask, snapshot.store())


@pytest.fixture(scope="session")
def served(home: Path) -> Iterator[Server]:
    """The knowledge base, served as `exograph serve` does it."""
    with running("--home", home, "--graphs", ROOT / "graphs", "serve", "--port", "0") as server:
        yield server


@pytest.fixture(scope="session")
def quads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of N-Quads with named graphs, some triples of which are in several."""
    file = tmp_path_factory.mktemp("dataset") / "data.nq"
    lines = [
        f'<http://e.org/{subject}> <http://e.org/p> "x" {f"<{graph}>" if graph else ""} .\n'
        for graph, subjects in GRAPHS.items()
        for subject in sorted(subjects)
    ]
    file.write_text("".join(lines), encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def dataset(quads: Path) -> Iterator[Server]:
    """That file, served; pages of another site may ask."""
    with running("serve", "--rdf", quads, "--port", "0", "--cors", SITE) as server:
        yield server


@pytest.fixture(scope="session")
def small(quads: Path) -> Iterator[Server]:
    """One worker of 64 MiB, queries of two seconds, answers of 100,000 bytes; one may wait."""
    bounds = {"workers": 1, "waiting": 1, "timeout": 2.0, "answer": 100_000}
    with limited(rdf=quads, memory=64 * 1024**2, **bounds) as server:
        yield server
