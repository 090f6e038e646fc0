# SPDX-License-Identifier: Apache-2.0
"""Knowledge bases to draw: the review's own, a hostile one, and a large one."""

from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import Any

from exograph.kb import assemble, group_claims
from exograph.model import (
    Attribute,
    Conflict,
    Context,
    Desired,
    Entity,
    KnowledgeBase,
    Mechanism,
    MechanismStep,
    Reference,
    Remark,
    Source,
    Statement,
    Verification,
)
from exograph.tables import read_source

REVIEW = Path(__file__).parents[2] / "graphs" / "review"

HOSTILE = (
    "<script>window.hacked=1;alert(1)</script>\"'</script>]]><img src=x onerror=alert(2)>&amp;"
)


@cache
def review() -> KnowledgeBase:
    tables, problems = read_source(REVIEW)
    assert tables is not None, problems
    return assemble([tables])


@cache
def everything() -> KnowledgeBase:
    """All sources that the project ships."""
    tables = [
        read_source(folder.parent)[0] for folder in sorted(REVIEW.parent.glob("*/source.toml"))
    ]
    return assemble([each for each in tables if each is not None])


def hostile() -> KnowledgeBase:
    """Every field that holds free text holds markup; ids stay slugs, as the checks demand."""
    told = Statement(
        "mir-126", "downregulates", "pik3r2", "review-38", "3.2", "review", quote="q",
        paraphrase="p", note="n", context=Context(cell=("cell",)),
    )  # fmt: skip
    statements = [
        _spoilt(told),
        _spoilt(replace(told, predicate="targets", certainty="hedged", basis="inferred")),
        _spoilt(replace(told, subject="exo", predicate="carries", object="mir-126")),
        _spoilt(replace(told, subject="bmsc", predicate="secretes", object="exo")),
        _spoilt(replace(told, subject="pik3r2", predicate="suppresses", object="angiogenesis")),
    ]
    kinds = {
        "mir-126": "MicroRNA",
        "pik3r2": "GeneProduct",
        "exo": "Vesicle",
        "bmsc": "CellType",
        "cell": "CellType",
        "angiogenesis": "BiologicalProcess",
    }
    triple = ("mir-126", "downregulates", "pik3r2")
    return KnowledgeBase(
        sources=(Source("review", HOSTILE, HOSTILE, HOSTILE, HOSTILE, "quotes", ("3.2",)),),
        entities=tuple(
            Entity(
                id, kinds[id], f"{id} {HOSTILE}", f"{id} {HOSTILE}", (HOSTILE,), (HOSTILE,),
                (HOSTILE,), HOSTILE, Desired("up", "review-38"), HOSTILE,
            )
            for id in sorted(kinds)
        ),
        references=(_spoilt(Reference("review-38", "cited", "review", doi="d", title="t")),),
        claims=group_claims(statements),
        attributes=(_spoilt(Attribute("exo", "size", "v", "review-38", "1", "review", quote="q")),),
        mechanisms=(
            Mechanism(
                "told", HOSTILE, HOSTILE, "review-38", "mir-126", "pik3r2", "-", "review",
                (MechanismStep(1, *triple),), HOSTILE,
            ),
        ),
        verifications=(
            Verification(
                "review-38", "3.2", *triple, HOSTILE, HOSTILE, "supported", "full", HOSTILE,
                "review", HOSTILE,
            ),
        ),
        conflicts=(
            Conflict(*triple, "pik3r2", "suppresses", "angiogenesis", "review", ("cell",), HOSTILE),
        ),
        remarks=(
            Remark("r", HOSTILE, HOSTILE, HOSTILE, "review", "review-38", "mir-126", HOSTILE),
        ),
    )  # fmt: skip


_FREE = {"quote", "paraphrase", "note", "section", "title", "first_author", "journal", "doi",
         "retraction", "verbatim", "text_value"}  # fmt: skip


def _spoilt(record: Any) -> Any:
    return replace(record, **{f.name: HOSTILE for f in fields(record) if f.name in _FREE})


def large(entities: int = 300, claims: int = 600) -> KnowledgeBase:
    """A knowledge base of the shape of a mechanism graph, the same on every run."""
    layers = ["Tissue", "CellType", "Vesicle", "MicroRNA", "GeneProduct", "BiologicalProcess"]
    shares = [0.03, 0.03, 0.06, 0.13, 0.35, 0.4]
    ids = {k: [f"{k.lower()}-{i}" for i in range(max(1, int(entities * s)))]
           for k, s in zip(layers, shares, strict=True)}  # fmt: skip
    ways = [
        ("CellType", "isolated_from", "Tissue"), ("CellType", "secretes", "Vesicle"),
        ("Vesicle", "carries", "MicroRNA"), ("MicroRNA", "downregulates", "GeneProduct"),
        ("GeneProduct", "promotes", "BiologicalProcess"),
        ("Vesicle", "suppresses", "BiologicalProcess"), ("Vesicle", "regulates", "GeneProduct"),
    ]  # fmt: skip
    statements = {}
    for i in range(claims * 2):
        start, predicate, end = ways[i % len(ways)]
        subject = ids[start][(i * 7 + i // 11) % len(ids[start])]
        object = ids[end][(i * 13 + i // 5) % len(ids[end])]
        if len(statements) < claims:
            statements[subject, predicate, object] = Statement(
                subject, predicate, object, "review-1", "1", "review", quote=f"{subject} {object}"
            )
    return KnowledgeBase(
        entities=tuple(
            sorted((Entity(id, kind, id, id) for kind in layers for id in ids[kind]),
                   key=lambda e: e.id)
        ),
        references=(Reference("review-1", "cited", "review", number=1),),
        claims=group_claims(statements.values()),
    )  # fmt: skip
