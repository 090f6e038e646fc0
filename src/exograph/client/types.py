# SPDX-License-Identifier: Apache-2.0
"""The JSON of ``--json`` and of ``/api/v1`` as types. Made by ``tools/client_types.py``.

All of it is what ``exograph/schemas`` says, which also tells what the fields mean.
"""

from typing import Literal, NotRequired, TypedDict, final

EntityType = Literal[
    "BiologicalProcess",
    "Biomaterial",
    "CellType",
    "Chemical",
    "CircularRNA",
    "ClinicalTrial",
    "Condition",
    "DiseaseModel",
    "GeneProduct",
    "HealingPhase",
    "Intervention",
    "LongNoncodingRNA",
    "Method",
    "MicroRNA",
    "ModifiedProtein",
    "Organism",
    "Outcome",
    "Pathway",
    "Preconditioning",
    "ProteinComplex",
    "ProteinFamily",
    "Quantity",
    "Tissue",
    "Vesicle",
]


Predicate = Literal[
    "activates",
    "carries",
    "decreases",
    "delivers_to",
    "downregulates",
    "engineered_with",
    "form_of",
    "has_component",
    "has_marker",
    "increases",
    "inhibits",
    "isolated_by",
    "internalized_via",
    "responds_to",
    "associated_with",
    "interacts_with",
    "investigates",
    "is_a",
    "isolated_from",
    "loaded_in",
    "made_by",
    "member_of",
    "no_effect_on",
    "occurs_in",
    "part_of_phase",
    "precedes",
    "preconditioned_with",
    "promotes",
    "regulates",
    "secretes",
    "sponges",
    "suppresses",
    "targets",
    "tested_in",
    "treats_condition",
    "upregulates",
    "variant_of",
]


WalkedPredicate = Literal[
    "activates",
    "carries",
    "decreases",
    "downregulates",
    "increases",
    "inhibits",
    "isolated_from",
    "part_of_phase",
    "promotes",
    "regulates",
    "secretes",
    "sponges",
    "suppresses",
    "targets",
    "upregulates",
]


Sign = Literal["+", "-", "?"]


Basis = Literal["stated", "derived", "inferred"]


Stance = Literal["supports", "refutes", "null"]


Grade = Literal["A+", "A", "B+", "B", "C+", "C", "D+", "D", "E", "none"]


Notice = Literal["retracted", "corrected"]


Telling = Literal["told", "coherent", "stitched"]


ContextField = Literal["cell", "tissue", "organism", "donor", "model", "condition", "comparator"]


@final
class Hit(TypedDict):
    id: str
    type: EntityType
    label_en: str
    label_zh: str
    matched: Literal["id", "label_en", "label_zh", "synonym", "exact_match", "close_match"]


@final
class Search(TypedDict):
    """Entities found, best first."""

    hits: list[Hit]


@final
class Desired(TypedDict):
    direction: Literal["up", "down"]
    reference: str


@final
class Entity(TypedDict):
    id: str
    type: EntityType
    label_en: str
    label_zh: str
    synonyms: list[str]
    exact_match: list[str]
    close_match: list[str]
    species: str | None
    desired: Desired | None
    description: str | None
    description_zh: str | None
    roles: list[Literal["Cargo", "Marker", "Source", "Target"]]


@final
class Attribute(TypedDict):
    entity: str
    attribute: Literal[
        "burn_area",
        "count",
        "advantage",
        "limitation",
        "need",
        "use",
        "donor_relation",
        "dose",
        "duration",
        "enrolment",
        "follow_up",
        "form",
        "outcome_assessed",
        "phase",
        "property",
        "results",
        "size",
        "start",
        "status",
        "temperature",
        "title",
    ]
    verbatim: str
    reference: str
    section: str
    source: str
    value: str | None
    error: str | None
    low: str | None
    high: str | None
    unit: str | None
    qualifier: Literal["approx", "lt", "gt"] | None
    text_value: str | None
    quote: str | None
    note: str | None
    retraction: Notice | None


@final
class Context(TypedDict):
    """Where and when a statement holds: ids of entities."""

    cell: list[str]
    tissue: list[str]
    organism: list[str]
    donor: list[str]
    model: list[str]
    condition: list[str]
    comparator: list[str]


