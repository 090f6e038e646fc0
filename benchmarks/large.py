# SPDX-License-Identifier: Apache-2.0
"""A graph of millions of edges, end to end by the command line: time and memory of each command.

    python -m benchmarks.large --edges 2200000 --nodes 45000 [--folder DIR]

Bars (issue of exchange and scale): import at 100,000 edges a second or faster within 2 GB, export
of KGX at 150,000 statements a second. 10 million edges need some 60 GB of room in DIR.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.large_graph import write

_QUERY = "SELECT (COUNT(*) AS ?n) { ?c a exo:Claim }"
_HOPS = (
    "SELECT (COUNT(*) AS ?n) { <https://w3id.org/exograph/entity/hgnc-0000000> exo:affects ?x ."
    " ?x exo:affects ?y }"
)


def main() -> int:
    asked = _arguments()
    folder = asked.folder or Path(tempfile.mkdtemp(prefix="exograph-large-"))
    try:
        nodes, edges = write(folder / "kgx", asked.nodes, asked.edges)
        home = folder / "home"
        print(f"{asked.edges:,} edges, {asked.nodes:,} nodes, {_cores()} cores\n")
        print("| command | clock, s | processor, s | memory, MB | |\n|---|---|---|---|---|")
        _run(home, "build of the tables", "build")
        taken = _run(home, "import", "import", nodes, edges, "--as", "big", each=asked.edges)
        _run(home, "build", "build")
        far = f"go-{asked.nodes * 3 // 4:07d}"
        _run(home, "paths between two entities", "paths", "hgnc-0000000", far, "--max-steps", "4")
        _run(home, "paths of the review", "paths", "mir-126", "angiogenesis")
        _run(home, "query: all claims counted", "query", "-e", _QUERY, "--timeout", "600")
        _run(home, "query: two steps from a hub", "query", "-e", _HOPS, "--timeout", "600")
        _run(home, "stats", "stats")
        out = folder / "out"
        given = _run(home, "export of KGX", "export", out, "--format", "kgx", each=asked.edges)
        size = sum(path.stat().st_size for path in home.rglob("*") if path.is_file())
        print(f"\nThe home takes {size >> 20:,} MB.")
        return 0 if taken >= 100_000 and given >= 150_000 else 1
    finally:
        if asked.folder is None:
            shutil.rmtree(folder, ignore_errors=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--edges", type=int, default=2_200_000)
    parser.add_argument("--nodes", type=int, default=45_000)
    parser.add_argument("--folder", type=Path, help="kept afterwards; else one of its own")
    return parser.parse_args()


def _run(home: Path, name: str, *args: object, each: int = 0) -> float:
    """Runs a command and prints a row of the table; gives ``each`` by second of clock time."""
    program = Path(sys.executable).with_name("exograph")
    order = [str(program), "--home", str(home), *map(str, args)]
    began = time.monotonic()
    child = subprocess.Popen(order, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, used = os.wait4(child.pid, 0)
    clock = time.monotonic() - began
    if os.waitstatus_to_exitcode(status):
        assert child.stderr is not None
        raise SystemExit(f"{' '.join(order)}: {child.stderr.read().decode()}")
    spent = used.ru_utime + used.ru_stime
    rate = f"{each / clock:,.0f} edges/s" if each else ""
    print(f"| {name} | {clock:.1f} | {spent:.1f} | {used.ru_maxrss >> 10:,} | {rate} |", flush=True)
    return each / clock


def _cores() -> int:
    return len(os.sched_getaffinity(0))


if __name__ == "__main__":
    raise SystemExit(main())
