# SPDX-License-Identifier: Apache-2.0
"""``exograph export`` of tables and documents: whole, safe, and the same on every run."""

import gzip
import hashlib
import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from contents import content, files, tsv
from graph_files import HOSTILE, hostile
from rdflib import Graph

from exograph import cli, rdf
from exograph.snapshot import Snapshot

FOLDERS = {
    "kgx": ["edges.tsv", "nodes.tsv"],
    "kgx-jsonl": ["edges.jsonl", "nodes.jsonl"],
    "csv": None,
    "tables": None,
}
FILES = {"ttl": ".ttl", "jsonld": ".jsonld", "sssom": ".sssom.tsv"}


@pytest.fixture
def export(home: Path, snapshot: Snapshot, capfd: pytest.CaptureFixture[str]):
    """Runs the command on all that is shipped; gives where it says that the export is."""

    def export(*args: str) -> Path:
        assert cli.run(["--home", str(home), "--lang", "en", "export", *args]) == 0
        return Path(capfd.readouterr().out.strip())

    return export


def tree(folder: Path) -> dict[str, bytes]:
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_holds_the_files_and_an_archive_the_same(name, export, tmp_path):
    out = export(str(tmp_path / "out"), "--format", name)
    found = tree(out)
    assert FOLDERS[name] in (None, list(found))
    archive = export(str(tmp_path / "out.tar.gz"), "--format", name)
    with tarfile.open(archive) as tar:
        members = {m.name: tar.extractfile(m).read() for m in tar.getmembers()}
    assert members == found


@pytest.mark.parametrize("name", FILES)
def test_the_ending_tells_the_format(name, export, tmp_path):
    plain = export(str(tmp_path / f"kb{FILES[name]}")).read_bytes()
    packed = export(str(tmp_path / f"kb{FILES[name]}.gz"))
    named = export(str(tmp_path / "other"), "--format", name)
    assert gzip.decompress(packed.read_bytes()) == plain == named.read_bytes()


def test_edges_are_as_many_as_statements(export, snapshot, tmp_path):
    out = export(str(tmp_path / "kgx"), "--format", "kgx")
    counts = snapshot.manifest["counts"]
    assert len(tsv((out / "edges.tsv").read_bytes())) == counts["statements"]["total"]
    assert len(tsv((out / "nodes.tsv").read_bytes())) == counts["entities"]["total"]


PROGRAM = """
import hashlib, json, sys
from pathlib import Path
from exograph.exchange.content import Content
from exograph.exchange.formats import FORMATS
from exograph.snapshot import current
held = current(Path(sys.argv[1]))
content = Content(held.kb, held.prefixes, held.nquads, "0")
print(json.dumps({
    f"{name}/{file}": hashlib.sha256(b"".join(pieces)).hexdigest()
    for name in sys.argv[2:] for file, pieces in FORMATS[name].write(content)
}))
"""


def test_two_runs_give_the_same_bytes(home, snapshot):
    told = [
        json.loads(
            subprocess.run(
                [sys.executable, "-c", PROGRAM, home, *FOLDERS, *FILES],
                capture_output=True,
                check=True,
                env={**os.environ, "PYTHONHASHSEED": seed},
            ).stdout
        )
        for seed in ("1", "2")
    ]
    assert told[0] == told[1]
    assert len(told[0]) > len(FOLDERS) + len(FILES)
    turtle = hashlib.sha256(snapshot.nquads.with_suffix(".ttl").read_bytes()).hexdigest()
    assert told[0]["ttl/"] == turtle


@pytest.mark.parametrize("name", ["kgx", "kgx-jsonl", "csv", "sssom"])
def test_a_hostile_knowledge_base_is_written_all_the_same(name):
    kb = hostile()
    written = files(name, content(kb))
    if name == "kgx":
        assert len(tsv(written["edges.tsv"])) == len(kb.statements)
    if name == "kgx-jsonl":
        lines = written["edges.jsonl"].decode().split("\n")[:-1]
        assert [json.loads(line)["supporting_text"] for line in lines] == [[HOSTILE]] * len(lines)
        assert len(lines) == len(kb.statements)


def test_a_hostile_knowledge_base_comes_back_from_json_ld(tmp_path):
    kb = hostile()
    (data,) = files("jsonld", content(kb, tmp_path)).values()
    assert rdf.from_rdf(Graph().parse(data=data, format="json-ld")) == kb
