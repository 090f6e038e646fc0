# SPDX-License-Identifier: Apache-2.0
"""The routes, behind the door."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router

from exograph.web.describing import About
from exograph.web.documents import ASKED, NAMED, Documents
from exograph.web.door import Door, Receive, Scope, Send
from exograph.web.failures import HttpError
from exograph.web.limits import Limits
from exograph.web.linked import Linked
from exograph.web.nursery import OWN, STRANGERS
from exograph.web.pages import LINKED
from exograph.web.pool import Nursery, Pool
from exograph.web.sparql import Endpoint, options

Page = Callable[[Request], Awaitable[Response]]

_EVERY = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"]


def application(
    task: dict[str, Any],
    about: About,
    limits: Limits,
    *,
    hosts: tuple[str, ...] = (),
    cors: str | None = None,
) -> Door:
    """An ASGI application over what the task says is to be held (see ``task_of``).

    It answers SPARQL, and for a snapshot the documents and pages of the knowledge base.
    """
    nursery = Nursery({**task, "memory": limits.memory, "timeout": limits.own})
    strangers = Pool(nursery, STRANGERS, limits.workers, limits.waiting)
    own = Pool(nursery, OWN, limits.workers, limits.waiting)
    pools = (strangers, own) if task["snapshot"] is not None else (strangers,)

    @asynccontextmanager
    async def running(app: Any) -> AsyncIterator[None]:
        await nursery.start()
        try:
            for pool in pools:
                await pool.start()
            made = documents.make() if len(pools) > 1 else asyncio.sleep(0)
            making = asyncio.create_task(made)  # before anybody waits for it
            yield
            making.cancel()
            nursery.check()
        finally:
            nursery.close()
            for pool in pools:
                pool.close()

    endpoint, documents = Endpoint(strangers, limits, about), Documents(own, limits)
    routes = [
        Route("/sparql", endpoint, methods=_EVERY),
        Route("/.well-known/void", _reading(endpoint.description), methods=_EVERY),
    ]
    if task["snapshot"] is not None:
        routes.append(Route("/", _reading(documents.page), methods=_EVERY))
        document = _reading(documents.document)
        paths = [f"/api/v1/{name}" for name in ASKED]
        paths += [f"/api/v1/{name}/{{id:path}}" for name in NAMED]
        routes += [Route(path, document, methods=_EVERY) for path in paths]
        routes += _linked(Linked(own, limits))
    router = Router(routes, redirect_slashes=False, default=_nothing, lifespan=running)
    return Door(router, limits, hosts, cors)


def _linked(linked: Linked) -> list[Route]:
    """What IRIs of ours name, under the same paths as in them."""
    pages = {"/vocab": linked.vocabulary, "/vocab/{id:path}": linked.term}
    for kind in LINKED:
        pages |= dict.fromkeys((f"/{kind}", f"/{kind}/"), linked.every)
        pages[f"/{kind}/{{id:path}}"] = linked.thing
    return [Route(path, _reading(page), methods=_EVERY) for path, page in pages.items()]


def task_of(*, snapshot: Path | None = None, rdf: Path | None = None) -> dict[str, Any]:
    """What workers are to hold: a snapshot, or a file of RDF."""
    folder, file = (None if path is None else str(path.resolve()) for path in (snapshot, rdf))
    return {"snapshot": folder, "rdf": file}


def _reading(page: Page) -> Page:
    """A page that can only be read."""

    async def read(request: Request) -> Response:
        if request.method == "OPTIONS":
            return options("GET, HEAD, OPTIONS", request)
        if request.method not in ("GET", "HEAD"):
            raise HttpError(
                405,
                "H145",
                f"{request.method} is not for this page.",
                "Use GET.",
                {"allow": "GET, HEAD, OPTIONS"},
            )
        return await page(request)

    return read


async def _nothing(scope: Scope, receive: Receive, send: Send) -> None:
    raise HttpError(404, "H144", "There is nothing here.", "Begin at /.")
