# SPDX-License-Identifier: Apache-2.0
"""How things look: one table for kinds, roles, signs and bases, used by picture, key and panel.

Nothing is told by colour alone: each kind has its own shape, each sign its own arrow head, each
basis its own dashes. Hues are from the colour-blind-safe sets of Okabe and Ito and of Paul Tol.
"""

from __future__ import annotations

from dataclasses import dataclass

from exograph import vocab
from exograph.model import Claim

FONT_SIZE = 15
LINE_HEIGHT = 18
SMALL_SIZE = 12
SMALL_HEIGHT = 15

SHAPES: dict[str, str] = {
    "circle": "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18Z",
    "ring": "M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20Zm0 3.6a6.4 6.4 0 1 1 0 12.8a6.4 6.4 0 1 1"
    " 0-12.8Zm0 3a3.4 3.4 0 1 0 0 6.8a3.4 3.4 0 1 0 0-6.8Z",
    "square": "M4 4H20V20H4Z",
    "layers": "M3 4H21V8.6H3ZM3 10H21V14.6H3ZM3 16H21V20.6H3Z",
    "diamond": "M12 1.5L22.5 12L12 22.5L1.5 12Z",
    "triangle": "M12 2.5L22.5 21H1.5Z",
    "triangle-down": "M1.5 3H22.5L12 21.5Z",
    "donut": "M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20Zm0 5.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9Z",
    "hexagon": "M12 1.5L21.2 6.7V17.3L12 22.5L2.8 17.3V6.7Z",
    "hexagon-dot": "M12 1.5L21.2 6.7V17.3L12 22.5L2.8 17.3V6.7ZM12 8a4 4 0 1 1 0 8a4 4 0 1 1 0-8Z",
    "pentagon": "M12 1.5L22.5 9.4L18.5 21.5H5.5L1.5 9.4Z",
    "twins": "M8 3a7 7 0 1 0 0 14A7 7 0 1 0 8 3ZM17.4 10a6 6 0 0 1-5 9.2a6 6 0 1 0 5-9.2Z",
    "flask": "M9 2H15V9L21.5 20.5H2.5L9 9Z",
    "bars": "M2.5 13H7.5V21.5H2.5ZM9.5 8H14.5V21.5H9.5ZM16.5 2.5H21.5V21.5H16.5Z",
    "chevron": "M2 4H13.5L22 12L13.5 20H2L9.5 12Z",
    "pill": "M8 5.5H16a6.5 6.5 0 0 1 0 13H8a6.5 6.5 0 0 1 0-13Z",
    "flag": "M3.5 1.5H6.5V3.5H21L17.5 9L21 14.5H6.5V22.5H3.5Z",
    "star": "M12 1.2L15.1 8.6L23 9.2L17 14.4L18.9 22.2L12 18L5.1 22.2L7 14.4L1 9.2L8.9 8.6Z",
    "leaf": "M3 21C2 9 9 2.5 21.5 2.5C21.5 15 15 22 3 21Z",
    "cross": "M8.5 2H15.5V8.5H22V15.5H15.5V22H8.5V15.5H2V8.5H8.5Z",
    "saltire": "M6 1.8L12 7.8L18 1.8L22.2 6L16.2 12L22.2 18L18 22.2L12 16.2L6 22.2L1.8 18L7.8 12"
    "L1.8 6Z",
    "bolt": "M14 1L3.5 14H11L9 23L20.5 9.5H12.8Z",
    "drop": "M12 1C16 7 20 11 20 15.2A8 8 0 0 1 4 15.2C4 11 8 7 12 1Z",
    "gear": "M12 1.5L15 5.2L19.6 4.4L19 9L22.5 12L19 15L19.6 19.6L15 18.8L12 22.5L9 18.8L4.4 19.6"
    "L5 15L1.5 12L5 9L4.4 4.4L9 5.2Z",
    "arrow": "M1.5 8.5H12V2L22.5 12L12 22V15.5H1.5Z",
}
"""Paths in a box of 24 by 24, holes by the even-odd rule; the same on canvas and in the key."""


@dataclass(frozen=True, slots=True)
class KindStyle:
    """Mark of a kind of entity; ``dark`` is the colour on a dark background."""

    color: str
    dark: str
    shape: str


@dataclass(frozen=True, slots=True)
class RoleStyle:
    """Tint of the plate behind an entity that has the role."""

    tint: str
    dark: str


@dataclass(frozen=True, slots=True)
class SignStyle:
    """Line of a claim by what it says: colour, arrow head, symbol in text, width."""

    color: str
    dark: str
    arrow: str
    symbol: str
    width: float


_SAND, _ROSE, _BLUE, _ORANGE = "#8a6a2f", "#a8447f", "#0b6cb0", "#b96a00"
_INDIGO, _TEAL, _WINE, _OLIVE = "#4a3aa8", "#1b7f7a", "#8c2155", "#5f7324"
_SLATE, _GREY = "#33475b", "#6a6f78"
_D_SAND, _D_ROSE, _D_BLUE, _D_ORANGE = "#d3b57c", "#e291c2", "#6db8ee", "#f0ad4e"
_D_INDIGO, _D_TEAL, _D_WINE, _D_OLIVE = "#aaa0f5", "#62c9c2", "#e08cb4", "#b8cc74"
_D_SLATE, _D_GREY = "#b6c8da", "#a9afb8"

