# SPDX-License-Identifier: Apache-2.0
"""What is asked of the job."""

from __future__ import annotations

from dataclasses import dataclass

from exograph.errors import InputError
from exograph.paths.query import MAX_STEPS, SIGNS


@dataclass(frozen=True)
class Asked:
    """Which routes: ``start``, ``end`` and ``avoid`` hold ids and ``type:X``, X a kind or a role;
    ``avoid`` also ``predicate:P``. Raises InputError, as a query for paths does: P104, P106, P108.
    """

    start: tuple[str, ...]
    end: tuple[str, ...]
    max_steps: int = 8
    sign: str = "any"
    avoid: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.max_steps <= MAX_STEPS:
            message = f"A path of at most {self.max_steps} steps cannot be asked for."
            raise InputError("P106", message, f"Ask for 1 to {MAX_STEPS} steps.")
        if self.sign not in SIGNS:
            raise InputError("P108", f"There is no sign {self.sign!r}.", "Use +, -, ? or any.")
        if self.start == self.end and not any(i.startswith("type:") for i in self.start):
            message = f"The path starts and ends at {', '.join(self.start)}."
            raise InputError("P104", message, "Name two different entities.")
