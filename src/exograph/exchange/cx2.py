# SPDX-License-Identifier: Apache-2.0
"""CX2, as Cytoscape and NDEx read it: the Cytoscape exchange format, version 2."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from exograph.exchange.content import Content
from exograph.exchange.elements import edges, nodes
from exograph.exchange.fields import EDGE, NODE, Column
from exograph.exchange.formats import Files
from exograph.exchange.looks import KINDS, SIGNS
from exograph.exchange.writing import compact, encoded, listed

_TYPES = {"text": "string", "texts": "list_of_string", "int": "integer", "bool": "boolean"}
_NAME = "exograph"


def cx2(content: Content) -> Files:
    """Entities as nodes, claims as edges, with a style. Where nodes stand is left to the program.

    Ids of CX2 are integers, so ours are the attributes ``entity`` and ``claim``. Holds a number for
    each entity, and passes over the claims once more to count them.
    """
    yield "", encoded(_parts(content))


def _parts(content: Content) -> Iterator[str]:
    numbers = {entity.id: number for number, entity in enumerate(content.entities)}
    counts = {
        "attributeDeclarations": 1,
        "networkAttributes": 1,
        "nodes": len(numbers),
        "edges": sum(1 for _ in content.claims),
        "visualProperties": 1,
    }
    yield '[{"CXVersion":"2.0","hasFragments":false},\n'
    metadata = [{"name": name, "elementCount": count} for name, count in counts.items()]
    yield f"{compact({'metaData': metadata})},\n"
    declared = {
        "networkAttributes": {"name": {"d": "string"}, "version": {"d": "string"}},
        "nodes": _declared(Column("name"), Column("entity"), *NODE),
        "edges": _declared(Column("interaction"), Column("claim"), *EDGE),
    }
    yield f"{compact({'attributeDeclarations': [declared]})},\n"
    attributes = {"name": _NAME, "version": content.version}
    yield f"{compact({'networkAttributes': [attributes]})},\n"
    yield from _aspect("nodes", _nodes(content, numbers))
    yield from _aspect("edges", _edges(content, numbers))
    yield f"{compact({'visualProperties': [_style()]})},\n"
    yield '{"status":[{"success":true}]}]\n'


def _aspect(name: str, items: Iterable[str]) -> Iterator[str]:
    yield f'{{"{name}":['
    yield from listed(items)
    yield "\n]},\n"


def _nodes(content: Content, numbers: dict[str, int]) -> Iterator[str]:
    for entity, values in nodes(content):
        own = {"name": entity.label_en, "entity": entity.id, **values}
        yield f'{{"id":{numbers[entity.id]},"v":{compact(own)}}}'


def _edges(content: Content, numbers: dict[str, int]) -> Iterator[str]:
    for number, (claim, values) in enumerate(edges(content)):
        own = {"interaction": claim.predicate, "claim": claim.id, **values}
        ends = f'"s":{numbers[claim.subject]},"t":{numbers[claim.object]}'
        yield f'{{"id":{number},{ends},"v":{compact(own)}}}'


def _declared(*columns: Column) -> dict[str, dict[str, str]]:
    return {column.name: {"d": _TYPES[column.type]} for column in columns}


def _style() -> dict[str, Any]:
    """Kinds are told by colour and shape, signs by colour and arrow, what is refuted by dashes."""
    colors = {kind: look.color for kind, look in KINDS.items()}
    shapes = {kind: look.shape for kind, look in KINDS.items()}
    lines = {sign: look.color for sign, look in SIGNS.items()}
    arrows = {sign: look.arrow for sign, look in SIGNS.items()}
    return {
        "default": {
            "network": {"NETWORK_BACKGROUND_COLOR": "#FFFFFF"},
            "node": {
                "NODE_WIDTH": 40,
                "NODE_HEIGHT": 40,
                "NODE_LABEL_FONT_SIZE": 12,
                "NODE_LABEL_COLOR": "#000000",
            },
            "edge": {"EDGE_WIDTH": 1.5, "EDGE_LINE_STYLE": "solid"},
        },
        "nodeMapping": {
            "NODE_LABEL": {
                "type": "PASSTHROUGH",
                "definition": {"attribute": "name", "type": "string"},
            },
            "NODE_BACKGROUND_COLOR": _mapping("type", colors),
            "NODE_SHAPE": _mapping("type", shapes),
        },
        "edgeMapping": {
            "EDGE_LINE_COLOR": _mapping("sign_text", lines),
            "EDGE_TARGET_ARROW_COLOR": _mapping("sign_text", lines),
            "EDGE_TARGET_ARROW_SHAPE": _mapping("sign_text", arrows),
            "EDGE_LINE_STYLE": _mapping("supported", {False: "dashed"}, "boolean"),
        },
    }


def _mapping(attribute: str, values: dict[Any, str], type: str = "string") -> dict[str, Any]:
    pairs = [{"v": value, "vp": look} for value, look in values.items()]
    return {
        "type": "DISCRETE",
        "definition": {"attribute": attribute, "type": type, "map": pairs},
    }
