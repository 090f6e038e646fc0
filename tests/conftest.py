# SPDX-License-Identifier: Apache-2.0
"""Nothing of the developer's surroundings reaches a test, and no test leaves anything behind."""

import gc
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsers import chromium_path
from playwright.sync_api import Browser, sync_playwright

from exograph.snapshot import Snapshot, current

gc.set_threshold(100_000, 20, 50)  # knowledge bases stay: to look for garbage in them takes long


@pytest.fixture(scope="session", autouse=True)
def own_surroundings(tmp_path_factory):
    """Neither settings of exograph, nor a temporary folder that others use."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "GRAPHS", "TEXTS"):
            patch.delenv(f"EXOGRAPH_{name}", raising=False)
        folder = str(tmp_path_factory.mktemp("temp"))
        patch.setenv("TMPDIR", folder)
        patch.setattr(tempfile, "tempdir", folder)
        yield


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One for all tests of pages."""
    found = chromium_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the knowledge base of all that is shipped in it, built as by the command."""
    folder = tmp_path_factory.mktemp("home")
    program = "from exograph.cli import main; main()"
    command = [sys.executable, "-c", program, "--home", folder, "build"]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "LANG": "C.UTF-8"})
    return folder


@pytest.fixture(scope="session")
def snapshot(home: Path) -> Snapshot:
    found = current(home)
    assert found is not None
    return found
