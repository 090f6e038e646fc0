# SPDX-License-Identifier: Apache-2.0
"""Our words in those of the Biolink Model 4.4.4: categories, predicates, qualifiers.

Follows ``ontology/mappings.sssom.tsv``; tests hold the two together, and both to the model itself.
The rule: a mapping counts if it is exact, close or broad, and if its term may stand there (no
mixin as a category, domain and range of the predicate kept). What has none is ``NamedThing`` or
``related_to``, and the edge keeps our own predicate beside it.
"""

from __future__ import annotations

from functools import cache

from exograph import vocab

_BIOLOGICAL = ("BiologicalEntity", "NamedThing")
_ANATOMICAL = ("AnatomicalEntity", "OrganismalEntity", *_BIOLOGICAL)
_PROCESS = ("BiologicalProcess", "BiologicalProcessOrActivity", *_BIOLOGICAL)
_RNA = ("NoncodingRNAProduct", "RNAProduct", "Transcript", *_BIOLOGICAL)

_CATEGORIES = {
    "Tissue": ("GrossAnatomicalStructure", *_ANATOMICAL),
    "CellType": ("Cell", *_ANATOMICAL),
    "Vesicle": ("CellularComponent", *_ANATOMICAL),
    "GeneProduct": ("Gene", *_BIOLOGICAL),
    "ModifiedProtein": ("Protein", "Polypeptide", *_BIOLOGICAL),
    "ProteinFamily": ("ProteinFamily", *_BIOLOGICAL),
    "ProteinComplex": ("MacromolecularComplex", *_BIOLOGICAL),
    "MicroRNA": ("MicroRNA", *_RNA),
    "LongNoncodingRNA": _RNA,
    "CircularRNA": _RNA,
    "Chemical": ("ChemicalEntity", "NamedThing"),
    "Quantity": ("Attribute", "NamedThing"),
    "Pathway": ("Pathway", *_PROCESS),
    "BiologicalProcess": _PROCESS,
    "HealingPhase": ("PhysiologicalProcess", *_PROCESS),
    "Outcome": ("NamedThing",),
    "Organism": ("OrganismTaxon", "NamedThing"),
    "DiseaseModel": ("NamedThing",),
    "Condition": ("DiseaseOrPhenotypicFeature", *_BIOLOGICAL),
    "Preconditioning": ("Procedure", "NamedThing"),
    "Biomaterial": ("ProcessedMaterial", "ChemicalMixture", "ChemicalEntity", "NamedThing"),
    "Method": ("Procedure", "NamedThing"),
    "ClinicalTrial": ("ClinicalTrial", "Study", "Activity", "NamedThing"),
    "Intervention": ("ClinicalIntervention", "ClinicalEntity", "NamedThing"),
}
CATEGORIES = {
    kind: tuple(f"biolink:{name}" for name in names) for kind, names in _CATEGORIES.items()
}
"""The class of each kind, then all above it, which Biolink wants in ``category``, too.

A gene product is a ``Gene``: ``GeneOrGeneProduct`` is a mixin, and its identifiers are those of
genes, by which graphs are merged."""

ASSOCIATION = ("biolink:Association",)
RELATED = "biolink:related_to"
AFFECTS = "biolink:affects"

_PREDICATES = {
    "secretes": "produces",
    "carries": "location_of",
    "part_of_phase": "part_of",
    "is_a": "subclass_of",
    "member_of": "member_of",
    "has_component": "has_part",
    "internalized_via": "participates_in",
    "associated_with": "associated_with",
    "interacts_with": "interacts_with",
    "occurs_in": "occurs_in",
    "precedes": "precedes",
    "loaded_in": "located_in",
    "treats_condition": "treats_or_applied_or_studied_to_treat",
    "no_effect_on": "affects",
}
"""What is no effect. Predicates of ours that are not here have no counterpart."""

