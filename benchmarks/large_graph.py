# SPDX-License-Identifier: Apache-2.0
"""A graph of any size as KGX tables: effects between genes, chemicals, processes and diseases.

Ends are drawn so that few nodes have many neighbours, as in graphs of the literature; a fifth of
the edges cite two papers, a tenth say what cannot be taken in. The same numbers give the same file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

_KINDS = (
    ("HGNC", "biolink:Gene", 0.5),
    ("CHEBI", "biolink:SmallMolecule", 0.2),
    ("GO", "biolink:BiologicalProcess", 0.2),
    ("MONDO", "biolink:Disease", 0.1),
)
_SAID = (
    ("biolink:affects", "biolink:causes", "activity_or_abundance", "increased"),
    ("biolink:affects", "biolink:causes", "activity_or_abundance", "decreased"),
    ("biolink:affects", "biolink:causes", "expression", "increased"),
    ("biolink:affects", "biolink:causes", "expression", "decreased"),
    ("biolink:affects", "", "", ""),
    ("biolink:interacts_with", "", "", ""),
    ("biolink:associated_with", "", "", ""),
    ("biolink:coexists_with", "", "", ""),  # which has no equal here
)
_SHARES = (0.2, 0.2, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1)
_COLUMNS = (
    *("id", "subject", "predicate", "object", "qualified_predicate", "object_aspect_qualifier"),
    *("object_direction_qualifier", "knowledge_level", "agent_type", "primary_knowledge_source"),
    *("publications", "category", "score"),
)
_PIECE = 50_000


def write(folder: Path, nodes: int, edges: int, seed: int = 7) -> tuple[Path, Path]:
    """``nodes.tsv`` and ``edges.tsv`` with so many lines."""
    folder.mkdir(parents=True, exist_ok=True)
    draw = np.random.default_rng(seed)
    shares = np.array([share for *_, share in _KINDS])
    bounds = (np.cumsum(shares) * nodes).astype(int)
    kinds = np.searchsorted(bounds, np.arange(nodes), side="right").clip(max=len(_KINDS) - 1)
    ids = [f"{_KINDS[kind][0]}:{n:07d}" for n, kind in enumerate(kinds)]
    paths = folder / "nodes.tsv", folder / "edges.tsv"
    with paths[0].open("w", encoding="utf-8") as file:
        file.write("id\tcategory\tname\txref\n")
        for n, (id, kind) in enumerate(zip(ids, kinds, strict=True)):
            file.write(f"{id}\t{_KINDS[kind][1]}|biolink:NamedThing\tthing {n}\tX:{n}\n")
    with paths[1].open("w", encoding="utf-8") as file:
        file.write("\t".join(_COLUMNS) + "\n")
        for begin in range(0, edges, _PIECE):
            file.writelines(_lines(draw, ids, begin, min(_PIECE, edges - begin)))
    return paths


def _lines(draw: np.random.Generator, ids: list[str], begin: int, many: int) -> Iterator[str]:
    nodes = len(ids)
    ends = (nodes * draw.random((many, 2)) ** 2.5).astype(int)
    stride = 7919  # hubs of all kinds
    said = draw.choice(len(_SAID), many, p=_SHARES)
    papers = draw.integers(1, 30_000_000, (many, 2))
    two = draw.random(many) < 0.2
    for n in range(many):
        subject, object = (ids[int(end) * stride % nodes] for end in ends[n])
        predicate, causes, aspect, way = _SAID[said[n]]
        cited = f"PMID:{papers[n, 0] % 300_000}"
        if two[n]:
            cited += f"|PMID:{papers[n, 1] % 300_000}"
        yield (
            f"e{begin + n}\t{subject}\t{predicate}\t{object}\t{causes}\t{aspect}\t{way}\t"
            f"knowledge_assertion\tautomated_agent\tinfores:made\t{cited}\tbiolink:Association\t"
            f"{n % 100}\n"
        )
