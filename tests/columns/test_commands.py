# SPDX-License-Identifier: Apache-2.0
"""Commands say the same of an import, whether it stays in columns or not."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from exograph import cli
from exograph.exchange.formats import FORMATS
from exograph.snapshot import current, imported

NODES = """id\tcategory\tname\tsame_as
HGNC:9588\tbiolink:Gene\tPTEN gene\t
HGNC:1\tbiolink:Gene\tfirst gene\tENSEMBL:1
HGNC:2\tbiolink:Gene\tsecond gene\tENSEMBL:1
CHEBI:1\tbiolink:SmallMolecule\ta drug\t
GO:0001525\tbiolink:BiologicalProcess\tangiogenesis, as GO has it\t
"""
HEAD = "subject\tpredicate\tobject\tqualified_predicate\tobject_direction_qualifier\tpublications\n"
EDGES = [
    ("CHEBI:1", "biolink:affects", "HGNC:9588", "biolink:causes", "decreased", "PMID:1|PMID:2"),
    ("CHEBI:1", "biolink:affects", "HGNC:9588", "biolink:causes", "increased", "PMID:3"),
    ("HGNC:9588", "biolink:affects", "GO:0001525", "biolink:causes", "decreased", "PMID:2"),
    ("HGNC:1", "biolink:interacts_with", "HGNC:2", "", "", "PMID:1"),
    ("CHEBI:1", "biolink:affects", "HGNC:2", "biolink:causes", "increased", ""),
    ("HGNC:1", "biolink:affects", "GO:0001525", "biolink:causes", "increased", "PMID:4"),
]
COMMANDS = [
    ("stats",),
    ("stats", "--json"),
    ("paths", "a drug", "angiogenesis", "--json"),
    ("paths", "a drug", "type:BiologicalProcess", "--top", "20"),
    ("paths", "type:Chemical", "type:BiologicalProcess", "--source", "mine"),
    ("paths", "first gene", "angiogenesis", "--reference", "mine-pmid-4", "--json"),
    ("compare", "bmsc", "adsc", "--to", "angiogenesis", "--json"),
    ("matrix", "--json"),
    ("gaps", "--json"),
    ("conflicts", "--json"),
    ("show", "pten", "--json"),
    ("show", "hgnc-1"),
    ("show", "mine-pmid-2", "--json"),
    ("search", "gene", "--json"),
    ("examples", "--json"),
    ("query", "-e", "SELECT * { ?s a exo:Statement; ?p ?o } ORDER BY ?s ?p ?o", "--format", "tsv"),
]


ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def graphs(tmp_path_factory):
    """The tables of the review alone, which are enough and half of all."""
    folder = tmp_path_factory.mktemp("graphs")
    shutil.copytree(ROOT / "graphs" / "review", folder / "review")
    shutil.copytree(ROOT / "graphs" / "queries", folder / "queries")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXOGRAPH_GRAPHS", str(folder))
        yield folder


@pytest.fixture(scope="module")
def home(graphs, tmp_path_factory):
    own = tmp_path_factory.mktemp("home")
    assert cli.run(["--home", str(own), "build"]) == 0
    return own


@pytest.fixture(scope="module")
def homes(home, tmp_path_factory):
    """One home whose import is made to model objects, and one where it stays in columns."""
    folder = tmp_path_factory.mktemp("graph")
    (folder / "nodes.tsv").write_text(NODES)
    (folder / "edges.tsv").write_text(HEAD + "".join("\t".join(row) + "\n" for row in EDGES))
    made = []
    for name, most in (("objects", 1000), ("columns", 0)):
        own = tmp_path_factory.mktemp(name) / "home"
        shutil.copytree(home, own)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(imported, "LARGE", most)
            files = [str(folder / name) for name in ("nodes.tsv", "edges.tsv")]
            assert cli.run(["--home", str(own), "import", *files, "--as", "mine"]) == 0
            assert cli.run(["--home", str(own), "build"]) == 0
        made.append(own)
    assert [current(own).manifest["large"] for own in made] == [[], ["mine"]]
    return made


def run(home, capsys, *args):
    code = cli.run(["--home", str(home), "--lang", "en", *map(str, args)])
    out, err = capsys.readouterr()
    return code, out, err.replace(str(home), "HOME")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_command_says_the_same(homes, capsys, command):
    objects, columns = (run(home, capsys, *command) for home in homes)
    assert columns == objects
    assert objects[0] == 0 and objects[1]


@pytest.mark.parametrize("format", sorted(set(FORMATS) - {"site", "ro-crate", "tables"}))
def test_an_export_is_the_same(homes, capsys, tmp_path, format):
    found = []
    for home in homes:
        out = tmp_path / home.parent.name
        code, _, err = run(home, capsys, "export", out, "--format", format)
        assert code == 0, err
        files = sorted(path for path in (out, *out.rglob("*")) if path.is_file())
        names = [path.relative_to(out).as_posix() for path in files]
        found.append((names, [hashlib.sha256(path.read_bytes()).hexdigest() for path in files]))
    assert found[0] == found[1]


def test_a_page_shows_what_is_around_an_entity(homes, capsys, tmp_path):
    for name in ("pten", "chebi-1"):
        pages = []
        for home in homes:
            out = tmp_path / f"{home.parent.name}.html"
            assert run(home, capsys, "view", name, "--out", out)[0] == 0
            pages.append(out.read_text())
        assert "a drug" in pages[1]
    whole = tmp_path / "whole.html"
    assert run(homes[1], capsys, "view", "--out", whole)[0] == 0
    assert '"left_out"' in whole.read_text() and "a drug" not in whole.read_text()


def test_two_snapshots_differ_as_their_records_do(homes, home, capsys):
    first = current(home).path
    found = [
        json.loads(run(own, capsys, "diff", first, current(own).path, "--json")[1]) for own in homes
    ]
    assert found[0] == found[1]
    assert found[0]


def test_a_damaged_column_is_told(homes, capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(imported, "LARGE", 0)
    own = tmp_path / "home"
    shutil.copytree(homes[1], own)
    path: Path = current(own).path
    for name in ("joined/rows.npy", "parts/mine/form.npy", "joined/notices.json"):
        before = (path / name).read_bytes()
        (path / name).write_bytes(before[:-1] + b"\x07")
        code, _, err = run(own, capsys, "paths", "a drug", "angiogenesis")
        assert "is damaged" in err and name in err
        assert code == 0  # it was built anew