KINDS: dict[str, KindStyle] = {
    "Tissue": KindStyle(_SAND, _D_SAND, "layers"),
    "CellType": KindStyle(_ROSE, _D_ROSE, "circle"),
    "Vesicle": KindStyle(_BLUE, _D_BLUE, "ring"),
    "GeneProduct": KindStyle(_INDIGO, _D_INDIGO, "hexagon"),
    "ModifiedProtein": KindStyle(_INDIGO, _D_INDIGO, "hexagon-dot"),
    "ProteinFamily": KindStyle(_INDIGO, _D_INDIGO, "pentagon"),
    "ProteinComplex": KindStyle(_INDIGO, _D_INDIGO, "twins"),
    "MicroRNA": KindStyle(_ORANGE, _D_ORANGE, "triangle"),
    "LongNoncodingRNA": KindStyle(_ORANGE, _D_ORANGE, "triangle-down"),
    "CircularRNA": KindStyle(_ORANGE, _D_ORANGE, "donut"),
    "Chemical": KindStyle(_TEAL, _D_TEAL, "flask"),
    "Quantity": KindStyle(_GREY, _D_GREY, "bars"),
    "Pathway": KindStyle(_WINE, _D_WINE, "chevron"),
    "BiologicalProcess": KindStyle(_OLIVE, _D_OLIVE, "gear"),
    "HealingPhase": KindStyle(_SLATE, _D_SLATE, "flag"),
    "Outcome": KindStyle(_OLIVE, _D_OLIVE, "star"),
    "Organism": KindStyle(_GREY, _D_GREY, "leaf"),
    "DiseaseModel": KindStyle(_GREY, _D_GREY, "square"),
    "Condition": KindStyle(_WINE, _D_WINE, "saltire"),
    "Preconditioning": KindStyle(_BLUE, _D_BLUE, "bolt"),
    "Biomaterial": KindStyle(_TEAL, _D_TEAL, "drop"),
    "Method": KindStyle(_GREY, _D_GREY, "arrow"),
    "ClinicalTrial": KindStyle(_SLATE, _D_SLATE, "cross"),
    "Intervention": KindStyle(_ROSE, _D_ROSE, "pill"),
}

ROLES: dict[str, RoleStyle] = {
    "Source": RoleStyle("#f9dfee", "#4a2a3d"),
    "Cargo": RoleStyle("#fdeacb", "#4a3819"),
    "Target": RoleStyle("#e7e3fb", "#322c56"),
    "Marker": RoleStyle("#e3eaf0", "#2f3a45"),
}
"""In order: an entity with several roles wears the tint of the first, as vocab.ROLES has them."""

SIGNS: dict[str, SignStyle] = {
    "positive": SignStyle("#00855f", "#35c79b", "triangle", "+", 1.6),
    "negative": SignStyle("#c4480a", "#ff8a4c", "bar", "−", 1.6),
    "unsigned": SignStyle("#6b7078", "#aab0ba", "circle", "?", 1.6),
    "flow": SignStyle("#7f8a99", "#8a94a3", "vee", "→", 1.1),
    "background": SignStyle("#a3acb8", "#6b7582", "vee", "·", 0.8),
    "no_effect": SignStyle("#6b7078", "#aab0ba", "box", "∅", 1.2),
}

DASHES: dict[str, tuple[float, ...]] = {
    "stated": (),
    "derived": (11, 5),
    "inferred": (6, 4, 1.5, 4),
    "refuted": (3, 8),
    "retracted": (2, 12),
}
UNSIGNED_DASHES: dict[str, tuple[float, ...]] = {
    "stated": (1.5, 4),
    "derived": (1.5, 4, 11, 4),
    "inferred": (1.5, 9),
    "refuted": (1.5, 14),
    "retracted": (1, 18),
}
OPACITY: dict[str, float] = {
    "stated": 0.85,
    "derived": 0.75,
    "inferred": 0.5,
    "refuted": 0.4,
    "retracted": 0.3,
}

MARKS: dict[str, str] = {"retracted": "×", "differs": "≠", "other_tissue": "◇", "paraphrase": "¶"}
"""Signs beside a claim, always with words near; all but the last also stand on its line."""


def sign_key(claim: Claim) -> str:
    """Which row of ``SIGNS`` draws the claim."""
    if claim.predicate == "no_effect_on":
        return "no_effect"
    if claim.sign is None:
        return "background" if vocab.PREDICATES[claim.predicate].walk == "never" else "flow"
    return {1: "positive", -1: "negative", 0: "unsigned"}[claim.sign]


def basis_key(claim: Claim) -> str:
    """Which row of ``DASHES`` draws the claim: its strongest basis, ``refuted``, or ``retracted``.

    The last stands for a claim that nobody denies and that only retracted papers support.
    """
    return claim.basis or ("refuted" if claim.refuted else "retracted")


def dashes(sign: str, basis: str) -> tuple[float, ...]:
    """Dash pattern of a line: dotted where the direction is not said, else by basis."""
    return (UNSIGNED_DASHES if sign == "unsigned" else DASHES)[basis]


def width(sign: str, references: int) -> float:
    """Line width: each further reference adds a little, up to three times the first."""
    base = SIGNS[sign].width
    return round(base + 0.5 * base * min(max(references - 1, 0), 4), 2)


def role_of(roles: frozenset[str]) -> str | None:
    """The role that an entity is coloured by; None if it has none."""
    return next((role for role in ROLES if role in roles), None)


assert set(KINDS) == set(vocab.TYPES)
assert set(ROLES) == set(vocab.ROLES)
