# SPDX-License-Identifier: Apache-2.0
"""Identifiers of others: IRIs as CURIEs, and which of them can be kept."""

from __future__ import annotations

import re
from collections.abc import Mapping

_MAY_STAND = r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2}|[^\x00-\xa0\ufff0-\uffff])"
_CURIE = re.compile(
    rf"(?:(?!_:)[A-Za-z_][A-Za-z0-9_.\-]*:{_MAY_STAND}+|"
    rf"(?:https?|ftp)://{_MAY_STAND}+(?:#{_MAY_STAND}*)?)\Z"
)
"""No more than what may stand in an IRI, which it becomes part of; ``#`` in a whole IRI only, and
no blank node, which is another thing in each file."""

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
    """Whether it is an identifier that can be kept: printable, fit for an IRI, not too long.

    >>> is_curie("HGNC:9588"), is_curie("HGNC:95 88"), is_curie("X:<a>"), is_curie("X:%a")
    (True, False, False, False)
    """
    return bool(_CURIE.match(id)) and id.isprintable() and len(id) <= _LONGEST
