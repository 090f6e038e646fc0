# SPDX-License-Identifier: Apache-2.0
"""A page for each thing that has an IRI: all that is known of it, for people; no script.

The page says what ``exograph show`` says, with links. Each function gives a whole HTML document.
``policy`` is what the browser must enforce with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any

from exograph.errors import InputError
from exograph.ids import BASE
from exograph.kb.finding import quoted, unknown
from exograph.model import KnowledgeBase
from exograph.rdf import Triple
from exograph.views.lettering import visible
from exograph.views.policy import digest
from exograph.views.templates import own, rendered
from exograph.views.thing_claim import claim
from exograph.views.thing_entity import entity
from exograph.views.thing_lists import listing
from exograph.views.thing_notes import conflict, remark, source, verification
from exograph.views.thing_parts import Values, item, page, section
from exograph.views.thing_records import attribute, mechanism, mechanism_step, statement, steps
from exograph.views.thing_reference import reference
from exograph.views.thing_telling import Teller, kept
from exograph.views.thing_vocabulary import vocabulary
from exograph.views.thing_words import DOCUMENTED, KINDS, kind

TRIPLES = (
    ("ttl", "Turtle", "text/turtle"),
    ("nt", "N-Triples", "application/n-triples"),
    ("rdf", "RDF/XML", "application/rdf+xml"),
)
"""Forms of the triples about a thing: as an address asks for them, their names and media types."""

_PAGES: Mapping[str, Callable[[Teller, Any], Values]] = {
    "entity": entity,
    "claim": claim,
    "reference": reference,
    "statement": statement,
    "attribute": attribute,
    "mechanism": mechanism,
    "step": mechanism_step,
    "verification": verification,
    "conflict": conflict,
    "remark": remark,
    "source": source,
}
assert set(_PAGES) == {*KINDS, "step"}
_MOST_GUESSES = 5


def find(kb: KnowledgeBase, name: str, id: str) -> Any:
    """The thing of a kind by its id. Raises InputError E002, with ids that may have been meant."""
    held = _by_id(kb, name)
    if id in held:
        return held[id]
    near = tuple(get_close_matches(id[:200], held, _MOST_GUESSES))
    if name == "entity":  # names count, too
        near = tuple(dict.fromkeys((*near, *unknown(kb, id).suggestions)))[:_MOST_GUESSES]
    cure = f"Did you mean {' or '.join(near)}?" if near else f"All of them stand at /{name}/."
    raise InputError("E002", f"No {KINDS[name][0]} is called {quoted(id)}.", cure, near)


def ids(kb: KnowledgeBase, name: str) -> Iterable[str]:
    """Ids of all things of a kind, those of the steps of mechanisms among these."""
    return _by_id(kb, name).keys()


def _by_id(kb: KnowledgeBase, name: str) -> Mapping[str, Any]:
    """Things of a kind by id, the steps of mechanisms among these."""

    def all_of() -> Mapping[str, Any]:
        held = kb.entities if name == "entity" else getattr(kb, f"{name}s")
        return {thing.id: thing for thing in held} | (steps(kb) if name == "mechanism" else {})

    return kept(kb, name, all_of)


def of_thing(tell: Teller, name: str, id: str) -> str:
    """The page of a thing. Raises InputError E002 if there is none of that kind and id."""
    found = find(tell.kb, name, id)
    told = _PAGES["step" if isinstance(found, tuple) else name](tell, found)
    forms = (*TRIPLES, ("json", "JSON", "application/json")) if name in DOCUMENTED else TRIPLES
    return _framed(tell, told, f"{name}/{id}", forms=forms)


def of_list(tell: Teller, name: str) -> str:
    """The page of all things of a kind."""
    return _framed(tell, listing(tell, name), f"{name}/")


def of_vocabulary(tell: Teller, triples: Iterable[Triple]) -> str:
    """The page of all terms, from the triples of the ontology."""
    return _framed(tell, vocabulary(tell, triples), "vocab", forms=TRIPLES)


def of_nothing(tell: Teller, name: str, id: str) -> str:
    """The page for an id that there is no thing of, with those that may have been meant."""
    near: tuple[str, ...] = ()
    try:
        find(tell.kb, name, id)
    except InputError as error:
        near = error.suggestions
    links = [
        {
            "item": item(each, tell.url(f"{name}/{each}")),
            "note": [item(tell.label(each))] if name == "entity" else [],
        }
        for each in near
    ]
    told = page(
        tell.word("none_such", kind(name, tell.lang)),
        tell.all_of(name),
        empty=tell.word("none_such_help", quoted(id)),
        parts=[section("meant", tell.word("meant"), links=links)] if links else [],
    )
    return _framed(tell, told, f"{name}/{id}", found=False)


def _framed(
    tell: Teller,
    told: Values,
    path: str,
    *,
    forms: tuple[tuple[str, str, str], ...] = (),
    found: bool = True,
) -> str:
    """The document around what a page says."""
    from markupsafe import Markup

    zh = tell.lang == "zh"
    other = "en" if zh else "zh"
    iri = f"{BASE}{path}" if found and not path.endswith("/") else ""
    values = {
        "lang": "zh-CN" if zh else "en",
        "told": told,
        "title": f"{told['heading']} · exograph",
        "iri": iri,
        "forms": [
            {"name": name, "url": url, "media": media}
            for form, name, media in forms
            if (url := tell.data(path, form))
        ],
        "switch": item(tell.word("language"), tell.switched(path), lang=other),
        "site": [item("exograph", tell.home), *map(tell.all_of, ("entity", "reference", "claim"))],
        "folders": [item(kind(name, tell.lang, many=True), tell.url(f"{name}/")) for name in KINDS],
        "vocabulary": item(tell.word("vocabulary"), tell.url("vocab")),
        "words": {key: tell.word(key) for key in FRAME},
        "stylesheet": tell.stylesheet,
    }
    css, rules = Markup(own("thing.css")), policy(linked=bool(tell.stylesheet))
    return rendered("thing.html", {**spelled_out(values), "css": css, "policy": rules})


FRAME = ("skip", "site", "everything", "contents", "data", "iri", "not_advice")


def spelled_out(value: Any) -> Any:
    """The values with control characters and those of direction in their texts spelled out."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return {key: spelled_out(each) for key, each in value.items()}
    return [spelled_out(each) for each in value] if isinstance(value, list | tuple) else value


@cache
def policy(*, linked: bool = False) -> str:
    """What the pages may do: look as they do, and nothing else.

    ``linked`` pages have their looks from a file beside them, on a server or on a disk.
    """
    return "; ".join(
        (
            "default-src 'none'",
            "style-src 'self' file:" if linked else f"style-src {digest(own('thing.css'))}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
