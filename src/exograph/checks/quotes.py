# SPDX-License-Identifier: Apache-2.0
"""Quotes: each stands in its source's text, character by character, white space aside."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from exograph.checks.facts import Facts, at
from exograph.checks.identity import number_of_id
from exograph.checks.misquotes import Text, squeeze, why
from exograph.checks.passages import Passages, Places
from exograph.checks.subjects import vesicles_of_sentences
from exograph.errors import Problem
from exograph.model import Source
from exograph.tables import Row, Tables

LONGEST = 200
"""Characters of a quote, from which on it is hardly about one statement."""
MOST_SHARED = 8
"""Rows that may share one quote without a warning."""
_QUOTED = ("statements", "attributes", "remarks", "coverage")
_MARGIN = 6
_LONGEST_SOUGHT = 2000
"""Characters of a quote, beyond which the search for its nearest passage takes seconds."""
_MOST_PASSAGES = 40
"""Quotes of one text that get their nearest passage looked up; if more miss, the text is wrong."""
_MOST_SOUGHT = 10_000
"""Characters of these quotes together."""


def required_quotes(facts: Facts) -> Iterator[Problem]:
    """E504 to E506: quotes in a source of quotes, paraphrases in a source of paraphrases."""
    for row, source in facts.sourced("statements"):
        quote, paraphrase, basis = (row.cells[c] for c in ("quote", "paraphrase", "basis"))
        if source.evidence == "quotes":
            if not quote and basis in ("stated", "derived"):
                message = f"The row is {basis}, but has no quote."
                cure = "Copy the words from the text, or call it inferred and say why in the note."
                yield at(row, "E504", message, cure, "quote")
        elif source.evidence and not paraphrase and basis in ("stated", "derived"):
            message = f"The row is {basis}, but has no paraphrase."
            cure = "Say in your own words what the section says."
            yield at(row, "E505", message, cure, "paraphrase")
    for table in _QUOTED:
        for row, source in facts.sourced(table):
            if source.evidence == "paraphrases" and row.cells["quote"]:
                message = f"The source {source.id!r} holds paraphrases, but the row has a quote."
                cure = 'Move it to the paraphrase, or set evidence = "quotes" in source.toml.'
                yield at(row, "E506", message, cure, "quote")


def short_quotes(facts: Facts) -> Iterator[Problem]:
    """W502 and W503: a quote that is long, or that many statements lean on."""
    for tables in facts.tables:
        shared: dict[str, list[Row]] = defaultdict(list)
        for row in tables.rows["statements"]:
            quote = row.cells["quote"]
            if len(quote) > LONGEST:
                message = f"The quote has {len(quote)} characters; {LONGEST} are plenty."
                cure = "Keep the words that say this one statement."
                yield at(row, "W502", message, cure, "quote")
            if quote:
                shared[squeeze(quote)].append(row)
        for rows in shared.values():
            if len(rows) > MOST_SHARED:
                message = f"{len(rows)} rows share this quote: {rows[0].cells['quote'][:40]!r}."
                cure = "Give each row the part that says it."
                yield at(rows[0], "W503", message, cure, "quote")


def proven_quotes(facts: Facts) -> Iterator[Problem]:
    """E501 to E503, W501, W504: texts present and unchanged, each quote and verbatim in them."""
    for tables in facts.tables:
        source = tables.source
        if source.evidence != "quotes" or source.text is None:
            continue
        settings = str(tables.folder / "source.toml")
        if facts.texts is None:
            message = f"The quotes of {source.id!r} were not re-proven against the text."
            cure = "Give the folder of the texts: --texts DIR or EXOGRAPH_TEXTS."
            yield Problem(settings, None, "W501", message, cure, "warning")
            continue
        data = _read(facts.texts / source.text)
        if data is None:
            message = f"The text {source.text!r} is not in {facts.texts}, or is not UTF-8."
            cure = "Put it there, or mend 'text'."
            line = _line(tables, "text")
            yield Problem(settings, line, "E502", message, cure, column="text")
            continue
        found = hashlib.sha256(data).hexdigest()
        if source.text_sha256 and found != source.text_sha256:
            message = f"The text {source.text!r} has the SHA-256 {found}, not the one given."
            cure = "Get the text that was curated, or check the tables anew and write this one."
            line = _line(tables, "text_sha256")
            yield Problem(settings, line, "E503", message, cure, column="text_sha256")
        yield from _misses(facts, tables, Text(data.decode("utf-8")), source)


def text_of(tables: Tables, texts: Path | None) -> Text | None:
    """The text that the quotes of a source are proven in; None if it has none, or not at hand."""
    source = tables.source
    if texts is None or source.evidence != "quotes" or source.text is None:
        return None
    data = _read(texts / source.text)
    return None if data is None else Text(data.decode("utf-8"))


def _read(path: Path) -> bytes | None:
    try:
        if not path.is_file():  # a pipe would never end
            return None
        data = path.read_bytes()
        data.decode("utf-8")
    except (OSError, ValueError):
        return None
    return data


def _line(tables: Tables, key: str) -> int | None:
    text = (tables.folder / "source.toml").read_text(encoding="utf-8")
    lines = (n for n, line in enumerate(text.split("\n"), 1) if line.split("=")[0].strip() == key)
    return next(lines, None)


def _misses(facts: Facts, tables: Tables, text: Text, source: Source) -> Iterator[Problem]:
    held: dict[str, Places] = {}
    where = Passages(text, source.sections)
    passages: dict[str, str] = {}
    reasons: dict[str, tuple[str, str]] = {}
    for table in _QUOTED:
        for row in tables.rows[table]:
            quote = row.cells["quote"]
            if not quote:
                continue
            if quote not in held:
                held[quote] = where.places(quote)
            if held[quote]:
                continue
            if quote not in passages:
                many = len(passages) >= _MOST_PASSAGES or sum(map(len, passages)) > _MOST_SOUGHT
                passages[quote] = "" if many else nearest_passage(quote, text)
                reasons[quote] = ("E501", "is not in the text") if many else why(quote, text)
            code, reason = reasons[quote]
            message = f"The quote {reason} ({source.text}): {quote[:60]!r}."
            if code == "E513":
                cure = "Quote one of the pieces, or the whole passage as it stands."
            else:
                cure = passages[quote] or "Copy the words as they stand in the text."
            yield at(row, code, message, cure, "quote")
    yield from _misplaced(tables, where, held)
    yield from vesicles_of_sentences(facts, tables, where, held)
    for row in tables.rows["attributes"]:
        verbatim = row.cells["verbatim"]
        if verbatim and squeeze(verbatim) not in text.squeezed:
            message = f"The verbatim {verbatim[:60]!r} is not in {source.text!r}."
            yield at(row, "W504", message, "Copy it as it stands in the text.", "verbatim")


def _misplaced(tables: Tables, passages: Passages, held: dict[str, Places]) -> Iterator[Problem]:
    """W511 and W512: a quote of another section, or of a sentence that cites another reference."""
    held_rows = reversed(tables.rows["references"])
    number = {
        r.cells["id"]: number_of_id(tables.source.id, r.cells["id"]) or r.cells["number"]
        for r in held_rows
    }
    within: dict[str, frozenset[str]] = {}
    beside: dict[str, frozenset[int] | None] = {}
    for table in ("statements", "attributes"):
        for row in tables.rows[table]:
            cells = row.cells
            quote, section = cells["quote"], cells["section"]
            places = held.get(quote)
            if not places or section not in passages.sections:
                continue
            if quote not in within:
                within[quote] = passages.sections_of(places)
            if section not in within[quote]:
                found = " or ".join(passages.located(within[quote]))
                message = f"The quote does not stand in section {section!r}: {quote[:40]!r}."
                yield at(row, "W511", message, f"It stands in {found}; write that.", "section")
            cited = number.get(cells["reference"], "")
            if not cited.isdigit():
                continue
            if quote not in beside:
                beside[quote] = passages.numbers_of(places)
            numbers = beside[quote]
            if numbers and int(cited) not in numbers:
                told = ", ".join(f"[{n}]" for n in sorted(numbers)[:4])
                message = f"The sentence of the quote cites {told}, not [{cited}]."
                ids = [id for id, n in number.items() if n.isdigit() and int(n) in numbers]
                cure = f"Did you mean {' or '.join(ids[:4])}?" if ids else "Mend the reference."
                yield at(row, "W512", message, cure, "reference")


def nearest_passage(quote: str, text: Text) -> str:
    """Advice: the passage most like the quote, as one line, and where the two differ.

    rapidfuzz finds a window of the quote's length; of the windows that begin and end a few
    characters off it, the one that takes the fewest edits is shown.
    """
    from rapidfuzz import fuzz
    from rapidfuzz.distance import Levenshtein

    wanted, held = squeeze(quote), text.squeezed
    if len(wanted) > _LONGEST_SOUGHT:
        return "It is too long to look for the nearest passage; quote the words that say it."
    found = fuzz.partial_ratio_alignment(wanted, held, score_cutoff=50)
    if found is None or found.dest_end <= found.dest_start:
        return "No passage is like it; copy the words as they stand in the text."
    shifts = sorted(range(-_MARGIN, _MARGIN + 1), key=abs)
    starts = [max(0, found.dest_start + shift) for shift in shifts]
    ends = [min(len(held), found.dest_end + shift) for shift in shifts]
    windows = [(a, b) for a in starts for b in ends if a < b]
    first, last = min(windows, key=lambda w: Levenshtein.distance(wanted, held[w[0] : w[1]]))
    passage = held[first:last]
    told = []
    for op in Levenshtein.opcodes(wanted, passage):
        mine, theirs = wanted[op.src_start : op.src_end], passage[op.dest_start : op.dest_end]
        if op.tag == "insert":
            after = wanted[max(0, op.src_start - 4) : op.src_start]
            told.append(f"add {theirs!r} after {after!r}")
        elif op.tag == "delete":
            told.append(f"remove {mine!r}")
        elif op.tag == "replace":
            told.append(f"{mine!r} should be {theirs!r}")
    shown = _as_written(text.raw, first, last)
    more = f" and {len(told) - 3} more" if len(told) > 3 else ""
    return f"The nearest passage is {shown!r}: {', '.join(told[:3])}{more}."


def _as_written(raw: str, start: int, end: int) -> str:
    """The stretch of the raw text between two places of the squeezed one, on one line."""
    places = [i for i, c in enumerate(raw) if not c.isspace()]
    passage = raw[places[start] : places[end - 1] + 1]
    passage = re.sub(r"(?<=[^\x00-\u2fff])\s*\n\s*(?=[^\x00-\u2fff])", "", passage)
    passage = " ".join(passage.split())
    return passage if len(passage) <= 120 else f"{passage[:58]} … {passage[-58:]}"


CHECKS = (required_quotes, short_quotes, proven_quotes)
