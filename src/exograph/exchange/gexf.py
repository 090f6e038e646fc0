# SPDX-License-Identifier: Apache-2.0
"""GEXF 1.3, as Gephi reads it: https://gexf.net."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from exograph.exchange.content import Content
from exograph.exchange.fields import (
    EDGE,
    EVIDENCE,
    NODE,
    PREDICATE,
    Column,
    Values,
    evidence,
    node,
    of_predicate,
    sign_text,
    studies,
)
from exograph.exchange.formats import Files
from exograph.exchange.looks import KINDS, SIGNS, rgb
from exograph.exchange.writing import encoded, markup, value_markup
from exograph.kb import roles

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">
<meta><creator>exograph</creator></meta>
<graph defaultedgetype="directed" idtype="string">
"""
_TYPES = {"text": "string", "texts": "liststring", "int": "integer", "bool": "boolean"}


def gexf(content: Content) -> Files:
    """Entities as nodes, claims as edges with their ids, both with the colours of the page.

    The ``kind`` of an edge is its predicate: by it Gephi keeps parallel edges apart.
    """
    yield "", encoded(_parts(content))


def _parts(content: Content) -> Iterator[str]:
    yield _HEAD
    for place, columns in (("node", NODE), ("edge", EDGE)):
        yield f'<attributes class="{place}">\n'
        for column in columns:
            kind = _TYPES[column.type]
            yield f'<attribute id="{column.name}" title="{column.name}" type="{kind}"/>\n'
        yield "</attributes>\n"
    yield "<nodes>\n"
    played = roles(content.kb)
    for entity in content.entities:
        data = _data(NODE, node(entity, played.get(entity.id, ())))
        yield (
            f'<node id="{markup(entity.id)}" label="{markup(entity.label_en)}">'
            f"<attvalues>{data}</attvalues>{_color(KINDS[entity.type].color)}</node>\n"
        )
    yield "</nodes>\n<edges>\n"
    study = studies(content)
    for claim in content.claims:
        kind, said, color = _of_predicate(claim.predicate)
        yield (
            f'<edge id="{claim.id}" source="{markup(claim.subject)}"'
            f' target="{markup(claim.object)}"{kind}><attvalues>{said}'
            f"{_data(EVIDENCE, evidence(claim, study))}</attvalues>{color}</edge>\n"
        )
    yield "</edges>\n</graph>\n</gexf>\n"


@cache
def _of_predicate(name: str) -> tuple[str, str, str]:
    """Kind and label, values, colour."""
    values = of_predicate(name)
    kind = f' kind="{name}" label="{markup(str(values[1]))}"'
    return kind, _data(PREDICATE, values), _color(SIGNS[sign_text(name)].color)


@cache
def _color(color: str) -> str:
    red, green, blue = rgb(color)
    return f'<viz:color r="{red}" g="{green}" b="{blue}"/>'


def _data(columns: tuple[Column, ...], values: Values) -> str:
    return "".join(
        [
            f'<attvalue for="{column.name}" value="{value_markup(value)}"/>'
            for column, value in zip(columns, values, strict=True)
            if value is not None and value != ()
        ]
    )
