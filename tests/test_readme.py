# SPDX-License-Identifier: Apache-2.0
"""The commands in the README are run, and give what it shows; its links lead somewhere."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"^```console\n\$ exograph (.+)\n([\s\S]*?)^```$", README, re.MULTILINE)
RUN = "from exograph.cli import main; main()"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


def test_five_commands_are_shown():
    assert len(SHOWN) >= 5


@pytest.mark.parametrize(("command", "output"), SHOWN, ids=[command for command, _ in SHOWN])
def test_a_command_of_the_readme_gives_what_it_shows(command, output, home):
    given = {"EXOGRAPH_HOME": str(home), "LC_ALL": "C.UTF-8", "COLUMNS": "100"}
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("EXOGRAPH", "LC_"))}
    done = subprocess.run(
        [sys.executable, "-c", RUN, *shlex.split(command)],
        env={**inherited, **given},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.rstrip() == output.rstrip()


def test_the_links_of_the_documents_lead_somewhere():
    documents = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "graphs" / "README.md"]
    for document in [*documents, *sorted((ROOT / "docs").glob("*.md"))]:
        for target in re.findall(r"\]\(([^)#]+)", document.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (document.parent / target).exists(), f"{document.name}: {target}"
