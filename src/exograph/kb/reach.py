# SPDX-License-Identifier: Apache-2.0
"""What is reached from some ids along arrows, whatever the arrows mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def reached(begin: Iterable[str], onward: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """The ids to begin with and all that is reached from them, circles or not. Linear time.

    >>> sorted(reached(["adsc-exo"], {"adsc-exo": ["msc-exo"], "msc-exo": ["exosome"]}))
    ['adsc-exo', 'exosome', 'msc-exo']
    """
    found = set(begin)
    waiting = list(found)
    while waiting:
        for id in onward.get(waiting.pop(), ()):
            if id not in found:
                found.add(id)
                waiting.append(id)
    return frozenset(found)
