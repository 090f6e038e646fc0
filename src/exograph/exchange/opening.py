# SPDX-License-Identifier: Apache-2.0
"""Files of others as streams: unpacked, bounded, and what is wrong with one as an InputError."""

from __future__ import annotations

import csv
import gzip
import io
import stat
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import IO, Any

from exograph.errors import InputError

LARGEST = 64 << 30
"""Bytes that a compressed file may hold."""
LONGEST = 1 << 20
"""Characters of a line beyond which it is no record."""


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    """What the libraries say of a broken file, as an InputError that names it.

    What is no plain file (a folder, a pipe, a device) is refused before it is opened: a file is
    read twice, and a pipe may never give anything.
    """
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            what = "a folder" if stat.S_ISDIR(mode) else "a pipe or a device"
            raise InputError("I103", f"{path} cannot be read: it is {what}.", "Name a file.")
        yield
    except (gzip.BadGzipFile, EOFError, zlib.error, tarfile.TarError) as error:
        cure = "Get the file again: it is cut off or damaged."
        raise InputError("I101", f"{path} cannot be unpacked: {error}.", cure) from None
    except csv.Error as error:
        message = f"{path} is no table: {error}."
        raise InputError("I107", message, "Close the quote that is open.") from None
    except UnicodeDecodeError as error:
        message = f"{path} is not UTF-8 ({error.reason} at byte {error.start} of a piece)."
        raise InputError("I102", message, "Convert it with iconv.") from None
    except (OSError, ValueError) as error:  # a ValueError of a name with a NUL
        why = getattr(error, "strerror", None) or error
        raise InputError("I103", f"{path} cannot be read: {why}.", "Name a file.") from None


_seen: ContextVar[Callable[[int], object] | None] = ContextVar("seen", default=None)


@contextmanager
def watched(seen: Callable[[int], object]) -> Iterator[None]:
    """Tells ``seen`` how many bytes of files are read in this block, packed as they are."""
    token = _seen.set(seen)
    try:
        yield
    finally:
        _seen.reset(token)


class _Watched(io.FileIO):
    def readinto(self, buffer: Any) -> int | None:
        number = super().readinto(buffer)
        if number and (seen := _seen.get()) is not None:
            seen(number)
        return number


def bytes_of(path: Path) -> io.BufferedReader:
    """The bytes of a file as they are, which ``watched`` is told of. Raises OSError."""
    return io.BufferedReader(_Watched(path), 1 << 18)


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of a file, unpacked if its name ends in ``.gz``. Raises InputError I101 to I107."""
    with guarded(path), bytes_of(path) as file:
        if path.name.lower().endswith(".gz"):
            with gzip.GzipFile(fileobj=file) as unpacked:
                yield bounded(unpacked, str(path))
        else:
            yield bounded(file, str(path))


@contextmanager
def text_of(path: Path) -> Iterator[IO[str]]:
    """The text of a file, which is UTF-8; line ends stay as they are."""
    with opened(path) as file, io.TextIOWrapper(file, encoding="utf-8-sig", newline="") as text:
        yield text


def bounded(file: IO[bytes] | gzip.GzipFile, shown: str) -> io.BufferedReader:
    """The same stream, which refuses to give more than ``LARGEST`` bytes with InputError I106."""
    return io.BufferedReader(_Bounded(file, shown), 1 << 18)


class _Bounded(io.RawIOBase):
    def __init__(self, file: IO[bytes] | gzip.GzipFile, shown: str) -> None:
        self._file, self._left, self._shown = file, LARGEST, shown

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._file.read(len(buffer))
        self._left -= len(piece)
        if self._left < 0:
            message = f"{self._shown} holds more than {LARGEST >> 30} GiB."
            raise InputError("I106", message, "Split it.")
        buffer[: len(piece)] = piece
        return len(piece)


class Lines:
    """The lines of a text, none of which is too long to be held, and how many ``characters`` were
    given. Raises InputError I107 for a line that is too long."""

    def __init__(self, text: IO[str], shown: str) -> None:
        self._text, self._shown = text, shown
        self.characters = 0

    def __iter__(self) -> Iterator[str]:
        number = 0
        read = self._text.readline
        while line := read(LONGEST + 1):
            number += 1
            self.characters += len(line)
            if len(line) > LONGEST:
                raise too_long(self._shown, number)
            yield line


def too_long(shown: str, number: int) -> InputError:
    """The fault of a line that cannot be held."""
    message = f"{shown}:{number}: the line has more than {LONGEST} characters."
    return InputError("I107", message, "It is no table of nodes or edges, or a quote is open.")
