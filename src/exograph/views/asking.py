# SPDX-License-Identifier: Apache-2.0
"""How the page answers SPARQL: it asks the server that it came from, or itself.

By itself it carries Oxigraph and the triples, both compressed, and unpacks them when the SPARQL
sheet is first opened. The editor is carried compressed, too.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exograph.queries import Query
from exograph.views import libraries
from exograph.views.policy import digest


@dataclass(frozen=True)
class Asking:
    """``prefixes`` need no declaration, ``queries`` are offered. Queries go to ``endpoint``, a path
    on the server of the page; without one they are answered in the page, over ``nquads``."""

    prefixes: Mapping[str, str]
    queries: Sequence[Query] = ()
    endpoint: str = ""
    nquads: bytes = b""

    @property
    def way(self) -> str:
        """``served``, ``alone``; or empty if the page cannot ask, for want of a library."""
        if self.endpoint:
            return "served"
        return "alone" if libraries.held(*libraries.ENGINE.values()) else ""


def admitted(way: str) -> dict[str, list[str]]:
    """What a page that asks so must be allowed beyond drawing itself, by directive of its policy.

    >>> admitted("")
    {}
    """
    if not way:
        return {}
    script, style = libraries.editor()
    found = {
        "script-src": [digest(script)] if script else [],
        "style-src": [digest(style)] if style else [],
    }
    if way == "served":
        return found | {"connect-src": ["'self'"]}
    found["script-src"].append("'wasm-unsafe-eval'")
    return found | {"worker-src": ["blob:"]}


def told(asking: Asking) -> dict[str, Any]:
    """What the script of the page must know."""
    return {
        "endpoint": asking.endpoint,
        "prefixes": dict(asking.prefixes),
        "queries": [
            {
                "name": query.name,
                "en": query.question_en,
                "zh": query.question_zh,
                "keywords": list(query.keywords),
                "text": _bare(query.text),
            }
            for query in asking.queries
        ],
    }


def _bare(text: str) -> str:
    """A query without the comments at its head.

    >>> _bare("# question_en: What?\\n# expected: none\\n\\nASK {} # yes\\n")
    'ASK {} # yes\\n'
    """
    lines = text.splitlines(keepends=True)
    while lines and (lines[0].startswith("#") or not lines[0].strip()):
        del lines[0]
    return "".join(lines)


def packs(asking: Asking) -> dict[str, str]:
    """What is carried compressed, as text by the id of its element."""
    carried: dict[str, str] = {}
    if libraries.held(*libraries.EDITOR.values()):
        carried |= libraries.EDITOR
    if asking.way == "alone":
        carried |= libraries.ENGINE
    found = {id: libraries.embedded(name) for id, name in carried.items()}
    if asking.way == "alone":
        found["triples"] = libraries.text_of(gzip.compress(asking.nquads, 6, mtime=0))
    if found:
        notice = (libraries.folder() / "NOTICE.txt").read_bytes()
        found["notice"] = libraries.text_of(gzip.compress(notice, 9, mtime=0))
    return found
