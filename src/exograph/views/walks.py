# SPDX-License-Identifier: Apache-2.0
"""What the page needs, beside its records, to find mechanism paths itself as ``find`` does.

All that takes judgement is settled here, by the same functions: how far each statement is believed,
what passing an entity costs, which name stands before which. The page filters, adds up and searches
(``page/mechanisms.js``). Costs are whole millionths. It tells a path in the sentences of
``path_json``, too (``page/telling.js``), whose words it has from here.

The lists stand in the order of ids, not in that of the records: scripts may turn keys that are
digits only into numbers, and put those first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from exograph import vocab
from exograph.kb import roles
from exograph.model import Claim, KnowledgeBase
from exograph.paths.cautions import CODES
from exograph.paths.cautions_of_papers import COMPARED
from exograph.paths.citing import section
from exograph.paths.engine import MICRO
from exograph.paths.phrases import (
    AMOUNTS,
    ASPECTS,
    BASES,
    FIELDS,
    MANNERS,
    NAMED,
    NOTICES,
    READS,
    VERBS,
)
from exograph.paths.rank import WEIGHTS, Weights, credence, hub_cost
from exograph.paths.story import natural, tellers
from exograph.paths.wording import LANGS, SENTENCES

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
    - ``beyond``: what is a kind, a part or a variant of what by claims that the page does not show
    - ``phrases``: what paths are told with, see ``phrases``
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
        "beyond": _beyond(kb, {c.id for c in shown}),
        "phrases": phrases(shown),
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


def _beyond(kb: KnowledgeBase, shown: set[str]) -> list[list[str]]:
    return [
        [c.subject, c.predicate, c.object]
        for c in kb.claims
        if c.predicate in ("is_a", "has_component", "variant_of")
        and c.supported
        and c.id not in shown
    ]


def phrases(claims: Iterable[Claim]) -> Json:
    """The tables of words that paths of these claims are told with; ``sections`` by their names."""
    sections = sorted({s.section for claim in claims for s in claim.statements})
    return {
        "sentences": _by_language(SENTENCES),
        "verbs": VERBS,
        "manners": MANNERS,
        "aspects": _by_language(ASPECTS),
        "fields": _by_language(FIELDS),
        "notices": _by_language(NOTICES),
        "reads": _by_language(READS),
        "bases": {basis: _by_language(BASES).get(basis) for basis in vocab.BASES},
        "sections": {name: {lang: section(name, lang) for lang in LANGS} for name in sections},
        "named": sorted(NAMED),
        "amounts": sorted(AMOUNTS),
        "compared": COMPARED,
        "codes": CODES,
    }


def _by_language(table: Mapping[str, tuple[str, str]]) -> dict[str, dict[str, str]]:
    return {name: dict(zip(LANGS, words, strict=True)) for name, words in table.items()}
