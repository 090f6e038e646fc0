# SPDX-License-Identifier: Apache-2.0
"""Starting up: help, version, language, and what is not imported."""

import importlib
import subprocess
import sys

import click
import pytest

from exograph import __version__
from exograph.cli import COMMANDS, group
from exograph.cli.session import default_language
from exograph.paths.query import MAX_STEPS, MAX_TOP

HEAVY = {
    *("rdflib", "pyoxigraph", "networkx", "jinja2", "pyvis", "pyshacl", "rapidfuzz", "numpy"),
    *("pyspark", "pyarrow", "pandas"),
    *("IPython", "platformdirs", "asyncio", "sqlite3", "multiprocessing"),
}


def modules_after(*args: str) -> set[str]:
    """Modules loaded once a command line has run, in a process of its own."""
    program = (
        "import sys, atexit\n"
        "atexit.register(lambda: print('\\n'.join(sys.modules), file=sys.__stderr__))\n"
        "from exograph.cli import main\n"
        "main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *args], capture_output=True, check=True, text=True
    )
    return set(done.stderr.split("\n"))


@pytest.mark.parametrize("args", [("--help",), ("--version",)], ids=" ".join)
def test_help_imports_click_and_no_command(args):
    loaded = modules_after(*args)
    assert not HEAVY & loaded
    ours = {name for name in loaded if name.startswith("exograph")}
    assert ours == {"exograph", "exograph.cli"}
    assert not {"json", "pathlib", "dataclasses"} & loaded


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_imports_nothing_heavy(command):
    loaded = modules_after(command, "--help")
    assert not HEAVY & loaded
    ours = {name for name in loaded if name.startswith("exograph.") and "cli" not in name}
    assert ours <= {"exograph.errors"}


def test_warm_paths_import_numpy_alone_of_what_is_heavy(home, graphs):
    args = ("--home", str(home), "--graphs", str(graphs), "paths", "bmsc-exo", "angiogenesis")
    assert HEAVY & modules_after(*args) == {"numpy"}


def test_importing_the_package_is_cheap():
    program = "import sys; import exograph; print('\\n'.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )
    loaded = set(done.stdout.split("\n"))
    assert {name for name in loaded if name.startswith("exograph")} == {"exograph"}
    assert not (HEAVY | {"click", "json", "dataclasses"}) & loaded


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_explained(name, run):
    command = group.get_command(click.Context(group), name)
    assert command.help
    assert command.name in {name, "command"}
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, option.name
    answer = run(name, "--help")
    assert answer.code == 0 and answer.out.startswith("Usage: exograph ")


def test_the_limits_told_are_the_limits_held():
    options = {p.name: p for p in importlib.import_module("exograph.cli.paths").command.params}
    assert options["max_steps"].type.max == MAX_STEPS
    assert options["top"].type.max == MAX_TOP


def test_help_lists_every_command_with_its_line(run):
    lines = run("--help").out
    for name, told in COMMANDS.items():
        assert f"  {name}" in lines and told in lines


def test_all_but_those_that_write_or_serve_take_json(run):
    plain = ("view", "serve", "export", "push", "mine", "release", "mcp", "completion")
    for name in COMMANDS:
        assert ("--json" in run(name, "--help").out) == (name not in plain)


def test_version(run):
    assert run("--version").out == f"exograph, version {__version__}\n"


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_MESSAGES": "zh_TW", "LANG": "de_DE"}, "zh"),
        ({}, "en"),
    ],
)
def test_the_language_is_the_locales(variables, expected, monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert default_language() == expected


def test_an_option_wins_over_its_variable(run, graphs, tmp_path, monkeypatch):
    monkeypatch.setenv("EXOGRAPH_HOME", str(tmp_path / "variable"))
    assert run("stats").code == 0
    assert not (tmp_path / "variable").exists()


def test_output_is_utf_8_whatever_the_locale(program):
    poor = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = program("--lang", "zh", "show", "vegfa", env=poor)
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode("utf-8").startswith("血管内皮生长因子A · VEGFA\n")
    assert "没有" in program("--lang", "zh", "search", "qqqqq", env=poor).stderr.decode("utf-8")


def test_a_name_is_understood_whatever_the_locale(program):
    poor = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    assert b"angiogenesis" in program("show", "血管生成", env=poor).stdout


def test_the_group_knows_its_commands_and_no_others():
    context = click.Context(group)
    assert all(group.get_command(context, name) for name in COMMANDS)
    assert group.get_command(context, "session") is None