_CLASSES = frozenset(
    {"GeneProduct", "Quantity", "Pathway", "BiologicalProcess", "HealingPhase", "Condition"}
    | {"Biomaterial", "CellType", "Vesicle", "Tissue"}
)
_PROCESSES = frozenset({"Pathway", "BiologicalProcess", "HealingPhase"})
_OCCURRENTS = _PROCESSES | {"Preconditioning", "Method", "ClinicalTrial"}
ENDS = {
    "subclass_of": (_CLASSES, _CLASSES),
    "participates_in": (_OCCURRENTS, _PROCESSES),
    "precedes": (_OCCURRENTS, _OCCURRENTS),
    "treats_or_applied_or_studied_to_treat": (
        frozenset({"Chemical", "Biomaterial"}),
        frozenset({"Condition"}),
    ),
}
"""Kinds whose categories lie in the domain and in the range, where these are narrow."""

_ASPECTS = {
    "upregulates": "abundance",
    "downregulates": "abundance",
    "activates": "activity",
    "inhibits": "activity",
    "sponges": "activity",
}
"""Aspect of the object by predicate, where the statement tells none."""

_STATED_ASPECTS = {
    "expression": "expression",
    "mrna": "expression",
    "protein": "abundance",
    "level": "abundance",
    "activity": "activity",
    "secretion": "secretion",
    "phosphorylation": "phosphorylation",
}
_MOLECULAR = vocab.MOLECULE | {"Pathway"}
_DIRECTIONS = {1: "increased", -1: "decreased"}
_MECHANISMS = {"sponges": "sequestration"}

KNOWLEDGE_LEVELS = {
    "stated": "knowledge_assertion",
    "derived": "logical_entailment",
    "inferred": "prediction",
}
"""By basis. What a curator adds from background knowledge is no more than a prediction here."""

SELF = "infores:exograph"
CURATED = ("manual_agent", SELF, ())
TAKEN_IN = ("not_provided", "", (SELF,))
"""Agent, primary source and aggregators: of what we curated, and of what others did."""

SPELLINGS = {"reactome": "REACT", "clinicaltrials": "CLINICALTRIALS", "msigdb": "MSigDB"}
"""Prefixes that the Biolink Model spells otherwise than ``ontology/prefixes.tsv``."""


@cache
def predicate_of(predicate: str, subject: str, object: str) -> str:
    """The Biolink predicate between things of these kinds.

    >>> predicate_of("is_a", "CellType", "CellType"), predicate_of("is_a", "Method", "Method")
    ('biolink:subclass_of', 'biolink:related_to')
    """
    if vocab.PREDICATES[predicate].is_effect:
        return AFFECTS
    name = _PREDICATES.get(predicate)
    if name is None:
        return RELATED
    if name in ENDS and not (subject in ENDS[name][0] and object in ENDS[name][1]):
        return RELATED
    return f"biolink:{name}"


@cache
def qualifiers(predicate: str, aspect: str | None, object: str) -> tuple[str, str, str, str]:
    """Qualified predicate, aspect, direction and mechanism of an effect on a thing of that kind.

    Each may be empty. An aspect is said of molecules and pathways only.

    >>> qualifiers("downregulates", "mrna", "GeneProduct")
    ('biolink:causes', 'expression', 'decreased', '')
    >>> qualifiers("promotes", None, "BiologicalProcess")
    ('biolink:causes', '', 'increased', '')
    """
    held = vocab.PREDICATES[predicate]
    if not held.is_effect and predicate != "no_effect_on":
        return "", "", "", ""
    direction = _DIRECTIONS.get(held.sign or 0, "")
    said = _STATED_ASPECTS[aspect] if aspect else _ASPECTS.get(predicate, "")
    return (
        "biolink:causes" if direction else "",
        said if object in _MOLECULAR else "",
        direction,
        _MECHANISMS.get(predicate, ""),
    )


def negated(predicate: str, stance: str) -> bool:
    """Whether the edge does not hold: it is spoken against, or says that there is no effect."""
    return (stance != "supports") != (predicate == "no_effect_on")


def curie(id: str) -> str:
    """An identifier of another database with the prefix that the Biolink Model gives it.

    >>> curie("reactome:R-HSA-1280215"), curie("HGNC:9588")
    ('REACT:R-HSA-1280215', 'HGNC:9588')
    """
    prefix, colon, local = id.partition(":")
    return SPELLINGS.get(prefix, prefix) + colon + local
