# SPDX-License-Identifier: Apache-2.0
"""Cells of one row that cannot all be true: organism and model, kind of evidence, aspect."""

from __future__ import annotations

from collections.abc import Iterator

from exograph import vocab
from exograph.checks.facts import Facts, a_kind, at
from exograph.errors import Problem
from exograph.tables import items

_OF_PROTEINS = ("protein", "phosphorylation")


def organisms(facts: Facts) -> Iterator[Problem]:
    """E421 and W414: an organism that is not the one of the model, or of the cell line."""
    said = {r.cells["id"]: r.cells["species"] for r in facts.rows("entities")}
    species = {id: own for id, own in said.items() if own in facts.kind}
    for row in facts.rows("statements"):
        cells = row.cells
        organism = cells["organism"]
        if not organism or not (cells["model"] or cells["cell"]):
            continue
        held = items(organism)
        if cells["model"]:
            code, column, meant = "E421", "model", "the model that is meant"
        else:
            code, column, meant = "W414", "cell", "the model that the cells were put in"
        for id in items(cells[column]):
            own = species.get(id)
            if own and own not in held:
                message = f"The {column} {id!r} is of {own!r}, but the organism is {organism!r}."
                yield at(row, code, message, f"Write {own!r}, or name {meant}.", "organism")


def evidence(facts: Facts) -> Iterator[Problem]:
    """E422 and W415: patients that are animals; an animal model in a dish."""
    for row in facts.rows("statements"):
        cells = row.cells
        kind = cells["evidence_kind"]
        if kind == "clinical" and cells["organism"] and "human" not in items(cells["organism"]):
            message = f"The evidence is clinical, but the organism is {cells['organism']!r}."
            cure = "Write in_vivo for animals, or mend the organism."
            yield at(row, "E422", message, cure, "evidence_kind")
        elif kind == "in_vitro" and cells["model"]:
            message = f"The evidence is in_vitro, but the model is {cells['model']!r}."
            cure = "Write in_vivo, or leave the model to the rows of the animal experiment."
            yield at(row, "W415", message, cure, "evidence_kind")


def aspects(facts: Facts) -> Iterator[Problem]:
    """E614: mRNA or protein of a thing that has none."""
    for row, (_, name, object_) in facts.said:
        aspect = row.cells["aspect"]
        predicate = vocab.PREDICATES.get(name)
        if not aspect or predicate is None or not predicate.is_effect:
            continue
        kind = facts.kind.get(object_, "")
        if kind in vocab.HAPPENING | {"Quantity"} and aspect in (*_OF_PROTEINS, "mrna"):
            message = f"{object_!r} is {a_kind(kind)} and has no {aspect}."
            cure = "Leave the aspect empty, or name the molecule that was measured."
        elif kind in vocab.RNA and aspect in _OF_PROTEINS:
            message = f"{object_!r} is an RNA, so its {aspect} cannot have been measured."
            cure = "Write expression or level; or turn the row, if the RNA is what acts."
        else:
            continue
        yield at(row, "E614", message, cure, "aspect")


CHECKS = (organisms, evidence, aspects)
