# SPDX-License-Identifier: Apache-2.0
"""SSSOM: which terms of other databases the entities are matched to.

https://mapping-commons.github.io/sssom/: a table with its metadata before it as YAML in comments.
How a match was found stands in the curated tables only, so the justification is left open here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from exograph.exchange.content import Content
from exograph.exchange.formats import Files
from exograph.exchange.licences import common
from exograph.ids import BASE
from exograph.model import Entity

COLUMNS = (
    *("subject_id", "subject_label", "predicate_id", "object_id"),
    *("mapping_justification", "subject_type"),
)
_MATCHES = (("skos:exactMatch", "exact_match"), ("skos:closeMatch", "close_match"))
_JUSTIFICATION = "semapv:UnspecifiedMatching"
_WORDS = {
    "entity": f"{BASE}entity/",
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
_UNKNOWN_LICENCE = "https://w3id.org/sssom/license/unspecified"
_BREAKS = str.maketrans("\t\r\n", "   ")


def sssom(content: Content) -> Files:
    """Exact and close matches of all entities, each as a row."""
    yield "", _lines(content)


def _lines(content: Content) -> Iterator[bytes]:
    yield "".join(f"#{line}\n" for line in _header(content)).encode()
    yield ("\t".join(COLUMNS) + "\n").encode()
    for entity in content.entities:
        yield "".join(_rows(entity)).encode()


def _header(content: Content) -> Iterator[str]:
    """Metadata in YAML; its texts are JSON, which is YAML, too."""
    yield "curie_map:"
    for prefix, iri in sorted(_curie_map(content.entities, content.prefixes).items()):
        yield f"  {prefix}: {json.dumps(iri)}"
    yield f"license: {common(content.kb.sources) or _UNKNOWN_LICENCE}"
    yield "mapping_set_description: Entities of exograph and the terms of other databases for them."
    yield f"mapping_set_id: {BASE}mappings/entities"
    yield "mapping_set_title: Outside identifiers of the entities of exograph"
    yield f"mapping_set_version: {json.dumps(content.version)}"


def _curie_map(entities: Iterable[Entity], prefixes: Mapping[str, str]) -> dict[str, str]:
    """The prefixes in use. A build refuses matches with others than it knows."""
    used = {c.partition(":")[0] for e in entities for c in e.exact_match + e.close_match}
    return {p: prefixes[p] for p in used & prefixes.keys()} | _WORDS


def _rows(entity: Entity) -> Iterator[str]:
    label = entity.label_en.translate(_BREAKS)
    for predicate, field in _MATCHES:
        for curie in getattr(entity, field):
            cells = (f"entity:{entity.id}", label, predicate, curie, _JUSTIFICATION)
            yield "\t".join((*cells, "owl named individual")) + "\n"
