# SPDX-License-Identifier: Apache-2.0
"""Works as a bibliography: text, BibTeX, RIS, and JSON of the Citation Style Language.

https://ctan.org/pkg/bibtex, https://en.wikipedia.org/wiki/RIS_(file_format) and
https://github.com/citation-style-language/schema. All are UTF-8. BibTeX and RIS are in English.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from exograph.exchange.citing import Author, Work

Json = dict[str, Any]

_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{mark: f"\\{mark}" for mark in "&%$#_"},
    }
)
_PLAIN_URL = "!$&'()*+,-./:;=?@_~"
"""What stands in an address as it is: LaTeX sets it letter by letter, so nothing is escaped."""

_PLAIN_NAME = re.compile(r"[^\W\d_]+(?:[ '’-](?!and\b)[^\W\d_]+)*")
"""Of a person; BibTeX would take all else apart, such as names with commas."""

_BLANKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_ONLY_FIRST = "Only the first author is recorded."
_WORDS = {
    "others": (" et al.", "等"),
    "untitled": ("[title not recorded]", "[未记录标题]"),
    "undated": ("n.d.", "年份未记录"),
    "version": ("Version {}", "版本 {}"),
}


def text(work: Work, lang: str) -> str:
    """One line for people, in English or Chinese: who, when, what, where, and what to know of it.

    >>> from exograph.exchange.citing import Author, Work
    >>> text(Work("k", "article", "On exosomes", Author("Han", "Z. F.", others=True), 2022), "en")
    'Han Z. F. et al. (2022). On exosomes.'
    >>> text(Work("k", "article", doi="10.1000/182"), "zh")
    '(年份未记录)。[未记录标题]。https://doi.org/10.1000/182'
    """
    zh = lang == "zh"

    def word(key: str) -> str:
        return _WORDS[key][zh]

    author = work.author
    who = f"{author.family} {author.given}".rstrip() if author else ""
    if author and author.others:
        who += word("others")
    when = work.date or work.year or word("undated")
    parts = [f"{who} ({when})".lstrip(), work.title or word("untitled")]
    if work.journal:
        parts.append(work.journal)
    if work.version:
        parts.append(word("version").format(work.version))
    stop = "。" if zh else ". "
    told = [_flat(part).rstrip(".。 ") for part in parts]
    notes = [_flat(note[zh]).rstrip(".。 ") for note in work.remarks]
    whole = stop.join(told) + stop.rstrip()
    if work.url:
        whole += f"{'' if zh else ' '}{work.url}"
    return whole + (f" [{'；'.join(notes) if zh else '; '.join(notes)}]" if notes else "")


def bibtex(works: Iterable[Work]) -> str:
    """Entries of BibTeX. Titles stand in braces of their own, so that no style lowers capitals.

    An article has an author, a title, a journal and a year; what lacks one of them is ``@misc``.
    """
    return "\n".join(map(_entry, works))


def _entry(work: Work) -> str:
    whole = all((work.author, work.title, work.journal, work.year))
    kind = "article" if whole and work.kind != "registry" else "misc"
    fields = {
        "author": _bibtex_author(work.author),
        "title": f"{{{title}}}" if (title := _latex(work.title or "")) else "",
        "journal" if kind == "article" else "howpublished": _latex(work.journal or ""),
        "year": str(work.year or ""),
        "version": _latex(work.version or ""),
        "doi": quote(work.doi or "", safe=_PLAIN_URL + "<>#[]"),
        "pmid": _latex(work.pmid or ""),
        "pmcid": _latex(work.pmcid or ""),
        "url": quote(work.url or "", safe=_PLAIN_URL + "%"),
        "note": _latex(" ".join(filter(None, (_stopped(n.en) for n in work.remarks)))),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@{kind}{{{work.key},\n{''.join(lines)}}}\n"


def _bibtex_author(author: Author | None) -> str:
    if author is None:
        return ""
    family = _latex(author.family)
    if author.is_body or not _PLAIN_NAME.fullmatch(author.family):
        family = f"{{{family}}}"
    name = f"{family}, {author.given}" if author.given else family
    return f"{name} and others" if author.others else name


def _latex(text: str) -> str:
    return _flat(text).translate(_LATEX)


def ris(works: Iterable[Work]) -> str:
    """Records of RIS, each from ``TY`` to ``ER``."""
    return "\n".join("".join(f"{tag}  - {value}\n" for tag, value in _record(w)) for w in works)


def _record(work: Work) -> Iterator[tuple[str, str]]:
    kinds = {"dataset": "DATA", "registry": "GEN"}
    yield "TY", kinds.get(work.kind, "JOUR" if work.journal else "GEN")
    author = work.author
    fields = {
        "ID": work.key,
        "AU": ", ".join(filter(None, author[:2])) if author else "",
        "TI": work.title,
        "JO": work.journal,
        "PY": str(work.year or ""),
        "DA": (work.date or "").replace("-", "/"),
        "ET": work.version,
        "DO": work.doi,
        "AN": work.pmid,
        "C2": work.pmcid,
        "UR": work.url,
    }
    yield from ((tag, flat) for tag, value in fields.items() if (flat := _flat(value or "")))
    yield from (("N1", flat) for note in work.remarks if (flat := _flat(note.en)))
    if author and author.others:
        yield "N1", _ONLY_FIRST
    yield "ER", ""


def csl(works: Iterable[Work]) -> list[Json]:
    """Items of CSL-JSON."""
    return [_item(work) for work in works]


def csl_text(works: Iterable[Work]) -> str:
    """The same as JSON text."""
    return json.dumps(csl(works), ensure_ascii=False, indent=2) + "\n"


def _item(work: Work) -> Json:
    kinds = {"dataset": "dataset", "preprint": "article"}
    author, date = work.author, work.date or str(work.year or "")
    notes = [said for note in work.remarks if (said := _stopped(note.en))]
    notes += [_ONLY_FIRST] if author and author.others else []
    fields: Json = {
        "id": work.key,
        "type": kinds.get(work.kind, "article-journal" if work.journal else "document"),
        "title": _flat(work.title or ""),
        "author": [_csl_author(author)] if author else [],
        "issued": {"date-parts": [[int(part) for part in date.split("-")]]} if date else {},
        "container-title": _flat(work.journal or ""),
        "version": work.version,
        "DOI": work.doi,
        "PMID": work.pmid,
        "PMCID": work.pmcid,
        "URL": work.url,
        "note": " ".join(notes),
    }
    return {name: value for name, value in fields.items() if value}


def _csl_author(author: Author) -> Json:
    if author.is_body:
        return {"literal": _flat(author.family)}
    names = {"family": _flat(author.family), "given": author.given}
    return {name: value for name, value in names.items() if value}


def _flat(text: str) -> str:
    """The text on one line: no format has a place for line ends or control characters.

    >>> _flat(" a" + chr(10) + chr(0x2028) + "b ")
    'a b'
    """
    return _BLANKS.sub(" ", text).strip()


def _stopped(note: str) -> str:
    """A note as a sentence; empty if it says nothing."""
    flat = _flat(note)
    return flat if not flat or flat.endswith((".", "。")) else f"{flat}."


FORMS: Mapping[str, Callable[[Iterable[Work]], str]] = {
    "bibtex": bibtex,
    "ris": ris,
    "csl-json": csl_text,
}
"""What is written for programs, by the name of the form."""
