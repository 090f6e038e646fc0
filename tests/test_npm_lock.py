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
LOCK = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
WANTED = json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"]


def test_the_lock_names_no_place_to_fetch_from():
    entries = LOCK["packages"].values()
    assert all("resolved" not in entry for entry in entries)
    bare = [{k: v for k, v in entry.items() if k != "funding"} for entry in entries]
    assert "://" not in json.dumps(bare)
    assert "omit-lockfile-registry-resolved=true" in (ROOT / ".npmrc").read_text().splitlines()


def test_versions_are_exact_and_every_package_has_its_digest():
    exact = re.compile(r"\d+\.\d+\.\d+")
    assert all(exact.fullmatch(version) for version in WANTED.values())
    assert LOCK["packages"][""]["dependencies"] == WANTED
    packages = {name: entry for name, entry in LOCK["packages"].items() if name}
    assert all(exact.fullmatch(entry["version"]) for entry in packages.values())
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert {n: packages[f"node_modules/{n}"]["version"] for n in WANTED} == WANTED


def test_what_is_shipped_is_named_with_its_licence():
    if not LIBRARIES.is_dir():
        pytest.skip("the libraries of the page were not fetched when the package was built")
    notice = (LIBRARIES / "NOTICE.txt").read_text("utf-8")
    for name in ("vis-network", "@zazuko/yasqe", "oxigraph", "codemirror", "dompurify"):
        entry = LOCK["packages"][f"node_modules/{name}"]
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
