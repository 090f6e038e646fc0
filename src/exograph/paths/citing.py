# SPDX-License-Identifier: Apache-2.0
"""How references are cited in words, with the place in the source."""

from __future__ import annotations

import re
from collections.abc import Sequence

from exograph.model import KnowledgeBase
from exograph.paths.phrases import NOTICES, context, one_context, supporting
from exograph.paths.result import PathStep
from exograph.paths.wording import bracketed, filled

_SECTIONS = {
    "abstract": ("abstract", "摘要"),
    "intro": ("introduction", "引言"),
    "title": ("title", "标题"),
    "page": ("web page", "网页"),
    "registry": ("registry", "试验注册信息"),
}


def reference(kb: KnowledgeBase, id: str, lang: str, *, marked: bool = True) -> str:
    """A reference as it is cited: ``[38]``, the review, or author and year, with any notice on it.

    >>> reference(KnowledgeBase(), "yang-2020", "en")
    'yang-2020'
    >>> from exograph.model import Reference
    >>> gone = KnowledgeBase(references=(Reference("r", "cited", "s", 38, retraction="retracted"),))
    >>> reference(gone, "r", "en"), reference(gone, "r", "zh")
    ('[38, retracted]', '[38，已撤稿]')
    """
    notice = kb.notices.get(id) if marked else None
    if notice is None:
        return _bare(kb, id, lang)
    name, zh = _bare(kb, id, lang), lang == "zh"
    comma = "，" if zh else ", "
    if name.startswith("["):
        return f"{name[:-1]}{comma}{NOTICES[notice][zh]}]"
    return f"{name}{'' if zh else ' '}[{NOTICES[notice][zh]}]"


def _bare(kb: KnowledgeBase, id: str, lang: str) -> str:
    known = kb.reference.get(id)
    if known is None:
        return id
    if known.number is not None:
        return f"[{known.number}]"
    if known.kind == "review":
        return filled("review", lang)
    if known.first_author:
        year = "" if known.year is None else f" {known.year}"
        return f"{known.first_author}{year}"
    return id


def section(name: str, lang: str) -> str:
    """Where in the source.

    >>> section("3.2", "en"), section("table1", "zh")
    ('section 3.2', '表1')
    """
    zh = lang == "zh"
    if name in _SECTIONS:
        return _SECTIONS[name][zh]
    if re.fullmatch(r"table\s*\d+", name):
        number = name.removeprefix("table").strip()
        return f"表{number}" if zh else f"Table {number}"
    if re.fullmatch(r"\d+(\.\d+)*", name):
        return f"第{name}节" if zh else f"section {name}"
    return name


def citations(kb: KnowledgeBase, step: PathStep, lang: str) -> str:
    """Who supports a step, and where: each reference with its sections, in order.

    Citations of one study are that study, once: ``[40], section 3.2 = Han ZF 2022, abstract``.
    Statements that differ in context have it with their reference, in square brackets. Those of a
    source without quotes are marked as paraphrases, with the source.
    """
    zh, apart = lang == "zh", not one_context(step.claim)
    places: dict[tuple[str, str], list[str]] = {}
    for s in sorted(supporting(step.claim), key=lambda s: (s.section, s.id)):
        told = s.source if s.source in kb.paraphrasing else ""
        known = places.setdefault((s.reference, told), [])
        words = context(kb, s.context, lang) if apart and step.is_effect else ""
        place = (
            f"{section(s.section, lang)}{' ' * (not zh)}[{words}]"
            if words
            else (section(s.section, lang))
        )
        if place not in known:
            known.append(place)
    comma = "，" if zh else ", "
    studies: dict[str, list[str]] = {}
    for id, told in sorted(places, key=lambda key: (_number(kb, key[0]), key[1])):
        name = reference(kb, id, lang) + paraphrase(told, lang)
        studies.setdefault(kb.study_of(id), []).append(comma.join([name, *places[id, told]]))
    return ("；" if zh else "; ").join(" = ".join(names) for names in studies.values())


def paraphrase(source: str, lang: str) -> str:
    """The mark of a statement that quotes nothing, with its source; empty for no source.

    >>> paraphrase("literature", "en"), paraphrase("literature", "zh"), paraphrase("", "en")
    (' (literature, paraphrase)', '（literature，转述）', '')
    """
    return bracketed(filled("paraphrase", lang, source=source), lang) if source else ""


def cited(kb: KnowledgeBase, ids: Sequence[str], lang: str, *, marked: bool = True) -> str:
    """References without their places, as a list."""
    comma = "、" if lang == "zh" else ", "
    return comma.join(reference(kb, id, lang, marked=marked) for id in ids)


def _number(kb: KnowledgeBase, id: str) -> tuple[bool, int, str]:
    known = kb.reference.get(id)
    number = known.number if known else None
    return number is None, number or 0, id
