# SPDX-License-Identifier: Apache-2.0
"""The triples as bytes: N-Quads in sorted lines.

Everything stands in the default graph, so the N-Quads are N-Triples too. Blank nodes of the
ontology are named after what they say, so the same input gives the same bytes on every run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from exograph.model import KnowledgeBase
from exograph.rdf.blank import with_names
from exograph.rdf.term import STRING, Term, Triple
from exograph.rdf.write import triples

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})


def to_nquads(
    kb: KnowledgeBase, ontology: Iterable[Triple], *, prefixes: Mapping[str, str] | None = None
) -> bytes:
    """Knowledge base and ontology as N-Quads: every triple once, lines in byte order.

    Raises InputError for a prefix that is not known, and for an ontology that is not OWL 2 DL
    because its blank nodes are no trees.
    """
    terms = with_names(ontology)
    held = {*lines(triples(kb, prefixes=prefixes, ontology=terms)), *lines(terms)}
    return "".join(sorted(held)).encode()  # UTF-8 keeps the order of the characters


def lines(triples: Iterable[Triple]) -> Iterator[str]:
    """The triples as lines of N-Quads."""
    return (f"{_text(s)} {_text(p)} {_text(o)} .\n" for s, p, o in triples)


def spelled(term: Term) -> str:
    """A term as N-Quads spell it (https://www.w3.org/TR/n-quads/, section 3)."""
    if term.kind == "iri":
        return f"<{term.value}>"
    if term.kind == "blank":
        return f"_:{term.value}"
    text = f'"{term.value.translate(_ESCAPES)}"'
    if term.language is not None:
        return f"{text}@{term.language}"
    return text if term.datatype == STRING else f"{text}^^<{term.datatype}>"


_text = cache(spelled)
