# SPDX-License-Identifier: Apache-2.0
"""Which vesicle: plain or treated, of which cells, exosome or not, and what was found on which."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from exograph import vocab
from exograph.checks.facts import Facts, at
from exograph.errors import Problem
from exograph.kb.reach import reached
from exograph.tables import Row

_TREATMENTS = ("preconditioned_with", "engineered_with", "loaded_in")
_EV = re.compile(r"\bs?EVs?\b|extracellular vesicle|microvesicle", re.IGNORECASE)
_EXOSOME = re.compile(r"exo", re.IGNORECASE)


_SHARED = ("reference", "quote", "stance")


def plain_vesicles(facts: Facts) -> Iterator[Problem]:
    """E416: a treatment of a vesicle that others are variants of, so of the plain one."""
    variants: dict[str, list[str]] = defaultdict(list)
    for subject, object_, _ in facts.relations["variant_of"]:
        variants[object_].append(subject)
    own = {subject for subject, _, _ in facts.relations["variant_of"]}
    for name in _TREATMENTS:
        for id, object_, rows in facts.relations[name]:
            if facts.kind.get(id) != "Vesicle" or id not in variants or id in own:
                continue
            if facts.may_hold("statements", id):
                continue
            message = f"{id!r} is the plain vesicle of {', '.join(variants[id][:4])}; "
            message += f"{name!r} is said of a variant."
            cure = f"Name the variant that is meant, or add one for {object_!r}."
            yield at(rows[0], "E416", message, cure, "subject")


def _makers(facts: Facts) -> dict[str, dict[str, Row]]:
    """Cells that secrete each vesicle, with the row that says so."""
    found: dict[str, dict[str, Row]] = defaultdict(dict)
    for cell, vesicle, rows in facts.relations["secretes"]:
        if facts.kind.get(vesicle) == "Vesicle" and facts.kind.get(cell) == "CellType":
            found[vesicle][cell] = rows[0]
    return found


def sources(facts: Facts) -> Iterator[Problem]:
    """E417 and W412: a variant of another source's vesicle; a vesicle of two kinds of cells."""
    makers = _makers(facts)
    broader: dict[str, list[str]] = defaultdict(list)
    for subject, object_, _ in facts.relations["is_a"]:
        broader[subject].append(object_)
    above = {cell: reached([cell], broader) for cells in makers.values() for cell in cells}

    def akin(a: str, b: str) -> bool:
        return a in above[b] or b in above[a] or facts.may_hold("statements", a, b)

    for variant, plain, rows in facts.relations["variant_of"]:
        ours, theirs = makers.get(variant, {}), makers.get(plain, {})
        if ours and theirs and not any(akin(a, b) for a in ours for b in theirs):
            message = f"{variant!r} comes from {', '.join(ours)}, but {plain!r} from "
            cure = "Name the plain vesicle of the same cells, or mend the row with secretes."
            yield at(rows[0], "E417", f"{message}{', '.join(theirs)}.", cure, "object")
    general = {object_ for _, object_, _ in facts.relations["is_a"]}
    for vesicle, cells in makers.items():
        if vesicle in general:
            continue
        row = max(cells.values(), key=lambda r: (r.file, r.line))
        mine = next(c for c, r in cells.items() if r is row)
        if other := next((c for c in cells if not akin(c, mine)), None):
            message = f"{vesicle!r} is secreted by {other!r} and by {mine!r}."
            cure = "The vesicles of two kinds of cells are two entities; name this cell's."
            yield at(row, "W412", message, cure, "object")


def products(facts: Facts) -> Iterator[Problem]:
    """W411: extracellular vesicles, by their name, that a row makes a kind of exosome."""
    label = {r.cells["id"]: r.cells["label_en"] for r in facts.rows("entities")}
    for subject, object_, rows in facts.relations["is_a"]:
        mine, theirs = label.get(subject, ""), label.get(object_, "")
        if facts.kind.get(subject) != "Vesicle" or not _EXOSOME.search(theirs):
            continue
        if _EV.search(mine) and not _EXOSOME.search(mine):
            message = f"{mine!r} is a product of extracellular vesicles, {theirs!r} is exosomes."
            cure = "Not each vesicle is an exosome: name the entity of vesicles above it."
            yield at(rows[0], "W411", message, cure, "object")


def copied_findings(facts: Facts) -> Iterator[Problem]:
    """W413: one quote gives a finding both to a variant and to its plain vesicle."""
    plain = defaultdict(set)
    for subject, object_, _ in facts.relations["variant_of"]:
        plain[subject].add(object_)
    for (subject, name, object_), rows in facts.claims.items():
        if subject not in plain or name not in vocab.PREDICATES:
            continue
        if not (vocab.PREDICATES[name].is_effect or name == "carries"):
            continue
        for other in plain[subject]:
            for row in facts.claims.get((other, name, object_), ()):
                quote = row.cells["quote"]
                if quote and any(_same(row, r) for r in rows):
                    last = max(row, *rows, key=lambda r: (r.file, r.line))
                    message = f"One quote gives this finding to {subject!r} and to {other!r}."
                    cure = "A finding on a variant is none on its plain vesicle: delete one row."
                    yield at(last, "W413", message, cure, "subject")


def _same(row: Row, other: Row) -> bool:
    return all((row.cells[c] or "supports") == (other.cells[c] or "supports") for c in _SHARED)


CHECKS = (plain_vesicles, sources, products, copied_findings)
