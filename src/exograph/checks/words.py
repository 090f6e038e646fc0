# SPDX-License-Identifier: Apache-2.0
"""Words that curators write for terms of the vocabulary, and the terms that are meant.

The vocabulary stays closed: a word from here is still an error, but its cure names the term.
"""

from __future__ import annotations

import re
import unicodedata

from exograph import vocab

_RAISING = (
    "increase raise elevate enhance stimulate induce boost accelerate facilitate improve promote "
    "activate upregulate up-regulate strengthen cause trigger"
)
_LOWERING = (
    "decrease lower reduce suppress inhibit attenuate alleviate block repress silence diminish "
    "impair downregulate down-regulate weaken prevent abolish"
)
_OPEN = "affect modulate influence regulate mediate"
_SIGNS = {
    **dict.fromkeys((_RAISING + " + ↑ up 上调 促进 增加 提高 激活 增强 提升 诱导").split(), 1),
    **dict.fromkeys((_LOWERING + " - − – ↓ down 下调 抑制 减少 降低 减轻").split(), -1),
    **dict.fromkeys((_OPEN + " 调节 调控 影响 leads-to").split(), 0),
    **dict.fromkeys(("lead-to", "导致", "引起"), 1),
}
_OF_ACTIVITY = {"activate": 1, "inhibit": -1, "激活": 1}
_RELATIONS = {
    **dict.fromkeys(
        ["contain", "contains", "carry", "express", "携带", "含有", "encapsulate"], "carries"
    ),
    **dict.fromkeys(["release", "secrete", "produce", "分泌", "释放"], "secretes"),
    **dict.fromkeys(
        ["derived-from", "from", "originate-from", "derive-from", "来源于"], "derives_from"
    ),
    **dict.fromkeys(["subclass-of", "type-of", "kind-of", "isa", "是"], "is_a"),
    **dict.fromkeys(["bind", "interact", "interact-with", "bind-to", "结合"], "interacts_with"),
    **dict.fromkeys(["treat", "治疗"], "treats_condition"),
    **dict.fromkeys(["marker", "标志物"], "has_marker"),
    **dict.fromkeys(["target", "靶向"], "targets"),
    **dict.fromkeys(["isolate-from", "extracted-from", "分离自"], "isolated_from"),
}
_PASSIVE = re.compile(r"(?:is-|are-)?([a-z-]+?)-by\Z")

_TYPES = {
    **dict.fromkeys(
        ["gene", "protein", "mrna", "cytokine", "enzyme", "receptor", "growthfactor"], "GeneProduct"
    ),
    **dict.fromkeys(["mirna", "mir", "microrna"], "MicroRNA"),
    **dict.fromkeys(["lncrna", "lncrnas", "longnoncodingrna"], "LongNoncodingRNA"),
    **dict.fromkeys(["circrna", "circularrna"], "CircularRNA"),
    **dict.fromkeys(["cell", "cellline", "celltype"], "CellType"),
    **dict.fromkeys(["exosome", "ev", "exo", "vesicle", "extracellularvesicle"], "Vesicle"),
    **dict.fromkeys(["drug", "compound", "smallmolecule", "molecule", "metabolite"], "Chemical"),
    **dict.fromkeys(["process", "bioprocess", "biologicalprocess"], "BiologicalProcess"),
    **dict.fromkeys(["phase", "healingphase", "stage"], "HealingPhase"),
    **dict.fromkeys(["disease", "disorder", "condition", "phenotype"], "Condition"),
    **dict.fromkeys(["animalmodel", "model", "diseasemodel"], "DiseaseModel"),
    **dict.fromkeys(["species", "organism", "animal"], "Organism"),
    **dict.fromkeys(["organ", "tissue", "bodyfluid"], "Tissue"),
    **dict.fromkeys(["hydrogel", "scaffold", "material", "biomaterial", "dressing"], "Biomaterial"),
    **dict.fromkeys(["assay", "method", "technique"], "Method"),
    **dict.fromkeys(["trial", "clinicaltrial", "study"], "ClinicalTrial"),
    **dict.fromkeys(["signalingpathway", "signallingpathway", "pathway"], "Pathway"),
    **dict.fromkeys(["complex", "proteincomplex"], "ProteinComplex"),
    **dict.fromkeys(["family", "proteinfamily"], "ProteinFamily"),
    **dict.fromkeys(["phosphoprotein", "modifiedprotein"], "ModifiedProtein"),
    **dict.fromkeys(["ratio", "quantity", "measure"], "Quantity"),
}

