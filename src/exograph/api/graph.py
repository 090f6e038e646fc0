# SPDX-License-Identifier: Apache-2.0
"""The knowledge base as one object to ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from exograph.model import Entity, KnowledgeBase

if TYPE_CHECKING:
    from exograph.api.paths import Paths, Picture
    from exograph.arrays import ClaimArrays
    from exograph.kb import Hit
    from exograph.network import Network
    from exograph.paths import Path, PathQuery, Weights
    from exograph.paths.compare import Comparisons
    from exograph.paths.gaps import Gaps
    from exograph.paths.matrix import Matrix
    from exograph.snapshot import Snapshot

Names = str | Sequence[str]
"""One name or several: ids, labels in either language, synonyms, identifiers, or ``type:X``."""

Context = Mapping[str, Names] | Sequence[tuple[str, str]]
"""Such as ``{"organism": "rat"}``: values of one field are alternatives."""

_SEVERAL = frozenset({"references", "sources", "evidence_kinds", "predicates", "layers"})
"""Filters that take one name or several."""


class Graph:
    """A knowledge base to ask. Everything is read when it is first needed."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    def __repr__(self) -> str:
        counts = self.snapshot.manifest["counts"]
        parts = ", ".join(f"{counts[n]['total']} {n}" for n in ("entities", "claims", "statements"))
        return f"<exograph.Graph of {parts}>"

    @property
    def kb(self) -> KnowledgeBase:
        """Entities, claims, references and all else, as values of ``exograph.model``."""
        return self.snapshot.kb

    @property
    def arrays(self) -> ClaimArrays:
        """What paths walk, as numpy arrays."""
        return self.snapshot.arrays

    def entity(self, name: str) -> Entity:
        """The entity of that name. Raises InputError, with suggestions, if there is none."""
        from exograph.kb import resolve

        return resolve(self.kb, name)

    def show(self, name: str) -> dict[str, Any]:
        """All that is known of an entity, of a reference such as ``review-38``, or of a claim.

        The document that ``exograph show --json`` prints. Raises InputError for an unknown name.
        """
        from exograph.views import documents

        return documents.of(self.kb, documents.find(self.kb, name))

    def search(self, text: str) -> tuple[Hit, ...]:
        """Entities that the text may mean, best first."""
        from exograph.kb import find_entities

        return find_entities(self.kb, text)

    def paths(
        self,
        start: Names,
        end: Names,
        *,
        via: Names = (),
        avoid: Names = (),
        weights: Weights | None = None,
        **filters: Any,
    ) -> Paths:
        """Mechanism paths, best first, each found when it is asked for.

        ``filters`` are the other fields of ``exograph.paths.PathQuery``: ``sign="+"``,
        ``told=True``, ``context={"organism": "rat"}``, ``top=100`` and so on. A ``timeout`` counts
        from this call. Raises InputError for unknown names.
        """
        from exograph.api.paths import Paths
        from exograph.paths import WEIGHTS, search

        filters |= {"via": self.ids(via), "avoid": self.ids(avoid)}
        query = self.question(start, end, filters)
        table = WEIGHTS if weights is None else weights
        found = search(self.kb, self.arrays, query, weights=table)
        return Paths(self.kb, query, table, found)

    def compare(
        self, a: str, b: str, to: Names = "type:HealingPhase", **filters: Any
    ) -> Comparisons:
        """Which routes to each end two sources share, and which only one has.

        Raises InputError for unknown names, and for twice the same.
        """
        from exograph.paths.compare import compare

        query = self.question((a, b), to, filters)
        return compare(self.kb, self.arrays, query)

    def gaps(self) -> Gaps:
        """What leads nowhere, and what hangs on one paper."""
        from exograph.paths.gaps import gaps

        return gaps(self.kb, self.arrays)

    def conflicts(self, name: str | None = None, *, unexplained: bool = False) -> dict[str, Any]:
        """Who says the opposite: all, or what an entity, a reference or a claim takes part in.

        The document that ``exograph conflicts --json`` prints; ``unexplained`` keeps those for
        which no context is named that may explain it. Raises InputError for an unknown name.
        """
        from exograph.views import conflicts, documents

        thing = None if name is None else documents.find(self.kb, name)
        return conflicts.of(self.kb, conflicts.about(self.kb, thing, unexplained=unexplained))

    def matrix(
        self, start: Names = "type:Source", end: Names = "type:HealingPhase", **filters: Any
    ) -> Matrix:
        """How many routes lead from each start to each end, with signs and the best evidence."""
        from exograph.paths.matrix import matrix

        return matrix(self.kb, self.arrays, self.question(start, end, filters))

    def heatmap(self, found: Matrix, lang: str = "en") -> Picture:
        """A matrix as a picture."""
        from exograph.api.paths import Picture
        from exograph.views import heatmap

        return Picture(heatmap.svg(self.kb, found, lang))

    def explain(self, path: Path, lang: str = "en") -> str:
        """The path in sentences, English or Chinese (``zh``), with references and a verdict."""
        from exograph.paths import sentences

        return sentences(path, self.kb, lang)

    def query(self, sparql: str, timeout: float | None = None) -> list[dict[str, str | None]]:
        """Rows of a SELECT query by variable, IRIs shortened; None where nothing is bound.

        ``timeout`` is in seconds. Raises QueryError, with line and column if it does not parse.
        """
        from exograph import store
        from exograph.errors import QueryError
        from exograph.rdf import shorten

        answer = store.ask(self.snapshot.store(), sparql, timeout=timeout)
        if answer.kind != "select":
            raise QueryError("Q209", "The query gives no rows.", "Ask with SELECT.")
        prefixes = self.snapshot.prefixes

        def text(term: Any) -> str | None:
            if term is None:
                return None
            return shorten(term.value, prefixes) if term.kind == "iri" else str(term.value)

        return [dict(zip(answer.variables, map(text, row), strict=True)) for row in answer.rows]

    def network(self) -> Network:
        """The graph for networkx: nodes are entity ids, keys of edges claim ids."""
        from exograph.network import to_networkx

        return to_networkx(self.kb)

    def question(self, start: Names, end: Names, filters: dict[str, Any]) -> PathQuery:
        """What ``paths`` is asked, as a value. Raises InputError for unknown names."""
        from exograph.paths import PathQuery

        for name in _SEVERAL & filters.keys():
            given = filters[name]
            filters[name] = (given,) if isinstance(given, str) else tuple(given)
        if "context" in filters:
            filters["context"] = self._context(filters["context"])
        return PathQuery(start=self.ids(start), end=self.ids(end), **filters)

    def _context(self, given: Context) -> tuple[tuple[str, str], ...]:
        """Pairs of field and entity, from pairs, or from a mapping to one value or several."""
        if not isinstance(given, Mapping):
            return tuple((field, self.entity(value).id) for field, value in given)
        return tuple((field, id) for field, values in given.items() for id in self.ids(values))

    def ids(self, names: Names) -> tuple[str, ...]:
        """Ids of entities; ``type:X`` and ``predicate:P`` as they are. Raises InputError."""
        given = (names,) if isinstance(names, str) else tuple(names)
        return tuple(
            n if n.startswith(("type:", "predicate:")) else self.entity(n).id for n in given
        )
