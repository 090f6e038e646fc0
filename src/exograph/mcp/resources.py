# SPDX-License-Identifier: Apache-2.0
"""What may be read: the data sheet, the vocabulary, each thing, and each shipped question."""

from __future__ import annotations

import json
from typing import NamedTuple
from urllib.parse import unquote

from exograph import vocab
from exograph.errors import InputError
from exograph.kb.finding import quoted
from exograph.mcp.desk import Desk, Document, too_long
from exograph.mcp.words import INSTRUCTIONS

SCHEME = "exograph://"
JSON, MARKDOWN, SPARQL = "application/json", "text/markdown", "application/sparql-query"


class Described(NamedTuple):
    """A resource, or a template of some, as a list shows it."""

    uri: str
    name: str
    description: str
    media: str


FIXED = (
    Described(
        f"{SCHEME}about",
        "data sheet",
        "What the knowledge base holds, what it is good for, and how to read it.",
        MARKDOWN,
    ),
    Described(
        f"{SCHEME}vocabulary",
        "vocabulary",
        "Kinds of entities, roles, predicates with their signs, grades, and values of fields.",
        JSON,
    ),
)

TEMPLATES = (
    Described(f"{SCHEME}entity/{{id}}", "entity", "All about an entity, as the tool show.", JSON),
    Described(f"{SCHEME}reference/{{id}}", "reference", "A paper, and what it says.", JSON),
    Described(f"{SCHEME}claim/{{id}}", "claim", "A claim with its statements.", JSON),
    Described(f"{SCHEME}question/{{name}}", "question", "A shipped question as SPARQL.", SPARQL),
)


async def read(desk: Desk, uri: str) -> tuple[str, str]:
    """Media type and text. Raises ExographError: A103 where there is nothing."""
    if uri == f"{SCHEME}about":
        return MARKDOWN, about(desk)
    if uri == f"{SCHEME}vocabulary":
        return JSON, _json(vocabulary())
    kind, slash, id = uri.removeprefix(SCHEME).partition("/")
    if uri.startswith(SCHEME) and slash and id:
        id = unquote(id)
        if kind in ("entity", "reference", "claim"):
            text = _json(await _thing(desk, kind, id))
            if (size := len(text.encode("utf-8", "replace"))) > desk.limits.answer:
                raise too_long(size, "Use the tool show with limit and skip.")
            return JSON, text
        if kind == "question":
            return SPARQL, _question(desk, id)
    raise InputError("A103", f"There is no resource {quoted(uri)}.", "List the resources.")


def about(desk: Desk) -> str:
    """A data sheet in short: what is held, and how to read it."""
    counts = desk.shelf.snapshot.manifest["counts"]
    kinds = ("sources", "entities", "claims", "statements", "references")
    held = "\n".join(f"- {name}: {counts[name]['total']}" for name in kinds)
    bases = counts["claims"].get("by_basis", {})
    by = ", ".join(f"{name} {count}" for name, count in sorted(bases.items()))
    return (
        f"# exograph\n\n## What is held\n\n{held}\n- claims by basis: {by}\n\n"
        f"## How to read it\n\n{INSTRUCTIONS}\n"
    )


def vocabulary() -> Document:
    """The closed vocabulary as plain values."""
    labels = ("name", "label_en", "label_zh")
    return {
        "types": [{key: getattr(term, key) for key in labels} for term in vocab.TYPES.values()],
        "roles": [{key: getattr(term, key) for key in labels} for term in vocab.ROLES.values()],
        "predicates": [
            {
                **{key: getattr(one, key) for key in labels},
                "sign": vocab.sign_text(one.sign),
                "on_paths": one.walk,
                "parents": list(one.parents),
            }
            for one in vocab.PREDICATES.values()
        ],
        "grades": [
            {key: getattr(term, key) for key in labels} for term in vocab.GRADE_TERMS.values()
        ],
        "bases": list(vocab.BASES),
        "stances": list(vocab.STANCES),
        "evidence_kinds": list(vocab.EVIDENCE_KINDS),
        "context": list(vocab.CONTEXT_FIELDS),
        "verdicts": list(vocab.VERDICTS),
    }


async def _thing(desk: Desk, kind: str, id: str) -> Document:
    found = await desk.document(kind, [("id", id)])
    if kind not in found:
        raise InputError(
            "A103", f"{quoted(id)} is no {kind}.", "Use the tool show, which finds all kinds."
        )
    return found


def _question(desk: Desk, name: str) -> str:
    from exograph.queries import find_query

    return find_query(desk.shelf.questions, name).text


def _json(document: Document) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1)
