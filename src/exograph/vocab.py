# SPDX-License-Identifier: Apache-2.0
"""The closed vocabulary: kinds of entities, predicates, and the values that columns may take.

``ontology/exograph.ttl`` is the source of every term here; a test holds the two together. It is
repeated as Python so that a typo is an error at once and no RDF is parsed at start-up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Walk = Literal["forward", "backward", "never"]


@dataclass(frozen=True, slots=True)
class Term:
    """A kind of entity, or a role, with its labels."""

    name: str
    label_en: str
    label_zh: str


@dataclass(frozen=True, slots=True)
class Predicate:
    """A relation between two entities.

    ``sign`` is +1, -1 or 0 (an effect without a direction), and None for a predicate that is no
    effect. ``walk`` says how mechanism paths follow it. ``domain`` and ``range`` are kinds.
    ``parents`` are the properties that hold too wherever this one does.
    """

    name: str
    label_en: str
    label_zh: str
    sign: int | None
    walk: Walk
    domain: frozenset[str]
    range: frozenset[str]
    parents: tuple[str, ...] = ()

    @property
    def is_effect(self) -> bool:
        return self.sign is not None


_TYPES = (
    Term("Tissue", "tissue or body fluid", "组织或体液"),
    Term("CellType", "cell type", "细胞类型"),
    Term("Vesicle", "extracellular vesicle", "细胞外囊泡"),
    Term("GeneProduct", "gene product", "基因产物"),
    Term("ModifiedProtein", "modified protein", "修饰蛋白"),
    Term("ProteinFamily", "protein family", "蛋白家族"),
    Term("ProteinComplex", "protein complex", "蛋白复合物"),
    Term("MicroRNA", "microRNA", "微小RNA"),
    Term("LongNoncodingRNA", "long non-coding RNA", "长链非编码RNA"),
    Term("CircularRNA", "circular RNA", "环状RNA"),
    Term("Chemical", "chemical", "化学物质"),
    Term("Quantity", "quantity", "量"),
    Term("Pathway", "pathway", "信号通路"),
    Term("BiologicalProcess", "biological process", "生物过程"),
    Term("HealingPhase", "healing phase", "愈合阶段"),
    Term("Outcome", "outcome", "结局"),
    Term("Organism", "organism", "物种"),
    Term("DiseaseModel", "disease model", "疾病模型"),
    Term("Condition", "condition", "病症或条件"),
    Term("Preconditioning", "preconditioning", "预处理"),
    Term("Biomaterial", "biomaterial", "生物材料"),
    Term("Method", "method", "方法"),
    Term("ClinicalTrial", "clinical trial", "临床试验"),
    Term("Intervention", "intervention", "干预措施"),
)
TYPES: dict[str, Term] = {t.name: t for t in _TYPES}

_ROLES = (
    Term("Source", "cell source", "细胞来源"),
    Term("Cargo", "cargo", "载荷分子"),
    Term("Target", "target", "靶标"),
    Term("Marker", "surface or vesicle marker", "囊泡标志物"),
)
ROLES: dict[str, Term] = {t.name: t for t in _ROLES}
"""Roles are computed from the claims, never written in a table."""

ROLE_ALIASES = {"CellSource": "Source"}

RNA = frozenset({"MicroRNA", "LongNoncodingRNA", "CircularRNA"})
MOLECULE = RNA | {"GeneProduct", "ModifiedProtein", "ProteinFamily", "ProteinComplex", "Chemical"}
HAPPENING = frozenset({"BiologicalProcess", "HealingPhase", "Outcome"})
AGENT = (
    MOLECULE
    | HAPPENING
    | {"Vesicle", "CellType", "Tissue", "Pathway", "Quantity", "Biomaterial"}
    | {"Preconditioning", "Condition", "Intervention", "Method"}
)
"""What can bring about an effect."""
_ANY = frozenset(TYPES)
_PARTICIPANT = AGENT | {"Organism", "DiseaseModel", "ClinicalTrial"}


def _kinds(*names: str) -> frozenset[str]:
    return frozenset(names)


def _effect(
    name: str, en: str, zh: str, sign: int, range: frozenset[str], parent: str | None
) -> Predicate:
    return Predicate(name, en, zh, sign, "forward", AGENT, range, (parent,) if parent else ())


def _structural(
    name: str,
    en: str,
    zh: str,
    domain: frozenset[str],
    range: frozenset[str],
    walk: Walk = "never",
) -> Predicate:
    return Predicate(name, en, zh, None, walk, domain, range)


_ACTIVE = MOLECULE | {"Pathway"}
_AFFECTED = MOLECULE | HAPPENING | {"Pathway", "Quantity"}
_MADE = _kinds("Vesicle", "Biomaterial")

_PREDICATES = (
    _effect("upregulates", "upregulates", "上调", 1, MOLECULE, "increases"),
    _effect("downregulates", "downregulates", "下调", -1, MOLECULE, "decreases"),
    _effect("activates", "activates", "激活", 1, _ACTIVE, "increases"),
    _effect("inhibits", "inhibits", "抑制", -1, _ACTIVE, "decreases"),
    _effect("promotes", "promotes", "促进", 1, HAPPENING, "increases"),
    _effect("suppresses", "suppresses", "抑制", -1, HAPPENING, "decreases"),
    _effect("increases", "increases", "增加", 1, _kinds("Quantity"), "affects"),
    _effect("decreases", "decreases", "减少", -1, _kinds("Quantity"), "affects"),
    Predicate(
        "sponges",
        "sponges",
        "海绵吸附",
        -1,
        "forward",
        _kinds("LongNoncodingRNA", "CircularRNA"),
        _kinds("MicroRNA"),
        ("inhibits",),
    ),
    _effect("regulates", "regulates", "调节", 0, _AFFECTED | {"CellType"}, "affects"),
    Predicate(
        "targets", "targets", "靶向", 0, "forward", RNA, MOLECULE | {"Pathway"}, ("affects",)
    ),
    Predicate("no_effect_on", "has no effect on", "无影响", None, "never", AGENT, _AFFECTED),
    _structural("secretes", "secretes", "分泌", _kinds("CellType"), _kinds("Vesicle"), "forward"),
    _structural("carries", "carries", "携带", _kinds("Vesicle"), MOLECULE, "forward"),
    _structural(
        "part_of_phase",
        "is part of the phase",
        "属于阶段",
        _kinds("BiologicalProcess", "Outcome"),
        _kinds("HealingPhase"),
        "forward",
    ),
    _structural(
        "isolated_from",
        "is isolated from",
        "分离自",
        _kinds("CellType"),
        _kinds("Tissue"),
        "backward",
    ),
    _structural("variant_of", "is a variant of", "为…的变体", _MADE, _MADE),
    _structural("form_of", "is a form of", "是其一种形式", MOLECULE, MOLECULE),
    _structural("is_a", "is a kind of", "是一种", _ANY, _ANY),
    _structural(
        "member_of",
        "is a member of",
        "是其成员",
        MOLECULE,
        _kinds("ProteinFamily", "ProteinComplex", "Pathway"),
    ),
    _structural("has_component", "has component", "含有组分", _ANY, _ANY),
    _structural("made_by", "is made by", "制备方法", _MADE | {"Chemical"}, _kinds("Method")),
    _structural(
        "loaded_in",
        "is loaded in",
        "负载于",
        MOLECULE | {"Vesicle", "CellType"},
        _kinds("Biomaterial", "Vesicle"),
    ),
    _structural("has_marker", "has marker", "标志物为", _kinds("Vesicle", "CellType"), MOLECULE),
    _structural(
        "preconditioned_with",
        "is preconditioned with",
        "经预处理",
        _kinds("Vesicle", "CellType"),
        _kinds("Preconditioning", "Chemical", "Condition"),
    ),
    _structural(
        "engineered_with",
        "is engineered with",
        "经工程化",
        _kinds("Vesicle", "CellType"),
        MOLECULE | {"Biomaterial"},
    ),
    _structural(
        "occurs_in",
        "occurs in",
        "发生于",
        HAPPENING | {"Pathway", "Vesicle"},
        _kinds("CellType", "Tissue", "Organism", "HealingPhase"),
    ),
    _structural("precedes", "precedes", "先于", HAPPENING, HAPPENING),
    _structural(
        "delivers_to",
        "delivers to",
        "递送至",
        _kinds("Vesicle", "Biomaterial"),
        _kinds("CellType", "Tissue"),
    ),
    _structural(
        "isolated_by", "is isolated by", "分离提取方法", _kinds("Vesicle"), _kinds("Method")
    ),
    _structural(
        "internalized_via",
        "is internalized via",
        "摄取途径",
        _kinds("Vesicle"),
        _kinds("BiologicalProcess"),
    ),
    _structural(
        "responds_to",
        "responds to",
        "响应",
        _kinds("Biomaterial"),
        _kinds("Condition", "Quantity", "Chemical"),
    ),
    _structural("associated_with", "is associated with", "与之相关", _PARTICIPANT, _PARTICIPANT),
    _structural("interacts_with", "interacts with", "与之相互作用", _PARTICIPANT, _PARTICIPANT),
    _structural(
        "tested_in",
        "is tested in",
        "试验于",
        _kinds("Vesicle", "Biomaterial", "Intervention", "Chemical"),
        _kinds("DiseaseModel", "Organism", "ClinicalTrial"),
    ),
    _structural(
        "treats_condition",
        "is used to treat",
        "用于治疗",
        _kinds("Vesicle", "CellType", "Biomaterial", "Intervention", "Chemical", "ClinicalTrial"),
        _kinds("Condition"),
    ),
    _structural(
        "investigates",
        "investigates",
        "研究",
        _kinds("ClinicalTrial"),
        _kinds("Vesicle", "Biomaterial", "Intervention", "Chemical"),
    ),
)
PREDICATES: dict[str, Predicate] = {p.name: p for p in _PREDICATES}
AFFECTS = Term("affects", "affects", "影响")
"""The property above all effects; never asserted, only materialised."""

INPUT_INVERSES = {"derives_from": "secretes"}
"""Accepted in tables with subject and object exchanged; never stored."""

BASES = ("stated", "derived", "inferred")
"""Strongest first: the text says it; one causal sentence gives it; the curator adds it."""

STANCES = ("supports", "refutes", "null")
CERTAINTIES = ("asserted", "hedged")
EFFECTS = ("plain", "attenuates_induction", "reverses", "maintains")
ASPECTS = (
    "expression",
    "mrna",
    "protein",
    "level",
    "activity",
    "secretion",
    "phosphorylation",
)
EVIDENCE_KINDS = ("in_vitro", "ex_vivo", "in_vivo", "clinical", "in_silico", "narrative")
DIRECTNESSES = ("direct", "indirect")
MECHANISM_SIGNS = ("+", "-", "?")
DESIRED_DIRECTIONS = ("up", "down")
EVIDENCE_FORMS = ("quotes", "paraphrases", "records")
"""Tables have quotes or paraphrases; imports have neither, but what other databases record."""
REFERENCE_KINDS = ("review", "cited", "article", "registry", "preprint", "dataset")
REFERENCE_STATUSES = ("identified", "partly_identified", "candidates", "not_identified")
RETRACTIONS = ("retracted", "corrected")
"""Notices on a publication, the gravest first. None is written where none was seen."""

QUALIFIERS = ("approx", "lt", "gt")
VERDICTS = (
    "supported",
    "supported_with_difference",
    "contradicted",
    "not_found",
    "not_checked",
)
READS = ("abstract", "full")
CONTEXT_FIELDS = ("cell", "tissue", "organism", "donor", "model", "condition", "comparator")

CONTEXT_TYPES: dict[str, frozenset[str]] = {
    "cell": _kinds("CellType"),
    "tissue": _kinds("Tissue"),
    "organism": _kinds("Organism"),
    "donor": _kinds("Organism"),
    "model": _kinds("DiseaseModel"),
    "condition": MOLECULE | HAPPENING | {"Condition", "Preconditioning", "Intervention"},
    "comparator": _ANY,
}
"""Which kinds may stand in which column of the context."""

NUMERIC_ATTRIBUTES = (
    "size",
    "dose",
    "enrolment",
    "follow_up",
    "temperature",
    "duration",
    "start",
    "burn_area",
    "count",
)
TEXT_ATTRIBUTES = (
    "title",
    "status",
    "phase",
    "results",
    "donor_relation",
    "outcome_assessed",
    "property",
    "form",
    "advantage",
    "limitation",
    "need",
    "use",
)
ATTRIBUTES = NUMERIC_ATTRIBUTES + TEXT_ATTRIBUTES

UNITS = ("nm", "d", "wk", "mo", "a", "h", "min", "Cel", "%", "1", "/cm2", "ug", "ug/mL", "mg/mL")
"""Units as UCUM codes; ``1`` counts things."""

_COVERAGE_REASONS = (
    Term("heading", "title or heading", "标题"),
    Term("label", "head or caption of a table or figure", "表头或图表标题"),
    Term("announcement", "says what the text will do", "预告下文内容"),
    Term("transition", "leads over, says no fact", "过渡，不含事实"),
    Term("repeated", "says again what another sentence says", "重复他处内容"),
    Term("opinion", "judgement or outlook, no finding", "评价或展望，非研究结果"),
    Term("out_of_scope", "a fact about something else", "与本图谱主题无关"),
)
COVERAGE_REASONS: dict[str, Term] = {t.name: t for t in _COVERAGE_REASONS}
"""Why no row comes from a sentence of a source's text; see ``coverage.tsv``."""

