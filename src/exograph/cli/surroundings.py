# SPDX-License-Identifier: Apache-2.0
"""What surrounds the knowledge base: Python, packages, the page's libraries, browser, fonts, Java.

Nothing is changed, and no network is asked.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module, metadata
from pathlib import Path
from typing import TYPE_CHECKING

from exograph.snapshot.health import FAULT, HINT, OK, Finding

if TYPE_CHECKING:
    from packaging.requirements import Requirement

JAVA = 17
"""What Spark needs at least."""
_PATIENCE = 20
"""Seconds that another program may take to answer."""


def program() -> Iterator[Finding]:
    """Versions of Python and exograph; whether the tests ran with this Python."""
    import platform
    import sqlite3

    from exograph import __version__

    about = {
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "version": __version__,
        "path": str(Path(__file__).parent.parent),
    }
    yield Finding("program.version", OK, about)
    try:
        installed = metadata.distribution("exograph")
    except metadata.PackageNotFoundError:
        yield Finding("program.not_installed", HINT)
        return
    if installed.version != __version__:
        yield Finding("program.of_two_versions", HINT, {"other": installed.version, **about})
    told = re.findall(r"Python :: (\d\.\d+)$", "\n".join(_classifiers(installed)), re.MULTILINE)
    if "{}.{}".format(*sys.version_info) not in told:
        yield Finding("program.python_untried", HINT, {**about, "tried": told})


def _classifiers(installed: metadata.Distribution) -> list[str]:
    return installed.metadata.get_all("Classifier") or []


def packages(*, verify: bool) -> Iterator[Finding]:
    """Whether each package that exograph requires is there, and in a version that will do.

    With ``verify`` each is imported, too, and the files of exograph are held against the list of
    their digests that came with them.
    """
    needed = [r for r in _requirements() if _applies(r, "")]
    lacking = {finding.about["name"]: finding for r in needed if (finding := _lacks(r))}
    yield from lacking.values()
    found = {r.name: metadata.version(r.name) for r in needed if r.name not in lacking}
    broken = list(_broken(found)) if verify else []
    yield from broken
    if not lacking and not broken:
        yield Finding("package.all", OK, {"packages": found})
    if verify:
        yield from _changed()


def extras() -> Iterator[Finding]:
    """Each optional part: there, in part, or not there."""
    required = _requirements()
    core = {r.name for r in required if _applies(r, "")}
    for name in _extras():
        parts = [r for r in required if _applies(r, name) and r.name not in core]
        if not parts:  # it names what every installation has
            continue
        lacking = [finding for r in parts if (finding := _lacks(r))]
        about = {"name": name, "lacking": [finding.about["wanted"] for finding in lacking]}
        if any(finding.name == "package.other_version" for finding in lacking):
            yield Finding("extra.other_version", HINT, about)
        else:
            yield Finding("extra.absent" if lacking else "extra.there", OK, about)


def page() -> Iterator[Finding]:
    """Which libraries the page carries."""
    from exograph.views import libraries

    whole = True
    for name, files in (("editor", libraries.EDITOR), ("engine", libraries.ENGINE)):
        if not libraries.held(*files.values()):
            whole = False
            yield Finding(f"page.no_{name}", HINT)
    if not libraries.held("vis-network.min.js"):
        whole = False
        yield Finding("page.of_pyvis", HINT)
    if whole:
        yield Finding("page.whole", OK)


def browser() -> Iterator[Finding]:
    """Whether ``--open`` finds something to open the page with."""
    import webbrowser

    try:
        found = webbrowser.get()
    except webbrowser.Error:
        yield Finding("browser.none", HINT)
        return
    yield Finding("browser.there", OK, {"name": getattr(found, "name", type(found).__name__)})


def fonts() -> Iterator[Finding]:
    """Whether Chinese labels can be drawn, as far as fontconfig knows."""
    if not shutil.which("fc-list"):
        return
    listed = _answer("fc-list", ":lang=zh", "family")
    families = sorted({line.split(",")[0].strip() for line in listed.splitlines() if line.strip()})
    state, kind = (OK, "there") if families else (HINT, "none")
    yield Finding(f"fonts.{kind}", state, {"families": families[:3]})


def java() -> Iterator[Finding]:
    """Whether there is a Java for Spark, where Spark is installed."""
    if _version("pyspark") is None:
        return
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=str(Path(home) / "bin") if home else None)
    if found is None:
        yield Finding("java.none", HINT)
        return
    told = re.search(r'version "(\d+)', _answer(found, "-version"))
    number = int(told[1]) if told else 0
    if number < JAVA:
        yield Finding("java.old", HINT, {"version": number, "path": found})
    else:
        yield Finding("java.there", OK, {"version": number, "path": found})


def encoding() -> Iterator[Finding]:
    """Whether a terminal of this locale shows Chinese and arrows."""
    import codecs
    import locale

    names = {"locale": locale.getencoding(), "files": sys.getfilesystemencoding()}
    good = all(codecs.lookup(name).name == "utf-8" for name in names.values())
    yield Finding("encoding.utf_8" if good else "encoding.other", OK if good else HINT, names)


def _requirements() -> list[Requirement]:
    from packaging.requirements import Requirement

    try:
        return [Requirement(line) for line in metadata.requires("exograph") or ()]
    except metadata.PackageNotFoundError:  # which ``program`` tells
        return []


def _extras() -> list[str]:
    try:
        return metadata.metadata("exograph").get_all("Provides-Extra") or []
    except metadata.PackageNotFoundError:
        return []


def _applies(requirement: Requirement, extra: str) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": extra})


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _lacks(requirement: Requirement) -> Finding | None:
    """What is wrong with a package, if anything is."""
    version = _version(requirement.name)
    wanted = f"{requirement.name}{requirement.specifier}"
    about = {"name": requirement.name, "wanted": wanted, "version": version or ""}
    if version is None:
        return Finding("package.missing", FAULT, about)
    if not requirement.specifier.contains(version, prereleases=True):
        return Finding("package.other_version", FAULT, about)
    return None


def _broken(packages: dict[str, str]) -> Iterator[Finding]:
    """Packages that are there and cannot be imported."""
    from packaging.utils import canonicalize_name as plain

    modules = metadata.packages_distributions()
    for name in packages:
        for module, owners in modules.items():
            ours = plain(name) in map(plain, owners)
            if ours and module.isidentifier() and not module.startswith("_"):
                try:
                    import_module(module)
                except Exception as error:  # whatever a package raises, it is broken
                    why = f"{type(error).__name__}: {error}".splitlines()[0][:300]
                    yield Finding("package.broken", FAULT, {"name": name, "why": why})


def _changed() -> Iterator[Finding]:
    """Files of exograph that are not as they were installed, by the list that came with them.

    It is read here, since newer Pythons leave out of ``metadata.files`` what is missing.
    """
    import base64
    import csv
    import hashlib

    try:
        installed = metadata.distribution("exograph")
    except metadata.PackageNotFoundError:
        return
    changed = []
    for name, told, *_ in csv.reader((installed.read_text("RECORD") or "").splitlines()):
        kind, _, expected = told.partition("=")
        if not expected:
            continue
        path = Path(str(installed.locate_file(name)))
        held = hashlib.new(kind, path.read_bytes()).digest() if path.is_file() else b""
        if base64.urlsafe_b64encode(held).decode().rstrip("=") != expected:
            changed.append(name)
    if changed:
        yield Finding("program.changed", FAULT, {"files": changed[:5], "number": len(changed)})


def _answer(*order: str) -> str:
    """All that another program says, or nothing if it does not answer."""
    try:
        done = subprocess.run(order, capture_output=True, timeout=_PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return (done.stdout + done.stderr).decode("utf-8", "replace")
