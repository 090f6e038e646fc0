# SPDX-License-Identifier: Apache-2.0
"""The commands in docs/analyses.md are run, and give what it shows; ``…`` stands for any lines."""

import re
from pathlib import Path

import pytest
from shown_commands import printed, shown

PAGE = (Path(__file__).parents[1] / "docs" / "analyses.md").read_text(encoding="utf-8")
SHOWN = shown(PAGE)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


def test_each_analysis_is_shown():
    assert [command.split()[0] for command, _ in SHOWN] == ["compare", "gaps", "matrix"]


@pytest.mark.parametrize(("command", "output"), SHOWN, ids=[command for command, _ in SHOWN])
def test_a_command_gives_what_the_page_shows(command, output, home):
    parts = [re.escape(part.strip("\n")) for part in re.split(r"^…$", output, flags=re.MULTILINE)]
    assert re.fullmatch("\n?[\\s\\S]*\n?".join(parts), printed(command, home).rstrip("\n"))
