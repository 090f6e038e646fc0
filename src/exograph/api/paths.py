# SPDX-License-Identifier: Apache-2.0
"""Mechanism paths as a sequence that is found as it is read, and shows itself."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path as File
from threading import Lock
from typing import TYPE_CHECKING, Any, NoReturn, overload

from exograph.model import KnowledgeBase
from exograph.paths import Path, PathQuery, PathResult, Weights, to_json
from exograph.paths.route import line
from exograph.paths.support import route_grade

if TYPE_CHECKING:
    from exograph.network import Network


@dataclass(frozen=True)
class Picture:
    """An SVG, which notebooks show and ``save`` writes."""

    svg: str

    def _repr_svg_(self) -> str:
        return self.svg

    def save(self, file: str | File) -> File:
        """Writes it, in UTF-8; gives the file's path back. Raises OSError, or ValueError for a name
        that promises something else than SVG.
        """
        path = File(file)
        if path.suffix.lower() != ".svg":
            raise ValueError(f"It is SVG: call the file {path.stem}.svg, not {path.name}.")
        path.write_text(self.svg, encoding="utf-8", newline="\n")
        return path


class Paths(Sequence[Path]):
    """The best paths of a query, in order, each found when it is first asked for.

    To go over them one by one takes no more search than that needs; ``len``, ``complete``,
    ``stopped_by`` and all that shows the whole list finish it.
    """

    def __init__(
        self,
        kb: KnowledgeBase,
        query: PathQuery,
        weights: Weights,
        search: Generator[Path, None, str | None],
    ) -> None:
        self.kb, self.query, self.weights = kb, query, weights
        self._search = search
        self._found: list[Path] = []
        self._ended = False
        self._stopped: str | None = None
        self._turn = Lock()

    def _more(self) -> bool:
        """Finds one more path; False if there is none. Threads take turns."""
        with self._turn:
            if self._ended:
                return False
            try:
                self._found.append(next(self._search))
            except StopIteration as end:
                self._ended, self._stopped = True, end.value
                return False
            except BaseException:  # an interrupted search cannot go on, and is not complete
                self._ended, self._stopped = True, "interrupted"
                raise
            return True

    def __copy__(self) -> Paths:
        """Itself: a search is under way only once."""
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Paths:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("A search that is under way cannot be pickled; pickle result() instead.")

    def _all(self) -> list[Path]:
        while self._more():
            pass
        return self._found

    def __iter__(self) -> Iterator[Path]:
        position = 0
        while position < len(self._found) or self._more():
            yield self._found[position]
            position += 1

    def __len__(self) -> int:
        return len(self._all())

    @overload
    def __getitem__(self, at: int) -> Path: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Path]: ...
    def __getitem__(self, at: int | slice) -> Path | Sequence[Path]:
        if isinstance(at, int) and at >= 0:
            while len(self._found) <= at and self._more():
                pass
            return self._found[at]
        return self._all()[at]

    @property
    def paths(self) -> tuple[Path, ...]:
        """All of them."""
        return tuple(self._all())

    @property
    def complete(self) -> bool:
        """True exactly if there is no further path within the filters."""
        return self.stopped_by is None

    @property
    def stopped_by(self) -> str | None:
        """None, ``top`` (there are more), ``deadline`` or ``limit`` (there may be more).

        Or ``interrupted``, by Ctrl-C say.
        """
        self._all()
        return self._stopped

    def result(self) -> PathResult:
        """The list as a plain value."""
        return PathResult(self.query, self.paths, self.complete, self.stopped_by, self.weights)

    def document(self) -> dict[str, Any]:
        """What ``exograph paths --json`` prints."""
        return to_json(self.result(), self.kb)

    def table(self, lang: str = "en") -> list[dict[str, Any]]:
        """One row for each path; ``pandas.DataFrame(paths.table())`` takes it as it is.

        ``grade`` is the best evidence of the weakest effect, ``cautions`` how many there are.
        """
        return [
            {
                "rank": rank,
                "sign": path.sign,
                "telling": path.telling,
                "cost": path.cost,
                "steps": len(path.steps),
                "weakest": path.weakest,
                "grade": route_grade(self.kb, path),
                "cautions": len(path.warnings),
                "route": line(path, self.kb, lang),
                "entities": path.entities,
                "references": path.references,
            }
            for rank, path in enumerate(self, 1)
        ]

    def network(self) -> Network:
        """The steps of all paths as a networkx graph, in the direction that they are walked.

        Nodes are entity ids and keys of edges claim ids, with the data of ``Graph.network``; an
        edge also has ``direction`` and ``ranks``, the paths that take it, from 1.
        """
        from exograph.network import to_networkx, walkable

        ranks: dict[str, list[int]] = {}
        for rank, path in enumerate(self, 1):
            for step in path.steps:
                ranks.setdefault(step.claim.id, []).append(rank)
        graph = walkable(to_networkx(self.kb))
        for tail, head, key in list(graph.edges(keys=True)):
            if key not in ranks:
                graph.remove_edge(tail, head, key)
            else:
                graph.edges[tail, head, key]["ranks"] = tuple(ranks[key])
        passed = {id for path in self for id in path.entities}
        graph.remove_nodes_from([id for id in graph if id not in passed])
        return graph

    def picture(self, lang: str = "en") -> Picture:
        """A strip for each path, from left to right."""
        from exograph.views.strips import svg

        return Picture(svg(self.paths, self.kb, lang))

    def __repr__(self) -> str:
        heading = f"<exograph.Paths: {len(self)} from {_names(self.query.start)}"
        heading += f" to {_names(self.query.end)}; {self._ending()}>"
        rows = [
            f"{row['rank']:>3}  {row['sign']}  {row['telling']:<8}  {row['cost']:5.2f}  "
            f"{row['route']}"
            for row in self.table()
        ]
        return "\n".join([heading, *rows])

    def _repr_html_(self) -> str:
        cells = ("rank", "sign", "telling", "cost", "grade", "cautions", "route", "references")
        head = "".join(f"<th>{name}</th>" for name in cells)
        rows = []
        for row in self.table():
            shown = {
                **row,
                "cost": f"{row['cost']:.2f}",
                "references": ", ".join(row["references"]),
            }
            rows.append(
                "".join(f"<td><bdi>{escape(str(shown[name]))}</bdi></td>" for name in cells)
            )
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        return f"<table><tr>{head}</tr>{body}</table><p>{escape(self._ending())}</p>"

    def _ending(self) -> str:
        return {
            None: "complete",
            "top": "there are more",
            "deadline": "time was up, there may be more",
            "limit": "the search was cut short, there may be more",
            "interrupted": "the search was interrupted, there may be more",
        }[self.stopped_by]


def _names(ends: tuple[str, ...]) -> str:
    return ends[0] if len(ends) == 1 else f"{ends[0]} and {len(ends) - 1} more"
