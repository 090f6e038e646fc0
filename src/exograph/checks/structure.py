# SPDX-License-Identifier: Apache-2.0
"""Relations that may not go in circles, and variants that must name the plain vesicle."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from exograph.checks.facts import Facts, at
from exograph.errors import Problem
from exograph.tables import Row

ACYCLIC = ("variant_of", "is_a", "form_of", "member_of")


def cycles(facts: Facts) -> Iterator[Problem]:
    """E405: a chain of one of these relations that comes back to where it began."""
    for predicate in ACYCLIC:
        edges: dict[str, dict[str, Row]] = {}
        for claim in facts.claims:
            subject, name, object_ = claim
            if name == predicate and subject != object_ and (rows := facts.says(claim)):
                edges.setdefault(subject, {})[object_] = rows[0]
        while ring := find_cycle(edges):
            closing = [edges[a][b] for a, b in pairwise(ring)]
            row = max(closing, key=lambda r: (r.file, r.line))
            message = f"{predicate!r} goes round in a circle: {' → '.join(ring)}."
            cure = "Turn or delete one of these rows."
            yield at(row, "E405", message, cure, "object")
            for a, b in pairwise(ring):
                if edges[a][b] is row:
                    del edges[a][b]
                    break


def find_cycle(edges: dict[str, dict[str, Row]]) -> list[str]:
    """Nodes of one cycle, the first repeated at the end; empty if there is none. Linear time."""
    done: set[str] = set()
    for root in edges:
        if root in done:
            continue
        path, on_path = [root], {root}
        branches = [iter(edges.get(root, ()))]
        while path:
            step = next(branches[-1], None)
            if step is None:
                branches.pop()
                node = path.pop()
                on_path.discard(node)
                done.add(node)
            elif step in on_path:
                return [*path[path.index(step) :], step]
            elif step not in done:
                path.append(step)
                on_path.add(step)
                branches.append(iter(edges.get(step, ())))
    return []


def variants(facts: Facts) -> Iterator[Problem]:
    """W401: a preconditioned, engineered or loaded vesicle that is no variant of a plain one."""
    named = {subject for subject, name, _ in facts.claims if name == "variant_of"}
    told: set[str] = set()
    for (subject, name, object_), rows in facts.claims.items():
        id = object_ if name == "loaded_in" else subject
        if name not in ("preconditioned_with", "engineered_with", "loaded_in"):
            continue
        if facts.may_hold("statements", id):
            continue
        if facts.kind.get(id) == "Vesicle" and id not in named and id not in told:
            told.add(id)
            message = f"{id!r} is a modified vesicle, but no variant of a plain one."
            cure = f"Add the row: {id} variant_of the plain vesicle."
            yield at(rows[0], "W401", message, cure)


CHECKS = (cycles, variants)
