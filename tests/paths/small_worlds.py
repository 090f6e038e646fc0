# SPDX-License-Identifier: Apache-2.0
"""Knowledge bases for the analyses: made by hand, by chance, and all that is shipped."""

from functools import cache
from pathlib import Path
from random import Random

from exograph.arrays import from_kb
from exograph.kb import assemble, group_claims
from exograph.model import Context, Entity, KnowledgeBase, Reference, Source, Statement
from exograph.tables import read_source

GRAPHS = Path(__file__).parents[2] / "graphs"
KINDS = {
    "cell": "CellType",
    "exo": "Vesicle",
    "mir": "MicroRNA",
    "gene": "GeneProduct",
    "process": "BiologicalProcess",
    "phase": "HealingPhase",
    "tissue": "Tissue",
    "skin": "Tissue",
    "bone": "Tissue",
    "gel": "Biomaterial",
}
"""Kinds by how an id begins."""


def world(text, studies=None, retracted=(), labels=None):
    """From lines ``subject predicate object reference [@tissue] [#kind]``; ``review`` is a
    review, the kind is one of evidence.

    ``studies`` joins references to a study; a line ``entity id`` adds one that no claim is about.
    """
    rows, alone = [], []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        if line.startswith("entity "):
            alone.append(line.split()[1])
            continue
        words = line.split()
        tissue = tuple(w.removeprefix("@") for w in words if w.startswith("@"))
        kind = next((w.removeprefix("#") for w in words if w.startswith("#")), None)
        s, p, o, reference = (w for w in words if w[0] not in "@#")
        context = Context(tissue=tissue)
        more = {"quote": line, "context": context, "evidence_kind": kind}
        rows.append(Statement(s, p, o, reference, "1", "t", **more))
    tissues = {id for row in rows for id in row.context.tissue}
    ids = {id for row in rows for id in (row.subject, row.object)} | set(alone) | tissues
    cited = sorted({row.reference for row in rows} | {"review"})
    return KnowledgeBase(
        sources=(Source("t", "T", "T", "CC0", "2025", "quotes", ("1",)),),
        entities=tuple(
            Entity(
                id, KINDS[id.rstrip("0123456789").split("-")[0]], *((labels or {}).get(id, id),) * 2
            )
            for id in sorted(ids)
        ),
        references=tuple(
            Reference(
                id,
                "review" if id == "review" else "article",
                "t",
                study=(studies or {}).get(id),
                retraction="retracted" if id in retracted else None,
            )
            for id in cited
        ),
        claims=group_claims(rows),
    )


def by_chance(seed):
    """Sources, vesicles, cargo, genes, processes and phases, with claims between them by chance."""
    draw = Random(seed)
    cells, exos = ["cell1", "cell2", "cell3"], ["exo1", "exo2", "exo3", "exo4"]
    mirs, genes = ["mir1", "mir2", "mir3"], ["gene1", "gene2", "gene3"]
    processes, phases = ["process1", "process2", "process3"], ["phase1", "phase2"]
    rows = set()

    def some(subjects, predicates, objects, share):
        for s in subjects:
            for o in objects:
                for p in predicates:
                    if s != o and draw.random() < share / len(predicates):
                        for _ in range(draw.choice((1, 1, 2))):
                            reference = draw.choice(("p1", "p2", "p3", "p4", "review"))
                            rows.add(f"{s} {p} {o} {reference}")

    some(cells, ("secretes",), exos, 0.5)
    some(exos, ("carries",), mirs, 0.5)
    some(exos, ("promotes", "suppresses", "regulates"), processes, 0.5)
    some(mirs, ("upregulates", "downregulates"), genes, 0.5)
    some(genes, ("upregulates", "downregulates"), genes, 0.4)
    some(genes, ("promotes", "suppresses", "regulates"), processes, 0.5)
    some(processes, ("promotes",), processes, 0.2)
    some(processes, ("part_of_phase",), phases, 0.4)
    named = "".join(f"\nentity {id}" for id in (*cells, *exos, *mirs, *genes, *processes, *phases))
    base = ["cell1 secretes exo1 p1", "cell2 secretes exo2 p2"]
    return world("\n".join([*base, *sorted(rows)]) + named, studies={"p4": "p3"})


@cache
def shipped():
    """The knowledge base of all tables, and its arrays."""
    kb = assemble([read_source(GRAPHS / name)[0] for name in ("literature", "review")])
    return kb, from_kb(kb)
