# SPDX-License-Identifier: Apache-2.0
"""Checks of the graph that the tables make: SHACL shapes, and queries that must find nothing.

A query of ``ontology/checks`` is a SELECT whose first lines are ``# message:`` and ``# cure:``;
``{name}`` in them stands for the variable of that name. Its first variable is the node at fault.
Shapes are looked at by ``screen``, and by pyshacl where a node may be at fault; the queries are
asked of Oxigraph. Slow beside the checks of tables (rdflib is), so a build does not run these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exograph import checks
from exograph.checks.screen import suspects
from exograph.errors import Problem, QueryError
from exograph.ids import CLAIM, ENTITY, REFERENCE, SOURCE, STATEMENT, claim_id
from exograph.kb.assembling import statement, triple
from exograph.model import KnowledgeBase
from exograph.rdf import (
    Triple,
    ask,
    lines,
    nodes_of,
    parse_ontology,
    plain,
    read_prefixes,
    shorten,
    triples,
)
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
    terms = [*plain(parse_ontology(ontology / "exograph.ttl"))]
    data = {*triples(kb, prefixes=prefixes, ontology=terms), *terms}
    place = places(tables)
    return checks.in_order(
        [
            *shapes([*nodes_of(data)], ontology / "shapes.ttl", prefixes, place),
            *queries(in_oxigraph(data), ontology / "checks", prefixes, place),
        ]
    )


def in_oxigraph(triples: Iterable[Triple]) -> Graph:
    """A graph whose SPARQL is answered by Oxigraph: 4 µs a triple, and most queries take 10 ms.

    Oxigraph rewrites numbers (``01`` to ``1``), which the triples of ``to_rdf`` do not need.
    """
    from rdflib import Graph

    data = "".join(lines(triples)).encode()
    return Graph("Oxigraph").parse(data=data, format="ox-nt", transactional=False)


def shapes(
    triples: Collection[Any],
    file: Path,
    prefixes: Mapping[str, str],
    place: Callable[[str], Place | None],
) -> Iterator[Problem]:
    """E951 and W951: results of SHACL validation. The graph's classes are materialised already."""
    from rdflib import RDF, Namespace

    sh = Namespace(_SHACL)
    report = validated(triples, parse_ontology(file))
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


def validated(triples: Collection[Any], shapes: Graph) -> Graph:
    """The report of pyshacl, which is shown only the nodes that the screen is not sure of.

    The triples are of rdflib's terms, each once.
    """
    from rdflib import Graph

    seen = suspects(triples, shapes)
    if seen == {}:
        return Graph()
    from pyshacl import validate

    aimed = shapes if seen is None else _aimed(shapes, seen)
    graph = Graph()
    for one in triples:
        graph.add(one)
    report: Graph = validate(graph, shacl_graph=aimed, inference="none")[1]
    return report


def _aimed(shapes: Graph, nodes: Mapping[Any, Sequence[Any]]) -> Graph:
    """The same shapes with nothing but these nodes for targets.

    pyshacl's own options do not do: with ``focus_nodes`` it drops the values that a nested shape
    looks at, and with ``use_shapes`` the property shapes that have an IRI.
    """
    from rdflib import Graph, Namespace

    sh = Namespace(_SHACL)
    aimed = Graph() + shapes
    for target in (sh.targetClass, sh.targetSubjectsOf):
        aimed.remove((None, target, None))
    for shape, held in nodes.items():
        for node in held:
            aimed.add((shape, sh.targetNode, node))
    return aimed


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
    """Row of an entity, a reference, a statement or a claim by its IRI; a source's settings.

    The rows are looked through when the first place is asked for: sound tables need none.
    """

    @cache
    def found() -> dict[str, Place]:
        return dict(_places(tables))

    return lambda iri: found().get(iri)


def _places(tables: Sequence[Tables]) -> Iterator[tuple[str, Place]]:
    """Each record and its place, the first place last."""
    for t in reversed(tables):
        for row in reversed(t.rows["statements"]):
            here = (row.file, row.line)
            yield STATEMENT + statement(row.cells, t.source).id, here
            yield CLAIM + claim_id(*triple(row.cells)), here
        for table, base in (("references", REFERENCE), ("entities", ENTITY)):
            for row in reversed(t.rows[table]):
                yield base + row.cells["id"], (row.file, row.line)
        yield SOURCE + t.source.id, (str(t.folder / "source.toml"), None)
