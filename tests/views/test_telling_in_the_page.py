# SPDX-License-Identifier: Apache-2.0
"""The page tells a path in the sentences and with the cautions that ``path_json`` has, in node."""

import re
from collections import Counter
from dataclasses import asdict, replace
from random import Random

from sample import HOSTILE, hostile
from test_mechanisms_in_the_page import (
    PAGE,
    PARTS,
    _plain,
    answers,
    asked,
    data_of,
    random_kb,
    random_query,
    resolvable,
    some_queries,
    whole,
)

from exograph import vocab
from exograph.arrays import from_kb
from exograph.errors import InputError
from exograph.kb import group_claims
from exograph.model import Conflict, Desired, Statement
from exograph.paths import PathQuery, find
from exograph.paths.cautions import CODES
from exograph.paths.explain import sentences
from exograph.paths.wording import SENTENCES
from exograph.views.html import ALONE
from exograph.views.scenes import ball

TELLING = tuple(name for name in ALONE if name.startswith("telling"))
NEVER = {"context_not_stated"}
"""The page asks for no context."""

NODES = tuple("abcdefg")
CELLS = ("cell-1", "cell-2", "cell-3")
KINDS = ("Pathway", "HealingPhase", "CellType", "Quantity", "GeneProduct", "BiologicalProcess")
LABELS_EN = ("keratinocyte", "PBMC", "miR-126", "α-SMA", "TGF-β1", "HaCaT (a line)", "p38", HOSTILE)
LABELS_ZH = ("成纤维细胞", "miR-126", "TGF-β1通路", "[x]酶", "3型胶原", "a{claim}$&", HOSTILE)
SECTIONS = ("1", "3.2", "table1", "table 2", "abstract", "intro", "somewhere", HOSTILE)
ADDED = (
    "no_effect_on",
    "variant_of",
    "part_of_phase",
    "carries",
    "sponges",
    "activates",
    "inhibits",
    "downregulates",
    "secretes",
)
LONG = "Exosomes, given early, lowered it in cells; whether others do so was not examined there. "


# ------------------------------------------------------------------ what is said, by chance


def spoken_kb(rng):
    """A small knowledge base in which all is at hand that sentences and cautions are made of."""
    kb = random_kb(rng)
    rows = [spoken(rng, s) for s in kb.statements]
    for _ in range(rng.randint(2, 8)):
        triple = rng.choice(NODES), rng.choice(ADDED), rng.choice(NODES)
        rows.append(spoken(rng, Statement(*triple, rows[0].reference, "1", "s")))
    rows += [
        Statement(*pair, "review-9", "1", "s")
        for pair in (("cell-1", "is_a", "cell-2"), ("x", "is_a", "y"))
        if rng.random() < 0.5
    ]
    claims = group_claims(dict.fromkeys(rows))
    pairs = [rng.sample(claims, 2) for _ in range(4)]
    pairs += [(a, b) for a in claims for b in claims if opposite(a, b) and rng.random() < 0.3]
    return replace(
        kb,
        entities=tuple(named(rng, entity) for entity in entities_of(kb)),
        references=tuple(signed(rng, reference) for reference in kb.references),
        claims=claims,
        mechanisms=tuple(
            replace(m, title_en=rng.choice(LABELS_EN), title_zh=rng.choice(LABELS_ZH))
            for m in kb.mechanisms
        ),
        verifications=tuple(
            replace(v, primary_says=rng.choice(("It rose.", "表达升高。" * 50, LONG * 3)))
            for v in kb.verifications
        ),
        conflicts=tuple(
            Conflict(
                *(one.subject, one.predicate, one.object),
                *(other.subject, other.predicate, other.object),
                "s",
                tuple(rng.sample(vocab.CONTEXT_FIELDS, rng.choice((0, 1, 2, 3)))),
            )
            for one, other in pairs
        ),
    )


def opposite(one, other):
    return (one.subject, one.object, -(one.sign or 2)) == (other.subject, other.object, other.sign)


def spoken(rng, statement):
    context = statement.context
    if rng.random() < 0.4:
        context = replace(context, cell=tuple(sorted(rng.sample(CELLS, rng.choice((1, 1, 2))))))
    if rng.random() < 0.2:
        context = replace(context, model=("a",), condition=("b", "c"))
    return replace(
        statement,
        section=rng.choice(SECTIONS),
        aspect=rng.choice((None, *vocab.ASPECTS)) if rng.random() < 0.6 else None,
        effect=rng.choice(vocab.EFFECTS) if rng.random() < 0.4 else "plain",
        context=context,
    )


def entities_of(kb):
    cell = replace(kb.entities[0], type="CellType")
    return sorted([*kb.entities, *(replace(cell, id=id) for id in CELLS)], key=lambda e: e.id)


def named(rng, entity):
    kinds = KINDS if entity.id in NODES and rng.random() < 0.6 else (entity.type,)
    wanted = Desired(rng.choice(("up", "down")), rng.choice(("review-9", "paper", "review")))
    return replace(
        entity,
        type=rng.choice(kinds),
        label_en=rng.choice((entity.id, *LABELS_EN)),
        label_zh=rng.choice((entity.id, *LABELS_ZH)),
        desired=wanted if rng.random() < 0.5 else None,
    )


