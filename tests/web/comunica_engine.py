# SPDX-License-Identifier: Apache-2.0
"""Comunica in a process of node: installed from its lock file, and asked."""

import hashlib
import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent / "comunica"
HELD = Path(__file__).parents[2] / ".build" / "comunica"
PINNED = ("package.json", "package-lock.json")
FETCH = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retry-mintimeout=1000")


def installed() -> Path:
    """A folder with Comunica in it, which stays for the next time; skips where it cannot be had."""
    _require_node()
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm on this machine")
    digest = hashlib.sha256(b"\0".join((HERE / name).read_bytes() for name in PINNED))
    folder = HELD / digest.hexdigest()
    if not folder.is_dir():
        HELD.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=HELD, ignore_cleanup_errors=True) as scratch:
            for name in PINNED:
                shutil.copy(HERE / name, scratch)
            done = _run([npm, *FETCH], cwd=scratch)
            if done.returncode and not _has_registry(npm):
                pytest.skip("npm has no registry to fetch Comunica from")
            assert done.returncode == 0, done.stderr
            Path(scratch).rename(folder)
    shutil.copy(HERE / "ask.mjs", folder)
    return folder


def ask(folder: Path, questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What ``ask.mjs`` gives for some questions, by one process."""
    done = _run(["node", "ask.mjs"], cwd=folder, input=json.dumps(questions))
    assert done.returncode == 0, done.stderr
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def _require_node() -> None:
    """Skips where there is no node, or one that is too old."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node on this machine")
    told = _run([node, "--version"]).stdout.strip()
    least = json.loads((HERE / "package.json").read_text("utf-8"))["engines"]["node"]
    if _numbers(told.removeprefix("v")) < _numbers(least.removeprefix(">=")):
        pytest.skip(f"node is {told}, and Comunica needs {least}")


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def _has_registry(npm: str) -> bool:
    order = [npm, "view", "--fetch-retries=0", "@comunica/query-sparql", "version"]
    return _run(order).returncode == 0


def _run(order: list[str], **settings: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        order, check=False, capture_output=True, encoding="utf-8", timeout=300, **settings
    )
