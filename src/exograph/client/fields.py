# SPDX-License-Identifier: Apache-2.0
"""What a question may say beside its names, and how it is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, TypedDict

Names = str | Sequence[str]
"""One name or several."""


class Filters(TypedDict, total=False):
    """Of all analyses. ``timeout`` is in seconds, for the search; the server has its own limit."""

    sign: Literal["+", "-", "?", "any"]
    stated_only: bool
    no_inferred: bool
    source: Names
    any_tissue: bool
    with_retracted: bool
    max_steps: int
    timeout: float


class PathFilters(Filters, total=False):
    """Of paths: ``avoid`` is ``--not`` of the command line, ``context`` such as
    ``{"organism": "rat"}``; the rest is named as its options are."""

    via: Names
    avoid: Names
    context: Mapping[str, Names]
    strict_context: bool
    reference: Names
    evidence: Names
    told: bool
    coherent: bool
    top: int
    pattern: str
    no_fold: bool


def sent(given: Mapping[str, object]) -> list[tuple[str, str]]:
    """The fields of a request; what is None is not sent.

    >>> sent({"avoid": "a", "context": {"organism": ["rat", "mouse"]}, "told": True, "top": None})
    [('not', 'a'), ('context', 'organism=rat'), ('context', 'organism=mouse'), ('told', 'true')]
    """
    fields: list[tuple[str, str]] = []
    for name, value in given.items():
        key = "not" if name == "avoid" else name
        if isinstance(value, Mapping):
            pairs = [(field, one) for field, some in value.items() for one in _several(some)]
            fields += [(key, f"{field}={one}") for field, one in pairs]
        elif value is not None:
            fields += [(key, one) for one in _several(value)]
    return fields


def _several(value: object) -> list[str]:
    if isinstance(value, bool):
        return [str(value).lower()]
    if isinstance(value, str) or not isinstance(value, Sequence):
        return [str(value)]
    return [str(one) for one in value]
