# SPDX-License-Identifier: Apache-2.0
"""The page of an entity: its names, identifiers and values, and claims in both directions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from urllib.parse import quote

from exograph import vocab
from exograph.kb import roles
from exograph.model import Claim, Entity, KnowledgeBase
from exograph.views import thing_cards as cards
from exograph.views.documents import claims_of_entity
from exograph.views.thing_parts import Values, fact, item, page, said, section, sections
from exograph.views.thing_telling import Teller, kept


def entity(tell: Teller, e: Entity) -> Values:
    """An entity: names, identifiers, values, and claims in both directions."""
    kb, zh = tell.kb, tell.lang == "zh"
    title, other = tell.titles(e.label_en, e.label_zh)
    played = sorted(kept(kb, "roles", lambda: roles(kb)).get(e.id, ()))
    told = [e.description, e.description_zh]
    claims = claims_of_entity(kb, e.id)
    out = [c for c in claims if c.subject == e.id]
    into = [c for c in claims if c.subject != e.id]
    return page(
        title,
        tell.all_of("entity"),
        other=other,
        tags=[tell.term(e.type), *(item(vocab.label(role, tell.lang)) for role in played)],
        lead=next(filter(None, reversed(told) if zh else told), None),
        facts=_facts_of(tell, e),
        parts=sections(
            section(
                "values",
                tell.word("attributes"),
                cards=(cards.attribute(tell, a) for a in kb.attributes if a.entity == e.id),
            ),
            section("out", tell.word("does"), groups=_groups(tell, e.id, out, outward=True)),
            section("in", tell.word("done"), groups=_groups(tell, e.id, into, outward=False)),
            section(
                "mechanisms",
                tell.word("part_of_stories"),
                links=(
                    cards.mechanism(tell, m)
                    for m in kb.mechanisms
                    if e.id in {x for s in m.steps for x in (s.subject, s.object)}
                ),
            ),
            section(
                "remarks",
                tell.word("remarks"),
                cards=(cards.remark(tell, r) for r in kb.remarks if r.entity == e.id),
            ),
            section(
                "context",
                tell.word("as_context"),
                tell.word("as_context_help"),
                links=(_claim(tell, c) for c in kept(kb, "context", lambda: _named(kb))[e.id]),
            ),
        ),
        empty="" if claims else tell.word("no_claims"),
        more=_more(tell, e, claims),
    )


def _facts_of(tell: Teller, e: Entity) -> Iterator[Values]:
    if e.synonyms:
        yield fact(tell.word("synonyms"), *map(said, e.synonyms))
    if e.exact_match:
        yield fact(tell.word("exact_ids"), *map(tell.curie, e.exact_match))
    if e.close_match:
        yield fact(tell.word("close_ids"), *map(tell.curie, e.close_match))
    if e.species:
        yield fact(tell.word("species"), tell.entity(e.species))
    if e.desired:
        wanted = item(tell.word(f"desired.{e.desired.direction}"))
        yield fact(tell.word("desired"), wanted, tell.reference(e.desired.reference))


def _groups(tell: Teller, id: str, claims: list[Claim], *, outward: bool) -> Iterator[Values]:
    """Claims by predicate under half a sentence, each with the entity at its other end."""
    this, rest = item(tell.label(id), look="muted"), item("…", look="muted")
    for predicate, same in groupby(cards.in_order(claims), key=lambda c: c.predicate):
        group = list(same)
        verb = {**tell.term(predicate), "look": "verb"}
        yield {
            "id": f"{'out' if outward else 'in'}-{predicate}",
            "line": [this, verb, rest] if outward else [rest, verb, this],
            "name": vocab.label(predicate, tell.lang),
            "sign": tell.sign(group[0]),
            "claims": [
                cards.claim(tell, c, [tell.entity(c.object if outward else c.subject)])
                for c in group
            ],
        }


def _named(kb: KnowledgeBase) -> Mapping[str, list[Claim]]:
    """Claims by the entities in the context of their statements, or their methods."""
    found: dict[str, dict[str, Claim]] = defaultdict(dict)
    for claim in kb.claims:
        for s in claim.statements:
            for ids in (s.method, *(getattr(s.context, f) for f in vocab.CONTEXT_FIELDS)):
                for id in ids:
                    found[id][claim.id] = claim
    return defaultdict(list, {id: list(claims.values()) for id, claims in found.items()})


def _claim(tell: Teller, c: Claim) -> Values:
    return {"item": tell.claim_link(c.id), "note": []}


def _more(tell: Teller, e: Entity, claims: Sequence[Claim]) -> list[Values]:
    """Documents about an entity: its neighbours, and paths from it or to it if any are walked."""
    found = [item(tell.word("neighbours_json"), f"/api/v1/neighbours/{quote(e.id)}")]
    if any(vocab.PREDICATES[c.predicate].walk != "never" for c in claims):
        if e.type == "HealingPhase":
            ends, key = f"start=type:Source&end={quote(e.id)}", "paths_to_json"
        else:
            ends, key = f"start={quote(e.id)}&end=type:HealingPhase", "paths_json"
        found.append(item(tell.word(key), f"/api/v1/paths?{ends}"))
    return found
