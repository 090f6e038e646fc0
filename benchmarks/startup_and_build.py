# SPDX-License-Identifier: Apache-2.0
"""How long commands take beside what they cannot do without, as ratios of CPU time.

    make bench

Each command and its yardstick are processes of their own that run in turn, so that a busy machine
slows both. The answer of each command is looked at before any run counts. Exit code 1 if an answer
is wrong, or if the median of the ratios is above its bar.

The yardsticks: ``pass`` is Python itself, some 13 ms, to which ``import exograph`` may add 20 ms;
``import click`` is the least that a command line with help costs, ``import click, numpy`` the least
of one that also computes, and rdflib parsing the Turtle of the built graph is what a user without
exograph would do first.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median

EXOGRAPH = (sys.executable, "-c", "from exograph.cli import main; main()")
PACKAGES = ("exograph", "click", "numpy", "rdflib", "pyoxigraph", "oxrdflib")
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True)
class Case:
    """A command, its yardstick, the most that their ratio may be, and whether an answer is right.

    The bars of build and check stand for 2 and 4 s where rdflib takes 3.2 s for the Turtle.
    """

    name: str
    command: Sequence[str]
    yardstick: Sequence[str]
    bar: float
    right: Callable[[str], bool]


def run(command: Sequence[str]) -> tuple[float, str]:
    """CPU seconds of a process, and all that it said. Raises CalledProcessError if it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=True,
        text=True,
        encoding="utf-8",
        env=ENVIRONMENT,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, done.stdout


def cases(home: Path) -> tuple[Case, ...]:
    exograph = (*EXOGRAPH, "--home", str(home), "--lang", "en")
    run((*exograph, "build"))
    (turtle,) = home.glob("snapshots/*/kb.ttl")
    lines = turtle.with_name("kb.nq").read_bytes().count(b"\n")
    parse = f"import rdflib; assert len(rdflib.Graph().parse({str(turtle)!r})) == {lines}"
    rdflib = (sys.executable, "-c", parse)
    click = (sys.executable, "-c", "import click")
    numpy = (sys.executable, "-c", "import click, numpy")
    route = "BMSC-Exo → lncRNA KLF3-AS1 ⊣ miR-383 ⊣ VEGFA → angiogenesis"
    bare = (sys.executable, "-c", "pass")
    package = (sys.executable, "-c", "import exograph; print(exograph.__version__)")
    return (
        Case(
            "import exograph", package, bare, 2.5, lambda text: text.strip() == version("exograph")
        ),
        Case("--help", (*exograph, "--help"), click, 1.6, lambda text: "Usage:" in text),
        Case(
            "paths bmsc-exo angiogenesis",
            (*exograph, "paths", "bmsc-exo", "angiogenesis"),
            numpy,
            2.0,
            lambda text: route in text,
        ),
        Case("build", (*exograph, "build"), rdflib, 0.6, lambda text: f"{lines:,}" in text),
        Case("check", (*exograph, "check"), rdflib, 1.25, sound),
    )


def sound(text: str) -> bool:
    """Whether a check found nothing but, perhaps, that no text was at hand."""
    return "0 error(s), 0 w" in text or ("0 error(s), 1 w" in text and " W501 " in text)


def shown(values: Sequence[float]) -> str:
    return f"{median(values):7.3f} ({min(values):.3f} to {max(values):.3f})"


def main() -> int:
    options = argparse.ArgumentParser(description="Ratios of CPU time, with their spread.")
    options.add_argument("--runs", type=int, default=7, help="of each command (default 7)")
    runs = max(1, options.parse_args().runs)
    print(
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}, "
        + ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    )
    print(f"CPU seconds, median (least to most) of {runs} runs; ratio pair by pair\n")
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for case in cases(Path(folder)):
            if not case.right(run(case.command)[1]):
                print(f"{case.name}: the answer is wrong")
                failed = True
                continue
            run(case.yardstick)
            pairs = [(run(case.command)[0], run(case.yardstick)[0]) for _ in range(runs)]
            ratios = [a / b for a, b in pairs]
            slow = median(ratios) > case.bar
            failed |= slow
            print(f"{case.name}\n  command   {shown([a for a, _ in pairs])}")
            print(f"  yardstick {shown([b for _, b in pairs])}")
            print(f"  ratio     {shown(ratios)}  bar {case.bar}{'  ABOVE IT' if slow else ''}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
