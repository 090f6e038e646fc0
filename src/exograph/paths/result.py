# SPDX-License-Identifier: Apache-2.0
"""What is found, as values. Steps are counted from 1; costs are plain numbers, lower is better."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from exograph import vocab
from exograph.model import Claim, KnowledgeBase
from exograph.paths.query import PathQuery
from exograph.paths.rank import WEIGHTS, Weights


@dataclass(frozen=True)
class PathStep:
    """A claim, with the statements that passed the filters, in the direction that it is walked."""

    claim: Claim

    @property
    def direction(self) -> str:
        """``forward`` from subject to object, or ``backward``."""
        return vocab.PREDICATES[self.claim.predicate].walk

    @property
    def tail(self) -> str:
        """The entity that the step leaves."""
        return self.claim.object if self.direction == "backward" else self.claim.subject

    @property
    def head(self) -> str:
        """The entity that the step reaches."""
        return self.claim.subject if self.direction == "backward" else self.claim.object

    @property
    def sign(self) -> str | None:
        """``+``, ``-``, ``?`` where the source gives no direction, None where it is structural."""
        return vocab.sign_text(self.claim.sign)

    @property
    def basis(self) -> str | None:
        """The strongest basis among the supporting statements."""
        return self.claim.basis

    @property
    def is_effect(self) -> bool:
        return self.claim.sign is not None


@dataclass(frozen=True, slots=True)
class Handover:
    """Where a stitched story changes hands: before ``step``, at ``entity``, between references."""

    step: int
    entity: str
    giver: str
    taker: str


@dataclass(frozen=True, slots=True)
class Story:
    """Who tells a path. ``told`` by one mechanism, ``coherent`` by one paper, else ``stitched``.

    ``studies`` are those of the references, and are what a shortcut is compared by.
    """

    telling: str
    mechanism: str | None
    coherent: bool
    references: tuple[str, ...]
    studies: frozenset[str]
    handovers: tuple[Handover, ...] = ()


@dataclass(frozen=True, slots=True)
class Shortcut:
    """An abridgement of a path: the entities and the claims that it passes, and its cost.

    ``signs`` are those of the claims, as a ``PathStep`` has them.
    """

    entities: tuple[str, ...]
    claims: tuple[str, ...]
    signs: tuple[str | None, ...]
    cost: float


@dataclass(frozen=True, slots=True)
class Caution:
    """What a reader must know before trusting a path; ``step`` is None if it is about the whole."""

    code: str
    step: int | None
    text_en: str
    text_zh: str


@dataclass(frozen=True, repr=False)
class Path:
    """A way from start to end; ``sign`` is ``+``, ``-`` or ``?``; the parts add up to the cost.

    ``step_costs`` are what the evidence of each step costs. ``kb`` is where the path was found; it
    serves to print it.
    """

    steps: tuple[PathStep, ...]
    sign: str
    telling: str
    mechanism: str | None
    coherent: bool
    references: tuple[str, ...]
    handovers: tuple[Handover, ...]
    cost: float
    cost_parts: Mapping[str, float] = field(hash=False)
    step_costs: tuple[float, ...]
    shortcuts: tuple[Shortcut, ...] = ()
    warnings: tuple[Caution, ...] = ()
    kb: KnowledgeBase = field(default=KnowledgeBase(), repr=False, compare=False)

    def __str__(self) -> str:
        """The route, then the sentences of the explanation, in English."""
        from exograph.paths.explain import sentences
        from exograph.paths.route import line

        return f"{line(self, self.kb, 'en')}\n{sentences(self, self.kb, 'en')}"

    def __repr__(self) -> str:
        from exograph.paths.route import line

        return f"<Path {self.sign} {self.telling}: {line(self, self.kb, 'en')}>"

    @property
    def weakest(self) -> int:
        """The step, from 1, whose evidence costs most: the weakest link. Of several the first."""
        return 1 + self.step_costs.index(max(self.step_costs))

    @property
    def entities(self) -> tuple[str, ...]:
        """The entities passed, first to last."""
        return (self.steps[0].tail, *(step.head for step in self.steps))


@dataclass(frozen=True)
class PathResult:
    """The best paths, in order. ``complete`` is true exactly if there is no further one.

    ``stopped_by`` is None, ``top`` (there are more), ``deadline`` or ``limit`` (there may be more).
    """

    query: PathQuery
    paths: tuple[Path, ...]
    complete: bool
    stopped_by: str | None
    weights: Weights = WEIGHTS
