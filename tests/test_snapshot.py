# SPDX-License-Identifier: Apache-2.0
"""The snapshot: whole or not at all, the same each time, and believed only after a look."""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from exograph import rdf, snapshot, store
from exograph.errors import ChecksFailed, InputError, SnapshotError
from exograph.snapshot import build, current, ensure, inputs_key
from exograph.tables import COLUMNS, file_of

ROOT = Path(__file__).parent.parent
ONTOLOGY = ROOT / "ontology"

ROWS = {
    "entities": [
        {"id": "mir-126", "type": "MicroRNA", "label_en": "miR-126", "label_zh": "miR-126"},
        {"id": "pik3r2", "type": "GeneProduct", "label_en": "PIK3R2", "label_zh": "PIK3R2"},
    ],
    "statements": [
        {
            "subject": "mir-126",
            "predicate": "downregulates",
            "object": "pik3r2",
            "reference": "tiny-1",
            "section": "1",
            "paraphrase": "miR-126 lowers PIK3R2.",
            "basis": "stated",
            "stance": "supports",
            "certainty": "asserted",
            "effect": "plain",
        }
    ],
    "references": [{"id": "tiny-1", "kind": "article", "title": "T"}],
}
SETTINGS = """title_en = "Tiny"
title_zh = "小"
licence = "CC0-1.0"
date = "2025-01-01"
evidence = "paraphrases"
sections = ["1"]
"""


def write_source(folder, rows=ROWS):
    folder.mkdir(parents=True)
    (folder / "source.toml").write_text(SETTINGS, encoding="utf-8")
    for table, held in rows.items():
        lines = ["\t".join(COLUMNS[table])]
        lines += ["\t".join(row.get(column, "") for column in COLUMNS[table]) for row in held]
        (folder / file_of(table)).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def graphs(tmp_path):
    write_source(tmp_path / "graphs" / "tiny")
    return tmp_path / "graphs"


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


