# SPDX-License-Identifier: Apache-2.0
"""What pages show to be typed is run, and gives what they show; what is not run has a reason."""

import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from shown_commands import Block, Reader, blocks

from exograph.cli import COMMANDS, group

ROOT = Path(__file__).parents[1]
PAGES = [
    *sorted((ROOT / "docs").rglob("*.md")),
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "graphs/README.md")),
]
TEXTS = {page.relative_to(ROOT).as_posix(): page.read_text(encoding="utf-8") for page in PAGES}

DONE = {"console", "python", "sparql"}
"""Languages of blocks that are run."""
READ = {"text", "toml", "tsv", "json", "nginx"}
"""Those of blocks that are only read, or written into a file that a command uses."""

NOT_RUN = {
    "docs/coverage.md": 1,
    "docs/exchange.md": 2,
    "docs/how-to/proxy.md": 2,
    "docs/installing.md": 5,
    "docs/pushing.md": 1,
    "docs/serving.md": 1,
    "docs/spark.md": 2,
    "docs/tutorial/first-path.md": 2,
}
"""How many blocks of a page are not run; the reason stands before each."""


def shown(page: str) -> list[Block]:
    return [block for block in blocks(TEXTS[page]) if block.lang in DONE]


TO_RUN = [page for page in TEXTS if any(not block.excuse for block in shown(page))]


@pytest.fixture
def served(request: pytest.FixtureRequest, home: Path) -> Iterator[str]:
    """Where the knowledge base is served, if the page asks for that; else nothing."""
    if not any(block.mark == "served" for block in shown(request.getfixturevalue("page"))):
        yield ""
        return
    program = "from exograph.cli import main; main()"
    command = [sys.executable, "-c", program, "--home", home, "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        address = server.stderr.readline().split()[0]
        assert address.startswith("http://127.0.0.1:")
        yield address
        server.terminate()


@pytest.mark.parametrize("page", TO_RUN)
def test_what_a_page_shows_is_what_a_reader_gets(page, served, home, tmp_path):
    own, folder = tmp_path / "home", tmp_path / "folder"
    shutil.copytree(home, own)
    folder.mkdir()
    Reader(folder, own, served).follow(TEXTS[page])


def test_nothing_is_left_out_without_a_reason_that_is_counted():
    left_out = Counter(page for page in TEXTS for b in blocks(TEXTS[page]) if b.excuse)
    assert dict(left_out) == NOT_RUN
    assert all(len(b.excuse) > 10 for page in TEXTS for b in blocks(TEXTS[page]) if b.excuse)


@pytest.mark.parametrize("page", TEXTS)
def test_commands_stand_in_blocks_that_are_run(page):
    text = TEXTS[page]
    fences = re.findall(r"^ *```([a-z]+)", text, re.MULTILINE)
    excused = {block.lang for block in blocks(text) if block.excuse}
    assert set(fences) <= DONE | READ | excused
    at_once = [fence for fence in fences if fence in DONE]
    assert len(at_once) == len(shown(page)), "a block that is run begins its line"
    assert not re.search(r"^( {4,}|\t)(\$ |exograph |python )", outside(text), re.MULTILINE)


@pytest.mark.parametrize("page", TEXTS)
def test_commands_and_options_in_the_text_exist(page):
    for command in re.findall(r"`exograph ([^`]+)`", outside(TEXTS[page])):
        words = command.split()
        named = next((word for word in words if word in COMMANDS), None)
        if named is None:  # of options before the command, or a word for any command
            assert words[0].startswith("-") or words[0].isupper(), command
            continue
        known = options(group) | options(group.get_command(click.Context(group), named))
        given = {word.split("=")[0] for word in words if re.match(r"--?[a-z]", word)}
        assert given <= known, command


def options(command: click.Command) -> set[str]:
    """All options of a command and of those below it."""
    found = {name for p in command.params for name in (*p.opts, *p.secondary_opts)}
    for below in getattr(command, "commands", {}).values():
        found |= options(below)
    return found | {"--help", "--version"}


def outside(text: str) -> str:
    """The text without its blocks."""
    return re.sub(r"^ *```.*?^ *```$", "", text, flags=re.MULTILINE | re.DOTALL)
