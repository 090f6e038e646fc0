# SPDX-License-Identifier: Apache-2.0
"""Asking: in this process, or with a time limit in a child process that can be killed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exograph.errors import ExographError, InputError, QueryError, SnapshotError
from exograph.rdf import Term
from exograph.store.answers import Answer, in_order, term_of
from exograph.store.dataset import asked
from exograph.store.guard import check
from exograph.store.locate import syntax_error

if TYPE_CHECKING:
    import pyoxigraph


@dataclass(frozen=True)
class Store:
    """Triples to ask: a file of N-Quads, read when first needed, or an Oxigraph folder on disk.

    ``foreign`` says that others wrote the file, in the form that its name says.
    """

    nquads: Path
    prefixes: Mapping[str, str] = field(default_factory=dict)
    disk: Path | None = None
    foreign: bool = False

    @cached_property
    def graph(self) -> pyoxigraph.Store:
        """The Oxigraph store. Raises SnapshotError if the file is missing or damaged, InputError if
        it is one of others."""
        from pyoxigraph import RdfFormat
        from pyoxigraph import Store as Oxigraph

        try:
            if self.disk is not None:
                return Oxigraph.read_only(str(self.disk))
            store = Oxigraph()
            if self.foreign:
                store.bulk_load(path=self.nquads, format=_format(self.nquads))
            else:
                # the lenient reader skips proofs that were made when the file was written
                store.bulk_load(path=self.nquads, format=RdfFormat.N_QUADS, lenient=True)
        except (OSError, SyntaxError, ValueError) as error:
            raise _unreadable(self, error) from None
        return store

    def __len__(self) -> int:
        return len(self.graph)


def _format(file: Path) -> Any:
    from pyoxigraph import RdfFormat

    suffixes = [suffix.lower() for suffix in file.suffixes[-1:]]
    format = RdfFormat.from_extension(suffixes[0].removeprefix(".")) if suffixes else None
    if format is None:
        raise ValueError("its name does not say its form, as .nq, .nt, .ttl, .trig or .rdf do")
    return format


def _unreadable(store: Store, error: Exception) -> ExographError:
    if not store.foreign:
        return SnapshotError(
            "S103", f"The triples cannot be read: {error}.", "Run `exograph build`."
        )
    why = getattr(error, "strerror", None) or str(error).rstrip(".")
    return InputError("X112", f"{store.nquads} cannot be read: {why}.", "Mend the file.")


def load(
    nquads: Path,
    prefixes: Mapping[str, str] | None = None,
    disk: Path | None = None,
    *,
    foreign: bool = False,
) -> Store:
    """A store over a file of N-Quads. ``prefixes`` need no declaration in a query.

    A ``foreign`` file is one of others, of any form that its name says, and proven as it is read.
    """
    return Store(nquads, dict(prefixes or {}), disk, foreign)


MEMORY = 2 * 1024**3


def ask(
    store: Store,
    query: str,
    *,
    limit: int | None = None,
    timeout: float | None = None,
    memory: int = MEMORY,
) -> Answer:
    """The answer to a SPARQL query.

    At most ``limit`` rows or triples are given, and ``truncated`` tells whether there were more.
    With ``timeout``, in seconds, the query runs in a process of its own, which is killed at the
    end of that time or beyond ``memory`` bytes of address space; without, in this one, for as
    long as it takes. Raises
    QueryError: Q201 syntax (with line and column), Q202 an update, Q203 SERVICE, Q204 nested too
    deeply, Q205 out of time, Q206 out of memory, Q212 a crash, Q216 an unknown function, Q207
    any other failure.
    """
    check(query)
    if timeout is not None:
        from exograph.store.child import ask_in_child

        return ask_in_child(store, query, limit, timeout=timeout, memory=memory)
    try:
        return _answer(_run(store, query), limit)
    except (RuntimeError, OSError, ValueError) as error:
        raise failed(error) from None
    except MemoryError:
        raise out_of_memory() from None


def failed(error: Exception) -> QueryError:
    """What Oxigraph says of a query that parses, and cannot be run."""
    if str(error).startswith("The custom function "):
        cure = "Call the functions of SPARQL 1.1, or casts such as xsd:integer."
        return QueryError("Q216", f"{error}.", cure)
    return QueryError("Q207", f"The query failed: {error}.", "Ask it in another way.")


def out_of_memory() -> QueryError:
    return QueryError(
        "Q206",
        "The query needs more memory than it may have.",
        "Narrow it, or end it with LIMIT.",
    )


def crashed(status: int, said: str = "") -> QueryError:
    """What the exit status of a process that a query was asked in means, and its last words."""
    why = f"signal {-status}" if status < 0 else f"exit {status}"
    message = f"The query made its process crash ({why}){said and f': {said}'}."
    return QueryError("Q212", message, "Ask it in another way.")


def _run(store: Store, query: str) -> Any:
    graph = store.graph
    try:
        return asked(graph, query, store.prefixes)
    except SyntaxError as error:
        raise syntax_error(query, error, store.prefixes) from None
    except UnicodeEncodeError:
        raise QueryError("Q201", "The query is not Unicode text.", "Write it in UTF-8.") from None


def _answer(result: Any, limit: int | None) -> Answer:
    from pyoxigraph import QueryBoolean, QuerySolutions

    if isinstance(result, QueryBoolean):
        return Answer("ask", boolean=bool(result))
    if isinstance(result, QuerySolutions):
        variables = tuple(v.value for v in result.variables)
        rows = tuple(tuple(term_of(s[v]) for v in variables) for s in _first(result, limit))
        return Answer("select", variables, rows, truncated=next(result, None) is not None)
    triples = in_order(_triple(t) for t in _first(result, limit))
    return Answer("graph", triples=triples, truncated=next(result, None) is not None)


def _first(result: Any, limit: int | None) -> Iterator[Any]:
    return iter(result) if limit is None else islice(result, limit)


def _triple(triple: Any) -> tuple[Term, Term, Term]:
    subject, predicate, object = (term_of(node) for node in triple)
    assert subject is not None and predicate is not None and object is not None
    return subject, predicate, object
