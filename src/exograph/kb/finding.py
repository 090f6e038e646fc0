# SPDX-License-Identifier: Apache-2.0
"""Entities by what people type: an id, a label, a synonym, a CURIE, or nearly so.

Spelling is folded before it is compared: letter case, width, Greek letters however they are
spelled out, the blanks, hyphens and slashes between the parts of a name, and the ways to write
microRNA. Two characters of Chinese are enough to find a word, since no index of longer pieces is
involved; where a word stands at the end of a Chinese name, it is the head of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from exograph import ids
from exograph.errors import InputError
from exograph.model import Entity, KnowledgeBase

_GREEK = {
    "α": ("alpha", "a"),
    "β": ("beta", "b"),
    "γ": ("gamma", "g"),
    "δ": ("delta", "d"),
    "ε": ("epsilon", "e"),
    "ζ": ("zeta", "z"),
    "θ": ("theta", "th"),
    "κ": ("kappa", "k"),
    "λ": ("lambda", "l"),
    "μ": ("mu", "u"),
    "σ": ("sigma", "s"),
    "ω": ("omega", "o"),
}
_LONG = str.maketrans({letter: word for letter, (word, _) in _GREEK.items()})
_LATIN = str.maketrans({letter: latin for letter, (_, latin) in _GREEK.items()})
_SHORT = {word: latin for word, latin in _GREEK.values() if len(word) > 3}
_SPELLED = re.compile(f"(?:{'|'.join(sorted(_SHORT, key=len, reverse=True))})(?![a-z])")
_MICRORNA = re.compile(r"(?<![a-z])(?:(?:hsa|mmu|rno)-)?(?:micro-?rna|mirna|mir)[\s-]*(?=\d)")
_LET = re.compile(r"(?<![a-z])(?:hsa|mmu|rno)-(?=let-?7)")
_PLURAL = re.compile(r"(?<=[a-z0-9][a-hj-rtv-z0-9])s(?![a-z0-9])")
_PARTS = re.compile(r"[a-z0-9]+|[^\W\da-z_]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_BRACKETED = re.compile(r"(.*\S)\s*[(（][^()（）]*[)）]")
_IGNORED = {ord(c): None for c in " \t\n/\\_-‐‑‒–—―−·・\u3000"}

EXACT = 0.86
"""Scores from here on mean that the text names the entity, not only resembles its name."""

_BEGUN, _HELD, _SPREAD = 0.6, 0.3, 0.295
"""Scores from here on mean that a name begins with the text (or ends with it, in Chinese); that it
holds the text somewhere; and the score of a name that holds all of the text's parts."""

_LONGEST = 200
"""Characters of a text beyond which it is no name whose parts are worth looking for."""

_SHOWN = 80
"""Characters of a name that a message repeats."""

_CURIES = ("exact_match", "close_match")

