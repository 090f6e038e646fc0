# SPDX-License-Identifier: Apache-2.0
"""Terms that are not of the vocabulary: predicates, types and values, and which one is meant."""

from __future__ import annotations

from collections.abc import Iterator

from exograph import vocab
from exograph.checks import words
from exograph.checks.facts import Facts, at, did_you_mean, shown
from exograph.errors import Problem
from exograph.tables import Row, items

LISTS: dict[str, dict[str, tuple[str, ...]]] = {
    "statements": {
        "basis": vocab.BASES,
        "stance": vocab.STANCES,
        "certainty": vocab.CERTAINTIES,
        "effect": vocab.EFFECTS,
        "aspect": vocab.ASPECTS,
        "evidence_kind": vocab.EVIDENCE_KINDS,
        "directness": vocab.DIRECTNESSES,
    },
    "attributes": {"qualifier": vocab.QUALIFIERS},
    "references": {
        "kind": vocab.REFERENCE_KINDS,
        "status": vocab.REFERENCE_STATUSES,
        "retraction": vocab.RETRACTIONS,
    },
    "mechanisms": {"sign": vocab.MECHANISM_SIGNS},
    "verification": {"verdict": vocab.VERDICTS, "read": vocab.READS},
    "conflicts": {"explained_by": vocab.CONTEXT_FIELDS},
    "coverage": {"reason": tuple(vocab.COVERAGE_REASONS)},
    "identifiers": {
        "predicate_id": ("skos:exactMatch", "skos:closeMatch"),
        "mapping_justification": (
            "semapv:LexicalMatching",
            "semapv:ManualMappingCuration",
            "semapv:LogicalReasoning",
        ),
    },
}
"""Columns whose values come from a closed list."""

_PREDICATES = {
    "statements": (("predicate", "subject", "object"),),
    "mechanism_steps": (("predicate", "subject", "object"),),
    "verification": (("predicate", "subject", "object"),),
    "conflicts": (
        ("first_predicate", "first_subject", "first_object"),
        ("second_predicate", "second_subject", "second_object"),
    ),
}
_SLIPPED = 3
"""Values in a neighbour's column, from which on the row has lost or won a tab."""
_EXAMPLES = ["GeneProduct", "Pathway", "BiologicalProcess", "Quantity"]
_KNOWN_PREDICATES = frozenset(vocab.PREDICATES) | frozenset(vocab.INPUT_INVERSES)


def types(facts: Facts) -> Iterator[Problem]:
    """E201, E215, E216: a type that is no kind: a slip, a role, or another word for one."""
    for row in facts.rows("entities"):
        name = row.cells["type"]
        if not name or name in vocab.TYPES:
            continue
        code, message = "E201", f"The type {name!r} is unknown."
        if name.title() in vocab.ROLES or name in vocab.ROLE_ALIASES:
            code, message = "E215", f"{name!r} is a role, and no type."
            cure = "A role is computed from the claims; give the kind, such as GeneProduct."
        elif kind := words.type_of(name):
            code, cure = "E216", f"Write {kind}."
        else:
            cure = did_you_mean(name, vocab.TYPES, f"Known are {', '.join(vocab.TYPES)}.")
        yield at(row, code, message, cure, "type")


def predicates(facts: Facts) -> Iterator[Problem]:
    """E202, E211, E223, E227: a predicate that the vocabulary does not have, and the one to use."""
    for table, columns in _PREDICATES.items():
        for row in facts.rows(table):
            for column, subject, object_ in columns:
                name = row.cells[column]
                if name and name not in _KNOWN_PREDICATES:
                    ends = row.cells[subject], row.cells[object_]
                    yield _unknown_predicate(facts, row, column, name, *ends)


