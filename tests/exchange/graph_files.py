# SPDX-License-Identifier: Apache-2.0
"""Knowledge bases written in a format, and what must be found in it whatever the format."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, repeat
from pathlib import Path

from strategies import simple_kb

from exograph import __version__
from exograph.exchange.content import Content
from exograph.exchange.formats import FORMATS
from exograph.model import Claim, Desired, KnowledgeBase

HOSTILE = (
    '</data>]]><!--<script>alert(1)</script>"\'&amp; \\" ;|,\t\r\n\x00\x07\x1f\x7f\ufffe外泌体𝛂 '
)
"""Markup, quotes, what lists are cut at, ends of lines, and what XML cannot hold."""


def files(name: str, kb: KnowledgeBase) -> dict[str, bytes]:
    """The files of the format of that name."""
    content = Content(kb, {}, Path("none.nq"), __version__)
    return {file: b"".join(pieces) for file, pieces in FORMATS[name].write(content)}


def file(name: str, kb: KnowledgeBase) -> bytes:
    """The one file of the format."""
    written = files(name, kb)
    assert list(written) == [""]
    return written[""]


def hostile() -> KnowledgeBase:
    """All text is hostile; there are parallel claims, both ways, and one from a thing to itself."""
    kb = simple_kb(
        ("a", "inhibits", "b"),
        ("a", "regulates", "b"),
        ("b", "inhibits", "a"),
        ("a", "interacts_with", "a"),
        ("b", "no_effect_on", "c"),
    )
    spoilt = {"quote": HOSTILE, "paraphrase": HOSTILE, "note": HOSTILE, "section": HOSTILE}
    return replace(
        kb,
        entities=tuple(
            replace(
                e,
                label_en=HOSTILE,
                label_zh=HOSTILE,
                synonyms=(HOSTILE, f"{HOSTILE}2"),
                description=HOSTILE,
                desired=Desired("up", "t-1"),
            )
            for e in kb.entities
        ),
        references=tuple(replace(r, title=HOSTILE, journal=HOSTILE) for r in kb.references),
        claims=tuple(
            replace(c, statements=tuple(replace(s, **spoilt) for s in c.statements))
            for c in kb.claims
        ),
    )


def ends(kb: KnowledgeBase) -> Counter[tuple[str, str, str]]:
    """Subject, object and id of each claim."""
    return Counter((c.subject, c.object, c.id) for c in kb.claims)


def told(kb: KnowledgeBase, claim: Claim) -> dict[str, object]:
    """What an edge must say of a claim, worked out in another way than the writers do."""
    by_stance = {
        "references": {s.reference for s in claim.statements if s.supports},
        "references_against": {s.reference for s in claim.statements if s.denies},
        "references_retracted": {s.reference for s in claim.statements if s.retracted},
    }
    held: dict[str, object] = {k: sorted(v) for k, v in by_stance.items() if v}
    if claim.sign is not None:
        held["sign"] = claim.sign
    if claim.basis is not None:
        held["basis"] = claim.basis
    return held | {
        "predicate": claim.predicate,
        "supported": claim.supported,
        "refuted": claim.refuted,
        "reference_count": len(by_stance["references"]),
        "study_count": len({kb.study_of(reference) for reference in by_stance["references"]}),
        "statement_count": len(claim.statements),
    }


class Repeated(Content):
    """The claims many times over, as a stream that nobody can count or index."""

    times = 1

    @property
    def claims(self) -> Iterator[Claim]:
        return chain.from_iterable(repeat(self.kb.claims, self.times))
