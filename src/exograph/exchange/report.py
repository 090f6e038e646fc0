# SPDX-License-Identifier: Apache-2.0
"""What became of the records of an import."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from exograph.exchange.incoming import Place, Reject

EXAMPLES = 3

Refuse: TypeAlias = Callable[[Reject], None]


@dataclass
class Report:
    """What became of an import. ``refused`` and ``left_out`` count by kind; each kind has some
    examples. What is left out are fields of records that are stored all the same."""

    nodes: int = 0
    edges: int = 0
    stored_nodes: int = 0
    stored_edges: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)

    def refuse(self, reject: Reject) -> None:
        self.refused[reject.kind] += 1
        if self.wants(reject.kind):
            self.show(reject.kind, f"{reject.place}: {reject.code} {reject.reason}")

    def leave(self, name: str, told: str, place: Place) -> None:
        self.left_out[name] += 1
        if self.wants(name):
            self.show(name, f"{place}: {told[:80]}")

    def wants(self, kind: str) -> bool:
        return len(self.examples.get(kind, ())) < EXAMPLES

    def show(self, kind: str, text: str) -> None:
        self.examples.setdefault(kind, []).append(text)
