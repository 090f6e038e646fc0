# SPDX-License-Identifier: Apache-2.0
"""The page of a reference: what it is, any notice on it, and what it is cited for."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from exograph.model import Reference
from exograph.views import thing_cards as cards
from exograph.views.documents import claims_of_reference
from exograph.views.thing_parts import (
    Values,
    fact,
    item,
    mark,
    page,
    said,
    section,
    sections,
)
from exograph.views.thing_telling import Teller


def reference(tell: Teller, r: Reference) -> Values:
    """A reference: what it is, what was retracted or corrected, and what it is cited for."""
    kb = tell.kb
    claims = claims_of_reference(kb, r.id)
    known = [str(part) for part in (r.first_author, r.year, r.journal) if part is not None]
    return page(
        r.title or f"{r.id} ({tell.word('title_not_seen')})",
        tell.all_of("reference"),
        other=item(" · ".join(known)) if known else None,
        tags=[mark(tell.reference(r.id)["text"]), mark(tell.word(f"kind.{r.kind}"))],
        notice=tell.notice(r.id),
        facts=_facts_of_reference(tell, r),
        parts=sections(
            section(
                "cited-for",
                tell.word("cited_for"),
                claims=(
                    cards.claim(tell, c, tell.line_of(c.subject, c.predicate, c.object), told=False)
                    for c in cards.in_order(claims)
                ),
            ),
            section(
                "values",
                tell.word("attributes"),
                cards=(
                    cards.attribute(tell, a, owner=True)
                    for a in kb.attributes
                    if a.reference == r.id
                ),
            ),
            section(
                "mechanisms",
                tell.word("cited_stories"),
                links=(cards.mechanism(tell, m) for m in kb.mechanisms if m.reference == r.id),
            ),
            section(
                "held-against",
                tell.word("held_against"),
                cards=(
                    cards.comparison(tell, v, [tell.claim_link(v.claim)])
                    for v in kb.verifications
                    if v.primary == r.id
                ),
            ),
            section(
                "remarks",
                tell.word("remarks"),
                cards=(cards.remark(tell, each) for each in kb.remarks if each.reference == r.id),
            ),
        ),
        empty="" if claims else tell.word("cites_nothing"),
    )


def _facts_of_reference(tell: Teller, r: Reference) -> Iterator[Values]:
    if r.doi:
        yield fact(
            "DOI", item(r.doi, f"https://doi.org/{quote(r.doi, safe='/():;')}", outside=True)
        )
    if r.pmid:
        at = f"https://pubmed.ncbi.nlm.nih.gov/{quote(r.pmid, safe='')}/"
        yield fact("PMID", item(r.pmid, at, outside=True))
    if r.pmcid:
        at = f"https://www.ncbi.nlm.nih.gov/pmc/articles/{quote(r.pmcid, safe='')}/"
        yield fact("PMCID", item(r.pmcid, at, outside=True))
    if r.number is not None:
        yield fact(tell.word("reference.number"), item(f"[{r.number}]"))
    if r.status:
        yield fact(tell.word("reference.status"), item(tell.word(f"reference_status.{r.status}")))
    same = [o for o in tell.kb.references if o.counted_as == r.counted_as and o.id != r.id]
    if same:
        yield fact(tell.word("same_study"), *(tell.reference(o.id) for o in same))
    yield tell.source(r.source)
    if r.note:
        yield fact(tell.word("note"), said(r.note))
