# SPDX-License-Identifier: Apache-2.0
"""What the words of a quote say, against what the row says: may, not, more, less. Warnings.

Only words that leave no doubt are asked: a quote that has words of both directions, or a double
negative, says nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from exograph import vocab
from exograph.checks.facts import Facts, at
from exograph.errors import Problem

_HEDGES = re.compile(
    r"(?<![不尽])可能|或许|也许|似乎|\b(?:may|might|possibly|presumably|perhaps)\b", re.IGNORECASE
)
_NEGATIVES = re.compile(
    r"没有影响|[无不]影响|未影响|未[见能观发]|[无没]有?显著|无明显|并未"
    r"|\b(?:did|does|do|could|was|were|is|are|had|has) not\b"
    r"|\bno (?:significant |detectable )?(?:effect|change|difference|influence|increase|decrease)"
    r"|\bfailed to\b|\bwithout (?:affecting|changing)",
    re.IGNORECASE,
)
_RAISING = re.compile(
    r"有利于|有助于|上调|增加|增强|促进|提高|提升|激活|加速|加快|诱导|刺激|升高"
    r"|\b(?:up-?regulat|increas|enhanc|promot|activat|accelerat|stimulat|induc|elevat|rais)\w*",
    re.IGNORECASE,
)
_LOWERING = re.compile(
    r"下调|降低|减少|减轻|抑制|缓解|减弱|阻断"
    r"|\b(?:down-?regulat|decreas|suppress|inhibit|reduc|attenuat|alleviat|block|lower)\w*",
    re.IGNORECASE,
)
_MILD_RAISING = re.compile(
    r"有利|有助|改善|恢复|维持|导致|引发|引起|增(?![殖生])|升|\b(?:improv|restor|maintain|form|caus)\w*",
    re.IGNORECASE,
)
_MILD_LOWERING = re.compile(
    r"缩短|阻止|清除|消除|抗(?![炎菌氧])|逆转|障碍|不足|过度|缺(?!氧)|敲|沉默|失|减|降|无"
    r"|\b(?:less|prevent|knock|silenc|anti|impair|delet|deplet|antag|abolish|revers|los[st]|lack"
    r"|without|fewer)\w*",
    re.IGNORECASE,
)
"""Words that leave the direction of a clause open; they never tell one, and free of one."""
_NOT = re.compile(r"[不未无没非]|\b(?:no|not|nor|neither|never|fail\w*|without)\b", re.IGNORECASE)
_TURNED = re.compile(
    r"(?:抑制|阻断|减弱|降低)[^，。；]{0,120}?的\s*(?:上调|增加|升高)"
    r"|(?:inhibit|block|attenuat|prevent)\w* the (?:up-?regulation|increase|induction|rise)",
    re.IGNORECASE,
)
_SIGNS = ("TODO", "FIXME", "XXX", "TBD", "TBC", "??", "？？", "待定", "待查", "待补", "ipsum")
_UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|TBD|TBC)\b|[?？]{2,}|待定|待查|待补|lorem ipsum")
_FREE = {
    "statements": ("quote", "paraphrase", "note"),
    "entities": ("label_en", "label_zh", "description", "description_zh"),
    "attributes": ("text_value", "note"),
    "references": ("title", "note"),
    "mechanisms": ("title_en", "title_zh", "note"),
    "verification": ("says", "primary_says", "note"),
    "conflicts": ("note",),
    "remarks": ("text", "handling"),
}


@cache
def _told(words: str) -> tuple[bool, bool, bool, bool]:
    """Whether the words hedge, deny, only raise, only lower."""
    raising, lowering = bool(_RAISING.search(words)), bool(_LOWERING.search(words))
    return (
        bool(_HEDGES.search(words)),
        bool(_NEGATIVES.search(words)),
        raising and not (lowering or _MILD_LOWERING.search(words)),
        lowering and not (raising or _MILD_RAISING.search(words)),
    )


def certainty(facts: Facts) -> Iterator[Problem]:
    """W611 and W612: a quote that says may, of a row that asserts; one that denies what it says."""
    for row, (_, name, _) in facts.said:
        cells = row.cells
        words = cells["quote"] or cells["paraphrase"]
        if not words or cells["basis"] == "inferred":
            continue
        hedged, denied, _, _ = _told(words)
        if hedged and cells["certainty"] != "hedged":
            word = _HEDGES.search(words)
            message = f"The words say {word and word[0]!r}, but the row is asserted."
            cure = "Write hedged, or leave the hedged part out of the quote if it is of other rows."
            yield at(row, "W611", message, cure, "certainty")
        if denied and cells["quote"] and cells["stance"] in ("", "supports"):
            predicate = vocab.PREDICATES.get(name)
            if predicate is not None and predicate.is_effect:
                word = _NEGATIVES.search(words)
                message = f"The quote says {word and word[0]!r}, but the row supports the effect."
                cure = "Write null (looked for, not found) or refutes; or shorten the quote."
                yield at(row, "W612", message, cure, "stance")


def directions(facts: Facts) -> Iterator[Problem]:
    """W613, W616, W617: a quote whose words all go the other way than the predicate."""
    for row, (_, name, _) in facts.said:
        cells = row.cells
        quote = cells["quote"]
        predicate = vocab.PREDICATES.get(name)
        if not quote or predicate is None or not predicate.sign or cells["basis"] != "stated":
            continue
        sign = predicate.sign
        if cells["stance"] not in ("", "supports"):
            _, denied, raising, lowering = _told(quote)
            if not denied and (raising if sign > 0 else lowering) and not _NOT.search(quote):
                message = f"The stance is {cells['stance']!r}, but the quote says that it holds."
                cure = "Write supports, or quote the words that deny it."
                yield at(row, "W617", message, cure, "stance")
            continue
        if sign > 0 and _TURNED.search(quote):
            message = f"The quote says that a rise is lessened, but the predicate is {name!r}."
            cure = f"Write {_opposite(name)!r} with attenuates_induction: it is lower in the end."
            yield at(row, "W616", message, cure, "predicate")
            continue
        _, denied, raising, lowering = _told(quote)
        if cells["effect"] not in ("", "plain") or denied or raising == lowering:
            continue
        if (sign > 0) != raising:
            word = (_RAISING if raising else _LOWERING).search(quote)
            message = f"The quote says {word and word[0]!r}, but the predicate is {name!r}."
            cure = f"Write {_opposite(name)!r}, or quote the words that give this direction."
            yield at(row, "W613", message, cure, "predicate")


def _opposite(name: str) -> str:
    predicate = vocab.PREDICATES[name]
    for other in vocab.PREDICATES.values():
        if other.sign == -(predicate.sign or 0) and other.range == predicate.range:
            return other.name
    return name


def unfinished(facts: Facts) -> Iterator[Problem]:
    """W614: a mark that something is still to be written."""
    for table, columns in _FREE.items():
        all_words = "\n".join(r.cells[c] for r in facts.rows(table) for c in columns)
        if not any(sign in all_words for sign in _SIGNS):
            continue
        for row in facts.rows(table):
            cells = row.cells
            for column in columns:
                cell = cells[column]
                if cell and (word := _UNFINISHED.search(cell)):
                    message = f"The cell {column!r} says {word[0]!r}."
                    yield at(row, "W614", message, "Finish it, or say what is open.", column)


CHECKS = (certainty, directions, unfinished)
