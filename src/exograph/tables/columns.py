# SPDX-License-Identifier: Apache-2.0
"""The layout of the curated tables: their columns, and which of them hold several values."""

from __future__ import annotations

_TRIPLE = ("subject", "predicate", "object")
_CONTEXT = ("cell", "tissue", "organism", "donor", "model", "condition", "comparator")

COLUMNS: dict[str, tuple[str, ...]] = {
    "statements": (
        *_TRIPLE,
        *("reference", "section", "quote", "paraphrase", "basis", "stance", "certainty"),
        *("effect", "aspect", "evidence_kind", "method", "directness"),
        *_CONTEXT,
        "note",
    ),
    "entities": (
        *("id", "type", "label_en", "label_zh", "synonyms", "exact_match", "close_match"),
        *("species", "desired", "description", "description_zh"),
    ),
    "attributes": (
        *("entity", "attribute", "value", "error", "low", "high", "unit", "qualifier"),
        *("text_value", "verbatim", "reference", "section", "quote", "note"),
    ),
    "references": (
        *("id", "number", "kind", "study", "title", "first_author", "year", "journal"),
        *("doi", "pmid", "pmcid", "status", "retraction", "note"),
    ),
    "mechanisms": ("id", "title_en", "title_zh", "reference", "start", "end", "sign", "note"),
    "mechanism_steps": ("mechanism", "layer", *_TRIPLE),
    "verification": (
        *("reference", "section", *_TRIPLE),
        *("says", "primary_says", "verdict", "read", "where", "primary", "note"),
    ),
    "conflicts": (
        *("first_subject", "first_predicate", "first_object"),
        *("second_subject", "second_predicate", "second_object"),
        *("explained_by", "note"),
    ),
    "remarks": ("id", "section", "reference", "entity", "quote", "text", "handling"),
    "identifiers": (
        *("subject_id", "subject_label", "predicate_id", "object_id", "object_label"),
        *("mapping_justification", "object_source", "object_source_version", "comment"),
    ),
    "coverage": ("section", "quote", "reason", "note"),
}
"""Columns of each table. A file may order them as it likes, but has no other, and all but those
that are optional."""

OPTIONAL: dict[str, tuple[str, ...]] = {
    "entities": ("description_zh",),
    "verification": ("primary",),
}
"""Columns that a file may lack; its cells are empty then."""

COMMENTED = frozenset({"identifiers"})
"""Tables in SSSOM, the usual form of mappings: lines that begin with # stand before the header."""


def file_of(table: str) -> str:
    """The name of a table's file.

    >>> file_of("entities"), file_of("identifiers")
    ('entities.tsv', 'identifiers.sssom.tsv')
    """
    return f"{table}.sssom.tsv" if table in COMMENTED else f"{table}.tsv"


REQUIRED_TABLES = ("entities", "statements", "references")

MULTIPLE: dict[str, tuple[str, ...]] = {
    "statements": ("method", *_CONTEXT),
    "entities": ("synonyms", "exact_match", "close_match"),
    "conflicts": ("explained_by",),
}
"""Columns whose cells hold several values, with ``|`` between."""
