# SPDX-License-Identifier: Apache-2.0
"""A path on one line: names with arrows between them."""

from __future__ import annotations

from collections.abc import Sequence

from exograph.model import KnowledgeBase
from exograph.paths.phrases import label
from exograph.paths.result import Path

ARROWS = {"+": "→", "-": "⊣", "?": "⇢", None: "→"}
"""By the sign of a step: it raises, it lowers, its direction is not known, it is no effect."""


def line(path: Path, kb: KnowledgeBase, lang: str) -> str:
    """The whole path, such as ``miR-126 ⊣ PIK3R2 ⊣ PI3K/Akt signalling pathway``."""
    return joined(kb, path.entities, [step.sign for step in path.steps], lang)


def joined(
    kb: KnowledgeBase, entities: Sequence[str], signs: Sequence[str | None], lang: str
) -> str:
    """Names of entities with the arrows of the steps between them, one fewer."""
    first, *others = (label(kb, id, lang) for id in entities)
    pairs = zip(signs, others, strict=True)
    return " ".join([first, *(f"{ARROWS[sign]} {name}" for sign, name in pairs)])
