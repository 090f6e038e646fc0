#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Outside identifiers of entities, from a folder of files of other databases (for developers).

    python tools/identifiers.py DATA FOLDER...            drafts, then writes what follows
    python tools/identifiers.py DATA FOLDER... --report   what the data hold, and what was taken

FOLDER is a source (``graphs/review``) with ``entities.tsv``. Where names settle it, rows are added
to its ``identifiers.sssom.tsv`` for entities that have none; rows that are there stay. From these
rows follow the labels and versions in them, the columns ``exact_match`` and ``close_match`` of
``entities.tsv``, its synonyms as far as they are approved symbols, and
``ontology/extracts/identifiers.tsv``, which has the terms of all FOLDERs. The same data give the
same bytes.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from mappings import (
    EXACT,
    NONE,
    Entity,
    Mapping_,
    Names,
    candidates,
    draft,
    read_entities,
    read_mappings,
    write_mappings,
)
from terms import read_hints, read_terms

from exograph.checks.extract import COLUMNS as EXTRACT
from exograph.checks.extract import Term
from exograph.kb.finding import fold
from exograph.kb.summaries import NOT_HELD
from exograph.rdf import read_prefixes

ROOT = Path(__file__).resolve().parent.parent
FILE = "identifiers.sssom.tsv"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path, help="folder of the other databases' files")
    parser.add_argument("folders", type=Path, nargs="+", help="sources, such as graphs/review")
    parser.add_argument("--report", action="store_true", help="write nothing, tell what there is")
    parser.add_argument("--extract", type=Path, default=ROOT / "ontology/extracts/identifiers.tsv")
    options = parser.parse_args(arguments)
    terms = read_terms(options.data)
    names = Names(terms, read_hints(options.data, terms))
    if options.report:
        for folder in options.folders:
            report(folder, names)
        return
    used: set[str] = set()
    for folder in options.folders:
        used |= write(folder, names)
    write_extract(options.extract, (names.terms[curie] for curie in sorted(used)))


def write(folder: Path, names: Names) -> set[str]:
    """Mappings and columns of one source; returns the CURIEs of the terms in use."""
    entities = read_entities(folder)
    ids = {e.id for e in entities}
    mappings = [m for m in read_mappings(folder / FILE) if m.subject in ids]
    decided = {m.subject for m in mappings}
    for entity in entities:
        if entity.id not in decided:
            mappings += draft(entity, names)
    prefixes = read_prefixes(ROOT / "ontology" / "prefixes.tsv")
    write_mappings(folder / FILE, mappings, entities, names.terms, prefixes)
    write_columns(folder / "entities.tsv", mappings, symbols(entities, mappings, names))
    return {m.object for m in mappings if m.object in names.terms}


def symbols(
    entities: Iterable[Entity], mappings: Iterable[Mapping_], names: Names
) -> dict[str, str]:
    """Approved symbols of human genes by the entity that is the same, but lacks that name."""
    owner = {key: e.id for e in entities for n in (e.id, e.label, *e.synonyms) for key in fold(n)}
    found = {}
    for m in mappings:
        if m.predicate == EXACT and m.object.startswith("HGNC:"):
            symbol = names.terms[m.object].label
            if not any(key in owner for key in fold(symbol)):
                found[m.subject] = symbol
    return found


def write_columns(path: Path, mappings: Iterable[Mapping_], symbols: Mapping[str, str]) -> None:
    """Sets two columns of each row, adds a missing symbol to the synonyms, and nothing else."""
    matches: dict[tuple[str, str], list[str]] = {}
    for m in sorted(set(mappings)):
        if m.object != NONE:
            column = "exact_match" if m.predicate == EXACT else "close_match"
            matches.setdefault((m.subject, column), []).append(m.object)
    lines = path.read_text(encoding="utf-8").split("\n")
    header = lines[0].split("\t")
    for number, line in enumerate(lines[1:], 1):
        if line:
            cells = line.split("\t")
            for column in ("exact_match", "close_match"):
                found = matches.get((cells[header.index("id")], column), [])
                cells[header.index(column)] = "|".join(found)
            if symbol := symbols.get(cells[header.index("id")]):
                place = header.index("synonyms")
                cells[place] = "|".join(filter(None, (cells[place], symbol)))
            lines[number] = "\t".join(cells)
    path.write_text("\n".join(lines), encoding="utf-8", newline="\n")


def write_extract(path: Path, terms: Iterable[Term]) -> None:
    lines = ["\t".join(EXTRACT)]
    for t in terms:
        names = "|".join(n.replace("|", "/") for n in t.synonyms)
        obsolete = "true" if t.obsolete else ""
        row = (t.curie, t.label, names, t.kind, t.species, obsolete, t.source, t.version, t.licence)
        lines.append("\t".join(row))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def report(folder: Path, names: Names) -> None:
    """Entities for which the data hold something of the name, and those with nothing taken."""
    entities = {e.id: e for e in read_entities(folder)}
    mappings = [m for m in read_mappings(folder / FILE) if m.subject in entities]
    taken = {m.subject for m in mappings if m.object != NONE}
    refused = {m.subject: m.comment for m in mappings if m.object == NONE}
    held = {i: candidates(e, names) for i, e in entities.items()}
    absent = {i for i, comment in refused.items() if comment.startswith(NOT_HELD)}
    holding = {i for i in entities if held[i] or i in taken or i in refused} - absent
    print(
        f"{folder.name}: {len(entities)} entities, {len(holding)} with an identifier in the data,"
    )
    print(f"{len(taken)} identified ({len(taken) / max(1, len(holding)):.1%})")
    for id in sorted(holding - taken):
        print(f"  {id}: {', '.join(held[id])}: {refused.get(id, 'NO REASON GIVEN')}")


if __name__ == "__main__":
    main()