@final
class Verification(TypedDict):
    verdict: Literal[
        "supported", "supported_with_difference", "contradicted", "not_found", "not_checked"
    ]
    primary_says: str
    read: Literal["abstract", "full"]
    where: str
    primary: str | None
    note: str | None


@final
class Statement(TypedDict):
    id: str
    subject: str
    predicate: Predicate
    object: str
    reference: str
    section: str
    source: str
    quote: str | None
    paraphrase: str | None
    basis: Basis
    stance: Stance
    certainty: Literal["asserted", "hedged"]
    effect: Literal["plain", "attenuates_induction", "reverses", "maintains"]
    aspect: (
        Literal[
            "expression", "mrna", "protein", "level", "activity", "secretion", "phosphorylation"
        ]
        | None
    )
    evidence_kind: (
        Literal["in_vitro", "ex_vivo", "in_vivo", "clinical", "in_silico", "narrative"] | None
    )
    method: list[str]
    directness: Literal["direct", "indirect"] | None
    context: Context
    note: str | None
    retracted: bool
    retraction: Notice | None
    other_tissue: bool
    verification: list[Verification]
    eco: str
    grade: Grade


@final
class Claim(TypedDict):
    claim: str
    subject: str
    predicate: Predicate
    object: str
    sign: Sign | None
    basis: Basis | None
    statements: list[Statement]


@final
class Remark(TypedDict):
    id: str
    section: str
    text: str
    handling: str
    source: str
    reference: str | None
    entity: str | None
    quote: str | None


@final
class ShownEntity(TypedDict):
    entity: Entity
    attributes: list[Attribute]
    claims: list[Claim]
    remarks: list[Remark]


@final
class Reference(TypedDict):
    id: str
    kind: Literal["review", "cited", "article", "registry", "preprint", "dataset"]
    source: str
    number: int | None
    study: str | None
    title: str | None
    first_author: str | None
    year: int | None
    journal: str | None
    doi: str | None
    pmid: str | None
    pmcid: str | None
    status: Literal["identified", "partly_identified", "candidates", "not_identified"] | None
    retraction: Notice | None
    note: str | None
    notice: Notice | None


@final
class ShownReference(TypedDict):
    reference: Reference
    attributes: list[Attribute]
    claims: list[Claim]
    remarks: list[Remark]


Shown = ShownEntity | ShownReference | Claim


@final
class NamedEntity(TypedDict):
    id: str
    type: EntityType
    label_en: str
    label_zh: str


@final
class ClaimInShort(TypedDict):
    claim: str
    subject: str
    predicate: Predicate
    object: str
    sign: Sign | None
    basis: Basis | None
    grade: Grade | None
    references: list[str]
    statements: int


@final
class Neighbour(TypedDict):
    id: str
    type: EntityType
    label_en: str
    label_zh: str
    claims: list[ClaimInShort]


@final
class Neighbours(TypedDict):
    """The entities that claims join to one, by id, and what the claims say; from `exograph
    serve`."""

    entity: NamedEntity
    total: int
    skipped: int
    neighbours: list[Neighbour]


@final
class Question(TypedDict):
    start: list[str]
    end: list[str]
    via: list[str]
    avoid: list[str]
    sign: Literal["+", "-", "?", "any"]
    context: dict[str, list[str]]
    strict_context: bool
    stated_only: bool
    no_inferred: bool
    told: bool
    coherent: bool
    max_steps: int
    top: int
    fold: bool
    timeout: float | None
    references: list[str]
    sources: list[str]
    evidence_kinds: list[str]
    predicates: list[str]
    layers: list[str]
    with_retracted: bool
    any_tissue: bool


Handover = TypedDict(
    "Handover",
    {
        "step": int,
        "entity": str,
        "from": str,
        "to": str,
    },
)


@final
class CostParts(TypedDict):
    evidence: float
    length: float
    hubs: float
    handovers: float


@final
class StepStatement(TypedDict):
    reference: str
    section: str
    quote: str | None
    basis: Basis
    stance: Stance
    context: Context
    source: str
    paraphrase: str | None
    retracted: bool
    retraction: Notice | None
    other_tissue: bool
    verification: list[Verification]
    eco: str
    grade: Grade


