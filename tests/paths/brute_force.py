# SPDX-License-Identifier: Apache-2.0
"""Paths by brute force: all simple paths, then filters, signs, stories, costs, folding, sorting.

Written from the design, with nothing of the search, so that the two can be held together.
"""

import math
from dataclasses import dataclass
from itertools import pairwise, product

from exograph import vocab


@dataclass(frozen=True)
class Found:
    claims: tuple
    entities: tuple
    sign: str
    telling: str
    coherent: bool
    references: tuple
    joins: tuple
    cost: int


def kinds_above(kb, id):
    above = {id}
    while True:
        more = {
            c.object
            for c in kb.claims
            if c.predicate == "is_a" and c.supported and c.subject in above
        }
        if more <= above:
            return above
        above |= more


def within(kb, id):
    """The entity, its kinds, and the parts of these."""
    found = {e.id for e in kb.entities if id in kinds_above(kb, e.id)}
    while True:
        more = {
            c.object
            for c in kb.claims
            if c.predicate == "has_component" and c.supported and c.subject in found
        }
        if more <= found:
            return found
        found |= more


def gone(kb, reference):
    """Whether the paper was retracted, by the notice on any citation of its study."""
    return any(
        r.retraction == "retracted" and study(kb, r.id) == study(kb, reference)
        for r in kb.references
    )


def speaks(kb, query, s):
    return query.with_retracted or not gone(kb, s.reference)


def supports(kb, query, s):
    return s.stance == "supports" and speaks(kb, query, s)


def keeps(kb, query, s):
    kept = (
        (not query.stated_only or s.basis == "stated")
        and (not query.no_inferred or s.basis != "inferred")
        and (not query.references or s.reference in query.references)
        and (not query.sources or s.source in query.sources)
    )
    if not kept or vocab.PREDICATES[s.predicate].sign is None:
        return kept
    asked = {}
    for field, value in query.context:
        asked.setdefault(field, set()).add(value)
    tissue = set(s.context.tissue)
    if "skin" in kb.entity and tissue and not query.any_tissue and "tissue" not in asked:
        kept = bool(tissue & within(kb, "skin"))
    return kept and all(fits(kb, query, s, field, values) for field, values in asked.items())


def fits(kb, query, s, field, values):
    given = set(getattr(s.context, field))
    if not given:
        return not query.strict_context
    if field == "tissue":
        return bool(given & set().union(*(within(kb, one) for one in values)))
    return any(kinds_above(kb, value) & values for value in given)


def study(kb, reference):
    return kb.reference[reference].study or reference


def number(id):
    head, _, tail = id.rpartition("-")
    return (head, int(tail)) if tail.isdigit() else (id, -1)


def order(kb, name):
    review = any(r.kind == "review" and study(kb, r.id) == name for r in kb.references)
    return review, number(name)


def verdict(kb, s, w):
    """The worst that a comparison of this claim of this reference with the primary paper does."""
    return min(
        (
            {
                ("supported", v.read): w.verified,
                ("supported_with_difference", v.read): w.verified_with_difference,
                ("contradicted", v.read): w.contradicted,
                ("not_found", "full"): w.not_found_in_full_text,
            }.get((v.verdict, v.read), 1)
            for v in kb.verifications
            if v.reference == s.reference
            and (v.subject, v.predicate, v.object) == (s.subject, s.predicate, s.object)
        ),
        default=1,
    )


def evidence(kb, query, claim, statements, w):
    told = {s.id for s in kb.sources if s.evidence != "quotes"}
    base = {"stated": w.stated, "derived": w.derived, "inferred": w.inferred}
    held, against = {}, set()
    for s in statements:
        if not speaks(kb, query, s):
            continue
        if s.stance != "supports":
            against.add(study(kb, s.reference))
            continue
        b = base[s.basis]
        b *= w.hedged if s.certainty == "hedged" else 1
        b *= w.unsigned if claim.sign == 0 else 1
        b *= w.paraphrased if s.source in told else 1
        b *= w.only_review if kb.reference[s.reference].kind == "review" else 1
        b *= w.retracted if gone(kb, s.reference) else 1
        b *= verdict(kb, s, w)
        held.setdefault(study(kb, s.reference), []).append(min(b, w.ceiling))
    wrong = math.prod(1 - max(held[name]) for name in sorted(held))
    return round(-1e6 * math.log((1 - wrong) * w.refuted ** len(against)))


