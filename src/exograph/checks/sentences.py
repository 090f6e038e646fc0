# SPDX-License-Identifier: Apache-2.0
"""A source's text as sentences, headings and rows of its tables, each with its section.

Texts come from PDFs: lines are wrapped anywhere, blank lines mean nothing, tables are run-in. What
can be relied on is used and nothing else: a heading is a line that begins with the number of a
section, or is its name; a caption is a line that begins with the name of a table; a row of a table
ends in a citation or the number of a trial, as its last cell.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise


@dataclass(frozen=True, slots=True)
class Sentence:
    """A piece of the text. ``form`` is ``sentence``, ``heading``, ``caption``, ``head`` or ``row``.

    ``text`` is one line, ``line`` counts from 1. ``start`` and ``end`` count characters of the text
    without white space, in which quotes are looked for.
    """

    section: str
    form: str
    text: str
    line: int
    start: int
    end: int


Span = tuple[int, int, str]
"""Start and end in the raw text, and the form."""

_CLOSERS = r"[”’」』》）)\]\"']*"
_STOP = re.compile(rf"[。！？]{_CLOSERS}|[.!?]{_CLOSERS}(?=\s+[A-Z【\u3400-\u9fff]|\s*\Z)|(?=【)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:et al|e\.g|i\.e|cf|ca|vs|approx|Figs?|Refs?|Eqs?|Nos?|Dr|spp?)|\b[A-Z])\.\Z"
)
_ENDS = re.compile(rf"[。！？.!?]{_CLOSERS}\Z")
_HEADING = re.compile(r"(\d+(?:\.\d+)*)\.?[ \t\u3000]+\S")
_CAPTION = re.compile(r"(?:表|Table)\s*(\d+)[.:：．]?[ \t\u3000]+\S", re.IGNORECASE)
_ROW_ENDS = re.compile(r"(?:\[\d+(?:[-–,，、]\s*\d+)*\]|\bNCT\d{8})\Z")
_NAMES = {"introduction": "intro", "引言": "intro", "前言": "intro", "摘要": "abstract"}
_LONGEST_HEADING = 80
_LOOK_BACK = 200
"""Characters before a line in which it is looked up whether a sentence ends there."""


def sentences(text: str, sections: Sequence[str]) -> tuple[Sentence, ...]:
    """The whole text in order, in pieces that leave out only white space. Linear time.

    Sentences end at 。！？ and, in English, at a stop before a capital letter; not in ``et al.`` or
    ``0.5``. What stands before the first heading belongs to the first section; Chinese text after
    an English abstract, or the other way round, to ``intro`` if there is such a section.
    """
    spans = [span for span in _spans(text, sections) if text[span[0] : span[1]].strip()]
    squeezed = [0, *accumulate(not c.isspace() for c in text)]
    lines = [m.start() for m in re.finditer("\n", text)]
    found = []
    for (start, end, form), section in zip(spans, _sections(text, spans, sections), strict=True):
        first = start + len(text[start:end]) - len(text[start:end].lstrip())
        found.append(
            Sentence(
                section,
                form,
                one_line(text[start:end]),
                bisect_left(lines, first) + 1,
                squeezed[start],
                squeezed[end],
            )
        )
    return tuple(found)


def one_line(text: str) -> str:
    r"""The text on one line; where a line ends between Chinese characters, nothing comes between.

    >>> one_line("促进皮肤 \n\n伤口愈合 by \nMSC-Exo")
    '促进皮肤伤口愈合 by MSC-Exo'
    """
    joined = re.sub(r"(?<=[^\x00-\u2fff])\s*\n\s*(?=[^\x00-\u2fff])", "", text)
    return " ".join(joined.split())


def clauses(sentence: str) -> Iterator[tuple[int, int]]:
    """Where the clauses of a sentence without white space begin and end.

    >>> text = "炎症期清除细菌，并启动免疫反应。"
    >>> [text[a:b] for a, b in clauses(text)]
    ['炎症期清除细菌，', '并启动免疫反应。']
    """
    cuts = [0, *(m.end() for m in re.finditer(r"[，；：。！？,;:?!]+", sentence)), len(sentence)]
    return ((a, b) for a, b in pairwise(cuts) if a < b)


def _spans(text: str, sections: Sequence[str]) -> Iterator[Span]:
    place = 0
    for start, end, form in _special(text, sections):
        yield from _prose(text, place, start)
        yield start, end, form
        place = end
    yield from _prose(text, place, len(text))


def _prose(text: str, start: int, end: int) -> Iterator[Span]:
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if not _ABBREVIATION.search(text[max(begin, stop.end() - 12) : stop.end()]):
            yield begin, stop.end(), "sentence"
            begin = stop.end()
    yield begin, end, "sentence"


def _special(text: str, sections: Sequence[str]) -> Iterator[Span]:
    """Headings, and the captions, heads and rows of tables, in order."""
    place = 0
    for match in re.finditer(r"[^\n]+", text):
        start, end = match.span()
        if start < place:
            continue
        line = match[0].strip()
        before = text[max(place, start - _LOOK_BACK) : start].strip()
        if before and not _ENDS.search(before):
            continue
        if _table_of(line, sections):
            yield start, end, "caption"
            place = end
            for span in _rows(text, end, sections):
                yield span
                place = span[1]
        elif _section_of(line, sections):
            yield start, end, "heading"
            place = end


def _rows(text: str, start: int, sections: Sequence[str]) -> Iterator[Span]:
    """The head of a table and its rows, as far as no sentence, heading or caption comes between."""
    begin, head = start, True
    for match in re.finditer(r"[^\n]+", text[start:]):
        line = match[0].strip()
        if re.search("[。！？]", line) or _table_of(line, sections):
            return
        if not line:
            continue
        here, end = start + match.start(), start + match.end()
        if _section_of(line, sections) and not text[begin:here].strip():
            return
        if head and re.search(r"\d", line):
            if text[begin:here].strip():
                yield begin, here, "head"
            begin, head = here, False
        if not head and _ROW_ENDS.search(line):
            yield begin, end, "row"
            begin = end


def _table_of(line: str, sections: Sequence[str]) -> str | None:
    """The section that a caption opens."""
    found = _CAPTION.match(line)
    name = f"table{found[1]}" if found else None
    return name if name in sections and not re.search("[。！？]", line) else None


def _section_of(line: str, sections: Sequence[str]) -> str | None:
    """The section that a heading opens: by its number, or by its name."""
    if len(line) > _LONGEST_HEADING or re.search("[。！？；，]", line):
        return None
    if (found := _HEADING.match(line)) and found[1] in sections:
        return found[1]
    name = line.casefold().strip(" :：【】[]")
    name = _NAMES.get(name, name)
    return next((s for s in sections if s.casefold() == name and not s.isdigit()), None)


def _sections(text: str, spans: Sequence[Span], sections: Sequence[str]) -> Iterator[str]:
    """The section of each span; after a table the section that it stands in goes on."""
    section = sections[0] if sections else ""
    marked: bool | None = None  # whether the abstract that was last begun is Chinese
    for start, end, form in spans:
        piece = text[start:end].strip()
        if form in ("caption", "head", "row"):
            if form == "caption":
                table = _table_of(piece, sections) or section
            yield table
            continue
        if form == "heading":
            section, marked = _section_of(piece, sections) or section, None
        elif piece.startswith("【"):
            marked = _is_chinese(piece.partition("】")[2])
        elif (
            "intro" in sections
            and marked not in (None, _is_chinese(piece))
            and not _opens_abstract(text, text.find("【", end))
        ):
            section, marked = "intro", None
        yield section


def _opens_abstract(text: str, place: int) -> bool:
    return place >= 0 and text[place : place + 9].casefold().startswith(("【摘要", "【abstract"))


def _is_chinese(text: str) -> bool:
    letters = re.findall(r"[A-Za-z]+|[\u3400-\u9fff]", text)
    return sum(not word.isascii() for word in letters) * 2 > len(letters)
