# SPDX-License-Identifier: Apache-2.0
"""What comes from npm: versions are exact, the lock names no host, licences come along."""

import importlib.util
import json
import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LIBRARIES = ROOT / "src" / "exograph" / "views" / "page" / "libraries"
FOLDERS = (ROOT, ROOT / "tests" / "web" / "comunica")
"""Of the libraries of the page, and of a client that the tests ask with."""


def read(folder, name):
    return json.loads((folder / name).read_text("utf-8"))


@pytest.mark.parametrize("folder", FOLDERS, ids=("page", "comunica"))
def test_the_lock_names_no_place_to_fetch_from(folder):
    entries = read(folder, "package-lock.json")["packages"].values()
    assert all("resolved" not in entry for entry in entries)
    bare = [{k: v for k, v in entry.items() if k != "funding"} for entry in entries]
    assert "://" not in json.dumps(bare)
    assert "omit-lockfile-registry-resolved=true" in (folder / ".npmrc").read_text().splitlines()


@pytest.mark.parametrize("folder", FOLDERS, ids=("page", "comunica"))
def test_versions_are_exact_and_every_package_has_its_digest(folder):
    exact = re.compile(r"\d+\.\d+\.\d+")
    about, locked = read(folder, "package.json"), read(folder, "package-lock.json")["packages"]
    wanted = about["dependencies"]
    assert about["private"] and about["license"] == "Apache-2.0"
    assert locked[""]["dependencies"] == wanted
    pinned = wanted | about.get("overrides", {})
    assert all(exact.fullmatch(version) for version in pinned.values())
    packages = {name: entry for name, entry in locked.items() if name}
    assert all(exact.fullmatch(entry["version"]) for entry in packages.values())
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert {name: packages[f"node_modules/{name}"]["version"] for name in pinned} == pinned


def test_what_is_shipped_is_named_with_its_licence():
    if not LIBRARIES.is_dir():
        pytest.skip("the libraries of the page were not fetched when the package was built")
    locked = read(ROOT, "package-lock.json")["packages"]
    notice = (LIBRARIES / "NOTICE.txt").read_text("utf-8")
    for name in ("vis-network", "@zazuko/yasqe", "oxigraph", "codemirror", "dompurify"):
        entry = locked[f"node_modules/{name}"]
        assert f"\n{name} {entry['version']}: {entry['license']}\n" in notice
    assert "Permission is hereby granted" in notice and "Apache License" in notice
    assert {file.name for file in LIBRARIES.iterdir()} == {
        "MADE_FROM", "NOTICE.txt", "oxigraph.js.gz", "oxigraph.wasm.gz", "vis-network.min.js",
        "yasqe.min.css.gz", "yasqe.min.js.gz",
    }  # fmt: skip


def test_a_build_without_npm_or_a_registry_goes_on_and_keeps_what_there_was(tmp_path, monkeypatch):
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    hook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hook)
    for name in ("package.json", "package-lock.json", ".npmrc", "hatch_build.py"):
        shutil.copy(ROOT / name, tmp_path)
    held = tmp_path / hook.LIBRARIES / "vis-network.min.js"
    held.parent.mkdir(parents=True)
    held.write_text("kept")
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert hook.gather(tmp_path).startswith("There is no npm")
    npm = tmp_path / "bin" / "npm"
    npm.write_text("#!/bin/sh\nexit 1\n")
    npm.chmod(0o755)
    assert hook.gather(tmp_path).startswith("npm could not fetch")
    assert [file.name for file in held.parent.iterdir()] == [held.name]
    (held.parent / "MADE_FROM").write_text(hook._digest(tmp_path))
    assert hook.gather(tmp_path) == "The libraries of the page are there."
