# SPDX-License-Identifier: Apache-2.0
"""Terms of other databases, read from a folder of their files (for developers; not in the wheel).

Each reader yields every term of its file with the names that the file itself gives. Where two files
hold one term, the first counts, so files stand newest first. No term and no name comes from
anywhere else. The versions are the commits and dates that the folder's ``SOURCE.txt`` files give.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from exograph.checks.extract import Term

HUMAN, MOUSE, RAT = "NCBITaxon:9606", "NCBITaxon:10090", "NCBITaxon:10116"
_TAXON = {"hsa": HUMAN, "mmu": MOUSE, "rno": RAT}


Hints = dict[str, list[tuple[str, str]]]
"""Names from another file than the term's own, each with that file, by the term's CURIE."""


def read_terms(data: Path) -> dict[str, Term]:
    """Every term of the folder by CURIE. Raises OSError if a file is missing."""
    found: dict[str, Term] = {}
    for term in _all(data):
        found.setdefault(term.curie, term)
    return found


def _all(data: Path) -> Iterator[Term]:
    yield from _genes(data)
    yield from _precursors(data)
    yield from _mature(data)
    yield from _families(data)
    yield from _chemicals_of_famplex(data)
    for file, prefix, version, licence in _OBO:
        yield from _obo(data / "ontologies" / file, prefix, version, licence)
    yield from _slim(data)
    yield from _pathways(data)
    yield GIVEN


GIVEN = Term(
    *("GO:0070062", "extracellular exosome", (), "cellular component", "", False),
    *("given", "", "CC-BY-4.0"),
)
"""The one term that no file holds: the project began with it as proven."""

_OBO = (
    ("cl-basic.obo.gz", "CL", "releases/2022-12-15", "CC-BY-4.0"),
    ("uberon-efo-slim.obo.gz", "UBERON", "2026-04-01, commit 52817ee", "CC-BY-3.0"),
    ("uberon_import-2019-02.obo.gz", "UBERON", "2019-02-20, commit 136bc61", "CC-BY-3.0"),
    ("go_import-2020-03.obo.gz", "GO", "2020-03-02, commit 1a874f6", "CC-BY-4.0"),
    ("chebi_import-2020-03.obo.gz", "CHEBI", "2020-03-02, commit 1a874f6", "CC-BY-4.0"),
    ("ncbitaxon_import-2020-11.obo.gz", "NCBITaxon", "2020-11-17, commit dd70af9", "public domain"),
    ("clo_import-2020-03.obo.gz", "CLO", "2020-03-02, commit 47575f9", "CC-BY"),
    ("clo_import-2020-03.obo.gz", "NCBITaxon", "2020-03-02, commit 47575f9", "public domain"),
    ("clo_import-2020-03.obo.gz", "UBERON", "2020-03-02, commit 47575f9", "CC-BY-3.0"),
    ("clo_import-2020-03.obo.gz", "GO", "2020-03-02, commit 47575f9", "CC-BY-4.0"),
    ("clo_import-2020-03.obo.gz", "CHEBI", "2020-03-02, commit 47575f9", "CC-BY-4.0"),
    ("eco-basic.obo.gz", "ECO", "releases/2024-07-19", "CC0-1.0"),
)
_KINDS = {
    "CL": "cell type",
    "CLO": "cell line",
    "UBERON": "anatomy",
    "CHEBI": "chemical",
    "NCBITaxon": "taxon",
    "ECO": "evidence",
}
_SYNONYM = re.compile(r'synonym: "((?:[^"\\]|\\.)*)" EXACT\b')


def _obo(path: Path, prefix: str, version: str, licence: str) -> Iterator[Term]:
    """Terms with one prefix: name, exact synonyms, GO's namespace, the mark of obsolete terms."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for stanza in lines.read().split("\n\n["):
            if not stanza.startswith(f"Term]\nid: {prefix}:"):
                continue
            tags = stanza.split("\n")[1:]
            first = {}
            for tag in tags:
                key, _, value = tag.partition(": ")
                first.setdefault(key, value)
            if "name" not in first:
                continue
            names = dict.fromkeys(
                re.sub(r"\\(.)", r"\1", m[1]) for tag in tags if (m := _SYNONYM.match(tag))
            )
            names.pop(first["name"], None)
            kind = _KINDS.get(prefix) or first.get("namespace", "").replace("_", " ")
            yield Term(
                curie=first["id"],
                label=first["name"],
                synonyms=tuple(names),
                kind=kind,
                species=first["id"] if prefix == "NCBITaxon" else "",
                obsolete=first.get("is_obsolete") == "true",
                source=path.name,
                version=version,
                licence=licence,
            )


def _slim(data: Path) -> Iterator[Term]:
    """GO's generic slim, which has terms that the import lacks: the extracellular matrix, say."""
    path = data / "kgx" / "goslim_generic.json"
    for node in json.loads(path.read_text(encoding="utf-8"))["graphs"][0]["nodes"]:
        if "/GO_" not in node["id"] or "lbl" not in node:
            continue
        meta = node.get("meta", {})
        names = [s["val"] for s in meta.get("synonyms", ()) if s["pred"] == "hasExactSynonym"]
        kinds = [p["val"] for p in meta.get("basicPropertyValues", ()) if "Namespace" in p["pred"]]
        yield Term(
            *(node["id"].rpartition("/")[2].replace("_", ":"), node["lbl"], tuple(names)),
            *("".join(kinds).replace("_", " "), "", bool(meta.get("deprecated"))),
            *("goslim_generic.json", "2026-04-14, commit 02b5f97", "CC-BY-4.0"),
        )