def _unknown_predicate(
    facts: Facts, row: Row, column: str, name: str, subject: str, object_: str
) -> Problem:
    if turned := words.passive(name):
        right, sign = turned
        if sign is not None:
            activity = right in ("activate", "inhibit")
            kind = facts.kind.get(subject, "")
            right = words.effect(sign, kind, activity=activity) or f"{right}s"
        message = f"The predicate {name!r} is passive; relations are told by who acts."
        cure = f"Exchange subject and object, and write {right!r}."
        return at(row, "E223", message, cure, column)
    if told := words.sign_word(name):
        sign, activity = told
        kind = facts.kind.get(object_, "")
        kinds = [kind] if words.effect(sign, kind) else _EXAMPLES
        meant = [(k, words.effect(sign, k, activity=activity)) for k in kinds]
        sayings = [f"{term!r} for a {k}" for k, term in meant]
        message = f"{name!r} tells a direction, but is no predicate."
        return at(row, "E211", message, f"Write {' or '.join(sayings)}.", column)
    if term := words.relation(name):
        message = f"{name!r} is no predicate, but another word for one."
        return at(row, "E227", message, f"Write {term!r}.", column)
    cure = did_you_mean(name, _KNOWN_PREDICATES, "The predicates stand in ontology/exograph.ttl.")
    return at(row, "E202", f"The predicate {name!r} is unknown.", cure, column)


def listed_values(facts: Facts) -> Iterator[Problem]:
    """E206, E213, E214, E225, E229: a value outside the closed list of its column."""
    for table, columns in LISTS.items():
        for row in facts.rows(table):
            cells = row.cells
            found = [
                _unlisted(row, column, name, known, columns)
                for column, known in columns.items()
                if (cell := cells[column]) and cell not in known
                for name in (items(cell) if column == "explained_by" else (cell,))
                if name and name not in known
            ]
            if sum(problem.code == "E213" for problem in found) >= _SLIPPED:
                message = "Several values stand one column beside their own."
                first = found[0].column
                cure = f"A tab is missing, or one too many, before {first!r}; count them there."
                yield at(row, "E229", message, cure, first)
            else:
                yield from found


def _unlisted(
    row: Row, column: str, name: str, known: tuple[str, ...], columns: dict[str, tuple[str, ...]]
) -> Problem:
    if others := [c for c, values in columns.items() if name in values]:
        message = f"{name!r} stands in {column!r}, but is a value of {others[0]!r}."
        return at(row, "E213", message, f"Move it to {others[0]!r}.", column)
    if right := words.value(name, known):
        message = f"{name!r} is another spelling of a value of {column!r}."
        return at(row, "E214", message, f"Write {right!r}.", column)
    if words.is_nothing(name):
        return nothing(row, column, name)
    message = f"{shown(name)} is no value of {column!r}."
    return at(row, "E206", message, f"Use {' or '.join(known)}.", column)


def nothing(row: Row, column: str, name: str) -> Problem:
    """E225: a word for nothing, where an empty cell means nothing."""
    message = f"{name!r} in {column!r} is a word for nothing."
    return at(row, "E225", message, "Leave the cell empty: empty means not given.", column)


def column_of(value: str) -> str | None:
    """The column of statements whose closed list has the value."""
    return next((c for c, known in LISTS["statements"].items() if value in known), None)


def attributes(facts: Facts) -> Iterator[Problem]:
    """E207, E208, E212, E226: an attribute or a unit that the vocabulary does not have."""
    for row in facts.rows("attributes"):
        name, unit = row.cells["attribute"], row.cells["unit"]
        if name and name not in vocab.ATTRIBUTES:
            message = f"The attribute {name!r} is unknown."
            if right := words.attribute(name):
                yield at(row, "E226", message, f"Write {right!r}.", "attribute")
            else:
                known = f"Known are {', '.join(vocab.ATTRIBUTES)}."
                cure = did_you_mean(name, vocab.ATTRIBUTES, known)
                yield at(row, "E207", message, cure, "attribute")
        if unit and unit not in vocab.UNITS:
            right = words.unit(unit)
            in_use = f"Units in use are {', '.join(vocab.UNITS)}."
            if words.is_nothing(unit):
                yield nothing(row, "unit", unit)
            elif right in vocab.UNITS:
                message = f"The unit {unit!r} is no code of UCUM."
                cure = f"Write {right!r}."
                if unit == "nM":
                    message = "The unit 'nM' is a concentration, nanomoles per litre."
                    cure = "Write 'nm' if a length is meant."
                yield at(row, "E212", message, cure, "unit")
            else:
                told = f"Its code is {right!r}, which is not in use yet. " if right else ""
                yield at(row, "E208", f"The unit {unit!r} is unknown.", told + in_use, "unit")


CHECKS = (types, predicates, listed_values, attributes)
