# SPDX-License-Identifier: Apache-2.0
"""The wheel alone in an empty environment, and every command there with the network off."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

import pytest
from built import ROOT, built, copied

from exograph.cli import COMMANDS


@dataclass(frozen=True)
class Try:
    """Arguments of a command, its exit code, and what it must say."""

    args: tuple[str, ...]
    says: str
    code: int = 0
    makes: tuple[str, ...] = field(default=())


def ok(says: str, *args: str, makes: tuple[str, ...] = ()) -> Try:
    return Try(args, says, makes=makes)


def refused(says: str, *args: str) -> Try:
    return Try(args, says, code=1)


TRIES = {
    "build": ok("Built in"),
    "check": ok("0 error(s)"),
    "stats": ok("triples"),
    "search": ok("granulation-tissue", "肉芽"),
    "show": ok("丝氨酸蛋白酶抑制剂", "serpinh1"),
    "paths": ok("lncRNA KLF3-AS1 ⊣ miR-383 ⊣ VEGFA → angiogenesis", "klf3-as1", "angiogenesis"),
    "compare": ok("adipose", "bmsc", "adsc"),
    "gaps": ok("paper"),
    "matrix": ok("inflam"),
    "conflicts": ok("Conflict 1"),
    "query": ok("exo:downregulates", "--example", "what-reaches-vegfa"),
    "examples": ok("what-reaches-vegfa"),
    "view": ok("page.html", "--open", "--out", "page.html", makes=("page.html", "opened")),
    "diff": ok("", "current", "current"),
    "import": ok("edges: 2 read, 2 stored", "sets.gmt", "--as", "sets"),
    "export": ok("kgx", "kgx", "--format", "kgx", makes=("kgx",)),
    "mine": refused("pip install 'exograph[spark]'", "kgx", "mir-126", "angiogenesis", "mined"),
    "push": refused("127.0.0.1:9", "http://127.0.0.1:9/data", "--sparql", "http://127.0.0.1:9/q"),
    "serve": ok("served, 3 answers"),
    "mcp": refused("pip install 'exograph[mcp]'"),
    "cite": ok("exograph"),
    "release": ok("released", "released", makes=("released/SHA256SUMS",)),
    "new": ok("", "paper", "a-paper", makes=("graphs/a-paper/statements.tsv",)),
    "doctor": ok("0 fault(s)", "--verify"),
    "completion": ok("bash_complete", "bash"),
}
"""One for each command; those that a bare installation cannot do must say what is missing."""

BEFORE = {"import": ("--home", "other"), "new": ("--graphs", "graphs")}
"""Options before a command that would change what the others read."""

OFF = """import fcntl, os, socket, struct, sys
with socket.socket() as any_socket:  # in a network of its own, where only this machine is
    fcntl.ioctl(any_socket, 0x8914, struct.pack("16sH", b"lo", 0x41))
os.execv(sys.argv[1], sys.argv[1:])
"""

SERVED = """import re, subprocess, sys, urllib.parse, urllib.request
server = subprocess.Popen([*sys.argv[1:], "--port", "0"], stderr=subprocess.PIPE, text=True)
try:
    address = re.match(r"http://[^ ]+/", server.stderr.readline())[0]
    def get(path, accept="*/*"):
        asked = urllib.request.Request(address + path, headers={"Accept": accept})
        return urllib.request.urlopen(asked, timeout=60).read().decode()
    assert get("").startswith("<!DOCTYPE html>")
    query = urllib.parse.quote("ASK { entity:mir-126 a exo:MicroRNA }")
    assert '"boolean":true' in get("sparql?query=" + query, "application/sparql-results+json")
    assert "miR-126" in get("entity/mir-126", "text/html")
    print("served, 3 answers")
finally:
    server.terminate()