@final
class Step(TypedDict):
    subject: str
    predicate: WalkedPredicate
    object: str
    sign: Sign | None
    claim: str
    direction: Literal["forward", "backward"]
    basis: Basis
    evidence: float
    statements: list[StepStatement]


@final
class Shortcut(TypedDict):
    entities: list[str]
    claims: list[str]
    cost: float


@final
class Caution(TypedDict):
    code: str
    step: int | None
    text_en: str
    text_zh: str


@final
class Path(TypedDict):
    rank: int
    sign: Sign
    telling: Telling
    coherent: bool
    mechanism: str | None
    references: list[str]
    handovers: list[Handover]
    cost: float
    cost_parts: CostParts
    weakest: int
    steps: list[Step]
    shortcuts: list[Shortcut]
    warnings: list[Caution]
    text_en: str
    text_zh: str


@final
class Paths(TypedDict):
    """Mechanism paths, best first. complete is true exactly if there is no further path within the
    filters."""

    query: Question
    complete: bool
    stopped_by: Literal["top", "deadline", "limit"] | None
    paths: list[Path]
    weights: dict[str, float]


@final
class ComparisonCounts(TypedDict):
    """a and b: paths, shortcuts folded, as `exograph paths` lists them; several may take one route,
    by several vesicles. The others: routes."""

    a: int
    b: int
    shared: int
    opposed: int
    only_a: int
    only_b: int


@final
class ComparedPath(TypedDict):
    rank: int
    sign: Sign
    telling: Telling
    coherent: bool
    mechanism: str | None
    references: list[str]
    handovers: list[Handover]
    cost: float
    cost_parts: CostParts
    weakest: int
    steps: list[Step]
    shortcuts: list[Shortcut]
    warnings: list[Caution]
    text_en: str
    text_zh: str
    also_by: list[str]


@final
class SharedRoute(TypedDict):
    entities: list[str]
    signs: list[Sign | None]
    a: ComparedPath
    b: ComparedPath


@final
class OpposedRoute(TypedDict):
    entities: list[str]
    opposite: bool
    a: list[ComparedPath]
    b: list[ComparedPath]


@final
class Comparison(TypedDict):
    end: str
    complete: bool
    counts: ComparisonCounts
    shared: list[SharedRoute]
    opposed: list[OpposedRoute]
    only_a: list[ComparedPath]
    only_b: list[ComparedPath]


@final
class Comparisons(TypedDict):
    """Two sources held against each other, end by end: routes that both have, and routes of only
    one. A route is what follows the source and its own vesicle: the sign of each step and the
    entity that it reaches. The lists hold the first query.top routes, best first; the counts are of
    all."""

    a: str
    b: str
    query: Question
    ends: list[Comparison]


SignCounts = TypedDict(
    "SignCounts",
    {
        "+": int,
        "-": int,
        "?": int,
    },
)


@final
class TellingCounts(TypedDict):
    told: int
    coherent: int
    stitched: int


@final
class BestRoute(TypedDict):
    sign: Sign
    telling: Telling
    cost: float
    references: list[str]
    entities: list[str]
    claims: list[str]


Cell = TypedDict(
    "Cell",
    {
        "from": str,
        "to": str,
        "routes": int,
        "complete": bool,
        "signs": SignCounts,
        "telling": TellingCounts,
        "by_vesicle": int,
        "best": BestRoute | None,
        "grade": Grade | None,
        "studies": list[str],
    },
)


@final
class Matrix(TypedDict):
    """Which rows reach which columns, by how many routes, shortcuts folded, and on how good
    evidence."""

    query: Question
    complete: bool
    rows: list[str]
    columns: list[str]
    cells: list[Cell]


@final
class GapCounts(TypedDict):
    cargo_without_target: int
    cargo_without_phase: int
    vesicles_without_effect: int
    phases_without_source: int
    sources_without_phase: int
    on_one_paper: int
    thin_routes: int


@final
class EntityWithVesicles(TypedDict):
    entity: str
    vesicles: list[str]
    other_tissue: bool
    retracted: bool