_GRADES = (
    Term("A", "seen in people", "见于人体"),
    Term("B", "seen in animals", "见于动物"),
    Term("C", "seen in cells or tissue outside the body", "见于体外细胞或组织"),
    Term("D", "stated only", "仅为陈述"),
    Term("E", "inferred, or not borne out by the paper", "推断，或未获原文支持"),
    Term("none", "retracted", "已撤稿"),
)
GRADE_TERMS: dict[str, Term] = {t.name: t for t in _GRADES}
"""Letters of the grade of a statement's evidence, best first; docs/evidence.md explains them."""

GRADES = ("A+", "A", "B+", "B", "C+", "C", "D+", "D", "E", "none")
"""Every grade, best first. A plus: shown directly, by a characterised vesicle, or confirmed."""


def label(name: str, lang: str) -> str:
    """Label of a kind, a role or a predicate in ``en`` or ``zh``.

    Raises KeyError for a name that is none of these.
    """
    term = TYPES.get(name) or ROLES.get(name) or PREDICATES.get(name)
    if term is None:
        raise KeyError(name)
    return term.label_zh if lang == "zh" else term.label_en


def sign_text(sign: int | None) -> str | None:
    """``+``, ``-`` or ``?`` as written in JSON; None for a structural step.

    >>> sign_text(0)
    '?'
    """
    return None if sign is None else {1: "+", -1: "-", 0: "?"}[sign]


def ancestors(predicate: str) -> tuple[str, ...]:
    """All properties above a predicate, nearest first.

    >>> ancestors("sponges")
    ('inhibits', 'decreases', 'affects')
    """
    above: list[str] = []
    parents = PREDICATES[predicate].parents
    while parents:
        above.extend(parents)
        parents = PREDICATES[parents[0]].parents if parents[0] in PREDICATES else ()
    return tuple(above)
