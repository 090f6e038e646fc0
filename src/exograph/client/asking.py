# SPDX-License-Identifier: Apache-2.0
"""The client: a method for each address of a server, and its errors as one exception."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Unpack, cast
from urllib.parse import quote, urlencode, urlsplit

from exograph.client.fields import Filters, PathFilters, sent
from exograph.errors import ExographError

if TYPE_CHECKING:
    from urllib.request import OpenerDirector, Request

    from exograph.client import types

_LOCAL = ("127.0.0.1", "localhost", "::1")
_JSON, _ROWS = "application/json", "application/sparql-results+json"
_LONGEST = 256 * 1024**2
"""Bytes; no answer of a server has so many."""

_LONGEST_WAIT = 60.0
"""Seconds that a server may ask to be left alone."""

_ONE_LINE = re.compile(r"([A-Z]\d{3}) (.+)", re.DOTALL)


class ClientError(ExographError):
    """What a server says is wrong, or that it says nothing.

    Beside ``code``, ``message``, ``cure`` and ``suggestions``: ``status`` is that of HTTP, or None
    if there was no answer; ``retry_after`` the seconds after which a busy server wants to be asked
    again, or None.
    """

    def __init__(
        self,
        code: str,
        message: str,
        cure: str = "",
        suggestions: tuple[str, ...] = (),
        *,
        status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(code, message, cure, suggestions)
        self.status = status
        self.retry_after = retry_after


class Client:
    """Asks a server of `exograph serve`.

    ``timeout``: seconds to wait for the server to say something. ``retry``: ask a busy server once
    more, after the seconds that it names. All methods raise ClientError: what the server says is
    wrong, A111 if it does not answer, A112 if what it answers is not from exograph.
    """

    def __init__(
        self, address: str = "http://127.0.0.1:8000", *, timeout: float = 60.0, retry: bool = False
    ) -> None:
        """Raises ClientError A112 for an address that is no URL of HTTP."""
        try:
            split = urlsplit(address)
            usable = split.scheme in ("http", "https") and bool(split.hostname)
        except ValueError:
            usable = False
        if not usable:
            cure = "Give one such as http://127.0.0.1:8000."
            raise ClientError("A112", f"{address[:200]!r} is no address of a server.", cure)
        self.address = address.rstrip("/")
        self.timeout, self.retry = timeout, retry
        self._opener = _opener(split.hostname or "")

    def __repr__(self) -> str:
        return f"Client({self.address!r})"

    def search(self, text: str, *, limit: int = 20) -> types.Search:
        """Entities that a part of a name may mean, best first; ``limit`` is 200 at most."""
        return cast("types.Search", self._document("search", {"q": text, "limit": limit}))

    def show(self, name: str) -> types.Shown:
        """All about an entity, a reference or a claim, by id or name."""
        return cast("types.Shown", self._named("entity", name))

    def entity(self, name: str) -> types.ShownEntity:
        """All about an entity. A112 if the name is that of something else."""
        return cast("types.ShownEntity", self._of_kind("entity", name))

    def reference(self, name: str) -> types.ShownReference:
        """A paper, and what it is cited for. A112 if the name is that of something else."""
        return cast("types.ShownReference", self._of_kind("reference", name))

    def claim(self, id: str) -> types.Claim:
        """A claim with its statements. A112 if the id is that of something else."""
        return cast("types.Claim", self._of_kind("claim", id))

    def neighbours(self, name: str, *, skip: int = 0, limit: int = 100) -> types.Neighbours:
        """What claims join to an entity: ``total`` counts all; ``limit`` is 1000 at most."""
        found = self._named("neighbours", name, {"skip": skip, "limit": limit})
        return cast("types.Neighbours", found)

    def paths(
        self, start: str | None = None, end: str | None = None, **filters: Unpack[PathFilters]
    ) -> types.Paths:
        """Mechanism paths, best first. An end is a name or ``type:X``; a ``pattern`` needs none."""
        asked = {"start": start, "end": end, **filters}
        return cast("types.Paths", self._document("paths", asked))

    def compare(
        self,
        a: str,
        b: str,
        *,
        to: str | list[str] | None = None,
        top: int | None = None,
        **filters: Unpack[Filters],
    ) -> types.Comparisons:
        """Which routes two sources share; ``to`` ends, by default every phase of healing."""
        asked = {"a": a, "b": b, "to": to, "top": top, **filters}
        return cast("types.Comparisons", self._document("compare", asked))

    def matrix(
        self,
        *,
        from_type: str | None = None,
        to_type: str | None = None,
        **filters: Unpack[Filters],
    ) -> types.Matrix:
        """How many routes lead from each source to each phase, or between other kinds."""
        asked = {"from_type": from_type, "to_type": to_type, **filters}
        return cast("types.Matrix", self._document("matrix", asked))

    def gaps(self) -> types.Gaps:
        """What leads nowhere, or hangs on one paper."""
        return cast("types.Gaps", self._document("gaps", {}))

    def conflicts(self, name: str | None = None, *, unexplained: bool = False) -> types.Conflicts:
        """Who says the opposite: all, or what an entity, a reference or a claim takes part in."""
        asked = {"name": name, "unexplained": unexplained}
        return cast("types.Conflicts", self._document("conflicts", asked))

    def query(self, sparql: str, *, timeout: float | None = None) -> list[dict[str, types.Term]]:
        """Rows of a SELECT query by variable; what is not bound is not there.

        ``timeout``: seconds for the query, within the server's own limit. Q209 for an ASK, Q214 for
        a query that gives triples.
        """
        answer = self._asked(sparql, timeout)
        if "results" not in answer:
            raise ClientError("Q209", "The query gives no rows.", "Ask it with the method ask.")
        return cast("types.Rows", answer)["results"]["bindings"]

    def ask(self, sparql: str, *, timeout: float | None = None) -> bool:
        """The answer to an ASK query. Q209 for one that gives rows."""
        answer = self._asked(sparql, timeout)
        if "boolean" not in answer:
            raise ClientError("Q209", "The query gives rows.", "Ask it with the method query.")
        return cast("types.Truth", answer)["boolean"]

    def _asked(self, sparql: str, timeout: float | None) -> dict[str, Any]:
        body = urlencode(sent({"query": sparql, "timeout": timeout}), errors="surrogatepass")
        return self._got("/sparql", _ROWS, body.encode("ascii"))

    def _of_kind(self, kind: str, name: str) -> dict[str, Any]:
        found = self._named(kind, name)
        if kind not in found:
            raise ClientError("A112", f"{name[:200]!r} is no {kind}.", "Ask with the method show.")
        return found

    def _named(
        self, name: str, id: str, fields: Mapping[str, object] | None = None
    ) -> dict[str, Any]:
        return self._document(f"{name}/{quote(id, safe='', errors='surrogatepass')}", fields or {})

    def _document(self, path: str, fields: Mapping[str, object]) -> dict[str, Any]:
        asked = urlencode(sent(fields), errors="surrogatepass")
        return self._got(f"/api/v1/{path}{'?' if asked else ''}{asked}", _JSON)

    def _got(self, target: str, accept: str, body: bytes | None = None) -> dict[str, Any]:
        from urllib.request import Request

        request = Request(f"{self.address}{target}", body, {"Accept": accept})
        try:
            return self._once(request)
        except ClientError as error:
            wait = error.retry_after
            if not self.retry or error.status != 503 or wait is None or wait > _LONGEST_WAIT:
                raise
        time.sleep(wait)
        return self._once(request)

    def _once(self, request: Request) -> dict[str, Any]:
        from http.client import HTTPException
        from urllib.error import HTTPError

        try:
            with self._opener.open(request, timeout=self.timeout) as answer:
                body = answer.read(_LONGEST + 1)
        except HTTPError as error:
            with error:
                raise _error_of(error.code, error.headers, error.read(_LONGEST)) from None
        except (OSError, HTTPException) as error:
            why = getattr(error, "reason", None) or error
            message = f"{self.address} does not answer: {str(why) or type(why).__name__}."
            cure = "Start `exograph serve`, mend the address, or give more time."
            raise ClientError("A111", message, cure) from None
        return _read(body)


def _opener(host: str) -> OpenerDirector:
    """As urllib opens, but without a proxy for this machine."""
    from urllib.request import ProxyHandler, build_opener

    return build_opener(ProxyHandler({})) if host in _LOCAL else build_opener()


def _read(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body) if len(body) <= _LONGEST else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        message = "What came is no answer of exograph."
        raise ClientError("A112", message, "Mend the address.", status=200)
    return found


def _error_of(status: int, headers: Any, body: bytes) -> ClientError:
    """The error that a server tells, as JSON or as a line of text."""
    after = headers.get("Retry-After", "")
    told: dict[str, Any] = {
        "status": status,
        "retry_after": float(after) if after.isascii() and after.isdigit() else None,
    }
    text = body.decode("utf-8", "replace").strip()
    try:
        problem = json.loads(text)["error"]
        return ClientError(
            str(problem["code"]),
            str(problem["message"]),
            str(problem["cure"]),
            tuple(map(str, problem["suggestions"])),
            **told,
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        if line := _ONE_LINE.fullmatch(text):
            return ClientError(line[1], line[2], **told)
        message = f"The server says {status}, in words that are not those of exograph."
        return ClientError("A112", message, "Mend the address.", **told)
