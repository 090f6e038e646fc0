# SPDX-License-Identifier: Apache-2.0
"""``/api/v1/…``, the JSON of the commands for the page and other programs; and the pages."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from exograph.errors import ExographError
from exograph.web.failures import HttpError, busy
from exograph.web.frames import Message
from exograph.web.limits import Limits
from exograph.web.pool import BusyError, Pool
from exograph.web.protocol import fields_of

NAMED = ("entity", "reference", "claim", "neighbours")
"""Documents of one thing, whose id stands in the path."""

ASKED = ("search", "paths", "compare", "matrix", "gaps", "conflicts")
"""Documents that the fields of the request describe."""


class Documents:
    """Documents of the knowledge base, worked out by our own workers."""

    def __init__(self, pool: Pool, limits: Limits) -> None:
        self.pool, self.limits = pool, limits
        self._explorers: dict[str, asyncio.Task[Message]] = {}

    async def document(self, request: Request) -> Response:
        """The document that the path names. Raises HttpError and what the worker says."""
        name = request.scope["path"].split("/")[3]
        fields = fields_of(request.scope["query_string"])
        if "id" in request.path_params:
            fields.append(("id", request.path_params["id"]))
        head = {"name": name, "fields": fields, "timeout": self.limits.timeout}
        _, body = await self._ask(head, one=name in NAMED)
        return Response(body, media_type="application/json", headers={"cache-control": "no-cache"})

    async def page(self, request: Request) -> Response:
        """The page of the whole knowledge base."""
        told, body = await self.explorer(language(request))
        headers = {
            "content-security-policy": f"{told['policy']}; frame-ancestors 'none'",
            "cache-control": "no-cache",
            "vary": "Accept-Language",
        }
        return Response(body, media_type="text/html", headers=headers)

    async def make(self) -> None:
        """Makes the page in both languages, one after the other: other workers stay free."""
        for lang in ("en", "zh"):
            with suppress(ExographError):
                await self.explorer(lang)

    async def explorer(self, lang: str) -> Message:
        """The page in a language: made once, which takes a second or more, and kept."""
        if lang not in self._explorers:
            asked = self._ask({"page": "explorer", "id": "", "lang": lang}, one=True)
            self._explorers[lang] = making = asyncio.create_task(asked)
            making.add_done_callback(lambda made: made.cancelled() or made.exception())
        try:
            return await asyncio.shield(self._explorers[lang])
        except ExographError:
            self._explorers.pop(lang, None)
            raise

    async def _ask(self, head: dict[str, Any], *, one: bool) -> Message:
        """The worker's answer; 404 if it is about ``one`` thing, and there is none."""
        try:
            return await self.pool.ask(head, b"", self.limits.own)
        except BusyError:
            raise busy() from None
        except ExographError as error:
            if error.code == "E002" and one:
                raise HttpError(
                    404, error.code, error.message, error.cure, suggestions=error.suggestions
                ) from None
            raise


def language(request: Request) -> str:
    """``zh`` or ``en``: what ``?lang=`` says, or else what the browser likes better."""
    if (asked := request.query_params.get("lang", "")) in ("en", "zh"):
        return asked
    liked = request.headers.get("accept-language", "").lower()
    found = [(liked.find(name), name) for name in ("en", "zh") if name in liked]
    return min(found)[1] if found else "en"
