# SPDX-License-Identifier: Apache-2.0
"""Names for blank nodes that depend on nothing but what is said: the same in every run and file.

In OWL 2 DL the blank nodes of an ontology are trees (https://www.w3.org/TR/owl2-syntax/, section
11.2): each is the object of one triple at most, and no way leads from it back to it. So its name is
a digest of what refers to it and of all it says, which is quicker by far than naming the blank
nodes of any graph. Two that are alike in both stay two: they are numbered.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from exograph.errors import InputError
from exograph.rdf.term import Term, Triple


def with_names(triples: Iterable[Triple]) -> list[Triple]:
    """The triples, each blank node under its lasting name.

    Raises InputError if the blank nodes are no trees.
    """
    triples = list(dict.fromkeys(triples))
    says: dict[Term, list[tuple[Term, Term]]] = {}
    above: dict[Term, tuple[Term, Term]] = {}
    for subject, property, object in triples:
        if subject.kind == "blank":
            says.setdefault(subject, []).append((property, object))
        if object.kind == "blank":
            if object in above:
                raise _no_tree()
            above[object] = subject, property
            says.setdefault(object, [])
    order: list[Term] = []  # each after the one above it
    front = [n for n in says if n not in above or above[n][0].kind != "blank"]
    while front:
        order.append(front.pop())
        front += [o for _, o in says[order[-1]] if o.kind == "blank"]
    if len(order) != len(says):  # what is not reached goes round in a circle
        raise _no_tree()
    content: dict[Term, str] = {}
    for node in reversed(order):
        content[node] = _digest(sorted(f"{p} {content.get(o, o)}" for p, o in says[node]))
    names: dict[Term, Term] = {}
    alike: Counter[str] = Counter()
    for node in order:
        place = [str(names.get(n, n)) for n in above.get(node, ())]
        key = _digest([*place, content[node]])
        alike[key] += 1
        names[node] = Term("blank", "b" + _digest([key, str(alike[key])]))
    return [(names.get(s, s), p, names.get(o, o)) for s, p, o in triples]


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _no_tree() -> InputError:
    return InputError(
        "X111",
        "A blank node of the ontology is named twice, or leads back to itself.",
        "Give it an IRI; the blank nodes of OWL 2 DL are trees.",
    )
