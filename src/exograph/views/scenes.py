# SPDX-License-Identifier: Apache-2.0
"""What is shown together: a knowledge base as a few scenes, each small enough to be read.

The first scene holds the routes from cell sources to the phases of healing. What would only
crowd it (biomaterials, trials, models, the course of healing without vesicles) has scenes of its
own. What is in none of them, the page lists by kind and draws with its neighbours on demand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from exograph import vocab
from exograph.kb import roles
from exograph.model import Entity, KnowledgeBase
from exograph.views.layout import Layer

MAIN = ("tissue", "source", "vesicle", "cargo", "target", "pathway", "process", "phase")
"""The layers of a mechanism from left to right."""

_PLACED_BY_TYPE = {
    "Vesicle": "vesicle",
    "Pathway": "pathway",
    "BiologicalProcess": "process",
    "Outcome": "process",
    "Quantity": "process",
    "HealingPhase": "phase",
    "Preconditioning": "source",
}
_MATERIAL = frozenset({"Biomaterial"})
_TRIAL = frozenset({"ClinicalTrial", "Intervention"})
_HEALING = vocab.HAPPENING | vocab.MOLECULE | {"CellType", "Tissue", "Quantity", "Pathway"}


@dataclass(frozen=True, slots=True)
class Scene:
    """Layers from left to right, the band below, and whether background lines are shown."""

    key: str
    layers: tuple[Layer, ...]
    shelf: tuple[Layer, ...] = ()
    background: bool = True

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(id for layer in (*self.layers, *self.shelf) for id in layer.ids)


class _Placing:
    """The layer of each entity, from its role where it has one and else from its kind."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self.roles = roles(kb)
        live = [c for c in kb.claims if c.supported]
        self.donors = {c.object for c in live if c.predicate == "isolated_from"}
        self.walked = {
            end
            for c in live
            if vocab.PREDICATES[c.predicate].walk != "never"
            for end in (c.subject, c.object)
        }

    def layer(self, entity: Entity) -> str | None:
        """Name of the main layer, or None for what belongs in the band."""
        held = self.roles.get(entity.id, frozenset())
        if entity.type == "Tissue":
            return "tissue" if entity.id in self.donors else None
        if entity.type == "CellType":
            return "source" if "Source" in held else None
        if "Cargo" in held:
            return "cargo"
        if entity.type in _PLACED_BY_TYPE:
            return _PLACED_BY_TYPE[entity.type]
        if entity.type in vocab.MOLECULE and entity.id in self.walked:
            return "target"
        return None


def scenes(
    kb: KnowledgeBase, focus: frozenset[str] | None = None, paths: Sequence[Sequence[str]] = ()
) -> tuple[Scene, ...]:
    """The scenes of ``kb``, the one to open with first; only those that have something to show.

    ``focus`` (entity ids) gives one scene of just these. ``paths`` (claim ids) add a scene of the
    entities on them, which then comes first.
    """
    placing = _Placing(kb)
    found: list[Scene] = []
    if paths:
        ends = {e for path in paths for id in path for e in _ends(kb, id)}
        found.append(_sorted_out("paths", placing, ends, background=False))
    if focus is not None:
        return (*found, _sorted_out("selection", placing, focus))
    found.append(_sorted_out("mechanisms", placing, _routes(placing), background=False))
    found.append(_biomaterials(placing))
    found.append(_trials(placing))
    found.append(_healing(placing))
    return tuple(scene for scene in found if scene.ids)


def places(kb: KnowledgeBase) -> dict[str, str]:
    """The layer of every entity, or the kind under which it stands outside the layers."""
    placing = _Placing(kb)
    return {e.id: placing.layer(e) or _band(e, placing) for e in kb.entities}


def ball(kb: KnowledgeBase, centres: Iterable[str], depth: int) -> frozenset[str]:
    """Entities at most ``depth`` claims away from any of ``centres``, in either direction.

    Raises KeyError for an id that the knowledge base does not have.
    """
    reached = {kb.entity[id].id for id in centres}
    for _ in range(depth):
        touching = [c for c in kb.claims if c.subject in reached or c.object in reached]
        wider = reached | {end for c in touching for end in (c.subject, c.object)}
        if wider == reached:
            break
        reached = wider
    return frozenset(reached)


def _ends(kb: KnowledgeBase, claim: str) -> tuple[str, str]:
    return kb.claim[claim].subject, kb.claim[claim].object


def _by_layer(
    kb: KnowledgeBase, names: Sequence[str], members: Mapping[str, Iterable[str]]
) -> tuple[Layer, ...]:
    """Layers in the order of ``names``; phases in the order of time, all else by id."""
    return tuple(
        Layer(name, _in_time(kb, members[name]), ordered=True)
        if name == "phase"
        else Layer(name, tuple(sorted(members[name])))
        for name in names
        if members.get(name)
    )


def _in_time(kb: KnowledgeBase, phases: Iterable[str]) -> tuple[str, ...]:
    """Phases, each after those that precede it."""
    before = dict.fromkeys(phases, 0)
    order = [c for c in kb.claims if c.predicate == "precedes" and c.object in before]
    for _ in before:
        for claim in order:
            later = before.get(claim.subject, -1) + 1
            before[claim.object] = max(before[claim.object], min(later, len(before)))
    return tuple(sorted(before, key=lambda id: (before[id], id)))


