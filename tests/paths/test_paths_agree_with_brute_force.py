# SPDX-License-Identifier: Apache-2.0
"""The search finds what brute force finds, in the same order, on small random knowledge bases."""

from dataclasses import replace
from random import Random

import pytest
from brute_force import best_paths
from hypothesis import given, note, settings
from hypothesis import strategies as st
from review_rows import where

from exograph import vocab
from exograph.arrays import from_kb
from exograph.kb import group_claims, roles
from exograph.model import (
    Entity,
    KnowledgeBase,
    Mechanism,
    MechanismStep,
    Reference,
    Source,
    Statement,
    Verification,
)
from exograph.paths import WEIGHTS, PathQuery, Weights, find
from exograph.paths.engine import few

NODES = tuple("abcdefg")
ORGANISMS = tuple("wxyz")
TISSUES = ("bone", "bone-matrix", "dermis", "matrix", "skin", "wound")
TISSUE_ROWS = (
    ("dermis", "is_a", "skin"),
    ("dermis", "has_component", "matrix"),
    ("skin", "has_component", "wound"),
    ("bone", "has_component", "bone-matrix"),
    ("bone-matrix", "is_a", "matrix"),
)
SOURCES = tuple(
    Source(id, id, id, "CC0", "2025-01-01", evidence, ("1",))
    for id, evidence in (("p", "paraphrases"), ("s", "quotes"))
)
KINDS = ("MicroRNA", "GeneProduct", "Vesicle", "BiologicalProcess")
PREDICATES = ("promotes", "suppresses", "regulates", "carries", "isolated_from", "is_a")
LOOSE = Weights(
    step=0.0, hub=0.0, handover=0.0, stated=0.5, derived=0.5, inferred=0.5, only_review=1.0
)
"""All steps cost the same and length nothing: ties are everywhere."""
REFERENCES = (
    Reference("paper", "article", "s", study="one"),
    Reference("review", "review", "s"),
    Reference("review-2", "cited", "s", number=2, study="one"),
    Reference("review-10", "cited", "s", number=10),
    Reference("review-9", "cited", "s", number=9),
)
DIAMONDS = [
    edge
    for left, up, down, right in (("a", "b", "c", "d"), ("d", "e", "f", "g"))
    for edge in ((left, up), (left, down), (up, right), (down, right))
]


def shape(rng):
    """Edges: at random, or a chain of two diamonds with some more, and a mutual inhibition."""
    effects = ("promotes", "promotes", "suppresses", "suppresses", "regulates")
    edges = set()
    if rng.random() < 0.5:
        edges |= {(a, rng.choice(effects), b) for a, b in DIAMONDS}
    for _ in range(rng.randint(6, 20)):
        predicate = rng.choice(effects) if rng.random() < 0.75 else rng.choice(PREDICATES)
        edges.add((rng.choice(NODES), predicate, rng.choice(NODES)))
    if rng.random() < 0.5:
        a, b = rng.sample(NODES, 2)
        edges |= {(a, "suppresses", b), (b, "suppresses", a)}
    return sorted(edges)


