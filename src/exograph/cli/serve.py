# SPDX-License-Identifier: Apache-2.0
"""``exograph serve``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from exograph.cli.session import Session, as_name, pass_session, readable, say, time_for_a_query

if TYPE_CHECKING:
    import socket

    from exograph.web.describing import About


def _origin(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Refuses what no browser would ever send as its origin."""
    import re

    if value is not None and value != "*" and not re.fullmatch(r"https?://[!-.0-~]+", value):
        raise click.BadParameter("It is no origin such as https://example.org, without a path.")
    return value


@click.command()
@click.option(
    "--host", type=as_name, default="127.0.0.1", show_default=True, help="Address to listen at."
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 for any free."
)
@click.option(
    "--allow-host",
    "names",
    type=as_name,
    multiple=True,
    metavar="NAME",
    help="Answer requests to this name, too, such as that of a proxy.",
)
@click.option("--open", "show", is_flag=True, help="Open the page in the browser.")
@time_for_a_query
@click.option(
    "--cors",
    metavar="ORIGIN",
    callback=_origin,
    help="Let pages of this site read answers; * for every site.",
)
@click.option(
    "--rdf", type=as_name, metavar="FILE", help="Serve this file of RDF, not the knowledge base."
)
@click.option("--log", "logged", is_flag=True, help="Tell each request, without what was asked.")
@pass_session
def command(
    session: Session,
    *,
    host: str,
    port: int,
    names: tuple[str, ...],
    show: bool,
    timeout: float,
    cors: str | None,
    rdf: str | None,
    logged: bool,
) -> None:
    """Serve the knowledge base to browsers and SPARQL clients, on this machine.

    Queries go to /sparql. Each runs within bounds of time, memory and length; what would be cut is
    an error. Nothing can be changed, and nothing is asked of any other machine. Ctrl-C ends it.
    """
    import logging

    from exograph.web.app import application
    from exograph.web.limits import Limits
    from exograph.web.server import Server

    logging.basicConfig(format="%(message)s", level=logging.ERROR)
    logging.getLogger("exograph.web").setLevel(logging.INFO if logged else logging.ERROR)
    sock = _bound(host, port)
    task, about = _knowledge(session) if rdf is None else _file(rdf)
    limits = replace(Limits(), timeout=timeout)
    here, taken = f"[{host.strip('[]')}]" if ":" in host else host, sock.getsockname()[1]
    address = f"http://{here}:{taken}/"

    def ready() -> None:
        say(f"{address} (Ctrl-C ends it)")
        if show:
            import webbrowser

            webbrowser.open(address)

    Server(application(task, about, limits, hosts=(here, *names), cors=cors), ready).run([sock])


def _knowledge(session: Session) -> tuple[dict[str, Any], About]:
    """The triples of the knowledge base, and what VoID says of them."""
    from exograph.ids import BASE
    from exograph.web.app import task_of
    from exograph.web.describing import About

    snapshot = session.snapshot
    spaces = [iri for iri in snapshot.prefixes.values() if iri.startswith(BASE)]
    about = About(
        "exograph: how mesenchymal-stem-cell exosomes heal skin wounds",
        licence="https://creativecommons.org/licenses/by/4.0/",
        spaces=tuple(iri for iri in spaces if iri.endswith("/")),
        vocabularies=tuple(iri for iri in spaces if iri.endswith("#")),
    )
    return task_of(snapshot=snapshot.path), about


def _file(rdf: str) -> tuple[dict[str, Any], About]:
    """A file of RDF as it is, without prefixes of ours."""
    from pathlib import Path

    from exograph.web.app import task_of
    from exograph.web.describing import About

    with Path(rdf).open("rb"):  # which says what is wrong with its name
        return task_of(rdf=Path(rdf)), About(readable(Path(rdf).name))


def _bound(host: str, port: int) -> socket.socket:
    import errno

    from exograph.errors import InputError
    from exograph.web.server import bound

    try:
        return bound(host, port)
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or str(error)
        taken = getattr(error, "errno", None) in (errno.EADDRINUSE, errno.EACCES)
        raise InputError(
            "U005",
            f"{readable(host)}:{port} cannot be listened at: {why}.",
            f"Give another --{'port' if taken else 'host'}.",
        ) from None
