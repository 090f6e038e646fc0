# SPDX-License-Identifier: Apache-2.0
"""How many of what a knowledge base holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from exograph.kb import evidence
from exograph.model import KnowledgeBase

Counts = dict[str, Any]


def counts(kb: KnowledgeBase, triples: int) -> Counts:
    """A total for each kind of record, and its parts: by type, predicate, section and so on."""
    statements = kb.statements
    return {
        "sources": {"total": len(kb.sources)},
        "entities": {"total": len(kb.entities), "by_type": _by(e.type for e in kb.entities)},
        "claims": {
            "total": len(kb.claims),
            "by_predicate": _by(c.predicate for c in kb.claims),
            "by_basis": _by(c.basis or "unsupported" for c in kb.claims),
        },
        "statements": {
            "total": len(statements),
            "by_section": _by(s.section for s in statements),
            "by_basis": _by(s.basis for s in statements),
            "by_stance": _by(s.stance for s in statements),
            "by_source": _by(s.source for s in statements),
            "by_grade": _by(evidence(kb, s).grade for s in statements),
            "retracted": sum(s.retracted for s in statements),
        },
        "references": {
            "total": len(kb.references),
            "by_kind": _by(r.kind for r in kb.references),
            "by_status": _by(r.status or "no_status" for r in kb.references),
            "by_retraction": _by(kb.notices.get(r.id, "no_notice_seen") for r in kb.references),
        },
        "attributes": {
            "total": len(kb.attributes),
            "by_attribute": _by(a.attribute for a in kb.attributes),
        },
        "mechanisms": {
            "total": len(kb.mechanisms),
            "steps": sum(len(m.steps) for m in kb.mechanisms),
        },
        "verifications": {
            "total": len(kb.verifications),
            "by_verdict": _by(v.verdict for v in kb.verifications),
        },
        "conflicts": {"total": len(kb.conflicts)},
        "remarks": {"total": len(kb.remarks)},
        "triples": {"total": triples},
    }


def _by(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))
