# SPDX-License-Identifier: Apache-2.0
"""``source.toml``: what a folder of tables is, under which licence, and where its text is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from exograph.errors import Problem
from exograph.ids import SLUG
from exograph.model import Source
from exograph.tables.encoding import decode

_DATE = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])\Z")
_OTHER_DATE = re.compile(r"([0-9]{4})[-/.年 ]([0-9]{1,2})[-/.月 ]([0-9]{1,2})日?\Z")
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


def _is_text(value: object) -> bool:
    return (
        isinstance(value, str)
        and bool(value)
        and value == value.strip()
        and unicodedata.is_normalized("NFC", value)
        and not any(unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") for c in value)
    )


def _is_list(value: object) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(_is_text(v) for v in value)
        and len(set(value)) == len(value)
    )


def _is_file_name(value: object) -> bool:
    return _is_text(value) and not re.search(r"[/\\]|^\.", str(value))


_FORMS = ("quotes", "paraphrases")
"""Of ``vocab.EVIDENCE_FORMS`` those that tables have."""

_KEYS: dict[str, tuple[Callable[[object], bool], str]] = {
    "title_en": (_is_text, "the title in English"),
    "title_zh": (_is_text, "the title in Chinese"),
    "licence": (_is_text, "a text, best an SPDX identifier"),
    "date": (lambda v: bool(_DATE.match(str(v))), "a date as year-month-day, such as 2026-05-31"),
    "evidence": (lambda v: v in _FORMS, " or ".join(_FORMS)),
    "sections": (_is_list, 'a list of different texts, such as ["abstract", "1"]'),
    "text": (_is_file_name, "a file name without a folder"),
    "text_sha256": (lambda v: bool(_SHA256.match(str(v))), "64 lower-case hexadecimal digits"),
}
_OPTIONAL = ("text", "text_sha256")


_UNCHECKED = "What leans on these settings could not be checked."


def read_settings(folder: Path) -> tuple[Source, bool, list[Problem]]:
    """The source that a folder describes, whether all of it is sound, and every problem.

    Settings that are missing or wrong are empty in the source. The folder's name is the id.
    """
    import tomllib

    path = folder / "source.toml"
    file = str(path)
    text, problems = decode(path)
    if text is None:
        return _source(folder.name, {}), False, [*problems[:-1], _unchecked(problems[-1])]
    try:
        settings = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        broken = _unchecked(_broken(file, text, error))
        return _source(folder.name, {}), False, [*problems, broken]

    def problem(code: str, key: str, message: str, cure: str) -> Problem:
        return Problem(file, _line_of(key, text), code, message, cure, column=key)

    faults: list[Problem] = []
    if not SLUG.match(folder.resolve().name):
        message = f"The folder's name {folder.resolve().name!r} is the source's id, but no slug."
        cure = "Rename the folder: lower-case letters, digits and single hyphens."
        faults.append(Problem(file, None, "E124", message, cure))
    for key in settings:
        if key not in _KEYS:
            import difflib

            near = difflib.get_close_matches(key, _KEYS, 1)
            cure = f"Rename it to {near[0]!r}." if near else f"Known are {', '.join(_KEYS)}."
            faults.append(problem("E123", key, f"The key {key!r} is unknown.", cure))
    needs_text = settings.get("evidence") == "quotes"
    for key, (is_good, wanted) in _KEYS.items():
        if key in settings:
            if not is_good(settings[key]):
                message = f"The value of {key!r} is wrong: {repr(settings[key])[:60]}."
                if settings[key] == "":
                    message = f"The value of {key!r} is empty."
                if key == "date" and (right := _iso(str(settings[key]))):
                    message = f"The date {settings[key]!r} is not written as year-month-day."
                    faults.append(problem("E125", key, message, f'Write "{right}".'))
                    continue
                faults.append(problem("E122", key, message, f"Write {wanted}."))
        elif key not in _OPTIONAL or needs_text:
            message = f"The key {key!r} is missing."
            faults.append(Problem(file, None, "E121", message, f"Add it: {wanted}.", column=key))
    good = {k: v for k, v in settings.items() if k in _KEYS and _KEYS[k][0](v)}
    return _source(folder.resolve().name, good), not faults, problems + faults


def _iso(date: str) -> str:
    """A date in another form as year-month-day; empty if it is none, or leaves day or month open.

    >>> _iso("2026/5/1"), _iso("2026年5月1日"), _iso("1/5/2026")
    ('2026-05-01', '2026-05-01', '')
    """
    match = _OTHER_DATE.match(date)
    right = f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else ""
    return right if _DATE.match(right) else ""


def _source(id: str, settings: dict[str, Any]) -> Source:
    return Source(
        id=id,
        title_en=settings.get("title_en", ""),
        title_zh=settings.get("title_zh", ""),
        licence=settings.get("licence", ""),
        date=str(settings.get("date", "")),
        evidence=settings.get("evidence", ""),
        sections=tuple(settings.get("sections", ())),
        text=settings.get("text"),
        text_sha256=settings.get("text_sha256"),
    )


def _unchecked(problem: Problem) -> Problem:
    return replace(problem, message=f"{problem.message} {_UNCHECKED}")


def _broken(file: str, text: str, error: Exception) -> Problem:
    """tomllib tells the line inside its message only."""
    at = re.search(r" \(at line (\d+), column \d+\)", str(error))
    line = int(at[1]) if at else text.count("\n") or 1
    reason = re.sub(r" \(at .*\)", "", str(error)) or type(error).__name__
    message = f"This is not TOML: {reason[:120]}."
    return Problem(file, line, "E120", message, 'Write each setting as: key = "value".')


def _line_of(key: str, text: str) -> int | None:
    at = re.search(rf"^[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*=", text, re.MULTILINE)
    return text.count("\n", 0, at.start()) + 1 if at else None