assert server.wait(30) == 0, server.returncode
"""


@pytest.fixture(scope="module")
def off() -> list[str]:
    """What runs a program without a network; skips the tests where that is not allowed."""
    as_root = [] if os.geteuid() == 0 else ["--map-root-user"]
    order = ["unshare", "--net", *as_root, sys.executable, "-c", OFF]
    try:
        subprocess.run([*order, "/bin/true"], check=True, timeout=20, capture_output=True)
    except (OSError, subprocess.SubprocessError):
        if os.environ.get("CI"):
            pytest.fail("no network can be taken away, and CI is set: this must be tested")
        pytest.skip("no network can be taken away on this machine")
    return order


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel and what it requires, and nothing else, not even pip."""
    folder = tmp_path_factory.mktemp("wheel")
    (wheel,) = built(copied(folder / "project"), folder, "wheel")
    made = folder / "environment"
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", made], check=True, timeout=60)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-cache-dir"]
    order = [*pip, "--python", made / "bin" / "python", "install", "--no-compile"]
    order += ["--quiet", "--constraint", ROOT / "constraints.txt", wheel]
    subprocess.run(order, check=True, env=clean, timeout=300)
    return made


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of somebody who has just installed it."""
    folder = tmp_path_factory.mktemp("somebody")
    (folder / "sets.gmt").write_text("A set\tof genes\tVEGFA\tPTEN\n")
    shutil.copytree(ROOT / "graphs", folder / "graphs")
    browser = folder / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {folder}/opened\n')
    browser.chmod(0o755)
    return folder


@pytest.fixture(scope="module")
def run(off: list[str], empty: Path, place: Path):
    """Runs a program of the environment there, without a network."""
    env = {
        "PATH": f"{empty}/bin:/usr/bin:/bin",
        "HOME": str(place),
        "TMPDIR": str(place),
        "LANG": "C.UTF-8",
        "BROWSER": str(place / "browser"),
    }

    def run(*order: str) -> tuple[int, str]:
        done = subprocess.run(
            [*off, *order],
            cwd=place,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=120,
        )
        return done.returncode, done.stdout.decode()

    return run


def test_no_command_is_forgotten():
    assert list(TRIES) == list(COMMANDS)


@pytest.mark.parametrize("name", TRIES)
def test_a_command_does_its_work_or_says_what_is_missing(name, run, empty, place):
    one, program = TRIES[name], [str(empty / "bin" / "exograph"), "--lang", "en"]
    order = [*program, *BEFORE.get(name, ()), name, *one.args]
    if name == "serve":
        order = [str(empty / "bin" / "python"), "-c", SERVED, *order]
    code, said = run(*order)
    end = said[-1500:]
    assert "Traceback" not in said, end
    assert (code, one.says in said) == (one.code, True), end
    for path in one.makes:
        assert (place / path).exists(), path


def test_the_network_is_off(run, empty):
    """Else all of this proves nothing."""
    program = "import socket; print([name for _, name in socket.if_nameindex()])"
    assert run(str(empty / "bin" / "python"), "-c", program) == (0, "['lo']\n")


def test_the_page_that_was_opened_is_the_one_that_was_written(place):
    assert (place / "opened").read_text().strip() == (place / "page.html").as_uri()


def test_nothing_is_written_but_what_was_named(place):
    """And the home, where programs of this system keep their data."""
    named = {path for one in TRIES.values() for made in one.makes for path in [made.split("/")[0]]}
    here = {path.name for path in place.iterdir()}
    assert here - named == {"sets.gmt", "browser", ".local", "other"}
    assert [path.name for path in (place / ".local" / "share").iterdir()] == ["exograph"]


def test_python_knows_the_package_by_its_types_and_tables(run, empty):
    program = (
        "import exograph\nfrom importlib.resources import files\n"
        "paths = exograph.open().paths('bmsc-exo', 'angiogenesis', via='mir-126')\n"
        "print(paths[0])\nprint((files('exograph') / 'py.typed').is_file())\n"
    )
    code, said = run(str(empty / "bin" / "python"), "-c", program)
    assert code == 0 and said.endswith("True\n") and "miR-126" in said


def test_nothing_of_the_developer_is_installed(empty):
    found = {one.name.lower() for one in metadata.distributions(path=[str(_packages(empty))])}
    assert "exograph" in found
    assert not found & {"pytest", "hypothesis", "mypy", "ruff", "pyspark", "mcp", "mkdocs", "pip"}


def _packages(environment: Path) -> Path:
    (found,) = (environment / "lib").glob("python*/site-packages")
    return found
