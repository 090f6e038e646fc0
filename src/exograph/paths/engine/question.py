# SPDX-License-Identifier: Apache-2.0
"""A question in numbers, and the automaton that reads a walk: which marks it saw, which sign.

The automaton's states are numbered ``mask * signs + sign``: a bit for each mark of ``via`` that was
passed, and, if a sign is asked for, the sign so far. A walk may end where its state accepts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from exograph.paths.engine.arcs import Arcs, Bools, Ints, Longs, distinct

NEXT_SIGN: dict[str, tuple[tuple[int, int, int], ...]] = {
    "any": ((0, 0, 0),),
    "+": ((1, -1, 0), (0, -1, 1)),
    "-": ((1, -1, 0), (0, -1, 1)),
    "?": ((0, 1, 0), (1, 1, 1)),
}
"""Next sign by the sign so far and by the step's sign, -1, 0 or +1. -1 stands for no way on: with a
direction asked for, no step may leave it open. For ``?`` it tells whether a step did."""

MOST_STEPS = 31
"""Steps that a path may have."""

ACCEPTED_SIGN = {"any": 0, "+": 0, "-": 1, "?": 1}


@dataclass(frozen=True, eq=False)
class Question:
    """Simple paths from one of ``starts`` to one of ``ends``, of 1 to ``max_steps`` steps.

    ``sign`` is ``+``, ``-``, ``?`` or ``any``. ``layers`` hold, for each position of a path, which
    nodes may stand there (or None for any), and so give its length; they are none or one more than
    the steps. ``via`` are sets of nodes, of each of which a path must pass one, and ``via_arcs``
    sets of arcs. ``avoid`` are nodes that may not be passed. ``step`` is the cost of each step, in
    millionths.
    """

    starts: npt.NDArray[np.integer]
    ends: npt.NDArray[np.integer]
    max_steps: int
    sign: str = "any"
    layers: tuple[Bools | None, ...] = ()
    via: tuple[npt.NDArray[np.integer], ...] = ()
    via_arcs: tuple[npt.NDArray[np.integer], ...] = ()
    avoid: npt.NDArray[np.integer] | None = None
    step: int = 0

    def __post_init__(self) -> None:
        """Raises ValueError for a sign that is none, or a number of steps that cannot be asked."""
        if self.sign not in NEXT_SIGN:
            raise ValueError(f"There is no sign {self.sign!r}.")
        if not 1 <= self.steps <= MOST_STEPS:
            raise ValueError(f"A path of at most {self.steps} steps cannot be asked for.")

    @property
    def steps(self) -> int:
        """The most steps of a path; with layers, the number of steps of each path."""
        return len(self.layers) - 1 if self.layers else self.max_steps


class Route(NamedTuple):
    """A path as numbers: the nodes passed, the arcs between them, and the whole cost."""

    nodes: tuple[int, ...]
    arcs: tuple[int, ...]
    cost: int


class Automaton:
    """How a question reads a walk on some arcs.

    Its ``states`` are ``signs`` times ``masks``, of which a path may end in the one ``accepted``;
    it may start at ``starts`` and end at ``ends``, both ascending. ``node_bits`` and ``arc_bits``
    are the marks of each node and arc as bits, None if none has any.
    """

    def __init__(self, question: Question, arcs: Arcs) -> None:
        """Raises ValueError for a start or an end that is no node."""
        self.question, self.arcs = question, arcs
        self.signs = len(NEXT_SIGN[question.sign])
        self.masks = 1 << (len(question.via) + len(question.via_arcs))
        self.states = self.masks * self.signs
        self.accepted = (self.masks - 1) * self.signs + ACCEPTED_SIGN[question.sign]
        self.node_bits = _bits(question.via, 0, arcs.nodes)
        self.arc_bits = _bits(question.via_arcs, len(question.via), len(arcs))
        self._open = self._not_avoided()
        self._allowed = tuple(self._open_in(layer) for layer in question.layers)
        self.starts = self._among(question.starts, 0)
        self.ends = self._among(question.ends, question.steps)

    @cached_property
    def turns(self) -> Ints:
        """``turns[sign, step + 1]``: the next sign, or ``signs`` where there is no way on."""
        table = np.array(NEXT_SIGN[self.question.sign], np.int32)
        return np.where(table < 0, np.int32(self.signs), table)

    @cached_property
    def is_end(self) -> Bools:
        """Whether a path may end at a node."""
        marked = np.zeros(self.arcs.nodes, np.bool_)
        marked[self.ends] = True
        return marked

    def first_state(self, node: int) -> int:
        """The state of a walk that begins at a node."""
        mask = 0 if self.node_bits is None else int(self.node_bits[node])
        return mask * self.signs

    def allowed(self, position: int) -> Bools | None:
        """Which nodes may stand at a position, from 0 at the start; None for any."""
        return self._allowed[position] if self.question.layers else self._open

    def may_end(self, position: int) -> bool:
        """Whether a path may end at a position."""
        return not self.question.layers or position == self.question.steps

    def _not_avoided(self) -> Bools | None:
        if self.question.avoid is None or not len(self.question.avoid):
            return None
        allowed = np.ones(self.arcs.nodes, np.bool_)
        allowed[self.question.avoid] = False
        return allowed

    def _open_in(self, layer: Bools | None) -> Bools | None:
        if layer is None or self._open is None:
            return self._open if layer is None else layer
        return layer & self._open

    def _among(self, nodes: npt.NDArray[np.integer], position: int) -> Longs:
        held = np.asarray(nodes, np.int64)
        if len(held) > 1:
            held = distinct(held)
        if len(held) and not 0 <= held[0] <= held[-1] < self.arcs.nodes:
            raise ValueError("A start or an end is no node.")
        allowed = self.allowed(position)
        return held if allowed is None else held[allowed[held]]


def _bits(marks: tuple[npt.NDArray[np.integer], ...], first: int, size: int) -> Ints | None:
    if not marks:
        return None
    bits = np.zeros(size, np.int32)
    for n, marked in enumerate(marks, first):
        bits[marked] |= 1 << n
    return bits
