# SPDX-License-Identifier: Apache-2.0
"""Which code of the Evidence and Conclusion Ontology a statement gets: rules, the first that fits.

``ontology/evidence.tsv`` is the same table for other programs; a test holds the two together, and
every code and label to the terms of ECO in ``ontology/eco-extract.obo``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """What a statement must have (empty: anything), and the code that it then gets.

    ``reference_kind`` and ``evidence_kind`` are values of the vocabulary, ``method`` is the id of
    an entity. ``label_en`` is ECO's own name of the term.
    """

    basis: str
    reference_kind: str
    evidence_kind: str
    method: str
    directness: str
    eco: str
    label_en: str
    label_zh: str


_TERMS = {
    "ECO:0000275": ("expression microarray", "表达微阵列证据"),
    "ECO:0000279": ("qualitative western immunoblotting", "定性蛋白质印迹证据"),
    "ECO:0000302": ("author statement", "作者陈述"),
    "ECO:0000303": ("author statement without traceable support", "无可追溯依据的作者陈述"),
    "ECO:0000304": ("author statement supported by traceable reference", "有可追溯文献的作者陈述"),
    "ECO:0000305": ("curator inference", "整理者推断"),
    "ECO:0000314": ("direct assay", "直接测定证据"),
    "ECO:0001182": ("fluorescence in situ hybridization", "荧光原位杂交证据"),
    "ECO:0001187": ("histology", "组织学证据"),
    "ECO:0001189": ("immunohistochemistry", "免疫组织化学证据"),
    "ECO:0001233": ("motility wound healing assay", "划痕迁移实验证据"),
    "ECO:0001273": ("ectopic expression", "异位表达证据"),
    "ECO:0001567": (
        "quantitative reverse transcription polymerase chain reaction",
        "定量逆转录聚合酶链反应证据",
    ),
    "ECO:0005580": ("flow cytometry", "流式细胞术证据"),
    "ECO:0005581": ("enzyme-linked immunoabsorbent assay", "酶联免疫吸附测定证据"),
    "ECO:0005644": ("immunoprecipitation", "免疫沉淀证据"),
    "ECO:0005648": ("luciferase reporter gene assay", "荧光素酶报告基因实验证据"),
    "ECO:0005804": ("immunofluorescence", "免疫荧光证据"),
    "ECO:0006030": ("co-immunoprecipitation", "免疫共沉淀证据"),
    "ECO:0006050": ("anti-sense experiment", "反义实验证据"),
    "ECO:0006052": ("RNAi", "RNA干扰证据"),
    "ECO:0006068": ("RNA-sequencing", "RNA测序证据"),
    "ECO:0006083": ("nucleic acid binding", "核酸结合证据"),
    "ECO:0007044": ("transmission electron microscopy", "透射电镜证据"),
    "ECO:0007089": ("loss-of-function mutant phenotype", "功能缺失突变表型证据"),
    "ECO:0007120": ("animal model system study", "动物模型研究证据"),
    "ECO:0007121": ("clinical study", "临床研究证据"),
    "ECO:0007192": ("motility assay", "迁移实验证据"),
    "ECO:0007668": ("computational", "计算证据"),
    "ECO:0007690": ("ex vivo assay", "离体实验证据"),
    "ECO:0007695": ("cell-based assay", "细胞实验证据"),
    "ECO:0007703": ("cell viability assay", "细胞活力实验证据"),
    "ECO:0007706": ("chromatin immunoprecipitation", "染色质免疫沉淀证据"),
}
_PLAIN = ("author statement", "curator inference")
"""Beginnings of names that do not go on with the word evidence."""

DIRECT_METHODS = (
    "luciferase-reporter-assay",
    "rna-pull-down",
    "rna-immunoprecipitation",
    "co-immunoprecipitation",
    "chromatin-immunoprecipitation",
    "immunoprecipitation",
)
"""Methods that show the link between two molecules itself."""

_METHODS = {
    "luciferase-reporter-assay": "ECO:0005648",
    "rna-pull-down": "ECO:0006083",
    "rna-immunoprecipitation": "ECO:0005644",
    "co-immunoprecipitation": "ECO:0006030",
    "chromatin-immunoprecipitation": "ECO:0007706",
    "immunoprecipitation": "ECO:0005644",
    "knock-out": "ECO:0007089",
    "knockdown": "ECO:0006052",
    "mirna-inhibition": "ECO:0006050",
    "overexpression": "ECO:0001273",
    "western-blot": "ECO:0000279",
    "elisa": "ECO:0005581",
    "flow-cytometry": "ECO:0005580",
    "qrt-pcr": "ECO:0001567",
    "rna-sequencing": "ECO:0006068",
    "small-rna-sequencing": "ECO:0006068",
    "mirna-sequencing": "ECO:0006068",
    "microarray": "ECO:0000275",
    "mirna-microarray": "ECO:0000275",
    "fish": "ECO:0001182",
    "immunohistochemistry": "ECO:0001189",
    "immunofluorescence": "ECO:0005804",
    "transmission-electron-microscopy": "ECO:0007044",
    "scratch-assay": "ECO:0001233",
    "transwell-assay": "ECO:0007192",
    "cck-8-assay": "ECO:0007703",
    "mtt-assay": "ECO:0007703",
    "tube-formation-assay": "ECO:0007695",
    "in-vivo-wound-assay": "ECO:0007120",
    "histology": "ECO:0001187",
    "masson-staining": "ECO:0001187",
    "he-staining": "ECO:0001187",
    "target-prediction": "ECO:0007668",
    "bioinformatic-prediction": "ECO:0007668",
}
"""Of several methods the first here counts: the link itself, then perturbation, then measures."""

_KINDS = {
    "in_vivo": "ECO:0007120",
    "ex_vivo": "ECO:0007690",
    "in_vitro": "ECO:0007695",
    "in_silico": "ECO:0007668",
}


def _rule(eco: str, **needs: str) -> Rule:
    name, zh = _TERMS[eco]
    noun = "" if name.startswith(_PLAIN) else " evidence"
    fields = ("basis", "reference_kind", "evidence_kind", "method", "directness")
    values = {field: needs.get(field, "") for field in fields}
    return Rule(**values, eco=eco, label_en=f"{name}{noun} used in manual assertion", label_zh=zh)


RULES = (
    _rule("ECO:0000305", basis="inferred"),
    _rule("ECO:0000304", reference_kind="cited"),
    _rule("ECO:0000303", reference_kind="review"),
    _rule("ECO:0000302", reference_kind="registry"),
    _rule("ECO:0000302", evidence_kind="narrative"),
    _rule("ECO:0007121", evidence_kind="clinical"),
    *(_rule(eco, method=method) for method, eco in _METHODS.items()),
    *(_rule(eco, evidence_kind=kind) for kind, eco in _KINDS.items()),
    _rule("ECO:0000314", directness="direct"),
    _rule("ECO:0000302"),
)
"""The last asks for nothing, so that every statement has a code."""
