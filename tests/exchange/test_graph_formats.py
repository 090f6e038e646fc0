# SPDX-License-Identifier: Apache-2.0
"""What holds for all formats of graphs: their colours, their memory, their bytes, the command."""

import hashlib
import os
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from graph_files import Repeated, files, hostile

from exograph import cli
from exograph.exchange.formats import FORMATS
from exograph.exchange.looks import KINDS, SIGNS
from exograph.views import style

GRAPHS = ("graphml", "gexf", "cx2", "cyjs", "neo4j")


def test_the_colours_are_those_of_the_page():
    assert {kind: look.color for kind, look in KINDS.items()} == {
        kind: look.color for kind, look in style.KINDS.items()
    }
    pages = {**style.SIGNS, "structural": style.SIGNS["flow"]}
    assert {sign: look.color for sign, look in SIGNS.items()} == {
        sign: pages[sign].color for sign in SIGNS
    }


@pytest.mark.parametrize("name", GRAPHS)
def test_memory_does_not_grow_with_the_claims(name, snapshot):
    def peak(times):
        content = Repeated(snapshot.kb, {}, Path("none.nq"), "1.0")
        object.__setattr__(content, "times", times)
        tracemalloc.start()
        try:
            for _, pieces in FORMATS[name].write(content):
                for _ in pieces:
                    pass
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(1)  # what the knowledge base computes once, and keeps
    assert peak(4) < peak(2) + 1_500_000  # two knowledge bases more are 2.6 million bytes


@pytest.mark.parametrize("name", GRAPHS)
def test_equal_knowledge_bases_give_equal_bytes(name):
    assert files(name, hostile()) == files(name, hostile())


def test_the_seed_of_hashes_changes_no_byte(home, tmp_path):
    def digests(seed):
        folder = tmp_path / seed
        folder.mkdir()
        program = (
            "import sys; from exograph import cli\n"
            "for name in sys.argv[2:]:\n"
            "    cli.run(['export', sys.argv[1] + '/' + name, '--format', name])\n"
        )
        env = {**os.environ, "PYTHONHASHSEED": seed, "EXOGRAPH_HOME": str(home)}
        command = [sys.executable, "-c", program, folder, *GRAPHS]
        subprocess.run(command, check=True, capture_output=True, env=env)
        return {
            path.relative_to(folder): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }

    first = digests("1")
    assert len(first) == 10
    assert digests("2") == first


@pytest.mark.parametrize("name", GRAPHS)
def test_the_command_writes_what_the_format_says(name, home, snapshot, tmp_path):
    suffix = FORMATS[name].suffix
    out = tmp_path / f"kb{suffix}"
    options = [] if suffix else ["--format", name]
    assert cli.run(["--home", str(home), "export", str(out), *options]) == 0
    expected = files(name, snapshot.kb)
    if suffix:
        assert out.read_bytes() == expected[""]
    else:
        assert {p.name: p.read_bytes() for p in out.iterdir()} == expected


def test_the_page_tells_of_each():
    page = Path(__file__).parents[2].joinpath("docs", "exchange.md").read_text(encoding="utf-8")
    for name in GRAPHS:
        assert f"| `{name}`" in page
