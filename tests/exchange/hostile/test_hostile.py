# SPDX-License-Identifier: Apache-2.0
"""Hostile files: a clear refusal or named rejects, in little time and memory, and nothing changed.

Each file is imported by the command in a process of its own, which may take ``SECONDS`` of time and
``ROOM`` bytes beyond what the program has at its start. All are forked from one that has loaded it.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from corpus import BESIDE, CASES, Case

SECONDS = 20
ROOM = 256 << 20

PROGRAM = """
import contextlib, io, json, os, resource, sys
from exograph import cli, snapshot
from exograph.exchange import gmt_in, gocam_in, gpml_in, kgx_in, rdf_in, sssom_in, table_in, taking
from exograph.store import parsing

ensure, held = snapshot.ensure, []

def once(*args, **more):  # all commands find the same knowledge base, read before the fork
    if not held:
        held.append(ensure(*args, **more))
        held[0].kb
    return held[0]

snapshot.ensure = once
jobs, seconds, room = json.load(sys.stdin), int(sys.argv[1]), int(sys.argv[2])
begin = cli.run(jobs[0]["args"])  # one that is refused, so that all is loaded
print("begin", flush=True)
for job in jobs:
    ends = os.pipe()
    if not os.fork():
        used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + room,) * 2)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds,) * 2)
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = cli.run(job["args"])
        with open(ends[1], "w") as file:
            json.dump({"code": code, "out": out.getvalue(), "err": err.getvalue()}, file)
        os._exit(0)
    os.close(ends[1])
    with open(ends[0]) as file:
        told = file.read()
    status = os.wait()[1]
    found = json.loads(told) if told else {"code": None, "out": "", "err": f"died: {status}"}
    imports = os.path.join(job["home"], "imports")
    found["left"] = sorted(os.listdir(imports)) if os.path.isdir(imports) else []
    for name in found["left"]:
        os.rename(os.path.join(imports, name), os.path.join(job["kept"], name))
    print(json.dumps(found), flush=True)
"""


@pytest.fixture(scope="module")
def own_home(home, tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile-home") / "home"
    shutil.copytree(home, folder)
    return folder


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Where the imports go that were made, so that the next file finds none."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def results(own_home, kept, tmp_path_factory):
    """What became of each file, by its name."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, data in BESIDE.items():
        (folder / name).write_bytes(data)
    before = state(own_home)
    jobs = []
    for number, case in enumerate(CASES):
        options = [option.format(folder=folder) for option in case.options]
        args = ["--home", str(own_home), "import", str(case.write(folder)), *options]
        args += ["--as", f"hostile-{number}", "--json"]
        jobs.append({"args": args, "home": str(own_home), "kept": str(kept)})
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(SECONDS), str(ROOM)],
        input=json.dumps(jobs),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "LANG": "C.UTF-8"},
    )
    lines = done.stdout.split("begin\n", 1)[1].splitlines()
    found = dict(zip([case.name for case in CASES], map(json.loads, lines), strict=True))
    yield found
    assert state(own_home) == before


def state(home: Path) -> list[tuple[str, int, int]]:
    """All files of a home but its imports and its lock, as they were last written."""
    files = (p for p in home.rglob("*") if p.is_file() and not {"imports", "LOCK"} & {*p.parts})
    return sorted((str(p), p.stat().st_size, p.stat().st_mtime_ns) for p in files)


def test_there_are_sixty_files_and_each_has_a_name_of_its_own():
    assert len(CASES) >= 60
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", [c for c in CASES if c.code], ids=lambda case: case.name)
def test_a_hostile_file_is_refused_and_leaves_nothing(results, case: Case):
    found = results[case.name]
    assert found["code"] == 1, found
    told = json.loads(found["out"][found["out"].rindex('{\n  "error"') :])["error"]
    assert told["code"] == case.code, found
    assert told["message"] and told["cure"]
    assert found["left"] == []


@pytest.mark.parametrize("case", [c for c in CASES if not c.code], ids=lambda case: case.name)
def test_what_is_hostile_in_a_file_is_refused_by_name(results, case: Case):
    found = results[case.name]
    assert found["code"] == 0, found
    about = json.loads(found["out"])
    assert (about["nodes"]["stored"], about["edges"]["stored"]) == case.stored, about
    assert {each["kind"] for each in about["refused"]} == set(case.kinds)
    assert all(each["examples"] for each in about["refused"])
    read = about["nodes"]["read"] + about["edges"]["read"]
    assert read == sum(case.stored) + sum(each["count"] for each in about["refused"])


def test_nothing_is_written_where_an_archive_says(results):
    assert results["slip.tar.gz"]["code"] == 0
    for folder in ("/tmp/exograph-slip", "/etc/exograph-slip"):
        assert not Path(folder).exists()


def test_the_knowledge_base_is_built_with_all_that_was_taken_in(results, own_home, kept, tmp_path):
    """No name or identifier makes it unreadable, and none is taken for another's."""
    own = tmp_path / "home"
    shutil.copytree(own_home, own)
    shutil.copytree(kept, own / "imports", dirs_exist_ok=True)
    assert len(list((own / "imports").iterdir())) >= 2 * len([c for c in CASES if not c.code])

    def run(*args: str) -> str:
        command = [sys.executable, "-c", "from exograph.cli import main; main()"]
        done = subprocess.run([*command, "--home", own, *args], capture_output=True, check=True)
        return done.stdout.decode()

    shown = json.loads(run("show", "https://e.org/a?b#c", "--json"))
    assert shown["entity"]["label_en"] == "b"
    ask = "SELECT (COUNT(*) AS ?n) { ?s exo:exactCurie 'HGNC:9588' }"
    assert run("query", "-e", ask, "--format", "csv").split() == ["n", "1"]