def _sorted_out(key: str, placing: _Placing, ids: Iterable[str], background: bool = True) -> Scene:
    """A scene of main layers, with the rest by kind in the band below."""
    main: dict[str, set[str]] = defaultdict(set)
    band: dict[str, set[str]] = defaultdict(set)
    for id in ids:
        entity = placing.kb.entity[id]
        layer = placing.layer(entity)
        if layer is None:
            band[_band(entity, placing)].add(id)
        else:
            main[layer].add(id)
    shelf = _by_layer(placing.kb, [*vocab.TYPES, "molecules"], band)
    return Scene(key, _by_layer(placing.kb, MAIN, main), shelf, background)


def _band(entity: Entity, placing: _Placing) -> str:
    return "molecules" if entity.type in vocab.MOLECULE else entity.type


def _routes(placing: _Placing) -> set[str]:
    """What paths can reach from a cell source, tissues and treatments before it, all phases."""
    kb = placing.kb
    onward: dict[str, set[str]] = defaultdict(set)
    for claim in kb.claims:
        walk = vocab.PREDICATES[claim.predicate].walk
        ends = (claim.subject, claim.object)
        if not claim.supported or any(kb.entity[e].type in _MATERIAL | _TRIAL for e in ends):
            continue
        if walk == "forward":
            onward[claim.subject].add(claim.object)
    reached: set[str] = set()
    waiting = [id for id, held in placing.roles.items() if "Source" in held]
    while waiting:
        id = waiting.pop()
        if id not in reached:
            reached.add(id)
            waiting += sorted(onward[id])
    leaves = {id for id in reached if kb.entity[id].type == "Vesicle" and not onward[id]}
    reached -= leaves
    reached |= {
        c.object for c in kb.claims if c.predicate == "isolated_from" and c.subject in reached
    }
    reached |= {
        id
        for id, ahead in onward.items()
        if kb.entity[id].type == "Preconditioning" and ahead & reached
    }
    reached |= {e.id for e in kb.entities if e.type == "HealingPhase"}
    return {id for id in reached if placing.layer(kb.entity[id]) is not None}


def _touching(kb: KnowledgeBase, kinds: frozenset[str]) -> tuple[set[str], set[str]]:
    """Entities of ``kinds``, and all that share a claim with one."""
    seeds = {e.id for e in kb.entities if e.type in kinds}
    near = set(seeds)
    for claim in kb.claims:
        if claim.subject in seeds or claim.object in seeds:
            near |= {claim.subject, claim.object}
    return seeds, near


def _makers(kb: KnowledgeBase, vesicles: set[str]) -> set[str]:
    return {c.subject for c in kb.claims if c.predicate == "secretes" and c.object in vesicles}


def _biomaterials(placing: _Placing) -> Scene:
    kb = placing.kb
    seeds, near = _touching(kb, _MATERIAL)
    near = {id for id in near if kb.entity[id].type not in _TRIAL}
    acting = {
        c.subject
        for c in kb.claims
        if c.subject in seeds and (c.sign is not None or c.predicate == "tested_in")
    } | {c.object for c in kb.claims if c.predicate == "loaded_in"}
    vesicles = {id for id in near if kb.entity[id].type == "Vesicle"}
    members: dict[str, set[str]] = defaultdict(set)
    for id in near | _makers(kb, vesicles):
        kind = kb.entity[id].type
        if kind == "Biomaterial":
            members["material" if id in acting else "material_kind"].add(id)
        elif kind in {"DiseaseModel", "Organism"}:
            members["model"].add(id)
        elif kind in vocab.HAPPENING | {"Quantity"}:
            members["phase" if kind == "HealingPhase" else "process"].add(id)
        elif kind == "Vesicle":
            members["vesicle"].add(id)
        elif kind == "CellType" and "Source" in placing.roles.get(id, ()):
            members["source"].add(id)
        else:
            members["process" if kind in {"CellType", "Tissue"} else "material_kind"].add(id)
    order = ("source", "vesicle", "material", "process", "model")
    shelf = _by_layer(kb, ("material_kind",), members)
    return Scene("biomaterials", _by_layer(kb, order, members), shelf)


def _trials(placing: _Placing) -> Scene:
    kb = placing.kb
    _, near = _touching(kb, _TRIAL)
    vesicles = {id for id in near if kb.entity[id].type == "Vesicle"}
    members: dict[str, set[str]] = defaultdict(set)
    for id in near | _makers(kb, vesicles):
        kind = kb.entity[id].type
        if kind == "ClinicalTrial":
            members["trial"].add(id)
        elif kind in {"Condition", "Organism", "DiseaseModel"}:
            members["condition"].add(id)
        elif kind == "CellType":
            members["source"].add(id)
        else:
            members["product"].add(id)
    return Scene("trials", _by_layer(kb, ("source", "product", "trial", "condition"), members))


def _healing(placing: _Placing) -> Scene:
    """The course of healing itself: cells and molecules, processes, phases; no vesicles."""
    kb = placing.kb
    members: dict[str, set[str]] = defaultdict(set)
    for claim in kb.claims:
        ends = [kb.entity[claim.subject], kb.entity[claim.object]]
        if claim.sign is None and claim.predicate not in {"part_of_phase", "precedes", "occurs_in"}:
            continue
        if any(e.type not in _HEALING or placing.layer(e) in {"cargo", "source"} for e in ends):
            continue
        for entity in ends:
            kind = placing.layer(entity)
            members[kind if kind in {"process", "phase"} else "actor"].add(entity.id)
    if not members.get("phase"):
        return Scene("healing", ())
    return Scene("healing", _by_layer(kb, ("actor", "process", "phase"), members), background=False)
