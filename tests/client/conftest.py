# SPDX-License-Identifier: Apache-2.0
"""The server that the client asks, started once."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "web"))

from talking import ROOT, Server, running

from exograph.client import Client


@pytest.fixture(scope="session")
def server(home: Path) -> Iterator[Server]:
    """The knowledge base, served as `exograph serve` does it."""
    with running("--home", home, "--graphs", ROOT / "graphs", "serve", "--port", "0") as found:
        yield found


@pytest.fixture(scope="session")
def client(server: Server) -> Client:
    return Client(server.address)
