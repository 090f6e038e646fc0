# SPDX-License-Identifier: Apache-2.0
"""What a shell is told when it asks how a word goes on, and a real bash that asks."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from running import PROGRAM, call, tree

from exograph.cli import COMMANDS, completion, group

BASH = """source "$1"
COMP_WORDS=({words}) COMP_CWORD={at}
_exograph_completion exograph
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
"""What bash itself does when a person presses the tab key."""


@pytest.fixture
def ask(home, monkeypatch, capfd):
    """The words that would come next, as bash is told of them."""
    monkeypatch.setenv("EXOGRAPH_HOME", str(home))

    def ask(line: str) -> list[str]:
        monkeypatch.setenv("COMP_WORDS", line)
        monkeypatch.setenv("COMP_CWORD", str(len(line.split(" ")) - 1))
        assert completion.answer("bash_complete") == 0
        out, err = capfd.readouterr()
        assert not err
        return [told for told in out.split("\n") if told]

    return ask


def test_commands_and_options_complete(ask):
    assert set(ask("exograph ")) == {f"plain,{name}" for name in COMMANDS}
    assert ask("exograph pat") == ["plain,paths"]
    assert ask("exograph paths --si") == ["plain,--sign"]
    assert ask("exograph paths --sign ") == ["plain,+", "plain,-", "plain,?", "plain,any"]
    assert ask("exograph --lang z") == ["plain,zh"]


@pytest.mark.parametrize(
    "line",
    [
        "exograph paths klf3",
        "exograph paths bmsc-exo angiogenesis --via klf3",
        "exograph paths --told klf3",
        "exograph --lang zh show klf3",
        "exograph search klf3",
        "exograph compare adsc klf3",
        "exograph view pten klf3",
    ],
)
def test_ids_complete_where_an_entity_is_wanted(line, ask):
    assert ask(line) == ["plain,klf3-as1"]


def test_elsewhere_a_file_is_meant(ask):
    assert ask("exograph query fi") == ["file,fi"]
    assert ask("exograph paths a b --html fi") == ["file,fi"]
    assert ask("exograph paths a b --cite klf3") == ["file,klf3"]


def test_a_word_that_is_nothing_completes_to_nothing(ask):
    assert ask("exograph exampels a") == []
    assert ask("exograph paths nothing-of-that-name") == []
    assert ask("exograph paths --nothing-of-that-name") == []


def test_an_unknown_shell_or_wish_is_refused(capfd):
    assert completion.answer("tcsh_complete") == 1
    assert completion.answer("bash_source") == 1
    assert capfd.readouterr().out == ""


def test_nothing_is_built_and_no_damage_hinders(ask, home, tmp_path, monkeypatch):
    monkeypatch.setenv("EXOGRAPH_HOME", str(tmp_path / "none"))
    assert ask("exograph show klf3") == []
    assert not (tmp_path / "none").exists()
    copy = shutil.copytree(home, tmp_path / "copy")
    assert ask(f"exograph --home {copy} show klf3") == ["plain,klf3-as1"]
    (records,) = copy.glob("snapshots/*/kb.json")
    records.write_text("{}")
    before = tree(copy)
    assert ask(f"exograph --home {copy} show klf3") == []
    assert tree(copy) == before


def test_the_parameters_that_take_an_entity_are_there():
    for name, options in completion.OF_ENTITIES.items():
        command = group.get_command(click.Context(group), name)
        assert command is not None
        assert set(options) <= {opt for param in command.params for opt in param.opts}
        assert any(isinstance(param, click.Argument) for param in command.params)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_a_script_of_its_own(shell):
    answer = call(["completion", shell])
    assert answer.code == 0
    assert f"{completion.ASKED_IN}={shell}_complete" in answer.out
    assert call(["completion", "tcsh"]).code == 2


def test_only_what_is_quick_is_imported():
    """Numpy, RDF and pages have no part in it: a person waits at the tab key."""
    program = (
        "import sys\nfrom exograph.cli.completion import answer\nanswer('bash_complete')\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    env = {"COMP_WORDS": "exograph paths mir", "COMP_CWORD": "2"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **env},
        capture_output=True,
        check=True,
        text=True,
    )
    heavy = {"numpy", "rdflib", "pyoxigraph", "jinja2", "networkx", "pyshacl", "starlette"}
    assert not heavy & set(done.stderr.split("\n"))


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash on this machine")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["exograph", "doc"], ["doctor"]),
        (["exograph", "paths", "bmsc-exo", "angiogenesi"], ["angiogenesis"]),
        (["exograph", "query", "--form"], ["--format"]),
    ],
    ids=lambda value: value[-1],
)
def test_a_real_bash_completes(words, expected, home, tmp_path):
    program = tmp_path / "exograph"
    program.write_text(f"#!{sys.executable}\n{PROGRAM}\n")
    program.chmod(0o755)
    script = tmp_path / "script"
    script.write_text(call(["completion", "bash"]).out)
    listed = " ".join(f"'{word}'" for word in words)
    order = BASH.format(words=listed, at=len(words) - 1)
    done = subprocess.run(
        ["bash", "--norc", "-c", order, "bash", str(script)],
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "EXOGRAPH_HOME": str(home)},
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.splitlines() == expected


def test_the_page_on_installing_tells_of_each_shell():
    text = (Path(__file__).parent.parent.parent / "docs" / "installing.md").read_text("utf-8")
    for shell in ("bash", "zsh", "fish"):
        assert f"exograph completion {shell}" in text
