# SPDX-License-Identifier: Apache-2.0
"""Identifiers of others: IRIs as CURIEs, and which of them can be kept."""

from __future__ import annotations

import re
from collections.abc import Mapping

_CURIE = re.compile(r"(?P<prefix>[A-Za-z_][\w.\-]*):(?P<local>\S+)\Z")
_LONGEST = 200


def shortened(id: str, prefixes: Mapping[str, str]) -> str:
    """An IRI as a CURIE, if one of the prefixes fits; all else as it is."""
    if "://" not in id:
        return id
    fits = [(base, name) for name, base in prefixes.items() if base and id.startswith(base)]
    if not fits:
        return id
    base, name = max(fits, key=lambda fit: len(fit[0]))
    return f"{name}:{id[len(base) :]}"


def is_curie(id: str) -> bool:
    """Whether it is an identifier that can be kept: printable, of no blanks, not too long."""
    return bool(_CURIE.match(id)) and id.isprintable() and len(id) <= _LONGEST
