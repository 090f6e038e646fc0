# SPDX-License-Identifier: Apache-2.0
"""Where a quote stands in its text: in which section, beside the number of which reference."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from exograph.checks.misquotes import Text, squeeze

Places = tuple[tuple[int, int], ...]
_NUMBERED = re.compile(r"\d+(?:\.\d+)*\Z")
_TABLE = re.compile(r"table(\d+)\Z")
_TABLE_HEADING = re.compile(r"(?:表|table|tab\.)\s*(\d+)(?=\D|\Z)", re.IGNORECASE)
_NUMBER_HEADING = re.compile(r"(\d+(?:\.\d+)*)\.?\s+[^\W\d]")
_ABSTRACT = re.compile(r"\s*[【\[]?\s*(?:摘\s*要|abstract)\b", re.IGNORECASE)
_CITED = re.compile(r"[\[［](\d+(?:[,，、\-–—~～]\d+)*)[\]］]")
_END = re.compile(r"[。！？]|(?<=[\])a-z0-9])[.!?](?=[A-Z\[])")
_OPENING = frozenset(("intro", "introduction"))
_LONGEST_SENTENCE = 400
"""Characters without a full stop, beyond which the text is a table: a number ends each row."""
_LONGEST_HEADING = 60


@dataclass(frozen=True)
class Passages:
    """A text with the sections that its source names; places count characters, no white space."""

    text: Text
    sections: Sequence[str]

    @cached_property
    def regions(self) -> list[tuple[int, frozenset[str]]]:
        """Where each stretch begins, and the sections that it may belong to.

        A heading is a line that begins with the section's number; one that is found twice, or
        out of order, is not taken for one, and its section may be anywhere. After a table the
        section around it may go on.
        """
        found: dict[str, list[int]] = {name: [] for name in self.sections}
        place = 0
        for line in self.text.raw.split("\n"):
            bare = line.strip()
            if bare:
                if (name := _heading(bare)) in found:
                    found[name].append(place)
                place += len(squeeze(bare))
        at = {name: places[0] for name, places in found.items() if len(places) == 1}
        if "abstract" in self.sections and found["abstract"]:
            at["abstract"] = found["abstract"][0]
        last = -1
        for name in self.sections:
            if name in at and _NUMBERED.match(name):
                if at[name] < last:
                    del at[name]
                else:
                    last = at[name]
        free = frozenset(self.sections) - at.keys()
        regions, current = [(0, frozenset(self.sections))], frozenset[str]()
        for name in sorted(at, key=lambda n: at[n]):
            if _TABLE.match(name):
                regions.append((at[name], free | current | {name}))
                continue
            parts = name.split(".")
            if _NUMBERED.match(name):
                free -= _OPENING  # what opens a text comes before its first number
            current = frozenset(".".join(parts[: n + 1]) for n in range(len(parts)))
            regions.append((at[name], free | current))
        return regions

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.regions]

    @cached_property
    def _ends(self) -> list[int]:
        marks = [m.end() for m in _END.finditer(self.text.squeezed)]
        return sorted({0, len(self.text.squeezed), *marks, *self._starts})

    def places(self, quote: str) -> Places:
        """Where the quote stands, from and to."""
        wanted, held = squeeze(quote), self.text.squeezed
        found: list[tuple[int, int]] = []
        start = held.find(wanted)
        while start >= 0 and wanted:
            found.append((start, start + len(wanted)))
            start = held.find(wanted, start + 1)
        return tuple(found)

    def sections_of(self, places: Places) -> frozenset[str]:
        """Sections that a quote may stand in."""
        found: set[str] = set()
        for start, end in places:
            for place in (start, end - 1):
                found |= self.regions[bisect_right(self._starts, place) - 1][1]
        return frozenset(found)

    def located(self, sections: frozenset[str]) -> list[str]:
        """Those of the sections whose place in the text is known; all, if none is."""
        free = self.regions[-1][1] & self.regions[1][1] if len(self.regions) > 2 else frozenset()
        held = [n for n in self.sections if n in sections - free]
        exact = [n for n in held if not any(other.startswith(f"{n}.") for other in held)]
        return exact or sorted(sections)

    def sentences(self, places: Places) -> Iterator[str]:
        """The sentences that a quote stands in, without white space; none in a table."""
        for start, end in places:
            first = self._ends[bisect_right(self._ends, start) - 1]
            last = self._ends[min(bisect_right(self._ends, end - 1), len(self._ends) - 1)]
            if last - first <= _LONGEST_SENTENCE:
                yield self.text.squeezed[first:last]

    def numbers_of(self, places: Places) -> frozenset[int] | None:
        """Numbers cited in the sentences of a quote; None if somewhere it stands with none.

        In a table it is the next number after the place where the quote begins.
        """
        found: set[int] = set()
        for start, end in places:
            first = self._ends[bisect_right(self._ends, start) - 1]
            last = self._ends[min(bisect_right(self._ends, end - 1), len(self._ends) - 1)]
            if last - first > _LONGEST_SENTENCE:
                match = _CITED.search(self.text.squeezed, start)
                numbers = set(_cited(match[1])) if match else set()
                inside = self.text.squeezed[start:end]
                numbers |= {n for m in _CITED.finditer(inside) for n in _cited(m[1])}
                if match and match.end() <= end:
                    after = _CITED.search(self.text.squeezed, end)
                    numbers |= set(_cited(after[1])) if after else set()
            else:
                sentence = self.text.squeezed[first:last]
                numbers = {n for m in _CITED.finditer(sentence) for n in _cited(m[1])}
            if not numbers:
                return None
            found |= numbers
        return frozenset(found) or None


def _heading(line: str) -> str:
    """The section whose heading the line is; empty if it is none.

    >>> _heading("3.1  调节炎症反应"), _heading("表 1  总结"), _heading("3.2 ± 0.4 of the mice")
    ('3.1', 'table1', '')
    """
    if table := _TABLE_HEADING.match(line):
        return f"table{table[1]}"
    if _ABSTRACT.match(line):
        return "abstract"
    number = _NUMBER_HEADING.match(line)
    if number is None or len(line) > _LONGEST_HEADING or line[-1] in "。.,，；;、":
        return ""
    return number[1]


def _cited(numbers: str) -> Iterator[int]:
    """Numbers of a citation, ranges filled.

    >>> [*_cited("3-5,9")]
    [3, 4, 5, 9]
    """
    for part in re.split(r"[,，、]", numbers):
        ends = [int(n) for n in re.split(r"[-–—~～]", part) if n]
        yield from range(ends[0], ends[-1] + 1) if ends and ends[-1] - ends[0] < 100 else ends
