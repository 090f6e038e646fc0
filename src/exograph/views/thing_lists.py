# SPDX-License-Identifier: Apache-2.0
"""Lists of all things of a kind, so that every page is reached by links."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from exograph import vocab
from exograph.model import Reference
from exograph.paths.citing import section as named_section
from exograph.views.thing_cards import in_order
from exograph.views.thing_parts import Values, item, page, section, sections
from exograph.views.thing_telling import Teller
from exograph.views.thing_words import kind


def listing(tell: Teller, name: str) -> Values:
    """All things of a kind, under headings."""
    parts = sections(*_LISTS[name](tell))
    count = sum(len(part["links"]) for part in parts)
    return page(
        f"{kind(name, tell.lang, many=True)} ({count})",
        None,
        lead=tell.word("list_entity") if name == "entity" and count else None,
        parts=parts,
        empty="" if count else tell.word("empty"),
    )


def _entry(link: Values, *note: Values) -> Values:
    return {"item": link, "note": list(note)}


def _entities(tell: Teller) -> Iterator[Values]:
    """By kind, and within a kind by label; the number says how many claims are about it."""
    told = Counter(id for c in tell.kb.claims for id in {c.subject, c.object})
    for name in vocab.TYPES:
        held = sorted(
            (e.id for e in tell.kb.entities if e.type == name),
            key=lambda id: (tell.label(id).casefold(), id),
        )
        notes = ([item(told[id])] if told[id] else [] for id in held)
        entries = (_entry(tell.entity(id), *note) for id, note in zip(held, notes, strict=True))
        yield section(name, vocab.label(name, tell.lang), links=entries)


def _claims(tell: Teller) -> Iterator[Values]:
    """By predicate."""
    by_predicate = defaultdict(list)
    for claim in in_order(tell.kb.claims):
        by_predicate[claim.predicate].append(tell.claim_link(claim.id))
    for predicate, links in by_predicate.items():
        yield section(predicate, vocab.label(predicate, tell.lang), links=map(_entry, links))


def _statements(tell: Teller) -> Iterator[Values]:
    """By reference."""
    by_reference = defaultdict(list)
    for s in tell.kb.statements:
        text = tell.sentence(s.subject, s.predicate, s.object)
        place = item(named_section(s.section, tell.lang))
        entry = _entry(item(text, tell.url(f"statement/{s.id}")), place)
        by_reference[s.reference].append(entry)
    order = [r.id for r in _in_order(tell.kb.references)]
    order += [id for id in by_reference if id not in tell.kb.reference]
    for id in order:
        title = tell.reference(id)["text"]
        yield section(f"reference-{id}", title, links=by_reference[id])


def _references(tell: Teller) -> Iterator[Values]:
    """By source; those that a text numbers by their number."""
    for source, held in _by_source(tell, _in_order(tell.kb.references)):
        entries = (_reference(tell, r) for r in held)
        yield section(f"source-{source}", tell.source_name(source), links=entries)


def _reference(tell: Teller, r: Reference) -> Values:
    name = tell.reference(r.id)
    if r.title is None:
        seen = f"reference_status.{r.status}" if r.is_uncertain else "title_not_seen"
        return _entry(name, item(tell.word(seen)))
    year = f" ({r.year})" if r.year else ""
    return _entry({**name, "text": f"{name['text']} {r.title}{year}"})


def _in_order(references: Iterable[Reference]) -> list[Reference]:
    return sorted(references, key=lambda r: (r.number is None, r.number or 0, r.id))


def _plain(name: str, held: str, text: Callable[[Teller, Any], str]) -> Any:
    """A list by source, each thing under a text of its own."""

    def listed(tell: Teller) -> Iterator[Values]:
        for source, things in _by_source(tell, getattr(tell.kb, held)):
            links = (item(text(tell, each), tell.url(f"{name}/{each.id}")) for each in things)
            title = tell.source_name(source)
            yield section(f"source-{source}", title, links=map(_entry, links))

    return listed


def _by_source(tell: Teller, held: Iterable[Any]) -> list[tuple[str, list[Any]]]:
    """Things by their source, the sources that quote first."""
    grouped: dict[str, list[Any]] = defaultdict(list)
    for each in held:
        grouped[each.source].append(each)
    return sorted(grouped.items(), key=lambda pair: (pair[0] in tell.kb.paraphrasing, pair[0]))


def _sources(tell: Teller) -> Iterator[Values]:
    zh = tell.lang == "zh"
    links = (
        item(s.title_zh if zh else s.title_en, tell.url(f"source/{s.id}")) for s in tell.kb.sources
    )
    yield section("sources", kind("source", tell.lang, many=True), links=map(_entry, links))


_LISTS: Mapping[str, Callable[[Teller], Iterator[Values]]] = {
    "entity": _entities,
    "claim": _claims,
    "statement": _statements,
    "reference": _references,
    "mechanism": _plain(
        "mechanism", "mechanisms", lambda t, m: m.title_zh if t.lang == "zh" else m.title_en
    ),
    "attribute": _plain(
        "attribute",
        "attributes",
        lambda t, a: f"{t.label(a.entity)}: {t.word(f'attribute.{a.attribute}')}, {a.verbatim}",
    ),
    "verification": _plain(
        "verification",
        "verifications",
        lambda t, v: (
            f"{t.reference(v.reference)['text']} "
            f"{t.sentence(v.subject, v.predicate, v.object)}: {t.word(f'verdict.{v.verdict}')}"
        ),
    ),
    "conflict": _plain(
        "conflict",
        "conflicts",
        lambda t, c: t.word("versus").join(t.sentence(*one) for one in c.triples),
    ),
    "remark": _plain("remark", "remarks", lambda t, r: f"{r.id}: {r.text}"),
    "source": _sources,
}
