# SPDX-License-Identifier: Apache-2.0
"""Where snapshots may be written: the home, or a folder of the user's own where all may write."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from exograph.errors import SnapshotError

FULL = (errno.ENOSPC, errno.EDQUOT)
"""What the system says of a disk on which there is no room, at all or for this user."""

Say = Callable[[str], None]
"""Takes a line for the user; the command line writes it to standard error."""


def homes(home: Path) -> Iterator[Path]:
    """The home, then, if that cannot be written, the folder that stands in for it."""
    yield home
    spare = _spare()
    if not may_write(home) and spare.is_dir() and _is_ours(spare):
        yield spare


def may_write(folder: Path) -> bool:
    """Whether files could be made in a folder, or it could be made first."""
    whole = folder.absolute()
    place = next(p for p in (whole, *whole.parents) if os.path.lexists(p))
    return place.is_dir() and os.access(place, os.W_OK | os.X_OK)


def writable(home: Path, say: Say | None) -> Path:
    """``home``, with its folders made; or a temporary folder if that cannot be done, and said.

    Without ``say`` a home that cannot be written is a SnapshotError.
    """
    import tempfile

    try:
        (home / "snapshots").mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home), tempfile.TemporaryFile(dir=home / "snapshots"):
            return home
    except OSError as error:
        if say is None:
            raise unwritable(home, error) from None
        reason = error.strerror or str(error)
    spare = _spare()
    try:
        spare.mkdir(mode=0o700, exist_ok=True)
        believed = spare.is_dir() and _is_ours(spare)
    except OSError:
        believed = False
    if not believed:
        spare = Path(tempfile.mkdtemp(prefix="exograph-"))
    say(f"The folder {home} cannot be written ({reason}); using {spare} instead.")
    return writable(spare, None)


def make_way(path: Path) -> None:
    """Takes away what stands where a file of ours goes and is none; a folder is moved aside.

    Raises OSError if that cannot be done.
    """
    import tempfile

    if path.is_symlink() or path.is_file() or not path.exists():
        return
    if path.is_dir():
        path.replace(tempfile.mkdtemp(prefix=f"{path.name}.damaged-", dir=path.parent))
    else:
        path.unlink()


def sync(path: Path) -> None:
    """Have a file or the entries of a folder on disk before going on."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def unwritable(home: Path, error: OSError) -> SnapshotError:
    reason = error.strerror or str(error)
    cure = "Name another one with --home or EXOGRAPH_HOME."
    if error.errno in FULL or "No space left" in reason:  # the store on disk gives words only
        reason = "No space left on device"
        cure = f"Make room there. {cure}"
    return SnapshotError("S105", f"The folder {home} cannot be written: {reason}.", cure)


def _spare() -> Path:
    """One folder per user, so that the next command finds what this one built."""
    import tempfile

    user = str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")
    return Path(tempfile.gettempdir()) / f"exograph-{user}"


def _is_ours(folder: Path) -> bool:
    """Whether nobody else may have put something into a folder that lies where all may write."""
    if not hasattr(os, "getuid"):
        return True
    held = folder.lstat()
    return held.st_uid == os.getuid() and not folder.is_symlink() and held.st_mode & 0o077 == 0
