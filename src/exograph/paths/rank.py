# SPDX-License-Identifier: Apache-2.0
"""What a path costs, in whole millionths: evidence, length, hubs and handovers, from one table."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace

from exograph import vocab
from exograph.errors import InputError
from exograph.kb.finding import quoted
from exograph.model import Claim, KnowledgeBase, Statement, Verification
from exograph.paths.engine import MICRO


@dataclass(frozen=True, slots=True)
class Weights:
    """The whole table. A user may replace any number of it.

    The first block is the credence of one statement by its basis; the second holds factors on it;
    the third is the cost of each step, of passing an entity that many others touch, and of each
    place where the story changes hands.
    """

    stated: float = 0.80
    derived: float = 0.75
    inferred: float = 0.40
    ceiling: float = 0.95

    hedged: float = 0.60
    indirect: float = 0.80
    unsigned: float = 0.70
    paraphrased: float = 0.85
    only_review: float = 0.60
    refuted: float = 0.50
    verified: float = 1.15
    verified_with_difference: float = 0.90
    contradicted: float = 0.20
    not_found_in_full_text: float = 0.60
    retracted: float = 0.10

    step: float = 0.10
    hub: float = 0.05
    handover: float = 0.30

    def __post_init__(self) -> None:
        """Raises InputError P120 for a number that could make a cost negative or meaningless."""
        for name, value in asdict(self).items():
            most = 1.0 if name not in ("verified", "step", "hub", "handover") else 10.0
            least = 0.0 if name in ("step", "hub", "handover") else 1e-6
            number = isinstance(value, int | float) and not isinstance(value, bool)
            if not (number and least <= value <= most):
                message = f"The weight {name} is {_shown(value)}."
                raise InputError("P120", message, f"Give a number from {least:g} to {most:g}.")
        if self.ceiling >= 1:
            message = "The weight ceiling is 1, but nothing is certain."
            raise InputError("P120", message, "Give a number below 1.")


def _shown(value: object) -> str:
    """A value as it is, or what kind it is if nobody would read it."""
    if isinstance(value, int) and not -(10**9) < value < 10**9:
        return "a number of many digits"
    text = repr(value)
    return text if len(text) <= 40 else f"a {type(value).__name__}"


WEIGHTS = Weights()


def read_weights(text: str) -> Weights:
    """The table with what a TOML text replaces of it: lines such as ``hedged = 0.5``.

    Raises InputError: P120 for a number out of its range or none at all, P121 for a weight that
    does not exist, P122 for a text that is no TOML.
    """
    import tomllib
    from difflib import get_close_matches

    try:
        given = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # not all that tomllib cannot read is told alike
        cure = "Write one weight on each line: hedged = 0.5, say."
        raise InputError("P122", f"This is no table of weights: {error}.", cure) from None
    known = [weight.name for weight in fields(Weights)]
    for name in given:
        if name not in known:
            near = tuple(get_close_matches(name, known, n=3))
            cure = f"Did you mean {' or '.join(near)}?" if near else f"Use {', '.join(known)}."
            raise InputError("P121", f"There is no weight {quoted(name)}.", cure, near)
    return replace(WEIGHTS, **given)


def replaced(weights: Weights) -> dict[str, float]:
    """The weights that differ from the table's, by name."""
    usual = asdict(WEIGHTS)
    return {name: value for name, value in asdict(weights).items() if value != usual[name]}


def verdict_factor(verification: Verification, weights: Weights) -> float:
    """What a comparison with the primary paper does to a statement's credence.

    What an abstract does not mention may stand in the paper, so that lowers nothing.
    """
    if verification.verdict == "not_found":
        return weights.not_found_in_full_text if verification.read == "full" else 1.0
    return {
        "supported": weights.verified,
        "supported_with_difference": weights.verified_with_difference,
        "contradicted": weights.contradicted,
    }.get(verification.verdict, 1.0)


def credence(
    kb: KnowledgeBase, statement: Statement, weights: Weights, *, retracted: bool | None = None
) -> float:
    """How much one supporting statement is believed: above 0, at most ``ceiling``.

    Whether its reference is ``retracted`` is looked up, unless it is told.

    Of several comparisons with the primary paper the worst counts; none but ``supported`` raises,
    and that only where the paper is surely the one that is cited.
    """
    b: float = getattr(weights, statement.basis)
    if statement.certainty == "hedged":
        b *= weights.hedged
    if statement.directness == "indirect":
        b *= weights.indirect
    if vocab.PREDICATES[statement.predicate].sign == 0:
        b *= weights.unsigned
    if statement.source in kb.unquoted:
        b *= weights.paraphrased
    reference = kb.reference.get(statement.reference)
    if reference is not None and reference.kind == "review":
        b *= weights.only_review
    if retracted is None:
        retracted = kb.notices.get(statement.reference) == "retracted"
    if retracted:
        b *= weights.retracted
    found = kb.comparisons(statement)
    if found:
        verdict = min(verdict_factor(v, weights) for v in found)
        b *= min(verdict, 1.0) if reference is not None and reference.is_uncertain else verdict
    return min(b, weights.ceiling)


def evidence_cost(kb: KnowledgeBase, claim: Claim, weights: Weights) -> int:
    """-log of the probability that at least one study is right, in millionths.

    A study counts once, with its best statement; each study that denies the claim multiplies the
    probability by ``refuted``.
    """
    best: dict[str, float] = defaultdict(float)
    against = set()
    for s in claim.statements:
        study = kb.study_of(s.reference)
        if s.supports:
            best[study] = max(best[study], credence(kb, s, weights))
        elif s.denies:
            against.add(study)
    return cost_of(best.values(), len(against), weights)


def cost_of(credences: Iterable[float], against: int, weights: Weights) -> int:
    """The cost of a claim from the best credence of each study that supports it, in any order, and
    the number of studies that deny it."""
    p = -math.expm1(math.fsum(math.log1p(-b) for b in credences))
    return round(-MICRO * (math.log(p) + against * math.log(weights.refuted)))


def hub_cost(neighbours: int, weights: Weights) -> int:
    """Cost of passing an entity with so many neighbours: nothing for two, then their logarithm."""
    return round(MICRO * weights.hub * math.log(max(neighbours, 2) / 2))
