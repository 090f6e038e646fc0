# SPDX-License-Identifier: Apache-2.0
"""A knowledge graph in the shape of ours, by seed, and questions whose answers it knows.

Entities have a type, two labels and a synonym; a claim has its parts, a statement that was read
somewhere, and the direct triple between two entities. Tails are drawn evenly and heads by a
popularity that is Pareto distributed, which gives hubs. The shares of predicates are about those
of the knowledge base of the review.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

BASE = "https://w3id.org/exograph/"
VOCAB = BASE + "vocab#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"

TYPES = ("Protein", "MiRNA", "LncRNA", "Process", "Vesicle", "Source", "Cell", "Phase")
PREDICATES = ("affects", "increases", "decreases", "promotes", "inhibits", "carries")
_SECTIONS = ("abstract", "introduction", "results", "discussion")

OF_ENTITY, OF_CLAIM = 4, 12
"""Triples that each of them has."""


@dataclass(frozen=True)
class Question:
    """A query and its rightful rows, each of them the values in alphabetical order of variables."""

    kind: str
    query: str
    rows: tuple[tuple[str, ...], ...]

    def right(self, body: bytes) -> bool:
        """Whether an answer in JSON has these rows, in any order."""
        bindings: list[dict[str, dict[str, str]]] = json.loads(body)["results"]["bindings"]
        given = [tuple(row[name]["value"] for name in sorted(row)) for row in bindings]
        return sorted(given) == sorted(self.rows)


@dataclass
class Made:
    """A graph as its maker remembers it, entities by number."""

    entities: int
    heads: dict[tuple[int, str], set[int]] = field(default_factory=lambda: defaultdict(set))
    tails: dict[tuple[int, str], set[int]] = field(default_factory=lambda: defaultdict(set))

    def type(self, entity: int) -> str:
        return TYPES[entity % len(TYPES)]

    def simple(self, each: int, seed: int) -> list[Question]:
        """So many questions of each kind: a look-up, one hop, a small count."""
        draw = random.Random(seed)
        found: list[Question] = []
        for entity in draw.sample(range(self.entities), each):
            query = f"SELECT ?label ?type {{ <{iri(entity)}> rdfs:label ?label ; a ?type "
            query += 'FILTER(lang(?label) = "en") }'
            looked = (label(entity), VOCAB + self.type(entity))
            found.append(Question("look-up", _with_prefixes(query), (looked,)))
        for tail, predicate in draw.sample(sorted(self.heads), each):
            query = f"SELECT ?to ?label {{ <{iri(tail)}> v:{predicate} ?to . "
            query += '?to rdfs:label ?label FILTER(lang(?label) = "en") }'
            rows = tuple((label(head), iri(head)) for head in self.heads[tail, predicate])
            found.append(Question("one hop", _with_prefixes(query), rows))
        for head, predicate in draw.sample(sorted(self.tails), each):
            query = f"SELECT (COUNT(*) AS ?n) {{ ?from v:{predicate} <{iri(head)}> }}"
            row = (str(len(self.tails[head, predicate])),)
            found.append(Question("count", _with_prefixes(query), (row,)))
        draw.shuffle(found)
        return found

    def joins(self, seed: int) -> Iterator[str]:
        """Queries along four arcs, without end; they give a number, a few rows or many."""
        draw = random.Random(seed)
        for number in count():
            wide = ((), (1, 2), (0, 1, 2, 3))[number % 3]
            arcs = [
                "|".join(f"v:{name}" for name in draw.sample(PREDICATES, 2 if at in wide else 1))
                for at in range(4)
            ]
            asked, after = (
                ("(COUNT(*) AS ?n)", ""),
                ("?e (COUNT(*) AS ?n)", " GROUP BY ?e"),
                ("?a ?e", ""),
            )[number // 3 % 3]
            steps = zip("abcd", arcs, "bcde", strict=True)
            body = " . ".join(f"?{one} {arc} ?{other}" for one, arc, other in steps)
            yield _with_prefixes(f"SELECT {asked} {{ {body} }}{after}")


def _with_prefixes(query: str) -> str:
    return f"PREFIX v: <{VOCAB}> PREFIX rdfs: <{RDFS}> {query}"


def iri(entity: int) -> str:
    return f"{BASE}entity/e{entity}"


def label(entity: int) -> str:
    return f"entity number {entity}"


def make(file: Path, triples: int, seed: int) -> Made:
    """Writes a graph of about so many triples as N-Quads."""
    draw = random.Random(seed)
    claims = int(triples * 0.8) // OF_CLAIM
    made = Made((triples - claims * OF_CLAIM) // OF_ENTITY)
    with file.open("w", encoding="utf-8", newline="\n") as out:
        for entity in range(made.entities):
            _write(out, iri(entity), _of_entity(made, entity))
        for number in range(claims):
            tail = draw.randrange(made.entities)
            head = int(made.entities * draw.random() ** 3)
            predicate = draw.choice(PREDICATES)
            made.heads[tail, predicate].add(head)
            made.tails[head, predicate].add(tail)
            _write(out, iri(tail), [(VOCAB + predicate, f"<{iri(head)}>")])
            _write(out, f"{BASE}claim/{number:x}", _of_claim(tail, predicate, head, number))
            _write(out, f"{BASE}statement/{number:x}", _of_statement(number, draw))
    return made


def _write(out: Any, subject: str, pairs: list[tuple[str, str]]) -> None:
    out.writelines(f"<{subject}> <{predicate}> {object} .\n" for predicate, object in pairs)


def _of_entity(made: Made, entity: int) -> list[tuple[str, str]]:
    return [
        (RDF + "type", f"<{VOCAB}{made.type(entity)}>"),
        (RDFS + "label", f'"{label(entity)}"@en'),
        (RDFS + "label", f'"第{entity}个实体"@zh'),
        (VOCAB + "synonym", f'"E-{entity:x}"'),
    ]


def _of_claim(tail: int, predicate: str, head: int, number: int) -> list[tuple[str, str]]:
    return [
        (RDF + "type", f"<{VOCAB}Claim>"),
        (RDF + "subject", f"<{iri(tail)}>"),
        (RDF + "predicate", f"<{VOCAB}{predicate}>"),
        (RDF + "object", f"<{iri(head)}>"),
        (VOCAB + "sign", '"+"' if predicate in ("increases", "promotes") else '"-"'),
        (VOCAB + "hasStatement", f"<{BASE}statement/{number:x}>"),
    ]


def _of_statement(number: int, draw: random.Random) -> list[tuple[str, str]]:
    return [
        (RDF + "type", f"<{VOCAB}Statement>"),
        (VOCAB + "reference", f"<{BASE}reference/{draw.randrange(3000)}>"),
        (VOCAB + "section", f'"{draw.choice(_SECTIONS)}"'),
        (VOCAB + "stance", '"supports"'),
        (VOCAB + "paraphrase", f'"statement {number} says so"@en'),
    ]
