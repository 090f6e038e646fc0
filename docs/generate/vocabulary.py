# SPDX-License-Identifier: Apache-2.0
"""The reference of the vocabulary: kinds, roles, predicates and closed lists, in both languages.

Labels and structure come from ``exograph.vocab``, definitions from the ontology.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rdflib import SKOS, Graph, URIRef

from exograph import vocab
from exograph.ids import VOCAB
from exograph.rdf import parse_ontology
from generate.markdown import cell, code, page, table

ONTOLOGY = Path(__file__).parents[2] / "ontology" / "exograph.ttl"
_FIRST = (
    "Made from `exograph.vocab` and the ontology. The vocabulary is closed: a word that is not "
    "here is an error in a table, a query for it finds nothing. In SPARQL each stands as "
    f"`exo:NAME`, which is `{VOCAB}NAME`."
)
_LISTS = {
    "basis": (vocab.BASES, "How an edge comes from the text, strongest first."),
    "stance": (vocab.STANCES, "Whether the statement speaks for its claim."),
    "certainty": (vocab.CERTAINTIES, "How sure the authors are."),
    "effect": (vocab.EFFECTS, "What kind of change it is."),
    "aspect": (vocab.ASPECTS, "What was measured."),
    "evidence_kind": (vocab.EVIDENCE_KINDS, "In what it was seen."),
    "directness": (vocab.DIRECTNESSES, "Whether the text says that the effect is direct."),
    "sign of a mechanism": (vocab.MECHANISM_SIGNS, "What the whole story does to its end."),
    "desired": (vocab.DESIRED_DIRECTIONS, "What healing wants of the entity."),
    "kind of a reference": (vocab.REFERENCE_KINDS, ""),
    "status of a reference": (vocab.REFERENCE_STATUSES, "Whether the cited paper was found."),
    "retraction": (vocab.RETRACTIONS, "Notices on a publication, the gravest first."),
    "verdict": (vocab.VERDICTS, "How a claim compares with the primary paper."),
    "read": (vocab.READS, "How much of the primary paper was read."),
    "qualifier": (vocab.QUALIFIERS, "Of a number."),
    "unit": (vocab.UNITS, "UCUM codes; `1` counts things."),
    "attribute, a number": (vocab.NUMERIC_ATTRIBUTES, ""),
    "attribute, a text": (vocab.TEXT_ATTRIBUTES, ""),
    "grade": (vocab.GRADES, "Best first; see [evidence](../evidence.md)."),
}
"""Columns by the words that they may hold."""


def made() -> str:
    """The whole page."""
    terms = parse_ontology(ONTOLOGY)
    effects = [p for p in vocab.PREDICATES.values() if p.is_effect]
    others = [p for p in vocab.PREDICATES.values() if not p.is_effect]
    return page(
        "Vocabulary",
        _FIRST,
        "## Kinds of entities",
        _kinds(vocab.TYPES.values(), terms),
        "## Roles",
        "What a thing does in the graph. A role follows from the claims; no table has it. `paths` "
        "takes kinds and roles alike: `type:Source`.",
        _kinds(vocab.ROLES.values(), terms),
        "## Effects",
        "Paths follow an effect from subject to object. The sign of a path is the product of the "
        "signs; one effect without a sign makes it `?`.",
        *(_predicate(p, terms) for p in effects),
        "## Other predicates",
        "These say how things belong together. Paths follow some of them.",
        *(_predicate(p, terms) for p in others),
        "## Words of columns",
        table(
            ("column", "words", "what they say"),
            ((name, ", ".join(map(code, words)), told) for name, (words, told) in _LISTS.items()),
        ),
        "## Reasons for a sentence without a row",
        table(
            ("reason", "meaning", "含义"),
            ((code(t.name), t.label_en, t.label_zh) for t in vocab.COVERAGE_REASONS.values()),
        ),
        "## Letters of the grade",
        table(
            ("grade", "meaning", "含义"),
            ((code(t.name), t.label_en, t.label_zh) for t in vocab.GRADE_TERMS.values()),
        ),
    )


def _kinds(terms: Iterable[vocab.Term], ontology: Graph) -> str:
    rows = (
        (code(t.name), t.label_en, t.label_zh, cell(_definition(t.name, "en", ontology)))
        for t in terms
    )
    return table(("name", "label", "标签", "what it is"), rows)


def _predicate(predicate: vocab.Predicate, ontology: Graph) -> str:
    """Heading, labels, definitions (which tell sign and direction), what it joins and implies."""
    above = ", ".join(map(code, vocab.ancestors(predicate.name)))
    return "\n\n".join(
        (
            f"### {predicate.name}",
            f"**{predicate.label_en} · {predicate.label_zh}**",
            _definition(predicate.name, "en", ontology),
            _definition(predicate.name, "zh", ontology),
            f"From {_names(predicate.domain)}; to {_names(predicate.range)}."
            + (f" Implies {above}." if above else ""),
        )
    )


def _names(kinds: frozenset[str]) -> str:
    """Kinds in the order of the vocabulary."""
    if kinds == vocab.TYPES.keys():
        return "any kind"
    if len(kinds) > len(vocab.TYPES) / 2:
        left = [code(k) for k in vocab.TYPES if k not in kinds]
        return f"any kind but {', '.join(left)}"
    return ", ".join(code(k) for k in vocab.TYPES if k in kinds)


def _definition(name: str, lang: str, ontology: Graph) -> str:
    texts = ontology.objects(URIRef(f"{VOCAB}{name}"), SKOS.definition)
    return next((str(t) for t in texts if getattr(t, "language", None) == lang), "")
