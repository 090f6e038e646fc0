# SPDX-License-Identifier: Apache-2.0
"""What the commands share that ask stores of others: addresses, and who asks."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from exograph.cli.session import Session
    from exograph.exchange.wire import Caller
    from exograph.store import Answer

USER, PASSWORD = "EXOGRAPH_USER", "EXOGRAPH_PASSWORD"

ENDPOINT = click.option("--endpoint", metavar="URL", help="Ask this SPARQL endpoint instead.")
GRAPH = click.option("--graph", metavar="IRI", help="Ask this graph of the endpoint.")
UNENCRYPTED = click.option(
    "--unencrypted", is_flag=True, help="Send the password over plain http to another machine."
)


def asking(
    session: Session,
    endpoint: str | None,
    graph: str | None,
    *,
    timeout: float | None,
    unencrypted: bool,
) -> Callable[[str, int | None], Answer]:
    """Asks a query, for so many rows at most: of the endpoint that was named, else of our store.

    ``timeout`` is seconds for each query; None is none here, and 60 s elsewhere.
    """
    if endpoint is None:
        if graph is not None or unencrypted:
            raise click.UsageError("--graph and --unencrypted need --endpoint.")
        from exograph import store

        triples = session.snapshot.store()
        return lambda query, limit: store.ask(triples, query, limit=limit, timeout=timeout)
    address("--endpoint", endpoint)
    if graph is not None:
        graph_iri(graph)
    caller = caller_of(60.0 if timeout is None else timeout, unencrypted)
    from exograph.exchange.endpoint import Endpoint, ask

    there = Endpoint(endpoint, session.snapshot.prefixes, graph, caller)
    return lambda query, limit: ask(there, query, limit=limit)


def address(name: str, url: str) -> None:
    """Raises UsageError for what is no address, or holds a password."""
    from exograph.exchange.wire import fault_of

    fault = fault_of(url)
    if fault is not None:
        raise click.UsageError(f"Invalid value for '{name}': {fault}")


def graph_iri(text: str, more: tuple[str, ...] = ()) -> None:
    """Raises UsageError for what is neither an absolute IRI nor one of ``more``."""
    from exograph.rdf.prefixes import IRI

    if text not in more and not IRI.match(text):
        raise click.UsageError("Invalid value for '--graph': It is no absolute IRI.")


def caller_of(timeout: float, unencrypted: bool) -> Caller:
    """Who asks, from the environment, for how many seconds each time."""
    from exograph.exchange.signing import Credentials
    from exograph.exchange.wire import Caller

    user, password = os.environ.get(USER), os.environ.get(PASSWORD)
    if (user is None) != (password is None):
        raise click.UsageError(f"Set both {USER} and {PASSWORD}, or none of them.")
    if user is not None and not user.isprintable():
        raise click.UsageError(f"{USER} holds control characters.")
    known = Credentials(user, password) if user is not None and password is not None else None
    return Caller(known, timeout, unencrypted)
