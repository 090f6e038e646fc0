# SPDX-License-Identifier: Apache-2.0
"""Pages of single things: what stands in them, in both languages, and that no text is markup."""

import re
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from pathlib import Path

import axe_playwright_python
import pytest
from sample import HOSTILE, everything, hostile

from exograph import vocab
from exograph.errors import InputError
from exograph.ids import VOCAB
from exograph.kb import best_grade
from exograph.model import KnowledgeBase
from exograph.rdf import read_prefixes
from exograph.store import read_turtle
from exograph.views import things
from exograph.views.policy import digest
from exograph.views.templates import own
from exograph.views.thing_cards import contested
from exograph.views.thing_telling import Teller
from exograph.views.thing_words import KINDS

ONTOLOGY = Path(__file__).parents[2] / "ontology"
PREFIXES = read_prefixes(ONTOLOGY / "prefixes.tsv")
TERMS = read_turtle(ONTOLOGY / "exograph.ttl")
BIDI = "\u202edaer\u2066 \u200f\x00\x1b[31m\ufeff"
FORMATTING = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\x00\x1b\ufeff]")
TAGS = re.compile(
    r"html|head|meta|link|title|style|body|a|header|nav|main|p|h[123]|ul|ol|li|dl|div|dt|dd|"
    r"section|article|blockquote|span|small|strong|code|footer"
)
VOID = {"meta", "link"}
ATTRIBUTES = re.compile(
    r"lang|charset|http-equiv|content|name|rel|href|class|id|hreflang|type|aria-label(ledby)?"
)


class Page(HTMLParser):
    """A page as a browser reads it: its tags, attributes, headings, ids and texts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open, self.tags, self.headings, self.ids = [], [], [], []
        self.attributes, self.links, self.said, self.langs = set(), [], "", []
        self.feed(text)
        self.close()
        assert self.open == [], "every element is closed"

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        self.tags.append(tag)
        self.attributes |= set(held)
        self.ids += [held["id"]] if "id" in held else []
        if tag == "a":
            self.links.append(held["href"])
        if re.fullmatch(r"h\d", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)
            self.langs.append(held.get("lang", self.langs[-1] if self.langs else None))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        self.langs.pop()

    def handle_data(self, data):
        if self.open[-1:] != ["style"]:
            self.said += f"{data} "

    @property
    def words(self) -> str:
        return " ".join(self.said.split())


def teller(kb: KnowledgeBase, lang: str = "en", *, keep: bool = False) -> Teller:
    return Teller(kb, lang, PREFIXES, keep)


def read(kind: str, id: str, lang: str = "en", kb: KnowledgeBase | None = None) -> Page:
    return Page(things.of_thing(teller(kb or everything(), lang), kind, id))


def all_of(kb: KnowledgeBase) -> list[tuple[str, str]]:
    named = {"entity": kb.entities}
    return [
        (kind, thing.id)
        for kind in KINDS
        for thing in named.get(kind, getattr(kb, f"{kind}s", None) or kb.entities)
    ]


def every_page(kb: KnowledgeBase, lang: str) -> list[str]:
    """Each thing's page, each list, the vocabulary, and pages of ids that are none."""
    tell = teller(kb, lang)
    pages = [things.of_thing(tell, *each) for each in all_of(kb)]
    pages += [things.of_thing(tell, "mechanism", f"{m.id}/step/1") for m in kb.mechanisms]
    pages += [things.of_list(tell, kind) for kind in KINDS]
    pages += [things.of_nothing(tell, kind, f"{HOSTILE}{BIDI}") for kind in KINDS]
    return [*pages, things.of_vocabulary(tell, TERMS)]


def spoilt(value, text):
    """The value with another text where the hostile one stood."""
    if isinstance(value, str):
        return value.replace(HOSTILE, text)
    if isinstance(value, tuple):
        return tuple(spoilt(each, text) for each in value)
    if is_dataclass(value):
        return replace(
            value, **{f.name: spoilt(getattr(value, f.name), text) for f in fields(value)}
        )
    return value


