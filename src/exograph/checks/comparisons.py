# SPDX-License-Identifier: Apache-2.0
"""Rows about claims: comparisons with primary papers, and conflicts of two claims."""

from __future__ import annotations

from collections.abc import Iterator

from exograph import vocab
from exograph.checks.facts import Facts, at
from exograph.errors import Problem
from exograph.kb.assembling import Triple, triple
from exograph.model import Conflict


def _complete(facts: Facts, claim: Triple) -> bool:
    """Whether entities, predicate and statements are known: if not, another problem says so."""
    subject, name, object_ = claim
    known = {subject, object_} <= facts.kind.keys() and name in vocab.PREDICATES
    return known and not facts.may_say(claim)


def verifications(facts: Facts) -> Iterator[Problem]:
    """E851: a comparison about a claim that no statement makes.

    W851: a primary paper that is another study than the reference that cites it.
    """
    for row in facts.rows("verification"):
        claim = triple(row.cells)
        if _complete(facts, claim) and claim not in facts.claims:
            message = f"No statement says {' '.join(claim)!r}."
            yield at(row, "E851", message, "Name a claim of statements.tsv.", "subject")
        reference, primary = row.cells["reference"], row.cells["primary"]
        known = primary and {reference, primary} <= facts.study.keys()
        if known and facts.study[reference] != facts.study[primary]:
            message = f"{reference!r} and its primary paper {primary!r} count as two studies."
            cure = f"Write {facts.study[primary]!r} as the study of {reference!r}."
            yield at(row, "W851", message, cure, "primary")


def conflicts(facts: Facts) -> Iterator[Problem]:
    """E852 and E853: a conflict of claims that do not exist, or do not pull against each other.

    W801: a side that only retracted papers support.
    """
    for row in facts.rows("conflicts"):
        first, second = triple(row.cells, "first_"), triple(row.cells, "second_")
        if not (_complete(facts, first) and _complete(facts, second)):
            continue
        one_pair = (first[0], first[2]) == (second[0], second[2])
        missing = False
        for prefix, claim in (("first_", first), ("second_", second)):
            if not (claim in facts.claims if one_pair else facts.says(claim)):
                missing = True
                message = f"No statement {'makes' if one_pair else 'supports'} {' '.join(claim)!r}."
                cure = "Name a claim of statements.tsv."
                yield at(row, "E852", message, cure, f"{prefix}subject")
            elif facts.only_retracted(claim):
                message = f"{' '.join(claim)!r} rests on retracted papers only."
                cure = "Delete the conflict, or cite a paper that holds."
                yield at(row, "W801", message, cure, f"{prefix}subject")
        if missing:
            continue
        signs = [vocab.PREDICATES[claim[1]].sign for claim in (first, second)]
        if first[2] != second[2]:
            message = f"The claims have different objects, {first[2]!r} and {second[2]!r}."
        elif one_pair:
            conflict = Conflict(*first, *second, source="")
            if any(found.is_between(conflict) for found, _ in facts.oppositions):
                continue
            message = "The two claims do not contradict each other."
        elif {*signs} != {1, -1}:
            told = " and ".join(str(vocab.sign_text(sign) or "none") for sign in signs)
            message = f"The claims are not of opposite signs: {told}."
        else:
            continue
        cure = "A conflict is a + and a − claim on one object, or a claim and its denial; mend it."
        yield at(row, "E853", message, cure, "first_object")


def uncurated(facts: Facts) -> Iterator[Problem]:
    """W854: statements that contradict each other, of which conflicts.tsv says nothing."""
    curated = [
        Conflict(*triple(row.cells, "first_"), *triple(row.cells, "second_"), source="")
        for row in facts.rows("conflicts")
    ]
    for found, row in facts.oppositions:
        one, other = found.first.statements[0], found.second.statements[0]
        if any(map(found.is_between, curated)):
            continue
        if any(facts.retracted.issuperset(side.references) for side in found.sides):
            continue
        if facts.may_hold("conflicts", other.subject, other.object):
            continue
        said = [f"{s.subject} {s.predicate} {s.object}" for s in (one, other)]
        denied = "" if other.stance == "supports" else ", which is denied or was not found,"
        message = f"{said[1]!r}{denied} stands against {said[0]!r} of {one.reference}, "
        message += "and no row of conflicts.tsv is about it."
        cure = "Add a row with what explains it, or with an empty explained_by and a note."
        yield at(row, "W854", message, cure)


CHECKS = (verifications, conflicts, uncurated)