def signed(rng, reference):
    author, year = rng.choice((None, "Wang L", HOSTILE)), rng.choice((None, 2020))
    return replace(reference, first_author=author, year=year)


# ------------------------------------------------------------------ asking


def told_by_the_page(*worlds):
    return answers(*worlds, parts=(*PARTS, *TELLING), options=["--tell"])


def told_by_find(kb, arrays, query):
    """Claims and words of each path."""
    try:
        found = find(kb, arrays, query)
    except InputError as error:
        assert error.code in {"P104", "P112"}
        return []
    return [([step.claim.id for step in path.steps], words_of(path, kb)) for path in found.paths]


def words_of(path, kb):
    """As ``path_json`` has them."""
    return {
        "text_en": sentences(path, kb, "en"),
        "text_zh": sentences(path, kb, "zh"),
        "warnings": [asdict(warning) for warning in path.warnings],
    }


def agree(kb, arrays, queries, found):
    """How often each caution is told, after all was compared."""
    codes = Counter()
    for query, answer in zip(queries, found, strict=True):
        due = told_by_find(kb, arrays, query)
        for path, (claims, words) in zip(answer["paths"], due, strict=True):
            assert path["claims"] == claims, query
            assert path["words"] == words, query
            codes.update(warning["code"] for warning in words["warnings"])
    return codes


# ------------------------------------------------------------------ the shipped knowledge base


def test_paths_of_the_shipped_knowledge_base_are_told_in_the_same_words():
    kb, arrays, data = whole()
    queries = list(some_queries(Random(7), kb, 450))
    (found,) = told_by_the_page((data, [asked(query) for query in queries]))
    codes = agree(kb, arrays, queries, found)
    assert sum(len(answer["paths"]) for answer in found) > 1500
    assert len(codes) > 14


def test_a_page_of_a_part_knows_the_kinds_and_variants_beyond_it():
    kb, _, _ = whole()
    near = ball(kb, ["adsc-exo", "bmsc-exo", "angiogenesis"], 1)
    shown = tuple(c for c in kb.claims if {c.subject, c.object} <= near)
    beyond = ("is_a", "has_component", "variant_of")
    claims = tuple(c for c in kb.claims if c in shown or c.predicate in beyond)
    part = replace(
        kb,
        claims=claims,
        conflicts=tuple(c for c in kb.conflicts if set(c.claims) <= {c.id for c in shown}),
    )
    queries = [
        PathQuery((start,), ("type:BiologicalProcess",), top=50, any_tissue=True)
        for start in ("adsc-exo", "bmsc-exo", "type:Vesicle")
    ]
    (found,) = told_by_the_page((data_of(kb, shown), [asked(query) for query in queries]))
    assert len(shown) < len(claims) < len(kb.claims)
    assert agree(part, from_kb(part), queries, found)["variant"]


# ------------------------------------------------------------------ small worlds


def test_small_worlds_by_chance_are_told_in_the_same_words():
    given, wanted = [], []
    for seed in range(80):
        rng = Random(seed)
        kb = spoken_kb(rng)
        queries = [replace(random_query(rng, kb), **_plain()) for _ in range(8)]
        queries = [
            replace(q, top=min(q.top, 10), any_tissue=rng.random() < 0.5)
            for q in queries
            if resolvable(kb, q)
        ]
        given.append((data_of(kb), [asked(query) for query in queries]))
        wanted.append((kb, queries))
    codes, texts = Counter(), []
    for (kb, queries), found in zip(wanted, told_by_the_page(*given), strict=True):
        codes += agree(kb, from_kb(kb), queries, found)
        texts += [path["words"]["text_en"] for answer in found for path in answer["paths"]]
    assert set(codes) == set(CODES) - NEVER
    assert min(codes.values()) > 5
    assert {name for name in SENTENCES if not occurs(name, "\n".join(texts))} == {
        "context_not_stated",
        "context_not_stated_of_several",
    }


def occurs(name, text):
    """Whether a sentence of the table stands in an English text, its gaps filled anyhow."""
    parts = re.split(r"\{\w+\}", SENTENCES[name][0])
    return re.search(".*".join(map(re.escape, parts)), text, re.IGNORECASE)


def test_hostile_labels_are_told_as_plain_text():
    kb = hostile()
    query = PathQuery(("bmsc",), ("angiogenesis",), fold=False)
    (found,) = told_by_the_page((data_of(kb), [asked(query)]))
    assert agree(kb, from_kb(kb), [query], found)["hedged_step"]
    assert HOSTILE in found[0]["paths"][0]["words"]["text_en"]


# ------------------------------------------------------------------ the files


def test_telling_needs_no_page():
    for file in TELLING:
        text = (PAGE / f"{file}.js").read_text(encoding="utf-8")
        assert text.startswith("// SPDX-License-Identifier: Apache-2.0\n")
        assert not re.search(r"\b(document|window|DATA|STYLE|state\.|fetch|import|export)\b", text)
