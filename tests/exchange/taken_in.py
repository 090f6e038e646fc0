# SPDX-License-Identifier: Apache-2.0
"""Files taken in as by the command, without its home; every record is stored or refused."""

import os
from collections import Counter
from pathlib import Path

import pytest

from exograph.exchange.incoming import Edge, Node, Reject, one_by_one
from exograph.exchange.reading import read
from exograph.exchange.taking import SECTION, take
from exograph.model import Entity, KnowledgeBase, Source

CASES = Path(os.environ.get("EXOGRAPH_CASES", "nowhere"))
"""Files of others, which are not ours to hand on."""

needs_cases = pytest.mark.skipif(not CASES.is_dir(), reason="EXOGRAPH_CASES names no folder")

SOURCE = Source("theirs", "Theirs", "Theirs", "CC0-1.0", "2026-11-27", "records", (SECTION,))
PREFIXES = {
    "HGNC": "https://identifiers.org/hgnc/",
    "GO": "http://purl.obolibrary.org/obo/GO_",
    "reactome": "https://identifiers.org/reactome/",
}
KNOWN = KnowledgeBase(
    entities=(
        Entity("angiogenesis", "BiologicalProcess", "angiogenesis", "血管生成"),
        Entity("pten", "GeneProduct", "PTEN", "PTEN", exact_match=("HGNC:9588",)),
        Entity("vegfa", "GeneProduct", "VEGFA", "VEGFA", synonyms=("VEGF",)),
        Entity("vegfb", "GeneProduct", "VEGFB", "VEGFB", synonyms=("VEGF",)),
        Entity("egf-quantity", "Quantity", "EGF", "EGF"),
    )
)


def records(path, *options):
    return list(one_by_one(read(path, *options)))


def counted(found):
    """How many of each: nodes by category, edges by predicate, rejects by kind."""
    return Counter(
        r.kind
        if isinstance(r, Reject)
        else r.predicate
        if isinstance(r, Edge)
        else "|".join(r.fields.get("category", r.fields.get("type", ("",))))
        for r in found
    )


def edges(found):
    return [r for r in found if isinstance(r, Edge)]


def nodes(found):
    return [r for r in found if isinstance(r, Node)]


def taken_in(*paths, format=None, columns=None, known=KNOWN, prefixes=PREFIXES):
    """The knowledge base that files make, the report, and what was refused."""
    refused = []
    rows, report = take(
        lambda only: (r for path in paths for r in read(path, format, columns, known, only)),
        *("theirs", known, prefixes),
        source=SOURCE,
        refuse=refused.append,
    )
    assert report.nodes == report.stored_nodes + sum(not r.is_edge for r in refused)
    assert report.edges == report.stored_edges + sum(r.is_edge for r in refused)
    assert sum(report.refused.values()) == len(refused)
    return rows.kb(), report, refused


def told(kb):
    return sorted((c.subject, c.predicate, c.object) for c in kb.claims)
