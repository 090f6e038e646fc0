# SPDX-License-Identifier: Apache-2.0
"""Whom a quote names, against whom the row is about. A warning.

Two rows that look alike are copied and half changed: the quote then names another vesicle or
molecule of the same kind, and never the one of the row.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from exograph import vocab
from exograph.checks.facts import Facts, at
from exograph.checks.passages import Passages, Places
from exograph.errors import Problem
from exograph.kb.assembling import triple
from exograph.kb.reach import reached
from exograph.tables import Tables, items

_GROUPS = (frozenset({"Vesicle"}), vocab.RNA, vocab.MOLECULE - vocab.RNA - {"Chemical"})
_GROUP_OF = {kind: group for group in _GROUPS for kind in group}
_NAMED = _GROUP_OF.keys() | {"Biomaterial", "Pathway"}
"""Kinds whose names are sought; a name inside the name of a material, say, is not one."""
_BLANKS = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")
_ABOUT = {p.name for p in vocab.PREDICATES.values() if p.is_effect} | {"carries", "has_marker"}
_LATIN = re.compile(r"[a-z0-9]")
_RELATING = ("is_a", "variant_of", "member_of", "form_of", "has_component", "loaded_in")


def spaced(text: str) -> str:
    """The text in small letters, blanks only between words of Latin letters.

    >>> spaced("粒径 100 nm CD63、 CD81")
    '粒径100 nm cd63、cd81'
    """
    return _BLANKS.sub("", " ".join(text.split())).casefold()


class Names:
    """The names of entities, found in a text from left to right, the longest at each place."""

    def __init__(self, names: dict[str, set[str]]) -> None:
        self._ids = names
        self._by_start: dict[str, list[str]] = defaultdict(list)
        for name in sorted(names, key=len, reverse=True):
            self._by_start[name[:2]].append(name)

    def within(self, text: str) -> set[str]:
        """Ids of the entities that the text names; a name inside a longer one does not count."""
        found: set[str] = set()
        place, starts = 0, self._by_start
        while place < len(text):
            step = 1
            for name in starts.get(text[place : place + 2], ()):
                if text.startswith(name, place) and _stands_alone(text, place, place + len(name)):
                    found |= self._ids[name]
                    step = len(name)
                    break
            place += step
        return found


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no letter or digit of Latin script goes on before or after; a plural s may."""
    after = text[end + 1 : end + 2] if text[end : end + 1] == "s" else text[end : end + 1]
    return not (_LATIN.match(text[:start][-1:]) or _LATIN.match(after))


def _names(facts: Facts, kinds: Collection[str] = _NAMED) -> Names:
    names: dict[str, set[str]] = defaultdict(set)
    for row in facts.rows("entities"):
        cells = row.cells
        if cells["type"] in kinds:
            for name in (cells["label_en"], cells["label_zh"], *items(cells["synonyms"])):
                if len(word := spaced(name)) > 2:
                    names[word].add(cells["id"])
    return Names(names)


def _relatives(facts: Facts) -> dict[str, set[str]]:
    """What each entity is a kind, variant, form or part of, however far, and the reverse.

    A vesicle has no reverse: what was found on a variant is not found on the plain one.
    """
    up: dict[str, set[str]] = defaultdict(set)
    for name in _RELATING:
        for subject, object_, _ in facts.relations[name]:
            up[subject].add(object_)
    found: dict[str, set[str]] = defaultdict(set)
    for id, parents in up.items():
        above = reached(parents, up)
        found[id] |= above
        for node in above:
            if facts.kind.get(node) != "Vesicle":
                found[node].add(id)
    return found


def _in_pieces(label: str, text: str) -> bool:
    """Whether letters and digits of a label stand apart, as in "MMP 2 and 14".

    >>> _in_pieces("mmp14", "mmp）2和14"), _in_pieces("il-10", "il-1β")
    (True, False)
    """
    pieces = re.findall(r"[^\W\d_]+|\d+", label)
    return len(pieces) > 1 and all(
        re.search(rf"(?<!\d){p}(?!\d)" if p.isdigit() else re.escape(p), text) for p in pieces
    )


def named_in_quotes(facts: Facts) -> Iterator[Problem]:
    """W618: a quote that names others of the subject's or object's kind, and not the row's own."""
    kinds, relatives, names = facts.kind, _relatives(facts), _names(facts)
    label = {r.cells["id"]: r.cells["label_en"].lower() for r in facts.rows("entities")}
    told: dict[str, set[str]] = {}
    for row, (subject, name, object_) in facts.said:
        cells = row.cells
        quote = cells["quote"]
        if not quote or cells["basis"] != "stated" or name not in vocab.PREDICATES:
            continue
        if quote not in told:
            told[quote] = names.within(spaced(quote))
        for column, id in (("subject", subject), ("object", object_)):
            group = _GROUP_OF.get(kinds.get(id, ""))
            if group is None or not told[quote]:
                continue
            others = {other for other in told[quote] if kinds[other] in group}
            if not others or subject in others or object_ in others or others & relatives[id]:
                continue
            if not _in_pieces(label[id], spaced(quote)):
                shown = sorted(others)[:3]
                message = f"The quote names {', '.join(shown)}, but not {id!r}."
                yield at(row, "W618", message, f"Did you mean {' or '.join(shown)}?", column)


def vesicles_of_sentences(
    facts: Facts, tables: Tables, passages: Passages, held: Mapping[str, Places]
) -> Iterator[Problem]:
    """W619: a vesicle as subject, where quote and sentence name another one only.

    Asked of quotes that name no vesicle, and of sentences that do.
    """
    names, relatives = _names(facts, frozenset({"Vesicle", "Biomaterial"})), _relatives(facts)
    told: dict[str, set[str]] = {}
    for row in tables.rows["statements"]:
        subject, name, _ = triple(row.cells)
        quote = row.cells["quote"]
        if facts.kind.get(subject) != "Vesicle" or not held.get(quote) or name not in _ABOUT:
            continue
        if row.cells["basis"] != "stated":
            continue
        if quote not in told:
            said = "\n".join(passages.sentences(held[quote]))
            found = names.within(said.casefold()) if not names.within(spaced(quote)) else set()
            told[quote] = {id for id in found if facts.kind[id] == "Vesicle"}
        others = told[quote]
        if others and subject not in others and not others & relatives[subject]:
            shown = ", ".join(sorted(others)[:3])
            message = f"The sentence of the quote is about {shown}, not {subject!r}."
            cure = f"Did you mean {shown.replace(', ', ' or ')}?"
            yield at(row, "W619", message, cure, "subject")


CHECKS = (named_in_quotes,)
