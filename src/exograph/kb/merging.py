# SPDX-License-Identifier: Apache-2.0
"""One thing under several ids: entities with a common exact match, seen as one.

Nothing of what is stored changes: a claim keeps its id, which is that of the triple as its source
has it, and its statements keep theirs. Only its ends are seen under the id of the class.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from operator import is_

from exograph.ids import slug_of
from exograph.model import Claim, Entity, KnowledgeBase, Reference


def merged(kb: KnowledgeBase) -> KnowledgeBase:
    """The knowledge base with each class of equal entities as one; itself if there is none.

    Entities are equal if they share an exact match, or a third is equal to both; those of
    different kinds never are. The class goes by the id that a curator gave, else by the first.
    """
    seen = equivalents(kb.entities)
    if not seen:
        return kb
    members: dict[str, list[Entity]] = defaultdict(list)
    for entity in kb.entities:
        members[seen.get(entity.id, entity.id)].append(entity)
    return replace(
        kb,
        entities=tuple(one_of(id, held) for id, held in sorted(members.items())),
        claims=tuple(sorted((_seen(claim, seen) for claim in kb.claims), key=_order)),
    )


def equivalents(entities: Iterable[Entity]) -> dict[str, str]:
    """The id that stands for the class, by the ids of its other members."""
    held = sorted(entities, key=lambda e: (is_taken(e), e.id))
    root: dict[str, str] = {}

    def find(id: str) -> str:
        while root.get(id, id) != id:
            root[id] = root.get(root[id], root[id])
            id = root[id]
        return id

    rank = {e.id: n for n, e in enumerate(held)}
    first: dict[tuple[str, str], str] = {}
    for entity in held:
        for curie in entity.exact_match:
            one = find(first.setdefault((entity.type, curie), entity.id))
            other = find(entity.id)
            low, high = sorted((one, other), key=rank.__getitem__)
            root[high] = low
    return {id: find(id) for id in rank if find(id) != id}


def is_taken(entity: Entity) -> bool:
    """Whether its id was made from an identifier of others, not given by a curator."""
    return any(slug_of(curie) == entity.id for curie in entity.exact_match)


def one_of(id: str, held: list[Entity]) -> Entity:
    """A class of equal entities as one, by the id that stands for it."""
    main = next(e for e in held if e.id == id)
    if len(held) == 1:
        return main
    names = {main.label_en, main.label_zh}
    more = {name for e in held for name in (e.label_en, e.label_zh, *e.synonyms)}
    exact = {curie for e in held for curie in e.exact_match}
    close = {curie for e in held for curie in e.close_match}
    return replace(
        main,
        synonyms=tuple(sorted((more | set(main.synonyms)) - names)),
        exact_match=tuple(sorted(exact)),
        close_match=tuple(sorted(close - exact)),
        description=next((e.description for e in (main, *held) if e.description), None),
    )


def _seen(claim: Claim, seen: Mapping[str, str]) -> Claim:
    subject, object = seen.get(claim.subject, claim.subject), seen.get(claim.object, claim.object)
    if (subject, object) == (claim.subject, claim.object):
        return claim
    return replace(claim, subject=subject, object=object, kept=claim.id)


def _order(claim: Claim) -> tuple[str, str, str, str]:
    return claim.subject, claim.predicate, claim.object, claim.id


def _joined(references: tuple[Reference, ...]) -> tuple[Reference, ...]:
    """The references, those of imports joined to the studies that the tables have."""
    known = studies_known(references)
    made = tuple(with_study(r, known) for r in references)
    return references if all(map(is_, made, references)) else made


def studies_known(references: Iterable[Reference]) -> dict[str, str]:
    """What references of tables count as, by the identifiers of their papers and their ids."""
    return {
        name: r.counted_as
        for r in references
        if not _is_of_import(r)
        for name in (f"pmid-{r.pmid}", slug_of(f"doi:{(r.doi or '').lower()}"))
    }


def with_study(reference: Reference, known: Mapping[str, str]) -> Reference:
    """The reference, counted as the study of its paper if it is of an import and that is known."""
    study = known.get(reference.study or "") if _is_of_import(reference) else None
    return reference if study is None else replace(reference, study=study)


def _is_of_import(reference: Reference) -> bool:
    """Whether its study is named by an identifier, as imports do."""
    return bool(reference.study) and str(reference.study).startswith(("pmid-", "doi-"))


def together(kbs: Iterable[KnowledgeBase]) -> KnowledgeBase:
    """Sources that were assembled apart as one knowledge base, the first ones' entities first.

    An id that several have is one entity, as the first of them has it, with the exact matches of
    all. Citations of a paper by imports count as the study that the tables have of it; entities
    are not merged here.
    """
    from exograph.kb.assembling import group_claims

    held = list(kbs)
    first = held[0]
    entities: dict[str, Entity] = {}
    for kb in held:
        for entity in kb.entities:
            before = entities.setdefault(entity.id, entity)
            if before is not entity:
                entities[entity.id] = with_matches(before, entity)
    references = {r.id: r for kb in reversed(held) for r in kb.references}
    return replace(
        first,
        sources=tuple(sorted((s for kb in held for s in kb.sources), key=lambda s: s.id)),
        entities=tuple(entities[id] for id in sorted(entities)),
        references=_joined(tuple(references[id] for id in sorted(references))),
        claims=group_claims(s for kb in held for c in kb.claims for s in c.statements),
    )


def with_matches(entity: Entity, other: Entity) -> Entity:
    """An entity with the exact matches of another one of its id, too."""
    if set(other.exact_match) <= set(entity.exact_match):
        return entity
    exact = {*entity.exact_match, *other.exact_match}
    return replace(entity, exact_match=tuple(sorted(exact)))
