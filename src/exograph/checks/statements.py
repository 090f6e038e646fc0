# SPDX-License-Identifier: Apache-2.0
"""What a statement may claim about itself: its basis, its effect, its stance."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from exograph import vocab
from exograph.checks.facts import Facts, at
from exograph.errors import Problem
from exograph.tables import Row


def inferred_notes(facts: Facts) -> Iterator[Problem]:
    """E601: an inference of the curator that does not say what it rests on."""
    for row in facts.rows("statements"):
        if row.cells["basis"] == "inferred" and not row.cells["note"]:
            message = "The row is inferred, but its note is empty."
            yield at(row, "E601", message, "Say in the note what the inference rests on.", "note")


def effects(facts: Facts) -> Iterator[Problem]:
    """E602: an effect that the predicate has no sign or no effect for."""
    for row, (_, name, _) in facts.said:
        effect = row.cells["effect"]
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
    for row, (_, name, _) in facts.said:
        predicate = vocab.PREDICATES.get(name)
        if row.cells["stance"] != "null" or predicate is None:
            continue
        if not predicate.is_effect and name != "no_effect_on":
            message = f"The stance is 'null', but {name!r} is no effect."
            yield at(row, "E603", message, "Use refutes where the source denies it.", "stance")


def contradictions(facts: Facts) -> Iterator[Problem]:
    """E611 to E613: no effect denied; one quote for and against; one quote of both signs."""
    signs: dict[tuple[str, ...], tuple[str, Row]] = {}
    pairs = Counter((subject, object_) for subject, _, object_ in facts.claims)
    for (subject, name, object_), rows in facts.claims.items():
        if len(rows) == 1 and pairs[subject, object_] == 1 and name != "no_effect_on":
            continue
        predicate = vocab.PREDICATES.get(name)
        sides: dict[tuple[str, ...], Row] = {}
        for row in rows:
            cells = row.cells
            stance = cells["stance"] or "supports"
            if name == "no_effect_on" and stance == "refutes":
                message = "To refute 'no_effect_on' is to say that there is an effect."
                cure = "Write the effect that was found, with supports."
                yield at(row, "E611", message, cure, "stance")
            words = cells["quote"] or cells["paraphrase"]
            if not words or cells["basis"] != "stated":
                continue
            where = (cells["reference"], words, *(cells[c] for c in vocab.CONTEXT_FIELDS))
            other = sides.setdefault(where, row)
            if (other.cells["stance"] or "supports") != stance:
                message = f"The same words have the stance {other.cells['stance'] or 'supports'!r}"
                cure = "Words say it or deny it: keep one of the two rows."
                yield at(row, "E612", f"{message} in line {other.line}.", cure, "stance")
            if predicate is None or not predicate.sign or stance != "supports":
                continue
            key = (subject, object_, cells["aspect"], *where)
            if key not in signs:
                signs[key] = (name, row)
            elif vocab.PREDICATES[signs[key][0]].sign != predicate.sign:
                told, other = signs[key]
                message = f"The same words give {told!r} of the same two in line {other.line}."
                cure = "A quote gives one direction: keep the row that it says."
                yield at(row, "E613", message, cure, "predicate")


def joint_mediators(facts: Facts) -> Iterator[Problem]:
    """W615: an edge derived from one of several mediators that the text names together.

    "By raising X and Y it promotes Z" gives no edge from X to Z. Mediators that lie in series, one
    acting on the other by the same reference, are none together.
    """
    told: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row, (subject, name, object_) in facts.said:
        cells = row.cells
        if not cells["quote"] or cells["basis"] != "stated":
            continue
        predicate = vocab.PREDICATES.get(name)
        if predicate and predicate.is_effect and facts.kind.get(object_) in vocab.MOLECULE:
            told[cells["reference"], cells["quote"], subject].add(object_)
    groups = {key: objects for key, objects in told.items() if len(objects) > 1}
    akin = {(s, o) for s, name, o in facts.claims if name in ("is_a", "member_of", "form_of")}
    cited = {reference for reference, _, _ in groups}
    acts = {
        (row.cells["reference"], subject, object_)
        for row, (subject, name, object_) in facts.said
        if row.cells["reference"] in cited
        and name in vocab.PREDICATES
        and vocab.PREDICATES[name].is_effect
    }
    for row, (subject, name, object_) in facts.said if groups else ():
        predicate = vocab.PREDICATES.get(name)
        if row.cells["basis"] == "inferred" or predicate is None or not predicate.is_effect:
            continue
        reference = row.cells["reference"]
        for (source, _, agent), objects in groups.items() if reference in cited else ():
            if source != reference or subject not in objects or object_ in objects:
                continue
            if (source, agent, object_) not in acts:
                continue
            others = [
                o
                for o in sorted(objects - {subject})
                if (source, o, subject) not in acts
                and (source, subject, o) not in acts
                and not akin & {(o, subject), (subject, o)}
            ]
            if others:
                message = f"{agent!r} acts on {subject!r} and {', '.join(others)} together."
                cure = f"The text credits none alone: keep {agent} {name} {object_} only."
                yield at(row, "W615", message, cure, "subject")
                break


CHECKS = (inferred_notes, effects, stances, contradictions, joint_mediators)
