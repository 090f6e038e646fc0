# SPDX-License-Identifier: Apache-2.0
"""Which field of the model becomes which property, and in which form.

A field that is absent gives no triple. Properties are named after their fields in camel case. What
is not plain: labels and titles carry language tags; a number stands twice, as ``xsd:decimal`` for
arithmetic and, because stores rewrite ``0.50`` and ``1E3``, as text in ``…Text``; a CURIE stands
twice, as text and as the object of a SKOS match; a kind stands twice, as ``rdf:type`` (together
with the classes above it) and alone as ``exo:assertedType``. That a statement is retracted follows
from its reference: ``exo:retracted`` is written for queries, and not read.
Evidence code and grade of a statement are computed, too: written, and not read back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from exograph import model, vocab
from exograph.ids import BASE, VOCAB, term_iri

Form = Literal["text", "integer", "decimal", "node", "term", "sign", "list"]
"""``node`` is the IRI of another record, ``term`` of a class or property; ``sign`` is ``+ - ?`` as
1, -1, 0; ``list`` is a sequence whose order counts, in one literal."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One field: its property, its form, for a node its kind, and whether it holds many."""

    field: str
    property: str
    form: Form
    kind: str = ""
    many: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """A record: its model class, its RDF class, and the folder of its IRIs."""

    model: type
    rdf_class: str
    kind: str
    cells: tuple[Cell, ...]


LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
TITLE = term_iri("title")
MATCHES = {
    "exact_match": ("http://www.w3.org/2004/02/skos/core#exactMatch", term_iri("exactCurie")),
    "close_match": ("http://www.w3.org/2004/02/skos/core#closeMatch", term_iri("closeCurie")),
}
ASSERTED_TYPE = term_iri("assertedType")
DESIRED_DIRECTION = term_iri("desiredDirection")
DESIRED_REFERENCE = term_iri("desiredReference")
HAS_STATEMENT = term_iri("hasStatement")
HAS_STEP = term_iri("hasStep")
EVIDENCE_CODE = term_iri("evidenceCode")
GRADE = term_iri("grade")
POSITION = term_iri("position")
SIGN = term_iri("sign")
CLAIM = term_iri("claim")
FIRST_CLAIM = term_iri("firstClaim")
SECOND_CLAIM = term_iri("secondClaim")

RETRACTED = term_iri("retracted")

SEPARATOR = "\n"
"""Between the items of an ordered list in one literal; no checked cell holds a line feed."""


_SINGULAR = {"synonyms": "synonym"}


def camel(field: str) -> str:
    """Local name of the property of a field: camel case, and singular where it takes many values.

    >>> camel("evidence_kind"), camel("synonyms")
    ('evidenceKind', 'synonym')
    """
    return _SINGULAR.get(field) or re.sub(r"_(.)", lambda m: m.group(1).upper(), field)


def _cells(**forms: str) -> tuple[Cell, ...]:
    """One cell per field; a form is ``text``, ``entity`` (a node) and so on, ``*`` means many."""
    cells = []
    for field, form in forms.items():
        name, many = form.removesuffix("*"), form.endswith("*")
        plain = name in ("text", "integer", "decimal", "term", "sign", "list")
        cells.append(
            Cell(
                field,
                term_iri(camel(field)),
                name if plain else "node",  # type: ignore[arg-type]
                "" if plain else name,
                many,
            )
        )
    return tuple(cells)


_TRIPLE = {"subject": "entity", "predicate": "term", "object": "entity"}

