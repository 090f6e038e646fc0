# SPDX-License-Identifier: Apache-2.0
"""``exograph push``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from exograph.cli.elsewhere import UNENCRYPTED, address, caller_of, graph_iri
from exograph.cli.session import Session, as_name, finite, pass_session, say

if TYPE_CHECKING:
    from exograph.exchange.pushing import Target

_DONE = {
    "en": "{triples} triples in {graph} at {url}: counted there, {asked} of them asked for.",
    "zh": "{url} 的 {graph} 中有 {triples} 条三元组：已在那里计数，并抽查 {asked} 条。",
}
_SENT = {"en": "{} of them sent now; the rest was there.", "zh": "本次发送 {} 条，其余已在那里。"}
_DEFAULT = {"en": "the default graph", "zh": "默认图"}


@click.command()
@click.argument("url", metavar="ENDPOINT", type=as_name)
@click.option(
    "--graph",
    type=as_name,
    metavar="IRI",
    help="Into this named graph; `default` for the default graph.  [default: the default graph, "
    "of Virtuoso one named after the project]",
)
@click.option(
    "--sparql", type=as_name, metavar="URL", help="Where the store answers queries, if not known."
)
@click.option(
    "--chunk",
    type=click.IntRange(1, 1_000_000),
    default=5000,
    show_default=True,
    help="Triples in one request.",
)
@click.option("--replace", "replacing", is_flag=True, help="Take away what the graph holds.")
@click.option("--no-check", is_flag=True, help="Count only; do not ask for a triple of each kind.")
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 86400),
    callback=finite,
    default=300.0,
    show_default=True,
    help="Seconds for one request.",
)
@UNENCRYPTED
@pass_session
def command(
    session: Session,
    *,
    url: str,
    graph: str | None,
    sparql: str | None,
    chunk: int,
    replacing: bool,
    no_check: bool,
    timeout: float,
    unencrypted: bool,
) -> None:
    """Load the knowledge base into another SPARQL store, and prove that it is there.

    ENDPOINT is the address of its Graph Store HTTP Protocol. A push that was ended is taken up by
    the same command. User and password come from EXOGRAPH_USER and EXOGRAPH_PASSWORD.
    docs/pushing.md has the addresses of some stores.
    """
    from exograph.exchange.endpoint import Endpoint, server
    from exograph.exchange.pushing import Target, graph_for, push, sparql_of
    from exograph.snapshot.homes import writable

    address("ENDPOINT", url)
    asked = sparql or sparql_of(url)
    if asked is None:
        raise click.UsageError("Where this store answers queries is not known; give --sparql URL.")
    address("--sparql", asked)
    if graph is not None:
        graph_iri(graph, more=("default",))
    snapshot = session.snapshot
    snapshot.read("kb.nq")  # which proves it
    endpoint = Endpoint(asked, snapshot.prefixes, None, caller_of(timeout, unencrypted))
    name = server(endpoint)
    into = graph_for(name) if graph is None else "" if graph == "default" else graph
    target = Target(url, into, endpoint)
    try:
        done = push(
            target,
            snapshot.nquads,
            snapshot.manifest["files"]["kb.nq"]["sha256"],
            writable(snapshot.path.parents[1], say),
            chunk=chunk,
            replacing=replacing,
            asking=not no_check,
            told=_told,
        )
    finally:
        _clear()
    words = {"triples": f"{done.triples:,}", "asked": f"{done.asked:,}", "url": url}
    click.echo(_DONE[session.lang].format(graph=_named(target, session.lang), **words))
    if done.sent < done.triples:
        say(_SENT[session.lang].format(f"{done.sent:,}"))


def _named(target: Target, lang: str) -> str:
    return f"<{target.graph}>" if target.graph else _DEFAULT[lang]


def _told(done: int, triples: int) -> None:
    """How far it is, to a person at a terminal."""
    if sys.stderr is not None and sys.stderr.isatty():
        click.echo(f"\r\x1b[K{done:,} / {triples:,}", nl=False, err=True)


def _clear() -> None:
    if sys.stderr is not None and sys.stderr.isatty():
        click.echo("\r\x1b[K", nl=False, err=True)
