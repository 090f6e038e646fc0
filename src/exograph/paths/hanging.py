# SPDX-License-Identifier: Apache-2.0
"""Links that hang on one paper: lost if what one study says is left out, or told by one each.

A *study* is all citations that are joined to one paper. A review is none. What it says by its own
word is never left out, so it keeps a claim that one study supports as well from hanging on that
study; and where only it says so, no study is named. What a citation of it says is the word of the
cited study.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from exograph.model import KnowledgeBase
from exograph.paths.pairs import Found, Pair
from exograph.paths.result import Path
from exograph.paths.support import papers
from exograph.paths.walks import Leaving, Walks


@dataclass(frozen=True, slots=True)
class Hanging:
    """A source reaches a phase, but not if one study is left out.

    ``references`` are its citations, ``claims`` those of the best route that fall with it (of a
    shortest one if time ran out). With ``by_effect`` leaving out what it says of effects is enough;
    else it takes what it says of structure, too: who secretes and carries what, what belongs to a
    phase.
    """

    start: str
    end: str
    study: str
    references: tuple[str, ...]
    claims: tuple[str, ...]
    by_effect: bool


@dataclass(frozen=True, slots=True)
class Thin:
    """The best route of a source to a phase, where no effect of it has two studies.

    ``studies`` are those of each effect in turn: one, or none where only a review says so.
    """

    path: Path
    studies: tuple[tuple[str, ...], ...]


def hanging(kb: KnowledgeBase, known: Walks, found: Mapping[Pair, Found]) -> Iterator[Hanging]:
    """The pairs that are lost without one study, with each such study, in the order of the pairs.

    ``found`` are the paths within the same filters as the walks. The same is asked of ``find`` by
    giving all other references as ``PathQuery.references``. Only studies without which a shortest
    path breaks can be at fault; one sweep over the claims for each of them and each end.
    """
    for (start, end), answer in found.items():
        shortest = tuple(known.shortest(start, end))
        suspects = {arc.only_study for arc in shortest} - {None}
        for study in sorted(s for s in suspects if s is not None):
            if known.reaches(start, end, Leaving(study)):
                continue
            best = known.along(answer.paths[0]) if answer.paths else shortest
            fallen = [arc.claim.id for arc in best if arc.only_study == study]
            yield Hanging(
                start,
                end,
                study,
                tuple(r.id for r in kb.references if r.counted_as == study),
                tuple(fallen),
                not known.reaches(start, end, Leaving(study, effects_only=True)),
            )


def thin(kb: KnowledgeBase, found: Mapping[Pair, Found]) -> Iterator[Thin]:
    """The best path of each pair, if it has effects and none of them has two studies."""
    for answer in found.values():
        for path in answer.paths[:1]:
            effects = [step.claim for step in path.steps if step.is_effect]
            studies = tuple(tuple(sorted(papers(kb, claim))) for claim in effects)
            if effects and all(len(held) < 2 for held in studies):
                yield Thin(path, studies)
