# SPDX-License-Identifier: Apache-2.0
"""What references.tsv says of a publication: identifiers in their columns, each once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exograph.checks import words
from exograph.checks.facts import Facts, at, shown
from exograph.checks.identity import number_of_id
from exograph.checks.terms import nothing
from exograph.checks.values import counted
from exograph.errors import Problem
from exograph.tables import Row

_FORMS = {
    "doi": (re.compile(r"10\.[0-9]{4,9}/[!-~]+\Z"), "10.1000/182"),
    "pmid": (re.compile(r"[1-9][0-9]{0,8}\Z"), "31415926"),
    "pmcid": (re.compile(r"PMC[1-9][0-9]*\Z"), "PMC3141592"),
}
_AROUND = re.compile(
    r"https?://(?:dx\.)?doi\.org/|https?://(?:www\.)?(?:pubmed\.)?ncbi\.nlm\.nih\.gov/(?:pubmed/)?"
    r"|https?://pmc\.ncbi\.nlm\.nih\.gov/articles/|https?://\S+?/(?=10\.|PMC)"
    r"|(?:doi|pmid|pmcid)\s*[:：]?\s*",
    re.IGNORECASE,
)
_LIST = re.compile(r"\bet\.?\s+al\b|等|[,，;；、]|\sand\s", re.IGNORECASE)


def bare(column: str, cell: str) -> str | None:
    """A DOI, PMID or PMCID without what often stands around it; None if it is none.

    >>> bare("doi", "https://doi.org/10.1000/182."), bare("pmid", "PMID: 31415926")
    ('10.1000/182', '31415926')
    >>> bare("doi", "31415926")
    """
    found = _AROUND.sub("", cell).strip().rstrip("/.,;")
    return found if _FORMS[column][0].match(found) else None


def identifiers(facts: Facts) -> Iterator[Problem]:
    """E311, E331 to E334: a DOI, PMID or PMCID that cannot be one, and what it is instead."""
    for row in facts.rows("references"):
        for column in _FORMS:
            cell = row.cells[column]
            if cell and (problem := _identifier(row, column, cell)):
                yield problem


def _identifier(row: Row, column: str, cell: str) -> Problem | None:
    form, example = _FORMS[column]
    bare = _AROUND.sub("", cell).strip().rstrip("/.")
    others = [o for o in _FORMS if o != column and _FORMS[o][0].match(bare)]
    if form.match(cell) and not (column == "doi" and cell[-1] in ".,;"):
        return None
    if form.match(cell):
        code, message = "E334", f"The DOI {shown(cell)} ends in a mark of the sentence around it."
        cure = f"Write {cell.rstrip('.,;')}."
    elif form.match(bare):
        code = "E331"
        message = f"{shown(cell)} has a link or a name around the {column.upper()}."
        cure = f"Write {bare}."
    elif column == "pmcid" and others == ["pmid"]:
        code, message = "E333", f"The PMCID {shown(cell)} lacks its PMC."
        cure = f"Write PMC{bare}, if it is no PMID."
    elif others:
        code, message = "E332", f"{shown(cell)} in {column!r} is a {others[0].upper()}."
        cure = f"Move it to {others[0]!r}."
    else:
        code, message = "E311", f"{shown(cell)} is no {column.upper()}."
        cure = f"Write it bare, such as {example}."
        usual = counted(row, column, cell) if column == "pmid" else None
        if usual or words.is_nothing(cell):
            return usual or nothing(row, column, cell)
    return at(row, code, message, cure, column)


def twins(facts: Facts) -> Iterator[Problem]:
    """E335: two references of a source that are one publication, but not said to be one study."""
    for tables in facts.tables:
        for column in _FORMS:
            first: dict[str, Row] = {}
            for row in tables.rows["references"]:
                key = row.cells[column].lower()
                if not key or first.setdefault(key, row) is row:
                    continue
                mine, theirs = row.cells["study"], first[key].cells["study"]
                if not mine or mine != theirs:
                    id = first[key].cells["id"]
                    message = f"{id!r} has the same {column.upper()} (line {first[key].line})."
                    cure = "Mend the one that is wrong; if both are right, give them one 'study'."
                    yield at(row, "E335", message, cure, column)
                    break


def numbers(facts: Facts) -> Iterator[Problem]:
    """E336 and W331: a number that is not the one in the id; a citation without number."""
    for tables in facts.tables:
        numbered = sum(bool(r.cells["number"]) for r in tables.rows["references"])
        seen: set[str] = set()
        for row in tables.rows["references"]:
            id, number = row.cells["id"], row.cells["number"]
            end = number_of_id(tables.source.id, id)
            if end and number.isdigit() and end != number and id not in seen:
                message = f"The id is {id!r}, but the number {number}."
                yield at(row, "E336", message, f"Write {end}, or mend the id.", "number")
            seen.add(id)
            if numbered and row.cells["kind"] == "cited" and not number:
                message = f"{id!r} is cited, but has no number to be found by in the text."
                yield at(row, "W331", message, "Write the number of its citation.", "number")


def authors(facts: Facts) -> Iterator[Problem]:
    """E337: more than the first author's family name."""
    for row in facts.rows("references"):
        name = row.cells["first_author"]
        if name and (m := _LIST.search(name)):
            message = f"{shown(name)} in 'first_author' is more than one name."
            cure = f"Write {name[: m.start()].strip() or 'the first family name'!r}."
            yield at(row, "E337", message, cure, "first_author")


CHECKS = (identifiers, twins, numbers, authors)
