# SPDX-License-Identifier: Apache-2.0
"""What a release changes against a former one: of claims, of references and of entities.

The identity of a claim is its triple, so a claim itself never turns round. What changed its sign
is the relation of two entities: other effects than before are supported between them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from exograph import vocab
from exograph.exchange.releasing.release import Former
from exograph.kb import best_grade, head
from exograph.kb.differing import differences
from exograph.model import Claim, KnowledgeBase
from exograph.paths.filters import studies
from exograph.paths.phrases import label

Json = dict[str, Any]

_MARKDOWN = re.compile(r"([\\`*_\[\]<>|])")


def changes(former: Former, new: KnowledgeBase) -> Json:
    """All changes, as plain values. ``records`` counts those of every kind of record."""
    old = former.kb
    found = differences(old, new)
    edition = former.edition
    return {
        "previous": {"version": edition.version, "date": edition.date, "key": edition.key},
        "claims": {
            "added": [head(new.claim[id]) for id in found["claims"].added],
            "removed": [head(old.claim[id]) for id in found["claims"].removed],
            "sign": list(_signs(old, new)),
            "grade": list(_moves(old, new, best_grade)),
            "support": list(_moves(old, new, lambda kb, claim: len(studies(kb, claim)))),
        },
        "references": {
            "added": list(found["references"].added),
            "removed": list(found["references"].removed),
            "notice": [
                {"reference": id, "before": old.notices.get(id), "after": new.notices.get(id)}
                for id in sorted(new.reference)
                if new.notices.get(id) != old.notices.get(id)
            ],
        },
        "entities": {
            "added": list(found["entities"].added),
            "removed": list(found["entities"].removed),
            "changed": [{"id": c.id, "fields": list(c.fields)} for c in found["entities"].changed],
        },
        "records": {
            kind: {
                "added": len(each.added),
                "removed": len(each.removed),
                "changed": len(each.changed),
            }
            for kind, each in found.items()
        },
    }


def _moves(
    old: KnowledgeBase, new: KnowledgeBase, measure: Callable[[KnowledgeBase, Claim], object]
) -> Iterator[Json]:
    """Claims of both by what is measured of them, where that is different now."""
    for id in sorted(old.claim.keys() & new.claim.keys()):
        before, after = measure(old, old.claim[id]), measure(new, new.claim[id])
        if before != after:
            yield {**head(new.claim[id]), "before": before, "after": after}


def _signs(old: KnowledgeBase, new: KnowledgeBase) -> Iterator[Json]:
    """Pairs of entities between which effects of other signs are supported than before.

    Pairs that had none, or have none now, are told by the claims that were added or removed.
    """
    before, after = _effects(old), _effects(new)
    for pair in sorted(before.keys() & after.keys()):
        if before[pair] != after[pair]:
            signs = {"before": sorted(before[pair]), "after": sorted(after[pair])}
            yield {"subject": pair[0], "object": pair[1], **signs}


def _effects(kb: KnowledgeBase) -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for claim in kb.claims:
        sign = vocab.sign_text(claim.sign)
        if sign is not None and claim.supported:
            found[claim.subject, claim.object].add(sign)
    return found


def markdown(told: Json, former: Former, new: KnowledgeBase, date: str) -> str:
    """The same for people."""
    old, claims, references = former.kb, told["claims"], told["references"]
    since = told["previous"]
    lines = [
        "# Changes",
        "",
        f"This release is of {date}; the one before, {since['version']} of {since['date'] or '?'}, "
        f"was made from snapshot `{since['key']}`. What is counted are records of the tables; "
        "`changes.json` has the same for programs.",
        "",
        "| records | added | removed | changed |",
        "|---|---|---|---|",
    ]
    for kind, n in told["records"].items():
        lines.append(f"| {kind} | {n['added']} | {n['removed']} | {n['changed']} |")

    def part(title: str, items: Iterable[str]) -> None:
        held = [f"- {item}" for item in items]
        if held:
            lines.extend(["", f"## {title} ({len(held)})", "", *held])

    def moved(kb: KnowledgeBase, each: Json) -> str:
        return f"{_told(kb, each)}: {_or_none(each['before'])} → {_or_none(each['after'])}"

    part("Claims added", (_told(new, c) for c in claims["added"]))
    part("Claims removed", (_told(old, c) for c in claims["removed"]))
    part(
        "Effects of another sign than before",
        (
            f"{named(new, c['subject'])} on {named(new, c['object'])}: "
            f"{' and '.join(c['before'])} → {' and '.join(c['after'])}"
            for c in claims["sign"]
        ),
    )
    part("Best grade of evidence", (moved(new, c) for c in claims["grade"]))
    part("Studies that support", (moved(new, c) for c in claims["support"]))
    part(
        "Notices on papers",
        (
            f"{plain(n['reference'])}: {_or_none(n['before'])} → {_or_none(n['after'])}"
            for n in references["notice"]
        ),
    )
    part("References added", map(plain, references["added"]))
    part("References removed", map(plain, references["removed"]))
    entities = told["entities"]
    part("Entities added", (f"{named(new, id)} (`{id}`)" for id in entities["added"]))
    part("Entities removed", (f"{named(old, id)} (`{id}`)" for id in entities["removed"]))
    part(
        "Entities changed",
        (
            f"{named(new, e['id'])} (`{e['id']}`): {', '.join(map(plain, e['fields']))}"
            for e in entities["changed"]
        ),
    )
    return "\n".join(lines) + "\n"


def _told(kb: KnowledgeBase, claim: Json) -> str:
    verb = vocab.label(claim["predicate"], "en")
    ends = named(kb, claim["subject"]), named(kb, claim["object"])
    return f"{ends[0]} *{verb}* {ends[1]} (`{claim['claim']}`)"


def named(kb: KnowledgeBase, id: str) -> str:
    return plain(label(kb, id, "en"))


def plain(text: str) -> str:
    """A text that Markdown takes for no more than that."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def _or_none(value: object) -> str:
    return "none" if value is None else str(value)
