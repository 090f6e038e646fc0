# SPDX-License-Identifier: Apache-2.0
"""What a statement may claim about itself: its basis, its effect, its stance."""

from __future__ import annotations

from collections.abc import Iterator

from exograph import vocab
from exograph.checks.facts import Facts, at
from exograph.errors import Problem
from exograph.kb.assembling import triple


def inferred_notes(facts: Facts) -> Iterator[Problem]:
    """E601: an inference of the curator that does not say what it rests on."""
    for row in facts.rows("statements"):
        if row.cells["basis"] == "inferred" and not row.cells["note"]:
            message = "The row is inferred, but its note is empty."
            yield at(row, "E601", message, "Say in the note what the inference rests on.", "note")


def effects(facts: Facts) -> Iterator[Problem]:
    """E602: an effect that the predicate has no sign or no effect for."""
    for row in facts.rows("statements"):
        effect, name = row.cells["effect"], triple(row.cells)[1]
        predicate = vocab.PREDICATES.get(name)
        if predicate is None or effect not in vocab.EFFECTS[1:]:
            continue
        if effect == "attenuates_induction" and not predicate.sign:
            message = f"'attenuates_induction' needs a direction, and {name!r} has none."
            cure = "Use a signed predicate: the one that tells what happens in the end."
        elif not predicate.is_effect:
            message = f"{name!r} is no effect, so it cannot be {effect!r}."
            cure = "Leave the cell empty, or choose a predicate of effect."
        else:
            continue
        yield at(row, "E602", message, cure, "effect")


def stances(facts: Facts) -> Iterator[Problem]:
    """E603: 'looked for and not found' of a relation that is no effect."""
    for row in facts.rows("statements"):
        name = triple(row.cells)[1]
        predicate = vocab.PREDICATES.get(name)
        if row.cells["stance"] != "null" or predicate is None:
            continue
        if not predicate.is_effect and name != "no_effect_on":
            message = f"The stance is 'null', but {name!r} is no effect."
            yield at(row, "E603", message, "Use refutes where the source denies it.", "stance")


CHECKS = (inferred_notes, effects, stances)
