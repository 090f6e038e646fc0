# SPDX-License-Identifier: Apache-2.0
"""Files and folders made beside their place and then moved there, so that no half is ever seen.

Each is locked while its writer lives. What a writer left that was killed is locked by nobody: the
next one that writes into the same folder takes it away.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX, _SUFFIX = ".exograph-", ".part"


@contextmanager
def aside(place: Path, *, folder: bool = False) -> Iterator[Path]:
    """A new file or folder beside ``place``, to be moved there; removed at the end if it was not.

    Raises OSError that names ``place``.
    """
    _sweep(place.parent)
    try:
        path, lock = _made(place.parent, folder)
    except OSError as error:
        raise type(error)(error.errno, error.strerror, str(place)) from None
    try:
        yield path
    except OSError as error:
        if error.filename in (None, path, str(path)):  # name the file that the user named
            raise type(error)(error.errno, error.strerror, str(place)) from None
        raise
    finally:
        with suppress(OSError):
            _remove(path)
        if lock is not None:
            os.close(lock)


def _made(parent: Path, folder: bool) -> tuple[Path, int | None]:
    """A new file or folder, and its lock."""
    while True:
        if folder:
            path = Path(tempfile.mkdtemp(_SUFFIX, _PREFIX, parent))
        else:
            handle, name = tempfile.mkstemp(_SUFFIX, _PREFIX, parent)
            os.close(handle)
            path = Path(name)
        with suppress(FileNotFoundError):  # another writer took it for left behind
            lock = _locked(path)
            if path.exists():
                return path, lock
            if lock is not None:
                os.close(lock)


def _locked(path: Path) -> int | None:
    """A handle that locks it until it is closed; None if others have it, or there are no locks."""
    try:
        import fcntl
    except ImportError:  # on Windows; what is left behind stays there
        return None
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle


def _sweep(folder: Path) -> None:
    for path in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with suppress(OSError):
            lock = _locked(path)
            if lock is not None:
                _remove(path)
                os.close(lock)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