_ATTRIBUTES = {
    **dict.fromkeys(["diameter", "particle_size", "mean_size", "粒径", "尺寸", "大小"], "size"),
    **dict.fromkeys(["dosage", "concentration", "amount", "剂量"], "dose"),
    **dict.fromkeys(
        ["enrollment", "n", "sample_size", "participants", "patients", "受试人数"], "enrolment"
    ),
    **dict.fromkeys(["followup", "follow-up", "随访", "随访时间"], "follow_up"),
    **dict.fromkeys(["temp", "温度"], "temperature"),
    **dict.fromkeys(["time", "period", "时长"], "duration"),
    **dict.fromkeys(["start_date", "begin", "开始"], "start"),
    **dict.fromkeys(["name", "标题"], "title"),
}

_VALUES = {
    **dict.fromkeys(["support", "supported", "supporting", "yes", "true", "支持"], "supports"),
    **dict.fromkeys(
        ["refute", "refuted", "contradicts", "denies", "no", "反对", "否定"], "refutes"
    ),
    **dict.fromkeys(["none_found", "not_found", "nonsignificant", "ns"], "null"),
    **dict.fromkeys(["certain", "definite", "肯定"], "asserted"),
    **dict.fromkeys(
        ["hedge", "uncertain", "possible", "possibly", "may", "might", "maybe", "可能"], "hedged"
    ),
    **dict.fromkeys(["state", "explicit"], "stated"),
    **dict.fromkeys(["infer", "implicit"], "inferred"),
    **dict.fromkeys(["derive"], "derived"),
    **dict.fromkeys(["invitro", "cell_culture", "体外"], "in_vitro"),
    **dict.fromkeys(["invivo", "animal", "animals", "体内"], "in_vivo"),
    **dict.fromkeys(["exvivo", "离体"], "ex_vivo"),
    **dict.fromkeys(["insilico", "computational"], "in_silico"),
    **dict.fromkeys(["human_study", "patients", "临床"], "clinical"),
    **dict.fromkeys(["review"], "narrative"),
    **dict.fromkeys(["rna", "transcript"], "mrna"),
    **dict.fromkeys(["蛋白", "蛋白质"], "protein"),
    **dict.fromkeys(["phospho", "phosphorylated", "磷酸化"], "phosphorylation"),
    **dict.fromkeys(["positive", "pos", "+1", "plus", "＋", "1", "up"], "+"),
    **dict.fromkeys(["negative", "neg", "-1", "minus", "−", "–", "－", "down"], "-"),
    **dict.fromkeys(["unknown", "unsigned", "0", "？"], "?"),
    **dict.fromkeys(["about", "approximately", "ca", "~", "≈", "约"], "approx"),
    **dict.fromkeys(["<", "≤", "less", "below", "under", "小于"], "lt"),
    **dict.fromkeys([">", "≥", "more", "above", "over", "大于"], "gt"),
    **dict.fromkeys(["fulltext", "full_text", "全文"], "full"),
    **dict.fromkeys(["摘要"], "abstract"),
    **dict.fromkeys(["paper", "journal_article", "research"], "article"),
}

_NOTHING = frozenset(
    (
        *("na", "n/a", "n.a.", "none", "null", "nan", "nil", "nd", "n.d.", "tbd"),
        *("-", "–", "—", "--", "/", "\\", ".", "?", "？", "无", "未知", "未提及", "不详"),
        *("unknown", "missing", "not_given", "not_stated", "not_reported"),
    )
)

_UNITS = {
    **dict.fromkeys(("℃", "°c", "oc", "c", "degc", "摄氏度", "celsius", "ºc"), "Cel"),
    **dict.fromkeys(("nanometre", "nanometer", "nanometers", "纳米", "nms"), "nm"),
    **dict.fromkeys(("μm", "µm", "micron", "micrometer", "微米"), "um"),
    **dict.fromkeys(("day", "days", "天", "日"), "d"),
    **dict.fromkeys(("week", "weeks", "w", "wks", "周"), "wk"),
    **dict.fromkeys(("month", "months", "月", "个月"), "mo"),
    **dict.fromkeys(("year", "years", "yr", "y", "年"), "a"),
    **dict.fromkeys(("hour", "hours", "hr", "hrs", "小时"), "h"),
    **dict.fromkeys(("minute", "minutes", "mins", "分钟"), "min"),
    **dict.fromkeys(("percent", "pct", "％"), "%"),
    **dict.fromkeys(("n", "people", "patients", "人", "名", "例", "subjects"), "1"),
    **dict.fromkeys(("μg", "µg", "mcg", "微克"), "ug"),
    **dict.fromkeys(("μg/ml", "µg/ml", "mcg/ml", "ug/ml"), "ug/mL"),
    **dict.fromkeys(("cm-2", "cm^-2", "/cm²", "/cm^2", "evs/cm2", "per cm2"), "/cm2"),
    **dict.fromkeys(("ml", "cc", "毫升"), "mL"),
    **dict.fromkeys(("μl", "µl", "ul", "微升"), "uL"),
}


