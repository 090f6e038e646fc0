# SPDX-License-Identifier: Apache-2.0
"""GPML, the drawings of WikiPathways, in its versions 2013a and 2021.

Read along pathvisio.org/GPML. A drawing leaves much to who looks at it, so only this is read: an
interaction from one data node to another, both with an identifier, by an arrow that tells
stimulation, inhibition or binding. All else (plain arrows, groups, anchors on other arrows, labels,
shapes) is counted by kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from exograph.errors import InputError
from exograph.exchange.incoming import Edge, Node, Place, Record, Reject
from exograph.exchange.opening import opened
from exograph.exchange.xml_safe import Guard, read_xml

LARGEST = 64 << 20
"""Bytes of a drawing, which is held as a whole; the largest of WikiPathways have some 2 MB."""

_NAMESPACES = ("http://pathvisio.org/GPML/2013a", "http://pathvisio.org/GPML/2021")

_CATEGORIES = {
    "GeneProduct": "biolink:Gene",
    "Protein": "biolink:Protein",
    "Metabolite": "biolink:SmallMolecule",
    "Pathway": "biolink:Pathway",
    "Complex": "biolink:MacromolecularComplex",
    "Disease": "biolink:Disease",
}

_DATABASES = {
    "ensembl": "ENSEMBL",
    "ensembl human": "ENSEMBL",
    "entrez gene": "NCBIGene",
    "ncbigene": "NCBIGene",
    "uniprot-trembl": "UniProtKB",
    "uniprot": "UniProtKB",
    "uniprotkb": "UniProtKB",
    "hgnc": "hgnc.symbol",
    "hgnc.symbol": "hgnc.symbol",
    "hgnc accession number": "HGNC",
    "chebi": "CHEBI",
    "hmdb": "HMDB",
    "kegg compound": "KEGG.COMPOUND",
    "kegg.compound": "KEGG.COMPOUND",
    "pubchem-compound": "PUBCHEM.COMPOUND",
    "pubchem.compound": "PUBCHEM.COMPOUND",
    "cas": "CAS",
    "wikidata": "WIKIDATA",
    "mirbase sequence": "mirbase",
    "mirbase": "mirbase",
    "mirbase mature sequence": "mirbase.mature",
    "mirbase.mature": "mirbase.mature",
    "reactome": "REACT",
    "wikipathways": "WIKIPATHWAYS",
    "go": "GO",
    "gene ontology": "GO",
    "mgi": "MGI",
    "rgd": "RGD",
}
"""Prefixes of databases by their names in lower case. ``HGNC`` of 2013a means its symbols."""

Told: TypeAlias = dict[str, tuple[str, ...]]

_EFFECT: Told = {"qualified_predicate": ("biolink:causes",)}
_EITHER: Told = {**_EFFECT, "object_aspect_qualifier": ("activity_or_abundance",)}
_MORE: Told = {**_EITHER, "object_direction_qualifier": ("increased",)}
_LESS: Told = {**_EITHER, "object_direction_qualifier": ("decreased",)}
_ARROWS: dict[str, tuple[str, Told]] = {
    "stimulation": ("biolink:affects", _MORE),
    "inhibition": ("biolink:affects", _LESS),
    "tbar": ("biolink:affects", _LESS),
    "binding": ("biolink:physically_interacts_with", {}),
}
"""What an arrowhead says, by its name in lower case and without ``mim-``."""

_DRAWN = {"Label", "Shape", "GraphicalLine", "Group", "State", "InfoBox", "Legend"}
_PLAIN = ("", "Undirected", "Line")
_PATHWAY = re.compile(r"WP\d+")


@dataclass
class _Thing:
    """An element of the drawing that has parts."""

    name: str
    line: int
    told: dict[str, str]
    points: list[tuple[str, str]] = field(default_factory=list)
    xref: tuple[str, str] = ("", "")
    cited: list[str] = field(default_factory=list)


def read(path: Path) -> Iterator[Record | Reject]:
    """Nodes and interactions of a drawing. Raises InputError for what is none."""
    drawing = _Drawing(str(path))
    with opened(path) as file:
        read_xml(file, drawing.guard)
    yield from drawing.records()


class _Drawing:
    """What is gathered while the elements pass by."""

    def __init__(self, shown: str) -> None:
        self._shown = shown
        self.guard = Guard(shown, self._start, self._end, self._text)
        self._open: list[_Thing] = []
        self._seen = 0
        self._provided = ""
        self._texts: list[str] | None = None
        self._things: list[_Thing] = []
        self._papers: dict[str, str] = {}
        self._paper: dict[str, str] | None = None

    def _start(self, name: str, told: dict[str, str]) -> None:
        space, _, local = name.rpartition("}")
        self._seen += 1
        if self._seen == 1:
            self._pathway(space, local, told)
        told = {key.rpartition("}")[2].lower(): value for key, value in told.items()}
        if self.guard.fed > LARGEST:
            message = f"{self._shown} has more than {LARGEST >> 20} MiB."
            raise InputError("I106", message, "It is no drawing of one pathway.")
        if local in ("DataNode", "Interaction", *_DRAWN):
            thing = _Thing(local, self.guard.line, told)
            self._open.append(thing)
            self._things.append(thing)
        elif local in ("PublicationXref", "Citation"):
            self._paper = {"key": told.get("id") or told.get("elementid", "")}
        elif local == "Xref":
            self._xref(told)
        elif local == "Point" and self._open:
            ref = told.get("graphref") or told.get("elementref", "")
            self._open[-1].points.append((ref, told.get("arrowhead", "")))
        elif local == "CitationRef" and self._open:
            self._open[-1].cited.append(told.get("elementref", ""))
        elif local in ("BiopaxRef", "ID", "DB"):
            self._texts = []

    def _pathway(self, space: str, local: str, told: dict[str, str]) -> None:
        if local != "Pathway" or space not in _NAMESPACES:
            message = f"{self._shown} is no GPML 2013a or 2021, but {name_of(space, local)}."
            raise InputError("I112", message, "Save it anew with PathVisio.")
        version = told.get("Version") or told.get("version") or ""
        if found := _PATHWAY.match(version):
            self._provided = f"WIKIPATHWAYS:{found[0]}"

    def _xref(self, told: dict[str, str]) -> None:
        database = told.get("database") or told.get("datasource", "")
        id = told.get("id") or told.get("identifier", "")
        if self._paper is not None:
            self._paper |= {"db": database, "id": id}
        elif self._open:
            self._open[-1].xref = (database, id)

    def _text(self, text: str) -> None:
        if self._texts is not None:
            self._texts.append(text)

    def _end(self, name: str) -> None:
        local = name.rpartition("}")[2]
        if local in ("BiopaxRef", "ID", "DB") and self._texts is not None:
            text = "".join(self._texts).strip()
            self._texts = None
            if local == "BiopaxRef" and self._open:
                self._open[-1].cited.append(text)
            elif self._paper is not None:
                self._paper[local.lower()] = text
        elif local in ("PublicationXref", "Citation") and self._paper is not None:
            paper, self._paper = self._paper, None
            if paper.get("db", "").lower() == "pubmed" and paper.get("id"):
                self._papers[paper["key"]] = f"PMID:{paper['id']}"
            elif paper.get("db", "").lower() == "doi" and paper.get("id"):
                self._papers[paper["key"]] = f"doi:{paper['id']}"
        elif self._open and self._open[-1].name == local:
            self._open.pop()

    def records(self) -> Iterator[Record | Reject]:
        nodes: dict[str, str] = {}
        elements: dict[str, str] = {}
        seen: set[tuple[str, str]] = set()
        for thing in self._things:
            key = thing.told.get("graphid") or thing.told.get("elementid", "")
            elements[key] = thing.name
            if thing.name == "DataNode":
                found = self._node(thing)
                if isinstance(found, Node):
                    nodes[key] = found.id
                    kind = (found.id, found.fields["category"][0])
                    if kind in seen:
                        continue
                    seen.add(kind)
                yield found
        for thing in self._things:
            if thing.name == "Interaction":
                yield self._edge(thing, nodes, elements)
            elif thing.name != "DataNode":
                what = f"a {thing.name} is drawn, and says nothing on its own."
                yield self._reject(thing, "I231", f"gpml {thing.name}", what, is_edge=False)

    def _node(self, thing: _Thing) -> Node | Reject:
        database, id = thing.xref
        if not id:
            kind, what = "data node without an identifier", "it has no identifier."
            return self._reject(thing, "I231", kind, what, is_edge=False)
        prefix = _DATABASES.get(database.lower())
        if prefix is None:
            kind = f"database {database[:40] or 'not given'}"
            what = "its database is none whose prefix is known."
            return self._reject(thing, "I231", kind, what, is_edge=False)
        type = thing.told.get("type", "") or "Unknown"
        start = f"{prefix}:"
        local = id[len(start) :] if id.lower().startswith(start.lower()) else id
        label = " ".join(thing.told.get("textlabel", "").split())
        category = _CATEGORIES.get(type, f"gpml:{type}")
        if prefix.startswith("mirbase"):
            category = "biolink:MicroRNA"
        fields = {"category": (category,), "name": (label,) if label else ()}
        told = {name: values for name, values in fields.items() if values}
        return Node(start + local, told, Place(self._shown, thing.line))

    def _edge(
        self, thing: _Thing, nodes: dict[str, str], elements: dict[str, str]
    ) -> Edge | Reject:
        heads = [head for _, head in thing.points]
        ends = [ref for ref, _ in (thing.points[:1] + thing.points[-1:]) if ref]
        if len(thing.points) < 2 or len(ends) < 2:
            kind, what = "interaction without two ends", "an end of the line touches nothing."
            return self._reject(thing, "I231", kind, what)
        if strange := [end for end in ends if end not in nodes]:
            named = elements.get(strange[0], "anchor")
            held = "DataNode without an identifier" if named == "DataNode" else named
            what = "an end is no data node with an identifier."
            return self._reject(thing, "I231", f"interaction that ends at {held}", what)
        first, last = heads[0], heads[-1]
        if first not in _PLAIN and last not in _PLAIN:
            kind, what = "interaction with two heads", "both ends have arrowheads."
            return self._reject(thing, "I231", kind, what)
        if first not in _PLAIN:
            ends, last = ends[::-1], first
        said = _ARROWS.get(last.lower().removeprefix("mim-"))
        if said is None:
            kind = f"arrow {last[:40] or 'without a head'}"
            return self._reject(thing, "I222", kind, f"it cannot be said here: {kind}.")
        predicate, fields = said
        papers = tuple(self._papers[key] for key in thing.cited if key in self._papers)
        provided = {"primary_knowledge_source": (self._provided,)} if self._provided else {}
        told = {**fields, **provided, **({"publications": papers} if papers else {})}
        subject, object_ = (nodes[end] for end in ends)
        return Edge(subject, predicate, object_, told, Place(self._shown, thing.line))

    def _reject(
        self, thing: _Thing, code: str, kind: str, reason: str, is_edge: bool = True
    ) -> Reject:
        raw: dict[str, Any] = {"element": thing.name, **thing.told}
        if thing.points:
            raw["points"] = [f"{ref} {head}".strip() for ref, head in thing.points]
        return Reject(code, kind, reason, Place(self._shown, thing.line), raw, is_edge)


def name_of(space: str, local: str) -> str:
    return f"{local} of {space}"[:100] if space else local[:100]