@pytest.mark.parametrize(
    "text",
    [
        HOSTILE,
        f"字{BIDI}",
        '"><svg onload=alert(1)>',
        "' onmouseover='alert(1)",
        "javascript:alert(1)",
        "{{ 7777 * 7777 }}{% for x in [] %}",
        "]]>--></style></title><base href=//e.example>",
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_text_of_the_knowledge_base_becomes_markup(text, lang):
    for page in every_page(spoilt(hostile(), text), lang):
        found = Page(page)
        assert all(TAGS.fullmatch(tag) for tag in found.tags)
        assert all(ATTRIBUTES.fullmatch(name) for name in found.attributes)
        assert not FORMATTING.search(page)
        for link in found.links:
            assert link.startswith(("/", "#", "?", "https://", "http://"))
            assert not link.startswith("//")
        assert "60481729" not in found.words


def test_all_that_a_hostile_text_says_can_still_be_read():
    page = read("statement", hostile().statements[0].id, kb=hostile())
    assert " ".join(HOSTILE.split()) in page.words


def test_pages_are_well_made():
    kb = everything()
    sample = [("entity", id) for id in ("adsc-exo", "mir-126", "wound-healing", "rat", "skin")]
    sample += [each for kind in KINDS for each in [p for p in all_of(kb) if p[0] == kind][:2]]
    for lang in ("en", "zh"):
        tell = teller(kb, lang)
        pages = [things.of_thing(tell, *each) for each in sample]
        pages += [things.of_list(tell, kind) for kind in KINDS]
        pages += [things.of_vocabulary(tell, TERMS), things.of_nothing(tell, "entity", "mir126x")]
        for text in pages:
            page = Page(text)
            assert text.startswith("<!DOCTYPE html>")
            assert page.headings[0] == 1 and page.headings.count(1) == 1
            steps = zip(page.headings, page.headings[1:], strict=False)
            assert all(low <= high + 1 for high, low in steps)
            assert len(page.ids) == len(set(page.ids))
            assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
            assert [page.tags.count(tag) for tag in ("main", "header", "footer")] == [1, 1, 1]
            assert ("Not medical advice." if lang == "en" else "不构成医疗建议") in page.words
            assert f'<html lang="{"zh-CN" if lang == "zh" else "en"}">' in text
            assert "<script" not in text and " style=" not in text


def test_the_policy_admits_the_style_and_nothing_else():
    assert digest(own("thing.css")) in things.policy()
    assert "script-src" not in things.policy()
    assert things.policy().startswith("default-src 'none'")


def test_an_entity_is_told_with_claims_quotes_and_marks():
    kb = everything()
    page = read("entity", "mir-126")
    assert "miR-126 downregulates … − lowers" in page.words
    assert "… carries miR-126" in page.words
    for claim in kb.claims:
        if "mir-126" not in (claim.subject, claim.object):
            continue
        assert f"/claim/{claim.id}" in page.links
        assert f"claim-{claim.id}" in page.ids
        for s in claim.statements:
            assert (s.quote or s.paraphrase or "No quote") in page.words
            assert f"/statement/{s.id}" in page.links
            assert f"/reference/{s.reference}" in page.links
            assert {f"/entity/{id}" for id in s.context.cell} <= set(page.links)
        if len(claim.statements) > 1:
            assert f"best grade {best_grade(kb, claim)}" in page.words
    for words in ("× retracted · supports nothing", "≠ differs from the paper", "paraphrase"):
        assert words in page.words
    assert "https://identifiers.org/mirbase/MI0000471" in page.links
    assert "Close to it elsewhere" in page.words
    assert "The same thing elsewhere" not in page.words


def test_values_stand_with_their_quotes_and_references():
    kb = everything()
    value = next(a for a in kb.attributes if a.quote and a.quote != a.verbatim)
    page = read("entity", value.entity)
    assert value.verbatim in page.words and value.quote in page.words
    assert f"/reference/{value.reference}" in page.links


def test_quotes_are_marked_as_chinese_and_paraphrases_as_english():
    for lang in ("en", "zh"):
        text = things.of_thing(teller(everything(), lang), "entity", "mir-126")
        quotes = re.findall(r'<blockquote lang="([^"]+)">([^<]+)', text)
        assert quotes and all(lang == "zh" for lang, words in quotes if "通过" in words)
        assert '<p class="told" lang="en">' in text


def test_a_chinese_page_has_chinese_labels():
    kb, page = everything(), read("entity", "adsc-exo", "zh")
    assert page.words.startswith("脂肪间充质干细胞外泌体 · exograph")
    assert "ADSC-Exo" in page.words
    for claim in (c for c in kb.claims if c.subject == "adsc-exo"):
        assert kb.entity[claim.object].label_zh.split("（")[0] in page.words
        assert vocab.label(claim.predicate, "zh") in page.words


def test_links_hold_on_to_a_language_that_was_chosen():
    kb = everything()
    kept = Page(things.of_thing(teller(kb, "zh", keep=True), "entity", "mir-126"))
    assert "/entity/bmsc-exo?lang=zh" in kept.links
    assert "/vocab?lang=zh#carries" in kept.links
    assert "/entity/mir-126?lang=en" in kept.links
    free = Page(things.of_thing(teller(kb, "zh"), "entity", "mir-126"))
    assert "/entity/bmsc-exo" in free.links


def test_a_retracted_reference_says_so_before_all_else():
    kb = everything()
    for reference in kb.references:
        if notice := kb.notices.get(reference.id):
            text = things.of_thing(teller(kb), "reference", reference.id)
            loud = "Retracted: " if notice == "retracted" else "A correction was published"
            assert loud in text.split("<dl")[0]
            for s in (s for s in kb.statements if s.reference == reference.id):
                assert (s.quote or s.paraphrase) in Page(text).words
                assert loud in things.of_thing(teller(kb), "statement", s.id)
    assert kb.notices


def test_a_reference_links_to_its_paper():
    kb = everything()
    known = next(r for r in kb.references if r.doi and r.pmid)
    links = read("reference", known.id).links
    assert f"https://doi.org/{known.doi}" in links
    assert f"https://pubmed.ncbi.nlm.nih.gov/{known.pmid}/" in links


def test_a_claim_says_what_contradicts_it():
    kb = everything()
    for conflict in kb.conflicts:
        first, second = conflict.claims
        if first not in contested(kb):
            continue
        page = read("claim", first)
        assert f"/claim/{second}" in page.links
        assert f"/conflict/{conflict.id}" in page.links
        assert "contradicted" in page.words
    quiet = next(c for c in kb.claims if c.id not in contested(kb))
    assert "Nothing here contradicts it" in read("claim", quiet.id).words


def test_a_comparison_with_the_paper_stands_with_what_it_is_about():
    kb = everything()
    for v in kb.verifications[:40]:
        if v.claim in kb.claim:
            assert v.primary_says in read("claim", v.claim).words
        assert v.primary_says in read("verification", v.id).words


def test_a_mechanism_has_its_steps_in_order_and_each_step_a_page():
    kb = everything()
    told = max(kb.mechanisms, key=lambda m: len(m.steps))
    links = read("mechanism", told.id).links
    claims = [f"/claim/{step.claim}" for step in told.steps]
    assert [link for link in links if link in claims] == claims
    step = read("mechanism", f"{told.id}/step/2")
    assert f"/mechanism/{told.id}#step-2" in step.links
    assert f"/claim/{told.steps[1].claim}" in step.links


def test_lists_lead_to_everything():
    kb = everything()
    for kind in KINDS:
        links = Page(things.of_list(teller(kb), kind)).links
        assert {f"/{k}/{id}" for k, id in all_of(kb) if k == kind} <= set(links)


def test_lists_of_an_empty_knowledge_base_say_that_there_is_none():
    for kind in KINDS:
        assert "There is none." in Page(things.of_list(teller(KnowledgeBase()), kind)).words


def test_the_vocabulary_has_every_term_in_both_languages():
    names = {s.value.removeprefix(VOCAB) for s, _, _ in TERMS if s.value.startswith(VOCAB)}
    texts = [o.value for s, p, o in TERMS if s.value.startswith(VOCAB) and o.language]
    for lang in ("en", "zh"):
        page = Page(things.of_vocabulary(teller(everything(), lang), TERMS))
        assert names <= set(page.ids)
        others = {
            o.value for _, p, o in TERMS if p.value.endswith("example") and o.language != lang
        }
        assert [t for t in texts if " ".join(t.split()) not in page.words and t not in others] == []
    english = Page(things.of_vocabulary(teller(everything()), TERMS)).words
    assert "biological process or outcome" in english
    assert "Sign − lowers" in english and "from object to subject" in english


@pytest.mark.parametrize(
    ("kind", "id", "meant"),
    [
        ("entity", "mir-12", "mir-126"),
        ("entity", "miR-126!", "mir-126"),
        ("reference", "review-380", "review-38"),
        ("source", "reviews", "review"),
        ("remark", "agle102", "agle-102"),
    ],
)
def test_an_unknown_id_is_answered_with_those_that_may_have_been_meant(kind, id, meant):
    with pytest.raises(InputError) as caught:
        things.of_thing(teller(everything()), kind, id)
    assert caught.value.code == "E002"
    assert meant in caught.value.suggestions
    page = Page(things.of_nothing(teller(everything()), kind, id))
    assert f"/{kind}/{meant}" in page.links


@pytest.mark.parametrize("id", ["MIR-126", "miR-126", "entity:mir-126", "", "mir-126/", " mir-126"])
def test_only_the_id_itself_names_a_thing(id):
    with pytest.raises(InputError):
        things.find(everything(), "entity", id)


LARGE = [("entity", "adsc-exo"), ("entity", "wound-healing"), ("reference", "review")]
SMALL = [
    ("entity", "mir-126"),
    ("reference", "lit-ding2019-dfo"),
    ("mechanism", "lit-ding2019-dfo-pten"),
    ("remark", "agle-102"),
]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def shown(chromium, tmp_path):
    """Shows a page; whatever a browser says to it fails the test."""
    seen, opened = [], []

    def show(text):
        page = chromium.new_page()
        opened.append(page)
        page.on("console", lambda message: seen.append(message.text))
        page.on("pageerror", lambda error: seen.append(str(error)))
        file = tmp_path / f"{len(opened)}.html"
        file.write_text(text, encoding="utf-8")
        page.goto(file.as_uri())
        return page

    yield show
    for page in opened:
        page.close()
    assert seen == []


@pytest.mark.page
def test_pages_fit_every_window(shown):
    kb = everything()
    pages = [things.of_thing(teller(kb, "zh"), *each) for each in [*LARGE, *SMALL]]
    pages += [things.of_list(teller(kb), "entity"), things.of_vocabulary(teller(kb), TERMS)]
    pages += [things.of_thing(teller(hostile()), "entity", "mir-126")]
    for text in pages:
        page = shown(text)
        for width in (320, 900):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("window.hacked") is None


@pytest.mark.page
@pytest.mark.parametrize(("scheme", "width"), [("light", 1400), ("dark", 360)])
def test_axe_finds_nothing(chromium, scheme, width):
    kb = everything()
    fought = next(c.id for c in kb.claims if c.id in contested(kb))
    pages = [things.of_thing(teller(kb), *each) for each in [*SMALL, ("claim", fought)]]
    pages += [things.of_list(teller(kb, "zh"), "conflict")]
    pages += [things.of_nothing(teller(kb), "entity", "mir-12")]
    context = chromium.new_context(color_scheme=scheme, bypass_csp=True)  # axe is put in
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    for text in pages:
        page.set_content(text)
        page.evaluate(AXE)
        found = page.evaluate("axe.run()")["violations"]
        assert [f"{v['id']}: {n['html']}" for v in found for n in v["nodes"]] == []
    context.close()


@pytest.mark.page
def test_the_first_stop_of_the_keyboard_leads_to_the_content(shown):
    page = shown(things.of_thing(teller(everything()), "entity", "mir-126"))
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Skip to the content"
    box = skip.bounding_box()
    assert box is not None and box["x"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
