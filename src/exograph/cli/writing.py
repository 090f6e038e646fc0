# SPDX-License-Identifier: Apache-2.0
"""Files that a user named: there as a whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from exograph.exchange.aside import aside


def write_whole(path: Path, text: str) -> Path:
    """Writes UTF-8 beside ``path`` and then puts it in place; gives the absolute path.

    A file that is there keeps its mode. Raises OSError, with nothing left behind.
    """
    with written(path) as file:
        file.write(text)
    return path.absolute()


@contextmanager
def written(path: Path) -> Iterator[TextIO]:
    """The same for what is written piece by piece: in place once the block has ended well."""
    path = path.absolute()
    try:
        held = path.stat().st_mode
    except FileNotFoundError:
        held = None
    if held is not None and stat.S_ISDIR(held):
        raise IsADirectoryError(21, "Is a directory", str(path))
    if held is not None and not stat.S_ISREG(held):  # a pipe or a device cannot be put in place
        with path.open("w", encoding="utf-8", newline="\n") as file:
            yield file
        return
    place = path.resolve()
    with aside(place) as new:
        with new.open("w", encoding="utf-8", newline="\n") as file:
            yield file
        new.chmod(_usual_mode() if held is None else held & 0o777)
        new.replace(place)


def _usual_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
