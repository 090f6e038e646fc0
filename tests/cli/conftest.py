# SPDX-License-Identifier: Apache-2.0
"""One built home for all tests of the command line, and commands that run in it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from running import PROGRAM, ROOT, Answer, call

Run = Callable[..., Answer]


@pytest.fixture(scope="session")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the review's tables and the queries, which no test changes.

    Without the literature, which would only make each build slower; ``whole`` has it.
    """
    copy = tmp_path_factory.mktemp("tables") / "graphs"
    shutil.copytree(ROOT / "graphs", copy, ignore=shutil.ignore_patterns("literature"))
    return copy


@pytest.fixture(scope="session")
def whole_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the knowledge base of all that is shipped in it."""
    home = tmp_path_factory.mktemp("exograph") / "whole"
    options = ["--home", str(home), "--graphs", str(ROOT / "graphs"), "--lang", "en"]
    answer = call([*options, "build"])
    assert answer.code == 0, answer.err
    return home


@pytest.fixture
def whole(whole_home: Path) -> Run:
    """Runs a command on all that is shipped, in this process."""
    return lambda *args: call(["--home", str(whole_home), "--graphs", str(ROOT / "graphs"), *args])


@pytest.fixture(scope="session")
def home(graphs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the review's knowledge base in it; commands may read it, no test changes it."""
    folder = tmp_path_factory.mktemp("exograph") / "home"
    answer = call(["--home", str(folder), "--graphs", str(graphs), "--lang", "en", "build"])
    assert answer.code == 0, answer.err
    return folder


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the developer's surroundings reaches a test."""
    for name in ("HOME", "GRAPHS", "TEXTS"):
        monkeypatch.delenv(f"EXOGRAPH_{name}", raising=False)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, "C.UTF-8")


@pytest.fixture
def run(home: Path, graphs: Path) -> Run:
    """Runs a command on the review's knowledge base, in this process."""

    def run(*args: str, stdin: bytes = b"", options: tuple[str, ...] = ()) -> Answer:
        return call(["--home", str(home), "--graphs", str(graphs), *options, *args], stdin)

    return run


@pytest.fixture
def program(home: Path, graphs: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Runs the program itself, as a process of its own."""

    def program(
        *args: str, env: dict[str, str] | None = None, **settings: Any
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-c", PROGRAM, "--home", home, "--graphs", graphs, *args],
            env={**os.environ, **(env or {})},
            check=False,
            **{"capture_output": True, "timeout": 60, **settings},
        )

    return program


@pytest.fixture
def broken(tmp_path: Path, graphs: Path) -> Callable[..., Path]:
    """A copy of the tables with pieces of text replaced, by file name."""

    def broken(**replacements: list[tuple[str, str]]) -> Path:
        copy = tmp_path / "broken" / "graphs"
        shutil.copytree(graphs, copy, dirs_exist_ok=True)
        for name, pairs in replacements.items():
            path = copy / "review" / f"{name}.tsv"
            text = path.read_text(encoding="utf-8")
            for old, new in pairs:
                assert old in text, old
                text = text.replace(old, new, 1)
            path.write_text(text, encoding="utf-8", newline="\n")
        return copy

    return broken
