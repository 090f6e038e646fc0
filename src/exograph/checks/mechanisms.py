# SPDX-License-Identifier: Apache-2.0
"""Mechanisms: a story told from start to end, of claims that hold, with the sign that they give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from exograph import vocab
from exograph.checks.facts import Facts, at
from exograph.checks.numbers import WHOLE
from exograph.checks.stories import layer_gap
from exograph.checks.structure import find_cycle
from exograph.errors import Problem
from exograph.kb.assembling import Triple, triple
from exograph.kb.reach import reached
from exograph.tables import Row


@dataclass(frozen=True, slots=True)
class Step:
    """A step in the direction that a path walks it; ``sign`` None where it is structural."""

    row: Row
    tail: str
    head: str
    sign: int | None
    layer: int | None

    @property
    def text(self) -> str:
        return " ".join(triple(self.row.cells))


def steps_hold(facts: Facts) -> Iterator[Problem]:
    """E801 and E807: a step that no statement supports, or not one of the mechanism's reference.

    W801: a step that only retracted papers support, in the mechanism of one that is not.
    """
    for row in facts.rows("mechanism_steps"):
        claim = triple(row.cells)
        subject, name, object_ = claim
        if not {subject, object_} <= facts.kind.keys() or name not in vocab.PREDICATES:
            continue
        text = " ".join(claim)
        support = facts.says(claim)
        if not support and facts.may_say(claim):
            continue
        if not support:
            what = "only denied" if claim in facts.claims else "not stated"
            message = f"The step {text!r} is {what} in statements.tsv."
            yield at(row, "E801", message, _likely(facts, claim))
            continue
        mechanism = facts.mechanisms.get(row.cells["mechanism"])
        if mechanism is None:
            continue
        reference = mechanism.cells["reference"]
        if facts.only_retracted(claim) and reference not in facts.retracted:
            message = f"The step {text!r} rests on retracted papers only."
            yield at(row, "W801", message, "Leave the step out, or cite a paper that holds.")
        if not vocab.PREDICATES[name].is_effect:
            continue
        if facts.may_say(claim) or any(
            facts.may_hold("references", r.cells["reference"]) for r in support
        ):
            continue
        studies = {facts.study.get(r.cells["reference"]) for r in support}
        if reference in facts.study and facts.study[reference] not in studies:
            cited = ", ".join(sorted({r.cells["reference"] for r in support}))
            message = (
                f"{reference!r} tells the mechanism, but not its step {text!r} ({cited} does)."
            )
            cure = "One reference tells the whole story; leave the step out, or split the story."
            yield at(row, "E807", message, cure)


def _likely(facts: Facts, claim: Triple) -> str:
    """The cure of a step without statement: the claim that it may be a slip of."""
    subject, _, object_ = claim
    ends = {(subject, object_), (object_, subject)}
    near = [" ".join(c) for c in facts.claims if (c[0], c[2]) in ends and c != claim]
    if near:
        return f"It has {' and '.join(map(repr, near[:3]))}: mend the one that is wrong."
    return "Add the statement first, or mend the step."


def routes(facts: Facts) -> Iterator[Problem]:
    """E802 to E806, E811, E813: steps that meet, are walkable, in order, and give the sign."""
    for id, mechanism in facts.mechanisms.items():
        if facts.may_hold("mechanism_steps", id):
            continue
        rows = facts.steps.get(id, [])
        if not rows:
            message = f"The mechanism {id!r} has no steps."
            cure = "Add them to mechanism_steps.tsv."
            yield at(mechanism, "E803", message, cure, "id")
            continue
        still = [row for row in rows if _walk(row) == "never"]
        for row in still:
            message = f"Paths do not walk over {row.cells['predicate']!r}."
            walkable = ", ".join(p.name for p in vocab.PREDICATES.values() if p.walk != "never")
            yield at(row, "E802", message, f"A step uses one of {walkable}.", "predicate")
        if still or any(_walk(row) is None for row in rows):
            continue
        steps = [_step(row) for row in rows]
        ends = {mechanism.cells["start"], mechanism.cells["end"]}
        if not ends | {s.tail for s in steps} | {s.head for s in steps} <= facts.kind.keys():
            continue
        if len(ends) == 1:
            continue  # E812 tells
        if circle := [*_cycle(steps)]:
            yield from circle
            continue
        if turned := _turned(mechanism, steps):
            yield turned
            continue
        yield from _order(steps)
        yield from [*_gaps(mechanism, steps)] or [*layer_gap(id, rows), *_sign(mechanism, steps)]


def _walk(row: Row) -> vocab.Walk | None:
    predicate = vocab.PREDICATES.get(triple(row.cells)[1])
    return predicate.walk if predicate else None


def _step(row: Row) -> Step:
    subject, name, object_ = triple(row.cells)
    predicate = vocab.PREDICATES[name]
    tail, head = (object_, subject) if predicate.walk == "backward" else (subject, object_)
    layer = row.cells["layer"]
    number = int(layer) if WHOLE.match(layer) else None
    return Step(row, tail, head, predicate.sign, number)


def _cycle(steps: list[Step]) -> Iterator[Problem]:
    edges: dict[str, dict[str, Row]] = defaultdict(dict)
    for step in steps:
        edges[step.tail].setdefault(step.head, step.row)
    if ring := find_cycle(edges):
        rows = [edges[a][b] for a, b in pairwise(ring)]
        row = max(rows, key=lambda r: (r.file, r.line))
        message = f"The mechanism goes round in a circle: {' → '.join(ring)}."
        yield at(row, "E804", message, "Leave out the step that closes it.")


def _turned(mechanism: Row, steps: list[Step]) -> Problem | None:
    """E813: a story whose steps lead from its end to its start."""
    start, end = mechanism.cells["start"], mechanism.cells["end"]
    forward: dict[str, set[str]] = defaultdict(set)
    for step in steps:
        forward[step.tail].add(step.head)
    if start == end or start not in reached([end], forward):
        return None
    message = f"The steps lead from {end!r} to {start!r}, not from start to end."
    return at(mechanism, "E813", message, "Exchange start and end.", "start")


def _gaps(mechanism: Row, steps: list[Step]) -> Iterator[Problem]:
    forward: dict[str, set[str]] = defaultdict(set)
    backward: dict[str, set[str]] = defaultdict(set)
    for step in steps:
        forward[step.tail].add(step.head)
        backward[step.head].add(step.tail)
    start, end = mechanism.cells["start"], mechanism.cells["end"]
    after, before = reached([start], forward), reached([end], backward)
    for step in steps:
        missing = []
        if step.tail not in after:
            missing.append(f"no step leads from the start {start!r} to {step.tail!r}")
        if step.head not in before:
            missing.append(f"no step leads from {step.head!r} to the end {end!r}")
        if missing:
            message = f"The step {step.text!r} is on no route: {', and '.join(missing)}."
            yield at(step.row, "E803", message, "Add the step between, or leave this one out.")


def _order(steps: list[Step]) -> Iterator[Problem]:
    layers: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        layers[step.head].append(step)
    first = min(steps, key=lambda s: (s.layer or 0, s.row.line))
    if first.layer and first.layer > 1:
        message = f"The layers begin at {first.layer}."
        yield at(first.row, "E805", message, "The first layer is 1.", "layer")
    for step in steps:
        for previous in layers[step.tail]:
            if step.layer is None or previous.layer is None or previous.layer < step.layer:
                continue
            message = (
                f"The step follows {previous.text!r} of layer {previous.layer}, but its own "
                f"layer is {step.layer}."
            )
            cure = "Layers rise along each route; equal ones are in parallel."
            yield at(step.row, "E805", message, cure, "layer")
            break


def _sign(mechanism: Row, steps: list[Step]) -> Iterator[Problem]:
    """Compares the sign with the product along every route: one example route of each product."""
    said = mechanism.cells["sign"]
    if said not in vocab.MECHANISM_SIGNS:
        return
    found = route_signs(mechanism.cells["start"], mechanism.cells["end"], steps)
    texts = {vocab.sign_text(sign): route for sign, route in found.items()}
    if "?" in texts:
        right = "?"
    elif len(texts) > 1:
        told = "; ".join(f"{sign} by {' → '.join(route)}" for sign, route in sorted(texts.items()))
        message = f"The routes of {mechanism.cells['id']!r} do not agree: {told}."
        cure = "Check the predicates; two stories are two mechanisms."
        yield at(mechanism, "E806", message, cure, "sign")
        return
    else:
        right = str(next(iter(texts)))
    if said != right:
        message = f"The sign is {said!r}, but {' → '.join(texts[right])} gives {right!r}."
        cure = f"Write {right!r}, or mend the steps."
        yield at(mechanism, "E806", message, cure, "sign")


def route_signs(start: str, end: str, steps: list[Step]) -> dict[int, tuple[str, ...]]:
    """Products of the step signs over the routes of an acyclic mechanism, each with one route.

    Structural steps count as +1, a step without direction makes the product 0. Linear in the steps.
    """
    waiting: dict[str, int] = defaultdict(int)
    leaving: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        waiting[step.head] += 1
        leaving[step.tail].append(step)
    ready = sorted({s.tail for s in steps} - waiting.keys())
    signs: dict[str, dict[int, tuple[str, ...]]] = defaultdict(dict)
    signs[start] = {1: (start,)}
    while ready:
        node = ready.pop()
        for step in leaving[node]:
            for sign, route in signs[node].items():
                product = sign * (1 if step.sign is None else step.sign)
                signs[step.head].setdefault(product, (*route, step.head))
            waiting[step.head] -= 1
            if not waiting[step.head]:
                ready.append(step.head)
    return signs[end]


CHECKS = (steps_hold, routes)
