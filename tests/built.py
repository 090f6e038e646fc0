# SPDX-License-Identifier: Apache-2.0
"""Wheels and source archives made of a copy of the project, and what is in them."""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
LIBRARIES = "src/exograph/views/page/libraries"
MADE = {".build", ".git", ".venv", "build", "dist", "node_modules", "__pycache__", "exograph.html"}
"""What is no part of the project."""
TIME = "1750000000"
"""Of all files in what is built: any will do, if it stays the same."""


def copied(folder: Path) -> Path:
    """The project as it is now, in a folder of its own."""

    def leave(folder: str, names: list[str]) -> set[str]:
        made = {name for name in names if name in MADE or name.endswith("_cache")}
        here = [Path(folder) / name for name in names]
        return made | {path.name for path in here if not path.is_file() and not path.is_dir()}

    return shutil.copytree(ROOT, folder, ignore=leave)


def built(project: Path, out: Path, *kinds: str) -> list[Path]:
    """What hatchling makes of the project: kinds are wheel and sdist.

    No npm is at hand, so that what the page carries is what lies in the project.
    """
    python = Path(sys.executable)
    env = {"PATH": str(python.parent), "SOURCE_DATE_EPOCH": TIME}
    for name in ("PYTHONPATH", "PYTHONPYCACHEPREFIX", "TMPDIR"):
        if value := os.environ.get(name):
            env[name] = value
    done = subprocess.run(
        [python, "-m", "hatchling", "build", "-d", out, *(f"-t{kind}" for kind in kinds)],
        cwd=project,
        env=env,
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return [next(out.glob({"wheel": "*.whl", "sdist": "*.tar.gz"}[kind])) for kind in kinds]


def held(archive: Path) -> dict[str, bytes]:
    """Files of a wheel, or of a source archive without its one folder, by name."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return {name: wheel.read(name) for name in wheel.namelist()}
    found = {}
    with tarfile.open(archive) as sdist:
        for member in sdist:
            if (file := sdist.extractfile(member)) is not None:
                found[member.name.partition("/")[2]] = file.read()
    return found


def files(folder: Path, under: str = "") -> dict[str, bytes]:
    """Files of the project in a folder, by their names from there, with ``under`` before them."""
    return {
        under + path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
