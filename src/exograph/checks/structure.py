# SPDX-License-Identifier: Apache-2.0
"""Relations that may not go in circles, and variants that must name the plain vesicle."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from exograph import vocab
from exograph.checks.facts import Facts, a_kind, at
from exograph.errors import Problem
from exograph.tables import Row

_AKIN = (vocab.MOLECULE, vocab.HAPPENING, frozenset({"Chemical", "Biomaterial", "Intervention"}))
"""Kinds that lie so near that a thing of one may be a kind of a thing of the other."""
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


def kinds(facts: Facts) -> Iterator[Problem]:
    """E418 and E419: a kind of another kind; a protein that is a form of its own modified form."""
    for subject, object_, rows in facts.relations["is_a"]:
        pair = {facts.kind.get(subject, ""), facts.kind.get(object_, "")}
        if len(pair) == 2 and pair <= vocab.TYPES.keys() and not any(pair <= k for k in _AKIN):
            mine, theirs = (a_kind(facts.kind[id]) for id in (subject, object_))
            told = f"{subject!r} is {mine}, {object_!r} {theirs}"
            cure = "Name the broader thing of the same kind, or another predicate."
            yield at(rows[0], "E418", f"{told}; no kind is the other.", cure, "object")
    for subject, object_, rows in facts.relations["form_of"]:
        kinds = facts.kind.get(subject), facts.kind.get(object_)
        if kinds[1] == "ModifiedProtein" and kinds[0] in vocab.TYPES and kinds[0] != kinds[1]:
            message = f"{object_!r} is the modified form, not {subject!r}."
            cure = f"Turn the row: {object_} form_of {subject}."
            yield at(rows[0], "E419", message, cure, "subject")


def variants(facts: Facts) -> Iterator[Problem]:
    """W401: a preconditioned, engineered or loaded vesicle that is no variant of a plain one."""
    named = {subject for subject, name, _ in facts.claims if name == "variant_of"}
    plain = {object_ for _, name, object_ in facts.claims if name == "variant_of"}  # E416 tells
    told: set[str] = set()
    for (subject, name, object_), rows in facts.claims.items():
        id = object_ if name == "loaded_in" else subject
        if name not in ("preconditioned_with", "engineered_with", "loaded_in"):
            continue
        if facts.may_hold("statements", id):
            continue
        if facts.kind.get(id) == "Vesicle" and id not in named | plain | told:
            told.add(id)
            message = f"{id!r} is a modified vesicle, but no variant of a plain one."
            cure = f"Add the row: {id} variant_of the plain vesicle."
            yield at(rows[0], "W401", message, cure)


CHECKS = (cycles, kinds, variants)
