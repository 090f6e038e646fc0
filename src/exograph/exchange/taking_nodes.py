# SPDX-License-Identifier: Apache-2.0
"""Nodes of others as entities: what kind each is, and which identifiers stand for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from exograph import vocab
from exograph.exchange import biolink
from exograph.exchange.biolink import Unfit
from exograph.exchange.incoming import Fields, Node, Reject, raw
from exograph.exchange.kgx_biolink import SPELLINGS
from exograph.exchange.naming import is_curie, shortened
from exograph.exchange.report import Refuse, Report
from exograph.ids import slug_of
from exograph.model import Desired, Entity, KnowledgeBase

_OURS = {theirs: ours for ours, theirs in SPELLINGS.items()}
_SAME = ("same_as", "equivalent_identifiers", "equivalent_identifier")
LABEL = 300
"""Characters of a label that are kept."""

_TOLD = frozenset(
    {"id", "category", "name", "synonym", "description", "xref", "in_taxon", "type"}
    | {"provided_by", "exograph_name_zh", "exograph_description_zh", "exograph_close_match"}
    | {"exograph_species", "exograph_desired", "exograph_desired_reference", *_SAME}
)
"""Fields that are read, or that say nothing beyond those that are."""


class Nodes:
    """Entities by identifier: those of the import, and those that are known already.

    Those that edges name are numbered: ``ids`` and ``kinds`` are theirs, ``number`` tells what
    number stands for an identifier as it is spelled.
    """

    def __init__(
        self,
        known: KnowledgeBase,
        prefixes: Mapping[str, str],
        refuse: Refuse | None,
        report: Report,
    ) -> None:
        self._prefixes, self._refuse, self._report = prefixes, refuse, report
        self._own: dict[str, Entity] = {}
        self._same: dict[str, set[str]] = {}
        self._known = {curie: e.id for e in known.entities for curie in e.exact_match}
        self._kinds = {e.id: e.type for e in known.entities}
        self._references, self._entities = known.reference, known.entity
        self._numbers: dict[str, int] = {}
        self.ids: list[str] = []
        self.kinds: list[str] = []
        self.number: dict[str, int] = {}

    def short(self, id: str) -> str:
        """An identifier as a CURIE, its prefix as we spell it."""
        curie = shortened(id.strip(), self._prefixes)
        prefix, colon, local = curie.partition(":")
        return f"{_OURS[prefix]}:{local}" if colon and prefix in _OURS else curie

    def find(self, id: str) -> tuple[str, str] | None:
        """Id and kind of the entity that an identifier stands for."""
        curie = self.short(id)
        if own := self._own.get(curie):
            return own.id, own.type
        held = self._known.get(curie) or (curie if curie in self._kinds else slug_of(curie))
        return (held, self._kinds[held]) if held in self._kinds else None

    def numbered(self, id: str) -> int | None:
        """The number of the entity that an identifier stands for, if there is one."""
        if (known := self.number.get(id)) is not None:
            return known
        if (found := self.find(id)) is None:
            return None
        own, kind = found
        if own not in self._numbers:
            self._numbers[own] = len(self.ids)
            self.ids.append(own)
            self.kinds.append(kind)
        self.number[id] = self._numbers[own]
        return self._numbers[own]

    def take(self, node: Node) -> None:
        self._report.nodes += 1
        curie = self.short(node.id)
        if not is_curie(curie):
            self._lose(node, "I211", "identifier", f"{node.id[:80]!r} is no CURIE.")
            return
        try:
            type = node.fields["type"][0] if "type" in node.fields else ""
            kind = biolink.kind_of(node.fields.get("category", ()), type)
        except Unfit as error:
            self._lose(node, "I212", str(error), f"there is no kind here for its {error}.")
            return
        made = self._entity(curie, kind, node.fields)
        if (before := self._own.get(curie)) is not None and before.type != kind:
            reason = f"it is a {kind} here, and a {before.type} before."
            self._lose(node, "I213", "two kinds for one id", reason)
            return
        self._own[curie] = made if before is None else _joined(before, made)
        self._report.stored_nodes += 1
        for name in node.fields.keys() - _TOLD:
            self._report.leave(name, "|".join(node.fields[name]), node.place)

    def lost(self, reject: Reject) -> None:
        """A node that its reader could not make out."""
        self._report.nodes += 1
        self._reject(reject)

    def _reject(self, reject: Reject) -> None:
        self._report.refuse(reject)
        if self._refuse is not None:
            self._refuse(reject)

    def equate(self, one: str, other: str) -> bool:
        """Takes two identifiers for those of one thing, if either is a node of this import."""
        pair = [self.short(one), self.short(other)]
        held = [curie for curie in pair if curie in self._own]
        for curie in held:
            self._same.setdefault(curie, set()).update(pair)
        return bool(held) and all(map(is_curie, pair))

    def entities(self) -> Iterator[Entity]:
        held = {entity.id for entity in self._own.values()}
        for curie, entity in self._own.items():
            more = self._same.get(curie)
            made = _matched(entity, more) if more else entity
            species = made.species or ":"
            known = ":" in species or species in held or species in self._kinds
            yield made if known else replace(made, species=None)

    def foreign(self) -> Iterator[Entity]:
        """The entities of others that edges name: an import stands also without these."""
        own = {entity.id for entity in self._own.values()}
        for id in self.ids:
            if id not in own:
                yield replace(self._entities[id], desired=None)

    def _entity(self, curie: str, kind: str, fields: Fields) -> Entity:
        def one(name: str, most: int = LABEL) -> str:
            return clean(fields[name][0], most) if name in fields else ""

        label = one("name")
        same = [self.short(other) for name in _SAME for other in fields.get(name, ())]
        exact = {curie, *filter(is_curie, same)}
        near = {x for each in fields.get("xref", ()) if is_curie(x := self.short(each))} - exact
        own = curie.startswith("exograph:")
        desired, wanted_by = one("exograph_desired"), one("exograph_desired_reference")
        return Entity(
            id=slug_of(curie),
            type=kind,
            label_en=label or curie,
            label_zh=one("exograph_name_zh") or label or curie,
            synonyms=tuple(sorted({clean(s) for s in fields.get("synonym", ())} - {label, ""})),
            exact_match=tuple(sorted(exact - {curie} if own else exact)),
            close_match=tuple(sorted(near)),
            species=self._species(fields),
            desired=Desired(desired, wanted_by)
            if desired in vocab.DESIRED_DIRECTIONS and wanted_by in self._references
            else None,
            description=one("description", 2000) or None,
            description_zh=one("exograph_description_zh", 2000) or None,
        )

    def _species(self, fields: Fields) -> str | None:
        """The entity of a species where we named it ourselves, else its CURIE."""
        if "exograph_species" in fields:
            return slug_of(fields["exograph_species"][0])
        taxon = self.short(fields["in_taxon"][0]) if "in_taxon" in fields else None
        return taxon if taxon and is_curie(taxon) else None

    def _lose(self, node: Node, code: str, kind: str, reason: str) -> None:
        self._reject(Reject(code, kind, reason, node.place, raw(node), is_edge=False))


def clean(text: str, most: int = LABEL) -> str:
    """A text on one line, without what no reader sees; cut if it is longer than a label."""
    flat = " ".join(text.split())
    if not flat.isprintable():
        flat = "".join(c for c in flat if c.isprintable())
    return flat[:most]


def _joined(one: Entity, other: Entity) -> Entity:
    """Two nodes of one id: what either says, the names of the first."""
    names = {*one.synonyms, other.label_en, *other.synonyms} - {one.label_en}
    exact = {*one.exact_match, *other.exact_match}
    return replace(
        one,
        synonyms=tuple(sorted(names)),
        exact_match=tuple(sorted(exact)),
        close_match=tuple(sorted({*one.close_match, *other.close_match} - exact)),
        description=one.description or other.description,
        species=one.species or other.species,
    )


def _matched(entity: Entity, same: Iterable[str]) -> Entity:
    exact = {*entity.exact_match, *same}
    return replace(
        entity,
        exact_match=tuple(sorted(exact)),
        close_match=tuple(sorted(set(entity.close_match) - exact)),
    )
