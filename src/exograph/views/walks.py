# SPDX-License-Identifier: Apache-2.0
"""What the page needs, beside its records, to find mechanism paths itself as ``find`` does.

All that takes judgement is settled here, by the same functions: how far each statement is believed,
what passing an entity costs, which name stands before which. The page filters, adds up and searches
(``page/mechanisms.js``). Costs are whole millionths.

The lists stand in the order of ids, not in that of the records: scripts may turn keys that are
digits only into numbers, and put those first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from exograph import vocab
from exograph.kb import roles
from exograph.model import Claim, KnowledgeBase
from exograph.paths.engine import MICRO
from exograph.paths.rank import WEIGHTS, Weights, credence, hub_cost
from exograph.paths.story import natural, tellers

Json = dict[str, Any]


def walks(kb: KnowledgeBase, claims: Iterable[Claim], weights: Weights = WEIGHTS) -> Json:
    """The value for the page that shows ``claims`` of ``kb``, beside its ``payload.records``.

    - ``predicates``: those that paths walk, which way, and their sign (null: structural)
    - ``beliefs``, ``belief``: numbers, and the place among them of each supporting statement of the
      claims that are walked, by claim id
    - ``natural``, ``study``: of each reference, by id, its place, and that of its study, where
      nothing else decides; from ``reviews`` on studies are reviews
    - ``hubs``: cost of passing an entity by its number of neighbours; ``step``, ``handover``:
      costs; ``refuted``: a factor
    - ``roles``: of entities that play others if retracted papers count
    - ``lengths``: steps of the mechanisms of which the page shows some only
    """
    shown = sorted(claims, key=lambda claim: claim.id)
    walked = [c for c in shown if vocab.PREDICATES[c.predicate].walk != "never"]
    held = [credence(kb, s, weights) for c in walked for s in c.statements if _for(s.stance)]
    beliefs = {b: n for n, b in enumerate(sorted(set(held), reverse=True))}
    return {
        "predicates": {
            p.name: [p.walk, p.sign] for p in vocab.PREDICATES.values() if p.walk != "never"
        },
        "beliefs": list(beliefs),
        "belief": [beliefs[b] for b in held],
        **_places(kb),
        "hubs": [hub_cost(n, weights) for n in range(_most_neighbours(walked) + 1)],
        "step": round(weights.step * MICRO),
        "handover": round(weights.handover * MICRO),
        "refuted": weights.refuted,
        "roles": _roles(kb),
        "lengths": _lengths(kb, {c.id for c in shown}),
    }


def _for(stance: str) -> bool:
    return stance == "supports"


def _places(kb: KnowledgeBase) -> Json:
    """Where each reference stands among all, and its study among all studies, reviews last."""
    who, references = tellers(kb), sorted(r.id for r in kb.references)
    in_order = sorted(references, key=lambda id: (natural(id), id))
    natural_place = {id: n for n, id in enumerate(in_order)}
    studies = {kb.study_of(id) for id in references}
    ranked = sorted(studies, key=lambda study: (who.rank(study), study))
    place = {study: n for n, study in enumerate(ranked)}
    return {
        "natural": [natural_place[id] for id in references],
        "study": [place[kb.study_of(id)] for id in references],
        "reviews": sum(study not in who.reviews for study in ranked),
    }


def _most_neighbours(claims: Iterable[Claim]) -> int:
    """The most that an entity can have, whatever the filters leave."""
    around: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        around[claim.subject].add(claim.object)
        around[claim.object].add(claim.subject)
    return max(map(len, around.values()), default=0)


def _roles(kb: KnowledgeBase) -> dict[str, list[str]]:
    usual = roles(kb)
    every = roles(kb, with_retracted=True)
    return {id: sorted(names) for id, names in every.items() if names != usual.get(id)}


def _lengths(kb: KnowledgeBase, shown: set[str]) -> dict[str, int]:
    return {m.id: len(m.steps) for m in kb.mechanisms if {s.claim for s in m.steps} - shown}
