# SPDX-License-Identifier: Apache-2.0
"""Strategies for Hypothesis: small knowledge bases with every field used, and awkward texts."""

from decimal import Decimal

from hypothesis import strategies as st

from exograph import vocab
from exograph.model import (
    Attribute,
    Claim,
    Conflict,
    Context,
    Desired,
    Entity,
    KnowledgeBase,
    Mechanism,
    MechanismStep,
    Reference,
    Remark,
    Source,
    Statement,
    Verification,
)

AWKWARD = (
    "外泌体促进血管生成",
    "\u200fmiR-126\u202e",
    "<script>alert(1)</script>\"'",
    "back\\slash \\u0041 \\n",
    "three \"\"\"quotes\"\"\" and '''more'''",
    "IL-1β ↓ ⊣ TNF-α\u00a0",
    "e\u0301 is not é",
    "\u2028 \ufeff",
    "𝛂-SMA 🧫",
    "@en ^^<x> . # no comment",
    "{{ 7*7 }} %s &amp;",
    "  blanks  at  the  ends  ",
    "a|b;c,d",
)
NUMBERS = ("0.50", "1E3", "1E+3", "100", "-0.0", "0", "1.30E-2", "12345678901234567890.123456789")
IDS = ("mir-126", "pik3r2", "pten", "vegfa", "bmsc-exo", "angiogenesis", "x", "a-1-b")
PREFIXES = {
    "GO": "http://purl.obolibrary.org/obo/GO_",
    "HGNC": "https://identifiers.org/hgnc:",
    "obo": "http://purl.obolibrary.org/obo/",
}
"""Two of them overlap, so that an IRI alone does not tell the CURIE."""

texts = st.one_of(
    st.sampled_from(AWKWARD),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12),
)
"""Texts without line feeds, tabs and other controls, which the tables refuse; all else may come."""
maybe_texts = st.none() | texts
numbers = st.sampled_from(NUMBERS).map(Decimal) | st.decimals(
    -1000, 1000, places=3, allow_nan=False
)


def maybe(values):
    return st.none() | st.sampled_from(values)


def some(values, most=2):
    """A sorted tuple of different values, as the model keeps them."""
    return st.lists(values, unique=True, max_size=most).map(lambda held: tuple(sorted(held)))


def by_id(records):
    return tuple(sorted({r.id: r for r in records}.values(), key=lambda r: r.id))


curies = st.sampled_from(("GO:0070062", "HGNC:9588", "obo:GO_1", "GO:1", "HGNC:a-b.c"))


@st.composite
def entities(draw, id, references):
    desired = st.builds(
        Desired, st.sampled_from(vocab.DESIRED_DIRECTIONS), st.sampled_from(references)
    )
    return Entity(
        id=id,
        type=draw(st.sampled_from(sorted(vocab.TYPES))),
        label_en=draw(texts),
        label_zh=draw(texts),
        synonyms=draw(some(texts)),
        exact_match=draw(some(curies)),
        close_match=draw(some(curies)),
        species=draw(maybe(IDS)),
        desired=draw(st.none() | desired),
        description=draw(maybe_texts),
        description_zh=draw(maybe_texts),
    )


def contexts(ids):
    return st.builds(Context, **{f: some(st.sampled_from(ids)) for f in vocab.CONTEXT_FIELDS})


@st.composite
def statements(draw, triple, ids, references, source):
    return Statement(
        *triple,
        reference=draw(st.sampled_from(references)),
        section=draw(texts),
        source=source,
        quote=draw(maybe_texts),
        paraphrase=draw(maybe_texts),
        basis=draw(st.sampled_from(vocab.BASES)),
        stance=draw(st.sampled_from(vocab.STANCES)),
        certainty=draw(st.sampled_from(vocab.CERTAINTIES)),
        effect=draw(st.sampled_from(vocab.EFFECTS)),
        aspect=draw(maybe(vocab.ASPECTS)),
        evidence_kind=draw(maybe(vocab.EVIDENCE_KINDS)),
        method=draw(some(st.sampled_from(ids))),
        directness=draw(maybe(vocab.DIRECTNESSES)),
        context=draw(contexts(ids)),
        note=draw(maybe_texts),
        retracted=draw(st.booleans()),  # what a knowledge base makes of it is its reference's
    )


@st.composite
def triples(draw, ids, most=6):
    """Different triples; half of the time a loop of mutual inhibition is among them."""
    predicates = st.sampled_from(sorted(vocab.PREDICATES))
    node = st.sampled_from(ids)
    drawn = draw(st.lists(st.tuples(node, predicates, node), unique=True, max_size=most))
    if len(ids) > 1 and draw(st.booleans()):
        drawn += [(ids[0], "inhibits", ids[1]), (ids[1], "inhibits", ids[0])]
    return sorted(set(drawn))


