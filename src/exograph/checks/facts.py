# SPDX-License-Identifier: Apache-2.0
"""What all checks look up: the rows of all sources, and what is known by which id.

A check is a function from ``Facts`` to problems. Rows at fault stay in: a check passes over what
another check names (an unknown entity has no kind to be wrong), so each fault is told once. It
passes over, too, what hangs on rows that could not be read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from exograph import vocab
from exograph.checks.extract import Term
from exograph.checks.lookalikes import named, plain
from exograph.errors import Problem
from exograph.kb.assembling import Triple, group_claims, statement, triple
from exograph.kb.conflicts import Opposition, oppositions
from exograph.model import Source
from exograph.tables import Row, Tables, items

ENTITY_COLUMNS: dict[str, tuple[str, ...]] = {
    "statements": (
        *("subject", "object", "method"),
        *("cell", "tissue", "organism", "donor", "model", "condition", "comparator"),
    ),
    "entities": ("species",),
    "attributes": ("entity",),
    "mechanisms": ("start", "end"),
    "mechanism_steps": ("subject", "object"),
    "verification": ("subject", "object"),
    "conflicts": ("first_subject", "first_object", "second_subject", "second_object"),
    "remarks": ("entity",),
}
"""Columns that hold ids of entities."""

LONGEST_NAME = 100
"""Characters of a cell, beyond which it is no slip of a name, and is not shown in full."""


@dataclass(frozen=True)
class Facts:
    """The rows of all sources, the folder of their texts, known prefixes of CURIEs, known terms.

    ``texts`` is None if quotes are not to be proven, ``prefixes`` and ``terms`` if they are not
    known.
    """

    tables: Sequence[Tables]
    texts: Path | None = None
    prefixes: Collection[str] | None = None
    terms: Mapping[str, Term] | None = None

    def rows(self, table: str) -> Iterator[Row]:
        return (row for t in self.tables for row in t.rows[table])

    def sourced(self, table: str) -> Iterator[tuple[Row, Source]]:
        return ((row, t.source) for t in self.tables for row in t.rows[table])

    @cached_property
    def kind(self) -> dict[str, str]:
        """Type of each entity by id; where an id stands twice, the first counts."""
        return {r.cells["id"]: r.cells["type"] for r in reversed([*self.rows("entities")])}

    @cached_property
    def said(self) -> list[tuple[Row, Triple]]:
        """Rows of statements with their triple, inverse predicates turned round."""
        return [(row, triple(row.cells)) for row in self.rows("statements")]

    @cached_property
    def named(self) -> dict[str, str]:
        """Id of each entity by its labels and synonyms in small letters; the first counts."""
        found: dict[str, str] = {}
        for row in self.rows("entities"):
            cells = row.cells
            for name in (cells["label_en"], cells["label_zh"], *items(cells["synonyms"])):
                if name and cells["id"]:
                    found.setdefault(name.casefold(), cells["id"])
        return found

    @cached_property
    def study(self) -> dict[str, str]:
        """Study of each reference by id: its own id if no other is given."""
        return {r.cells["id"]: r.cells["study"] or r.cells["id"] for r in self.rows("references")}

    @cached_property
    def retracted(self) -> frozenset[str]:
        """References that are retracted, or cite the same study as one that is."""
        gone = {
            r.cells["id"] for r in self.rows("references") if r.cells["retraction"] == "retracted"
        }
        studies = {self.study[id] for id in gone}
        return frozenset(id for id, study in self.study.items() if study in studies)

    @cached_property
    def mechanisms(self) -> dict[str, Row]:
        return {r.cells["id"]: r for r in reversed([*self.rows("mechanisms")])}

    @cached_property
    def steps(self) -> dict[str, list[Row]]:
        """Steps by the id of their mechanism."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows("mechanism_steps"):
            found[row.cells["mechanism"]].append(row)
        return found

    @cached_property
    def claims(self) -> dict[Triple, list[Row]]:
        """Rows of statements by their triple, inverse predicates turned round."""
        found: dict[Triple, list[Row]] = defaultdict(list)
        for row, claim in self.said:
            found[claim].append(row)
        return dict(found)

    @cached_property
    def oppositions(self) -> tuple[tuple[Opposition, Row], ...]:
        """Conflicts that follow from the statements, each with the first row of its second side."""
        pairs: dict[tuple[str, str], list[tuple[Row, Source]]] = defaultdict(list)
        for row, source in self.sourced("statements"):
            subject, name, object_ = triple(row.cells)
            if name in vocab.PREDICATES and row.cells["stance"] in ("", *vocab.STANCES):
                pairs[subject, object_].append((row, source))
        placed = {
            statement(row.cells, source).id: (row, source)
            for held in pairs.values()
            if len(held) > 1  # nothing stands against a single row
            for row, source in held
        }
        claims = group_claims(statement(row.cells, source) for row, source in placed.values())
        return tuple(
            (found, min((placed[s.id][0] for s in found.second.statements), key=_place))
            for found in oppositions(claims)
        )

    @cached_property
    def relations(self) -> dict[str, list[tuple[str, str, list[Row]]]]:
        """Subject, object and rows of the supported claims of each predicate."""
        found: dict[str, list[tuple[str, str, list[Row]]]] = defaultdict(list)
        for (subject, name, object_), rows in self.claims.items():
            if held := [r for r in rows if r.cells["stance"] in ("", "supports")]:
                found[name].append((subject, object_, held))
        return found

    def may_hold(self, table: str, *ids: str) -> bool:
        """Whether these ids may stand together in rows of the table that could not be read."""
        return any(t.gaps[table].may_hold(*ids) for t in self.tables if table in t.gaps)

    def may_say(self, claim: Triple) -> bool:
        """Whether a statement that could not be read may say this."""
        return self.may_hold("statements", claim[0], claim[2])

    def says(self, claim: Triple) -> list[Row]:
        """Rows that say that the claim holds, those of retracted papers among them."""
        return [r for r in self.claims.get(claim, ()) if r.cells["stance"] in ("", "supports")]

    def only_retracted(self, claim: Triple) -> bool:
        """Whether rows say that the claim holds, and each of them cites a retracted paper."""
        if not self.retracted:
            return False
        said = {r.cells["reference"] for r in self.says(claim)}
        return bool(said) and said <= self.retracted


