# SPDX-License-Identifier: Apache-2.0
"""Conflicts as plain JSON values: both sides, who says so, and their contexts side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exograph import vocab
from exograph.kb import head
from exograph.kb.conflicts import Opposition, Side, conflicts
from exograph.model import Claim, Entity, KnowledgeBase, Reference
from exograph.views.documents import Document


def about(
    kb: KnowledgeBase, thing: Entity | Reference | Claim | None = None, *, unexplained: bool = False
) -> Iterator[Opposition]:
    """All conflicts, or those that an entity, a reference or a claim takes part in.

    With ``unexplained`` only those for which no curator names a context.
    """
    for found in conflicts(kb):
        if not (unexplained and found.explained_by) and _takes_part(thing, found):
            yield found


def of(kb: KnowledgeBase, found: Iterable[Opposition]) -> Document:
    """The document of ``exograph conflicts --json``."""
    return {"conflicts": [_one(kb, opposition) for opposition in found]}


def studies(kb: KnowledgeBase, side: Side) -> int:
    """How many studies a side rests on: citations that are joined to one study count once."""
    return len({kb.study_of(reference) for reference in side.references})


def _takes_part(thing: Entity | Reference | Claim | None, found: Opposition) -> bool:
    statements = [s for side in found.sides for s in side.statements]
    if isinstance(thing, Entity):
        return any(thing.id in (s.subject, s.object) for s in statements)
    if isinstance(thing, Reference):
        return any(thing.id == s.reference for s in statements)
    return thing is None or any(thing.id == s.claim for s in statements)


def _one(kb: KnowledgeBase, found: Opposition) -> Document:
    return {
        "kind": found.kind,
        "object": found.first.statements[0].object,
        "explained": bool(found.explained_by),
        "explained_by": list(found.explained_by),
        "notes": [row.note for row in found.curated if row.note],
        "context": {
            name: {
                "first": list(found.first.context(name)),
                "second": list(found.second.context(name)),
                "differs": found.differs(name),
            }
            for name in vocab.CONTEXT_FIELDS
        },
        "first": _side(kb, found.first),
        "second": _side(kb, found.second),
    }


def _side(kb: KnowledgeBase, side: Side) -> Document:
    claims = dict.fromkeys(s.claim for s in side.statements)
    return {
        "says": side.says,
        "claims": [head(kb.claim[id]) for id in claims],
        "references": list(side.references),
        "studies": studies(kb, side),
        "sources": sorted({s.source for s in side.statements}),
        "statements": [
            {
                "id": s.id,
                "claim": s.claim,
                "reference": s.reference,
                "section": s.section,
                "source": s.source,
                "quote": s.quote,
                "paraphrase": s.paraphrase,
                "basis": s.basis,
                "stance": s.stance,
                "context": {f: list(getattr(s.context, f)) for f in vocab.CONTEXT_FIELDS},
            }
            for s in side.statements
        ],
    }
