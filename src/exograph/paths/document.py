# SPDX-License-Identifier: Apache-2.0
"""Results as the JSON document that other programs rely on (DESIGN section 10)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from exograph.kb import evidence
from exograph.model import KnowledgeBase, Statement
from exograph.paths import explain, trust
from exograph.paths.query import PathQuery
from exograph.paths.rank import replaced
from exograph.paths.result import Path, PathResult, PathStep


def to_json(result: PathResult, kb: KnowledgeBase) -> dict[str, Any]:
    """The document as plain Python values; the same result gives the same document."""
    return {
        "query": query_json(result.query),
        "weights": replaced(result.weights),
        "complete": result.complete,
        "stopped_by": result.stopped_by,
        "paths": [path_json(path, rank, kb) for rank, path in enumerate(result.paths, 1)],
    }


def query_json(query: PathQuery) -> dict[str, Any]:
    """Every field of a query, as asked; the context as lists of values by field."""
    document = {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(query).items()}
    context: dict[str, list[str]] = {}
    for field, value in query.context:
        context.setdefault(field, []).append(value)
    return document | {"context": context}


def path_json(path: Path, rank: int, kb: KnowledgeBase) -> dict[str, Any]:
    return {
        "rank": rank,
        "sign": path.sign,
        "telling": path.telling,
        "coherent": path.coherent,
        "mechanism": path.mechanism,
        "references": list(path.references),
        "handovers": [
            {"step": h.step, "entity": h.entity, "from": h.giver, "to": h.taker}
            for h in path.handovers
        ],
        "cost": path.cost,
        "cost_parts": dict(path.cost_parts),
        "weakest": path.weakest,
        "steps": [
            _step(kb, step, cost) for step, cost in zip(path.steps, path.step_costs, strict=True)
        ],
        "shortcuts": [
            {"entities": list(s.entities), "claims": list(s.claims), "cost": s.cost}
            for s in path.shortcuts
        ],
        "warnings": [asdict(warning) for warning in path.warnings],
        "text_en": explain.sentences(path, kb, "en"),
        "text_zh": explain.sentences(path, kb, "zh"),
    }


def _step(kb: KnowledgeBase, step: PathStep, cost: float) -> dict[str, Any]:
    claim = step.claim
    return {
        "subject": claim.subject,
        "predicate": claim.predicate,
        "object": claim.object,
        "sign": step.sign,
        "claim": claim.id,
        "direction": step.direction,
        "basis": step.basis,
        "evidence": cost,
        "statements": [_statement(kb, statement) for statement in claim.statements],
    }


def _statement(kb: KnowledgeBase, statement: Statement) -> dict[str, Any]:
    found = evidence(kb, statement)
    return {
        "reference": statement.reference,
        "section": statement.section,
        "source": statement.source,
        "quote": statement.quote,
        "paraphrase": statement.paraphrase,
        "basis": statement.basis,
        "stance": statement.stance,
        "eco": found.eco,
        "grade": found.grade,
        "context": {field: list(ids) for field, ids in asdict(statement.context).items()},
        **trust.as_json(kb, statement),
    }