@st.composite
def knowledge_bases(draw, most_claims=6):
    """A small knowledge base whose ids all exist; kinds need not fit the predicates."""
    source = draw(
        st.builds(
            Source,
            id=st.just("review"),
            title_en=texts,
            title_zh=texts,
            licence=texts,
            date=st.just("2025-01"),
            evidence=st.sampled_from(vocab.EVIDENCE_FORMS),
            sections=st.lists(texts, min_size=1, max_size=3).map(tuple),
            text=maybe_texts,
            text_sha256=st.none() | st.just("0" * 64),
        )
    )
    ids = draw(st.lists(st.sampled_from(IDS), unique=True, min_size=1, max_size=5))
    references = draw(
        st.lists(
            st.builds(
                Reference,
                id=st.sampled_from(("review", "review-38", "review-40")),
                kind=st.sampled_from(vocab.REFERENCE_KINDS),
                source=st.just(source.id),
                number=st.none() | st.integers(1, 99),
                study=maybe_texts | st.sampled_from(("review", "review-38", "one")),
                title=maybe_texts,
                first_author=maybe_texts,
                year=st.none() | st.integers(1900, 2030),
                journal=maybe_texts,
                doi=maybe_texts,
                pmid=st.none() | st.just("0123"),
                pmcid=maybe_texts,
                status=maybe(vocab.REFERENCE_STATUSES),
                retraction=maybe(vocab.RETRACTIONS),
                note=maybe_texts,
            ),
            min_size=1,
            max_size=3,
        ).map(by_id)
    )
    cited = tuple(r.id for r in references)
    held = []
    for triple in draw(triples(ids, most_claims)):
        said = draw(st.lists(statements(triple, ids, cited, source.id), min_size=1, max_size=2))
        held.append(Claim(*triple, statements=by_id(said)))
    return KnowledgeBase(
        sources=(source,),
        entities=by_id([draw(entities(id, cited)) for id in ids]),
        references=references,
        claims=tuple(sorted(held, key=lambda c: (c.subject, c.predicate, c.object))),
        attributes=draw(st.lists(attributes(ids, cited), max_size=2).map(by_id)),
        mechanisms=draw(mechanisms(ids, cited)),
        verifications=draw(st.lists(verifications(ids, cited), max_size=2).map(by_id)),
        conflicts=draw(st.lists(conflicts(ids), max_size=2).map(by_id)),
        remarks=draw(st.lists(remarks(ids, cited), max_size=2).map(by_id)),
    )


def attributes(ids, references):
    return st.builds(
        Attribute,
        entity=st.sampled_from(ids),
        attribute=st.sampled_from(vocab.ATTRIBUTES),
        verbatim=texts,
        reference=st.sampled_from(references),
        section=texts,
        source=st.just("review"),
        value=st.none() | numbers,
        error=st.none() | numbers,
        low=st.none() | numbers,
        high=st.none() | numbers,
        unit=maybe(vocab.UNITS),
        qualifier=maybe(vocab.QUALIFIERS),
        text_value=maybe_texts,
        quote=maybe_texts,
        note=maybe_texts,
    )


def mechanisms(ids, references):
    node, predicates = st.sampled_from(ids), st.sampled_from(sorted(vocab.PREDICATES))
    step = st.builds(MechanismStep, st.integers(1, 3), node, predicates, node)
    mechanism = st.builds(
        Mechanism,
        id=st.sampled_from(("m1", "m2")),
        title_en=texts,
        title_zh=texts,
        reference=st.sampled_from(references),
        start=node,
        end=node,
        sign=st.sampled_from(vocab.MECHANISM_SIGNS),
        source=st.just("review"),
        steps=st.lists(step, max_size=3).map(tuple),
        note=maybe_texts,
    )
    return st.lists(mechanism, max_size=2).map(by_id)


def verifications(ids, references):
    return st.builds(
        Verification,
        reference=st.sampled_from(references),
        section=texts,
        subject=st.sampled_from(ids),
        predicate=st.sampled_from(sorted(vocab.PREDICATES)),
        object=st.sampled_from(ids),
        says=texts,
        primary_says=texts,
        verdict=st.sampled_from(vocab.VERDICTS),
        read=st.sampled_from(vocab.READS),
        where=texts,
        source=st.just("review"),
        note=maybe_texts,
        primary=maybe(references),
    )


def conflicts(ids):
    node, predicates = st.sampled_from(ids), st.sampled_from(sorted(vocab.PREDICATES))
    return st.builds(
        Conflict,
        node,
        predicates,
        node,
        node,
        predicates,
        node,
        source=st.just("review"),
        explained_by=some(st.sampled_from(vocab.CONTEXT_FIELDS)),
        note=maybe_texts,
    )


def remarks(ids, references):
    return st.builds(
        Remark,
        id=st.sampled_from(("r1", "r2")),
        section=texts,
        text=texts,
        handling=texts,
        source=st.just("review"),
        reference=maybe(references),
        entity=maybe(ids),
        quote=maybe_texts,
    )


def simple_kb(*arcs):
    """A knowledge base from triples such as ``("a", "inhibits", "b")``, each supported once."""
    names = sorted({name for s, _, o in arcs for name in (s, o)})
    return KnowledgeBase(
        sources=(Source("t", "t", "t", "CC0", "2025", "quotes", ("1",)),),
        entities=tuple(Entity(name, "GeneProduct", name, name) for name in names),
        references=(Reference("t-1", "cited", "t"),),
        claims=tuple(
            Claim(*arc, statements=(Statement(*arc, "t-1", "1", "t", quote="q"),))
            for arc in sorted(set(arcs))
        ),
    )


__all__ = ["knowledge_bases", "simple_kb", "texts"]