def _folded(word: str) -> str:
    text = unicodedata.normalize("NFKC", word).strip().lower()
    return re.sub(r"[_\s]+", "-", text).strip(".")


def _stems(word: str) -> tuple[str, ...]:
    """The word and what it may be a form of: raises, raised, raising.

    >>> _stems("inhibited")
    ('inhibited', 'inhibite', 'inhibit')
    """
    cut = [word.removesuffix(end) for end in ("s", "d", "ed", "es") if word.endswith(end)]
    if word.endswith("ing"):
        cut += [word[:-3], word[:-3] + "e"]
    return (word, *dict.fromkeys(cut))


def effect(sign: int, kind: str, *, activity: bool = False) -> str | None:
    """The predicate of a sign for an object of a kind, None if there is none.

    >>> effect(1, "BiologicalProcess"), effect(-1, "Pathway"), effect(1, "GeneProduct")
    ('promotes', 'inhibits', 'upregulates')
    """
    if not sign:
        return "regulates" if kind in vocab.PREDICATES["regulates"].range else None
    if kind in vocab.HAPPENING:
        return "promotes" if sign > 0 else "suppresses"
    if kind == "Quantity":
        return "increases" if sign > 0 else "decreases"
    if kind == "Pathway" or (activity and kind in vocab.MOLECULE):
        return "activates" if sign > 0 else "inhibits"
    if kind in vocab.MOLECULE:
        return "upregulates" if sign > 0 else "downregulates"
    return None


def sign_word(word: str) -> tuple[int, bool] | None:
    """The sign that a word tells, and whether it speaks of activity; None if it tells none.

    >>> sign_word("up-regulated"), sign_word("↓"), sign_word("secretes")
    ((1, False), (-1, False), None)
    """
    for stem in _stems(_folded(word)):
        if stem in _SIGNS:
            return _SIGNS[stem], stem in _OF_ACTIVITY
    return None


def relation(word: str) -> str | None:
    """The structural predicate that a word stands for.

    >>> relation("derived from"), relation("contains")
    ('derives_from', 'carries')
    """
    return next((_RELATIONS[s] for s in _stems(_folded(word)) if s in _RELATIONS), None)


def passive(word: str) -> tuple[str, int | None] | None:
    """What a passive word says the other way round: a predicate, or a word and its sign.

    >>> passive("is_secreted_by"), passive("inhibited_by"), passive("secretes")
    (('secretes', None), ('inhibit', -1), None)
    """
    match = _PASSIVE.match(_folded(word))
    if match is None:
        return None
    for stem in _stems(match[1]):
        name = stem if stem in vocab.PREDICATES else _RELATIONS.get(stem, f"{stem}s")
        if stem in _RELATIONS or (name in vocab.PREDICATES and stem not in _SIGNS):
            return name, None
        if stem in _SIGNS:
            return stem, _SIGNS[stem]
    return ("carries", None) if match[1] == "carried" else None


def type_of(word: str) -> str | None:
    """The kind that a word for a kind stands for.

    >>> type_of("Protein"), type_of("cell type")
    ('GeneProduct', 'CellType')
    """
    text = re.sub(r"[^a-z]", "", _folded(word))
    for stem in _stems(text):
        if stem in _TYPES:
            return _TYPES[stem]
    return None


def attribute(word: str) -> str | None:
    return _ATTRIBUTES.get(_folded(word).replace("-", "_")) or _ATTRIBUTES.get(_folded(word))


def value(word: str, known: tuple[str, ...]) -> str | None:
    """The value of a closed list that is meant by another spelling or another word.

    >>> value("In vivo", ("in_vitro", "in_vivo")), value("支持", ("supports",))
    ('in_vivo', 'supports')
    """
    text = _folded(word).replace("-", "_") if len(word) > 2 else word.strip().lower()
    if text in known:
        return text
    meant = _VALUES.get(text)
    return meant if meant in known else None


def is_nothing(cell: str) -> bool:
    """Whether a cell says that there is nothing to say.

    >>> is_nothing("N/A"), is_nothing("nanog")
    (True, False)
    """
    return len(cell) <= 12 and cell.strip().lower().replace(" ", "_") in _NOTHING


def unit(word: str) -> str | None:
    """The code of UCUM that is meant by another spelling of a unit.

    >>> unit("℃"), unit("days"), unit("ug/ml"), unit("furlong")
    ('Cel', 'd', 'ug/mL', None)
    """
    text = word.strip().lower()
    return _UNITS.get(text) or _UNITS.get(_folded(word)) or _CODES.get(text)


_CODES = {code.lower(): code for code in vocab.UNITS}