_SCORES = {"id": 1.0, "label_en": 0.98, "label_zh": 0.98, "synonym": 0.95, "exact_match": 0.93}


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity found. ``matched`` is the field, ``name`` its text, ``score`` from 0 to 1."""

    id: str
    type: str
    label_en: str
    label_zh: str
    matched: str
    name: str
    score: float


def fold(text: str) -> frozenset[str]:
    """Keys under which a name is the same name: Greek spelled out, and Greek as a Latin letter.

    >>> sorted(fold("IL-1β"))
    ['il1b', 'il1beta']
    >>> fold("il 1b") & fold("IL-1beta") & fold("IL-1β")
    frozenset({'il1b'})
    >>> fold("NF-kB") & fold("NF-κB"), fold("NF-kappaB") & fold("NF-κB")
    (frozenset({'nfkb'}), frozenset({'nfkappab'}))
    >>> fold("hsa-miR-126") == fold("microRNA 126") == fold("miR126")
    True
    """
    plain = _plain(text)
    spelled = plain.translate(_LONG)
    short = _SPELLED.sub(lambda word: _SHORT[word[0]], plain.translate(_LATIN))
    short = short.translate(_IGNORED)
    return frozenset({spelled.translate(_IGNORED), short})


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _MICRORNA.sub("mir", _LET.sub("", plain))


def _parts(text: str) -> tuple[frozenset[str], ...]:
    """Keys of the parts of a text: its words, and each run of Chinese between Latin letters.

    Empty if a part is a single letter, which stands in most names, or if the text is no name.

    >>> [sorted(part) for part in _parts("抗炎 M2型极化")]
    [['抗炎'], ['m2'], ['型极化']]
    >>> _parts("x y")
    ()
    """
    if len(text) > _LONGEST:
        return ()
    parts = _PARTS.findall(_plain(text))
    if any(part.isascii() and len(part) < 2 for part in parts):
        return ()
    return tuple(fold(part) for part in parts)


def find_entities(kb: KnowledgeBase, text: str) -> tuple[Hit, ...]:
    """Entities that ``text`` may mean, best first: each once, by the field that fits best.

    In this order: id, label, synonym, CURIE; the same with spelling folded, or in the plural; names
    that begin with the text, or hold it. Only if there is none of these: names that hold each of
    its parts, and names that are nearly the same. Costs a pass over all names; the folded names are
    kept with the knowledge base.
    """
    text = _bare(text)
    keys = fold(text)
    if not any(keys):
        return ()
    singular = fold(_PLURAL.sub("", _plain(text))) - keys
    best: dict[str, Hit] = {}
    for entity, field, name, folded in _names(kb):
        score = _score(text, keys, field, name, folded)
        if score < EXACT and field not in _CURIES and singular & folded:
            score = 0.87
        if score and (entity.id not in best or score > best[entity.id].score):
            best[entity.id] = _hit(entity, field, name, score)
    return _ranked(best) or _near_misses(kb, keys, _parts(text))


def resolve(kb: KnowledgeBase, text: str) -> Entity:
    """The entity that ``text`` names.

    Raises InputError: E002 if there is none (suggestions: the nearest ids), E003 if several are
    named equally well (suggestions: the candidates' ids).
    """
    if found := kb.entity.get(_bare(text)):
        return found
    hits = find_entities(kb, text)
    named = [h for h in hits if h.score >= EXACT]
    if not named:
        raise unknown(kb, text)
    first = [h for h in named if h.score == named[0].score]
    if len(first) > 1:
        ids_ = tuple(h.id for h in first)
        message = f"{quoted(text)} names {len(first)} entities: {', '.join(ids_)}."
        raise InputError("E003", message, "Use one of these ids.", ids_)
    return kb.entity[first[0].id]


def unknown(kb: KnowledgeBase, text: str) -> InputError:
    """The error E002 for a text that names no entity, with the ids that may have been meant."""
    near = tuple(hit.id for hit in find_entities(kb, text) if _worth_a_guess(text, hit))[:5]
    cure = f"Did you mean {' or '.join(near)}?" if near else "Try: exograph search TEXT."
    return InputError("E002", f"No entity is called {quoted(text)}.", cure, near)


def _worth_a_guess(text: str, hit: Hit) -> bool:
    """Whether a hit is likely meant: a letter or two are part of many names, and mean none."""
    size = max(len(key) if key.isascii() else 2 * len(key) for key in fold(_bare(text)))
    if hit.score < _HELD:  # nearly the same as a whole
        return True
    return size >= 3 if hit.score >= _BEGUN else size >= 4


def quoted(text: str) -> str:
    """The text as a message shows it: in quotation marks, and not at any length.

    >>> quoted("miR-126"), len(quoted("外" * 5000))
    ("'miR-126'", 82)
    """
    return repr(text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…")


def _bare(text: str) -> str:
    """The text without the prefix of an entity's IRI, in full or short."""
    text = unicodedata.normalize("NFC", text.strip())
    return text.removeprefix(ids.ENTITY).removeprefix("entity:")


def _hit(entity: Entity, field: str, name: str, score: float) -> Hit:
    return Hit(entity.id, entity.type, entity.label_en, entity.label_zh, field, name, score)


def _ranked(hits: dict[str, Hit]) -> tuple[Hit, ...]:
    return tuple(sorted(hits.values(), key=lambda h: (-h.score, len(h.name), h.id)))


Name = tuple[Entity, str, str, frozenset[str]]


def _names(kb: KnowledgeBase) -> list[Name]:
    """Every name with its keys, kept in the instance as a cached property would be."""
    kept: list[Name] | None = kb.__dict__.get("_names")
    if kept is None:
        kept = [(e, field, name, fold(name)) for e in kb.entities for field, name in _fields_of(e)]
        kb.__dict__["_names"] = kept
    return kept


def _fields_of(entity: Entity) -> Iterator[tuple[str, str]]:
    """Every name with its field; a label that ends in brackets, 干扰素-γ（IFN-γ）, also without."""
    yield "id", entity.id
    for field, label in (("label_en", entity.label_en), ("label_zh", entity.label_zh)):
        yield field, label
        if bracketed := _BRACKETED.fullmatch(label):
            yield field, bracketed[1]
    yield from (("synonym", name) for name in entity.synonyms)
    yield from (("exact_match", curie) for curie in entity.exact_match)
    yield from (("close_match", curie) for curie in entity.close_match)


def _score(text: str, keys: frozenset[str], field: str, name: str, folded: frozenset[str]) -> float:
    """How well a name fits; 0 if it does not.

    A part counts by how much of the name it is, so that the shortest name that holds it comes
    first, and a little less in a synonym. An outside identifier fits as a whole or not at all: part
    of a number means nothing.
    """
    if text == name:
        return _SCORES.get(field, 0.8)
    if keys & folded:
        return 0.8 if field == "close_match" else 0.88
    if field in _CURIES:
        return 0.0
    held = [(len(k) / len(f), _at_an_end(k, f)) for k in keys for f in folded if k and k in f]
    if not held:
        return 0.0
    at_an_end = [share for share, ends in held if ends]
    score = _BEGUN + 0.2 * max(at_an_end) if at_an_end else _HELD + 0.25 * max(held)[0]
    return round(score * (0.95 if field == "synonym" and score < 0.8 and at_an_end else 1), 4)


def _at_an_end(key: str, name: str) -> bool:
    return name.startswith(key) or (name.endswith(key) and bool(_CHINESE.match(key)))


def _near_misses(
    kb: KnowledgeBase, keys: frozenset[str], parts: tuple[frozenset[str], ...]
) -> tuple[Hit, ...]:
    """Names that hold each part of the text, or differ from it by a letter or so.

    At least 65 of 100 letters must fit, in order.
    """
    from rapidfuzz import fuzz

    best: dict[str, Hit] = {}
    for entity, field, name, folded in _names(kb):
        if field in _CURIES:
            continue
        ratio = max(fuzz.ratio(k, f, score_cutoff=65) for k in keys for f in folded)
        score = round(ratio / 100 * 0.29, 4)
        if len(parts) > 1 and all(any(k in f for k in p for f in folded) for p in parts):
            score = _SPREAD
        if score and (entity.id not in best or score > best[entity.id].score):
            best[entity.id] = _hit(entity, field, name, score)
    return _ranked(best)[:10]
