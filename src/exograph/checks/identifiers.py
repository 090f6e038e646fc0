# SPDX-License-Identifier: Apache-2.0
"""Outside identifiers: that they exist, mean what the entity means, and say how they were found.

Known terms are those of ``ontology/extracts/identifiers.tsv``; how each was found stands in a
source's ``identifiers.sssom.tsv``, which holds the same pairs as the columns of ``entities.tsv``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from exograph import vocab
from exograph.checks.extract import Term
from exograph.checks.facts import Facts, at, did_you_mean, shown
from exograph.errors import Problem
from exograph.tables import Row, Tables, file_of, items

Match = tuple[Row, str, str]
"""A row of entities, the column, and the identifier in it."""

HUMAN = "NCBITaxon:9606"
"""The species of a molecule where the column ``species`` names no other."""

NOTHING = "sssom:NoTermFound"
_PREDICATES = {"skos:exactMatch": "exact_match", "skos:closeMatch": "close_match"}
_EXOSOME_COMPLEX = "GO:0000178"

_GENES = frozenset({"GeneProduct", "LongNoncodingRNA"})
_GROUPS = frozenset({"ModifiedProtein", "ProteinFamily", "ProteinComplex"})
_PROCESSES = frozenset({"BiologicalProcess", "HealingPhase", "Outcome", "Pathway"})
_FITS: dict[str, frozenset[str]] = {
    "HGNC": _GENES | _GROUPS,
    "MGI": _GENES | _GROUPS,
    "RGD": _GENES | _GROUPS,
    "FPLX": _GROUPS,
    "mirbase": frozenset({"MicroRNA"}),
    "mirbase.mature": frozenset({"MicroRNA"}),
    "CL": frozenset({"CellType"}),
    "CLO": frozenset({"CellType"}),
    "UBERON": frozenset({"Tissue"}),
    "GO": _PROCESSES | {"Tissue", "Vesicle", "ProteinComplex"},
    "CHEBI": frozenset({"Chemical", "Biomaterial"}),
    "NCBITaxon": frozenset({"Organism"}),
    "ECO": frozenset({"Method"}),
    "reactome": frozenset({"Pathway", "BiologicalProcess"}),
    "msigdb": frozenset({"Pathway"}),
    "clinicaltrials": frozenset({"ClinicalTrial"}),
}
"""Kinds of entities that a database has terms for; of other prefixes nothing is known here."""

_ARM = re.compile(r"-([35]p)(?![A-Za-z0-9])", re.IGNORECASE)
_PRECURSOR = re.compile(r"\bpre-|precursor|stem-loop|前体", re.IGNORECASE)


def _matches(facts: Facts) -> Iterator[Match]:
    for row in facts.rows("entities"):
        for column in ("exact_match", "close_match"):
            cell = row.cells[column]
            for curie in items(cell) if cell else ():
                yield row, column, curie


def _known(facts: Facts) -> Iterator[tuple[Row, str, Term]]:
    """Matches with a term that the extract holds."""
    terms = facts.terms or {}
    for row, column, curie in _matches(facts):
        if term := terms.get(curie):
            yield row, column, term


def existence(facts: Facts) -> Iterator[Problem]:
    """E351: an identifier that no database's file was seen to hold; E352: an obsolete one."""
    if facts.terms is None:
        return
    for row, column, curie in _matches(facts):
        prefix, _, number = curie.partition(":")
        if facts.prefixes is not None and prefix not in facts.prefixes:
            continue  # E309
        if prefix == "clinicaltrials":
            names = (row.cells["label_en"], *items(row.cells["synonyms"]))
            if not any(number and number in name for name in names):
                message = f"No name of {row.cells['id']!r} holds {shown(number)}."
                yield at(row, "E351", message, "Give the number that the source prints.", column)
            continue
        term = facts.terms.get(curie)
        if term is None and curie != _EXOSOME_COMPLEX:
            message = f"{shown(curie)} is not among the terms that were seen in a source."
            otherwise = "Or take it into ontology/extracts/identifiers.tsv by tools/identifiers.py."
            cure = did_you_mean(curie, (c for c in facts.terms if c.startswith(prefix)), otherwise)
            yield at(row, "E351", message, cure, column)
        elif term is not None and term.obsolete:
            message = f"{curie} ({term.label}) is obsolete in {term.source}."
            cure = "Take the term that stands in its place, or none."
            yield at(row, "E352", message, cure, column)


def kinds(facts: Facts) -> Iterator[Problem]:
    """E353: a term for another kind of thing; E355: the RNase complex; E358: a part for the whole.

    GO's components stand for tissues, vesicles and complexes, its processes for processes; none of
    its terms of function fits.
    """
    for row, column, curie in _matches(facts):
        prefix = curie.partition(":")[0]
        kind = row.cells["type"]
        if curie == _EXOSOME_COMPLEX:
            message = f"{curie} is the exosome that degrades RNA, a complex within the cell."
            cure = "The vesicle is GO:0070062, extracellular exosome."
            yield at(row, "E355", message, cure, column)
            continue
        if kind not in vocab.TYPES or prefix not in _FITS:
            continue
        term = (facts.terms or {}).get(curie)
        if kind not in _FITS[prefix] or (prefix == "GO" and term and not _fits_go(kind, term)):
            what = f"{curie} ({term.label}, {term.kind})" if term else curie
            message = f"{what} cannot be the same as a {kind}, or nearly so."
            yield at(row, "E353", message, "Give a term for this kind of thing, or none.", column)
        elif kind in _GROUPS and column == "exact_match" and prefix in ("HGNC", "MGI", "RGD"):
            message = f"The {kind} {row.cells['id']!r} is not the single gene {curie}."
            yield at(row, "E358", message, "Make it a close_match, or leave it out.", column)


