# SPDX-License-Identifier: Apache-2.0
"""Prefixes of IRIs: ``ontology/prefixes.tsv``, two columns under a header."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from exograph.errors import InputError

PREFIX = re.compile(r"[A-Za-z](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?\Z")
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*\Z")
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?\Z")


def read_prefixes(path: Path) -> dict[str, str]:
    """IRI by prefix, in the order of the file. The first two columns count, ``#`` starts a comment.

    Raises InputError that names every line at fault.
    """
    found: dict[str, str] = {}
    faults: list[str] = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("X101", f"{path} cannot be read: {error}.", "Give UTF-8.") from None
    for number, line in enumerate(lines, 1):
        if number == 1 or not line.strip() or line.startswith("#"):
            continue
        prefix, _, rest = line.partition("\t")
        iri = rest.partition("\t")[0].strip()
        if not PREFIX.match(prefix) or not IRI.match(iri):
            faults.append(f"line {number} is not a prefix, a tab and an IRI")
        elif prefix in found:
            faults.append(f"line {number} repeats the prefix {prefix}")
        else:
            found[prefix] = iri
    if faults:
        raise InputError("X102", f"{path}: {'; '.join(faults)}.", "Mend these lines.")
    return found


def expand(curie: str, prefixes: Mapping[str, str]) -> str | None:
    """The IRI of a CURIE, or None if its prefix is not known.

    >>> expand("GO:0070062", {"GO": "http://purl.obolibrary.org/obo/GO_"})
    'http://purl.obolibrary.org/obo/GO_0070062'
    """
    prefix, colon, local = curie.partition(":")
    return prefixes[prefix] + local if colon and prefix in prefixes else None


def shorten(iri: str, prefixes: Mapping[str, str]) -> str:
    """An IRI as a prefixed name by the longest prefix that fits, else in angle brackets.

    >>> shorten("https://e.org/v#a", {"e": "https://e.org/", "v": "https://e.org/v#"})
    'v:a'
    >>> shorten("https://e.org/a/b", {"e": "https://e.org/"})
    '<https://e.org/a/b>'
    """
    best = max(
        (
            (len(base), prefix)
            for prefix, base in prefixes.items()
            if iri.startswith(base) and _LOCAL.match(iri, len(base))
        ),
        default=None,
    )
    return f"<{iri}>" if best is None else f"{best[1]}:{iri[best[0] :]}"
