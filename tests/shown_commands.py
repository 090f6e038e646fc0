# SPDX-License-Identifier: Apache-2.0
"""The commands that a page shows, and how they are run as a user would."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

RUN = "from exograph.cli import main; main()"


def shown(page: str) -> list[tuple[str, str]]:
    """Arguments and shown output of each ``$ exograph`` block of a page in Markdown."""
    return re.findall(r"^```console\n\$ exograph (.+)\n([\s\S]*?)^```$", page, re.MULTILINE)


def printed(command: str, home: Path) -> str:
    """What ``exograph`` with these arguments prints; it must succeed."""
    given = {"EXOGRAPH_HOME": str(home), "LC_ALL": "C.UTF-8", "COLUMNS": "100"}
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("EXOGRAPH", "LC_"))}
    done = subprocess.run(
        [sys.executable, "-c", RUN, *shlex.split(command)],
        env={**inherited, **given},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
