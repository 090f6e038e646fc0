# SPDX-License-Identifier: Apache-2.0
"""A web site of files: the page to browse in, and a page for each thing that has an IRI.

Pages are those of the server, in both languages; links are relative, so the site works from a disk,
and below any path of any web server. https://w3id.org/exograph/entity/mir-126 is
``entity/mir-126.html``, in Chinese ``zh/entity/mir-126.html``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from exograph.errors import InputError
from exograph.exchange.content import Content
from exograph.exchange.formats import Files
from exograph.rdf import Triple
from exograph.views import things
from exograph.views.templates import own
from exograph.views.thing_telling import Teller
from exograph.views.thing_words import KINDS

_LANGUAGES = ("en", "zh")
_STYLE = "thing.css"
_HOME = "index.html"
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/step/[0-9]+)?\Z")
"""What ids must be like to name files: no way to another folder, and nothing that hides."""


@dataclass(frozen=True)
class _Filed(Teller):
    """Links from the page ``at``, such as ``entity/mir-126``, to other files."""

    at: str = ""

    def url(self, path: str, anchor: str = "") -> str:
        return self._to(_file(path, self.lang)) + (anchor and f"#{quote(anchor)}")

    @property
    def home(self) -> str:
        return self._to(_HOME)

    @property
    def stylesheet(self) -> str:
        return self._to(_STYLE)

    def switched(self, path: str) -> str:
        return self._to(_file(path, "en" if self.lang == "zh" else "zh"))

    def data(self, path: str, form: str) -> str:
        return ""

    def _to(self, file: str) -> str:
        return "../" * _file(self.at, self.lang).count("/") + quote(file)


def _file(path: str, lang: str) -> str:
    """The file of a page by its path on the server; a folder's list stands beside the folder."""
    return f"{'zh/' if lang == 'zh' else ''}{path.removesuffix('/')}.html"


def site(content: Content) -> Files:
    """All files. Raises InputError X306 for an id that cannot name a file."""
    yield _HOME, _pieces(_explorer(content))
    yield _STYLE, _pieces(own(_STYLE))
    for lang in _LANGUAGES:
        for path, text in _pages(content, lang):
            yield _file(path, lang), _pieces(text)


def _pages(content: Content, lang: str) -> Iterator[tuple[str, str]]:
    """Each page with its path, made when it is its turn."""
    kb = content.kb

    def at(path: str) -> Teller:
        return _Filed(kb, lang, content.prefixes, at=path)

    yield "vocab", things.of_vocabulary(at("vocab"), _ontology())
    for kind in KINDS:
        yield f"{kind}/", things.of_list(at(f"{kind}/"), kind)
        for id in things.ids(kb, kind):
            if not _NAME.match(id):
                message = f"The id {id!r} of a {KINDS[kind][0]} cannot name a file."
                raise InputError("X306", message, "Use letters, digits and hyphens.")
            path = f"{kind}/{id}"
            yield path, things.of_thing(at(path), kind, id)


def _explorer(content: Content) -> str:
    """The page to browse in, which can answer the shipped questions."""
    from exograph.queries import answerable, list_queries
    from exograph.snapshot import data_folder
    from exograph.views import html
    from exograph.views.asking import Asking

    shipped = list_queries(data_folder() / "graphs" / "queries")
    queries = answerable(shipped, content.kb, content.prefixes)
    asking = Asking(content.prefixes, queries, nquads=content.nquads.read_bytes())
    return html.page(content.kb, asking=asking, site=True)


def _ontology() -> list[Triple]:
    from exograph.snapshot import data_folder
    from exograph.store import read_turtle

    return list(read_turtle(data_folder() / "ontology" / "exograph.ttl"))


def _pieces(text: str) -> Iterator[bytes]:
    yield text.encode("utf-8", "replace")
