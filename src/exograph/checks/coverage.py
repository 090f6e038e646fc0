# SPDX-License-Identifier: Apache-2.0
"""Coverage: which rows come from each sentence of a source's text, or why none does.

A row comes from the sentences that its quote touches: the one that holds all of it, or each of
which it holds at least one whole clause. Where the words of a quote stand several times, the places
in the row's section count, and of those the ones in a sentence that cites the row's reference.
Mechanisms have no quotes of their own; they come from where their steps come from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from exograph.checks.facts import Facts, at
from exograph.checks.misquotes import Text, squeeze
from exograph.checks.quotes import text_of
from exograph.checks.sentences import Sentence, clauses, sentences
from exograph.errors import Problem
from exograph.kb.assembling import triple
from exograph.tables import Row, Tables

_SHOWN = 40
"""Characters of a sentence that a message repeats."""

_QUOTED = ("statements", "attributes", "remarks")


@dataclass(frozen=True, slots=True)
class Origin:
    """A row that comes from a sentence: its table, its line there, and what it says in short."""

    table: str
    line: int
    says: str


@dataclass(frozen=True, slots=True)
class Covered:
    """A sentence of a source, the rows that come from it, and the reasons given for none.

    ``share`` is the part of the sentence that quotes of these rows cover, from 0 to 1.
    """

    source: str
    sentence: Sentence
    rows: tuple[Origin, ...]
    reasons: tuple[Row, ...]
    share: float

    @property
    def reason(self) -> str | None:
        """The curated reason, if there are no rows."""
        return self.reasons[0].cells["reason"] if self.reasons and not self.rows else None

    @property
    def explained(self) -> bool:
        return bool(self.rows or self.reasons)


def coverage(tables: Tables, text: Text) -> tuple[Covered, ...]:
    """Every sentence of the text of one source, in order.

    Costs a search through the text for each quote; 500 rows of a review take some 20 ms.
    """
    book = _Book(tables, text)
    origins: dict[int, set[Origin]] = defaultdict(set)
    marks: dict[int, list[tuple[int, int]]] = defaultdict(list)
    steps = defaultdict(set)
    for table in _QUOTED:
        for row in tables.rows[table]:
            for number, span in book.touched(row):
                origins[number].add(Origin(table, row.line, _says(table, row)))
                marks[number].append(span)
                if table == "statements":
                    steps[row.cells["reference"], triple(row.cells)].add(number)
    told_by = {row.cells["id"]: row for row in tables.rows["mechanisms"]}
    for row in tables.rows["mechanism_steps"]:
        mechanism = told_by.get(row.cells["mechanism"])
        if mechanism is not None:
            origin = Origin("mechanisms", mechanism.line, mechanism.cells["id"])
            for number in steps.get((mechanism.cells["reference"], triple(row.cells)), ()):
                origins[number].add(origin)
    reasons: dict[int, list[Row]] = defaultdict(list)
    for row in tables.rows["coverage"]:
        for number, _ in book.touched(row):
            if row not in reasons[number]:
                reasons[number].append(row)
    order = [*_QUOTED, "mechanisms"]
    return tuple(
        Covered(
            tables.source.id,
            sentence,
            tuple(sorted(origins[number], key=lambda o: (order.index(o.table), o.line))),
            tuple(reasons[number]),
            _share(sentence, marks[number]),
        )
        for number, sentence in enumerate(book.sentences)
    )


def of_sources(tables: Sequence[Tables], texts: Path) -> tuple[Covered, ...]:
    """The coverage of all sources whose text is in the folder."""
    read = [(t, text_of(t, texts)) for t in tables]
    return tuple(c for t, text in read if text is not None for c in coverage(t, text))


class _Book:
    """The sentences of a text, and where quotes stand in them."""

    def __init__(self, tables: Tables, text: Text) -> None:
        self.text = text.squeezed
        self.sentences = sentences(text.raw, tables.source.sections)
        self.owner = [n for n, s in enumerate(self.sentences) for _ in range(s.start, s.end)]
        self.clauses = [
            [(s.start + a, s.start + b) for a, b in clauses(self.text[s.start : s.end])]
            for s in self.sentences
        ]
        self.number = {row.cells["id"]: row.cells["number"] for row in tables.rows["references"]}

    def touched(self, row: Row) -> Iterator[tuple[int, tuple[int, int]]]:
        """Numbers of the sentences that a row comes from, each with what its quote covers there."""
        size = len(_words(row))
        for begin in self._places(row):
            end = begin + size
            for number in range(self.owner[begin], self.owner[end - 1] + 1):
                sentence = self.sentences[number]
                span = max(begin, sentence.start), min(end, sentence.end)
                whole = span == (begin, end)
                if whole or any(span[0] <= a and b <= span[1] for a, b in self.clauses[number]):
                    yield number, span

    def _places(self, row: Row) -> list[int]:
        """Where the quote of a row begins: in its section and beside its reference, if it can."""
        wanted = _words(row)
        found: list[int] = []
        place = self.text.find(wanted) if wanted else -1
        while place >= 0:
            found.append(place)
            place = self.text.find(wanted, place + 1)
        if len(found) > 1:
            section = row.cells["section"]
            here = [p for p in found if self.sentences[self.owner[p]].section == section]
            found = here or found
            cited = f"[{self.number.get(row.cells.get('reference', ''))}]"
            beside = [p for p in found if cited in squeeze(self.sentences[self.owner[p]].text)]
            found = beside or found
        return found


def _words(row: Row) -> str:
    """What a row has of its source: the quote, or else the characters of a value."""
    return squeeze(row.cells["quote"] or row.cells.get("verbatim", ""))


def _share(sentence: Sentence, spans: Sequence[tuple[int, int]]) -> float:
    held = {place for a, b in set(spans) for place in range(a, b)}
    return len(held) / (sentence.end - sentence.start)


def _says(table: str, row: Row) -> str:
    if table == "statements":
        return " ".join(triple(row.cells))
    if table == "attributes":
        return " ".join(row.cells[name] for name in ("entity", "attribute", "verbatim"))
    return row.cells["id"]


def accounted(facts: Facts) -> Iterator[Problem]:
    """W505 and W506: sentences that nothing explains, and reasons that explain none."""
    for tables in facts.tables:
        text = text_of(tables, facts.texts)
        if text is None or not tables.source.sections or tables.gaps:
            continue
        quoted = [row for name in (*_QUOTED, "coverage") for row in tables.rows[name]]
        sound = all(_words(row) in text.squeezed for row in quoted)
        found = coverage(tables, text)
        yield from _idle(tables, found)
        for covered in found if sound else ():  # else a quote that is wrong may be meant for it
            if not covered.explained:
                shown = covered.sentence.text
                shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
                message = f"No row comes from this sentence of section {covered.sentence.section}, "
                message += f"and no reason is given: {shown!r}."
                cure = "Add the rows that it holds, or a row to coverage.tsv with the reason."
                file = str((facts.texts or tables.folder) / str(tables.source.text))
                line = covered.sentence.line
                yield Problem(file, line, "W505", message, cure, "warning")


def _idle(tables: Tables, found: Sequence[Covered]) -> Iterator[Problem]:
    """W506: rows of ``coverage.tsv`` that explain no sentence, or one that is explained."""
    told: set[int] = set()
    for covered in found:
        for number, row in enumerate(covered.reasons):
            told.add(row.line)
            if covered.rows:
                origin = covered.rows[0]
                message = f"Rows come from this sentence, such as {origin.table}.tsv:{origin.line}."
                yield at(row, "W506", message, "Delete the row.", "quote")
            elif number:
                message = f"Line {covered.reasons[0].line} explains this sentence already."
                yield at(row, "W506", message, "Keep one of the two.", "quote")
    held = "".join(squeeze(c.sentence.text) for c in found)
    for row in tables.rows["coverage"]:
        quote = squeeze(row.cells["quote"])
        if quote and quote in held and row.line not in told:
            message = "The quote holds no whole clause of any sentence."
            yield at(row, "W506", message, "Quote one sentence, or a clause of it.", "quote")


CHECKS = (accounted,)
