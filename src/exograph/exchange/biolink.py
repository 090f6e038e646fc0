# SPDX-License-Identifier: Apache-2.0
"""What Biolink calls things, in our words: kinds of categories, and what an edge says.

Read along the Biolink model 4 and its predicate_mapping.yaml (biolink.github.io/biolink-model). A
category or a predicate that has no equal here is not bent to fit: it is refused, by name. A sign is
given only where the direction is that of an amount or of an activity; more degradation, say, is a
regulation without a direction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from exograph import vocab
from exograph.exchange.incoming import Fields

KINDS = {
    "MicroRNA": "MicroRNA",
    "Gene": "GeneProduct",
    "Protein": "GeneProduct",
    "ProteinIsoform": "GeneProduct",
    "GeneOrGeneProduct": "GeneProduct",
    "GeneProductMixin": "GeneProduct",
    "Polypeptide": "GeneProduct",
    "ProteinFamily": "ProteinFamily",
    "GeneFamily": "ProteinFamily",
    "MacromolecularComplex": "ProteinComplex",
    "Drug": "Chemical",
    "SmallMolecule": "Chemical",
    "MolecularEntity": "Chemical",
    "MolecularMixture": "Chemical",
    "ChemicalMixture": "Chemical",
    "ChemicalEntity": "Chemical",
    "Pathway": "Pathway",
    "PhysiologicalProcess": "BiologicalProcess",
    "PathologicalProcess": "BiologicalProcess",
    "BiologicalProcess": "BiologicalProcess",
    "CellLine": "CellType",
    "Cell": "CellType",
    "GrossAnatomicalStructure": "Tissue",
    "OrganismTaxon": "Organism",
    "Disease": "Condition",
    "PhenotypicFeature": "Condition",
    "DiseaseOrPhenotypicFeature": "Condition",
    "ClinicalTrial": "ClinicalTrial",
    "ClinicalIntervention": "Intervention",
    "Procedure": "Method",
}
"""Our kind of a category, the more telling categories first; all others are refused."""

_STRUCTURAL = {
    "subclass_of": "is_a",
    "has_part": "has_component",
    "member_of": "member_of",
    "interacts_with": "interacts_with",
    "physically_interacts_with": "interacts_with",
    "directly_physically_interacts_with": "interacts_with",
    "indirectly_physically_interacts_with": "interacts_with",
    "binds": "interacts_with",
    "associated_with": "associated_with",
    "occurs_in": "occurs_in",
    "precedes": "precedes",
    "treats": "treats_condition",
    "treats_or_applied_or_studied_to_treat": "treats_condition",
    "has_biomarker": "has_marker",
}
_TURNED = {"part_of": "has_part", "has_member": "member_of", "biomarker_for": "has_biomarker"}
"""Predicates that say the same with subject and object exchanged."""

_EFFECTS = {"affects", "regulates", "disrupts", "causes", "acts_upstream_of"}
SAME = ("same_as", "equivalent_to")
"""Predicates that say that two identifiers stand for one thing."""

_NAMED = re.compile(
    r"(?P<turn>increases|decreases|affects)_(?P<aspect>[a-z_]+?)(?:_of)?\Z|"
    r"(?:entity|process)_(?P<way>positively|negatively)_regulates_(?:entity|process)\Z|"
    r"(?P<old>positively|negatively)_regulates\Z"
)
"""Names of former versions that tell the aspect and the direction in the predicate itself."""

_ASPECTS = {
    "abundance": "level",
    "expression": "expression",
    "activity": "activity",
    "secretion": "secretion",
    "phosphorylation": "phosphorylation",
}
_EITHER = ("activity_or_abundance", "amount_or_activity")
_UP, _DOWN = ("increased", "upregulated"), ("decreased", "downregulated")
_CAUSAL = ("causes", "contributes_to", "affects", "regulates")

TOO_MUCH = tuple(
    f"{end}_{what}_qualifier"
    for end in ("subject", "object")
    for what in ("form_or_variant", "part", "derivative")
)
"""Qualifiers without which an edge would say more than its source does."""

UNDERSTOOD = frozenset(
    {"qualified_predicate", "object_aspect_qualifier", "object_direction_qualifier"}
    | {"subject_aspect_qualifier", "subject_direction_qualifier"}
)


@dataclass(frozen=True, slots=True)
class Said:
    """What an edge says in our words; ``turned`` if subject and object are exchanged."""

    predicate: str
    aspect: str | None = None
    turned: bool = False


class Unfit(ValueError):
    """It has no equal here. The text is what it is counted by."""


def bare(name: str) -> str:
    """A name of Biolink without its prefix, as predicates and qualifiers are spelled.

    >>> bare("biolink:interacts with"), bare("biolink:affects")
    ('interacts_with', 'affects')
    """
    return name.removeprefix("biolink:").strip().replace(" ", "_")


def kind_of(categories: Iterable[str], type: str = "") -> str:
    """Our kind for a thing of these categories, if its ``type`` does not tell it. Raises Unfit."""
    if type.removeprefix("exo:") in vocab.TYPES and type.startswith("exo:"):
        return type.removeprefix("exo:")
    held = {name.removeprefix("biolink:").strip().replace(" ", "") for name in categories}
    found = next((kind for name, kind in KINDS.items() if name in held), None)
    if found is None:
        raise Unfit(f"category {', '.join(sorted(held)[:3]) or 'not given'}")
    return found


def said(predicate: str, fields: Fields, subject: str, object: str) -> Said:
    """What an edge between things of these kinds says. Raises Unfit."""
    own = _one(fields, "original_predicate") or predicate
    if own.startswith("exo:"):
        aspect = _one(fields, "exograph_aspect")
        known = aspect if aspect in vocab.ASPECTS else None
        return _fit(Said(own.removeprefix("exo:"), known), subject, object)
    name = bare(predicate)
    if name in _TURNED:
        found = _fit(Said(_STRUCTURAL[_TURNED[name]]), object, subject)
        return Said(found.predicate, turned=True)
    if name in _STRUCTURAL:
        return _fit(Said(_STRUCTURAL[name]), subject, object)
    for qualifier in TOO_MUCH:
        if qualifier in fields:
            raise Unfit(f"qualifier {qualifier}")
    qualified = bare(_one(fields, "qualified_predicate"))
    if qualified and qualified not in _CAUSAL:
        raise Unfit(f"qualified predicate {qualified}")
    aspect, sign = bare(_one(fields, "object_aspect_qualifier")), _sign(fields)
    if named := _NAMED.match(name):
        way = named["way"] or named["old"]
        turn = named["turn"] or {"positively": "increases", "negatively": "decreases"}[way]
        aspect = named["aspect"] or aspect
        sign = {"increases": 1, "decreases": -1, "affects": 0}[turn] or sign
    elif name not in _EFFECTS:
        raise Unfit(f"predicate {name[:60]}")
    return _fit(_effect(aspect, sign, object), subject, object)


def _one(fields: Fields, name: str) -> str:
    return fields[name][0] if name in fields else ""


def _sign(fields: Fields) -> int:
    """Of the object's direction; less of a subject that raises is more of one that lowers."""
    signs = []
    for end in ("object", "subject"):
        direction = bare(_one(fields, f"{end}_direction_qualifier"))
        signs.append(1 if direction in _UP else -1 if direction in _DOWN else 0)
    of_object, of_subject = signs
    return -of_object if of_subject < 0 else of_object


def _effect(aspect: str, sign: int, object: str) -> Said:
    known = not aspect or aspect in _EITHER or aspect in _ASPECTS
    if not sign or not known:
        return Said("regulates", _ASPECTS.get(aspect))
    up = sign > 0
    if object in vocab.HAPPENING:
        return Said("promotes" if up else "suppresses")
    if aspect == "activity":
        return Said("activates" if up else "inhibits", "activity")
    if aspect in _ASPECTS and object in vocab.MOLECULE:
        return Said("upregulates" if up else "downregulates", _ASPECTS[aspect])
    if object in vocab.MOLECULE | {"Pathway", "Quantity"}:
        return Said("increases" if up else "decreases")
    return Said("regulates", _ASPECTS.get(aspect))


def _fit(found: Said, subject: str, object: str) -> Said:
    """It, if things of these kinds can say so."""
    predicate = vocab.PREDICATES.get(found.predicate)
    if predicate is None:
        raise Unfit(f"predicate {found.predicate[:60]}")
    wide = found.predicate in ("increases", "decreases")
    reached = vocab.PREDICATES["regulates"].range if wide else predicate.range
    if subject not in predicate.domain or object not in reached:
        raise Unfit(f"{found.predicate} from {subject} to {object}")
    return found
