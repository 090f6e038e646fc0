# SPDX-License-Identifier: Apache-2.0
"""Linked data: every IRI of ours under its own path, as a page, as triples, or as JSON.

https://w3id.org/exograph/entity/mir-126 is ``/entity/mir-126`` here. Which form a client gets is
what it accepts, or what ``?format=`` says.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from exograph.errors import ExographError
from exograph.ids import BASE, VOCAB
from exograph.rdf.prefixes import IRI
from exograph.views.thing_words import DOCUMENTED
from exograph.web.documents import language
from exograph.web.failures import HttpError, busy
from exograph.web.frames import Message
from exograph.web.limits import Limits
from exograph.web.negotiation import Offer, best
from exograph.web.pages import LINKED
from exograph.web.pool import BusyError, Pool
from exograph.web.protocol import GRAPHS
from exograph.web.sparql import accepted, answered

_HTML: Offer = ("html", "text/html")
_JSON: Offer = ("json", "application/json")
_TERMS_IN = (_HTML, *GRAPHS[:3])
_THINGS_IN = {kind: (*_TERMS_IN, _JSON) if kind in DOCUMENTED else _TERMS_IN for kind in LINKED}
"""Forms, the one for people first: a browser may accept anything."""

_ABOUT = (
    "CONSTRUCT {{ <{0}> ?p ?o . ?s ?q <{0}> }} "
    "WHERE {{ {{ <{0}> ?p ?o }} UNION {{ ?s ?q <{0}> }} }}"
)
_TERMS = (
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o "
    f'FILTER(isBlank(?s) || STRSTARTS(STR(?s), "{VOCAB.removesuffix("#")}")) }}'
)
"""The vocabulary with its blank nodes. The data have none, so no other query asks for any."""


class Linked:
    """Things of the knowledge base and terms of its vocabulary, by our own workers."""

    def __init__(self, pool: Pool, limits: Limits) -> None:
        self.pool, self.limits = pool, limits

    async def thing(self, request: Request) -> Response:
        """The thing that the path names, in the form that is asked for. Raises HttpError."""
        kind, id = request.scope["path"].split("/")[1], request.path_params["id"]
        form, media = _chosen(request, _THINGS_IN[kind])
        try:
            if form == "html":
                response = await self._page(request, kind, id)
            elif form == "json":
                _, body = await self._ask({"page": f"{kind} json", "id": f"{id}?", "lang": "en"})
                response = Response(body, media_type=media)
            else:
                response = await self._about(kind, id, (form, media))
        except HttpError as error:
            if error.status != 404 or form not in ("html", "json"):
                raise
            if form == "json":
                return _not_found(error)
            return await self._page(request, f"{kind} none", id, 404)
        return _varied(response, request, _THINGS_IN[kind])

    async def every(self, request: Request) -> Response:
        """The page of all things of a kind."""
        return await self._page(request, f"{request.scope['path'].split('/')[1]} all", "")

    async def vocabulary(self, request: Request) -> Response:
        """All terms, on one page or as triples."""
        chosen = _chosen(request, _TERMS_IN)
        if chosen[0] == "html":
            response = await self._page(request, "vocabulary", "")
        else:
            response = await self._triples(_TERMS, chosen)
        return _varied(response, request, _TERMS_IN)

    async def term(self, request: Request) -> Response:
        """From a term to its place in the vocabulary."""
        name = request.path_params["id"]
        if not await self._holds(VOCAB + name):
            raise HttpError(404, "E002", "The vocabulary has no such term.", "See /vocab.")
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/vocab{query}#{quote(name)}", 303)

    async def _page(self, request: Request, name: str, id: str, status: int = 200) -> Response:
        """A page by a worker, which is told of the language, and whether the address chose it."""
        lang = language(request)
        chosen = lang if request.query_params.get("lang") == lang else ""
        told, body = await self._ask({"page": name, "id": f"{id}?{chosen}", "lang": lang})
        headers = {
            "content-security-policy": f"{told['policy']}; frame-ancestors 'none'",
            "cache-control": "no-cache",
            "vary": "Accept, Accept-Language",
        }
        return Response(body, status, headers, "text/html")

    async def _about(self, kind: str, id: str, chosen: Offer) -> Response:
        """The triples about a thing, in both directions."""
        iri = f"{BASE}{kind}/{id}"
        if not await self._holds(iri):
            head = {"page": kind, "id": f"{id}?", "lang": "en"}
            await self._ask(head)  # which says what may have been meant
            raise HttpError(404, "E002", f"There are no triples about {iri}.", f"See /{kind}/.")
        return await self._triples(_ABOUT.format(iri), chosen)

    async def _holds(self, iri: str) -> bool:
        """Whether the store has triples of which the IRI is the subject."""
        if not IRI.match(iri):
            return False
        head = {"rows": "json", "graph": None, "dataset": None, "most": self.limits.answer}
        _, answer = await self._ask({"query": head}, f"ASK {{ <{iri}> ?p ?o }}")
        return bool(json.loads(answer)["boolean"])

    async def _triples(self, query: str, chosen: Offer) -> Response:
        head = {"rows": None, "graph": chosen[0], "dataset": None, "most": self.limits.answer}
        _, answer = await self._ask({"query": head}, query)
        return answered(answer, chosen[1])

    async def _ask(self, head: dict[str, Any], query: str = "") -> Message:
        """What a worker answers. Raises HttpError 404 if there is nothing of that id."""
        try:
            return await self.pool.ask(head, query.encode(), self.limits.own)
        except BusyError:
            raise busy() from None
        except ExographError as error:
            if error.code != "E002":
                raise
            known = error.code, error.message, error.cure
            raise HttpError(404, *known, suggestions=error.suggestions) from None


def _chosen(request: Request, offers: tuple[Offer, ...]) -> Offer:
    """The form that the address says, or else the one that the client likes best.

    Raises HttpError: 400 H107 for a form that there is none of, 406 Q214 if none is acceptable.
    """
    names = dict.fromkeys(form for form, _ in offers)
    if (asked := request.query_params.get("format")) is not None:
        if asked not in names:
            raise HttpError(400, "H107", f"format is {asked[:40]!r}.", f"Give {', '.join(names)}.")
        return next(offer for offer in offers if offer[0] == asked)
    chosen = best(accepted(request), offers)
    if chosen is None:
        known = ", ".join(dict.fromkeys(media for _, media in offers))
        raise HttpError(406, "Q214", "No such form can be given.", f"Accept one of {known}.")
    return chosen


def _varied(response: Response, request: Request, offers: tuple[Offer, ...]) -> Response:
    """The response as one of several forms, with links to all of them."""
    path = quote(request.scope["path"])
    links = (f'<{path}?format={form}>; rel="alternate"; type="{m}"' for form, m in offers)
    response.headers["link"] = ", ".join(links)
    response.headers["vary"] = "Accept, Accept-Language"
    response.headers["cache-control"] = "no-cache"
    return response


def _not_found(error: HttpError) -> Response:
    """The error as the documents of ``/api/v1`` give it."""
    told = {"code": error.code, "message": error.message, "cure": error.cure}
    text = json.dumps({"error": {**told, "suggestions": error.suggestions}}, ensure_ascii=False)
    headers = {"cache-control": "no-store"}
    return Response(text, 404, media_type="application/json", headers=headers)
