# SPDX-License-Identifier: Apache-2.0
"""The tools: what each is called with, what it answers, and the schema of the answer."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from exograph.errors import InputError
from exograph.mcp import telling, words
from exograph.mcp.arguments import (
    Arguments,
    Schema,
    fields,
    fitting,
    flag,
    name,
    names,
    number,
    schema_of,
)
from exograph.mcp.desk import Desk, Document, too_long
from exograph.web.asked import MOST_HITS, MOST_NEIGHBOURS

Answer = tuple[Document, str]
"""A document of the command line, and the short text beside it."""

LONGEST_QUERY = 100_000
"""Characters."""

MOST_PATHS = 50
_SECONDS: Schema = {
    "type": "number",
    "exclusiveMinimum": 0,
    "maximum": 3600,
    "description": "Seconds; the server's own limit holds in any case.",
}


@dataclass(frozen=True)
class Tool:
    """``schema`` names that of the answer in ``exograph/schemas``."""

    name: str
    title: str
    description: str
    schema: str
    answer: Callable[[Desk, Arguments], Awaitable[Answer]]
    properties: Mapping[str, Schema] = field(default_factory=dict)
    required: tuple[str, ...] = ()

    @property
    def input(self) -> Schema:
        return schema_of(self.properties, self.required)

    @property
    def output(self) -> Schema:
        """The schema of the answer: an object, and without names that other machines look up."""
        text = (resources.files("exograph") / "schemas" / f"{self.schema}.json").read_text("utf-8")
        found: Schema = json.loads(text)
        for key in ("$schema", "$id"):
            del found[key]
        if found.get("type") == "array":
            return schema_of({"examples": found}, ("examples",))
        return {"type": "object", **found}

    async def call(self, desk: Desk, given: Mapping[str, Any]) -> Answer:
        """The answer, whole. Raises ExographError, A102 if it is too long to be read."""
        document, text = await self.answer(desk, fitting(given, self.input))
        size = len(compact(document).encode("utf-8", "replace"))
        if size > desk.limits.answer:
            raise too_long(size, _LESS[self.name])
        return document, text


_LESS = {
    "search": "Give a smaller limit.",
    "show": "Give a limit, say 10, and then skip; or ask neighbours.",
    "neighbours": "Give a smaller limit, and then skip.",
    "paths": "Give a smaller top, or narrow the question.",
    "query": "End it with LIMIT.",
    "examples": "Read exograph://question/NAME.",
    "conflicts": "Give the name of an entity, a reference or a claim.",
}


def compact(document: Document) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


async def _search(desk: Desk, given: Arguments) -> Answer:
    limit = given["limit"]
    asked = [("q", given["text"]), ("limit", str(min(int(limit) + 1, MOST_HITS)))]
    hits = (await desk.document("search", asked))["hits"]
    document = {"hits": hits[: int(limit)]}
    more = len(hits) > limit or (len(hits) == limit == MOST_HITS)
    return document, telling.of_hits(document, desk.shelf.lang, more=more)


async def _show(desk: Desk, given: Arguments) -> Answer:
    document = await desk.document("entity", [("id", given["name"])])
    total, skip = len(document.get("claims", [document])), int(given["skip"])
    if "claims" in document:
        most = given.get("limit")
        end = None if most is None else skip + int(most)
        document["claims"] = document["claims"][skip:end]
    return document, telling.of_thing(document, desk.shelf.lang, total, skip)


async def _neighbours(desk: Desk, given: Arguments) -> Answer:
    asked = [("id" if key == "name" else key, value) for key, value in fields(given)]
    document = await desk.document("neighbours", asked)
    return document, telling.of_neighbours(document, desk.shelf.lang)


async def _paths(desk: Desk, given: Arguments) -> Answer:
    document = await desk.document("paths", fields(given))
    return document, telling.of_paths(document, desk.shelf.lang)


async def _query(desk: Desk, given: Arguments) -> Answer:
    if ("query" in given) == ("example" in given):
        raise InputError("H108", "One of query and example is needed.", "Give one of them.")
    text = given.get("query")
    if text is None:
        from exograph.queries import find_query

        text = find_query(desk.shelf.questions, given["example"]).text
    document = await desk.rows(text, given.get("timeout", desk.limits.timeout))
    return document, telling.of_rows(document, desk.shelf.lang)


async def _examples(desk: Desk, given: Arguments) -> Answer:
    from exograph.queries import told

    document = {"examples": [told(query) for query in desk.questions]}
    return document, telling.of_questions(document, desk.shelf.lang)


async def _conflicts(desk: Desk, given: Arguments) -> Answer:
    fields = [("unexplained", str(given["unexplained"]))]
    if "name" in given:
        fields.append(("name", given["name"]))
    document = await desk.document("conflicts", fields)
    return document, telling.of_conflicts(document, desk.shelf.lang)


_THING = "An id, a label in English or Chinese, a synonym, or an identifier."
_SKIP = number("So many are left out at the beginning.", 0, 10**9 - 1, 0)

_OF_PATHS = {
    "start": name(f"Where paths start, or type:X. {_THING}"),
    "end": name(f"Where paths end, or type:X. {_THING}"),
    "via": names("Only through each of these (at most four): names, type:X, predicate:P."),
    "not": names("Never through these: names, type:X, predicate:P."),
    "sign": {
        "type": "string",
        "enum": ["+", "-", "?", "any"],
        "default": "any",
        "description": "Of the whole path; ? where a step has no direction.",
    },
    "pattern": name("Kind or role of each entity, * for any: Source,Vesicle,Cargo,*,HealingPhase."),
    "context": names("Such as organism=rat; keeps also what names no organism, with a caution."),
    "strict_context": flag("Drop statements that give no such context."),
    "stated_only": flag("Only what a text says in so many words."),
    "no_inferred": flag("Drop what a curator inferred."),
    "told": flag("Only paths that one paper tells as one story."),
    "coherent": flag("Only paths whose effects one paper supports."),
    "source": names("Only what these sources of tables say, such as review."),
    "reference": names("Only what these references say, such as review-38."),
    "evidence": names("Only evidence of these kinds, such as in_vivo, clinical."),
    "any_tissue": flag("Count what was shown in other tissues than skin, too; say so."),
    "with_retracted": flag("Count retracted papers, too; say so."),
    "max_steps": number("In the longest path; 8 unless told.", 1, 20),
    "top": number("So many paths at most.", 1, MOST_PATHS, 5),
    "no_fold": flag("List shortcuts of finer paths, too."),
    "timeout": _SECONDS,
}

TOOLS = {
    tool.name: tool
    for tool in (
        Tool(
            "search",
            "Find entities by name",
            words.SEARCH,
            "search",
            _search,
            {
                "text": name("A part of a name, in English or Chinese."),
                "limit": number("So many hits at most.", 1, MOST_HITS, 20),
            },
            ("text",),
        ),
        Tool(
            "show",
            "Show an entity, a reference or a claim",
            words.SHOW,
            "show",
            _show,
            {
                "name": name(f"{_THING} Or the id of a reference or of a claim."),
                "skip": _SKIP,
                "limit": number("So many claims at most; all unless told.", 1, 10**6),
            },
            ("name",),
        ),
        Tool(
            "neighbours",
            "What an entity is joined to",
            words.NEIGHBOURS,
            "neighbours",
            _neighbours,
            {
                "name": name(_THING),
                "skip": _SKIP,
                "limit": number("So many neighbours at most.", 1, MOST_NEIGHBOURS, 100),
            },
            ("name",),
        ),
        Tool(
            "paths",
            "Find mechanism paths",
            words.PATHS,
            "paths",
            _paths,
            _OF_PATHS,
        ),
        Tool(
            "query",
            "Ask SPARQL",
            words.QUERY,
            "query",
            _query,
            {
                "query": {
                    "type": "string",
                    "minLength": 1,
                    "maxLength": LONGEST_QUERY,
                    "description": "SPARQL 1.1, SELECT or ASK.",
                },
                "example": name("The name of a shipped question, instead of query."),
                "timeout": _SECONDS,
            },
        ),
        Tool("examples", "List the shipped questions", words.EXAMPLES, "examples", _examples),
        Tool(
            "conflicts",
            "Who says the opposite",
            words.CONFLICTS,
            "conflicts",
            _conflicts,
            {
                "name": name(
                    f"Only those that this takes part in. {_THING} Or a reference or claim."
                ),
                "unexplained": flag("Only those that no context is named for."),
            },
        ),
    )
}
