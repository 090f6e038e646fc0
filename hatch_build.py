# SPDX-License-Identifier: Apache-2.0
"""Puts the libraries of the page beside it, when the package is built or installed for editing.

npm fetches the versions of ``package-lock.json`` into a folder that is thrown away; only the files
that the page carries are kept, with their licences. Without npm, or without a registry that it can
reach, the build goes on: the page then draws with the vis-network of pyvis, and asks SPARQL only
where a server answers. ``python hatch_build.py`` does it without a build, and says how it went.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
LIBRARIES = "src/exograph/views/page/libraries"
LOCK = "package-lock.json"
TAKEN = {
    "vis-network/dist/vis-network.min.js": "vis-network.min.js",
    "@zazuko/yasqe/build/yasqe.min.js": "yasqe.min.js.gz",
    "@zazuko/yasqe/build/yasqe.min.css": "yasqe.min.css.gz",
    "oxigraph/web.js": "oxigraph.js.gz",
    "oxigraph/web_bg.wasm": "oxigraph.wasm.gz",
}
"""Files of packages, and the names that they get; what ends in .gz is compressed."""

SHIPPED = ("vis-network", "@zazuko/yasqe", "oxigraph")
PATIENCE = 180
"""Seconds that npm may take."""
QUICKLY = ("--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-timeout=10000")
"""So that a build without a network goes on soon."""

MIT = """Permission is hereby granted, free of charge, to any person obtaining a copy of this \
software and associated documentation files (the "Software"), to deal in the Software without \
restriction, including without limitation the rights to use, copy, modify, merge, publish, \
distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the \
Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or \
substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT \
NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND \
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, \
DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, \
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""
"""Of packages that name this licence and do not bring its text."""


def gather(root: Path = ROOT) -> str:
    """Fetches the libraries, unless they are there. Says what became of it, in one line.

    What was there before stays when new ones cannot be had.
    """
    target = root / LIBRARIES
    made_from = _digest(root)
    if _held(target) == made_from:
        return "The libraries of the page are there."
    npm = shutil.which("npm")
    if npm is None:
        return "There is no npm to fetch the libraries of the page, which does with what is there."
    with tempfile.TemporaryDirectory() as scratch:
        for name in ("package.json", LOCK, ".npmrc"):
            shutil.copy(root / name, scratch)
        order = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", *QUICKLY]
        try:
            subprocess.run(order, cwd=scratch, check=True, capture_output=True, timeout=PATIENCE)
        except (OSError, subprocess.SubprocessError):
            return "npm could not fetch the libraries of the page, which does with what is there."
        fresh = Path(scratch) / "libraries"
        _take(Path(scratch) / "node_modules", fresh, json.loads((root / LOCK).read_text("utf-8")))
        (fresh / "MADE_FROM").write_text(f"{made_from}\n", "ascii")
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(fresh, target)
    return "The libraries of the page were fetched."


def _digest(root: Path) -> str:
    """Of all that decides what the libraries are."""
    parts = ((root / name).read_bytes() for name in (LOCK, "hatch_build.py"))
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _held(target: Path) -> str:
    file = target / "MADE_FROM"
    return file.read_text("ascii").strip() if file.is_file() else ""


def _take(modules: Path, target: Path, lock: dict[str, Any]) -> None:
    target.mkdir()
    for source, name in TAKEN.items():
        data = (modules / source).read_bytes()
        packed = gzip.compress(data, 9, mtime=0) if name.endswith(".gz") else data
        (target / name).write_bytes(packed)
    (target / "NOTICE.txt").write_text("\n".join(_notices(modules, lock)), "utf-8")


def _notices(modules: Path, lock: dict[str, Any]) -> Iterator[str]:
    """Name, version, licence and authors of each package, and each text of a licence once."""
    told: dict[str, str] = {}
    yield "The page carries these libraries, and what they are made with, each under its licence.\n"
    for name in _with_what_they_need(lock):
        about = json.loads((modules / name / "package.json").read_text("utf-8"))
        people = [about.get("author"), *about.get("contributors", ())]
        names = [each["name"] if isinstance(each, dict) else each for each in people if each]
        yield "=" * 72
        yield f"{name} {about['version']}: {about.get('license', 'see below')}"
        yield f"by {', '.join(names) or f'the authors of {name}'}\n"
        texts = [
            file.read_text("utf-8", "replace").strip()
            for file in sorted((modules / name).iterdir())
            if file.name.lower().startswith(("licen", "copying", "notice"))
        ]
        for text in texts or [MIT]:
            before = told.setdefault(text, name)
            yield f"{text}\n" if before == name else f"The same text as of {before}.\n"


def _with_what_they_need(lock: dict[str, Any]) -> list[str]:
    """Packages that are shipped, and all that these are built from."""
    packages, found = lock["packages"], list(SHIPPED)
    for name in found:
        entry = packages[f"node_modules/{name}"]
        needed = {**entry.get("dependencies", {}), **entry.get("peerDependencies", {})}
        found += [each for each in needed if each not in found and not each.startswith("@types/")]
    return sorted(found)


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by itself
    pass
else:

    class Libraries(BuildHookInterface[Any]):
        """The hook that hatchling calls."""

        PLUGIN_NAME = "custom"

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            self.app.display_info(gather(Path(self.root)))


if __name__ == "__main__":
    sys.exit(print(gather()))
