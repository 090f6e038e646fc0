# SPDX-License-Identifier: Apache-2.0
"""The commands in docs/analyses.md are run, and give what it shows; ``…`` stands for any lines."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[1] / "docs" / "analyses.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"^```console\n\$ exograph (.+)\n([\s\S]*?)^```$", PAGE, re.MULTILINE)
RUN = "from exograph.cli import main; main()"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


def test_each_analysis_is_shown():
    assert [command.split()[0] for command, _ in SHOWN] == ["compare", "gaps", "matrix"]


@pytest.mark.parametrize(("command", "output"), SHOWN, ids=[command for command, _ in SHOWN])
def test_a_command_gives_what_the_page_shows(command, output, home):
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
    parts = [re.escape(part.strip("\n")) for part in re.split(r"^…$", output, flags=re.MULTILINE)]
    assert re.fullmatch("\n?[\\s\\S]*\n?".join(parts), done.stdout.rstrip("\n"))
