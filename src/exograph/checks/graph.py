# SPDX-License-Identifier: Apache-2.0
"""Checks of the graph that the tables make: SHACL shapes, and queries that must find nothing.

A query of ``ontology/checks`` is a SELECT whose first lines are ``# message:`` and ``# cure:``;
``{name}`` in them stands for the variable of that name. Its first variable is the node at fault.
Slow beside the checks of tables (rdflib and pyshacl take seconds), so a build does not run these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exograph import checks
from exograph.errors import Problem, QueryError
from exograph.ids import CLAIM, ENTITY, REFERENCE, SOURCE, STATEMENT, claim_id
from exograph.kb.assembling import statement, triple
from exograph.model import KnowledgeBase
from exograph.rdf import ask, parse_ontology, read_prefixes, shorten, to_rdf
from exograph.tables import Tables

if TYPE_CHECKING:
    from rdflib import Graph

Place = tuple[str, int | None]

_SHACL = "http://www.w3.org/ns/shacl#"


def run(kb: KnowledgeBase, ontology: Path, *, tables: Sequence[Tables] = ()) -> tuple[Problem, ...]:
    """What shapes and queries of the ``ontology`` folder find in the graph of ``kb``.

    With the ``tables`` that the knowledge base was made from, a problem stands at its row, else at
    the file of the check. Raises InputError if ontology, shapes or prefixes cannot be read.
    """
    prefixes = read_prefixes(ontology / "prefixes.tsv")
    terms = parse_ontology(ontology / "exograph.ttl")
    graph = to_rdf(kb, prefixes=prefixes, ontology=terms)
    for one in terms:
        graph.add(one)
    place = places(tables)
    return checks.in_order(
        [
            *shapes(graph, ontology / "shapes.ttl", prefixes, place),
            *queries(graph, ontology / "checks", prefixes, place),
        ]
    )


def shapes(
    graph: Graph, file: Path, prefixes: Mapping[str, str], place: Callable[[str], Place | None]
) -> Iterator[Problem]:
    """E951 and W951: results of SHACL validation. The graph's classes are materialised already."""
    from pyshacl import validate
    from rdflib import RDF, Namespace

    sh = Namespace(_SHACL)
    _, report, _ = validate(graph, shacl_graph=parse_ontology(file), inference="none")
    for result in report.subjects(RDF.type, sh.ValidationResult):
        focus = report.value(result, sh.focusNode)
        code = "E951" if report.value(result, sh.resultSeverity) == sh.Violation else "W951"
        path, value = report.value(result, sh.resultPath), report.value(result, sh.value)
        words = " ".join(sorted(str(m) for m in report.objects(result, sh.resultMessage)))
        about = "".join(f" {_shown(x, prefixes)}" for x in (path, value) if x is not None)
        message = f"{_shown(focus, prefixes)}{about}: {words.rstrip('.')}."
        at = place(str(focus)) or (str(file), None)
        cure = f"Mend the row, or the shape in {file.name}."
        yield Problem(*at, code, message, cure, "error" if code == "E951" else "warning")


def queries(
    graph: Graph, folder: Path, prefixes: Mapping[str, str], place: Callable[[str], Place | None]
) -> Iterator[Problem]:
    """E952 and E953: rows of queries that must give none, and queries that cannot be asked."""
    for file in sorted(folder.glob("*.rq")):
        text = file.read_text(encoding="utf-8")
        header = dict(re.findall(r"^# (message|cure): *(\S.*)$", text, re.MULTILINE))
        if header.keys() != {"message", "cure"}:
            message = "The query does not begin with '# message:' and '# cure:'."
            yield Problem(str(file), 1, "E953", message, "Add both lines.")
            continue
        try:
            variables, rows = ask(graph, text, prefixes)
        except QueryError as error:
            yield Problem(str(file), None, "E953", error.message, "Mend the query.")
            continue
        for row in rows:
            shown = {
                name: shorten(term.value, prefixes) if term.kind == "iri" else term.value
                for name, term in zip(variables, row, strict=True)
                if term is not None
            }
            at = (place(row[0].value) if row[0] else None) or (str(file), None)
            filled = [_fill(header[part], shown) for part in ("message", "cure")]
            yield Problem(*at, "E952", filled[0], filled[1])


def _fill(template: str, values: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda m: values.get(m[1], "nothing"), template)


def _shown(node: Any, prefixes: Mapping[str, str]) -> str:
    from rdflib import URIRef

    return shorten(str(node), prefixes) if isinstance(node, URIRef) else repr(str(node))


def places(tables: Sequence[Tables]) -> Callable[[str], Place | None]:
    """Row of an entity, a reference, a statement or a claim by its IRI; a source's settings."""
    found: dict[str, Place] = {}
    for t in tables:
        found[SOURCE + t.source.id] = (str(t.folder / "source.toml"), None)
        for table, base in (("entities", ENTITY), ("references", REFERENCE)):
            for row in t.rows[table]:
                found.setdefault(base + row.cells["id"], (row.file, row.line))
        for row in t.rows["statements"]:
            here = (row.file, row.line)
            found.setdefault(STATEMENT + statement(row.cells, t.source).id, here)
            found.setdefault(CLAIM + claim_id(*triple(row.cells)), here)
    return found.get
