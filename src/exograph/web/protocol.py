# SPDX-License-Identifier: Apache-2.0
"""SPARQL 1.1 Protocol, the part that reads: a request of HTTP as a question, and what it may ask.

https://www.w3.org/TR/sparql11-protocol/, section 2.1: GET, POST of a form, POST of the query.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl

from exograph.store import Dataset
from exograph.web.failures import HttpError
from exograph.web.negotiation import Offer, best

ROWS: tuple[Offer, ...] = (
    ("json", "application/sparql-results+json"),
    ("xml", "application/sparql-results+xml"),
    ("csv", "text/csv"),
    ("tsv", "text/tab-separated-values"),
    ("json", "application/json"),
    ("xml", "application/xml"),
)
GRAPHS: tuple[Offer, ...] = (
    ("ttl", "text/turtle"),
    ("nt", "application/n-triples"),
    ("rdf", "application/rdf+xml"),
    ("nt", "text/plain"),
    ("rdf", "application/xml"),
)

FORM, QUERY, UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
_MOST_FIELDS = 1000
_NO_BYTE = re.compile(rb"%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True)
class Question:
    """A query, the dataset that the request names, and the seconds that it asks for, if it does."""

    query: str
    dataset: Dataset | None = None
    timeout: float | None = None


def question(method: str, url_query: bytes, content_type: str, body: bytes) -> Question | None:
    """What a request asks; None for a GET without a query, which asks what there is.

    ``url_query`` is what follows the question mark, ``body`` that of a POST. Raises HttpError: 400
    for what the protocol does not know, 403 for an update, 415 for another type of content.
    """
    fields = fields_of(url_query)
    if method == "POST":
        media, charset = _content(content_type)
        if media == UPDATE:
            raise _no_update()
        if media not in (FORM, QUERY):
            raise HttpError(
                415, "H115", f"A query cannot be read from {media or 'no type'}.", f"Send {QUERY}."
            )
        if charset not in ("", "utf-8", "utf8"):
            raise HttpError(415, "H115", f"The charset {charset} is not read.", "Send UTF-8.")
        if media == FORM:
            fields = fields + fields_of(body)
        else:
            if any(name == "query" for name, _ in fields):
                raise _twice("query")
            fields.append(("query", _text(body)))
    if any(name == "update" for name, _ in fields):
        raise _no_update()
    queries = [value for name, value in fields if name == "query"]
    if len(queries) > 1:
        raise _twice("query")
    if not queries:
        if method == "POST":
            raise HttpError(400, "H101", "The request has no query.", "Give the field query.")
        return None
    return Question(queries[0], _dataset(fields), _timeout(fields))


@lru_cache(maxsize=256)
def formats(accept: str | None) -> tuple[Offer | None, Offer | None]:
    """The forms that a client likes best, for rows and for triples."""
    return best(accept, ROWS), best(accept, GRAPHS)


def fields_of(data: bytes) -> list[tuple[str, str]]:
    """The fields of a form, or of what follows a question mark. Raises HttpError 400."""
    try:
        if _NO_BYTE.search(data):
            raise HttpError(400, "H102", "A % stands for no byte.", "Write %25 for %.")
        return parse_qsl(
            data.decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except UnicodeDecodeError:
        raise HttpError(
            400, "H102", "The request is not percent-encoded UTF-8.", "Encode it so."
        ) from None
    except ValueError:
        raise HttpError(
            400, "H103", f"The request has more than {_MOST_FIELDS} fields.", "Send fewer."
        ) from None


def _content(content_type: str) -> tuple[str, str]:
    """Media type and charset, in small letters."""
    media, *parameters = (part.strip().lower() for part in content_type.split(";"))
    given = dict(part.partition("=")[::2] for part in parameters)
    return media, given.get("charset", "").strip('" ')


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")  # some editors begin a file with a mark
    except UnicodeDecodeError:
        raise HttpError(400, "H102", "The query is not UTF-8.", "Encode it so.") from None


def _dataset(fields: list[tuple[str, str]]) -> Dataset | None:
    default = tuple(dict.fromkeys(v for name, v in fields if name == "default-graph-uri"))
    named = tuple(dict.fromkeys(v for name, v in fields if name == "named-graph-uri"))
    return Dataset(default, named) if default or named else None


def _timeout(fields: list[tuple[str, str]]) -> float | None:
    given = [value for name, value in fields if name == "timeout"]
    if len(given) > 1:
        raise _twice("timeout")
    if not given or not given[0]:
        return None
    try:
        seconds = float(given[0])
    except ValueError:
        seconds = -1.0
    if not 0 < seconds < float("inf"):
        raise HttpError(
            400, "H104", f"{given[0][:40]!r} is no number of seconds.", "Give timeout=5, say."
        )
    return seconds


def _twice(name: str) -> HttpError:
    return HttpError(400, "H105", f"The request gives {name} twice.", "Give it once.")


def _no_update() -> HttpError:
    return HttpError(
        403,
        "Q202",
        "This is an update, and this knowledge base is read-only.",
        "Ask with SELECT, ASK, CONSTRUCT or DESCRIBE; change the tables and build again.",
    )