def _rows(path: Path) -> Iterator[list[str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        next(lines)
        yield from (line.rstrip("\r\n").split("\t") for line in lines)


def _genes(data: Path) -> Iterator[Term]:
    folder = data / "nomenclature"
    path = folder / "hgnc_entries-2017-05.tsv.gz"
    for id, symbol, name, status, synonyms, _, _ in _rows(path):
        names = dict.fromkeys([name, *filter(None, synonyms.split(", "))])
        names.pop(symbol, None)
        yield Term(
            *(id, symbol, tuple(names), "gene", HUMAN, status != "Approved"),
            *(path.name, "2017-05-09, commit 6bafb19", "CC0-1.0"),
        )
    for file, prefix, taxon in (
        ("mgi_entries.tsv.gz", "MGI", MOUSE),
        ("rgd_entries.tsv.gz", "RGD", RAT),
    ):
        for id, symbol, synonyms, _ in _rows(folder / file):
            names = dict.fromkeys(n for n in re.split(r"[|;]", synonyms) if n)
            names.pop(symbol, None)
            yield Term(
                *(f"{prefix}:{id}", symbol, tuple(names), "gene", taxon, False),
                *(file, "2025-07-30, commit aff5d49", "CC-BY-4.0"),
            )


def _precursors(data: Path) -> Iterator[Term]:
    path = data / "nomenclature" / "mirbase.tsv.gz"
    for accession, name in dict.fromkeys((row[0], row[1]) for row in _rows(path)):
        yield Term(
            *(f"mirbase:{accession}", name, (), "microRNA precursor"),
            *(_TAXON.get(name.partition("-")[0], ""), False),
            *(path.name, "2025-07-30, commit aff5d49", "public domain"),
        )


def _mature(data: Path) -> Iterator[Term]:
    """Accession and name only, which are miRBase's; the third column is not, and is not read."""
    for file in ("acc2geneTSp.tsv.gz", "acc2geneMTB.tsv.gz"):
        path = data / "mirna" / file
        for accession, name in sorted({(row[0], row[1]) for row in _rows(path)}):
            yield Term(
                *(f"mirbase.mature:{accession}", name, (), "mature microRNA"),
                *(_TAXON.get(name.partition("-")[0], ""), False),
                *(file, "miRBase 20, commit 96979c6", "public domain"),
            )


_FAMPLEX = ("2025-07-30, commit aff5d49", "BSD-2-Clause")


def _grounded(data: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Texts of FamPlex's grounding map with the identifiers given to them."""
    path = data / "nomenclature" / "famplex" / "grounding_map.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        for text, *rest in csv.reader(lines):
            yield text, [(p, i) for p, i in zip(rest[0::2], rest[1::2], strict=False) if p]


def _families(data: Path) -> Iterator[Term]:
    folder = data / "nomenclature" / "famplex"
    texts: dict[str, dict[str, None]] = {}
    for text, ids in _grounded(data):
        for prefix, id in ids:
            if prefix == "FPLX":
                texts.setdefault(id, {})[text] = None
    for id in (folder / "entities.csv").read_text(encoding="utf-8").split():
        names = texts.get(id, {})
        names.pop(id, None)
        yield Term(
            *(f"FPLX:{id}", id, tuple(names), "family or complex", "", False),
            *("famplex/entities.csv", *_FAMPLEX),
        )


def _chemicals_of_famplex(data: Path) -> Iterator[Term]:
    """Chemicals that the grounding map names: the longest of its texts serves as the label."""
    texts: dict[str, list[str]] = {}
    for text, ids in _grounded(data):
        for prefix, id in ids:
            if prefix == "CHEBI":
                texts.setdefault(id, []).append(text)
    for id, names in texts.items():
        label = max(names, key=lambda name: (len(name), name.islower(), name))
        others = tuple(name for name in dict.fromkeys(names) if name != label)
        yield Term(
            *(id, label, others, "chemical", "", False),
            *("famplex/grounding_map.csv", *_FAMPLEX),
        )


def _pathways(data: Path) -> Iterator[Term]:
    folder = data / "pathways"
    version = "2022-11-28, commit 4cda2d9"
    for file, prefix, licence in (
        ("ReactomePathways.gmt.gz", "reactome", "CC0-1.0 / CC-BY-4.0"),
        ("wikipathway.v7.2.symbols.gmt.gz", "msigdb", "CC0-1.0"),
    ):
        with gzip.open(folder / file, "rt", encoding="utf-8") as lines:
            for line in lines:
                name, id, _ = line.split("\t", 2)
                curie = f"{prefix}:{id if prefix == 'reactome' else name}"
                yield Term(curie, name, (), "pathway", HUMAN, False, file, version, licence)


def read_hints(data: Path, terms: Mapping[str, Term]) -> Hints:
    """Texts that FamPlex grounds to a human gene, by its symbol or by a UniProt accession."""
    by_symbol = {t.label: c for c, t in terms.items() if c.startswith("HGNC:") and not t.obsolete}
    by_protein: dict[str, list[str]] = {}
    for row in _rows(data / "nomenclature" / "hgnc_entries-2017-05.tsv.gz"):
        for accession in filter(None, row[6].split(", ")):
            by_protein.setdefault(accession, []).append(row[0])
    hints: Hints = {}
    for text, ids in _grounded(data):
        for prefix, id in ids:
            genes = [by_symbol[id]] if prefix == "HGNC" and id in by_symbol else []
            if prefix == "UP" and len(by_protein.get(id, ())) == 1:
                genes = by_protein[id]
            for curie in genes:
                hints.setdefault(curie, []).append((text, "famplex/grounding_map.csv"))
    return hints
