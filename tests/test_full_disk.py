# SPDX-License-Identifier: Apache-2.0
"""A disk that is full, out of names, read-only, or has a limit: a clean error, and nothing lost.

``full_disk.py`` makes such a disk, and looks at what each command leaves there.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from test_snapshot import write_source

from benchmarks import kills

ROOT = Path(__file__).parent.parent
PROGRAM = ROOT / "tests" / "full_disk.py"
FULL = "No space left on device"
HOME = f"S105: The folder home cannot be written: {FULL}. Make room there. Name another one with"
LONG = "S105: The folder home cannot be written: File too large. Name another one with"
LOCKED = "S105: The folder home cannot be written: Read-only file system. Name another one with"
OUT = f"U002: {FULL}: "
KEPT = f"U002: {FULL}: home/pushes/"
DONE = ""

KB = 1024
PLENTY = 8 * KB * KB
TRIES = [
    # what each command needs is some 600 KB for build, 1.5 MB for a store on disk, 3 MB for a page
    *(("build", "room", left * KB, HOME) for left in (0, 120, 240, 360, 480)),
    ("build", "room", PLENTY, DONE),
    *(("first-build", "room", left * KB, HOME) for left in (0, 240)),
    *(("disk-store", "room", left * KB, HOME) for left in (0, 600, 800, 900, 1000, 1100, 1200)),
    ("disk-store", "room", PLENTY, DONE),
    *(("import", "room", left * KB, HOME) for left in (0, 4, 12)),
    ("import", "room", PLENTY, DONE),
    ("first-import", "room", 4 * KB, HOME),
    ("remove", "room", 0, DONE),
    *(("export", "room", left * KB, OUT) for left in (0, 4)),
    *(("export-folder", "room", left * KB, OUT) for left in (0, 40)),
    *(("push", "room", left * KB, KEPT) for left in (0, 4)),
    ("push-replace", "room", 4 * KB, KEPT),
    ("page", "room", KB * KB, OUT),
    ("stats", "room", 240 * KB, HOME),
    ("serve-stale", "room", 0, HOME),
    ("serve", "room", 0, DONE),
    *((name, "length", 1000, LONG) for name in ("build", "import")),
    *(("disk-store", "length", left * KB, LONG) for left in (1, 100, 200)),
    ("export", "length", 100, "U002: File too large: "),
    *((name, "names", 4, HOME) for name in ("build", "import", "disk-store")),
    ("export-folder", "names", 3, OUT),
    *((name, "writing", 0, "Built in ") for name in ("build", "disk-store")),
    *((name, "writing", 0, LOCKED) for name in ("import", "remove")),
    ("push", "writing", 0, "The folder home cannot be written (Read-only file system); using "),
    ("stats", "writing", 0, "The folder home cannot be written (Read-only file system); using "),
    ("export", "writing", 0, "U002: Read-only file system: "),
]


def namespace() -> list[str]:
    """What runs a program where it can mount; skips the tests where that is not allowed."""
    as_root = [] if os.geteuid() == 0 else ["--map-root-user"]
    order = ["unshare", "--mount", *as_root]
    try:
        subprocess.run([*order, "mount", "-t", "tmpfs", "x", "/mnt"], check=True, timeout=20)
    except (OSError, subprocess.SubprocessError):
        if os.environ.get("CI"):
            pytest.fail("nothing can be mounted, and CI is set: full disks must be tested")
        pytest.skip("nothing can be mounted on this machine, not even in a namespace of its own")
    return order


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> list[dict]:
    """What became of each try."""
    order = namespace()
    folder = tmp_path_factory.mktemp("disk")
    write_source(folder / "graphs" / "tiny")
    world = kills.world(folder / "world", folder / "graphs", nodes=50)
    (folder / "mount").mkdir()
    paths = os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))
    with kills.server() as store:
        done = subprocess.run(
            [*order, sys.executable, PROGRAM, world, folder / "mount", store.data],
            input=json.dumps([one[:3] for one in TRIES]).encode(),
            env={**os.environ, "PYTHONPATH": paths},
            capture_output=True,
            check=False,
            timeout=300,
        )
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("at", range(len(TRIES)), ids=["-".join(map(str, o[:3])) for o in TRIES])
def test_a_command_that_cannot_write_says_so_and_loses_nothing(at, outcomes):
    expected, outcome = TRIES[at][3], outcomes[at]
    assert outcome["fault"] is None
    assert outcome["said"].startswith(expected), outcome
    assert outcome["code"] == (expected[:1] in ("S", "U"))
