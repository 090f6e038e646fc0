# SPDX-License-Identifier: Apache-2.0
"""``/sparql``: a query in, its whole answer out; without a query, what there is."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from exograph.errors import ExographError
from exograph.rdf import Triple
from exograph.store import written
from exograph.web.describing import COUNTS, NAMED, PREFIXES, About, description
from exograph.web.failures import HttpError, busy
from exograph.web.limits import Limits
from exograph.web.negotiation import best
from exograph.web.pool import BusyError, Pool
from exograph.web.protocol import GRAPHS, formats, question

METHODS = "GET, HEAD, POST, OPTIONS"

_READ_ON = 8
"""Times the longest body that are read of one that is too long."""


class Endpoint:
    """The queries of strangers, within limits, over a pool of workers."""

    def __init__(self, pool: Pool, limits: Limits, about: About) -> None:
        self.pool, self.limits, self.about = pool, limits, about
        self._counting: asyncio.Task[About] | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """``sparql`` as an ASGI application, without what Starlette puts around a function."""
        response = await self.sparql(Request(scope, receive))
        await response(scope, receive, send)

    async def sparql(self, request: Request) -> Response:
        """SPARQL 1.1 Protocol. Raises HttpError and QueryError."""
        if request.method == "OPTIONS":
            return options(METHODS, request)
        if request.method not in ("GET", "HEAD", "POST"):
            raise HttpError(
                405,
                "H145",
                f"{request.method} is not for /sparql.",
                "Use GET or POST.",
                {"allow": METHODS},
            )
        body = await body_of(request, self.limits) if request.method == "POST" else b""
        asked = question(
            request.method,
            request.scope["query_string"],
            request.headers.get("content-type", ""),
            body,
        )
        accept = accepted(request)
        if asked is None:
            return await self.description(request)
        rows, graph = formats(accept)
        if rows is None and graph is None:
            raise _none_acceptable(accept)
        head = {
            "rows": rows and rows[0],
            "graph": graph and graph[0],
            "dataset": asked.dataset and [asked.dataset.default, asked.dataset.named],
            "most": self.limits.answer,
            "base": f"{request.scope['scheme']}://{request.headers['host']}/sparql",
        }
        timeout = min(asked.timeout or self.limits.timeout, self.limits.timeout)
        form, answer = await self._ask(head, asked.query, timeout)
        chosen = next(offer for offer in (rows, graph) if offer is not None and offer[0] == form)
        return answered(answer, chosen[1])

    async def description(self, request: Request) -> Response:
        """The service description with VoID, in the form that the client likes best."""
        chosen = best(accepted(request), GRAPHS)
        if chosen is None:
            raise _none_acceptable(accepted(request))
        if self._counting is None:
            self._counting = asyncio.create_task(self._counted())
        try:
            about = await asyncio.shield(self._counting)  # others may want it, too
        except ExographError:
            self._counting = None
            raise
        base = str(request.base_url).rstrip("/")
        triples: Iterable[Triple] = description(base, about)
        return answered(written(triples, chosen[0], PREFIXES), chosen[1])

    async def _counted(self) -> About:
        """With its counts, without those that cannot be had in the time that a query has. Raises
        HttpError 503 if no worker was free."""
        end = time.monotonic() + self.limits.timeout
        counts: dict[str, int] = {}
        for name, query in COUNTS.items():
            if rows := await self._rows(query, end):
                counts[name] = int(rows[0]["n"]["value"])
        named = {r["g"]["value"]: int(r["n"]["value"]) for r in await self._rows(NAMED, end)}
        return replace(self.about, counts=counts, named=named)

    async def _rows(self, query: str, end: float) -> list[dict[str, dict[str, str]]]:
        head = {"rows": "json", "graph": None, "dataset": None, "most": self.limits.answer}
        if (left := end - time.monotonic()) <= 0:
            return []
        try:
            _, answer = await self._ask(head, query, left)
        except HttpError:
            raise
        except ExographError:
            return []
        return [row for row in json.loads(answer)["results"]["bindings"] if row]

    async def _ask(self, head: dict[str, Any], query: str, timeout: float) -> tuple[str, bytes]:
        try:
            body = query.encode("utf-8", "surrogatepass")
            told, answer = await self.pool.ask({"query": head}, body, timeout)
        except BusyError:
            raise busy() from None
        return told["format"], answer


def accepted(request: Request) -> str | None:
    """What a client accepts: all of its headers of that name, joined as they may be."""
    given = request.headers.getlist("accept")
    return ", ".join(given) if given else None


def answered(body: bytes, media: str) -> Response:
    charset = "; charset=utf-8" if media.startswith("text/") else ""
    return Response(body, headers={"content-type": media + charset, "vary": "Accept"})


def options(methods: str, request: Request) -> Response:
    """The answer to OPTIONS, which a browser asks before it sends a query from another site."""
    headers = {"allow": methods}
    if "access-control-request-method" in request.headers:
        headers |= {
            "access-control-allow-methods": methods,
            "access-control-allow-headers": "Accept, Content-Type",
            "access-control-max-age": "600",
        }
    return Response(status_code=204, headers=headers)


async def body_of(request: Request, limits: Limits) -> bytes:
    """The body. Raises HttpError: 413 if it is too long, 408 if it is long in coming.

    What is too long is read for a while all the same: a connection that is closed before is reset,
    and the client, still sending, does not see why.
    """
    body, size = bytearray(), 0
    with suppress(TimeoutError):
        async with asyncio.timeout(limits.patience):
            async for part in request.stream():
                size += len(part)
                if size <= limits.body:
                    body += part
                elif size > _READ_ON * limits.body:
                    break
            else:
                if size <= limits.body:
                    return bytes(body)
    close = {"connection": "close"}
    if size > limits.body:
        message = f"The body is longer than {limits.body} bytes."
        raise HttpError(413, "H113", message, "Send less.", close)
    raise HttpError(408, "H148", "The body was long in coming.", "Send it at once.", close)


def _none_acceptable(accept: str | None) -> HttpError:
    return HttpError(
        406,
        "Q214",
        f"No answer can be given as {(accept or '')[:200]}.",
        "Accept application/sparql-results+json, text/csv or text/turtle, say.",
    )
