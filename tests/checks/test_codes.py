# SPDX-License-Identifier: Apache-2.0
"""Every code is explained and used; every code of the tables has a fixture that yields it alone.

``tests/data/valid`` passes as it stands. ``tests/data/invalid/CODE`` holds only the files that
differ from it, and ``expected.toml``: the problems, files to leave out, whether texts are given.
"""

import ast
import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from exograph import checks
from exograph.checks.codes import CODES, markdown
from exograph.checks.codes_of_commands import CODES_OF_COMMANDS
from exograph.checks.extract import read_terms

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "exograph"
REGISTRY = {*(PACKAGE / "checks").glob("codes*.py")}
VALID = ROOT / "tests" / "data" / "valid"
INVALID = ROOT / "tests" / "data" / "invalid"
TERMS = read_terms(ROOT / "tests" / "data" / "terms.tsv")
PREFIXES = {curie.partition(":")[0] for curie in TERMS}
GRAPH_CODES = {code for code in CODES if code[1:3] == "95"}  # see test_graph
MISTAKES = 201
FOLDERS = sorted(folder.name for folder in INVALID.iterdir())


def told(folder: Path, texts: bool = True) -> list[str]:
    """The problems of a folder of sources, with paths relative to it."""
    sources = [f for f in sorted(folder.iterdir()) if f.is_dir() and f.name != "texts"]
    _, problems = checks.check_folders(
        sources, folder / "texts" if texts else None, prefixes=PREFIXES, terms=TERMS
    )
    assert all(p.message.endswith((".", "?")) and p.cure for p in problems)
    return [re.match(r"(.+?: [EW]\d{3})", str(p))[1].removeprefix(f"{folder}/") for p in problems]


def patched(code: str, folder: Path) -> dict:
    """Lays the files of a fixture over the valid ones, and returns what it expects."""
    shutil.copytree(VALID, folder)
    shutil.copytree(INVALID / code, folder, dirs_exist_ok=True)
    expected = tomllib.loads((folder / "expected.toml").read_text(encoding="utf-8"))
    for name in expected.get("delete", ()):
        path = folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    return expected


def test_the_valid_tables_have_no_problem():
    assert told(VALID) == []


@pytest.mark.parametrize("code", FOLDERS)
def test_a_faulty_table_yields_its_code_and_line_and_nothing_else(code, tmp_path):
    expected = patched(code, tmp_path / "graphs")
    assert {problem.rsplit(" ", 1)[1] for problem in expected["problems"]} == {code}
    assert told(tmp_path / "graphs", expected.get("texts", True)) == expected["problems"]


def test_every_code_has_a_fixture():
    assert set(FOLDERS) == CODES.keys() - GRAPH_CODES - CODES_OF_COMMANDS.keys()


def test_more_than_a_hundred_mistakes_are_there_and_no_two_are_the_same():
    assert len(FOLDERS) >= MISTAKES > 100
    first: dict[object, str] = {}
    assert [code for code in FOLDERS if first.setdefault(made_of(code), code) != code] == []


def made_of(code: str) -> object:
    """What a fixture changes: its files, those left out, and whether texts are given."""
    files = sorted(f for f in (INVALID / code).rglob("*") if f.name != "expected.toml")
    expected = tomllib.loads((INVALID / code / "expected.toml").read_text(encoding="utf-8"))
    changed = tuple((f.name, f.read_bytes()) for f in files if f.is_file())
    return changed, str(expected.get("delete")), expected.get("texts", True)


def codes_in(module: Path) -> Iterator[str]:
    """String literals of a module that are codes; docstrings and messages are longer."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and re.fullmatch(r"[A-Z][0-9]{3}", text):
            yield text


def test_every_code_in_the_source_is_explained_and_every_explained_code_is_used():
    modules = set(PACKAGE.rglob("*.py"))
    assert modules > REGISTRY
    used = {code for module in modules - REGISTRY for code in codes_in(module)}
    assert used == CODES.keys()


def test_the_page_of_codes_agrees_with_the_codes():
    """To write it anew: Path("docs/codes.md").write_text(exograph.checks.codes.markdown())."""
    page = markdown()
    assert sorted(re.findall(r"^- \*\*(\w+)\*\*", page, re.MULTILINE)) == sorted(CODES)
    assert (ROOT / "docs" / "codes.md").read_text(encoding="utf-8") == page
