# SPDX-License-Identifier: Apache-2.0
"""Commands that write, killed at random moments: is anything lost, or half there?

    python -m benchmarks.kills [--kills 100] [--seed 1] [--only build ...]

Each command is run as users run it, in a process group of its own, which is killed by SIGKILL. The
moments are drawn by seed, one from each of as many equal parts of the time that the command takes.
After each kill must hold: the snapshot in use verifies, and is byte for byte the old or the new
one; imports are listed as before or as after; what was exported is the old, the new or nothing;
the next command works; and the same command again ends as if nothing had happened, without a file
that it would not have left otherwise. For pushes there is a real server, whose triples are compared
too. Exit code 1 at the first that does not hold; what was found is kept then, and named.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from exograph import cli
from exograph.snapshot import current, data_folder

EXOGRAPH = (sys.executable, "-c", "from exograph.cli import main; main()")
OXIGRAPH = Path(sys.executable).with_name("oxigraph")
LOOKS = ("stats", "--json")
"""A command that only reads; it builds first if what there is has become stale."""

Tree = dict[str, str]


@dataclass(frozen=True)
class State:
    """What a user has: the snapshot in use and the exports, as digests, and the list of imports."""

    snapshot: Tree
    imports: str
    out: Tree


@dataclass(frozen=True)
class Case:
    """A command to kill in a folder with ``home``, ``graphs``, ``files`` and ``out``.

    ``before`` makes the folder what it is when the command starts; ``reset`` does so for a server,
    and ``there`` gives what the server holds. ``done`` is the code of the error that the command
    ends with if it was done before.
    """

    name: str
    command: Sequence[str]
    before: Callable[[Path], None] = lambda place: None
    reset: Callable[[], None] = lambda: None
    there: Callable[[], bytes] = lambda: b""
    done: str = "no code"


@dataclass
class Result:
    """How a case went: kills that found the command at work, and what was seen after them."""

    seconds: float
    killed: int = 0
    seen: Counter[str] = field(default_factory=Counter)


class HalfThere(AssertionError):
    """Something was lost, or is half there."""


def options(command: Sequence[str]) -> list[str]:
    return ["--home", "home", "--graphs", "graphs", "--lang", "en", *command]


def run(place: Path, command: Sequence[str], done: str = "no code") -> str:
    """What a command prints in that folder. Raises HalfThere if it fails, but not by ``done``."""
    out, err = io.StringIO(), io.StringIO()
    with chdir(place), redirect_stdout(out), redirect_stderr(err):
        code = cli.run(options(command))
    if code and not err.getvalue().startswith(f"{done}:"):
        raise HalfThere(f"{' '.join(command)} fails: {err.getvalue()}")
    return out.getvalue()


def tree(folder: Path) -> Tree:
    """Digests of all files below a folder by path, of folders an empty text.

    Left out are the lock, and the files of a store on disk, which are never twice the same.
    """
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        if path.is_file()
        else ""
        for path in sorted(folder.rglob("*"))
        if path.name != "LOCK" and path.parent.name != "store"
    }


def state(place: Path) -> State:
    """What is there for a user now. Raises HalfThere if the snapshot in use does not verify."""
    home = place / "home"
    used: Tree = {}
    if (home / "CURRENT").exists():
        held = current(home)
        assert held is not None
        held.verify()
        if held.manifest["disk_store"]:
            assert len(held.store()) == held.manifest["counts"]["triples"]["total"]
        used = {held.path.name: (home / "CURRENT").read_text("ascii"), **tree(held.path)}
    shown = {
        path: digest
        for path, digest in tree(place / "out").items()
        if not path.split("/")[0].endswith(".part")
    }
    return State(used, run(place, ("import", "--list", "--json")), shown)


def killed(place: Path, command: Sequence[str], after: float | None) -> bool:
    """Starts a command, and kills it with all its children; whether it was still at work.

    Without ``after``, in seconds, it ends by itself.
    """
    child = subprocess.Popen(
        [*EXOGRAPH, *options(command)],
        cwd=place,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    with suppress(subprocess.TimeoutExpired):
        child.wait(after)
    at_work = child.returncode is None
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    return at_work


def moments(seconds: float, kills: int, chance: random.Random) -> Iterator[float]:
    """Seconds after the start: one from each part of the time, and a little beyond its end."""
    for part in range(kills):
        yield 1.05 * seconds * (part + chance.random()) / kills


def survive(case: Case, world: Path, scratch: Path, kills: int, seed: int) -> Result:
    """Kills the command so many times, each time in a fresh copy of ``world``.

    Raises HalfThere, with the copy left as it was found.
    """
    start, place = scratch / "start", scratch / "place"
    shutil.copytree(world, start)
    case.before(start)
    old = state(start)
    times = []
    for _ in range(2):
        fresh(start, place)
        case.reset()
        began = time.monotonic()
        killed(place, case.command, None)
        times.append(time.monotonic() - began)
    new, there, allowed = reference(case, place)
    result = Result(median(times))
    for after in moments(result.seconds, kills, random.Random(f"{case.name} {seed}")):
        fresh(start, place)
        case.reset()
        result.killed += killed(place, case.command, after)
        try:
            result.seen[checked(place, old, new)] += 1
            run(place, case.command, case.done)
            ended(case, place, new, there, allowed)
        except Exception as error:
            raise HalfThere(f"{case.name}, after {after:.3f} s: {error}; see {place}") from error
    return result


def reference(case: Case, place: Path) -> tuple[State, bytes, set[tuple[str, str]]]:
    """After a run that nobody disturbed: what is there, here and on the server, and what may be.

    ``place`` is where the command has just ended; it is run once more.
    """
    run(place, LOOKS)
    new, there, once = state(place), case.there(), tree(place)
    run(place, case.command, case.done)
    run(place, LOOKS)
    return new, there, {*once.items(), *tree(place).items()}


def fresh(start: Path, place: Path) -> None:
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(start, place)


def checked(place: Path, old: State, new: State) -> str:
    """Whether the old or the new is there, in words, now and after the next command."""
    found = state(place)
    told = []
    for what in ("snapshot", "imports", "out"):
        was, will, now = (getattr(each, what) for each in (old, new, found))
        if now not in (was, will) and not (what == "out" and not now):
            raise HalfThere(f"{what} is neither the old nor the new: {now}")
        if was != will:
            told.append(f"{what} {'old' if now == was else 'new' if now == will else 'absent'}")
    run(place, LOOKS)
    after = state(place)
    if after.imports != found.imports:
        raise HalfThere("looking changed the imports")
    if after.snapshot not in (old.snapshot, new.snapshot):
        raise HalfThere("the next command built neither the old nor the new")
    return ", ".join(told) or "the same"


def ended(case: Case, place: Path, new: State, there: bytes, allowed: set[tuple[str, str]]) -> None:
    """That the command, run again, left what it should have and nothing else."""
    run(place, LOOKS)
    if state(place) != new:
        raise HalfThere("run again, the command does not end as it would have")
    if left := sorted(set(tree(place).items()) - allowed):
        raise HalfThere(f"left behind: {left}")
    if case.there() != there:
        raise HalfThere("the server holds other triples")


def cases(store: Store | None) -> list[Case]:
    """The commands that write. ``store`` is a server to push to."""

    def changed(place: Path) -> None:
        for path in (place / "graphs").glob("*/source.toml"):
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace('title_en = "', 'title_en = "New: '), encoding="utf-8")

    def nothing(place: Path) -> None:
        shutil.rmtree(place / "home")

    def exported(place: Path) -> None:
        """There is an older export, which is replaced."""
        run(place, ("export", "out/kb.tar.gz", "--format", "sssom"))

    replaced = ("import", "files/new.jsonl", "--as", "theirs", "--replace")
    found = [
        Case("build", ("build",), changed),
        Case("first-build", ("build",), nothing),
        Case("import", replaced),
        Case("first-import", ("import", "files/new.jsonl", "--as", "others"), done="I303"),
        Case("remove", ("import", "--remove", "theirs"), done="I302"),
        Case("export", ("export", "out/kb.tar.gz", "--format", "kgx"), exported),
        Case("export-folder", ("export", "out/csv", "--format", "csv"), done="X303"),
    ]
    if store is not None:
        push = ("push", store.data, "--chunk", "1000")
        found += [
            Case("push", push, reset=store.empty, there=store.triples),
            Case("push-replace", (*push, "--replace"), reset=store.others, there=store.triples),
        ]
    return found


@dataclass(frozen=True)
class Store:
    """A SPARQL server by the address of its Graph Store."""

    data: str

    def ask(self, method: str, body: bytes = b"") -> bytes:
        parts = urlsplit(self.data)
        connection = HTTPConnection(parts.netloc, timeout=60)
        form = "application/n-triples"
        headers = {"Content-Type": form} if body else {"Accept": form}
        connection.request(method, f"{parts.path}?default", body or None, headers)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        if answer.status >= 300:
            raise RuntimeError(f"{method}: {answer.status} {data[:200]!r}")
        return data

    def empty(self) -> None:
        self.ask("PUT", b"\n")

    def others(self) -> None:
        """What somebody else keeps there, and what may be lost."""
        self.ask("PUT", b'<http://e.org/s> <http://e.org/p> "theirs" .\n')

    def triples(self) -> bytes:
        return b"".join(sorted(self.ask("GET").splitlines(keepends=True)))


@contextmanager
def server() -> Iterator[Store]:
    """The server of Oxigraph, in memory, on loopback."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([OXIGRAPH, "serve", "--bind", f"127.0.0.1:{port}"], **silent)
    try:
        end = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > end:
                    raise
                time.sleep(0.05)
        yield Store(f"http://127.0.0.1:{port}/store")
    finally:
        process.terminate()
        process.wait(10)


