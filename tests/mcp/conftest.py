# SPDX-License-Identifier: Apache-2.0
"""A client of the package mcp that talks with real servers, each started once."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "web"))

from assistants import LIMITED, PROGRAM, Assistant, assistant

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def helper(home: Path) -> Iterator[Assistant]:
    """One that has the knowledge base at hand, as `exograph mcp` serves it."""
    args = ["--home", home, "--graphs", ROOT / "graphs", "--lang", "en", "mcp"]
    with assistant(PROGRAM, *args) as found:
        yield found


@pytest.fixture(scope="session")
def small(snapshot) -> Iterator[Assistant]:
    """One worker of 64 MiB, queries of 1.5 seconds, answers of 20,000 bytes; one may wait."""
    with assistant(LIMITED, snapshot.path, ROOT / "graphs" / "queries") as found:
        yield found
