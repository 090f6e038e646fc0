# SPDX-License-Identifier: Apache-2.0
"""exograph: how mesenchymal-stem-cell exosomes heal skin wounds, as a graph that can be checked.

Five lines to begin with::

    import exograph

    graph = exograph.open()
    for path in graph.paths("bmsc-exo", "angiogenesis", via="mir-126").paths:
        print(path.sign, graph.explain(path))
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from os import PathLike

    import networkx

    from exograph.arrays import ClaimArrays
    from exograph.kb import Hit
    from exograph.model import Entity, KnowledgeBase
    from exograph.paths import Path, PathResult
    from exograph.snapshot import Snapshot

__version__ = "0.1.0"
__all__ = ["Graph", "__version__", "open"]

Names = str | Sequence[str]
"""One name or several: ids, labels in either language, synonyms, identifiers, or ``type:X``."""


def open(
    graphs: str | PathLike[str] | None = None,
    home: str | PathLike[str] | None = None,
    say: Callable[[str], None] | None = None,
) -> Graph:
    """The built knowledge base; it is built first if there is none, or if the tables have changed.

    ``graphs`` names a folder of tables instead of those that came with the package, ``home`` the
    folder where snapshots are kept, and ``say`` is told when something is built. Raises
    ``exograph.errors.ExographError``: ChecksFailed if the tables have errors.
    """
    from pathlib import Path

    from exograph.snapshot import data_folder, default_home, ensure

    tables = Path(graphs) if graphs is not None else data_folder() / "graphs"
    place = Path(home) if home is not None else default_home()
    return Graph(ensure(tables, data_folder() / "ontology", place, say or (lambda _: None)))


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
        self, start: Names, end: Names, *, via: Names = (), avoid: Names = (), **filters: Any
    ) -> PathResult:
        """Mechanism paths, best first; ``filters`` are the other fields of ``PathQuery``.

        Raises InputError for unknown names.
        """
        from exograph.paths import PathQuery, find

        query = PathQuery(
            start=self._ids(start),
            end=self._ids(end),
            via=self._ids(via),
            avoid=self._ids(avoid),
            **filters,
        )
        return find(self.kb, self.arrays, query)

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

    def network(self) -> networkx.MultiDiGraph:
        """The graph for networkx: nodes are entity ids, keys of edges claim ids."""
        from exograph.network import to_networkx

        return to_networkx(self.kb)

    def _ids(self, names: Names) -> tuple[str, ...]:
        given = (names,) if isinstance(names, str) else tuple(names)
        return tuple(n if n.startswith("type:") else self.entity(n).id for n in given)
