# SPDX-License-Identifier: Apache-2.0
"""Hooks, forms and the test plan: what they name is there, and nothing has been left behind."""

import re
import shlex
from pathlib import Path

import pytest
import yaml
from test_layers import ORDER

from exograph.cli import run

ROOT = Path(__file__).parents[1]
HOOKS = {
    hook["id"]: hook
    for repo in yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    for hook in repo["hooks"]
}
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))
PLAN = (ROOT / "docs" / "test-plan.md").read_text(encoding="utf-8")
ROWS = [line.split(" | ") for line in re.findall(r"^\| (.+) \|$", PLAN, re.MULTILINE)[1:]]
NAMED = {name for _, where, _ in ROWS for name in re.findall(r"`([^`]+)`", where)}
KINDS = set(re.findall(r"\*\*(\w+)\*\*", PLAN.partition("## What")[0]))


def test_the_hooks_fetch_nothing():
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    assert {hook["language"] for hook in HOOKS.values()} <= {"system", "pygrep"}
    assert all("additional_dependencies" not in hook for hook in HOOKS.values())


def test_the_hooks_that_make_test_has_are_the_same_commands():
    recipe = re.search(r"^test: .*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text("utf-8"), re.M)
    commands = re.findall(r"^\t\$\(BIN\)/(.+)$", recipe[1], re.M)
    linted = [command for command in commands if not command.startswith("pytest")]
    hooked = [h["entry"] for h in HOOKS.values() if h["entry"].startswith(".venv/bin/")]
    assert [f".venv/bin/{command}" for command in linted] == hooked[:-1]
    assert shlex.split(hooked[-1])[0] == ".venv/bin/exograph"


def test_the_hook_of_the_tables_is_a_command_line_that_is_understood():
    words = shlex.split(HOOKS["exograph-check"]["entry"])[1:]
    assert "check" in words and run([*words, "--help"]) == 0
    assert run([*words, "--hlep"]) == 2


@pytest.mark.parametrize(
    ("changed", "hooks"),
    [
        ("graphs/literature/statements.tsv", {"exograph-check"}),
        ("ontology/shapes.ttl", {"exograph-check"}),
        ("src/exograph/ids.py", {"mypy"}),
        ("src/exograph/checks/quotes.py", {"mypy", "exograph-check"}),
        ("README.md", set()),
    ],
)
def test_a_hook_runs_when_what_it_looks_at_has_changed(changed, hooks):
    aimed = {id: hook["files"] for id, hook in HOOKS.items() if "files" in hook}
    assert {id for id, pattern in aimed.items() if re.search(pattern, changed)} == hooks


def test_what_the_hook_of_line_ends_refuses_no_file_has():
    hook = HOOKS["end-of-file"]
    pattern = re.compile(hook["entry"].encode())
    texts = [p for p in ROOT.glob("*/*") if p.suffix in {".md", ".toml", ".ttl", ".rq", ".py"}]
    assert len(texts) > 20
    assert [p for p in texts if pattern.search(p.read_bytes())] == []
    assert pattern.search(b"a\nb") and not pattern.search(b"a\nb\n")


def test_there_are_forms_for_an_edge_a_paper_and_a_bug():
    assert [form.stem for form in FORMS] == ["bug", "missing-paper", "wrong-edge"]
    assert (ROOT / ".github" / "pull_request_template.md").is_file()


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_a_form_is_what_github_reads(form):
    told = yaml.safe_load(form.read_text(encoding="utf-8"))
    assert told.keys() <= {"name", "description", "title", "labels", "body"}
    assert all(told[key] for key in ("name", "description", "body"))
    ids = [part["id"] for part in told["body"]]
    assert len(set(ids)) == len(ids)
    for part in told["body"]:
        assert part["type"] in {"input", "textarea", "dropdown", "checkboxes"}
        assert part["attributes"]["label"]
        if part["type"] in {"dropdown", "checkboxes"}:
            options = [
                o if isinstance(o, str) else o["label"] for o in part["attributes"]["options"]
            ]
            assert len(set(options)) == len(options) > 1


def test_the_plan_names_what_is_there():
    assert len(ROWS) > 20
    assert [name for name in NAMED if not (ROOT / name).exists()] == []
    assert [name for name in NAMED if (ROOT / name).is_dir() != name.endswith("/")] == []


def test_every_file_of_tests_stands_in_a_row_of_the_plan():
    files = [path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("test_*.py")]
    folders = tuple(name for name in NAMED if name.endswith("/"))
    assert [f for f in sorted(files) if f not in NAMED and not f.startswith(folders)] == []


def test_the_kinds_of_the_plan_are_those_that_it_explains():
    used = {kind for *_, kinds in ROWS for kind in kinds.split(", ")}
    assert used == KINDS


def test_the_plan_names_the_variables_that_tests_ask_for():
    asked = {
        name
        for path in (ROOT / "tests").rglob("*.py")
        for name in re.findall(r"environ(?:\.get\(|\[)\"(EXOGRAPH_\w+)\"", path.read_text("utf-8"))
    }
    assert {name for name in asked if name not in PLAN} <= {"EXOGRAPH_HOME"}


def test_the_rooms_of_the_contributors_page_are_those_of_the_test():
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    line = re.search(r"```text\n(errors [\s\S]+?)```", page)[1]
    told = [set(level.split()) for level in line.replace("\n", " ").split("·") if level.strip()]
    assert told == ORDER
    table = page[page.index("| room |") :]
    rooms = {r for cell in re.findall(r"^\| (`.+?) \|", table, re.M) for r in cell.split("`")[1::2]}
    assert rooms == {room for level in ORDER for room in level}