def _fits_go(kind: str, term: Term) -> bool:
    return term.kind == ("biological process" if kind in _PROCESSES else "cellular component")


def micro_rnas(facts: Facts) -> Iterator[Problem]:
    """E354: a precursor for a mature form, one arm for the other, or an arm that no name tells."""
    for row, column, term in _known(facts):
        if "microRNA" not in term.kind:
            continue
        name = row.cells["label_en"]
        arm, has = (_ARM.findall(text.lower())[:1] for text in (name, term.label))
        close = column == "close_match"
        if term.kind == "microRNA precursor":
            right = (close and not arm) or bool(_PRECURSOR.search(name))
        else:
            right = arm == has if arm else close
        if right:
            continue
        wrong = "the precursor" if term.kind == "microRNA precursor" else "the mature form"
        message = f"{name!r} is not {wrong} {term.label} ({term.curie})."
        cure = "A name with -3p or -5p has the MIMAT of that arm; one without, a close_match only."
        yield at(row, "E354", message, cure, column)


def species(facts: Facts) -> Iterator[Problem]:
    """E356: a term of another species; E357: an ortholog as the same thing.

    The species is the one in the column ``species``, else human. A close match may be an ortholog,
    but a micro-RNA's is of the species itself.
    """
    taxa = {
        row.cells["id"]: [c for c in items(row.cells["exact_match"]) if c[:9] == "NCBITaxon"]
        for row in facts.rows("entities")
        if row.cells["type"] == "Organism"
    }
    for row, column, term in _known(facts):
        if not term.species or row.cells["type"] == "Organism":
            continue
        if column == "close_match" and "microRNA" not in term.kind:
            continue
        given = row.cells["species"]
        wanted = taxa.get(given, []) if given else [HUMAN]
        if not wanted or term.species in wanted:
            continue
        if term.kind == "gene" and wanted == [HUMAN]:
            message = f"{term.curie} ({term.label}) is the gene of another species, an ortholog."
            cure = "Make it a close_match; the exact one is the human gene (HGNC)."
            yield at(row, "E357", message, cure, column)
        else:
            message = f"{term.curie} ({term.label}) is of {term.species}, not of {wanted[0]}."
            cure = "Give the term of that species, or fill or mend the column 'species'."
            yield at(row, "E356", message, cure, column)


def _with_file(facts: Facts) -> Iterator[Tables]:
    for tables in facts.tables:
        known = "identifiers" in tables.rows and "identifiers" not in tables.gaps
        if known and os.path.lexists(tables.folder / file_of("identifiers")):
            yield tables


def _subject(row: Row) -> str:
    return row.cells["subject_id"].removeprefix("entity:")


def both_ways(facts: Facts) -> Iterator[Problem]:
    """E341: an identifier without its row of how it was found; E342: such a row without it."""
    for tables in _with_file(facts):
        told = {
            (_subject(row), _PREDICATES.get(row.cells["predicate_id"]), row.cells["object_id"])
            for row in tables.rows["identifiers"]
        }
        held: set[tuple[str, str | None, str]] = set()
        for row, column, curie in _matches(Facts([tables])):
            held.add((row.cells["id"], column, curie))
            if curie and (row.cells["id"], column, curie) not in told:
                message = f"{file_of('identifiers')} does not say how {shown(curie)} was found."
                cure = "Add its row there, or run tools/identifiers.py."
                yield at(row, "E341", message, cure, column)
        if "entities" in tables.gaps:
            continue
        for row in tables.rows["identifiers"]:
            id, object_ = _subject(row), row.cells["object_id"]
            column_ = _PREDICATES.get(row.cells["predicate_id"])
            if object_ == NOTHING and any(r.cells["id"] == id for r in tables.rows["entities"]):
                continue
            if column_ is None or (id, column_, object_) in held:
                continue
            message = f"The entity {shown(id)} of this source has no {column_} {shown(object_)}."
            yield at(row, "E342", message, "Add it in entities.tsv, or delete the row.")


def told_truly(facts: Facts) -> Iterator[Problem]:
    """E343: a label, file or version other than it is; E344: nothing found, and yet something."""
    for tables in _with_file(facts):
        entity = {row.cells["id"]: row.cells for row in tables.rows["entities"]}
        for row in tables.rows["identifiers"]:
            cells, id = row.cells, _subject(row)
            term = (facts.terms or {}).get(cells["object_id"])
            right: dict[str, str] = {}
            if id in entity:
                right["subject_label"] = entity[id]["label_en"]
            if term:
                right["object_label"] = term.label
                right["object_source_version"] = term.state
            for column, value in right.items():
                if cells[column] != value:
                    message = f"{shown(cells[column])} stands in {column!r}, but it is {value!r}."
                    cure = "Is it the right term? If so, run tools/identifiers.py."
                    yield at(row, "E343", message, cure, column)
            found = id in entity and (entity[id]["exact_match"] or entity[id]["close_match"])
            if cells["object_id"] == NOTHING and found:
                message = f"{id!r} has {shown(found)}, so something was found."
                yield at(row, "E344", message, "Delete this row.", "object_id")


CHECKS = (existence, kinds, micro_rnas, species, both_ways, told_truly)
