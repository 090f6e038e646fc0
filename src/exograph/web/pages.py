# SPDX-License-Identifier: Apache-2.0
"""Pages for people, as workers make them: the text, and what it may do in a browser."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import NamedTuple

from exograph.api import Graph
from exograph.views.thing_words import KINDS

LINKED = tuple(KINDS)
"""Kinds of things that have IRIs, which are the folders of these."""


class Page(NamedTuple):
    """HTML, and its content security policy; or JSON, which needs none."""

    text: str
    policy: str = ""


def page(graph: Graph, name: str, id: str, lang: str) -> Page:
    """The page of that name, about ``id`` if it is about one thing. Raises InputError for an id
    that is none.

    Pages of things with IRIs are named ``entity``, ``entity all``, ``entity none``, ``entity json``
    and so on. After the id comes a question mark, and the language if it was chosen in the address,
    which links then hold on to: ``mir-126?``, ``mir-126?zh``.
    """
    kind, _, form = name.partition(" ")
    if kind in LINKED or kind == "vocabulary":
        return _linked(graph, kind, form, id, lang)
    return _PAGES[name](graph, id, lang)


def _explorer(graph: Graph, id: str, lang: str) -> Page:
    from exograph.queries import answerable, list_queries
    from exograph.snapshot import data_folder
    from exograph.views import html
    from exograph.views.asking import Asking

    prefixes, shipped = graph.snapshot.prefixes, list_queries(data_folder() / "graphs" / "queries")
    asking = Asking(prefixes, answerable(shipped, graph.kb, prefixes), endpoint="/sparql")
    return Page(html.page(graph.kb, lang=lang, asking=asking), html.policy(asking.way))


def _linked(graph: Graph, kind: str, form: str, address: str, lang: str) -> Page:
    from exograph.views import documents, things
    from exograph.views.thing_telling import Teller

    id, _, chosen = address.rpartition("?")
    tell = Teller(graph.kb, lang, graph.snapshot.prefixes, keep=bool(chosen))
    if form == "json":
        found = documents.of(graph.kb, things.find(graph.kb, kind, id))
        return Page(json.dumps(found, ensure_ascii=False, separators=(",", ":")))
    if kind == "vocabulary":
        from exograph.snapshot import data_folder
        from exograph.store import read_turtle

        ontology = read_turtle(data_folder() / "ontology" / "exograph.ttl")
        return Page(things.of_vocabulary(tell, ontology), things.policy())
    if form == "all":
        return Page(things.of_list(tell, kind), things.policy())
    make = things.of_nothing if form == "none" else things.of_thing
    return Page(make(tell, kind, id), things.policy())


_PAGES: Mapping[str, Callable[[Graph, str, str], Page]] = {"explorer": _explorer}