SOURCE = Shape(
    model.Source,
    "Source",
    "source",
    _cells(
        licence="text",
        date="text",
        evidence="text",
        sections="list",
        text="text",
        text_sha256="text",
    ),
)
ENTITY = Shape(
    model.Entity,
    "Entity",
    "entity",
    _cells(synonyms="text*", species="entity", description="text", description_zh="text"),
)
REFERENCE = Shape(
    model.Reference,
    "Reference",
    "reference",
    _cells(
        kind="text",
        source="source",
        number="integer",
        study="text",
        title="text",
        first_author="text",
        year="integer",
        journal="text",
        doi="text",
        pmid="text",
        pmcid="text",
        status="text",
        retraction="text",
        note="text",
    ),
)
STATEMENT = Shape(
    model.Statement,
    "Statement",
    "statement",
    _cells(
        reference="reference",
        section="text",
        source="source",
        quote="text",
        paraphrase="text",
        basis="text",
        stance="text",
        certainty="text",
        effect="text",
        aspect="text",
        evidence_kind="text",
        method="entity*",
        directness="text",
        note="text",
    ),
)
CONTEXT = _cells(**dict.fromkeys(vocab.CONTEXT_FIELDS, "entity*"))
"""The context has no node of its own: its fields are properties of the statement."""

ATTRIBUTE = Shape(
    model.Attribute,
    "AttributeValue",
    "attribute",
    _cells(
        entity="entity",
        attribute="text",
        verbatim="text",
        reference="reference",
        section="text",
        source="source",
        value="decimal",
        error="decimal",
        low="decimal",
        high="decimal",
        unit="text",
        qualifier="text",
        text_value="text",
        quote="text",
        note="text",
    ),
)
MECHANISM = Shape(
    model.Mechanism,
    "Mechanism",
    "mechanism",
    _cells(
        reference="reference",
        start="entity",
        end="entity",
        sign="sign",
        source="source",
        note="text",
    ),
)
STEP = Shape(model.MechanismStep, "MechanismStep", "mechanism", _cells(layer="integer", **_TRIPLE))
VERIFICATION = Shape(
    model.Verification,
    "Verification",
    "verification",
    _cells(
        reference="reference",
        section="text",
        **_TRIPLE,
        says="text",
        primary_says="text",
        verdict="text",
        read="text",
        where="text",
        source="source",
        note="text",
        primary="reference",
    ),
)
CONFLICT = Shape(
    model.Conflict,
    "Conflict",
    "conflict",
    _cells(
        **{f"first_{name}": form for name, form in _TRIPLE.items()},
        **{f"second_{name}": form for name, form in _TRIPLE.items()},
        source="source",
        explained_by="text*",
        note="text",
    ),
)
REMARK = Shape(
    model.Remark,
    "Remark",
    "remark",
    _cells(
        section="text",
        text="text",
        handling="text",
        source="source",
        reference="reference",
        entity="entity",
        quote="text",
    ),
)
SHAPES = (
    SOURCE,
    ENTITY,
    REFERENCE,
    STATEMENT,
    ATTRIBUTE,
    MECHANISM,
    STEP,
    VERIFICATION,
    CONFLICT,
    REMARK,
)


def text_of(property: str) -> str:
    """The property that keeps a number's own characters."""
    return property + "Text"


def node(kind: str, id: str) -> str:
    """IRI of a record: ``https://w3id.org/exograph/<kind>/<id>``."""
    return f"{BASE}{kind}/{id}"


def terms() -> tuple[set[str], set[str]]:
    """Names of all classes and of all properties of the vocabulary that the RDF may use."""
    classes = set(vocab.TYPES) | {shape.rdf_class for shape in SHAPES} | {"Claim"}
    special = [ASSERTED_TYPE, DESIRED_DIRECTION, DESIRED_REFERENCE, HAS_STATEMENT, HAS_STEP]
    special += [POSITION, SIGN, CLAIM, FIRST_CLAIM, SECOND_CLAIM, TITLE, RETRACTED]
    special += [EVIDENCE_CODE, GRADE]
    special += [curie for _, curie in MATCHES.values()]
    cells = [cell for shape in SHAPES for cell in shape.cells] + list(CONTEXT)
    special += [cell.property for cell in cells]
    special += [text_of(cell.property) for cell in cells if cell.form == "decimal"]
    properties = {iri.removeprefix(VOCAB) for iri in special}
    return classes, properties | set(vocab.PREDICATES) | {vocab.AFFECTS.name}
