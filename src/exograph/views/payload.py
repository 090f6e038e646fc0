# SPDX-License-Identifier: Apache-2.0
"""What the page is told: a knowledge base and its scenes as one JSON value.

Everything here is text and numbers; the page turns text into text nodes and nothing else. Empty
fields are left out. Equal input gives an equal value, in an equal order.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from decimal import Decimal
from typing import Any

from exograph import vocab
from exograph.kb import evidence, roles
from exograph.model import (
    Attribute,
    Claim,
    Entity,
    KnowledgeBase,
    Reference,
    Statement,
    Verification,
)
from exograph.paths.trust import elsewhere
from exograph.views import style
from exograph.views.layout import Box, Heading, Size, layered, shelved
from exograph.views.lettering import em, wrap
from exograph.views.ordering import Link
from exograph.views.scenes import MAIN, Scene, places
from exograph.views.scopes import comparators, leading

Json = dict[str, Any]
Caption = str | Mapping[str, str]

WRAP_AT = 11.0
"""Longest line of a label, in em."""

SCREEN = (1390.0, 660.0)
"""The picture's place in a window of 1400 by 900; what matters is its shape."""

ICON = 20.0
PADDING = 7.0


def lines(entity: Entity) -> dict[str, tuple[str, ...]]:
    """The label as wrapped lines, in both languages."""
    return {"en": wrap(entity.label_en, WRAP_AT), "zh": wrap(entity.label_zh, WRAP_AT)}


Under = dict[str, tuple[str, ...]]


def under(entity: Entity, attributes: Iterable[Attribute]) -> Under:
    """What a trial's plate says below its label: phase and status, as the source has them."""
    found: dict[str, list[str]] = {"en": [], "zh": []}
    if entity.type == "ClinicalTrial":
        own = [a for a in attributes if a.entity == entity.id]
        for a in (a for name in ("phase", "status") for a in own if a.attribute == name):
            value = a.text_value or a.verbatim
            phase = a.attribute == "phase"
            found["en"].append(f"phase {value}" if phase else value)
            bare = phase and "期" not in a.verbatim
            found["zh"].append(f"分期 {a.verbatim}" if bare else a.verbatim)
    return {
        lang: tuple(line for told in texts for line in wrap(told, WRAP_AT * 1.25, 2))
        for lang, texts in found.items()
    }


def plate(label: Sequence[str], below: Sequence[str] = ()) -> Size:
    """Size of the plate that holds the lines of a label beside its mark, and smaller ones below."""
    widest = max(em(line) * style.FONT_SIZE for line in label)
    widest = max([widest, *(em(line) * style.SMALL_SIZE for line in below)])
    height = len(label) * style.LINE_HEIGHT + len(below) * style.SMALL_HEIGHT + 10
    return float(round(ICON + 2 * PADDING + widest)), float(height)


def sizes_of(entity: Entity, attributes: Iterable[Attribute] = ()) -> tuple[Size, Size]:
    """Sizes of the English and of the Chinese plate."""
    both, below = lines(entity), under(entity, attributes)
    return plate(both["en"], below["en"]), plate(both["zh"], below["zh"])


def scene_data(kb: KnowledgeBase, scene: Scene, scope: str = "all") -> Json:
    """Positions, headings and the lines that must not be drawn as plain curves.

    ``scope`` names the part of the knowledge base that ``kb`` is, see ``scopes``.
    """
    ids = scene.ids
    claims = [c for c in kb.claims if c.subject in ids and c.object in ids]
    plates = {id: sizes_of(kb.entity[id], kb.attributes) for id in sorted(ids)}
    sizes = {id: (max(a[0], b[0]), max(a[1], b[1])) for id, (a, b) in plates.items()}
    links: list[Link] = [(c.subject, c.object) for c in claims]
    below = sum(len(layer.ids) for layer in scene.shelf)
    share = 1 - 0.8 * below / max(len(ids), 1)
    layout = layered(scene.layers, links, sizes, (SCREEN[0], SCREEN[1] * share))
    band = shelved(
        scene.shelf, sizes, max(layout.width, 1200.0), layout.bottom + 40 if layout.boxes else 0.0
    )
    boxes = layout.boxes | band.boxes
    return {
        "key": scene.key,
        "scope": scope,
        "background": scene.background,
        "boxes": {
            id: [b.x, b.y, *plates[id][0], *plates[id][1]] for id, b in sorted(boxes.items())
        },
        "headings": [_heading(h) for part in (layout, band) for h in part.headings],
        "claims": [c.id for c in claims],
        "curves": curves(claims, boxes),
    }


