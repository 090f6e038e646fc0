# SPDX-License-Identifier: Apache-2.0
"""A file that the user named: written whole, or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, text: str) -> Path:
    """Writes UTF-8 beside ``path`` and puts it in place; gives the absolute path. Raises OSError."""
    path = path.absolute()
    handle, aside = tempfile.mkstemp(prefix=".exograph-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(aside, 0o666 & ~mask)
        os.replace(aside, path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
    return path