def tree(folder):
    """Digest of every file below a folder, by path, without the lock."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "LOCK"
    }


@pytest.fixture(scope="module")
def review(tmp_path_factory):
    """The real tables, built once."""
    return build(ROOT / "graphs", ONTOLOGY, tmp_path_factory.mktemp("home"))


def test_the_review_comes_back_from_every_file_of_its_snapshot(review):
    review.verify()
    kb = review.kb
    nquads = review.nquads.read_bytes()
    assert rdf.from_rdf(rdf.parse_nquads(nquads)) == kb
    again, lines = store.normalise(nquads).splitlines(), nquads.splitlines()  # as Oxigraph has it
    assert len(again) == len(lines)
    assert {line for line in again if b"_:" not in line} == {
        line for line in lines if b"_:" not in line
    }
    in_turtle = parse((review.path / "kb.ttl").read_bytes(), RdfFormat.TURTLE)
    assert set(map(str, in_turtle)) == set(map(str, parse(nquads, RdfFormat.N_QUADS)))
    assert review.arrays.nodes == tuple(e.id for e in kb.entities)
    assert review.arrays.claims == tuple(c.id for c in kb.claims)


def test_the_manifest_counts_what_is_there(review):
    counts, kb = review.manifest["counts"], review.kb
    for name in ("entities", "claims", "statements", "references", "attributes", "mechanisms"):
        assert counts[name]["total"] == len(getattr(kb, name))
        for name_of_part, parts in counts[name].items():
            if name_of_part.startswith("by_"):
                assert sum(parts.values()) == counts[name]["total"], name_of_part
    assert counts["triples"]["total"] == len(review.store())
    on_disk = {str(p.relative_to(review.path)) for p in review.path.rglob("*") if p.is_file()}
    assert set(review.manifest["files"]) == on_disk - {"manifest.json"}


def test_no_blank_node_of_the_data_and_no_triple_twice(review):
    lines = review.nquads.read_bytes().splitlines()
    assert len(set(lines)) == len(lines)
    data = [line for line in lines if line.startswith(b"<https://w3id.org/exograph/entity/")]
    assert data
    assert not any(b" _:" in line for line in data)


def test_two_builds_are_byte_identical(graphs, tmp_path):
    for name in ("one", "two"):
        environment = os.environ | {"PYTHONHASHSEED": str(len(name)), "TZ": "Asia/Shanghai"}
        code = (
            "import sys; from pathlib import Path; from exograph.snapshot import build\n"
            "build(*map(Path, sys.argv[1:]))"
        )
        arguments = [str(graphs), str(ONTOLOGY), str(tmp_path / name)]
        subprocess.run([sys.executable, "-c", code, *arguments], env=environment, check=True)
    assert tree(tmp_path / "one") == tree(tmp_path / "two")
    assert len(tree(tmp_path / "one")) > 10


def test_nothing_of_the_machine_is_in_the_manifest(graphs, home):
    text = (build(graphs, ONTOLOGY, home).path / "manifest.json").read_text(encoding="utf-8")
    assert str(home.parent) not in text


def test_a_first_command_builds_and_says_so_a_second_does_not(graphs, home):
    said = []
    first = ensure(graphs, ONTOLOGY, home, said.append)
    assert len(said) == 1
    assert "no snapshot" in said[0]
    before = tree(home)
    second = ensure(graphs, ONTOLOGY, home, said.append)
    assert len(said) == 1
    assert (second.path, second.kb) == (first.path, first.kb)
    assert tree(home) == before


def test_a_changed_table_makes_it_stale_even_with_the_old_time_and_size(graphs, home):
    said = []
    old = ensure(graphs, ONTOLOGY, home, said.append)
    path = graphs / "tiny" / "entities.tsv"
    held = path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace("PIK3R2", "PIK3R3"), encoding="utf-8")
    os.utime(path, ns=(held.st_atime_ns, held.st_mtime_ns))
    assert path.stat().st_size == held.st_size
    new = ensure(graphs, ONTOLOGY, home, said.append)
    assert "changed" in said[1]
    assert new.kb.entity["pik3r2"].label_en == "PIK3R3"
    assert new.path != old.path
    assert old.kb.entity["pik3r2"].label_en == "PIK3R2"  # still there for who has it open


def test_only_two_snapshots_are_kept(graphs, home):
    path = graphs / "tiny" / "entities.tsv"
    for name in ("PIK3R3", "PIK3R4", "PIK3R5", "PIK3R6"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("PIK3R2", name), encoding="utf-8")
        build(graphs, ONTOLOGY, home)
        path.write_text(text, encoding="utf-8")
    assert len(list((home / "snapshots").iterdir())) == 2


def test_tables_with_errors_change_nothing_on_disk(graphs, home):
    build(graphs, ONTOLOGY, home)
    before = tree(home)
    path = graphs / "tiny" / "statements.tsv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("downregulates", "downregulate"), encoding="utf-8")
    for attempt in (build, lambda *a: ensure(*a, lambda text: None)):
        with pytest.raises(ChecksFailed) as caught:
            attempt(graphs, ONTOLOGY, home)
        assert any("downregulate" in p.message for p in caught.value.problems)
    assert tree(home) == before
    assert current(home).kb.entities


def test_a_failed_first_build_leaves_no_home_behind(graphs, home):
    (graphs / "tiny" / "references.tsv").unlink()
    with pytest.raises(ChecksFailed):
        build(graphs, ONTOLOGY, home)
    assert not home.exists()


FILES = ["kb.json", "kb.nq", "kb.ttl", "arrays/heads.npy", "manifest.json"]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", ["flip", "cut", "empty", "gone", "folder", "pipe"])
def test_damage_to_any_file_is_found_and_mended(graphs, home, name, damage):
    made = build(graphs, ONTOLOGY, home)
    whole = tree(home)
    path = made.path / name
    data = path.read_bytes()
    path.unlink()
    match damage:
        case "flip":
            at = len(data) * 2 // 3
            path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        case "cut":
            path.write_bytes(data[:-1])
        case "empty":
            path.write_bytes(b"")
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
    with pytest.raises(SnapshotError, match="damaged"):
        current(home).verify()
    said = []
    ensure(graphs, ONTOLOGY, home, said.append).verify()
    assert "damaged" in said[0] and name in said[0]
    assert tree(home) == whole


def test_damage_that_only_reading_shows_is_told_by_the_reader_and_mended_by_a_build(graphs, home):
    made = build(graphs, ONTOLOGY, home)
    whole = tree(home)
    data = made.nquads.read_bytes()
    made.nquads.write_bytes(data[:-5] + b"x" + data[-4:])
    assert made.fault(len(data) - 1) is None  # as of a large file, of which the length tells
    assert not made.is_sound()
    with pytest.raises(SnapshotError, match=r"kb\.nq has changed"):
        made.store()
    build(graphs, ONTOLOGY, home)
    assert tree(home) == whole


@pytest.mark.parametrize(
    "text", ["", "\n", "x y\n", "../../etc 0\n", "\xff", "0" * 32 + " " + "0" * 64 + "\n"]
)
def test_a_damaged_current_is_found_and_mended(graphs, home, text):
    build(graphs, ONTOLOGY, home)
    (home / "CURRENT").write_text(text, encoding="latin-1")
    with pytest.raises(SnapshotError):
        current(home)
    said = []
    ensure(graphs, ONTOLOGY, home, said.append).verify()
    assert "damaged" in said[0]
    current(home).verify()


@pytest.mark.parametrize("name", ["CURRENT", "CURRENT.new", "LOCK"])
@pytest.mark.parametrize("kind", ["pipe", "folder", "full folder"])
def test_what_is_no_file_is_no_obstacle(graphs, home, name, kind):
    build(graphs, ONTOLOGY, home)
    path = home / name
    path.unlink(missing_ok=True)
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()
    if kind == "full folder":
        (path / "kept").write_text("kept")
    said = []
    if name == "CURRENT":
        with pytest.raises(SnapshotError, match="CURRENT cannot be read: it is no regular file"):
            current(home)
        ensure(graphs, ONTOLOGY, home, said.append).verify()
        assert "damaged: CURRENT cannot be read" in said[0]
    else:
        build(graphs, ONTOLOGY, home).verify()
    current(home).verify()
    assert kind != "full folder" or [p.read_text() for p in home.glob("*/kept")] == ["kept"]


def test_a_manifest_that_was_tampered_with_consistently_is_refused(graphs, home):
    made = build(graphs, ONTOLOGY, home)
    path = made.path / "kb.json"
    path.write_text(path.read_text(encoding="utf-8").replace("PIK3R2", "PIK3R9"), encoding="utf-8")
    manifest = json.loads((made.path / "manifest.json").read_text(encoding="utf-8"))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    manifest["files"]["kb.json"]["sha256"] = digest
    (made.path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(SnapshotError):
        current(home)


def test_no_snapshot_is_none(home, tmp_path):
    assert current(home) is None
    tmp_path.joinpath("file").touch()
    with pytest.raises(SnapshotError):
        current(tmp_path / "file")


BUILD = """
import sys; from pathlib import Path
from exograph.snapshot import build
print("ready", flush=True)
build(*map(Path, sys.argv[1:]))
"""


def test_two_builders_at_once_both_succeed(graphs, home):
    arguments = [sys.executable, "-c", BUILD, str(graphs), str(ONTOLOGY), str(home)]
    children = [subprocess.Popen(arguments, stdout=subprocess.DEVNULL) for _ in range(3)]
    assert [child.wait() for child in children] == [0, 0, 0]
    current(home).verify()


def test_a_home_in_use_is_an_error_that_names_the_process(graphs, home):
    home.mkdir()
    with (home / "LOCK").open("w+") as file:
        file.write("4242")
        file.flush()
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(SnapshotError, match="process 4242") as caught:
            build(graphs, ONTOLOGY, home, wait=0.2)
    assert caught.value.code == "S104"
    build(graphs, ONTOLOGY, home)


def test_a_home_that_cannot_be_written_is_replaced_by_a_temporary_one_and_said(
    graphs, tmp_path, monkeypatch
):
    home = tmp_path / "file" / "home"
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    spare = tmp_path / "tmp"
    spare.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(spare))
    with pytest.raises(SnapshotError) as caught:
        build(graphs, ONTOLOGY, home)
    assert caught.value.code == "S105"
    said = []
    made = ensure(graphs, ONTOLOGY, home, said.append)
    made.verify()
    assert spare in made.path.parents
    assert any(str(home) in line and "cannot be written" in line for line in said)
    before = len(said)
    assert ensure(graphs, ONTOLOGY, home, said.append).path == made.path
    assert len(said) == before


def test_a_spare_home_that_others_may_write_is_not_believed(graphs, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    spare = tmp_path / "tmp"
    spare.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(spare))
    planted = spare / f"exograph-{os.getuid()}"
    build(graphs, ONTOLOGY, planted)
    planted.chmod(0o777)
    made = ensure(graphs, ONTOLOGY, tmp_path / "file" / "home", lambda text: None)
    assert planted not in made.path.parents


def test_odd_files_beside_the_tables_neither_count_nor_hurt(graphs, home):
    key = inputs_key(graphs, ONTOLOGY)
    tiny = graphs / "tiny"
    (tiny / "statements.tsv~").write_text("backup", encoding="utf-8")
    (tiny / ".statements.tsv.swp").write_bytes(b"\0\1")
    (tiny / "loop").symlink_to(tiny)
    (tiny / "dangling").symlink_to("nowhere")
    (tiny / "a\nb 外 '\".txt").write_text("x", encoding="utf-8")
    os.mkfifo(tiny / "pipe")
    (graphs / "README.md").write_text("# page", encoding="utf-8")
    (graphs / "queries").mkdir()
    (graphs / ".hidden").mkdir()
    (graphs / "dangling").symlink_to("nowhere")
    assert inputs_key(graphs, ONTOLOGY) == key
    assert build(graphs, ONTOLOGY, home).key == key


def test_sources_can_be_chosen_and_stay_chosen(graphs, home):
    other = {**ROWS, "references": [{"id": "other-1", "kind": "article", "title": "T"}]}
    other["entities"] = [
        {"id": "a", "type": "Vesicle", "label_en": "A", "label_zh": "甲"},
    ]
    other["statements"] = []
    write_source(graphs / "other", other)
    said = []
    only = build(graphs, ONTOLOGY, home, only=["tiny"])
    assert [s.id for s in only.kb.sources] == ["tiny"]
    assert ensure(graphs, ONTOLOGY, home, said.append).path == only.path
    assert said == []
    everything = build(graphs, ONTOLOGY, home)
    assert [s.id for s in everything.kb.sources] == ["other", "tiny"]
    assert build(graphs, ONTOLOGY, home, only=["tiny", "other"]).kb == everything.kb
    with pytest.raises(InputError) as caught:
        build(graphs, ONTOLOGY, home, only=["tinny"])
    assert caught.value.suggestions == ("tiny",)
    shutil.rmtree(graphs / "tiny")
    build(graphs, ONTOLOGY, home)


def test_no_tables_at_all_is_an_error_that_names_the_folder(home, tmp_path):
    with pytest.raises(InputError, match="nothing"):
        build(tmp_path / "nothing", ONTOLOGY, home)


def test_a_large_graph_gets_a_store_on_disk(graphs, home, monkeypatch):
    monkeypatch.setattr("exograph.snapshot.building.DISK_STORE_FROM", 10)
    made = build(graphs, ONTOLOGY, home)
    assert made.store().disk == made.path / "store"
    query = "ASK { entity:mir-126 exo:downregulates entity:pik3r2 }"
    assert store.ask(made.store(), query).boolean
    made.verify()
    said = []
    assert ensure(graphs, ONTOLOGY, home, said.append).path == made.path
    shutil.rmtree(made.path / "store")
    assert store.ask(ensure(graphs, ONTOLOGY, home, said.append).store(), query).boolean
    assert "damaged" in said[0]


def test_a_warm_start_imports_no_rdf_library(review):
    code = f"""
import sys
from pathlib import Path
from exograph.snapshot import ensure
root = Path({str(ROOT)!r})
opened = ensure(root / "graphs", root / "ontology", Path({str(review.path.parent.parent)!r}), print)
assert opened.kb.claims
print(sorted({{"numpy"}} & sys.modules.keys()))
assert len(opened.arrays.nodes)
print(sorted({{"rdflib", "pyoxigraph", "networkx", "pyshacl"}} & sys.modules.keys()))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[]\n[]\n", "")


def test_the_data_lie_beside_the_package_and_the_home_follows_the_environment(
    monkeypatch, tmp_path
):
    assert (snapshot.data_folder() / "graphs" / "review" / "source.toml").is_file()
    monkeypatch.setenv("EXOGRAPH_HOME", str(tmp_path))
    assert snapshot.default_home() == tmp_path
    monkeypatch.delenv("EXOGRAPH_HOME")
    assert snapshot.default_home().name == "exograph"
