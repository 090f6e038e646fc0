# SPDX-License-Identifier: Apache-2.0
"""What `exograph doctor` finds in homes that were damaged, and that it changes nothing."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from running import PROGRAM, ROOT, Answer, call, tree
from test_schemas import validate

from exograph.cli import doctor_words, surroundings
from exograph.snapshot import health
from exograph.snapshot.health import Finding
from exograph.snapshot.imported import imports
from exograph.snapshot.lock import builder

GMT = "A set\tof genes\tVEGFA\tPTEN\n"


@pytest.fixture
def sick(home: Path, tmp_path: Path) -> Path:
    """A copy of the built home, to be damaged."""
    return shutil.copytree(home, tmp_path / "home")


@pytest.fixture
def doctor(graphs: Path, sick: Path):
    """The findings in the damaged home, by name; the home must be as it was."""

    def doctor(*args: str, home: Path = sick) -> dict[str, dict]:
        before = tree(home) if home.is_dir() else {}
        answer = call(["--home", str(home), "--graphs", str(graphs), "doctor", "--json", *args])
        assert (tree(home) if home.is_dir() else {}) == before
        return findings(answer)

    return doctor


def findings(answer: Answer) -> dict[str, dict]:
    document = answer.json
    validate("doctor", document)
    assert answer.code == (not document["ok"])
    assert document["ok"] == all(f["state"] != "fault" for f in document["findings"])
    for finding in document["findings"]:
        if finding["state"] != "ok":
            assert finding["cure_en"] and finding["cure_zh"]
    return {finding["name"]: finding for finding in document["findings"]}


def snapshot_in(home: Path) -> Path:
    return home / "snapshots" / (home / "CURRENT").read_text().split()[0]


def test_a_sound_home_has_no_fault(doctor, sick):
    found = doctor("--verify")
    assert not [f for f in found.values() if f["state"] == "fault"]
    used = found["snapshot.used"]["about"]
    assert used["path"] == str(snapshot_in(sick))
    assert used["sources"] == ["review"]
    held = sum(p.stat().st_size for p in snapshot_in(sick).rglob("*") if p.is_file())
    assert used["bytes"] == held
    assert found["package.all"]["about"]["packages"]["click"] == metadata.version("click")


@pytest.mark.parametrize("name", ["kb.json", "kb.nq", "kb.ttl", "arrays/subject.npy"])
def test_verify_finds_a_byte_that_changed_in_any_file(name, doctor, sick):
    path = snapshot_in(sick) / name
    if not path.exists():
        path = next((snapshot_in(sick) / "arrays").iterdir())
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    found = doctor("--verify")["snapshot.unusable"]
    assert found["state"] == "fault"
    assert path.name in found["text_en"] and "exograph build" in found["cure_en"]


def test_a_large_file_is_read_by_verify_only(doctor, sick, graphs):
    path = snapshot_in(sick) / "kb.nq"
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 2)
        file.write(b"\0")
    assert "snapshot.unusable" in doctor("--verify")
    assert ("snapshot.used" in doctor()) == (size > 4 * 1024**2)


DAMAGES = {
    "no manifest": lambda home: (snapshot_in(home) / "manifest.json").unlink(),
    "manifest of nothing": lambda home: (snapshot_in(home) / "manifest.json").write_text("{}"),
    "manifest is a folder": lambda home: (
        (snapshot_in(home) / "manifest.json").unlink(),
        (snapshot_in(home) / "manifest.json").mkdir(),
    ),
    "CURRENT is empty": lambda home: (home / "CURRENT").write_text(""),
    "CURRENT is no text": lambda home: (home / "CURRENT").write_bytes(b"\xff\xfe" * 400),
    "CURRENT is a folder": lambda home: ((home / "CURRENT").unlink(), (home / "CURRENT").mkdir()),
    "CURRENT is a pipe": lambda home: ((home / "CURRENT").unlink(), os.mkfifo(home / "CURRENT")),
    "no snapshot of that name": lambda home: shutil.rmtree(snapshot_in(home)),
    "snapshots is a file": lambda home: (
        shutil.rmtree(home / "snapshots"),
        (home / "snapshots").write_text("x"),
    ),
    "a file is missing": lambda home: (snapshot_in(home) / "kb.json").unlink(),
    "a file is a pipe": lambda home: (
        (snapshot_in(home) / "kb.json").unlink(),
        os.mkfifo(snapshot_in(home) / "kb.json"),
    ),
    "a file is cut": lambda home: os.truncate(snapshot_in(home) / "kb.nq", 1000),
    "a link that leads to itself": lambda home: (
        (snapshot_in(home) / "kb.ttl").unlink(),
        (snapshot_in(home) / "kb.ttl").symlink_to("kb.ttl"),
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_home_is_a_fault(damage, sick, graphs):
    DAMAGES[damage](sick)
    found = findings(call(["--home", str(sick), "--graphs", str(graphs), "doctor", "--json"]))
    assert found["snapshot.unusable"]["state"] == "fault"


def test_build_mends_what_it_is_told_to_mend(sick, graphs):
    DAMAGES["a link that leads to itself"](sick)
    DAMAGES["CURRENT is a folder"](sick)
    options = ["--home", str(sick), "--graphs", str(graphs)]
    assert call([*options, "build"]).code == 0
    mended = findings(call([*options, "doctor", "--verify", "--json"]))
    assert mended["snapshot.used"]["state"] == "ok"


def test_changed_tables_make_a_snapshot_stale(sick, broken):
    copy = broken(entities=[("miR-126\t", "miR-126 \t".strip() + "x\t")])
    found = findings(call(["--home", str(sick), "--graphs", str(copy), "doctor", "--json"]))
    assert found["snapshot.stale"]["state"] == "hint"
    assert "snapshot.used" not in found


def test_what_is_left_of_killed_writers_is_found(doctor, sick):
    for folder in ("snapshots/.building-abc", "imports/sets.new", "imports/gone.0123456789abcdef"):
        (sick / folder).mkdir(parents=True)
        (sick / folder / "part").write_bytes(b"x" * 1000)
    (sick / "CURRENT.new").write_text("half")
    (sick / "CURRENT.damaged-x").mkdir()
    found = doctor()
    assert found["left.by_builder"]["about"]["bytes"] == 1000
    assert found["left.by_import"]["about"]["path"].startswith(str(sick / "imports"))
    assert found["left.aside"]["state"] == "hint"
    assert found["snapshot.used"]["state"] == "ok"


def test_who_builds_is_told_and_is_not_taken_for_one_that_died(doctor, sick, graphs):
    (sick / "snapshots" / ".building-abc").mkdir()
    with builder(sick):
        found = findings(
            call(["--home", str(sick), "--graphs", str(graphs), "doctor", "--json"]),
        )
    assert found["lock.held"]["about"]["process"] == str(os.getpid())
    assert "left.by_builder" not in found
    assert "left.by_builder" in doctor()


def test_a_lock_that_is_a_pipe_is_not_waited_for(doctor, sick):
    (sick / "LOCK").unlink()
    os.mkfifo(sick / "LOCK")
    assert doctor()["lock.unusable"]["state"] == "hint"


@pytest.fixture
def imported(sick: Path, graphs: Path, tmp_path: Path) -> Path:
    (tmp_path / "sets.gmt").write_text(GMT)
    options = ["--home", str(sick), "--graphs", str(graphs)]
    done = call([*options, "import", str(tmp_path / "sets.gmt"), "--as", "sets"])
    assert done.code == 0, done.err
    return sick


def test_imports_are_told(doctor, imported):
    (held,) = imports(imported)
    found = doctor("--verify")["import.there"]
    assert (found["about"]["name"], found["about"]["statements"]) == ("sets", held.statements)


def test_an_import_that_changed_is_a_fault(doctor, imported):
    (held,) = imports(imported)
    file = max(held.folder.iterdir(), key=lambda path: path.stat().st_size)
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(data)
    found = doctor("--verify")["import.damaged"]
    assert "sets" in found["text_en"] and "--remove sets" in found["cure_en"]
    assert "import.damaged" not in doctor()


def test_an_import_without_its_columns_or_its_word_is_a_fault(doctor, imported):
    (held,) = imports(imported)
    shutil.rmtree(held.folder)
    assert doctor()["import.damaged"]["state"] == "fault"
    held.path.write_text("{}")
    found = doctor()
    assert found["import.damaged"]["state"] == "fault"
    assert "left.by_import" not in found


def test_no_home_is_in_order_and_is_not_made(doctor, tmp_path):
    found = doctor(home=tmp_path / "none" / "yet")
    assert found["home.none"]["state"] == "ok"
    assert not (tmp_path / "none").exists()


def test_a_home_that_is_a_file_is_a_fault(doctor, tmp_path):
    (tmp_path / "file").write_text("")
    assert doctor(home=tmp_path / "file")["home.no_folder"]["state"] == "fault"
    below = doctor(home=tmp_path / "file" / "below")
    assert below["home.unwritable"]["state"] == "hint"


def test_a_home_on_a_disk_that_is_read_only(sick, graphs, tmp_path):
    """In a namespace of its own, where the disk can be made so."""
    from test_full_disk import namespace

    program = (
        "import subprocess, sys\n"
        "home, *order = sys.argv[1:]\n"
        "for options in (['--bind', home, home], ['-o', 'remount,ro,bind', home]):\n"
        "    subprocess.run(['mount', *options], check=True)\n"
        "sys.exit(subprocess.run(order).returncode)\n"
    )
    exograph = [sys.executable, "-c", PROGRAM, "--home", str(sick), "--graphs", str(graphs)]
    doctor = ["doctor", "--verify", "--json"]
    done = subprocess.run(
        [*namespace(), sys.executable, "-c", program, str(sick), *exograph, *doctor],
        timeout=60,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    found = {f["name"]: f["state"] for f in json.loads(done.stdout)["findings"]}
    assert found["home.unwritable"] == "hint"
    assert found["snapshot.used"] == "ok"


def test_tables_that_are_not_there_are_a_fault_and_the_rest_is_looked_at(sick, tmp_path):
    options = ["--home", str(sick), "--graphs", str(tmp_path / "nowhere"), "--texts", "/nowhere"]
    found = findings(call([*options, "doctor", "--json"]))
    assert found["tables.failed"]["about"]["code"] == "S111"
    assert found["snapshot.used"]["state"] == "ok"
    assert "encoding.utf_8" in found or "encoding.other" in found


def test_an_examination_that_fails_is_a_finding(doctor, monkeypatch):
    def ill() -> Iterator[Finding]:
        raise RuntimeError("an accident")

    monkeypatch.setattr(surroundings, "fonts", ill)
    found = doctor()
    assert "an accident" in found["fonts.failed"]["text_en"]
    assert "encoding.utf_8" in found or "encoding.other" in found


@pytest.fixture
def site(tmp_path: Path):
    """Runs doctor where packages are as the test lays them out, before those of this Python."""

    def run(files: dict[str, str], *args: str) -> dict[str, dict]:
        folder = tmp_path / "site"
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        home = ["--home", str(tmp_path / "none"), "--graphs", str(ROOT / "graphs")]
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, *home, "doctor", "--json", *args],
            env={**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT / 'src'}"},
            capture_output=True,
            check=False,
            timeout=60,
        )
        assert not done.stderr, done.stderr.decode()
        document = json.loads(done.stdout)
        validate("doctor", document)
        return {finding["name"]: finding for finding in document["findings"]}

    return run


def told(name: str, version: str, *more: str) -> str:
    return "\n".join(["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", *more, ""])


def test_a_package_that_is_too_old_is_a_fault(site):
    found = site({"rapidfuzz-1.0.dist-info/METADATA": told("rapidfuzz", "1.0")})
    fault = found["package.other_version"]
    assert fault["state"] == "fault"
    assert fault["about"] == {"name": "rapidfuzz", "wanted": "rapidfuzz>=3.9", "version": "1.0"}
    assert fault["cure_en"] == "pip install 'rapidfuzz>=3.9'"
    assert "package.all" not in found


def test_a_package_that_is_not_there_is_a_fault(site):
    own = told(
        "exograph", "0.1.0", "Requires-Dist: nothing-of-that-name>=2", "Requires-Dist: click"
    )
    found = site({"exograph-0.1.0.dist-info/METADATA": own})
    assert found["package.missing"]["about"]["name"] == "nothing-of-that-name"
    assert found["program.python_untried"]["state"] == "hint"


def test_a_package_that_cannot_be_imported_is_found_by_verify(site):
    broken = {"rapidfuzz/__init__.py": "raise OSError('no such instruction')\n"}
    found = site(broken, "--verify")["package.broken"]
    assert found["about"]["name"] == "rapidfuzz"
    assert "no such instruction" in found["text_en"]


def test_an_extra_in_a_version_that_will_not_do_is_a_hint(site):
    own = [
        *("Provides-Extra: spark", "Requires-Dist: pyspark>=4; extra == 'spark'"),
        *("Provides-Extra: mcp", "Requires-Dist: nothing-of-that-name>=2; extra == 'mcp'"),
        *("Provides-Extra: web", "Requires-Dist: click; extra == 'web'", "Requires-Dist: click"),
    ]
    files = {
        "exograph-0.1.0.dist-info/METADATA": told("exograph", "0.1.0", *own),
        "pyspark-3.0.dist-info/METADATA": told("pyspark", "3.0"),
    }
    found = site(files)
    assert found["extra.other_version"]["about"] == {"name": "spark", "lacking": ["pyspark>=4"]}
    assert found["extra.absent"]["about"]["name"] == "mcp"
    assert found["extra.absent"]["state"] == "ok"
    assert "extra.there" not in found


def test_a_file_of_the_program_that_changed_is_found_by_verify(site):
    record = "exograph/part.txt,sha256=ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0,3\n"
    files = {
        "exograph-0.1.0.dist-info/METADATA": told("exograph", "0.1.0"),
        "exograph-0.1.0.dist-info/RECORD": record,
    }
    gone = site(files, "--verify")["program.changed"]
    assert (gone["about"]["number"], gone["about"]["files"]) == (1, ["exograph/part.txt"])
    sound = site({**files, "exograph/part.txt": "abc"}, "--verify")
    assert "program.changed" not in sound


def test_a_browser_is_the_one_that_is_named(site, monkeypatch, tmp_path):
    script = tmp_path / "my-browser"
    script.write_text("#!/bin/sh\n")
    script.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(script))
    assert site({})["browser.there"]["about"]["name"] == str(script)


def test_a_locale_without_utf_8_is_a_hint(program):
    poor = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = program("doctor", "--json", env=poor)
    found = {f["name"]: f for f in json.loads(done.stdout)["findings"]}
    assert "UTF-8" in found["encoding.other"]["cure_en"]


def test_the_text_names_each_topic_once_and_ends_in_a_sum(run):
    lines = run("doctor").out.splitlines()
    topics = [line for line in lines if line and not line.startswith(" ")][:-1]
    assert len(set(topics)) == len(topics)
    assert lines[-1].startswith("0 fault(s), ")
    assert run("doctor", options=("--lang", "zh")).out.splitlines()[-1].startswith("故障 0 项")


def test_every_finding_has_words_in_both_languages():
    text = "".join(Path(module.__file__).read_text() for module in (health, surroundings))
    names = set(re.findall(r'Finding\(\s*"([a-z]+\.\w+)"', text))
    assert len(names) > 25
    for name in names:
        about = dict.fromkeys(
            re.findall(r"{(\w+)}", str(doctor_words._WORDS)),
            "x",
        )
        for lang in ("en", "zh"):
            said, _ = doctor_words.told(Finding(name, "hint", {**about, "bytes": 5}), lang)
            assert said
        assert name.partition(".")[0] in doctor_words.TOPICS
