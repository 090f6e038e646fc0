# SPDX-License-Identifier: Apache-2.0
"""Ids that point nowhere: entities, references, sections, mechanisms."""

from __future__ import annotations

from collections.abc import Iterator

from exograph.checks.facts import ENTITY_COLUMNS, Facts, at, did_you_mean, shown
from exograph.checks.pointers import unknown_entity, unknown_reference, unknown_section
from exograph.errors import Problem
from exograph.tables import MULTIPLE, items

_REFERENCE_COLUMNS = ("statements", "attributes", "mechanisms", "verification", "remarks")
_SECTION_COLUMNS = ("statements", "attributes", "verification", "remarks", "coverage")


def entities(facts: Facts) -> Iterator[Problem]:
    """E203 and its kin: an entity that ``entities.tsv`` does not list."""
    kind = facts.kind
    for table, columns in ENTITY_COLUMNS.items():
        multiple = MULTIPLE.get(table, ())
        for row in facts.rows(table):
            for column in columns:
                cell = row.cells[column]
                if not cell or cell in kind:
                    continue
                several = column in multiple
                for name in items(cell) if several else (cell,):
                    if name and name not in kind and not facts.may_hold("entities", name):
                        yield unknown_entity(facts, row, column, name, several=several)


def references(facts: Facts) -> Iterator[Problem]:
    """E204 and its kin: a reference that ``references.tsv`` does not list."""
    known = facts.study
    cited = [
        (row, "reference", row.cells["reference"])
        for table in _REFERENCE_COLUMNS
        for row in facts.rows(table)
    ]
    cited += [
        (row, "desired", row.cells["desired"].partition("@")[2]) for row in facts.rows("entities")
    ]
    cited += [(row, "primary", row.cells["primary"]) for row in facts.rows("verification")]
    for row, column, name in cited:
        if name and name not in known and not facts.may_hold("references", name):
            yield unknown_reference(facts, row, column, name)


def sections(facts: Facts) -> Iterator[Problem]:
    """E205 and E217: a section that the row's own source does not have."""
    for table in _SECTION_COLUMNS:
        for row, source in facts.sourced(table):
            name = row.cells["section"]
            if name and source.sections and name not in source.sections:
                if row.cells.get("reference") in source.sections and name in facts.study:
                    continue  # exchanged with the reference, which says so
                yield unknown_section(source, row, name)


def mechanisms(facts: Facts) -> Iterator[Problem]:
    """E210: a step of a mechanism that ``mechanisms.tsv`` does not list."""
    for name, rows in facts.steps.items():
        if name and name not in facts.mechanisms and not facts.may_hold("mechanisms", name):
            cure = did_you_mean(name, facts.mechanisms, "Or add it to mechanisms.tsv.")
            for row in rows:
                yield at(row, "E210", f"The mechanism {shown(name)} is unknown.", cure, "mechanism")


CHECKS = (entities, references, sections, mechanisms)
