# SPDX-License-Identifier: Apache-2.0
"""A page for each paper, to go along with a release of the data: what is taken from it.

The pages are those of the server, in both languages. Only papers have one here; other things are
named without a link. ``review-40`` is ``review-40.html``, in Chinese ``zh/review-40.html``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from exograph.errors import InputError
from exograph.exchange.content import Content
from exograph.exchange.formats import Files
from exograph.ids import SLUG, reference_iri
from exograph.views.templates import own, rendered
from exograph.views.thing_lists import listing
from exograph.views.thing_parts import Values, item
from exograph.views.thing_reference import reference
from exograph.views.thing_telling import Teller
from exograph.views.things import FRAME, policy, spelled_out

_STYLE = "thing.css"
_LIST = "index"
_WITHOUT_PAGES = "\n.more { display: none; }\n"
"""Ways to pages that are not there."""


@dataclass(frozen=True)
class _Beside(Teller):
    """Links from a page of papers to other such pages."""

    def url(self, path: str, anchor: str = "") -> str:
        kind, _, id = path.partition("/")
        if kind != "reference":
            return ""
        return f"{quote(id or _LIST)}.html" + (anchor and f"#{quote(anchor)}")

    @property
    def stylesheet(self) -> str:
        return f"{'../' if self.lang == 'zh' else ''}{_STYLE}"

    def switched(self, path: str) -> str:
        return f"{'../' if self.lang == 'zh' else 'zh/'}{self.url(path)}"


def papers(content: Content) -> Files:
    """The files. Raises InputError X306 for an id that cannot name a file."""
    yield _STYLE, [f"{own(_STYLE)}{_WITHOUT_PAGES}".encode()]
    for lang in ("en", "zh"):
        tell = _Beside(content.kb, lang, content.prefixes)
        for name, text in _pages(tell):
            yield f"{'zh/' if lang == 'zh' else ''}{name}.html", [text.encode("utf-8", "replace")]


def _pages(tell: Teller) -> Iterator[tuple[str, str]]:
    yield _LIST, _framed(tell, listing(tell, "reference"), "")
    for r in tell.kb.references:
        if not SLUG.match(r.id) or r.id == _LIST:
            message = f"The id {r.id!r} of a reference cannot name a file."
            raise InputError("X306", message, "Use letters, digits and hyphens.")
        yield r.id, _framed(tell, reference(tell, r), r.id)


def _framed(tell: Teller, told: Values, id: str) -> str:
    """The document around what a page says."""
    from markupsafe import Markup

    zh = tell.lang == "zh"
    values: Values = {
        "lang": "zh-CN" if zh else "en",
        "told": told,
        "title": f"{told['heading']} · exograph",
        "iri": reference_iri(id) if id else "",
        "forms": [],
        "switch": item(
            tell.word("language"), tell.switched(f"reference/{id}"), lang="en" if zh else "zh"
        ),
        "site": [],
        "folders": [],
        "vocabulary": tell.all_of("reference"),  # the one way that head and foot lead
        "words": {key: tell.word(key) for key in FRAME},
        "stylesheet": tell.stylesheet,
    }
    whole = {**spelled_out(values), "css": Markup(""), "policy": policy(linked=True)}
    return rendered("thing.html", whole)
