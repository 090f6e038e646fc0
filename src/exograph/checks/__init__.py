# SPDX-License-Identifier: Apache-2.0
"""Checks of the curated tables: one file per family, a code for each fault, a cure with each code.

``run`` looks at the tables and needs no RDF library. The graph made from them is checked by
``exograph.checks.graph``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from exograph.checks import (
    comparisons,
    contexts,
    coverage,
    identifiers,
    identity,
    labels,
    mechanisms,
    names,
    numbers,
    publications,
    quantities,
    quotes,
    references,
    statements,
    stories,
    structure,
    subjects,
    terms,
    types,
    vesicles,
    vocabulary,
    wording,
)
from exograph.checks.extract import Term, read_terms
from exograph.checks.facts import Facts
from exograph.errors import Problem
from exograph.rdf import read_prefixes
from exograph.tables import Tables, read_what_can_be

__all__ = ["check_folders", "in_order", "run"]

_FAMILIES = (
    *(vocabulary, terms, references, identity, identifiers, publications),
    *(types, structure, vesicles, contexts, numbers, quantities, statements),
    *(quotes, coverage, wording, subjects, mechanisms, stories, comparisons, labels, names),
)


def run(
    tables: Sequence[Tables],
    texts: Path | None,
    *,
    prefixes: Collection[str] | None = None,
    terms: Mapping[str, Term] | None = None,
) -> tuple[Problem, ...]:
    """Every problem of the tables of all sources together, by file, line and code.

    ``texts`` is the folder of the source texts; without it a warning says that the quotes were not
    proven again. ``prefixes`` are those that CURIEs may have, ``terms`` those that identifiers may
    name, by default the ones that lie with the ontology.
    """
    ontology = _ontology()
    if prefixes is None and ontology:
        prefixes = read_prefixes(ontology / "prefixes.tsv").keys()
    if terms is None and ontology:
        terms = read_terms(ontology / "extracts" / "identifiers.tsv")
    facts = Facts(tables, texts, prefixes, terms)
    return in_order(p for family in _FAMILIES for check in family.CHECKS for p in check(facts))


def check_folders(
    folders: Sequence[Path],
    texts: Path | None,
    *,
    prefixes: Collection[str] | None = None,
    terms: Mapping[str, Term] | None = None,
) -> tuple[tuple[Tables, ...], tuple[Problem, ...]]:
    """Reads the folders and checks all that can be read; no tables if some of it cannot be.

    What hangs on rows that could not be read is not checked, and the problem of form says so.
    """
    read = [read_what_can_be(folder) for folder in folders]
    tables = tuple(t for t, _, _ in read)
    form = [problem for _, _, problems in read for problem in problems]
    problems = in_order([*form, *run(tables, texts, prefixes=prefixes, terms=terms)])
    return (tables if all(whole for _, whole, _ in read) else ()), problems


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems by file, line, code and message; the same twice is told once."""
    unique = dict.fromkeys(problems)
    return tuple(
        sorted(unique, key=lambda p: (p.file, p.line or 0, p.code, p.column or "", p.message))
    )


def _ontology() -> Path | None:
    """The ontology that lies beside the package: in the wheel, or in the checkout around it."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "_data" / "ontology", package.parent.parent / "ontology"):
        if (folder / "prefixes.tsv").is_file():
            return folder
    return None
