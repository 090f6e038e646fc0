# SPDX-License-Identifier: Apache-2.0
"""From an error to what a user sees, and to an exit code. No traceback for bad input."""

from __future__ import annotations

import errno
import os
import re
import sys
from contextlib import suppress

import click

from exograph.cli.session import emit, readable, say
from exograph.errors import ChecksFailed, ExographError

STOPPED = 130
_ENDLESS = re.compile(r"(\S{80})\S{400,}")
"""A word longer than the path of any file that somebody named on purpose."""
_LONGEST = 2000


class PlacedError(ExographError):
    """A fault in a file that the user named; ``place`` is FILE, FILE:LINE or FILE:LINE:COLUMN."""

    def __init__(self, error: ExographError, place: str, message: str) -> None:
        super().__init__(error.code, message, error.cure, error.suggestions)
        self.place = place


def report(error: BaseException, as_json: bool) -> int:
    """Tells the user of an error; gives the exit code: 1 bad input, 2 wrong usage, 130 stopped.

    A broken pipe is silent, and no failure of its own. Raises the error again if it is no fault of
    the input.
    """
    try:
        return _told(error, as_json)
    except OSError as unwritten:  # the reader has left, or the disk is full
        code = _code(error)
        if not isinstance(unwritten, BrokenPipeError):
            with suppress(OSError):
                _told(error, as_json=False)
                if not isinstance(error, OSError):
                    _told(unwritten, as_json=False)
        silence()
        return code


def _code(error: BaseException) -> int:
    if isinstance(error, BrokenPipeError):
        return 0
    if isinstance(error, click.Abort | KeyboardInterrupt):
        return STOPPED
    return 2 if isinstance(error, click.UsageError) else 1


def _told(error: BaseException, as_json: bool) -> int:
    if isinstance(error, BrokenPipeError):
        silence()
        return _code(error)
    if isinstance(error, click.Abort | KeyboardInterrupt):
        say("Stopped.")
        return _code(error)
    if isinstance(error, click.UsageError):
        return _usage(error, as_json)
    if isinstance(error, ExographError):
        return _say(error, as_json)
    if isinstance(error, OSError | UnicodeError):
        return _say(ExographError("U002", _reason(error), _cure(error)), as_json)
    if isinstance(error, MemoryError):
        return _say(ExographError("U003", "There is not enough memory.", "Ask less."), as_json)
    raise error


def _cure(error: OSError | UnicodeError) -> str:
    number = getattr(error, "errno", None)
    if number in (errno.ENOSPC, errno.EDQUOT):
        return "Make room there."
    if number == errno.EFBIG:
        return "Raise the limit on the length of a file."
    return "Check the path." if getattr(error, "filename", None) else ""


def _reason(error: OSError | UnicodeError) -> str:
    if isinstance(error, OSError) and error.strerror:
        name = os.fsdecode(error.filename) if isinstance(error.filename, bytes) else error.filename
        return f"{error.strerror}: {readable(str(name))}." if name else f"{error.strerror}."
    return f"{error}."


def _short(text: str) -> str:
    """A message without what is too long to be read: what was typed may be of any length."""
    text = _ENDLESS.sub(r"\1…", text)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _usage(error: click.UsageError, as_json: bool) -> int:
    message = _short(_wrong(error))
    if as_json:
        _document("U001", message, "--help tells how it is used.", ())
    else:
        click.UsageError(message, error.ctx).show()
    return 2


_BEFORE = ("--home", "--graphs", "--texts", "--lang")
_NAMING = ("show", "search", "conflicts", "view", "compare")


def _wrong(error: click.UsageError) -> str:
    """The message; better for an option on the wrong side of the command, or a name in pieces."""
    message = error.format_message()
    command = error.ctx.info_name if error.ctx and error.ctx.parent else None
    if isinstance(error, click.NoSuchOption):
        if command and error.option_name in _BEFORE:
            return f"{error.option_name} stands before the command: exograph {error.option_name} …"
        if not command and error.option_name == "--json":
            return "--json stands after the command."
    if command in _NAMING and "unexpected extra argument" in message:
        return f"{message}. Put a name of several words in quotation marks."
    return message


def _say(error: ExographError, as_json: bool) -> int:
    if isinstance(error, ChecksFailed):
        for problem in error.problems:
            say(str(problem))
    message = _short(error.message)
    place = error.place if isinstance(error, PlacedError) else ""
    if as_json:
        said = f"{place}: {message}" if place else message
        _document(error.code, said, error.cure, error.suggestions)
    else:
        code = f"{place}: {error.code}" if place else f"{error.code}:"
        parts = (code, message, _guess(error), error.cure)
        say(" ".join(part for part in parts if part))
    return 1


def _guess(error: ExographError) -> str:
    """The suggestions, unless the error has them in its own words."""
    said = f"{error.message} {error.cure}"
    if all(name in said for name in error.suggestions):
        return ""
    return f"Did you mean {' or '.join(error.suggestions)}?"


def _document(code: str, message: str, cure: str, suggestions: tuple[str, ...]) -> None:
    error = {"code": code, "message": message, "cure": cure, "suggestions": list(suggestions)}
    emit({"error": error})


def silence() -> None:
    """Nobody can read any more: what is still in the buffers goes nowhere, without a word."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):
            try:
                os.dup2(nowhere, stream.fileno())
            except (OSError, ValueError, AttributeError):
                continue
    os.close(nowhere)
