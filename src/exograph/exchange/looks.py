# SPDX-License-Identifier: Apache-2.0
"""How other programs draw our graph: colours and shapes by kind, colours and arrows by sign.

Colours are those of the page (a test holds the two tables together); the shapes are the nearest
that Cytoscape has, so fewer than the page's.
"""

from __future__ import annotations

from typing import NamedTuple


class Node(NamedTuple):
    color: str
    shape: str


class Edge(NamedTuple):
    """``color`` and Cytoscape's arrow head by the text of the sign."""

    color: str
    arrow: str


_SAND, _ROSE, _BLUE, _ORANGE = "#8a6a2f", "#a8447f", "#0b6cb0", "#b96a00"
_INDIGO, _TEAL, _WINE, _OLIVE = "#4a3aa8", "#1b7f7a", "#8c2155", "#5f7324"
_SLATE, _GREY = "#33475b", "#6a6f78"

KINDS: dict[str, Node] = {
    "Tissue": Node(_SAND, "rectangle"),
    "CellType": Node(_ROSE, "ellipse"),
    "Vesicle": Node(_BLUE, "ellipse"),
    "GeneProduct": Node(_INDIGO, "hexagon"),
    "ModifiedProtein": Node(_INDIGO, "hexagon"),
    "ProteinFamily": Node(_INDIGO, "octagon"),
    "ProteinComplex": Node(_INDIGO, "octagon"),
    "MicroRNA": Node(_ORANGE, "triangle"),
    "LongNoncodingRNA": Node(_ORANGE, "triangle"),
    "CircularRNA": Node(_ORANGE, "triangle"),
    "Chemical": Node(_TEAL, "diamond"),
    "Quantity": Node(_GREY, "parallelogram"),
    "Pathway": Node(_WINE, "vee"),
    "BiologicalProcess": Node(_OLIVE, "round-rectangle"),
    "HealingPhase": Node(_SLATE, "parallelogram"),
    "Outcome": Node(_OLIVE, "octagon"),
    "Organism": Node(_GREY, "ellipse"),
    "DiseaseModel": Node(_GREY, "rectangle"),
    "Condition": Node(_WINE, "rectangle"),
    "Preconditioning": Node(_BLUE, "diamond"),
    "Biomaterial": Node(_TEAL, "round-rectangle"),
    "Method": Node(_GREY, "vee"),
    "ClinicalTrial": Node(_SLATE, "rectangle"),
    "Intervention": Node(_ROSE, "round-rectangle"),
}

SIGNS: dict[str, Edge] = {
    "positive": Edge("#00855f", "triangle"),
    "negative": Edge("#c4480a", "tee"),
    "unsigned": Edge("#6b7078", "circle"),
    "no_effect": Edge("#6b7078", "square"),
    "structural": Edge("#7f8a99", "vee"),
}


def rgb(color: str) -> tuple[int, int, int]:
    """
    >>> rgb("#0b6cb0")
    (11, 108, 176)
    """
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
