# SPDX-License-Identifier: Apache-2.0
"""Edges of KGX of a knowledge base of millions of claims, row by row instead of object by object.

What ``kgx`` writes for one statement of a form, between ends of certain kinds, serves as the
pattern for all others, so there is one definition of a line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from exograph.columns.joined import KINDS
from exograph.columns.large import LargeKnowledgeBase
from exograph.model import Claim, Statement

_TOGETHER = 50_000
"""Claims whose numbers are looked at together."""

_MARKS = tuple(f"\x7f{name}\x7f" for name in ("statement", "subject", "object", "claim", "cited"))
"""What stands in a pattern for these; no text that is taken in can hold such a character."""

Longs = npt.NDArray[np.int64]
Spell = Callable[[Claim, str, str, tuple[str, ...]], str]
"""A line of the one statement of a claim between ends of two kinds, with marks."""


def edges(
    kb: LargeKnowledgeBase,
    spell: Spell,
    cited: Callable[[str, str], str],
    of_objects: Callable[[Claim], Iterator[str]],
) -> Iterator[str]:
    """Lines of all statements, claim by claim; some 3 µs each.

    ``cited`` gives what a line says of a reference and a source, ``of_objects`` the lines of a
    claim that has statements which are model objects.
    """
    joined = kb.joined
    lines = _Lines(kb, spell, cited)
    mixed = joined.of_claims(np.arange(len(joined.rows)) < joined.starts[1])
    for first in range(0, len(joined.claim_ids), _TOGETHER):
        end = min(first + _TOGETHER, len(joined.claim_ids))
        at = first
        for stop in (*(first + np.flatnonzero(mixed[first:end])).tolist(), end):
            if stop > at:
                yield from lines.of(at, stop)
            if stop < end:
                yield from of_objects(kb.claims[stop])
            at = stop + 1


class _Lines:
    """Lines of claims all of whose statements stand in columns."""

    def __init__(
        self, kb: LargeKnowledgeBase, spell: Spell, cited: Callable[[str, str], str]
    ) -> None:
        self._kb, self._spell, self._cite = kb, spell, cited
        self._ids = [id.decode("ascii") for id in kb.joined.node_ids.tolist()]
        parts = kb.joined.parts
        self._forms = [form for part in parts for form in part.forms]
        self._papers = [(id, part.source.id) for part in parts for id in part.cited]
        self._form = np.concatenate(
            [
                part.form + np.int32(begin)
                for part, begin in zip(parts, _begins([len(p.forms) for p in parts]), strict=True)
            ]
        )
        self._patterns: dict[int, list[str]] = {}
        self._cited: dict[int, str] = {}

    def of(self, first: int, end: int) -> Iterator[str]:
        """The lines of some claims that follow each other."""
        joined = self._kb.joined
        begin = joined.pointers[first : end + 1]
        rows = joined.rows[begin[0] : begin[-1]]
        claim = np.repeat(np.arange(first, end), np.diff(begin))
        if len(rows) > end - first:
            rows = rows[np.lexsort((joined.digests[rows], claim))]
        subject, object_ = joined.subject[claim], joined.object[claim]
        form = self._form[rows - joined.starts[1]].astype(np.int64)
        key = form * 2 + self._kb.lost[rows]
        key = (key * len(KINDS) + joined.kind[subject]) * len(KINDS) + joined.kind[object_]
        papers = (joined.cited[rows] - len(joined.small.references)).tolist()
        patterns, citations, ids = self._patterns, self._cited, self._ids
        for k in np.unique(key).tolist():
            if k not in patterns:
                patterns[k] = self._pattern(k)
        for paper in set(papers).difference(citations):
            citations[paper] = self._cite(*self._papers[paper])
        for k, name, s, o, own, paper in zip(
            key.tolist(),
            joined.digests[rows].astype(str).tolist(),
            subject.tolist(),
            object_.tolist(),
            joined.claim_ids[claim].astype(str).tolist(),
            papers,
            strict=True,
        ):
            a, b, c, d, e, f = patterns[k]
            yield f"{a}{name}{b}{ids[s]}{c}{ids[o]}{d}{own}{e}{citations[paper]}{f}"

    def _pattern(self, key: int) -> list[str]:
        """The pieces of a line around its marks, which stand in one order."""
        rest, object_ = divmod(key, len(KINDS))
        rest, subject = divmod(rest, len(KINDS))
        form, lost = divmod(rest, 2)
        said: Statement = replace(self._forms[form], retracted=bool(lost))
        claim = Claim(_MARKS[1], said.predicate, _MARKS[2], (said,))
        text, pieces = self._spell(claim, KINDS[subject], KINDS[object_], _MARKS), []
        for mark in _MARKS:
            before, _, text = text.partition(mark)
            pieces.append(before)
        return [*pieces, text]


def _begins(lengths: list[int]) -> list[int]:
    return [sum(lengths[:n]) for n in range(len(lengths))]
