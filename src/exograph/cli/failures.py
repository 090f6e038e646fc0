# SPDX-License-Identifier: Apache-2.0
"""From an error to what a user sees, and to an exit code. No traceback for bad input."""

from __future__ import annotations

import os
import sys

import click

from exograph.cli.session import emit, say
from exograph.errors import ChecksFailed, ExographError

STOPPED = 130


def report(error: BaseException, as_json: bool) -> int:
    """Tells the user of an error; gives the exit code: 1 bad input, 2 wrong usage, 130 stopped.

    A broken pipe is silent, and no failure. Raises the error again if it is no fault of the input.
    """
    try:
        return _told(error, as_json)
    except BrokenPipeError:
        silence()
        return 0
    except OSError:  # not even the error can be written
        silence()
        return 1


def _told(error: BaseException, as_json: bool) -> int:
    if isinstance(error, BrokenPipeError):
        silence()
        return 0
    if isinstance(error, click.Abort | KeyboardInterrupt):
        say("Stopped.")
        return STOPPED
    if isinstance(error, click.UsageError):
        return _usage(error, as_json)
    if isinstance(error, ExographError):
        return _say(error, as_json)
    if isinstance(error, OSError | UnicodeError):
        cure = "Check the path." if getattr(error, "filename", None) else ""
        return _say(ExographError("U002", _reason(error), cure), as_json)
    if isinstance(error, MemoryError):
        return _say(ExographError("U003", "There is not enough memory.", "Ask less."), as_json)
    raise error


def _reason(error: OSError | UnicodeError) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}." if error.filename else f"{error.strerror}."
    return f"{error}."


def _usage(error: click.UsageError, as_json: bool) -> int:
    if as_json:
        _document("U001", error.format_message(), "--help tells how it is used.", ())
    else:
        error.show()
    return 2


def _say(error: ExographError, as_json: bool) -> int:
    if isinstance(error, ChecksFailed):
        for problem in error.problems:
            say(str(problem))
    if as_json:
        _document(error.code, error.message, error.cure, error.suggestions)
    else:
        say(" ".join(part for part in (f"{error.code}:", error.message, error.cure) if part))
    return 1


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
