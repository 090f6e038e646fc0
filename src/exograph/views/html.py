# SPDX-License-Identifier: Apache-2.0
"""The interactive page: one HTML document that needs nothing else and asks no one for anything.

pyvis holds nodes and edges; its own writing is not used, for it loads from a content network,
leaves titles unescaped, writes into the working directory and in the locale's encoding. Instead our
template is rendered with autoescape, around a vis-network file of our own choice. A content
security policy with the digest of each script and style makes the browser itself refuse everything
else.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from exograph.model import Claim, KnowledgeBase, Source
from exograph.views import style
from exograph.views.asking import Asking, admitted, packs, told
from exograph.views.libraries import drawing
from exograph.views.payload import (
    Caption,
    captions_of,
    embed,
    legend,
    records,
    scene_data,
)
from exograph.views.policy import digest
from exograph.views.scenes import ball, scenes
from exograph.views.scopes import carried, nearby, scopes
from exograph.views.templates import own, rendered
from exograph.views.walks import walks

if TYPE_CHECKING:
    from pyvis.network import Network

SCRIPTS = (
    "base",
    "words",
    "trust",
    "picture",
    "around",
    "filters",
    "panel",
    "search",
    "index",
    "answers",
    "finder",
    "matrix",
    "compare",
    "exports",
    "ask_packs",
    "ask_tokens",
    "ask_engine",
    "ask_editor",
    "ask_results",
    "ask",
    "address",
)
ALONE = (
    "mechanisms_ground",
    "mechanisms_search",
    "mechanisms_fold",
    "mechanisms",
    "telling_words",
    "telling_knowledge",
    "telling_citations",
    "telling_disputes",
    "telling_papers",
    "telling_cautions",
    "telling",
    "answers_here",
)
SERVED = ("answers_there",)
API = "/api/v1"
"""Where a page that is served finds the documents that answer its questions."""


def page(
    kb: KnowledgeBase,
    *,
    entities: Sequence[str] | None = None,
    depth: int | None = None,
    highlight: Sequence[Sequence[str]] = (),
    captions: Sequence[Caption] = (),
    lang: str = "en",
    asking: Asking | None = None,
    site: bool = False,
) -> str:
    """One self-contained HTML document showing ``kb``; the caller writes it, as UTF-8.

    ``entities`` (ids) with ``depth`` (claims away, 1 if not given) cut a neighbourhood out.
    ``highlight`` holds paths as claim ids; the first is shown, all can be chosen. ``captions``
    tell the paths in words: a text, or texts by language (``{"en": …, "zh": …}``). ``lang``
    (``en`` or ``zh``) is what the page opens in; it can be switched there. ``asking`` tells how it
    answers SPARQL; without it, it does not. A page that asks a server for that asks it for paths,
    matrices and comparisons, too. The page of a ``site`` links to those of all things, which lie
    beside it as files. Imports that are too large for a page are left out, and named. The knowledge
    base is not changed and nothing is written. Equal arguments give equal text.

    Raises KeyError for an entity or a claim that the knowledge base does not have, and InputError
    U006 for more of them than a page can show.
    """
    left_out: tuple[tuple[Source, int], ...] = ()
    if entities is None and not highlight:
        kb, left_out = carried(kb)
    elif entities is not None:
        kb = nearby(kb, entities, 1 if depth is None else depth)
    else:
        claims_of = (kb.claim[id] for path in highlight for id in path)
        ends = {end for claim in claims_of for end in (claim.subject, claim.object)}
        kb = nearby(kb, ends, 0)
    focus = None if entities is None else ball(kb, entities, 1 if depth is None else depth)
    drawn = _drawings(kb, focus, highlight)
    visible = focus if focus is None else focus.union(*(scene["boxes"] for scene in drawn))
    claims = [
        c for c in kb.claims if visible is None or (c.subject in visible and c.object in visible)
    ]
    network = _network(kb, claims, drawn[0] if drawn else None)
    nodes, edges, _, _, _, options = network.get_network_data()
    data = {
        "lang": lang,
        "network": {"nodes": nodes, "edges": edges, "options": json.loads(options)},
        "scenes": drawn,
        "style": legend(),
        "words": json.loads(own("words.json")),
        "paths": [list(path) for path in highlight],
        "captions": captions_of(captions),
        "centres": list(entities or ()),
        "left_out": [{"id": s.id, "claims": claims} for s, claims in left_out],
        **records(kb, claims),
    }
    way = asking.way if asking else ""
    data |= {"api": API} if way == "served" else {"walks": walks(kb, claims)}
    if asking and way:
        data["asking"] = told(asking)
    if site:
        data["site"] = True
    return _render(data, lang, _title(kb, lang), way, packs(asking) if asking and way else {})


def _drawings(
    kb: KnowledgeBase, focus: frozenset[str] | None, highlight: Sequence[Sequence[str]]
) -> list[dict[str, Any]]:
    """Scenes as the page gets them, each once for every scope, the one to open with first.

    What was asked for (paths, the surroundings of entities) has one drawing, which holds all of it.
    """
    asked = scenes(kb, focus, highlight) if focus is not None or highlight else ()
    drawn = [scene_data(kb, s) for s in asked if s.key in {"paths", "selection"}]
    if focus is None:
        drawn += [
            scene_data(part, scene, scope)
            for scope, part in scopes(kb).items()
            for scene in scenes(part)
        ]
    return drawn


def _title(kb: KnowledgeBase, lang: str) -> str:
    titles = [s.title_zh if lang == "zh" else s.title_en for s in kb.sources]
    return " · ".join(["exograph", *titles[:1]])


def _network(kb: KnowledgeBase, claims: Sequence[Claim], scene: dict[str, Any] | None) -> Network:
    """Nodes of the opening scene and one edge per claim, parallel ones kept, in pyvis."""
    from pyvis.network import Network

    class Page(Network):  # type: ignore[misc]
        """A pyvis network that is only read from: no template, no file, no network of its own."""

        def generate_html(self, *_: Any, **__: Any) -> str:
            raise NotImplementedError("exograph.views.html.page renders the page")

        write_html = save_graph = show = generate_html

    network = Page(directed=True, cdn_resources="in_line")
    network.set_options(json.dumps(OPTIONS))
    for id, (x, y, width, height, *_) in (scene["boxes"] if scene else {}).items():
        network.add_node(
            id, label=kb.entity[id].label_en, shape="custom", x=x, y=y, plate=[width, height]
        )
    inside = set(scene["claims"]) if scene else set()
    for claim in claims:
        if claim.id in inside:
            network.add_edge(claim.subject, claim.object, id=claim.id, **edge_look(claim))
    return network


def edge_look(claim: Claim) -> dict[str, Any]:
    """How vis-network draws a claim, from the table of styles."""
    sign, basis = style.sign_key(claim), style.basis_key(claim)
    dashes = style.dashes(sign, basis)
    return {
        "arrows": {"to": {"enabled": True, "type": style.SIGNS[sign].arrow}},
        "dashes": list(dashes) or False,
        "width": style.width(sign, len({s.reference for s in claim.statements if not s.retracted})),
    }


OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {
        "hover": True,
        "multiselect": False,
        "selectConnectedEdges": False,
        "hoverConnectedEdges": False,
        "keyboard": False,
        "navigationButtons": False,
        "zoomSpeed": 0.6,
    },
    "edges": {
        "chosen": False,
        "selectionWidth": 0,
        "hoverWidth": 0,
        "smooth": {
            "enabled": True,
            "type": "cubicBezier",
            "forceDirection": "horizontal",
            "roundness": 0.5,
        },
    },
    "nodes": {"chosen": False, "borderWidth": 0, "shape": "custom"},
}


def scripts(way: str) -> tuple[str, ...]:
    """Names of the scripts of a page that answers so, in order (see ``asking.Asking.way``)."""
    return (*SCRIPTS, *(SERVED if way == "served" else ALONE), "main")


@cache
def _script(way: str) -> str:
    body = "\n".join(own(f"{name}.js") for name in scripts(way))
    return f'(() => {{\n"use strict";\n{body}\n}})();\n'


@cache
def policy(way: str = "") -> str:
    """What the page may do: run its own scripts and styles, and ask nothing of any network.

    One that answers SPARQL (see ``asking.Asking.way``) may ask its own server, or run a program.
    """
    allowed = {
        "default-src": ["'none'"],
        "script-src": [digest(drawing()), digest(_script(way))],
        "style-src": [digest(own("page.css"))],
        "img-src": ["data:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    for directive, sources in admitted(way).items():
        allowed[directive] = allowed.get(directive, []) + sources
    return "; ".join(" ".join((directive, *sources)) for directive, sources in allowed.items())


def _render(data: dict[str, Any], lang: str, title: str, way: str, carried: dict[str, str]) -> str:
    from markupsafe import Markup

    return rendered(
        "template.html",
        {
            "lang": "zh-CN" if lang == "zh" else "en",
            "title": title,
            "words": {
                key: text["zh" if lang == "zh" else "en"] for key, text in data["words"].items()
            },
            "policy": policy(way),
            "pages": "entity.html" if data.get("site") else "/entity/" if way == "served" else "",
            "css": Markup(own("page.css")),
            "library": Markup(drawing()),
            "script": Markup(_script(way)),
            "data": Markup(embed(data)),
            "packs": {id: Markup(text) for id, text in carried.items()},
        },
    )
