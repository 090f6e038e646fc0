# SPDX-License-Identifier: Apache-2.0
"""From the nodes and edges of others to entities, statements and references of a source of its own.

Nothing is bent to fit. What has no equal here is refused by name, counted by kind, and can be
written to a file to be mended. Every record that is read is either stored or refused.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import numpy as np

from exograph.columns.rows import COLUMNS, Rows
from exograph.exchange.incoming import Edge, Node, Piece, Reject, Table, one_by_one
from exograph.exchange.kgx_in import What
from exograph.exchange.report import Refuse, Report
from exograph.exchange.taking_edges import SECTION, Edges, left_out
from exograph.exchange.taking_nodes import Nodes
from exograph.model import KnowledgeBase, Source

__all__ = ["SECTION", "Read", "Report", "take"]

Read = Callable[[What], Iterable[Piece]]
"""Gives all records anew each time it is called; of nodes or of edges those that are not asked for
may be left out."""


def take(
    read: Read,
    name: str,
    known: KnowledgeBase,
    prefixes: Mapping[str, str],
    *,
    source: Source,
    refuse: Refuse | None = None,
) -> tuple[Rows, Report]:
    """What an import makes, and what became of each record.

    ``refuse`` is told what is refused, if anybody wants to know more than the report counts.
    Nodes are taken first, wherever they stand. Ends of edges may also be entities of ``known``, by
    their own ids or exact matches.
    """
    collecting = gc.isenabled()
    gc.disable()  # nothing that is made here refers to itself, and looking for it doubles the time
    try:
        return _take(read, name, known, prefixes, source, refuse)
    finally:
        if collecting:
            gc.enable()


def _take(
    read: Read,
    name: str,
    known: KnowledgeBase,
    prefixes: Mapping[str, str],
    source: Source,
    refuse: Refuse | None,
) -> tuple[Rows, Report]:
    report = Report()
    nodes = Nodes(known, prefixes, refuse, report)
    for piece in read("nodes"):
        if isinstance(piece, Node):
            nodes.take(piece)
        elif isinstance(piece, Reject) and not piece.is_edge:
            nodes.lost(piece)
    edges = Edges(name, nodes, refuse, report)
    for piece in read("edges"):
        if isinstance(piece, Table):
            edges.take_table(piece)
        elif isinstance(piece, Edge):
            edges.take(piece)
        elif isinstance(piece, Reject) and piece.is_edge:
            edges.lost(piece)
    order = np.argsort(np.frombuffer(edges.columns["edge"], np.int32), kind="stable")
    columns = {name: np.frombuffer(held, np.int32)[order] for name, held in edges.columns.items()}
    sections = {SECTION, *(form.section for form in edges.forms)}
    rows, kept = Rows.of(
        replace(source, sections=tuple(sorted(sections, key=lambda s: (s != SECTION, s)))),
        (*nodes.entities(), *nodes.foreign()),
        edges.references,
        edges.forms,
        nodes.ids,
        {name: columns[name] for name in COLUMNS},
    )
    edge = columns["edge"]
    gone = np.zeros(report.edges, np.bool_)
    gone[edge] = True
    gone[edge[kept]] = False
    _take_back(read, edges, report, set(np.flatnonzero(gone).tolist()))
    return rows, report


def _take_back(read: Read, edges: Edges, report: Report, repeated: set[int]) -> None:
    """Refuses the edges that only repeat what others say; looks for them in one more pass."""
    if not repeated:
        return
    number = -1
    for piece in one_by_one(read("edges")):
        number += isinstance(piece, Edge) or (isinstance(piece, Reject) and piece.is_edge)
        if number in repeated and isinstance(piece, Edge):
            edges.repeated(piece)
            report.left_out.subtract(left_out(piece.fields))
    report.left_out = +report.left_out
