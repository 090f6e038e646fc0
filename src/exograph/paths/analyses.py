# SPDX-License-Identifier: Apache-2.0
"""Comparisons, gaps and matrices as the JSON documents of their commands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from exograph.model import KnowledgeBase
from exograph.paths.compare import Comparison, Comparisons, Way
from exograph.paths.document import path_json, query_json
from exograph.paths.gaps import LISTS, Gap, Gaps
from exograph.paths.hanging import Thin
from exograph.paths.matrix import Cell, Matrix


def comparison_json(compared: Comparisons, kb: KnowledgeBase) -> dict[str, Any]:
    """The document of ``exograph compare --json``: ``query.top`` of each list, counts of all."""
    return {
        "a": compared.a,
        "b": compared.b,
        "query": query_json(compared.query),
        "ends": [_end_json(one, compared.query.top, kb) for one in compared.ends],
    }


def gaps_json(found: Gaps) -> dict[str, Any]:
    """The document of ``exograph gaps --json``."""
    return {
        "query": query_json(found.query),
        "complete": found.complete,
        "counts": {name: len(getattr(found, name)) for name in LISTS},
        **{name: [_gap_json(gap) for gap in getattr(found, name)] for name in LISTS[:5]},
        "on_one_paper": [
            {
                "from": one.start,
                "to": one.end,
                "study": one.study,
                "references": list(one.references),
                "claims": list(one.claims),
                "by_effect": one.by_effect,
            }
            for one in found.on_one_paper
        ],
        "thin_routes": [_thin_json(one) for one in found.thin_routes],
    }


def matrix_json(found: Matrix) -> dict[str, Any]:
    """The document of ``exograph matrix --json``; cells row by row."""
    return {
        "query": query_json(found.query),
        "complete": found.complete,
        "rows": list(found.rows),
        "columns": list(found.columns),
        "cells": [_cell_json(cell) for row in found.rows for cell in found.row(row)],
    }


def _end_json(one: Comparison, top: int, kb: KnowledgeBase) -> dict[str, Any]:
    def path(way: Way, rank: int) -> dict[str, Any]:
        return {**path_json(way.path, rank, kb), "also_by": list(way.also_by)}

    def paths(found: Sequence[Way]) -> list[dict[str, Any]]:
        return [path(way, rank) for rank, way in enumerate(found, 1)]

    return {
        "end": one.end,
        "complete": one.complete,
        "counts": {
            "a": one.paths_a,
            "b": one.paths_b,
            **{n: len(getattr(one, n)) for n in ("shared", "opposed", "only_a", "only_b")},
        },
        "shared": [
            {
                "entities": [entity for _, entity in both.route],
                "signs": [sign for sign, _ in both.route],
                "a": path(both.a, rank),
                "b": path(both.b, rank),
            }
            for rank, both in enumerate(one.shared[:top], 1)
        ],
        "opposed": [
            {
                "entities": list(each.entities),
                "opposite": each.opposite,
                "a": paths(each.a),
                "b": paths(each.b),
            }
            for each in one.opposed[:top]
        ],
        "only_a": paths(one.only_a[:top]),
        "only_b": paths(one.only_b[:top]),
    }


def _gap_json(gap: Gap) -> dict[str, Any]:
    evidence = {name: list(ids) for name, ids in gap.evidence.items()}
    marks = {"other_tissue": gap.other_tissue, "retracted": gap.retracted}
    return {"entity": gap.entity, **evidence, **marks}


def _thin_json(one: Thin) -> dict[str, Any]:
    path = one.path
    return {
        "from": path.entities[0],
        "to": path.entities[-1],
        "sign": path.sign,
        "telling": path.telling,
        "cost": path.cost,
        "references": list(path.references),
        "entities": list(path.entities),
        "claims": [step.claim.id for step in path.steps],
        "studies": [list(held) for held in one.studies],
    }


def _cell_json(cell: Cell) -> dict[str, Any]:
    best = cell.best and {
        "sign": cell.best.sign,
        "telling": cell.best.telling,
        "cost": cell.best.cost,
        "references": list(cell.best.references),
        "entities": list(cell.best.entities),
        "claims": [step.claim.id for step in cell.best.steps],
    }
    return {
        "from": cell.start,
        "to": cell.end,
        "routes": cell.routes,
        "complete": cell.complete,
        "signs": cell.signs,
        "telling": cell.telling,
        "by_vesicle": cell.by_vesicle,
        "best": best,
        "grade": cell.grade,
        "studies": list(cell.studies),
    }
