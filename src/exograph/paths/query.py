# SPDX-License-Identifier: Apache-2.0
"""What is asked: one value, and the checks that name what is wrong with it and the cure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from exograph import vocab
from exograph.errors import InputError
from exograph.kb import roles
from exograph.kb.finding import quoted, unknown
from exograph.model import KnowledgeBase

MAX_STEPS = 20
MAX_VIA = 4
MAX_TOP = 1000
SIGNS = ("+", "-", "?", "any")
ANY_LAYER = "*"


@dataclass(frozen=True)
class PathQuery:
    """A question for paths. Ends are entity ids or ``type:X``, X a kind or a role.

    ``via`` are what a path must pass, in any order, and ``avoid`` what it must not: entities,
    ``type:X`` for any of these, or ``predicate:P`` for a step. ``context`` holds pairs of a
    context field and an entity id: several values of one field are alternatives. ``layers`` gives
    the kind or role (or ``*``) of each entity of the path, first to last, and so its length.
    ``with_retracted`` lets statements of retracted papers count, ``any_tissue`` those on other
    tissues than the skin. Empty means no restriction. ``timeout`` is in seconds.
    """

    start: tuple[str, ...]
    end: tuple[str, ...]
    via: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    sign: str = "any"
    context: tuple[tuple[str, str], ...] = ()
    strict_context: bool = False
    stated_only: bool = False
    no_inferred: bool = False
    told: bool = False
    coherent: bool = False
    max_steps: int = 8
    top: int = 10
    fold: bool = True
    timeout: float | None = None
    references: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    evidence_kinds: tuple[str, ...] = ()
    predicates: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    with_retracted: bool = False
    any_tissue: bool = False

    @property
    def avoid_predicates(self) -> frozenset[str]:
        """The predicates among what is to be avoided."""
        return frozenset(_predicates(self.avoid))


@dataclass(frozen=True)
class Ends:
    """A checked query's entities: where paths start and end, and who may stand in which layer.

    ``via`` are sets of which one entity is to be passed, ``via_predicates`` predicates of which one
    step is to be taken.
    """

    start: frozenset[str]
    end: frozenset[str]
    layers: tuple[frozenset[str] | None, ...]
    via: tuple[frozenset[str], ...]
    via_predicates: tuple[str, ...]
    avoid: frozenset[str]


def layers_of(pattern: str) -> tuple[str, ...]:
    """Layers as they are written: kinds, roles or ``*`` between commas, ``>`` or arrows.

    >>> layers_of("Source > type:Vesicle > *")
    ('Source', 'Vesicle', '*')
    """
    layers = (layer.strip() for layer in re.split("[,>→，]", pattern))
    return tuple(re.sub(r"^type:\s*", "", layer, flags=re.IGNORECASE) for layer in layers)


def resolve(kb: KnowledgeBase, query: PathQuery) -> Ends:
    """The entities that a query names, after all of it was checked.

    Raises InputError: E002 for an unknown entity, P101 to P115 for the rest. What is valid but
    leaves nothing to find (an entity without claims, say) is no error.
    """
    _numbers(query)
    _context(kb, query)
    _choices(kb, query)
    via = tuple(_among(kb, query, (item,)) for item in dict.fromkeys(_entities(query.via)))
    avoid = _among(kb, query, _entities(query.avoid))
    start, end = _end(kb, query, query.start, "start"), _end(kb, query, query.end, "end")
    if start == end and len(start) == 1:
        cure = "Name two different entities."
        raise InputError("P104", f"The path starts and ends at {min(start)!r}.", cure)
    _contradictions(query, start, end, via, avoid)
    layers = tuple(
        None
        if layer == ANY_LAYER
        else of_type(kb, layer.removeprefix("type:"), with_retracted=query.with_retracted)
        for layer in query.layers
    )
    predicates = tuple(dict.fromkeys(_predicates(query.via)))
    return Ends(start - avoid, end - avoid, layers, via, predicates, avoid)


def _entities(items: Iterable[str]) -> list[str]:
    return [item for item in items if not item.startswith("predicate:")]


def _predicates(items: Iterable[str]) -> list[str]:
    return [i.removeprefix("predicate:") for i in items if i.startswith("predicate:")]


def of_type(kb: KnowledgeBase, name: str, *, with_retracted: bool = False) -> frozenset[str]:
    """Ids of all entities of a kind or in a role, whatever the case of its name.

    With ``with_retracted`` roles are also those that retracted papers give.

    Raises InputError: P101 if there is no such kind or role, P102 if no entity has it.
    """
    by_name = {t.casefold(): t for t in (*vocab.TYPES, *vocab.ROLES)}
    by_name |= {alias.casefold(): role for alias, role in vocab.ROLE_ALIASES.items()}
    found = by_name.get(name.casefold())
    if found is None:
        near = _near(name.casefold(), by_name)
        known = tuple(dict.fromkeys(by_name[n] for n in near))
        cure = f"Did you mean {' or '.join(known)}?" if known else _listed(by_name.values())
        raise InputError("P101", f"There is no kind or role {quoted(name)}.", cure, known)
    if found in vocab.ROLES:
        played = roles(kb, with_retracted=with_retracted)
        held = frozenset(id for id, names in played.items() if found in names)
    else:
        held = frozenset(kb.ids_of({found}))
    if not held:
        message = f"The knowledge base holds no entity of the type {found}."
        raise InputError("P102", message, _listed(set(kb.kinds.values())))
    return held


def expanded(
    kb: KnowledgeBase, items: Iterable[str], *, with_retracted: bool = False
) -> tuple[str, ...]:
    """Entity ids of ids and ``type:X``, in the order given, those of a kind or role by id.

    Raises InputError: E002 for an unknown entity, P101 and P102 for a kind or role.
    """
    found: dict[str, None] = {}
    for item in items:
        if item.startswith("type:"):
            held = of_type(kb, item.removeprefix("type:"), with_retracted=with_retracted)
            found |= dict.fromkeys(sorted(held))
        else:
            _known(kb, (item,))
            found[item] = None
    return tuple(found)


def _near(name: str, names: Iterable[str]) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(name, list(names), n=3)


def _listed(names: Iterable[str]) -> str:
    return f"Use one of {', '.join(sorted(set(names)))}."


def _end(kb: KnowledgeBase, query: PathQuery, items: tuple[str, ...], which: str) -> frozenset[str]:
    check_named(items, which)
    return _among(kb, query, items)


def check_named(items: tuple[str, ...], which: str) -> None:
    """Raises InputError P103 if nothing is named for an end, ``which`` is start or end."""
    if not items:
        raise InputError("P103", f"No {which} is named.", "Name an entity, or type:X.")


def _among(kb: KnowledgeBase, query: PathQuery, items: Iterable[str]) -> frozenset[str]:
    """The entities that are named, each or by their type."""
    return frozenset(expanded(kb, items, with_retracted=query.with_retracted))


def _known(kb: KnowledgeBase, ids: Iterable[str]) -> None:
    for id in ids:
        if id not in kb.entity:
            raise unknown(kb, id)


def _numbers(query: PathQuery) -> None:
    for number in (query.max_steps, query.top):
        if not isinstance(number, int):
            raise InputError("P106", f"{quoted(str(number))} is no whole number.", "Give one.")
    if not 1 <= query.max_steps <= MAX_STEPS:
        message = f"A path of at most {query.max_steps} steps cannot be asked for."
        raise InputError("P106", message, f"Ask for 1 to {MAX_STEPS} steps.")
    if not 1 <= query.top <= MAX_TOP:
        message = f"{query.top} paths cannot be asked for."
        raise InputError("P107", message, f"Ask for 1 to {MAX_TOP}.")
    if query.sign not in SIGNS:
        said = quoted(str(query.sign))
        raise InputError("P108", f"There is no sign {said}.", "Use +, -, ? or any.")
    given = isinstance(query.timeout, int | float) and query.timeout > 0
    if query.timeout is not None and not given:
        message = f"{query.timeout} seconds leave no time to search."
        raise InputError("P109", message, "Give a timeout above 0, or none.")
    if len(set(query.via)) > MAX_VIA:
        message = f"The path is to pass {len(set(query.via))} entities."
        raise InputError("P105", message, f"Name at most {MAX_VIA}; leave the others out.")
    if query.layers and not 2 <= len(query.layers) <= query.max_steps + 1:
        message = f"{len(query.layers)} layers do not fit a path of 1 to {query.max_steps} step(s)."
        raise InputError("P114", message, "Layers are one more than steps; raise max_steps.")


def _context(kb: KnowledgeBase, query: PathQuery) -> None:
    for field, value in query.context:
        if field not in vocab.CONTEXT_FIELDS:
            message = f"There is no context field {quoted(field)}."
            near = tuple(_near(field, vocab.CONTEXT_FIELDS))
            raise InputError("P110", message, _listed(vocab.CONTEXT_FIELDS), near)
        _known(kb, (value,))
        kind = kb.entity[value].type
        if kind not in vocab.CONTEXT_TYPES[field]:
            message = f"{value!r} is a {kind}, which the context field {field!r} does not take."
            raise InputError("P115", message, _context_cure(kb, field, kind))
    if query.strict_context and not query.context:
        message = "A strict context was asked for, but no context."
        raise InputError("P113", message, "Name it: cell=huvec, say.")


def _context_cure(kb: KnowledgeBase, field: str, kind: str) -> str:
    """Which kinds and entities the field takes, and which fields take the kind."""
    kinds = vocab.CONTEXT_TYPES[field]
    held = kb.ids_of(kinds)
    such = f", such as {held[0]}" if held else ""
    others = [f for f in vocab.CONTEXT_FIELDS if kind in vocab.CONTEXT_TYPES[f]]
    fields = f"; {kind} goes with {' or '.join(others)}" if others else ""
    return f"It takes {', '.join(sorted(kinds))}{such}{fields}."


def _choices(kb: KnowledgeBase, query: PathQuery) -> None:
    walked = [p.name for p in vocab.PREDICATES.values() if p.walk != "never"]
    for what, asked, known in (
        ("reference", query.references, kb.reference.keys()),
        ("source", query.sources, [s.id for s in kb.sources]),
        ("evidence kind", query.evidence_kinds, list(vocab.EVIDENCE_KINDS)),
        (
            "predicate that paths walk",
            (*query.predicates, *_predicates(query.via), *_predicates(query.avoid)),
            walked,
        ),
    ):
        for name in asked:
            if name not in known:
                near = tuple(_near(name, list(known)))
                cure = f"Did you mean {' or '.join(near)}?" if near else _listed(list(known)[:30])
                raise InputError("P111", f"There is no {what} {quoted(name)}.", cure, near)


def _contradictions(
    query: PathQuery,
    start: frozenset[str],
    end: frozenset[str],
    via: tuple[frozenset[str], ...],
    avoid: frozenset[str],
) -> None:
    items = dict.fromkeys(_entities(query.via))
    both = [item for item, ids in zip(items, via, strict=True) if ids <= avoid]
    passed = dict.fromkeys(_predicates(query.via))
    both += [name for name in passed if name in query.avoid_predicates]
    if both:
        message = f"{both[0]!r} is to be passed and to be avoided."
        raise InputError("P112", message, "Leave out one of the two.")
    if missing := [p for p in passed if query.predicates and p not in query.predicates]:
        message = f"{missing[0]!r} is to be passed, but is not among the predicates to walk."
        raise InputError("P112", message, "Add it to them, or leave it out.")
    for which, ids in (("start", start), ("end", end)):
        if ids <= avoid:
            message = f"Every {which} ({', '.join(sorted(ids)[:3])}) is to be avoided."
            raise InputError("P112", message, f"Avoid something else, or change the {which}.")
