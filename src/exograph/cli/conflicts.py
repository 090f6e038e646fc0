# SPDX-License-Identifier: Apache-2.0
"""``exograph conflicts``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from exograph.cli.session import Session, as_json, as_name, emit, pass_session, say

if TYPE_CHECKING:
    from exograph.kb.conflicts import Opposition, Side
    from exograph.model import KnowledgeBase, Statement

_WORDS = {
    "conflict": ("Conflict", "冲突"),
    "opposite_signs": ("opposite directions", "方向相反"),
    "denied": ("found and denied, or looked for and not found", "一方发现，另一方否认或未发现"),
    "other_subjects": ("different subjects, opposite directions", "主体不同，方向相反"),
    "denies": ("does not hold", "不成立"),
    "study": ("{} study", "{} 项研究"),
    "studies": ("{} studies", "{} 项研究"),
    "source": ("source", "来源"),
    "not_given": ("not given", "未给出"),
    "explained": ("Explained by", "可由以下差异解释"),
    "unexplained": ("No context is named that explains it.", "未指明可解释冲突的背景。"),
    "note": ("Note", "注释"),
    "none": ("No conflict.", "没有冲突。"),
    "count": ("{} conflict(s), {} of them unexplained.", "共 {} 个冲突，其中 {} 个未解释。"),
}


@click.command()
@click.argument("name", type=as_name, required=False)
@click.option("--unexplained", is_flag=True, help="Only those that no context is named for.")
@as_json
@pass_session
def command(session: Session, *, name: str | None, unexplained: bool, as_json: bool) -> None:
    """Show who says the opposite, in which contexts, and what may explain it.

    Found over all claims with the same two ends, whatever their predicates, and in conflicts.tsv.
    NAME, as for `show`, keeps those that an entity, a reference or a claim takes part in.
    """
    from exograph.views import conflicts, documents

    kb = session.kb
    thing = documents.find(kb, name) if name is not None else None
    found = tuple(conflicts.about(kb, thing, unexplained=unexplained))
    if as_json:
        emit(conflicts.of(kb, found))
        return
    for line in _lines(kb, found, session.lang):
        click.echo(line)
    if found:
        left = sum(not each.explained_by for each in found)
        say(_word("count", session.lang).format(len(found), left))
    else:
        say(_word("none", session.lang))


def _lines(kb: KnowledgeBase, found: Iterable[Opposition], lang: str) -> Iterator[str]:
    from exograph import vocab
    from exograph.cli.layout import line_width, wrapped
    from exograph.cli.words import word

    columns, colon = line_width(), "：" if lang == "zh" else ": "
    comma, semicolon = ("、", "；") if lang == "zh" else (", ", "; ")

    def labels(ids: Iterable[str]) -> str:
        known = (kb.entity[id] for id in ids)
        return comma.join(e.label_zh if lang == "zh" else e.label_en for e in known)

    for number, one in enumerate(found, 1):
        if number > 1:
            yield ""
        title = f"{_word('conflict', lang)} {number} · {_word(one.kind, lang)}"
        yield from wrapped(title, "", columns)
        for mark, side in zip("AB", one.sides, strict=True):
            for line in _side(kb, side, lang):
                yield from wrapped(f"{mark}. {line}", "  ", columns, "     ")
        for field in vocab.CONTEXT_FIELDS:
            values = [side.context(field) for side in one.sides]
            if not any(values):
                continue
            shown = [labels(v) if v else _word("not_given", lang) for v in values]
            told = f"{word(f'context.{field}', lang)}{colon}A {shown[0]}{semicolon}B {shown[1]}"
            mark = "≠" if one.differs(field) else "·"
            yield from wrapped(f"{mark} {told}", "  ", columns, "      ")
        if one.explained_by:
            fields = comma.join(word(f"context.{f}", lang).lower() for f in one.explained_by)
            yield from wrapped(f"{_word('explained', lang)}{colon}{fields}", "  ", columns)
        else:
            yield f"  {_word('unexplained', lang)}"
        for note in dict.fromkeys(row.note for row in one.curated if row.note):
            yield from wrapped(f"{_word('note', lang)}{colon}{note}", "  ", columns, "    ")


def _side(kb: KnowledgeBase, side: Side, lang: str) -> Iterator[str]:
    """A line for each claim of a side: what it says, and the references that say so."""
    from exograph import vocab
    from exograph.paths import citing
    from exograph.paths.phrases import sentence

    zh = lang == "zh"
    comma, semicolon = ("、", "；") if zh else (", ", "; ")
    for id in dict.fromkeys(s.claim for s in side.statements):
        claim = kb.claim[id]
        ends = [kb.entity[e] for e in (claim.subject, claim.object)]
        subject, object = (e.label_zh if zh else e.label_en for e in ends)
        words = (subject, vocab.label(claim.predicate, lang), object)
        text = sentence("".join(words), lang) if zh else " ".join(words)
        if (sign := vocab.sign_text(claim.sign)) is not None:
            text += f" ({sign})"
        mine = [s for s in side.statements if s.claim == id]
        if any(s.stance != "supports" for s in mine):
            text += f" — {_word('denies', lang)}"
        told = citing.cited(kb, sorted({s.reference for s in mine}), lang)
        sources = comma.join(sorted({s.source for s in mine}))
        count = _studies(kb, mine, lang)
        shown = semicolon.join([told, count, f"{_word('source', lang)} {sources}"])
        yield f"{text}（{shown}）" if zh else f"{text} ({shown})"


def _studies(kb: KnowledgeBase, statements: Sequence[Statement], lang: str) -> str:
    from exograph.kb.conflicts import Side
    from exograph.views.conflicts import studies

    number = studies(kb, Side("holds", tuple(statements)))
    return _word("study" if number == 1 else "studies", lang).format(number)


def _word(key: str, lang: str) -> str:
    return _WORDS[key][lang == "zh"]