def graph_of_others(nodes: int, mark: str) -> str:
    """KGX of so many genes in a ring; ``mark`` is in their names."""
    lines = [
        {"id": f"HGNC:{n}", "category": ["biolink:Gene"], "name": f"gene {mark} {n}"}
        for n in range(1, nodes + 1)
    ]
    said = {"qualified_predicate": "biolink:causes", "object_direction_qualifier": "increased"}
    lines += [
        {
            "subject": f"HGNC:{n}",
            "predicate": "biolink:affects",
            "object": f"HGNC:{n % nodes + 1}",
            **said,
        }
        for n in range(1, nodes + 1)
    ]
    return "".join(json.dumps(line) + "\n" for line in lines)


def world(folder: Path, graphs: Path, nodes: int) -> Path:
    """A folder with tables, a home that was built from them and an import, and files to import."""
    shutil.copytree(graphs, folder / "graphs")
    for name in ("files", "out"):
        (folder / name).mkdir()
    for name in ("old", "new"):
        text = graph_of_others(nodes, name)
        (folder / "files" / f"{name}.jsonl").write_text(text, encoding="utf-8")
    run(folder, ("import", "files/old.jsonl", "--as", "theirs"))
    run(folder, LOOKS)
    return folder


def main() -> int:
    parser = argparse.ArgumentParser(description="Commands killed at random moments.")
    parser.add_argument("--kills", type=int, default=100, help="for each command")
    parser.add_argument("--nodes", type=int, default=2000, help="in the graph that is imported")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=(), help="names of cases")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="kills-"))
    print(f"{'command':14} {'takes, s':>8} {'killed':>7}  what was there then")
    with server() as store:
        held = world(folder / "world", data_folder() / "graphs", given.nodes)
        for case in cases(store):
            if given.only and case.name not in given.only:
                continue
            scratch = folder / case.name
            scratch.mkdir()
            try:
                result = survive(case, held, scratch, given.kills, given.seed)
            except HalfThere as found:
                print(f"{case.name}: {found}")
                return 1
            seen = "; ".join(f"{what}: {n}" for what, n in sorted(result.seen.items()))
            told = f"{result.killed}/{given.kills}"
            print(f"{case.name:14} {result.seconds:8.2f} {told:>7}  {seen}", flush=True)
            shutil.rmtree(scratch)
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
