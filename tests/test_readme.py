# SPDX-License-Identifier: Apache-2.0
"""The commands in the README are run, and give what it shows; its links lead somewhere."""

import re
from pathlib import Path

import pytest
from shown_commands import printed, shown

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = shown(README)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


def test_five_commands_are_shown():
    assert len(SHOWN) >= 5


@pytest.mark.parametrize(("command", "output"), SHOWN, ids=[command for command, _ in SHOWN])
def test_a_command_of_the_readme_gives_what_it_shows(command, output, home):
    assert printed(command, home).rstrip() == output.rstrip()


def test_the_links_of_the_documents_lead_somewhere():
    documents = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "graphs" / "README.md"]
    for document in [*documents, *sorted((ROOT / "docs").glob("*.md"))]:
        for target in re.findall(r"\]\(([^)#]+)", document.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (document.parent / target).exists(), f"{document.name}: {target}"
