# SPDX-License-Identifier: Apache-2.0
"""A program for a mount namespace of its own: commands that write, where they may not or cannot.

    unshare --mount python full_disk.py WORLD MOUNT STORE < tries

Mounts a tmpfs at MOUNT, which no other process sees. For each try lays a copy of WORLD there, makes
writing hard, runs the command in this process, looks at what is left, makes writing easy again, and
runs the same command once more. Prints what became of each try, as JSON.
"""

from __future__ import annotations

import io
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from benchmarks import kills
from exograph import cli
from exograph.snapshot import building

ERROR = re.compile(r"[A-Z]\d{3}: [^\n]+\. [A-Z][^\n]+\.")
PROGRESS = re.compile(r"home/pushes/\w+\.json")
PAGE = 4096
SIZE = 64 * 1024**2


@dataclass(frozen=True)
class Disk:
    """A tmpfs, which can be made full, out of names, or read-only; and files may have a limit."""

    folder: Path

    def mount(self, *more: str) -> None:
        options = ",".join(("nr_inodes=2000", f"size={SIZE}", *more))
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", self.folder], check=True)

    def free(self) -> int:
        held = os.statvfs(self.folder)
        return held.f_bavail * held.f_frsize

    @contextmanager
    def without_room(self, left: int) -> Iterator[None]:
        """With so many bytes free."""
        ballast = self.folder / "ballast"
        with ballast.open("wb") as file:
            if (size := self.free() - left // PAGE * PAGE) > 0:
                os.posix_fallocate(file.fileno(), 0, size)
        yield
        ballast.unlink()

    @contextmanager
    def without_names(self, left: int) -> Iterator[None]:
        """With room for so many files."""
        many = self.folder / "many"
        many.mkdir()
        for number in range(os.statvfs(self.folder).f_favail - left):
            (many / str(number)).touch()
        yield
        shutil.rmtree(many)

    @contextmanager
    def without_length(self, most: int) -> Iterator[None]:
        """With a limit on the length of any file."""
        held = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, held[1]))
        yield
        resource.setrlimit(resource.RLIMIT_FSIZE, held)

    @contextmanager
    def without_writing(self, _: int) -> Iterator[None]:
        self.mount("remount", "ro")
        yield
        self.mount("remount", "rw")


def call(place: Path, *command: str) -> tuple[int, str]:
    """Exit code and standard error of a command."""
    out, err = io.StringIO(), io.StringIO()
    with chdir(place), redirect_stdout(out), redirect_stderr(err):
        try:
            code = cli.run(kills.options(command))
        except BaseException:
            return 70, traceback.format_exc()
    return code, err.getvalue()


class Tries:
    """Tries of one command, on a disk."""

    def __init__(self, case: kills.Case, world: Path, disk: Disk) -> None:
        self.case, self.disk = case, disk
        self.start = disk.folder.parent / f"start-{case.name}"
        self.place = disk.folder / "place"
        kills.fresh(world, self.start)
        case.before(self.start)
        self.again()
        self.old, self.before = kills.state(self.place), kills.tree(self.place)
        kills.run(self.place, case.command)
        self.new = kills.state(self.place)
        self.expected = kills.reference(case, self.place)

    def again(self) -> None:
        kills.fresh(self.start, self.place)
        self.case.reset()

    def run(self, want: str, left: int) -> dict[str, object]:
        self.again()
        with getattr(self.disk, f"without_{want}")(left):
            code, err = call(self.place, *self.case.command)
            fault = self.fault(code, err)
        if "instead." in err:  # and there is how far the push has come
            self.case.reset()
        try:
            kills.run(self.place, self.case.command, self.case.done)
            kills.ended(self.case, self.place, *self.expected)
        except Exception as error:
            fault = fault or f"{error!r}"[:600]
        said = err.strip().splitlines()
        return {"code": code, "said": said[-1] if said else "", "fault": fault}

    def fault(self, code: int, err: str) -> str | None:
        """What is wrong with how it ended; None if it ended as it may."""
        instead = "instead." in err  # of the home, a temporary folder
        try:
            if code not in (0, 1):
                return f"exit {code}: {err}"
            if code and not ERROR.fullmatch(err.strip().splitlines()[-1]):
                return f"no clean error: {err}"
            if code or instead:
                if kills.state(self.place) != self.old:
                    return "what was there has changed"
                return f"left behind: {left}" if (left := self.left_behind()) else None
            return None if kills.state(self.place) == self.new else "done, but not whole"
        except Exception as error:
            return f"{error!r}"[:600]

    def left_behind(self) -> list[str]:
        """Files that were not there before; how far a push has come may be."""
        return [
            path
            for path, digest in kills.tree(self.place).items()
            if digest and self.before.get(path) != digest and not PROGRESS.fullmatch(path)
        ]


def served(case: kills.Case, world: Path, disk: Disk) -> dict[str, object]:
    """What the server says on a disk without room, and whether it answers; it writes nothing."""
    start, place = disk.folder.parent / f"start-{case.name}", disk.folder / "place"
    kills.fresh(world, start)
    case.before(start)
    kills.fresh(start, place)
    with disk.without_room(0):
        child = subprocess.Popen(
            [*kills.EXOGRAPH, *kills.options(case.command)],
            cwd=place,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            assert child.stderr is not None
            while not (said := child.stderr.readline().strip()).startswith("http"):
                if child.poll() is not None or ERROR.fullmatch(said):
                    return {"code": child.wait(20), "said": said, "fault": None}
            with urlopen(f"{said.split()[0]}entity/mir-126", timeout=20) as page:
                return {"code": 0, "said": "", "fault": None if page.status == 200 else "no page"}
        except (OSError, subprocess.TimeoutExpired) as error:
            return {"code": 1, "said": said, "fault": f"{error!r}"}
        finally:
            child.kill()
            child.wait()


def cases(store: kills.Store) -> dict[str, kills.Case]:
    found = {case.name: case for case in kills.cases(store)}
    stale = found["build"].before
    more = (
        kills.Case("stats", ("stats",), stale),
        kills.Case("page", ("view", "--out", "out/page.html")),
        kills.Case("disk-store", ("build",), stale),
        kills.Case("serve", ("serve", "--port", "0")),
        kills.Case("serve-stale", ("serve", "--port", "0"), stale),
    )
    return found | {case.name: case for case in more}


def main() -> None:
    world, disk, store = Path(sys.argv[1]), Disk(Path(sys.argv[2])), kills.Store(sys.argv[3])
    tempfile.tempdir = str(disk.folder.parent)  # where the stand-in for a home goes
    spare = disk.folder.parent / f"exograph-{os.getuid()}"
    disk.mount()
    known, tries = cases(store), {}
    for name, want, left in json.load(sys.stdin):
        if name.startswith("serve"):
            told = served(known[name], world, disk)
        else:
            building.DISK_STORE_FROM = 10 if name == "disk-store" else 200_000
            if name not in tries:
                tries[name] = Tries(known[name], world, disk)
            told = tries[name].run(want, left)
        print(json.dumps(told), flush=True)
        shutil.rmtree(spare, ignore_errors=True)


if __name__ == "__main__":
    main()
