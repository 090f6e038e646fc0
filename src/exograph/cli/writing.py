# SPDX-License-Identifier: Apache-2.0
"""Files that a user named: there as a whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, text: str) -> Path:
    """Writes UTF-8 beside ``path`` and then puts it in place; gives the absolute path.

    Raises OSError, with nothing left behind.
    """
    path = path.absolute()
    if path.is_dir():
        raise IsADirectoryError(21, "Is a directory", str(path))
    if path.exists() and not path.is_file():  # a pipe or a device: it cannot be put in place
        path.write_text(text, encoding="utf-8", newline="\n")
        return path
    try:
        handle, name = tempfile.mkstemp(prefix=".exograph-", dir=path.parent)
    except OSError as error:  # name the file that the user named
        raise type(error)(error.errno, error.strerror, str(path)) from None
    aside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        mask = os.umask(0)
        os.umask(mask)
        aside.chmod(0o666 & ~mask)
        aside.replace(path.resolve())
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    return path
