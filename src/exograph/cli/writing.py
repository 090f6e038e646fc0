# SPDX-License-Identifier: Apache-2.0
"""Files that a user named: there as a whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path


def write_whole(path: Path, text: str) -> Path:
    """Writes UTF-8 beside ``path`` and then puts it in place; gives the absolute path.

    A file that is there keeps its mode. Raises OSError, with nothing left behind.
    """
    path = path.absolute()
    try:
        held = path.stat().st_mode
    except FileNotFoundError:
        held = None
    if held is not None and stat.S_ISDIR(held):
        raise IsADirectoryError(21, "Is a directory", str(path))
    if held is not None and not stat.S_ISREG(held):  # a pipe or a device cannot be put in place
        path.write_text(text, encoding="utf-8", newline="\n")
        return path
    place = path.resolve()
    try:
        handle, name = tempfile.mkstemp(prefix=".exograph-", dir=place.parent)
    except OSError as error:  # name the file that the user named
        raise type(error)(error.errno, error.strerror, str(path)) from None
    aside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        aside.chmod(_usual_mode() if held is None else held & 0o777)
        aside.replace(place)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    return path


def _usual_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
