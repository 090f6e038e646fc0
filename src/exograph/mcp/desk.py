# SPDX-License-Identifier: Apache-2.0
"""Who answers: the workers of the endpoint, within its limits, and what is read only once."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exograph.errors import InputError, QueryError
from exograph.web.app import task_of
from exograph.web.failures import busy
from exograph.web.limits import KIB, MIB, Limits
from exograph.web.nursery import OWN, STRANGERS
from exograph.web.pool import BusyError, Nursery, Pool

if TYPE_CHECKING:
    from exograph.queries import Query
    from exograph.snapshot import Snapshot

Document = dict[str, Any]

LIMITS = Limits(answer=256 * KIB, workers=2)
"""Those of the endpoint, with shorter answers: an assistant has to read them."""

_WORKED_ON = 32 * MIB
"""Bytes of a document of which a part may be asked for."""


@dataclass(frozen=True)
class Shelf:
    """What is served: a snapshot, the folder of its shipped questions, the language of words."""

    snapshot: Snapshot
    questions: Path
    lang: str = "en"


class Desk:
    """Answers questions; ``async with desk.open()`` around them."""

    def __init__(self, shelf: Shelf, limits: Limits = LIMITS) -> None:
        self.shelf, self.limits = shelf, limits
        task = task_of(snapshot=shelf.snapshot.path)
        self.nursery = Nursery({**task, "memory": limits.memory, "timeout": limits.own})
        self._strangers = Pool(self.nursery, STRANGERS, limits.workers, limits.waiting)
        self._own = Pool(self.nursery, OWN, limits.workers, limits.waiting)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Workers until the end of the block. Raises SnapshotError if they cannot be had."""
        pools = (self._strangers, self._own)
        await self.nursery.start()
        try:
            for pool in pools:
                await pool.start()
            yield
        finally:
            self.nursery.close()
            for pool in pools:
                pool.close()

    async def document(self, name: str, fields: Sequence[tuple[str, str]]) -> Document:
        """A document of ``/api/v1``. Raises what the worker says, A102 for one too long to hold."""
        head = {"name": name, "fields": list(fields), "timeout": self.limits.timeout}
        body = await self._ask(self._own, head, b"", self.limits.own)
        if len(body) > _WORKED_ON:
            raise too_long(len(body), "Ask for less.")
        found: Document = json.loads(body)
        return found

    async def rows(self, query: str, timeout: float) -> Document:
        """The answer to a SELECT or ASK, whole. Raises QueryError."""
        most = self.limits.answer
        head = {"query": {"rows": "json", "graph": None, "dataset": None, "most": most}}
        try:
            body = await self._ask(
                self._strangers,
                head,
                query.encode("utf-8", "surrogatepass"),
                min(timeout, self.limits.timeout),
            )
        except QueryError as error:
            if error.code != "Q214":
                raise
            raise QueryError(
                "Q209", "The query gives triples, not rows.", "Ask with SELECT or ASK."
            ) from None
        found: Document = json.loads(body)
        return found

    @cached_property
    def questions(self) -> tuple[Query, ...]:
        """The shipped questions."""
        from exograph.queries import list_queries

        return list_queries(self.shelf.questions)

    async def _ask(self, pool: Pool, head: Document, body: bytes, timeout: float) -> bytes:
        try:
            return (await pool.ask(head, body, timeout))[1]
        except BusyError:
            raise busy() from None


def too_long(size: int, cure: str) -> InputError:
    return InputError("A102", f"The answer has {size} bytes, which is too long to read.", cure)
