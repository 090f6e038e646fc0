# SPDX-License-Identifier: Apache-2.0
"""Ids that point nowhere: entities, references, sections, mechanisms."""

from __future__ import annotations

from collections.abc import Iterator

from exograph.checks.facts import ENTITY_COLUMNS, Facts, at, did_you_mean, shown
from exograph.errors import Problem
from exograph.tables import MULTIPLE, items

_REFERENCE_COLUMNS = ("statements", "attributes", "mechanisms", "verification", "remarks")
_SECTION_COLUMNS = ("statements", "attributes", "verification", "remarks", "coverage")


def entities(facts: Facts) -> Iterator[Problem]:
    """E203: an entity that ``entities.tsv`` does not list."""
    kind = facts.kind
    for table, columns in ENTITY_COLUMNS.items():
        multiple = MULTIPLE.get(table, ())
        for row in facts.rows(table):
            for column in columns:
                cell = row.cells[column]
                if not cell or cell in kind:
                    continue
                for name in items(cell) if column in multiple else (cell,):
                    if name and name not in kind and not facts.may_hold("entities", name):
                        cure = did_you_mean(name, kind, "Or add it to entities.tsv.")
                        message = f"The entity {shown(name)} is unknown."
                        yield at(row, "E203", message, cure, column)


def references(facts: Facts) -> Iterator[Problem]:
    """E204: a reference that ``references.tsv`` does not list."""
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
            cure = did_you_mean(name, known, "Or add it to references.tsv.")
            yield at(row, "E204", f"The reference {shown(name)} is unknown.", cure, column)


def sections(facts: Facts) -> Iterator[Problem]:
    """E205: a section that the row's own source does not have."""
    for table in _SECTION_COLUMNS:
        for row, source in facts.sourced(table):
            name = row.cells["section"]
            if name and source.sections and name not in source.sections:
                message = f"The source {source.id!r} has no section {shown(name)}."
                cure = f"Use one of {', '.join(source.sections)}, or add it in source.toml."
                yield at(row, "E205", message, cure, "section")


def mechanisms(facts: Facts) -> Iterator[Problem]:
    """E210: a step of a mechanism that ``mechanisms.tsv`` does not list."""
    for name, rows in facts.steps.items():
        if name and name not in facts.mechanisms and not facts.may_hold("mechanisms", name):
            cure = did_you_mean(name, facts.mechanisms, "Or add it to mechanisms.tsv.")
            for row in rows:
                yield at(row, "E210", f"The mechanism {shown(name)} is unknown.", cure, "mechanism")


CHECKS = (entities, references, sections, mechanisms)
