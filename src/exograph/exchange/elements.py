# SPDX-License-Identifier: Apache-2.0
"""Nodes and edges as records of JSON, for the formats that are made of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TypeAlias

from exograph.exchange.content import Content
from exograph.exchange.fields import (
    EVIDENCE,
    NODE,
    PREDICATE,
    Value,
    evidence,
    node,
    of_predicate,
    present,
    studies,
)
from exograph.kb import roles
from exograph.model import Claim, Entity

Record: TypeAlias = dict[str, Value]


def nodes(content: Content) -> Iterator[tuple[Entity, Record]]:
    """Each entity with what is not absent of ``fields.NODE``."""
    played = roles(content.kb)
    for entity in content.entities:
        yield entity, present(NODE, node(entity, played.get(entity.id, ())))


def edges(content: Content) -> Iterator[tuple[Claim, Record]]:
    """Each claim with what is not absent of ``fields.EDGE``."""
    study = studies(content)
    for claim in content.claims:
        held = present(EVIDENCE, evidence(claim, study))
        yield claim, _of_predicate(claim.predicate) | held


@cache
def _of_predicate(name: str) -> Record:
    return present(PREDICATE, of_predicate(name))
