# SPDX-License-Identifier: Apache-2.0
"""One builder at a time in a home: a lock that the system drops when its holder dies."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from exograph.errors import SnapshotError
from exograph.snapshot.homes import make_way, unwritable

WAIT = 15.0
"""Seconds to wait for another builder; a whole build takes fewer than three."""


@contextmanager
def builder(home: Path, wait: float = WAIT) -> Iterator[None]:
    """Hold the home's lock. Raises SnapshotError that names the holder after ``wait`` seconds.

    What the system refuses meanwhile becomes a SnapshotError too: the home cannot be written.
    """
    try:
        import fcntl
    except ImportError:  # Windows has no such locks; os.replace still keeps readers safe
        yield
        return
    try:
        make_way(home / "LOCK")
        file = (home / "LOCK").open("a+", encoding="ascii", errors="replace")
    except OSError as error:
        raise unwritable(home, error) from None
    with file:
        deadline = time.monotonic() + wait
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    file.seek(0)
                    raise _busy(home, file.read(20)) from None
                time.sleep(0.05)
        with suppress(OSError):  # on a full disk it holds nobody's number
            file.truncate(0)
            os.write(file.fileno(), str(os.getpid()).encode())
        try:
            yield
        except OSError as error:
            raise unwritable(home, error) from None


def _busy(home: Path, holder: str) -> SnapshotError:
    who = f"The process {holder.strip()}" if holder.strip().isdigit() else "Another process"
    return SnapshotError(
        "S104",
        f"{who} is building in {home}.",
        "Wait until it is done, or name another folder with --home.",
    )
