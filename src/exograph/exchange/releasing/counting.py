# SPDX-License-Identifier: Apache-2.0
"""What VoID tells of triples: how many, of what classes. One pass over sorted N-Quads.

https://www.w3.org/TR/void/
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from exograph.ids import ENTITY, VOCAB

_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


@dataclass(frozen=True)
class Counts:
    """``members`` counts the instances of each class of our vocabulary, by IRI. ``entities`` are
    the subjects that are entities."""

    triples: int
    subjects: int
    entities: int
    properties: int
    classes: int
    members: dict[str, int]


def count(nquads: Path) -> Counts:
    """The counts of a file of N-Quads of one graph, sorted by line, each line once."""
    triples = subjects = entities = 0
    properties: set[str] = set()
    classes: Counter[str] = Counter()
    before = ""
    with nquads.open(encoding="utf-8") as lines:
        for line in lines:
            subject, property, rest = line.split(" ", 2)
            triples += 1
            if subject != before:
                subjects += 1
                entities += subject.startswith(f"<{ENTITY}")
                before = subject
            properties.add(property)
            if property == _TYPE:
                classes[rest.rsplit(" ", 1)[0]] += 1
    own = {name[1:-1]: n for name, n in sorted(classes.items()) if name.startswith(f"<{VOCAB}")}
    return Counts(triples, subjects, entities, len(properties), len(classes), own)
