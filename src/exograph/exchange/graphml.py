# SPDX-License-Identifier: Apache-2.0
"""GraphML, as networkx, igraph, Gephi and yEd read it: http://graphml.graphdrawing.org."""

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
    studies,
)
from exograph.exchange.formats import Files
from exograph.exchange.writing import encoded, markup, value_markup
from exograph.kb import roles

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation=\
"http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_CLAIM = Column("claim")
_TYPES = {"text": "string", "texts": "string", "int": "int", "bool": "boolean"}


def graphml(content: Content) -> Files:
    """Entities as nodes, claims as edges with their ids. Lists, which GraphML has not, are JSON.

    The id of a claim is an attribute, too: igraph 1.0 gives each edge the id of its source, and
    networkx makes a number of an id that has only digits.
    """
    yield "", encoded(_parts(content))


def _parts(content: Content) -> Iterator[str]:
    yield _HEAD
    for place, columns in (("node", NODE), ("edge", (_CLAIM, *EDGE))):
        for column in columns:
            yield (
                f'<key id="{place}.{column.name}" for="{place}" attr.name="{column.name}"'
                f' attr.type="{_TYPES[column.type]}"/>\n'
            )
    yield '<graph id="exograph" edgedefault="directed">\n'
    played = roles(content.kb)
    for entity in content.entities:
        data = _data("node", NODE, node(entity, played.get(entity.id, ())))
        yield f'<node id="{markup(entity.id)}">{data}</node>\n'
    study = studies(content)
    for claim in content.claims:
        yield (
            f'<edge id="{claim.id}" source="{markup(claim.subject)}"'
            f' target="{markup(claim.object)}"><data key="edge.claim">{claim.id}</data>'
            f"{_said(claim.predicate)}{_data('edge', EVIDENCE, evidence(claim, study))}</edge>\n"
        )
    yield "</graph>\n</graphml>\n"


@cache
def _said(predicate: str) -> str:
    return _data("edge", PREDICATE, of_predicate(predicate))


def _data(place: str, columns: tuple[Column, ...], values: Values) -> str:
    return "".join(
        [
            f'<data key="{place}.{column.name}">{value_markup(value)}</data>'
            for column, value in zip(columns, values, strict=True)
            if value is not None and value != ()
        ]
    )
