# SPDX-License-Identifier: Apache-2.0
"""What the page shows at first, and what a reader switches on: sources, tissues, vesicles.

A page that opens with all that every source says of every tissue and vesicle shows nothing. So it
opens with the sources that quote, on the skin, and on vesicles that some source says are of
mesenchymal stem cells. Each wider choice has a drawing of its own, made here and not in the page.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import replace

from exograph.columns.large import LargeKnowledgeBase
from exograph.errors import InputError
from exograph.kb.merging import is_taken, merged
from exograph.kb.reach import reached
from exograph.model import Claim, KnowledgeBase, Source
from exograph.paths.kinship import kinship
from exograph.paths.trust import elsewhere

MSC = "msc"
"""Id of the kind of cell whose vesicles the knowledge base is about."""

MOST_CLAIMS = 20_000
"""That a page carries; a browser still shows and filters so many without a wait."""

SCOPES = ("lead", "sources", "all")
"""From the narrowest: the leading sources; all sources; these with other tissues and vesicles."""


def carried(kb: KnowledgeBase) -> tuple[KnowledgeBase, tuple[tuple[Source, int], ...]]:
    """The part that a page carries, and the imports that are too large for it, with their claims.

    Of imports the largest are left out first, each as a whole, until no more than ``MOST_CLAIMS``
    are left. Tables are never left out.
    """
    if isinstance(kb, LargeKnowledgeBase):
        rest, out = carried(merged(kb.joined.small))
        large = [(part.source, part.claims) for part in kb.joined.parts]
        return rest, tuple(sorted((*large, *out), key=lambda held: (-held[1], held[0].id)))
    left = len(kb.claims)
    if left <= MOST_CLAIMS:
        return kb, ()
    sizes = Counter(source for c in kb.claims for source in {s.source for s in c.statements})
    taken = (source for source in kb.sources if source.evidence == "records")
    leaving: list[tuple[Source, int]] = []
    for source in sorted(taken, key=lambda s: (-sizes[s.id], s.id)):
        if left > MOST_CLAIMS:
            leaving.append((source, sizes[source.id]))
            left -= sizes[source.id]
    return _without(kb, frozenset(source.id for source, _ in leaving)), tuple(leaving)


def nearby(kb: KnowledgeBase, centres: Collection[str], depth: int) -> KnowledgeBase:
    """What a page needs of a knowledge base to show what is around some entities.

    Raises InputError U006 if that is more than a page carries, and KeyError for an unknown id.
    """
    if not isinstance(kb, LargeKnowledgeBase):
        return kb
    found = kb.around(centres, depth, MOST_CLAIMS)
    if isinstance(found, int):
        message = f"There are {found:,} claims at most {depth} steps from there."
        cure = f"A page carries {MOST_CLAIMS:,}: use a lower --depth, or fewer entities."
        raise InputError("U006", message, cure)
    return found


def _without(kb: KnowledgeBase, out: frozenset[str]) -> KnowledgeBase:
    """The knowledge base without what only these imports say."""
    claims = []
    for claim in kb.claims:
        held = tuple(s for s in claim.statements if s.source not in out)
        if len(held) == len(claim.statements):
            claims.append(claim)
        elif held:
            claims.append(replace(claim, statements=held))
    named = {end for claim in claims for end in (claim.subject, claim.object)}
    return replace(
        kb,
        sources=tuple(s for s in kb.sources if s.id not in out),
        entities=tuple(e for e in kb.entities if e.id in named or not is_taken(e)),
        references=tuple(r for r in kb.references if r.source not in out),
        claims=tuple(claims),
    )


def leading(kb: KnowledgeBase) -> frozenset[str]:
    """The sources whose words are quoted; all sources, if none is or if all are."""
    quoted = frozenset(s.id for s in kb.sources if s.evidence == "quotes")
    return quoted or frozenset(s.id for s in kb.sources)


def comparators(kb: KnowledgeBase) -> frozenset[str]:
    """Vesicles that no source says are of mesenchymal stem cells, by name of cell or of vesicle.

    Of mesenchymal stem cells are what these secrete or what is said to belong to them, and the
    variants and kinds of that. What such a vesicle is a kind of (the exosome) is no comparator.
    None is one in a knowledge base without mesenchymal stem cells.
    """
    if MSC not in kb.entity:
        return frozenset()
    kin = kinship(kb)
    cells = {id for id in kb.entity if kin.within(id, MSC)}
    vesicles = {e.id for e in kb.entities if e.type == "Vesicle"}
    own: set[str] = set()
    wider: dict[str, set[str]] = defaultdict(set)
    for claim in kb.claims:
        if not claim.asserted:
            continue
        if claim.predicate == "secretes" and claim.subject in cells:
            own.add(claim.object)
        elif claim.predicate == "associated_with" and claim.object in cells:
            own.add(claim.subject)
        elif claim.predicate in {"variant_of", "is_a", "form_of"}:
            wider[claim.subject].add(claim.object)
    own &= vesicles
    general = reached(own, wider) - own
    narrower: dict[str, set[str]] = defaultdict(set)
    for one, kinds in wider.items():
        for kind in kinds - general:
            narrower[kind].add(one)
    return frozenset(vesicles - reached(own, narrower) - general)


def scopes(kb: KnowledgeBase) -> dict[str, KnowledgeBase]:
    """The knowledge base as each scope has it, the narrowest first; those that are equal once.

    A narrower one has only the entities that its claims are about, and drawings are made from it.
    """
    lead, everyone = leading(kb), frozenset(s.source for s in kb.statements)
    aside = comparators(kb)
    found = {"all": kb}
    for name, sources in (("sources", everyone), ("lead", lead & everyone or everyone)):
        held = _narrowed(kb, sources, aside)
        if held != next(iter(found.values())).claims:
            ends = {end for claim in held for end in (claim.subject, claim.object)}
            entities = tuple(e for e in kb.entities if e.id in ends)
            found = {name: replace(kb, claims=held, entities=entities), **found}
    return found


def _narrowed(
    kb: KnowledgeBase, sources: Collection[str], aside: Collection[str]
) -> tuple[Claim, ...]:
    """Claims about no vesicle of ``aside``, with what these sources say of the skin."""
    found: list[Claim] = []
    for claim in kb.claims:
        if claim.subject in aside or claim.object in aside:
            continue
        held = tuple(s for s in claim.statements if s.source in sources and not elsewhere(kb, s))
        if len(held) == len(claim.statements):
            found.append(claim)
        elif held:
            found.append(replace(claim, statements=held))
    return tuple(found)