def _place(row: Row) -> tuple[str, int]:
    return row.file, row.line


def at(row: Row, code: str, message: str, cure: str, column: str | None = None) -> Problem:
    """A problem at a row; codes that begin with W are warnings."""
    severity = "warning" if code.startswith("W") else "error"
    return Problem(row.file, row.line, code, message, cure, severity, column)


def nearest(name: str, known: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """Known names that ``name`` may be a slip of, best first; asked only once one is wrong."""
    if len(name) > LONGEST_NAME:
        return ()
    from rapidfuzz import fuzz, process

    hits = process.extract(
        name.lower(),
        list(known),
        scorer=fuzz.ratio,
        processor=str.lower,
        limit=count,
        score_cutoff=60,
    )
    return tuple(hit[0] for hit in hits)


def did_you_mean(name: str, known: Iterable[str], otherwise: str) -> str:
    """The cure for a name that is not known; ``otherwise`` is a sentence, or goes on with Or."""
    known = list(known)
    if strange := named(name):
        right = plain(name)
        near = (right,) if right in known else nearest(right, known)
        told = f"It has characters outside ASCII: {strange}."
        return f"{told} Did you mean {' or '.join(near)}?" if near else told
    if near := nearest(name, known):
        return f"Did you mean {' or '.join(near)}? {otherwise}"
    return f"Mend it, or {otherwise.removeprefix('Or ')}" if otherwise[:3] == "Or " else otherwise


def a_kind(kind: str | None) -> str:
    """A kind with its article.

    >>> a_kind("Organism"), a_kind("Vesicle")
    ('an Organism', 'a Vesicle')
    """
    return f"{'an' if str(kind)[0] in 'AEIO' else 'a'} {kind}"


def shown(cell: str) -> str:
    """A cell as a message shows it: in quotation marks, cut where it is long."""
    return repr(cell) if len(cell) <= LONGEST_NAME else f"{cell[:40]!r}… ({len(cell)} characters)"
