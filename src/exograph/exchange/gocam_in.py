# SPDX-License-Identifier: Apache-2.0
"""GO-CAM, the models of activities of the Gene Ontology, as JSON of Minerva.

Read along geneontology.org/docs/gocam-overview. An activity is enabled by a gene product; where one
activity regulates another, the gene product of the one raises or lowers the activity of that of the
other. That is all that is read, with the papers of the evidence. Where things happen, of what
processes they are part, their inputs and outputs and other relations are counted by kind.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from exograph.errors import InputError
from exograph.exchange.incoming import Edge, Node, Place, Record, Reject
from exograph.exchange.opening import opened

LARGEST = 64 << 20
"""Bytes of a model, which is held as a whole."""

_ENABLED_BY = "RO:0002333"
_ACTIVITY = {
    "qualified_predicate": ("biolink:causes",),
    "object_aspect_qualifier": ("activity",),
}
_UP = {**_ACTIVITY, "object_direction_qualifier": ("increased",)}
_DOWN = {**_ACTIVITY, "object_direction_qualifier": ("decreased",)}
_CAUSAL: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "RO:0002213": _UP,
    "RO:0002407": _UP,
    "RO:0002629": _UP,
    "RO:0002212": _DOWN,
    "RO:0002409": _DOWN,
    "RO:0002630": _DOWN,
    "RO:0002211": _ACTIVITY,
    "RO:0002578": _ACTIVITY,
}
"""Relations between activities that regulate: raise, lower, or either."""

_KINDS = {
    "CHEBI:36080": "biolink:Protein",
    "CHEBI:33695": "biolink:GeneOrGeneProduct",
    "GO:0032991": "biolink:MacromolecularComplex",
    "CHEBI:24431": "biolink:ChemicalEntity",
}
"""Categories of what enables, by the class above it; the more telling first."""


def read(path: Path) -> Iterator[Record | Reject]:
    """Gene products and what they do to each other. Raises InputError for what is no model.

    The place of a record is the number of the individual or fact, from 1.
    """
    with opened(path) as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise InputError("I106", f"{path} has more than {LARGEST >> 20} MiB.", "Split it.")
    try:
        told = json.loads(data.decode("utf-8-sig"))
        json.dumps(told, ensure_ascii=False).encode()  # no half of a character
        individuals = [_checked(each) for each in told["individuals"]]
        facts = [_checked(each) for each in told["facts"]]
    except UnicodeDecodeError:
        raise InputError("I102", f"{path} is not UTF-8.", "Convert it with iconv.") from None
    except (ValueError, RecursionError, KeyError, TypeError) as error:
        message = f"{path} is no model of GO-CAM: {str(error)[:100]}."
        raise InputError(
            "I112", message, "Give JSON of Minerva, with individuals and facts."
        ) from None
    yield from _Model(individuals, facts, str(path)).records()


def _checked(each: Any) -> dict[str, Any]:
    """An individual or a fact whose parts are as they must be. Raises TypeError or KeyError."""
    if not isinstance(each, dict):
        raise TypeError("what is no object stands among its individuals or facts")
    for key in ("type", "root-type", "annotations"):
        if not all(isinstance(part, dict) for part in each.get(key, ())):
            raise TypeError(f"{key} holds what is no object")
    for key in ("id",) if "property" not in each else ("subject", "property", "object"):
        if not isinstance(each[key], str):
            raise TypeError(f"{key} is no text")
    return each


class _Model:
    def __init__(
        self, individuals: list[dict[str, Any]], facts: list[dict[str, Any]], shown: str
    ) -> None:
        self._individuals = {each["id"]: each for each in individuals if "id" in each}
        self._facts, self._shown = facts, shown
        enablers: dict[str, list[str]] = {}
        for fact in facts:
            if fact.get("property") == _ENABLED_BY:
                enablers.setdefault(fact["subject"], []).append(fact["object"])
        self._enablers = enablers

    def records(self) -> Iterator[Record | Reject]:
        edges = [self._edge(fact, n) for n, fact in enumerate(self._facts, 1)]
        enabling = {each for held in self._enablers.values() for each in held}
        evidence = {each for fact in self._facts for each in self._evidence(fact)}
        seen: set[str] = set()
        for number, (key, told) in enumerate(self._individuals.items(), 1):
            place = Place(self._shown, number)
            if key in enabling:
                node = self._node(told, place)
                if isinstance(node, Node):
                    if node.id in seen:
                        continue
                    seen.add(node.id)
                yield node
            elif key not in evidence and key not in self._enablers:
                kind = f"gocam {_first(told, 'root-type')[1] or 'individual'}"
                reason = "it is no gene product that enables an activity."
                yield Reject("I231", kind, reason, place, {"id": key}, is_edge=False)
        yield from (edge for edge in edges if edge is not None)

    def _node(self, told: dict[str, Any], place: Place) -> Node | Reject:
        id, label = _first(told, "type")
        above = [str(part.get("id")) for part in told.get("root-type", ())]
        category = next((kind for root, kind in _KINDS.items() if root in above), None)
        if not id or category is None:
            kind = f"gocam enabled by {_first(told, 'root-type')[1] or 'what is not told'}"
            reason = "what enables the activity is no gene product or complex with an identifier."
            return Reject("I231", kind, reason, place, {"id": told["id"]}, is_edge=False)
        return Node(id, {"category": (category,), "name": (label or id,)}, place)

    def _edge(self, fact: dict[str, Any], number: int) -> Edge | Reject | None:
        """None for what only tells who enables an activity, which is part of others."""
        property = fact.get("property", "")
        label = str(fact.get("property-label") or property)[:60]
        raw = {key: fact.get(key) for key in ("subject", "property", "object")}
        place = Place(self._shown, number)
        if property == _ENABLED_BY:
            return None
        if property not in _CAUSAL:
            return Reject("I231", f"gocam {label}", "it cannot be said here.", place, raw)
        ends = [self._enablers.get(fact[end], []) for end in ("subject", "object")]
        if [len(end) for end in ends] != [1, 1]:
            reason = "an activity is enabled by no gene product, or by several."
            return Reject("I231", f"gocam {label} of unknown", reason, place, raw)
        ids = [_first(self._individuals.get(held[0], {}), "type")[0] for held in ends]
        papers = [
            str(note.get("value"))
            for evidence in self._evidence(fact)
            for note in self._individuals.get(evidence, {}).get("annotations", ())
            if note.get("key") == "source"
        ]
        fields = {**_CAUSAL[property], "relation": (property,)}
        if papers:
            fields["publications"] = tuple(dict.fromkeys(papers))
        if not all(ids):
            reason = "what enables an activity has no identifier."
            return Reject("I231", f"gocam {label} of unknown", reason, place, raw)
        return Edge(ids[0], "biolink:affects", ids[1], fields, place)

    def _evidence(self, fact: dict[str, Any]) -> list[str]:
        notes = fact.get("annotations", ())
        return [str(note.get("value")) for note in notes if note.get("key") == "evidence"]


def _first(told: Mapping[str, Any], key: str) -> tuple[str, str]:
    """Id and label of the first class, if there is one."""
    for part in told.get(key, ()):
        id = str(part.get("id") or "")
        return id.replace("MGI:MGI:", "MGI:"), str(part.get("label") or "")
    return "", ""