@final
class CargoWithoutPhase(TypedDict):
    entity: str
    vesicles: list[str]
    targets: list[str]
    other_tissue: bool
    retracted: bool


@final
class VesicleWithoutEffect(TypedDict):
    entity: str
    sources: list[str]
    cargo: list[str]
    biomaterials: list[str]
    other_tissue: bool
    retracted: bool


@final
class PhaseWithoutSource(TypedDict):
    entity: str
    processes: list[str]
    other_tissue: bool
    retracted: bool


OnOnePaper = TypedDict(
    "OnOnePaper",
    {
        "from": str,
        "to": str,
        "study": str,
        "references": list[str],
        "claims": list[str],
        "by_effect": bool,
    },
)


ThinRoute = TypedDict(
    "ThinRoute",
    {
        "from": str,
        "to": str,
        "sign": Sign,
        "telling": Telling,
        "cost": float,
        "references": list[str],
        "entities": list[str],
        "claims": list[str],
        "studies": list[list[str]],
    },
)


@final
class Gaps(TypedDict):
    """What is missing between cell sources and phases of healing, within the filters. A study is
    all citations of one paper; a review is none, and what it says by its own word is never left
    out."""

    query: Question
    complete: bool
    counts: GapCounts
    cargo_without_target: list[EntityWithVesicles]
    cargo_without_phase: list[CargoWithoutPhase]
    vesicles_without_effect: list[VesicleWithoutEffect]
    phases_without_source: list[PhaseWithoutSource]
    sources_without_phase: list[EntityWithVesicles]
    on_one_paper: list[OnOnePaper]
    thin_routes: list[ThinRoute]


@final
class ComparedField(TypedDict):
    first: list[str]
    second: list[str]
    differs: bool


@final
class ComparedContext(TypedDict):
    """Each field of the context, for both sides."""

    cell: ComparedField
    tissue: ComparedField
    organism: ComparedField
    donor: ComparedField
    model: ComparedField
    condition: ComparedField
    comparator: ComparedField


@final
class ClaimHead(TypedDict):
    claim: str
    subject: str
    predicate: Predicate
    object: str
    sign: Sign | None


@final
class SideStatement(TypedDict):
    id: str
    claim: str
    reference: str
    section: str
    source: str
    quote: str | None
    paraphrase: str | None
    basis: Basis
    stance: Stance
    context: Context


@final
class Side(TypedDict):
    says: Literal["raises", "lowers", "acts", "holds", "denies"]
    claims: list[ClaimHead]
    references: list[str]
    studies: int
    sources: list[str]
    statements: list[SideStatement]


@final
class Conflict(TypedDict):
    kind: Literal["opposite_signs", "denied", "other_subjects"]
    object: str
    explained: bool
    explained_by: list[ContextField]
    notes: list[str]
    context: ComparedContext
    first: Side
    second: Side


@final
class Conflicts(TypedDict):
    """Who says the opposite: computed over all claims with the same two ends, and what
    conflicts.tsv adds."""

    conflicts: list[Conflict]


@final
class Example(TypedDict):
    name: str
    question_en: str
    question_zh: str
    keywords: list[str]
    columns: list[str]
    expected: list[list[str]]
    agrees: NotRequired[bool]
    error: NotRequired[str]


Examples = list[Example]


@final
class RowsHead(TypedDict):
    vars: list[str]


Term = TypedDict(
    "Term",
    {
        "type": Literal["uri", "bnode", "literal"],
        "value": str,
        "xml:lang": NotRequired[str],
        "datatype": NotRequired[str],
    },
)


@final
class RowsResults(TypedDict):
    bindings: list[dict[str, Term]]


@final
class Rows(TypedDict):
    head: RowsHead
    results: RowsResults


@final
class Truth(TypedDict):
    head: dict[str, object]
    boolean: bool


Answer = Rows | Truth


@final
class Problem(TypedDict):
    code: str
    message: str
    cure: str
    suggestions: list[str]


@final
class Failure(TypedDict):
    """What a command prints with --json, instead of its own document, when the input is at fault
    (exit code 1) or the command line is (exit code 2)."""

    error: Problem
