# SPDX-License-Identifier: Apache-2.0
"""Rows of the review, as a knowledge base made by hand."""

from exograph.kb import group_claims
from exograph.model import (
    Context,
    Desired,
    Entity,
    KnowledgeBase,
    Mechanism,
    MechanismStep,
    Reference,
    Source,
    Statement,
)

KINDS = {
    "bone-marrow": ("Tissue", "bone marrow", "骨髓"),
    "bmsc": ("CellType", "bone-marrow mesenchymal stem cell", "骨髓间充质干细胞"),
    "bmsc-exo": ("Vesicle", "BMSC-Exo", "骨髓间充质干细胞外泌体"),
    "bmsc-exo-pioglitazone": ("Vesicle", "pioglitazone-treated BMSC-Exo", "吡格列酮处理的外泌体"),
    "mir-126": ("MicroRNA", "miR-126", "miR-126"),
    "mir-383": ("MicroRNA", "miR-383", "miR-383"),
    "mir-1260a": ("MicroRNA", "miR-1260a", "miR-1260a"),
    "klf3-as1": ("LongNoncodingRNA", "KLF3-AS1", "KLF3-AS1"),
    "pik3r2": ("GeneProduct", "PIK3R2", "PIK3R2"),
    "col4a2": ("GeneProduct", "COL4A2", "COL4A2"),
    "vegfa": ("GeneProduct", "VEGFA", "血管内皮生长因子A"),
    "pi3k-akt": ("Pathway", "PI3K/Akt pathway", "PI3K/Akt信号通路"),
    "angiogenesis": ("BiologicalProcess", "angiogenesis", "血管生成"),
    "scar-formation": ("BiologicalProcess", "scar formation", "瘢痕形成"),
    "proliferative-phase": ("HealingPhase", "proliferative phase", "增殖期"),
    "endothelial-cell": ("CellType", "endothelial cell", "内皮细胞"),
    "huvec": ("CellType", "HUVEC", "人脐静脉内皮细胞"),
    "fibroblast": ("CellType", "fibroblast", "成纤维细胞"),
    "rat": ("Organism", "rat", "大鼠"),
    "mouse": ("Organism", "mouse", "小鼠"),
    "human": ("Organism", "human", "人"),
}
WANTED = {"angiogenesis": "up", "scar-formation": "down"}

ROWS = """
bmsc isolated_from bone-marrow review stated
bmsc secretes bmsc-exo review stated
bmsc-exo carries mir-126 review-38 stated
mir-126 downregulates pik3r2 review-38 stated
pik3r2 inhibits pi3k-akt review-38 derived
pi3k-akt promotes angiogenesis review-38 derived
bmsc-exo carries klf3-as1 review-40 stated
klf3-as1 downregulates mir-383 review-40 stated
mir-383 downregulates vegfa review-40 derived
vegfa promotes angiogenesis review-40 derived
klf3-as1 promotes angiogenesis review-40 stated
mir-1260a regulates col4a2 review-39 stated
col4a2 regulates angiogenesis review-39 derived
mir-1260a promotes angiogenesis review-39 derived
angiogenesis part_of_phase proliferative-phase review inferred
huvec is_a endothelial-cell review stated
"""

STORIES = {
    "story-38": (
        "review-38",
        "bmsc-exo carries mir-126; mir-126 downregulates pik3r2; pik3r2 inhibits pi3k-akt; "
        "pi3k-akt promotes angiogenesis",
    ),
    "story-40": (
        "review-40",
        "bmsc-exo carries klf3-as1; klf3-as1 downregulates mir-383; mir-383 downregulates vegfa; "
        "vegfa promotes angiogenesis",
    ),
}


def statement(row, **fields):
    """A statement from ``subject predicate object reference basis``."""
    subject, predicate, object_, reference, basis = row.split()
    fields = {"section": "3.2", "source": "review", "quote": row} | fields
    return Statement(subject, predicate, object_, reference, basis=basis, **fields)


def knowledge_base(*more, rows=ROWS, stories=STORIES, **fields):
    """The rows as a knowledge base, with further statements; a story's steps are `s p o; s p o`."""
    held = [statement(row) for row in rows.strip().splitlines()] + list(more)
    cited = sorted({s.reference for s in held} | {"review"})
    mechanisms = []
    for id, (reference, text) in stories.items():
        steps = tuple(MechanismStep(n, *s.split()) for n, s in enumerate(text.split("; "), 1))
        start, end = steps[0].subject, steps[-1].object
        mechanisms.append(Mechanism(id, id, id, reference, start, end, "+", "review", steps=steps))
    named = {n for s in held for n in (s.subject, s.object)} | set(KINDS)
    entities = [
        Entity(
            id,
            *KINDS.get(id, ("GeneProduct", id, id)),
            desired=Desired(WANTED[id], "review") if id in WANTED else None,
        )
        for id in sorted(named)
    ]
    references = {
        id: Reference(
            id,
            "review" if id == "review" else "cited",
            "review",
            number=int(id.removeprefix("review-")) if id != "review" else None,
        )
        for id in cited
    }
    return KnowledgeBase(
        **{
            "sources": (Source("review", "Review", "综述", "", "2025-01-01", "quotes", ("3.2",)),),
            "entities": tuple(entities),
            "references": tuple(references.values()),
            "claims": group_claims(held),
            "mechanisms": tuple(mechanisms),
        }
        | fields
    )


def where(**values):
    """A context from one id or several per field."""
    return Context(
        **{k: (v,) if isinstance(v, str) else tuple(sorted(v)) for k, v in values.items()}
    )