def _heading(heading: Heading) -> Json:
    return {name: getattr(heading, name) for name in ("key", "left", "width", "top", "bottom")}


def curves(claims: Sequence[Claim], boxes: Mapping[str, Box]) -> dict[str, list[Any]]:
    """Kind of curve and roundness for claims that would hide another or cross their neighbours.

    Claims between the same two entities fan out; a claim inside one column bows to the side.
    """
    found: dict[str, list[Any]] = {}
    together: dict[frozenset[str], list[Claim]] = defaultdict(list)
    for claim in claims:
        together[frozenset((claim.subject, claim.object))].append(claim)
    for bundle in together.values():
        for place, claim in enumerate(bundle):
            a, b = boxes[claim.subject], boxes[claim.object]
            same_column = abs(a.x - b.x) < (a.width + b.width) / 2
            forward = claim.subject == bundle[0].subject
            if same_column:
                bow = min(0.75, 230 / max(abs(a.y - b.y), 60)) + 0.12 * place
                turn = "curvedCW" if (a.y < b.y) == forward or place == 0 else "curvedCCW"
                found[claim.id] = [turn, round(bow, 3)]
            elif place:
                side = (place % 2 == 1) == forward
                found[claim.id] = [
                    "curvedCW" if side else "curvedCCW",
                    round(0.14 * ((place + 1) // 2), 3),
                ]
    return dict(sorted(found.items()))


def _kept(record: Any, *left_out: str) -> Json:
    """Fields of a model object that hold something, as JSON values."""
    found: Json = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name not in left_out and value not in (None, (), ""):
            found[field.name] = str(value) if isinstance(value, Decimal) else value
    return found


def _statement(kb: KnowledgeBase, statement: Statement) -> Json:
    found = _kept(statement, "subject", "predicate", "object", "context", "retracted")
    found |= {"retracted": True} if statement.retracted else {}
    found |= {"other_tissue": True} if elsewhere(kb, statement) else {}
    graded = evidence(kb, statement)
    found |= {"grade": graded.grade, "eco": graded.eco}
    if against := kb.comparisons(statement):
        found["verification"] = [
            _kept(v, "subject", "predicate", "object", "source") for v in against
        ]
    where = {k: v for k, v in asdict(statement.context).items() if v}
    return found | {"context": where} if where else found


def _entity(
    entity: Entity, held: frozenset[str], attributes: Iterable[Attribute], layer: str, aside: bool
) -> Json:
    found = _kept(entity, "id", "desired")
    found |= {"layer": layer} | ({"comparator": True} if aside else {})
    found["plate"] = [side for size in sizes_of(entity, attributes) for side in size]
    if entity.desired:
        found["desired"] = asdict(entity.desired)
    found["lines"] = lines(entity)
    if any((below := under(entity, attributes)).values()):
        found["under"] = below
    if held:
        found["roles"] = [name for name in style.ROLES if name in held]
    return found


def _reference(kb: KnowledgeBase, reference: Reference) -> Json:
    notice = kb.notices.get(reference.id)
    return _kept(reference, "id", "retraction") | ({"notice": notice} if notice else {})


def _claim(kb: KnowledgeBase, claim: Claim) -> Json:
    return {
        "subject": claim.subject,
        "predicate": claim.predicate,
        "object": claim.object,
        "sign": style.sign_key(claim),
        "walk": vocab.PREDICATES[claim.predicate].walk if claim.supported else "never",
        "statements": [_statement(kb, s) for s in claim.statements],
    }


def records(kb: KnowledgeBase, claims: Sequence[Claim]) -> Json:
    """Everything that panels, list and search show, keyed by id."""
    held, layers, aside, lead = roles(kb), places(kb), comparators(kb), leading(kb)
    shown = {c.id for c in claims}
    return {
        "entities": {
            e.id: _entity(
                e, held.get(e.id, frozenset()), kb.attributes, layers[e.id], e.id in aside
            )
            for e in kb.entities
        },
        "claims": {c.id: _claim(kb, c) for c in claims},
        "references": {r.id: _reference(kb, r) for r in kb.references},
        "sources": {
            s.id: _kept(s, "id", "text", "text_sha256") | {"lead": s.id in lead} for s in kb.sources
        },
        "eco": _codes(kb, claims),
        "attributes": [_kept(a) for a in kb.attributes],
        "mechanisms": [
            _kept(m, "steps") | {"steps": [s.claim for s in m.steps if s.claim in shown]}
            for m in kb.mechanisms
        ],
        "verifications": [_kept(v) for v in _loose(kb)],
        "conflicts": [
            {"claims": c.claims} | _kept(c) for c in kb.conflicts if set(c.claims) <= shown
        ],
        "remarks": [_kept(r) for r in kb.remarks],
    }


def _codes(kb: KnowledgeBase, claims: Iterable[Claim]) -> Json:
    """Names of the evidence codes in use."""
    found = {e.eco: e for c in claims for e in (evidence(kb, s) for s in c.statements)}
    return {eco: {"en": e.label_en, "zh": e.label_zh} for eco, e in sorted(found.items())}


def _loose(kb: KnowledgeBase) -> list[Verification]:
    """Comparisons that no statement of their reference shows."""
    shown = {(s.reference, s.claim) for s in kb.statements}
    return [v for v in kb.verifications if (v.reference, v.claim) not in shown]


def _term(term: Any) -> Json:
    return {"en": term.label_en, "zh": term.label_zh}


def legend() -> Json:
    """The tables of style and vocabulary that the page draws and names things by."""
    return {
        "font": style.FONT_SIZE,
        "line": style.LINE_HEIGHT,
        "small": style.SMALL_SIZE,
        "small_line": style.SMALL_HEIGHT,
        "shapes": style.SHAPES,
        "kinds": {
            name: asdict(look) | {"label": _term(vocab.TYPES[name])}
            for name, look in style.KINDS.items()
        },
        "roles": {
            name: asdict(look) | {"label": _term(vocab.ROLES[name])}
            for name, look in style.ROLES.items()
        },
        "signs": {name: asdict(look) for name, look in style.SIGNS.items()},
        "dashes": {
            sign: {basis: style.dashes(sign, basis) for basis in style.DASHES}
            for sign in style.SIGNS
        },
        "opacity": style.OPACITY,
        "widths": {sign: [style.width(sign, n) for n in range(1, 6)] for sign in style.SIGNS},
        "marks": style.MARKS,
        "bases": vocab.BASES,
        "grades": vocab.GRADES,
        "predicates": {name: _term(p) for name, p in vocab.PREDICATES.items()},
        "layers": MAIN,
    }


def captions_of(captions: Sequence[Caption]) -> list[Json]:
    """Captions in both languages; a plain text serves for both."""
    return [{"en": c, "zh": c} if isinstance(c, str) else dict(c) for c in captions]


def embed(value: Any) -> str:
    """JSON that can stand inside a script element: no markup can begin or end in it.

    >>> embed("</script>")
    '"\\\\u003c/script\\\\u003e"'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=list)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text
