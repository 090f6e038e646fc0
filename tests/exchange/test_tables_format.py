# SPDX-License-Identifier: Apache-2.0
"""The curated tables, written from the knowledge base: what is built from them is equal."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from contents import ROOT, content, curated, files, prefixes
from strategies import simple_kb

from exograph.checks import check_folders
from exograph.errors import InputError
from exograph.exchange.formats import FORMATS
from exograph.exchange.packing import put
from exograph.exchange.tables_cells import cells
from exograph.kb import assemble
from exograph.model import Entity, KnowledgeBase, Source
from exograph.tables import COLUMNS, read_source


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("tables") / "graphs"
    return put(FORMATS["tables"].write(content(curated())), out, single=False)


def built(*folders: Path) -> KnowledgeBase:
    """The knowledge base of folders that pass all checks, but for proving the quotes again."""
    tables, problems = check_folders(folders, None, prefixes=prefixes().keys())
    assert {p.code for p in problems} <= {"W501"}
    return assemble(tables)


def test_an_equal_knowledge_base_is_built_from_them(folder):
    assert built(*sorted(folder.iterdir())) == curated()


def test_the_review_still_stands_alone(folder):
    tables, _ = read_source(ROOT / "graphs" / "review")
    assert built(folder / "review") == assemble([tables])


def test_the_rows_are_those_of_the_tables_but_for_their_order(folder):
    for source in ("review", "literature"):
        for path in sorted((folder / source).glob("*.tsv")):
            there = ROOT / "graphs" / source / path.name
            mine, theirs = (p.read_text(encoding="utf-8").split("\n") for p in (path, there))
            if mine[0] == theirs[0]:
                assert len(mine) == len(theirs)
            if path.name in ("statements.tsv", "references.tsv"):
                assert sorted(mine) == sorted(theirs)


def test_the_command_builds_from_them(folder, tmp_path):
    program = "from exograph.cli import main; main()"
    command = [sys.executable, "-c", program, "--graphs", folder, "--home", tmp_path, "build"]
    done = subprocess.run(command, capture_output=True, check=False, env=dict(os.environ))
    assert done.returncode == 0, done.stderr


def test_settings_survive_any_text():
    source = Source("t", 'a "b" \\ c', "外泌体 𝛂", "CC0-1.0", "2025-01-02", "quotes", ("1", "表 2"))
    kb = replace(simple_kb(), sources=(source,))
    import tomllib

    held = tomllib.loads(files("tables", content(kb))["t/source.toml"].decode())
    assert held.pop("sections") == ["1", "表 2"]
    assert Source("t", **held, sections=source.sections) == source


def test_an_import_has_no_tables():
    taken = Source("taken", "t", "t", "CC0-1.0", "2025-01-02", "records", ("1",))
    with pytest.raises(InputError, match="taken") as told:
        files("tables", content(replace(simple_kb(), sources=(taken,))))
    assert told.value.code == "X304"


def test_an_entity_goes_to_the_oldest_source_that_names_it():
    kb = simple_kb(("a", "inhibits", "b"))
    old = replace(kb.sources[0], id="z", date="2024-01-01")
    named = replace(kb.entities[0], species="c")
    others = (Entity("c", "Organism", "c", "c"), Entity("d", "Organism", "d", "d"))
    kb = replace(kb, sources=(kb.sources[0], old), entities=(named, kb.entities[1], *others))
    written = {name: data.decode() for name, data in files("tables", content(kb)).items()}
    ids = {
        source: [
            line.split("\t")[0] for line in written[f"{source}/entities.tsv"].split("\n")[1:-1]
        ]
        for source in ("t", "z")
    }
    assert ids == {"t": ["a", "b", "c"], "z": ["d"]}


def test_cells_stand_in_the_order_of_the_columns():
    statement = curated().statements[0]
    row = dict(zip(COLUMNS["statements"], cells("statements", statement), strict=True))
    assert row["predicate"] == statement.predicate
    assert row["organism"] == "|".join(statement.context.organism)
