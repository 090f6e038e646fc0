# SPDX-License-Identifier: Apache-2.0
"""The JSON of the commands over HTTP: what a request asks of the knowledge base, and the answer.

Names are entities as on the command line: ids, labels, synonyms, identifiers, ``type:X``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from exograph.api import Graph
from exograph.errors import InputError
from exograph.kb.finding import quoted

Fields = Sequence[tuple[str, str]]
Document = dict[str, Any]

MOST_HITS, MOST_NEIGHBOURS = 200, 1000

_ONE, _MANY, _FLAG, _WHOLE, _SECONDS = "one", "many", "flag", "whole", "seconds"

FILTERS: dict[str, tuple[str, str]] = {
    "sign": ("sign", _ONE),
    "stated_only": ("stated_only", _FLAG),
    "no_inferred": ("no_inferred", _FLAG),
    "source": ("sources", _MANY),
    "any_tissue": ("any_tissue", _FLAG),
    "with_retracted": ("with_retracted", _FLAG),
    "max_steps": ("max_steps", _WHOLE),
    "timeout": ("timeout", _SECONDS),
}
"""Fields of all analyses: the filter that each one sets, and how it is read."""

OF_PATHS = {
    **FILTERS,
    "via": ("via", _MANY),
    "not": ("avoid", _MANY),
    "context": ("context", _MANY),
    "strict_context": ("strict_context", _FLAG),
    "reference": ("references", _MANY),
    "evidence": ("evidence_kinds", _MANY),
    "told": ("told", _FLAG),
    "coherent": ("coherent", _FLAG),
    "top": ("top", _WHOLE),
    "pattern": ("layers", _ONE),
}


def answer(graph: Graph, name: str, fields: Fields, timeout: float) -> Document:
    """The document of that name; an analysis is stopped after ``timeout`` seconds, and says so.

    Raises InputError: E002 and E003 for names, P101 to P115 for questions, H106 to H108 for fields.
    """
    return _DOCUMENTS[name](graph, fields, timeout)


def _search(graph: Graph, fields: Fields, timeout: float) -> Document:
    from exograph.views import documents

    given = _read(fields, {"q": ("q", _ONE), "limit": ("limit", _WHOLE)})
    limit = _bounded("limit", given.get("limit", 20), 1, MOST_HITS)
    return documents.of_hits(graph.search(_needed(given, "q"))[:limit])


def _thing(graph: Graph, fields: Fields, timeout: float) -> Document:
    return graph.show(_needed(_read(fields, {"id": ("id", _ONE)}), "id"))


def _neighbours(graph: Graph, fields: Fields, timeout: float) -> Document:
    from exograph.views import documents

    known = {"id": ("id", _ONE), "limit": ("limit", _WHOLE), "skip": ("skip", _WHOLE)}
    given = _read(fields, known)
    return documents.of_neighbours(
        graph.kb,
        graph.entity(_needed(given, "id")).id,
        skip=_bounded("skip", given.get("skip", 0), 0, 10**9),
        limit=_bounded("limit", given.get("limit", 100), 1, MOST_NEIGHBOURS),
    )


def _paths(graph: Graph, fields: Fields, timeout: float) -> Document:
    from exograph.paths import find, to_json
    from exograph.paths.query import layers_of

    known = OF_PATHS | {"start": ("start", _ONE), "end": ("end", _ONE), "no_fold": ("fold", _FLAG)}
    given = _timed(_read(fields, known), timeout)
    given["fold"] = not given.get("fold", False)
    if "layers" in given:
        given["layers"] = layers_of(given["layers"])
        given.setdefault("max_steps", max(8, len(given["layers"]) - 1))
        given.setdefault("start", f"type:{given['layers'][0]}")
        given.setdefault("end", f"type:{given['layers'][-1]}")
    start, end = _needed(given, "start"), _needed(given, "end")
    if "context" in given:
        given["context"] = [_pair(item) for item in given["context"]]
    for name in ("via", "avoid"):
        given[name] = graph.ids(given.get(name, ()))
    query = graph.question(start, end, given)
    return to_json(find(graph.kb, graph.arrays, query), graph.kb)


def _compare(graph: Graph, fields: Fields, timeout: float) -> Document:
    from exograph.paths.analyses import comparison_json
    from exograph.paths.compare import compare

    known = {"a": ("a", _ONE), "b": ("b", _ONE), "to": ("to", _MANY), "top": ("top", _WHOLE)}
    given = _timed(_read(fields, FILTERS | known), timeout)
    pair = _needed(given, "a"), _needed(given, "b")
    query = graph.question(pair, given.pop("to", ("type:HealingPhase",)), given)
    return comparison_json(compare(graph.kb, graph.arrays, query), graph.kb)


def _matrix(graph: Graph, fields: Fields, timeout: float) -> Document:
    from exograph.paths.analyses import matrix_json
    from exograph.paths.matrix import matrix

    known = {"from_type": ("from_type", _ONE), "to_type": ("to_type", _ONE)}
    given = _timed(_read(fields, FILTERS | known), timeout)
    rows = f"type:{given.pop('from_type', 'Source')}"
    columns = f"type:{given.pop('to_type', 'HealingPhase')}"
    query = graph.question(rows, columns, given)
    return matrix_json(matrix(graph.kb, graph.arrays, query))


def _gaps(graph: Graph, fields: Fields, timeout: float) -> Document:
    from exograph.paths.analyses import gaps_json

    _read(fields, {})
    return gaps_json(graph.gaps())


def _conflicts(graph: Graph, fields: Fields, timeout: float) -> Document:
    given = _read(fields, {"name": ("name", _ONE), "unexplained": ("unexplained", _FLAG)})
    return graph.conflicts(given.get("name"), unexplained=given.get("unexplained", False))


_DOCUMENTS: Mapping[str, Callable[[Graph, Fields, float], Document]] = {
    "search": _search,
    "entity": _thing,
    "reference": _thing,
    "claim": _thing,
    "neighbours": _neighbours,
    "paths": _paths,
    "compare": _compare,
    "matrix": _matrix,
    "gaps": _gaps,
    "conflicts": _conflicts,
}

NAMES = tuple(_DOCUMENTS)


def _read(fields: Fields, known: Mapping[str, tuple[str, str]]) -> Document:
    """The fields as values, by what they set. Raises InputError for one that is not known."""
    given: Document = {}
    for name, text in fields:
        if name not in known:
            near = tuple(get_close_matches(name, known, n=3))
            cure = f"Did you mean {near[0]}?" if near else f"Known are {', '.join(known)}."
            raise InputError("H106", f"There is no field {quoted(name)} here.", cure, near)
        into, kind = known[name]
        if kind == _MANY:
            given.setdefault(into, []).append(text)
        elif into in given:
            raise InputError("H105", f"The request gives {name} twice.", "Give it once.")
        else:
            given[into] = _value(name, text, kind)
    return given


def _value(name: str, text: str, kind: str) -> Any:
    if kind == _ONE:
        return text
    if kind == _FLAG:
        if text.lower() in ("", "1", "true"):
            return True
        if text.lower() in ("0", "false"):
            return False
        raise InputError("H107", f"{name} is {quoted(text)}.", "Give true or false.")
    try:
        number = int(text) if kind == _WHOLE else float(text)
    except ValueError:
        number = None
    if number is None or not abs(number) < 10**9:
        raise InputError("H107", f"{name} is {quoted(text)}, which is no number.", "Give one.")
    return number


def _needed(given: Document, name: str) -> str:
    if not str(given.get(name, "")).strip():
        raise InputError("H108", f"The request does not say {name}.", f"Give {name}=….")
    return str(given.pop(name))


def _bounded(name: str, number: int, least: int, most: int) -> int:
    if not least <= number <= most:
        raise InputError("H107", f"{name} is {number}.", f"Give {least} to {most}.")
    return number


def _timed(given: Document, timeout: float) -> Document:
    """With a search of less time than the request has, so that an answer says what is missing."""
    return given | {"timeout": min(given.get("timeout", timeout), timeout * 0.8)}


def _pair(item: str) -> tuple[str, str]:
    field, _, value = item.partition("=")
    return field, value
