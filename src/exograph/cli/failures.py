# SPDX-License-Identifier: Apache-2.0
"""From an error to what a user sees, and to an exit code. No traceback for bad input."""

from __future__ import annotations

import json
import os
import sys

import click

from exograph.errors import ChecksFailed, ExographError


def run(group: click.Group, args: list[str]) -> int:
    """Exit code of a command line: 0 done, 1 the input is at fault, 2 wrong usage, 130 stopped."""
    as_json = "--json" in args
    try:
        with group.make_context("exograph", list(args)) as context:
            group.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.UsageError as error:
        return _usage(error, as_json)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        return 130
    except ExographError as error:
        return _say(error, as_json)
    except BrokenPipeError:
        _silence()
        return 0
    except (OSError, UnicodeError) as error:
        return _say(ExographError("E010", f"{_reason(error)}.", "Check the path."), as_json)
    return 0


def _reason(error: OSError | UnicodeError) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    return str(error)


def _usage(error: click.UsageError, as_json: bool) -> int:
    if as_json:
        _document("U001", error.format_message(), "See --help.", ())
    else:
        error.show()
    return 2


def _say(error: ExographError, as_json: bool) -> int:
    if as_json:
        _document(error.code, error.message, error.cure, error.suggestions)
        return 1
    if isinstance(error, ChecksFailed):
        for problem in error.problems:
            click.echo(str(problem), err=True)
    click.echo(" ".join(p for p in (f"{error.code}:", error.message, error.cure) if p), err=True)
    return 1


def _document(code: str, message: str, cure: str, suggestions: tuple[str, ...]) -> None:
    error = {"code": code, "message": message, "cure": cure, "suggestions": list(suggestions)}
    click.echo(json.dumps({"error": error}, ensure_ascii=False, indent=2))


def _silence() -> None:
    """Nobody reads any more: what is still in the buffer goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
