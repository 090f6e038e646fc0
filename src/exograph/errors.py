# SPDX-License-Identifier: Apache-2.0
"""What can go wrong, and how it is said: four error classes and one problem record.

Every message names the place and the cure. The command line prints an error as one line on
standard error, or as one JSON object with ``--json``; no other room prints anything.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding of a check, in a file of tables or in the graph made from them.

    ``severity`` is ``error`` (refuses the build) or ``warning``. ``line`` counts from 1 and is
    None where no single line is at fault; ``column`` is a column name.
    """

    file: str
    line: int | None
    code: str
    message: str
    cure: str
    severity: str = "error"
    column: str | None = None

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.code} {self.message} {self.cure}"


class ExographError(Exception):
    """Base of all errors that a user can mend.

    Attributes: ``code`` (stable, documented), ``message``, ``cure`` and ``suggestions``
    (likely intended names, best first).
    """

    def __init__(
        self, code: str, message: str, cure: str = "", suggestions: tuple[str, ...] = ()
    ) -> None:
        super().__init__(f"{code} {message} {cure}".strip())
        self.code = code
        self.message = message
        self.cure = cure
        self.suggestions = suggestions


class InputError(ExographError):
    """What the user named does not exist, is ambiguous, or cannot be read."""


class QueryError(ExographError):
    """A SPARQL query that does not parse, is refused, or ran out of time or memory."""


class SnapshotError(ExographError):
    """A built knowledge base is missing, damaged, or cannot be written."""


class ChecksFailed(ExographError):
    """The tables have errors; ``problems`` holds every one of them, in file and line order."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        errors = [p for p in problems if p.severity == "error"]
        super().__init__(
            "E001",
            f"{len(errors)} error(s) in the tables.",
            "Mend the lines named above; the last good snapshot is untouched.",
        )
        self.problems = problems
