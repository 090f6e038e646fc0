# SPDX-License-Identifier: Apache-2.0
"""How many of what a large knowledge base holds, counted by columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from exograph import vocab
from exograph.columns.joined import Joined
from exograph.columns.large import LargeKnowledgeBase
from exograph.columns.rows import PREDICATES, Rows
from exograph.kb.grading import evidence
from exograph.model import Claim, KnowledgeBase, Reference, Statement

Counts = dict[str, Any]


def tallies(joined: Joined, small: Counts) -> Counts:
    """What ``snapshot.counts`` gives for the same as model objects; ``small`` is what it gives for
    those that are model objects. Some 15 µs for each entity and reference."""
    kb = LargeKnowledgeBase.of(joined)
    gone = kb.gone
    statements: dict[str, Any] = {
        name: Counter(parts) if isinstance(parts, dict) else parts
        for name, parts in small["statements"].items()
    }
    begin = len(joined.small.references)
    for part in joined.parts:
        kinds = joined.reference_kind[begin : begin + len(part.references)]
        begin += len(part.references)
        lost = np.array([id in gone for id in part.cited] or [], np.bool_)
        manner = part.form.astype(np.int64) * len(vocab.REFERENCE_KINDS) + kinds[part.reference]
        manner = manner * 2 + lost[part.reference]
        statements["total"] += len(part)
        statements["by_source"][part.source.id] += len(part)
        numbers = np.bincount(manner)
        for key in np.flatnonzero(numbers).tolist():
            number, (rest, retracted) = int(numbers[key]), divmod(key, 2)
            form, kind = divmod(rest, len(vocab.REFERENCE_KINDS))
            told = part.forms[form]
            statements["retracted"] += number * retracted
            statements["by_section"][told.section] += number
            statements["by_basis"][told.basis] += number
            statements["by_stance"][told.stance] += number
            statements["by_grade"][grade(part, told, kind, gone=bool(retracted))] += number
    return small | {
        "sources": {"total": len(kb.sources)},
        "entities": {
            "total": len(joined.ids),
            "by_type": _by(kb.as_stored(n).type for n in range(len(joined.ids))),
        },
        "claims": {
            "total": len(joined.claim_ids),
            "by_predicate": _named(joined.predicate, PREDICATES),
            "by_basis": _bases(joined, kb),
        },
        "statements": {
            name: _sorted(parts) if isinstance(parts, Counter) else parts
            for name, parts in statements.items()
        },
        "references": {
            "total": len(kb.references),
            "by_kind": _of(kb, lambda r: r.kind),
            "by_status": _of(kb, lambda r: r.status or "no_status"),
            "by_retraction": _of(kb, lambda r: kb.notices.get(r.id, "no_notice_seen")),
        },
    }


def grade(part: Rows, form: Statement, kind: int, *, gone: bool) -> str:
    """The grade of statements of a form that cite a reference of a kind, retracted or not."""
    said = replace(form, subject="s", object="o", reference="r")
    notice = "retracted" if gone else None
    cited = Reference("r", vocab.REFERENCE_KINDS[kind], part.source.id, retraction=notice)
    claim = Claim("s", form.predicate, "o", (said,))
    return evidence(KnowledgeBase((part.source,), (), (cited,), (claim,)), said).grade


def _bases(joined: Joined, kb: LargeKnowledgeBase) -> dict[str, int]:
    """Claims by the strongest basis among what supports them."""
    names = (*vocab.BASES, "unsupported")
    if not len(joined.rows):
        return {}
    rank = joined.per_row(
        [_rank(form) for part in joined.parts for form in part.forms],
        [_rank(s) if s.supports else len(vocab.BASES) for s in joined.small.statements],
        np.uint8,
    )
    rank[kb.lost] = len(vocab.BASES)
    return _named(np.minimum.reduceat(rank[joined.rows], joined.pointers[:-1]), names)


def _rank(statement: Statement) -> int:
    supports = statement.stance == "supports"
    return vocab.BASES.index(statement.basis) if supports else len(vocab.BASES)


def _of(kb: KnowledgeBase, named: Callable[[Reference], str]) -> dict[str, int]:
    return _by(map(named, kb.references))


def _by(names: Iterable[str]) -> dict[str, int]:
    return _sorted(Counter(names))


def _named(numbers: Any, names: tuple[str, ...]) -> dict[str, int]:
    held = np.bincount(numbers, minlength=len(names)).tolist()
    return _sorted(dict(zip(names, held, strict=True)))


def _sorted(counted: dict[str, int]) -> dict[str, int]:
    return {name: number for name, number in sorted(counted.items()) if number}
