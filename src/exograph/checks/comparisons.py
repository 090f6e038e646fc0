# SPDX-License-Identifier: Apache-2.0
"""Rows about claims: comparisons with primary papers, and conflicts of two claims."""

from __future__ import annotations

from collections.abc import Iterator

from exograph import vocab
from exograph.checks.facts import Facts, at
from exograph.errors import Problem
from exograph.kb.assembling import Triple, triple


def _complete(facts: Facts, claim: Triple) -> bool:
    """Whether entities, predicate and statements are known: if not, another problem says so."""
    subject, name, object_ = claim
    known = {subject, object_} <= facts.kind.keys() and name in vocab.PREDICATES
    return known and not facts.may_say(claim)


def verifications(facts: Facts) -> Iterator[Problem]:
    """E851: a comparison about a claim that no statement makes."""
    for row in facts.rows("verification"):
        claim = triple(row.cells)
        if _complete(facts, claim) and claim not in facts.claims:
            message = f"No statement says {' '.join(claim)!r}."
            yield at(row, "E851", message, "Name a claim of statements.tsv.", "subject")


def conflicts(facts: Facts) -> Iterator[Problem]:
    """E852 and E853: a conflict of claims that do not exist, or do not pull against each other."""
    for row in facts.rows("conflicts"):
        first, second = triple(row.cells, "first_"), triple(row.cells, "second_")
        if not (_complete(facts, first) and _complete(facts, second)):
            continue
        missing = False
        for prefix, claim in (("first_", first), ("second_", second)):
            if not facts.supports(claim):
                missing = True
                message = f"No statement supports {' '.join(claim)!r}."
                cure = "Name a claim of statements.tsv."
                yield at(row, "E852", message, cure, f"{prefix}subject")
        if missing:
            continue
        signs = [vocab.PREDICATES[claim[1]].sign for claim in (first, second)]
        if first[2] != second[2]:
            message = f"The claims have different objects, {first[2]!r} and {second[2]!r}."
        elif {*signs} != {1, -1}:
            told = " and ".join(str(vocab.sign_text(sign) or "none") for sign in signs)
            message = f"The claims are not of opposite signs: {told}."
        else:
            continue
        cure = "A conflict is a + and a − claim on one object; delete the row or mend it."
        yield at(row, "E853", message, cure, "first_object")


CHECKS = (verifications, conflicts)
