# SPDX-License-Identifier: Apache-2.0
"""Edges of KGX of a knowledge base of millions of claims, row by row instead of object by object.

What ``kgx`` writes for one statement of a form, between ends of certain kinds, serves as the
pattern for all others, so there is one definition of a line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from exograph.columns.large import LargeKnowledgeBase
from exograph.model import Claim, Statement

_TOGETHER = 50_000
"""Claims whose numbers are looked at together."""

_MARKS = tuple(f"\x7f{name}\x7f" for name in ("statement", "subject", "object", "claim", "cited"))
"""What stands in a pattern for these; no text that is taken in can hold such a character."""

Spell = Callable[[Claim, str, str, tuple[str, ...]], str]
"""A line of the one statement of a claim between ends of two kinds, with marks."""


def edges(
    kb: LargeKnowledgeBase,
    kind: Callable[[int], str],
    spell: Spell,
    cited: Callable[[str, str], str],
    of_objects: Callable[[Claim], Iterator[str]],
) -> Iterator[str]:
    """Lines of all statements, claim by claim; some 3 µs each.

    ``kind`` gives the kind of a node by number, ``cited`` what a line says of a reference and a
    source, ``of_objects`` the lines of a claim that has statements which are model objects.
    """
    joined, lost = kb.joined, kb.lost
    ids = [id.decode("ascii") for id in joined.node_ids.tolist()]
    digests = joined.digests
    starts = joined.starts.tolist()
    patterns: dict[tuple[int, int, bool, str, str], list[str]] = {}
    citations: list[dict[int, str]] = [{} for _ in joined.parts]
    for first in range(0, len(joined.claim_ids), _TOGETHER):
        span = slice(first, first + _TOGETHER)
        pointers = joined.pointers[first : first + _TOGETHER + 1].tolist()
        rows = joined.rows[pointers[0] : pointers[-1]].tolist()
        names = [id.decode("ascii") for id in digests[rows].tolist()]
        claims = zip(
            joined.subject[span].tolist(),
            joined.object[span].tolist(),
            (id.decode("ascii") for id in joined.claim_ids[span].tolist()),
            pointers,
            pointers[1:],
            strict=False,
        )
        for number, (s, o, claim, begin, end) in enumerate(claims, first):
            held = range(begin - pointers[0], end - pointers[0])
            if any(rows[at] < starts[1] for at in held):
                yield from of_objects(kb.claims[number])
                continue
            for at in held if len(held) == 1 else sorted(held, key=names.__getitem__):
                row = rows[at]
                part = next(n for n in range(1, len(starts)) if row < starts[n + 1]) - 1
                source = joined.parts[part]
                own = row - starts[part + 1]
                form, paper = int(source.form[own]), int(source.reference[own])
                key = (part, form, bool(lost[row]), kind(s), kind(o))
                if key not in patterns:
                    sample = replace(source.forms[form], retracted=key[2])
                    patterns[key] = _pattern(sample, key[3], key[4], spell)
                if paper not in citations[part]:
                    citations[part][paper] = cited(source.cited[paper], source.source.id)
                a, b, c, d, e, f = patterns[key]
                told = citations[part][paper]
                yield f"{a}{names[at]}{b}{ids[s]}{c}{ids[o]}{d}{claim}{e}{told}{f}"


def _pattern(form: Statement, subject: str, object: str, spell: Spell) -> list[str]:
    """The pieces of a line around its marks, which stand in one order."""
    claim = Claim(_MARKS[1], form.predicate, _MARKS[2], (form,))
    text, pieces = spell(claim, subject, object, _MARKS), []
    for mark in _MARKS:
        before, _, text = text.partition(mark)
        pieces.append(before)
    return [*pieces, text]
