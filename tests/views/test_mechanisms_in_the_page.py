# SPDX-License-Identifier: Apache-2.0
"""The page's own search for mechanism paths gives what ``find`` gives, path by path, in node."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import asdict, replace
from functools import cache
from importlib import resources
from pathlib import Path
from random import Random

import pytest

from exograph.arrays import from_kb
from exograph.errors import InputError
from exograph.kb import roles
from exograph.paths import WEIGHTS, PathQuery, find
from exograph.paths.engine import MICRO
from exograph.paths.pairs import by_pair
from exograph.views.payload import embed, records
from exograph.views.scenes import ball
from exograph.views.walks import walks

sys.path.append(str(Path(__file__).parents[1] / "paths"))

from small_worlds import shipped, world
from test_paths_agree_with_brute_force import LOOSE, random_kb, random_query
from test_paths_agree_with_brute_force import _resolvable as resolvable

PAGE = resources.files("exograph.views") / "page"
PARTS = ("mechanisms_ground", "mechanisms_search", "mechanisms_fold", "mechanisms")
HARNESS = Path(__file__).parent / "mechanisms_harness.mjs"
NOT_IN_THE_PAGE = {
    "context", "strict_context", "references", "evidence_kinds", "predicates", "layers", "timeout",
}  # fmt: skip
NOTHING = {"paths": [], "complete": True, "stopped_by": None}


# ------------------------------------------------------------------ asking


def answers(*worlds, parts=PARTS, options=()):
    """For each knowledge base as a page has it, with its questions, what the page answers.

    ``parts`` are the scripts that answer, ``options`` those of the harness.
    """
    node = shutil.which("node")
    if node is None:
        if os.environ.get("CI"):
            pytest.fail("no node, and CI is set: the page's search must be tested")
        pytest.skip("there is no node on this machine, and the page's search runs in it")
    given = {"worlds": [{"data": data, "questions": questions} for data, questions in worlds]}
    with resources.as_file(PAGE) as folder:
        files = [str(folder / f"{name}.js") for name in parts]
        command = [node, str(HARNESS), *options, *files]
        ran = subprocess.run(
            command, input=json.dumps(given), capture_output=True, encoding="utf-8", check=False
        )
    assert ran.returncode == 0, ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


def data_of(kb, claims=None, weights=WEIGHTS):
    """What the page is told, as far as search and telling look at it, as it comes out of it."""
    shown = kb.claims if claims is None else claims
    held = records(kb, shown) | {"walks": walks(kb, shown, weights)}
    names = ("entities", "claims", "references", "sources", "mechanisms", "conflicts", "walks")
    return json.loads(embed({name: held[name] for name in names}))


def asked(query):
    return {k: v for k, v in asdict(query).items() if k not in NOT_IN_THE_PAGE}


def expected(result):
    return {
        "paths": [as_the_page_has_it(path) for path in result.paths],
        "complete": result.complete,
        "stopped_by": result.stopped_by,
    }


def as_the_page_has_it(path):
    return {
        "entities": list(path.entities),
        "claims": [step.claim.id for step in path.steps],
        "signs": [step.sign for step in path.steps],
        "sign": path.sign,
        "telling": path.telling,
        "mechanism": path.mechanism,
        "coherent": path.coherent,
        "references": list(path.references),
        "handovers": [
            {"step": h.step, "entity": h.entity, "from": h.giver, "to": h.taker}
            for h in path.handovers
        ],
        "cost": micro(path.cost),
        "parts": {name: micro(part) for name, part in path.cost_parts.items()},
        "costs": [micro(cost) for cost in path.step_costs],
        "weakest": path.weakest,
        "shortcuts": [
            {
                "entities": list(short.entities),
                "claims": list(short.claims),
                "signs": list(short.signs),
                "cost": micro(short.cost),
            }
            for short in path.shortcuts
        ],
    }


def micro(cost):
    return round(cost * MICRO)


@cache
def whole():
    kb, arrays = shipped()
    return kb, arrays, data_of(kb)


def agree(kb, arrays, data, queries):
    (found,) = answers((data, [asked(query) for query in queries]))
    for query, answer in zip(queries, found, strict=True):
        assert answer == by_find(kb, arrays, query), query
    return found


def by_find(kb, arrays, query):
    """What a question is answered; one that contradicts itself is no error in the page."""
    try:
        return expected(find(kb, arrays, query))
    except InputError as error:
        assert error.code in {"P104", "P112"}
        return NOTHING


# ------------------------------------------------------------------ the shipped knowledge base


@pytest.mark.parametrize(
    ("start", "end"), [("Source", "HealingPhase"), ("Vesicle", "HealingPhase")]
)
def test_all_pairs_of_a_grid_have_the_same_paths(start, end):
    kb, arrays, data = whole()
    held = roles(kb)
    starts, ends = (
        [e.id for e in kb.entities if e.type == name or name in held.get(e.id, ())]
        for name in (start, end)
    )
    pairs = by_pair(kb, arrays, PathQuery((), ()), starts, ends)
    (found,) = answers((data, [{"start": [a], "end": [b]} for a, b in pairs]))
    assert sum(bool(answer["paths"]) for answer in found) > 30
    for (pair, there), answer in zip(pairs.items(), found, strict=True):
        assert there.complete
        assert answer["paths"] == [as_the_page_has_it(p) for p in there.paths[:10]], pair
        assert answer["complete"] == (len(there.paths) <= 10), pair
        assert answer["stopped_by"] == (None if answer["complete"] else "top"), pair


def some_queries(rng, kb, number):
    """Questions at random, with few filters at once. What has many claims is asked more often."""
    effects = [c for c in kb.claims if c.sign is not None]
    acting, acted_on = [c.subject for c in effects], [c.object for c in effects]
    walked = sorted({*acting, *acted_on})
    statement_filters = (
        {"sources": ("review",)},
        {"sources": ("literature",)},
        {"stated_only": True},
        {"no_inferred": True},
        {"any_tissue": True, "with_retracted": True},
        {"avoid": ("predicate:carries",)},
    )
    for n in range(number):
        one, other = rng.choice(acting), rng.choice(acted_on)
        starts = rng.choice((one, one, "type:Source", "type:Vesicle", "type:Cargo"))
        ends = rng.choice((other, other, "type:HealingPhase", "type:BiologicalProcess"))
        query = PathQuery((starts,), (ends,), top=rng.choice((1, 3, 10, 10, 25)))
        filters = (
            {"sign": rng.choice("+-?")},
            {"via": ("type:Cargo",)},
            {"via": ("type:Pathway", "predicate:upregulates")},
            {"via": (rng.choice(walked),)},
            {"avoid": ("type:MicroRNA",)},
            {"avoid": ("angiogenesis", "vegfa")},
            {"told": True},
            {"coherent": True},
            {"max_steps": rng.choice((2, 4, 6, 20))},
            {"fold": False},
        )
        for _ in range(rng.choice((0, 1, 2))):
            query = replace(query, **rng.choice(filters))
        if n < number // 2:  # equal ones side by side, for what they leave is kept
            query = replace(query, **statement_filters[n * 2 * len(statement_filters) // number])
        yield query


def test_questions_by_chance_have_the_same_answers():
    kb, arrays, data = whole()
    queries = list(some_queries(Random(20), kb, 300))
    found = agree(kb, arrays, data, queries)
    assert sum(bool(answer["paths"]) for answer in found) > 100


def test_the_mechanisms_of_the_review_are_told():
    kb, arrays, data = whole()
    told = [m for m in kb.mechanisms if m.source == "review"]
    queries = [PathQuery((m.start,), (m.end,), told=True, sign=m.sign, top=50) for m in told]
    for mechanism, answer in zip(told, agree(kb, arrays, data, queries), strict=True):
        assert mechanism.id in {path["mechanism"] for path in answer["paths"]}


# ------------------------------------------------------------------ small worlds


def test_small_worlds_by_chance_have_the_same_answers():
    given, wanted = [], []
    for seed in range(120):
        rng = Random(seed)
        kb, weights = random_kb(rng), rng.choice((WEIGHTS, LOOSE))
        queries = [replace(random_query(rng, kb), **_plain()) for _ in range(8)]
        queries = [query for query in queries if resolvable(kb, query)]
        given.append((data_of(kb, weights=weights), [asked(query) for query in queries]))
        arrays = from_kb(kb)
        wanted.append([(q, expected(find(kb, arrays, q, weights=weights))) for q in queries])
    kinds = set()
    for seed, (found, there) in enumerate(zip(answers(*given), wanted, strict=True)):
        for answer, (query, due) in zip(found, there, strict=True):
            assert answer == due, (seed, query)
            kinds |= {path["telling"] for path in answer["paths"]}
            kinds |= {"shortcut" for path in answer["paths"] if path["shortcuts"]}
    assert kinds == {"told", "coherent", "stitched", "shortcut"}


def _plain():
    """Without what the page does not ask."""
    blank = asdict(PathQuery((), ()))
    return {name: blank[name] for name in NOT_IN_THE_PAGE}


def test_a_page_of_a_part_finds_what_is_within_it():
    kb, _, _ = whole()
    near = ball(kb, ["bmsc-exo", "angiogenesis"], 1)
    claims = tuple(c for c in kb.claims if {c.subject, c.object} <= near)
    part = replace(kb, claims=claims)
    queries = [
        PathQuery(("bmsc-exo",), ("angiogenesis",)),
        PathQuery(("bmsc-exo",), ("type:BiologicalProcess",), told=True),
    ]
    assert len(claims) < len(kb.claims)
    found = agree(part, from_kb(part), data_of(kb, claims), queries)
    assert all(answer["paths"] for answer in found)


def test_circles_do_not_trap_the_search():
    names = [f"gene{n}" for n in range(1, 8)]
    rows = [f"{a} upregulates {b} p1" for a in names for b in names if a != b]
    kb = world("\n".join(rows))
    everything = PathQuery(("gene1",), ("gene7",), max_steps=6, top=1000, fold=False)
    (answer,) = agree(kb, from_kb(kb), data_of(kb), [everything])
    assert len(answer["paths"]) == 326


# ------------------------------------------------------------------ stops, and what is not there


def test_limit_and_deadline_end_the_list_and_what_is_listed_is_right():
    kb, arrays, data = whole()
    question = {"start": ["type:Source"], "end": ["type:HealingPhase"], "top": 50}
    query = PathQuery(("type:Source",), ("type:HealingPhase",), top=50)
    best = expected(find(kb, arrays, query))["paths"]
    limits = [question | {"limit": limit} for limit in (1, 100, 300, 600)]
    (found,) = answers((data, [*limits, question | {"deadline": 0}]))
    assert [answer["stopped_by"] for answer in found] == [*["limit"] * 4, "deadline"]
    for answer in found:
        assert not answer["complete"]
        assert answer["paths"] == best[: len(answer["paths"])]
    assert len(found[0]["paths"]) == 0 < len(found[3]["paths"]) < 50


def test_what_is_not_there_has_no_path():
    _, _, data = whole()
    questions = [
        {"start": ["nobody"], "end": ["angiogenesis"]},
        {"start": ["constructor"], "end": ["type:Nothing"]},
        {"start": ["bmsc-exo"], "end": ["bmsc-exo"]},
        {"start": ["bmsc-exo"], "end": ["angiogenesis"], "via": ["nobody"]},
        {"start": ["bmsc-exo"], "end": ["angiogenesis"], "avoid": ["angiogenesis"]},
        {"start": [], "end": []},
    ]
    (found,) = answers((data, questions))
    assert found == [NOTHING] * len(questions)


# ------------------------------------------------------------------ the files


def test_the_search_needs_no_page():
    for file in PARTS:
        text = (PAGE / f"{file}.js").read_text(encoding="utf-8")
        assert text.startswith("// SPDX-License-Identifier: Apache-2.0\n")
        assert not re.search(r"\b(document|window|DATA|STYLE|state\.|fetch|import|export)\b", text)
        assert re.search(r"[^\x00-\x7f]", text) is None


def test_what_the_page_is_told_of_walks_is_small():
    kb, _, _ = whole()
    told = walks(kb, kb.claims)
    assert len(embed({name: value for name, value in told.items() if name != "phrases"})) < 10_000
    assert len(embed(told["phrases"])) < 12_000
