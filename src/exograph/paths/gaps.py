# SPDX-License-Identifier: Apache-2.0
"""What is missing: cargo, vesicles, sources and phases that lead nowhere, and links of one paper.

A gap is one of the knowledge base, within the filters asked. It does not say that nobody looked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from exograph.arrays import ClaimArrays
from exograph.kb import roles
from exograph.model import KnowledgeBase
from exograph.paths.hanging import Hanging, Thin, hanging, thin
from exograph.paths.matrix import in_sequence
from exograph.paths.pairs import by_pair
from exograph.paths.query import PathQuery, resolve
from exograph.paths.walks import Walks, walks

Lead = Callable[[Walks, str], bool]
Near = Callable[[str], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Gap:
    """An entity that leads nowhere. ``evidence`` holds ids of what is near it, by what they are.

    ``other_tissue`` is true if it does lead on by what was shown in other tissues than the skin,
    ``retracted`` if it does by what retracted papers say.
    """

    entity: str
    evidence: Mapping[str, tuple[str, ...]]
    other_tissue: bool
    retracted: bool


@dataclass(frozen=True, slots=True)
class Gaps:
    """All that is missing. Unless ``complete``, time was up before every best route was found.

    Then only ``thin_routes`` is short of some.
    """

    query: PathQuery
    complete: bool
    cargo_without_target: tuple[Gap, ...]
    cargo_without_phase: tuple[Gap, ...]
    vesicles_without_effect: tuple[Gap, ...]
    phases_without_source: tuple[Gap, ...]
    sources_without_phase: tuple[Gap, ...]
    on_one_paper: tuple[Hanging, ...]
    thin_routes: tuple[Thin, ...]


LISTS = (
    "cargo_without_target",
    "cargo_without_phase",
    "vesicles_without_effect",
    "phases_without_source",
    "sources_without_phase",
    "on_one_paper",
    "thin_routes",
)
"""Names of the lists, in the order in which they are told."""


def gaps(kb: KnowledgeBase, arrays: ClaimArrays, query: PathQuery | None = None) -> Gaps:
    """What is missing between cell sources and phases of healing.

    Of a query (none: no filter) its filters on statements, ``max_steps`` and ``timeout`` count.
    Sources are those of ``type:Source``, vesicles and phases all, as far as the asked sources of
    tables name them; cargo is carried by claims within the filters. A cargo has a target if some
    effect leaves it, a vesicle an effect if one leaves it or a cargo of it. The cargo without a
    target are among those without a phase. Costs one search, and some sweeps over the claims.

    Raises InputError for faults in the filters, as ``find`` does.
    """
    asked = _plain(query)
    if len(some := [entity.id for entity in kb.entities[:2]]) == 2:  # no end, but faults are told
        resolve(kb, replace(asked, start=(some[0],), end=(some[1],)))
    here, wide, withdrawn = (
        walks(kb, one)
        for one in (asked, replace(asked, any_tissue=True), replace(asked, with_retracted=True))
    )
    named = _named(kb, asked)
    phases = in_sequence(kb, (id for id in named if kb.entity[id].type == "HealingPhase"))
    vesicles = sorted(id for id in named if kb.entity[id].type == "Vesicle")
    cargo = sorted({arc.head for arc in here.of("carries")})
    roles_of = roles(kb, with_retracted=asked.with_retracted)
    sources = sorted(id for id in named if "Source" in roles_of.get(id, ()))
    found = by_pair(kb, arrays, replace(asked, fold=True), sources, phases)

    def acts(known: Walks, id: str) -> bool:
        return any(arc.is_effect for arc in known.leaving.get(id, ()))

    def delivers(known: Walks, id: str) -> bool:
        carried = _heads(known, id, "carries")
        return acts(known, id) or any(acts(known, one) for one in carried)

    def arrives(known: Walks, id: str) -> bool:
        return any(known.reaches(id, phase) for phase in phases)

    def is_reached(known: Walks, id: str) -> bool:
        return any(known.reaches(source, id) for source in sources)

    def missing(ids: Iterable[str], leads: Lead, **near: Near) -> tuple[Gap, ...]:
        return tuple(
            Gap(
                id,
                {name: tuple(sorted(set(of(id)))) for name, of in near.items()},
                other_tissue=leads(wide, id),
                retracted=leads(withdrawn, id),
            )
            for id in ids
            if not leads(here, id)
        )

    def carriers(id: str) -> Iterable[str]:
        return _tails(here, id, "carries")

    return Gaps(
        query=asked,
        complete=all(answer.complete or bool(answer.paths) for answer in found.values()),
        cargo_without_target=missing(cargo, acts, vesicles=carriers),
        cargo_without_phase=missing(
            cargo,
            arrives,
            vesicles=carriers,
            targets=lambda id: {a.head for a in here.leaving.get(id, ()) if a.is_effect},
        ),
        vesicles_without_effect=missing(
            vesicles,
            delivers,
            sources=lambda id: _tails(here, id, "secretes"),
            cargo=lambda id: _heads(here, id, "carries"),
            biomaterials=lambda id: _loaded_in(kb, id),
        ),
        phases_without_source=missing(
            phases, is_reached, processes=lambda id: _tails(here, id, "part_of_phase")
        ),
        sources_without_phase=missing(
            sources, arrives, vesicles=lambda id: _heads(here, id, "secretes")
        ),
        on_one_paper=tuple(hanging(kb, here, found)),
        thin_routes=tuple(thin(kb, found)),
    )


def _plain(query: PathQuery | None) -> PathQuery:
    """The query with nothing in it but what counts here."""
    ends = ("type:Source",), ("type:HealingPhase",)
    if query is None:
        return PathQuery(*ends)
    return replace(
        query,
        start=ends[0],
        end=ends[1],
        via=(),
        avoid=(),
        sign="any",
        told=False,
        coherent=False,
        layers=(),
        fold=True,
    )


def _named(kb: KnowledgeBase, query: PathQuery) -> list[str]:
    """Entities that a claim of the asked sources of tables is about; all if none is asked for."""
    if not query.sources:
        return [entity.id for entity in kb.entities]
    kept = [c for c in kb.claims if any(s.source in query.sources for s in c.statements)]
    return sorted({id for claim in kept for id in (claim.subject, claim.object)})


def _loaded_in(kb: KnowledgeBase, id: str) -> list[str]:
    held = (c for c in kb.claims_from(id, "loaded_in") if c.supported)
    return [claim.object for claim in held]


def _heads(known: Walks, id: str, predicate: str) -> list[str]:
    return [a.head for a in known.leaving.get(id, ()) if a.claim.predicate == predicate]


def _tails(known: Walks, id: str, predicate: str) -> list[str]:
    return [a.tail for a in known.arriving.get(id, ()) if a.claim.predicate == predicate]
