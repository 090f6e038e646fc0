# SPDX-License-Identifier: Apache-2.0
"""Mechanisms as they are written down: layers without gaps, ends that differ, each told once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exograph.checks.facts import Facts, at
from exograph.checks.numbers import WHOLE
from exograph.errors import Problem
from exograph.kb.assembling import triple
from exograph.tables import Row


def layer_gap(id: str, rows: Sequence[Row]) -> Iterator[Problem]:
    """E811: a layer left out between others; asked once the steps are known to meet."""
    held = {int(r.cells["layer"]) for r in rows if WHOLE.match(r.cells["layer"])}
    gap = next((n for n in range(min(held, default=0), max(held, default=0)) if n not in held), 0)
    if gap:
        after = min(n for n in held if n > gap)
        row = next(r for r in rows if r.cells["layer"] == str(after))
        message = f"The mechanism {id!r} has no layer {gap}, but a layer {after}."
        cure = f"Add the step of layer {gap}, or number the later ones one lower."
        yield at(row, "E811", message, cure, "layer")


def ends(facts: Facts) -> Iterator[Problem]:
    """E812: a story that ends where it starts."""
    for row in facts.mechanisms.values():
        start = row.cells["start"]
        if start and start == row.cells["end"]:
            message = f"The mechanism starts and ends at {start!r}."
            yield at(row, "E812", message, "Name the end that the story reaches.", "end")


def twins(facts: Facts) -> Iterator[Problem]:
    """E814: two mechanisms of the same steps."""
    first: dict[frozenset[object], Row] = {}
    for row in facts.rows("mechanisms"):
        id = row.cells["id"]
        rows = facts.steps.get(id)
        if not rows or facts.may_hold("mechanism_steps", id):
            continue
        key = frozenset([row.cells["reference"], *(triple(r.cells) for r in rows)])
        other = first.setdefault(key, row)
        if other.cells["id"] != id:
            message = f"{other.cells['id']!r} has the same steps and reference."
            yield at(row, "E814", message, "Keep one, or mend the steps that were copied.", "id")


CHECKS = (ends, twins)
