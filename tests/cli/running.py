# SPDX-License-Identifier: Apache-2.0
"""Ways to run a command line and to look at what it left behind."""

import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exograph import cli

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Answer:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, Any]:
        error: dict[str, Any] = self.json["error"]
        return error


def call(args: list[str], stdin: bytes = b"") -> Answer:
    """Runs a command line in this process, with streams of its own."""
    out, err = io.BytesIO(), io.BytesIO()
    before = sys.stdin, sys.stdout, sys.stderr
    streams = [
        io.TextIOWrapper(stream, "utf-8", errors="backslashreplace", write_through=True)
        for stream in (io.BytesIO(stdin), out, err)
    ]
    sys.stdin, sys.stdout, sys.stderr = streams
    try:
        code = cli.run(args)
    finally:
        sys.stdin, sys.stdout, sys.stderr = before
    return Answer(code, out.getvalue().decode(), err.getvalue().decode())


def tree(folder: Path) -> dict[str, bytes]:
    """Every file under a folder with its bytes, but for the lock: it names a process."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "LOCK"
    }


FAULTS = {
    "statements": [
        ("mir-126\tdownregulates\t", "mir-126\tdownreglates\t"),
        ("mir-126\tactivates\t", "mir-12b\tactivates\t"),
    ],
    "entities": [("bone-marrow\tTissue\t", "bone-marrow\tTisue\t")],
}
"""An unknown predicate, an unknown entity and an unknown kind, as texts to replace by table."""

PROGRAM = "import sys; from exograph.cli import main; main()"
"""What the script `exograph` does, for a process of its own."""