def random_kb(rng):
    cited = [r.id for r in rng.sample(REFERENCES, rng.choice((1, 2, 2, 3, 5)))]
    held = []
    for triple in rng.sample(TISSUE_ROWS, rng.randint(2, len(TISSUE_ROWS))):
        held.append(Statement(*triple, reference="review-9", section="1", source="s"))
    for triple in shape(rng):
        for _ in range(rng.choice((1, 1, 1, 2, 3))):
            context = {}
            if rng.random() < 0.4:
                context["organism"] = rng.choice(ORGANISMS)
            if rng.random() < 0.3:
                context["tissue"] = rng.sample(TISSUES, rng.choice((1, 1, 2)))
            held.append(
                Statement(
                    *triple,
                    reference=rng.choice(cited),
                    section="1",
                    source=rng.choice("sssp"),
                    basis=rng.choice(("stated", *vocab.BASES)),
                    stance=rng.choice(("supports",) * 7 + vocab.STANCES),
                    certainty=rng.choice(vocab.CERTAINTIES),
                    context=where(**context),
                )
            )
    claims = group_claims(dict.fromkeys(held))
    told = [rng.sample(claims, len(claims) * rng.randint(0, 3) // 4) for _ in range(2)]
    mechanisms = tuple(
        Mechanism(f"m{n}", "", "", rng.choice(cited), "a", "b", "+", "s", steps=_steps(steps))
        for n, steps in enumerate(told)
    )
    entities = [Entity(n, rng.choice(KINDS), n, n) for n in NODES]
    entities += [Entity(n, "Organism", n, n) for n in ORGANISMS]
    known = TISSUES if rng.random() < 0.8 else ()  # without skin, no tissue is another one
    entities += [Entity(n, "Tissue", n, n) for n in known]
    if not known:
        claims = tuple(c for c in claims if not {c.subject, c.object} & {*TISSUES})
    references = sorted(REFERENCES, key=lambda r: r.id)
    notices = (None,) * 6 + vocab.RETRACTIONS
    return KnowledgeBase(
        SOURCES,
        tuple(sorted(entities, key=lambda e: e.id)),
        tuple(replace(r, retraction=rng.choice(notices)) for r in references),
        claims,
        (),
        mechanisms,
        tuple(_compared(rng, claim, rng.choice(cited)) for claim in claims if rng.random() < 0.2),
    )


def _compared(rng, claim, reference):
    triple = (claim.subject, claim.predicate, claim.object)
    verdict, read = rng.choice(vocab.VERDICTS), rng.choice(vocab.READS)
    return Verification(reference, "1", *triple, "said", "found", verdict, read, "line 1", "s")


def _steps(claims):
    return tuple(MechanismStep(1, c.subject, c.predicate, c.object) for c in claims)


def random_query(rng, kb):
    """Ends that differ, kinds and roles that are held, and few filters at once."""
    kinds = sorted({e.type for e in kb.entities if e.id in NODES})
    kinds += sorted({role for names in roles(kb).values() for role in names})
    start, end = (
        rng.sample(NODES, 2) if rng.random() < 0.3 else (rng.choice("abc"), rng.choice("efg"))
    )
    avoid, via, *extra = rng.sample([n for n in NODES if n not in (start, end)], 4)
    one, other = rng.sample(ORGANISMS, 2)
    query = PathQuery(
        start=(start,) if rng.random() < 0.7 else (f"type:{rng.choice(kinds)}",),
        end=(end,) if rng.random() < 0.7 else (f"type:{rng.choice(kinds)}",),
        max_steps=rng.randint(2, 6),
        top=rng.choice((1, 2, 3, 5, 10, 1000)),
        fold=rng.random() < 0.6,
    )
    filters = (
        {"sign": "+"},
        {"sign": "-"},
        {"sign": "?"},
        {"via": (via,)},
        {"via": (via, extra[0], start)},
        {"avoid": (avoid,)},
        {"via": (f"type:{rng.choice(kinds)}", "predicate:regulates")},
        {"via": (f"predicate:{rng.choice(PREDICATES[:5])}",)},
        {"avoid": (f"type:{rng.choice(kinds)}", f"predicate:{rng.choice(PREDICATES[:5])}")},
        {"stated_only": True},
        {"no_inferred": True},
        {"told": True},
        {"coherent": True},
        {"context": (("organism", one), ("organism", other))},
        {"context": (("organism", one),), "strict_context": True},
        {"references": ("review-2", "review")},
        {"sources": (rng.choice("sp"),)},
        {"any_tissue": True},
        {"with_retracted": True},
        {"with_retracted": True},
    )
    for _ in range(rng.choice((0, 0, 1, 1, 2))):
        query = replace(query, **rng.choice(filters))
    if "skin" in kb.entity and rng.random() < 0.1:
        query = replace(query, context=(("tissue", rng.choice(TISSUES)),))
    if rng.random() < 0.15:
        layers = tuple(rng.choice([*kinds, *"******"]) for _ in range(rng.randint(3, 5)))
        query = replace(query, layers=layers, start=("type:" + rng.choice(kinds),))
    return replace(query, max_steps=max(query.max_steps, len(query.layers) - 1))


@settings(max_examples=800, deadline=None)
@given(st.integers(0, 2**32))
def test_the_search_agrees_with_brute_force(seed):
    rng = Random(seed)
    kb = random_kb(rng)
    with pytest.MonkeyPatch.context() as patch:
        for most in (few._SMALL, -1):  # small graphs are searched in another way
            patch.setattr(few, "_SMALL", most)
            query = random_query(rng, kb)
            if _resolvable(kb, query):
                note(str(query))
                agree(kb, query, rng.choice((WEIGHTS, LOOSE)))


def agree(kb, query, weights):
    played = roles(kb, with_retracted=query.with_retracted)
    expected = best_paths(kb, played, query, weights)
    result = find(kb, from_kb(kb), query, weights=weights)
    listed = expected[: query.top]
    assert [tuple(s.claim.id for s in p.steps) for p in result.paths] == [
        f.claims for f, _ in listed
    ]
    for path, (found, shortcuts) in zip(result.paths, listed, strict=True):
        assert path.entities == found.entities
        assert (path.sign, path.telling, path.coherent) == (
            found.sign,
            found.telling,
            found.coherent,
        )
        assert path.references == found.references
        assert tuple(h.step for h in path.handovers) == found.joins
        assert path.cost == found.cost / 1e6
        assert abs(sum(path.cost_parts.values()) - path.cost) < 1e-9
        assert tuple(s.claims for s in path.shortcuts) == shortcuts
    assert result.complete == (len(expected) <= query.top)
    assert result.stopped_by == (None if result.complete else "top")


def _resolvable(kb, query):
    """False if avoiding empties an end, or both ends are one and the same entity."""

    def held(items):
        kinds = [i.removeprefix("type:") for i in items if i.startswith("type:")]
        role = roles(kb, with_retracted=query.with_retracted)
        return {i for i in items if i in NODES} | {
            e.id for e in kb.entities if e.type in kinds or set(kinds) & role.get(e.id, set())
        }

    start, end = held(query.start), held(query.end)
    avoid = held([item for item in query.avoid if not item.startswith("predicate:")])
    passed = [item for item in query.via if item in query.avoid or held([item]) & avoid]
    if passed or any(held([item]) <= avoid for item in query.via if item[:10] != "predicate:"):
        return False
    if start == end and len(start) == 1:
        return False
    return bool(start - avoid) and bool(end - avoid)