def story(kb, query, path, left):
    """Telling, coherent, references (in order), positions and studies where it changes hands."""
    deciding = [n for n, c in enumerate(path) if c.sign is not None] or list(range(len(path)))
    sets = []
    for n in deciding:
        said = [s for s in left[path[n].id] if supports(kb, query, s)]
        sets.append({study(kb, s.reference) for s in said})
    reviews = {study(kb, r.id) for r in kb.references if r.kind == "review"}
    together = set.intersection(*sets) - reviews
    told = any(
        all(
            path[n].id in {s.claim for s in m.steps} and study(kb, m.reference) in said
            for n, said in zip(deciding, sets, strict=True)
        )
        for m in kb.mechanisms
        if query.with_retracted or not gone(kb, m.reference)
    )
    telling = "told" if told else "coherent" if together else "stitched"

    def cited(n, name):
        return min(
            (
                s.reference
                for s in left[path[n].id]
                if supports(kb, query, s) and study(kb, s.reference) == name
            ),
            key=number,
        )

    if together:
        names = sorted(together, key=lambda name: order(kb, name))
        refs = [cited(n, name) for name in names for n in deciding]
        return telling, True, tuple(dict.fromkeys(refs)), (), frozenset(together)
    chosen = min(
        product(*sets),
        key=lambda c: (sum(a != b for a, b in pairwise(c)), [order(kb, name) for name in c]),
    )
    refs = tuple(dict.fromkeys(cited(n, name) for n, name in zip(deciding, chosen, strict=True)))
    joins = tuple(deciding[i] + 1 for i in range(1, len(chosen)) if chosen[i] != chosen[i - 1])
    return telling, False, refs, joins, frozenset(chosen)


def ends(kb, roles, items):
    found = set()
    for item in items:
        kind = item.removeprefix("type:")
        if item == kind:
            found.add(item)
        else:
            found |= {e.id for e in kb.entities if e.type == kind or kind in roles.get(e.id, ())}
    return found


def all_paths(kb, roles, query, w):
    left = {}
    for claim in kb.claims:
        kept = [s for s in claim.statements if keeps(kb, query, s)]
        walk = vocab.PREDICATES[claim.predicate].walk
        supported = any(supports(kb, query, s) for s in kept)
        if supported and walk != "never" and claim.subject != claim.object:
            left[claim.id] = kept
    walked = [c for c in kb.claims if c.id in left]
    turned = {
        c.id: (c.object, c.subject) if c.predicate == "isolated_from" else (c.subject, c.object)
        for c in walked
    }
    around = {}
    for tail, head in turned.values():
        around.setdefault(tail, set()).add(head)
        around.setdefault(head, set()).add(tail)
    hub = {n: round(1e6 * w.hub * math.log(max(len(v), 2) / 2)) for n, v in around.items()}
    cost = {c.id: evidence(kb, query, c, left[c.id], w) for c in walked}
    shunned = ends(kb, roles, [i for i in query.avoid if not i.startswith("predicate:")])
    barred = {i.removeprefix("predicate:") for i in query.avoid if i.startswith("predicate:")}
    start, end = (ends(kb, roles, items) - shunned for items in (query.start, query.end))
    most = len(query.layers) - 1 if query.layers else query.max_steps
    found = []

    def fits(nodes, n):
        layer = query.layers[n] if query.layers else "*"
        return layer == "*" or nodes[n] in ends(kb, roles, [f"type:{layer}"])

    def extend(nodes, path):
        if not fits(nodes, len(path)):
            return
        if path and nodes[-1] in end and (not query.layers or len(path) == most):
            keep(nodes, path)
        if len(path) < most:
            for c in walked:
                tail, head = turned[c.id]
                free = head not in nodes and head not in shunned and c.predicate not in barred
                if tail == nodes[-1] and free:
                    extend((*nodes, head), (*path, c))

    def passes(item, nodes, path):
        if item.startswith("predicate:"):
            return item.removeprefix("predicate:") in {c.predicate for c in path}
        return bool(ends(kb, roles, [item]) & set(nodes))

    def keep(nodes, path):
        signs = [c.sign for c in path if c.sign is not None]
        sign = "?" if 0 in signs else "-" if signs.count(-1) % 2 else "+"
        telling, coherent, refs, joins, studies = story(kb, query, path, left)
        if (
            all(passes(item, nodes, path) for item in query.via)
            and query.sign in ("any", sign)
            and not (query.told and telling != "told")
            and not (query.coherent and not coherent)
        ):
            total = sum(cost[c.id] + round(1e6 * w.step) for c in path)
            total += sum(hub[n] for n in nodes[1:-1])
            total += round(1e6 * w.handover) * len(joins) * bool(signs)
            ids = tuple(c.id for c in path)
            found.append((Found(ids, nodes, sign, telling, coherent, refs, joins, total), studies))

    for node in sorted(start):
        extend((node,), ())
    return found


def is_shortcut(one, other):
    """True if the first is an abridgement of the second, or a vaguer telling of it.

    Each is a pair of Found and studies.
    """
    (a, a_studies), (b, b_studies) = one, other
    rest = iter(b.entities)
    shorter = len(a.entities) < len(b.entities) and a.sign == b.sign
    return (
        (shorter or (a.sign == "?" and b.sign != "?"))
        and (a.entities[0], a.entities[-1]) == (b.entities[0], b.entities[-1])
        and all(node in rest for node in a.entities)
        and a_studies == b_studies
        and (b.telling == "told" or a.telling != "told")
    )


def best_paths(kb, roles, query, weights):
    """All listed paths in order, each with the claim sequences of its shortcuts in order."""
    found = all_paths(kb, roles, query, weights)
    found.sort(key=lambda f: (f[0].cost, len(f[0].claims), f[0].claims))
    if not query.fold:
        return [(f[0], ()) for f in found]
    return [
        (f[0], tuple(g[0].claims for g in found if is_shortcut(g, f)))
        for f in found
        if not any(is_shortcut(f, g) for g in found)
    ]
