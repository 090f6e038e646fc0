# SPDX-License-Identifier: Apache-2.0
"""Records as cells of the curated tables: the other way round than ``kb.assembling`` goes.

A list stands between bars. What is absent is an empty cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from operator import attrgetter
from typing import Any

from exograph import vocab
from exograph.model import Desired, MechanismStep
from exograph.tables import COLUMNS

_CONTEXT = frozenset(vocab.CONTEXT_FIELDS)


def cells(table: str, record: Any) -> list[str]:
    """The row of a record, in the order of the columns of its table.

    >>> from exograph.model import Entity
    >>> cells("entities", Entity("pten", "GeneProduct", "PTEN", "PTEN", ("MMAC1", "TEP1")))[:5]
    ['pten', 'GeneProduct', 'PTEN', 'PTEN', 'MMAC1|TEP1']
    """
    return written(_getter(table)(record))


def step_cells(mechanism: str, step: MechanismStep) -> list[str]:
    """The row of a step in ``mechanism_steps``."""
    return [mechanism, str(step.layer), step.subject, step.predicate, step.object]


def written(values: Iterable[Any]) -> list[str]:
    """Values as texts of cells."""
    return [v if v.__class__ is str else _text(v) for v in values]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "|".join(value)
    if isinstance(value, Desired):
        return f"{value.direction}@{value.reference}"
    return str(value).lower() if isinstance(value, bool) else str(value)


@cache
def _getter(table: str) -> Callable[[Any], tuple[Any, ...]]:
    within = _CONTEXT if table == "statements" else frozenset()
    return attrgetter(*(f"context.{name}" if name in within else name for name in COLUMNS[table]))
