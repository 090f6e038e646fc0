# SPDX-License-Identifier: Apache-2.0
"""What every page of a thing needs: the words of its language, and links to other pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote

from exograph import vocab
from exograph.model import Claim, KnowledgeBase
from exograph.paths import citing
from exograph.paths.phrases import label
from exograph.rdf.prefixes import IRI, expand
from exograph.views import style
from exograph.views.thing_parts import BAD, WARN, Values, fact, item, mark
from exograph.views.thing_words import kind, word

T = TypeVar("T")

_LOOKS = {"positive": "up", "negative": "down"}


@dataclass(frozen=True)
class Teller:
    """The knowledge base, the language, and how links are made.

    ``prefixes`` expand CURIEs; with ``keep`` links hold on to the language that was chosen.
    """

    kb: KnowledgeBase
    lang: str
    prefixes: Mapping[str, str]
    keep: bool = False

    def word(self, key: str, *values: object) -> str:
        return word(key, self.lang).format(*values) if values else word(key, self.lang)

    def url(self, path: str, anchor: str = "") -> str:
        """The address of a page of ours, such as ``entity/mir-126``."""
        kept = f"?lang={self.lang}" if self.keep else ""
        return f"/{quote(path)}{kept}{anchor and f'#{quote(anchor)}'}"

    @property
    def home(self) -> str:
        """The address of the page to browse in."""
        return "/"

    @property
    def stylesheet(self) -> str:
        """The address of how pages look; empty if each page holds that itself."""
        return ""

    def switched(self, path: str) -> str:
        """The address of a page of ours in the other language."""
        return f"/{quote(path)}?lang={'en' if self.lang == 'zh' else 'zh'}"

    def data(self, path: str, form: str) -> str:
        """The address of what a page says as triples or JSON; empty if there is none."""
        return f"/{quote(path)}?format={form}"

    def all_of(self, name: str) -> Values:
        """A link to the list of all things of a kind, under the name of the kind."""
        return item(kind(name, self.lang, many=True), self.url(f"{name}/"))

    def titles(self, en: str, zh: str) -> tuple[str, Values | None]:
        """A title in the page's language, and the other one, unless both are the same."""
        mine, other = (zh, en) if self.lang == "zh" else (en, zh)
        if mine == other:
            return mine, None
        return mine, item(other, lang="en" if self.lang == "zh" else "zh")

    def label(self, id: str) -> str:
        return label(self.kb, id, self.lang)

    def term(self, name: str, text: str = "") -> Values:
        """A link to a term of the vocabulary."""
        return item(text or vocab.label(name, self.lang), self.url("vocab", name))

    def entity(self, id: str) -> Values:
        known = id in self.kb.entity
        return item(self.label(id), self.url(f"entity/{id}") if known else "")

    def reference(self, id: str) -> Values:
        """A reference as it is cited, with any notice on it."""
        known = id in self.kb.reference
        name = citing.reference(self.kb, id, self.lang)
        return item(name, self.url(f"reference/{id}") if known else "")

    def notice(self, reference: str) -> Values | None:
        """What the head of a page says of a reference that was retracted or corrected."""
        found = self.kb.notices.get(reference)
        look = BAD if found == "retracted" else WARN
        return mark(self.word(f"notice_help.{found}"), look) if found else None

    def place(self, reference: str | None, section: str) -> list[Values]:
        """A reference with the section of the source that says so."""
        where = item(citing.section(section, self.lang))
        return [where] if reference is None else [self.reference(reference), where]

    def curie(self, curie: str) -> Values:
        """An identifier, as a link if its prefix is known."""
        iri = expand(curie, self.prefixes)
        web = iri is not None and IRI.match(iri) and iri.startswith(("https://", "http://"))
        return item(curie, iri if iri and web else "", outside=True)

    def cited(self, reference: str | None, section: str) -> list[Values]:
        """Who says it and where, as a row of a table of facts."""
        return [fact(self.word("reference"), *self.place(reference, section))]

    def source(self, id: str) -> Values:
        """The folder of tables that a record stands in, as such a row."""
        known = any(s.id == id for s in self.kb.sources)
        name = item(self.source_name(id), self.url(f"source/{id}") if known else "")
        return fact(self.word("source"), name)

    def source_name(self, id: str) -> str:
        return self.word(f"source.{id}") if id in ("review", "literature") else id

    def sentence(self, subject: str, predicate: str, object: str) -> str:
        """A triple in words."""
        parts = self.label(subject), vocab.label(predicate, self.lang), self.label(object)
        return " ".join(parts)

    def line_of(self, subject: str, predicate: str, object: str) -> list[Values]:
        """A triple as a row of links."""
        verb = {**self.term(predicate), "look": "verb"}
        return [self.entity(subject), verb, self.entity(object)]

    def claim_link(self, id: str) -> Values:
        """A claim as one link, or its id if there is none such."""
        held = self.kb.claim.get(id)
        if held is None:
            return item(id)
        text = self.sentence(held.subject, held.predicate, held.object)
        return item(text, self.url(f"claim/{id}"))

    def sign(self, claim: Claim) -> Values | None:
        """The sign of a claim as a symbol and words; None if there is nothing to tell."""
        key = style.sign_key(claim)
        if key in ("flow", "background"):
            return None
        return mark(self.sign_words(key), _LOOKS.get(key, ""))

    def sign_words(self, key: str) -> str:
        """A row of the table of signs as its symbol and words: ``+ raises``."""
        return f"{style.SIGNS[key].symbol} {self.word(f'sign.{key}')}"


def kept(kb: KnowledgeBase, name: str, find: Callable[[], T]) -> T:
    """What is found once and kept with the knowledge base, as a cached property would be."""
    held: dict[str, T] = kb.__dict__.setdefault("_of_things", {})
    if name not in held:
        held[name] = find()
    return held[name]
